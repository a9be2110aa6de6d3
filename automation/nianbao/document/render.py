"""Filling a Word template for many reports: compiled once, and only what a report changes is made anew."""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Protocol

from nianbao import resources
from nianbao.document import data, package, prose, tags, template_store
from nianbao.document.program import ReadyPart, UnknownWordError
from nianbao.errors import TemplateError
from nianbao.form import Edition, edition_names, load_edition
from nianbao.ooxml import archive
from nianbao.oserrors import why
from nianbao.report import Report

FAST, PLAIN = "auto", "docxtpl"
ENGINES = (FAST, PLAIN)
"""`auto` compiles once; `docxtpl` lets docxtpl do every step anew for every report, for comparison."""

_TYPE = rb'ContentType="[^"]*wordprocessingml\.(?:document\.main|header|footer|footnotes)\+xml"'
_FILLED = re.compile(rb'PartName="/([^"]+)"[^>]*' + _TYPE + rb"|" + _TYPE + rb'[^>]*PartName="/([^"]+)"')


class Rendered(Protocol):
    """A compiled part: program.Page, or what compiling.py gives."""

    def run(self, context: tags.Context) -> bytes:
        """Return the part's XML for these words. Raises UnknownWordError, TemplateError."""


@dataclass(frozen=True)
class Template:
    """A compiled template.

    `fixed` are the parts that every report copies, `filled` those that have tags, `data` the name of the part for the
    report's data; `properties` tells whether the file has properties for us to write.
    """

    edition: Edition
    fixed: archive.Fixed
    filled: Mapping[str, Rendered]
    data: str
    properties: bool

    def render(self, report: Report, draft: bool = False) -> bytes:
        """Return the report as a .docx that also carries its data; the same report always gives the same bytes.

        `draft` marks every page as a draft. Raises InputError for a text no document can hold,
        TemplateError for a tag the edition does not know.
        """
        report = tags.clean(self.edition, report)
        context = tags.of_clean(self.edition, report, draft)
        try:
            parts = {name: part.run(context) for name, part in self.filled.items()}
        except UnknownWordError as e:
            raise _unknown(e) from e
        parts |= _own(self.edition, report, context, self.data, self.properties)
        return archive.write(self.fixed, parts, quickly=self.data)


@dataclass(frozen=True)
class PlainTemplate:
    """A template that docxtpl opens, patches, compiles and fills anew for every report."""

    edition: Edition
    source: bytes

    def render(self, report: Report, draft: bool = False) -> bytes:
        """Return the same document as `Template.render`."""
        from nianbao.document import compiling, custom_xml  # noqa: PLC0415 - docxtpl only where it works

        report = tags.clean(self.edition, report)
        context = tags.of_clean(self.edition, report, draft)
        try:
            filled = compiling.plainly(self.source, context)
        except UnknownWordError as e:
            raise _unknown(e) from e
        parts, place = custom_xml.make_room(package.read(filled))
        if package.APP in parts:
            parts[package.APP] = package.app()
        changing = _own(self.edition, report, context, place, package.CORE in parts)
        kept = {n: c for n, c in parts.items() if n not in changing}
        return archive.write(archive.fixed(archive.entry(n, c) for n, c in kept.items()), changing)


def _unknown(word: UnknownWordError) -> TemplateError:
    return TemplateError(f"模板里的标签“{word}”没有对应的内容。可用的标签见 templates/README.md")


def _own(edition: Edition, report: Report, context: tags.Context, place: str, properties: bool) -> dict[str, bytes]:
    """Return the data part and the properties.

    The properties are ours, whoever edited the template: a clerk's name in it must not go out.
    """
    parts = {place: data.write(edition, report)}
    if properties:
        parts[package.CORE] = package.core(
            context[tags.FULL_TITLE], report.name, prose.iso_date(report), edition.report_name
        )
    return parts


def compile_template(source: Path | bytes, edition: Edition) -> Template:
    """Return the template in this file, ready to render reports of this edition.

    Raises TemplateError naming the fault: no Word file, a tag that is not closed, a tag the edition does not know.
    """
    from nianbao.document import compiling, custom_xml  # noqa: PLC0415 - docxtpl only where a template is compiled

    parts = package.read(_bytes(source))
    names = [(a or b).decode() for a, b in _FILLED.findall(parts.get(package.TYPES, b""))]
    if not any(name in parts for name in names):
        raise TemplateError("模板里没有 Word 正文，请用 Word 重新另存为 .docx")
    known = _all_words(edition)
    filled: dict[str, Rendered] = {}
    roomy, place = custom_xml.make_room(parts)
    for name in (n for n in names if n in parts):
        compiled = compiling.compile_part(parts[name], known, body=_is_body(name, parts))
        _debug("%s: %s", name, compiled.way)
        if isinstance(compiled, compiling.PlainPart):
            filled[name] = compiled.page
        else:
            filled[name] = compiled
    for name in [n for n, page in filled.items() if isinstance(page, ReadyPart) and page.constant]:
        roomy[name] = filled.pop(name).run({})
    properties = package.CORE in roomy
    if package.APP in roomy:
        roomy[package.APP] = package.app()
    changing = {*filled, place, package.CORE}
    fixed = archive.fixed(archive.entry(n, content) for n, content in roomy.items() if n not in changing)
    return Template(edition, fixed, filled, place, properties)


@lru_cache(maxsize=8)
def template_for(edition: Edition, engine: str = FAST) -> Template | PlainTemplate:
    """Return the template of an edition: the shipped file, or for an edition of the user's own a fresh one."""
    return prepared(_source(edition), edition, engine)


def prepared(source: bytes, edition: Edition, engine: str = FAST) -> Template | PlainTemplate:
    """Return a template ready to render reports of this edition, as compiled before if the user's cache has it.

    Raises TemplateError as `compile_template` does.
    """
    if engine == PLAIN:
        compile_template(source, edition)  # what is refused is refused whoever fills it
        return PlainTemplate(edition, source)
    name = template_store.key(source, repr(_all_words(edition)).encode())
    found = template_store.load(name)
    if found is not None:
        _debug("%s: words, compiled before", edition.id)
        return Template(edition, *found)
    made = compile_template(source, edition)
    pages = {n: p for n, p in made.filled.items() if isinstance(p, ReadyPart)}
    if len(pages) == len(made.filled):
        template_store.save(name, (made.fixed, pages, made.data, made.properties))
    return made


def _source(edition: Edition) -> bytes:
    if edition.id in edition_names() and edition == load_edition(edition.id):
        shipped = resources.template_path(edition.id, "report.docx")
        if shipped is not None:
            return _bytes(shipped)
    from nianbao.document.template import build_template  # noqa: PLC0415 - only where no file has it ready

    return build_template(edition)


@lru_cache(maxsize=8)
def _all_words(edition: Edition) -> tags.Context:
    """Return every word a template of this edition may use."""
    return tags.context(edition, Report(edition.id, None, {}, {}, {}))


def _is_body(name: str, parts: Mapping[str, bytes]) -> bool:
    declared = re.search(rb'[^<]*PartName="/' + re.escape(name.encode()) + rb'"[^>]*', parts[package.TYPES])
    return declared is not None and b"document.main" in declared[0]


def _bytes(source: Path | bytes) -> bytes:
    if isinstance(source, bytes):
        return source
    try:
        return source.read_bytes()
    except OSError as e:
        raise TemplateError(f"模板“{source}”打不开（{why(e)}）") from e


def _debug(message: str, *words: object) -> None:
    """Say it in the log, if anybody has set one up: importing logging for nobody takes longer than the rendering."""
    if "logging" in sys.modules:
        sys.modules["logging"].getLogger(__name__).debug(message, *words)
