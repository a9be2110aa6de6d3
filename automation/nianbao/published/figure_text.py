"""One cell's text as a figure: taken only when it can mean one number, with a note when it is not plainly written."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal

from nianbao import numbers
from nianbao.form import Kind, Value
from nianbao.numbers import Number
from nianbao.unicodes import plain_form
from nianbao.visible import signs

_PLAIN = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?|\+[1-9][0-9]*")
_REMARK = re.compile(r"([^()]+?)\(([^()]*)\)")
_MONEY = re.compile(r"(-?[\d,]+(?:\.\d+)?)(亿元|万元|元)")
_CHANGE = re.compile(r"(增加?|上升|减少?|下降)了?(\d{1,6})[项个件]?")
LONGEST = 80
"""Characters of a figure with its remark."""

_IN_YUAN = {"元": 1, "万元": 10_000, "亿元": 100_000_000}


@dataclass(frozen=True)
class CellFigure:
    """What a cell says: a value, blank (`value` None, `noted` ''), or unreadable (`value` None, `noted` the text).

    With a value, `noted` is the text that says more than the number, or says it in another way.
    """

    value: Number | None
    noted: str = ""

    @property
    def blank(self) -> bool:
        """Tell whether the cell holds nothing."""
        return self.value is None and not self.noted


def read(text: str, value: Value) -> CellFigure:
    """Read a cell as a figure of this kind. "/", "—", "无" and two numbers in one cell are unreadable.

    So are ①, 5² and ½, and figures that characters for writing from right to left put into another order.
    """
    shown = text.strip()
    typed = plain_form(shown).replace("−", "-").replace("–", "-").strip()
    typed = "".join(c for c in typed if unicodedata.category(c) != "Cf")
    if not typed:
        return CellFigure(None, shown if signs.turned(shown) else "")
    sure = len(typed) <= LONGEST and signs.only_plain_digits(shown)
    found = _number(typed, value) if sure else None
    if found is None:
        return CellFigure(None, shown)
    signed = value.kind is Kind.SIGNED or not typed.startswith("+")
    plainly = shown.isascii() and _PLAIN.fullmatch(shown) is not None and signed
    return CellFigure(found, "" if plainly else shown)


def _number(typed: str, value: Value) -> Number | None:
    read_ = numbers.read_number(typed, value.kind, value.unit)
    if read_.value is not None:
        return read_.value
    remark = _REMARK.fullmatch(typed)
    if remark:
        return _remarked(remark[1].strip(), remark[2].strip(), value)
    if value.kind is Kind.SIGNED:
        return _changed(typed)
    if value.kind is Kind.AMOUNT:
        return _money(typed, value)
    return None


def _remarked(before: str, inside: str, value: Value) -> Number | None:
    """Read 22(其中修订16件) as 22; a bracket that holds a mere number leaves two readings."""
    if not re.search(r"[^\W\d_]", inside) or re.search(r"[^\d,.+-]", before.rstrip("件条项个份次元万")):
        return None
    if inside.removeprefix("单位:") in (*_IN_YUAN, "万", "千元"):
        return _money(before + inside.removeprefix("单位:"), value)
    return _number(before, value)


def _changed(typed: str) -> int | None:
    found = _CHANGE.fullmatch(typed)
    if not found:
        return None
    return -int(found[2]) if found[1][0] in "减下" else int(found[2])


def _money(typed: str, value: Value) -> Decimal | None:
    """Read an amount given in another unit than its column's: 79000.1元 is 7.90001 in a column of 万元."""
    found = _MONEY.fullmatch(typed)
    if not found or value.unit not in _IN_YUAN:
        return None
    read_ = numbers.read_number(found[1], Kind.AMOUNT, "")
    if not isinstance(read_.value, Decimal):
        return None
    return numbers.normalised(read_.value * _IN_YUAN[found[2]] / _IN_YUAN[value.unit])
