"""What coverage needs to follow processes that are ended by force, and the Python of an installed package.

A line in a .pth file lets every Python that starts while the tests are covered run this file.
"""

import contextlib
import os
import signal
import sys
import sysconfig
import time
from collections.abc import Callable, Iterator
from pathlib import Path

MARK = "COVERAGE_PROCESS_CONFIG"
"""In the environment of every process that coverage follows: its settings."""

_NAME = "followed_by_coverage.pth"
_PATIENCE = 3.0


@contextlib.contextmanager
def everywhere() -> Iterator[None]:
    """Let the processes of this Python end gently meanwhile."""
    place = Path(sysconfig.get_path("purelib")) / _NAME
    place.write_text(_line(), encoding="utf-8")
    try:
        yield
    finally:
        place.unlink()


def let_into(packages: Path) -> dict[str, str]:
    """Let coverage follow a Python with these site-packages; return what its environment needs."""
    if MARK not in os.environ:
        return {}
    ours = [sysconfig.get_path("purelib"), sysconfig.get_path("stdlib"), sysconfig.get_config_var("DESTSHARED")]
    start = f"import sys; sys.path += {ours!r}; import coverage; coverage.process_startup()\n"
    (packages / _NAME).write_text(start + _line(), encoding="utf-8")
    return {MARK: os.environ[MARK]}


def _line() -> str:
    run = f"__import__('runpy').run_path({str(Path(__file__).resolve())!r}, run_name='followed')"
    return f"import os; {MARK!r} in os.environ and {run}\n"


def _gently(end: Callable[[int, int], None]) -> Callable[[int, int], None]:
    """Return what asks a process first, at which coverage writes what it knows, and ends it by force a moment later."""

    def ask(pid: int, number: int) -> None:
        if number == signal.SIGKILL:
            end(pid, signal.SIGTERM)
            until = time.monotonic() + _PATIENCE
            while _runs(pid) and time.monotonic() < until:
                time.sleep(0.02)
        end(pid, number)

    return ask


def _runs(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid or os.getpid()}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state not in "ZX"


if __name__ == "followed" and sys.platform != "win32":
    os.kill, os.killpg = _gently(os.kill), _gently(os.killpg)
