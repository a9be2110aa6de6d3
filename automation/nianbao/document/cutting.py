"""Cutting a part of a template at its tags: ready pieces of XML, and what the tags between them do."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from docxtpl import DocxTemplate
from jinja2 import nodes
from lxml import etree

from nianbao.document.program import Program
from nianbao.document.sandbox import path_of
from nianbao.ooxml import trees

Element = etree._Element

_OPEN, _CLOSE = "\ue000", "\ue001"
_MARK = re.compile(f"{_OPEN}(\\d+){_CLOSE}")
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
_FIRST_DRAWING = 1001
"""docxtpl numbers the drawings of a document from here."""


@dataclass(frozen=True)
class CutPart:
    """A part cut at its tags.

    `program` when they are only dotted names, loops and conditions on them; `body` are the same pieces and tags as
    Jinja's nodes; `hollow` the elements that may come out with nothing inside.
    """

    program: Program | None
    body: list[nodes.Node]
    hollow: frozenset[str]


def cut(tree: nodes.Template, *, body: bool) -> CutPart | None:
    """Cut a part at its tags; None when it can't be: it is well-formed, or what docxtpl makes of it, only once filled.

    `body` for the document itself, whose tables and drawings docxtpl mends.
    """
    marks = _Marks()
    xml = literal("".join(marks.text(tree.body)).replace("\n<w:p", "<w:p"))
    xml = DocxTemplate(io.BytesIO()).resolve_listing(xml)
    if marks.strange or xml.count(_OPEN) != marks.count:
        return None
    try:
        root = trees.parsed(xml)
        if body:
            before = trees.written(root)
            root = mended(root)
            if _renumbered(before) != _renumbered(trees.written(root)):
                return None  # docxtpl changes the tables: it must see every document
    except (etree.XMLSyntaxError, TypeError, ValueError):
        return None
    hollow = _hollow(root, marks)
    if hollow is None:
        return None
    chunks = _MARK.split(trees.written(root).decode())
    program = _program(tree.body, iter(chunks[0::2]))
    return CutPart(program and _filling(program), _rebuilt(tree.body, iter(chunks[0::2])), frozenset(hollow))


class _Marks:
    """Walks a syntax tree in the order of its source and writes a mark for every tag."""

    def __init__(self) -> None:
        self.count = 0
        self.blocks: list[list[int]] = []
        self.strange = False

    def text(self, body: Sequence[nodes.Node]) -> Iterator[str]:
        """Yield the XML with marks."""
        for node in body:
            if isinstance(node, nodes.Output):
                for child in node.nodes:
                    if isinstance(child, nodes.TemplateData):
                        self.strange |= _OPEN in child.data or _CLOSE in child.data
                        yield child.data
                    else:
                        yield self._mark([])
            elif isinstance(node, nodes.For | nodes.If):
                yield from self._block(_bodies(node))
            else:
                self.strange = True

    def _block(self, bodies: Sequence[Sequence[nodes.Node]]) -> Iterator[str]:
        own: list[int] = []
        self.blocks.append(own)
        for body in bodies:
            yield self._mark(own)
            yield from self.text(body)
        yield self._mark(own)

    def _mark(self, own: list[int]) -> str:
        own.append(self.count)
        self.count += 1
        return f"{_OPEN}{self.count - 1}{_CLOSE}"


def _bodies(node: nodes.For | nodes.If) -> list[list[nodes.Node]]:
    """List the bodies of a block in the order of the source; a loop's `else` only where there is one."""
    if isinstance(node, nodes.For):
        return [node.body, *([node.else_] if node.else_ else [])]
    return [node.body, *(e.body for e in node.elif_), *([node.else_] if node.else_ else [])]


def _hollow(root: Element, marks: _Marks) -> set[str] | None:
    """Return the elements that may come out empty, as written; None where a block crosses elements.

    Left out are elements that hold one value and nothing else: the value's instruction sees to them. Also None where
    documents would need docxtpl's mending: a drawing inside a block, columns in a loop.
    """
    places: dict[int, Element] = {}
    inside = {n for block in marks.blocks for n in block}
    ends = {block[-1] for block in marks.blocks}
    starts = {block[0] for block in marks.blocks}
    hollow: set[str] = set()
    for element in root.iter(etree.Element):
        depth = 0
        solid = marked = False
        for content, child in [(element.text, None), *((c.tail, c) for c in element)]:
            if child is not None and depth == 0:
                solid = True
            if child is not None and depth and any(True for _ in child.iter(_DRAWING)):
                return None
            for i, piece in enumerate(_MARK.split(content or "")):
                if i % 2 == 0:
                    solid |= bool(piece) and depth == 0
                    continue
                number = int(piece)
                places[number] = element
                marked = True
                depth += (number in starts) - (number in ends)
        alone = len(element) == 0 and _MARK.fullmatch(element.text or "")
        if marked and not solid and not (alone and int(alone[1]) not in inside):
            hollow.add(f"{element.prefix}:{etree.QName(element).localname}" if element.prefix else str(element.tag))
        if element.tag == f"{_W}tr" and inside & {n for n, e in places.items() if e is element}:
            return None
    if len(places) != marks.count:
        return None  # a tag in an attribute or a comment
    crossing = any(places[n] is not places[block[0]] for block in marks.blocks for n in block)
    return None if crossing else hollow


def _program(body: Sequence[nodes.Node], pieces: Iterator[str]) -> Program | None:
    """Write a body as plain instructions; None when it has more than dotted names in it."""
    program: Program = [["text", next(pieces)]]
    for node in body:
        if isinstance(node, nodes.Output):
            for child in node.nodes:
                if not isinstance(child, nodes.TemplateData):
                    program += [["print", path_of(child)], ["text", next(pieces)]]
        elif isinstance(node, nodes.For):
            named = node.target.name if isinstance(node.target, nodes.Name) else None
            path = path_of(node.iter)
            plain = named and path and not (node.else_ or node.test or node.recursive)
            inner = _program(node.body, pieces) if plain else None
            if inner is None:
                return None
            program += [["for", named, path, inner], ["text", next(pieces)]]
        elif isinstance(node, nodes.If):
            branches = _branches(node, pieces)
            if branches is None:
                return None
            program += [["if", branches], ["text", next(pieces)]]
    sound = all(x[0] != "print" or x[1] for x in program)
    return [x for x in program if x[0] != "text" or x[1]] if sound else None


def _branches(node: nodes.If, pieces: Iterator[str]) -> list[tuple[list[str] | None, Program]] | None:
    branches: list[tuple[list[str] | None, Program]] = []
    for case in (node, *node.elif_):
        path = path_of(case.test)
        inner = _program(case.body, pieces)
        if not path or inner is None:
            return None
        branches.append((path, inner))
    if node.else_:
        inner = _program(node.else_, pieces)
        if inner is None:
            return None
        branches.append((None, inner))
    return branches


def _filling(program: Program) -> Program:
    """Join a value that is all an element has with the element: it decides whether there is `<x>…</x>` or `<x/>`."""
    out = [_inner(x) for x in program]
    for before, printed, after in zip(out, out[1:], out[2:], strict=False):
        if before[0] != "text" or printed[0] != "print" or after[0] != "text" or not before[1].endswith(">"):
            continue
        opened = re.search(r"<([\w:]+)(?: [^<>]*)?>$", before[1])
        if opened and after[1].startswith(f"</{opened[1]}>"):
            before[1] = before[1][:-1]
            after[1] = after[1][len(opened[1]) + 3 :]
            printed[:] = ["fill", printed[1], opened[1]]
    return [x for x in out if x[0] != "text" or x[1]]


def _inner(instruction: list[Any]) -> list[Any]:
    match instruction:
        case ["for", name, path, program]:
            return ["for", name, path, _filling(program)]
        case ["if", branches]:
            return ["if", [[path, _filling(program)] for path, program in branches]]
    return list(instruction)


def _rebuilt(body: Sequence[nodes.Node], pieces: Iterator[str]) -> list[nodes.Node]:
    """Write a body as Jinja's own nodes again, its texts replaced by the ready pieces."""
    out: list[nodes.Node] = [_data(next(pieces))]
    for node in body:
        if isinstance(node, nodes.Output):
            for child in node.nodes:
                if not isinstance(child, nodes.TemplateData):
                    out += [nodes.Output([child], lineno=node.lineno), _data(next(pieces))]
        elif isinstance(node, nodes.For):
            again = _rebuilt(node.body, pieces)
            otherwise = _rebuilt(node.else_, pieces) if node.else_ else []
            loop = nodes.For(node.target, node.iter, again, otherwise, node.test, node.recursive, lineno=node.lineno)
            out += [loop, _data(next(pieces))]
        elif isinstance(node, nodes.If):
            out += [_rebuilt_if(node, pieces), _data(next(pieces))]
    return out


def _rebuilt_if(node: nodes.If, pieces: Iterator[str]) -> nodes.If:
    body = _rebuilt(node.body, pieces)
    others = [nodes.If(e.test, _rebuilt(e.body, pieces), [], [], lineno=e.lineno) for e in node.elif_]
    otherwise = _rebuilt(node.else_, pieces) if node.else_ else []
    return nodes.If(node.test, body, others, otherwise, lineno=node.lineno)


def _data(text: str) -> nodes.Output:
    return nodes.Output([nodes.TemplateData(text, lineno=1)], lineno=1)


def mended(root: Element) -> Element:
    """Let docxtpl mend the tables' columns and number the drawings."""
    docxtpl = DocxTemplate(io.BytesIO())
    tree: Element = docxtpl.fix_tables(etree.tostring(root, encoding="unicode"))
    docxtpl.docx_ids_index = _FIRST_DRAWING - 1
    docxtpl.fix_docpr_ids(tree)
    return tree


def _renumbered(xml: bytes) -> bytes:
    """Return XML without the drawings' numbers, which docxtpl always changes."""
    return re.sub(rb'(<wp:docPr [^>]*?\bid=")\d*', rb"\1", xml)


def literal(xml: str) -> str:
    """Return XML with docxtpl's way of writing braces that are no tag turned into braces."""
    for written, meant in (("{_{", "{{"), ("}_}", "}}"), ("{_%", "{%"), ("%_}", "%}")):
        xml = xml.replace(written, meant)
    return xml
