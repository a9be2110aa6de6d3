"""The parts of a workbook file, unpacked and looked at when they are first asked for.

Nothing is parsed here. A part is its bytes, made sure to be sound, of a bearable size and without a document type.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Mapping

from nianbao.errors import InputError
from nianbao.ooxml import zips
from nianbao.workbook.bounds import MAX_PARTS, Bounds, has_too_many_tags, is_sheet

_STRICT = (
    (b"http://purl.oclc.org/ooxml/spreadsheetml/main", b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"),
    (b"http://purl.oclc.org/ooxml/drawingml/", b"http://schemas.openxmlformats.org/drawingml/2006/"),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
)

_ENCODING = re.compile(rb"<\?xml[^>]*encoding\s*=\s*[\"']([^\"']*)")
_UTF = (b"utf-8", b"utf-16", b"us-ascii", b"ascii")
RESAVE = "请用 Excel 或 WPS 打开，另存为“Excel 工作簿（*.xlsx）”后再试"

LATER = 2**18
"""Bytes from which a sheet is unpacked only when it is asked for: the largest of ours is one nobody reads."""


class UnpackedParts(Mapping[str, bytes]):
    """The parts of a package by name. A part that is damaged, unsafe or too large raises InputError when asked for."""

    def __init__(self, name: str, package: zipfile.ZipFile, bounds: Bounds) -> None:
        """Take `package` of the file `name`. Raises InputError."""
        _refuse_size(name, package.infolist(), bounds)
        self._file, self._package, self._bounds = name, package, bounds
        entries = [i for i in package.infolist() if not zips.is_folder(i)]
        self._entries = {i.filename.replace("\\", "/"): i for i in entries}
        self.doubled = len({n.lower() for n in self._entries}) != len(entries)
        self._read: dict[str, bytes] = {}

    def look_through(self) -> None:
        """Ask for every part but large sheets. Raises InputError."""
        for part, entry in self._entries.items():
            if entry.file_size < LATER or not is_sheet(part):
                self[part]

    def __getitem__(self, part: str) -> bytes:
        """Return a part's bytes, those of Strict Open XML in the usual namespaces."""
        if part not in self._read:
            self._read[part] = self._unpacked(part, self._entries[part])
        return self._read[part]

    def __contains__(self, part: object) -> bool:
        return part in self._entries

    def __iter__(self) -> Iterator[str]:
        return iter(self._entries)

    def __len__(self) -> int:
        return len(self._entries)

    def _unpacked(self, part: str, entry: zipfile.ZipInfo) -> bytes:
        try:
            content = _usual(part, self._package.read(entry))
        except zips.BROKEN as e:
            raise damaged(self._file) from e
        if part.endswith((".xml", ".rels", ".vml")):
            _refuse_unsafe(self._file, part, content)
            if has_too_many_tags(part, content, self._bounds):
                raise too_large(self._file, self._bounds)
        return content


def damaged(name: str) -> InputError:
    """Say that a file is damaged or was cut off on its way."""
    return InputError(f"“{name}”已经损坏或没有传完整，打不开，请重新保存或重新发送一份")


def too_large(name: str, bounds: Bounds) -> InputError:
    """Say that what a file unpacks to is larger than its bounds."""
    return InputError(f"“{name}”解开后的内容大得不正常，不像{bounds.what}，没有读取；{bounds.cure}")


def _refuse_size(name: str, infos: list[zipfile.ZipInfo], bounds: Bounds) -> None:
    """Refuse by the declared sizes; zipfile never unpacks more than is declared."""
    large = zips.has_bomb(infos) or any(
        i.file_size > bounds.part for i in infos if i.filename.endswith((".xml", ".rels", ".vml"))
    )
    if large or len(infos) > MAX_PARTS or sum(i.file_size for i in infos) > bounds.total:
        raise too_large(name, bounds)


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
        raise InputError(f"“{name}”里的“{part}”含有不安全的内容，没有读取；{RESAVE}")
