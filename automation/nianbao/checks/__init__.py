"""Everything a careful reviewer checks. Pure: a Reading in, findings out. Which rules exist is the edition's data.

What is named here is loaded when it is first asked for: a workbook is laid out with words of a few checks, without the
families of rules that read texts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nianbao import lazily

if TYPE_CHECKING:
    from nianbao.checks.judging import CHECKS, Check, Judged, check, judge, refuse_unknown_checks


__getattr__ = lazily.loaded(
    __name__, {"judging": ("CHECKS", "Check", "Judged", "check", "judge", "refuse_unknown_checks")}
)

__all__ = ["CHECKS", "Check", "Judged", "check", "judge", "refuse_unknown_checks"]
