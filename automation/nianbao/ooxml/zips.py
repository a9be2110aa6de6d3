"""Zips that somebody sent: what their directory claims is bounded before anything of it is believed.

And those in which somebody is given many files at once; all other zips are written in archive.py.
"""

from __future__ import annotations

import time
import zipfile
import zlib
from collections.abc import Iterable
from pathlib import Path
from typing import IO

MAX_RATIO = 200
"""Unpacked to packed: the XML of an office file has up to 50, deflate at its tightest a thousand."""

HARMLESS = 2 * 2**20
"""Bytes that a part of a zip may unpack to whatever its ratio."""

MAX_DIRECTORY = 2**20
"""Bytes of the directory of a zip: about 10,000 entries, of which each takes 0.5 kB of memory."""

_SIZE = 5
"""Where zipfile keeps it in what it reads of the end of a zip."""

_PARSED = (".xml", ".rels", ".vml", ".xlsx", ".xlsm")


DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError)
"""What is raised for a zip that is damaged, cut off, locked or packed in an unknown way."""

BROKEN = (*DAMAGED, OSError)
"""The same where the file itself may be what fails, or the zip leads beyond its end."""


class DirectoryTooLargeError(zipfile.BadZipFile):
    """A zip whose directory alone would take more memory than all that is read of it."""


def opened(source: IO[bytes]) -> zipfile.ZipFile:
    """Return a zip for reading, its directory measured before it is parsed.

    Raises what is in BROKEN, a BadZipFile of which is DirectoryTooLargeError. So does reading a part of it.
    """
    end = zipfile._EndRecData(source)  # type: ignore[attr-defined] # the record that ZipFile itself goes by
    if end and end[_SIZE] > MAX_DIRECTORY:
        raise DirectoryTooLargeError(f"a directory of {end[_SIZE]} bytes")
    return zipfile.ZipFile(source)


def is_folder(entry: zipfile.ZipInfo) -> bool:
    """Tell whether an entry of a zip is a folder; zipfile's own way stumbles over one without a name."""
    return entry.filename.endswith("/")


def has_bomb(entries: Iterable[zipfile.ZipInfo]) -> bool:
    """Tell by the directory of a zip whether a part unpacks to so many times its size that it can only be a bomb.

    Only parts that are parsed count: a picture of one colour rightly has such a ratio.
    """
    return any(
        e.file_size > HARMLESS and e.file_size > MAX_RATIO * e.compress_size
        for e in entries
        if e.filename.lower().endswith(_PARSED)
    )


def pour(out: IO[bytes], files: Iterable[tuple[str, Path | bytes]]) -> None:
    """Write files into a zip by their names there, one after another: any number of them, of any size together.

    A file keeps its time and is compressed; what was just made has the time of now and is stored: it is an office file.
    """
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as pack:
        for name, content in files:
            if isinstance(content, Path):
                pack.write(content, name)
            else:
                pack.writestr(zipfile.ZipInfo(name, time.localtime()[:6]), content)
