"""N2: wholes and their parts: 94篇，其中20篇、9篇、9篇、1篇、55篇."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from nianbao.checks.judge import text_finding
from nianbao.checks.text.clauses import Sentence, sentences
from nianbao.checks.text.domains import Domain, last_domain
from nianbao.checks.text.quantities import Token
from nianbao.findings import Finding
from nianbao.form import Rule
from nianbao.numbers import spell
from nianbao.report import Reading

NEARLY = Decimal("0.1")
"""A list of three or more parts that misses so small a share of the whole was meant to be complete."""


@dataclass(frozen=True)
class Part:
    """One part: its name as printed, its figure; `times` counts the names that 各 gives the figure to."""

    name: str
    token: Token
    times: int = 1

    @property
    def value(self) -> Decimal:
        """What the part adds to the sum."""
        return self.token.value * self.times


@dataclass(frozen=True)
class Partition:
    """A whole and its parts. A `closed` list must add up to the whole; an open one must not exceed it.

    `overlapping` parts (the same item on several platforms) may add up to more than the whole.
    """

    sentence: Sentence
    whole: Token
    parts: tuple[Part, ...]
    closed: bool
    overlapping: bool
    bracketed: bool = False

    @property
    def sum(self) -> Decimal:
        """The sum of the parts."""
        return sum((p.value for p in self.parts), Decimal(0))

    @property
    def excessive(self) -> Part | None:
        """The first part that is larger than the whole."""
        return next((p for p in self.parts if p.token.exact and p.token.value > self.whole.value), None)

    @property
    def holds(self) -> bool:
        """Tell whether the parts fit the whole."""
        if self.excessive:
            return False
        if self.closed:
            return self.sum == self.whole.value
        return self.overlapping or len(self.parts) < 2 or self.sum <= self.whole.value

    def __str__(self) -> str:
        """Spell the sum: 94 = 20 + 9 + 9 + 1 + 55."""
        sign = "=" if self.sum == self.whole.value else "≠"
        terms = " + ".join(spell(p.token.value) + (f" × {p.times}" if p.times > 1 else "") for p in self.parts)
        return f"{spell(self.whole.value)} {sign} {terms}"


_MARKER = re.compile("其中|主要包括|主要包含|包括|包含|分别(?:为|是)|分为|涵盖|（")
_PIECE = re.compile("[，、；：]")
_CATCH_ALL = re.compile("其[他它余]")
_NOT_ALL = re.compile(
    "等(?=[，。；）]|$)|等(?:方面|内容|信息|工作|类别|情况)?$|其[他它]栏目|主要|涵盖|不限于|涉及|重点|部分为|如："
)
_ETC = re.compile("(?<![平初高中同何相均])等(?![级候待于额同])")
_STOP = re.compile(
    "均|已|全部|目前|截至|同时|另外?|此外|同比|较|比上|占|共|总|全年|全镇|本年|今年|累计|办结|答复|回复|收到|受理|接到|召开|开展|举办"
    "|组织|回应|处理|处置|编制|制作|更新|点击|阅读|浏览|访问|参与|按时|按期|依法|未|无|没有|并|且|有效|切实|做到|通过|及时|现行|废止|新增"
    "|政府信息公开申请|信息公开申请|依申请"
)
_LATER = re.compile("累计|历年|去年|上年同期|同比|环比|较|比|增长|下降|增加|减少|占")
_CHANNELS = re.compile(
    "网站|公众号|微信|微博|抖音|新媒体|平台|公开栏|公示栏|电子屏|显示屏|广播|报纸|客户端|APP|头条|宣传栏|微信群|电视"
)
_WAYS = re.compile("网络|网上|在线|平台|信函|信件|邮寄|书面|当面|现场|邮件|传真")
"""Ways in which a request comes in: each comes in one way."""
_OVERLAP = re.compile("重复|交叉|同时发布|同步发布|兼")
_APPLICANTS = re.compile("自然人|法人|商业企业|公民")
_OUTCOMES = re.compile("维持|纠正|撤销|驳回|未审结|其他结果")
_RESULTS = re.compile("予以公开|部分公开|不予公开|无法提供|不予处理|其[他它]处理|不掌握|同意公开")
_OPTIONAL = re.compile("结转|尚在办理|正在办理|办理中|撤回|撤销申请")
_AND = re.compile("[、和及与]")


def partitions(sentence: Sentence) -> list[Partition]:
    """Return the wholes with parts that a sentence states, in order."""
    text = sentence.shape.text
    found = []
    for match in _MARKER.finditer(text):
        partition = _bracketed(sentence, match) if match[0] == "（" else _listed(sentence, match)
        if partition and not (found and _is_beside(partition, found[-1])):
            found.append(partition)
    return found


def _is_beside(partition: Partition, before: Partition) -> bool:
    """Tell whether a second 其中 that does not fit its nearest figure may go on with the first one's whole."""
    inside = partition.whole in [p.token for p in before.parts]
    return inside and not partition.holds and not partition.bracketed and partition.sum <= before.whole.value


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
    return _partition(sentence, whole, parts, inside, exhaustive=True) if len(parts) > 1 else None


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
    return _partition(
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
    return text.count("（", 0, at) > text.count("）", 0, at)


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


def _parts(
    sentence: Sentence, begin: int, end: int, whole: Token, *, bracketed: bool = False
) -> tuple[list[Part], bool]:
    """Read the parts; False when something in the list was no part, so that the list cannot be taken as complete."""
    text = sentence.shape.text
    parts: list[Part] = []
    names: list[str] = []
    complete = True
    for start, piece in _pieces(text, begin, end):
        bare = re.sub("^[，、；：]", "", piece)
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
    blanked = re.sub("（[^（）]*）", lambda m: "　" * len(m[0]), text[begin:end])
    at = 0
    for match in _PIECE.finditer(blanked):
        yield begin + at, blanked[at : match.start()]
        at = match.end()
    yield begin + at, blanked[at:].rstrip("。！？")


def _ends(first: str, piece: str) -> bool:
    """Tell whether a piece begins something new rather than another part like the first."""
    return bool(_STOP.match(piece)) and first[:2] != piece[:2] and not _RESULTS.match(piece)


def _partition(
    sentence: Sentence,
    whole: Token,
    parts: list[Part],
    listed: str,
    *,
    exhaustive: bool,
    complete: bool = True,
    bracketed: bool = True,
) -> Partition:
    requests = (last_domain(sentence.shape.text) or sentence.inherited) in (Domain.REQUESTS, Domain.REVIEW)
    names = "、".join(p.name for p in parts)
    overlapping = bool(_OVERLAP.search(sentence.clean)) or (not requests and len(_CHANNELS.findall(names)) > 1)
    kept = _without_carried(whole, parts)
    rough = any(not p.token.exact for p in kept)
    tail = listed[listed.rfind("#") + 1 :] if "#" in listed else listed
    is_open = (
        bool(re.search("主要|涵盖|涉及|不限于|其[他它]栏目", listed)) or bool(_NOT_ALL.search(tail)) or "等" in tail
    )
    etc = bool(_ETC.search(names))
    total = sum((p.value for p in kept), Decimal(0))
    catch_all = bool(_CATCH_ALL.search(kept[-1].name)) if kept else False
    axis = len(kept) > 1 and (
        ("自然人" in names and "法人" in names)
        or len(_RESULTS.findall(names)) >= 3
        or len(_OUTCOMES.findall(names)) > 1
        or (requests and len(_WAYS.findall(names)) == len(kept))
    )
    nearly = len(kept) >= 3 and not etc and whole.value * (1 - NEARLY) <= total
    is_closed = len(kept) > 1 and complete and not rough and not is_open and not overlapping and (
        catch_all or axis or (exhaustive and not etc) or nearly
    )  # fmt: skip
    return Partition(sentence, whole, tuple(kept), is_closed, overlapping or (rough and total > whole.value), bracketed)


def _without_carried(whole: Token, parts: list[Part]) -> list[Part]:
    """Leave out what is still in hand when the rest alone make the whole."""
    done = [p for p in parts if not _OPTIONAL.search(p.name)]
    if len(done) > 1 and sum((p.value for p in done), Decimal(0)) == whole.value:
        return done
    return parts


def parts_fit_their_wholes(rule: Rule, reading: Reading) -> list[Finding]:
    """N2: a closed list adds up to its whole, no part and no open list exceeds it."""
    found = []
    for sentence in sentences(reading.report):
        for partition in partitions(sentence):
            if partition.holds or partition.sentence.shape.text.startswith("累计"):
                continue
            where = sentence.quote(partition.parts[0].token.start, partition.parts[-1].token.end)
            found.append(
                text_finding(rule, reading, sentence.text, sentence.paragraph, f"正文{where}，{_what(partition)}")
            )
    return found


def _what(partition: Partition) -> str:
    part = partition.excessive
    if part and (len(partition.parts) == 1 or not partition.closed):
        return f"其中“{part.name}”是 {spell(part.token.value)}，多于总数 {spell(partition.whole.value)}"
    sum_of_parts, whole = partition.sum, partition.whole.value
    return f"各部分相加是 {spell(sum_of_parts)}，总数写的是 {spell(whole)}（{partition}），相差 {spell(abs(sum_of_parts - whole))}"
