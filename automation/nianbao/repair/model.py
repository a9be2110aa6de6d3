"""What a repair gives: the report that could be saved, and everything that could not, with where it stood."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from nianbao.form import Edition
from nianbao.report import Reason, Report


@dataclass(frozen=True)
class Left:
    """One thing that was not carried over: its place in the broken workbook (表三!D5), what stands there, why."""

    place: str
    value: str
    why: str


@dataclass(frozen=True)
class Repaired:
    """What was carried out of a broken workbook, in the edition of the new one.

    `report` has inputs and totals typed over their formula, no computed totals; its edition is as it was asked for (an
    id or a .toml file). `placed` maps what was carried to the cells it stood in. `source` is the edition the broken
    workbook was of, `version` the layout it had. `reasons` are those written in 校验结果, with the cell of each.
    `notes` are sentences about what was carried that the clerk must know.
    """

    edition: Edition
    source: Edition
    report: Report
    last_year: Report | None
    blank_means_zero: bool
    reasons: Mapping[str, Reason]
    placed: Mapping[str, tuple[str, ...]]
    left: tuple[Left, ...]
    notes: tuple[str, ...]
    version: int
