"""The slowest files that the limits let through: of every reader the largest of each kind of content.

Nothing is damaged here; each file is as large in one way as its reader's limit allows.
"""

import io
import json
import random
import re
import zipfile
from collections.abc import Callable, Iterator

from openpyxl import load_workbook

import reports
from books import filled, part_of
from fuzzing import drawn_pdf, seeds
from fuzzing.mutate import unpacked
from nianbao import report, workbook
from nianbao.county import gather
from nianbao.county.roster_book import sample_members, write_roster
from nianbao.document import custom_xml, package, template_for
from nianbao.form import load_edition
from nianbao.form import source as editions
from nianbao.publish.page import fill
from nianbao.published import docx, html, pdf, text
from nianbao.register import source as register
from nianbao.workbook import source
from published import pages
from register import registers

MB = 2**20
Parts = dict[str, bytes]


def _zip(parts: Parts) -> bytes:
    """Pack the parts, where they fit as they are: no ratio gives them away."""
    out = io.BytesIO()
    way = zipfile.ZIP_STORED if sum(map(len, parts.values())) < 30 * MB else zipfile.ZIP_DEFLATED
    with zipfile.ZipFile(out, "w", way, compresslevel=1) as target:
        for name, part in parts.items():
            target.writestr(name, part)
    return out.getvalue()


def _times(piece: bytes, size: int) -> bytes:
    return piece * (size // len(piece))


def _numbered(piece: bytes, size: int) -> bytes:
    """Return the piece again and again, with another number each time, up to a size."""
    return b"".join(piece.replace(b"#", b"%d" % i) for i in range(size // (len(piece) + 6 * piece.count(b"#"))))


def _grown(data: bytes, part: str, before: bytes, more: Callable[[int], bytes], most: int, tags: int = 0) -> bytes:
    """Return an office file in one part of which more stands before a mark, as much as `most` and `tags` allow."""
    parts = unpacked(data)
    room = most - len(parts[part]) - 1000
    whole = more(room)
    if tags and whole.count(b"<") > tags:
        room = int(room * tags / whole.count(b"<") * 0.98) - 1000
    head, mark, tail = parts[part].rpartition(before)
    assert mark, (part, before)
    parts[part] = head + more(room) + mark + tail
    assert len(parts[part]) <= most
    return _zip(parts)


def parts_tags(data: bytes, part: str) -> int:
    return unpacked(data)[part].count(b"<")


def _form() -> bytes:
    return workbook.build(load_edition("2021"), filled())


def _resaved() -> bytes:
    """Return the form as another program saves it: with shared strings, read the thorough way."""
    parts = unpacked(seeds._bytes(load_workbook(io.BytesIO(_form()))))
    strings, types = "xl/sharedStrings.xml", "[Content_Types].xml"
    parts[strings] = b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"></sst>'
    kind = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    override = b'<Override PartName="/%s" ContentType="%s"/></Types>' % (strings.encode(), kind)
    parts[types] = parts[types].replace(b"</Types>", override)
    return _zip(parts)


def _cells(room: int) -> bytes:
    """Rows of the form's height and width, every cell a text of its own, until there is no room."""
    rows = []
    for r in range(200, 1_500):
        letters = [chr(65 + i) for i in range(26)] + ["A" + chr(65 + i) for i in range(26)]
        cells = "".join(f'<c r="{c}{r}" t="inlineStr"><is><t>{r}年第{c}件{"字" * 90}</t></is></c>' for c in letters)
        rows.append(f'<row r="{r}">{cells}</row>'.encode())
        if sum(map(len, rows[-1:])) * len(rows) > room - 40_000:
            break
    return b"".join(rows)[: 10**9]


def _form_cases(reader: str, base: Callable[[], bytes]) -> Iterator[tuple[str, tuple[str, Callable[[], bytes]]]]:
    def case(part: str, before: bytes, more: Callable[[int], bytes], most: int | None = None) -> Callable[[], bytes]:
        def made() -> bytes:
            data = base()
            named = part if part != sheet else part_of(unpacked(data), "表三")
            most_tags = source.FORM.texts if "Strings" in part else source.MAX_TAGS
            tags = 0 if part == sheet else most_tags - parts_tags(data, named)
            return _grown(data, named, before, more, most or source.FORM.part, tags)

        return made

    sheet = "the sheet 表三"
    ways = {
        "cells with a text each": case(sheet, b"</sheetData>", _cells),
        "rows beyond the form": case(
            sheet, b"</sheetData>", lambda n: _numbered(b'<row r="9#"><c r="A9#"><v>1</v></c></row>', n)
        ),
        "cells far to the right": case(
            sheet, b"</sheetData>", lambda n: b'<row r="900">' + _times(b"<c><v>1</v></c>", n - 50) + b"</row>"
        ),
        "one row again and again": case(
            sheet, b"</sheetData>", lambda n: _times(b'<row r="50"><c r="A50"><v>1</v></c></row>', n)
        ),
        "columns": case(
            sheet, b"<sheetData>",
            lambda n: b"<cols>" + _times(b'<col min="1" max="60" hidden="1"/>', n - 50) + b"</cols>",
        ),
        "merged cells": case(
            sheet, b"</worksheet>",
            lambda n: b"<mergeCells>" + _numbered(b'<mergeCell ref="A#:B#"/>', n - 50) + b"</mergeCells>",
        ),
        "shared strings": case("xl/sharedStrings.xml", b"</sst>", lambda n: _times(b"<si><t>x</t></si>", n)),
        "shared strings of pieces": case(
            "xl/sharedStrings.xml", b"</sst>", lambda n: b"<si>" + _times(b"<r><t>x</t></r>", n - 20) + b"</si>"
        ),
        "cell formats": case("xl/styles.xml", b"</cellXfs>", lambda n: _times(b'<xf numFmtId="1"/>', n)),
        "fonts": case("xl/styles.xml", b"</fonts>", lambda n: _times(b'<font><b/><sz val="9"/></font>', n)),
        "number formats": case(
            "xl/styles.xml", b"<fonts",
            lambda n: b"<numFmts>" + _numbered(b'<numFmt numFmtId="2#" formatCode="0.#"/>', n - 50) + b"</numFmts>",
        ),
        "defined names": case(
            "xl/workbook.xml", b"</definedNames>",
            lambda n: _numbered(b'<definedName name="n#">A!$A$1</definedName>', n),
        ),
        "sheets": case(
            "xl/workbook.xml", b"</sheets>", lambda n: _numbered(b'<sheet name="s#" sheetId="9#" r:id="rId1"/>', n)
        ),
        "types": case(
            "[Content_Types].xml", b"</Types>", lambda n: _numbered(b'<Override PartName="/#" ContentType="a/b"/>', n)
        ),
        "relations": case(
            "xl/_rels/workbook.xml.rels", b"</Relationships>",
            lambda n: _numbered(b'<Relationship Id="x#" Type="http://a/b" Target="x#.xml"/>', n),
        ),
    }  # fmt: skip
    for name, make in ways.items():
        if "strings" not in name or base is _resaved:
            yield f"{reader}: {name}", (reader, make)


def _document(body: Callable[[int], bytes]) -> Callable[[], bytes]:
    return lambda: _grown(
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
    inner = _times(b"<w:tr><w:tc><w:p><w:r><w:t>1</w:t></w:r></w:p></w:tc><w:tc><w:p/></w:tc></w:tr>", n - 20_000)
    return (b"<w:tbl><w:tr><w:tc>" * deep + b"<w:tbl>" + inner + b"</w:tbl>"
            + b"<w:p/></w:tc><w:tc><w:p/></w:tc></w:tr></w:tbl>" * deep)  # fmt: skip


_P = b"<w:p><w:r><w:t>\xe5\x85\xac\xe5\xbc\x80</w:t></w:r></w:p>"
_TABLE = b"<w:tbl>" + (b"<w:tr>" + b"<w:tc>" + _P + b"</w:tc>" + b"<w:tc>" + _P + b"</w:tc></w:tr>") * 3 + b"</w:tbl>"
DOCUMENTS: dict[str, Callable[[int], bytes]] = {
    "empty paragraphs": lambda n: _times(b"<w:p/>", n),
    "short paragraphs": lambda n: _times(_P, n),
    "one long paragraph": lambda n: b"<w:p><w:r><w:t>" + _times("公开12件，".encode(), n - 50) + b"</w:t></w:r></w:p>",
    "lines in a paragraph": lambda n: b"<w:p><w:r>" + _times(b"<w:t>1</w:t><w:br/>", n - 50) + b"</w:r></w:p>",
    "small tables": lambda n: _times(_TABLE, n),
    "one table of many rows": lambda n: b"<w:tbl>" + _times(b"<w:tr><w:tc>" + _P + b"</w:tc><w:tc>" + _P
                                                            + b"</w:tc></w:tr>", n - 50) + b"</w:tbl>",
    "one row of many cells": lambda n: b"<w:tbl><w:tr>" + _times(b"<w:tc>" + _P + b"</w:tc>", n - 50)
    + b"</w:tr></w:tbl>",
    "tables in tables": _nested,
    "boxes in a paragraph": lambda n: b"<w:p><w:r><w:pict>" + _times(b"<w:txbxContent>" + _P + b"</w:txbxContent>",
                                                                     n - 60) + b"</w:pict></w:r></w:p>",
    "runs": lambda n: b"<w:p>" + _times(b"<w:r><w:t>1</w:t></w:r>", n - 50) + b"</w:p>",
}  # fmt: skip


def _page(piece: str, before: str = "", after: str = "", most: int = html.MAX_TEXT) -> Callable[[], bytes]:
    def made() -> bytes:
        whole = pages.page(reports.zero()).rendered().decode()
        elements = html.MAX_STEPS - whole.count("<")
        each = max(1, piece.replace("</", "").count("<"))
        times = min(elements // each, (most - len(whole) - len(before + after)) // len(piece))
        return whole.replace("</body>", before + piece * times + after + "</body>").encode()

    return made


PAGES = {
    "one long paragraph": _page("公开12件，", "<p>", "</p>"),
    "paragraphs": _page("<p>公开12件，全部按期办结，没有遗漏</p>"),
    "lines": _page("公开12件<br>", "<p>", "</p>"),
    "small tables": _page("<table><tr><td>1</td><td>2</td></tr><tr><td>3</td><td>4</td></tr></table>"),
    "one table": _page("<tr><td>1</td><td>自然人</td><td>3</td></tr>", "<table>", "</table>"),
    "tables of three thousand cells": _page(
        "<table>" + ("<tr>" + "<td>本年新收</td>" * 60 + "</tr>") * 50 + "</table>"
    ),
    "spans": _page('<tr><td rowspan="60" colspan="60">自然人</td><td>1</td></tr>', "<table>", "</table>"),
    "tables in tables": _page("<tr><td>1</td><td>2</td></tr>", "<table><tr><td>" * 60, "</td></tr></table>" * 60),
    "nested": _page("<p>1</p>", "<div>" * 170, "</div>" * 170),
    "headings": _page("<p>一、总体情况</p>"),
    "rows of the form": _page(
        "<table><tr><td>行政许可</td><td>1</td></tr><tr><td>本年新收政府信息公开申请数量</td><td>1</td><td>2</td></tr></table>"
    ),
}


def _drawn(page: Callable[[random.Random], str], pages_: int = pdf.MAX_PAGES) -> Callable[[], bytes]:
    return lambda: drawn_pdf._file([page(random.Random(i)) for i in range(pages_)])


def _words(count: int) -> str:
    coded = "公开信息工作年度报告".encode("utf-16-be").hex()
    lines = (count // 10 + 9) // 10
    out = []
    for i in range(lines):
        for j in range(10):
            out.append(f"BT /F1 4 Tf {20 + j * 80:.1f} {590 - i * 580 / lines:.2f} Td <{coded}> Tj ET")
    return "\n".join(out)


def _rules(rng: random.Random, count: int) -> str:
    return "\n".join(
        f"{rng.uniform(20, 800):.1f} {rng.uniform(20, 570):.1f} m {rng.uniform(20, 800):.1f} 300 l S" if i % 5 == 0
        else f"{20 + (i % 40) * 20} {20 + (i // 40) * 11} 20 11 re S"
        for i in range(count)
    )  # fmt: skip


PDFS = {
    "characters": _drawn(lambda rng: _words(pdf.MOST_GLYPHS // pdf.MAX_PAGES - 100)),
    "characters on full pages": _drawn(lambda rng: _words(pdf.MAX_GLYPHS * 9 // 10 - 200), 20),
    "rules": _drawn(lambda rng: _rules(rng, pdf.MOST_RULES // pdf.MAX_PAGES // 4) + "\n" + _words(200)),
    "rules on full pages": _drawn(lambda rng: _rules(rng, pdf.MAX_RULES) + "\n" + _words(200), 9),
    "both": _drawn(
        lambda rng: _rules(rng, pdf.MAX_RULES // 4 - 10) + "\n" + _words(pdf.MAX_GLYPHS * 9 // 10 - 200), 20
    ),
    "characters at any place": _drawn(
        lambda rng: "\n".join(
            f"BT /F1 4 Tf {rng.uniform(10, 830):.1f} {rng.uniform(10, 585):.1f} Td <516c> Tj ET"
            for _ in range(pdf.MAX_GLYPHS // 4)
        ),
        20,
    ),
}


def _text(line: str) -> Callable[[], bytes]:
    def made() -> bytes:
        whole = drawn_pdf.as_text(pages.page(reports.zero()), "\t") + "\n"
        times = min(
            text.MAX_LINES - whole.count("\n") - 1, (text.MAX_BYTES - len(whole.encode()) - 10) // len(line.encode())
        )
        return (whole + line * times).encode()

    return made


TEXTS = {
    "lines": _text("全年公开信息12件，全部按期办结，没有遗漏，群众满意，没有收费。\n"),
    "one long line": lambda: _text("x\n")()[: -text.MAX_LINES] + "公开12件，".encode() * 250_000,
    "headings": _text("一、总体情况\n"),
    "rows between tabs": _text("本年新收\t1\t2\t3\t4\t5\t6\t7\t8\n"),
    "rows between bars": lambda: _text("|本年新收|1|2|3|4|5|6|7|\n")().replace(b"\t", b"|"),
    "figures": lambda: _text("12\n")().replace(b"\t", b"\n"),
    "labels": lambda: _text("自然人\n本年新收\n1\n")().replace(b"\t", b"\n"),
}


def _long(piece: str) -> Callable[[], bytes]:
    def made() -> bytes:
        one = report.to_json(reports.zero())
        texts = one["texts"]
        for key in texts:
            texts[key] = (piece * report.MAX_TEXT)[: report.MAX_TEXT - 1]
        return json.dumps(one, ensure_ascii=False).encode()

    return made


JSONS = {
    "figures": _long("共收到申请12件，其中自然人3件，"),
    "sentences": _long("本年新收政府信息公开申请12件，同比增长20%。"),
    "one digit": _long("1"),
    "numerals": _long("一百二十"),
    "brackets": _long("（"),
    "quotes": _long("《"),
    "lines": _long("（一）不够及时\n"),
    "dates": _long("2025年12月31日，"),
    "laws": _long("根据《中华人民共和国政府信息公开条例》第五十条，"),
    "list marks": _long("1.、"),
    "blanks": _long("字 "),
    "letters": _long("a"),
    "addresses": _long("www.a.gov.cn/"),
    "telephones": _long("0597-4632003，"),
    "numbers of identity": _long("35082419900101001X "),
    "commas": _long("，"),
    "percentages": _long("占比12.5%，其中"),
    "unknown keys": lambda: json.dumps({
        **report.to_json(reports.zero()), "values": {f"k{i}": 1 for i in range(500_000)}
    }).encode(),
}  # fmt: skip


def _applications(size: int) -> Iterator[list[object]]:
    rng = random.Random(1)
    rows = list(registers.table(registers.applications(rng, 40), rng))
    yield list(rows[0])
    while True:
        yield from (list(r) for r in rows[1:])


def _csv(row: bytes | None = None) -> Callable[[], bytes]:
    def made() -> bytes:
        out = []
        size = 0
        for number, cells in enumerate(_applications(0)):
            line = (
                row
                if row and number
                else (
                    ",".join(str("" if c is None else c).replace(",", "，").replace("\n", "") for c in cells) + "\n"
                ).encode()
            )
            size += len(line)
            if number > register.MAX_ROWS - 2 or size > register.MAX_CSV:
                break
            out.append(line)
        return b"".join(out)

    return made


def _register_book(wide: bool) -> Callable[[], bytes]:
    """A register of as many rows, or as many cells, as its limits allow."""

    def made() -> bytes:
        data = next(iter(seeds._register_books()))
        if wide:
            row = b'<row r="#">' + b"<c><v>1</v></c>" * 79 + b"</row>"
        else:
            rows = list(seeds._register_books())
            xml = unpacked(rows[0])["xl/worksheets/sheet1.xml"]
            found = xml[xml.index(b'<row r="2"') :]
            row = found[: found.index(b"</row>") + 6]

        def more(n: int) -> bytes:
            bare = re.sub(rb' r="[A-Z]+2"', b"", row).replace(b'<row r="2"', b'<row r="#"')
            times = min(n // (len(bare) + 5), register.MAX_ROWS - 100)
            return b"".join(bare.replace(b'r="#"', b'r="%d"' % i) for i in range(50, 50 + times))

        return _grown(data, "xl/worksheets/sheet1.xml", b"</sheetData>", more, source.REGISTER.part)

    return made


def _within(more: Callable[[int], bytes], size: int, braces: int) -> bytes:
    """Return what `more` gives, with at most so many braces."""
    whole = more(size)
    return whole if whole.count(b"{") <= braces else more(int(size * braces / whole.count(b"{") * 0.99))


def _template(more: Callable[[int], bytes]) -> Callable[[], bytes]:
    def made() -> bytes:
        data = next(iter(seeds._templates()))
        room = package.MAX_BYTES - sum(map(len, unpacked(data).values()))
        tags = package.MAX_TAGS - sum(p.count(b"<") for p in unpacked(data).values())
        braces = package.MAX_BRACES - sum(p.count(b"{") for p in unpacked(data).values())
        return _grown(data, "word/document.xml", b"<w:sectPr", lambda n: _within(more, n, braces), room, tags)

    return made


def _tag(words: str) -> bytes:
    return f"<w:p><w:r><w:t>{words}</w:t></w:r></w:p>".encode()


TEMPLATES = {
    "paragraphs": _template(lambda n: _times(_P, n)),
    "tags": _template(lambda n: _times(_tag("{{ body.name }}"), n)),
    "wrong tags": _template(lambda n: _times(_tag("{{ body.nam }}"), n)),
    "open tags": _template(lambda n: _times(_tag("{% if 1 %}"), n)),
    "braces": _template(lambda n: _times(_tag("{"), n)),
    "tables": _template(lambda n: _times(_TABLE, n)),
    "one long paragraph": _template(lambda n: _tag("年" * (n // 3 - 100))),
    "runs": _template(lambda n: b"<w:p>" + _times(b"<w:r><w:t>{</w:t></w:r>", n - 100) + b"</w:p>"),
}


def _page_template(piece: str) -> Callable[[], bytes]:
    def made() -> bytes:
        whole = next(iter(seeds._page_templates())).decode()
        times = (fill.MAX_BYTES - len(whole.encode()) - 10) // len(piece.encode())
        if "{" in piece:
            times = min(times, (fill.MAX_BRACES - whole.count("{")) // piece.count("{"))
        return whole.replace("</body>", piece * times + "</body>").encode()

    return made


PAGE_TEMPLATES = {
    "tags": _page_template("{{ body.name }}"),
    "wrong tags": _page_template("{{ x }}"),
    "open tags": _page_template("{% if 1 %}"),
    "braces": _page_template("{{"),
    "paragraphs": _page_template("<p>年</p>"),
    "words": _page_template("年"),
}


def _edition(piece: str) -> Callable[[], bytes]:
    def made() -> bytes:
        whole = list(seeds._editions())[-1].decode()
        return (
            whole
            + "".join(
                piece.replace("#", str(i))
                for i in range((editions.MAX_BYTES - len(whole.encode()) - 10) // (len(piece.encode()) + 5))
            )
        ).encode()

    return made


EDITIONS = {
    "rules": _edition('\n[[rule]]\nid = "Z#"\ntitle = "x"\n'),
    "tables": _edition('\n[[table]]\nid = "t#"\n'),
    "keys": _edition("\n[a#]\n"),
    "sections": _edition('\n[[section]]\nid = "s#"\ntitle = "一、x"\n'),
    "dotted keys": lambda: b"a." * (editions.MAX_BYTES // 2 - 10) + b"a = 1\n",
    "variant": lambda: (
        seeds.VARIANT.read_bytes()
        + b"".join(b'\n[[change]]\nid = "c%d"\n' % i for i in range(editions.MAX_BYTES // 35))
    ),
    "list": lambda: b"a = [" + b"1," * (editions.MAX_BYTES // 2 - 20) + b"]\n",
    "text": lambda: b'a = """' + b"x\n" * (editions.MAX_BYTES // 2 - 20) + b'"""\n',
}


def _items(size: int, count: int) -> Callable[[], bytes]:
    def made() -> bytes:
        rng = random.Random(3)
        part = b"<a>" + rng.randbytes(30_000).hex().encode() * (size // 60_000 + 1)
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
            for i in range(count):
                target.writestr(f"customXml/item{i}.xml", part[:size])
        return out.getvalue()

    return made


def _archive(count: int) -> Callable[[], bytes]:
    def made() -> bytes:
        inner = _form()
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as target:
            for i in range(count):
                target.writestr(f"{i}镇.xlsx", inner)
        return out.getvalue()

    return made


def _roster() -> bytes:
    return write_roster(load_edition("2021"), sample_members(2025))


def _members(row: int) -> bytes:
    cells = (f'<c t="inlineStr"><is><t>{row * 40 + c}镇</t></is></c>' for c in range(40))
    return f'<row r="{row}">{"".join(cells)}</row>'.encode()


CASES: dict[str, tuple[str, Callable[[], bytes]]] = {
    **dict(_form_cases("workbook", _form)),
    **dict(_form_cases("thorough", _resaved)),
    **{f"docx: {n}": ("docx", _document(b)) for n, b in DOCUMENTS.items()},
    **{f"html: {n}": ("html", b) for n, b in PAGES.items()},
    **{f"pdf: {n}": ("pdf", b) for n, b in PDFS.items()},
    **{f"text: {n}": ("text", b) for n, b in TEXTS.items()},
    **{f"json: {n}": ("json", b) for n, b in JSONS.items()},
    "reasons: many": ("reasons", lambda: json.dumps([
        {"fingerprint": f"A{i}:0123456789ab:ba9876543210", "rule": "A1", "reason": "系统迁移，数字以档案为准"}
        for i in range(50_000)
    ], ensure_ascii=False).encode()),
    "reasons: long": ("reasons", lambda: json.dumps([
        {"fingerprint": f"A{i}:0123456789ab:ba9876543210", "rule": "A1", "reason": "数字" * 45_000} for i in range(20)
    ], ensure_ascii=False).encode()),
    "roster: rows": ("roster", lambda: _grown(
        _roster(), "xl/worksheets/sheet1.xml", b"</sheetData>",
        lambda _: b"".join(map(_members, range(30, 4_900))), source.FORM.part)),
    **{f"template: {n}": ("template", b) for n, b in TEMPLATES.items()},
    **{f"page: {n}": ("page", b) for n, b in PAGE_TEMPLATES.items()},
    **{f"edition: {n}": ("edition", b) for n, b in EDITIONS.items()},
    "register: rows": ("register", _register_book(wide=False)),
    "register: cells": ("register", _register_book(wide=True)),
    "csv: rows": ("csv", _csv()),
    "csv: fields": ("csv", _csv(b"1," * 3000 + b"\n")),
    "csv: short rows": ("csv", _csv(b",\n")),
    "mapping: values": ("mapping", lambda: "未办结 = [".encode() + b"'x'," * 49_000 + b"]\n"),
    "site: values": ("site", lambda: seeds.SITE.encode() + b"".join(b"k%d = 1\n" % i for i in range(9_000))),
    "archive: members": ("archive", _archive(gather.MAX_MEMBERS)),
    "carried: items": ("carried", _items(custom_xml.MAX_PART - 10, custom_xml.MAX_TOTAL // custom_xml.MAX_PART)),
    "carried: many items": ("carried", _items(6_000, 4_900)),
}  # fmt: skip
