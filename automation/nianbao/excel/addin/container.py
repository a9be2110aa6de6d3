"""MS-CFB version 3: a compound file from streams and one level of storages, small enough for one table of sectors."""

from __future__ import annotations

import struct
from collections.abc import Mapping
from dataclasses import dataclass

Tree = Mapping[str, "bytes | Mapping[str, bytes]"]

SECTOR, MINI, CUT = 512, 64, 4096
_FREE, _END, _TABLE, _NONE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD, 0xFFFFFFFF
_ROOT, _STORAGE, _STREAM = 5, 1, 2


@dataclass
class _Entry:
    """A directory entry in the making."""

    name: str
    kind: int
    data: bytes = b""
    left: int = _NONE
    right: int = _NONE
    child: int = _NONE
    start: int = 0
    size: int = 0


def compound_file(tree: Tree) -> bytes:
    """Return the file; streams under 4096 bytes lie in the mini stream."""
    entries = [_Entry("Root Entry", _ROOT, start=_END)]
    entries[0].child = _add(entries, tree)
    sectors = _Sectors()
    mini, table = _mini_stream(entries)
    for entry in entries:
        if entry.kind == _STREAM and len(entry.data) >= CUT:
            entry.start = sectors.add(entry.data)
    if mini:
        entries[0].start, entries[0].size = sectors.add(mini), len(mini)
    packed = struct.pack(f"<{len(table)}I", *table)
    table_at = sectors.add(_padded(packed, SECTOR, b"\xff")) if table else _END
    directory_at = sectors.add(_padded(b"".join(map(_packed, entries)), SECTOR, _packed(None)))
    return sectors.file(directory_at, table_at, -(-len(packed) // SECTOR))


def _add(entries: list[_Entry], children: Tree | Mapping[str, bytes]) -> int:
    """Append the children sorted by length and name, as the format asks; return their tree's root."""
    ids = []
    for name in sorted(children, key=lambda n: (len(n), n.upper())):
        content = children[name]
        ids.append(len(entries))
        if isinstance(content, bytes):
            entries.append(_Entry(name, _STREAM, content, start=0 if content else _END, size=len(content)))
        else:
            entries.append(_Entry(name, _STORAGE))
    for i in ids:
        content = children[entries[i].name]
        if not isinstance(content, bytes):
            entries[i].child = _add(entries, content)
    return _balanced(entries, ids)


def _balanced(entries: list[_Entry], ids: list[int]) -> int:
    if not ids:
        return _NONE
    middle = len(ids) // 2
    entries[ids[middle]].left = _balanced(entries, ids[:middle])
    entries[ids[middle]].right = _balanced(entries, ids[middle + 1 :])
    return ids[middle]


def _mini_stream(entries: list[_Entry]) -> tuple[bytes, list[int]]:
    """Return the mini stream and its table of sectors."""
    stream = bytearray()
    table: list[int] = []
    for entry in entries:
        if entry.kind == _STREAM and 0 < len(entry.data) < CUT:
            entry.start = len(table)
            stream += _padded(entry.data, MINI, b"\0")
            table += [*range(entry.start + 1, len(stream) // MINI), _END]
    return bytes(stream), table


def _padded(data: bytes, unit: int, filler: bytes) -> bytes:
    missing = -len(data) % unit
    return data + (filler * missing)[:missing]


def _packed(entry: _Entry | None) -> bytes:
    if entry is None:
        return struct.pack("<64sHBBIII36xIQ", b"", 0, 0, 0, _NONE, _NONE, _NONE, 0, 0)
    name = (entry.name + "\0").encode("utf-16-le")
    head = struct.pack("<64sHBB", name, len(name), entry.kind, 1)
    return head + struct.pack("<III36xIQ", entry.left, entry.right, entry.child, entry.start, entry.size)


class _Sectors:
    """The file's sectors and the table that chains them."""

    def __init__(self) -> None:
        self._data = bytearray()
        self._chain: list[int] = []

    def add(self, data: bytes) -> int:
        """Append a chain of sectors; return its first."""
        first = len(self._chain)
        self._data += _padded(data, SECTOR, b"\0")
        self._chain += [*range(first + 1, len(self._data) // SECTOR), _END]
        return first

    def file(self, directory: int, mini_table: int, mini_tables: int) -> bytes:
        """Return the whole file."""
        per_sector = SECTOR // 4
        tables = 1
        while len(self._chain) + tables > tables * per_sector:
            tables += 1
        first = len(self._chain)
        chain = [*self._chain, *[_TABLE] * tables]
        table = _padded(struct.pack(f"<{len(chain)}I", *chain), SECTOR, b"\xff")
        head = bytes.fromhex("D0CF11E0A1B11AE1") + bytes(16) + struct.pack("<5H6x", 0x3E, 3, 0xFFFE, 9, 6)
        head += struct.pack("<9I", 0, tables, directory, 0, CUT, mini_table, mini_tables, _END, 0)
        places = [*range(first, first + tables)]
        head += struct.pack("<109I", *places, *[_FREE] * (109 - tables))
        return head + bytes(self._data) + table
