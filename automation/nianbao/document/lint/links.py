"""What a template fetches, runs or carries besides text (T12), its addresses on the web (T13), with their places."""

from __future__ import annotations

from collections.abc import Iterator

from nianbao.document import foreign
from nianbao.document.lint.faults import Fault, at
from nianbao.document.lint.source import WHOLE, Paragraph, Source
from nianbao.document.wml import R

_PLACES = {"comments": "批注", "endnotes": "尾注", "glossary": "构建基块", "footnotes": "脚注"}


def check(source: Source) -> Iterator[Fault]:
    """Yield everything that does not stand in the template itself."""
    for brought in foreign.look(source.parts, source.roots):
        rule = "T13" if brought.allowed else "T12"
        if brought.at is not None:
            paragraph = source.around(brought.at)
        else:
            paragraph = _user(source, brought.part, brought.relation) if brought.relation else None
        if paragraph:
            yield at(paragraph, rule, brought.what, brought.how)
        else:
            yield Fault(rule, _place(brought.part), brought.what, brought.how)


def _place(part: str) -> str:
    return next((place for mark, place in _PLACES.items() if mark in part), WHOLE)


def _user(source: Source, part: str, relation: str) -> Paragraph | None:
    """Return the paragraph that uses a relation."""
    root = source.roots.get(part)
    for element in root.iter() if root is not None else ():
        if any(str(k).startswith(f"{{{R}}}") and v == relation for k, v in element.items()):
            return source.around(element)
    return None
