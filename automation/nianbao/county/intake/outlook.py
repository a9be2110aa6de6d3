"""Mails as Outlook saves them (.msg): the attachments by name. The door to olefile.

A .msg is a compound file ([MS-OXMSG]): each attachment is a storage with its bytes and names as streams; a mail that is
attached is a storage within, whose attachments count as the mail's own, as those of an .eml do.
"""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator

import olefile

from nianbao.county.intake.kinds import DEEP, MAX_DEPTH
from nianbao.county.intake.mail import DAMAGED, LARGE
from nianbao.errors import InputError

MAX_STREAMS = 10_000
"""Streams in a mail: some twenty for each attachment and each recipient; olefile compares each with all others."""

_ATTACHED = "__attach_version1.0_#"
_DATA = "__substg1.0_37010102"
_MAIL = "__substg1.0_3701000d"
_NAMES = ("3707001f", "3707001e", "3704001f", "3704001e", "3001001f", "3001001e")
"""The long name, the short one, the one displayed; each in UTF-16 (001f) or in the sender's code page (001e)."""

_MAX_NAME = 2_000
_SECTOR, _FAT = 30, 44
"""Where the header says how large a sector is (a power of two), and how many of them list where the others go on."""

_NUMBER, _IN_HEADER = 4, 110
"""Bytes of a number in such a list, and how many lists a file may have that needs hardly any."""

_ENTRY, _KIND = 128, 66
"""Bytes of an entry of the directory, and where in it its kind stands; entries begin where their size divides."""

_FAULTS = (
    OSError,
    struct.error,
    IndexError,
    ValueError,
    KeyError,
    TypeError,
    AttributeError,
    OverflowError,
    RecursionError,
)


def attachments(data: bytes) -> list[tuple[str, bytes]]:
    """Return name and content of each attachment of a mail, in its order. Raises InputError."""
    try:
        _bounded(data)
        with olefile.OleFileIO(io.BytesIO(data), raise_defects=olefile.DEFECT_INCORRECT) as mail:
            found = list(_attached(mail.root, (), MAX_DEPTH))
            if sum(storage.kids_dict[_DATA].size for _, storage in found) > len(data):
                raise InputError(LARGE)  # each claims what the others have
            named = [(_name(mail, place, storage), place) for place, storage in found]
            return [(name, mail.openstream([*place, _DATA]).read()) for name, place in named if name]
    except _FAULTS as e:
        raise InputError(DAMAGED) from e


def _bounded(data: bytes) -> None:
    """Raise InputError for a file that says it holds more than it can, before olefile goes by what it says."""
    sector = 1 << min(struct.unpack_from("<H", data, _SECTOR)[0], 12)
    (fat,) = struct.unpack_from("<I", data, _FAT)
    needed = len(data) // sector // (sector // _NUMBER or 1)
    if fat > 2 * needed + _IN_HEADER or data[_KIND::_ENTRY].count(olefile.STGTY_STREAM) > MAX_STREAMS:
        raise InputError(LARGE)


def _attached(
    mail: olefile.OleDirectoryEntry, place: tuple[str, ...], depth: int
) -> Iterator[tuple[tuple[str, ...], olefile.OleDirectoryEntry]]:
    """Yield where each attachment with content stands, and its storage; those of mails attached in their turn."""
    for kid in mail.kids:
        if not kid.name.lower().startswith(_ATTACHED):
            continue
        here = (*place, kid.name)
        if _DATA in kid.kids_dict:
            yield here, kid
        elif _MAIL in kid.kids_dict:
            if depth <= 1:
                raise InputError(DEEP)
            yield from _attached(kid.kids_dict[_MAIL], (*here, _MAIL), depth - 1)


def _name(mail: olefile.OleFileIO, place: tuple[str, ...], storage: olefile.OleDirectoryEntry) -> str:
    """Return the file's name of an attachment without folders, '' where none is written."""
    for tag in _NAMES:
        stream = storage.kids_dict.get(f"__substg1.0_{tag}")
        if stream is None or not 0 < stream.size <= _MAX_NAME:
            continue
        raw = mail.openstream([*place, stream.name]).read()
        said = raw.decode("utf-16-le", "replace") if tag.endswith("f") else _decoded(raw)
        name = said.partition("\0")[0].replace("\\", "/").rpartition("/")[2].strip()
        if name:
            return name
    return ""


def _decoded(raw: bytes) -> str:
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return raw.decode("gb18030", "replace")
