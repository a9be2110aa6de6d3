"""Nothing in a workbook is passed over in silence: what nobody reads is named once, the form's own never."""

import pytest
from openpyxl.comments import Comment

from books import EDITIONS, edited, filled, part_of, patched, saved
from nianbao.errors import InputError
from nianbao.findings import Severity
from nianbao.workbook import quick, read, thorough
from nianbao.workbook.package_checks import open_package
from nianbao.workbook.read import read_book
from office import convert
from rows import some


def told(path):
    """What is told of a workbook's contents, the same by both readers; a missing result of a total is left out."""
    package = open_package(path)
    quickly = read_book(quick.opened(package))
    with thorough.opened(package) as book:
        assert read_book(book) == quickly
    return [f for f in quickly.findings if f.rule != "W3"]


def brief(path):
    return [(f.rule, f.severity.value, f.place) for f in told(path)]


def typed(tmp_path, changes, edition="2021", report=None):
    """The findings about a filled workbook with other contents in these cells."""

    def change(book):
        for place, value in changes.items():
            sheet, ref = place.split("!")
            merge = next((m for m in book[sheet].merged_cells.ranges if ref in m and not m.coord.startswith(ref)), None)
            if merge:
                book[sheet].unmerge_cells(merge.coord)
            book[sheet][ref].value = value

    return edited(saved(tmp_path, report or filled(edition), edition), change)


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("report", [True, False], ids=["filled", "blank"])
def test_a_form_as_issued_has_no_strays(edition, report, tmp_path):
    path = saved(tmp_path, filled(edition) if report else None, edition, last_year=filled("2019"))
    assert told(path) == []


@pytest.mark.office
def test_a_form_saved_by_libreoffice_has_no_strays(tmp_path):
    assert told(convert(saved(tmp_path, filled(), last_year=filled("2019")), "xlsx", tmp_path / "out")) == []


def test_a_figure_under_its_own_merged_cell_is_told_with_that_cell_only(tmp_path):
    path = typed(tmp_path, {"表二!B10": None, "表二!C10": 120})
    (one,) = told(path)
    assert (one.rule, one.severity, one.place) == ("W2", Severity.ERROR, "表二!B10")
    assert "C10写着“120”" in one.message
    assert "移到B10" in one.message
    assert one.cells[0] in read(path).unread


@pytest.mark.parametrize(
    ("changes", "place", "beside"),
    [
        ({"表三!D7": None, "表三!M7": 3}, "表三!D7", "M7"),
        ({"表三!D30": None}, "", ""),
        ({"表四!A7": None, "表四!A8": 4}, "表四!A7", "A8"),
        ({"基本信息!B5": None, "基本信息!D5": "永平镇人民政府"}, "基本信息!B5", "D5"),
        ({"基本信息!B5": None, "基本信息!C5": "永平镇人民政府"}, "基本信息!B5", "C5"),
    ],
)
def test_an_entry_beside_its_blank_cell_is_told_with_both_cells(changes, place, beside, tmp_path):
    found = [f for f in told(typed(tmp_path, changes)) if "写着" in f.message]
    assert [f.place for f in found] == ([place] if place else [])
    assert all(f"{beside}写着" in f.message and f.severity is Severity.ERROR for f in found)


def test_a_figure_is_not_guessed_between_two_blank_cells(tmp_path):
    found = told(typed(tmp_path, {"表三!D7": None, "表三!E7": None, "表三!M7": 3}))
    assert [(f.rule, f.severity, f.place) for f in found] == [("W4", Severity.HINT, "表三!M7")]


def test_where_blanks_mean_0_a_figure_beside_one_is_asked_about(tmp_path):
    found = told(typed(tmp_path, {"表二!B10": None, "表二!C10": 120, "基本信息!B16": "是"}))
    assert [(f.rule, f.severity, f.place) for f in found] == [("W4", Severity.EXPLAIN, "表二!B10")]


def test_what_stands_anywhere_else_is_named_once_for_each_sheet(tmp_path):
    everywhere = {
        "表三!M9": "上年是3件", "表三!B40": 5, "表三!A34": "另见附件", "总体情况!C17": "这一段没有地方写",
        "总体情况!A18": "写到了编号的格子里", "问题与其他!B40": None, "问题与其他!E2": 7, "基本信息!D8": "县名待定",
        "基本信息!C9": "改成党政办", "表四!B20": "草稿",
    }  # fmt: skip
    found = told(typed(tmp_path, everywhere))
    assert {(f.rule, f.severity) for f in found} == {("W4", Severity.HINT)}
    assert sorted(f.place for f in found) == sorted(
        ["表三!M9", "总体情况!C17", "问题与其他!E2", "基本信息!D8", "表四!B20"]
    )
    message = " ".join(f.message for f in found)
    assert all(str(v) in message for v in everywhere.values() if v is not None and v != 5)


def test_a_text_that_goes_on_below_its_cells_is_asked_about(tmp_path):
    lines = {f"问题与其他!B{row}": f"第{row}段。" for row in range(6, 31)}
    (one,) = told(typed(tmp_path, lines))
    assert (one.rule, one.severity, one.place, one.cells) == ("W4", Severity.EXPLAIN, "问题与其他!B30", ("problems",))
    assert "写到了应填的格子下面（B30“第30段。”），没有采用" in one.message


def test_formulas_and_blanks_beside_a_table_are_nobody_s_figures(tmp_path):
    assert told(typed(tmp_path, {"表三!M9": "=D9*2", "表三!M10": " "})) == []


@pytest.mark.parametrize(
    ("said", "value", "asked"),
    some([
        ("应为12", 8, True), ("12", 8, True), ("改为 １２ 件", 8, True), ("张三:\n应是12", 8, True),
        ("应为12", 12, False),
        ("8", 8, False), ("包括2024年转来的", 8, False), ("见第12号文", 8, False), ("已核对", 8, False),
        ("12", None, True),
        ("[线程批注]\n\n你的Excel版本可读取此线程批注；网址: https://go.microsoft.com/x\n\n批注:\n    12", 8, True),
    ], 3),
)  # fmt: skip
def test_a_comment_that_gives_another_figure_is_asked_about(said, value, asked, tmp_path):
    def change(book):
        book["表三"]["D9"].value = value
        book["表三"]["D9"].comment = Comment(said, "张三")

    found = told(edited(saved(tmp_path, filled()), change))
    assert [(f.rule, f.severity, f.place) for f in found] == [("W4", Severity.EXPLAIN, "表三!D9")] * asked


def test_comments_anywhere_and_comments_that_cannot_be_read_say_nothing(tmp_path):
    def change(book):
        book["表三"]["A1"].comment = Comment("12", "张三")
        book["总体情况"]["B17"].comment = Comment("应为12", "张三")
        book["表三"]["D9"].comment = Comment("应为12", "张三")

    def spoil(parts):
        name = next(n for n in parts if n.startswith("xl/comments") and "D9" in parts[n].decode())
        parts[name] = b"<comments" + parts[name]

    path = edited(saved(tmp_path, filled()), change)
    assert [f.place for f in told(path)] == ["表三!D9"]
    assert read_book(quick.opened(open_package(patched(path, spoil)))).findings is not None


def test_figures_that_a_merge_covers_are_told_once(tmp_path):
    def merge(parts):
        name = part_of(parts, "表三")
        parts[name] = parts[name].replace(b"</mergeCells>", b'<mergeCell ref="D9:F9"/></mergeCells>')

    found = told(patched(saved(tmp_path, filled()), merge))
    assert [(f.rule, f.severity, f.place, len(f.cells)) for f in found] == [("W2", Severity.ERROR, "表三!E9", 2)]
    assert "合并单元格D9:F9盖住了" in found[0].message


@pytest.mark.parametrize("title", some(["表三 (2)", "表三_2", "表三（2）", "表三 副本", "问题与其他 (2)"], 2))
def test_a_copied_sheet_is_named_and_asked_about_where_it_differs(title, tmp_path):
    name = title[:2] if title.startswith("表三") else "问题与其他"

    def copy(book):
        book.copy_worksheet(book[name]).title = title

    def differing(book):
        book[title]["D9" if name == "表三" else "B6"].value = 7

    path = edited(saved(tmp_path, filled()), copy)
    assert brief(path) == [("W4", "hint", title)]
    assert brief(edited(path, differing)) == [("W4", "explain", title)]


def test_a_sheet_printed_like_ours_under_its_own_name_is_a_hint_and_notes_are_none(tmp_path):
    def add(book):
        book.copy_worksheet(book["表三"]).title = "上年数"
        book["上年数"]["D9"].value = 7
        book.create_sheet("备忘")["A1"].value = "表三的数找李四核"
        book.create_sheet("表三说明")["A1"].value = 12

    assert brief(edited(saved(tmp_path, filled()), add)) == [("W4", "hint", "上年数")]


def test_a_renamed_sheet_is_refused_with_the_name_it_has_now(tmp_path):
    def rename(book):
        book["表三"].title = "表3申请"

    with pytest.raises(InputError, match=r"工作表“表3申请”印的是“表三”的内容，请把“表3申请”的名称改回“表三”$"):
        read(edited(saved(tmp_path, filled()), rename))
