"""Collecting what reading notices: findings of the W rules, and the keys whose cells could not be read."""

from __future__ import annotations

from collections.abc import Iterable

from nianbao.findings import Finding, Places, Severity, tell
from nianbao.form import Edition, program_rule

_SHOWN = 6
"""So many cells are named in one message; the finding's `cells` have all."""


class Notes:
    """The findings of one reading in the making."""

    def __init__(self, edition: Edition, places: Places) -> None:
        self.edition, self.places = edition, places
        self.findings: list[Finding] = []
        self.unread: set[str] = set()

    def say(
        self, rule: str, severity: Severity, cells: Iterable[str], where: tuple[str, str], what: str, how: str = ""
    ) -> None:
        """Add a finding; `where` is the bare place and the place as the message names it."""
        record = program_rule(rule)
        self.findings.append(tell(record, where[0], what, where=where[1], how=how, cells=cells, severity=severity))

    def hint(self, rule: str, keys: list[str], what: str, how: str = "", place: str = "") -> None:
        """Add one hint about these cells of one sheet, if there are any; `place` as in `refuse`."""
        if keys:
            names = "、".join(self.places.named(k) for k in keys[:_SHOWN])
            more = f"等{len(keys)}格" if len(keys) > _SHOWN else ""
            where = self._where(keys[0], place) if place else (self.places.of(keys[0]), names + more)
            self.say(rule, Severity.HINT, keys, where, what, how)

    def refuse_all(self, keys: list[str], what: str, how: str = "") -> None:
        """Add one error about these cells of one sheet, which can't be read for the same reason."""
        self.unread.update(keys)
        names = "、".join(self.places.named(k) for k in keys[:_SHOWN])
        more = f"等{len(keys)}格" if len(keys) > _SHOWN else ""
        self.say("W2", Severity.ERROR, keys, (self.places.of(keys[0]), names + more), what, how)

    def refuse(self, key: str, what: str, how: str = "", place: str = "") -> None:
        """Add an error about a cell that cannot be read, and remember the cell.

        `place` is the cell of a text of several, where it is not the first.
        """
        self.unread.add(key)
        self.say("W2", Severity.ERROR, (key,), self._where(key, place), what, how)

    def _where(self, key: str, place: str) -> tuple[str, str]:
        own = self.places.of(key)
        return place or own, self.places.named(key).replace(own, place or own, 1)
