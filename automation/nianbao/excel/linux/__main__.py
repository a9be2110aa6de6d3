"""python -m nianbao.excel.linux [OPTION] FILE…: what the icons and menus of a Linux desktop start."""

from __future__ import annotations

import sys

from nianbao.excel import desktop, launch


def main(arguments: list[str]) -> int:
    """Do what the icon is for, and tell it in windows; return the launcher's exit code."""
    desktop.in_windows()
    return launch.main(arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
