"""A .docx's theme: its fonts, its colours, and the colours that properties ask for."""

from __future__ import annotations

from nianbao.visible import colours
from nianbao.visible.word.xml import Element, W, parsed

_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_THEME = {"background1": "lt1", "text1": "dk1", "background2": "lt2", "text2": "dk2", "light1": "lt1", "dark1": "dk1",
          "light2": "lt2", "dark2": "dk2", "hyperlink": "hlink", "followedHyperlink": "folHlink"}  # fmt: skip
_COLOURS = {"lt1": "FFFFFF", "dk1": "000000", "lt2": "EEECE1", "dk2": "1F497D", "accent1": "4F81BD"}


_SLOTS = {"EastAsia": "ea", "Ascii": "latin", "HAnsi": "latin", "Bidi": "cs"}


class Theme:
    """The colours and fonts that a document's theme gives names to."""

    def __init__(self, theme: bytes | None) -> None:
        self._named = dict(_COLOURS)
        root = parsed(theme)
        for scheme in root.iter(_A + "clrScheme") if root is not None else ():
            for colour in scheme:
                for value in colour:
                    given = value.get("lastClr") or value.get("val") or ""
                    self._named[colour.tag.rpartition("}")[2]] = given

        self._fonts: dict[str, str] = {}
        for kind in ("major", "minor"):
            for fonts in root.iter(f"{_A}{kind}Font") if root is not None else ():
                chinese = next((x.get("typeface", "") for x in fonts if x.get("script") == "Hans"), "")
                for slot, tag in _SLOTS.items():
                    font = fonts.find(_A + tag)
                    named = "" if font is None else font.get("typeface", "")
                    self._fonts[kind + slot] = named or (chinese if tag == "ea" else "")

    def font(self, name: str) -> str:
        """Return the font of a name such as minorEastAsia, for Chinese where it depends on the script; '' if none."""
        return self._fonts.get(name, "")

    def colour(self, element: Element | None, attribute: str = "val") -> str:
        """Return the colour a w:color asks for as six hexadecimal digits, '' for automatic."""
        return "" if element is None else self._shade(element, attribute, "theme")

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
            colour = self._named.get(_THEME.get(name, name), "")
            for kind in ("Tint", "Shade"):
                given = element.get(W + theme + kind)
                if given and colour:
                    other = "FFFFFF" if kind == "Tint" else "000000"
                    colour = colours.mixed(colour, other, colours.part(given))
            if colour:
                return colour
        value = element.get(W + plain, "auto")
        return "" if value == "auto" else value
