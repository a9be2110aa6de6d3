"""The figures of a PDF with ruled tables, drawn by the tests themselves, are read back: no office program is needed."""

from dataclasses import replace

import pytest

import reports
from fuzzing import drawn_pdf
from nianbao.form import edition_names, load_edition
from nianbao.published import read
from published import pages


def distinct(name):
    """A different number in every cell."""
    edition = load_edition(name)
    values = {k: reports.number_for(edition, k, 11 + i) for i, k in enumerate(edition.values)}
    return replace(reports.zero(name), values=values)


def printed(report):
    edition = load_edition(report.edition)
    return {k: v for k, v in report.values.items() if edition.table[edition.values[k].table].printed}


@pytest.mark.parametrize("name", edition_names())
def test_the_figures_of_a_drawn_pdf_are_read_from_their_cells_or_told(name, tmp_path):
    report = distinct(name)
    path = tmp_path / "年报.pdf"
    path.write_bytes(drawn_pdf.drawn(pages.page(report)))
    reading = read(path)
    assert reading.edition.id == name
    right, found = printed(report), reading.report.values
    assert {k: v for k, v in found.items() if right[k] != v} == {}
    assert set(right) - set(found) == reading.unread  # a row that breaks at the end of a page may be told instead
    assert len(reading.unread) <= 21
    pages_of = {reading.places.of(k).partition(" ")[0] for k in reading.report.values if k.startswith("requests.")}
    assert len(pages_of) > 1


@pytest.mark.parametrize("mark", ["|", "\t"])
def test_every_figure_of_a_report_as_text_is_read_from_its_cell(mark, tmp_path):
    report = distinct("2021")
    path = tmp_path / "年报.txt"
    path.write_text(drawn_pdf.as_text(pages.page(report), mark), encoding="utf-8")
    reading = read(path)
    assert (reading.report.values, reading.findings) == (printed(report), ())
    assert {k: reading.report.texts[k] for k in ("overview", "problems", "other_matters")} == reports.TEXTS
