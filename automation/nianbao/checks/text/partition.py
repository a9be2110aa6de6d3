"""A whole with its parts, and whether its list must add up. Reading it from a sentence is the work of `lists`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import accumulate, islice

from nianbao.checks.text.clauses import Sentence
from nianbao.checks.text.domains import Domain, last_domain
from nianbao.checks.text.quantities import Token
from nianbao.numbers import spell
from nianbao.patterns import Pattern

NEARLY = {2: Decimal("0.85"), 3: Decimal("0.9"), 4: Decimal("0.8")}
"""From this share of the whole on a list of so many parts was meant to be complete, if one slip explains the rest."""
NEARLY_ALL_NAMED = Decimal("0.7")
"""The same for a list in which 各 gives figures to four names and more."""


@dataclass(frozen=True)
class ListPart:
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

    `overlapping` parts (the same item on several platforms) may add up to more than the whole. `wholes` are all figures
    that may honestly be meant as the whole (new, carried, both together), `most` is the largest a part may be; `behind`
    are figures of the same kind that follow the list and may belong to it.
    """

    whole: Token
    parts: tuple[ListPart, ...]
    closed: bool
    overlapping: bool
    bracketed: bool = False
    wholes: tuple[Decimal, ...] = ()
    behind: tuple[Decimal, ...] = ()
    most: Decimal = Decimal(0)

    @property
    def sum(self) -> Decimal:
        """The sum of the parts."""
        return sum((p.value for p in self.parts), Decimal(0))

    @property
    def excessive(self) -> ListPart | None:
        """The first part that is larger than any whole."""
        most = max(self.most, self.whole.value)
        return next((p for p in self.parts if p.token.exact and p.token.value > most), None)

    @property
    def holds(self) -> bool:
        """Tell whether the parts fit the whole in some honest grouping."""
        wholes = {self.whole.value, *self.wholes}
        if any(total in wholes for total in self._groupings()):
            return True
        if self.excessive:
            return False
        if self.closed:
            return False
        return self.overlapping or len(self.parts) < 2 or self.sum <= max(self.most, self.whole.value)

    def _groupings(self) -> Iterator[Decimal]:
        """Yield the sums that may be meant: all parts, the first ones, all with what follows them."""
        yield self.sum
        if len(self.parts) > 2 and not self.bracketed and not _CATCH_ALL.search(self.parts[-1].name):
            yield from islice(accumulate(p.value for p in self.parts[:-1]), 1, None)
        total = self.sum
        for more in self.behind:
            total += more
            yield total
        if len(self.parts) > 2:
            values = [p.value for p in self.parts]
            yield sum(_without_nested(values), Decimal(0))
            yield sum(_without_nested([*values, *self.behind]), Decimal(0))

    def __str__(self) -> str:
        """Spell the sum: 94 = 20 + 9 + 9 + 1 + 55."""
        sign = "=" if self.sum == self.whole.value else "≠"
        terms = " + ".join(spell(p.token.value) + (f" × {p.times}" if p.times > 1 else "") for p in self.parts)
        return f"{spell(self.whole.value)} {sign} {terms}"


def _without_nested(values: list[Decimal]) -> list[Decimal]:
    """Drop the figures that add up to the one before them: 复议7件，维持6件，未审结1件；诉讼4件 is 7 and 4."""
    kept: list[Decimal] = []
    at = 0
    while at < len(values):
        kept.append(values[at])
        nested = 0
        total = Decimal(0)
        for more in range(at + 1, min(len(values), at + 9)):
            total += values[more]
            if total == values[at] and more > at + 1:
                nested = more - at
                break
        at += nested + 1
    return kept


_CATCH_ALL = Pattern("其[他它余]")
_SOME = Pattern("主要|涵盖|涉及|不限于|其[他它]栏目|例如|比如|特别是|尤其|重点是")
_ETC = Pattern("(?<![平初高中同何相均])等(?![级候待于额同])")
_CHANNELS = Pattern(
    "网站|公众号|微信|微博|抖音|新媒体|平台|公开栏|公示栏|电子屏|显示屏|广播|报纸|客户端|APP|头条|宣传栏|微信群|电视"
)
_WAYS = Pattern("网络|网上|在线|平台|信函|信件|邮寄|书面|当面|现场|邮件|传真")
"""Ways in which a request comes in: each comes in one way."""
_OVERLAP = Pattern("重复|交叉|同时发布|同步发布|兼|多种形式|解读形式")
_OUTCOMES = Pattern("维持|纠正|撤销|驳回|未审结|其他结果")
RESULTS = Pattern("予以公开|部分公开|不予公开|无法提供|不予处理|其[他它]处理|不掌握|同意公开")
_OPTIONAL = Pattern("结转|转下|转入|转至|顺延|尚在办理|正在办理|办理中|撤回|撤销申请")
_FOLLOWING = Pattern("办结|答复|办理|结转下|转下|结转至|结转到")
"""Steps of one application after another are no parts of a whole: 新收…，办结…，结转…."""


@dataclass(frozen=True)
class SplitWhole:
    """The figure a list splits up, all values that may be meant as its whole, the figures behind the list.

    `far` tells that the figure stands in the sentence before: any of those there may be meant. `together` is the sum of
    figures that stand side by side where the list begins, 0 where there is one only.
    """

    token: Token
    others: tuple[Decimal, ...] = ()
    behind: tuple[Decimal, ...] = ()
    far: bool = False
    together: Decimal = Decimal(0)


def partition(
    sentence: Sentence,
    divided: SplitWhole,
    parts: list[ListPart],
    listed: str,
    *,
    exhaustive: bool,
    complete: bool = True,
    bracketed: bool = True,
) -> Partition:
    """Return the partition, judged closed or open by the names of its parts and by `listed`, the list as a shape.

    `exhaustive` lists say that they are complete (分别为, brackets); `complete` is False when something was left out.
    """
    whole = divided.token
    requests = (last_domain(sentence.shape.text) or sentence.inherited) in (Domain.REQUESTS, Domain.REVIEW)
    names = "、".join(p.name for p in parts)
    on_channels = not requests and len(parts) > 1 and all(_CHANNELS.search(p.name) for p in parts)
    kept = _without_carried(whole, parts)
    total = sum((p.value for p in kept), Decimal(0))
    overlapping = bool(_OVERLAP.search(sentence.clean)) or (on_channels and total > whole.value)
    rough = any(not p.token.exact for p in kept)
    tail = listed[listed.rfind("#") + 1 :] if "#" in listed else listed
    is_open = "等" in tail or bool(_SOME.search(listed))
    etc = bool(_ETC.search(names))
    catch_all = bool(_CATCH_ALL.search(kept[-1].name))
    axis = len(kept) > 1 and (
        ("自然人" in names and "法人" in names)
        or len(RESULTS.findall(names)) >= 3
        or len(_OUTCOMES.findall(names)) > 1
        or _are_half_years(sentence, kept)
        or (requests and len(_WAYS.findall(names)) == len(kept))
    )
    steps = requests and len(_FOLLOWING.findall(names)) > 1 and not axis
    is_closed = len(kept) > 1 and complete and not rough and not is_open and not overlapping and not steps and (
        catch_all or axis or (exhaustive and not etc) or (not etc and _is_nearly(whole.value, kept, whole.unit))
    )  # fmt: skip
    loose = overlapping or steps or (rough and total > whole.value)
    most = max((w for w in divided.others if requests or divided.far), default=whole.value)
    most = max(most, divided.together)
    return Partition(whole, tuple(kept), is_closed, loose, bracketed, divided.others, divided.behind, most)


def _are_half_years(sentence: Sentence, parts: list[ListPart]) -> bool:
    said = [sentence.clean[max(0, p.token.start - 8) : p.token.start] for p in parts]
    return len(parts) == 2 and "上半年" in said[0] and "下半年" in said[1]


def _is_nearly(whole: Decimal, parts: list[ListPart], units: str) -> bool:
    """Tell whether the parts miss the whole by so little that it is a slip: one digit, or two exchanged."""
    total = sum((p.value for p in parts), Decimal(0))
    named = sum(p.times for p in parts)
    if any(p.token.unit not in ("", units) for p in parts):
        return False
    share = NEARLY_ALL_NAMED if named >= 4 and named > len(parts) else NEARLY[min(len(parts), 4)]
    return whole * share <= total < whole and is_slip(whole - total)


def is_slip(difference: Decimal) -> bool:
    """Tell whether one wrong digit (5, 10, 300) or two exchanged ones (9, 54, 270) make such a difference."""
    if difference != int(difference):
        return True
    bare = str(int(difference)).rstrip("0")
    return len(bare) == 1 or (int(bare) % 9 == 0 and int(bare) // 9 < 10)


def _without_carried(whole: Token, parts: list[ListPart]) -> list[ListPart]:
    """Leave out what is still in hand when the rest alone make the whole."""
    done = [p for p in parts if not _OPTIONAL.search(p.name)]
    if len(done) > 1 and sum((p.value for p in done), Decimal(0)) == whole.value:
        return done
    return parts
