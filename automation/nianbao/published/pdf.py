"""Reading a PDF: glyphs and ruled lines page by page. The door to PDFium, whose C interface ends in this module.

How ruled lines make a grid is in ruling.py, how glyphs make lines and paragraphs in glyph_lines.py
and paging.py.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import pairwise

from nianbao.errors import InputError
from nianbao.pdfium import c, pypdfium2
from nianbao.published import paging, ruling
from nianbao.published.glyph_lines import Glyph
from nianbao.published.model import Document, Remark
from nianbao.published.paging import PdfPage
from nianbao.published.published_file import PublishedFile
from nianbao.published.ruling import Ruled, RuledLine
from nianbao.visible import signs
from nianbao.visible.paper import Paper

MAX_PAGES = 100
MAX_GLYPHS = 10_000
MAX_RULES = 2_000
"""On one page; a real one has some 800 glyphs and 200 rules."""

MOST_GLYPHS = 200_000
MOST_RULES = 20_000
"""On all pages together."""

THIN = 3.0
"""A filled box thinner than this (points) is a line."""

SHORT = 4.0
MAX_FORMS = 8

FAR = 100_000.0
"""Points; the largest page PDF knows has 14,400."""

MISPLACED = 24.0
"""Points; a box larger than this and four times what is drawn is no character's."""

_HYPHEN_AT_END = 2
"""What PDFium gives for a hyphen that ends a line."""

Corners = tuple[float, float, float, float]
"""Left, right, bottom, top."""


def read(source: PublishedFile) -> Document:
    """Return the paragraphs and tables. Raises InputError for a password, for scans and for damaged files."""
    document = _opened(source)
    try:
        title = _title(document)
        if len(document) > MAX_PAGES:
            raise InputError(
                f"“{source.name}”有 {len(document)} 页，超过 {MAX_PAGES} 页的上限，不像一份年报，没有读取；"
                "请只把年报正文另存为一份 PDF 后再试"
            )
        pages, unseen = _pages(source.name, document)
    except pypdfium2.PdfiumError as e:
        raise InputError(f"“{source.name}”已经损坏，读不出来，请重新保存或重新下载一份") from e
    finally:
        document.close()
    if unseen + sum(len(p.glyphs) for p in pages) < 10 * max(1, len(pages)):
        raise InputError(
            f"“{source.name}”里没有文字（多半是扫描件或图片），程序不识别图片中的字；"
            "请找文字版的年报（Word、网页或由 Word 转成的 PDF），或把数字填到标准填报表中"
        )
    if unseen > sum(len(p.glyphs) for p in pages):
        raise InputError(
            f"“{source.name}”是扫描件：看到的是图片，文字是识别出来的一层，并不显示，不能保证与图片相同，没有读取；"
            "请找文字版的年报（Word、网页或由 Word 转成的 PDF），或把数字填到标准填报表中"
        )
    remarks = (Remark("文件中有不显示的文字（多在图片下面），没有采用", "对照看到的页面核对"),) if unseen else ()
    return Document("pdf", tuple(paging.blocks(pages)), (title,) if title else (), remarks)


def _opened(source: PublishedFile) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(source.data)
    except pypdfium2.PdfiumError as e:
        if e.err_code in (c.FPDF_ERR_PASSWORD, c.FPDF_ERR_SECURITY):
            raise InputError(f"“{source.name}”设了打开密码，程序无法读取，请去掉密码并保存后再试") from e
        raise InputError(f"“{source.name}”已经损坏或没有传完整，打不开，请重新保存或重新下载一份") from e


def _title(document: pypdfium2.PdfDocument) -> str:
    """Return the name the file gives itself, '' where it has none or one with half a character in it."""
    try:
        return str(document.get_metadata_value("Title"))
    except UnicodeDecodeError:
        return ""


def _pages(name: str, document: pypdfium2.PdfDocument) -> tuple[list[PdfPage], int]:
    """Return the pages, and how many characters on them are not drawn."""
    pages: list[PdfPage] = []
    glyphs = rules = unseen = 0
    for index in range(len(document)):
        page, ruled, hidden = _page(name, document, index)
        unseen += hidden
        pages.append(page)
        glyphs, rules = glyphs + len(page.glyphs), rules + ruled
        if glyphs > MOST_GLYPHS or rules > MOST_RULES:
            raise InputError(f"“{name}”的文字和线条多得不正常，没有读取；请只把年报正文另存为一份 PDF 后再试")
    return pages, unseen


def _page(name: str, document: pypdfium2.PdfDocument, index: int) -> tuple[PdfPage, int, int]:
    """Return a page, how many lines are ruled on it, and how many characters are not drawn."""
    page = document[index]
    text = page.get_textpage()
    try:
        count = text.count_chars()
        if count > MAX_GLYPHS:
            raise InputError(
                f"“{name}”第{index + 1}页有 {count} 个字，多得不正常，没有读取；请只把年报正文另存为一份 PDF 后再试"
            )
        rules = tuple(_rules(page))
        tables = tuple(ruling.grids(rules))
        paper = Paper(page, text)
        drawn: list[Glyph] = []
        unseen = 0
        strokes = [(r.start, r.end, r.at, r.at) for r in rules if not r.upright]
        for i, glyph in _glyphs(text, count):
            if not glyph.char.isspace() and not paper.is_drawn(i):
                unseen += 1
            elif signs.counts(glyph.char) and _in_a_cell(glyph, tables):
                box = (glyph.left, glyph.right, *_ink(text, i, glyph))
                drawn.append(replace(glyph, doubt=paper.doubt(i, box, strokes)))
            else:
                drawn.append(glyph)
        return PdfPage(index + 1, page.get_height(), tuple(drawn), tables), len(rules), unseen
    finally:
        text.close()
        page.close()


def _in_a_cell(glyph: Glyph, tables: Iterable[Ruled]) -> bool:
    x = (glyph.left + glyph.right) / 2
    return any(t.left <= x < t.right and t.bottom < glyph.middle <= t.top for t in tables)


def _ink(text: pypdfium2.PdfTextPage, index: int, glyph: Glyph) -> tuple[float, float]:
    """Return the lower and the upper end of what is drawn of a character, its font's box where that is not known."""
    left, top, right, bottom = (ctypes.c_double() for _ in range(4))
    if c.FPDFText_GetCharBox(text, index, left, right, bottom, top) and top.value > bottom.value:
        return bottom.value, top.value
    return glyph.bottom, glyph.top


def _glyphs(text: pypdfium2.PdfTextPage, count: int) -> Iterator[tuple[int, Glyph]]:
    """Yield the characters and their indexes; blanks that PDFium puts in are left out."""
    left, top, right, bottom = (ctypes.c_double() for _ in range(4))
    rect = c.FS_RECTF()
    pending = 0
    for i in range(count):
        code = c.FPDFText_GetUnicode(text, i)
        if code == _HYPHEN_AT_END:
            code = ord("-")
        if 0xD800 <= code < 0xDC00:
            pending = code
            continue
        if 0xDC00 <= code < 0xE000 and pending:
            code, pending = 0x10000 + ((pending - 0xD800) << 10) + (code - 0xDC00), 0
        if code in (0, 0xFFFE, 0xFFFF) or 0xDC00 <= code < 0xE000 or c.FPDFText_IsGenerated(text, i) == 1:
            continue
        if c.FPDFText_GetLooseCharBox(text, i, rect):
            ink = c.FPDFText_GetCharBox(text, i, left, right, bottom, top) and top.value > bottom.value
            drawn = (left.value, right.value, bottom.value, top.value) if ink else None
            loose = (rect.left, rect.right, rect.bottom, rect.top)
            if _is_near(loose) and (drawn is None or _is_near(drawn)):
                yield i, _glyph(chr(code), loose, drawn)


def _is_near(numbers: Iterable[float]) -> bool:
    """Tell whether all are places on paper; damaged files have some that are no numbers, or beyond all measure."""
    return all(abs(n) < FAR for n in numbers)


def _glyph(char: str, loose: Corners, drawn: Corners | None) -> Glyph:
    """Return a glyph with its font's box, or with its drawn one where a font for vertical writing misplaces that."""
    left, right, bottom, top = loose
    if drawn is None or char.isspace():
        return Glyph(char, left, right, bottom, top, (bottom + top) / 2, abs(top - bottom) or 1.0)
    middle = (drawn[2] + drawn[3]) / 2
    ink = max(drawn[1] - drawn[0], drawn[3] - drawn[2])
    if max(right - left, top - bottom) > max(MISPLACED, 4 * ink):
        return Glyph(char, *drawn, middle, ink)
    return Glyph(char, left, right, bottom, top, middle, abs(top - bottom) or 1.0)


def _rules(page: pypdfium2.PdfPage) -> Iterator[RuledLine]:
    count = 0
    for item in page.get_objects(filter=[c.FPDF_PAGEOBJ_PATH], max_depth=MAX_FORMS):
        matrix = item.get_matrix()
        container = item.container
        while container is not None:
            matrix = matrix.multiply(container.get_matrix())
            container = container.container
        for rule in _of_path(item, matrix):
            count += 1
            if count > MAX_RULES:
                return
            yield rule


def _of_path(item: pypdfium2.PdfObject, matrix: pypdfium2.PdfMatrix) -> Iterator[RuledLine]:
    """Yield the straight lines of a path: its stroked segments, and filled boxes that are thin."""
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    if not c.FPDFPath_GetDrawMode(item, fill, stroke):
        return
    x, y = ctypes.c_float(), ctypes.c_float()
    subpath: list[tuple[float, float]] = []
    for i in range(min(c.FPDFPath_CountSegments(item), MAX_RULES)):
        segment = c.FPDFPath_GetPathSegment(item, i)
        if not c.FPDFPathSegment_GetPoint(segment, x, y):
            continue
        if c.FPDFPathSegment_GetType(segment) == c.FPDF_SEGMENT_MOVETO:
            yield from _straight(subpath, bool(stroke.value))
            subpath = []
        subpath.append(matrix.on_point(x.value, y.value))  # a closed path has its first point at its end again
    yield from _straight(subpath, bool(stroke.value))


def _straight(points: list[tuple[float, float]], stroked: bool) -> Iterator[RuledLine]:
    if len(points) < 2 or not all(map(_is_near, points)):
        return
    xs, ys = [p[0] for p in points], [p[1] for p in points]
    wide, high = max(xs) - min(xs), max(ys) - min(ys)
    if min(wide, high) <= THIN and max(wide, high) >= SHORT:
        yield from ruling.rule(min(xs), min(ys), max(xs), max(ys))
    elif stroked:
        for (x1, y1), (x2, y2) in pairwise(points):
            if min(abs(x1 - x2), abs(y1 - y2)) <= 1:
                yield from ruling.rule(min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2))
