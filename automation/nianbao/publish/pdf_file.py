"""A PDF as a file: what office programs write into it by the clock is taken out; two PDFs of one document compared.

Only bytes outside the streams are touched and every change keeps its length, so that all offsets stay true.
"""

from __future__ import annotations

import hashlib
import re

_MOMENT = re.compile(rb"/(?:CreationDate|ModDate)\s*\([^)]*\)")
_XMP = re.compile(rb"<xmp:(CreateDate|ModifyDate|MetadataDate)>[^<]*</xmp:\1>")
_IDS = re.compile(rb"(/ID\s*\[\s*<)([0-9A-Fa-f]{32})(>\s*<)([0-9A-Fa-f]{32})(>\s*\])")
_CHECK = re.compile(rb"(/DocChecksum\s*/)([0-9A-Fa-f]{32})")
_LANGUAGE = re.compile(rb"/Lang\s?\(en-US\)")
_STREAM = re.compile(rb"stream\r?\n.*?endstream", re.DOTALL)
_METADATA = b"<x:xmpmeta"


def settled(pdf: bytes, source: bytes) -> bytes:
    """Return the PDF without date and clock, its identity following from `source` (the document and how it was made).

    What stays different from run to run: LibreOffice encrypts embedded OpenType fonts with random padding.
    """
    identity = hashlib.sha256(source).hexdigest()[:32].upper().encode()
    pieces, at = [], 0
    for stream in _STREAM.finditer(pdf):
        pieces.append(_outside(pdf[at : stream.start()], identity))
        content = stream.group()
        pieces.append(_XMP.sub(_blank, content) if _METADATA in content[:4096] else content)
        at = stream.end()
    pieces.append(_outside(pdf[at:], identity))
    return b"".join(pieces)


def same(one: bytes, other: bytes) -> bool:
    """Tell whether two settled PDFs were made of the same document in the same way and not changed since."""
    first, second = _identity(one), _identity(other)
    return bool(first) and first == second and len(set(first)) == 1


def _identity(pdf: bytes) -> tuple[bytes, ...]:
    found = _IDS.findall(pdf)
    return (found[-1][1], found[-1][3]) if found else ()


def _outside(piece: bytes, identity: bytes) -> bytes:
    piece = _MOMENT.sub(_blank, piece)
    piece = _LANGUAGE.sub(lambda m: m.group().replace(b"en-US", b"zh-CN"), piece)
    piece = _IDS.sub(rb"\g<1>" + identity + rb"\g<3>" + identity + rb"\g<5>", piece)
    return _CHECK.sub(rb"\g<1>" + identity, piece)


def _blank(match: re.Match[bytes]) -> bytes:
    return b" " * len(match.group())
