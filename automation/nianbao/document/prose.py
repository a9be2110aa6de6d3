"""Sentences of the report that follow from data: title, introduction, contact, fee, date; a text's paragraphs.

Pure: patterns come from the edition, what they are filled with is never looked at again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from nianbao import dates, numbers
from nianbao.document.title_lines import whole_words
from nianbao.errors import EditionError
from nianbao.form import Edition, Kind, OutlinePart, PartKind, outline
from nianbao.report import Report
from nianbao.unicodes import BLANKS, UNSEEN

FEE_WORD, YES = "信息处理费", "是"

_TOKEN = re.compile(r"\{([^{}]+)\}")
_NUMBERED = (
    (2, re.compile(r"[（(][一二三四五六七八九十]+[）)]")),
    (3, re.compile(r"\d{1,2}(?:、|[.．](?!\d))")),
    (4, re.compile(r"[（(]\d{1,2}[）)]")),
)
_UNSEEN, _BLANKS = re.compile(UNSEEN), re.compile(BLANKS)
_WIDE = {"\u3000", "\t"}
_LONG_WORD = re.compile("[!-~]{12}")
"""Six characters of a line's twenty-eight, which the others would have to fill."""

_SHORT = 40
"""A numbered paragraph up to this length, without a full stop inside, is a heading standing alone."""


@dataclass(frozen=True)
class Paragraph:
    """One paragraph of a text: `level` 2 to 4 for a heading standing alone, else 0.

    `heading` is the heading, or the opening sentence set like one; `rest` is what follows it.
    """

    level: int
    heading: str
    rest: str

    @property
    def ragged(self) -> bool:
        """Whether it holds an address of the net or another long Latin word, which would stretch the line before it."""
        return _LONG_WORD.search(self.heading + self.rest) is not None


def paragraphs_of(text: str) -> tuple[Paragraph, ...]:
    """Return the paragraphs of a text.

    Blank lines and typed indents are dropped: the style indents. Tabs and several blanks become one blank, so that
    words stay apart; what nobody sees (soft hyphens, blanks without width) is left out. All else stays as typed.
    """
    lines = (_tidy(line) for line in text.split("\n"))
    return tuple(_paragraph(line) for line in lines if line.strip())


def _tidy(line: str) -> str:
    seen = _UNSEEN.sub("", line)
    return _BLANKS.sub(lambda m: "\u3000" if _WIDE & {*m[0]} else " ", seen).strip(" \u3000")


def _paragraph(line: str) -> Paragraph:
    level = next((n for n, number in _NUMBERED if number.match(line)), 0)
    stop = line.find("。") + 1
    if level and len(line) <= _SHORT and stop in (0, len(line)):
        return Paragraph(level, line, "")
    if level == 2:
        return Paragraph(0, line[:stop] if stop else line, line[stop:] if stop else "")
    return Paragraph(0, "", line)


def words(edition: Edition, report: Report) -> dict[str, str]:
    """Return every official word a pattern or tag may use for a fact about the body; blank is ''."""
    facts = dict(report.body)
    facts["year"] = "" if report.year is None else str(report.year)
    level = edition.level(facts.get("level", ""))
    if level is not None:
        facts["level"] = level.label
    return {f.label: _dated(facts.get(f.id, "")) if f.kind == "date" else facts.get(f.id, "") for f in edition.fields}


def figure(report: Report, key: str, kind: Kind) -> str:
    """Return one figure as printed; blank is ''."""
    number = report.values.get(key)
    return "" if number is None else numbers.spell(number, kind)


def title_lines(edition: Edition, report: Report) -> tuple[str, ...]:
    """Return the lines of the title, a long one divided where words end; one that would be empty is left out."""
    known = words(edition, report)
    return tuple(line for p in edition.report_title for line in whole_words(_fill(edition, p, known)))


def introduction(edition: Edition, report: Report) -> tuple[str, ...]:
    """Return the introduction's paragraphs as typed, or else put together from the facts about the body."""
    typed = report.texts.get("introduction", "")
    if typed.strip():
        return tuple(typed.split("\n"))
    headings = [s.heading for s in edition.sections]
    # Where a heading has the enumeration comma inside, only the semicolon keeps the parts apart.
    comma = "；" if any("、" in h for h in headings) else "、"
    parts = {"部分名称": comma.join(headings), "部分数": edition.sections[-1].number}
    return _lines(edition, edition.introduction, words(edition, report) | parts)


def contact(edition: Edition, report: Report) -> tuple[str, ...]:
    """Return the contact lines for which there is something to print; their heading alone is nothing."""
    known = words(edition, report)
    if not any(known.get(t) for pattern in edition.contact for t in _TOKEN.findall(pattern)):
        return ()
    return _lines(edition, edition.contact, known)


def fee_sentence(edition: Edition, report: Report, typed: str) -> str:
    """Return the sentence on 信息处理费, or '' when `typed` speaks of it or a figure is blank."""
    named = edition.named
    asked = [t for t in _TOKEN.findall(edition.fee_some) if "." in t]
    asked_or_none = _TOKEN.findall(edition.fee_none + edition.fee_some)
    printed = {t: figure(report, named[t].key, named[t].kind) for t in asked_or_none if t in named}
    known = words(edition, report) | printed
    if FEE_WORD in typed or not asked or not all(known.get(t) for t in asked):
        return ""
    none = all(known[t] == "0" for t in asked)
    return _fill(edition, edition.fee_none if none else edition.fee_some, known)


def section_text(edition: Edition, report: Report, text_id: str) -> str:
    """Return what stands under a text's heading: the text as typed, and the fee sentence where it belongs."""
    typed = report.texts.get(text_id, "")
    if not any(s.fee_sentence and s.text == text_id for s in edition.sections):
        return typed
    return "\n".join(x for x in (typed, fee_sentence(edition, report, typed)) if x)


def printed_texts(edition: Edition, report: Report) -> dict[str, str]:
    """Return every text as it is printed, by its id: the generated introduction and fee sentence included."""
    printed = {t.id: section_text(edition, report, t.id) for t in edition.texts}
    printed["introduction"] = "\n".join(introduction(edition, report))
    return printed


@dataclass(frozen=True)
class Printed:
    """One paragraph as it is printed: the part of the report it belongs to, and its number there, counted from 1.

    `level` is 2 to 4 for a heading inside a text, else 0.
    """

    part: OutlinePart
    number: int
    text: str
    level: int = 0


def printed_paragraphs(edition: Edition, report: Report) -> Iterator[Printed]:
    """Yield the paragraphs that a report must print outside its tables, in the order of the form, the title first.

    Name and date at the end are left out: where a seal needs room they are set apart.
    """
    for part in outline(edition):
        for number, (text, level) in enumerate(_paragraphs_in(part, edition, report), 1):
            yield Printed(part, number, text, level)


def _paragraphs_in(part: OutlinePart, edition: Edition, report: Report) -> Iterator[tuple[str, int]]:
    """Yield the paragraphs of one part, each with its level."""
    if part.kind is PartKind.TITLE:
        yield from ((line, 0) for line in title_lines(edition, report))
    elif part.kind is PartKind.INTRODUCTION:
        yield from _typed("\n".join(introduction(edition, report)))
    elif part.kind is PartKind.CONTACT:
        yield from ((line, 0) for line in contact(edition, report))
    elif part.kind is PartKind.HEADING and part.section:
        yield part.section.title, 0
    elif part.text:
        yield from _typed(section_text(edition, report, part.text.id))


def _typed(text: str) -> Iterator[tuple[str, int]]:
    for paragraph in paragraphs_of(text):
        yield paragraph.heading + paragraph.rest, paragraph.level


def is_stamped(report: Report) -> bool:
    """Tell whether the report gets a seal, for which its signature leaves room."""
    return report.body.get("stamped", "").strip() == YES


def iso_date(report: Report) -> str:
    """Return the date of the report as 2023-01-12, or '' when it has none that can be read."""
    day = dates.day(dates.timed(report.body.get("signed_on", "").strip()))
    return day.isoformat() if day else ""


def _dated(typed: str) -> str:
    """Write a date as official documents do (2023年1月12日); what is no date stays as typed."""
    found = dates.timed(typed.strip())
    if found is None:
        return typed
    year, month, day = found
    return f"{year}年{month}月{day}日"


def _lines(edition: Edition, patterns: tuple[str, ...], known: Mapping[str, str]) -> tuple[str, ...]:
    """Fill patterns; one that starts with "?" is left out when something it uses is blank."""
    kept = []
    for pattern in patterns:
        asked = _TOKEN.findall(pattern)
        if pattern.startswith("?") and not all(known.get(t, "").strip() for t in asked if t in known):
            continue
        kept.append(_fill(edition, pattern.removeprefix("?"), known))
    return tuple(kept)


def _fill(edition: Edition, pattern: str, known: Mapping[str, str]) -> str:
    """Replace {官方名称} by its word in one pass; what is put in is data and is not scanned."""
    unknown = [t for t in _TOKEN.findall(pattern) if t not in known]
    if unknown:
        raise EditionError(edition.id, [f"文字“{pattern}”里的 {{{t}}} 不认识" for t in unknown])
    return _TOKEN.sub(lambda m: known[m[1]], pattern)
