"""One published file → Reading: open, see its blocks, find the tables and texts, name what is not as it should be."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from pathlib import Path

from nianbao.errors import InputError
from nianbao.findings import Places
from nianbao.form import Edition, Section, load_edition
from nianbao.published import body_facts, docx, edition_choice, fees, html, read_figures, sections, text, titles
from nianbao.published.found_cells import Found
from nianbao.published.labels import fold, plain
from nianbao.published.model import Block, Document, Paragraph
from nianbao.published.notes import Notes, shown
from nianbao.published.published_file import PublishedFile, open_source
from nianbao.published.sections import SectionTexts
from nianbao.report import Reading, Report, clean_text
from nianbao.unicodes import quotation
from nianbao.visible import signs

SUFFIXES = (".docx", ".html", ".htm", ".shtml", ".pdf", ".txt")
"""File names that published reports have; the content decides all the same."""

_TABLE_NUMBER = re.compile(r"附?表[一二三四五六七八九十\d]{1,3}[:：]?")

_MERELY = 12
"""Characters of a paragraph under a table's heading that are no text worth reporting (单位：件)."""


def read(path: Path, edition_name: str = "", known: Sequence[str] = ()) -> Reading:
    """Return what a published report says, its places in the file's own terms, and what was not surely read.

    `edition_name` (an id or a .toml file) is used instead of the nearest edition; `known` are .toml files of editions
    that it may be nearest to, besides those that come with the program.
    Raises InputError naming the file and the cure, EditionError for an unknown edition.
    """
    source = open_source(path)
    document = _reader(source.kind)(source)
    asked = load_edition(edition_name).report_title if edition_name else ()
    named = titles.title([b for b in document.blocks if isinstance(b, Paragraph)], document.titles, asked)
    found = edition_choice.choose(document, named.year if named else None, edition_name, known)
    if found is None:
        raise InputError(
            f"“{source.name}”里没有找到年报的表格，读不出数字；请核对是不是政府信息公开工作年度报告的全文"
            "（表格是图片的，请找文字版，或把数字填到标准填报表中）"
        )
    meant = next((k for k in known if load_edition(k) is found.edition), edition_name)
    return _reading(document, found, meant)


def page_blocks(name: str, data: bytes) -> tuple[Block, ...]:
    """Return the paragraphs and tables of a web page in reading order, unjudged: for proving a page just made.

    Raises InputError.
    """
    return html.read(PublishedFile(name, data, "html")).blocks


def _reader(kind: str) -> Callable[[PublishedFile], Document]:
    if kind == "pdf":
        from nianbao.published import pdf  # noqa: PLC0415 - PDFium only where a PDF is read

        return pdf.read
    return {"docx": docx.read, "html": html.read, "txt": text.read}[kind]


def _reading(document: Document, found: Found, edition_name: str) -> Reading:
    edition = found.edition
    where = read_figures.places(found)
    own = list({id(g): g for g in (s.grid for s in found.cells.values())}.values())
    parts = sections.parts_of(edition, document, own)
    body, year, texts, text_places = _texts(edition, document, parts)
    where |= text_places
    notes = Notes(edition, Places(edition, where))
    read_ = read_figures.read(found, notes)
    for section in (s for s in edition.sections if s.fee_sentence):
        told = fees.read(edition, parts.under.get(section.id, ()), year, body.get("name", ""))
        read_ |= {k: n for k, n in told.items() if k not in read_}
    _say_headings(edition, parts, notes)
    _say_lost_texts(found, parts, notes)
    _say_doubted_texts(edition, parts, notes)
    _say_edition(found, notes)
    for remark in document.remarks:
        notes.say("R6", "", remark.what, how=remark.how)
    _say_short_name(parts, body, notes)
    report = Report(edition_name if edition_name.endswith(".toml") else edition.id, year, body, read_, texts)
    return Reading(edition, report, tuple(notes.findings), notes.places, frozenset(notes.unread))


def _texts(
    edition: Edition, document: Document, parts: SectionTexts
) -> tuple[dict[str, str], int | None, dict[str, str], dict[str, str]]:
    """Return the facts about the body, the year, the texts by section and the places of their paragraphs."""
    lead = list(parts.lead)
    named = titles.title(lead, document.titles, edition.report_title)
    if named and named.lines:
        lead = [p for i, p in enumerate(lead) if i > max(named.lines)]
    known, only = body_facts.contact(lead)
    own = [titles.pattern(line) for line in edition.contact]
    only |= {i for i, p in enumerate(lead) if any(x.fullmatch(titles.bare(p.text)) for x in own)}
    name = body_facts.full_name(named.name, lead) if named else ""
    body = ({"name": name} if name else {}) | known
    kept: dict[str, tuple[Paragraph, ...]] = {"introduction": tuple(p for i, p in enumerate(lead) if i not in only)}
    for section in edition.sections:
        if section.text:
            kept[section.text] = parts.under.get(section.id, ())
    if parts.headed:
        last = parts.headed[-1].section
        date, count = body_facts.signature(parts.under[last.id], name)
        if date:
            body["signed_on"] = date
        if count and last.text:
            kept[last.text] = kept[last.text][:-count]
    labels = {t.id: t.label for t in edition.texts}
    texts = {k: clean_text("\n".join(p.text for p in v), labels[k]) for k, v in kept.items() if v}
    places = {f"{k}:{i}": p.place for k, v in kept.items() for i, p in enumerate(v) if p.place}
    return body, named.year if named else None, texts, places


def _say_headings(edition: Edition, parts: SectionTexts, notes: Notes) -> None:
    for headed in parts.headed:
        if not headed.exact:
            notes.say("R4", "", f"“{headed.section.title}”写作{shown(headed.written)}，已按这一部分采用")
    there = {h.section.id for h in parts.headed}
    lost = [s for s in edition.sections if s.id not in there]
    if lost:
        names = "、".join(f"“{s.title}”" for s in lost)
        texts = "；它的文字没有读到" if any(s.text for s in lost) else ""
        notes.say("R4", "", f"没有找到标题{names}{texts}")


def _say_lost_texts(found: Found, parts: SectionTexts, notes: Notes) -> None:
    for section in found.edition.sections:
        under = (p for p in parts.under.get(section.id, ()) if p not in found.captions)
        stray = [p for p in under if len(p.text) > _MERELY]
        if section.table:
            stray = [p for p in stray if not _is_caption(p.text, found.edition, section)]
        if section.table and stray:
            what = f"“{section.title}”的表格之外还有文字{shown(stray[0].text)}，没有采用"
            notes.say("R4", stray[0].place, what)


def _is_caption(text: str, edition: Edition, section: Section) -> bool:
    """Tell whether a line above a table only names it, as pages do: 表二 主动公开政府信息情况."""
    table = edition.table[section.table]
    said = plain(text)
    unnumbered = _TABLE_NUMBER.sub("", said.removeprefix(table.word))
    return fold(unnumbered).core in (fold(section.title).core, fold(table.title).core)


def _say_doubted_texts(edition: Edition, parts: SectionTexts, notes: Notes) -> None:
    """Name the paragraphs of the report's texts that may not show what they hold."""
    kept = [*parts.lead, *(p for s in edition.sections if s.text for p in parts.under.get(s.id, ()))]
    for paragraph in kept:
        if any(why in paragraph.doubt for why in (*signs.PROSE, signs.TURNED)):
            what = f"{shown(paragraph.text)}这一段{paragraph.doubt}，看到的不一定是这些字，已按文件中的字采用"
            notes.say("R6", paragraph.place, what, how="对照原文核对这一段")


def _say_edition(found: Found, notes: Notes) -> None:
    """Name the edition where it is a variant or the document differs from it."""
    edition = found.edition
    differing = [*edition.deviations]
    word = edition.table
    differing += [f"{word[r.table].word}没有{quotation(r.label)}一行" for r in found.missing if r.label]
    differing += [f"多出{shown(e.label)}一行" for e in found.extras if e.label]
    if differing:
        notes.say("R5", "", f"按“{edition.name}”解读；与规定格式（{edition.basis}）不同：" + "；".join(differing))


def _say_short_name(parts: SectionTexts, body: dict[str, str], notes: Notes) -> None:
    named = titles.title(parts.lead, ())
    if named and named.name and body["name"] != named.name:
        what = f"标题中的单位写作“{named.name}”，引言中写的是全称，已采用全称“{body['name']}”"
        notes.say("R4", named.place, what)
