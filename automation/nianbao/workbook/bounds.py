"""How large a workbook, its parts and what is written in them may be: beyond that nothing of it is read."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice

MAX_FILE = 32 * 2**20
MAX_PARTS = 2_000
MAX_XML_PART = 24 * 2**20
MAX_TOTAL = 96 * 2**20
"""A filled standard workbook has 0.05 MB and 25 parts, 1 MB unpacked; beyond these limits it is no form."""

MAX_TAGS = 60_000
"""Of a part that is neither a sheet nor the list of texts: openpyxl makes an object of each tag, which takes 50 µs."""

MAX_SHEET_TAGS = 1_250_000
"""Of one sheet: rows beyond those that are looked at cost little each."""


_TAG, _MARK = len("<a>"), len(' a=""')
"""The fewest bytes of a tag and of an attribute: small parts need no counting."""

MAX_MARKS, MARKS_PER_TAG = 200_000, 20
"""Of "=" in one part, more the more tags it has: attributes take 0.3 kB each, and a tag of Excel's has four."""

MAX_SHEETS = 200
"""Each is opened, however many of them are the same part."""


@dataclass(frozen=True)
class Bounds:
    """How large a file, one XML part of it and all its parts may be, in bytes; what is said of a larger one.

    `texts` is how many tags the list of texts may have, `cells` how many may stand in the first `rows` rows of a sheet.
    """

    file: int
    part: int
    total: int
    texts: int
    rows: int
    cells: int
    what: str
    cure: str


FORM = Bounds(
    MAX_FILE, MAX_XML_PART, MAX_TOTAL, 200_000, 1_500, 250_000, "标准填报表", "请把数字抄到一份新的标准填报表中"
)
REGISTER = Bounds(
    MAX_FILE,
    MAX_XML_PART,
    MAX_TOTAL,
    1_000_000,
    30_000,
    1_250_000,
    "申请台账",
    "请只留报告年度用得着的申请，另存一份再试",
)

_SHEET = re.compile(r"/?xl/worksheets/[^/]+\.xml", re.IGNORECASE)
_NAMED_SHEET = re.compile(rb"<(?:\w+:)?sheet\s")
_ROW = re.compile(rb"<(?:\w+:)?row\b")


def is_sheet(part: str) -> bool:
    """Tell by its name whether a part is a sheet."""
    return _SHEET.fullmatch(part) is not None


def has_too_many_tags(part: str, content: bytes, bounds: Bounds) -> bool:
    """Tell whether a part holds more tags or attributes than the bounds allow; small parts need no counting."""
    sheet = is_sheet(part)
    texts = part.lower().endswith("sharedstrings.xml")
    most = bounds.cells if sheet else bounds.texts if texts else MAX_TAGS
    if not sheet and len(_NAMED_SHEET.findall(content)) > MAX_SHEETS:
        return True
    if len(content) < min(_TAG * most, _MARK * MAX_MARKS):
        return False
    tags = content.count(b"<")
    if content.count(b"=") > MAX_MARKS + MARKS_PER_TAG * tags:
        return True
    if not sheet or tags <= most:  # wherever they stand
        return tags > most
    beyond = next(islice(_ROW.finditer(content), bounds.rows, None), None)
    looked_at = content.count(b"<", 0, beyond.start()) if beyond else tags
    return tags > MAX_SHEET_TAGS or looked_at > bounds.cells
