"""A whole with its parts, and whether its list must add up. Reading it from a sentence is the work of `lists`."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from nianbao.checks.text.clauses import Sentence
from nianbao.checks.text.domains import Domain, last_domain
from nianbao.checks.text.quantities import Token
from nianbao.numbers import spell
from nianbao.patterns import Pattern

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


_CATCH_ALL = Pattern("其[他它余]")
_SOME = Pattern("主要|涵盖|涉及|不限于|其[他它]栏目")
_ETC = Pattern("(?<![平初高中同何相均])等(?![级候待于额同])")
_CHANNELS = Pattern(
    "网站|公众号|微信|微博|抖音|新媒体|平台|公开栏|公示栏|电子屏|显示屏|广播|报纸|客户端|APP|头条|宣传栏|微信群|电视"
)
_WAYS = Pattern("网络|网上|在线|平台|信函|信件|邮寄|书面|当面|现场|邮件|传真")
"""Ways in which a request comes in: each comes in one way."""
_OVERLAP = Pattern("重复|交叉|同时发布|同步发布|兼")
_OUTCOMES = Pattern("维持|纠正|撤销|驳回|未审结|其他结果")
RESULTS = Pattern("予以公开|部分公开|不予公开|无法提供|不予处理|其[他它]处理|不掌握|同意公开")
_OPTIONAL = Pattern("结转|尚在办理|正在办理|办理中|撤回|撤销申请")


def partition(
    sentence: Sentence,
    whole: Token,
    parts: list[Part],
    listed: str,
    *,
    exhaustive: bool,
    complete: bool = True,
    bracketed: bool = True,
) -> Partition:
    """Return the partition, judged closed or open by the names of its parts and by `listed`, the list as a shape.

    `exhaustive` lists say that they are complete (分别为, brackets); `complete` is False when something was left out.
    """
    requests = (last_domain(sentence.shape.text) or sentence.inherited) in (Domain.REQUESTS, Domain.REVIEW)
    names = "、".join(p.name for p in parts)
    overlapping = bool(_OVERLAP.search(sentence.clean)) or (not requests and len(_CHANNELS.findall(names)) > 1)
    kept = _without_carried(whole, parts)
    rough = any(not p.token.exact for p in kept)
    tail = listed[listed.rfind("#") + 1 :] if "#" in listed else listed
    is_open = "等" in tail or bool(_SOME.search(listed))
    etc = bool(_ETC.search(names))
    total = sum((p.value for p in kept), Decimal(0))
    catch_all = bool(_CATCH_ALL.search(kept[-1].name)) if kept else False
    axis = len(kept) > 1 and (
        ("自然人" in names and "法人" in names)
        or len(RESULTS.findall(names)) >= 3
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
