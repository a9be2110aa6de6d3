"""What the county's notice asks (D1-D5). Nothing is judged without one; it gives words to look for, never patterns.

A number is missing only when surely so: a sentence that has one of the words and any figure is left alone.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import islice

from nianbao.checks.rule_findings import finding, text_finding
from nianbao.checks.wording.structure import fee_sentence_follows
from nianbao.checks.wording.text_lines import clip, whole_text
from nianbao.dates import date_of, printed
from nianbao.findings import Finding, Severity
from nianbao.form import Rule
from nianbao.notice import Ask, Notice, folded
from nianbao.patterns import Pattern
from nianbao.report import Reading

MOST_PLACES = 40
"""So many places of an ask's words are looked at; a text with more of them is left alone."""

AROUND = 200
"""So many characters on both sides of a word count as its sentence at most."""

_SHOWN = 4
_WIDE = str.maketrans(",:;()!?\n", "，：；（）！？ ")
_HEADING = 30
_STOP = Pattern(r"[。!?;\n]")
_NO_FIGURE = Pattern(
    r"《[^《》\n]{0,100}》|[〔\[]\d{4}[〕\]]\d*号?|第[\d一二三四五六七八九十百]+|\([\d一二三四五六七八九十]{1,3}\)|"
    r"\d{2,4}年度?|\d{1,2}月(?:\d{1,2}日)?|[一二三四五六七八九十]{1,3}[、是]|(?:^|(?<=[。;:\n]))\d{1,2}[.、]|"
    r"[a-z]+[\d.]+|\d+[a-z]+|\d{5}(?=[热平便政市])"
)
_FIGURE = Pattern(
    r"\d|百分之|(?<![统唯专同某每任单划第进这那另])[一二两三四五六七八九十百千万亿零〇]+余?"
    r"(?:条|件|篇|次|个|期|份|场|项|部(?![署分门])|名|人|家|处|种|类|则|幅|宗|起)"
)
_NONE = Pattern(r"未(?!来|必|免)|没有|无(?!障碍|缝|疑|偿|纸)|零(?!距离|容忍|星|跑|售)")
_BLANK = Pattern(r"\{[^{}]*\}")
_CLAUSE = Pattern(r"[,:。!?;\n]")
_TIME = Pattern(r"(?<=[\d日])[ T]\S*$")
"""The time of day that other programs write behind a date."""


@dataclass(frozen=True)
class _Folded:
    """A text as words are looked for in it, and where its sentences and paragraphs end."""

    text: str
    stops: tuple[int, ...]
    breaks: tuple[int, ...]

    def sentence(self, at: int) -> tuple[int, int]:
        """Return the ends of the sentence around a place; a heading goes on into the sentence behind it."""
        n = bisect_left(self.stops, at)
        begin = self.stops[n - 1] + 1 if n else 0
        end = self.stops[n] if n < len(self.stops) else len(self.text)
        if end - begin <= _HEADING and "," not in self.text[begin:end] and n + 1 < len(self.stops):
            end = self.stops[n + 1]
        return max(begin, at - AROUND), min(end, at + AROUND)

    def quote(self, at: int) -> str:
        """Quote the sentence around a place, its marks as wide as they are typed."""
        begin, end = self.sentence(at)
        return clip(self.text[begin:end].strip("。;\n").translate(_WIDE))

    def paragraph(self, at: int) -> int:
        """Return the paragraph (from 0) of a place."""
        return bisect_right(self.breaks, at)


@lru_cache(maxsize=64)
def _fold(text: str) -> _Folded:
    whole = "\n".join(folded(line) for line in text.split("\n")) + "\n"
    stops = tuple(m.start() for m in _STOP.finditer(whole))
    return _Folded(whole, stops, tuple(n for n in stops if whole[n] == "\n"))


def numbers_asked_for_are_named(rule: Rule, reading: Reading) -> list[Finding]:
    """D1: every number asked for stands beside one of its words, or is said to be none."""
    found = []
    for notice, ask, text in _asks(reading, "numbers"):
        places = list(islice(_places(text, ask), MOST_PLACES + 1))
        if any(_is_named(text, at, word) for at, word in places) or len(places) > MOST_PLACES:
            continue
        asked = replace(rule, basis=notice.basis)
        severity = Severity(ask.severity)
        if not places:
            what = f"没有看到“{ask.name}”的数字，全文没有写到{_listed(ask)}"
            found.append(whole_text(asked, reading, ask.text, what, severity=severity, evidence=(ask.name, *ask.words)))
            continue
        at, word = places[0]
        quote = text.quote(at)
        what, said = f"写到了“{word}”，没有写出“{ask.name}”的数字：{quote}", (word, ask.name, quote)
        found.append(text_finding(asked, reading, ask.text, text.paragraph(at), what, severity=severity, evidence=said))
    return found


def phrases_asked_for_are_there(rule: Rule, reading: Reading) -> list[Finding]:
    """D2: everything asked for is spoken of in one of its words."""
    found = []
    for notice, ask, text in _asks(reading, "phrases"):
        if not any(folded(word) in text.text for word in ask.words):
            asked, severity = replace(rule, basis=notice.basis), Severity(ask.severity)
            what = f"没有写到“{ask.name}”，全文没有{_listed(ask)}"
            found.append(whole_text(asked, reading, ask.text, what, severity=severity, evidence=(ask.name, *ask.words)))
    return found


def texts_are_no_longer_than_asked(rule: Rule, reading: Reading) -> list[Finding]:
    """D3: no text has more characters than the notice allows, blanks not counted."""
    notice = _in_force(reading)
    found = []
    for one in notice.lengths if notice else ():
        length = len("".join(reading.report.texts.get(one.text, "").split()))
        if notice and length > one.most:
            what = f"全文{length}字，通知规定不超过{one.most}字"
            asked, severity = replace(rule, basis=notice.basis), Severity(one.severity)
            said = (str(length), str(one.most))
            found.append(whole_text(asked, reading, one.text, what, severity=severity, evidence=said))
    return found


def report_is_signed_in_time(rule: Rule, reading: Reading) -> list[Finding]:
    """D4: the day of signing, where it is given, is not later than the notice's."""
    notice = _in_force(reading)
    signed = date_of(_TIME.sub("", reading.report.body.get("signed_on", "").strip()))
    if not notice or not notice.deadline or not signed or signed <= notice.deadline.day:
        return []
    what = f"成文日期是{printed(signed)}，晚于通知规定的{printed(notice.deadline.day)}"
    asked = replace(rule, basis=notice.basis)
    said = (signed.isoformat(), notice.deadline.day.isoformat())
    return [finding(asked, reading, ["signed_on"], what, severity=Severity(notice.deadline.severity), evidence=said)]


def notice_is_for_this_report(rule: Rule, reading: Reading) -> list[Finding]:
    """D5: what of the notice could not be held against this report is told, so that nothing passes silently."""
    notice = reading.notice
    assert notice is not None, "no rule on a notice is judged without one"  # noqa: S101
    if _in_force(reading) is None:
        what = f"通知是{notice.year}年度的，本报告是{reading.report.year}年度，通知的要求都没有核对"
        return [finding(replace(rule, basis=notice.basis), reading, [], what)]
    known = {t.id for t in reading.edition.texts}
    absent = [text for text in notice.texts if text not in known]
    if not absent:
        return []
    what = f"所用格式没有“{'”“'.join(absent)}”，通知对它的要求没有核对"
    return [finding(replace(rule, basis=notice.basis), reading, [], what)]


CHECKS = (
    numbers_asked_for_are_named,
    phrases_asked_for_are_there,
    texts_are_no_longer_than_asked,
    report_is_signed_in_time,
    notice_is_for_this_report,
)
"""The functions that rules may name."""


def _in_force(reading: Reading) -> Notice | None:
    """Return the notice if it is for this report's year; an unknown year is checked."""
    notice, year = reading.notice, reading.report.year
    return notice if notice and year in (None, notice.year) else None


def _asks(reading: Reading, kind: str) -> Iterator[tuple[Notice, Ask, _Folded]]:
    """Yield the notice's asks of one kind with their texts; one that is not written yet is S1's matter."""
    notice = _in_force(reading)
    for ask in getattr(notice, kind) if notice else ():
        written = reading.report.texts.get(ask.text, "")
        if notice and written.strip():
            yield notice, ask, _fold(written + _added(ask.text, reading))


def _added(text: str, reading: Reading) -> str:
    """Return the sentence on the fee that the program adds to a text by itself, any figures in it."""
    section = next((s for s in reading.edition.sections if s.text == text), None)
    if section is None or not section.fee_sentence or not fee_sentence_follows(reading):
        return ""
    return "\n" + _BLANK.sub("1", reading.edition.fee_some)


def _places(text: _Folded, ask: Ask) -> Iterator[tuple[int, str]]:
    """Yield where the ask's words stand."""
    for word in ask.words:
        sought = folded(word)
        at = text.text.find(sought)
        while at >= 0:
            yield at, word
            at = text.text.find(sought, at + 1)


def _is_named(text: _Folded, at: int, word: str) -> bool:
    """Tell whether a figure may belong to the word at this place, or the word is said to be of nothing."""
    begin, end = text.sentence(at)
    length = len(folded(word))
    bare = _NO_FIGURE.sub("~", text.text[begin:at] + "~" + text.text[at + length : end])
    if _FIGURE.search(bare):
        return True
    before = max((m.end() for m in _CLAUSE.finditer(text.text, begin, at)), default=begin)
    behind = _CLAUSE.search(text.text, at + length, end)
    return _NONE.search(text.text, before, behind.start() if behind else end) is not None


def _listed(ask: Ask) -> str:
    shown = "、".join(f"“{w}”" for w in ask.words[:_SHOWN])
    return shown + (f"等{len(ask.words)}种字样" if len(ask.words) > _SHOWN else "字样")
