"""The characters of a PDF's page, one by one as PDFium tells of them, and the fonts that a PDF names."""

from dataclasses import dataclass

import pytest

from fuzzing import drawn_pdf
from nianbao.published import pdf, pdf_fonts

LOOSE, INK = (100.0, 110.0, 695.0, 705.0), (101.0, 109.0, 696.0, 702.0)
"""Left, right, bottom, top of a character by its font and as it is drawn."""


@dataclass
class Told:
    """What PDFium tells of one character; None where it has no box."""

    code: int
    loose: tuple[float, ...] | None = LOOSE
    ink: tuple[float, ...] | None = INK
    generated: int = 0


@pytest.fixture
def glyphs(monkeypatch):
    """Characters as PDFium would tell of them → what is read of them."""

    def loose_box(text, i, rect):
        if text[i].loose:
            rect.left, rect.right, rect.bottom, rect.top = text[i].loose
        return bool(text[i].loose)

    def ink_box(text, i, *numbers):
        if text[i].ink:
            for number, value in zip(numbers, text[i].ink, strict=True):
                number.value = value
        return bool(text[i].ink)

    monkeypatch.setattr(pdf.c, "FPDFText_GetUnicode", lambda text, i: text[i].code)
    monkeypatch.setattr(pdf.c, "FPDFText_IsGenerated", lambda text, i: text[i].generated)
    monkeypatch.setattr(pdf.c, "FPDFText_GetLooseCharBox", loose_box)
    monkeypatch.setattr(pdf.c, "FPDFText_GetCharBox", ink_box)
    return lambda *told: [g for _, g in pdf._glyphs(told, len(told))]


@pytest.mark.parametrize(
    ("codes", "read"),
    [((0x41, 0x42), "AB"), ((0x41, 2, 0x42), "A-B"), ((0, 0x41), "A"), ((0xFFFE, 0x41, 0xFFFF, 0x42), "AB"),
     ((1, 3), "\x01\x03"), ((0xFFFD,), "\ufffd"), ((0xD7FF, 0xE000), "\ud7ff\ue000"),
     ((0xD800, 0xDC00, 0x41), "\U00010000A"), ((0xDBFF, 0xDFFF, 0x41), "\U0010ffffA"),
     ((0xD841, 0xDC01, 0x41), "\U00020401A"),
     ((0xDC00, 0x41), "A"), ((0xD800, 0x41), "A"),
     ((0xD800, 0xE000), "\ue000"), ((0xD840, 0xDC00, 0xDC00, 0x41), "\U00020000A")],
    ids=["letters", "a hyphen that ends a line", "zero", "marks of order", "control characters", "a lost one",
         "the neighbours of halves", "the first in two halves", "the last in two halves", "one in two halves",
         "a second half alone", "a first half alone", "a first half before another", "a half too many"],
)  # fmt: skip
def test_a_character_is_read_by_its_code_and_what_is_none_is_left_out(codes, read, glyphs):
    assert "".join(g.char for g in glyphs(*map(Told, codes))) == read


@pytest.mark.parametrize(
    ("told", "read"),
    [(Told(0x41, generated=1), False), (Told(0x41, generated=0), True), (Told(0x41, generated=-1), True),
     (Told(0x41, loose=None), False), (Told(0x41, ink=None), True),
     (Told(0x41, loose=(100_000.0, 100_010.0, 695, 705)), False), (Told(0x41, ink=(101, 109, 696, 100_002.0)), False),
     (Told(0x41, loose=(100, 110, -100_005.0, 705)), False), (Told(0x41, ink=(101, float("nan"), 696, 702)), False)],
    ids=["put in", "printed", "not known", "no box", "not drawn", "far off", "drawn far off", "far below",
         "drawn nowhere"],
)  # fmt: skip
def test_a_character_is_read_when_it_is_printed_on_the_paper(told, read, glyphs):
    assert [g.char for g in glyphs(told, Told(0x42))] == (["A", "B"] if read else ["B"])


@pytest.mark.parametrize(
    ("ink", "middle"), [(INK, 699), (None, 700), ((101, 109, 699, 699), 700), ((101, 109, 702, 696), 700)],
    ids=["drawn", "not drawn", "without height", "upside down"],
)  # fmt: skip
def test_a_character_stands_where_it_is_drawn_or_else_where_its_font_puts_it(ink, middle, glyphs):
    (found,) = glyphs(Told(0x41, ink=ink))
    assert (found.left, found.right, found.bottom, found.top, found.middle, found.size) == (*LOOSE, middle, 10)


@pytest.mark.parametrize(
    ("loose", "ink", "found"),
    [((100, 160, 695, 705), INK, (*INK, 699, 8)), ((100, 110, 700, 700), INK, (100, 110, 700, 700, 699, 1))],
    ids=["a font for vertical writing", "a font without height"],
)  # fmt: skip
def test_a_character_whose_font_misleads_is_read_where_it_is_drawn(loose, ink, found, glyphs):
    (read,) = glyphs(Told(0x41, loose, ink))
    assert (read.char, read.left, read.right, read.bottom, read.top, read.middle, read.size) == ("A", *found)


def test_what_was_told_of_one_character_is_not_taken_for_the_next(glyphs):
    first, second, third = glyphs(
        Told(0x41), Told(0x42, ink=None), Told(0x43, (200, 210, 300, 310), (201, 209, 301, 303))
    )
    assert (first.middle, second.middle, third.middle, third.left) == (699, 700, 302, 200)


def fonted(names: list[str], pages: list[list[tuple[int, str]]]) -> bytes:
    """A PDF whose fonts have these names; on each page words, each in the font of a number."""
    listed = " ".join(f"/F{i} {3 + i} 0 R" for i in range(len(names)))
    objects = [b"", b"", *(f"<< /Type /Font /Subtype /Type1 /BaseFont /{n} >>".encode() for n in names)]
    kids = []
    for page in pages:
        drawing = "".join(f"BT /F{n} 12 Tf 40 {700 - 20 * i} Td ({w}) Tj ET " for i, (n, w) in enumerate(page))
        objects.append(f"<< /Length {len(drawing)} >>\nstream\n{drawing}\nendstream".encode())
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {len(objects)} 0 R"
            f" /Resources << /Font << {listed} >> >> >>".encode()
        )
        kids.append(f"{len(objects)} 0 R")
    objects[0] = b"<< /Type /Catalog /Pages 2 0 R >>"
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>".encode()
    return drawn_pdf.assembled(objects)


@pytest.mark.parametrize(
    ("name", "told"),
    [("SimSun", "SimSun"), ("ABCDEF+SimSun", "SimSun"), ("ABCDEF+Foo+Bar", "Foo+Bar"), ("Foo+Bar", "Foo+Bar"),
     ("ABCDEFG+Foo", "ABCDEFG+Foo"), ("Kaitis", "Kaitis")],
    ids=["plain", "embedded", "a plus in its name", "only a plus in its name", "a longer mark", "six letters"],
)  # fmt: skip
def test_a_font_is_named_without_the_mark_of_its_embedding(name, told):
    found = pdf_fonts.fonts_of(fonted([name], [[(0, "word")]]), {"key": ["word"]})
    assert found == {"key": told}


@pytest.mark.parametrize(
    ("samples", "font"),
    [(["Upper"], "Second"), (["upper"], "First"), (["none", "upper"], "First"), (["upper", "Upper"], "First"),
     (["none"], ""), ([], ""), (["later"], "Third"), (["last", "later"], "Third"), (["both"], "First")],
    ids=["capitals", "small letters", "the first is not there", "the first counts", "not there", "nothing asked",
         "on the next page", "found page by page", "the first place counts"],
)  # fmt: skip
def test_the_font_of_words_is_that_of_the_first_sample_that_is_found(samples, font):
    pages = [[(0, "an upper word and both"), (1, "an Upper word and both")], [(2, "a later word and both")]]
    found = pdf_fonts.fonts_of(fonted(["First", "Second", "Third"], pages), {"key": samples, "other": ["later"]})
    assert found == {"other": "Third"} | ({"key": font} if font else {})
