"""Filling a Word template: compiled once by docxtpl, rendered for many reports. The door to docxtpl and Jinja."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import jinja2
from docxtpl import DocxTemplate
from jinja2 import nodes
from lxml import etree

from nianbao import resources
from nianbao.document import custom_xml, data, package, prose, sandbox, tags
from nianbao.document.template import build_template
from nianbao.errors import TemplateError
from nianbao.form import Edition, edition_names, load_edition
from nianbao.report import Report

_FILLED = re.compile(
    rb'PartName="/([^"]+)"[^>]*ContentType="[^"]*wordprocessingml\.(?:document\.main|header|footer|footnotes)\+xml"'
    rb'|ContentType="[^"]*wordprocessingml\.(?:document\.main|header|footer|footnotes)\+xml"[^>]*PartName="/([^"]+)"'
)
_PARAGRAPH = re.compile(r"<w:p(?=[ >])")
_MARKUP = re.compile(r"<[^>]*>")


@dataclass(frozen=True)
class Template:
    """A compiled template: `parts` as they are in the file, `filled` those that have tags, `data` the one for data."""

    edition: Edition
    parts: Mapping[str, bytes]
    filled: Mapping[str, jinja2.Template]
    data: str

    def render(self, report: Report, draft: bool = False) -> bytes:
        """Return the report as a .docx that also carries its data; the same report always gives the same bytes.

        `draft` marks every page as a draft. Raises InputError for a text no document can hold,
        TemplateError for a tag the edition does not know.
        """
        report = tags.clean(self.edition, report)
        context = tags.of_clean(self.edition, report, draft)
        parts = {**self.parts, self.data: data.write(self.edition, report)}
        for name, page in self.filled.items():
            parts[name] = _fill(name, page, context)
        # The properties are ours, whoever edited the template: a clerk's name in it must not go out.
        own = {
            package.CORE: package.core(context[tags.FULL_TITLE], report.name, prose.iso_date(report)),
            package.APP: package.app(),
        }
        parts.update({name: content for name, content in own.items() if name in parts})
        return package.write(parts)


def compile_template(source: Path | bytes, edition: Edition) -> Template:
    """Return the template in this file, ready to render reports of this edition.

    Raises TemplateError naming the fault: no Word file, a tag that is not closed, a tag the edition does not know.
    """
    parts = package.read(_bytes(source))
    names = [(a or b).decode() for a, b in _FILLED.findall(parts.get(package.TYPES, b""))]
    if not any(name in parts for name in names):
        raise TemplateError("模板里没有 Word 正文，请用 Word 重新另存为 .docx")
    environment = sandbox.Words()
    known = tags.context(edition, Report(edition.id, None, {}, {}, {}))
    filled = {name: _compile(environment, parts[name], known) for name in names if name in parts}
    roomy, place = custom_xml.make_room(parts)
    return Template(edition, roomy, filled, place)


@lru_cache(maxsize=8)
def template_for(edition: Edition) -> Template:
    """Return the compiled template of an edition: the shipped file, or for an edition of the user's own a fresh one."""
    if edition.id in edition_names() and edition == load_edition(edition.id):
        shipped = resources.template_path(edition.id, "report.docx")
        if shipped is not None:
            return compile_template(shipped, edition)
    return compile_template(build_template(edition), edition)


def _bytes(source: Path | bytes) -> bytes:
    if isinstance(source, bytes):
        return source
    try:
        return source.read_bytes()
    except OSError as e:
        raise TemplateError(f"模板“{source}”打不开（{e.strerror or '路径无效'}）") from e


def _compile(environment: jinja2.Environment, part: bytes, known: tags.Context) -> jinja2.Template:
    try:
        xml = etree.tostring(etree.fromstring(part, _parser()), encoding="unicode")
    except etree.XMLSyntaxError as e:
        raise TemplateError("模板的正文已损坏，请用 Word 打开后重新另存为 .docx") from e
    if "｛｛" in _MARKUP.sub("", xml):
        raise TemplateError("模板里的标签用了全角大括号“｛｛”，请改成半角的“{{”")
    # One paragraph a line, so that a fault's line is the paragraph the clerk sees.
    source = _PARAGRAPH.sub("\n<w:p", DocxTemplate(io.BytesIO()).patch_xml(xml))
    try:
        tree = environment.parse(source)
        for node in sandbox.misused(environment, tree):
            raise TemplateError(f"模板里“{_near(source, node.lineno)}”处的标签不能使用，标签只能写官方名称")
        unknown = [path for path in _paths(tree) if not _knows(known, path)]
        if unknown:
            listed = "、".join(tags.braced(".".join(path)) for path in dict.fromkeys(unknown))
            raise TemplateError(f"模板里有不认识的标签：{listed}。可用的标签见 templates/README.md")
        return environment.from_string(source)
    except jinja2.TemplateSyntaxError as e:
        why = "有 for 或 if 没有配上 endfor 或 endif" if "nexpected end" in str(e) else "标签没有写完整或写法不对"
        raise TemplateError(f"模板里“{_near(source, e.lineno)}”处有误：{why}") from e


def _near(source: str, line: int) -> str:
    """Return the words of the paragraph on this line, or of the nearest one before it that has any."""
    lines = [_MARKUP.sub("", x).strip() for x in source.split("\n")[:line]]
    return next((x for x in reversed(lines) if x), "开头")[:60]


def _paths(tree: nodes.Template) -> Iterator[tuple[str, ...]]:
    """List every dotted path a template asks for, leaving out those that start at a loop's own variable."""
    own = {n.name for loop in tree.find_all(nodes.For) for n in _names(loop.target)} | {"loop"}
    inner = {id(n.node) for n in tree.find_all(nodes.Getattr)}
    for node in tree.find_all((nodes.Getattr, nodes.Name)):
        path = _path(node)
        if id(node) not in inner and path and path[0] not in own:
            yield path


def _names(target: nodes.Node) -> list[nodes.Name]:
    return [target] if isinstance(target, nodes.Name) else list(target.find_all(nodes.Name))


def _path(node: nodes.Node) -> tuple[str, ...]:
    if isinstance(node, nodes.Getattr):
        start = _path(node.node)
        return (*start, node.attr) if start else ()
    return (node.name,) if isinstance(node, nodes.Name) else ()


def _knows(known: object, path: tuple[str, ...]) -> bool:
    for name in path:
        if not isinstance(known, dict) or name not in known:
            return False
        known = known[name]
    return True


def _fill(name: str, page: jinja2.Template, context: tags.Context) -> bytes:
    try:
        xml = page.render(context).replace("\n<w:p", "<w:p")
        return etree.tostring(
            etree.fromstring(xml.encode(), _parser()), xml_declaration=True, encoding="UTF-8", standalone=True
        )
    except jinja2.UndefinedError as e:
        raise TemplateError(f"模板里的标签“{_quoted(e)}”没有对应的内容。可用的标签见 templates/README.md") from e
    except jinja2.TemplateError as e:
        raise TemplateError(f"模板里的标签“{_quoted(e)}”不能使用，标签只能写官方名称") from e
    except (etree.XMLSyntaxError, TypeError) as e:
        raise TemplateError(f"模板填写后不成文档（{name}），请检查标签放的位置") from e


def _quoted(error: jinja2.TemplateError) -> str:
    """Return the last name Jinja's English message quotes: that of the tag."""
    names = re.findall(r"'([^']*)'", error.message or "")
    return names[-1] if names else ""


def _parser() -> etree.XMLParser:
    return etree.XMLParser(resolve_entities=False, no_network=True)
