"""Writing an office file whose unchanging parts were compressed once. The same parts always give the same bytes."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from struct import pack

LEVEL = 6
"""zlib's own default: what Word and zipfile use."""

QUICK = 1

_SMALL = 600
"""Bytes below which compressing a part takes longer than it saves."""

_VERSION = 20
_STORED, _DEFLATED = 0, 8
_DAY = 1 << 5 | 1
"""1 January 1980 in a zip's own counting: no clock gets into a document."""
_NO_TIME = 0
_IN_UTF8 = 0x800


@dataclass(frozen=True)
class Entry:
    """One part as it stands in the file: its name, checksum, sizes, and the bytes after compression."""

    name: bytes
    method: int
    checksum: int
    size: int
    data: bytes

    def _facts(self) -> bytes:
        flags = 0 if self.name.isascii() else _IN_UTF8
        return pack(
            "<HHHHHLLLHH",
            _VERSION, flags, self.method, _NO_TIME, _DAY, self.checksum, len(self.data), self.size, len(self.name), 0,
        )  # fmt: skip

    def local(self) -> bytes:
        """Return the entry with its own header before it."""
        return b"".join((b"PK\3\4", self._facts(), self.name, self.data))

    def central(self, offset: int) -> bytes:
        """Return its line in the directory at the end of the file; `offset` is where its header begins."""
        made_by = pack("<H", _VERSION)
        return b"".join((b"PK\1\2", made_by, self._facts(), pack("<HHHLL", 0, 0, 0, 0, offset), self.name))


def entry(name: str, content: bytes, level: int = LEVEL) -> Entry:
    """Return a part ready to be written, compressed unless it is too small for that."""
    checksum = zlib.crc32(content)
    if len(content) < _SMALL:
        return Entry(name.encode(), _STORED, checksum, len(content), content)
    return Entry(name.encode(), _DEFLATED, checksum, len(content), zlib.compress(content, level, wbits=-15))


@dataclass(frozen=True)
class Fixed:
    """Parts that are the same in every document of a template: headers, data and directory lines ready to copy."""

    entries: tuple[Entry, ...]
    start: bytes
    directory: bytes


def fixed(entries: Iterable[Entry]) -> Fixed:
    """Return these parts ready to stand at the beginning of every file."""
    kept = tuple(entries)
    locals_: list[bytes] = []
    lines: list[bytes] = []
    offset = 0
    for packed in kept:
        lines.append(packed.central(offset))
        locals_.append(packed.local())
        offset += len(locals_[-1])
    return Fixed(kept, b"".join(locals_), b"".join(lines))


def write(before: Fixed, parts: Mapping[str, bytes], quickly: str = "") -> bytes:
    """Return an office file of the fixed parts and, after them, these ones; one part may be compressed `quickly`."""
    offset = len(before.start)
    pieces = [before.start]
    lines = [before.directory]
    for name, content in parts.items():
        packed = entry(name, content, QUICK if name == quickly else LEVEL)
        pieces.append(packed.local())
        lines.append(packed.central(offset))
        offset += len(pieces[-1])
    directory = b"".join(lines)
    count = len(before.entries) + len(parts)
    end = pack("<4sHHHHLLH", b"PK\5\6", 0, 0, count, count, len(directory), offset, 0)
    return b"".join((*pieces, directory, end))
