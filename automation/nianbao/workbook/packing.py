"""Packing a made workbook: sheets in runs of rows, each compressed by itself, so that equal runs are compressed once.

The same parts always give the same bytes, whatever was packed before.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache, partial

from nianbao.ooxml import archive
from nianbao.workbook.bounds import is_sheet
from nianbao.workbook.package_checks import MARKS

_ROWS = 40
_LEVEL = 2
"""A third of the time of zlib's own 6, for a file one fifth larger."""
_MOST = 64
"""Runs kept: the thirty of a workbook and, where bodies have the same figures, others; 90 kB each at most."""


class Packer:
    """Packs workbooks that have much in common, which is compressed for the first of them only."""

    def __init__(self, alike: Mapping[str, bytes]) -> None:
        self._compressed = lru_cache(maxsize=_MOST)(_compressed)
        self._known = {name: (part, _entry(name, part, self._compressed)) for name, part in alike.items()}

    def packed(self, parts: Mapping[str, bytes]) -> bytes:
        """Return what `packed` returns."""
        return archive.written((self._entry(name, part) for name, part in parts.items()), MARKS)

    def _entry(self, name: str, part: bytes) -> archive.ZipEntry:
        known, entry = self._known[name]
        return entry if known is part else _entry(name, part, self._compressed)


def packed(parts: Mapping[str, bytes]) -> bytes:
    """Return a workbook file of these parts, in their order, with a fixed day."""
    entries = (_entry(name, part, _compressed) for name, part in parts.items())
    return archive.written(entries, MARKS)


_compressed = partial(archive.alone, level=_LEVEL)


def _entry(name: str, part: bytes, compressed: Callable[[bytes], bytes]) -> archive.ZipEntry:
    return archive.in_pieces(name, _runs(name, part), compressed)


def _runs(name: str, part: bytes) -> Iterator[bytes]:
    """Yield a part; a sheet in runs of so many rows, counted by their numbers and not by what is in them."""
    at, row = 0, 1
    while is_sheet(name):
        row += _ROWS
        end = part.find(b'<row r="%d"' % row, at)
        if end < 0:
            break
        yield part[at:end]
        at = end
    yield part[at:]
