"""What the workbook's reader takes from sheets in memory: zeros for blanks, totals, texts and last year's cells."""

from dataclasses import replace
from decimal import Decimal

import pytest

from books import filled
from nianbao.errors import InputError
from nianbao.findings import Severity
from nianbao.form import load_edition
from nianbao.workbook import last_year_and_reasons, layout
from nianbao.workbook.contents import CellLook, Content, Sheet, moment, titled
from nianbao.workbook.lastrows import TABLE_MARK, placed
from nianbao.workbook.read import read_book
from sheets import WHOLE, Book, put

EDITION = load_edition("2021")
PLACES = layout(EDITION)
ZERO = PLACES.fields["blank_means_zero"].ref
AMOUNT = "fee.processing_fee.amount_notified"
REQUESTS = "requests.received."


def read(name="", **changed):
    return read_book(Book({**WHOLE, **{n: put(WHOLE[n], c) for n, c in changed.items()}}), name)


def ref(key):
    return PLACES.values[key].ref


def on(key):
    """The sheet of a value."""
    return PLACES.values[key].sheet


def test_a_filled_workbook_has_no_finding_and_every_place():
    found = read()
    assert (found.report, found.findings, found.unread) == (filled(), (), frozenset())
    assert found.computed == frozenset(EDITION.sums)
    assert found.edition == EDITION
    assert found.places.of(REQUESTS + "natural_person") == "表三!D7"
    assert found.places.of("overview:1") == f"{PLACES.texts['overview'][1].place}"


def test_blanks_are_zeros_of_their_kind_only_where_that_is_said():
    blank = {"D7": None, "E7": None}
    assert {REQUESTS + k for k in ("natural_person", "business", "total")}.isdisjoint(read(表三=blank).report.values)
    zero = read(表三=blank, 基本信息={ZERO: "是"}, **{on(AMOUNT): {ref(AMOUNT): None}})
    values = zero.report.values
    assert (values[REQUESTS + "natural_person"], values[REQUESTS + "business"]) == (0, 0)
    assert isinstance(values[REQUESTS + "business"], int)
    assert (values[AMOUNT], isinstance(values[AMOUNT], Decimal)) == (0, True)
    parts = [v.key for v in EDITION.table["requests"].values if v.key.startswith(REQUESTS)]
    assert values[REQUESTS + "total"] == sum(values[k] for k in parts if k != REQUESTS + "total")
    assert {f.rule for f in zero.findings} <= {"W3"}, "the total the sheet holds is another one now"


def test_a_cell_that_cannot_be_read_is_no_zero():
    found = read(表三={"D7": "十几"}, 基本信息={ZERO: "是"})
    assert REQUESTS + "natural_person" not in found.report.values
    assert found.unread == {REQUESTS + "natural_person", REQUESTS + "total"}


def test_help_tables_are_not_filled_with_zeros():
    help_keys = {v.key for t in EDITION.tables if t.help for v in t.values}
    assert help_keys
    empty = {n: replace(s, cells={}) for n, s in WHOLE.items() if n not in ("基本信息",)}
    kept = {n: put(WHOLE[n], {p.ref: None for k, p in PLACES.values.items() if p.sheet == n}) for n in empty}
    found = read_book(Book({**WHOLE, **kept, "基本信息": put(WHOLE["基本信息"], {ZERO: "是"})}))
    told = {k for k, v in found.report.values.items() if v == 0}
    assert not told & help_keys
    assert {v.key for t in EDITION.tables if not t.help for v in t.values} == told


def test_a_total_of_blanks_that_mean_zero_need_not_be_stored():
    row = {f"{c}7": None for c in "DEFGHI"} | {"J7": Content(None, WHOLE["表三"].at(7, 10).formula)}
    found = read(表三=row, 基本信息={ZERO: "是"})
    assert found.report.values[REQUESTS + "total"] == 0
    assert not [f for f in found.findings if f.place == "表三!J7"], "the sheet shows nothing where all is blank"
    one = read(表三={**row, "I7": 3}, 基本信息={ZERO: "是"})
    assert [(f.rule, f.place) for f in one.findings if f.place == "表三!J7"] == [("W3", "表三!J7")]


def test_blanks_without_a_word_are_absent_and_nothing_is_unread():
    found = read(表三={f"{c}7": None for c in "DEFGHI"} | {"J7": Content(None, WHOLE["表三"].at(7, 10).formula)})
    assert (found.findings, found.unread) == ((), frozenset())
    assert not any(k.startswith(REQUESTS) for k in found.report.values)
    assert found.computed == frozenset(EDITION.sums) - {k for k in EDITION.sums if k.startswith(REQUESTS)}


def test_every_total_after_one_that_is_odd_is_looked_at():
    wrong = {"J7": 5, "J8": None, "J9": 6, "J10": Content(99, WHOLE["表三"].at(10, 10).formula)}
    found = read(表三=wrong)
    told = {(f.rule, f.place, len(f.cells)) for f in found.findings}
    assert told == {("W2", "表三!J7", 2), ("W2", "表三!J8", 1), ("W3", "表三!J10", 2)}
    assert (found.report.values[REQUESTS + "total"], REQUESTS + "total" in found.computed) == (5, False)


def test_what_is_quoted_of_many_cells_are_six():
    keys = [k for k in EDITION.values if on(k) == "表三" and PLACES.is_input(k)][:8]
    (hint,) = [f for f in read(表三={ref(k): f"{n}件" for n, k in enumerate(keys)}).findings if f.rule == "W2"]
    assert "（“0件”按0、“1件”按1、“2件”按2、“3件”按3、“4件”按4、“5件”按5）" in hint.message
    totals = [k for k in EDITION.sums if on(k) == "表三"][:8]
    stale = {
        ref(k): Content(10**7, WHOLE["表三"].at(PLACES.values[k].row, PLACES.values[k].column).formula) for k in totals
    }
    (hint,) = [f for f in read(表三=stale).findings if f.rule == "W3"]
    assert (hint.message.count("“10000000”重算为"), len(hint.cells)) == (6, 8)


@pytest.mark.parametrize(("typed", "value"), [("1,200.50", "1200.5"), (3.1, "3.1"), (7, "7"), ("12.00元", "12")])
def test_amounts_keep_their_decimals(typed, value):
    found = read(**{on(AMOUNT): {ref(AMOUNT): typed}}).report.values[AMOUNT]
    assert (found, isinstance(found, Decimal)) == (Decimal(value), True)


def test_facts_left_blank_are_absent():
    blank = {PLACES.fields[f.id].ref: None for f in EDITION.fields}
    found = read(基本信息=blank)
    assert (found.report.year, dict(found.report.body), found.findings) == (None, {}, ())
    assert REQUESTS + "natural_person" not in read(基本信息=blank, 表三={"D7": None}).report.values


FIRST, SECOND = PLACES.texts["overview"][:2]


def test_texts_are_kept_by_line_with_the_place_of_each():
    found = read(**{FIRST.sheet: {FIRST.ref: "一 甲\n\n  \n二乙", SECOND.ref: 3.0}})
    assert found.report.texts["overview"].startswith("一 甲\n二乙\n3")
    assert [found.places.of(f"overview:{n}") for n in range(3)] == [FIRST.place, FIRST.place, SECOND.place]


def test_a_text_that_is_a_formula_or_a_fault_is_told_under_its_key():
    for content, rule in (
        (Content("甲", "=A1"), "hint"),
        (Content(None, "=A1"), "error"),
        (Content("#N/A", "", True), "error"),
    ):
        (found,) = read(**{FIRST.sheet: {FIRST.ref: content}}).findings
        assert (found.rule, found.severity.value, found.cells) == ("W2", rule, ("overview",))
        assert f"{FIRST.ref}是" in found.message


@pytest.mark.parametrize("sheet", [FIRST.sheet, "基本信息"])
def test_a_character_no_report_can_hold_is_told_with_its_cell(sheet):
    spot = FIRST if sheet == FIRST.sheet else PLACES.fields["name"]
    with pytest.raises(InputError, match=f"^{spot.place}：文字中有不能印刷的字符"):
        read(**{sheet: {spot.ref: "甲\x07"}})


def test_texts_that_are_too_long_together_are_told_with_their_first_cell():
    with pytest.raises(InputError, match=f"^{FIRST.place}：文字有 60001 个字"):
        read(**{FIRST.sheet: {FIRST.ref: "字" * 30_000, SECOND.ref: "字" * 30_000, **_rest_blank()}})


def _rest_blank():
    return {s.ref: None for s in PLACES.texts["overview"][2:]}


def test_texts_after_a_lost_one_are_read():
    keys = list(PLACES.texts)
    label = PLACES.texts[keys[0]][0]
    found = read(**{label.sheet: {f"A{label.row}": "改了"}})
    assert {k for k in keys[1:] if k in filled().texts} <= set(found.report.texts)


def of_last_year(cells, table="fee"):
    """The sheet of last year with the rows of one table from row 6 on, its cells by key."""
    found = {(5, 1): Content("edition"), (5, 4): Content("2021"), (6, 1): Content(TABLE_MARK + table)}
    for cell in EDITION.table[table].cells:
        if cell.key in cells:
            spot, _ = placed(EDITION.table[table], cell, 7)
            found[spot.row, spot.column] = Content(cells[cell.key])
    return Sheet("上年数据", found, frozenset(), frozenset())


def test_last_years_figures_are_read_as_this_years_are():
    counts = "fee.processing_fee.notices"
    found = last_year_and_reasons.last_year(of_last_year({AMOUNT: "12.50元", counts: "3件"}), EDITION, "2021")
    assert found.values == {AMOUNT: Decimal("12.5"), counts: 3}
    assert isinstance(found.values[AMOUNT], Decimal)
    assert last_year_and_reasons.last_year(of_last_year({AMOUNT: 7, counts: "3元"}), EDITION, "2021").values == {
        AMOUNT: Decimal(7)
    }


def test_what_was_typed_into_last_years_tables_is_read():
    typed = {"category_1": "国土空间规划", "category_2": None, "category_3": "财政信息"}
    found = last_year_and_reasons.last_year(of_last_year(typed, "published"), EDITION, "2021")
    assert found.texts == {"category_1": "国土空间规划", "category_3": "财政信息"}


def test_last_years_texts_are_joined_and_blank_ones_left_out():
    rows = [("text:overview", "甲"), ("text:problems", "丙"), ("text:overview", None), ("text:overview", "乙")]
    cells = {
        (5, 1): Content("edition"),
        (5, 4): Content("2021"),
        (6, 1): Content("body:level"),
        (6, 4): Content("乡镇"),
    }
    for row, (mark, said) in enumerate(rows, 8):
        cells |= {(row, 1): Content(mark), (row, 2): Content(said)}
    sheet = Sheet("上年数据", cells, frozenset(), frozenset())
    found = last_year_and_reasons.last_year(sheet, EDITION, "2021")
    assert (dict(found.texts), found.body["level"]) == ({"overview": "甲\n乙", "problems": "丙"}, "town")
    odd = replace(sheet, cells={**cells, (8, 2): Content("甲\x07")})
    with pytest.raises(InputError, match=r"^上年数据 第8行：文字中有不能印刷的字符"):
        last_year_and_reasons.last_year(odd, EDITION, "2021")


def test_macros_links_and_hidden_sheets_are_told_with_the_files_name():
    book = Book(WHOLE)
    book.macros, book.links, book.hidden = True, True, ("表四", "别的")
    told = [(f.rule, f.message.partition("规则")[0]) for f in read_book(book).findings]
    assert told == [
        ("W4", "表四：这张工作表被隐藏。"),
        ("W4", "别的：这张工作表被隐藏。"),
        ("W4", "填报表.xlsx：文件里有指向别的文件的链接，那些数会随别的文件变化。"),
        ("W4", "填报表.xlsx：文件里有宏，程序没有运行它。"),
    ]


def test_a_sheet_named_alike_is_not_read_and_is_told():
    found = read_book(Book({**WHOLE, "表 三": put(WHOLE["表三"], {"D7": 99})}))
    assert found.report.values == filled().values
    assert [(f.rule, f.severity, f.place, f.where, f.cells) for f in found.findings] == [
        ("W4", Severity.HINT, "表 三", "表 三", ())
    ]
    assert "没有读，采用的是“表三”" in found.findings[0].what


def test_a_sheet_read_by_a_name_alike_is_called_by_its_own():
    class Alike(Book):
        def sheet(self, name):
            return self.sheets.get(titled(self.names, name))

    found = read_book(Alike({("表 三" if n == "表三" else n): s for n, s in WHOLE.items()}))
    assert found.report.values == filled().values
    assert found.findings == ()


def test_a_fact_of_several_lines_is_not_taken():
    found = read(基本信息={PLACES.fields["county"].ref: "武平县\n永平镇"})
    assert "county" not in found.report.body
    (one,) = found.findings
    assert "武平县↵永平镇" in one.what


def test_zeros_nobody_sees_are_told_together_and_other_figures_each():
    look = CellLook("General", "文字与底色一样，看不见", "")
    (zeros,) = read(表三={"D7": Content(0, look=look), "E7": Content(0, look=look)}).findings
    assert len(zeros.cells) == 2
    assert len(read(表三={"D7": Content(1, look=look), "E7": Content(1, look=look)}).findings) == 2


def test_a_hint_at_a_later_paragraph_stands_at_its_cell():
    spot = PLACES.texts["overview"][1]
    (hint,) = read(**{spot.sheet: {spot.ref: Content("第二段。", "=A1")}}).findings
    assert (hint.place, hint.where) == (spot.place, f"{spot.place}（总体情况）")


def test_a_day_with_a_part_of_it_is_one_only_where_hours_are_shown():
    assert moment(46034, "ymd", since_1904=False) == moment(46034, "ymdh", since_1904=False)
    assert moment(46034.5, "ymd", since_1904=False) is None
    assert moment(46034.5, "ymdh", since_1904=False).hour == 12
