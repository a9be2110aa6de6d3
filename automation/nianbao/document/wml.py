"""Building WordprocessingML elements. What they mean is decided by the modules that use these few functions."""

from __future__ import annotations

from lxml import etree

from nianbao.ooxml import trees

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"

Element = etree._Element


def qn(name: str) -> str:
    """Return the qualified name of a WordprocessingML element or attribute."""
    return f"{{{W}}}{name}"


def w(tag: str, *children: Element | None, **attributes: str | int) -> Element:
    """Return the element `w:tag` with these `w:` attributes; children that are None are left out."""
    element = etree.Element(qn(tag), nsmap={"w": W, "r": R})
    for name, value in attributes.items():
        element.set(qn(name), str(value))
    element.extend(c for c in children if c is not None)
    return element


def text(content: str) -> Element:
    """Return `w:t` that keeps its spaces."""
    element = w("t")
    element.text = content
    element.set(_SPACE, "preserve")
    return element


def run(content: str, style: str = "") -> Element:
    """Return a run of this text; a line feed in it becomes a line break of the page."""
    element = w("r", w("rPr", w("rStyle", val=style)) if style else None)
    for i, line in enumerate(content.split("\n")):
        if i:
            element.append(w("br"))
        element.append(text(line))
    return element


def paragraph(style: str, *runs: Element, keep_next: bool = False, align: str = "", after: int = 0) -> Element:
    """Return a paragraph of a named style; what else is given (`after` in twips) is set on top of the style."""
    properties = w(
        "pPr",
        w("pStyle", val=style),
        w("keepNext") if keep_next else None,
        w("spacing", after=after) if after else None,
        w("jc", val=align) if align else None,
    )
    return w("p", properties, *runs)


def serialise(element: Element) -> bytes:
    """Return the element as a part of an office file, always the same bytes for the same element."""
    etree.cleanup_namespaces(element, keep_ns_prefixes=["w", "r"])
    return trees.written(element)
