"""Assembling the installation: Python as given, wheels unpacked into it, add-in, forms, scripts; same input, same zip.

Wheels are unpacked here, since the embeddable Python has no pip and offices may forbid running one.
"""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources

from nianbao.errors import InputError
from nianbao.excel.addin.build import FILE_NAME, MARKS, build
from nianbao.excel.release import blank_forms
from nianbao.excel.release import wheels as wheels_
from nianbao.excel.release.wheels import System
from nianbao.ooxml import archive, zips

ROOT, PROGRAM = "年报离线安装", "program"
_SITE = "Lib/site-packages"
_TIGHTEST = 9
WINDOWS = System("64 位 Windows", re.compile("win_amd64"))
_DLL = re.compile(r"python3(\d+)\.dll")
LEFT_OUT = re.compile(r"xlwings/(pro/|addin/|html/|js/|quickstart|.*\.bas$|xlwingslib|mac_dict|_xlmac|.*applescript$)")
"""Of xlwings only the BSD part is passed on, and no macros that an antivirus program would look at."""

SCRIPTS = {"安装.cmd": "install.cmd", "卸载.cmd": "uninstall.cmd", "检查安装.cmd": "doctor.cmd"}
README = "使用说明.txt"
SUMS = "SHA256.txt"


@dataclass(frozen=True)
class Installation:
    """The finished installation and its sizes in bytes."""

    data: bytes
    unpacked: int
    files: int


def assemble(python: bytes, sha256: str, wheels: Mapping[str, bytes], version: str) -> Installation:
    """Return the installation as a zip. Raises InputError for a Python or a wheel that is not what it should be."""
    found = hashlib.sha256(python).hexdigest()
    if found != sha256.lower():
        raise InputError(f"Windows 的 Python 不是指定的那一份：应是 {sha256.lower()}，实际是 {found}")
    program = _embedded(python)
    minor = _minor(program)
    for name, data in sorted(wheels.items()):
        placed = wheels_.unpacked(name, data, minor, WINDOWS)
        program |= {f"{_SITE}/{place}": content for place, content in placed.items() if not LEFT_OUT.match(place)}
    program[f"python3{minor}._pth"] = f"python3{minor}.zip\r\n.\r\n{_SITE}\r\nimport site\r\n".replace(
        "/", "\\"
    ).encode()
    size = sum(map(len, program.values()))
    files = {f"{PROGRAM}/{name}": data for name, data in program.items()}
    files |= {name: _script(text) for name, text in SCRIPTS.items()}
    files[FILE_NAME] = build()
    files |= blank_forms.blank(version)
    said = _text("readme.txt").format(version=version, size=f"{size / 2**20:.0f}")
    files[README] = ("﻿" + said.replace("\n", "\r\n")).encode("utf-8")
    sums = "".join(f"{hashlib.sha256(files[n]).hexdigest()}  {n}\n" for n in sorted(files))
    files[SUMS] = sums.encode("utf-8")
    return Installation(_zipped(files), sum(map(len, files.values())), len(files))


def _embedded(python: bytes) -> dict[str, bytes]:
    try:
        with zips.opened(io.BytesIO(python)) as package:
            files = {i.filename: package.read(i) for i in package.infolist() if not i.is_dir()}
    except zipfile.BadZipFile as e:
        raise InputError("给出的 Windows Python 不是 zip 文件，应是 python.org 的 embeddable package") from e
    missing = [n for n in ("python.exe", "pythonw.exe") if n not in files]
    if missing:
        raise InputError(f"给出的 Windows Python 缺少 {'、'.join(missing)}，应是 python.org 的 embeddable package")
    return files


def _minor(program: Mapping[str, bytes]) -> int:
    """Return 11 for Python 3.11."""
    found = [int(m[1]) for m in map(_DLL.fullmatch, program) if m]
    if not found:
        raise InputError("给出的 Windows Python 看不出版本（没有 python3xx.dll）")
    return found[0]


def _text(name: str) -> str:
    return (resources.files("nianbao.excel.release") / "texts" / name).read_text(encoding="utf-8")


def _script(name: str) -> bytes:
    """Return a script with Windows' line ends; plain ASCII, so that no code page matters."""
    return _text(name).replace("\n", "\r\n").encode("ascii")


def _zipped(files: Mapping[str, bytes]) -> bytes:
    return archive.written((archive.deflated(f"{ROOT}/{n}", files[n], _TIGHTEST) for n in sorted(files)), MARKS)
