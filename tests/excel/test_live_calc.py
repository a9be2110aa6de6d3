"""The same unchanged functions on a workbook open in a live LibreOffice Calc, content typed in as a clerk does."""

import pytest

import reports
from excel import calc, engine
from excel.sheets_calc import CalcBackend
from excel.test_buttons import press, said, table, type_in
from nianbao import pipeline, workbook
from nianbao.cli import main
from nianbao.dates import date_of
from nianbao.demo import sample
from nianbao.excel.excel_book import OpenBook
from nianbao.form import load_edition
from nianbao.report import dumps
from nianbao.ribbon import open_workbook
from nianbao.workbook import layout

pytestmark = [pytest.mark.office, pytest.mark.xdist_group("calc")]


@pytest.fixture(scope="module")
def libreoffice():
    with calc.Office() as found:
        yield found


@pytest.fixture
def blank(libreoffice, tmp_path, request):
    """A blank standard workbook, open; as if saved in a folder of its own."""
    path = tmp_path / "永平镇.xlsx"
    path.write_bytes(workbook.build(load_edition(getattr(request, "param", "2021"))))
    book = engine.open_book(CalcBackend(libreoffice.open(path), path))
    yield book
    book.close()


def type_report(book, report):
    """Type a whole report: facts, figures (no totals), paragraphs."""
    edition = load_edition(report.edition)
    places = layout(edition)

    def put(spot, value):
        book.sheets[spot.sheet].range(spot.ref).value = value

    levels = {x.id: x.label for x in edition.levels}
    for key, said_ in {"year": report.year, **report.body}.items():
        day = date_of(said_) if key == "signed_on" else None
        put(places.fields[key], levels.get(said_, said_) if day is None else day)
    for key, value in report.values.items():
        if places.is_input(key):
            put(places.values[key], float(value))
    for key, text in report.texts.items():
        for spot, paragraph in zip(spots_of(places, key), text.split("\n"), strict=False):
            put(spot, paragraph)


def spots_of(places, key):
    return places.texts[key] if key in places.texts else (places.typed[key],)


@pytest.mark.parametrize("blank", ["wuping-2022"], indirect=True)
def test_the_seed_typed_into_calc_becomes_the_command_lines_report(blank, tmp_path):
    report = sample().report
    type_report(blank, report)
    assert press("make", blank) == 0, said(blank)
    assert "年报已生成" in said(blank)
    saved = tmp_path / "存盘.xlsx"
    saved.write_bytes(workbook.build(sample().edition, report))
    assert main(["make", str(saved), "-o", str(tmp_path / "cli")]) in (0, 1)
    (ours,) = tmp_path.glob("*.docx")
    (theirs,) = (tmp_path / "cli").glob("*.docx")
    assert ours.read_bytes() == theirs.read_bytes()
    assert open_workbook.check(OpenBook(blank)).findings == pipeline.check_file(saved).findings


def test_a_broken_figure_in_calc_is_listed_linked_and_selected(blank):
    type_report(blank, reports.zero())
    type_in(blank, "requests.received.natural_person", 5)
    assert press("check", blank) == 0, said(blank)
    number, row = table(blank)["A1"]
    assert row[3] == "表三!D32"  # the difference of the column: which of its cells is wrong can't be told
    assert blank.sheets["校验结果"].range((number, 4)).hyperlink == "#'表三'!D32"
    assert blank.impl.backend.selection() == ("表三", "D32")
    assert blank.impl.backend.document.CurrentSelection.AbsoluteName.endswith("$D$32")
    type_in(blank, "requests.received.natural_person", 0)
    press("check", blank)
    assert "A1" not in table(blank)


def test_blanks_are_filled_in_calc_and_its_totals_follow(blank):
    blank.app.impl.answers[:] = ["yes"]
    press("zeros", blank)
    assert "填 0" in said(blank)
    spot = layout(load_edition("2021")).values["requests.received.total"]
    assert blank.sheets[spot.sheet].range(spot.ref).value == 0.0


def test_last_year_is_filled_in_calc_and_reads_back(blank, tmp_path):
    last = tmp_path / "上年.json"
    last.write_text(dumps(sample().report), encoding="utf-8")
    assert press("last_year", blank, f"--path={last}") == 0, said(blank)
    found = open_workbook.check(OpenBook(blank)).reading.last_year
    expected = sample().report
    assert (found.year, found.body, found.values, found.texts) == (2022, expected.body, expected.values, expected.texts)
