"""What a template fetches, runs or carries besides text (T12), its addresses on the web (T13), with their places."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from nianbao.document import foreign
from nianbao.document.lint.template_faults import TemplateFault, at
from nianbao.document.opened_docx import WHOLE, OpenedDocument
from nianbao.document.wml import Element, R

_PLACES = {"comments": "批注", "endnotes": "尾注", "glossary": "构建基块", "footnotes": "脚注"}


def check(source: OpenedDocument) -> Iterator[TemplateFault]:
    """Yield everything that does not stand in the template itself."""
    users: dict[str, Mapping[str, Element]] = {}
    for brought in foreign.look(source.parts, source.roots):
        rule = "T13" if brought.allowed else "T12"
        where = brought.at
        if brought.relation:
            if brought.part not in users:
                users[brought.part] = _users(source, brought.part)
            where = users[brought.part].get(brought.relation)
        paragraph = None if where is None else source.around(where)
        if paragraph:
            yield at(paragraph, rule, brought.what, brought.how)
        else:
            yield TemplateFault(rule, _place(brought.part), brought.what, brought.how)


def _place(part: str) -> str:
    return next((place for mark, place in _PLACES.items() if mark in part), WHOLE)


def _users(source: OpenedDocument, part: str) -> Mapping[str, Element]:
    """Return the first element of a part that uses a relation, by the relation's id."""
    root, found = source.roots.get(part), dict[str, Element]()
    for element in root.iter() if root is not None else ():
        for name, value in element.items():
            if str(name).startswith(f"{{{R}}}"):
                found.setdefault(str(value), element)
    return found
