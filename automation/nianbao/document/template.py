"""The Word template of an edition: the official page, headings, tables, with tags for all that a report fills in.

How the parts look is in styles.py and table_xml.py, what the tags are called in tags.py, the file around them
in package.py.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from nianbao.document import package, styles, table_xml, tags
from nianbao.document.wml import Element, R, paragraph, run, serialise, w
from nianbao.form import Edition, OutlinePart, PartKind, outline

PAGE = {"w": 11906, "h": 16838}
MARGINS = {"top": 2098, "right": 1474, "bottom": 1984, "left": 1588, "header": 850, "footer": 1446, "gutter": 0}
"""37, 26, 35, 28 mm; the page number stands 7 mm below the type area."""

TABLE_GAP = 80
"""Between a heading and its table, in twips."""


def build_template(edition: Edition) -> bytes:
    """Return the edition's Word template (.docx), always the same bytes for the same edition."""
    return package.write(
        {
            **package.frame(package.core(f"{edition.report_name}模板", "", "", edition.report_name)),
            "word/document.xml": serialise(w("document", w("body", *_body(edition)))),
            "word/styles.xml": styles.styles_part(),
            "word/fontTable.xml": styles.fonts_part(),
            "word/header1.xml": serialise(w("hdr", _draft_line())),
            "word/header2.xml": serialise(w("hdr", _draft_line())),
            "word/footer1.xml": serialise(w("ftr", _page_number(styles.PAGE_ODD))),
            "word/footer2.xml": serialise(w("ftr", _page_number(styles.PAGE_EVEN))),
        }
    )


def _body(edition: Edition) -> Iterator[Element]:
    yield from _if(tags.DRAFT, [_draft_line()])
    for part in outline(edition):
        yield from _part(edition, part)
    yield _page()


def _part(edition: Edition, part: OutlinePart) -> Iterable[Element]:
    """Return what the template has for one part of the report."""
    if part.kind is PartKind.TITLE:
        return _for(tags.LINE, tags.TITLE, [paragraph(styles.TITLE.id, run(tags.braced(tags.LINE)))])
    if part.kind is PartKind.INTRODUCTION:
        return _text(tags.INTRODUCTION)
    if part.kind is PartKind.CONTACT:
        return _for(tags.LINE, tags.CONTACT, [paragraph(styles.BODY.id, run(tags.braced(tags.LINE)))])
    if part.kind is PartKind.HEADING and part.section:
        return [paragraph(styles.HEADING_1.id, run(part.section.title), after=TABLE_GAP if part.section.table else 0)]
    if part.table:
        return [table_xml.build(edition, part.table)]
    return _text(tags.word(part.text.label), signed=part.last) if part.text else _signature()


def _text(path: str, *, signed: bool = False) -> Iterator[Element]:
    """A text's paragraphs, each in the style its number asks for; the last before the signature keeps it company."""
    lead, rest = (tags.braced(f"{tags.PARAGRAPH}.{x}") for x in (tags.LEAD, tags.REST))
    choice: list[Element] = []
    for style in (styles.HEADING_2, styles.HEADING_3, styles.HEADING_4):
        choice.append(_mark(f"{'elif' if choice else 'if'} {tags.PARAGRAPH}.{style.name}"))
        choice.append(paragraph(style.id, run(lead)))
    others = [(tags.RAGGED, "left", False), *([(tags.LAST, "", True)] if signed else []), ("", "", False)]
    for word, align, keep in others:
        choice.append(_mark(f"elif {tags.PARAGRAPH}.{word}" if word else "else"))
        choice.append(paragraph(styles.BODY.id, run(lead, styles.LEAD[0]), run(rest), keep_next=keep, align=align))
    choice.append(_mark("endif"))
    yield from _for(tags.PARAGRAPH, path, choice)


def _signature() -> Iterator[Element]:
    # The first paragraph keeps one line's distance from the text; it also ends a report whose last part is a table.
    # A seal, 42 mm wide, reaches over name and date: there the text keeps off one line more.
    blank = paragraph(styles.SIGNATURE.id, keep_next=True)
    name, date = (run(tags.braced(f"{tags.SIGNATURE}.{x}")) for x in (tags.NAME, tags.DATE))
    yield from _if(
        tags.DATE,
        [
            blank,
            *_if(tags.STAMPED, [paragraph(styles.SIGNATURE.id, keep_next=True)]),
            paragraph(styles.SIGNATURE.id, name, keep_next=True),
            paragraph(styles.SIGNATURE.id, date),
        ],
    )


def _for(name: str, path: str, inside: Iterable[Element]) -> list[Element]:
    return [_mark(f"for {name} in {path}"), *inside, _mark("endfor")]


def _if(path: str, inside: Iterable[Element]) -> list[Element]:
    return [_mark(f"if {path}"), *inside, _mark("endif")]


def _mark(statement: str) -> Element:
    """A paragraph that steers and is not printed."""
    return paragraph(styles.TAG_LINE.id, run(f"{{%p {statement} %}}"))


def _draft_line() -> Element:
    return paragraph(styles.DRAFT.id, run(tags.braced(tags.DRAFT)))


def _page_number(style: styles.ReportStyle) -> Element:
    field = w("fldSimple", run("1"), instr=" PAGE ")
    return paragraph(style.id, run("— "), field, run(" —"))


def _page() -> Element:
    references = [
        _reference(f"{part}Reference", kind, f"{part}{n}")
        for part in ("header", "footer")
        for n, kind in ((1, "default"), (2, "even"))
    ]
    return w("sectPr", *references, w("pgSz", **PAGE), w("pgMar", **MARGINS), w("docGrid", linePitch=312))


def _reference(name: str, kind: str, relation: str) -> Element:
    element = w(name, type=kind)
    element.set(f"{{{R}}}id", relation)
    return element
