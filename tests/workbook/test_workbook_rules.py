"""Rules W1 to W4: moved labels, odd spellings, stale totals, hidden contents; each reported once and by place."""

import datetime

import pytest
from openpyxl.worksheet.formula import ArrayFormula

from books import edited, filled, part_of, patched, saved, set_cell
from nianbao.findings import Severity
from nianbao.form import load_edition
from nianbao.workbook import layout, read
from rows import some

KEY = "requests.received.natural_person"


def of(rule, found):
    return [f for f in found.findings if f.rule == rule]


def shift(sheet_name, *, rows=None, columns=None, by=1):
    """Move all cells from a row or column on, as inserting (or deleting) does; formulas stay, which is Excel's work."""

    def change(book):
        sheet = book[sheet_name]
        for merged in list(sheet.merged_cells.ranges):
            sheet.unmerge_cells(str(merged))
        if rows:
            sheet.insert_rows(rows, by) if by > 0 else sheet.delete_rows(rows, -by)
        else:
            sheet.insert_cols(columns, by) if by > 0 else sheet.delete_cols(columns, -by)

    return change


def test_an_inserted_row_is_one_finding_and_nothing_below_it_is_read(tmp_path):
    found = read(edited(saved(tmp_path, filled()), shift("表三", rows=8)))
    (w1,) = of("W1", found)
    assert (w1.place, w1.severity) == ("表三!A8", Severity.ERROR)
    assert "“二、上年结转政府信息公开申请数量”应在第8行，现在在第9行，它的上面多出1行" in w1.message
    read_keys = {k for k in found.report.values if k.startswith("requests.")}
    assert {k for k in load_edition("2021").values if k.startswith("requests.received.")} == read_keys
    assert "requests.pending_end.total" in found.unread
    assert filled().values["review.reconsideration.upheld"] == found.report.values["review.reconsideration.upheld"]


@pytest.mark.parametrize(
    ("row", "by"), some([(4, 1), (6, 1), (7, 3), (12, 1), (30, 2), (31, 1), (9, -1), (8, -2), (29, -1)], 3)
)
def test_rows_inserted_or_deleted_anywhere_never_make_a_figure_misread(row, by, tmp_path):
    found = read(edited(saved(tmp_path, filled()), shift("表三", rows=row, by=by)))
    assert len(of("W1", found)) == 1
    _assert_nothing_misread(found)
    assert found.unread


@pytest.mark.parametrize(
    ("sheet", "column", "by"),
    [("表三", 4, 1), ("表三", 6, 2), ("表三", 2, 1), ("表四", 3, 1), ("表四", 7, -1), ("表二", 2, 1)],
)
def test_columns_inserted_or_deleted_never_make_a_figure_misread(sheet, column, by, tmp_path):
    found = read(edited(saved(tmp_path, filled()), shift(sheet, columns=column, by=by)))
    assert of("W1", found)
    assert len(of("W1", found)) <= 2
    _assert_nothing_misread(found)
    assert found.unread


def _assert_nothing_misread(found):
    right = filled().values
    assert {k: v for k, v in found.report.values.items() if right[k] != v} == {}
    assert set(right) == set(found.report.values) | found.unread


def test_a_row_inserted_between_header_and_figures_without_labels_is_noticed(tmp_path):
    found = read(edited(saved(tmp_path, filled()), shift("表四", rows=7)))
    assert len(of("W1", found)) == 1
    _assert_nothing_misread(found)
    assert {k for k in load_edition("2021").values if k.startswith("review.")} <= found.unread


def test_a_row_inserted_among_paragraphs_is_noticed(tmp_path):
    found = read(edited(saved(tmp_path, filled()), shift("总体情况", rows=18)))
    assert len(of("W1", found)) == 1
    assert "overview" in found.unread
    assert "introduction" in found.report.texts


def test_a_row_inserted_in_the_facts_is_noticed(tmp_path):
    found = read(edited(saved(tmp_path, filled()), shift("基本信息", rows=7)))
    assert len(of("W1", found)) == 1
    assert found.report.body == {"name": "永平镇人民政府"}
    assert {"level", "signed_on"} <= found.unread


def test_a_changed_label_is_named_and_its_line_is_not_read(tmp_path):
    def change(book):
        book["表三"]["A8"].value = "二、改过的名称"
        book["表二"]["B5"].value = "别的"

    found = read(edited(saved(tmp_path, filled()), change))
    messages = {f.place: f.message for f in of("W1", found)}
    assert {"表三!A8", "表二!B5"} == set(messages)
    assert "应印着“二、上年结转政府信息公开申请数量”，现在是“二、改过的名称”" in messages["表三!A8"]
    _assert_nothing_misread(found)
    gone = set(filled().values) - set(found.report.values)
    assert {"requests.pending_start.business", "proactive.regulations.issued"} <= gone
    assert not any(k.startswith(("review.", "requests.received", "proactive.licences")) for k in gone)


def test_line_breaks_spaces_and_widths_in_labels_make_no_difference(tmp_path):
    def change(book):
        book["表三"]["E6"].value = "商业企业"
        book["表三"]["A7"].value = "一、本年新收 政府信息公开申请数量 "
        book["表三"]["B9"].value = "(一)予以公开"

    assert of("W1", read(edited(saved(tmp_path, filled()), change))) == []


def test_a_sheet_written_over_is_one_finding(tmp_path):
    def change(book):
        for row in book["表三"].iter_rows():
            for cell in row:
                if isinstance(cell.value, str):
                    cell.value = None

    found = read(edited(saved(tmp_path, filled()), change))
    assert len(of("W1", found)) == 1
    assert not any(k.startswith("requests.") for k in found.report.values)


@pytest.mark.parametrize("typed", ["/", "—", "无", "十几", "12件左右", True, datetime.date(2025, 1, 5), "3万元"])
def test_what_is_no_certain_number_is_an_error_by_place_and_absent(typed, tmp_path):
    found = read(set_cell(saved(tmp_path, filled()), KEY, typed))
    (w2,) = of("W2", found)
    assert (w2.place, w2.severity, w2.cells) == ("表三!D7", Severity.ERROR, (KEY,))
    assert KEY not in found.report.values
    assert {KEY, "requests.received.total"} == found.unread


def test_an_error_value_is_an_error_and_not_a_blank(tmp_path):
    def change(parts):
        name = part_of(parts, "表三")
        at = parts[name].index(b'<c r="D7"')
        end = parts[name].index(b"</c>", at)
        parts[name] = parts[name][:at] + b'<c r="D7" t="e"><v>#DIV/0!</v>' + parts[name][end:]

    found = read(patched(saved(tmp_path, filled()), change))
    assert [f.severity for f in of("W2", found)] == [Severity.ERROR]
    assert "#DIV/0!" in of("W2", found)[0].message


def test_numbers_written_as_text_are_taken_and_named_in_one_hint_a_sheet(tmp_path):
    def change(book):
        book["表三"]["D7"].value = "12件"
        book["表三"]["E7"].value = "１，２３４"
        book["表四"]["A7"].value = " 3 "

    found = read(edited(saved(tmp_path, filled()), change))
    assert tuple(
        found.report.values[k] for k in (KEY, "requests.received.business", "review.reconsideration.upheld")
    ) == (12, 1234, 3)
    hints = of("W2", found)
    assert [(f.severity, len(f.cells)) for f in hints] == [(Severity.HINT, 2), (Severity.HINT, 1)]
    assert "“12件”按12" in hints[0].message


@pytest.mark.parametrize("formula", ["=1+2", ArrayFormula("D7", "=1+2")])
def test_a_formula_without_a_result_in_an_input_is_an_error(formula, tmp_path):
    found = read(set_cell(saved(tmp_path, filled()), KEY, formula))
    assert [f.severity for f in of("W2", found)] == [Severity.ERROR]
    assert KEY in found.unread


def test_a_formula_with_its_result_in_an_input_is_taken_with_a_hint(tmp_path):
    def change(parts):
        name = part_of(parts, "表三")
        at = parts[name].index(b'<c r="D7"')
        end = parts[name].index(b"</c>", at)
        parts[name] = parts[name][:at] + b'<c r="D7"><f>1+2</f><v>3</v>' + parts[name][end:]

    found = read(patched(saved(tmp_path, filled()), change))
    assert found.report.values[KEY] == 3
    assert [f.severity for f in of("W2", found)] == [Severity.HINT]


def test_an_overwritten_total_is_taken_and_reported(tmp_path):
    found = read(set_cell(saved(tmp_path, filled()), "requests.received.total", 7))
    assert found.report.values["requests.received.total"] == 7
    assert [(f.place, f.severity) for f in of("W2", found)] == [("表三!J7", Severity.HINT)]
    assert "requests.received.total" not in found.computed


@pytest.mark.parametrize("typed", [None, "=SUM(D7:H7)", "共若干"])
def test_a_total_whose_formula_is_gone_or_changed_is_recomputed(typed, tmp_path):
    found = read(set_cell(saved(tmp_path, filled()), "requests.received.total", typed))
    assert filled().values == found.report.values
    assert [(f.place, f.severity) for f in of("W2", found)] == [("表三!J7", Severity.HINT)]


def test_totals_without_results_are_one_hint_a_sheet(tmp_path):
    found = read(edited(saved(tmp_path, filled()), lambda book: None))
    assert [f.place for f in of("W3", found)] == ["表三!J7", "表四!E7"]
    assert filled().values == found.report.values


def test_a_stale_total_is_named_with_both_numbers(tmp_path):
    def change(parts):
        name = part_of(parts, "表三")
        right = filled().values["requests.received.total"]
        assert f"<v>{right}</v>".encode() in parts[name]
        parts[name] = parts[name].replace(f"<v>{right}</v>".encode(), b"<v>99</v>", 1)

    found = read(patched(saved(tmp_path, filled()), change))
    (w3,) = of("W3", found)
    assert (w3.place, w3.cells) == ("表三!J7", ("requests.received.total",))
    assert f"“99”重算为{filled().values['requests.received.total']}" in w3.message
    assert filled().values == found.report.values


def test_hidden_rows_columns_and_sheets_links_and_macros_are_each_named(tmp_path):
    def change(book):
        book["表三"].row_dimensions[9].hidden = True
        book["表三"].row_dimensions[12].hidden = True
        book["表四"].column_dimensions["C"].hidden = True
        book["信息处理费"].sheet_state = "hidden"

    def add(parts):
        parts["xl/externalLinks/externalLink1.xml"] = b"<x/>"
        parts["xl/vbaProject.bin"] = b"x"

    found = read(patched(edited(saved(tmp_path, filled()), change), add))
    assert [
        (
            f.place,
            next(
                w
                for w in ("第9、12行被隐藏", "C列被隐藏", "这张工作表被隐藏", "别的文件的链接", "有宏")
                if w in f.message
            ),
        )
        for f in of("W4", found)
    ] == [
        ("表三", "第9、12行被隐藏"),
        ("表四", "C列被隐藏"),
        ("信息处理费", "这张工作表被隐藏"),
        ("填报表.xlsx", "别的文件的链接"),
        ("填报表.xlsx", "有宏"),
    ]
    assert {Severity.HINT} == {f.severity for f in of("W4", found)}
    assert filled().values == found.report.values


def test_every_message_says_where_what_why_and_how(tmp_path):
    def change(book):
        book["表三"]["D7"].value = "十几"
        book["表三"]["J8"].value = 5
        book["表三"]["A9"].value = "改"
        book["表四"].row_dimensions[7].hidden = True

    found = read(edited(saved(tmp_path, filled()), change))
    assert {"W1", "W2", "W3", "W4"} == {f.rule for f in found.findings}
    for finding in found.findings:
        assert finding.message.startswith(finding.place)
        assert f"规则 {finding.rule}：" in finding.message
        assert finding.message.endswith("。")


def test_the_layout_and_the_written_workbook_agree_on_every_place():
    places = layout(load_edition("2021"))
    assert len(set(places.places.values())) == len(places.places)
