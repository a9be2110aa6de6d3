"""What is left in a template from last year or from editing it: T9, T10, and tracked changes T11."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nianbao.document.lint.template_faults import TemplateFault, at
from nianbao.document.lint.template_tags import Tag
from nianbao.document.opened_docx import WHOLE, OpenedDocument, OpenedParagraph
from nianbao.document.wml import Element, qn

_SAMPLE = re.compile(
    r"[×✕✖]{2,}|[XxＸｘ]{2,}(?=[\u3400-\u9fff])|[○〇◯]{2,}(?![\u3400-\u9fff]*年)|[＿_]{3,}|[*＊]{2,}|"
    r"[（(【\[]?(?:文字描述|此处填写|请填写|在此输入|在此填写|单击此处|点击此处|单击或点击此处|示例文字|样例文字|待填写|待补充)"
)
_YEAR = re.compile(r"(?<![〔\[（(\d])(?:19|20)\d{2}\s*年(?!版)|二[〇○零][〇○零一二三四五六七八九]{2}年")
_FIGURE = re.compile(r"(?<![\d.〔第])\d[\d,，]*(?:\.\d+)?\s*(?:万元|元|件|条|次|份|篇|期|场|人次|余条|余件)")
_TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
_CHANGES = tuple(
    map(qn, ("ins", "del", "moveFrom", "moveTo", "rPrChange", "pPrChange", "tblPrChange", "tcPrChange", "trPrChange",
             "sectPrChange", "cellIns", "cellDel", "cellMerge", "numberingChange", "tblGridChange"))
)  # fmt: skip
_PROPERTIES, _VANISH, _HIGHLIGHT = qn("rPr"), qn("vanish"), qn("highlight")
_MARKS = (qn("commentRangeStart"), qn("commentReference"))


def check(source: OpenedDocument, found: list[Tag]) -> Iterator[TemplateFault]:
    """Yield every leftover."""
    gone = {t.paragraph.element for t in found if t.steers}
    for paragraph in source.paragraphs:
        yield from _words(paragraph)
        if paragraph.element not in gone:
            yield from _hidden(paragraph)
    yield from _comments(source)
    yield from _changes(source)


def _words(paragraph: OpenedParagraph) -> Iterator[TemplateFault]:
    literal = _TAG.sub("\0", paragraph.text)
    sample = _SAMPLE.search(literal)
    if sample:
        yield at(paragraph, "T9", f"留着样例文字“{sample[0]}”", "改成相应的标签（如 {{ 单位名称 }}），或写成固定的文字")
    if paragraph.cell is not None and not paragraph.flowing and "\0" in literal:
        return  # what stands beside a tag in a table is told there
    year = _YEAR.search(literal)
    if year:
        yield at(paragraph, "T10", f"写死了年度“{year[0]}”", "改成 {{ 年度 }}年；确实应当固定的可以保留")
    figure = _FIGURE.search(literal)
    if figure:
        yield at(paragraph, "T10", f"写死了数字“{figure[0]}”", "改成相应的标签，如 {{ 表三.本年新收.总计 }}")


def _hidden(paragraph: OpenedParagraph) -> Iterator[TemplateFault]:
    hidden = "".join(p.text for p in paragraph.pieces if _is_set(p.run, _VANISH)).strip()
    if hidden:
        yield at(paragraph, "T9", f"有隐藏的文字“{hidden[:20]}”", "选中这一段，在“字体”对话框里去掉“隐藏”，不要的删去")
    marked = "".join(p.text for p in paragraph.pieces if _is_set(p.run, _HIGHLIGHT)).strip()
    if marked:
        yield at(
            paragraph, "T10", f"“{marked[:20]}”突出显示着底色，会印出来", "选中它，把“以不同颜色突出显示文本”设为无"
        )


def _is_set(run: Element, tag: str) -> bool:
    element = run.find(f"{_PROPERTIES}/{tag}")
    return element is not None and element.get(qn("val"), "true") not in ("0", "false", "off", "none")


def _comments(source: OpenedDocument) -> Iterator[TemplateFault]:
    told = set()
    for root in source.roots.values():
        for mark in root.iter(*_MARKS):
            number = mark.get(qn("id"))
            if number in told:
                continue
            told.add(number)
            paragraph = source.around(mark)
            how = "在 Word“审阅”中删除文档中的所有批注"
            if paragraph:
                yield at(paragraph, "T9", "有一条批注", how)
            else:
                yield TemplateFault("T9", WHOLE, "有批注", how)


def _changes(source: OpenedDocument) -> Iterator[TemplateFault]:
    told: set[Element] = set()
    for root in source.roots.values():
        for mark in root.iter(*_CHANGES):
            paragraph = source.around(mark) or _inside(source, mark)
            if paragraph is None:
                yield TemplateFault("T11", WHOLE, "有没有接受的修订")
            elif paragraph.element not in told:
                told.add(paragraph.element)
                yield at(paragraph, "T11", "有没有接受的修订")


def _inside(source: OpenedDocument, mark: Element) -> OpenedParagraph | None:
    """Return the first paragraph of the row, cell or block that a change is about."""
    here: Element | None = mark
    while here is not None:
        for element in here.iter(qn("p")):
            if element in source.by_element:
                return source.by_element[element]
        here = here.getparent()
    return None
