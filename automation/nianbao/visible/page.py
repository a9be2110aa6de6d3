"""What a browser shows of a web page's elements, and why it is not sure of others. Nothing is fetched.

Sheets linked from elsewhere are not known; what stands in the page itself is.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from nianbao.visible import colours, signs
from nianbao.visible.css import Element, Rule, Sheet, declarations
from nianbao.visible.word_styles import SYMBOLS

_CELLS = ("td", "th")
_SHOWS = {"img": signs.PICTURED, "svg": signs.PICTURED, "canvas": signs.PICTURED, "object": signs.PICTURED,
          "embed": signs.PICTURED, "iframe": signs.PICTURED, "video": signs.PICTURED, "picture": signs.PICTURED,
          "input": signs.INPUT, "select": signs.INPUT, "textarea": signs.INPUT, "meter": signs.PICTURED,
          "progress": signs.PICTURED, "math": signs.FORMULA, "rt": signs.NOTED, "template": signs.GENERATED,
          "script": signs.GENERATED, "slot": signs.GENERATED, "button": signs.INPUT}  # fmt: skip
_SIZES = {"xx-small": 9, "x-small": 10, "small": 13, "medium": 16, "large": 18, "x-large": 24, "xx-large": 32}
_UNITS = {"px": 1.0, "pt": 4 / 3, "pc": 16.0, "in": 96.0, "cm": 37.8, "mm": 3.78, "q": 0.945, "": 1.0, "rem": 16.0,
          "vw": 12.8, "vh": 7.2}  # fmt: skip

TINY = 4.0
"""Pixels; nobody reads smaller figures."""

FAR = 300.0
"""Pixels; text moved further than this out of its place is not where its cell is."""


@dataclass(frozen=True)
class Look:
    """How an element's own text is seen. `gone`: it and all in it take no part; `hidden`: its text does not show."""

    gone: bool = False
    hidden: bool = False
    doubts: tuple[str, ...] = ()
    local: tuple[str, ...] = ()
    size: float = 16.0
    ink: str = "000000"
    ground: str = "FFFFFF"
    in_cell: bool = False


Style = Mapping[str, str]


class Page:
    """A page's eye: every element's look, worked out from its ancestors' and kept."""

    def __init__(self, root: Element) -> None:
        self._sheet = Sheet([t for s in root.iter("style") if _is_for_screens(s) and (t := s.text or "")])
        self._looks: dict[Element, Look] = {}

    def look(self, element: Element) -> Look:
        """Return an element's look."""
        waiting = []
        here: Element | None = element
        while here is not None and here not in self._looks:
            waiting.append(here)
            here = here.getparent()
        look = Look() if here is None else self._looks[here]
        for one in reversed(waiting):
            look = self._looks[one] = self._next(one, look)
        return look

    def _next(self, element: Element, above: Look) -> Look:
        if not isinstance(element.tag, str):
            return above
        found = self._sheet.of(element)
        inline = declarations(element.get("style") or "")
        plain = not found and not inline and element.tag not in _OWN and not any(a in element.attrib for a in _ASKED)
        if plain and not above.local:
            return above
        sure = _styled(above, element, _cascade([r for r in found if r.sure], inline), inside=above.in_cell)
        added = tuple(signs.GENERATED for r in found if r.adds and _is_shown(r))
        sure = replace(sure, local=tuple(dict.fromkeys((*sure.local, *added))))
        if any(not r.sure and not r.adds for r in found):
            may = _styled(above, element, _cascade(found, inline), inside=above.in_cell)
            if (may.gone, may.hidden) != (sure.gone, sure.hidden) and (may.gone or may.hidden):
                may = replace(may, doubts=(*may.doubts, signs.HIDDEN))
            more = [d for d in (*may.doubts, *may.local) if d not in (*sure.doubts, *sure.local)]
            sure = replace(sure, doubts=(*sure.doubts, *more))
        return sure


def _cascade(found: list[Rule], inline: Mapping[str, tuple[str, bool]]) -> Style:
    """Return the values that win: important over others, then what stands in the element, then the stronger rule."""
    style: dict[str, tuple[str, bool]] = {}
    for declared in (*(r.declared for r in found if not r.adds), inline):
        for name, (value, important) in declared.items():
            if important or not style.get(name, ("", False))[1]:
                style[name] = (value, important)
    return {name: value for name, (value, _) in style.items()}


def _styled(above: Look, element: Element, style: Style, *, inside: bool) -> Look:
    tag = str(element.tag)
    look = replace(above, local=(), in_cell=inside or tag in _CELLS)
    display = style.get("display", "none" if element.get("hidden") is not None else "")
    closed = tag == "dialog" and element.get("open") is None
    folded = _folded(element)
    if display == "none" or (closed and display != "block") or folded or style.get("content-visibility") == "hidden":
        return replace(look, gone=True)
    if style.get("visibility") in ("hidden", "collapse"):
        look = replace(look, hidden=True)
    elif style.get("visibility") == "visible":
        look = replace(look, hidden=False)
    look = _painted(look, element, style)
    doubts, local = list(look.doubts), list[str]()
    _note(doubts, _drawn(tag, style))
    _note(doubts, _placed(tag, style, look))
    if tag == "bdo" and (element.get("dir") or "").lower() == "rtl":
        _note(doubts, signs.TURNED)
    if look.in_cell and tag not in _CELLS:
        if style.get("position") in ("absolute", "fixed") or style.get("float") == "right" or "order" in style:
            _note(local, signs.EITHER)
        if _is_figure_of_its_own(element, style):
            _note(local, _SHOWS[tag])
        if tag == "li" and _is_numbered(element, style):
            _note(local, signs.NUMBERED)
    if "reverse" in style.get("flex-direction", "") + style.get("flex-flow", "") or "url(" in style.get("content", ""):
        _note(local, signs.GENERATED)
    return replace(look, doubts=tuple(doubts), local=tuple(local))


def _painted(look: Look, element: Element, style: Style) -> Look:
    size = _size(style.get("font-size") or _short_size(style.get("font", "")), look.size)
    ink, ground = look.ink, look.ground
    attribute = element.get("bgcolor")
    for value in (attribute or "", style.get("background", ""), style.get("background-color", "")):
        if value and value not in ("inherit", "initial", "unset"):
            new = _colour(value)
            ground = (
                "" if new is None and ("url(" in value or "gradient" in value) else ground if new in (None, "") else new
            )
    if element.get("background") is not None or "url(" in style.get("background-image", ""):
        ground = ""
    asked = style.get("-webkit-text-fill-color") or style.get("color")
    if not asked and element.tag == "font":
        asked = (element.get("color") or "").lower()
    if asked and asked not in ("inherit", "currentcolor", "unset", "revert"):
        new = _colour(asked)
        ink = ink if new is None else new
    return replace(look, size=size, ink=ink, ground=ground)


def _drawn(tag: str, style: Style) -> str:
    """Return why an element's text is drawn as another thing than plain text."""
    lines = style.get("text-decoration", "") + " " + style.get("text-decoration-line", "")
    if "line-through" in lines or (tag in ("s", "strike", "del") and "none" not in lines.split()):
        return signs.STRUCK
    raised = style.get("vertical-align")
    shift = 0.0 if raised is None or tag in _CELLS else _length(raised, 16.0)
    marked = tag in ("sup", "sub") and raised not in ("baseline", "middle", "top", "bottom")
    features = style.get("font-feature-settings", "") + style.get("font-variant-numeric", "")
    if marked or (raised in ("super", "sub") and tag not in _CELLS) or abs(shift) >= 2:
        return signs.RAISED
    if style.get("font-variant-position", "normal") != "normal" or re.search("sups|subs|sinf|frac|ordn", features):
        return signs.RAISED
    family = style.get("font-family", "").strip(" \"'")
    if family.startswith(SYMBOLS):
        return signs.SYMBOL
    if "override" in style.get("unicode-bidi", "") and style.get("direction", "rtl") == "rtl":
        return signs.TURNED
    return ""


def _placed(tag: str, style: Style, look: Look) -> str:
    """Return why an element's text is not seen where it stands."""
    if _faded(style) or _turned(style) or _cut(style, look) or _length(style.get("letter-spacing", ""), 1.0) <= -8:
        return signs.UNSEEN
    moved = style.get("position", "static") != "static"
    sides = ["text-indent", "margin-left", "margin-top", "margin-right", "margin"]
    sides += ["left", "top", "right", "bottom"] if moved else []
    for side in sides:
        far = [_length(v, look.size) for v in style.get(side, "").split()]
        if any(f <= -FAR or (f >= 3 * FAR and side in ("text-indent", "left", "top")) for f in far):
            return signs.UNSEEN
        if moved and look.in_cell and tag not in _CELLS and side in ("top", "bottom") and any(abs(f) >= 3 for f in far):
            return signs.RAISED
    return ""


def _faded(style: Style) -> bool:
    filtered = re.search(r"opacity\(\s*(0|0?\.0\d*|\d%)\s*\)|blur\(", style.get("filter", ""))
    small = _fraction(style.get("opacity", "1")) < 0.15 or _fraction(style.get("zoom", "1")) < 0.3
    return small or filtered is not None or style.get("-webkit-text-security", "none") != "none"


def _turned(style: Style) -> bool:
    said = style.get("transform", "")
    left = re.sub(r"translate(z|3d)?\([0, px]*\)|scale\(1\)|rotate\(0(deg)?\)|none|\s", "", said)
    rotated = style.get("rotate", "none") not in ("none", "0", "0deg")
    return bool(left) or rotated or style.get("scale", "1").split()[:1] == ["0"]


def _cut(style: Style, look: Look) -> bool:
    """Tell whether nothing, or next to nothing, of an element's box is drawn."""
    clipped = style.get("position") in ("absolute", "fixed") and style.get("clip", "auto") not in ("auto", "unset")
    if clipped or style.get("clip-path", "none") != "none" or style.get("mask", "none") != "none":
        return True
    if style.get("overflow", "visible").split()[:1] not in (["hidden"], ["clip"]):
        return False
    sides = [style.get(k, "") for k in ("width", "height", "max-width", "max-height")]
    return any(v[:1].isdecimal() and _length(v, look.size) <= 2 for v in sides) or style.get("line-height") == "0"


def unseen(look: Look) -> str:
    """Return why text in an element can't be seen for its size or its colour, '' where it can."""
    if look.size < TINY or look.ink == "" or (look.ground and colours.alike(look.ink, look.ground)):
        return signs.UNSEEN
    return ""


def _folded(element: Element) -> bool:
    parent = element.getparent()
    return parent is not None and parent.tag == "details" and parent.get("open") is None and element.tag != "summary"


def _is_figure_of_its_own(element: Element, style: Style) -> bool:
    """Tell whether an element shows something that is no text of the page."""
    if element.tag not in _SHOWS:
        return False
    if element.tag == "input" and (element.get("type") or "text").lower() == "hidden":
        return False
    if element.tag == "script":
        return "write" in (element.text or "") or "innerHTML" in (element.text or "")
    small = [element.get(k) or style.get(k) for k in ("width", "height")]
    return not (element.tag == "img" and any(s is not None and _length(s, 16.0) <= 2 for s in small))


def _is_numbered(element: Element, style: Style) -> bool:
    parent = element.getparent()
    kind = style.get("list-style-type", "") + style.get("list-style", "")
    ordered = parent is not None and parent.tag == "ol" and "none" not in (kind + (parent.get("style") or ""))
    return ordered or "decimal" in kind


def _is_shown(rule: Rule) -> bool:
    """Tell whether what a rule adds before or after an element may be seen."""
    value = {k: v for k, (v, _) in rule.declared.items()}
    content = value.get("content", "none").strip()
    text = re.sub(r"\\(?:[0-9a-f]{1,6}\s?)", "", content).strip("\"' .")
    if content in ("none", "normal", '""', "''") or (not text and "\\" not in content):
        return False
    off = value.get("display") == "none" or value.get("visibility") == "hidden" or value.get("height") in ("0", "0px")
    return not off and content not in ('"\\0020"', "'\\20'", '"\\20"', "'\\0020'", '"\\200b"', '"."', "'.'")


def _is_for_screens(style: Element) -> bool:
    return (style.get("media") or "all").strip().lower() not in ("print", "speech", "aural", "tty")


def _note(doubts: list[str], why: str) -> None:
    if why and why not in doubts:
        doubts.append(why)


def _fraction(value: str) -> float:
    found = re.fullmatch(r"(-?[\d.]+)(%?)", value.strip())
    try:
        return 1.0 if found is None else float(found[1]) / (100 if found[2] else 1)
    except ValueError:
        return 1.0


def _length(value: str, size: float) -> float:
    found = re.fullmatch(r"(-?\d*\.?\d+)([a-z%]*)", value.strip().lower())
    if found is None:
        return 0.0
    number = float(found[1])
    if found[2] in ("em", "ch", "ex"):
        return number * size
    if found[2] == "%":
        return number * (10 if abs(number) >= 100 else 0.16)
    return number * _UNITS.get(found[2], 1.0)


def _size(value: str | None, above: float) -> float:
    if not value or value in ("inherit", "unset", "smaller", "larger"):
        return above
    if value in _SIZES:
        return float(_SIZES[value])
    if not re.fullmatch(r"\d*\.?\d+([a-z]+|%)?", value):
        return above
    return above * float(value[:-1]) / 100 if value.endswith("%") else _length(value, above)


def _short_size(font: str) -> str | None:
    found = re.search(r"(?:^|\s)(\d*\.?\d+(?:px|pt|em|rem|%))", font)
    return found[1] if found else "0" if re.match(r"0(/\S+)?\s", font) else None


def _colour(value: str) -> str | None:
    """Return a CSS colour as six digits, '' for one nobody sees through to, None for what is no plain colour."""
    found = re.search(r"#([0-9a-f]{3,8})\b", value)
    if found:
        digits = found[1]
        if len(digits) in (3, 4):
            digits = "".join(d * 2 for d in digits)
        return "" if len(digits) == 8 and int(digits[6:], 16) < 40 else digits[:6].upper()
    found = re.search(r"rgba?\(\s*([\d.]+)[\s,]+([\d.]+)[\s,]+([\d.]+)\s*(?:[,/]\s*([\d.]+%?))?\s*\)", value)
    if found:
        if found[4] and _fraction(found[4]) < 0.15:
            return ""
        return "".join(f"{min(255, round(float(found[i]))):02X}" for i in (1, 2, 3))
    found = re.search(r"hsla?\(\s*[\d.]+\w*[\s,]+[\d.]+%?[\s,]+([\d.]+)%?\s*(?:[,/]\s*([\d.]+%?))?\s*\)", value)
    if found and (float(found[1]) >= 96 or (found[2] and _fraction(found[2]) < 0.15)):
        return "" if found[2] and _fraction(found[2]) < 0.15 else "FFFFFF"
    words = re.findall(r"[a-z]+", value)
    if "transparent" in words:
        return ""
    return next((colours.OF_PAGES[w] for w in words if w in colours.OF_PAGES), None)


_OWN = {"s", "strike", "del", "sup", "sub", "bdo", "td", "th", "font", "li", "dialog", "summary", *_SHOWS}
_ASKED = ("style", "hidden", "bgcolor", "background", "dir")
