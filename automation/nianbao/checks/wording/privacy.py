"""Personal data that must not be published (P1): identity numbers, mobile numbers, bank cards, named applicants.

The contact block is generated from the body's own facts and is not looked at.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from nianbao.checks.rule_findings import text_finding
from nianbao.checks.wording.applicant_names import is_masked, named_applicants
from nianbao.checks.wording.text_lines import TypedParagraph, lines_of, text_ids
from nianbao.findings import Finding, Severity
from nianbao.form import Rule
from nianbao.patterns import Pattern
from nianbao.report import Reading

_FULL_WIDTH = {ord("０") + n: ord("0") + n for n in range(10)} | {ord("Ｘ"): ord("X"), ord("－"): ord("-")}
_DIGITS = Pattern(r"\d{8}|\d[ -]\d")
_ID = Pattern(r"(?<![0-9A-Za-z])([1-9]\d{5}) ?((?:19|20)\d{6}) ?(\d{3}[\dXx])(?![0-9A-Za-z])")
_MOBILE = Pattern(
    r"(?<![0-9A-Za-z.])(?:\+?86[- ]?)?(1[3-9]\d[- ]?\d{4}[- ]?\d{4})(?![0-9A-Za-z]|[,.]\d|[万亿元件条次人个项篇%％])"
)
_CARD = Pattern(
    r"(?<![0-9A-Za-z.-])((?:[45]\d{3}(?: ?\d{4}){3}|6\d{3}(?: ?\d{4}){3}(?: ?\d{1,3})?))(?![0-9A-Za-z]|[.-]\d)"
)
_NOT_PERSONAL = Pattern(
    r"(?:信用代码|机构代码|编号|编码|单号|工单|流水号|项目代码|受理号|序列号|备案|案号|文号|订单)[^，。；]{0,8}$"
)
_CODE = Pattern(r"(?:信用|机构)代码[^，。；]{0,8}$")
_CONTACT = Pattern(r"(?:电话|手机|联系|咨询)[^。]{0,12}$")
_PROVINCES = Pattern(r"1[1-5]|2[123]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[123]")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK = "10X98765432"


@dataclass(frozen=True)
class Personal:
    """One piece of personal data: what it is and how a message may show it."""

    what: str
    shown: str
    masked: bool = False


def no_personal_data(rule: Rule, reading: Reading) -> list[Finding]:
    """P1: one finding for each piece; a name that is already masked (王某某) is only hinted at."""
    return [
        text_finding(
            rule,
            reading,
            text,
            line.paragraph,
            f"写有{p.what}“{p.shown}”",
            how="“申请人某某”也不必写出：年报只写件数和结果，不写是谁申请的" if p.masked else "",
            severity=Severity.HINT if p.masked else None,
            evidence=(p.what, p.shown),
        )
        for text in text_ids(reading)
        for line in lines_of(reading, text)
        for p in personal_data(line)
    ]


def personal_data(line: TypedParagraph) -> Iterator[Personal]:
    """Yield the personal data in a paragraph, numbers masked but for their first three and last two digits."""
    if _DIGITS.search(line.words):
        yield from _numbers(line, line.words.translate(_FULL_WIDTH))
    for name in named_applicants(line.words):
        yield Personal("申请人姓名", f"申请人{name[0]}某", is_masked(name))


def _numbers(line: TypedParagraph, words: str) -> Iterator[Personal]:
    """Yield each number once: what is an identity number is not a card, what is a card is no mobile number."""
    taken: list[tuple[int, int]] = []
    for kind in _KINDS:
        for match in kind.pattern.finditer(words):
            before = words[: match.start()]
            free = all(match.end() <= a or match.start() >= b for a, b in taken)
            if not free or not kind.holds(match) or kind.unless.search(before):
                continue
            taken.append(match.span())
            if kind.what != "手机号码" or not _is_contact(line, before):
                yield Personal(kind.what, _mask("".join(match.groups())))


def _is_contact(line: TypedParagraph, before: str) -> bool:
    """Tell whether a typed introduction gives the number as a contact."""
    return line.text == "introduction" and bool(_CONTACT.search(before))


def _mask(number: str) -> str:
    digits = re.sub(r"[ -]", "", number)
    return digits[:3] + "*" * (len(digits) - 5) + digits[-2:]


def is_id(match: re.Match[str]) -> bool:
    """Tell whether 18 characters are an identity number: province, date of birth and check character (GB 11643)."""
    number = "".join(match.groups()).upper()
    try:
        date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return False
    total = sum(int(number[n]) * w for n, w in enumerate(_WEIGHTS))
    return bool(_PROVINCES.match(number)) and _CHECK[total % 11] == number[17]


def is_card(match: re.Match[str]) -> bool:
    """Tell whether 16 to 19 digits have the check digit of a bank card (Luhn)."""
    digits = [int(d) for d in match[1] if d != " "]
    doubled = [d if n % 2 == 0 else sum(divmod(2 * d, 10)) for n, d in enumerate(reversed(digits))]
    return 16 <= len(digits) <= 19 and sum(doubled) % 10 == 0 and len(set(digits)) > 2


def is_mobile(match: re.Match[str]) -> bool:
    """Tell whether the digits can be a mobile number, not a row of the same digits."""
    return len(set(match[1])) > 3


@dataclass(frozen=True)
class _Kind:
    what: str
    pattern: Pattern
    holds: Callable[[re.Match[str]], bool]
    unless: Pattern


_KINDS = (
    _Kind("身份证号码", _ID, is_id, _CODE),
    _Kind("银行卡号", _CARD, is_card, _NOT_PERSONAL),
    _Kind("手机号码", _MOBILE, is_mobile, _NOT_PERSONAL),
)
