"""Facts about the body: title, year, contact, date. Taken from where the form prints them, never inferred."""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from nianbao.published.model import Paragraph

_TITLE = re.compile(
    r"(?P<name>.*?)(?P<year>[12]\d{3}|二[〇○零Oo0][一二三四五六七八九〇○零]{2})\s*年度?\s*(?P<tail>.{0,20}?)"
    r"政府信息公开(?:工作)?(?:年度)?(?:工作)?(?:年度)?(?:报告|年报)(?P<rest>.*)"
)
_DIGITS = {c: str(i) for i, c in enumerate("零一二三四五六七八九")} | {"〇": "0", "○": "0", "O": "0", "o": "0"}
_SMALL = r"(\d{1,2}|[一二三]?十[一二三四五六七八九]?|[一二三四五六七八九])"
_DATE = re.compile(rf"(\d{{4}}|二[〇○零][一二三四五六七八九〇○零]{{2}})年{_SMALL}月{_SMALL}日")
_ORGAN = re.compile(
    r"[\u4e00-\u9fff（）()]{2,40}(?:人民政府|办公室|委员会|办事处|局|厅|院|会|中心|社|室|镇|乡|街道|部|站|队|所|处)"
)
_FIELDS = {
    "address": r"(?:联系|办公|通讯|通信|单位)?地址",
    "phone": r"(?:联系|办公|咨询)?电话",
    "postcode": r"邮编|邮政编码",
    "email": r"电子邮箱|电子邮件|邮箱|E-?mail",
}
_ANY = "|".join(_FIELDS.values()) + r"|传真|联系人|网址|办公时间"
_STOP = rf"(?=[，,；;。、\s)）]*(?:{_ANY})\s*[:：]|[，,；;。)）\n]|$)"
_CONTACT_LINE = re.compile(rf"\s*(?:联系方式|(?:{_ANY}))\s*[:：].*", re.I)
_OFFICE = re.compile(
    r"请(?:直接)?[与向]([^，,。；;（(]{3,40}?)(?:联系|咨询|反映)|可(?:直接)?[与向]([^，,。；;（(]{3,40}?)(?:联系|咨询)"
)
_WEBSITE = re.compile(r"电子版[^。]{0,6}?(?:从|在|登录)(.{3,120}?)(?:下载|查阅|查询|查看)")
_DRAFT = re.compile(r"^【[^】]*】")
_LONG = 3_000
"""Characters; no introduction's paragraph is longer."""

_LIMITS = {"postcode": r"\d{6}", "phone": r"[\d()（）\-—－、/ 转]{7,40}"}


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
    return _DRAFT.sub("", "".join(unicodedata.normalize("NFKC", text).split()))


def pattern(line: str) -> re.Pattern[str]:
    """Return what a line of an edition, with its tags, looks like in a report, bare."""
    tags = {"{年度}": r"(?P<year>[12]\d{3})", "{单位名称}": "(?P<name>.+)"}
    pieces = re.split(r"(\{[^{}]*\})", "".join(unicodedata.normalize("NFKC", line.lstrip("?")).split()))
    return re.compile("".join(tags.get(p, ".+") if p.startswith("{") else re.escape(p) for p in pieces))


def _usual(lead: Sequence[Paragraph], others: Sequence[str]) -> Title | None:
    for i, paragraph in enumerate(lead):
        found = _in_title(paragraph.text)
        if found:
            return _from(lead, i, found)
        if i + 1 < len(lead) and len(paragraph.text) < 60 and len(lead[i + 1].text) < 40:
            joined = _in_title(paragraph.text + lead[i + 1].text)
            if joined and not _in_title(lead[i + 1].text):
                return Title(_name(joined["name"]), _year(joined["year"]), frozenset((i, i + 1)), paragraph.place)
    for text in others:
        found = _in_title(text)
        if found:
            return Title(_name(found["name"]), _year(found["year"]), frozenset())
    return None


def _in_title(text: str) -> re.Match[str] | None:
    squeezed = "".join(unicodedata.normalize("NFKC", text).split())
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
        if not re.fullmatch(r"[\u4e00-\u9fffA-Za-z（）()·]{2,40}", above):
            break
        name = _name(above)
        lines.add(start)
    return Title(name, _year(found["year"]), frozenset(lines), lead[at].place)


def _name(raw: str) -> str:
    return re.sub(r"^(?:关于|[《<〈])|[-_|>·].*$", "", raw).strip("《》关于的 ")


def _year(raw: str) -> int:
    return int("".join(_DIGITS.get(c, c) for c in raw))


def contact(paragraphs: Sequence[Paragraph]) -> tuple[dict[str, str], frozenset[int]]:
    """Return the contact facts of the introduction, and which paragraphs say nothing else."""
    facts: dict[str, str] = {}
    only: set[int] = set()
    for i, paragraph in enumerate(paragraphs):
        text = paragraph.text
        if len(text) > _LONG:
            continue
        for field, label in _FIELDS.items():
            found = re.search(rf"(?:{label})\s*[:：]\s*(.+?){_STOP}", text, re.I)
            if found and field not in facts and _fits(field, found[1]):
                facts[field] = found[1].strip()
        if _CONTACT_LINE.fullmatch(text):
            only.add(i)
        found = _OFFICE.search(text)
        if found:
            facts.setdefault("office", (found[1] or found[2]).strip())
        found = _WEBSITE.search(text)
        if found:
            facts.setdefault("website", found[1].strip())
    return facts, frozenset(only)


def _fits(field: str, value: str) -> bool:
    limit = _LIMITS.get(field)
    return limit is None or re.fullmatch(limit, value.strip()) is not None


def signature(paragraphs: Sequence[Paragraph], name: str) -> tuple[str, int]:
    """Return the date under the report (2026-1-12, or '' where there is no day) and how many paragraphs it takes up."""
    if not paragraphs:
        return "", 0
    found = _DATE.fullmatch("".join(unicodedata.normalize("NFKC", paragraphs[-1].text).split()))
    if not found:
        return "", 0
    year, month, day = (_numeral(x) for x in found.groups())
    try:
        datetime.date(year, month, day)
    except ValueError:
        return "", 0
    count = 1
    if len(paragraphs) > 1:
        above = "".join(paragraphs[-2].text.split())
        if above == name or _ORGAN.fullmatch(above):
            count = 2
    return f"{year}-{month}-{day}", count


def _numeral(raw: str) -> int:
    if raw.isdecimal():
        return int(raw)
    if len(raw) == 4:
        return _year(raw)
    tens, found, ones = raw.partition("十")
    if not found:
        return int(_DIGITS[raw])
    return int(_DIGITS.get(tens, "1")) * 10 + (int(_DIGITS[ones]) if ones else 0)


def full_name(name: str, lead: Sequence[Paragraph]) -> str:
    """Return the body's full name when the introduction spells out what the title shortens (永平镇 → …人民政府)."""
    for suffix in ("人民政府", "街道办事处", "办事处", "委员会"):
        if name and not name.endswith(suffix) and any(name + suffix in p.text for p in lead):
            return name + suffix
    return name
