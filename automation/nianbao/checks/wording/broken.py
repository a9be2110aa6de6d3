"""Sentences cut short, tables pasted into a text and blanks inside sentences (S12)."""

from __future__ import annotations

from collections.abc import Sequence

from nianbao.checks.wording.numbering import item_mark
from nianbao.checks.wording.text_lines import Hit, TypedParagraph, at_hits, clip, hits, lines_of, quotes, text_ids
from nianbao.findings import Finding
from nianbao.form import Rule
from nianbao.patterns import Pattern
from nianbao.report import Reading
from nianbao.unicodes import BLANKS, UNSEEN

_OPEN_END = Pattern(
    r"(?:[、，（《“]|(?<![目标有])的|以及|(?<![普共谐温总饱])和|(?<!涉)及|(?<!参)与|或者|其中|包括|例如|通过|根据|按照|对于|关于)$"
)
"""How a paragraph ends that must go on; 总和, 涉及, 参与 and the like are whole words."""

_VERB_ALONE = Pattern(
    r"并?(?:不断|进一步|持续|切实|着力|有效)?(?:加强|提高|提升|推进|完善|强化|确保|做好|健全|优化|落实)"
)
"""A last clause that is a verb waiting for its object."""

_CONTACT = Pattern(r"电话|地址|邮编|邮箱|传真|网址|联系")
_SHORTEST = 12
"""A shorter line is a heading or a cell."""

_GLUED = Pattern(r"[，、](?=（[二三四五]）(?:主动|依申请|政府信息|平台|监督))")
_FIRST = "（一）"
_TAIL = 18
_ENDING = 4
_BLANKS, _UNSEEN = Pattern(BLANKS), Pattern(UNSEEN)
_BARS = Pattern(r"^\|.*\|.*\|$")
_LEAST_TABS = 2


def sentences_are_whole(rule: Rule, reading: Reading) -> list[Finding]:
    """S12: one hint per text for paragraphs that stop in the middle, for a pasted table, blanks, and unseen signs."""
    found = []
    for text in text_ids(reading):
        lines = list(lines_of(reading, text))
        glued = [h for line in lines if _FIRST not in line.words for h in hits(line, _GLUED)]
        cut = [_end(line) for line in lines if len(line.words) >= _SHORTEST and _is_cut(line)]
        if cut or glued:
            cut = sorted(cut + glued, key=lambda h: h.paragraph)
            found.append(at_hits(rule, reading, text, cut, "句子没有写完，或者一句话被断成两段：{}"))
        table = _pasted(lines)
        if table:
            found.append(at_hits(rule, reading, text, table, "像是把表格粘贴进了正文：{}"))
        told = {h.paragraph for h in table}
        loose = [h for line in lines if line.paragraph not in told for h in _loose(line)]
        if loose:
            found.append(at_hits(rule, reading, text, loose, "句子里有制表符或几个空格，印出来只留一个：{}"))
        unseen = [_without_unseen(h) for line in lines for h in hits(line, _UNSEEN)]
        if unseen:
            what = "文字里夹着看不见的字符（软连字符、零宽空格），印出来不留：{}"
            found.append(at_hits(rule, reading, text, unseen, what))
    return found


def _is_cut(line: TypedParagraph) -> bool:
    last = line.words.rpartition("，")[2]
    if "，" in line.words and _VERB_ALONE.fullmatch(last):
        return True
    return bool(_OPEN_END.search(line.words[-_ENDING:])) and not _CONTACT.search(line.words)


def _end(line: TypedParagraph) -> Hit:
    return Hit(line.paragraph, clip(line.words[-_TAIL:]))


def _loose(line: TypedParagraph) -> list[Hit]:
    """Return where blanks part a sentence; behind the number of an item and between contacts they are usual."""
    if _CONTACT.search(line.words):
        return []
    start = len(item_mark(line.words))
    return quotes(line, [m.span() for m in _BLANKS.finditer(line.words) if m.start() >= start and m.start() > 0])


def _without_unseen(hit: Hit) -> Hit:
    return Hit(hit.paragraph, _UNSEEN.sub("", hit.quote), hit.count)


def _pasted(lines: Sequence[TypedParagraph]) -> list[Hit]:
    """Return the lines with several columns; a single tab behind the number of an item is none."""
    found = []
    for line in lines:
        if "\t" in line.words:
            cells = [c for c in line.words[len(item_mark(line.words)) :].split("\t") if c.strip()]
            if len(cells) > _LEAST_TABS:
                found.append(Hit(line.paragraph, clip(" ".join(c.strip() for c in cells))))
        elif line.words.startswith("|") and _BARS.match(line.words):
            found.append(Hit(line.paragraph, clip(line.words)))
    return found
