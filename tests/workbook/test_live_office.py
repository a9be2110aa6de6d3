"""The workbook's own live results tell what `check` tells; measure_live.py tries as many faults as one likes."""

from collections import Counter

import pytest

from excel import calc
from nianbao.form import load_edition
from nianbao.report import Report
from nianbao.workbook import layout, read, taken_figures
from nianbao.workbook.layout import CELLS
from workbook import measure_live

FAULTS = 24


@pytest.fixture(scope="module")
def office():
    with calc.Office() as opened:
        yield opened


def test_typed_faults_are_told_alike_by_libreoffice_and_check(office, tmp_path):
    tally = measure_live.measure(FAULTS, 2026, office, tmp_path)
    assert tally.tried.total() == FAULTS
    assert tally.states[str(measure_live.State.BROKEN)]
    assert tally.states[str(measure_live.State.HELD)]
    assert tally.states[str(measure_live.State.UNJUDGED)]
    assert dict(tally.differing) == {}


def test_a_line_that_tells_something_else_is_seen(office, tmp_path):
    """The comparison itself can fail: a line of the summary is overwritten."""
    base = measure_live.Base(measure_live.random.Random(5), load_edition("2021"))
    book = measure_live.Open(office, base, tmp_path / "base.xlsx")
    fault = measure_live.nothing(base)
    try:
        book.type_in(fault)
        lines = [(n, a, b, "有 1 处不符" if n.startswith("A1 ") else said) for n, a, b, said in book.lines()]
    finally:
        book.close()
    measure_live.in_file(base, fault, tmp_path / "fault.xlsx")
    reading = read(tmp_path / "fault.xlsx")
    found, seen = measure_live.disagreements(base.edition, lines, reading, measure_live.judge(reading))
    assert seen > 20
    assert [one.split(":")[0] for one in found] == ["A1"]


def test_what_the_sheet_of_figures_shows_of_numbers_that_are_not_seen_whole():
    edition = load_edition("2021")
    keys = [k for k in edition.values if layout(edition).is_input(k)][:4]
    numbers = (99_999_999_999, 10**11, -5, 8)
    report = Report("2021", 2025, {}, dict(zip(keys, numbers, strict=True)), {})
    shown = taken_figures.taken(layout(edition), report, blank_means_zero=False)
    assert [shown[k].value for k in keys] == [99_999_999_999, None, -5, 8]
    assert [shown[k].used for k in keys] == [99_999_999_999, None, None, 8]
    assert [shown[k].remark for k in keys] == ["", taken_figures.NO_NUMBER, taken_figures.NEGATIVE, ""]


def test_a_total_typed_over_that_is_not_seen_whole_is_no_number():
    edition = load_edition("2021")
    total = "requests.received.total"
    for number, remark in ((10**11, taken_figures.NO_NUMBER), (99_999_999_999, taken_figures.TYPED_OVER)):
        report = Report("2021", 2025, {}, {total: number}, {})
        shown = taken_figures.taken(layout(edition), report, blank_means_zero=False)[total]
        assert shown.remark == remark
        assert shown.value == (number if remark == taken_figures.TYPED_OVER else None)


@pytest.mark.parametrize("name", ["2021", "2019"])
def test_formulas_use_functions_that_excel_2010_knows_and_none_that_spills(name, tmp_path):
    base = measure_live.Base(measure_live.random.Random(1), load_edition(name))
    (tmp_path / "book.xlsx").write_bytes(base.data)
    used = Counter()
    for formula in measure_live.formulas_of(tmp_path / "book.xlsx"):
        assert len(formula) < 8192
        used.update(measure_live.re.findall(r"([A-Z][A-Z0-9.]*)\(", formula))
    assert used.total() > 1000
    assert set(used) <= {
        "ABS", "AND", "ASC", "CHAR", "CHOOSE", "COUNT", "COUNTA", "COUNTIF", "EXACT", "FIND", "IF", "IFERROR", "INDEX",
        "INT", "ISBLANK", "ISERROR", "ISLOGICAL", "ISNUMBER", "ISTEXT", "LEFT", "LEN", "MATCH", "MAX", "MID", "MIN",
        "MOD", "N", "NOT", "OR", "RIGHT", "ROUND", "SUBSTITUTE", "SUM", "SUMPRODUCT", "TEXT", "TRIM", "VALUE", "SEARCH",
    }  # fmt: skip
    assert CELLS in layout(load_edition(name)).sheet_names
