"""A copy of a template with Word comments where its faults are. Comments name no user, machine or clock."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Sequence

from lxml import etree

from nianbao.document import package
from nianbao.document.opened_docx import OpenedDocument, open_template, parse
from nianbao.document.wml import Element, paragraph, qn, run, serialise, w
from nianbao.findings import Finding
from nianbao.ooxml import trees

AUTHOR = "模板检查"

_KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
_RELATION = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_CONTENT = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"


def annotated(data: bytes, found: Sequence[tuple[Element | None, Finding]]) -> bytes:
    """Return the copy; what can't be marked where it is (headers, the whole file) is told at the first paragraph.

    The anchors are elements of an earlier opening of the same bytes.
    """
    source = open_template(data)
    if not found:
        return data
    by_place = _by_place(source, found)
    comments, name = _comments(source)
    number = 1 + max((int(i) for i in _numbers(source, comments) if i.isdecimal()), default=-1)
    for element, findings in by_place:
        comments.append(_comment(number, findings))
        _mark(element, number)
        number += 1
    parts = dict(source.parts)
    parts[source.main] = trees.written(source.roots[source.main])
    parts[name] = serialise(comments) if name not in parts else trees.written(comments)
    _declare(source, parts, name)
    return package.write(parts)


def _by_place(
    source: OpenedDocument, found: Iterable[tuple[Element | None, Finding]]
) -> list[tuple[Element, list[Finding]]]:
    """Group the findings by the paragraph of the body they are marked at, in reading order."""
    body = [p.element for p in source.paragraphs if p.part == source.main]
    paths = {e.getroottree().getpath(e): e for e in body}
    grouped: dict[Element, list[Finding]] = {}
    for anchor, finding in found:
        here = None
        if anchor is not None and etree.QName(anchor.getroottree().getroot()).localname == "document":
            here = paths.get(anchor.getroottree().getpath(anchor))
        grouped.setdefault(body[0] if here is None else here, []).append(finding)
    return [(e, grouped[e]) for e in body if e in grouped]


def _comments(source: OpenedDocument) -> tuple[Element, str]:
    folder = posixpath.dirname(source.main)
    for relation in source.relations(source.main):
        name = posixpath.normpath(posixpath.join(folder, relation.get("Target", ""))).lstrip("/")
        if relation.get("Type") == _KIND and name in source.parts:
            return parse(source.parts[name]), name
    taken = {n.lower() for n in source.parts}
    name = next(n for i in range(len(taken) + 1) if (n := f"{folder}/comments{i or ''}.xml") not in taken)
    return w("comments"), name


def _numbers(source: OpenedDocument, comments: Element) -> Iterable[str]:
    yield from (c.get(qn("id"), "") for c in comments)
    marks = (qn("commentRangeStart"), qn("commentRangeEnd"), qn("commentReference"))
    yield from (m.get(qn("id"), "") for root in source.roots.values() for m in root.iter(*marks))


def _comment(number: int, findings: Sequence[Finding]) -> Element:
    lines = [f"【{f.severity.label}】{f.message}" for f in findings]
    return w("comment", *(_line(line) for line in lines), id=number, author=AUTHOR, initials="检")


def _line(text: str) -> Element:
    element = paragraph("", run(text))
    properties = element.find(qn("pPr"))
    if properties is not None:
        element.remove(properties)
    return element


def _mark(element: Element, number: int) -> None:
    """Put the comment around what a paragraph says."""
    properties = element.find(qn("pPr"))
    element.insert(0 if properties is None else 1, w("commentRangeStart", id=number))
    element.append(w("commentRangeEnd", id=number))
    element.append(w("r", w("commentReference", id=number)))


def _declare(source: OpenedDocument, parts: dict[str, bytes], name: str) -> None:
    if name in source.parts:
        return
    folder, base = posixpath.split(source.main)
    relations_name = f"{folder}/_rels/{base}.rels"
    empty = f'<Relationships xmlns="{_RELATION}"/>'.encode()
    relations = parse(parts.get(relations_name, empty))
    used = {r.get("Id") for r in relations}
    own = next(i for n in range(len(used) + 1) if (i := f"nianbaoComments{n or ''}") not in used)
    target = posixpath.relpath(name, folder)
    etree.SubElement(relations, f"{{{_RELATION}}}Relationship", {"Id": own, "Type": _KIND, "Target": target})
    types = parse(parts[package.TYPES])
    etree.SubElement(types, f"{{{_TYPES}}}Override", {"PartName": f"/{name}", "ContentType": _CONTENT})
    parts[relations_name], parts[package.TYPES] = trees.written(relations), trees.written(types)
