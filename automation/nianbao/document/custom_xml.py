"""A custom XML part inside a .docx: making room for ours in any template, finding it in any document.

What stands in the part is decided by data.py.
"""

from __future__ import annotations

import io
import posixpath
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from lxml import etree

from nianbao import files
from nianbao.document.data import NAMESPACE
from nianbao.document.package import HEAD, TYPES
from nianbao.errors import InputError, TemplateError
from nianbao.ooxml import trees, zips
from nianbao.ooxml.trees import Element

MAX_FILE = 64 * 2**20
MAX_ENTRIES = 5_000
MAX_PART = 8_000_000
MAX_TOTAL = 32_000_000
"""Bytes of one custom XML part, and of all together, that are still looked into; ours has about twenty thousand."""

_ITEM = re.compile(r"customXml/item(\d+)\.xml", re.IGNORECASE)
_MAIN = "wordprocessingml.document.main+xml"
_TYPE = "http://schemas.openxmlformats.org/package/2006/content-types"
_RELATION = "http://schemas.openxmlformats.org/package/2006/relationships"
_NO_RELATIONS = f'<Relationships xmlns="{_RELATION}"/>'.encode()
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_PROPERTIES_TYPE = "application/vnd.openxmlformats-officedocument.customXmlProperties+xml"
_STORE = "{6F2A4C1E-9B7D-5E38-A0C4-3D1B7E5F2021}"
"""The part's fixed identity inside a document; a random one would make every document differ."""


def make_room(parts: Mapping[str, bytes]) -> tuple[dict[str, bytes], str]:
    """Return a template's parts with an empty place for our data, and the name of the part to fill.

    Everybody else's custom XML stays; data left in a template that was made from a report is taken out.
    Raises TemplateError when types or relations of the template are damaged.
    """
    kept = dict(parts)
    types = _parsed(kept[TYPES])
    main = _main(types)
    relations_name = posixpath.join(posixpath.dirname(main), "_rels", f"{posixpath.basename(main)}.rels")
    relations = _parsed(kept.get(relations_name, _NO_RELATIONS))
    for name in [n for n in kept if _ITEM.fullmatch(n) and _is_ours(kept[n])]:
        _remove(kept, types, relations, main, name)
    taken = {name.lower() for name in kept}
    number = next(
        n for n in range(1, len(taken) + 2) if not {f"customxml/item{n}.xml", f"customxml/itemprops{n}.xml"} & taken
    )
    item = f"customXml/item{number}.xml"
    properties = f"customXml/itemProps{number}.xml"
    used = {r.get("Id") for r in relations}
    own = next(i for n in range(len(used) + 1) if (i := f"nianbao{n or ''}") not in used)
    _relate(relations, own, "customXml", posixpath.relpath(item, posixpath.dirname(main) or "."))
    beside = trees.parsed(_NO_RELATIONS)
    _relate(beside, "rId1", "customXmlProps", posixpath.basename(properties))
    _declare(types, item, properties)
    kept[TYPES], kept[relations_name] = trees.written(types), trees.written(relations)
    kept[item] = f'<report xmlns="{NAMESPACE}"/>'.encode()
    kept[f"customXml/_rels/item{number}.xml.rels"] = trees.written(beside)
    kept[properties] = _properties()
    return kept, item


def find(docx: Path | bytes) -> bytes | None:
    """Return the part of a document that holds our data, or None when it has none.

    Raises InputError when the file is no .docx, is too big, or has several such parts.
    """
    ours = [part for part in _items(docx) if _is_ours(part)]
    if len(ours) > 1:
        raise InputError("Word 文件里附带了几份年报数据，无法确定是哪一份，请用程序重新生成这份报告")
    return ours[0] if ours else None


def _items(docx: Path | bytes) -> Iterator[bytes]:
    try:
        data = docx if isinstance(docx, bytes) else files.read(docx, MAX_FILE)
        with zips.opened(io.BytesIO(data)) as package:
            entries = package.infolist()
            if len(entries) > MAX_ENTRIES:
                raise InputError("文件里的部件太多，不是正常的 Word 文件")
            items = [e for e in entries if _ITEM.fullmatch(e.filename) and e.file_size <= MAX_PART]
            if zips.has_bomb(items) or sum(e.file_size for e in items) > MAX_TOTAL:
                raise InputError("文件解开后的内容大得不正常，不是正常的 Word 文件")
            for entry in items:
                yield package.read(entry)
    except files.TooLargeError as e:
        raise InputError("文件太大，不是正常的 Word 文件") from e
    except FileNotFoundError as e:
        raise InputError(f"找不到文件“{docx!s}”") from e
    except zips.BROKEN as e:
        raise InputError("文件不是完好的 Word 文件（.docx），或加了密码，请用 Word 重新另存为 .docx") from e


def _is_ours(part: bytes) -> bool:
    """Tell by the root element; a part too damaged to have one is ours when it names our namespace."""
    try:
        for _, root in trees.streamed(part, events=("start",)):
            return str(root.tag).startswith(f"{{{NAMESPACE}}}")
    except trees.BrokenError:
        pass
    return NAMESPACE.encode() in part


def _main(types: Element) -> str:
    for override in types:
        if str(override.get("ContentType")).endswith(_MAIN):
            return str(override.get("PartName")).lstrip("/")
    raise TemplateError("模板里没有 Word 正文，请用 Word 重新另存为 .docx")


def _remove(parts: dict[str, bytes], types: Element, relations: Element, main: str, item: str) -> None:
    """Take one of our parts out, with its properties, relations and types."""
    beside = f"customXml/_rels/{posixpath.basename(item)}.rels"
    gone = {item, beside}
    if beside in parts:
        gone |= {_target(r, item) for r in _parsed(parts[beside])}
    for name in gone:
        parts.pop(name, None)
    for relation in [r for r in relations if r.get("TargetMode") != "External" and _target(r, main) in gone]:
        relations.remove(relation)
    for override in [t for t in types if str(t.get("PartName")).lstrip("/") in gone]:
        types.remove(override)


def _target(relation: Element, source: str) -> str:
    """Return the part a relation of `source` leads to."""
    return posixpath.normpath(posixpath.join("/", posixpath.dirname(source), str(relation.get("Target")))).lstrip("/")


def _relate(relations: Element, identity: str, kind: str, target: str) -> None:
    attributes = {"Id": identity, "Type": f"{_OFFICE}/relationships/{kind}", "Target": target}
    etree.SubElement(relations, f"{{{_RELATION}}}Relationship", attributes)


def _declare(types: Element, item: str, properties: str) -> None:
    """Say what the new parts are, whether or not the template declares .xml in general."""
    for name, content_type in ((item, "application/xml"), (properties, _PROPERTIES_TYPE)):
        attributes = {"PartName": f"/{name}", "ContentType": content_type}
        etree.SubElement(types, f"{{{_TYPE}}}Override", attributes)


def _properties() -> bytes:
    return (
        f'{HEAD}<ds:datastoreItem xmlns:ds="{_OFFICE}/customXml" ds:itemID="{_STORE}">'
        f'<ds:schemaRefs><ds:schemaRef ds:uri="{NAMESPACE}"/></ds:schemaRefs></ds:datastoreItem>'
    ).encode()


def _parsed(part: bytes) -> Element:
    try:
        return trees.bare(part)
    except trees.BrokenError as e:
        raise TemplateError("模板文件的目录已损坏，请用 Word 打开后重新另存为 .docx") from e
