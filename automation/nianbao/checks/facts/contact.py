"""F8 and F9: how the public reaches the body. What may be right in some office stays silent."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from nianbao.checks.rule_findings import finding
from nianbao.findings import Finding, Severity
from nianbao.form import Rule
from nianbao.patterns import Pattern
from nianbao.report import Reading
from nianbao.unicodes import plain_form

WAYS = ("office", "address", "phone", "email")
_LEAST_DIGITS, _MOST_DIGITS = 5, 13
"""12345 is the shortest number of an office, an area code with the country's the longest."""
_WITH_CODE = 11
"""Digits of a number with its area code, but for the longest."""

_NOTHING = Pattern(r"[/\\\-—－–_.。、]+|无|暂无|没有|空|略|不详|待定|待填|N/?A", re.IGNORECASE)
_HOLE = Pattern(r"[×✕*]{2,}|[xX]{3,}|_{2,}")
_APART = Pattern(r"[,，、;；/\s或和]+")
_MOBILE = Pattern(r"(?<![\d-])(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}(?!\d)")
_LONG = Pattern(r"(?<![\d\-+()])\d{9,}(?![\d\-()])")
_CODE = Pattern(r"\d{6}")
_MAIL = Pattern(r"[\w.+\-]+@[A-Za-z0-9\-]+(?:\.[A-Za-z0-9\-]+)*\.[A-Za-z]{2,}")
_CHINESE = Pattern(r"[\u4e00-\u9fff]")
_BAD_SITE = Pattern(
    r"https?(?!s?://)[:;：；/\\.]|(?<![a-z])(?:htt?t?p?p?s?|ttps?|hhttps?)(?<!http)(?<!https)://|\\|"
    r"(?<!\w)w{4,}\.|(?<!\w)ww\.|(?<!\w)w{3}[,，。;；]|\.\.|localhost|127\.0\.0\.1|192\.168\.|file:|"
    r"gov(?:[,，。;；]\s*|\s+\.?\s*|\.\s+)cn|govcn|https?://[^\s./）)]*(?:[/\s）)]|$)"
)


def contact_is_well_formed(rule: Rule, reading: Reading) -> list[Finding]:
    """F8: website, phone, postcode and e-mail; a fact that says there is none belongs left blank."""
    found = []
    for key, wrong in _WRONG.items():
        typed = reading.report.body.get(key, "").strip()
        text = plain_form(typed)
        if not text:
            continue
        if _NOTHING.fullmatch(text):
            what, how = f"写的是“{typed}”，会照样印在报告里", "没有的就空着，报告里不印这一项"
            found.append(finding(rule, reading, [key], what, how=how, severity=Severity.HINT))
            continue
        what, how = wrong(typed if key == "website" else text)
        if what:
            found.append(finding(rule, reading, [key], f"写的是“{typed[:60]}”，{what}", how=how, evidence=[typed]))
    return found


def _phone(text: str) -> tuple[str, str]:
    digits = sum(c.isdigit() for c in text)
    if _MOBILE.search(text):
        return "是手机号码", "改填对外公开的办公电话；是办公用的手机、可以公布的，写明原因"
    if _HOLE.search(text) or digits < _LEAST_DIGITS:
        return "不是完整的电话号码", ""
    for match in _LONG.finditer(text):
        number = match[0]
        if len(number) > _MOST_DIGITS:
            return "位数太多", "几个号码之间用顿号隔开"
        if len(number) <= _WITH_CODE and not number.startswith(("0", "400", "800")):
            return "区号前面可能丢了0", "补上区号前面的0，例如 0597-4632003"
    return "", ""


def _postcode(text: str) -> tuple[str, str]:
    codes = [c for c in _APART.split(text) if c]
    if all(_CODE.fullmatch(c) for c in codes):
        return "", ""
    lost = len(codes) == 1 and codes[0].isdigit() and len(codes[0]) == 5
    how = "补足六位；前面的0丢了的，补上0（可先在前面加一个单引号）" if lost else "改填六位邮政编码"
    return "不是六位数字", how


def _email(text: str) -> tuple[str, str]:
    pieces = [p for p in _APART.split(text.replace("(", " ").replace(")", " ").replace(":", " ")) if p]
    good = [p for p in pieces if _MAIL.fullmatch(p.rstrip("."))]
    if good and all(p in good or _CHINESE.search(p) for p in pieces):
        return "", ""
    return "不是完整的邮箱地址", "改填对外公开的办公邮箱，例如 yongping@163.com；没有的就空着"


def _website(text: str) -> tuple[str, str]:
    if _BAD_SITE.search(text.casefold()) or _HOLE.search(text):
        return "不是能打开的网址", "从浏览器的地址栏复制网址，例如 http://www.wp.gov.cn"
    if "@" in text and "/" not in text:
        return "是邮箱，不是网址", "改填网站名称和网址"
    return "", ""


_WRONG: Mapping[str, Callable[[str], tuple[str, str]]] = {
    "website": _website,
    "phone": _phone,
    "postcode": _postcode,
    "email": _email,
}


def some_contact_is_given(rule: Rule, reading: Reading) -> list[Finding]:
    """F9: at least one way to ask; published reports that are only read have theirs in the text."""
    asked = [f.id for f in reading.edition.fields if f.id in WAYS]
    written = bool(reading.report.texts.get("introduction", "").strip())
    if written or not asked or any(reading.report.body.get(k, "").strip() for k in asked):
        return []
    return [finding(rule, reading, asked, "联系机构、地址、电话、电子邮箱都没有填")]
