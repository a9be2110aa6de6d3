"""Quotation marks, and Unicode's normal forms in time that grows with the length of a text, whatever stands in it.

Python sorts a run of combining marks by their classes in quadratic time: 40 kB of a packed file can unpack to a cell
that keeps it busy for minutes. Pieces as short as ours cost nothing, and are cut where the form does not change by it.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Literal

Form = Literal["NFC", "NFKC"]

PIECE = 300
"""Characters normalised at once. Nobody writes a letter with that many marks; such a run alone is cut within."""

_PIECES = re.compile(
    # greedy, to before a character that begins anew: no mark, and joined with none before it
    rf"(?s).{{1,{PIECE}}}(?=[\x00-\u02ff\u0370-\u0481\u3000-\u3029\u4e00-\u9fff\uac00-\ud7a3\uff01-\uff5e]|\Z)|.{{1,{PIECE}}}"
)

UNSEEN = "[\u00ad\u200b\u2060\ufeff]+"
BLANKS = "[ \u00a0\u2000-\u200a\u3000\t]{2,}|\t"
"""Patterns of what nobody sees in a text (soft hyphens, blanks without width), and of what parts its words too far."""

_INNER = str.maketrans("“”", "‘’")


def quotation(text: str) -> str:
    """Return text in “ ”; such marks within it become ‘ ’, as Chinese nests them."""
    return f"“{text.translate(_INNER)}”"


def plain_form(text: str, form: Form = "NFKC") -> str:
    """Return a text in a normal form: with NFKC full-width letters and digits, ligatures and circled signs plain."""
    if len(text) <= PIECE or text.isascii():
        return unicodedata.normalize(form, text)
    return "".join(unicodedata.normalize(form, p) for p in _PIECES.findall(text))
