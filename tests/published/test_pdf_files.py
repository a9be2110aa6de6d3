"""A PDF as a file: its name for itself, passwords, how much it may hold, lines in forms within forms."""

import pytest

from fuzzing import drawn_pdf
from nianbao.errors import InputError
from nianbao.published import pdf
from nianbao.published.model import Paragraph
from nianbao.published.published_file import PublishedFile

FONT = [
    b"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [4 0 R] >>",
    b"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /DW 1000"
    b" /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> >>",
    b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
]


def stream(content: str, entries: str = "") -> bytes:
    return f"<< /Length {len(content)} {entries} >>\nstream\n{content}\nendstream".encode()


def file(pages: list[str], forms: list[str] = (), info: str = "", trailer: str = "") -> bytes:  # type: ignore[assignment]
    """A PDF of these pages; /F1 is a Chinese font, /F2 a Latin one; each form can use the one after it, all double."""
    objects = [b"", b"", *FONT]
    first = len(objects) + 1
    for i, form in enumerate(forms):
        following = f"/Resources << /Font << /F2 5 0 R >> /XObject << /X {first + i + 1} 0 R >> >>"
        entries = f"/Type /XObject /Subtype /Form /BBox [0 0 9999 9999] /Matrix [2 0 0 2 0 0] {following}"
        objects.append(stream(form, entries))
    kids = []
    for drawing in pages:
        objects.append(stream(drawing))
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 842 595] /Contents {len(objects)} 0 R /Resources"
            f" << /Font << /F1 3 0 R /F2 5 0 R >> /XObject << /X {first} 0 R >> >> >>".encode()
        )
        kids.append(f"{len(objects)} 0 R")
    objects[0] = b"<< /Type /Catalog /Pages 2 0 R >>"
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>".encode()
    if info:
        objects.append(f"<< {info} >>".encode())
        trailer += f" /Info {len(objects)} 0 R"
    return drawn_pdf.assembled(objects).replace(b"/Root 1 0 R", f"/Root 1 0 R {trailer}".encode())


def words(x: float, y: float, text: str) -> str:
    return f"BT /F1 8 Tf {x} {y} Td <{text.encode('utf-16-be').hex()}> Tj ET\n"


def latin(x: float, y: float, text: str, font: str = "F2") -> str:
    return f"BT /{font} 10 Tf {x} {y} Td ({text}) Tj ET\n"


def read(data: bytes):
    return pdf.read(PublishedFile("年报.pdf", data, "pdf"))


def blocks(data: bytes) -> list[object]:
    return [b.text if isinstance(b, Paragraph) else [c.text for c in b.cells] for b in read(data).blocks]


LONG = "政府信息公开工作年度报告正文"
TABLE = "".join(f"{x} 100 m {x} 300 l S\n" for x in (100, 300, 500)) + "100 100 m 500 100 l S 100 300 m 500 300 l S\n"
IN_TABLE = words(120, 230, "甲") + words(320, 230, "乙") + words(40, 500, LONG)


@pytest.mark.parametrize(
    ("info", "titles"),
    [("/Title (2025 report)", ("2025 report",)), (f"/Title <feff{'年报'.encode('utf-16-be').hex()}>", ("年报",)),
     ("/Title <feffd840dc00>", ("\U00020000",)), ("/Title <feffd800>", ()), ("/Author <feffd800> /Title (x)", ("x",)),
     ("/Title ()", ()), ("/Author (x)", ()), ("", ())],
    ids=["Latin", "Chinese", "rare", "half a character", "half a character in another entry", "empty",
         "only an author", "none"],
)  # fmt: skip
def test_the_title_a_pdf_gives_itself_is_told(info, titles):
    document = read(file([words(40, 500, LONG)], info=info))
    assert (document.kind, document.titles) == ("pdf", titles)


def test_paragraphs_and_tables_tell_their_page():
    pages = [words(40, 500, LONG), TABLE + words(100, 500, "另起一段文字")]
    assert [b.place if isinstance(b, Paragraph) else b.page for b in read(file(pages)).blocks] == [
        "第1页",
        "第2页",
        "第2页",
    ]


LOCKED = "/ID [<00> <00>] /Encrypt << /Filter /{} /V 1 /R 2 /P -4 /O <" + "11" * 32 + "> /U <" + "22" * 32 + "> >>"


@pytest.mark.parametrize(
    ("data", "said"),
    [(file([words(40, 500, LONG)], trailer=LOCKED.format("Standard")), "设了打开密码，程序无法读取，请去掉密码"),
     (file([words(40, 500, LONG)], trailer=LOCKED.format("Other")), "设了打开密码，程序无法读取，请去掉密码"),
     (b"%PDF-1.5\n" + b"\0" * 99, "已经损坏或没有传完整，打不开"), (b"", "已经损坏或没有传完整，打不开")],
    ids=["a password", "a lock of another kind", "damaged", "empty"],
)  # fmt: skip
def test_a_file_that_does_not_open_is_refused_by_name_with_the_reason(data, said):
    with pytest.raises(InputError, match=rf"“年报\.pdf”{said}"):
        read(data)


def test_a_page_that_cannot_be_read_is_told_as_damage():
    data = file([words(40, 500, LONG)])
    at = data.index(b"/Type /Page /Parent")
    with pytest.raises(InputError, match=r"“年报\.pdf”已经损坏"):
        read(data[:at] + data[at:].replace(b"/Type /Page ", b"/Type /Nope ", 1).replace(b"/Parent", b"/Tnerap", 1))


@pytest.mark.parametrize(
    ("pages", "enough"),
    [([10], True), ([9], False), ([10, 10], True), ([10, 9], False), ([20, 0], True), ([5, 5, 5], False)],
    ids=str,
)  # fmt: skip
def test_a_file_with_fewer_than_ten_characters_a_page_is_taken_for_a_scan(pages, enough):
    """Each character stands in a line of its own, so that PDFium puts line ends in, which do not count."""
    data = file(["".join(words(40, 500 - 20 * i, "字") for i in range(n)) for n in pages])
    if enough:
        assert read(data).blocks
    else:
        with pytest.raises(InputError, match=r"“年报\.pdf”里没有文字（多半是扫描件或图片）"):
            read(data)


def test_a_file_of_more_pages_than_any_report_is_refused_with_their_count(monkeypatch):
    monkeypatch.setattr(pdf, "MAX_PAGES", 2)
    assert len(read(file([words(40, 500, LONG + n) for n in ("一。", "二。")])).blocks) == 1
    with pytest.raises(InputError, match=r"“年报\.pdf”有 3 页，超过 2 页的上限"):
        read(file([words(40, 500, LONG)] * 3))


@pytest.mark.parametrize(
    ("limit", "fits", "said"),
    [("MAX_GLYPHS", 16, "“年报.pdf”第2页有 16 个字，多得不正常"),
     ("MOST_GLYPHS", 30, "“年报.pdf”的文字和线条多得不正常"),
     ("MOST_RULES", 10, "“年报.pdf”的文字和线条多得不正常")],
)  # fmt: skip
def test_as_much_as_a_report_may_hold_is_read_and_one_more_is_refused(limit, fits, said, monkeypatch):
    """The first page has 14 characters and 5 lines, the second 16 and 5."""
    data = file([words(40, 500, LONG) + TABLE, words(40, 500, LONG + "甲乙") + TABLE])
    monkeypatch.setattr(pdf, limit, fits)
    assert len(blocks(data)) == 4
    monkeypatch.setattr(pdf, limit, fits - 1)
    with pytest.raises(InputError) as told:
        blocks(data)
    assert said in str(told.value)


def test_of_the_lines_of_a_page_so_many_are_taken_as_any_report_has(monkeypatch):
    monkeypatch.setattr(pdf, "MAX_RULES", 5)
    assert blocks(file([TABLE + IN_TABLE])) == [LONG, ["甲", "乙"]]
    monkeypatch.setattr(pdf, "MAX_RULES", 4)
    assert blocks(file([TABLE + IN_TABLE])) == [LONG, "甲乙"]


@pytest.mark.parametrize(
    ("drawing", "ruled"),
    [("100 100 200 200 re 300 100 200 200 re S\n", True), ("100 100 200 200 re 300 100 200 200 re f\n", False),
     ("100 100 200 200 re 300 100 200 200 re n\n", False),
     ("100 100 200 200 re S 300 100 200 200 re f\n", False),
     ("".join(f"{x} 100 1 200 re f " for x in (100, 300, 500)) + "100 100 400 1 re f 100 299 400 1 re f\n", True),
     ("100 100 m 500 100 l 500 300 l 100 300 l s 300 100 m 300 300 l S\n", True),
     ("100 100 m 500 100 l 500 300 l 100 300 l S 300 100 m 300 300 l S\n", False)],
    ids=["stroked", "filled", "not painted", "one stroked, one filled", "thin filled boxes", "closed", "not closed"],
)  # fmt: skip
def test_lines_that_are_painted_rule_a_table(drawing, ruled):
    assert blocks(file([drawing + IN_TABLE])) == [LONG, ["甲", "乙"] if ruled else "甲乙"]


def test_a_point_that_pdfium_cannot_tell_of_is_passed_over(monkeypatch):
    """The first of a path; the lines after it rule all the same."""
    told, asked = pdf.c.FPDFPathSegment_GetPoint, []

    def point(segment, x, y):
        asked.append(segment)
        return 0 if len(asked) == 1 else told(segment, x, y)

    monkeypatch.setattr(pdf.c, "FPDFPathSegment_GetPoint", point)
    first, rest = "100 350 m 100 300 l 100 100 l S\n", TABLE.partition("\n")[2]
    assert blocks(file([first + rest + IN_TABLE])) == [LONG, ["甲", "乙"]]


@pytest.mark.parametrize(
    ("forms", "found"), [(1, True), (2, True), (pdf.MAX_FORMS - 1, True), (pdf.MAX_FORMS, False)]
)  # fmt: skip
def test_lines_in_forms_within_forms_stand_where_all_of_them_put_them(forms, found):
    """Each form doubles all measures and is moved back so far that (100, 100) stays; the innermost rules two boxes."""
    placed, side = "q 1 0 0 1 -100 -100 cm /X Do Q\n", 200 / 2**forms
    drawings = [placed] * (forms - 1) + [f"100 100 {side} {side} re {100 + side} 100 {side} {side} re S\n"]
    data = file([placed + IN_TABLE], drawings)
    assert blocks(data) == [LONG, ["甲", "乙"] if found else "甲乙"]


@pytest.mark.parametrize(
    ("gap", "text"), [(1.5, "ab"), (4.0, "a b")], ids=["a narrow gap", "a wide gap"]
)  # fmt: skip
def test_a_blank_that_pdfium_puts_in_is_not_one_that_was_typed(gap, text):
    """Letters of size 10 that are set one by one, `gap` apart: 5.56 is how wide Helvetica's a is.

    How high the characters above them are, and so whether a paragraph begins, is told by the machine's font for STSong.
    """
    drawing = latin(40, 400, "a") + latin(40 + 5.56 + gap, 400, "b") + words(40, 500, LONG)
    assert "".join(map(str, blocks(file([drawing])))) == LONG + text


def test_a_hyphen_at_the_end_of_a_line_is_read():
    drawing = latin(40, 400, "open-") + latin(40, 388, "data") + words(40, 500, LONG)
    assert "".join(str(b) for b in blocks(file([drawing]))).startswith(LONG + "open-")
