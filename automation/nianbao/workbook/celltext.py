"""What a text must be to stand in a cell, whoever writes it. Pure: no openpyxl."""

from __future__ import annotations

import re

from nianbao.errors import InputError
from nianbao.report import clean_text

CELL_LIMIT = 32_767
"""Characters a spreadsheet cell can hold; openpyxl would cut the rest off silently."""

FORMULA_LIKE = ("=", "+", "-", "@", "'", "\t")
"""A text that begins so needs a look that keeps Excel from ever taking it for a formula."""

_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")


def cell_text(text: str, place: str) -> str:
    """Return a text as Open XML holds it in a cell. Raises InputError naming `place` when no cell can hold it."""
    kept = clean_text(text, place)
    if len(kept) > CELL_LIMIT:
        raise InputError(f"{place}：文字有 {len(kept)} 个字，一个单元格最多放 {CELL_LIMIT} 个字，请分段")
    return _ESCAPE.sub("_x005F_", kept)
