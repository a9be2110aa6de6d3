"""The largest forms, rosters and registers of applications."""

import io
import random
import re
from collections.abc import Iterator

from openpyxl import load_workbook

from books import part_of
from fuzzing import seeds
from fuzzing.mutate import unpacked
from fuzzing.worst.packing import Cases, Make, More, form, grown, numbered, parts_tags, times, zip_of
from nianbao.county.roster.roster_book import sample_members, write_roster
from nianbao.form import load_edition
from nianbao.register import register_rows as register
from nianbao.workbook import bounds
from register import registers


def _resaved() -> bytes:
    """Return the form as another program saves it: with shared strings, read the thorough way."""
    parts = unpacked(seeds._bytes(load_workbook(io.BytesIO(form()))))
    strings, types = "xl/sharedStrings.xml", "[Content_Types].xml"
    parts[strings] = b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"></sst>'
    kind = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    override = b'<Override PartName="/%s" ContentType="%s"/></Types>' % (strings.encode(), kind)
    parts[types] = parts[types].replace(b"</Types>", override)
    return zip_of(parts)


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


def _form_cases(reader: str, base: Make) -> Iterator[tuple[str, tuple[str, Make]]]:
    def case(part: str, before: bytes, more: More, tags: int = bounds.FORM.cells) -> Make:
        def made() -> bytes:
            data = base()
            named = part if part != sheet else part_of(unpacked(data), "表三")
            most = tags if part == sheet else bounds.FORM.texts if "Strings" in part else bounds.MAX_TAGS
            return grown(data, named, before, more, bounds.FORM.part, most - parts_tags(data, named))

        return made

    sheet = "the sheet 表三"
    ways = {
        "cells with a text each": case(sheet, b"</sheetData>", _cells),
        "rows beyond the form": case(
            sheet, b"</sheetData>", lambda n: numbered(b'<row r="9#"><c r="A9#"><v>1</v></c></row>', n),
            bounds.MAX_SHEET_TAGS,
        ),
        "cells far to the right": case(
            sheet, b"</sheetData>", lambda n: b'<row r="900">' + times(b"<c><v>1</v></c>", n - 50) + b"</row>"
        ),
        "one row again and again": case(
            sheet, b"</sheetData>", lambda n: times(b'<row r="50"><c r="A50"><v>1</v></c></row>', n),
            bounds.MAX_SHEET_TAGS,
        ),
        "columns": case(
            sheet, b"<sheetData>",
            lambda n: b"<cols>" + times(b'<col min="1" max="60" hidden="1"/>', n - 50) + b"</cols>",
        ),
        "merged cells": case(
            sheet, b"</worksheet>",
            lambda n: b"<mergeCells>" + numbered(b'<mergeCell ref="A#:B#"/>', n - 50) + b"</mergeCells>",
        ),
        "shared strings": case("xl/sharedStrings.xml", b"</sst>", lambda n: times(b"<si><t>x</t></si>", n)),
        "shared strings of pieces": case(
            "xl/sharedStrings.xml", b"</sst>", lambda n: b"<si>" + times(b"<r><t>x</t></r>", n - 20) + b"</si>"
        ),
        "cell formats": case("xl/styles.xml", b"</cellXfs>", lambda n: times(b'<xf numFmtId="1"/>', n)),
        "fonts": case("xl/styles.xml", b"</fonts>", lambda n: times(b'<font><b/><sz val="9"/></font>', n)),
        "number formats": case(
            "xl/styles.xml", b"<fonts",
            lambda n: b"<numFmts>" + numbered(b'<numFmt numFmtId="2#" formatCode="0.#"/>', n - 50) + b"</numFmts>",
        ),
        "defined names": case(
            "xl/workbook.xml", b"</definedNames>",
            lambda n: numbered(b'<definedName name="n#">A!$A$1</definedName>', n),
        ),
        "sheets": case(
            "xl/workbook.xml", b"</sheets>",
            lambda _: numbered(b'<sheet name="s#" sheetId="9#" r:id="rId1"/>', 180 * 58),
        ),
        "types": case(
            "[Content_Types].xml", b"</Types>", lambda n: numbered(b'<Override PartName="/#" ContentType="a/b"/>', n)
        ),
        "relations": case(
            "xl/_rels/workbook.xml.rels", b"</Relationships>",
            lambda n: numbered(b'<Relationship Id="x#" Type="http://a/b" Target="x#.xml"/>', n),
        ),
    }  # fmt: skip
    for name, make in ways.items():
        if "strings" not in name or base is _resaved:
            yield f"{reader}: {name}", (reader, make)


def _applications(size: int) -> Iterator[list[object]]:
    rng = random.Random(1)
    rows = list(registers.table(registers.applications(rng, 40), rng))
    yield list(rows[0])
    while True:
        yield from (list(r) for r in rows[1:])


def _csv(row: bytes | None = None) -> Make:
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


def _register_book(wide: bool) -> Make:
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

        tags = bounds.REGISTER.cells - 1_000
        return grown(data, "xl/worksheets/sheet1.xml", b"</sheetData>", more, bounds.REGISTER.part, tags)

    return made


def _roster() -> bytes:
    return write_roster(load_edition("2021"), sample_members(2025))


def _members(row: int) -> bytes:
    cells = (f'<c t="inlineStr"><is><t>{row * 40 + c}镇</t></is></c>' for c in range(24))
    return f'<row r="{row}">{"".join(cells)}</row>'.encode()


CASES: Cases = {
    **dict(_form_cases("workbook", form)),
    **dict(_form_cases("thorough", _resaved)),
    "roster: rows": ("roster", lambda: grown(
        _roster(), "xl/worksheets/sheet1.xml", b"</sheetData>",
        lambda _: b"".join(map(_members, range(30, 4_900))), bounds.FORM.part)),
    "register: rows": ("register", _register_book(wide=False)),
    "register: cells": ("register", _register_book(wide=True)),
    "csv: rows": ("csv", _csv()),
    "csv: fields": ("csv", _csv(b"1," * 3000 + b"\n")),
    "csv: short rows": ("csv", _csv(b",\n")),
}  # fmt: skip
