"""The standard workbook as built: the official grids, the inputs, the protection, the same bytes each time."""

import io
from itertools import pairwise

import pytest
from openpyxl import load_workbook

from books import EDITIONS, distinct, filled, saved
from nianbao.errors import InputError
from nianbao.form import CellKind, Kind, load_edition, plain
from nianbao.workbook import beside, heights, layout
from nianbao.workbook.address import Spot, letters, name_of, ranges
from nianbao.workbook.builder import build
from nianbao.workbook.layout import LAYOUT
from nianbao.workbook.typing_order import turns
from office import validate
from rows import some


def opened(edition_name, report=None, **more):
    return load_workbook(io.BytesIO(build(load_edition(edition_name), report, **more)))


@pytest.fixture(scope="module", params=EDITIONS)
def book(request):
    return request.param, opened(request.param)


def test_cells_are_grouped_into_the_fewest_ranges():
    spots = [Spot("表", r, c) for r in (7, 8) for c in (4, 5)] + [Spot("表", 9, 4), Spot("表", 11, 5)]
    assert ranges(spots) == ("D7:D9", "E7:E8", "E11")
    assert ranges(spots[:4]) == ("D7:E8",)
    assert [letters(n) for n in (1, 26, 27, 16384)] == ["A", "Z", "AA", "XFD"]


def test_the_sheets_stand_in_the_reports_order(book):
    name, workbook = book
    behind = ("上年数据", "校验结果", "逐格核对")
    assert ["填报说明", "基本信息", *load_edition(name).sheets, *behind] == workbook.sheetnames
    assert workbook.active.title == "基本信息"


def test_every_table_has_the_labels_and_merges_of_the_official_grid(book):
    name, workbook = book
    places = layout(load_edition(name))
    for sheet in places.sheets:
        merged = {str(m) for m in workbook[sheet.name].merged_cells.ranges}
        for block in sheet.tables:
            for cell in block.table.cells:
                spot = block.origin.by(cell.row, cell.column)
                last = spot.by(cell.rows - 1, cell.columns - 1)
                if cell.kind not in (CellKind.VALUE, CellKind.TYPED):
                    assert plain(cell.text) == plain(workbook[sheet.name][spot.ref].value), "but for line breaks"
                assert (spot != last) == (f"{spot.ref}:{last.ref}" in merged), spot.place


def test_no_heading_is_higher_than_its_rows(book):
    name, workbook = book
    for sheet in layout(load_edition(name)).sheets:
        drawn = workbook[sheet.name]
        for label in (x for block in sheet.tables for x in block.labels):
            cell = drawn[label.spot.ref]
            across = (letters(label.spot.column + i) for i in range(label.columns))
            width = sum(drawn.column_dimensions[c].width for c in across)
            lines = heights.lines_of(cell.value, width + 1.2, cell.font.size)
            height = sum(drawn.row_dimensions[label.spot.row + i].height for i in range(label.rows))
            assert lines * cell.font.size * 1.2 <= height, label.spot.place


def test_last_years_tables_are_each_on_one_page(book):
    name, _ = book
    sheet = opened(name, filled(name), last_year=filled(name, year=2024))["上年数据"]
    begins = [row for row in range(1, sheet.max_row + 1) if str(sheet.cell(row, 1).value).startswith("table:")]
    pages = [1, *(b.id + 1 for b in sheet.row_breaks.brk), sheet.max_row + 1]
    heights = [
        sum(sheet.row_dimensions[r].height or 15 for r in range(first, after))
        for first, after in pairwise(pages)
    ]  # fmt: skip
    wide = sum(sheet.column_dimensions[letters(c)].width * 7 + 5 for c in range(2, 20)) * 0.75
    inside = (595 - 72 * (sheet.page_margins.top + sheet.page_margins.bottom)) * max(1.0, wide / (842 - 72))
    assert max(heights) <= inside, "Excel's columns in its narrowest usual font"
    assert len(pages) - 1 <= 4
    assert {*pages[1:-1]} <= {*begins} | {r for r in range(2, sheet.max_row) if not sheet.cell(r, 1).value}


def test_every_input_has_a_name_of_its_own_that_points_at_it(book):
    name, workbook = book
    edition = load_edition(name)
    places = layout(edition)
    assert places.values["requests.received.natural_person"].absolute == (
        workbook.defined_names["nb_requests_received_natural_person"].attr_text
    )
    expected = (
        len(edition.values)
        + len(edition.fields)
        + len(edition.texts)
        + len(edition.typed_labels)
        + 2
        + len(turns(places))
    )
    assert expected == len(workbook.defined_names)
    assert workbook.defined_names["nb_form_layout"].attr_text == str(LAYOUT)
    for key, spot in places.values.items():
        assert spot.absolute == workbook.defined_names[name_of(key)].attr_text
    assert workbook.defined_names["nb_form_edition"].attr_text == "'基本信息'!$B$4"
    assert edition.id == workbook["基本信息"]["B4"].value


def test_only_inputs_are_unlocked_and_formatting_stays_allowed(book):
    name, workbook = book
    places = layout(load_edition(name))
    expected = {s.place for k, s in places.values.items() if places.is_input(k)}
    expected |= {s.place for cells in places.texts.values() for s in cells}
    expected |= {s.place for s in [*places.typed.values(), *places.fields.values()]}
    expected |= {b.switch.place for sheet in places.sheets if (b := beside.beside(sheet))}
    found = set()
    for sheet in workbook.worksheets:
        assert sheet.protection.sheet, sheet.title
        assert not sheet.protection.password
        assert not sheet.protection.formatCells
        inner = {str(c.coordinate) for r in sheet.merged_cells.ranges for c in _covered(sheet, r)}
        if sheet.title != "校验结果":
            found |= {
                f"{sheet.title}!{c.coordinate}"
                for row in sheet.iter_rows()
                for c in row
                if not c.protection.locked and c.coordinate not in inner
            }
    assert expected == found


def _covered(sheet, merged):
    cells = [
        sheet.cell(r, c)
        for r in range(merged.min_row, merged.max_row + 1)
        for c in range(merged.min_col, merged.max_col + 1)
    ]
    return cells[1:]


def test_every_figure_typed_by_the_clerk_is_validated_with_a_chinese_stop(book):
    name, workbook = book
    places = layout(load_edition(name))
    for key, spot in places.values.items():
        found = [v for v in workbook[spot.sheet].data_validations.dataValidation if spot.ref in v.sqref]
        assert places.is_input(key) == (len(found) == 1), key
        for validation in found:
            kind = places.edition.values[key].kind
            assert ("decimal" if kind is Kind.AMOUNT else "whole") == validation.type
            assert validation.errorStyle == "stop"
            assert validation.prompt is None or validation.prompt.startswith("请填")
            assert validation.error
            assert (kind is Kind.SIGNED) == validation.formula1.startswith("-")


def test_totals_are_sums_of_contiguous_ranges():
    sheet = opened("2021")["表三"]
    assert sheet["J7"].value == '=IF(COUNT(D7:I7)=0,"",SUM(D7:I7))'
    assert sheet["D30"].value == '=IF(COUNT(D9:D29)=0,"",SUM(D9:D29))'


def test_the_results_of_all_formulas_are_there_for_people_who_preview_the_file():
    workbook = load_workbook(io.BytesIO(build(load_edition("2021"), filled())), data_only=True)
    values = distinct(load_edition("2021"))
    for key, spot in layout(load_edition("2021")).values.items():
        assert values[key] == pytest.approx(workbook[spot.sheet][spot.ref].value), key
    assert workbook["表二"]["A2"].value == "填报单位：永平镇人民政府　　年度：2025"
    assert workbook["表三"]["A2"].value.startswith("填报单位：永平镇人民政府　　年度：2025　　单位：件。")
    assert workbook["表三"]["D33"].value == 0


@pytest.mark.parametrize("name", EDITIONS)
def test_the_same_input_gives_the_same_bytes(name):
    edition = load_edition(name)
    assert build(edition, filled(name), filled(name)) == build(edition, filled(name), filled(name))


@pytest.mark.parametrize(
    "text", some(["=1+1", "+甲", "-减", "@SUM(A1)", "'引号", '=HYPERLINK("http://x","y")', "#N/A", "_x0041_"], 4)
)
def test_text_from_a_report_is_never_a_formula(text):
    workbook = opened("2021", filled(texts={"overview": text}, body={"name": text}))
    spot = layout(load_edition("2021")).texts["overview"][0]
    for cell in (workbook[spot.sheet][spot.ref], workbook["基本信息"]["B5"]):
        assert cell.data_type == "s"
        assert cell.number_format == "@"
        assert text.startswith(("=", "+", "-", "@", "'")) == bool(cell.quotePrefix)


def test_a_text_no_cell_can_hold_is_refused_by_place():
    with pytest.raises(InputError, match=r"总体情况!B17.*32767"):
        build(load_edition("2021"), filled(texts={"overview": "长" * 40_000}))
    with pytest.raises(InputError, match=r"U\+0007"):
        build(load_edition("2021"), filled(texts={"overview": "响\x07铃"}))


def test_more_paragraphs_than_cells_end_up_in_the_last_one():
    text = "\n".join(f"第{i}段" for i in range(60))
    spots = layout(load_edition("2021")).texts["overview"]
    workbook = opened("2021", filled(texts={"overview": text}))
    assert workbook["总体情况"][spots[0].ref].value == "第0段"
    assert workbook["总体情况"][spots[-1].ref].value.startswith("第39段\n第40段")


def test_every_sum_rule_has_a_visible_difference_that_turns_its_line_red(book):
    name, workbook = book
    edition = load_edition(name)
    places = layout(edition)
    identities = [i for r in edition.rules for i in r.identities]
    shown = {(c.rule, c.left, c.right): c for c in places.checks}
    for identity in identities:
        check = shown[identity.rule, identity.left, identity.right]
        sheet = workbook[check.spot.sheet]
        assert sheet[check.spot.ref].value.startswith("=IF(COUNT(")
        assert "相符" in sheet[check.spot.ref].number_format
        formula = f"N({check.spot.fixed})<>0"
        marked = [f for f in sheet.conditional_formatting if any(formula in r.formula for r in f.rules)]
        assert all(places.values[k].ref in marked[0].sqref for k in check.keys)


def test_rules_that_are_no_sums_and_the_classified_total_have_their_live_checks():
    rules = {c.rule for c in layout(load_edition("2021")).checks}
    assert rules == {"A1", "A2", "A3", "A4", "A7", "A8", "A9", "A10", "A11"}
    assert "A9" not in {c.rule for c in layout(load_edition("2019")).checks}


def test_links_lead_inside_the_workbook():
    for sheet in opened("2021").worksheets:
        for link in sheet._hyperlinks:
            assert link.location
            assert link.target is None


def test_every_sheet_prints_on_a4_and_a_table_on_one_page(book):
    _, workbook = book
    for sheet in workbook.worksheets:
        assert sheet.page_setup.paperSize == 9
        assert sheet.page_setup.fitToWidth == 1
        assert bool(sheet.print_area) == (sheet.title != "校验结果"), "of that as much as is written"
        assert "&P" in sheet.oddFooter.center.text
    for name in ("表二", "表三", "表四", "信息处理费"):
        assert workbook[name].page_setup.fitToHeight == 1


@pytest.mark.validator
@pytest.mark.parametrize("name", some(EDITIONS, 3))
def test_microsofts_validator_accepts_blank_and_filled_workbooks(name, tmp_path):
    assert validate(saved(tmp_path, edition_name=name)) == ""
    assert validate(saved(tmp_path, filled(name), name, last_year=filled(name, year=2024))) == ""
