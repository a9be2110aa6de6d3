"""What a person sees of a cell, and whether that is what it holds: only then a figure or a fact is taken from it."""

from __future__ import annotations

import datetime
from decimal import Decimal

from nianbao.form import Kind
from nianbao.numbers import BLANK, UNREADABLE, Read, Spelling, read_number
from nianbao.workbook.contents import Content
from nianbao.workbook.number_formats import date_letters, digits15, displayed

_GENERAL = "General"
_EXACT = (_GENERAL, "0", "@")
_DIGITS = {"元": 2, "万元": 6}
_SURE = 10**10
CURE = "核对应填的内容，按看到的样子重新填写，单元格格式设为“常规”"


def shown(content: Content) -> str | None:
    """Return what is displayed of a cell's number or text; None when that is not known for certain.

    Days, truths and errors are not this function's: they are displayed in words of their own.
    """
    value, code = content.value, content.look.code
    if isinstance(value, str):
        return displayed(code, value) if not content.error and code not in ("General", "@") else value
    if isinstance(value, int) and code in _EXACT and -_SURE < value < _SURE:
        return str(value)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return None if date_letters(code) else displayed(code, value)
    return None


def figure(content: Content, kind: Kind, unit: str) -> tuple[Read, str]:  # noqa: PLR0911 - one for each way
    """Return the figure that is displayed and held; else unreadable, and what is held and what is displayed instead."""
    value = content.value
    if value is None:
        return BLANK, ""
    hidden = content.look.unseen or content.marked
    if hidden and str(value).strip():
        return UNREADABLE, f"这里存的是{_quoted(value)}，但{hidden}"
    if isinstance(value, str) and not content.error:
        text = shown(content)
        if text == value:
            return read_number(value, kind, unit), ""
        return _differs(value, text, content)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return read_number(value, kind, unit), ""
    if isinstance(value, int) and content.look.code in _EXACT and -_SURE < value < _SURE:
        return Read(Decimal(value) if kind is Kind.AMOUNT else value, Spelling.NUMBER), ""
    held = digits15(value)
    if held is None:
        return read_number(value, kind, unit), ""
    text = shown(content)
    if text is None or not text.strip():
        return _differs(value, text, content)
    read = read_number(text.strip().removesuffix("."), kind, unit)
    if content.look.code == _GENERAL and kind is Kind.AMOUNT and _is_money(held, unit):
        return Read(held, Spelling.NUMBER), ""
    if read.value is None or read.value != held:
        return _differs(value, text, content)
    return Read(read.value, Spelling.NUMBER), ""


def _is_money(held: Decimal, unit: str) -> bool:
    """Tell whether an amount is one to the 分, of which the general format leaves digits out for want of room."""
    return held == round(held, _DIGITS.get(unit, 0))


def cure(content: Content, kind: Kind) -> str:
    """Say how to mend a cell that holds another figure than it displays."""
    held = content.value
    if kind is not Kind.AMOUNT and isinstance(held, float) and not content.look.unseen and not held.is_integer():
        return "这里只能填整数，核对后改填"
    return CURE


def text_of(content: Content) -> tuple[str | None, str]:
    """Return what is displayed of a number or text that is no figure; None, and what is held, where it is not sure."""
    hidden = content.look.unseen or content.marked
    if hidden and str(content.value).strip():
        return None, f"这里存的是{_quoted(content.value)}，但{hidden}"
    text = shown(content)
    if text is None or (not text.strip() and str(content.value).strip()):
        return None, _differs(content.value, text, content)[1]
    return text, ""


def _differs(value: object, text: str | None, content: Content) -> tuple[Read, str]:
    if text is None:
        return UNREADABLE, f"这里存的是{_quoted(value)}，按格式“{content.look.code[:40]}”显示的样子读不准"
    code = "常规" if content.look.code == _GENERAL else content.look.code
    seen = f"显示为“{text.strip()[:30]}”" if text.strip() else "显示出来是空白"
    return UNREADABLE, f"这里存的是{_quoted(value)}，{seen}（格式“{code[:40]}”）"


def _quoted(value: object) -> str:
    if isinstance(value, datetime.datetime):
        return f"“{value:%Y-%m-%d}”"
    text = format(value, ".15g") if isinstance(value, float) else str(value)
    return f"“{text[:30]}”"
