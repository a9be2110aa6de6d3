"""The title of a report: the body's name and the year, as such reports word it or as an edition does."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from nianbao.dates import year_of
from nianbao.published.model import Paragraph
from nianbao.unicodes import plain_form

_TITLE = re.compile(
    r"(?P<name>.*?)(?P<year>[12]\d{3}|二[〇○零Oo0][一二三四五六七八九〇○零]{2})\s*年度?\s*(?P<tail>.{0,20}?)"
    r"政府信息公开(?:工作)?(?:年度)?(?:工作)?(?:年度)?(?:报告|年报)(?P<rest>.*)"
)
_DRAFT = re.compile(r"^【[^】]*】")
_NAMED = re.compile(r"[\u4e00-\u9fffA-Za-z（）()·、]{2,40}")
_LINES = 4
_LONGEST = 300
"""Characters of a paragraph that may be a title; each tag of the edition's stands for any of them."""


@dataclass(frozen=True)
class Title:
    """The title as printed: the body's name ('' when it has none), the year, and which paragraphs it takes up."""

    name: str
    year: int
    lines: frozenset[int]
    place: str = ""


def title(lead: Sequence[Paragraph], others: Sequence[str], form: Sequence[str] = ()) -> Title | None:
    """Find the title among the paragraphs before the first section, else among names the file gives itself.

    `form` are the lines of the title as an edition gives them, for one that is called otherwise.
    """
    return _usual(lead, others) or (_as_given(lead, form) if form else None)


def _as_given(lead: Sequence[Paragraph], form: Sequence[str]) -> Title | None:
    """Find the title as an edition words it: the line with the year, with those before it in one paragraph or above."""
    at = next((i for i, line in enumerate(form) if "{年度}" in line), len(form))
    wanted = [pattern(line) for line in form[: at + 1]]
    whole = pattern("".join(line.lstrip("?") for line in form[: at + 1]))
    for i, paragraph in enumerate(lead) if at < len(form) else ():
        if len(paragraph.text) > _LONGEST:
            continue
        text, lines = bare(paragraph.text), {i}
        joined = whole.fullmatch(text)
        found = joined or wanted[at].fullmatch(text)
        if not found:
            continue
        named = found.groupdict()
        for above in () if joined and at else reversed(wanted[:at]):
            before = above.fullmatch(bare(lead[i - len(lines)].text)) if i >= len(lines) else None
            if before:
                lines.add(i - len(lines))
                named = {**before.groupdict(), **{k: v for k, v in named.items() if v}}
        return Title(named.get("name") or "", int(named["year"]), frozenset(lines), paragraph.place)
    return None


def bare(text: str) -> str:
    """Return a line without blanks and without the mark of a draft."""
    return _DRAFT.sub("", "".join(plain_form(text).split()))


def pattern(line: str, more: Mapping[str, str] = MappingProxyType({})) -> re.Pattern[str]:
    """Return what a line of an edition, with its tags, looks like in a report, bare; `more` maps tags to patterns."""
    tags = {"{年度}": r"(?P<year>[12]\d{3})", "{单位名称}": "(?P<name>.+)", **more}
    pieces = re.split(r"(\{[^{}]*\})", "".join(plain_form(line.lstrip("?")).split()))
    return re.compile("".join(tags.get(p, ".+") if p.startswith("{") else re.escape(p) for p in pieces))


def _usual(lead: Sequence[Paragraph], others: Sequence[str]) -> Title | None:
    for i, paragraph in enumerate(lead):
        found = _in_title(paragraph.text)
        if found:
            return _from(lead, i, found)
        if i + 1 < len(lead) and len(paragraph.text) < 60 and len(lead[i + 1].text) < 40:
            joined = _in_title(paragraph.text + lead[i + 1].text)
            if joined and not _in_title(lead[i + 1].text):
                return Title(_name(joined["name"]), year_of(joined["year"]), frozenset((i, i + 1)), paragraph.place)
    for text in others:
        found = _in_title(text)
        if found:
            return Title(_name(found["name"]), year_of(found["year"]), frozenset())
    return None


def _in_title(text: str) -> re.Match[str] | None:
    squeezed = "".join(plain_form(text).split())
    found = _TITLE.fullmatch(squeezed) if len(squeezed) <= 90 else None
    if not found or re.search(r"[。；:]|根据|编制|报告$", found["name"]) or re.search(r"[。；]|编制", found["rest"]):
        return None
    return found


def _from(lead: Sequence[Paragraph], at: int, found: re.Match[str]) -> Title:
    lines = {at}
    name = _name(found["name"] or found["tail"])
    start = at
    while not name and start and at - start < 2:
        start -= 1
        above = "".join(lead[start].text.split())
        if not _NAMED.fullmatch(above):
            break
        name = _name(above)
        lines.add(start)
    while _goes_on_above(name) and start and len(lines) <= _LINES:
        start -= 1
        above = "".join(lead[start].text.split())
        if not _NAMED.fullmatch(above):
            break
        name = _name(above + name)
        lines.add(start)
    return Title(name, year_of(found["year"]), frozenset(lines), lead[at].place)


def _goes_on_above(name: str) -> bool:
    """Tell whether a name ends a bracket that it does not begin: a long name takes several lines."""
    return name.count("）") + name.count(")") > name.count("（") + name.count("(")


def _name(raw: str) -> str:
    return re.sub(r"^(?:关于|[《<〈])|[-_|>·].*$", "", raw).strip("《》关于的 ")
