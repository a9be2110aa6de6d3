"""Opening a file somebody sent, safely: is it a workbook at all, is it sound, is it of a bearable size.

Only bytes are looked at here; what the workbook says is contents.py's.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from nianbao import files, zips
from nianbao.errors import InputError
from nianbao.oserrors import why
from nianbao.workbook.parts import main_part, named_file
from nianbao.workbook.tree import two_meanings

MAX_FILE = 32 * 2**20
MAX_PARTS = 2_000
MAX_XML_PART = 24 * 2**20
MAX_TOTAL = 96 * 2**20
"""A filled standard workbook has 0.05 MB and 25 parts, 1 MB unpacked; beyond these limits it is no form."""

MAX_TAGS = 60_000
"""Of a part that is neither a sheet nor the list of texts: openpyxl makes an object of each tag, which takes 50 µs."""

MAX_SHEET_TAGS = 1_250_000
"""Of one sheet: rows beyond those that are looked at cost little each."""


_TAG, _MARK = len("<a>"), len(' a=""')
"""The fewest bytes of a tag and of an attribute: small parts need no counting."""

MAX_MARKS, MARKS_PER_TAG = 200_000, 20
"""Of "=" in one part, more the more tags it has: attributes take 0.3 kB each, and a tag of Excel's has four."""

MAX_SHEETS = 200
"""Each is opened, however many of them are the same part."""


@dataclass(frozen=True)
class Bounds:
    """How large a file, one XML part of it and all its parts may be, in bytes; what is said of a larger one.

    `texts` is how many tags the list of texts may have, `cells` how many may stand in the first `rows` rows of a sheet.
    """

    file: int
    part: int
    total: int
    texts: int
    rows: int
    cells: int
    what: str
    cure: str


FORM = Bounds(
    MAX_FILE, MAX_XML_PART, MAX_TOTAL, 200_000, 1_500, 250_000, "标准填报表", "请把数字抄到一份新的标准填报表中"
)
REGISTER = Bounds(
    MAX_FILE,
    MAX_XML_PART,
    MAX_TOTAL,
    1_000_000,
    30_000,
    1_250_000,
    "申请台账",
    "请只留报告年度用得着的申请，另存一份再试",
)

FIXED_DATE = (2021, 9, 26, 0, 0, 0)
"""The day the current form was issued: any fixed day would do."""

ESCAPED_UNDERSCORE = "\ue0f8\ue0f9"
"""Stands for `_x005F_` (an underscore typed before xHHHH_), which openpyxl would drop and so confuse."""

_STRICT = (
    (b"http://purl.oclc.org/ooxml/spreadsheetml/main", b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"),
    (b"http://purl.oclc.org/ooxml/drawingml/", b"http://schemas.openxmlformats.org/drawingml/2006/"),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
)

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_SHEET = re.compile(r"/?xl/worksheets/[^/]+\.xml", re.IGNORECASE)
_NAMED_SHEET = re.compile(rb"<(?:\w+:)?sheet\s")
_ROW = re.compile(rb"<(?:\w+:)?row\b")
_ENCODING = re.compile(rb"<\?xml[^>]*encoding\s*=\s*[\"']([^\"']*)")
_UTF = (b"utf-8", b"utf-16", b"us-ascii", b"ascii")
_RESAVE = "请用 Excel 或 WPS 打开，另存为“Excel 工作簿（*.xlsx）”后再试"


@dataclass(frozen=True)
class Package:
    """The parts of a sound .xlsx or .xlsm by name."""

    name: str
    parts: Mapping[str, bytes]

    def repacked(self) -> io.BytesIO:
        """Return the parts as an uncompressed package, escaped underscores made safe from openpyxl."""
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as target:
            for name, part in self.parts.items():
                if name.endswith("sharedStrings.xml"):
                    part = part.replace(b"_x005F_", ESCAPED_UNDERSCORE.encode())  # noqa: PLW2901 - the same part
                target.writestr(name, part)
        out.seek(0)
        return out


def packed(parts: Mapping[str, bytes]) -> bytes:
    """Return a workbook file of these parts, always the same bytes for the same parts: no clock gets into it."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name, part in parts.items():
            entry = zipfile.ZipInfo(name, FIXED_DATE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(entry, part)
    return out.getvalue()


def is_as_packed(path: Path) -> bool:
    """Tell whether a file is as `packed` wrote it: every program that saves it puts other dates into the package."""
    entries = _directory(path)
    return bool(entries) and all(i.date_time == FIXED_DATE for i in entries)


def holds_parts_of(data: bytes, path: Path) -> bool:
    """Tell whether a workbook has every part that a file has: none was left out, none was lost on the way."""
    with zipfile.ZipFile(io.BytesIO(data)) as made:
        return {i.filename for i in _directory(path)} <= set(made.namelist())


def _directory(path: Path) -> list[zipfile.ZipInfo]:
    """Return what a zip says it holds; nothing where it can't be read or is none."""
    try:
        with path.open("rb") as file, zips.opened(file) as source:
            return source.infolist()
    except (zipfile.BadZipFile, zips.DirectoryTooLargeError, NotImplementedError, ValueError, OSError):
        return []


def open_package(path: Path, bounds: Bounds = FORM) -> Package:
    """Return the parts of a workbook file. Raises InputError, which names the file and the cure."""
    name = path.name
    if name.startswith("~$"):
        raise InputError(f"“{name}”是表格打开时的临时文件，请选不带“~$”的那一份")
    data = _bytes(path, bounds)
    _refuse_other_kinds(name, data)
    try:
        with zips.opened(io.BytesIO(data)) as source:
            _refuse_size(name, source.infolist(), bounds)
            entries = [i for i in source.infolist() if not zips.is_folder(i)]
            parts = {i.filename.replace("\\", "/"): _usual(i.filename, source.read(i)) for i in entries}
    except zips.DirectoryTooLargeError as e:
        raise _too_large(name, bounds) from e
    # what zipfile raises for damaged, truncated, encrypted and unknown-compression archives
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError) as e:
        raise InputError(f"“{name}”已经损坏或没有传完整，打不开，请重新保存或重新发送一份") from e
    if len({p.lower() for p in parts}) != len(entries):
        raise named_file(name, two_meanings("两个部件同名"))
    _refuse_other_packages(name, parts)
    for part, content in parts.items():
        if part.endswith((".xml", ".rels", ".vml")):
            _refuse_unsafe(name, part, content)
            if _has_too_many_tags(part, content, bounds):
                raise _too_large(name, bounds)
    return Package(name, parts)


def _bytes(path: Path, bounds: Bounds) -> bytes:
    try:
        return files.read(path, bounds.file)
    except files.TooLargeError as e:
        raise InputError(f"“{path.name}”有 {e.size // 2**20} MB，太大，不是{bounds.what}") from e
    except FileNotFoundError as e:
        raise InputError(f"找不到文件“{path}”，请核对文件名和所在的文件夹") from e
    except IsADirectoryError as e:
        raise InputError(f"“{path}”是文件夹，请提供{bounds.what}文件") from e
    except PermissionError as e:
        raise InputError(
            f"“{path}”打不开（没有权限，或正被别的程序占用），请关闭 Excel 或 WPS 中的这个文件后再试"
        ) from e
    except OSError as e:
        raise InputError(f"“{path}”读不出来（{why(e)}），请复制到本机后再试") from e


def _refuse_other_kinds(name: str, data: bytes) -> None:
    if not data:
        raise InputError(f"“{name}”是空文件，请重新保存或重新发送一份")
    if data.startswith(_OLE) and _ENCRYPTED in data:
        raise InputError(f"“{name}”设了打开密码，程序无法读取，请在 Excel 中去掉密码并保存后再试")
    if data.startswith(_OLE):
        raise InputError(f"“{name}”是旧格式的文件（如 .xls、.doc），{_RESAVE}")
    if not data.startswith(b"PK"):
        raise InputError(f"“{name}”不是 Excel 工作簿（也可能只是改了扩展名），{_RESAVE}")


def _refuse_size(name: str, infos: list[zipfile.ZipInfo], bounds: Bounds) -> None:
    """Refuse by the declared sizes; zipfile never unpacks more than is declared."""
    large = zips.has_bomb(infos) or any(
        i.file_size > bounds.part for i in infos if i.filename.endswith((".xml", ".rels", ".vml"))
    )
    if large or len(infos) > MAX_PARTS or sum(i.file_size for i in infos) > bounds.total:
        raise _too_large(name, bounds)


def _has_too_many_tags(part: str, content: bytes, bounds: Bounds) -> bool:
    sheet = _SHEET.fullmatch(part) is not None
    texts = part.lower().endswith("sharedstrings.xml")
    most = bounds.cells if sheet else bounds.texts if texts else MAX_TAGS
    if not sheet and len(_NAMED_SHEET.findall(content)) > MAX_SHEETS:
        return True
    if len(content) < min(_TAG * most, _MARK * MAX_MARKS):
        return False
    tags = content.count(b"<")
    if content.count(b"=") > MAX_MARKS + MARKS_PER_TAG * tags:
        return True
    if not sheet or tags <= most:  # wherever they stand
        return tags > most
    beyond = next(islice(_ROW.finditer(content), bounds.rows, None), None)
    looked_at = content.count(b"<", 0, beyond.start()) if beyond else tags
    return tags > MAX_SHEET_TAGS or looked_at > bounds.cells


def _too_large(name: str, bounds: Bounds) -> InputError:
    return InputError(f"“{name}”解开后的内容大得不正常，不像{bounds.what}，没有读取；{bounds.cure}")


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
    return f"“{name}”不是 .xlsx 工作簿，{_RESAVE}"


def _usual(name: str, part: bytes) -> bytes:
    """Return a part of Strict Open XML, which Excel can save, in the usual namespaces: nothing else differs here."""
    if b"purl.oclc.org/ooxml" not in part or not name.endswith((".xml", ".rels")):
        return part
    for strict, usual in _STRICT:
        part = part.replace(strict, usual)
    return part


def _refuse_unsafe(name: str, part: str, content: bytes) -> None:
    """Refuse document types and entities, which no office program writes and which can blow up or read files."""
    bare = content.replace(b"\0", b"") if b"\0" in content else content
    encoding = _ENCODING.match(bare.lstrip(b"\xef\xbb\xbf\xff\xfe"))
    odd = encoding is not None and encoding[1].lower() not in _UTF
    if odd or b"<!DOCTYPE" in bare or b"<!ENTITY" in bare:
        raise InputError(f"“{name}”里的“{part}”含有不安全的内容，没有读取；{_RESAVE}")
