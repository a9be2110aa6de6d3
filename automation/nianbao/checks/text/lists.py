"""Reading lists of parts: …，其中…，…；（信件10、网络4）；其中A（其中…）."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nianbao.checks.text.clauses import Sentence
from nianbao.checks.text.partition import RESULTS, Part, Partition, partition
from nianbao.checks.text.quantities import Token
from nianbao.patterns import Pattern

_MARKER = Pattern("其中|主要包括|主要包含|包括|包含|分别(?:为|是)|分为|涵盖|（")
_PIECE = Pattern("[，、；：]")
_STOP = Pattern(
    "均|已|全部|目前|截至|同时|另外?|此外|同比|较|比上|占|共|总|全年|全镇|本年|今年|累计|办结|答复|回复|收到|受理|接到|召开|开展|举办"
    "|组织|回应|处理|处置|编制|制作|更新|点击|阅读|浏览|访问|参与|按时|按期|依法|未|无|没有|并|且|有效|切实|做到|通过|及时|现行|废止|新增"
    "|政府信息公开申请|信息公开申请|依申请"
)
_LATER = Pattern("累计|历年|去年|上年同期|同比|环比|较|比|增长|下降|增加|减少|占")
_AND = Pattern("[、和及与]")
_BLANK = "　"
"""Stands for what is in brackets inside a list; a clean text has none."""


def partitions(sentence: Sentence) -> list[Partition]:
    """Return the wholes with parts that a sentence states, in order."""
    text = sentence.shape.text
    found: list[Partition] = []
    for match in _MARKER.finditer(text):
        stated = _bracketed(sentence, match) if match[0] == "（" else _listed(sentence, match)
        if stated and not (found and _is_beside(stated, found[-1])):
            found.append(stated)
    return found


def _is_beside(second: Partition, before: Partition) -> bool:
    """Tell whether a second 其中 that does not fit its nearest figure may go on with the first one's whole."""
    inside = second.whole in [p.token for p in before.parts]
    return inside and not second.holds and not second.bracketed and second.sum <= before.whole.value


def _bracketed(sentence: Sentence, match: re.Match[str]) -> Partition | None:
    """A list in brackets right after its whole: 14件（信件10、网络4）; with a marker inside, the marker's turn."""
    text = sentence.shape.text
    end = text.find("）", match.end())
    inside = text[match.end() : end]
    if end < 0 or _MARKER.search(inside) or match.start() == 0 or text[match.start() - 1] != "#":
        return None
    whole = sentence.shape.token(match.start() - 1)
    if _is_no_whole(sentence, match.start() - 1):
        return None
    parts, _ = _parts(sentence, match.end(), end, whole, bracketed=True)
    return partition(sentence, whole, parts, inside, exhaustive=True) if len(parts) > 1 else None


def _listed(sentence: Sentence, match: re.Match[str]) -> Partition | None:
    text = sentence.shape.text
    found = _whole(sentence, match)
    if found is None:
        return None
    _, whole = found
    begin, end = match.end(), _list_end(text, match)
    inside = _is_inside(text, match.start())
    parts, complete = _parts(sentence, begin, end, whole, bracketed=inside)
    if not parts:
        return None
    between = text[max(0, match.start() - 6) : begin]
    exhaustive = match[0].startswith("分")
    return partition(
        sentence,
        whole,
        parts,
        between + text[begin:end],
        exhaustive=exhaustive,
        complete=complete,
        bracketed=inside,
    )


def _whole(sentence: Sentence, match: re.Match[str]) -> tuple[Sentence, Token] | None:
    """Find the figure before the marker, in the sentence before when this one begins with the marker."""
    text = sentence.shape.text
    first = text.find("#", match.end())
    if first < 0:
        return None
    unit = sentence.shape.token(first).unit
    holder = sentence
    before = _outside_brackets(text, match.start())
    places = [n for n in before if text[n] == "#"]
    if not places and match.start() <= 2 and sentence.previous:
        holder = sentence.previous
        said = holder.shape.text
        listed = _MARKER.search(said.replace("（", "　"))
        end = listed.start() if listed and "#" in said[: listed.start()] else len(said)
        places = [n for n in _outside_brackets(said, end) if said[n] == "#"]
    for place in reversed(places):
        token = holder.shape.token(place)
        if _is_no_whole(holder, place):
            continue
        if unit in ("", token.unit) or token.unit == "":
            return (holder, token) if token.exact else None
        if holder.shape.text[place : match.start()].count("，") > 2:
            return None
    return None


def _is_inside(text: str, at: int) -> bool:
    before = text[:at]
    return before.count("（") > before.count("）")


def _outside_brackets(text: str, end: int) -> list[int]:
    """List the places before `end` at the same depth of brackets as `end`."""
    depth, kept = 0, []
    for n in range(end - 1, -1, -1):
        if text[n] == "）":
            depth += 1
        elif text[n] == "（":
            depth = max(0, depth - 1)
        elif depth == 0:
            kept.append(n)
    return kept[::-1]


def _is_no_whole(sentence: Sentence, place: int) -> bool:
    """A difference or a share is no whole: 同比增加5件."""
    return bool(
        re.search("(?:增加|减少|增长|下降|上升|提高|降低|多|少|增|减|较|比)[了至到]?$", sentence.shape.text[:place])
    )


def _list_end(text: str, match: re.Match[str]) -> int:
    """The list ends with the sentence, at the bracket around it, at another 其中, or inside another list at ；."""
    nested = match[0] == "其中" and "其中" in text[: match.start()]
    depth = 0
    for n in range(match.end(), len(text)):
        if text[n] == "（":
            depth += 1
        elif text[n] == "）":
            depth -= 1
        if depth < 0 or (depth == 0 and (text.startswith("其中", n) or (nested and text[n] == "；"))):
            return n
    return len(text)


def _parts(sentence: Sentence, begin: int, end: int, whole: Token, *, bracketed: bool) -> tuple[list[Part], bool]:
    """Read the parts; False when something in the list was no part, so that the list cannot be taken as complete."""
    text = sentence.shape.text
    parts: list[Part] = []
    names: list[str] = []
    complete = True
    for start, piece in _pieces(text, begin, end):
        bare = piece.replace(_BLANK, "")
        figures = [n for n, c in enumerate(piece) if c == "#"]
        if not figures and ("%" in piece or not bare):
            continue
        if parts and not bracketed and _ends(parts[0].name, bare):
            break
        if not figures:
            names.append(bare)
            continue
        token = sentence.shape.token(start + figures[0])
        if (
            len(figures) > 1
            or _LATER.search(piece[: figures[0]])
            or (token.unit not in ("", whole.unit) and whole.unit)
        ):
            complete, names = False, []
            continue
        name = "、".join([*names, bare.replace("#", "")])
        each = piece[: figures[0]].endswith("各")
        times = len([n for n in _AND.split(name.removesuffix("各")) if n]) if each else 1
        parts.append(Part(name, token, max(1, times)))
        names = []
    return parts, complete


def _pieces(text: str, begin: int, end: int) -> Iterator[tuple[int, str]]:
    """Cut a list into its pieces, brackets blanked out."""
    blanked = re.sub("（[^（）]*）", lambda m: _BLANK * len(m[0]), text[begin:end])
    at = 0
    for match in _PIECE.finditer(blanked):
        yield begin + at, blanked[at : match.start()]
        at = match.end()
    yield begin + at, blanked[at:].rstrip("。！？")


def _ends(first: str, piece: str) -> bool:
    """Tell whether a piece begins something new rather than another part like the first."""
    return bool(_STOP.match(piece)) and first[:2] != piece[:2] and not RESULTS.match(piece)
