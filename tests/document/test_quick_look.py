"""The quick look that spares a proof the long one: it holds for what we make, and for nothing that may be unseen."""

import copy
from dataclasses import replace

import pytest
from lxml import etree

import reports
from nianbao.document import package, readback, template_for
from nianbao.document.wml import qn
from nianbao.form import edition_names, load_edition
from nianbao.visible.word import WordEye, parts_of

MAIN = "word/document.xml"
SIGNED = {"signed_on": "2026-1-12"}


def made(name):
    """The parts of a signed report and the root of its body."""
    report = reports.zero(name)
    document = template_for(load_edition(name)).render(replace(report, body={**report.body, **SIGNED}))
    parts = package.read(document)
    return parts, etree.fromstring(parts[MAIN])


def is_plain(parts, root):
    return WordEye(parts_of(parts.get, MAIN)).is_plain(root.find(qn("body")))


@pytest.mark.parametrize("name", edition_names())
def test_every_report_of_ours_is_plain(name):
    parts, root = made(name)
    assert is_plain(parts, root)
    edition, eye = load_edition(name), WordEye(parts_of(parts.get, MAIN))
    printed = [edition.table[s.table] for s in edition.sections if s.table]
    assert list(readback._unseen(eye, root.find(qn("body")), printed, edition, reports.zero(name))) == []


def test_a_style_that_moves_text_is_looked_at_in_a_cell():
    parts, root = made("2021")
    signature = next(p for p in root.iter(qn("pStyle")) if p.get(qn("val")) == "ReportSignature")
    cell = next(root.iter(qn("tc")))
    cell.append(copy.deepcopy(signature.getparent().getparent()))
    assert not is_plain(parts, root)


@pytest.mark.parametrize("twips", ["-640", "-30000"])
def test_a_paragraph_that_is_moved_by_itself_is_looked_at(twips):
    parts, root = made("2021")
    paragraph = next(root.find(qn("body")).iterchildren(qn("p")))
    etree.SubElement(paragraph.find(qn("pPr")), qn("ind")).set(qn("right"), twips)
    assert not is_plain(parts, root)
