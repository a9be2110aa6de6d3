"""What earlier layouts printed is known, so that a repair never tells a clerk of our own words."""

import pytest
from openpyxl import load_workbook

from nianbao.form import edition_names, load_edition
from nianbao.repair.printed import printed
from nianbao.workbook.layout import CELLS, RESULTS
from repair.bases import EARLIER

OWN = {*edition_names(), "否", *map(str, range(1, 100))}
"""What a blank form holds beside words: its edition, 空白按0, the numbers of paragraphs."""


@pytest.mark.parametrize("path", sorted(EARLIER.glob("*.xlsx")), ids=lambda p: p.stem)
def test_every_word_and_formula_of_an_earlier_layout_is_known(path):
    ours = printed(load_edition(path.stem.split("_")[1]))
    sheets = [s for s in load_workbook(path) if s.title not in (CELLS, RESULTS)]
    told = [c.value for sheet in sheets for row in sheet.iter_rows() for c in row if isinstance(c.value, str)]
    assert len(told) > 300
    assert not [t for t in told if t not in OWN and not (ours.computes(t) if t.startswith("=") else ours.says(t))]


@pytest.mark.parametrize("typed", ["=12+5", "=台账!B5*2", "=SUM(A1:B2)+88", "约8件", "88", "其他事项说明"])
def test_what_a_clerk_types_is_not_the_forms(typed):
    ours = printed(load_edition("2021"))
    assert not (ours.computes(typed) if typed.startswith("=") else ours.says(typed))
