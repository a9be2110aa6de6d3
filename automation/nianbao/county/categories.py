"""公开信息分类: what bodies say of their own categories, summed by these names for the prose of the whole. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from nianbao.county.model import Category
from nianbao.county.roster.names import fold
from nianbao.form import CellKind, Edition
from nianbao.numbers import Number
from nianbao.report import Report


def named_rows(edition: Edition) -> tuple[tuple[str, str], ...]:
    """Return for each row that clerks name themselves the text that names it and the key of its figure."""
    found = []
    for table in edition.tables:
        figures = {c.row: c.key for c in table.cells if c.kind is CellKind.VALUE}
        found += [(c.key, figures[c.row]) for c in table.cells if c.kind is CellKind.TYPED and c.row in figures]
    return tuple(found)


@dataclass
class Categories:
    """Sums categories body by body.

    One that a body hasn't named is none of its; a body that names none at all leaves all sums open.
    """

    edition: Edition
    _sums: dict[str, Category] = field(default_factory=dict)
    _silent: list[str] = field(default_factory=list)

    def take(self, name: str, report: Report) -> None:
        """Take in what one body says."""
        given = [
            (label, report.values[key])
            for text, key in named_rows(self.edition)
            if (label := report.texts.get(text, "").strip()) and key in report.values
        ]
        if not given:
            self._silent.append(name)
        for label, count in given:
            before = self._sums.get(fold(label), Category(label, 0, ()))
            said = (*before.named, (name, count))
            self._sums[fold(label)] = replace(before, count=before.count + count, named=said)

    def sums(self) -> tuple[Category, ...]:
        """Return the categories in the order in which they were first named; none where nobody named any."""
        return tuple(replace(c, lacking=tuple(self._silent)) for c in self._sums.values())


def written(edition: Edition, categories: Sequence[Category]) -> tuple[Mapping[str, str], Mapping[str, Number]]:
    """Return the texts and figures of the whole's form; nothing where a sum is open or the form has too few rows."""
    rows = named_rows(edition)
    if not categories or len(categories) > len(rows) or any(c.lacking for c in categories):
        return {}, {}
    texts = {text: c.label for (text, _), c in zip(rows, categories, strict=False)}
    return texts, {key: c.count for (_, key), c in zip(rows, categories, strict=False)}
