"""The sheet's name, and when two names are the same. Imports nothing of weight: every check and make looks here."""

from __future__ import annotations

import re

from nianbao.unicodes import plain_form

SHEET = "申请台账"
"""The sheet of this name is the register, wherever it is found."""


def fold(text: str) -> str:
    """Return a typed word without what makes no difference: widths, blanks, punctuation, letter case."""
    return re.sub(r"[\W_]+", "", plain_form(text)).casefold()
