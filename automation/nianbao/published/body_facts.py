"""Facts about the body: contact, date, full name. Taken from where the form prints them, never inferred."""

from __future__ import annotations

import re
from collections.abc import Sequence

from nianbao import dates
from nianbao.published.model import Paragraph
from nianbao.unicodes import plain_form

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
_LINES = 6
"""Lines that the longest name takes in a signature."""

_LONG = 3_000
"""Characters; no introduction's paragraph is longer."""

_LIMITS = {"postcode": r"\d{6}", "phone": r"[\d()（）\-—－、/ 转]{7,40}"}


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
    day = dates.day(dates.signed("".join(plain_form(paragraphs[-1].text).split())))
    if day is None:
        return "", 0
    written = f"{day.year}-{day.month}-{day.day}"
    return written, 1 + _signed([p.text for p in paragraphs[-1 - _LINES : -1]], name)


def _signed(above: Sequence[str], name: str) -> int:
    """Return how many of the lines above a date are the name that signs: ours in one or several, or an office's."""
    lines = ["".join(x.split()) for x in above]
    whole = next((n for n in range(1, len(lines) + 1) if "".join(lines[-n:]) == name), 0)
    return whole or int(bool(lines) and _ORGAN.fullmatch(lines[-1]) is not None)


def full_name(name: str, lead: Sequence[Paragraph]) -> str:
    """Return the body's full name when the introduction spells out what the title shortens (永平镇 → …人民政府)."""
    for suffix in ("人民政府", "街道办事处", "办事处", "委员会"):
        if name and not name.endswith(suffix) and any(name + suffix in p.text for p in lead):
            return name + suffix
    return name
