"""The detail workbook as a task for a worker: bodies by the keys of their records, which are read where it is made."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from nianbao.county.desk_json import report_of
from nianbao.county.keeping.records import record_in
from nianbao.county.model import BodyState, Category, Total
from nianbao.county.totals import detail_book
from nianbao.county.totals.detail_sheets import Below, DetailLine
from nianbao.county.totals.scope_sums import Contribution
from nianbao.form import Edition, load_edition


@dataclass(frozen=True)
class DetailBody:
    """A body in the detail workbook: words as shown, and the key of its record ('' where nothing of it counts).

    `below` is where its own detail workbook is, if it has one.
    """

    name: str
    level: str
    status: str
    key: str
    below: Below | None = None


def row_of(edition: Edition, state: BodyState, key: str, below: Below | None = None) -> DetailBody:
    """Return a body's row."""
    level = edition.level(state.member.level)
    return DetailBody(state.member.name, level.label if level else "", state.status.label, key, below)


@dataclass(frozen=True)
class DetailBook:
    """Makes the detail workbook (.xlsx bytes), for a worker that sees the run's folder: figures are read there.

    Bodies are read one at a time, so that thousands need no memory.
    """

    folder: str
    edition: str
    county: str
    year: int | None
    totals: tuple[Total, ...]
    contributions: Mapping[str, Contribution]
    rows: tuple[DetailBody, ...]
    categories: tuple[Category, ...] = ()

    def __call__(self) -> bytes:
        """Return the workbook."""
        edition = load_edition(self.edition)
        below = list(self._lines([r for r in self.rows if r.below]))
        lines = self._lines(self.rows)
        return detail_book.detail(
            edition, self.county, self.year, self.totals, self.contributions, lines, below, self.categories
        )

    def _lines(self, rows: Iterable[DetailBody]) -> Iterator[DetailLine]:
        for row in rows:
            report = report_of(record_in(Path(self.folder), row.key)["report"]) if row.key else None
            yield DetailLine(row.name, row.level, row.status, report.values if report else {}, row.below)
