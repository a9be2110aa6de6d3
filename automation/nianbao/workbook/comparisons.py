"""What the live checks compare for rules that are no equality of cells, by the functions they name."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum

from nianbao.checks.single_figures import CHARGED, STOCK
from nianbao.form import Edition, Rule


class Test(StrEnum):
    """How a check compares `left` with `right`; the result is 0 where all is well."""

    EQUAL = "equal"
    AT_LEAST = "at least"
    TENS = "tens"
    BOTH_OR_NONE = "both or none"
    NONE_FOR_LOWER = "none for lower bodies"
    OWN_TOTAL = "total of one's own"


Comparison = tuple[str, tuple[str, ...], tuple[str, ...], Test]


def _by_column(edition: Edition, rule: Rule) -> list[dict[str, str]]:
    """Return the rule's cells row by row, each keyed by its column."""
    rows: dict[str, dict[str, str]] = {}
    for key in rule.cells:
        value = edition.values[key]
        rows.setdefault(value.row, {})[value.column] = key
    return list(rows.values())


def _prior_stock(edition: Edition, rule: Rule) -> list[Comparison]:
    found: list[Comparison] = []
    for row in _by_column(edition, rule):
        if set(STOCK) <= set(row):
            in_force, issued, repealed = (row[c] for c in STOCK)
            text = f"{edition.values[in_force].words[0]}：现行有效－制发＋废止（即上年有效）不小于0"
            found.append((text, (in_force, repealed), (issued,), Test.AT_LEAST))
    return found


def _regulations(edition: Edition, rule: Rule) -> list[Comparison]:
    words = "、".join(dict.fromkeys(edition.values[k].words[0] for k in rule.cells))
    return [(f"县级以下机关的{words}各栏为0", rule.cells, (), Test.NONE_FOR_LOWER)]


def _fee(edition: Edition, rule: Rule) -> list[Comparison]:
    found: list[Comparison] = []
    for row in _by_column(edition, rule):
        if set(CHARGED) <= set(row):
            notices, notified, received = (row[c] for c in CHARGED)
            found += [
                ("金额是10元的整数倍", (notified, received), (), Test.TENS),
                ("实际收取不超过通知收取", (notified,), (received,), Test.AT_LEAST),
                ("通知件数为0与通知金额为0同时成立", (notices,), (notified,), Test.BOTH_OR_NONE),
            ]
    return found


def _published(edition: Edition, rule: Rule) -> list[Comparison]:
    whole = tuple(k for k in rule.cells if edition.values[k].row == "total")
    parts = tuple(k for k in rule.cells if k not in whole)
    return [("勾稽差（合计－各分类之和）", whole, parts, Test.OWN_TOTAL)] if whole and parts else []


COMPARISONS: dict[str, Callable[[Edition, Rule], list[Comparison]]] = {
    "prior_stock_is_not_negative": _prior_stock,
    "lower_bodies_have_no_regulations": _regulations,
    "processing_fee_is_lawful": _fee,
    "published_categories_add_up": _published,
}
