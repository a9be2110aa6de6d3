"""What the county desk knows, as frozen values: bodies and their state, totals, texts that are alike.

How it is written as desk.json and read back is in desk_json/; how it comes about in run/.
"""

from nianbao.county.model.bodies import BodyState, Difference, Member, Source, Status, Stray, Versions
from nianbao.county.model.sums import Category, Gap, Scope, Total
from nianbao.county.model.whole import (
    AGAIN,
    DESK,
    FORM,
    OVERVIEW,
    PAGE,
    TOTALS,
    UNFINISHED,
    AlikeTexts,
    Change,
    Course,
    Desk,
)

__all__ = [
    "AGAIN",
    "DESK",
    "FORM",
    "OVERVIEW",
    "PAGE",
    "TOTALS",
    "UNFINISHED",
    "AlikeTexts",
    "BodyState",
    "Category",
    "Change",
    "Course",
    "Desk",
    "Difference",
    "Gap",
    "Member",
    "Scope",
    "Source",
    "Status",
    "Stray",
    "Total",
    "Versions",
]
