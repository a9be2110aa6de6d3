"""Installing for this user, without administrator and without Excel: add-in, launchers, 发送到; and removing."""

from __future__ import annotations

import contextlib
import os
import sys
from dataclasses import dataclass
from pathlib import Path

from nianbao import caches, state
from nianbao.errors import OutputError
from nianbao.excel import button_lock
from nianbao.excel.addin import shortcut
from nianbao.excel.addin.build import FILE_NAME, build
from nianbao.files import write_new
from nianbao.ribbon import log
from nianbao.serve import instance

LAUNCHERS = {
    "校验并生成年报.lnk": (),
    "各单位汇总.lnk": ("--rollup",),
    "填报表空白填0.lnk": ("--zeros",),
    "填报表带入上年数据.lnk": ("--last-year",),
    "填报表修复.lnk": ("--repair",),
    "年报台.lnk": ("--desk",),
}
"""The launchers by file name, with what they pass to nianbao.excel.launch before the dropped files."""

SENT_TO = "校验并生成年报.lnk"
DESK = "年报台.lnk"
TIP = "把填报表，或者放着各单位填报表的文件夹，拖到这个图标上"
DESK_TIP = "在浏览器里新建、核对、生成年报"
_START = ("-E", "-P", "-X", "utf8", "-m", "nianbao.excel.launch")


@dataclass(frozen=True)
class ExcelFolders:
    """This user's folders."""

    roaming: Path
    local: Path

    @property
    def addin(self) -> Path:
        """The add-in in the folder from which Excel loads everything at its start."""
        return self.roaming / "Microsoft" / "Excel" / "XLSTART" / FILE_NAME

    @property
    def send_to(self) -> Path:
        """The launcher in the menu 发送到."""
        return self.roaming / "Microsoft" / "Windows" / "SendTo" / SENT_TO

    @property
    def start_menu(self) -> Path:
        """年报台 in the start menu."""
        return self.roaming / "Microsoft" / "Windows" / "Start Menu" / "Programs" / DESK

    @property
    def launchers(self) -> tuple[Path, ...]:
        """The launchers to drop files onto."""
        return tuple(self.local / "nianbao" / name for name in LAUNCHERS)


def of_this_user() -> ExcelFolders:
    """Return the folders Windows names. Raises OutputError elsewhere."""
    roaming, local = os.environ.get("APPDATA"), os.environ.get("LOCALAPPDATA")
    if not roaming or not local:
        raise OutputError("只能装在 Windows 上（没有找到 APPDATA 文件夹）；其他系统请用命令行")
    return ExcelFolders(Path(roaming), Path(local))


def interpreter() -> str:
    """Return the pythonw.exe beside the Python that runs this; without its window nothing flashes up."""
    found = Path(sys.executable).with_name("pythonw.exe")
    return str(found if found.exists() else sys.executable)


def is_offline(python: str) -> bool:
    """Tell whether this Python is that of the offline installation: there nobody has the command `nianbao`."""
    return Path(python).parent == state.home() / "python"


def examine_again(python: str = "") -> str:
    """Return how the user asks the doctor, as a part of a sentence."""
    return "双击“检查安装.cmd”" if is_offline(python or interpreter()) else "输入“nianbao addin doctor”"


def install(places: ExcelFolders, python: str) -> tuple[Path, ...]:
    """Write add-in and launchers for this Python, replacing our earlier ones; return them. Raises OutputError."""
    remove(places)
    write_new(places.addin, build(python))
    shortcuts = (*places.launchers, places.send_to, places.start_menu)
    for path in shortcuts:
        tip = DESK_TIP if path.name == DESK else TIP
        shortcut.create(path, python, [*_START, *LAUNCHERS[path.name]], tip)
    return (places.addin, *shortcuts)


def remove(places: ExcelFolders) -> tuple[Path, ...]:
    """Remove what `install` wrote; return what was there. Raises OutputError while Excel holds the add-in."""
    gone = []
    for path in (places.addin, places.send_to, places.start_menu, *places.launchers):
        try:
            path.unlink()
        except FileNotFoundError:
            continue
        except OSError as e:
            raise OutputError(f"“{path}”正被 Excel 使用，请先关闭所有 Excel 窗口，再试一次") from e
        gone.append(path)
    return tuple(gone)


def remove_traces() -> None:
    """Remove what running leaves behind: log, locks and caches, and their folder when nothing else is in it.

    A desk that is open is ended.
    """
    instance.leave()
    home = state.home()
    for path in (log.place(), log.place().with_suffix(".old"), home / button_lock.LOCK):
        with contextlib.suppress(OSError):
            path.unlink(missing_ok=True)
    caches.clear()
    with contextlib.suppress(OSError):
        home.rmdir()
