"""A small sample of what `measure_shown.py` draws: nothing is taken that LibreOffice and Chromium do not show."""

# ruff: noqa: E501 - a way is a line
from dataclasses import replace

import pytest

import reports
from county_desk import browser
from nianbao import document
from nianbao.form import load_edition

pytest.importorskip("selenium", reason="where there is no browser there may be no selenium")
from published import measure_shown
from published.shown import printing, witness, word
from published.shown.ways import Way

pytestmark = [pytest.mark.office, pytest.mark.browser, pytest.mark.xdist_group("browser")]

SEEN = {
    "": ("58", ""), "<w:strike/>": ("58", "struck"), '<w:color w:val="FFFFFF"/>': ("", "no ink"), "<w:vanish/>": ("", ""),
    '<w:sz w:val="5"/>': ("58", "tiny"), '<w:spacing w:val="900"/>': ("5  8", ""),
    "<w:b/>": ("58", ""), '<w:color w:val="C00000"/><w:u w:val="single"/>': ("58", ""),
}  # fmt: skip


HIDDEN = {
    "struck": Way("a", "wrap", "<s>{}</s>"), "white": Way("a", "run", "color:#fff"), "tiny": Way("a", "run", "font-size:1px"),
    "not displayed": Way("a", "run", "display:none"), "invisible": Way("a", "run", "visibility:hidden"), "clear": Way("a", "run", "opacity:0"),
    "with another": Way("a", "after", "<b>7</b>"), "raised": Way("a", "wrap", "<sup>{}</sup>", 1), "in two lines": Way("a", "run", "display:block", 0),
    "cut off": Way("a", "run", "clip-path:inset(100%)"), "moved away": Way("a", "run", "position:relative;left:-900px"),
}  # fmt: skip
CUT = Way("cut", "cut", "2")
PAPER = """</style><script>addEventListener('beforeprint', () => document.querySelectorAll('[data-cell]').forEach(
  c => { c.textContent = '9' + c.textContent }))</script><style>"""
"""What makes every figure another one on paper than in the window."""


@pytest.fixture(scope="module")
def of_pages(tmp_path_factory):
    return measure_shown._ready_page(tmp_path_factory.mktemp("page"))


@pytest.fixture
def takes_all(monkeypatch):
    """Have the reader take every figure as it was written, seen or not."""
    real = measure_shown.published.read

    def plant(made):
        taken = {made.ready.keys[i]: int(text) for i, (text, _) in made.recipes.items()}

        def read(path):
            reading = real(path)
            return replace(reading, report=replace(reading.report, values={**reading.report.values, **taken}))

        monkeypatch.setattr(measure_shown.published, "read", read)

    return plant


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
    assert not tally.is_blind
    assert tally.documents.keys() == {"docx", "html", "pdf"}
    assert tally.taken > 200


def test_a_figure_of_a_page_that_is_taken_and_not_seen_is_silent_and_not_undecided(of_pages, takes_all, tmp_path):
    """In pages with every way of hiding one, the others plain: those hidden are told, each of them, and no other."""
    odd = dict(zip(tuple(of_pages.keys)[30:], HIDDEN, strict=False))
    recipes = dict.fromkeys(of_pages.keys, ("5803", ())) | {i: ("5803", (CUT, HIDDEN[x])) for i, x in odd.items()}
    made = measure_shown.Written(of_pages, recipes)
    takes_all(made)
    tally = measure_shown.Tally()
    with browser.chromium() as driver:
        measure_shown._page(driver, made, tmp_path, tally)
    assert sorted(m.recipe[1].what for m in tally.silent) == sorted(w.what for w in HIDDEN.values())
    assert not tally.undecided


def test_a_page_that_looks_otherwise_on_paper_is_undecided_and_too_many_are_told(of_pages, tmp_path):
    made = measure_shown.Written(of_pages, dict.fromkeys(of_pages.keys, ("5803", ())), sheet=PAPER)
    tally = measure_shown.Tally()
    with browser.chromium() as driver:
        measure_shown._page(driver, made, tmp_path, tally)
    assert tally.silent == []
    assert tally.undecided == {("html", "not where it was"): len(of_pages.keys)}
    assert tally.is_blind


def test_a_number_that_goes_on_in_the_next_line_for_want_of_room_is_undecided(form, takes_all, tmp_path):
    """A figure that is turned, or has another below it, is silent: only where the line was full is it open."""
    narrow = [i for i, place in form.places.items() if i in form.keys and place.right - place.left < 90]
    listed = Way("a", "paragraph", '<w:numPr><w:ilvl w:val="1"/><w:numId w:val="91"/></w:numPr>')
    wide = Way("a", "run", '<w:w w:val="167"/>', 1)
    recipes = dict.fromkeys(form.keys, ("7", ())) | {
        narrow[0]: ("13441", (Way("cut", "cut", "2,4"), listed, wide)),
        narrow[1]: ("5803", (Way("a", "run", '<w:eastAsianLayout w:id="1" w:vert="1"/>'),)),
        narrow[2]: ("5803", (CUT, Way("a", "after", "<w:r><w:br/><w:t>7</w:t></w:r>"))),
    }
    made = measure_shown.Written(form, recipes, as_pdf=False)
    takes_all(made)
    tally = measure_shown.Tally()
    measure_shown._word([made], tmp_path, tally)
    assert {m.recipe for m in tally.silent} == {recipes[i][1] for i in narrow[1:3]}
    assert tally.undecided == {("docx", "goes on in the next line"): 1}


def test_a_document_is_drawn_alike_by_its_seed_and_number(form, of_pages):
    first, again, other = (measure_shown.drawn(21, n, of_pages, [form]) for n in (7, 7, 8))
    assert first == again
    assert first.recipes != other.recipes
