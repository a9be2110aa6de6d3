"""The outline of the printed report: which parts it has, in the order in which they are printed.

Word template, web page, what is read back of them and the names of places all walk this outline; nothing else says
what comes after what. How a part looks, and what a report fills in, is theirs.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto

from nianbao.form.model import Edition, Section, Table, Text


class PartKind(Enum):
    """What a part of the printed report is."""

    TITLE = auto()
    INTRODUCTION = auto()
    CONTACT = auto()
    HEADING = auto()
    TEXT = auto()
    TABLE = auto()
    SIGNATURE = auto()


@dataclass(frozen=True)
class OutlinePart:
    """One part of the printed report; `section` is the numbered one it stands in, None outside all of them.

    A TEXT has its `text`, a TABLE its `table`. `last` is whether nothing but the signature follows.
    """

    kind: PartKind
    section: Section | None = None
    text: Text | None = None
    table: Table | None = None
    last: bool = False


def outline(edition: Edition) -> Iterator[OutlinePart]:
    """Yield the parts of a report of an edition, from its title to its signature.

    The introduction stands before the first section or, where the edition says so, under the heading of one; the ways
    to reach the body always follow it.
    """
    yield OutlinePart(PartKind.TITLE)
    if edition.introduction_place == "before":
        yield from _opening(None)
    texts = {t.id: t for t in edition.texts}
    for section in edition.sections:
        last = section is edition.sections[-1]
        yield OutlinePart(PartKind.HEADING, section)
        if edition.introduction_place == section.id:
            yield from _opening(section)
        if section.table:
            yield OutlinePart(PartKind.TABLE, section, table=edition.table[section.table], last=last)
        else:
            yield OutlinePart(PartKind.TEXT, section, text=texts[section.text], last=last)
    yield OutlinePart(PartKind.SIGNATURE)


def _opening(section: Section | None) -> Iterator[OutlinePart]:
    yield OutlinePart(PartKind.INTRODUCTION, section)
    yield OutlinePart(PartKind.CONTACT, section)


def printed_tables(edition: Edition) -> tuple[Table, ...]:
    """Return the tables that the report prints, in printed order."""
    return tuple(part.table for part in outline(edition) if part.table)
