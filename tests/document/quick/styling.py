"""Changes of a document's styles, and of what the whole of it has."""

from __future__ import annotations

import random

from lxml import etree

from document.quick import vocabulary
from document.quick.changed import SPACES, Package, element, given, held_in, some
from document.quick.vocabulary import CELL, PARAGRAPH, RUN
from nianbao.document.wml import Element, qn


def _style_change(rng: random.Random, style: Element) -> str:
    kind = style.get(qn("type"), "paragraph")
    drawn = rng.random()
    if kind == "table" and drawn < 0.5:
        held = style
        if drawn < 0.25:
            held = etree.SubElement(style, qn("tblStylePr"))
            held.set(qn("type"), rng.choice(vocabulary.CONDITIONS))
        return given(rng, held_in(held, "tcPr"), CELL)
    if kind == "paragraph" and drawn < 0.45:
        return given(rng, held_in(style, "pPr"), PARAGRAPH)
    return given(rng, held_in(style, "rPr"), RUN)


def styled(rng: random.Random, package: Package) -> str:
    """A property of a style, of those that are used more often than of the others."""
    named = {x.get(qn("val")) for x in package.body.iter(qn("pStyle"), qn("rStyle"), qn("tblStyle"))}
    every = list(package.styles.iter(qn("style")))
    used = [s for s in every if s.get(qn("styleId"), "") in named or s.get(qn("default"))]
    style = rng.choice(used if used and rng.random() < 0.85 else every)
    package.restyled = True
    return f"style {style.get(qn('styleId'))} {_style_change(rng, style)}"


def by_default(rng: random.Random, package: Package) -> str:
    package.restyled = True
    defaults = held_in(package.styles, "docDefaults")
    if rng.random() < 0.2:
        return f"default {given(rng, held_in(held_in(defaults, 'pPrDefault'), 'pPr'), PARAGRAPH)}"
    return f"default {given(rng, held_in(held_in(defaults, 'rPrDefault'), 'rPr'), RUN)}"


def new_style(rng: random.Random, package: Package) -> str:
    """A style of its own on a chain of others, given to something in the body."""
    kind, holder, props, name = rng.choice(
        (("paragraph", "p", "pPr", "pStyle"), ("character", "r", "rPr", "rStyle"), ("character", "r", "rPr", "rStyle"),
         ("table", "tbl", "tblPr", "tblStyle"))
    )  # fmt: skip
    others = [s.get(qn("styleId"), "") for s in package.styles.iter(qn("style")) if s.get(qn("type")) == kind]
    last, told = rng.choice([*others, "Absent"]), []
    package.restyled = True
    for n in range(rng.choice((1, 1, 2, 3))):
        style = etree.SubElement(package.styles, qn("style"))
        style.set(qn("type"), kind)
        style.set(qn("styleId"), f"Drawn{n}")
        etree.SubElement(style, qn("basedOn")).set(qn("val"), last)
        told += [_style_change(rng, style) for _ in range(rng.choice((0, 1, 1, 2)))]
        last = f"Drawn{n}"
    found = some(rng, package, holder)
    if found is not None:
        held = held_in(found, props)
        for before in held.findall(qn(name)):
            held.remove(before)
        given = etree.Element(qn(name))
        given.set(qn("val"), last)
        held.insert(0, given)
    return f"new {kind} style {' | '.join(told)}"


def restyled(rng: random.Random, package: Package) -> str:
    """Another basedOn, another default, a style that is not there."""
    package.restyled = True
    style = rng.choice(list(package.styles.iter(qn("style"))))
    other = rng.choice(list(package.styles.iter(qn("style")))).get(qn("styleId"), "")
    if rng.random() < 0.3:
        style.set(qn("default"), rng.choice(("1", "true", "0", "on")))
        return f"default style {style.get(qn('styleId'))}"
    if rng.random() < 0.2:
        style.getparent().remove(style)
        return f"no style {style.get(qn('styleId'))}"
    held_in(style, "basedOn").set(qn("val"), other)
    return f"{style.get(qn('styleId'))} on {other}"


_NUMBERS = (
    f'<w:numbering {SPACES}><w:abstractNum w:abstractNumId="91"><w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/>'
    '<w:lvlText w:val="%1"/></w:lvl></w:abstractNum><w:num w:numId="91"><w:abstractNumId w:val="91"/></w:num>'
    "</w:numbering>"
)
_THEME = (
    '<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:themeElements><a:clrScheme name="x">'
    '<a:dk1><a:srgbClr val="{}"/></a:dk1><a:lt1><a:srgbClr val="{}"/></a:lt1><a:accent6><a:srgbClr val="{}"/>'
    "</a:accent6>"
    "</a:clrScheme></a:themeElements></a:theme>"
)


def whole(rng: random.Random, package: Package) -> str:
    """A theme, a numbering, settings, a ground of the pages, headers."""
    kind = rng.choice(("theme", "numbering", "settings", "header1", "background"))
    if kind == "background":
        ground = element(f'<w:background w:color="{vocabulary.colour(rng)}"/>')
        package.root.insert(0, ground)
        package.parts["word/settings.xml"] = _with(package.parts["word/settings.xml"], "<w:displayBackgroundShape/>")
    elif kind == "settings":
        more = rng.choice(("updateFields", "mirrorMargins", "trackRevisions", "displayBackgroundShape"))
        package.parts["word/settings.xml"] = _with(package.parts["word/settings.xml"], f"<w:{more}/>")
    elif kind == "header1":
        package.parts["word/header1.xml"] = _with(package.parts["word/header1.xml"], "<w:p/>")
    else:
        text = _NUMBERS if kind == "numbering" else _THEME.format(*(vocabulary.colour(rng) for _ in range(3)))
        package.parts[f"word/{kind}.xml"] = text.encode()
        relation = f'<Relationship Id="{kind}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}" Target="{kind}.xml"/></Relationships>'  # noqa: E501
        rels = "word/_rels/document.xml.rels"
        package.parts[rels] = package.parts[rels].replace(b"</Relationships>", relation.encode())
    return f"whole {kind}"


def _with(part: bytes, xml: str) -> bytes:
    root = etree.fromstring(part)
    root.insert(0, element(xml))
    return etree.tostring(root)
