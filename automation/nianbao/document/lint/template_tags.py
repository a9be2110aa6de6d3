"""The tags of a template as they stand in its paragraphs, taken apart by Jinja and looked up in the edition's words."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import jinja2
from jinja2 import nodes

from nianbao.document import sandbox, tags
from nianbao.document.opened_docx import OpenedDocument, OpenedParagraph
from nianbao.form import Edition
from nianbao.report import Report

_TAG = re.compile(r"\{\{(?P<print>.*?)\}\}|\{%(?P<do>.*?)%\}|\{#.*?#\}", re.DOTALL)
_PREFIX = re.compile(r"(?:p|tr|tc|r) ")
_FOR = re.compile(r"for\s+(\w+)\s+in\s+(.+)", re.DOTALL)
_IF = re.compile(r"(?:if|elif)\s+(.+)", re.DOTALL)
_ENVIRONMENT = sandbox.WordEnvironment()


@dataclass(frozen=True)
class Tag:
    """One tag: as written, from where to where in its paragraph, the statement without its marks.

    `prefix` is docxtpl's p, tr, tc or r. `paths` are the dotted words it asks for, None where it can't be understood.
    """

    paragraph: OpenedParagraph
    start: int
    end: int
    raw: str
    statement: str
    printing: bool
    prefix: str
    paths: tuple[str, ...] | None

    @property
    def loop(self) -> tuple[str, str] | None:
        """The variable and the list of a `for`."""
        found = None if self.printing else _FOR.fullmatch(self.statement)
        return (found[1], found[2].strip()) if found else None

    @property
    def steers(self) -> bool:
        """Tell whether its whole paragraph goes away when a report is made."""
        return self.prefix == "p" and not self.printing


def scan(source: OpenedDocument) -> list[Tag]:
    """Return every tag that is closed within its paragraph, in reading order."""
    return [t for p in source.paragraphs for t in _in_paragraph(p)]


def _in_paragraph(paragraph: OpenedParagraph) -> Iterator[Tag]:
    for match in _TAG.finditer(paragraph.text):
        printing = match["print"] is not None
        inner = match["print"] if printing else match["do"]
        if inner is None:
            continue
        lead = _PREFIX.match(inner)
        statement = (inner[lead.end() :] if lead else inner).strip().strip("-").strip()
        yield Tag(
            paragraph, match.start(), match.end(), match[0], statement, printing,
            lead[0].strip() if lead else "", _paths(statement, printing),
        )  # fmt: skip


def _paths(statement: str, printing: bool) -> tuple[str, ...] | None:
    """Return the words a tag asks for, or None where it says something no template may say."""
    loop, condition = _FOR.fullmatch(statement), _IF.fullmatch(statement)
    expression = statement if printing else loop[2] if loop else condition[1] if condition else ""
    if not expression:
        return () if not printing and re.fullmatch(r"else|endif|endfor", statement) else None
    try:
        tree = _ENVIRONMENT.parse(f"{{{{ {expression} }}}}")
    except (jinja2.TemplateSyntaxError, RecursionError):
        return None  # what is nested without end is no official word either
    if any(True for _ in sandbox.misused(_ENVIRONMENT, tree)):
        return None
    inner = {id(n.node) for n in tree.find_all(nodes.Getattr)}
    asked = [_path(n) for n in tree.find_all((nodes.Getattr, nodes.Name)) if id(n) not in inner]
    return tuple(p for p in asked if p)


def _path(node: nodes.Node) -> str:
    if isinstance(node, nodes.Getattr):
        start = _path(node.node)
        return f"{start}.{node.attr}" if start else ""
    return node.name if isinstance(node, nodes.Name) else ""


class TagWords:
    """What the tags of an edition may ask for."""

    def __init__(self, edition: Edition) -> None:
        known = tags.context(edition, Report(edition.id, None, {}, {}, {}))
        self.texts = tuple(tags.word(t.label) for t in edition.texts)
        self.lists = {tags.TITLE, tags.CONTACT, *self.texts}
        self.single = frozenset(_leaves("", known)) - self.lists
        self.figures: Mapping[str, str] = {words: v.key for words, v in edition.named.items()}
        self._of_paragraph = {tags.LEAD, tags.REST, tags.RAGGED, tags.LAST, *tags.LEVELS.values()}

    def knows(self, path: str, loops: Mapping[str, str]) -> bool:
        """Tell whether a path can be printed; `loops` maps the variables of the loops around it to their lists."""
        first, _, rest = path.partition(".")
        if first in loops:
            return rest in self._of_paragraph if loops[first] in self.texts else not rest
        return path in self.single or path in self.lists

    def meant(self, name: str) -> str:
        """Return the list a loop means: the one named, or the one most like it where that is unknown."""
        return (
            name
            if name in self.lists
            else next(iter(difflib.get_close_matches(name, self.lists, n=1, cutoff=0.5)), name)
        )

    def nearest(self, path: str, loops: Mapping[str, str]) -> str:
        """Return the known path most like this one, or ''."""
        own = [v for v, what in loops.items() if what not in self.texts]
        own += [f"{v}.{x}" for v, what in loops.items() if what in self.texts for x in sorted(self._of_paragraph)]
        if "." not in path and own and not any("." in x for x in own):
            return own[-1]  # a loop over lines has its variable and nothing else
        near = difflib.get_close_matches(path, [*own, *sorted(self.single), *sorted(self.lists)], n=1, cutoff=0.5)
        return near[0] if near else ""


def _leaves(before: str, known: Mapping[str, object]) -> Iterator[str]:
    for name, value in known.items():
        path = f"{before}{name}"
        if isinstance(value, dict):
            yield from _leaves(f"{path}.", value)
        else:
            yield path


def loops_around(found: list[Tag], words: TagWords) -> list[dict[str, str]]:
    """Return for each tag the loops open around it: variable to the list meant."""
    open_: list[tuple[str, str]] = []
    around: list[dict[str, str]] = []
    part = ""
    for one in found:
        if one.paragraph.part != part:
            open_, part = [], one.paragraph.part
        if one.loop:
            around.append(dict(open_))
            open_.append((one.loop[0], words.meant(one.loop[1])))
            continue
        if not one.printing and one.statement == "endfor" and open_:
            open_.pop()
        around.append(dict(open_))
    return around
