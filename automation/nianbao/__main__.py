"""python -m nianbao."""

import sys
from pathlib import Path

_FIRST = Path(sys.path[0] or ".").resolve()
if not sys.flags.safe_path and Path.cwd() == _FIRST and not Path(__file__).is_relative_to(_FIRST / "nianbao"):
    del sys.path[0]  # -m puts the folder the user happens to be in first: modules there are not ours

from nianbao.cli import main  # noqa: E402

if __name__ == "__main__":
    sys.exit(main())
