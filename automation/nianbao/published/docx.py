"""Reading a .docx: its body as a reader with all changes accepted sees it. Straight from the parts by lxml."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from nianbao.errors import InputError
from nianbao.ooxml import trees, zips
from nianbao.ooxml.trees import Element
from nianbao.published.model import Block, Document, Grid, GridCell, Paragraph, Remark
from nianbao.published.published_file import PublishedFile
from nianbao.visible import signs, word
from nianbao.visible.word import Seen, WordEye, is_on

MAX_PARTS = 5_000
MAX_PART = 16 * 2**20
MAX_TAGS = 300_000
"""Of the body; a long report has some 50,000."""

MAX_COLUMNS = 64
MAX_DEPTH = 40
"""Tables within tables, boxes within boxes; a real report has at most four."""

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_UTF = ("utf-8", "utf-16", "us-ascii", "ascii", "")
_BODY = "word/document.xml"
_GONE = {"del", "moveFrom", "instrText", "delText", "pPr", "rPr", "tblPr", "tblGrid", "trPr", "sectPr", "Fallback",
         "annotationRef", "footnoteReference", "endnoteReference"}  # fmt: skip
_BOX = _W + "txbxContent"
_VANISH = f"{_W}rPr/{_W}vanish"
_CHANGES = ("ins", "del", "moveFrom", "moveTo", "cellIns", "cellDel")


def read(source: PublishedFile) -> Document:
    """Return the document's paragraphs and tables. Raises InputError."""
    body, eye = _opened(source)
    remarks = []
    if any(True for _ in body.iter(*(_W + c for c in _CHANGES))):
        remarks.append(Remark("文件带有修订痕迹，已按全部接受修订来读", "在 Word 中核对并接受全部修订后重新保存"))
    walker = _Walker(eye)
    blocks = tuple(walker.blocks(body, 0))
    if walker.hidden:
        remarks.append(Remark("文件中有隐藏的文字，没有采用", "在 Word 中取消隐藏，核对后重新保存"))
    return Document("docx", blocks, (), tuple(remarks))


def _opened(source: PublishedFile) -> tuple[Element, WordEye]:
    """Return the body, and the eye that knows the document's styles."""
    try:
        with zips.opened(io.BytesIO(source.data)) as package:
            infos = {i.filename: i for i in package.infolist()}
            _refuse_other(source.name, infos)
            # zipfile never unpacks more than is declared
            if len(infos) > MAX_PARTS or infos[_BODY].file_size > MAX_PART or zips.has_bomb([infos[_BODY]]):
                raise _too_large(source.name)
            if infos[_BODY].flag_bits & 1:
                raise InputError(f"“{source.name}”设了密码，程序无法读取，请去掉密码并保存后再试")
            xml = package.read(_BODY)
            eye = WordEye(word.parts_of(lambda name: _part(source.name, package, infos, name)))
    except zips.BROKEN as e:
        raise InputError(f"“{source.name}”已经损坏或没有传完整，打不开，请重新保存或重新下载一份") from e
    if xml.count(b"<") > MAX_TAGS:
        raise _too_large(source.name)
    return _parsed(source.name, xml), eye


def _part(name: str, package: zipfile.ZipFile, infos: dict[str, zipfile.ZipInfo], part: str) -> bytes | None:
    info = infos.get(part)
    if info is None:
        return None
    if info.file_size > MAX_PART or zips.has_bomb([info]):
        raise _too_large(name)
    return package.read(part)


def _too_large(name: str) -> InputError:
    return InputError(f"“{name}”解开后的内容大得不正常，不像一份年报，没有读取；请用 Word 另存一份再试")


def _refuse_other(name: str, infos: dict[str, zipfile.ZipInfo]) -> None:
    if _BODY in infos:
        return
    if "xl/workbook.xml" in infos:
        raise InputError(f"“{name}”是 Excel 工作簿，不是公布的年报；如果是标准填报表，请把扩展名改回 .xlsx")
    if "content.xml" in infos or "ppt/presentation.xml" in infos:
        raise InputError(f"“{name}”不是 Word 文档，请用 Word 或 WPS 打开，另存为“Word 文档（*.docx）”后再试")
    raise InputError(f"“{name}”是压缩包，不是 Word 文档，请解压后提供里面的年报文件")


def _parsed(name: str, xml: bytes) -> Element:
    bare = xml.replace(b"\0", b"")
    declared = re.match(rb"\s*<\?xml[^>]*encoding\s*=\s*[\"']([^\"']*)", bare.lstrip(b"\xef\xbb\xbf\xff\xfe"))
    if (declared and declared[1].decode("ascii", "replace").lower() not in _UTF) or b"<!DOCTYPE" in bare:
        raise InputError(f"“{name}”的正文含有不安全的内容，没有读取；请用 Word 打开，另存为一份新的 .docx 后再试")
    try:
        root = trees.bare(xml.replace(_STRICT[1:-1].encode(), _W[1:-1].encode()))
    except trees.BrokenError as e:
        raise InputError(f"“{name}”的正文已经损坏，请用 Word 打开，另存为一份新的 .docx 后再试") from e
    body = root.find(_W + "body")
    if body is None:
        raise InputError(f"“{name}”里没有 Word 正文，请用 Word 重新另存为 .docx")
    return body


def _local(element: Element) -> str:
    return element.tag.rpartition("}")[2]


class _Walker:
    """Walks the body in reading order; counts the tables, notices hidden text."""

    def __init__(self, eye: WordEye) -> None:
        self.eye = eye
        self.doubts: list[str] = []
        self.tables = 0
        self.paragraphs = 0
        self.hidden = False

    def blocks(self, parent: Element, depth: int) -> Iterator[Block]:
        """Yield the blocks in a body, cell, box or content control."""
        if depth > MAX_DEPTH:
            return
        held = ""
        for child in parent:
            kind = _local(child)
            if kind == "AlternateContent":
                chosen = word.chosen_of(child)
                yield from self.blocks(chosen, depth + 1) if chosen is not None else ()
                continue
            if kind == "p":
                self.paragraphs += 1
                seen = self._seen(child)
                text = held + seen.text
                held = ""
                mark = child.find(f"{_W}pPr/{_W}rPr/{_W}del")
                if mark is not None:
                    held = text
                else:
                    place = f"第{self.paragraphs}段"
                    why = "，".join(seen.doubts)
                    yield from (Paragraph(x, place, doubt=why) for x in text.split("\n") if x.strip())
                if next(child.iter(_BOX), None) is not None:
                    for box in _boxes(child):
                        yield from self.blocks(box, depth + 1)
            elif kind == "tbl":
                yield from self._table(child, depth)
            elif kind not in _GONE:
                yield from self.blocks(child, depth + 1)
        if held.strip():
            yield Paragraph(held, f"第{self.paragraphs}段")

    def _seen(self, paragraph: Element) -> Seen:
        """Return what a paragraph shows, text boxes in it left out; note what is hidden or not sure."""
        seen = self.eye.paragraph(paragraph)
        self.hidden = self.hidden or bool(seen.hidden.strip())
        self.doubts += seen.doubts
        return seen

    def _table(self, table: Element, depth: int) -> Iterator[Block]:
        """Yield a grid, or what stands in the cells when the table only lays out the page."""
        nested = any(t is not table and _has_cells(t) for t in table.iter(_W + "tbl"))
        rows = [r for r in _children(table, "tr") if r.find(f"{_W}trPr/{_W}del") is None]
        if nested or all(len(list(_children(r, "tc"))) <= 1 for r in rows):
            for row in rows:
                for cell in _children(row, "tc"):
                    yield from self.blocks(cell, depth + 1)
            return
        self.tables += 1
        yield Grid(tuple(self._cells(rows, depth)), place=f"第{self.tables}张表")

    def _cells(self, rows: list[Element], depth: int) -> Iterator[GridCell]:
        open_: dict[int, GridCell] = {}
        done: list[GridCell] = []
        for r, row in enumerate(rows):
            column = _number(row.find(f"{_W}trPr/{_W}gridBefore"))
            before = -1
            for cell in _children(row, "tc"):
                properties = cell.find(_W + "tcPr")
                if properties is not None and properties.find(_W + "cellDel") is not None:
                    continue
                span = max(1, _number(cell.find(f"{_W}tcPr/{_W}gridSpan")))
                merge = cell.find(f"{_W}tcPr/{_W}vMerge")
                above = open_.get(column)
                if before >= 0 and word.is_beneath(cell):
                    open_[before] = self._wider(open_[before], span, cell, depth)
                    column += span
                    continue
                before = column
                if merge is not None and merge.get(_W + "val", "continue") == "continue" and above is not None:
                    open_[column] = replace(above, rows=r - above.row + 1)
                else:
                    if above is not None:
                        done.append(above)
                    self.doubts = []
                    text = "\n".join(b.text for b in self.blocks(cell, depth + 1) if isinstance(b, Paragraph))
                    why = "，".join(dict.fromkeys(self.doubts))
                    open_[column] = GridCell(r, column, 1, span, text, f"第{r + 1}行第{column + 1}列", doubt=why)
                column += span
        yield from sorted([*done, *open_.values()], key=lambda c: (c.row, c.column))

    def _wider(self, merged: GridCell, span: int, beneath: Element, depth: int) -> GridCell:
        """Return a cell with one more merged into it; doubtful where that one holds something."""
        self.doubts = []
        held = any(b.text.strip() for b in self.blocks(beneath, depth + 1) if isinstance(b, Paragraph))
        told = [merged.doubt, *([signs.HIDDEN] if held and signs.HIDDEN not in merged.doubt else [])]
        return replace(merged, columns=merged.columns + span, doubt="，".join(d for d in told if d))


def _has_cells(table: Element) -> bool:
    """Tell whether a table has more than one cell, without counting them."""
    return len(list(islice(table.iter(_W + "tc"), 2))) > 1


def _children(parent: Element, kind: str) -> Iterator[Element]:
    """Yield rows of a table or cells of a row, also inside content controls."""
    for child in parent:
        local = _local(child)
        if local == kind:
            yield child
        elif local in ("sdt", "sdtContent", "ins", "moveTo", "customXml"):
            yield from _children(child, kind)


def _number(element: Element | None) -> int:
    """Return a count of columns, 0 where there is none."""
    raw = None if element is None else element.get(_W + "val")
    return min(int(raw[:9]), MAX_COLUMNS) if raw and raw.isdecimal() else 0


def _boxes(parent: Element) -> Iterator[Element]:
    """Yield the text boxes of a paragraph, not those within them nor what stands there for older programs."""
    for child in parent:
        kind = _local(child)
        if kind == "txbxContent":
            yield child
        elif kind not in _GONE and not (kind == "r" and _is_hidden(child)):
            yield from _boxes(child)


def _is_hidden(run: Element) -> bool:
    return is_on(run.find(_VANISH))
