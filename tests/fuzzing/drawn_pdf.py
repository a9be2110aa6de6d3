"""A report drawn as a PDF with ruled tables, or written as text: fuzzing has to start without an office program.

The font is one of PDF's own predefined Chinese ones, so that nothing need be embedded.
"""

import html
import zlib
from collections.abc import Iterator

from published.pages import Cell, Page, Rows

WIDTH, HEIGHT, MARGIN, SIZE, LINE = 842, 595, 40, 8, 15


def as_text(page: Page, mark: str) -> str:
    """Return the report as text, cells divided by `mark`."""
    lines = []
    for section in page.edition.sections:
        lines.append(section.title)
        if section.table:
            for row in page.tables[section.table]:
                cells = mark.join(c.text.replace("\n", "") for c in row)
                lines.append(f"|{cells}|" if mark == "|" else cells)
        else:
            lines.append(page.report.texts.get(section.text, ""))
    return "\n".join([f"{page.report.name}{page.report.year}年政府信息公开工作年度报告", *page.introduction, *lines])


def drawn(page: Page) -> bytes:
    """Return the report as a PDF."""
    lines = [f"{page.report.name}{page.report.year}年政府信息公开工作年度报告", *page.introduction]
    sheet = _Sheet()
    for line in lines:
        sheet.line(line)
    for section in page.edition.sections:
        sheet.line(section.title)
        if section.table:
            sheet.table(page.tables[section.table])
        else:
            for line in html.unescape(page.report.texts.get(section.text, "")).split("\n"):
                sheet.line(line)
    return _file(sheet.finished())


class _Sheet:
    """Pages in the making, written from the top."""

    def __init__(self) -> None:
        self.done: list[str] = []
        self.drawn: list[str] = []
        self.y = HEIGHT - MARGIN

    def finished(self) -> list[str]:
        return [*self.done, "\n".join(self.drawn)]

    def line(self, text: str) -> None:
        for start in range(0, max(1, len(text)), 80):
            self.room(LINE)
            self.words(MARGIN, self.y, text[start : start + 80])

    def room(self, height: float) -> None:
        if self.y - height < MARGIN:
            self.done.append("\n".join(self.drawn))
            self.drawn, self.y = [], HEIGHT - MARGIN
        self.y -= height

    def words(self, x: float, y: float, text: str) -> None:
        coded = text.encode("utf-16-be", "replace").hex()
        self.drawn.append(f"BT /F1 {SIZE} Tf {x:.1f} {y:.1f} Td <{coded}> Tj ET")

    def table(self, rows: Rows) -> None:
        placed = list(_placed(rows))
        columns = max(c + cell.columns for _, c, cell in placed)
        wide, high = (WIDTH - 2 * MARGIN) / columns, 2 * LINE
        for n in range(len(rows)):
            at = self.y
            self.room(high)
            if self.y > at - high:  # a new page
                at = self.y + high
            for row, column, cell in placed:
                if row == n:
                    x, y, h = MARGIN + column * wide, at - high * cell.rows, high * cell.rows
                    self.drawn.append(f"{x:.1f} {y:.1f} {wide * cell.columns:.1f} {h:.1f} re S")
                    each = max(1, int(wide * cell.columns // SIZE) - 1)
                    text = cell.text.replace("\n", "")
                    for i, start in enumerate(range(0, len(text), each)):
                        self.words(x + 2, at - SIZE - 2 - i * SIZE, text[start : start + each])


def _placed(rows: Rows) -> Iterator[tuple[int, int, Cell]]:
    taken: set[tuple[int, int]] = set()
    for number, row in enumerate(rows):
        column = 0
        for cell in row:
            while (number, column) in taken:
                column += 1
            taken |= {(number + i, column + j) for i in range(cell.rows) for j in range(cell.columns)}
            yield number, column, cell


def _file(pages: list[str]) -> bytes:
    """Return the PDF's bytes; every second page's drawing is compressed."""
    kids = " ".join(f"{5 + 2 * i} 0 R" for i in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
        b"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [4 0 R] >>",
        b"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /DW 1000"
        b" /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> >>",
    ]
    for i, drawing in enumerate(pages):
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {WIDTH} {HEIGHT}] /Contents {6 + 2 * i} 0 R"
            " /Resources << /Font << /F1 3 0 R >> >> >>".encode()
        )
        data = zlib.compress(drawing.encode()) if i % 2 else drawing.encode()
        filters = " /Filter /FlateDecode" if i % 2 else ""
        objects.append(f"<< /Length {len(data)}{filters} >>\nstream\n".encode() + data + b"\nendstream")
    return assembled(objects)


def assembled(objects: list[bytes]) -> bytes:
    """Return the bytes of a PDF of these objects, numbered from 1; the first is its catalogue."""
    out = bytearray(b"%PDF-1.5\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % p for p in places)
    out += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    return bytes(out)
