"""python -m nianbao.serve: what the icon 年报台 starts, without a window of its own."""

from __future__ import annotations

import sys

from nianbao.errors import NianbaoError
from nianbao.serve.service import serve


def main() -> int:
    """Serve, and tell in one sentence why it can't be."""
    try:
        serve(print)
    except NianbaoError as e:
        print(f"{str(e).rstrip('。')}。", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        pass
    return 0


if __name__ == "__main__":
    sys.exit(main())
