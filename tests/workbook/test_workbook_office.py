"""The workbook in LibreOffice: opened, recalculated, saved, read back; and what it looks like on paper."""

import subprocess
from dataclasses import replace

import pytest
from openpyxl import load_workbook

from books import EDITIONS, edited, filled, saved
from nianbao.form import load_edition
from nianbao.workbook import layout, read
from office import convert, pdf_pages, pdf_text
from reports import zero
from rows import some

XLSX = "xlsx:Calc MS Excel 2007 XML"
pytestmark = pytest.mark.office


def strip_results(book):
    """Saving with openpyxl drops every cached result, so that what LibreOffice saves is its own."""


@pytest.mark.parametrize("name", some(EDITIONS, 3))
def test_opened_recalculated_and_saved_by_libreoffice_it_reads_back_equal(name, tmp_path):
    last = filled(name, year=2024)
    path = edited(saved(tmp_path, filled(name), name, last_year=last), strip_results, whole=True)
    found = read(convert(path, XLSX, tmp_path / "out"))
    assert filled(name) == found.report
    assert found.findings == ()
    assert last == found.last_year


def test_libreoffice_computes_the_same_results_as_were_cached(tmp_path):
    values = {**filled().values, "requests.received.natural_person": 1, "fee.processing_fee.amount_received": 99_999}
    path = saved(tmp_path, filled(values=values))
    ours = load_workbook(path, data_only=True)
    formulas = load_workbook(path)
    theirs = load_workbook(convert(edited(path, strip_results, whole=True), XLSX, tmp_path / "out"), data_only=True)
    compared = 0
    for sheet in formulas.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    mine, other = (b[sheet.title][cell.coordinate].value for b in (ours, theirs))
                    assert (mine or "") == (pytest.approx(other) if isinstance(other, float) else other or ""), cell
                    compared += 1
    assert compared > 80


def reddish(pdf, page):
    """Count the pixels of the red that marks a broken line (FFC7CE, 9C0006) on one page."""
    done = subprocess.run(
        ["pdftoppm", "-r", "40", "-f", str(page), "-l", str(page), str(pdf)], check=True, capture_output=True
    )
    magic, size, _depth, pixels = done.stdout.split(b"\n", 3)
    assert (magic, len(size.split())) == (b"P6", 2)
    triples = zip(pixels[0::3], pixels[1::3], pixels[2::3], strict=False)
    return sum(1 for r, g, b in triples if r > 200 and g < 215 and b < 220 and r - g > 30 and abs(g - b) < 20)


def page_of(pdf, words):
    return next(p for p in range(1, pdf_pages(pdf) + 1) if words in pdf_text(pdf, p))


def test_a_broken_identity_shows_red_and_an_unbroken_one_does_not(tmp_path):
    whole = zero()
    broken = replace(whole, values={**whole.values, "requests.received.natural_person": 1})
    counts = []
    for name, report in (("whole", whole), ("broken", broken)):
        pdf = convert(saved(_folder(tmp_path, name), report), "pdf", tmp_path / name)
        page = page_of(pdf, "收到和处理政府信息公开申请情况")
        counts.append(reddish(pdf, page))
        assert ("差 +1" in pdf_text(pdf, page)) == (name == "broken")
    assert counts[0] == 0
    assert counts[1] > 100


def _folder(tmp_path, name):
    folder = tmp_path / name
    folder.mkdir()
    return folder


def test_every_table_prints_on_one_page_with_its_last_label(tmp_path):
    pdf = convert(saved(tmp_path), "pdf", tmp_path / "out")
    places = layout(load_edition("2021"))
    for sheet, words in (("表二", "行政事业性收费"), ("表三", "四、结转下年度继续办理"), ("表四", "未经复议直接起诉")):
        title = next(s.title for s in places.sheets if s.name == sheet)
        pages = [p for p in range(1, pdf_pages(pdf) + 1) if title in pdf_text(pdf, p)]
        assert len(pages) == 1, sheet
        assert words in pdf_text(pdf, pages[0])
