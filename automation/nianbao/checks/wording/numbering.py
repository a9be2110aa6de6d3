"""Numbering inside a text (S6): items that restart, skip or repeat, paragraphs that begin with a stray character."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from nianbao.checks.wording.text_lines import HAN, Hit, TypedParagraph, at_hits, clip, lines_of, text_ids
from nianbao.findings import Finding
from nianbao.form import Rule
from nianbao.patterns import Pattern
from nianbao.report import Reading

NUMERALS = {n: i + 1 for i, n in enumerate("一二三四五六七八九十")} | {
    f"十{n}": i + 11 for i, n in enumerate("一二三四五六七八九")
}
"""Chinese numerals as items are counted with them."""

_CN = "十?[一二三四五六七八九]|十"
_MARK = Pattern(
    rf"[（(](?P<han>{_CN})[）)](?![项款目条类种个》])"
    r"|[（(](?P<bracket>\d{1,2})[）)](?![项款目条类种个》])"
    r"|(?<![\d.．])(?P<dot>\d{1,2})(?:、(?!\d)|[.．](?!\d)|[、.．](?=20\d\d年))"
    r"|(?P<circle>[①-⑳])"
    rf"|(?<![{HAN}])(?P<shi>{_CN})是"
)
_MAY_BE_MARK = Pattern(
    r"[（(\d①-⑳一二三四五六七八九十](?:(?<=[（(])(?=[一二三四五六七八九十\d])|(?<=\d)(?=[、.．\d])|(?<=[①-⑳])"
    r"|(?<=[一二三四五六七八九十])(?=[是一二三四五六七八九]))"
)
"""Where it pays to try _MARK."""

_ITEM = Pattern(
    rf"(?:[（(](?:{_CN}|\d{{1,2}})[）)]|\d{{1,2}}(?:、(?!\d)|[.．](?!\d)|[、.．](?=20\d\d年))|[①-⑳]|(?:{_CN})(?:是|、)|第(?:{_CN})[，、])\s*"
)
_STRAY = Pattern(r"的(?![确士])|[，。、；：！？）》”’]")
_BEFORE_INLINE = "：:；;。，,、！!？? "
_BEFORE_SHI = _BEFORE_INLINE + ".．）)"
_SECOND = 2
_FIRST_POINT = Pattern("一是|先是|首先|第一|其一|一方面|一要|一个|一则|一为|一在|[一1]、|主要|（一）|一来")
_LEAD = Pattern(r"下一步|措施|以下|如下|今后|改进")


@dataclass(frozen=True)
class ItemNumber:
    """One number: `opens` its paragraph, or is `firm` when punctuation stands before it."""

    paragraph: int
    kind: str
    value: int
    printed: str
    opens: bool
    firm: bool


def marks(line: TypedParagraph) -> Iterator[ItemNumber]:
    """Yield the numbers of items in a line; references such as 第二十条第（一）项 are none."""
    end = 0
    for candidate in _MAY_BE_MARK.finditer(line.words):
        match = _MARK.match(line.words, candidate.start()) if candidate.start() >= end else None
        if match is None:
            continue
        end = match.end()
        kind = match.lastgroup or ""
        before = line.words[: match.start()].rstrip()[-1:]
        firm = not before or before in (_BEFORE_SHI if kind == "shi" else _BEFORE_INLINE)
        if before == "第" or (kind in ("dot", "shi") and not firm):
            continue
        yield ItemNumber(line.paragraph, kind, _value(match[kind]), match[0].rstrip(), not before, firm)


def item_mark(words: str) -> str:
    """Return the number that opens a paragraph, or ''."""
    match = _ITEM.match(words)
    return match[0] if match else ""


def _value(numeral: str) -> int:
    if numeral in NUMERALS:
        return NUMERALS[numeral]
    return ord(numeral) - ord("①") + 1 if "①" <= numeral <= "⑳" else int(numeral)


def numbering_is_continuous(rule: Rule, reading: Reading) -> list[Finding]:
    """S6: items count on from one, and no paragraph begins with a character left over from deleted words."""
    found = []
    for text in text_ids(reading):
        lines = list(lines_of(reading, text))
        wrong = [h for line in lines for h in _stray(line)] + _Counting(lines).wrong()
        if wrong:
            wrong.sort(key=lambda h: h.paragraph)
            found.append(at_hits(rule, reading, text, wrong, "编号或段首有误：{}"))
    return found


def _stray(line: TypedParagraph) -> Iterator[Hit]:
    mark = item_mark(line.words)
    rest = line.words[len(mark) :]
    stray = _STRAY.match(rest)
    if mark and not rest:
        yield Hit(line.paragraph, f"“{mark.strip()}”之后没有内容")
    elif stray:
        yield Hit(line.paragraph, f"{clip(line.words[: len(mark) + 8])}段首多出“{stray[0]}”")


class _Counting:
    """The open lists of one text, outermost first; a number of a kind that is open goes on counting it."""

    def __init__(self, lines: list[TypedParagraph]) -> None:
        self.lines = lines
        self.open: list[ItemNumber] = []

    def wrong(self) -> list[Hit]:
        """Return the numbers that do not count on."""
        return [hit for line in self.lines for mark in marks(line) if (hit := self._next(mark))]

    def _next(self, mark: ItemNumber) -> Hit | None:
        depth = next((n for n, m in enumerate(self.open) if m.kind == mark.kind), None)
        if depth is None:
            if mark.value == 1 or mark.opens:
                self.open.append(mark)
            starts_late = mark.value != 1 and mark.opens and mark.kind != "shi"
            starts_late = starts_late or (mark.kind == "shi" and mark.value == _SECOND and self._lost_its_first(mark))
            return Hit(mark.paragraph, f"“{mark.printed}”之前没有第一项") if starts_late else None
        last = self.open[depth]
        wrong = self._judge(last, mark)
        if wrong or mark.value in (1, last.value + 1):
            self.open[depth:] = [mark]
        return Hit(mark.paragraph, f"“{last.printed}”之后是“{mark.printed}”") if wrong else None

    def _lost_its_first(self, mark: ItemNumber) -> bool:
        """Tell whether 二是 and 三是 stand in a paragraph where nothing can be a first point."""
        words = next(x.words for x in self.lines if x.paragraph == mark.paragraph)
        before, _, after = words.partition(mark.printed)
        return bool(before) and "三是" in after and not _FIRST_POINT.search(before)

    def _judge(self, last: ItemNumber, mark: ItemNumber) -> bool:
        if mark.value == last.value + 1:
            return False
        if mark.value > last.value:
            return mark.firm and last.firm
        both_open = mark.opens and last.opens
        return both_open and not (mark.value == 1 and self._led_in(last, mark))

    def _led_in(self, last: ItemNumber, mark: ItemNumber) -> bool:
        """Tell whether words between two lists announce the second one."""
        begin, end = (bisect_left(self.lines, m.paragraph, key=lambda x: x.paragraph) for m in (last, mark))
        between = [x.words for x in self.lines[begin:end]]
        return any(w.endswith(("：", ":")) or (not item_mark(w) and _LEAD.search(w)) for w in between)
