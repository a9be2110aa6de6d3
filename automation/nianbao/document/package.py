"""The file around the parts: reading and writing a .docx, its fixed parts, its properties. Always the same bytes."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping

from nianbao.errors import TemplateError
from nianbao.ooxml import archive
from nianbao.xmltext import escape

HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
TYPES = "[Content_Types].xml"
CORE = "docProps/core.xml"
APP = "docProps/app.xml"

MAX_PARTS = 500
MAX_BYTES = 50_000_000
"""What a template may unpack to; a real one has half a million."""

MAX_TAGS, MAX_BRACES = 100_000, 3_000
"""Tags of XML and opening braces in all its parts; a real one has some 10,000 and 600."""

_WML = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"

_PARTS = {
    "document": "document.main", "styles": "styles", "settings": "settings", "fontTable": "fontTable",
    "header1": "header", "header2": "header", "footer1": "footer", "footer2": "footer",
}  # fmt: skip


def write(parts: Mapping[str, bytes]) -> bytes:
    """Return an office file of these parts, in this order, without any time or machine in it."""
    return archive.written(archive.entry(n, content) for n, content in parts.items())


def read(data: bytes) -> dict[str, bytes]:
    """Return the parts of an office file by name. Raises TemplateError when it is none, or is too big."""
    from nianbao.ooxml import zips  # noqa: PLC0415 - zipfile is slow to load, and needed only where a template is opened

    try:
        with zips.opened(io.BytesIO(data)) as package:
            entries = [e for e in package.infolist() if not zips.is_folder(e)]
            large = len(entries) > MAX_PARTS or sum(e.file_size for e in entries) > MAX_BYTES
            if large or zips.has_bomb(entries):
                raise TemplateError("模板文件太大，不是正常的 Word 模板")
            parts = {e.filename: package.read(e) for e in entries}
    except zips.BROKEN as e:
        raise TemplateError("模板不是完好的 Word 文件（.docx），请用 Word 重新另存为 .docx") from e
    parsed = [p for n, p in parts.items() if n.endswith((".xml", ".rels"))]
    if sum(p.count(b"<") for p in parsed) > MAX_TAGS or sum(p.count(b"{") for p in parsed) > MAX_BRACES:
        raise TemplateError("模板文件太大，不是正常的 Word 模板")
    return parts


def frame(core_properties: bytes, named: Iterable[str] = tuple(_PARTS)) -> dict[str, bytes]:
    """Return the parts every document has, whatever its contents: types, relations, settings, properties.

    `named` are the parts of word/ that it declares, without .xml.
    """
    kept = {n: kind for n, kind in _PARTS.items() if n in set(named)}
    return {
        TYPES: _types(kept),
        "_rels/.rels": _relations(
            {
                "document": (f"{_OFFICE}/officeDocument", "word/document.xml"),
                "core": (f"{_PACKAGE}/relationships/metadata/core-properties", CORE),
                "app": (f"{_OFFICE}/extended-properties", APP),
            }
        ),
        CORE: core_properties,
        APP: app(),
        "word/_rels/document.xml.rels": _relations(
            {n: (f"{_OFFICE}/{n.rstrip('12')}", f"{n}.xml") for n in kept if n != "document"}
        ),
        "word/settings.xml": _settings(),
    }


def core(title: str, author: str, created: str, kind: str) -> bytes:
    """Return the core properties; `created` is an ISO date or '', `kind` what such reports are called.

    No user, machine or clock appears in them.
    """
    who = f"<dc:creator>{escape(author)}</dc:creator>" if author else ""
    moment = f'<dcterms:created xsi:type="dcterms:W3CDTF">{created}T00:00:00Z</dcterms:created>' if created else ""
    return (
        f'{HEAD}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
        ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(title)}</dc:title><dc:subject>{escape(kind)}</dc:subject>{who}"
        f"<dc:language>zh-CN</dc:language>{moment}</cp:coreProperties>"
    ).encode()


def app() -> bytes:
    """Return the extended properties, which name no company and no machine."""
    return (
        f'{HEAD}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
        "<Application>Microsoft Office Word</Application></Properties>"
    ).encode()


def _types(named: Mapping[str, str]) -> bytes:
    overrides = {f"/word/{n}.xml": f"{_WML}.{kind}+xml" for n, kind in named.items()}
    overrides[f"/{CORE}"] = "application/vnd.openxmlformats-package.core-properties+xml"
    overrides[f"/{APP}"] = "application/vnd.openxmlformats-officedocument.extended-properties+xml"
    listed = "".join(f'<Override PartName="{n}" ContentType="{t}"/>' for n, t in overrides.items())
    return (
        f'{HEAD}<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{listed}</Types>'
    ).encode()


def _relations(relations: Mapping[str, tuple[str, str]]) -> bytes:
    listed = "".join(f'<Relationship Id="{i}" Type="{t}" Target="{to}"/>' for i, (t, to) in relations.items())
    return f'{HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{listed}</Relationships>'.encode()


def _settings() -> bytes:
    # No compression of punctuation: it would put a 29th character on a line.
    return (
        f'{HEAD}<w:settings xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        '<w:hideSpellingErrors/><w:hideGrammaticalErrors/><w:defaultTabStop w:val="640"/><w:evenAndOddHeaders/>'
        '<w:characterSpacingControl w:val="doNotCompress"/><w:compat>'
        '<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>'
        '</w:compat><w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/></w:settings>'
    ).encode()
