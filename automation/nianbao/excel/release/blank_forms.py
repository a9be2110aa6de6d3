"""The blank forms that lie in an offline installation: the workbook and the register, of the year reported next."""

from __future__ import annotations

import re

from nianbao import pipeline
from nianbao.dates import reported_next
from nianbao.report import Report

FOLDER = "空白填报表"


def year(version: str) -> int:
    """Return the year that those who get this version (2026.11.0) report next; 0 for a version without a calendar."""
    match = re.match(r"(20\d\d)\.(\d+)\.", version)
    if not match:
        return 0
    return reported_next(int(match[1]), int(match[2]))


def blank(version: str) -> dict[str, bytes]:
    """Return the forms by their place in the installation; none for a version without a calendar."""
    of = year(version)
    if not of:
        return {}
    edition = pipeline.edition_for(of)
    return {
        f"{FOLDER}/填报表（{of}年度）.xlsx": pipeline.new_workbook(edition, Report(edition.id, of, {}, {}, {}), None),
        f"{FOLDER}/申请台账（{of}年度）.xlsx": pipeline.blank_register(edition),
    }
