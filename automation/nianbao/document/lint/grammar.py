"""Whether the tags of a template can be understood (T1). The door to docxtpl-lint.

docxtpl-lint knows how docxtpl rewrites paragraphs, rows and cells around its tags, and pairs loops over the whole
document; what a lone brace or a brace of another width means to a clerk is found here.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator, Mapping

from docxtpl_lint.api import lint
from lxml import etree

from nianbao.document import package
from nianbao.document.lint.template_faults import TemplateFault, at
from nianbao.document.lint.template_tags import Tag, TagWords
from nianbao.document.opened_docx import OpenedDocument, OpenedParagraph
from nianbao.document.wml import Element, qn

_SAID: Mapping[str, tuple[str, str]] = {
    "DTL001": ("标签“{snippet}”没有写完：缺少“{close}”", "在标签末尾补上“{close}”"),
    "DTL002": ("标签“{snippet}”分在了几段里", "把这个标签放到同一段里，中间不要按回车"),
    "DTL101": ("“{snippet}”没有结束：缺少与它配对的 end{kw}", "在它管的最后一段下面另起一段，写上 {{%p end{kw} %}}"),
    "DTL102": ("“{snippet}”前面没有与它配对的 for 或 if", "补上开头的 for 或 if，或删去这个多余的标签"),
    "DTL202": ("“{snippet}”多了空格，应紧跟在 {{% 后面", "去掉 {{% 与 p（tr、tc）之间的空格"),
    "DTL203": ("“{snippet}”只能写在表格里", "移到表格的格子里，或把 tr、tc 改成 p"),
    "DTL204": ("“{snippet}”与它配对的标签写法不一致：一个带 p（tr、tc），一个不带", "两个标签都写成 {{%p … %}}"),
    "DTL205": ("“{snippet}”与它配对的标签不在同一张表里", "移到同一张表里"),
    "DTL206": ("“{snippet}”与它配对的标签在同一行里", "移到各自的一行"),
    "DTL207": ("“{snippet}”与它配对的标签不在同一行里", "移到同一行"),
    "DTL209": (
        "“{snippet}”所在的段里还有别的内容，印报告时会一起丢掉",
        "让这个标签单独占一段，别的内容移到上一段或下一段",
    ),
    "DTL210": ("“{snippet}”与它配对的标签在同一段里", "开头和结尾的标签各占一段"),
}
"""What of docxtpl-lint is told, for clerks. Wrong words and wrong Jinja are found tag by tag in template_tags.py."""

_FULL_WIDTH = re.compile(r"[｛{]\s*[｛]|[｛]\s*[{%％]|[｝}%％]\s*[｝]|[{]％|％[}]")
_LONE = re.compile(r"\{\{|\}\}|\{%|%\}")
_SINGLE = re.compile(r"\{\s*([^{}%#\s][^{}%#]*?)\s*\}")
_PLAIN = {qn(n) for n in ("rPr", "t", "tab", "br", "cr", "lastRenderedPageBreak", "noBreakHyphen")}


def check(source: OpenedDocument, found: list[Tag], words: TagWords) -> Iterator[TemplateFault]:
    """Yield every tag that is not whole."""
    wide = list(_full_width(source))
    yield from wide
    told = {f.anchor for f in wide}
    for fault in _by_library(source):
        if fault.anchor not in told:
            yield fault
    yield from (f for f in _loose_ends(source, found, words) if f.anchor not in told)
    for tag in found:
        if tag.paths is None and tag.paragraph.element not in told:
            yield at(tag.paragraph, "T1", f"标签“{tag.raw[:60]}”的写法不对，标签里只能写官方名称")
        yield from _cannot_be_joined(tag)


def _by_library(source: OpenedDocument) -> Iterator[TemplateFault]:
    """Hand the parts over under the names docxtpl-lint expects; it wants nothing else of the file."""
    names = {source.main: "body"}
    own: dict[str, bytes] = {}
    for i, (name, root) in enumerate(source.roots.items()):
        named = "document" if name == source.main else f"header{i}"
        names[name] = "body" if name == source.main else named
        own[f"word/{named}.xml"] = etree.tostring(_without_loose_text(root))
    parts = {label: list(source.roots[name].iter(qn("p"))) for name, label in names.items()}
    try:
        issues = lint(package.write(own)).issues
    except RecursionError:
        return  # some tag is nested without end; template_tags.py finds that no word can be read from it
    for issue in issues:
        if issue.rule not in _SAID:
            continue
        paragraph = _paragraph(source, parts.get(issue.location.part, []), issue.location.paragraph)
        if paragraph is None:
            continue
        what, how = _SAID[issue.rule]
        given = {"close": "", "kw": "for", **issue.params, "snippet": " ".join(issue.snippet.split())[:40]}
        yield at(paragraph, "T1", what.format(**given), how.format(**given))


def _without_loose_text(root: Element) -> Element:
    """Return a copy without text behind its paragraphs: Word shows none there, and the library can't read it."""
    if not any(p.tail for p in root.iter(qn("p"))):
        return root
    clean = copy.deepcopy(root)
    for paragraph in clean.iter(qn("p")):
        paragraph.tail = None
    return clean


def _paragraph(source: OpenedDocument, elements: list[Element], number: int) -> OpenedParagraph | None:
    return source.by_element.get(elements[number - 1]) if 0 < number <= len(elements) else None


def _full_width(source: OpenedDocument) -> Iterator[TemplateFault]:
    for paragraph in source.paragraphs:
        found = _FULL_WIDTH.search(paragraph.text)
        if found:
            yield at(
                paragraph,
                "T1",
                f"标签用了全角的“{found[0]}”，程序认不出",
                "关掉中文标点（Ctrl+.），把大括号和百分号改成半角的 {{ }} 或 {% %}",
            )


def _loose_ends(source: OpenedDocument, found: list[Tag], words: TagWords) -> Iterator[TemplateFault]:
    """Yield braces that belong to no tag: a lone end, a tag in single braces (both would be printed)."""
    taken: dict[Element, list[Tag]] = {}
    for tag in found:
        taken.setdefault(tag.paragraph.element, []).append(tag)
    for paragraph in source.paragraphs:
        rest = paragraph.text
        for tag in reversed(taken.get(paragraph.element, [])):
            rest = f"{rest[: tag.start]}\0{rest[tag.end :]}"
        lone = _LONE.search(rest)
        if lone and lone[0] in ("}}", "%}"):
            yield at(paragraph, "T1", f"有一个“{lone[0]}”没有配上开头的大括号")
        single = _SINGLE.search(rest)
        if single and not lone and words.knows(single[1], {}):
            yield at(
                paragraph,
                "T1",
                f"“{single[0]}”只有一层大括号，会原样印出来",
                f"改成 {{{{ {single[1]} }}}}",
            )


def _cannot_be_joined(tag: Tag) -> Iterator[TemplateFault]:
    """Yield a tag of which a part stands in something else (a link, a field), or around a picture."""
    runs = tag.paragraph.runs(tag.start, tag.end)
    parents = {id(r.getparent()) for r in runs}
    if len(parents) > 1:
        yield at(
            tag.paragraph,
            "T1",
            f"标签“{tag.raw}”有一部分在超链接、域或内容控件里，接不起来",
            "删去这个标签，连同超链接或控件，重新打一遍",
        )
    elif any(child.tag not in _PLAIN for r in runs[1:] for child in r):
        yield at(tag.paragraph, "T1", f"标签“{tag.raw}”中间夹着图片或别的对象，会丢失", "把图片移到标签外面")
