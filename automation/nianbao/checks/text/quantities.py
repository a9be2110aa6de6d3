"""Finding the figures in a text: number, unit, whether exact. What only looks like a figure is set aside.

A text becomes a *shape*: every figure is one character (COUNT, PERCENT, TIME), and what must not be read as a figure
(titles, document numbers, articles, ordinals, telephones, ranges, names in quotation marks) is the character OTHER.
Phrase patterns are written on shapes: 收到申请#，其中自然人#.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, replace
from decimal import Decimal

from nianbao.checks.text.numerals import DIGITS, NUMERALS, arabic, chinese, decimals
from nianbao.patterns import Pattern

COUNT, PERCENT, TIME, OTHER = "#", "%", "@", "~"

_N = r"(?:\d{1,3}(?:,\d{3})+(?![\d,])|\d+(?:\.\d+)?)"
_C = f"[{NUMERALS}]{{1,24}}"
_TIMES = (
    "个?大?部分(?!公开|答复|予以|提供|信息)|个?大?方面|个?大?板块|个大项|个环节|个层面|个维度|余?个工作日|工作日|个小时|个月|小时|分钟|学时"
    "|天|年|周|时|岁|倍|级|号|楼|室|届|章|条龙|平方米|公里|亩|吨|厘米"
)
_UNITS = (
    f"{_TIMES}|万元|元|件次|人次|条次|篇次|场次|件|条|篇|份|封|次|起|宗|例|桩|项|个|家|人|名|户|期|场|部|批|则|幅|张"
    "|页|字|处|所|类|种|轮|位"
)
_DASH = "[-—–~～至到]"
_YEAR = r"(?:(?:19|20)\d{2}|[一二][九〇○零][〇○零一二三四五六七八九]{2})"
_MD = r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})"

_SCAN = Pattern(
    # The first characters of all that follows: most of a text is left at once.
    rf"(?=[《“〔\[［【（\d{NUMERALS}○第上下邮①-⑳A-Za-z＋+×])(?:"
    + "|".join(
        (
            r"(?P<title>《[^》]{0,80}》)",
            r"(?P<quote>“[^”]{0,30}”)",
            r"(?P<docno>[〔\[［【（](?:19|20)\d{2}年?[〕\]］】）]第?\d+号)",
            rf"(?P<plan>{_YEAR}年?度?{_DASH}{_YEAR}年?度?)",
            rf"(?P<date>(?P<y>{_YEAR})(?:年(?P<m>{_MD})月(?P<d>{_MD})[日号]?|[./-](?P<m2>\d{{1,2}})[./-](?P<d2>\d{{1,2}})日?))",
            rf"(?P<day>(?P<dm>{_MD})月(?P<dd>{_MD})[日号])",
            rf"(?P<year>(?P<yy>{_YEAR})年度?)",
            rf"(?P<month>\d{{1,2}}(?:{_DASH}\d{{1,2}})?月份?|\d{{1,2}}日|第?[一二三四1-4]季度|[上下]半年)",
            rf"(?P<ordinal>第(?!三方)(?:\d+|{_C})[号条款项章节届次期批个名位]?|（(?:\d{{1,2}}|[一二三四五六七八九十]{{1,3}})）|[①-⑳])",
            r"(?P<bullet>(?:^|(?<=[。；：]))\d{1,2}[.、](?=\D))",
            r"(?P<phone>\d{3,4}-\d{7,8}|1[3-9]\d{9}|(?:邮编|邮政编码)：?\d{6}|(?:12345|12315|12388)(?![件条项]))",
            r"(?P<latin>[A-Za-z＋+×][A-Za-z\d.＋+×*-]*\d[A-Za-z\d]*|\d+[A-Za-z＋+×][A-Za-z\d]*|\d+(?:\.\d+){2,}|\d+/\d+)",
            rf"(?P<percents>{_N}%?{_DASH}{_N}%|{_N}个百分点)",
            rf"(?P<percent>(?P<p>{_N})%|百分之(?P<pc>{_C})(?:点(?P<places>[{DIGITS}]+))?)",
            rf"(?P<range>(?:{_N}|{_C})(?:{_UNITS})?{_DASH}(?:{_N}|{_C})(?:{_UNITS})|{_N}[-—–~～]{_N})",
            rf"(?P<count>(?P<n>{_N})(?P<scale>[万亿千百]?)(?P<open>[余多几来]?)(?P<u>{_UNITS})?(?P<more>以上|左右|以内|余)?)",
            rf"(?P<cn>(?P<cv>{_C})(?P<copen>[余多几来]?)(?P<cu>{_UNITS})(?P<cmore>以上|左右|以内|余)?)",
        )
    )
    + ")"
)
_ROUGH = Pattern(r"(?:约|近|将近|接近|超|超过|逾|突破|多达)$")
_BOUND = Pattern(r"(?:不足|不到|不满|未满|少于|低于|多于|高于|大于|小于|不少于|不低于|至少|至多|最多|不超过|不超)$")
_MORE_OR_LESS = Pattern("以上|以下|左右|上下|以内")
"""What makes a percentage before it a rough one."""
_NOT_ALONE = Pattern(r"[同每任某这那另统唯专单第数几哪划]$")
_IDIOM = Pattern(r"内部事务|过程性|内部管理|事(?!项)|性|龙|级|体|致|贯|律|定|切|直|旦|些|样|般|度")
_TIMED = Pattern(_TIMES)
_DIRECTLY = "和及与或已均其占同较比被全系予部为是中用不无结转由按办并还另又则答受复行政信公申"
"""What may follow a bare number; any other word makes it part of a name (95后, 5大类, 50强)."""
_HAN = Pattern(r"[\u4e00-\u9fff]")
_NOUN = Pattern(
    "(?![和及与或已均其占同较比被全系予部为是中用不无结转由按办并还另又则答受的属需涉告向因非补给于从将延上本继当未没到等外"
    "]|重复|重新|提出|提交|提供|内(?!容))[\u4e00-\u9fff]{2,14}"
)


ROUNDED, BOUND = "rounded", "bound"
"""Why a figure is not exact (Token.doubt): 十余件, 1.2万条; 不足10件."""


@dataclass(frozen=True)
class Token:
    """One figure: `start`, `end` in the clean text, `at` in the shape.

    `unit` is the measure word, `noun` what stands behind it (3件政府信息公开申请, 六项内容), '' where nothing does.
    `doubt` tells why the number is not exact, '' where it is; `decimals` are those printed, `step` is what the last
    printed digit is worth (0.01亿 is 1,000,000).
    """

    kind: str
    start: int
    end: int
    at: int = 0
    value: Decimal = Decimal(0)
    unit: str = ""
    noun: str = ""
    doubt: str = ""
    decimals: int = 0
    step: Decimal = Decimal(1)
    date: tuple[int | None, int, int] = (None, 0, 0)

    @property
    def exact(self) -> bool:
        """Tell whether the number is meant as it is written."""
        return not self.doubt


@dataclass(frozen=True)
class TextShape:
    """A text with its figures replaced by one character each, and the figures in order."""

    text: str
    tokens: tuple[Token, ...]
    places: tuple[int, ...]

    def token(self, at: int) -> Token:
        """Return the figure that stands at a place of the shape."""
        return self.tokens[bisect_left(self.places, at)]

    def clean_place(self, at: int) -> int:
        """Return where a place of the shape stands in the clean text."""
        n = bisect_left(self.places, at)
        return at + (self.tokens[n - 1].end - self.tokens[n - 1].at - 1 if n else 0)


_HALF = {ord("０") + n: str(n) for n in range(10)} | str.maketrans("％．()#@~﹝﹞", "%.（）＃＠～〔〕")
_FULL = {",": "，", ";": "；", ":": "：", "?": "？", "!": "！"}
_STOPS = Pattern(r"(?<!\d),|,(?!\d{3}(?!\d))|[;:?!]")


def clean(raw: str) -> str:
    """Return the text without white space, digits half-width, punctuation full-width: one character for one."""
    return _STOPS.sub(lambda m: _FULL[m[0]], "".join(raw.split()).translate(_HALF))


def shape(text: str) -> TextShape:
    """Return the shape of a clean text; a sign of a percentage without a number becomes full-width."""
    out: list[str] = []
    tokens: list[Token] = []
    at = last = 0
    for match in _SCAN.finditer(text):
        token = _read(match, text)
        if token is None:
            continue
        at += match.start() - last
        out += (text[last : match.start()].replace(PERCENT, "％"), token.kind)
        tokens.append(replace(token, at=at))
        at += 1
        last = match.end()
    out.append(text[last:].replace(PERCENT, "％"))
    return TextShape("".join(out), tuple(tokens), tuple(t.at for t in tokens))


def _read(match: re.Match[str], text: str) -> Token | None:
    start, end = match.span()
    kind = match.lastgroup
    if kind == "count":
        return _count(match, text)
    if kind == "cn":
        return _chinese_count(match, text)
    if kind == "percent":
        return _percent(match, text)
    if kind in ("date", "day", "year", "month"):
        return Token(TIME, start, end, date=_date(match))
    if kind == "quote" and not re.search(rf"[\d{NUMERALS}、，]", match[0]):
        return None
    return Token(OTHER, start, end)


def _percent(match: re.Match[str], text: str) -> Token:
    start, end = match.span()
    printed = match["p"] or _percentage(match["pc"], match["places"] or "")
    if not printed:
        return Token(OTHER, start, end)
    doubt = ROUNDED if _MORE_OR_LESS.match(text, end) else _doubt(text, start)
    return Token(PERCENT, start, end, value=arabic(printed), doubt=doubt, decimals=decimals(printed))


def _percentage(whole: str, places: str) -> str:
    """Write a percentage in digits: 百 is 100, 九十八 with 五 behind its point 98.5; '' for what is no number."""
    hundredths = 100 if whole == "百" else chinese(whole)
    if hundredths is None:
        return ""
    return f"{hundredths}.{''.join(str(chinese(c)) for c in places)}" if places else str(hundredths)


def _date(match: re.Match[str]) -> tuple[int | None, int, int]:
    if match.lastgroup == "year":
        return _year(match["yy"]), 0, 0
    if match.lastgroup == "date":
        return _year(match["y"]), _small(match["m"] or match["m2"]), _small(match["d"] or match["d2"])
    if match.lastgroup == "day":
        return None, _small(match["dm"]), _small(match["dd"])
    return None, 0, 0


def _year(text: str) -> int | None:
    return int(text) if text.isdecimal() else chinese(text)


def _small(text: str) -> int:
    return int(text) if text.isdecimal() else chinese(text) or 0


def _count(match: re.Match[str], text: str) -> Token:
    start, end = match.span()
    unit = match["u"] or ""
    value = arabic(match["n"], match["scale"])
    if _TIMED.fullmatch(unit) or (not unit and _is_name(text, end)):
        return Token(OTHER, start, end)
    money = unit in ("元", "万元")
    rough = bool(match["open"] or match["more"]) or (match["scale"] != "" and not money)
    digits = decimals(match["n"])
    return Token(
        COUNT, start, end,
        value=value * (10_000 if unit == "万元" else 1), unit="元" if money else unit, noun=_noun(text, end, unit),
        doubt=ROUNDED if rough else _doubt(text, start), decimals=digits,
        step=arabic("1", match["scale"]).scaleb(-digits) * (10_000 if unit == "万元" else 1),
    )  # fmt: skip


def _doubt(text: str, start: int) -> str:
    """Tell what the words before a number say of its exactness."""
    if _BOUND.search(text, max(0, start - 3), start):
        return BOUND
    return ROUNDED if _ROUGH.search(text, max(0, start - 3), start) else ""


def _noun(text: str, end: int, unit: str) -> str:
    """Return the noun behind a measure word: 3件申请, 六项内容; '' when a verb or nothing follows."""
    match = _NOUN.match(text, end) if unit else None
    return match[0] if match else ""


def _is_name(text: str, end: int) -> bool:
    """Tell whether a number without a unit is followed by a word it belongs to."""
    return end < len(text) and bool(_HAN.match(text[end])) and text[end] not in _DIRECTLY


def _chinese_count(match: re.Match[str], text: str) -> Token | None:
    start, end = match.span()
    value = chinese(match["cv"])
    unit = match["cu"]
    if match[0].startswith("一年") and text[start - 1 : start] in ("上", "下"):
        return None
    if value is None or _NOT_ALONE.search(text[max(0, start - 1) : start]) or _IDIOM.match(text, end):
        return None
    if _TIMED.fullmatch(unit):
        return Token(OTHER, start, end)
    doubt = ROUNDED if match["copen"] or match["cmore"] else _doubt(text, start)
    return Token(COUNT, start, end, value=Decimal(value), unit=unit, noun=_noun(text, end, unit), doubt=doubt)
