"""上年同期 beside the inputs, hints where they help, a low heading, an order to type in: what a clerk meets first."""

import pytest
from openpyxl import load_workbook

import office
import reports
from nianbao import pipeline, workbook
from nianbao.form import edition_names, load_edition
from nianbao.workbook import beside, layout
from nianbao.workbook.typing_order import turns

EDITION = load_edition("2021")
EDITIONS = edition_names()
NATURAL = "requests.received.natural_person"


def built(tmp_path, edition="2021", report=None, last=None):
    path = tmp_path / "填.xlsx"
    path.write_bytes(workbook.build(load_edition(edition), report, last))
    return path


def alone(path, title):
    """The PDF of one sheet of a workbook."""
    book = load_workbook(path)
    for sheet in book:
        sheet.sheet_state = "visible" if sheet.title == title else "hidden"
    book.active = book.sheetnames.index(title)
    book.save(path)
    return office.convert(path, "pdf", path.parent)


@pytest.mark.parametrize("name", EDITIONS)
def test_every_figure_of_the_report_has_last_years_beside_it(name):
    edition = load_edition(name)
    places = layout(edition)
    found = [beside.beside(s) for s in places.sheets]
    keys = {k for b in found if b for k in b.figures}
    printed = {v.key for t in edition.tables if t.required for v in t.values}
    assert keys == {k for k in printed if places.values[k].sheet not in {s.name for s in places.sheets if s.texts}}
    for sheet, one in zip(places.sheets, found, strict=True):
        for key, (spot, _) in one.figures.items() if one else ():
            own = places.values[key]
            assert spot.row == own.row or spot.column == own.column
            assert (spot.row > sheet.bottom) or (spot.column > sheet.right), "outside what is printed"


@pytest.mark.office
def test_it_shows_last_year_or_the_change_or_nothing_as_chosen(tmp_path):
    now, last = (
        reports.changed(reports.zero(year=year), requests__received__natural_person=figure)
        for year, figure in ((2025, 7), (2024, 9))
    )
    path = built(tmp_path, report=now, last=last)
    sheet = next(s for s in layout(EDITION).sheets if s.name == layout(EDITION).values[NATURAL].sheet)
    place = beside.beside(sheet)
    spot = place.figures[NATURAL][0]
    book, chosen = load_workbook(path), []
    for choice, figure in (*((c, 7) for c in beside.CHOICES), (beside.CHANGE, 12)):
        book[sheet.name][place.switch.ref] = choice
        book[sheet.name][layout(EDITION).values[NATURAL].ref] = figure
        chosen.append(tmp_path / f"{choice}{figure}.xlsx")
        book.save(chosen[-1])
    shown = {}
    for calculated in office.convert_all(chosen, "xlsx", tmp_path / "算"):
        only = load_workbook(calculated, read_only=True, data_only=True)
        shown[calculated.stem] = only[sheet.name][spot.ref].value
        only.close()
    assert shown[f"{beside.BEFORE}7"] == 9
    assert shown[f"{beside.CHANGE}7"] == -2
    assert not shown[f"{beside.NOTHING}7"]
    assert shown[f"{beside.CHANGE}12"] == "+3"
    assert load_workbook(path, data_only=True)[sheet.name][spot.ref].value == 9


def test_choosing_is_no_finding_and_a_figure_typed_there_is_told(tmp_path):
    path = built(tmp_path, report=reports.zero(), last=reports.zero(year=2024))
    sheet = layout(EDITION).sheets[2]
    place = beside.beside(sheet)
    plain = {f.message for f in pipeline.check_file(path).findings}
    book = load_workbook(path)
    book[sheet.name][place.switch.ref] = beside.CHANGE
    book.save(path)
    assert {f.message for f in pipeline.check_file(path).findings if f.rule != "W3"} == plain
    spot = next(iter(place.figures.values()))[0]
    book[sheet.name][spot.ref] = 5
    book.save(path)
    assert any(spot.ref in f.message and f.rule == "W4" for f in pipeline.check_file(path).findings)


@pytest.mark.parametrize("name", EDITIONS)
def test_hints_pop_up_in_few_cells_and_every_input_refuses_what_is_no_figure(name, tmp_path):
    edition = load_edition(name)
    places = layout(edition)
    book = load_workbook(built(tmp_path, name))
    hinting = stopping = 0
    for sheet in places.sheets:
        for one in book[sheet.name].data_validations.dataValidation:
            cells = sum(r.size["rows"] * r.size["columns"] for r in one.sqref.ranges)
            hinting += cells * bool(one.showInputMessage and one.prompt)
            stopping += cells * (one.errorStyle == "stop" and bool(one.error) and one.type != "list")
    inputs = sum(1 for k in places.values if places.is_input(k))
    assert stopping == inputs
    assert hinting <= 16
    assert not any(v.prompt for v in book["基本信息"].data_validations.dataValidation)


@pytest.mark.parametrize("name", EDITIONS)
def test_what_stays_in_sight_is_at_most_110_pixels_high(name, tmp_path):
    book = load_workbook(built(tmp_path, name))
    for sheet in layout(load_edition(name)).sheets:
        frozen = book[sheet.name].freeze_panes
        rows = range(1, book[sheet.name][frozen].row)
        assert sum(book[sheet.name].row_dimensions[r].height or 15 for r in rows) * 96 / 72 <= 110.5, sheet.name


@pytest.mark.parametrize("name", EDITIONS)
def test_one_choice_selects_the_inputs_down_the_columns(name):
    places = layout(load_edition(name))
    lengths = []
    for sheet, (_, refers) in turns(places).items():
        walked = []
        for area in refers.replace("$", "").split(","):
            first, _, last = area.partition("!")[2].partition(":")
            column = first.rstrip("0123456789")
            top, bottom = (int(ref.removeprefix(column)) for ref in (first, last or first))
            walked += [f"{column}{row}" for row in range(top, bottom + 1)]
        inputs = [s for k, s in places.values.items() if s.sheet == sheet and places.is_input(k) and s.ref in walked]
        assert walked == [s.ref for s in sorted(inputs, key=lambda s: (s.column, s.row))]
        lengths.append(len(walked))
    assert max(lengths) > 100


def test_a_workbook_opens_where_it_is_to_be_filled_in(tmp_path):
    book = load_workbook(built(tmp_path))
    assert book.active.title == "基本信息"
    for sheet in layout(EDITION).sheets:
        cell = book[sheet.name].sheet_view.selection[-1].activeCell
        assert not book[sheet.name][cell].protection.locked


@pytest.mark.office
def test_the_results_print_what_is_written_and_the_heading_on_every_page(tmp_path):
    path = built(tmp_path, report=reports.zero())
    pages = {}
    for findings in (1, 60):
        reading = pipeline.read(path)
        one = pipeline.check_file(path).findings[0]
        marked = tmp_path / f"{findings}.xlsx"
        marked.write_bytes(workbook.annotate(path, reading, [one] * findings))
        pages[findings] = alone(marked, "校验结果")
    few, many = (office.pdf_pages(p) for p in pages.values())
    assert many > few
    texts = [office.pdf_text(pages[60], p) for p in range(1, many + 1)]
    assert sum("建议" in t for t in texts) == many - few + 1
