"""Headings and texts of a template against the form's sections: T6, T7, and texts under another heading (T4)."""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Iterator, Mapping

from nianbao.document import tags as official
from nianbao.document.lint.template_faults import TemplateFault, at
from nianbao.document.lint.template_tags import Tag, TagWords
from nianbao.document.opened_docx import OpenedDocument, OpenedParagraph, OpenedTable
from nianbao.document.wml import Element
from nianbao.form import Edition, Section

_NUMBERED = re.compile(r"[一二三四五六七八九十]{1,3}[、.．，,]")
_NEAR, _NEAR_NUMBERED = 0.75, 0.5

_NEW = "从新模板（template new）里复制这几行"


def check(
    edition: Edition, source: OpenedDocument, found: list[Tag], words: TagWords, tables: Mapping[str, OpenedTable]
) -> list[TemplateFault]:
    """Return every fault of headings and texts; `tables` are the form's tables found, by id."""
    headed = _headings(edition, source)
    faults = list(_wrong_headings(edition, source, headed))
    faults += _texts(edition, source, found, words)
    faults += _draft(source, found)
    faults += _misplaced(edition, source, found, headed, tables)
    return faults


def _squeezed(text: str) -> str:
    return "".join(text.split())


def _flowing(source: OpenedDocument) -> list[OpenedParagraph]:
    return [b for b in source.flow if isinstance(b, OpenedParagraph)]


def _headings(edition: Edition, source: OpenedDocument) -> dict[str, OpenedParagraph]:
    """Map section ids to their headings, exact ones first, then the nearest of what is left."""
    open_ = [p for p in _flowing(source) if p.text.strip() and "{%" not in p.text]
    found: dict[str, OpenedParagraph] = {}
    for section in edition.sections:
        exact = next((p for p in open_ if _squeezed(p.text) == section.title), None)
        if exact:
            found[section.id] = exact
            open_.remove(exact)
    for section in edition.sections:
        if section.id in found:
            continue
        ranked = sorted(((_likeness(section, p), i, p) for i, p in enumerate(open_)), key=lambda r: (-r[0], r[1]))
        if ranked and ranked[0][0] > 0:
            found[section.id] = ranked[0][2]
            open_.remove(ranked[0][2])
    return found


def _likeness(section: Section, paragraph: OpenedParagraph) -> float:
    """Return how much a paragraph looks like this heading changed; 0 where it hardly can be."""
    text = _squeezed(paragraph.text)
    if len(text) > 2 * len(section.title) + 10:
        return 0.0
    ratio = difflib.SequenceMatcher(None, _NUMBERED.sub("", text, count=1), section.heading).ratio()
    return ratio if ratio >= (_NEAR_NUMBERED if _NUMBERED.match(text) else _NEAR) else 0.0


def _wrong_headings(
    edition: Edition, source: OpenedDocument, headed: Mapping[str, OpenedParagraph]
) -> Iterator[TemplateFault]:
    order = {p.element: i for i, p in enumerate(_flowing(source))}
    before: Section | None = None
    for i, section in enumerate(edition.sections):
        paragraph = headed.get(section.id)
        if paragraph is None:
            later = next((headed[s.id] for s in edition.sections[i + 1 :] if s.id in headed), None)
            place = f"{later.place}之前" if later else "文末"
            anchor = later.element if later else None
            yield TemplateFault("T6", place, f"缺少标题“{section.title}”", f"补上一行“{section.title}”", anchor=anchor)
            continue
        # A heading may not even have a blank more: what is made is read back to the letter.
        if paragraph.text.strip() != section.title:
            said = f"标题应是“{section.title}”，一字不差"
            yield at(paragraph, "T6", said, f"改成“{section.title}”")
        elif before and order[paragraph.element] < order[headed[before.id].element]:
            yield at(paragraph, "T6", f"标题排在“{before.title}”前面，次序不对", "照格式的次序排列")
            continue
        before = section


def _texts(edition: Edition, source: OpenedDocument, found: list[Tag], words: TagWords) -> Iterator[TemplateFault]:
    """Yield texts that are printed never or twice."""
    loops = [t for t in found if t.loop]
    counts = Counter(words.meant(t.loop[1]) for t in loops if t.loop)
    flowing = _flowing(source)
    start = flowing[0].element if flowing else None
    for name in (official.TITLE, *words.texts, official.CONTACT):
        if counts[name] == 0 and not (name == official.TITLE and _titled(source, found)):
            place, anchor = "正文", start
            section = next((s for s in edition.sections for t in edition.texts
                            if s.text == t.id and official.word(t.label) == name), None)  # fmt: skip
            if section:
                place = f"“{section.title}”下面"
            anchor = next((p.element for p in flowing if section and _squeezed(p.text) == section.title), anchor)
            statement = (
                f"{{%p for {official.LINE if name in (official.TITLE, official.CONTACT) else official.PARAGRAPH}"
            )
            what = f"没有印“{name}”的标签（{statement} in {name} %}} … {{%p endfor %}}）"
            yield TemplateFault("T7", place, what, _NEW, anchor=anchor)
        for tag in [t for t in loops if t.loop and t.loop[1] == name][1:]:
            yield at(tag.paragraph, "T7", f"“{name}”印了两次", "删去这一处（从 for 到 endfor）")
    yield from _empty_loops(found, words)


def _empty_loops(found: list[Tag], words: TagWords) -> Iterator[TemplateFault]:
    """Yield loops that print nothing, or a text's paragraphs only in part."""
    for i, tag in enumerate(found):
        if not tag.loop or tag.paths is None:
            continue
        variable, name = tag.loop
        inside: list[str] = []
        for later in found[i + 1 :]:
            if not later.printing and later.statement == "endfor":
                break
            inside += later.paths or () if later.printing else ()
        parts = (official.LEAD, official.REST) if name in words.texts else ()
        wanted = [f"{variable}.{x}" for x in parts] or ([variable] if name in words.lists else [])
        if any(not words.knows(p, {variable: name}) for p in inside):
            continue  # the wrong word is told where it stands
        for path in [p for p in wanted if p not in inside]:
            yield at(tag.paragraph, "T7", f"“{name}”里没有标签 {official.braced(path)}", _NEW)


def _titled(source: OpenedDocument, found: list[Tag]) -> bool:
    """Tell whether the title is put together of single tags instead of the list of its lines."""
    asked = {p for t in found if t.paragraph.flowing and t.printing for p in t.paths or ()}
    return {official.NAME, "年度"} <= asked


def _draft(source: OpenedDocument, found: list[Tag]) -> Iterator[TemplateFault]:
    if not any(official.DRAFT in (t.paths or ()) for t in found if t.printing):
        flowing = _flowing(source)
        anchor = flowing[0].element if flowing else None
        what = f"没有草稿标记 {official.braced(official.DRAFT)}，草稿会被当成正式报告"
        how = f"在页眉里单独一段写上 {official.braced(official.DRAFT)}；正式报告中它是空的"
        yield TemplateFault("T7", "页眉", what, how, anchor=anchor)


def _misplaced(
    edition: Edition,
    source: OpenedDocument,
    found: list[Tag],
    headed: Mapping[str, OpenedParagraph],
    tables: Mapping[str, OpenedTable],
) -> Iterator[TemplateFault]:
    """Yield texts and tables that stand under another heading than their own."""
    sections = {headed[s.id].element: s for s in edition.sections if s.id in headed}
    labels = {official.word(t.label): t.id for t in edition.texts}
    loops = {t.paragraph.element: t for t in found if t.loop}
    current: Section | None = None
    for block in source.flow:
        if block.element in sections:
            current = sections[block.element]
            continue
        what, wanted = "", None
        if isinstance(block, OpenedTable):
            form = next((k for k, v in tables.items() if v is block), "")
            wanted = next((s for s in edition.sections if s.table and s.table == form), None)
            what = edition.table[form].word if form else ""
        elif block.element in loops and (loop := loops[block.element].loop):
            wanted = next((s for s in edition.sections if s.text and s.text == labels.get(loop[1])), None)
            what = loop[1]
        if wanted and wanted.id in headed and wanted is not current:
            under = f"“{current.title}”下面" if current else "第一个标题前面"
            said = f"“{what}”放在了{under}，应在“{wanted.title}”下面"
            place = f"表格{block.index + 1}" if isinstance(block, OpenedTable) else block.place
            anchor = _anchor(block)
            yield TemplateFault("T4", place, said, f"移到“{wanted.title}”下面", anchor=anchor)


def _anchor(block: OpenedParagraph | OpenedTable) -> Element | None:
    if isinstance(block, OpenedParagraph):
        return block.element
    return next((p.element for row in block.rows for c in row for p in c.paragraphs), None)
