"""Reading lists of parts: …，其中…，…；（信件10、网络4）；共计6条：…；在6件申请中，…; where each begins and ends."""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import pairwise

from nianbao.checks.text.clauses import Sentence
from nianbao.checks.text.list_parts import NAMED, read_parts
from nianbao.checks.text.partition import Partition, SplitWhole, partition
from nianbao.checks.text.quantities import Token
from nianbao.patterns import Pattern

_MARKER = Pattern(
    "其中|具体(?:为|是|包括)|主要包括|主要包含|包括|包含|分别(?:为|是)|分为|涵盖|按[^，；。#（）]{1,8}分(?=，|：|#|$)|从[^，；。#（）]{1,8}看(?=，|：)|(?:如下|情况为|分布为)(?=：)|（|(?<=#)：|(?<=#)[^#，；。（）]{0,10}中(?=，|：)"
)
_JOINED = Pattern("#(?:[^#，；。：（）、]{0,4}、[^#，；。：（）、]{0,16}#)+")
_ONLY_CARRIED = Pattern("结转|转下|转入|转至|顺延|跨年|上年|去年|«")

_HAS_NO_FIGURE = Pattern("；[^，；#]{3,}，(?:主要)?(?:包括|包含|涵盖)$")
"""征集8次；公开会议信息，包括…: the list is of a thing that has no figure."""
_OF_THEM = ("对", "将", "就")
"""对其中1件…，对其中2件…: all of the same whole."""
_DIVISION = Pattern("按[^，；。#（）]{1,8}分(?=，|：|#|$)|从[^，；。#（）]{1,8}看(?=，|：)")
"""One whole divided again and again: 按渠道分，…；按内容分，…."""


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
    exceeds = second.sum > second.whole.value
    return inside and exceeds and not second.bracketed and second.sum <= before.whole.value


def _bracketed(sentence: Sentence, match: re.Match[str]) -> Partition | None:
    """A list in brackets right after its whole: 14件（信件10、网络4）; with a marker inside, the marker's turn."""
    text = sentence.shape.text
    end = _closing(text, match.start())
    inside = text[match.end() : end]
    if end < 0 or NAMED.search(inside) or match.start() == 0:
        return None
    place = _figure_before(text, match.start())
    if place is None or _is_no_whole(sentence, place):
        return None
    whole = sentence.shape.token(place)
    read = read_parts(sentence, match.end(), end, whole, bracketed=True)
    if len(read.parts) < 2 or all(_ONLY_CARRIED.search(p.name) for p in read.parts):
        return None
    return partition(
        sentence,
        SplitWhole(whole),
        read.parts,
        inside,
        exhaustive=read.complete and not inside.startswith("含"),
        complete=read.complete,
    )


def _figure_before(text: str, at: int) -> int | None:
    """Return the place of a figure that stands right before `at`, or is parted from it by its noun only."""
    place = text.rfind("#", 0, at)
    between = text[place + 1 : at]
    return place if place >= 0 and not re.search("[，、；：。（）]", between) and len(between) <= 14 else None


def _closing(text: str, opening: int) -> int:
    """Return where the bracket opened at `opening` is closed, or -1."""
    depth = 0
    for n in range(opening, len(text)):
        depth += (text[n] == "（") - (text[n] == "）")
        if depth == 0:
            return n
    return -1


def _listed(sentence: Sentence, match: re.Match[str]) -> Partition | None:
    text = sentence.shape.text
    if match[0].startswith("：") and (
        NAMED.match(text, match.end()) or not sentence.shape.token(match.start() - 1).unit
    ):
        return None
    inside = is_inside(text, match.start())
    end = _list_end(text, match)
    first = text.find("#", match.end(), end)
    if first < 0:
        return None
    found = _whole(sentence, match, sentence.shape.token(first).unit)
    if found is None:
        return None
    whole, wholes = found
    read = read_parts(sentence, match.end(), end, whole, bracketed=inside)
    if not read.parts or all(_ONLY_CARRIED.search(p.name) for p in read.parts):
        return None
    between = text[max(0, match.start() - 6) : match.end()]
    return partition(
        sentence,
        SplitWhole(
            whole,
            tuple(wholes),
            tuple(_behind(sentence, read.end, whole)),
            far=whole not in sentence.shape.tokens,
            together=_side_by_side(sentence, match.start()),
        ),
        read.parts,
        between + text[match.end() : read.end],
        exhaustive=match[0].startswith(("分", "按")),
        complete=read.complete,
        bracketed=inside,
    )


def _whole(sentence: Sentence, match: re.Match[str], unit: str) -> tuple[Token, list[Decimal]] | None:
    """Find the figure the list splits up, and all that may be meant: figures before it, two neighbours together.

    A list at the beginning of a sentence splits up a figure of the sentence before.
    """
    text = sentence.shape.text
    at = match.start()
    if match[0] == "其中" and text[at - 1 : at] in _OF_THEM:
        at = min(text.index(text[at - 1] + "其中"), at)
    divisions = _DIVISION.search(text) if match[0][0] in "按从" else None
    if divisions:
        at = divisions.start()
    holder, places = sentence, [n for n in _outside_brackets(text, at) if text[n] == "#"]
    if not places and at <= 2 and sentence.previous:
        holder = sentence.previous
        said = holder.shape.text
        listed = _MARKER.search(said.replace("（", "　"))
        end = listed.start() if listed and "#" in said[: listed.start()] else len(said)
        places = [n for n in _outside_brackets(said, end) if said[n] == "#"]
    nearest: Token | None = None
    for place in reversed(places):
        token = holder.shape.token(place)
        if _is_no_whole(holder, place):
            continue
        if unit in ("", token.unit) or token.unit == "":
            if holder is sentence and _HAS_NO_FIGURE.search(text[place + 1 : at] + match[0]):
                return None
            nearest = token
            break
        if holder.shape.text[place : match.start()].count("，") > 2:
            return None
    if nearest is None or not nearest.exact:
        return None
    opening = text.rfind("（", 0, match.start())
    first = is_inside(text, match.start()) and "#" not in text[opening : match.start()]
    if first and _figure_before(text, opening) is not None:
        return nearest, []
    return nearest, _candidates(sentence, holder, match, unit or nearest.unit)


def _side_by_side(sentence: Sentence, end: int) -> Decimal:
    """Return the sum of figures joined by 、 right before `end`: 建议214件、提案367件，其中…; 0 when there is one."""
    text = sentence.shape.text
    clause = max(text.rfind(c, 0, end) for c in "；。：（") + 1
    joined = _JOINED.findall(text[clause:end])
    if not joined:
        return Decimal(0)
    at = text.rindex(joined[-1], clause, end)
    places = [at + n for n, c in enumerate(joined[-1]) if c == "#"]
    return sum((sentence.shape.token(n).value for n in places), Decimal(0))


def _candidates(sentence: Sentence, holder: Sentence, match: re.Match[str], unit: str) -> list[Decimal]:
    """List the values before a marker, in this sentence and the one before, and the sums of two neighbours."""
    tokens: list[Token] = []
    for one, end in ((sentence.previous, None), (sentence, match.start())):
        if one is None or (one is not holder and holder is not sentence):
            continue
        same_depth = set(_outside_brackets(one.shape.text, len(one.shape.text) if end is None else end))
        tokens += [
            t for t in one.shape.tokens if t.at in same_depth and t.kind == "#" and t.unit in ("", unit) and t.exact
        ]
    values = [t.value for t in tokens]
    return [*values, *(a + b for a, b in pairwise(values))]


def _behind(sentence: Sentence, end: int, whole: Token) -> list[Decimal]:
    """List the next figures of the whole's unit after a list, which may belong to it."""
    text, depth, values = sentence.shape.text, 0, []
    for place in range(end, len(text)):
        depth += (text[place] == "（") - (text[place] == "）")
        if text[place] == "#" and depth == 0 and (token := sentence.shape.token(place)).unit == whole.unit:
            values.append(token.value)
    return values


def is_inside(text: str, at: int) -> bool:
    """Tell whether a place stands in brackets."""
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
    """The list ends with the sentence, at the bracket around it, or at another marker of its kind."""
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
