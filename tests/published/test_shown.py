"""A small sample of what `measure_shown.py` draws: nothing is taken that LibreOffice and Chromium do not show."""

# ruff: noqa: E501 - a way is a line
import pytest

import reports
from nianbao import document
from nianbao.form import load_edition
from published import measure_shown
from published.shown import printing, witness, word
from published.shown.ways import Way

pytestmark = [pytest.mark.office, pytest.mark.browser, pytest.mark.xdist_group("browser")]

SEEN = {
    "": ("58", ""), "<w:strike/>": ("58", "struck"), '<w:color w:val="FFFFFF"/>': ("", "no ink"), "<w:vanish/>": ("", ""),
    '<w:sz w:val="5"/>': ("58", "tiny"), '<w:spacing w:val="900"/>': ("5  8", ""),
    "<w:b/>": ("58", ""), '<w:color w:val="C00000"/><w:u w:val="single"/>': ("58", ""),
}  # fmt: skip


@pytest.fixture(scope="module")
def form(tmp_path_factory):
    made = document.template_for(load_edition("2021")).render(reports.zero())
    return measure_shown.ready(word.base("form", made), tmp_path_factory.mktemp("form"))


def test_the_witness_tells_what_is_not_seen(form, tmp_path):
    cells = dict(zip(form.keys, SEEN, strict=False))
    recipes = {i: ("58", (Way(x, "run", x),)) for i, x in cells.items()}
    path = word.saved(word.written(form.base, recipes), tmp_path / "a.docx")
    (pdf,) = printing.printed([path], tmp_path)
    seen = witness.Print(pdf)
    assert {x: tuple(seen.at(form.places[i])) for i, x in cells.items()} == SEEN


def test_cells_are_where_they_are_looked_for_whatever_the_document_looks_like(form, tmp_path):
    recipes = dict.fromkeys(form.keys, ("58", ()))
    wholes = ("tiny by default", "hidden by default", "dark table")
    paths = [word.saved(word.written(form.base, recipes, w), tmp_path / f"{w}.docx") for w in wholes]
    for pdf in printing.printed(paths, tmp_path):
        printed = witness.Print(pdf, first=1)
        assert all(printed.is_ruled(form.places[i]) for i in form.keys)
        assert not any(printed.is_ruled(b._replace(top=b.top - 5)) for b in form.places.values())


def test_no_figure_is_taken_that_is_not_shown(form, tmp_path):
    tally = measure_shown.measure(4, 21, tmp_path, [form])
    assert tally.silent == []
    assert not tally.moved
    assert tally.documents.keys() == {"docx", "html", "pdf"}
    assert tally.taken > 200
