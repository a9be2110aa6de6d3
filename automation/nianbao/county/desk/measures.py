"""The figures by which bodies are set beside each other and beside their own earlier years.

Knows the national form: the totals of 表三 and 表四 that are compared. A measure whose cells a report lacks is left
out.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from nianbao.county.desk.sum_tables import RECEIVED
from nianbao.numbers import Number


@dataclass(frozen=True)
class Measure:
    """One figure: the sum of these cells, in 件."""

    id: str
    label: str
    keys: tuple[str, ...]


MEASURES = (
    Measure("received", "本年新收", (RECEIVED,)),
    Measure("carried", "结转下年", ("requests.pending_end.total",)),
    Measure(
        "disputes",
        "复议和诉讼",
        (
            "review.reconsideration.total",
            "review.direct_litigation.total",
            "review.post_reconsideration_litigation.total",
        ),
    ),
)


def measured(values: Mapping[str, Number]) -> dict[str, int]:
    """Return the measures of a report by id; one of whose cells any is blank, or not in the edition, is left out."""
    return {m.id: int(sum(values[k] for k in m.keys)) for m in MEASURES if all(k in values for k in m.keys)}
