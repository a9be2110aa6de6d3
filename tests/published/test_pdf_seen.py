"""What a page of a PDF shows in a cell is what is read: every way to draw a figure that is not, or not so, seen."""
# ruff: noqa: E501 - a drawing is one line

import re
import tracemalloc

import pytest

from nianbao.errors import InputError
from nianbao.published.model import Grid
from nianbao.visible import paper, signs
from published import test_pdf_files
from published.test_pdf_files import file, latin, read, words

RULES = "".join(f"{x} 400 m {x} 500 l S\n" for x in (100, 200, 300)) + "".join(
    f"100 {y} m 300 {y} l S\n" for y in (400, 450, 500)
)
REST = (
    words(110, 470, "名称")
    + words(110, 420, "件数")
    + latin(210, 470, "9")
    + words(100, 540, "甲镇人民政府的年度报告全文")
)
FIVE = latin(240, 420, "5")


def cell(drawing, rest=REST):
    """The text and the doubt of the cell in the lower right corner."""
    (grid,) = [b for b in read(file([RULES + rest + drawing])).blocks if isinstance(b, Grid)]
    found = next(c for c in grid.cells if (c.row, c.column) == (1, 1))
    return found.text, found.doubt


PLAIN = {
    "black": FIVE, "red": "1 0 0 rg " + FIVE, "on a ground": "q 0.9 g 205 405 90 40 re f Q " + FIVE,
    "white on dark": "q 0 g 205 405 90 40 re f Q q 1 g " + FIVE + "Q", "outlined": "q 1 Tr " + FIVE + "Q",
    "two figures": latin(240, 420, "12"), "black figures close together": latin(240, 420, "2") + latin(244.2, 420, "7"), "grey": "q 0.6 g " + FIVE + "Q",
    "a minus and a point": latin(235, 420, "-1.5"), "thousands": latin(240, 420, "1,500"), "underlined": FIVE + "238 417 m 248 417 l S\n",
    "bold by its outline": "q 2 Tr .3 w " + FIVE + "Q", "white with a black outline": "q 1 g 0 G 2 Tr 1 w " + FIVE + "Q",
    "bold by printing twice": FIVE + latin(240.2, 420, "5"),
    "a frame around it": FIVE + "q 1 w 230 410 30 30 re S Q", "a part shown": "q 230 410 30 30 re W n " + FIVE + "Q",
}  # fmt: skip


@pytest.mark.parametrize("drawing", PLAIN.values(), ids=PLAIN)
def test_a_figure_plainly_seen_has_no_doubt(drawing):
    text, doubt = cell(drawing)
    assert text in ("5", "12", "27", "-1.5", "1,500")
    assert doubt == ""


DOUBTFUL = {
    "white": "q 1 g " + FIVE + "Q", "nearly white": "q 0.97 g " + FIVE + "Q", "black on black": "q 0 g 205 405 90 40 re f Q " + FIVE,
    "clipped away": "q 0 0 10 10 re W n " + FIVE + "Q", "under white": FIVE + "q 1 g 235 415 20 20 re f Q",
    "under black": FIVE + "q 0 g 235 415 20 20 re f Q", "struck": FIVE + "238 423.5 m 248 423.5 l S\n",
    "struck by a box": FIVE + "q 0 g 236 423 14 1 re f Q", "mirrored": "q -1 0 0 1 480 0 cm " + FIVE + "Q",
    "upside down": "q -1 0 0 -1 485 845 cm " + FIVE + "Q", "tiny": "BT /F2 1 Tf 240 420 Td (5) Tj ET\n",
    "raised": FIVE + "BT /F2 5 Tf 246 426 Td (1) Tj ET\n", "raised by rise": "BT /F2 10 Tf 240 420 Td (5) Tj 4 Ts (1) Tj ET\n",
    "small beside": FIVE + "BT /F2 6 Tf 246 420 Td (1) Tj ET\n", "printed over": FIVE + latin(240.5, 420, "3"),
    "a white minus": FIVE + "q 1 g " + latin(235, 420, "-") + "Q", "a white point": latin(240, 420, "1") + "q 1 g " + latin(245.6, 420, ".") + "Q" + latin(248.4, 420, "5"),
    "a point under white": latin(240, 420, "1.5") + "q 1 g 245.8 419 2.4 4 re f Q", "narrow": "q 0.15 0 0 1 204 0 cm " + FIVE + "Q", "faint beside": "q 0.92 g " + FIVE + "Q " + latin(245.6, 420, "1"),
    "a fifth as wide": "q 0.2 0 0 1 192 0 cm " + FIVE + "Q", "white beside black": latin(240, 420, "2") + "q 1 g " + latin(244.2, 420, "7") + "Q",
    "white and bold over a line": latin(240, 420, "2") + "238 419.3 m 252 419.3 l S\nq 1 g 1 G 2 Tr .3 w " + latin(245, 420, "7") + "Q",
    "a shadow under white": latin(240.5, 419.5, "5") + "q 1 g " + FIVE + "Q", "grey under white": "q 0.5 g " + FIVE + "Q q 1 g " + FIVE + "Q",
    "far apart": latin(215, 420, "5") + latin(275, 420, "1"), "under a white one": FIVE + "q 1 g 235 415 20 20 re f Q " + "q 0 g 238 418 3 3 re f Q",
}  # fmt: skip


@pytest.mark.parametrize("drawing", DOUBTFUL.values(), ids=DOUBTFUL)
def test_a_figure_that_may_not_be_seen_is_doubted(drawing):
    _, doubt = cell(drawing)
    assert doubt != ""


@pytest.mark.parametrize("at", [194, 197.8, 296.5])
def test_figures_that_stand_on_a_line_are_doubted_on_both_sides_of_it(at):
    """As those of a paragraph that is set out of its cell: 37 is neither 3 nor 7."""
    (grid,) = [b for b in read(file([RULES + REST.replace(words(110, 420, "件数"), "") + latin(at, 420, "37") + latin(110, 420, "2")])).blocks
               if isinstance(b, Grid)]  # fmt: skip
    doubts = {c.text: c.doubt for c in grid.cells}
    assert all(doubt for text, doubt in doubts.items() if set(text) & {"3", "7"})
    assert doubts["9"] == ""


def test_figures_of_two_cells_that_meet_at_a_line_are_sure_if_they_are_of_another_size():
    other = latin(200.2, 420, "4").replace(" 10 Tf", " 9 Tf")
    rest = REST.replace(words(110, 420, "件数"), latin(194.4, 420, "3"))
    (grid,) = [b for b in read(file([RULES + rest + other])).blocks if isinstance(b, Grid)]
    assert {c.text: c.doubt for c in grid.cells if c.text.isdecimal()} == {"9": "", "3": "", "4": ""}


def test_figures_close_to_a_line_are_sure():
    assert cell(latin(200.8, 420, "37")) == ("37", "")
    assert cell(latin(288.6, 420, "37")) == ("37", "")


def test_figures_of_a_font_of_signs_are_doubted():
    (grid,) = [
        b for b in read(file([RULES + REST + FIVE]).replace(b"/Helvetica", b"/Wingdings")).blocks if isinstance(b, Grid)
    ]
    assert {c.text for c in grid.cells if c.doubt} == {"9", "5"}


def test_a_sign_that_the_file_calls_a_figure_is_doubted(monkeypatch):
    """As LibreOffice writes 5 in a font of signs that the computer doesn't have: drawn from another font, called 5."""
    called = "begincmap 1 begincodespacerange <00> <FF> endcodespacerange 4 beginbfchar <35> <0035> <39> <0039> <30> <0030> <78> <0035> endbfchar endcmap"
    font = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode 6 0 R >>"
    monkeypatch.setattr(test_pdf_files, "FONT", [*test_pdf_files.FONT[:2], font, test_pdf_files.stream(called)])
    rest = REST + latin(230, 470, "55")
    assert cell(latin(240, 420, "50"), rest) == ("50", "")
    assert cell(latin(240, 420, "x0"), rest) == ("50", signs.SYMBOL)


def test_what_is_not_drawn_is_left_out_and_told():
    text, doubt = cell("q 3 Tr " + latin(240, 420, "1") + "Q " + latin(247, 420, "5"))
    assert (text, doubt) == ("5", "")
    (remark,) = read(file([RULES + REST + "q 3 Tr " + FIVE + "Q"])).remarks
    assert "不显示" in remark.what


def test_a_scan_with_a_layer_of_text_is_said_to_be_one():
    with pytest.raises(InputError, match="扫描件"):
        read(file(["3 Tr\n" + RULES + REST + FIVE]))


def test_of_a_page_a_mile_high_no_picture_is_drawn_that_fills_the_memory():
    made = file([RULES + REST + FIVE]).replace(b"/MediaBox [0 0 842 595]", b"/MediaBox [0 0 842 9999999]", 1)
    assert b"9999999]" in made
    tracemalloc.start()
    (grid,) = [b for b in read(made).blocks if isinstance(b, Grid)]
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert all(c.doubt for c in grid.cells if c.text.isdecimal()), "too small in it to be sure of"
    assert most < 100 * 2**20


def annotated(kind, extra=""):
    made = file([RULES + REST + FIVE])
    note = f"/Annots [<< /Type /Annot /Subtype /{kind} /Rect [235 415 255 435] {extra} >>] /MediaBox".encode()
    return made.replace(b"/MediaBox", note, 1)


@pytest.mark.parametrize(("kind", "extra", "sure"), [
    ("Square", "", False), ("FreeText", "/Contents (7)", False), ("Stamp", "", False), ("StrikeOut", "", False),
    ("Link", "", True), ("Highlight", "", True), ("Square", "/F 2", True)],
    ids=["a square", "words", "a stamp", "a stroke", "a link", "a marker", "a hidden one"])  # fmt: skip
def test_an_annotation_on_a_figure_is_a_doubt(kind, extra, sure):
    (grid,) = [b for b in read(annotated(kind, extra)).blocks if isinstance(b, Grid)]
    (found,) = [c for c in grid.cells if c.text == "5"]
    assert (found.doubt == "") is sure


def test_an_annotation_that_is_none_hides_none_of_the_others():
    made = annotated("Square").replace(b"/Annots [", b"/Annots [null 5 ")
    (grid,) = [b for b in read(made).blocks if isinstance(b, Grid)]
    assert {c.text: c.doubt for c in grid.cells if c.text.isdecimal()} == {"9": "", "5": signs.COVERED}


@pytest.mark.parametrize("question", ["FPDFText_GetMatrix", "FPDFText_GetCharBox", "FPDFText_GetTextObject"])
def test_where_pdfium_cannot_tell_all_of_a_figure_it_is_looked_at_all_the_same(question, monkeypatch):
    answers = {"FPDFText_GetMatrix": lambda *_: 0, "FPDFText_GetCharBox": lambda *_: 0}
    monkeypatch.setattr(paper.c, question, answers.get(question, lambda *_: None))
    assert cell(FIVE) == ("5", "")
    assert cell("q 1 g " + FIVE + "Q")[1]


@pytest.mark.parametrize(("off", "sure"), [("/OFF [{} 0 R]", False), ("/ON [{} 0 R]", True)], ids=["off", "on"])
def test_a_figure_on_a_layer_that_is_off_is_doubted(off, sure):
    made = file([RULES + REST + "/OC /L BDC " + FIVE + "EMC"], info="/Type /OCG /Name (a)")
    layer = re.search(rb"/Info (\d+) 0 R", made)[1].decode()
    known = f"/Type /Catalog /OCProperties << /OCGs [{layer} 0 R] /D << {off.format(layer)} >> >>".encode()
    made = made.replace(b"/Type /Catalog", known, 1)
    made = made.replace(b"/XObject", f"/Properties << /L {layer} 0 R >> /XObject".encode(), 1)
    (grid,) = [b for b in read(made).blocks if isinstance(b, Grid)]
    (found,) = [c for c in grid.cells if c.text == "5"]
    assert (found.doubt == "") is sure


@pytest.mark.parametrize(("before", "after", "seen"), [("q 0.9 g 205 405 90 40 re f Q ", "", True), ("", "q 1 g 235 415 20 20 re f Q", False)],
                         ids=["on a ground", "under white"])  # fmt: skip
def test_a_figure_in_a_form_is_covered_only_by_what_is_drawn_after_it(before, after, seen):
    ground = "q 0.95 g 101 451 98 40 re f Q "
    data = file([RULES + REST + ground + before + "/X Do\n" + after], [latin(120, 210, "5").replace(" 10 Tf", " 5 Tf")])
    (grid,) = [b for b in read(data).blocks if isinstance(b, Grid)]
    found = next(c for c in grid.cells if (c.row, c.column) == (1, 1))
    assert (found.text, found.doubt == "") == ("5", seen)
