"""A document read block by block says what a parser reads of it, or is left to the parser."""

import random
import re
from dataclasses import replace

import pytest

import reports
import word_edits
from document import measure_quick_look
from nianbao.county.demo import invented
from nianbao.document import blocks, package, readback, template_for
from nianbao.document.wml import qn
from nianbao.form import edition_names, load_edition, printed_tables
from nianbao.ooxml import trees
from nianbao.visible.word import parts_of, styles_among

MAIN = blocks.MAIN


def made(name="2021", **texts):
    edition, report = load_edition(name), reports.random_report(random.Random(3), name)
    report = replace(report, texts={**report.texts, **texts})
    return edition, report, package.read(template_for(edition).render(report))


def read(parts):
    return blocks.read(parts[MAIN], styles_among(parts_of(parts.get, MAIN)))


def by_parser(parts):
    return readback._said_in(trees.parsed(parts[MAIN]).find(qn("body")))


@pytest.mark.parametrize("name", edition_names())
@pytest.mark.parametrize(
    "text", ["", "全年公开 8 条。\n一、“A & B” <3 > 2\n（一）再说一遍。", "\t缩进\u3000\n\n]]&gt;"]
)
def test_every_report_of_ours_is_read_block_by_block(name, text):
    _, _, parts = made(name, overview=text)
    assert read(parts) == by_parser(parts)
    assert len(read(parts).grids) == len(printed_tables(load_edition(name)))


def test_blank_figures_are_read_too():
    edition, report, _ = made()
    parts = package.read(template_for(edition).render(replace(report, values={})))
    assert read(parts) == by_parser(parts)


def test_a_document_that_word_has_saved_is_left_to_the_parser_or_read_alike():
    edition, report, parts = made()
    saved = word_edits.word_like(package.write(parts))
    assert read(package.read(saved)) in (None, by_parser(package.read(saved)))
    assert readback.differences(saved, edition, report) == []


def test_reports_of_one_template_have_their_frames_in_common():
    edition, rng = load_edition(invented.EDITION), random.Random(1)
    template = template_for(edition)
    blocks._looked_at.cache_clear()
    for member in invented.members(30):
        report = invented.report_of(member, rng)
        assert readback.differences(template.render(report), edition, report) == []
    assert blocks._looked_at.cache_info().misses < 40


@pytest.mark.parametrize("figure", [True, False])
def test_another_figure_or_label_in_a_known_frame_is_told(figure):
    edition, report, parts = made()
    assert readback.differences(package.write(parts), edition, report) == []
    text = parts[MAIN].decode()
    table = text.index("<w:tbl>", text.index("<w:tbl>") + 1)
    at = re.compile(r"\d</w:t>" if figure else "</w:t>").search(text, table).end() - len("</w:t>")
    changed = package.write(parts | {MAIN: (text[:at] + "8" + text[at:]).encode()})
    (told,) = readback.differences(changed, edition, report)
    assert told.startswith("表三")


UNSOUND = ["<", "&", "&#56;", "&nbsp;", "&lt", "]]>", "\0", "\x0b", "\r", "\ufffe", "<!-- -->", "<?a?>", "<w:br/>"]


@pytest.mark.parametrize("piece", UNSOUND)
@pytest.mark.parametrize("at", ["<w:p>", "</w:t>", "</w:tbl>"])
def test_what_may_not_be_text_is_left_to_the_parser(piece, at):
    _, _, parts = made()
    assert read(parts) is not None
    text = parts[MAIN].decode()
    middle = text.index(at, len(text) // 2)
    spoilt = parts | {MAIN: (text[:middle] + piece + text[middle:]).encode()}
    try:
        meant = by_parser(spoilt)
    except trees.BrokenError:
        meant = None
    assert read(spoilt) in (None, meant)
    assert read(spoilt) is None or at != "</w:t>"


def test_a_tab_in_a_run_is_left_to_the_parser():
    _, _, parts = made()
    text = parts[MAIN].decode().replace("<w:r><w:t", "<w:r><w:tab/><w:t", 1)
    assert read(parts | {MAIN: text.encode()}) is None


@pytest.mark.parametrize(("old", "new"), [("UTF-8", "GBK"), ("<w:body>", "<w:background w:color='FF0000'/><w:body>"),
                                          ("</w:document>", "</w:document>\n")])  # fmt: skip
def test_another_frame_of_the_whole_is_left_to_the_parser(old, new):
    _, _, parts = made()
    assert read(parts | {MAIN: parts[MAIN].replace(old.encode(), new.encode())}) is None


def test_letters_that_are_no_utf_8_are_left_to_the_parser():
    _, _, parts = made()
    assert read(parts | {MAIN: parts[MAIN].replace("年".encode(), "年".encode()[:2], 1)}) is None


def test_a_text_longer_than_a_parser_takes_is_left_to_it(monkeypatch):
    _, _, parts = made()
    monkeypatch.setattr(blocks, "_LONGEST", len(parts[MAIN].decode()) - 1)
    assert read(parts) is None


def test_what_the_blocks_read_otherwise_is_missed_by_no_run(monkeypatch):
    assert measure_quick_look.looked(5, range(150)).blocks > 15
    monkeypatch.setattr(blocks, "_meant", lambda texts: [t or "" for t in texts])
    assert measure_quick_look.looked(5, range(150)).missed
