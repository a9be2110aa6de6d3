"""Proving that a finished document says what its data say: every figure, text and fact is compared."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from difflib import SequenceMatcher

from nianbao.findings import Finding, tell
from nianbao.form import program_rule
from nianbao.numbers import Number, spell
from nianbao.report import Reading, Report
from nianbao.unicodes import UNSEEN, quotation

_OF_THE_TITLE = ("name", "year")
FACTS = ("name", "address", "phone", "postcode", "email")
"""The facts about the body that a report prints in its title and contact block."""

_QUOTED = 40


def compare(
    ours: Reading, shown: Reading, printed: Mapping[str, str], carried: Report | None, *, whole: bool = False
) -> list[Finding]:
    """Return what in a document differs from our data, V1 figures, V2 texts, V3 the data it carries.

    `shown` is the document as read, `printed` our texts as they are printed (generated sentences included),
    `carried` the data inside the document, None when it has none; `whole` tells of a document that does not keep
    paragraphs (PDF): there sentences are compared.
    """
    parts = (_sentences, "句") if whole else (_paragraphs, "段")
    found = [*_figures(ours, shown), *_facts(ours, shown), *_texts(ours, shown, printed, *parts)]
    if carried is not None:
        found += _carried(ours, carried)
    return found


def _printed_keys(ours: Reading) -> list[str]:
    return [v.key for t in ours.edition.tables if t.printed for v in t.values]


def _figures(ours: Reading, shown: Reading) -> Iterator[Finding]:
    rule = program_rule("V1")
    for key in _printed_keys(ours):
        mine, theirs = ours.report.values.get(key), shown.report.values.get(key)
        if mine == theirs:
            continue
        what = f"文档中{_words(theirs, unread=key in shown.unread)}，填报表（{ours.places.of(key)}）{_words(mine)}"
        yield tell(rule, shown.places.of(key), what, where=shown.places.named(key), cells=(key,))


def _words(value: Number | None, *, unread: bool = False) -> str:
    if value is None:
        return "读不出确定的数字" if unread else "是空的"
    return f"是 {spell(value)}"


def _facts(ours: Reading, shown: Reading) -> Iterator[Finding]:
    rule = program_rule("V2")
    body = {**ours.report.body, "year": str(ours.report.year or "")}
    found = {**shown.report.body, "year": str(shown.report.year or "")}
    pairs = [(key, body.get(key, ""), found.get(key, "")) for key in (*FACTS, "year") if _is_told(ours, key)]
    for key, mine, theirs in pairs:
        if _folded(mine) != _folded(theirs):
            what = f"文档中{_fact(theirs)}，填报表{_fact(mine)}"
            yield tell(rule, shown.places.of(key), what, where=ours.places.named(key))


def _fact(typed: str) -> str:
    return f"是{quotation(typed)}" if typed else "没有填写"


def _is_told(ours: Reading, key: str) -> bool:
    """Tell whether a report of this form prints a fact where it can be read back: name and year in its title."""
    edition = ours.edition
    places = edition.report_title if key in _OF_THE_TITLE else (*edition.introduction, *edition.contact)
    label = next((f.label for f in edition.fields if f.id == key), "")
    return any(f"{{{label}}}" in line for line in places)


def _texts(
    ours: Reading, shown: Reading, printed: Mapping[str, str], parts: Callable[[str], list[str]], word: str
) -> Iterator[Finding]:
    rule = program_rule("V2")
    for text in ours.edition.texts:
        mine = parts(printed.get(text.id, ""))
        theirs = parts(shown.report.texts.get(text.id, ""))
        for at, before, after in _differences(mine, theirs):
            what = f"文档中{_passage(after)}，填报表{_passage(before)}"
            where = f"{text.label} 第{at + 1}{word}"
            yield tell(rule, shown.places.of_paragraph(text.id, at), what, where=where)


def _paragraphs(text: str) -> list[str]:
    return [folded for line in text.split("\n") if (folded := _folded(line))]


def _sentences(text: str) -> list[str]:
    return [s for s in re.split(r"(?<=。)", _folded(text)) if s]


def _folded(text: str) -> str:
    """Return a text without the blanks that Word and its readers place differently, and without what nobody sees."""
    return re.sub(rf"\s+|{UNSEEN}", "", text)


def _differences(mine: list[str], theirs: list[str]) -> Iterator[tuple[int, str, str]]:
    """Yield the place in the document, our words and the document's words where the two differ."""
    for tag, a1, a2, b1, b2 in SequenceMatcher(None, mine, theirs, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        ours, document = mine[a1:a2], theirs[b1:b2]
        if len(ours) != len(document):
            yield b1, "".join(ours), "".join(document)
            continue
        for i, (before, after) in enumerate(zip(ours, document, strict=True)):
            yield b1 + i, *_around(before, after)


def _around(before: str, after: str) -> tuple[str, str]:
    """Cut two unlike paragraphs down to where they differ."""
    start = 0
    while start < min(len(before), len(after)) and before[start] == after[start]:
        start += 1
    end = 0
    while end < min(len(before), len(after)) - start and before[-1 - end] == after[-1 - end]:
        end += 1
    start, end = max(0, start - 6), max(0, end - 6)
    return before[start : len(before) - end], after[start : len(after) - end]


def _passage(text: str) -> str:
    if not text:
        return "没有这一段"
    return f"是{quotation(text if len(text) <= _QUOTED else text[:_QUOTED] + '…')}"


def _year(report: Report) -> str:
    return f"{report.year}年度" if report.year else "没有写明年度"


def _carried(ours: Reading, carried: Report) -> Iterator[Finding]:
    rule = program_rule("V3")
    keys = [k for k in _printed_keys(ours) if ours.report.values.get(k) != carried.values.get(k)]
    if carried.edition != ours.edition.id or carried.year != ours.report.year:
        other = "" if carried.edition == ours.edition.id else "，两者所用的格式也不同"
        what = f"所附数据是{_year(carried)}的，填报表是{_year(ours.report)}的{other}"
        if carried.year == ours.report.year:
            what = "所附数据与填报表所用的格式不同"
        yield tell(rule, "文档所附数据", what)
    elif keys:
        first = "、".join(
            f"{ours.places.named(k)} 所附{_words(carried.values.get(k))}、填报表{_words(ours.report.values.get(k))}"
            for k in keys[:3]
        )
        what = f"有 {len(keys)} 格不同：{first}"
        yield tell(rule, "文档所附数据", what, cells=keys)
