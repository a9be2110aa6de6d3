"""The outline of the printed report, and that Word template, web page and proof follow it."""

import io
import zipfile
from dataclasses import replace

import pytest
from lxml import etree, html

from nianbao import document
from nianbao.document import prose
from nianbao.form import PartKind, edition_names, load_edition, outline, printed_tables
from nianbao.publish.page import build_page_template
from publish import samples

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
UNDER_THE_FIRST_HEADING = replace(load_edition("2021"), introduction_place="overview")
EDITIONS = [*map(load_edition, edition_names()), UNDER_THE_FIRST_HEADING]


def named(edition):
    """The headings and tables of an outline, in order, as both templates can be asked for them."""
    for part in outline(edition):
        if part.kind is PartKind.HEADING:
            yield part.section.title
        elif part.table:
            yield len(part.table.cells)


def test_the_prescribed_form_has_title_introduction_six_parts_and_signature():
    edition = load_edition("2021")
    kinds = [p.kind.name for p in outline(edition)]
    assert kinds[:3] == ["TITLE", "INTRODUCTION", "CONTACT"]
    assert kinds[3:] == ["HEADING", "TEXT", *["HEADING", "TABLE"] * 3, *["HEADING", "TEXT"] * 2, "SIGNATURE"]
    assert [p.text.id for p in outline(edition) if p.text] == [s.text for s in edition.sections if s.text]
    assert [p.kind.name for p in outline(edition) if p.last] == ["TEXT"]


def test_an_introduction_inside_a_section_stands_under_its_heading():
    kinds = [p.kind.name for p in outline(UNDER_THE_FIRST_HEADING)]
    assert kinds[:5] == ["TITLE", "HEADING", "INTRODUCTION", "CONTACT", "TEXT"]


def test_a_table_that_is_not_printed_is_in_no_outline():
    for edition in EDITIONS:
        assert [t.id for t in printed_tables(edition)] == [t.id for t in edition.tables if t.printed]


@pytest.mark.parametrize("edition", EDITIONS, ids=lambda e: f"{e.id}-{e.introduction_place}")
def test_the_word_template_has_headings_and_tables_in_the_order_of_the_outline(edition):
    with zipfile.ZipFile(io.BytesIO(document.build_template(edition))) as package:
        body = etree.fromstring(package.read("word/document.xml"))[0]
    titles = {s.title for s in edition.sections}
    shown = []
    for block in body:
        text = "".join(block.itertext(f"{W}t"))
        if block.tag == f"{W}tbl":
            shown.append(sum(1 for c in block.iter(f"{W}tc") if not _continued(c)))
        elif text in titles:
            shown.append(text)
    assert shown == list(named(edition))


def _continued(cell):
    merged = cell.find(f"{W}tcPr/{W}vMerge")
    return merged is not None and merged.get(f"{W}val") != "restart"


@pytest.mark.parametrize("edition", EDITIONS, ids=lambda e: f"{e.id}-{e.introduction_place}")
def test_the_page_template_has_headings_and_tables_in_the_order_of_the_outline(edition):
    article = html.fromstring(build_page_template(edition).decode("utf-8")).find(".//article")
    shown = [
        "".join(x.itertext()) if x.tag == "h2" else sum(1 for _ in x.iter("td", "th"))
        for x in article.iter("h2", "table")
    ]
    assert shown == list(named(edition))


@pytest.mark.parametrize("edition", EDITIONS, ids=lambda e: f"{e.id}-{e.introduction_place}")
def test_what_must_be_printed_comes_in_the_order_of_the_outline(edition):
    report = samples.full()
    printed = list(prose.printed_paragraphs(edition, report))
    known = {p: i for i, p in enumerate(outline(edition))}
    places = [known[x.part] for x in printed]
    assert places == sorted(places)
    for part in {x.part for x in printed}:
        numbers = [x.number for x in printed if x.part == part]
        assert numbers == list(range(1, len(numbers) + 1))
    texts = document.printed_texts(edition, report)
    meant = "".join(texts[p.text.id] for p in outline(edition) if p.text)
    assert "".join("".join(x.text for x in printed if x.part.text).split()) == "".join(meant.split())
