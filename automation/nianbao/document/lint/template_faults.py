"""A fault of a template before it becomes a finding: which rule, where, what, how, and the paragraph to mark."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from nianbao.document.opened_docx import OpenedParagraph
from nianbao.document.wml import Element
from nianbao.findings import Finding, tell
from nianbao.form import program_rule


@dataclass(frozen=True)
class TemplateFault:
    """One fault; `how` is '' where the rule's own advice will do, `anchor` None where no paragraph can be marked."""

    rule: str
    place: str
    what: str
    how: str = ""
    cells: tuple[str, ...] = ()
    anchor: Element | None = None


def at(paragraph: OpenedParagraph, rule: str, what: str, how: str = "", cells: tuple[str, ...] = ()) -> TemplateFault:
    """Return a fault at a paragraph."""
    return TemplateFault(rule, paragraph.place, what, how, cells, paragraph.element)


def finding(fault: TemplateFault) -> Finding:
    """Return the fault as a finding, in the words of its rule."""
    rule = program_rule(fault.rule)
    return tell(rule, fault.place, fault.what, how=fault.how, cells=fault.cells)


def once(faults: Iterable[TemplateFault]) -> list[TemplateFault]:
    """Return the faults without those that say the same of the same place."""
    return list({(f.rule, f.place, f.what): f for f in faults}.values())
