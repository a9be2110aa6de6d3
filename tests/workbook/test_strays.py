"""What stands beside the cells to fill in is named once; what the form itself prints never is."""

import pytest

from books import EDITIONS, edited, filled, saved
from nianbao.workbook import read


def strays(path):
    return [f for f in read(path).findings if "填报的格子之外" in f.message]


@pytest.mark.parametrize("edition", EDITIONS)
def test_a_filled_form_has_no_strays(edition, tmp_path):
    assert strays(saved(tmp_path, filled(edition), edition)) == []


def test_a_figure_beside_its_cell_or_beside_the_table_is_named(tmp_path):
    def typed(book):
        book["表三"]["M9"].value = "上年是3件"
        book["表二"].unmerge_cells("B10:D10")
        book["表二"]["B10"].value, book["表二"]["C10"].value = None, 120

    found = strays(edited(saved(tmp_path, filled()), typed))
    assert [(f.rule, f.severity.value, f.place) for f in found] == [
        ("W4", "hint", "表二!C10"),
        ("W4", "hint", "表三!M9"),
    ]
    assert "（C10“120”）" in found[0].message


def test_formulas_and_blanks_beside_a_table_are_nobody_s_figures(tmp_path):
    def typed(book):
        book["表三"]["M9"].value, book["表三"]["M10"].value = "=D9*2", " "

    assert strays(edited(saved(tmp_path, filled()), typed)) == []
