"""Rule G8: registers of applications that came along with the forms. Told is only that they did."""

from __future__ import annotations

from collections.abc import Sequence

from nianbao.findings import Finding, tell
from nianbao.form import program_rule
from nianbao.register.sheet_name import SHEET

RULE = "G8"
_SHOWN = 10


def with_a_form(sheets: int) -> list[Finding]:
    """Return the finding about one delivered workbook that has so many private sheets."""
    what = "填报表里带着申请台账" + (f"（{sheets} 张工作表）" if sheets > 1 else "")
    return _finding(SHEET, what) if sheets else []


def in_the_folder(places: Sequence[str]) -> list[Finding]:
    """Return the county's finding about all files that hold a register."""
    if not places:
        return []
    shown = "、".join(places[:_SHOWN]) + ("等" if len(places) > _SHOWN else "")
    return _finding("收到的文件", f"有 {len(places)} 份带着申请台账：{shown}")


def _finding(place: str, what: str) -> list[Finding]:
    return [tell(program_rule(RULE), place, what)]
