"""The parts of a list: its pieces one by one, up to where something new begins."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from nianbao.checks.text.clauses import Sentence
from nianbao.checks.text.partition import RESULTS, ListPart
from nianbao.checks.text.quantities import Token
from nianbao.patterns import Pattern

NAMED = Pattern("其中|具体[为是包]|包括|包含|分别|分为|涵盖|按[^，；。#（）]{1,8}分|从[^，；。#（）]{1,8}看")
"""Words that open a list by name."""
_INSIDE = Pattern(NAMED.pattern + "|含(?=[^#]*#)")
"""Words that open a list inside the list, of the part before."""
_REMAINDER = Pattern("其余|其[他它](?:的|均|尚|正)|剩余|余下")
_DIVIDES = Pattern("按[^，；。#（）]{1,8}分|从[^，；。#（）]{1,8}看")
"""Words that open another list of the same whole behind a semicolon."""
_PENDING = Pattern("未审结")
_PIECE = Pattern("[，、；：]")
_STOP = Pattern(
    "均|已|全部|目前|截至|同时|另外?|此外|同比|较|比上|占|共|总|全年|全镇|本年|今年|累计|办结|答复|回复|收到|受理|接到|召开|开展|举办"
    "|组织|回应|处理|处置|编制|制作|更新|点击|阅读|浏览|访问|参与|按时|按期|依法|未|无|没有|并|且|有效|切实|做到|通过|及时|现行|废止|新增"
    "|政府信息公开申请|信息公开申请|依申请|[一二三四五六]是|[县市区省]政府网站|上年|因|被|发布解读|推送|收集"
)
_NEW_START = Pattern("[二三四五六]是|另有|另外|此外|同时|全年|今年|本年|@")
_TOLD = Pattern("发布|公开|更新|推送|上报|报送|编发|撰写|刊发")
"""Verbs that begin a new statement behind a semicolon, unless the first part began with one too."""
LATER = Pattern("累计|历年|去年|上年同期|同比|环比|较|比|增长|下降|增加|减少|占")
_AND = Pattern("[、和及与]")
_BLANK = "　"
"""Stands for what is in brackets inside a list; a clean text has none."""


@dataclass(frozen=True)
class Listed:
    """What was read behind a marker: the parts, whether nothing was left out, where the list ends."""

    parts: list[ListPart]
    complete: bool
    end: int


def read_parts(sentence: Sentence, begin: int, end: int, whole: Token, *, bracketed: bool) -> Listed:
    """Read the parts; `complete` is False when something in the list was no part.

    The list ends before a piece that begins something new, before a whole with a list of its own, and at a semicolon
    unless its parts are divided by semicolons. A list inside it is passed over up to its semicolon.
    """
    text = sentence.shape.text
    parts: list[ListPart] = []
    names: list[str] = []
    complete, nested, dividers = True, False, ""
    pieces = list(_pieces(text, begin, end))
    for number, (start, piece) in enumerate(pieces):
        bare = piece.replace(_BLANK, "")
        divider = text[start - 1] if number else ""
        if (
            divider == "；"
            and len(parts) == 1
            and not bracketed
            and _TOLD.match(bare)
            and not _TOLD.match(parts[0].name)
        ):
            return Listed(parts, complete, start)
        if divider == "；" and (
            not parts or (len(parts) > 1 and "；" not in dividers) or _NEW_START.match(bare) or _DIVIDES.match(bare)
        ):
            return Listed(parts, complete, start)
        nested = divider != "；" and (nested or bool(parts and _INSIDE.match(bare)))
        if nested:
            continue
        figures = [n for n, c in enumerate(piece) if c == "#"]
        if not figures and ("%" in piece or not bare):
            continue
        if parts and bare.startswith(("以及", "还有")) and sum(p.value for p in parts) == whole.value:
            return Listed(parts, complete, start)
        own = divider != "、" and _has_own_list(text, pieces, number)
        if parts and not bracketed and (own or _ends(parts[0].name, bare, divider)):
            return Listed(parts, complete, start)
        if not figures:
            names.append(bare)
            continue
        token = sentence.shape.token(start + figures[0])
        other = (
            token.unit not in ("", whole.unit)
            and bool(whole.unit)
            and {token.unit, whole.unit} - {"条", "篇", "件", "份"}
        )
        if len(figures) > 1 or LATER.search(piece[: figures[0]]) or other:
            complete, names = False, []
            continue
        if len(parts) > 1 and token.unit != whole.unit and sum(p.value for p in parts) == whole.value:
            return Listed(parts, complete, start)
        name = "、".join([*names, bare.replace("#", "")])
        each = piece[: figures[0]].endswith("各")
        times = len([n for n in _AND.split(name.removesuffix("各")) if n]) if each else 1
        dividers += divider
        parts.append(ListPart(name, token, max(1, times)))
        names = []
    return Listed(parts, complete and not any(_REMAINDER.match(n) for n in names), end)


def _has_own_list(text: str, pieces: list[tuple[int, str]], number: int) -> bool:
    """Tell whether a piece is a whole of its own: the next one opens a list of it; ；按…分 divides the first whole."""
    if "#" not in pieces[number][1] or number + 1 == len(pieces):
        return False
    start, following = pieces[number + 1]
    return bool(NAMED.match(following)) and not (text[start - 1] == "；" and _DIVIDES.match(following))


def _pieces(text: str, begin: int, end: int) -> Iterator[tuple[int, str]]:
    """Cut a list into its pieces, brackets blanked out."""
    blanked = text[begin:end]
    while (inner := re.sub("（[^（）]*）", lambda m: _BLANK * len(m[0]), blanked)) != blanked:
        blanked = inner
    at = 0
    for match in _PIECE.finditer(blanked):
        yield begin + at, blanked[at : match.start()]
        at = match.end()
    yield begin + at, blanked[at:].rstrip("。！？")


def _ends(first: str, piece: str, divider: str) -> bool:
    """Tell whether a piece begins something new rather than another part like the first; 、 joins like with like."""
    if divider == "、":
        return not piece.startswith("@") and bool(_NEW_START.match(piece))
    return bool(_STOP.match(piece)) and first[:2] != piece[:2] and not (RESULTS.match(piece) or _PENDING.match(piece))
