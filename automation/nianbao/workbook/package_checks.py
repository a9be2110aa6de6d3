"""Opening a file somebody sent, safely: is it a workbook at all, is it sound, is it of a bearable size.

Only bytes are looked at here; what the workbook says is contents.py's.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from nianbao import given
from nianbao.errors import InputError
from nianbao.ooxml import archive, zips
from nianbao.workbook.bounds import FORM, Bounds
from nianbao.workbook.parts import main_part, named_file
from nianbao.workbook.unpacking import RESAVE, UnpackedParts, damaged, too_large
from nianbao.workbook.xml_nodes import two_meanings

FIXED_DATE = (2021, 9, 26, 0, 0, 0)
"""The day the current form was issued: any fixed day would do."""

MARKS = archive.Marks(FIXED_DATE[:3], archive.UNIX, archive.OWNER)

ESCAPED_UNDERSCORE = "\ue0f8\ue0f9"
"""Stands for `_x005F_` (an underscore typed before xHHHH_), which openpyxl would drop and so confuse."""

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


@dataclass(frozen=True)
class Package:
    """The parts of a sound .xlsx or .xlsm by name."""

    name: str
    parts: Mapping[str, bytes]

    def repacked(self) -> io.BytesIO:
        """Return the parts as an uncompressed package, escaped underscores made safe from openpyxl."""
        safe = (
            (n, p.replace(b"_x005F_", ESCAPED_UNDERSCORE.encode()) if n.endswith("sharedStrings.xml") else p)
            for n, p in self.parts.items()
        )
        return io.BytesIO(archive.written(archive.stored(n, p) for n, p in safe))


def packed(parts: Mapping[str, bytes]) -> bytes:
    """Return a workbook file of these parts, always the same bytes for the same parts: no clock gets into it."""
    return archive.written((archive.deflated(n, part) for n, part in parts.items()), MARKS)


def is_as_packed(path: Path) -> bool:
    """Tell whether a file is as `packed` wrote it: every program that saves it puts other dates into the package."""
    entries = _directory(path)
    return bool(entries) and all(i.date_time == FIXED_DATE for i in entries)


def holds_parts_of(data: bytes, path: Path) -> bool:
    """Tell whether a workbook has every part that a file has: none was left out, none was lost on the way."""
    with zips.opened(io.BytesIO(data)) as made:
        return {i.filename for i in _directory(path)} <= set(made.namelist())


def _directory(path: Path) -> list[zipfile.ZipInfo]:
    """Return what a zip says it holds; nothing where it can't be read or is none."""
    try:
        with path.open("rb") as file, zips.opened(file) as source:
            return source.infolist()
    except zips.BROKEN:
        return []


def open_package(path: Path, bounds: Bounds = FORM) -> Package:
    """Return the parts of a workbook file. Raises InputError, which names the file and the cure.

    A large sheet is unpacked when it is first asked for, and only then found damaged or unsafe (InputError, too).
    """
    name = path.name
    data = file_bytes(path, bounds)
    _refuse_other_kinds(name, data)
    try:
        parts = UnpackedParts(name, zips.opened(io.BytesIO(data)), bounds)
    except zips.DirectoryTooLargeError as e:
        raise too_large(name, bounds) from e
    except zips.BROKEN as e:  # its directory
        raise damaged(name) from e
    if parts.doubled:
        raise named_file(name, two_meanings("两个部件同名"))
    _refuse_other_packages(name, parts)
    parts.look_through()
    return Package(name, parts)


def file_bytes(path: Path, bounds: Bounds = FORM) -> bytes:
    """Return what is in a file that should be a workbook. Raises InputError, which names the file and the cure."""
    if path.name.startswith("~$"):
        raise InputError(f"“{path.name}”是表格打开时的临时文件，请选不带“~$”的那一份")
    large = f"太大，不是{bounds.what}"
    return given.sent(path, bounds.file, f"{bounds.what}文件", " Excel 或 WPS 中的这个文件", large)


def _refuse_other_kinds(name: str, data: bytes) -> None:
    if not data:
        raise InputError(f"“{name}”是空文件，请重新保存或重新发送一份")
    if data.startswith(_OLE) and _ENCRYPTED in data:
        raise locked(name)
    if data.startswith(_OLE):
        raise InputError(f"“{name}”是旧格式的文件（如 .xls、.doc），{RESAVE}")
    if not data.startswith(b"PK"):
        raise InputError(f"“{name}”不是 Excel 工作簿（也可能只是改了扩展名），{RESAVE}")


def locked(name: str) -> InputError:
    """Say that a file opens with a password only."""
    return InputError(f"“{name}”设了打开密码，程序无法读取，请在 Excel 中去掉密码并保存后再试")


def _refuse_other_packages(name: str, parts: Mapping[str, bytes]) -> None:
    if "word/document.xml" in parts:
        raise InputError(f"“{name}”是 Word 文档，不是填报表，请提供 .xlsx 文件")
    try:
        main = main_part(parts)
    except InputError as e:
        raise named_file(name, e) from e
    if not main or not any(p.lower() == "[content_types].xml" for p in parts) or main.lower().endswith(".bin"):
        raise InputError(other_kind(name))
    if "word/" in main.lower() or "ppt/" in main.lower():
        raise InputError(other_kind(name))


def other_kind(name: str) -> str:
    """Say how to bring a spreadsheet of another kind (.xls, .et, .xlsb, .ods …) here; the same words everywhere.

    No library at hand tells their number formats, so that what is displayed could not be known.
    """
    return f"“{name}”不是 .xlsx 工作簿，{RESAVE}"
