"""Writing zips: the same bytes for the same parts, and a part that many files share is compressed once."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from struct import pack
from typing import IO

LEVEL = 6
"""zlib's own default: what Word and zipfile use."""

QUICK = 1

_SMALL = 600
"""Bytes below which compressing a part takes longer than it saves."""

_VERSION = 20
_STORED, _DEFLATED = 0, 8
_NO_TIME = 0
_IN_UTF8 = 0x800
_PIECE = 2**16
_END = b"\3\0"
"""A last, empty block after pieces that were compressed each by itself (RFC 1951, 3.2.6)."""


@dataclass(frozen=True)
class Marks:
    """What a zip says of all its parts: a fixed day, the system that is named, the rights there, how names are written.

    No clock gets into a file, and no part differs from another.
    """

    day: tuple[int, int, int] = (1980, 1, 1)
    system: int = 0
    rights: int = 0
    in_utf8: bool = True

    def at(self) -> int:
        """Return the day in a zip's own counting."""
        year, month, day = self.day
        return year - 1980 << 9 | month << 5 | day


UNIX, OWNER = 3, 0o600 << 16
"""For `Marks`: as zipfile writes them, and with it openpyxl."""

DOCUMENT = Marks()


@dataclass(frozen=True)
class ZipEntry:
    """One part as it stands in the file: its name, checksum, sizes, and the bytes after compression."""

    name: bytes
    method: int
    checksum: int
    size: int
    data: bytes

    def _facts(self, marks: Marks) -> bytes:
        flags = 0 if self.name.isascii() or not marks.in_utf8 else _IN_UTF8
        return pack(
            "<HHHHHLLLHH", _VERSION, flags, self.method, _NO_TIME, marks.at(), self.checksum, len(self.data), self.size,
            len(self.name), 0,
        )  # fmt: skip

    def head(self, marks: Marks = DOCUMENT) -> bytes:
        """Return what stands before its bytes."""
        return b"".join((b"PK\3\4", self._facts(marks), self.name))

    def central(self, offset: int, marks: Marks = DOCUMENT) -> bytes:
        """Return its line in the directory at the end of the file; `offset` is where its header begins."""
        made_by = pack("<H", _VERSION | marks.system << 8)
        end = pack("<HHHLL", 0, 0, 0, marks.rights, offset)
        return b"".join((b"PK\1\2", made_by, self._facts(marks), end, self.name))


def stored(name: str | bytes, content: bytes) -> ZipEntry:
    """Return a part as it is; a name that is no text has its bytes already."""
    return ZipEntry(_raw(name), _STORED, zlib.crc32(content), len(content), content)


def deflated(name: str | bytes, content: bytes, level: int = LEVEL) -> ZipEntry:
    """Return a part compressed, however small."""
    packed = zlib.compress(content, level, wbits=-zlib.MAX_WBITS)
    return ZipEntry(_raw(name), _DEFLATED, zlib.crc32(content), len(content), packed)


def poured(name: str, content: IO[bytes], level: int = LEVEL) -> ZipEntry:
    """Return a part that is too large to be held, compressed piece by piece."""
    packing = zlib.compressobj(level, wbits=-zlib.MAX_WBITS)
    pieces, checksum, size = [], 0, 0
    while piece := content.read(_PIECE):
        checksum, size = zlib.crc32(piece, checksum), size + len(piece)
        pieces.append(packing.compress(piece))
    return ZipEntry(_raw(name), _DEFLATED, checksum, size, b"".join((*pieces, packing.flush())))


def alone(piece: bytes, level: int = LEVEL) -> bytes:
    """Compress a piece of a part so that it may stand between any others: it refers to nothing before it."""
    packing = zlib.compressobj(level, wbits=-zlib.MAX_WBITS)
    return packing.compress(piece) + packing.flush(zlib.Z_SYNC_FLUSH)


def in_pieces(name: str, pieces: Iterable[bytes], compressed: Callable[[bytes], bytes]) -> ZipEntry:
    """Return a part compressed; `compressed` gives for each of its pieces what `alone` makes of it, once or again."""
    checksum = size = 0
    packed = []
    for piece in pieces:
        checksum, size = zlib.crc32(piece, checksum), size + len(piece)
        packed.append(compressed(piece))
    return ZipEntry(_raw(name), _DEFLATED, checksum, size, b"".join((*packed, _END)))


def entry(name: str, content: bytes, level: int = LEVEL) -> ZipEntry:
    """Return a part ready to be written, compressed unless it is too small for that."""
    return stored(name, content) if len(content) < _SMALL else deflated(name, content, level)


def _raw(name: str | bytes) -> bytes:
    return name.encode() if isinstance(name, str) else name


@dataclass(frozen=True)
class Fixed:
    """Parts that are the same in every document of a template: headers, data and directory lines ready to copy."""

    entries: tuple[ZipEntry, ...]
    start: bytes
    directory: bytes


def fixed(entries: Iterable[ZipEntry]) -> Fixed:
    """Return these parts ready to stand at the beginning of every file."""
    kept = tuple(entries)
    pieces, lines = _laid(kept, 0, DOCUMENT)
    return Fixed(kept, b"".join(pieces), b"".join(lines))


def write(before: Fixed, parts: Mapping[str, bytes], quickly: str = "") -> bytes:
    """Return an office file of the fixed parts and, after them, these ones; one part may be compressed `quickly`."""
    own = [entry(name, content, QUICK if name == quickly else LEVEL) for name, content in parts.items()]
    pieces, lines = _laid(own, len(before.start), DOCUMENT)
    return _ended([before.start, *pieces], [before.directory, *lines], len(before.entries) + len(own))


def written(entries: Iterable[ZipEntry], marks: Marks = DOCUMENT) -> bytes:
    """Return a zip of these parts in this order."""
    pieces, lines = _laid(entries, 0, marks)
    return _ended(pieces, lines, len(lines))


def _laid(entries: Iterable[ZipEntry], offset: int, marks: Marks) -> tuple[list[bytes], list[bytes]]:
    """Return the bytes of parts that begin at `offset`, and their lines in the directory."""
    pieces: list[bytes] = []
    lines: list[bytes] = []
    for one in entries:
        head = one.head(marks)
        lines.append(one.central(offset, marks))
        pieces += head, one.data
        offset += len(head) + len(one.data)
    return pieces, lines


def _ended(pieces: list[bytes], lines: list[bytes], count: int) -> bytes:
    directory = b"".join(lines)
    at = sum(map(len, pieces))
    end = pack("<4sHHHHLLH", b"PK\5\6", 0, 0, count, count, len(directory), at, 0)
    return b"".join((*pieces, directory, end))
