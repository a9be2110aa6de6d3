"""Where the add-in lives for this user, installing and removing it: a folder beside WPS's list of add-ins."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path

from nianbao import __version__
from nianbao.errors import OutputError
from nianbao.files import write_over
from nianbao.oserrors import why
from nianbao.serve import instance, service_folders
from nianbao.state import home
from nianbao.wps import publish

PLACE = "js/place.js"
START = ("-E", "-P", "-X", "utf8", "-m", "nianbao.excel.launch", "--service")


@dataclass(frozen=True)
class WpsFolders:
    """WPS's folder of this user's add-ins."""

    addins: Path

    @property
    def list(self) -> Path:
        """The list of add-ins, which all of them share."""
        return self.addins / publish.FILE

    @property
    def own(self) -> Path:
        """The folder of this version."""
        return self.addins / f"{publish.NAME}_{__version__}"

    def installed(self) -> tuple[Path, ...]:
        """Return the folders of all our versions."""
        found = sorted(self.addins.glob(f"{publish.NAME}_*")) if self.addins.is_dir() else []
        return tuple(p for p in found if p.is_dir() and not p.is_symlink() and (p / PLACE).is_file())


def of_this_user() -> WpsFolders:
    """Return the folder on this system. Raises OutputError where WPS has none."""
    if sys.platform == "win32":
        roaming = os.environ.get("APPDATA")
        if not roaming:
            raise OutputError("没有找到 APPDATA 文件夹，不知道 WPS 的加载项放在哪里")
        return WpsFolders(Path(roaming) / "kingsoft" / "wps" / "jsaddons")
    if sys.platform.startswith("linux"):
        return WpsFolders(Path.home() / ".local" / "share" / "Kingsoft" / "wps" / "jsaddons")
    raise OutputError("WPS 加载项只能装在 Windows 和 Linux 上")


def command(python: str, action: str) -> str:
    """Return what the user types for an action; the offline installation has no command `nianbao`."""
    offline = Path(python).parent == home() / "python"
    begun = f'"{Path(python).with_name("python.exe")}" -m nianbao' if offline else "nianbao"
    return f"{begun} addin {action} --wps"


def files(python: str) -> dict[str, bytes]:
    """Return what lies in the add-in's folder by name, for this Python."""
    root = resources.files("nianbao.wps") / "addin"
    found = dict(_files(root, ""))
    found[PLACE] = place_script(python).encode("ascii")
    return found


def _files(root: Traversable, above: str) -> Iterator[tuple[str, bytes]]:
    for one in root.iterdir():
        if one.is_dir():
            yield from _files(one, f"{above}{one.name}/")
        else:
            yield f"{above}{one.name}", one.read_bytes()


def place_script(python: str) -> str:
    """Return the script that tells the add-in where the desk's address stands, and what starts the desk. All ASCII."""
    words = list(START)
    told = {
        "address": str(service_folders.usual() / instance.ADDRESS),
        "program": python,
        "arguments": subprocess.list2cmdline(words),
        "doctor": command(python, "doctor"),
    }
    return f"// @ts-check\n/** @type {{Place}} */\nconst PLACE = {json.dumps(told)};\n"


def install(places: WpsFolders, python: str) -> tuple[Path, ...]:
    """Write the add-in and list it, instead of our earlier versions; return what was written. Raises OutputError."""
    publish.read(places.list)  # what can't be listed isn't written either
    for name, data in files(python).items():
        write_over(places.own / name, data)
    publish.merge(places.list, __version__)
    for old in places.installed():
        if old != places.own:
            _remove(old)
    return places.own, places.list


def remove(places: WpsFolders) -> tuple[Path, ...]:
    """Take the add-in off the list and remove its folders; return what was there. Raises OutputError."""
    gone = [places.list] if publish.remove(places.list) else []
    for old in places.installed():
        _remove(old)
        gone.append(old)
    return tuple(gone)


def _remove(path: Path) -> None:
    try:
        shutil.rmtree(path)
    except OSError as e:
        raise OutputError(f"“{path}”不能删除（{why(e)}），请关闭所有 WPS 窗口，再试一次") from e
