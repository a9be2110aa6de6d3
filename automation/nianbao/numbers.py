"""Numbers as people type them. A spelling is taken only when it can mean one number; nothing is ever guessed."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

from nianbao.form import Kind

Number = int | Decimal

MAX_DIGITS = 15
"""More digits than a spreadsheet cell can hold exactly; a longer figure is a typing mistake."""

_LIMIT = 10**MAX_DIGITS
_LONGEST_TEXT = 200
"""Characters of a text that may be a figure, blanks around it included."""
_DIGITS = frozenset("0123456789０１２３４５６７８９")
"""Only these are digits of a figure: ², ①, ½ and the like are marks beside one."""
_SPELLED = re.compile(r"([+-]?)(\d+|\d{1,3}(?:,\d{3})+)(\.\d+)?([件条项个份次元]|万元)?")


class Spelling(Enum):
    """How a figure was written."""

    BLANK = "blank"
    NUMBER = "number"
    TEXT = "text"
    UNREADABLE = "unreadable"


@dataclass(frozen=True)
class Read:
    """A figure as read: `value` is None when blank or unreadable."""

    value: Number | None
    spelling: Spelling


BLANK = Read(None, Spelling.BLANK)
UNREADABLE = Read(None, Spelling.UNREADABLE)


def read_number(raw: object, kind: Kind, unit: str) -> Read:
    """Read one cell's content as a number of this kind.

    Counts and signed figures become int where they are whole, else Decimal (which rule A5 then reports);
    amounts become Decimal in `unit`. "12", " 3 ", "１２", "1,234" and a figure with the column's own unit
    ("12件", "3万元") are taken and marked TEXT; True, "/", "无", "十几", "5²", "①", "3万元" in a column of 元 are
    UNREADABLE.
    """
    if raw is None:
        return BLANK
    if isinstance(raw, bool):
        return UNREADABLE
    if isinstance(raw, int) and -_LIMIT < raw < _LIMIT:
        return Read(Decimal(raw) if kind is Kind.AMOUNT else raw, Spelling.NUMBER)
    if isinstance(raw, int | float | Decimal):
        return _number(raw, kind)
    if isinstance(raw, str):
        return _text(raw, kind, unit)
    return UNREADABLE


def _number(raw: float | Decimal, kind: Kind) -> Read:
    value = Decimal(repr(raw)) if isinstance(raw, float) else Decimal(raw)
    if not value.is_finite() or value.adjusted() >= MAX_DIGITS:
        return UNREADABLE
    return Read(_fit(value, kind), Spelling.NUMBER)


def _text(raw: str, kind: Kind, unit: str) -> Read:
    bare = raw.strip()
    if not bare:
        return BLANK
    if len(bare) > _LONGEST_TEXT or any(_is_mark(c) for c in bare):
        return UNREADABLE
    text = unicodedata.normalize("NFKC", bare).replace("−", "-").strip()
    match = _SPELLED.fullmatch(re.sub(r"(?<=\d)\s+(?=\D)", "", text))
    if match is None or len(text) > MAX_DIGITS + 8:
        return UNREADABLE
    sign, whole, fraction, written_unit = match.groups()
    if written_unit and written_unit != unit:
        return UNREADABLE
    value = Decimal(sign + whole.replace(",", "") + (fraction or ""))
    if value.adjusted() >= MAX_DIGITS:
        return UNREADABLE
    return Read(_fit(value, kind), Spelling.TEXT)


def _is_mark(character: str) -> bool:
    """Tell whether a character is a numeral but no digit; 万 of 万元 is a word."""
    return character.isnumeric() and character not in _DIGITS and not "一" <= character <= "龥"


def _fit(value: Decimal, kind: Kind) -> Number:
    if kind is Kind.AMOUNT:
        return normalised(value)
    return int(value) if value == value.to_integral_value() else value


def normalised(value: Decimal) -> Decimal:
    """Return the same amount without trailing zeros and never in scientific notation (1.250 → 1.25, 1E+2 → 100)."""
    whole = value.to_integral_value()
    return Decimal(int(whole)) if value == whole else value.normalize()


def spell(value: Number, kind: Kind | None = None) -> str:
    """Write a figure as the report prints it: no thousands mark, a leading + only for signed figures."""
    if value.__class__ is int and kind is not Kind.SIGNED:
        return str(value)
    text = format(normalised(value), "f") if isinstance(value, Decimal) else str(value)
    return f"+{text}" if kind is Kind.SIGNED and value > 0 else text
