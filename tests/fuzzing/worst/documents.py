"""The largest Word files: published reports, templates, data inside a report; and archives."""

import io
import random
import zipfile

import reports
from fuzzing import seeds
from fuzzing.mutate import unpacked
from fuzzing.worst.packing import TABLE, Cases, Make, More, P, form, grown, times
from nianbao.county.intake import containers
from nianbao.document import custom_xml, package, template_for
from nianbao.form import load_edition
from nianbao.published import docx


def _document(body: More) -> Make:
    return lambda: grown(
        template_for(load_edition("2021")).render(reports.zero()),
        "word/document.xml",
        b"<w:sectPr",
        body,
        docx.MAX_PART,
        docx.MAX_TAGS - 10_000,
    )


def _nested(n: int) -> bytes:
    """Tables in tables, as deep as is followed, each with two cells, with a wide one innermost."""
    deep = 38
    inner = times(b"<w:tr><w:tc><w:p><w:r><w:t>1</w:t></w:r></w:p></w:tc><w:tc><w:p/></w:tc></w:tr>", n - 20_000)
    return (b"<w:tbl><w:tr><w:tc>" * deep + b"<w:tbl>" + inner + b"</w:tbl>"
            + b"<w:p/></w:tc><w:tc><w:p/></w:tc></w:tr></w:tbl>" * deep)  # fmt: skip


DOCUMENTS: dict[str, More] = {
    "empty paragraphs": lambda n: times(b"<w:p/>", n),
    "short paragraphs": lambda n: times(P, n),
    "one long paragraph": lambda n: b"<w:p><w:r><w:t>" + times("公开12件，".encode(), n - 50) + b"</w:t></w:r></w:p>",
    "lines in a paragraph": lambda n: b"<w:p><w:r>" + times(b"<w:t>1</w:t><w:br/>", n - 50) + b"</w:r></w:p>",
    "small tables": lambda n: times(TABLE, n),
    "one table of many rows": lambda n: b"<w:tbl>" + times(b"<w:tr><w:tc>" + P + b"</w:tc><w:tc>" + P
                                                            + b"</w:tc></w:tr>", n - 50) + b"</w:tbl>",
    "one row of many cells": lambda n: b"<w:tbl><w:tr>" + times(b"<w:tc>" + P + b"</w:tc>", n - 50)
    + b"</w:tr></w:tbl>",
    "tables in tables": _nested,
    "boxes in a paragraph": lambda n: b"<w:p><w:r><w:pict>" + times(b"<w:txbxContent>" + P + b"</w:txbxContent>",
                                                                     n - 60) + b"</w:pict></w:r></w:p>",
    "runs": lambda n: b"<w:p>" + times(b"<w:r><w:t>1</w:t></w:r>", n - 50) + b"</w:p>",
}  # fmt: skip


def _within(more: More, size: int, braces: int) -> bytes:
    """Return what `more` gives, with at most so many braces."""
    whole = more(size)
    return whole if whole.count(b"{") <= braces else more(int(size * braces / whole.count(b"{") * 0.99))


def _template(more: More) -> Make:
    def made() -> bytes:
        data = next(iter(seeds._templates()))
        room = package.MAX_BYTES - sum(map(len, unpacked(data).values()))
        tags = package.MAX_TAGS - sum(p.count(b"<") for p in unpacked(data).values())
        braces = package.MAX_BRACES - sum(p.count(b"{") for p in unpacked(data).values())
        return grown(data, "word/document.xml", b"<w:sectPr", lambda n: _within(more, n, braces), room, tags)

    return made


def tag(words: str) -> bytes:
    return f"<w:p><w:r><w:t>{words}</w:t></w:r></w:p>".encode()


TEMPLATES = {
    "paragraphs": _template(lambda n: times(P, n)),
    "tags": _template(lambda n: times(tag("{{ body.name }}"), n)),
    "wrong tags": _template(lambda n: times(tag("{{ body.nam }}"), n)),
    "open tags": _template(lambda n: times(tag("{% if 1 %}"), n)),
    "braces": _template(lambda n: times(tag("{"), n)),
    "tables": _template(lambda n: times(TABLE, n)),
    "one long paragraph": _template(lambda n: tag("年" * (n // 3 - 100))),
    "runs": _template(lambda n: b"<w:p>" + times(b"<w:r><w:t>{</w:t></w:r>", n - 100) + b"</w:p>"),
}


def _items(size: int, count: int) -> Make:
    def made() -> bytes:
        rng = random.Random(3)
        part = b"<a>" + rng.randbytes(30_000).hex().encode() * (size // 60_000 + 1)
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
            for i in range(count):
                target.writestr(f"customXml/item{i}.xml", part[:size])
        return out.getvalue()

    return made


def _archive(count: int) -> Make:
    def made() -> bytes:
        inner = form()
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as target:
            for i in range(count):
                target.writestr(f"{i}镇.xlsx", inner)
        return out.getvalue()

    return made


CASES: Cases = {
    **{f"docx: {n}": ("docx", _document(b)) for n, b in DOCUMENTS.items()},
    **{f"template: {n}": ("template", b) for n, b in TEMPLATES.items()},
    "carried: items": ("carried", _items(custom_xml.MAX_PART - 10, custom_xml.MAX_TOTAL // custom_xml.MAX_PART)),
    "carried: many items": ("carried", _items(6_000, 4_900)),
    "archive: members": ("archive", _archive(containers.MAX_MEMBERS)),
}
