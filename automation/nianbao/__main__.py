"""python -m nianbao."""

import sys
from pathlib import Path

_TYPED = __name__ == "__main__" and not sys.flags.safe_path
if _TYPED and not Path(__file__).is_relative_to(Path(sys.path[0], "nianbao")):
    del sys.path[0]  # -m puts the folder the user happens to be in first: modules there are not ours

from nianbao.cli import main  # noqa: E402

if __name__ == "__main__":
    sys.exit(main())
