"""What every part of this package asks of a .docx's XML: names, on/off properties, numbers, parts by their relation."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Mapping

from nianbao.ooxml import trees

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_OFFICE = ("http://schemas.microsoft.com/office/", "http://schemas.openxmlformats.org/", "urn:schemas-microsoft-com:")
"""Whose extensions Word knows."""

Element = trees.Element
Look = Mapping[str, Element]
"""The properties of a run by their local names."""


def is_on(element: Element | None) -> bool:
    """Tell whether an on/off property is set."""
    return element is not None and element.get(W + "val", "1") not in ("0", "false", "off", "none")


def parsed(part: bytes | None) -> Element | None:
    """Return the root of a part that may be missing or broken."""
    if not part or b"<!DOCTYPE" in part:
        return None
    try:
        return trees.bare(part.replace(_STRICT, W[1:-1].encode()))
    except trees.BrokenError:
        return None


def properties(holder: Element | None) -> dict[str, Element]:
    """Return the properties that stand in a w:rPr, by their local names."""
    if holder is None:
        return {}
    return {c.tag.rpartition("}")[2]: c for c in holder if isinstance(c.tag, str)}


def flag(element: Element, name: str) -> bool:
    """Tell whether an on/off attribute is set."""
    return element.get(W + name, "0") in ("1", "true", "on")


def val(look: Look, name: str) -> str | None:
    """Return a property's value, None where there is none."""
    found = look.get(name)
    return None if found is None else found.get(W + "val")


def over(*levels: Look) -> dict[str, Element]:
    """Return the properties that hold where each level lies over those before it.

    A w:position of 0 takes no raise back: Word does so, but other programs know 0 as no value at all.
    """
    held: dict[str, Element] = {}
    for level in levels:
        held.update(level)
    if "position" in held and not number(val(held, "position")):
        raised = [x["position"] for x in levels if number(val(x, "position"))]
        held["position"] = [held["position"], *raised][-1]
    return held


def number(raw: str | None, otherwise: int = 0) -> int:
    """Return a measure as a whole number; `otherwise` where it is missing or none."""
    try:
        return int(float((raw or "").rstrip("ptin%"))) if raw else otherwise
    except (ValueError, OverflowError):
        return otherwise


def said(element: Element) -> str:
    """Return the text in an element, seen or not."""
    return "".join(x.text or "" for x in element.iter() if isinstance(x.tag, str) and x.tag.endswith("}t")).strip()


def parts_of(read: Callable[[str], bytes | None], main: str = "word/document.xml") -> Callable[[str], bytes | None]:
    """Return how to get the parts that belong to a body by their relation; `read` gives a part by its name."""
    folder, _, name = main.rpartition("/")
    relations = parsed(read(f"{folder}/_rels/{name}.rels"))
    targets: dict[str, str] = {}
    for relation in relations if relations is not None else ():
        target = relation.get("Target", "")
        place = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"{folder}/{target}")
        targets.setdefault(relation.get("Type", "").rpartition("/")[2], place)
    return lambda kind: read(targets[kind]) if kind in targets else None


def chosen_of(alternatives: Element) -> Element | None:
    """Return the alternative that Word takes: the first it knows all of, else what is there to fall back on."""
    for choice in alternatives.findall(MC + "Choice"):
        needed = choice.get("Requires", "").split()
        if needed and all((choice.nsmap.get(n) or "").startswith(_OFFICE) for n in needed):
            return choice
    return alternatives.find(MC + "Fallback")


def is_bound(control: Element) -> bool:
    """Tell whether a content control shows what stands in another part."""
    held = control.find(W + "sdtPr")
    return held is not None and any(isinstance(x.tag, str) and x.tag.endswith("}dataBinding") for x in held)
