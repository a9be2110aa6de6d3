"""The Jinja that fills a template. A template is code: here words are looked up, and nothing else can be done."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from jinja2 import Environment, StrictUndefined, nodes
from jinja2.sandbox import SandboxedEnvironment
from markupsafe import Markup, escape

_KEPT_FILTERS = ("join", "length", "first", "last", "trim")
_KEPT_TESTS = ("defined", "undefined", "none")


_FORBIDDEN: tuple[type[nodes.Node], ...] = (
    nodes.Include, nodes.Import, nodes.FromImport, nodes.Extends, nodes.Macro, nodes.CallBlock, nodes.Call,
    nodes.BinExpr, nodes.Assign, nodes.AssignBlock, nodes.Block, nodes.FilterBlock,
)  # fmt: skip
"""What no template of ours needs, and what could make one run for ever or reach outside."""


class Words(SandboxedEnvironment):
    """An environment in which `a.b` is the word b of a, even where dictionaries have a method of that name."""

    def __init__(self) -> None:
        super().__init__(undefined=StrictUndefined, autoescape=True, finalize=printed, keep_trailing_newline=True)
        self.globals.clear()
        self.filters = {k: v for k, v in self.filters.items() if k in _KEPT_FILTERS}
        self.tests = {k: v for k, v in self.tests.items() if k in _KEPT_TESTS}

    def getattr(self, obj: Any, attribute: str) -> Any:
        """Look a word up; never a method."""
        if isinstance(obj, dict):
            return obj[attribute] if attribute in obj else self.undefined(obj=obj, name=attribute)
        return super().getattr(obj, attribute)


def printed(value: object) -> object:
    """Return a value as it stands inside `w:t`: escaped, tabs and line feeds as Word's own.

    Done here and not, as docxtpl does, on the finished XML: there `{_{` in a typed text would turn into `{{`.
    """
    if not isinstance(value, str):
        return value
    kept = str(escape(value))
    if "\t" in kept or "\n" in kept:
        again = '<w:t xml:space="preserve">'
        kept = kept.replace("\t", f"</w:t><w:tab/>{again}").replace("\n", f"</w:t><w:br/>{again}")
    return Markup(kept)  # noqa: S704 (escaped above)


def misused(environment: Environment, tree: nodes.Template) -> Iterator[nodes.Node]:
    """Yield what stands in a template and must not: statements out of bounds, filters and tests that are not kept."""
    yield from tree.find_all(_FORBIDDEN)
    yield from (n for n in tree.find_all(nodes.Filter) if n.name not in environment.filters)
    yield from (n for n in tree.find_all(nodes.Test) if n.name not in environment.tests)
