"""What Excel displays for a number or a text: its format applied (ECMA-376 part 1, 18.8.30), in a column wide enough.

Only what is known for certain: everything else is None, and nothing may be made of it. Colours are not shown here;
a section in a colour that may not be seen on paper or on yellow counts as not known.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, localcontext
from functools import lru_cache

GENERAL = "General"
_WIDE = '_ * #,##0{0}_ ;_ * -#,##0{0}_ ;_ * "-"{1}_ ;_ @_ '
_MONEY = '_ "¥"* #,##0{0}_ ;_ "¥"* -#,##0{0}_ ;_ "¥"* "-"{1}_ ;_ @_ '
BUILT_IN = {
    0: GENERAL, 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 5: '"¥"#,##0;"¥"-#,##0', 6: '"¥"#,##0;[Red]"¥"-#,##0',
    7: '"¥"#,##0.00;"¥"-#,##0.00', 8: '"¥"#,##0.00;[Red]"¥"-#,##0.00', 9: "0%", 10: "0.00%", 11: "0.00E+00",
    12: "# ?/?", 13: "# ??/??", 14: "yyyy/m/d", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM",
    19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss", 22: "yyyy/m/d h:mm", 27: "yyyy年m月", 28: "m月d日", 29: "m月d日",
    30: "m-d-yy", 31: "yyyy年m月d日", 32: "h时mm分", 33: "h时mm分ss秒", 34: "h时mm分", 35: "h时mm分ss秒",
    36: "yyyy年m月", 37: "#,##0_ ;-#,##0_ ", 38: "#,##0_ ;[Red]-#,##0_ ", 39: "#,##0.00_ ;-#,##0.00_ ",
    40: "#,##0.00_ ;[Red]-#,##0.00_ ", 41: _WIDE.format("", ""), 42: _MONEY.format("", ""),
    43: _WIDE.format(".00", "??"), 44: _MONEY.format(".00", "??"), 45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0",
    48: "##0.0E+0", 49: "@", 50: "yyyy年m月", 51: "m月d日", 52: "yyyy年m月", 53: "m月d日", 54: "m月d日", 55: "h时mm分",
    56: "h时mm分ss秒", 57: "yyyy年m月", 58: "m月d日",
}  # fmt: skip
"""The formats a file only numbers, as Chinese Excel has them."""

_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|_(?P<pad>.)|\*(?P<fill>.)|\[(?P<bracket>[^\]]*)\]|'
    r"(?P<general>(?i:General)|G/通用格式)|(?P<exponent>[Ee][+-])|(?P<digit>[0#?])|(?P<mark>[.,%@;])|(?P<half>AM/PM|A/P|上午/下午)|"
    r"(?P<date>[ymdhsaegbYMDHSAEGB])|(?P<plain>[ $+\-():&'~{}=<>/^¥￥€£]|[^\x00-\x7f])|(?P<odd>.)",
    re.DOTALL,
)
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)\s*(-?[0-9]+(?:\.[0-9]+)?)")
_CURRENCY = re.compile(r"\$([^\-\]]*)(?:-([0-9A-Fa-f]{1,4}))?")
_DARK = frozenset(("black", "red", "blue", "magenta", "黑色", "红色", "蓝色", "洋红", "洋红色"))
_DARK_NUMBERED = frozenset(
    (1, 3, 5, 7, 9, 10, 11, 12, 13, 14, 16, 18, 21, 23, 25, 29, 30, 32, 49, 51, 52, 53, 54, 55, 56)
)
_NUMBERED = re.compile(r"(?:color|颜色)\s*([0-9]{1,2})", re.IGNORECASE)
_ELAPSED = re.compile(r"[hms]+", re.IGNORECASE)
_CHINESE_DIGITS = re.compile(r"DBNum[1-4]|\$-[0-9A-Fa-f]{1,4}", re.IGNORECASE)
_MAX_WHOLE = Decimal(10) ** 11
_SMALL = Decimal("0.0001")
_GENERAL_WIDTH = 11
"""Characters of a number in General, the point included: more are rounded, larger numbers get an exponent."""


@dataclass(frozen=True, slots=True)
class _Section:
    """A section in tokens (kind, text); when it is not `known`, nothing is said of what it displays."""

    tokens: tuple[tuple[str, str], ...]
    condition: tuple[str, Decimal] | None
    known: bool
    dates: str

    @property
    def holds_text(self) -> bool:
        return any(kind == "@" for kind, _ in self.tokens)


def displayed(code: str, value: float | Decimal | str) -> str | None:
    """Return what Excel displays for a number or a text in a format; None when that is not known for certain."""
    sections = parsed(code)
    if isinstance(value, str):
        return _text(sections, value)
    number = digits15(value)
    if number is None:
        return None
    with localcontext() as context:
        context.prec = 60
        return _chosen(sections, number)


def digits15(value: float | Decimal) -> Decimal | None:
    """Return a number as Excel keeps it, by 15 digits; None when it is none."""
    try:
        number = value if isinstance(value, Decimal) else Decimal(format(value, ".15g"))
    except OverflowError:  # a whole number of hundreds of digits
        return None
    return number if number.is_finite() and abs(number.adjusted()) < 40 else None


def date_letters(code: str) -> str:
    """Return the letters of a format that stand for parts of a day or time, '' for a format of numbers.

    'bges?' stand for eras, other calendars and whatever else may display another year than the one that is held.
    """
    return parsed(code)[0].dates


@lru_cache(maxsize=512)
def parsed(code: str) -> tuple[_Section, ...]:
    """Return the sections of a format."""
    sections: list[list[tuple[str, str]]] = [[]]
    for found in _TOKEN.finditer(code or GENERAL):
        kind, text = str(found.lastgroup), found[str(found.lastgroup)]
        if kind == "mark" and text == ";":
            sections.append([])
        else:
            sections[-1].append((text if kind == "mark" else kind, text))
    return tuple(map(_section, sections))


def _section(raw: list[tuple[str, str]]) -> _Section:
    dates = "".join(sorted({t.lower() for k, t in raw if k == "date"}))
    tokens: list[tuple[str, str]] = []
    condition, known = None, True
    for kind, text in raw:
        if kind in ("quoted", "escaped", "plain"):
            tokens.append(("literal", text))
        elif kind == "pad":
            tokens.append(("literal", " "))
        elif kind == "bracket":
            number = _CONDITION.fullmatch(text)
            money = _CURRENCY.fullmatch(text)
            if number:
                condition = number[1], Decimal(number[2])
            elif money:
                tokens.append(("literal", money[1]))
            elif _ELAPSED.fullmatch(text):
                dates += "h"
            elif not _is_dark(text):
                known = False
                dates += "" if not dates or _CHINESE_DIGITS.fullmatch(text) else "?"
        elif kind in ("odd", "date", "half", "exponent"):
            known = False
        elif kind != "fill":
            tokens.append((kind, text))
    fraction = any(t == "/" for k, t in raw if k == "plain") and any(k == "digit" for k, _ in raw)
    return _Section(tuple(tokens), condition, known and not fraction, dates)


def _is_dark(name: str) -> bool:
    numbered = _NUMBERED.fullmatch(name)
    return name.lower() in _DARK or (numbered is not None and int(numbered[1]) in _DARK_NUMBERED)


def _text(sections: tuple[_Section, ...], value: str) -> str | None:
    of_text = [s for s in sections if s.holds_text]
    if len(sections) > 3:
        section = sections[3]
    elif not of_text:
        return value
    elif of_text == [sections[-1]]:
        section = sections[-1]
    else:
        return None
    if not section.known or any(kind not in ("literal", "@") for kind, _ in section.tokens):
        return None
    return "".join(value if kind == "@" else text for kind, text in section.tokens)


def _chosen(sections: tuple[_Section, ...], value: Decimal) -> str | None:
    if len(sections) == 1 and [k for k, _ in sections[0].tokens] == ["@"] and sections[0].known:
        return general(value)
    numeric = sections[:3]
    if any(s.condition for s in numeric):
        found = _by_condition(numeric, value)
        return _number(found, value) if found is not None and value >= 0 else None
    if len(numeric) == 1:
        said = _number(numeric[0], abs(value))
        return said if said is None or value >= 0 or _is_zero(said) else f"-{said}"
    index = 1 if value < 0 else 0 if value > 0 or len(numeric) == 2 else 2
    if index == len(numeric) - 1 == 1 and not numeric[1].tokens:
        return None
    return _number(numeric[index], abs(value))


def _by_condition(sections: tuple[_Section, ...], value: Decimal) -> _Section | None:
    for i, section in enumerate(sections):
        if section.condition is None:
            return section if i == len(sections) - 1 and i > 0 else None
        sign, limit = section.condition
        holds = {
            "<": value < limit, ">": value > limit, "=": value == limit,
            "<=": value <= limit, ">=": value >= limit, "<>": value != limit,
        }  # fmt: skip
        if holds[sign]:
            return section
    return None


def _is_zero(said: str) -> bool:
    return any(c == "0" for c in said) and not any(c in "123456789" for c in said)


def general(value: Decimal) -> str | None:
    """Return a number as General displays it; None for what it displays with an exponent, or may."""
    size = abs(value)
    if size >= _MAX_WHOLE:
        return None
    places = max(0, _GENERAL_WIDTH - 1 - len(str(int(size))))
    rounded = size.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    if size and size < _SMALL and rounded != size:
        return None
    text = format(rounded, "f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return f"-{text}" if value < 0 and text != "0" else text


def _number(section: _Section, value: Decimal) -> str | None:  # noqa: PLR0911 - one for each doubt
    """Return what a section displays for a number that is not negative."""
    if not section.known or any(kind == "@" for kind, _ in section.tokens):
        return None
    kinds = [kind for kind, _ in section.tokens]
    if "general" in kinds:
        said = general(value)
        simple = said is not None and all(k in ("literal", "general") for k in kinds) and kinds.count("general") == 1
        return "".join(str(said) if k == "general" else t for k, t in section.tokens) if simple else None
    if "digit" not in kinds:
        return "".join(t for _, t in section.tokens) if all(k in ("literal", "%") for k in kinds) else None
    if kinds.count(".") > 1:
        return None
    point = kinds.index(".") if "." in kinds else len(kinds)
    whole, rest = list(section.tokens[:point]), list(section.tokens[point + 1 :])
    scale, thousands = _commas(whole, rest)
    if scale is None or not any(k == "digit" for k, _ in whole):
        return None
    places = sum(k == "digit" for k, _ in rest)
    scaled = value.scaleb(2 * kinds.count("%") - 3 * scale).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    before, _, after = format(scaled, "f").partition(".")
    head = _whole([t for t in whole if t[0] != ","], before.lstrip("0"), thousands=thousands)
    tail = _decimals([t for t in rest if t[0] != ","], after)
    if not after.strip("0") and _ends_in_digits(rest):
        return None
    return None if head is None else head + ("." if point < len(kinds) else "") + tail


def _ends_in_digits(rest: list[tuple[str, str]]) -> bool:
    """Tell whether digits of the format itself follow a point behind which no figure need stand.

    Excel keeps the point then, other programs do not.
    """
    shown = [t for k, t in rest if k == "digit"]
    return bool(shown) and "0" not in shown and any(c.isdigit() for k, t in rest if k == "literal" for c in t)


def _commas(whole: list[tuple[str, str]], rest: list[tuple[str, str]]) -> tuple[int | None, bool]:
    """Return by how many thousands a number is divided (None when in doubt), and whether thousands are marked."""
    scale, thousands = 0, False
    for part, in_whole in ((whole, True), (rest, False)):
        last = max((i for i, (k, _) in enumerate(part) if k == "digit"), default=-1)
        for i, (kind, _) in enumerate(part):
            if kind != ",":
                continue
            if i > last >= 0 and all(k == "," for k, _ in part[last + 1 : i]):
                scale += 1
            elif in_whole and i < last and any(k == "digit" for k, _ in part[:i]):
                thousands = True
            else:
                return None, False
    return scale, thousands


def _whole(tokens: list[tuple[str, str]], digits: str, *, thousands: bool) -> str | None:
    places = [i for i, (k, _) in enumerate(tokens) if k == "digit"]
    if thousands and (
        "?" in (tokens[i][1] for i in places) or any(k != "digit" for k, _ in tokens[places[0] : places[-1]])
    ):
        return None
    out: list[str] = []
    left, written = digits, 0
    for i in range(len(tokens) - 1, -1, -1):
        kind, text = tokens[i]
        if kind != "digit":
            out.append(text)
            continue
        taken = left[-1:] or {"0": "0", "#": "", "?": " "}[text]
        left = left[:-1]
        for digit in (taken, *(reversed(left) if i == places[0] else ())):
            if digit:
                out.append("," if thousands and written and written % 3 == 0 else "")
                out.append(digit)
                written += 1
    return "".join(reversed(out))


def _decimals(tokens: list[tuple[str, str]], digits: str) -> str:
    shown = [t for k, t in tokens if k == "digit"]
    kept = list(digits)
    for i in range(len(kept) - 1, -1, -1):
        if kept[i] != "0" or shown[i] == "0":
            break
        kept[i] = " " if shown[i] == "?" else ""
    following = iter(kept)
    return "".join(next(following) if k == "digit" else t for k, t in tokens)
