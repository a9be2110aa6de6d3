"""The texts of a report: which paragraphs stand under which heading, what comes before the first and after the last.

Knows the national form: what sites call its sections. A section with another id is found by its own heading only.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from nianbao.form import Edition, Section
from nianbao.published import labels
from nianbao.published.model import Block, Document, Grid, Paragraph, Path

VARIANTS: Mapping[str, tuple[str, ...]] = {
    "overview": ("概述", "总体工作情况", "政府信息公开工作总体情况"),
    "proactive": ("行政机关主动公开政府信息情况", "主动公开政府信息的情况", "主动公开信息情况"),
    "requests": (
        "行政机关收到和处理政府信息公开申请情况",
        "收到和处理政府信息公开申请的情况",
        "收到和处理信息公开申请情况",
    ),
    "review": (
        "因政府信息公开工作被申请行政复议和提起行政诉讼情况",
        "因政府信息公开工作被申请行政复议、提起行政诉讼情况",
        "因政府信息公开工作被申请行政复议、行政诉讼情况",
        "政府信息公开行政复议和行政诉讼情况",
        "行政复议、行政诉讼情况",
    ),
    "problems": (
        "存在的问题及改进情况",
        "政府信息公开工作存在的主要问题及改进情况",
        "政府信息公开工作存在的问题及改进情况",
        "存在的主要问题和改进情况",
        "存在的主要问题及改进措施",
        "存在的问题及改进措施",
        "存在的主要问题及整改措施",
        "存在的问题及整改措施",
        "存在的主要问题及整改情况",
        "存在的问题及整改情况",
        "存在的主要问题和改进措施",
        "存在的问题和改进措施",
        "存在的主要问题及下一步改进措施",
        "存在的问题及下一步改进措施",
    ),
    "other_matters": ("其他报告的事项", "需要报告的其他事项", "其他需要报告事项", "其他需报告的事项", "其他事项"),
    "fee": ("收费情况", "信息处理费情况"),
}
"""Headings in use on government sites (条例 art. 50's own words among them), by section id."""

_BRACKETED = re.compile(r"\s*[（(]")
_NUMBERED = re.compile(r"\s*([一二三四五六七八九十]{1,2})\s*[、.．,，]")
_LONGEST = 40

_FURNITURE = re.compile(
    r"[【|/\[]*((打印|关闭|收藏|返回顶部|我要纠错|分享|纠错)(本页|窗口|页面)?[】|/\[\]【]*)+"
    r"|.{0,12}(网备|ICP备|备案号|网站标识码|版权所有|主办单位|承办单位|技术支持|建议使用).*"
    r"|(上一篇|下一篇|上一条|下一条|相关(附件|链接|文档|解读|文件)|附件下载|责任编辑|编辑|审核|来源|信息来源|"
    r"发布时间|发布日期|浏览次数|阅读次数|字体|字号)[:：].*"
    r"|.{0,4}扫一扫.*|Copyright.*|©.*|分享到.*|相关文章|附件下载|友情链接|网站地图|无障碍.{0,6}|当前位置[:：].*",
    re.I,
)
_FURNITURE_LENGTH = 600
_PAGE = re.compile(r"[-—–－\s]*+\d{0,3}[-—–－\s]*+|第\s*\d{1,3}\s*页(\s*[共/]\s*\d{1,3}\s*页)?")


@dataclass(frozen=True)
class Headed:
    """One section found: where its heading stands, as written, and the text that follows in the same paragraph."""

    section: Section
    at: int
    written: str
    exact: bool
    rest: str = ""


@dataclass(frozen=True)
class SectionTexts:
    """A document's paragraphs: `lead` before the first section, the rest by section id."""

    headed: tuple[Headed, ...]
    lead: tuple[Paragraph, ...]
    under: Mapping[str, tuple[Paragraph, ...]]


def parts_of(edition: Edition, document: Document, grids: Iterable[Grid]) -> SectionTexts:
    """Divide a document at the headings of the edition's sections; `grids` are the tables that belong to it."""
    blocks = document.blocks
    headed = _headings(edition, blocks)
    inside = _common([*(g.path for g in grids), *(blocks[h.at].path for h in headed)])
    at = {h.at: h for h in headed}
    lead: list[Paragraph] = []
    under: dict[str, list[Paragraph]] = {h.section.id: [] for h in headed}
    current: Headed | None = None
    for i, block in enumerate(blocks):
        if i in at:
            current = at[i]
            if current.rest and isinstance(block, Paragraph):
                under[current.section.id].append(Paragraph(current.rest, block.place))
        elif isinstance(block, Paragraph) and block.path[: len(inside)] == inside and not _PAGE.fullmatch(block.text):
            (under[current.section.id] if current else lead).append(block)
    if headed:
        last = headed[-1].section.id
        under[last] = _before_furniture(document, under[last])
    kept = [p for p in lead if document.kind not in ("html", "txt") or not _is_furniture(p.text)]
    return SectionTexts(headed, tuple(kept), {k: tuple(v) for k, v in under.items()})


def _before_furniture(document: Document, paragraphs: list[Paragraph]) -> list[Paragraph]:
    """Drop what a site puts under the report, from the first thing on that no report says."""
    if document.kind not in ("html", "txt"):
        return paragraphs
    for i, paragraph in enumerate(paragraphs):
        if _is_furniture(paragraph.text):
            return paragraphs[:i]
    return paragraphs


def _is_furniture(text: str) -> bool:
    return len(text) <= _FURNITURE_LENGTH and _FURNITURE.fullmatch("".join(text.split())) is not None


def _common(paths: Sequence[Path]) -> Path:
    """Return the innermost container that holds all of these blocks."""
    if not paths:
        return ()
    first, *others = paths
    length = len(first)
    for other in others:
        same = 0
        while same < min(length, len(other)) and first[same] == other[same]:
            same += 1
        length = same
    # Where all stand in one element of their own, that element's surroundings are still the report.
    return first[: max(0, length - 1)] if len(set(paths)) == 1 else first[:length]


def _headings(edition: Edition, blocks: Sequence[Block]) -> tuple[Headed, ...]:
    """Return the headings in the form's order; of several, the last before the next section's (a menu stands first)."""
    found: dict[str, list[Headed]] = {}
    for i, block in enumerate(blocks):
        if isinstance(block, Paragraph):
            for section in edition.sections:
                headed = _heading(section, i, block.text)
                if headed:
                    found.setdefault(section.id, []).append(headed)
    chosen: list[Headed] = []
    before = len(blocks)
    for section in reversed(edition.sections):
        fitting = [h for h in found.get(section.id, []) if h.at < before]
        numbered = [h for h in fitting if _NUMBERED.match(h.written)]
        if fitting:
            best = (numbered or fitting)[-1]
            chosen.append(best)
            before = best.at
    return tuple(reversed(chosen))


def _heading(section: Section, at: int, text: str) -> Headed | None:
    if _BRACKETED.match(text):
        return None
    wanted = [section.heading, *VARIANTS.get(section.id, ())]
    if len(text) <= _LONGEST:
        core = labels.fold(text).core
        for i, heading in enumerate(wanted):
            if core == labels.fold(heading).core:
                return Headed(section, at, text, i == 0)
    return _run_in(section, at, text, wanted) or _misspelt(section, at, text)


def _misspelt(section: Section, at: int, text: str) -> Headed | None:
    own = labels.fold(section.heading).core
    if len(text) > _LONGEST or not _NUMBERED.match(text):
        return None
    few = labels.distance(labels.fold(text).core, own, 2) <= min(2, len(own) // 5)
    return Headed(section, at, text, False) if few else None


def _run_in(section: Section, at: int, text: str, wanted: list[str]) -> Headed | None:
    """Find a heading that goes on in the same paragraph (六、其他需要报告的事项。无。)."""
    number = _NUMBERED.match(text)
    if not number:
        return None
    for heading in wanted:
        rest = text[number.end() :].lstrip()
        if rest.startswith(heading) and re.match(r"[\s。：:.]", rest[len(heading) :]):
            written = text[: number.end()] + heading
            return Headed(section, at, written, heading == section.heading, rest[len(heading) + 1 :].strip())
    return None
