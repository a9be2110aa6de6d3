"""The mistakes of a roster as findings (G7): what is wrong with many rows in the same way is told once."""

from __future__ import annotations

from dataclasses import dataclass

from nianbao.findings import Finding, Severity, tell
from nianbao.form import program_rule

SHEET = "名册"
_NAMED = 3
"""Bodies named in one sentence."""


@dataclass(frozen=True)
class _Note:
    """One kind of mistake and the rows that have it."""

    what: str
    how: str
    severity: Severity
    rows: dict[int, str]


class Mistakes:
    """What was found wrong so far, by what it is and how to mend it."""

    def __init__(self) -> None:
        self._found: dict[tuple[str, str], _Note] = {}

    def add(self, row: int, name: str, what: str, how: str = "", severity: Severity = Severity.ERROR) -> None:
        """Take note of a mistake in a row (0: of the whole list) with the body called `name`, '' for none."""
        self._found.setdefault((what, how), _Note(what, how, severity, {})).rows.setdefault(row, name)

    def findings(self) -> tuple[Finding, ...]:
        """Return a finding for each kind of mistake, in the order of the rows."""
        rule = program_rule("G7")
        found = []
        for note in sorted(self._found.values(), key=lambda n: min(n.rows)):
            names = [n for n in note.rows.values() if n]
            more = f"等 {len(names)} 个单位" if len(names) > _NAMED else ""
            said = "、".join(f"“{n}”" for n in names[:_NAMED]) + more
            place = f"{SHEET} 第{'、'.join(str(r) for r in sorted(note.rows))}行" if min(note.rows) else SHEET
            found.append(tell(rule, place, said + note.what, how=note.how, severity=note.severity))
        return tuple(found)
