"""Collecting what reading a published report notices (rules R1 to R6), and the keys that were not surely read."""

from __future__ import annotations

from collections.abc import Sequence

from nianbao.findings import Finding, Places, tell
from nianbao.form import Edition, program_rule
from nianbao.unicodes import quotation

_SHOWN = 6
"""So many cells are named in one message; the finding's `cells` have all."""


class Notes:
    """The findings of one reading in the making."""

    def __init__(self, edition: Edition, places: Places) -> None:
        self.edition, self.places = edition, places
        self.findings: list[Finding] = []
        self.unread: set[str] = set()

    def say(
        self, rule: str, place: str, what: str, *, keys: Sequence[str] = (), where: str = "", how: str = ""
    ) -> None:
        """Add a finding of this rule's class."""
        named = where or place or "整份文件"
        self.findings.append(tell(program_rule(rule), place, what, where=named, how=how, cells=keys))

    def cells(self, rule: str, keys: Sequence[str], what: str) -> None:
        """Add one finding about these cells (at least one), naming the first few."""
        names = "、".join(self.places.named(k) for k in keys[:_SHOWN])
        more = f"等{len(keys)}格" if len(keys) > _SHOWN else ""
        self.say(rule, self.places.of(keys[0]), what, keys=keys, where=names + more)

    def refuse(self, keys: Sequence[str], what: str) -> None:
        """Add an error about cells that are not surely read, and remember them."""
        self.unread.update(keys)
        self.cells("R1", keys, what)


def shown(text: str) -> str:
    """Quote what stands in the file, on one line, shortened."""
    flat = "".join(text.split())
    return quotation(flat if len(flat) <= 30 else f"{flat[:30]}…")
