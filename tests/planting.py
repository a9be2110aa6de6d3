"""Editing a Word template for the tests as people do in Word: by table, row and column, by paragraph, by part."""

import posixpath
from collections.abc import Callable
from pathlib import Path

from lxml import etree

from nianbao.document import package, seen_columns
from nianbao.document.wml import Element, qn, run, w

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATION = "http://schemas.openxmlformats.org/package/2006/relationships"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
MAIN = "word/document.xml"


class Template:
    """One .docx opened for editing; `save` gives the new file."""

    def __init__(self, source: bytes | Path) -> None:
        self.parts = package.read(source if isinstance(source, bytes) else source.read_bytes())
        self.roots = {MAIN: etree.fromstring(self.parts[MAIN])}

    def save(self) -> bytes:
        for name, root in self.roots.items():
            self.parts[name] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
        return package.write(self.parts)

    def root(self, name: str) -> Element:
        if name not in self.roots:
            self.roots[name] = etree.fromstring(self.parts[name])
        return self.roots[name]

    @property
    def body(self) -> Element:
        return self.roots[MAIN][0]

    def tables(self) -> list[Element]:
        return self.body.findall(qn("tbl"))

    def row(self, table: int, row: int) -> Element:
        return self.tables()[table - 1].findall(qn("tr"))[row - 1]

    def cell(self, table: int, row: int, column: int) -> Element:
        """The cell at a place counted from 1, as messages name it."""
        found = seen_columns.cells(self.tables()[table - 1])
        return next(c.element for c in found if (c.row, c.column) == (row - 1, column - 1) and not c.continued)

    def write(self, table: int, row: int, column: int, text: str) -> None:
        """Replace what stands in a cell, keeping its look."""
        set_text(self.cell(table, row, column).find(qn("p")), text)

    def paragraphs(self) -> list[Element]:
        return self.body.findall(qn("p"))

    def find(self, text: str, part: str = MAIN) -> Element:
        """The first paragraph, in tables too, that says exactly this."""
        return next(p for p in self.root(part).iter(qn("p")) if said(p) == text)

    def number(self, text: str) -> str:
        """The place of a paragraph outside tables, as messages name it."""
        return f"第{[said(p) for p in self.paragraphs()].index(text) + 1}段"

    def relate(self, kind: str, target: str, part: str = MAIN, external: bool = True) -> str:
        folder, name = posixpath.split(part)
        path = f"{folder}/_rels/{name}.rels"
        if path not in self.parts:
            self.parts[path] = f'<Relationships xmlns="{RELATION}"/>'.encode()
        root = self.root(path)
        own = f"planted{len(root)}"
        attributes = {"Id": own, "Type": f"{OFFICE}/{kind}", "Target": target}
        etree.SubElement(
            root, f"{{{RELATION}}}Relationship", attributes | ({"TargetMode": "External"} if external else {})
        )
        return own

    def add(self, name: str, content: bytes, kind: str) -> None:
        self.parts[name] = content
        etree.SubElement(
            self.root("[Content_Types].xml"), f"{{{TYPES}}}Override", {"PartName": f"/{name}", "ContentType": kind}
        )


def said(paragraph: Element) -> str:
    return "".join(t.text or "" for t in paragraph.iter(qn("t")))


def set_text(paragraph: Element, text: str) -> None:
    first = paragraph.find(qn("r"))
    look = None if first is None else first.find(qn("rPr"))
    for child in list(paragraph):
        if child.tag != qn("pPr"):
            paragraph.remove(child)
    new = run(text)
    if look is not None:
        new.insert(0, look)
    paragraph.append(new)


def split(paragraph: Element, at: int, *properties: Element) -> Element:
    """Cut a paragraph's only run in two at a character; the second gets these properties. Returns it."""
    text = said(paragraph)
    set_text(paragraph, text[:at])
    second = run(text[at:])
    second.insert(0, w("rPr", *properties))
    paragraph.append(second)
    return second


def wrap(element: Element, around: Element) -> Element:
    """Put an element into another that takes its place."""
    parent = element.getparent()
    parent.replace(element, around)
    around.append(element)
    return around


Plant = Callable[[Template], None]
