"""Which characters of a PDF page are seen: by how they are drawn, by what lies on them, and by a picture of the page.

The picture is PDFium's own: it leaves out layers that are off, what is clipped away, transparent or off the page. Only
figures are looked up in it.
"""

from __future__ import annotations

import ctypes
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from nianbao.pdfium import c, pypdfium2
from nianbao.visible import signs

SCALE = 2
"""Pixels to a point; a figure of 9 points is some 12 by 8."""

MOST_PIXELS = 24_000_000
"""Of a picture; a page of A3 has four millions at that scale."""

INK = 48
"""Of 255: a figure differs by so much from the ground it stands on."""

LEAST = 4
"""Pixels; narrower figures are looked at to their edges."""

MAX_DEPTH = 8
"""Forms within forms."""

TINY = 3.0
"""Points; nobody reads smaller figures."""

NARROW = 0.27
"""Of its height; a figure of a usual font is half as wide as it is high."""

ALIKE = 0.05
"""Of its size; a font draws a figure as high each time."""

_LONGEST = 256
_INVISIBLE = 3
_CLIPPING = 7
_FILLED, _STROKED = (0, 2, 4, 6), (1, 2, 5, 6)
_SILENT = {c.FPDF_ANNOT_LINK, c.FPDF_ANNOT_POPUP, c.FPDF_ANNOT_HIGHLIGHT, c.FPDF_ANNOT_UNDERLINE,
           c.FPDF_ANNOT_SQUIGGLY}  # fmt: skip
_HIDDEN = c.FPDF_ANNOT_FLAG_HIDDEN | c.FPDF_ANNOT_FLAG_NOVIEW

Box = tuple[float, float, float, float]
"""Left, right, bottom, top."""


PALE = 255 - INK
"""Letters lighter than this are not seen on paper, but hide what they are written over."""


@dataclass(frozen=True)
class Matter:
    """Something that lies on a page above all that was drawn before `order`; `shade` is that of pale letters."""

    order: int
    box: Box
    why: str
    shade: int | None = None

    def covers(self, order: int, box: Box, shades: Sequence[int]) -> bool:
        """Tell whether it lies on the middle of a figure of these shades that was drawn then."""
        left, right, bottom, top = self.box
        x, y = (box[0] + box[1]) / 2, (box[2] + box[3]) / 2
        if self.order <= order or not (left <= x <= right and bottom <= y <= top):
            return False
        if self.shade is None:
            return True
        high = box[3] - box[2]  # letters over a whole page are a watermark
        return top - bottom < 2 * high and all(abs(self.shade - shade) >= INK for shade in shades)


class Paper:
    """One page's eye."""

    def __init__(self, page: pypdfium2.PdfPage, text: pypdfium2.PdfTextPage) -> None:
        self._page, self._text = page, text

    def is_drawn(self, index: int) -> bool:
        """Tell whether a character is drawn at all: the text under a scanned picture is not."""
        item = c.FPDFText_GetTextObject(self._text, index)
        return not item or c.FPDFTextObj_GetTextRenderMode(item) not in (_INVISIBLE, _CLIPPING)

    def doubt(self, index: int, box: Box, strokes: Sequence[Box]) -> str:
        """Return why a figure, or a sign that counts with figures, may not be seen as it is, '' where nothing tells so.

        `strokes` are the level lines on the page.
        """
        figure = chr(c.FPDFText_GetUnicode(self._text, index)).isdecimal()
        left, right, bottom, top = box
        x = (left + right) / 2
        if self._angle(index) != self._usual:
            return signs.TURNED
        if signs.is_symbol_font(self._font(index)) or self._is_drawn_otherwise(index):
            return signs.SYMBOL
        if figure and any(
            s[0] <= x <= s[1] and bottom + 0.25 * (top - bottom) < (s[2] + s[3]) / 2 < top - 0.2 * (top - bottom)
            for s in strokes
        ):
            return signs.STRUCK
        order = self._orders.get(_address(c.FPDFText_GetTextObject(self._text, index)), 0)
        shades = _shades(c.FPDFText_GetTextObject(self._text, index))
        for matter in self._matters:
            if matter.covers(order, box, shades):
                return matter.why
        legible = not figure or (top - bottom >= TINY and right - left >= NARROW * (top - bottom))
        return "" if legible and self._has_ink(box, shades) else signs.UNSEEN

    def _font(self, index: int) -> str:
        """Return the name of a character's font, without the mark of a part of one (ABCDEF+)."""
        name = ctypes.create_string_buffer(_LONGEST)
        c.FPDFText_GetFontInfo(self._text, index, name, _LONGEST, None)
        return name.value.decode("utf-8", "replace").rpartition("+")[2]

    def _shape(self, index: int) -> tuple[float, float] | None:
        """Return how far a character reaches above and below its line, in parts of its size."""
        left, right, bottom, top, x, y = (ctypes.c_double() for _ in range(6))
        matrix = c.FS_MATRIX()
        text = self._text
        known = c.FPDFText_GetCharBox(text, index, left, right, bottom, top) and c.FPDFText_GetMatrix(
            text, index, matrix
        )
        size = c.FPDFText_GetFontSize(text, index) * abs(matrix.d)
        if not known or size <= 0 or not c.FPDFText_GetCharOrigin(text, index, x, y):
            return None
        return (top.value - y.value) / size, (bottom.value - y.value) / size

    @cached_property
    def _shapes(self) -> dict[tuple[str, int], tuple[float, float]]:
        """How each figure of each font is drawn most often on the page."""
        found: dict[tuple[str, int], Counter[tuple[float, float]]] = {}
        for i in range(c.FPDFText_CountChars(self._text)):
            code = c.FPDFText_GetUnicode(self._text, i)
            if chr(code).isdecimal() and (shape := self._shape(i)) is not None:
                own = found.setdefault((self._font(i), code), Counter())
                own[round(shape[0], 2), round(shape[1], 2)] += 1
        return {key: own.most_common(1)[0][0] for key, own in found.items()}

    def _is_drawn_otherwise(self, index: int) -> bool:
        """Tell whether a figure is drawn as its font draws another sign: what a file says of its signs is not seen."""
        shape = self._shape(index)
        usual = self._shapes.get((self._font(index), c.FPDFText_GetUnicode(self._text, index)))
        if shape is None or usual is None:
            return False
        return max(abs(shape[0] - usual[0]), abs(shape[1] - usual[1])) > ALIKE

    def _angle(self, index: int) -> tuple[int, int, int]:
        """Return how a character is turned (quarters, and whether by some other angle) and whether it is mirrored."""
        matrix = c.FS_MATRIX()
        if not c.FPDFText_GetMatrix(self._text, index, matrix):
            return (0, 0, 0)
        a, b = matrix.a, matrix.b
        level = abs(b) <= 0.1 * abs(a)
        upright = abs(a) <= 0.1 * abs(b)
        turned = (1 if a > 0 else 2) if level else (3 if b > 0 else 4) if upright else 5
        return (turned, 0, int(a * matrix.d - b * matrix.c < 0))

    @cached_property
    def _usual(self) -> tuple[int, int, int]:
        """How most characters of the page are turned."""
        count = c.FPDFText_CountChars(self._text)
        step = max(1, count // 400)
        seen = Counter(self._angle(i) for i in range(0, count, step) if c.FPDFText_IsGenerated(self._text, i) != 1)
        return seen.most_common(1)[0][0] if seen else (0, 0, 0)

    @cached_property
    def _orders(self) -> dict[int, int]:
        """When each text is drawn, counted in what stands on the page itself; texts in a form with the form."""
        orders: dict[int, int] = {}
        top = -1
        for item in self._page.get_objects(max_depth=MAX_DEPTH):
            top += item.level == 0
            orders[_address(item.raw)] = top
        return orders

    @cached_property
    def _matters(self) -> list[Matter]:
        """Everything opaque on the page that might lie on text, and the annotations on top of all."""
        found = []
        for i, item in enumerate(self._page.get_objects(max_depth=1)):
            pale = _pale(item) if item.type == c.FPDF_PAGEOBJ_TEXT else None
            opaque = item.type == c.FPDF_PAGEOBJ_IMAGE or (item.type == c.FPDF_PAGEOBJ_PATH and _is_filled(item))
            if (opaque or pale is not None) and not c.FPDFPageObj_HasTransparency(item.raw):
                left, bottom, right, top = item.get_bounds()
                if right - left > 2 and top - bottom > 2:
                    found.append(Matter(i, (left, right, bottom, top), signs.COVERED, pale))
        last = 1 + max(self._orders.values(), default=0)
        return [*found, *(Matter(last, box, why) for box, why in self._annotations())]

    def _annotations(self) -> list[tuple[Box, str]]:
        found = []
        rect = c.FS_RECTF()
        for i in range(min(c.FPDFPage_GetAnnotCount(self._page), 1_000)):
            annotation = c.FPDFPage_GetAnnot(self._page, i)
            if not annotation:
                continue
            kind, flags = c.FPDFAnnot_GetSubtype(annotation), c.FPDFAnnot_GetFlags(annotation)
            if kind not in _SILENT and not flags & _HIDDEN and c.FPDFAnnot_GetRect(annotation, rect):
                why = signs.STRUCK if kind == c.FPDF_ANNOT_STRIKEOUT else signs.COVERED
                low, high = sorted((rect.bottom, rect.top))
                found.append(((min(rect.left, rect.right), max(rect.left, rect.right), low, high), why))
            c.FPDFPage_CloseAnnot(annotation)
        return found

    @cached_property
    def _picture(self) -> tuple[memoryview, int, int, int]:
        """The page in grey: its bytes, width, height and the bytes of a row."""
        wide, high = self._page.get_size()
        scale = min(SCALE, (MOST_PIXELS / max(1.0, wide * high)) ** 0.5)  # a damaged page may be a mile long
        bitmap = self._page.render(scale=scale, grayscale=True, may_draw_forms=False, draw_annots=False)
        data = bytes(bitmap.buffer)
        shape = bitmap.width, bitmap.height, bitmap.stride
        bitmap.close()
        return memoryview(data), *shape

    def _has_ink(self, box: Box, shades: Sequence[int]) -> bool:
        """Tell whether something is seen in a place, and that it may be letters of these shades on what lies there."""
        data, width, height, stride = self._picture
        across, down = ctypes.c_int(), ctypes.c_int()
        corners = []
        for x, y in ((box[0], box[3]), (box[1], box[2])):
            c.FPDF_PageToDevice(self._page, 0, 0, width, height, 0, x, y, across, down)
            corners.append((across.value, down.value))
        (x1, y1), (x2, y2) = corners
        inner = 1 if abs(x2 - x1) > LEAST else 0  # what stands beside a figure is not its ink
        left, right = max(0, min(x1, x2) + inner), min(width, max(x1, x2) + 1 - inner)
        top, bottom = max(0, min(y1, y2) - 1), min(height, max(y1, y2) + 2)
        rows = [data[y * stride + left : y * stride + right] for y in range(top, bottom) if right > left]
        if not rows or max(map(max, rows)) - min(map(min, rows)) < INK:
            return False
        if not shades:
            return True
        wider = (bottom - top) // 2  # what is seen may be a part of what stands beside it
        around = slice(max(0, left - wider), min(width, right + wider))
        level = range(max(0, top - 2), min(height, bottom + 2))
        ground = Counter(b"".join(data[y * stride : (y + 1) * stride][around] for y in level)).most_common(1)[0][0]
        return any(abs(shade - ground) >= INK for shade in shades)


def _shades(item: object) -> list[int]:
    """Return how light the filling and outline of letters are (0 to 255), none where they are of no one colour."""
    mode = c.FPDFTextObj_GetTextRenderMode(item) if item else -1
    ways = ((_FILLED, c.FPDFPageObj_GetFillColor), (_STROKED, c.FPDFPageObj_GetStrokeColor))
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    return [
        (30 * red.value + 59 * green.value + 11 * blue.value) // 100
        for modes, colour in ways if mode in modes and colour(item, red, green, blue, alpha)
    ]  # fmt: skip


def _pale(item: pypdfium2.PdfObject) -> int | None:
    """Return how light letters are that are not seen on white, None for others."""
    shades = _shades(item.raw)
    return min(shades) if shades and min(shades) > PALE else None


def _is_filled(item: pypdfium2.PdfObject) -> bool:
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    return bool(c.FPDFPath_GetDrawMode(item.raw, fill, stroke)) and fill.value != c.FPDF_FILLMODE_NONE


def _address(item: object) -> int:
    return ctypes.cast(item, ctypes.c_void_p).value or 0 if item else 0  # type: ignore[arg-type]
