"""How a workbook's cells look, as far as it decides what a person sees of them: format, font, colour on its ground."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from nianbao.visible import signs
from nianbao.workbook.contents import PLAIN, CellLook
from nianbao.workbook.number_formats import BUILT_IN, GENERAL
from nianbao.workbook.xml_nodes import Node, tree

_THEME = (
    "lt1", "dk1", "lt2", "dk2", "accent1", "accent2", "accent3", "accent4", "accent5", "accent6", "hlink", "folHlink",
)  # fmt: skip
_OFFICE = ("FFFFFF", "000000", "E7E6E6", "44546A", "4472C4", "ED7D31", "A5A5A5", "FFC000", "5B9BD5", "70AD47", "0563C1",
           "954F72")  # fmt: skip
_INDEXED = ("000000", "FFFFFF", "FF0000", "00FF00", "0000FF", "FFFF00", "FF00FF", "00FFFF")
_MORE = {
    22: "C0C0C0", 23: "808080", 26: "FFFFCC", 27: "CCFFFF", 34: "FFFF00", 41: "CCFFFF", 42: "CCFFCC", 43: "FFFF99",
    44: "99CCFF", 45: "FF99CC", 46: "CC99FF", 47: "FFCC99", 55: "969696", 64: "000000", 65: "FFFFFF",
}  # fmt: skip
_GROUNDS = ("FFFFFF", "FFF8D6")
"""Paper, and the yellow of the form's inputs."""
_UNKNOWN = "[?]"
"""The code of a format that a file numbers and that nobody knows: what it displays is not certain."""
_LEAST_CONTRAST = 1.25
STRUCK = "字加了删除线"
RAISED = "整格是上标或下标"
SMALL = "字号小得看不见"
SYMBOLS = "字体是符号字体，显示的不是数字"
HIDDEN = "字被隐藏"
PALE = "字的颜色和底色几乎一样，看不见"
FILLED = "对齐方式是“填充”，内容会重复显示"
"""Why what stands in a cell is not seen as it is written, in the words of all readers of workbooks."""

SMALLEST = 4.0
"""Points of type in which anything can be read."""
_RAISED = str.maketrans("0123456789０１２３４５６７８９", "⁰¹²³⁴⁵⁶⁷⁸⁹" * 2)
_LOWERED = str.maketrans("0123456789０１２３４５６７８９", "₀₁₂₃₄₅₆₇₈₉" * 2)


@dataclass(frozen=True)
class ConditionalLook:
    """What a conditional format may make of a cell: another number format, or that it is not to be seen, and why."""

    code: str = ""
    unseen: str = ""


@dataclass(frozen=True)
class WorkbookLooks:
    """The looks of a workbook's cells by their number, what its conditional formats change, its theme's colours."""

    looks: tuple[CellLook, ...]
    changes: tuple[ConditionalLook, ...]
    theme: tuple[str, ...]

    def __hash__(self) -> int:
        return hash(len(self.looks))

    def at(self, style: int) -> CellLook:
        """Return a cell's look. Raises IndexError."""
        return self.looks[style]


NO_STYLES = WorkbookLooks((PLAIN,), (), _OFFICE)


@lru_cache(maxsize=32)
def styles_of(xml: bytes, theme: bytes) -> WorkbookLooks:
    """Read styles.xml. Raises BrokenError."""
    colours = _theme(theme)
    root = tree(xml)
    made = {n.get("numFmtId").strip(): n.get("formatCode") for n in root.all("numFmt")}
    fonts, fills, xfs = (_listed(root, n) for n in ("fonts", "fills", "cellXfs"))
    faults = [fault_of_font(f, colours) for f in fonts]
    looks = tuple(_look(xf, made, fonts, faults, fills, colours) for xf in xfs)
    changes = tuple(change_of(dxf, colours) for dxf in _listed(root, "dxfs"))
    return WorkbookLooks(looks or (PLAIN,), changes, colours)


def _listed(root: Node, name: str) -> Sequence[Node]:
    found = root.first(name)
    return found.children if found is not None else ()


@lru_cache(maxsize=16)
def _theme(xml: bytes) -> tuple[str, ...]:
    found = {}
    text = xml.decode("utf-8", "replace")
    for name in _THEME:
        block = re.search(rf"<a:{name}>(.*?)</a:{name}>", text, re.DOTALL)
        colour = re.search(r"(?:lastClr|srgbClr val)\s*=\s*[\"']([0-9A-Fa-f]{6})", block[1]) if block else None
        if colour:
            found[name] = colour[1].upper()
    return tuple(found.get(n, default) for n, default in zip(_THEME, _OFFICE, strict=True))


def _look(
    xf: Node,
    made: Mapping[str, str],
    fonts: Sequence[Node],
    faults: Sequence[str],
    fills: Sequence[Node],
    colours: Sequence[str],
) -> CellLook:
    number = xf.get("numFmtId", "0").strip()
    code = made.get(number) or (BUILT_IN.get(int(number), _UNKNOWN) if number.isdecimal() else _UNKNOWN)
    font, fill = (_picked(of, xf.get(i, "0")) for of, i in ((fonts, "fontId"), (fills, "fillId")))
    unseen = faults[fonts.index(font)] if font is not None else ""
    if not unseen and font is not None:
        ink, ground = colour_of(font.first("color"), colours), _ground(fill, colours)
        unseen = PALE if too_pale(ink or "000000", ground) else ""
    placed = xf.first("alignment")
    if placed is not None and placed.get("horizontal") == "fill":
        unseen = unseen or FILLED
    return _kept(code, unseen)


@lru_cache(maxsize=1024)
def _kept(code: str, unseen: str) -> CellLook:
    """Return the one CellLook of these, so that looks of different workbooks are compared at once."""
    return PLAIN if code == GENERAL and not unseen else CellLook(code, unseen)


def _picked(of: Sequence[Node], index: str) -> Node | None:
    return of[int(index)] if index.strip().isdecimal() and int(index) < len(of) else None


def fault_of_font(font: Node, colours: Sequence[str]) -> str:
    """Say why a figure in this font is not to be taken as its digits; '' when it may be."""
    faults = [
        (_on(font.first("strike")), STRUCK),
        (_position(font) != "", RAISED),
        (_size(font) < SMALLEST, SMALL),
        (_is_symbol(font), SYMBOLS),
        (_on(font.first("vanish")), HIDDEN),
    ]
    return next((what for holds, what in faults if holds), "")


def run_of(properties: Node | None, text: str, colours: Sequence[str], cell: CellLook = PLAIN) -> tuple[str, str]:
    """Return a run's text as displayed (raised digits as such), and why it is not to be taken; '' when it may be."""
    if properties is None:
        return text, ""
    position = _position(properties)
    if position == "superscript":
        text = text.translate(_RAISED)
    elif position == "subscript":
        text = text.translate(_LOWERED)
    if not text.strip():
        return text, ""
    if _on(properties.first("strike")):
        return text, f"“{text.strip()[:12]}”加了删除线"
    ink = colour_of(properties.first("color"), colours)
    if _size(properties) < SMALLEST or (ink and all(too_pale(ink, g) for g in _GROUNDS)):
        return text, f"“{text.strip()[:12]}”看不见（字太小，或颜色和底色一样）"
    return text, f"“{text.strip()[:12]}”用了符号字体" if _is_symbol(properties) else ""


def change_of(dxf: Node, colours: Sequence[str]) -> ConditionalLook:
    """Return what a differential format changes of what is seen."""
    number, font, fill = dxf.first("numFmt"), dxf.first("font"), dxf.first("fill")
    unseen = ""
    if font is not None:
        ink, ground = (
            colour_of(font.first("color"), colours),
            _ground(fill, colours, conditional=True) if fill else None,
        )
        grounds = (ground,) if ground else _GROUNDS
        if _on(font.first("strike")):
            unseen = "加上删除线"
        elif ink and all(too_pale(ink, g) for g in grounds):
            unseen = "使字看不见"
    return ConditionalLook(number.get("formatCode") if number is not None else "", unseen)


def _on(flag: Node | None) -> bool:
    return flag is not None and flag.get("val", "1").strip() not in ("0", "false", "off")


def _position(font: Node) -> str:
    placed = font.first("vertAlign")
    said = placed.get("val").strip() if placed is not None else ""
    return said if said in ("superscript", "subscript") else ""


def _size(font: Node) -> float:
    size = font.first("sz")
    try:
        return float(size.get("val", "11")) if size is not None else 11.0
    except ValueError:
        return 11.0


def _is_symbol(font: Node) -> bool:
    name = font.first("name") or font.first("rFont")
    charset = font.first("charset")
    return (name is not None and signs.is_symbol_font(name.get("val"))) or (
        charset is not None and charset.get("val").strip() == "2"
    )


def _ground(fill: Node | None, colours: Sequence[str], *, conditional: bool = False) -> str | None:
    """Return a cell's ground colour; None when it is a pattern or a gradient."""
    pattern = fill.first("patternFill") if fill is not None else None
    if fill is not None and pattern is None:
        return None if fill.children else "FFFFFF"
    kind = pattern.get("patternType", "solid" if conditional else "none").strip() if pattern is not None else "none"
    if pattern is None or kind == "none":
        return "FFFFFF"
    if kind != "solid":
        return None
    if conditional:
        return colour_of(pattern.first("bgColor") or pattern.first("fgColor"), colours)
    return colour_of(pattern.first("fgColor"), colours)


def colour_of(colour: Node | None, colours: Sequence[str]) -> str | None:
    """Return a colour as RRGGBB; None when there is none or it is not known."""
    if colour is None:
        return None
    rgb, index, theme = (colour.get(n).strip() for n in ("rgb", "indexed", "theme"))
    found: str | None = None
    if re.fullmatch(r"(?:[0-9A-Fa-f]{2})?[0-9A-Fa-f]{6}", rgb):
        found = rgb[-6:].upper()
    elif theme.isdecimal() and int(theme) < len(colours):
        found = colours[int(theme)]
    elif index.isdecimal():
        at = int(index)
        found = _INDEXED[at % 8] if at < 16 else _MORE.get(at)
    try:
        tint = float(colour.get("tint", "0"))
    except ValueError:
        tint = 0.0
    return _tinted(found, tint) if found else None


def _tinted(rgb: str, tint: float) -> str:
    def one(part: str) -> int:
        value = int(part, 16)
        return round(value * (1 + tint)) if tint < 0 else round(value + (255 - value) * tint)

    return "".join(f"{max(0, min(255, one(rgb[i : i + 2]))):02X}" for i in (0, 2, 4))


@lru_cache(maxsize=512)
def too_pale(ink: str, ground: str | None) -> bool:
    """Tell whether a colour can't be told from its ground (WCAG's contrast below 1.25)."""
    if ground is None:
        return False
    one, other = _light(ink), _light(ground)
    return (max(one, other) + 0.05) / (min(one, other) + 0.05) < _LEAST_CONTRAST


def _light(rgb: str) -> float:
    def linear(part: str) -> float:
        value = int(part, 16) / 255
        return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4

    return 0.2126 * linear(rgb[:2]) + 0.7152 * linear(rgb[2:4]) + 0.0722 * linear(rgb[4:])
