"""Reading a web page: paragraphs and tables out of whatever a site's editor has made. No network, no scripts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import count

from lxml import etree, html

from nianbao.errors import InputError
from nianbao.published import encoding
from nianbao.published.model import MAX_CELLS, Block, Document, Grid, GridCell, Paragraph, Path, Remark
from nianbao.published.published_file import PublishedFile
from nianbao.visible import signs
from nianbao.visible.page import ElementLook, PageEye, folds, unseen

MAX_TEXT = 8 * 2**20
MAX_STEPS = 60_000
"""Characters and elements of a page, pictures in it not counted; a real one has some 0.3 million and 10,000."""

MAX_SPAN = 60
MAX_DEPTH = 180

_SKIPPED = {"script", "style", "noscript", "template", "nav", "iframe", "select", "button", "textarea", "object",
            "svg", "head", "option", "video", "audio", "map", "footer"}  # fmt: skip
_SHOWN = {"nav", "footer", "map"}
"""Of these what is read in a cell, since browsers show it."""

_INLINE = {"a", "abbr", "b", "bdo", "big", "cite", "code", "del", "em", "font", "i", "ins", "kbd", "label", "mark",
           "o:p", "q", "s", "small", "span", "strike", "strong", "sub", "sup", "tt", "u", "var", "ruby"}  # fmt: skip
_NEWLINES = re.compile(r"(?<![ \t\r\f])[ \t\r\f]*\n[ \t\r\n\f]*")  # from a first blank on: a line of them takes long
_DATA = re.compile(r"data:[a-z/+.-]{3,40};base64,[A-Za-z0-9+/=\s]{200,}")
_DOCTYPE = re.compile(r"<!(?:DOCTYPE|ENTITY)[^>\[]*+(\[?)", re.I)
_CONTROLS = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f]+")
_META = ("articletitle", "title", "og:title")

Element = etree._Element


def read(source: PublishedFile) -> Document:
    """Return the page's paragraphs and tables. Raises InputError."""
    decoded = encoding.decode(source.name, source.data)
    text = _DATA.sub("", decoded.text)
    if any(found[1] for found in _DOCTYPE.finditer(text)):
        raise InputError(
            f"“{source.name}”含有不安全的内容（自定义的 DOCTYPE 或 ENTITY），没有读取；请用浏览器另存一份后再试"
        )
    if len(text) > MAX_TEXT:
        raise _too_big(source.name)
    root = _parsed(source.name, text)
    if sum(1 for _ in root.iter()) > MAX_STEPS:
        raise _too_big(source.name)
    walker = _Walker(PageEye(root))
    walker.walk(root, ())
    remarks = list(decoded.remarks)
    if walker.hidden:
        remarks.append(Remark("网页中有不显示的或大得不正常的表格，没有采用"))
    return Document("html", tuple(walker.blocks), _titles(root), tuple(remarks))


def _too_big(name: str) -> InputError:
    return InputError(f"“{name}”大得不正常，不像一份年报的网页，没有读取；请只把年报正文另存为一页后再试")


def _parsed(name: str, text: str) -> Element:
    parser = html.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False, remove_comments=True, remove_pis=True)
    clean = _CONTROLS.sub("", text)
    try:
        root = html.document_fromstring(clean.encode(), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, AssertionError) as e:
        raise InputError(f"“{name}”里没有网页内容，请重新保存或重新下载一份") from e
    for table in list(root.iter("table")):
        _with_body(table)
    return root


def _with_body(table: Element) -> None:
    """Put a table's rows into the tbody that browsers put them into, where the page has none: styles ask for it."""
    body = None
    for child in list(table):
        if child.tag != "tr":
            body = None
        elif body is None:
            body = etree.Element("tbody")
            table.replace(child, body)
            body.append(child)
        else:
            body.append(child)


def _titles(root: Element) -> tuple[str, ...]:
    found = [str(m.get("content") or "") for m in root.iter("meta")
             if str(m.get("name") or m.get("property")).lower() in _META]  # fmt: skip
    found += [t.text or "" for t in root.iter("title")]
    return tuple(" ".join(t.split()) for t in found if t.strip())


class _Walker:
    """Collects the blocks of a page in reading order."""

    def __init__(self, page: PageEye, *, in_cell: bool = False) -> None:
        self.page, self.in_cell = page, in_cell
        self.doubts: list[str] = []
        self.blocks: list[Block] = []
        self.line: list[str] = []
        self.sizes: set[tuple[float, ...]] = set()
        self.from_right = False
        self.tables = 0
        self.paragraphs = 0
        self.steps = count()
        self.hidden = False

    def flush(self, path: Path) -> None:
        """End the paragraph in the making."""
        text = tidy("".join(self.line))
        self.line = []
        if text:
            self.paragraphs += 1
            told = [*dict.fromkeys(self.doubts), *([signs.TURNED] if signs.turned(text) else [])]
            self.blocks.append(Paragraph(text, f"第{self.paragraphs}段", path, doubt="，".join(told)))
        self.doubts = []

    def say(self, text: str, element: Element) -> None:
        """Take in text that stands directly in an element, unless it does not show."""
        look = self.page.look(element)
        if look.hidden or look.gone or folds(element):
            return
        self.line.append(text)
        if text.strip():
            self.doubts += _reasons(look)
            if any(c.isdigit() for c in text):
                self.from_right = self.from_right or look.from_right
                self.sizes.add((look.size, *sorted({p.size for p in look.others})))

    def walk(self, element: Element, path: Path) -> None:
        """Take in an element and all inside it."""
        tag = element.tag
        if tag in _SKIPPED and not (self.in_cell and tag in _SHOWN):
            return
        if self.is_hidden(element):
            self.hidden = self.hidden or element.find(".//table") is not None or tag == "table"
            return
        if tag in _INLINE and not (self.in_cell and self.page.look(element).alone):  # a title may be of lines
            self._inside(element, path)
            return
        inner = (*path, next(self.steps))
        self.flush(path)
        if tag == "table":
            self._table(element, inner)
        else:
            self._inside(element, inner)
        self.flush(inner)

    def _inside(self, element: Element, path: Path) -> None:
        if element.text:
            self.say(element.text, element)
        for child in element:
            if len(path) < MAX_DEPTH or child.tag in _INLINE:
                self.walk(child, path)
            else:
                self.say("".join(str(x) for x in child.itertext()), child)
            if child.tail:
                self.say(child.tail, element)

    def _table(self, table: Element, path: Path) -> None:
        """Take a table as a grid; rows that hold tables themselves only lay out the page."""
        rows: list[list[Element]] = []
        for part in _parts(table, self.page):
            if isinstance(part, list) and not any(_is_layout(cell) for cell in part):
                rows.append(part)
                continue
            self._grid(rows, path)
            rows = []
            for element in part if isinstance(part, list) else [part]:
                self.walk(element, path)
                self.flush(path)
        self._grid(rows, path)

    def _grid(self, rows: list[list[Element]], path: Path) -> None:
        if not any(len(r) > 1 for r in rows):
            for cell in (c for r in rows for c in r):
                self.walk(cell, path)
            return
        self.tables += 1
        if sum(map(len, rows)) > MAX_CELLS:
            self.hidden = True
            return
        self.blocks.append(Grid(tuple(_cells(rows, self.page)), place=f"第{self.tables}张表", path=path))

    def is_hidden(self, element: Element) -> bool:
        """Tell whether an element, and all in it, is surely not shown."""
        return _is_hidden(element, self.page)


def _is_hidden(element: Element, page: PageEye) -> bool:
    margin = element.tag == "div" and element.get("title") in ("header", "footer")  # as LibreOffice saves them
    return margin or page.look(element).gone


def _reasons(look: ElementLook) -> list[str]:
    why = unseen(look)
    return [*look.doubts, *([why] if why else [])]


def _is_layout(cell: Element) -> bool:
    """Tell whether a cell holds a table of more than one cell."""
    return any(sum(1 for _ in t.iter("td", "th")) > 1 for t in cell.iter("table"))


def _parts(table: Element, page: PageEye) -> Iterator[list[Element] | Element]:
    """Yield the cells of each row of this table, not of tables within; cells without a row make one together.

    What has no place in a table, such as the next heading and table after a missing end tag, is yielded as it is,
    if it says anything: a script or an input between two rows does not part them.
    """
    loose: list[Element] = []
    for child in table:
        if _is_hidden(child, page):
            continue
        if child.tag in ("td", "th"):
            loose.append(child)
            continue
        if loose:
            yield loose
            loose = []
        if child.tag == "tr":
            yield _cells_of(child, page)
        elif child.tag != "table" and child.find(".//tr") is not None:
            yield from _parts(child, page)
        elif child.tag not in _SKIPPED and any(str(x).strip() for x in child.itertext()):
            yield child
    if loose:
        yield loose


def _cells_of(row: Element, page: PageEye) -> list[Element]:
    cells = []
    for child in row:
        if _is_hidden(child, page):
            continue
        if child.tag in ("td", "th"):
            cells.append(child)
        elif child.tag in ("form", "div", "center"):
            cells += _cells_of(child, page)
    return cells


def _cells(rows: list[list[Element]], page: PageEye) -> Iterator[GridCell]:
    taken: set[tuple[int, int]] = set()
    for r, row in enumerate(rows):
        column = 0
        for cell in row:
            while (r, column) in taken:  # by a cell from above, or by the one before
                column += 1
            height, width = min(_span(cell, "rowspan"), len(rows) - r), _span(cell, "colspan")
            for down in range(height):
                taken.update((r + down, column + i) for i in range(width))
            text, doubt = _text(cell, page)
            yield GridCell(r, column, height, width, text, f"第{r + 1}行第{column + 1}列", doubt=doubt)


def _span(cell: Element, name: str) -> int:
    """Return how many rows or columns a cell reaches over; a rowspan of 0 means all that follow."""
    given = cell.get(name)
    found = re.match(r"\s*(\d{1,4})", given) if given else None
    if not found:
        return 1
    value = int(found[1])
    return max(1, min(value if value or name == "colspan" else MAX_SPAN, MAX_SPAN))


def _text(cell: Element, page: PageEye) -> tuple[str, str]:
    """Return a cell's text, and why it is not sure that this is what is seen."""
    walker = _Walker(page, in_cell=True)
    walker.walk(cell, ())
    said = [b for b in walker.blocks if isinstance(b, Paragraph)]
    told = [b.doubt for b in said if b.doubt]
    if walker.from_right and any(signs.moves_from_right(b.text) for b in said):
        told.append(signs.TURNED)
    if len(walker.sizes) > 1 and signs.uneven([size for sizes in walker.sizes for size in sizes], ()):
        told.append(signs.RAISED)
    for element in cell.iter():
        look = page.look(element)
        if isinstance(element.tag, str) and not look.gone:
            told += look.local
            if look.hidden and (element.text or "").strip():
                told.append(signs.HIDDEN)
    return "\n".join(b.text for b in said), "，".join(dict.fromkeys(told))


def tidy(raw: str) -> str:
    """Return text as a browser shows it: line ends of the source are blanks, and none between Chinese characters."""
    joined = _NEWLINES.sub(lambda m: "\n", raw.replace("\xa0", " ").replace("\ufeff", "").replace("\u200b", ""))
    text = ""
    for piece in joined.split("\n"):
        apart = text and piece and (text[-1] + piece[0]).isascii() | (text[-1].isdigit() and piece[0].isdigit())
        text = f"{text} {piece}" if apart else text + piece
    return text.strip()
