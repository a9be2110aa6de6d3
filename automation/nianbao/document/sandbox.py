"""The Jinja that fills a template. A template is code: here words are looked up, and nothing else can be done."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from jinja2 import Environment, StrictUndefined, TemplateError, nodes
from jinja2.sandbox import SandboxedEnvironment
from markupsafe import Markup

from nianbao.document.program import with_breaks
from nianbao.xmltext import escape

_KEPT_FILTERS = ("join", "length", "first", "last", "trim")
_KEPT_TESTS = ("defined", "undefined", "none")


_FORBIDDEN: tuple[type[nodes.Node], ...] = (
    nodes.Include, nodes.Import, nodes.FromImport, nodes.Extends, nodes.Macro, nodes.CallBlock, nodes.Call,
    nodes.BinExpr, nodes.Assign, nodes.AssignBlock, nodes.Block, nodes.FilterBlock,
)  # fmt: skip
"""What no template of ours needs, and what could make one run for ever or reach outside."""


class WordEnvironment(SandboxedEnvironment):
    """An environment in which `a.b` is the word b of a, even where dictionaries have a method of that name.

    `guarded` where docxtpl works on the finished XML: it would turn a typed `{_{` into `{{`.
    """

    def __init__(self, *, guarded: bool = False) -> None:
        finalize = _guarded if guarded else printed
        super().__init__(undefined=StrictUndefined, autoescape=True, finalize=finalize, keep_trailing_newline=True)
        self.globals.clear()
        self.filters = {k: v for k, v in self.filters.items() if k in _KEPT_FILTERS}
        self.tests = {k: v for k, v in self.tests.items() if k in _KEPT_TESTS}

    def getattr(self, obj: Any, attribute: str) -> Any:
        """Look a word up; never a method."""
        if isinstance(obj, dict):
            return obj[attribute] if attribute in obj else self.undefined(obj=obj, name=attribute)
        return super().getattr(obj, attribute)


def printed(value: object) -> Markup:
    """Return a value as it stands inside `w:t`: escaped as lxml writes it, tabs and line feeds as Word's own."""
    # What Jinja's own filters have escaped has escaped quotes too.
    escaped = isinstance(value, Markup)
    kept = str(value).replace("&#34;", '"').replace("&#39;", "'") if escaped else escape(str(value))
    return Markup(with_breaks(kept) if "\t" in kept or "\n" in kept else kept)  # noqa: S704 (escaped above)


def _guarded(value: object) -> Markup:
    return Markup(str(printed(value)).replace("_", "&#95;"))  # noqa: S704 (escaped above)


def misused(environment: Environment, tree: nodes.Template) -> Iterator[nodes.Node]:
    """Yield what stands in a template and must not: statements out of bounds, filters and tests that are not kept."""
    yield from tree.find_all(_FORBIDDEN)
    yield from (n for n in tree.find_all(nodes.Filter) if n.name not in environment.filters)
    yield from (n for n in tree.find_all(nodes.Test) if n.name not in environment.tests)


def asked(tree: nodes.Template) -> Iterator[tuple[tuple[str, ...], int]]:
    """List every dotted path a template asks for with its line, but for those that start at a loop's own variable."""
    own = {n.name for loop in tree.find_all(nodes.For) for n in _names(loop.target)} | {"loop"}
    inner = {id(n.node) for n in tree.find_all(nodes.Getattr)}
    for node in tree.find_all((nodes.Getattr, nodes.Name)):
        path = path_of(node)
        if id(node) not in inner and path and path[0] not in own:
            yield tuple(path), node.lineno


def path_of(node: nodes.Node) -> list[str]:
    """Return the words of a dotted name, [] for anything else."""
    if isinstance(node, nodes.Getattr):
        start = path_of(node.node)
        return [*start, node.attr] if start else []
    return [node.name] if isinstance(node, nodes.Name) and node.name != "loop" else []


def knows(known: object, path: Sequence[str]) -> bool:
    """Tell whether these words lead to something."""
    for name in path:
        if not isinstance(known, dict) or name not in known:
            return False
        known = known[name]
    return True


def quoted(error: TemplateError) -> str:
    """Return the name of the tag that Jinja's English message quotes, beside the kind of thing it is asked of."""
    names = re.findall(r"(?<!of )'([^']*)'", error.message or "")
    return names[-1] if names else ""


def _names(target: nodes.Node) -> list[nodes.Name]:
    return [target] if isinstance(target, nodes.Name) else list(target.find_all(nodes.Name))
