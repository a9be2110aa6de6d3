"""Wine with a screen of its own: the environment its programs get, a prefix to copy, starting and ending."""

import contextlib
import os
import shutil
import signal
import subprocess
from pathlib import Path

OVERRIDES = "mscoree,mshtml=;winedbg.exe=d;winemenubuilder.exe=d"
"""No .NET, no browser, no debugger that waits for somebody, no menus on the Linux side."""

LOCALE = "zh_CN.UTF-8"
"""With it Wine's code pages are those of a Chinese Windows, 936."""


USER = "王小明 & 李^ (x)!"
"""Who sits at this Windows: a name, and so a profile's folder, that is hard on scripts."""


def locale(folder: Path) -> None:
    """Compile the Chinese locale into `folder`, unless it is there."""
    if not (folder / LOCALE).exists():
        folder.mkdir(parents=True, exist_ok=True)
        # it warns of what C.UTF-8 lacks, and then its exit code is 1
        subprocess.run(["localedef", "-c", "-i", "zh_CN", "-f", "UTF-8", str(folder / LOCALE)], check=True)


def environment(prefix: Path, locales: Path, display: str) -> dict[str, str]:
    """Return what Wine's programs see of this machine: nothing of the user's, and no PYTHONPATH of the tests."""
    home = prefix / "home"
    return {
        "PATH": os.environ["PATH"],
        "HOME": str(home),
        "USER": USER,
        "WINEPREFIX": str(prefix),
        "WINEDEBUG": "-all",
        "WINEDLLOVERRIDES": OVERRIDES,
        "LOCPATH": str(locales),
        "LC_ALL": LOCALE,
        "LANG": LOCALE,
        "DISPLAY": display,
    }


class Screen:
    """A virtual screen under a number that is free."""

    def __init__(self) -> None:
        read, write = os.pipe()
        command = ["Xvfb", "-displayfd", str(write), "-screen", "0", "1280x900x24", "-nolisten", "tcp"]
        self._process = subprocess.Popen(
            command, pass_fds=(write,), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        os.close(write)
        with os.fdopen(read) as number:
            self.display = f":{number.readline().strip()}"

    def close(self) -> None:
        self._process.terminate()
        self._process.wait()


def make_prefix(prefix: Path, locales: Path, library: Path) -> None:
    """Make a fresh C: with the library that Wine 8 lacks."""
    screen = Screen()
    try:
        (prefix / "home").mkdir(parents=True)
        told = environment(prefix, locales, screen.display)
        quiet = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        subprocess.run(["wineboot", "--init"], env=told, timeout=300, check=True, **quiet)
        subprocess.run(["wineserver", "--wait"], env=told, timeout=120, check=True, **quiet)
    finally:
        screen.close()
    shutil.copy(library, prefix / "drive_c" / "windows" / "system32" / library.name)


SHARED = ("windows", "py")
"""Folders of C: that nobody writes to: a copy has them as links, for a quarter of the time."""


def copied(prefix: Path, target: Path) -> None:
    """Copy a prefix; what is shared as links."""
    shared = [name for name in SHARED if (prefix / "drive_c" / name).exists()]
    shutil.copytree(
        prefix, target, symlinks=True, ignore=lambda folder, _: shared if folder.endswith("drive_c") else ()
    )
    for name in shared:
        (target / "drive_c" / name).symlink_to(prefix / "drive_c" / name)


def end(prefix: str) -> None:
    """End every process that was started in a prefix, the server and Wine's own services too.

    They are known by their environment. `wineserver --kill` waits for each to end by itself, which takes half a minute.
    """
    wanted = f"WINEPREFIX={prefix}".encode()
    for _ in range(2):  # a second time for one that was just being started
        for entry in Path("/proc").iterdir():
            with contextlib.suppress(OSError):
                if entry.name.isdecimal() and wanted in (entry / "environ").read_bytes().split(b"\0"):
                    os.kill(int(entry.name), signal.SIGKILL)
