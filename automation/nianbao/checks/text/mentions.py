"""What a text says of a cell: a figure that was understood, or a statement that there was none."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from nianbao.checks.text.clauses import Sentence
from nianbao.checks.text.roles import Sum
from nianbao.checks.text.scope import Circle
from nianbao.checks.text.stretch import Meant
from nianbao.checks.text.understood import Understood, understood
from nianbao.patterns import Pattern
from nianbao.report import Report

_CARRIED_ALL = Pattern(
    "(?:结转|转结)[^，；。#]*(?P<figure>#)[^，；。#]*，(?:均|都|全部)[^，；。#]{0,6}?"
    "(?P<result>予以公开|不予公开|部分公开|无法提供|不予处理)"
)
_REVISED = Pattern("修订|修改|重新(?:印发|公布|发布)")


@dataclass(frozen=True)
class Mention:
    """A figure of the text with a cell: `label` says of what, `readings` what it may add up, in `columns`.

    `value` is in the cell's unit; `step` is what its last printed digit is worth, 0 for a count. `beside` are,
    for some results, the sentence's figures that have no cell of their own; `together` adds up the figures the sentence
    gives for the same cells, where it gives several. `doubtful` readings make a question of a refusal.
    """

    sentence: Sentence
    start: int
    end: int
    value: Decimal
    label: str
    readings: tuple[Sum, ...]
    columns: tuple[str, ...]
    sure: bool
    scope: Circle
    step: Decimal = Decimal(0)
    beside: tuple[Decimal, ...] = ()
    doubtful: tuple[Sum, ...] = ()
    together: Decimal | None = None
    is_result: bool = False


def mentions(sentence: Sentence, report: Report) -> Iterator[Mention]:
    """Yield the figures of a sentence that have a cell, in order."""
    all_figures = tuple(understood(sentence, report))
    beside = tuple(u.token.value for u in all_figures if not u.meanings and u.token.value)
    sums = _summed(all_figures, sentence)
    for one in all_figures:
        token = one.token
        for meant in one.meanings:
            value = token.value / meant.scale
            if meant.scale == 1 and value != int(value):
                continue
            step = token.step * 2 / meant.scale if meant.scale != 1 or token.step > 1 else Decimal(0)
            result = meant.role == "result"
            shared = (result and meant.is_row) or _has_a_neighbour(meant, sentence)
            yield Mention(
                sentence, token.start, token.end, value, meant.label, meant.readings, meant.columns, meant.sure,
                one.scope, step=step, beside=beside if shared else (), doubtful=meant.doubtful,
                together=sums.get((meant.label, meant.columns)), is_result=result,
            )  # fmt: skip


def _has_a_neighbour(meant: Meant, sentence: Sentence) -> bool:
    """Tell whether figures in other words may belong to the same cell: revised documents, 维持2件、驳回1件."""
    if meant.role == "issued":
        return bool(_REVISED.search(sentence.clean))
    return meant.role == "review" and meant.label.endswith("维持") and "驳回" in sentence.clean


def _summed(figures: tuple[Understood, ...], sentence: Sentence) -> dict[tuple[str, tuple[str, ...]], Decimal]:
    """Add up the figures given for the same result: 新收…，予以公开13件；上年结转1件，予以公开1件 (or: 均予以公开)."""
    found: dict[tuple[str, tuple[str, ...]], list[Decimal]] = {}
    for said in _CARRIED_ALL.finditer(sentence.shape.text):
        carried = sentence.shape.token(said.start("figure")).value
        found[said["result"], ("total",)] = [carried]
    for one in figures:
        for meant in one.meanings:
            if meant.role == "result":
                found.setdefault((meant.label, meant.columns), []).append(one.token.value)
    return {k: sum(values, Decimal(0)) for k, values in found.items() if len(values) > 1}
