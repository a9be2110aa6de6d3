"""What an input cell prompts and refuses: the workbook's data validations."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Literal

from openpyxl.worksheet.datavalidation import DataValidation

from nianbao.form import Edition, Field, Kind
from nianbao.workbook.layout import NO, YES

_Type = Literal["whole", "decimal", "date", "list"]
_TITLE = "这里不能这样填"
_EPOCH = datetime.date(1899, 12, 30)
_HINT = "填写提示"
"""Prompts and errors are short: one of more than 255 characters makes Excel call the file damaged."""


def for_figure(kind: Kind, unit: str, *, hint: bool) -> DataValidation:
    """Return the validation of a figure of this kind and unit; with `hint` it says what to type before anyone does."""
    named = f"（单位：{unit}）" if unit else ""
    what = {
        Kind.COUNT: "0 或正整数",
        Kind.AMOUNT: "0 或正数，可以带小数",
        Kind.SIGNED: "整数，减少的在前面加负号",
    }[kind]
    prompt = f"请填{what}{named}。没有发生的填 0。" if hint else ""
    error = f"这里只能填{what}{named}，不要写文字、单位和符号；没有发生的填 0。"
    lowest = "-1000000000" if kind is Kind.SIGNED else "0"
    made = _validation("decimal" if kind is Kind.AMOUNT else "whole", lowest, None, error, prompt)
    made.operator = "greaterThanOrEqual"
    return made


def for_field(edition: Edition, field: Field) -> DataValidation | None:
    """Return the validation of a line of 基本信息, whose prompt stands beside it; plain texts have none."""
    match field.kind:
        case "year":
            return _validation("whole", "2008", "2100", "请填四位数的年度，例如 2025。")
        case "date":
            first, last = (str((datetime.date(year, 1, 1) - _EPOCH).days) for year in (2008, 2101))
            return _validation("date", first, last, "请填日期，例如 2026-1-12。")
        case "choice":
            return for_choice([x.label for x in edition.levels])
        case "yesno":
            return for_choice([YES, NO])
    return None


def for_choice(choices: Sequence[str], prompt: str = "") -> DataValidation:
    """Return the validation of a cell with a list to choose from."""
    return _validation("list", f'"{",".join(choices)}"', None, f"请选{'、'.join(f'“{c}”' for c in choices)}。", prompt)


def _validation(what: _Type, first: str, second: str | None, error: str, prompt: str = "") -> DataValidation:
    return DataValidation(
        type=what,
        operator="between" if second else None,
        formula1=first,
        formula2=second,
        allow_blank=True,
        showInputMessage=bool(prompt),
        showErrorMessage=True,
        errorStyle="stop",
        promptTitle=_HINT if prompt else None,
        prompt=prompt or None,
        errorTitle=_TITLE,
        error=error,
    )
