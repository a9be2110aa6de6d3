"""Mails as they are saved (.eml): the attachments by name. What a mail claims is bounded before it is parsed."""

from __future__ import annotations

import email
import email.header
import re
from email.errors import MessageError
from email.message import Message

from nianbao.errors import InputError

MAX_LINES = 500_000
MAX_COMPARED = 5_000_000
"""Lines times parts within parts: each line is compared with the ends of all that are open."""

MAX_HEADER = 4_000
"""Characters of a header that names a file; names are read in time that grows with its square."""

_HEADERS = re.compile(rb"(?im)^content-(?:type|disposition)[ \t]*:[^\r\n]*(?:\r?\n[ \t][^\r\n]*)*")
DAMAGED = "邮件读不出来，可能已经损坏，请把附件另存后放进文件夹"
LARGE = "邮件大得不正常，没有读取，请把附件另存后放进文件夹"
"""What is said of a mail of whatever kind."""


def attachments(data: bytes) -> list[tuple[str, bytes]]:
    """Return name and content of each attachment of a mail, in its order. Raises InputError."""
    lines = max(data.count(b"\n"), data.count(b"\r"))
    if lines > MAX_LINES or lines * (1 + data.lower().count(b"boundary")) > MAX_COMPARED:
        raise InputError(LARGE)
    if any(len(header[0]) > MAX_HEADER for header in _HEADERS.finditer(data)):
        raise InputError(DAMAGED)
    found: list[tuple[str, bytes]] = []
    try:
        # as Latin-1 each character stands for a byte, so that names written in GBK can be read
        for part in email.message_from_string(data.decode("latin-1")).walk():
            name = _name(part)
            content = part.get_payload(decode=True) if name else None
            if isinstance(content, bytes):
                found.append((name, content))
    except (MessageError, ValueError, LookupError, TypeError, AttributeError, RecursionError) as e:
        raise InputError(DAMAGED) from e
    return found


def _name(part: Message) -> str:
    """Return the file's name of a part, '' for one that is no file; written in GBK without saying so as well."""
    said = part.get_filename() or ""
    pieces = []
    for piece, charset in email.header.decode_header(said):
        pieces.append(_decoded(piece, charset or ""))
    return "".join(pieces).replace("\\", "/").rpartition("/")[2].strip()


def _decoded(said: str | bytes, charset: str) -> str:
    """Return a piece of a name; a string that fits into Latin-1 stands for bytes, any other is decoded already."""
    try:
        raw = said.encode("latin-1") if isinstance(said, str) else said
    except UnicodeEncodeError:
        return str(said)
    for encoding in (charset, "utf-8", "gb18030"):
        try:
            return raw.decode(encoding or "utf-8")
        except (UnicodeDecodeError, LookupError):
            continue
    return raw.decode("utf-8", "replace")
