"""What a .docx's styles, theme and numbering make of a run: struck, raised, hidden, its size, colour and font.

ECMA-376 part 1, 17.7.2 (the order in which styles apply), 17.7.3 (toggle properties), 17.3.2 (what a run may have).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from lxml import etree

from nianbao.visible import colours

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"

_ODD = ("strike", "dstrike", "vanish", "vertAlign", "position", "shd", "highlight", "w", "fitText", "eastAsianLayout",
        "textFill")  # fmt: skip
SYMBOLS = ("symbol", "wingdings", "webdings", "mt extra", "zapf", "dingbats", "bookshelf symbol", "marlett")
"""How fonts begin that show signs in the place of figures."""

_THEME = {"background1": "lt1", "text1": "dk1", "background2": "lt2", "text2": "dk2", "light1": "lt1", "dark1": "dk1",
          "light2": "lt2", "dark2": "dk2", "hyperlink": "hlink", "followedHyperlink": "folHlink"}  # fmt: skip
_COLOURS = {"lt1": "FFFFFF", "dk1": "000000", "lt2": "EEECE1", "dk2": "1F497D", "accent1": "4F81BD"}

Element = etree._Element
Look = Mapping[str, Element]
"""The properties of a run by their local names."""


def is_on(element: Element | None) -> bool:
    """Tell whether an on/off property is set."""
    return element is not None and element.get(W + "val", "1") not in ("0", "false", "off", "none")


def parsed(part: bytes | None) -> Element | None:
    """Return the root of a part that may be missing or broken."""
    if not part or b"<!DOCTYPE" in part:
        return None
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)
    try:
        return etree.fromstring(part.replace(_STRICT, W[1:-1].encode()), parser)
    except etree.XMLSyntaxError:
        return None


def properties(holder: Element | None) -> dict[str, Element]:
    """Return the properties that stand in a w:rPr, by their local names."""
    if holder is None:
        return {}
    return {c.tag.rpartition("}")[2]: c for c in holder if isinstance(c.tag, str)}


@dataclass(frozen=True)
class Style:
    """What a style and those it is based on say: of its runs, its numbering, and by condition of a table."""

    runs: Look
    numbering: Element | None
    indent: Element | None
    spacing: Element | None
    cells: Look
    conditions: Mapping[str, tuple[Look, Look]]


_NO_STYLE = Style({}, None, None, None, {}, {})


class Styles:
    """The styles of one document."""

    def __init__(self, styles: bytes | None, numbering: bytes | None, theme: bytes | None) -> None:
        self._root = parsed(styles)
        self._numbering = parsed(numbering)
        self._by_id: dict[tuple[str, str], Element] = {}
        self._default: dict[str, str] = {}
        self.base: Look = {}
        if self._root is not None:
            self.base = properties(self._root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr"))
            for style in self._root.iter(W + "style"):
                kind, name = style.get(W + "type", "paragraph"), style.get(W + "styleId", "")
                self._by_id.setdefault((kind, name), style)
                if style.get(W + "default") in ("1", "true", "on"):
                    self._default[kind] = name
        self._made: dict[tuple[str, str], Style] = {}
        self._theme = dict(_COLOURS)
        root = parsed(theme)
        if root is not None:
            for scheme in root.iter(_A + "clrScheme"):
                for colour in scheme:
                    for value in colour:
                        given = value.get("lastClr") or value.get("val") or ""
                        self._theme[colour.tag.rpartition("}")[2]] = given

    def style(self, kind: str, name: str | None) -> Style:
        """Return a style with what it inherits; the default one of its kind where there is none of that name."""
        if name is None or (kind, name) not in self._by_id:
            name = self._default.get(kind, "")
        key = (kind, name)
        if key not in self._made:
            self._made[key] = self._inherited(kind, name)
        return self._made[key]

    def _inherited(self, kind: str, name: str) -> Style:
        chain: list[Element] = []
        while (kind, name) in self._by_id and len(chain) < 50:
            element = self._by_id[kind, name]
            if element in chain:
                break
            chain.append(element)
            based = element.find(W + "basedOn")
            name = "" if based is None else based.get(W + "val", "")
        if not chain:
            return _NO_STYLE
        runs: dict[str, Element] = {}
        cells: dict[str, Element] = {}
        conditions: dict[str, tuple[Look, Look]] = {}
        numbering = indent = spacing = None
        for element in reversed(chain):
            runs |= properties(element.find(W + "rPr"))
            cells |= properties(element.find(W + "tcPr"))
            numbering = _or(element.find(f"{W}pPr/{W}numPr"), numbering)
            indent = _or(element.find(f"{W}pPr/{W}ind"), indent)
            spacing = _or(element.find(f"{W}pPr/{W}spacing"), spacing)
            for when in element.findall(W + "tblStylePr"):
                before = conditions.get(when.get(W + "type", ""), ({}, {}))
                conditions[when.get(W + "type", "")] = (
                    {**before[0], **properties(when.find(W + "rPr"))},
                    {**before[1], **properties(when.find(W + "tcPr"))},
                )
        return Style(runs, numbering, indent, spacing, cells, conditions)

    def plain_ink(self, kind: str, name: str | None) -> str | None:
        """Return the colour of a style whose text is otherwise plainly seen ('' for automatic), None of any other."""
        style = self.style(kind, name)
        look = {**self.base, **style.runs}
        size = look.get("sz")
        tight = look.get("spacing")
        if any(x in look for x in _ODD) or style.numbering is not None or style.conditions or style.cells:
            return None
        if (size is not None and not _between(size, 12, 200)) or (tight is not None and not _between(tight, -20, 200)):
            return None
        fonts = look.get("rFonts")
        if fonts is not None and not all(_is_text_font(fonts.get(W + k, "")) for k in ("ascii", "hAnsi")):
            return None
        if style.spacing is not None and style.spacing.get(W + "lineRule") == "exact":
            line = style.spacing.get(W + "line", "")
            return self.colour(look.get("color")) if line.isdecimal() and int(line) >= 200 else None
        return self.colour(look.get("color"))

    def is_numbered(self, paragraph: Element) -> bool:
        """Tell whether a number or bullet that is no text of its own is shown before a paragraph."""
        given = paragraph.find(f"{W}pPr/{W}pStyle")
        style = self.style("paragraph", None if given is None else given.get(W + "val"))
        own = paragraph.find(f"{W}pPr/{W}numPr")
        number = _value(own, "numId") or _value(style.numbering, "numId")
        level = _value(own, "ilvl") or _value(style.numbering, "ilvl") or "0"
        if not number or number == "0" or self._numbering is None:
            return False
        return any(_is_shown(x) for x in self._levels(self._numbering, number, level))

    @staticmethod
    def _levels(root: Element, number: str, level: str) -> Iterator[Element]:
        for num in root.findall(W + "num"):
            if num.get(W + "numId") != number:
                continue
            yield from (x for x in num.iter(W + "lvl") if x.get(W + "ilvl") == level)
            abstract = _value(num, "abstractNumId")
            for candidate in root.findall(W + "abstractNum"):
                if candidate.get(W + "abstractNumId") == abstract:
                    yield from (x for x in candidate.iter(W + "lvl") if x.get(W + "ilvl") == level)
                    if candidate.find(W + "numStyleLink") is not None:
                        yield candidate

    def colour(self, element: Element | None) -> str:
        """Return the colour a w:color asks for as six hexadecimal digits, '' for automatic."""
        return "" if element is None else self._shade(element, "val", "theme")

    def ground(self, element: Element | None) -> str:
        """Return the colour a w:shd lays under text, '' where it lays none."""
        if element is None:
            return ""
        pattern = element.get(W + "val", "clear")
        fill = self._shade(element, "fill", "themeFill")
        if pattern in ("clear", "nil"):
            return fill
        ink = self._shade(element, "color", "themeColor") or "000000"
        if pattern.startswith("pct") and pattern[3:].isdecimal():
            return colours.mixed(ink, fill or "FFFFFF", int(pattern[3:]) / 100)
        return ink if pattern == "solid" else fill

    def _shade(self, element: Element, plain: str, theme: str) -> str:
        name = element.get(W + (theme + "Color" if theme == "theme" else theme))
        if name:
            colour = self._theme.get(_THEME.get(name, name), "")
            for kind in ("Tint", "Shade"):
                given = element.get(W + theme + kind)
                if given and colour:
                    other = "FFFFFF" if kind == "Tint" else "000000"
                    colour = colours.mixed(colour, other, colours.part(given))
            if colour:
                return colour
        value = element.get(W + plain, "auto")
        return "" if value == "auto" else value


@lru_cache(maxsize=8)
def styles_of(styles: bytes | None, numbering: bytes | None, theme: bytes | None) -> Styles:
    """Return the styles of a document; those of one template are worked out once."""
    return Styles(styles, numbering, theme)


def _between(element: Element, low: int, high: int) -> bool:
    raw = element.get(W + "val", "")
    return raw.lstrip("-").isdecimal() and low <= int(raw) <= high


def _is_text_font(name: str) -> bool:
    return not name.lower().startswith(SYMBOLS)


def _or(given: Element | None, before: Element | None) -> Element | None:
    return before if given is None else given


def _value(parent: Element | None, kind: str) -> str:
    found = None if parent is None else parent.find(W + kind)
    return "" if found is None else found.get(W + "val", "")


def _is_shown(level: Element) -> bool:
    """Tell whether a numbering level prints a mark."""
    if level.tag != W + "lvl":
        return True  # a list of another style
    kind, text = _value(level, "numFmt"), _value(level, "lvlText")
    picture = level.find(W + "lvlPicBulletId") is not None
    return picture or bool(text.strip() if kind != "none" else text.replace("%", "").strip("0123456789 "))
