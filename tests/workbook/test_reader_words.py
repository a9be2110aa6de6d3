"""What the workbook's reader says exactly: cells named up to a number, contents quoted, hidden things listed."""

import datetime
from dataclasses import replace

import pytest

from nianbao.findings import Places, Severity
from nianbao.form import load_edition
from nianbao.workbook import carried, facts, figures, hidden, layout
from nianbao.workbook.address import Spot
from nianbao.workbook.contents import Content, Sheet
from nianbao.workbook.notes import Notes

EDITION = load_edition("2021")
PLACES = layout(EDITION)
KEYS = [v.key for v in EDITION.table["requests"].values]


def notes():
    return Notes(EDITION, Places(EDITION, PLACES.places))


def problem(finding):
    return finding.message.partition(f"规则 {finding.rule}")[0]


@pytest.mark.parametrize(
    ("value", "quoted"),
    [(True, "“TRUE”"), (False, "“FALSE”"), (3, "“3”"), ("字" * 30, f"“{'字' * 30}”"), ("字" * 31, f"“{'字' * 30}…”")],
)
def test_what_stands_in_a_cell_is_quoted_and_cut_at_thirty(value, quoted):
    assert figures.shown(value) == quoted


@pytest.mark.parametrize(("cells", "more"), [(6, ""), (7, "等7格")])
def test_a_hint_names_six_cells_and_counts_all(cells, more):
    found = notes()
    found.hint("W2", KEYS[:cells], "这里的数字写成了文字")
    (hint,) = found.findings
    assert (hint.severity, hint.place, hint.cells) == (Severity.HINT, "表三!D7", tuple(KEYS[:cells]))
    named = "、".join(found.places.named(k) for k in KEYS[:6])
    assert problem(hint) == f"{named}{more}：这里的数字写成了文字。"
    found.hint("W2", [], "没有")
    assert len(found.findings) == 1


def test_a_refused_cell_is_an_error_with_its_cure_and_is_remembered():
    found = notes()
    found.refuse(KEYS[0], "读不出", "改填数字")
    (error,) = found.findings
    assert (error.rule, error.severity, error.place, error.cells) == ("W2", Severity.ERROR, "表三!D7", (KEYS[0],))
    assert error.message.startswith("表三!D7（自然人·本年新收）：读不出。")
    assert error.message.endswith("改填数字。")
    assert found.unread == {KEYS[0]}


class Book:
    file, hidden, macros, links = "填报表.xlsx", (), False, False


def looked(rows=(), columns=()):
    found = notes()
    sheet = Sheet("表三", {}, frozenset(rows), frozenset(columns))
    hidden.look(PLACES, Book(), {"表三": sheet}, found)
    return [(f.rule, f.severity, f.place, problem(f)) for f in found.findings]


def test_hidden_rows_are_named_up_to_twelve_and_only_those_with_inputs():
    first = "表三：第" + "、".join(map(str, range(7, 19))) + "行被隐藏，里面有要填的格子。"
    assert looked(range(7, 19)) == [("W4", Severity.HINT, "表三", first)]
    assert looked(range(1, 20))[0][3] == first.replace("行", "等行", 1)
    assert looked([1, 2, 3]) == []
    assert looked(columns=[4, 5]) == [("W4", Severity.HINT, "表三", "表三：D、E列被隐藏，里面有要填的格子。")]
    assert looked(columns=[1, 40]) == []


def said(value, key="name", **more):
    """One fact as the reader takes it from its cell."""
    spot = PLACES.fields[key]
    sheet = Sheet(spot.sheet, {(spot.row, spot.column): Content(value, **more)}, frozenset(), frozenset())
    found = notes()
    told = facts.read_facts(PLACES, {spot.sheet: sheet}, frozenset(), found)
    return told, [(f.severity, problem(f).partition("：")[2]) for f in found.findings], found.unread


@pytest.mark.parametrize(
    ("typed", "year"),
    [("2025", 2025), (2025, 2025), (2025.0, 2025), ("2025年", 2025), ("２０２５年度", 2025), (" 2025 ", 2025)],
)
def test_a_year_is_read_as_it_is_typed(typed, year):
    told, found, _ = said(typed, "year")
    assert (told.year, found) == (year, [])


@pytest.mark.parametrize("typed", ["二〇二五", "25", "2025年1月", "20255"])
def test_what_is_no_year_is_refused(typed):
    told, found, unread = said(typed, "year")
    assert (told.year, unread) == (None, {"year"})
    assert found == [(Severity.ERROR, f"这里写的是“{typed}”，读不出年度。")]


def test_a_level_outside_the_list_is_refused_with_the_choices():
    told, found, unread = said("村", "level")
    assert (dict(told.body), unread) == ({}, {"level"})
    assert found == [(Severity.ERROR, "这里写的是“村”，不在可选的级别中。")]
    assert dict(said("街道", "level")[0].body) == {"level": "street"}


def test_a_date_is_kept_as_printed_and_one_that_is_none_refused():
    assert dict(said("2026-1-12", "signed_on")[0].body) == {"signed_on": "2026年1月12日"}
    assert dict(said(datetime.date(2026, 1, 12), "signed_on")[0].body) == {"signed_on": "2026年1月12日"}
    told, found, _ = said("一月", "signed_on")
    assert dict(told.body) == {}
    assert found == [(Severity.ERROR, "这里写的是“一月”，读不出日期。")]


def test_a_fact_that_is_a_formula_is_taken_with_its_result_or_refused_without():
    told, found, _ = said("永平镇", formula="=A1")
    assert dict(told.body) == {"name": "永平镇"}
    assert found == [(Severity.HINT, f"{PLACES.fields['name'].ref}是公式，已采用公式的结果。")]
    told, found, unread = said(None, formula="=A1&B1")
    assert (dict(told.body), unread) == ({}, {"name"})
    assert found == [(Severity.ERROR, f"{PLACES.fields['name'].ref}是公式（=A1&B1），文件中没有存它的结果，没有采用。")]
    told, found, unread = said("#N/A", error=True)
    assert (dict(told.body), unread) == ({}, {"name"})
    assert found == [(Severity.ERROR, f"{PLACES.fields['name'].ref}是错误值“#N/A”，没有采用。")]


@pytest.mark.parametrize(("typed", "zero", "told"), [("是", True, 0), ("否", False, 0), ("好", False, 1)])
def test_whether_blanks_mean_zero_is_yes_only_when_yes_is_said(typed, zero, told):
    key = next(f.id for f in EDITION.fields if f.kind == "yesno")
    read, found, _ = said(typed, key)
    assert (read.blank_means_zero, len(found)) == (zero, told)


def results(*rows):
    headings = list(carried.RESULT_HEADINGS)
    text_at, print_at = headings.index("说明（请填写）") + 1, headings.index("指纹") + 1
    cells = {}
    for row, (text, fingerprint) in enumerate(rows, 10):
        cells |= {(row, text_at): Content(text), (row, print_at): Content(fingerprint)}
    return Sheet("校验结果", {k: c for k, c in cells.items() if c.value is not None}, frozenset(), frozenset())


def test_reasons_are_read_with_the_fingerprint_beside_them():
    found = carried.reasons(
        results(("说明（请填写）", "指纹"), ("合并了机构", "C6:a:b"), (None, "C7:a:b"), ("没有指纹", None))
    )
    assert [(r.fingerprint, r.text) for r in found] == [("C6:a:b", "合并了机构")]


def test_a_sheet_without_last_years_edition_carries_no_report():
    assert carried.last_year(Sheet("上年数据", {}, frozenset(), frozenset()), EDITION, "2021") is None
    other = Sheet("上年数据", {(5, 1): Content("edition"), (5, 4): Content("没有这个")}, frozenset(), frozenset())
    assert carried.last_year(other, EDITION, "2021") is None
    known = replace(
        other, cells={**other.cells, (5, 4): Content("2021"), (6, 1): Content("year"), (6, 4): Content("去年")}
    )
    assert (carried.last_year(known, EDITION, "2021").year, carried.last_year(known, EDITION, "x.toml").edition) == (
        None,
        "x.toml",
    )


def test_places_of_inputs_begin_where_the_form_has_them():
    assert PLACES.values[KEYS[0]] == Spot("表三", 7, 4)
