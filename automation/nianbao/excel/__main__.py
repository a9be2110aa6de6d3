"""python -m nianbao.excel BUTTON --wb=NAME --from_xl=1 --hwnd=N [--path=PATH]: what the add-in starts."""

from __future__ import annotations

import sys

from nianbao import shortlived
from nianbao.excel import desktop


def main(arguments: list[str]) -> int:
    """Press a button; return its exit code."""
    sys.excepthook = desktop.unexpected
    shortlived.begin()
    from nianbao.excel.button_boundary import press  # noqa: PLC0415 - after the hook, so that a broken xlwings is told
    from nianbao.ribbon.buttons import BUTTONS  # noqa: PLC0415

    name = arguments[0] if arguments else ""
    if name not in BUTTONS:
        raise SystemExit(f"没有按钮“{name}”")
    code = press(name, arguments[1:])
    shortlived.end()
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
