"""A PDF glyph by glyph and line by line: which lines rule a table, where, and which characters are read."""

import pytest

from fuzzing import drawn_pdf
from nianbao.errors import InputError
from nianbao.published import paging, pdf, pdf_fonts, ruling
from nianbao.published.glyph_lines import Glyph
from nianbao.published.model import Paragraph
from nianbao.published.published_file import PublishedFile
from nianbao.published.ruling import RuledLine

FORM = "/Type /XObject /Subtype /Form /BBox [0 0 900 900]"
MAP = (
    "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /x def"
    " 1 begincodespacerange <0000> <ffff> endcodespacerange"
    " 3 beginbfchar <0041> <D840DC00> <0042> <4E2D> <0043> <DC01> endbfchar endcmap end end"
)


def stream(content: str, entries: str = "") -> bytes:
    return f"<< /Length {len(content)} {entries} >>\nstream\n{content}\nendstream".encode()


def file(drawing: str, form: str = "", pages: int = 1) -> bytes:
    """A PDF of equal pages: /F1 is a Chinese font, /F2 one with the map above, /X1 a form of double size."""
    listed = " ".join(f"{9 + i} 0 R" for i in range(pages))
    page = (
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 842 595] /Contents 3 0 R"
        " /Resources << /Font << /F1 4 0 R /F2 6 0 R >> /XObject << /X1 8 0 R >> >> >>"
    )
    return drawn_pdf.assembled([
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{listed}] /Count {pages} >>".encode(),
        stream(drawing),
        b"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [5 0 R] >>",
        b"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /DW 1000"
        b" /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> >>",
        b"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /Identity-H /DescendantFonts [5 0 R]"
        b" /ToUnicode 7 0 R >>",
        stream(MAP),
        stream(form, FORM + " /Matrix [2 0 0 2 0 0]"),
        *[page.encode()] * pages,
    ])  # fmt: skip


def words(x: float, y: float, text: str) -> str:
    return f"BT /F1 8 Tf {x} {y} Td <{text.encode('utf-16-be').hex()}> Tj ET\n"


def boxes(x: float, y: float, side: float) -> str:
    """Two boxes side by side, ruled by strokes."""
    return f"{x} {y} {side} {side} re {x + side} {y} {side} {side} re S\n"


def blocks(data: bytes) -> list[object]:
    found = pdf.read(PublishedFile("年报.pdf", data, "pdf")).blocks
    return [b.text if isinstance(b, Paragraph) else [c.text for c in b.cells] for b in found]


LONG = "政府信息公开工作年度报告正文"
IN_BOXES = words(120, 230, "甲") + words(320, 230, "乙") + words(40, 500, LONG)


def test_a_table_ruled_inside_a_form_stands_where_the_page_puts_the_form():
    """The form doubles all measures, and the page moves the form once more: its boxes are 200 wide, from (100, 100)."""
    placed = "q 1 0 0 1 60 20 cm /X1 Do Q\n"
    assert blocks(file(placed + IN_BOXES, boxes(20, 40, 100))) == [LONG, ["甲", "乙"]]
    assert blocks(file(IN_BOXES, boxes(20, 40, 100))) == [LONG, "甲乙"]


def test_a_slanting_stroke_rules_nothing():
    crossed = "100 100 m 500 100 l 500 300 l 100 300 l h 300 300 m 300 100 l S 100 100 m 100 300 l 500 100 l S\n"
    assert blocks(file(crossed + IN_BOXES)) == [LONG, ["甲", "乙"]]
    slanting = "100 100 m 120 300 l 520 320 l 500 100 l h 300 310 m 310 90 l S\n"
    assert blocks(file(slanting + IN_BOXES)) == [LONG, "甲乙"]


@pytest.mark.parametrize("question", ["FPDFPath_GetDrawMode", "FPDFPathSegment_GetPoint"])
def test_a_line_that_pdfium_cannot_tell_of_rules_nothing(question, monkeypatch):
    data = file(boxes(100, 100, 200) + IN_BOXES)
    assert blocks(data) == [LONG, ["甲", "乙"]]
    monkeypatch.setattr(pdf.c, question, lambda *_: 0)
    assert blocks(data) == [LONG, "甲乙"]


def test_of_a_page_with_more_lines_than_any_report_has_the_first_rule_its_tables():
    many = "".join(f"{'10 590 m 20 590 l ' * 1000}S\n" for _ in range(pdf.MAX_RULES // 1000))
    assert blocks(file(boxes(100, 100, 200) + many + IN_BOXES)) == [LONG, ["甲", "乙"]]
    assert blocks(file(many + boxes(100, 100, 200) + IN_BOXES)) == [LONG, "甲乙"]


@pytest.mark.parametrize("most", ["MOST_GLYPHS", "MOST_RULES"])
def test_a_file_with_more_glyphs_or_lines_than_any_report_is_refused(most, monkeypatch):
    monkeypatch.setattr(pdf, most, 17 if most == "MOST_RULES" else 40)
    data = file(boxes(100, 100, 200) + IN_BOXES)
    assert blocks(data) == [LONG, ["甲", "乙"]]
    with pytest.raises(InputError, match=r"“年报\.pdf”的文字和线条多得不正常.*请只把年报正文另存为一份 PDF"):
        blocks(file(boxes(100, 100, 200) + IN_BOXES, pages=3))


def test_a_page_with_more_glyphs_than_any_report_is_refused():
    data = file(words(40, 500, "字" * (pdf.MAX_GLYPHS + 1)))
    with pytest.raises(InputError, match=r"“年报\.pdf”第1页有 10001 个字，多得不正常.*请只把年报正文另存为一份 PDF"):
        blocks(data)


def test_a_rare_character_in_two_halves_is_read_as_one():
    """PDFium gives characters beyond the first plane in halves; half a one is none."""
    rare = "BT /F2 8 Tf 100 400 Td <00410042> Tj ET BT /F2 8 Tf 40 300 Td <00430042> Tj ET\n"
    assert blocks(file(rare + words(40, 500, LONG))) == [LONG, "\U00020000中", "中"]


def test_a_blank_that_only_the_reader_sees_has_no_font():
    data = file("BT /F2 8 Tf 100 400 Td <0042> Tj ET BT /F2 8 Tf 300 400 Td <0042> Tj ET")
    samples = {"word": ["中"], "blank": [" "], "blank or word": [" ", "中"]}
    assert pdf_fonts.fonts_of(data, samples) == {"word": "STSong-Light", "blank or word": "STSong-Light"}


def test_a_character_on_the_very_border_of_a_table_is_in_no_cell_but_read():
    (table,) = ruling.grids([
        *(RuledLine(False, y, 100, 300) for y in (100, 200)), *(RuledLine(True, x, 100, 200) for x in (100, 200, 300)),
    ])  # fmt: skip
    inside, on_border = (Glyph(c, x - 4, x + 4, 146, 154, 150, 8) for c, x in (("1", 150), ("9", 300)))
    grid, beside = paging.blocks([paging.PdfPage(1, 595, (inside, on_border), (table,))])
    assert ([c.text for c in grid.cells], beside.text) == (["1", ""], "9")


def test_a_dot_is_no_line_whichever_way_it_lies():
    assert list(ruling.rule(10, 10, 12, 10)) == list(ruling.rule(10, 10, 10, 12)) == []
    assert list(ruling.rule(10, 10, 10, 13)) == [RuledLine(True, 10, 10, 13)]


def test_a_cross_rules_no_table_and_neither_does_ruled_paper():
    assert ruling.grids([RuledLine(False, 50, 0, 100), RuledLine(True, 50, 0, 100)]) == []
    sheet = [RuledLine(False, 0, 0, 800), RuledLine(False, 50, 0, 800)]
    sheet += [RuledLine(True, 5.0 * i, 0, 50) for i in range(ruling.MAX_LINES)]
    assert len(ruling.grids(sheet)[0].boxes) == ruling.MAX_LINES - 1
    assert ruling.grids([*sheet, RuledLine(True, 5.0 * ruling.MAX_LINES, 0, 50)]) == []
