"""Compiling one part of a template. The door to docxtpl and Jinja's syntax tree.

docxtpl patches, parses and compiles its template again for every document. Here its own patching runs once; then the
part is written down as lxml would write it, its tags replaced by marks, and cut at the marks. What the tags are decides
how documents are made of it:

    words        dotted names, loops and conditions on them: plain data (program.py), can be kept on disk
    expressions  filters, tests, `loop`: Jinja between ready pieces of XML
    whole        a block that begins in one element and ends in another, tags in attributes, table columns in loops:
                 Jinja over the whole text, parsed and mended by docxtpl for every document

All three give the same bytes as docxtpl itself; tests/document/test_ways.py holds them together.
"""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import jinja2
from docxtpl import DocxTemplate
from jinja2 import nodes
from lxml import etree

from nianbao.document import sandbox
from nianbao.document.cutting import cut, literal, mended
from nianbao.document.program import ReadyPart, UnknownWordError
from nianbao.errors import TemplateError
from nianbao.ooxml import trees

Context = Mapping[str, Any]

_PARAGRAPH = re.compile(r"<w:p(?=[ >])")
_MARKUP = re.compile(r"<[^>]*>")


@dataclass(frozen=True)
class PlainPart:
    """A part whose tags are dotted names, loops and conditions."""

    page: ReadyPart
    way: str = "words"


@dataclass(frozen=True)
class Expressions:
    """A part with other expressions: Jinja joins the ready pieces."""

    template: jinja2.Template
    hollow: tuple[str, ...]
    way: str = "expressions"

    def run(self, context: Context) -> bytes:
        """Return the part's XML."""
        xml = _joined(self.template, context)
        for tag in self.hollow:
            xml = xml.replace(f"></{tag}>", "/>")
        return xml.encode()


@dataclass(frozen=True)
class WholePart:
    """A part that is well-formed only after it is filled: parsed anew for every document."""

    template: jinja2.Template
    body: bool
    way: str = "whole"

    def run(self, context: Context) -> bytes:
        """Return the part's XML."""
        xml = literal(_joined(self.template, context).replace("\n<w:p", "<w:p"))
        try:
            root = trees.parsed(DocxTemplate(io.BytesIO()).resolve_listing(xml))
            return trees.written(mended(root) if self.body else root)
        except (etree.XMLSyntaxError, TypeError) as e:
            raise TemplateError("模板填写后不成文档，请检查标签放的位置") from e


Compiled = PlainPart | Expressions | WholePart


def compile_part(part: bytes, known: Context, *, body: bool) -> Compiled:
    """Return a part of a template ready to be filled; `body` for the document itself (docxtpl mends its tables).

    Raises TemplateError naming the fault: a tag that is not closed, a statement out of bounds, an unknown word.
    """
    try:
        xml = etree.tostring(trees.parsed(part), encoding="unicode")
    except etree.XMLSyntaxError as e:
        raise TemplateError("模板的正文已损坏，请用 Word 打开后重新另存为 .docx") from e
    if "｛｛" in _MARKUP.sub("", xml):
        raise TemplateError("模板里的标签用了全角大括号“｛｛”，请改成半角的“{{”")
    # One paragraph a line, so that a fault's line is the paragraph the clerk sees.
    source = _PARAGRAPH.sub("\n<w:p", DocxTemplate(io.BytesIO()).patch_xml(xml))
    environment = sandbox.WordEnvironment()
    try:
        tree = environment.parse(source)
        for node in sandbox.misused(environment, tree):
            raise TemplateError(f"模板里“{_near(source, node.lineno)}”处的标签不能使用，标签只能写官方名称")
        unknown = [path for path, _ in sandbox.asked(tree) if not sandbox.knows(known, path)]
        if unknown:
            listed = "、".join("{{ " + ".".join(path) + " }}" for path in dict.fromkeys(unknown))
            raise TemplateError(f"模板里有不认识的标签：{listed}。可用的标签见 templates/README.md")
        return _ready(environment, tree, source, body=body)
    except RecursionError as e:
        raise TemplateError("模板里的 for 和 if 或括号一层套一层，套得太深，请减少层数") from e
    except jinja2.TemplateSyntaxError as e:
        why = "有 for 或 if 没有配上 endfor 或 endif" if "nexpected end" in str(e) else "标签没有写完整或写法不对"
        raise TemplateError(f"模板里“{_near(source, e.lineno)}”处有误：{why}") from e


def plainly(template: bytes, context: Context) -> bytes:
    """Return the document as docxtpl makes it from the template's file, every step anew.

    Raises TemplateError, UnknownWordError.
    """
    filled = DocxTemplate(io.BytesIO(template))
    try:
        filled.render(dict(context), sandbox.WordEnvironment(guarded=True))
    except jinja2.UndefinedError as e:
        raise UnknownWordError(sandbox.quoted(e)) from e
    except jinja2.TemplateError as e:
        raise TemplateError(f"模板里的标签“{sandbox.quoted(e)}”不能使用，标签只能写官方名称") from e
    out = io.BytesIO()
    filled.save(out)
    return out.getvalue()


def _ready(environment: jinja2.Environment, tree: nodes.Template, source: str, *, body: bool) -> Compiled:
    pieces = cut(tree, body=body)
    if pieces is None:
        return WholePart(sandbox.WordEnvironment(guarded=True).from_string(source), body)
    if pieces.program is not None:
        return PlainPart(ReadyPart(pieces.program, sorted(pieces.hollow)))
    again = nodes.Template(pieces.body, lineno=1)
    again.set_environment(environment)
    # `w:t` too: a typed tab at the edge of a text leaves an empty one.
    return Expressions(environment.from_string(again), (*sorted(pieces.hollow | {"w:t"}),))


def _joined(template: jinja2.Template, context: Context) -> str:
    try:
        return template.render(context)
    except jinja2.UndefinedError as e:
        raise UnknownWordError(sandbox.quoted(e)) from e
    except jinja2.TemplateError as e:
        raise TemplateError(f"模板里的标签“{sandbox.quoted(e)}”不能使用，标签只能写官方名称") from e


def _near(source: str, line: int) -> str:
    """Return the words of the paragraph on this line, or of the nearest one before it that has any."""
    lines = [_MARKUP.sub("", x).strip() for x in source.split("\n")[:line]]
    return next((x for x in reversed(lines) if x), "开头")[:60]
