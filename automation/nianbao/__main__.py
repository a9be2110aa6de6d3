"""python -m nianbao, and the command `nianbao`."""

import os
import sys


def main() -> int:
    """Run one command and return its exit code; Ctrl-C is answered quietly from the first moment."""
    try:
        _leave_out_the_current_folder()
        from nianbao import shortlived  # noqa: PLC0415 - what takes the time in which one may press Ctrl-C

        shortlived.begin()
        from nianbao.cli import main as command  # noqa: PLC0415
    except KeyboardInterrupt:
        print("已停止。", file=sys.stderr)
        return 130
    code = command()
    shortlived.end()
    return code


def _leave_out_the_current_folder() -> None:
    """Take the folder the user happens to be in, which -m puts first, from the path: modules there are not ours.

    Until that is done nothing may be imported but what Python itself has loaded when it starts.
    """
    typed = __name__ == "__main__" and not sys.flags.safe_path
    if typed and os.path.dirname(__file__) != os.path.join(sys.path[0], "nianbao"):  # noqa: PTH118, PTH120
        del sys.path[0]


if __name__ == "__main__":
    sys.exit(main())
