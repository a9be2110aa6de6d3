"""Installing for this user, without administrator and without Excel: add-in, launchers, 发送到; and removing."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path, PureWindowsPath

from nianbao.errors import OutputError
from nianbao.excel.addin.build import FILE_NAME, build
from nianbao.files import write_new

LAUNCHERS = {
    "校验并生成年报.cmd": (),
    "各单位汇总.cmd": ("--rollup",),
    "填报表空白填0.cmd": ("--zeros",),
    "填报表带入上年数据.cmd": ("--last-year",),
}
"""The launchers by file name, with what they pass to nianbao.excel.launch before the dropped files."""

SENT_TO = "校验并生成年报.cmd"


@dataclass(frozen=True)
class Places:
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
    def launchers(self) -> tuple[Path, ...]:
        """The launchers to drop files onto."""
        return tuple(self.local / "nianbao" / name for name in LAUNCHERS)


def of_this_user() -> Places:
    """Return the folders Windows names. Raises OutputError elsewhere."""
    roaming, local = os.environ.get("APPDATA"), os.environ.get("LOCALAPPDATA")
    if not roaming or not local:
        raise OutputError("只能装在 Windows 上（没有找到 APPDATA 文件夹）；其他系统请用命令行")
    return Places(Path(roaming), Path(local))


def interpreter() -> str:
    """Return the pythonw.exe beside the Python that runs this; without its window nothing flashes up."""
    found = Path(sys.executable).with_name("pythonw.exe")
    return str(found if found.exists() else sys.executable)


def install(places: Places, python: str) -> tuple[Path, ...]:
    """Write add-in and launchers for this Python, replacing our earlier ones; return them. Raises OutputError."""
    data = {places.addin: build(python)}
    data |= {p: launcher(python, LAUNCHERS[p.name], places) for p in (*places.launchers, places.send_to)}
    remove(places)
    for path, content in data.items():
        write_new(path, content)
    return tuple(data)


def remove(places: Places) -> tuple[Path, ...]:
    """Remove what `install` wrote; return what was there. Raises OutputError while Excel holds the add-in."""
    gone = []
    for path in (places.addin, places.send_to, *places.launchers):
        try:
            path.unlink()
        except FileNotFoundError:
            continue
        except OSError as e:
            raise OutputError(f"“{path}”正被 Excel 使用，请先关闭所有 Excel 窗口，再试一次") from e
        gone.append(path)
    return tuple(gone)


def launcher(python: str, options: tuple[str, ...], places: Places) -> bytes:
    """Return a .cmd that passes what is dropped onto it, whatever the names hold.

    `&` and `%` in names would break `%*`; the whole command line goes on in a variable instead (launch.py splits it),
    and `exit` keeps cmd from running what stands behind an `&`.
    """
    shown = python.replace("%", "%%")
    local = str(PureWindowsPath(places.local)).replace("%", "%%")
    if shown.lower().startswith(local.lower() + "\\"):
        shown = "%LOCALAPPDATA%" + shown[len(local) :]
    lines = [
        "@echo off",
        "chcp 65001 >nul",
        f'set "NIANBAO_PYTHON={shown}"',
        "setlocal EnableDelayedExpansion",
        'set "NIANBAO_DROPPED=!cmdcmdline!"',
        " ".join(('start "" "!NIANBAO_PYTHON!" -E -P -X utf8 -m nianbao.excel.launch', *options)),
        "exit",
    ]
    return "".join(f"{line}\r\n" for line in lines).encode("utf-8")
