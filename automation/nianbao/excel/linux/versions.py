"""python -m nianbao.excel.linux.versions install | remove: what install.sh and uninstall.sh leave to Python.

Every version is whole in a folder of its own. Which is in use says the link `current`, changed in one step: what is
running goes on from the folder it was started in, which stays until nothing runs there.
"""

from __future__ import annotations

import os
import shutil
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from nianbao import __version__
from nianbao.errors import NianbaoError, OutputError
from nianbao.excel.addin import installing as traces
from nianbao.excel.linux import desktop_folders, dialogs, icons
from nianbao.excel.linux.desktop_folders import DesktopFolders
from nianbao.files import explained
from nianbao.serve import instance, service_folders
from nianbao.state import home

OK, REFUSED = 0, 2
PATIENCE = 10.0
"""Seconds in which a program that was told to end has ended."""

MARK = "launch"
"""The file by which the folder of a version is known."""


def main(arguments: Sequence[str]) -> int:
    """Install or remove, and say what was done; return 0, or 2 with one sentence why not."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    try:
        places = desktop_folders.of_this_user()
        said = install(places, _here()) if list(arguments) == ["install"] else remove(places)
    except NianbaoError as e:
        print(e.sentence, file=sys.stderr)
        return REFUSED
    print(said)
    return OK


def _here() -> Path:
    """Return the folder of the version whose Python runs this. Raises OutputError for any other Python."""
    found = Path(sys.prefix).parent
    if not (found / MARK).is_file():
        raise OutputError("请用离线安装包里的 install.sh 安装")
    return found


def install(places: DesktopFolders, version: Path) -> str:
    """Make a version that lies in its folder the one in use; return what to say. Raises OutputError: as it was."""
    before = _linked(places)
    if service_folders.usual().exists():
        instance.end(service_folders.own())  # one that goes on keeps its version
    try:
        _switch(places, version.name)
        made = icons.place(places)
    except (OutputError, OSError) as e:
        _back(places, before)
        raise (explained(places.current, e) if isinstance(e, OSError) else e) from e
    said = [f"已安装：{path}" for path in made]
    kept = [old for old in _versions(places) if old.name != version.name and not _removed(old)]
    if kept:
        said.append("以前的版本还有程序在用，先留着，下次安装或卸载时删除。")
    return "\n".join([*said, f"{__version__} 版已经装好。点“年报台”图标就能用（桌面上，或者开始菜单的“办公”里）。"])


def _linked(places: DesktopFolders) -> str:
    """Return the name of the version in use, '' for none."""
    return str(places.current.readlink()) if places.current.is_symlink() else ""


def _switch(places: DesktopFolders, name: str) -> None:
    """Let `current` lead to another version in one step. Raises OSError."""
    temporary = places.base / f".current.{os.getpid()}"
    temporary.unlink(missing_ok=True)
    temporary.symlink_to(name)
    temporary.replace(places.current)


def _back(places: DesktopFolders, before: str) -> None:
    """Bring back the version and icons there were, as far as the disk lets us."""
    try:
        if before:
            _switch(places, before)
            icons.place(places)
        else:
            icons.remove(places)
            places.current.unlink(missing_ok=True)
    except (OutputError, OSError):
        return


def _versions(places: DesktopFolders) -> list[Path]:
    """Return the folders of all versions."""
    found = places.base.iterdir() if places.base.is_dir() else ()
    return sorted(p for p in found if not p.is_symlink() and (p / MARK).is_file())


def _removed(version: Path) -> bool:
    """Remove a version unless something runs there; tell whether it is gone."""
    if _runs_in(version):
        return False
    shutil.rmtree(version, ignore_errors=True)
    return not version.exists()


def _runs_in(version: Path) -> bool:
    """Tell whether another process of this user was started from a version's folder."""
    inside = f"{version.resolve()}{os.sep}"
    for number in (n for n in os.listdir("/proc") if n.isdecimal() and int(n) != os.getpid()):  # noqa: PTH208 - names
        try:
            if str(Path(f"/proc/{number}/exe").readlink()).startswith(inside):
                return True
        except OSError:  # ended meanwhile, or another user's
            continue
    return False


def _still(versions: Sequence[Path]) -> bool:
    """Tell whether nothing runs in any version any more; a desk that was ended needs a moment."""
    end = time.monotonic() + PATIENCE
    while any(map(_runs_in, versions)):
        if time.monotonic() > end:
            return False
        time.sleep(0.1)
    return True


def remove(places: DesktopFolders) -> str:
    """Remove every version, icons, menus and traces; return what to say. Raises OutputError while something runs."""
    instance.leave()
    versions = _versions(places)
    if not _still(versions):
        raise OutputError("程序还在运行，没有卸载；请等它做完，或关掉用它的窗口，再卸载一次")
    gone = icons.remove(places)
    places.current.unlink(missing_ok=True)
    (home() / dialogs.SAID).unlink(missing_ok=True)
    traces.remove_traces()
    for version in versions:  # last: what runs this is in one of them
        shutil.rmtree(version, ignore_errors=True)
    said = [f"已删除：{path}" for path in (*gone, *versions)]
    if places.base.is_dir() and not _emptied(places.base):
        said.append(f"“{places.base}”里还有您自己的文件，没有动。")
    return "\n".join([*said, "已经卸载。您的填报表和年报没有动。" if versions else "没有安装过。"])


def _emptied(base: Path) -> bool:
    """Remove a folder if nothing is in it; tell whether it is gone."""
    try:
        base.rmdir()
    except OSError:
        return False
    return True


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
