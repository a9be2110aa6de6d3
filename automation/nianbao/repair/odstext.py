"""Texts and formulas as OpenDocument writes them (OpenDocument 1.3 part 3, 6.1; part 4)."""

from __future__ import annotations

import re

from lxml import etree

_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_SPACES = re.compile(r"[ \t\r\n]+")
_REFERENCE = re.compile(r"\[[^\]]*\]")
_QUOTED = re.compile(r'("(?:[^"]|"")*")')


def said(paragraph: etree._Element) -> str:
    """Return a paragraph as displayed: runs of white space are one blank, others have elements of their own."""
    parts = [_SPACES.sub(" ", paragraph.text or "")]
    for part in paragraph:
        if part.tag == f"{_TEXT}s":
            parts.append(" " * min(whole(part.get(f"{_TEXT}c", "1")), 1_000))
        elif part.tag == f"{_TEXT}tab":
            parts.append("\t")
        elif part.tag == f"{_TEXT}line-break":
            parts.append("\n")
        elif isinstance(part.tag, str) and part.tag != f"{_OFFICE}annotation":
            parts.append(said(part))
        parts.append(_SPACES.sub(" ", part.tail or ""))
    return "".join(parts)


def formula_of(written: str) -> str:
    """Return a formula as a workbook of Excel's has it, references all to one cell; '' for none."""
    if not written:
        return ""
    bare = written.partition("=")[2] if re.match(r"[a-z]+:=", written) else written.removeprefix("=")
    parts = _QUOTED.split(bare)
    plain = (p if i % 2 else _REFERENCE.sub("A1", p).replace(";", ",") for i, p in enumerate(parts))
    return "=" + "".join(plain)


def whole(text: str) -> int:
    """Return a number of lines, columns or blanks, at least 0. Raises ValueError for anything else."""
    if not (text.isascii() and text.isdecimal()) or not 0 < len(text) < 9:
        raise ValueError(text[:20])
    return int(text)
