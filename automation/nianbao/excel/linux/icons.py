"""Icons and menus of a Linux desktop, written and removed; none of them may become what a double click starts."""

from __future__ import annotations

import contextlib
import os
import subprocess
from collections.abc import Sequence
from importlib import resources
from pathlib import Path

from nianbao import programs
from nianbao.errors import OutputError
from nianbao.excel.addin.installing import DESK, DESK_TIP, LAUNCHERS, SENT_TO
from nianbao.excel.linux import desktop_entries
from nianbao.excel.linux.desktop_entries import OURS, DesktopEntry
from nianbao.excel.linux.desktop_folders import ON_DESKTOP, DesktopFolders
from nianbao.files import explained, write_new

TIP = "把填报表，或者放着各单位填报表的文件夹，拖到这个图标上；也可以在文件上点右键，选“打开方式”"
SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOCUMENT = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
OLD_SPREADSHEETS = ("application/vnd.ms-excel", "application/vnd.oasis.opendocument.spreadsheet")
TYPES = {
    SENT_TO: (SPREADSHEET, DOCUMENT, "application/pdf"),
    "填报表空白填0.lnk": (SPREADSHEET,),
    "填报表带入上年数据.lnk": (SPREADSHEET,),
    "填报表修复.lnk": (SPREADSHEET, *OLD_SPREADSHEETS),
}
"""For which types of files a launcher is offered by 打开方式; never folders, which it would open instead of showing."""

MENU_OF_DDE = "X-DFM-MenuTypes=SingleFile;SingleDir;MultiFileDirs;"
"""Where dde-file-manager shows an entry of its own folder: on files, on folders, on several."""


def place(places: DesktopFolders) -> tuple[Path, ...]:
    """Write icons and menus that start `current`, in place of our earlier ones; return them. Raises OutputError."""
    remove(places)
    launch = places.current / "launch"
    try:
        made = {places.application(name): _entry(places, name) for name in LAUNCHERS}
        if places.desktop:
            made |= {places.desktop / f"{Path(n).stem}.desktop": _entry(places, n) for n in ON_DESKTOP}
        if _uses("dde-file-manager"):
            made[places.menu] = _entry(places, SENT_TO, MENU_OF_DDE)
    except ValueError as e:
        raise OutputError(f"文件夹“{places.base}”的名称里有桌面图标不能用的字，请联系系统管理员") from e
    made = {path: entry for path, entry in made.items() if not path.exists()}  # what is there now is the user's own
    write_new(places.icon, (resources.files("nianbao.excel.linux") / "nianbao.svg").read_bytes())
    for path, entry in made.items():
        write_new(path, entry.text())
        if path.parent == places.desktop:
            path.chmod(0o755)  # a desktop starts only what may be run
            _trust(path)
    links = [(places.command, places.current / "nianbao")]
    if _uses("nautilus"):
        links.append((places.script, launch))
    linked = [link for link, target in links if _link(link, target)]
    _tell_the_desktop(places)
    _offer_only_beside(places, made)
    return (*made, *linked)


def _entry(places: DesktopFolders, launcher: str, *more: str) -> DesktopEntry:
    files = () if launcher == DESK else ("%F",)
    line = desktop_entries.command(places.current / "launch", places.home, *LAUNCHERS[launcher], *files)
    tip = DESK_TIP if launcher == DESK else TIP
    return DesktopEntry(Path(launcher).stem, tip, line, TYPES.get(launcher, ()), more)


def _uses(manager: str) -> bool:
    return programs.find(manager) is not None


def _link(link: Path, target: Path) -> bool:
    """Make a link unless the user has something of that name; tell whether it was made. Raises OutputError."""
    try:
        link.parent.mkdir(parents=True, exist_ok=True)
        if os.path.lexists(link):
            return False
        link.symlink_to(target)
    except OSError as e:
        raise explained(link, e) from e
    return True


def _trust(path: Path) -> None:
    """Let GNOME start an icon of the desktop without asking; other desktops need nothing."""
    _output("gio", "set", "-t", "string", str(path), "metadata::trusted", "true")


def _tell_the_desktop(places: DesktopFolders) -> None:
    _output("update-desktop-database", str(places.data / "applications"))


def _offer_only_beside(places: DesktopFolders, made: dict[Path, DesktopEntry]) -> None:
    """Offer no type of file for which nothing else is set: an icon must not become what a double click starts.

    Where xdg-mime cannot tell, nothing is offered either.
    """
    ours = {p.name for p in made}
    types = sorted({t for entry in made.values() for t in entry.types})
    kept = [t for t in types if (told := _output("xdg-mime", "query", "default", t).strip()) and told not in ours]
    for path, entry in made.items():
        if entry.types and not set(entry.types) <= set(kept):
            path.unlink()
            left = tuple(t for t in entry.types if t in kept)
            write_new(path, DesktopEntry(entry.name, entry.comment, entry.command, left, entry.more).text())
            if path.parent == places.desktop:
                path.chmod(0o755)
                _trust(path)
    _tell_the_desktop(places)


def _output(name: str, *words: str) -> str:
    """Run a program of the desktop if there is one, and return what it prints; what it lacks stops nothing."""
    found = programs.find(name)
    if not found:
        return ""
    with contextlib.suppress(OSError):
        quiet = subprocess.DEVNULL
        done = subprocess.run([found, *words], check=False, stdin=quiet, stdout=subprocess.PIPE, stderr=quiet)  # noqa: S603 - of the system
        return os.fsdecode(done.stdout)
    return ""


def remove(places: DesktopFolders) -> tuple[Path, ...]:
    """Remove what `place` wrote and folders that are empty then; return what was there. Raises OutputError."""
    gone = [p for p in places.entries() if _is_ours(p)]
    gone += [p for p in (places.command, places.script) if p.is_symlink() and places.base in p.readlink().parents]
    gone += [places.icon] if places.icon.exists() else []
    for path in gone:
        try:
            path.unlink()
        except OSError as e:
            raise explained(path, e) from e
    if gone:
        _tell_the_desktop(places)
    cache = places.data / "applications" / "mimeinfo.cache"
    if cache.exists() and cache.read_bytes().strip() == b"[MIME Cache]":
        cache.unlink()
    _tidy(places, gone)
    return tuple(gone)


def _is_ours(path: Path) -> bool:
    try:
        return OURS.encode() in path.read_bytes().splitlines()
    except OSError:
        return False


def _tidy(places: DesktopFolders, gone: Sequence[Path]) -> None:
    """Remove the folders of what is gone where nothing else is in them; the desktop's stays."""
    for path in gone:
        for folder in path.parents:
            if folder in (places.home, places.desktop, places.data):
                break
            with contextlib.suppress(OSError):
                folder.rmdir()
