"""Archives (.zip) and mails (.eml, .msg), one within the other: what they hold by name, and the bytes of one entry.

Nothing is unpacked to disk; what is claimed is bounded: how deep, how many, how large.
"""

from __future__ import annotations

import io
import unicodedata
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import IO

from nianbao import files
from nianbao.county.intake import mail, outlook
from nianbao.errors import InputError
from nianbao.ooxml import zips

MAX_FILE = 32 * 2**20
MAX_HELD = 64 * 2**20
"""Bytes of a container within another, which is held in memory."""

MAX_MEMBERS = 2_000
MAX_UNPACKED = 256 * 2**20
MAILS = (".eml", ".msg")

_UTF8_FLAG = 0x800
_ENCRYPTED_FLAG = 0x1
_LARGE = "解开后大得不正常，没有读取"
_BROKEN = (*zips.DAMAGED, IndexError)

Chain = tuple[tuple[str, int], ...]
"""Where an entry is: for each container from the outermost its end (.zip, .eml, .msg) and the place within it."""


@dataclass(frozen=True)
class ContainedFile:
    """A file in a container: its name with folders, its place, its size in bytes, whether it is locked."""

    name: str
    index: int
    size: int
    locked: bool = False


class Budget:
    """How much a file and all that lies in it may still hold."""

    def __init__(self) -> None:
        self.members, self.unpacked = MAX_MEMBERS, MAX_UNPACKED

    def take(self, entries: Sequence[ContainedFile], word: str) -> None:
        """Count what a container (called `word`) holds. Raises InputError where that is too much."""
        self.members -= len(entries)
        self.unpacked -= sum(e.size for e in entries)
        if self.members < 0 or self.unpacked < 0:
            raise InputError(word + _LARGE)


def entries(path: Path, chain: Chain, end: str, budget: Budget) -> tuple[ContainedFile, ...]:
    """Return what a container holds: the file itself for an empty chain, else what lies there; `end` says its kind.

    Raises InputError.
    """
    if end in MAILS:
        try:
            found = _attachments(end, _container_bytes(path, chain) if chain else files.read(path, MAX_FILE))
        except files.TooLargeError as e:
            raise InputError("邮件太大，没有读取，请把附件另存后放进文件夹") from e
        listed = tuple(ContainedFile(visible(name), i, len(data)) for i, (name, data) in enumerate(found))
        budget.take(listed, "邮件")
        return listed
    try:
        with _zip(path, chain) as source, zips.opened(source) as archive:
            infos = archive.infolist()
    except (zips.DirectoryTooLargeError, files.TooLargeError) as e:
        raise InputError("压缩包" + _LARGE) from e
    except (*_BROKEN, OSError) as e:
        raise InputError("压缩包已经损坏或没有传完整，打不开，请重新发送") from e
    if zips.has_bomb(infos):
        raise InputError("压缩包" + _LARGE)
    listed = tuple(
        ContainedFile(member_name(e), i, e.file_size, bool(e.flag_bits & _ENCRYPTED_FLAG))
        for i, e in enumerate(infos)
        if not zips.is_folder(e)
    )
    budget.take(listed, "压缩包")
    return listed


def content(path: Path, chain: Chain, most: int = 0) -> bytes:
    """Return the bytes of the entry at a chain, `most` of them (0: as a form may have).

    Raises files.TooLargeError, OSError, and InputError where it is damaged.
    """
    most = most or MAX_FILE
    (end, index), within = chain[-1], chain[:-1]
    try:
        if end in MAILS:
            data = _attachments(end, _container_bytes(path, within) if within else files.read(path, MAX_FILE))[index][1]
            if len(data) > most:
                raise files.TooLargeError(len(data))
            return data
        with _zip(path, within) as source, zips.opened(source) as archive:
            entry = archive.infolist()[index]
            if entry.file_size > most:
                raise files.TooLargeError(entry.file_size)
            return archive.read(entry)
    except _BROKEN as e:
        raise InputError("在压缩包或邮件中已经损坏，读不出来，请重新发送") from e


@lru_cache(maxsize=2)
def _attachments(end: str, data: bytes) -> list[tuple[str, bytes]]:
    """Return the attachments of a mail that was parsed a moment ago without parsing it again."""
    return outlook.attachments(data) if end == ".msg" else mail.attachments(data)


def _zip(path: Path, chain: Chain) -> IO[bytes]:
    return io.BytesIO(_container_bytes(path, chain)) if chain else path.open("rb")


def _container_bytes(path: Path, chain: Chain) -> bytes:
    told = path.stat()
    return _container(path, chain, told.st_mtime_ns, told.st_size)


@lru_cache(maxsize=4)
def _container(path: Path, chain: Chain, changed: int, size: int) -> bytes:
    """Return a container within another, which one asks for once for each file in it."""
    del changed, size
    return content(path, chain, MAX_HELD)


def visible(name: str) -> str:
    """Return a name as it may be printed: no control, direction or broken characters."""
    return "".join(c for c in name if unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Co"))


def member_name(entry: zipfile.ZipInfo) -> str:
    """Return an entry's name; Windows writes GBK without saying so, some others UTF-8 without saying so."""
    name = entry.filename
    if not entry.flag_bits & _UTF8_FLAG:
        try:
            raw = name.encode("cp437")
        except UnicodeEncodeError:  # from the field for Unicode, which Python 3.12 reads
            return visible(name.replace("\\", "/"))
        for encoding in ("utf-8", "gb18030"):
            try:
                name = raw.decode(encoding)
                break
            except UnicodeDecodeError:
                continue
    return visible(name.replace("\\", "/"))
