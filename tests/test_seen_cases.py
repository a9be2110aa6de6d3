"""Documents and templates that show another figure than they hold (cases/seen): LibreOffice's pages are the witness."""

import shutil
import subprocess
from pathlib import Path

import pytest

import office
from nianbao import document, pipeline
from nianbao.document.lint import check_template
from nianbao.document.render import compile_template
from rows import some

CASES = Path(__file__).parent / "cases" / "seen"
FORM = CASES / "verify" / "form.xlsx"
BEGAN = CASES / "report.docx"
"""The template of November 2026, which all of these began as: pages are compared with what it makes."""
KEY = "requests.received.natural_person"
DOCUMENTS = sorted((CASES / "verify").glob("*.docx"))
TEMPLATES = sorted((CASES / "template").glob("*.docx"))
SHOWN_OTHERWISE = {"t-fld-dirty", "t-numbered", "t-sdt-bound", "t-strike", "t-style-vanish"}


def named(path):
    return path.stem


@pytest.fixture(scope="module")
def reading():
    return pipeline.check_file(FORM).reading


@pytest.fixture(scope="module")
def made(reading, tmp_path_factory):
    """What the program makes of the form, and what the templates would make of it if nobody checked them."""
    folder = tmp_path_factory.mktemp("made")
    path = folder / "ours.docx"
    path.write_bytes(document.template_for(reading.edition).render(reading.report))
    (folder / "plain.docx").write_bytes(compile_template(BEGAN, reading.edition).render(reading.report))
    for template in TEMPLATES:
        target = folder / template.name
        target.write_bytes(compile_template(template, reading.edition).render(reading.report))
    return folder


@pytest.fixture(scope="module")
def shown(made, tmp_path_factory):
    """The pages of each document as LibreOffice prints them, as pictures."""
    office.need(shutil.which("soffice") and shutil.which("pdftoppm"), "LibreOffice or poppler")
    folder = tmp_path_factory.mktemp("shown")
    pages = {}
    for pdf in office.convert_all([*made.glob("*.docx"), *DOCUMENTS], "pdf", folder):
        subprocess.run(["pdftoppm", "-r", "60", "-gray", pdf, folder / pdf.stem], check=True)
        pages[pdf.stem] = [p.read_bytes() for p in sorted(folder.glob(f"{pdf.stem}-*.pgm"))]
    return pages


def differing(shown, name):
    """How many pages LibreOffice shows otherwise than those of the report as it should be."""
    assert len(shown[name]) == len(shown["plain"])
    return sum(a != b for a, b in zip(shown[name], shown["plain"], strict=True))


def test_the_document_made_of_the_form_is_proven(reading, made):
    assert pipeline.verify(made / "ours.docx", FORM).findings == ()
    assert document.differences((made / "ours.docx").read_bytes(), reading.edition, reading.report) == []


@pytest.mark.parametrize("path", DOCUMENTS, ids=named)
def test_a_document_that_shows_another_figure_is_told_by_its_cell(path):
    assert any(KEY in f.cells for f in pipeline.verify(path, FORM).findings)


@pytest.mark.parametrize("path", some(DOCUMENTS, 3), ids=named)
def test_libreoffice_shows_another_figure_in_that_document(path, shown):
    assert differing(shown, path.stem) == 1


@pytest.mark.parametrize("path", TEMPLATES, ids=named)
def test_a_template_that_shows_another_figure_or_fetches_something_is_refused(path, reading):
    told = {f.rule for f in check_template(path.read_bytes(), reading.edition)}
    assert told & {"T9", "T12"}
    assert "T9" in told or path.stem not in SHOWN_OTHERWISE


@pytest.mark.parametrize("path", TEMPLATES, ids=named)
def test_what_a_template_makes_is_not_proven_where_libreoffice_shows_another_figure(path, reading, made, shown):
    pages = differing(shown, path.stem)
    assert (pages > 0) == (path.stem in SHOWN_OTHERWISE)
    told = document.differences((made / path.name).read_bytes(), reading.edition, reading.report)
    assert not pages or any("自然人·本年新收" in t for t in told)
