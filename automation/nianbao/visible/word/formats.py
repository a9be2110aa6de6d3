"""How a .docx's paragraphs are set and how their letters look, whichever way it is written.

ECMA-376 part 1, 17.7.2: defaults, the table's style, the paragraph's style, the letters' style, what is set directly;
each attribute of fonts, spaces and indents for itself. Conditions of a table's style (its first row) are not looked at.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from lxml import etree

from nianbao.visible import colours
from nianbao.visible.word.enclosing import Enclosing
from nianbao.visible.word.run_looks import RunLooks
from nianbao.visible.word.style_effects import DocxStyles, styles_of
from nianbao.visible.word.xml import Element, W, number, properties, val

SINGLE = 240
"""w:line of single spacing, in 240ths of a line."""

_AUTOMATIC = 280
"""Twips that w:beforeAutospacing leaves (14 pt)."""

_DARK = 32
"""Of 255; a colour all of whose parts are darker is black to the eye."""

_ALIGNED = {"start": "left", "end": "right", "thaiDistribute": "distribute", "": "left"}
_TABLE_STYLE = f"{W}tblPr/{W}tblStyle"
_SIDES = {"left": ("left", "start"), "right": ("right", "end")}


@dataclass(frozen=True)
class Letters:
    """How a run's letters look: `east` the font of Chinese, `latin` that of digits and Latin letters ('' unknown).

    `size` in half points; `colour` six hexadecimal digits, '' for black; `ground` likewise, '' for none; `apart` in
    twips; `wide` in per cent.
    """

    east: str
    latin: str
    size: int
    bold: bool
    italic: bool
    underlined: bool
    colour: str
    ground: str
    apart: int
    wide: int


@dataclass(frozen=True)
class Setting:
    """How a paragraph is set: indents and spaces in twips, `first` that of its first line (below 0: hanging).

    `line` is in 240ths of a line for the rule auto, else in twips. Indents in characters are worked out for the size
    that was given. `bordered`: a line is drawn under it.
    """

    align: str
    left: int
    right: int
    first: int
    line: int
    rule: str
    before: int
    after: int
    numbered: bool
    bordered: bool


_Key = tuple[Element | None, bytes, bytes | int]


class Formats:
    """The looks of one document."""

    def __init__(self, part: Callable[[str], bytes | None]) -> None:
        """`part` gives a part by what it is to the body, such as styles, None where there is none."""
        self.styles: DocxStyles = styles_of(part("styles"), part("numbering"), part("theme"))
        self._around = Enclosing(self.styles)
        self._letters: dict[_Key, Letters] = {}
        self._settings: dict[_Key, Setting] = {}

    def letters(self, run: Element, paragraph: Element) -> Letters:
        """Return how the letters of a run of a paragraph look."""
        key = (self._around_of(paragraph), _written(paragraph.find(W + "pPr")), _written(run.find(W + "rPr")))
        if key not in self._letters:
            self._letters[key] = self._looked(run, paragraph)
        return self._letters[key]

    def _looked(self, run: Element, paragraph: Element) -> Letters:
        ground, under, _ = self._around.of(paragraph)
        place = RunLooks(self.styles, paragraph, ground, under)
        look = place.look(run)
        fonts = self._fonts(run, paragraph)
        marker = colours.NAMED.get(val(look, "highlight") or "", "")
        own = properties(paragraph.find(W + "pPr"))
        theme = self.styles.theme
        return Letters(
            east=fonts.get("eastAsia", ""),
            latin=fonts.get("ascii", ""),
            size=max(1, number(val(look, "sz"), 20)),
            bold=place.toggled(run, "b") > 0,
            italic=place.toggled(run, "i") > 0,
            underlined=(val(look, "u") or "none") != "none",
            colour=_ink(theme.colour(look.get("color"))),
            ground=_paper(marker or theme.ground(look.get("shd")) or theme.ground(own.get("shd"))),
            apart=number(val(look, "spacing")),
            wide=number(val(look, "w"), 100) or 100,
        )

    def setting(self, paragraph: Element, size: int) -> Setting:
        """Return how a paragraph of letters of this size (half points) is set."""
        key = (self._around_of(paragraph), _written(paragraph.find(W + "pPr")), size)
        if key not in self._settings:
            self._settings[key] = self._set(paragraph, size)
        return self._settings[key]

    def _set(self, paragraph: Element, size: int) -> Setting:
        holders = list(self._holders(paragraph))
        spacing = _merged(holders, "spacing")
        indent = _indents(holders)
        align = _merged(holders, "jc").get("val", "")
        return Setting(
            align=_ALIGNED.get(align, align),
            left=_indent(indent, _SIDES["left"], size),
            right=_indent(indent, _SIDES["right"], size),
            first=_indent(indent, ("firstLine",), size) - _indent(indent, ("hanging",), size),
            line=number(spacing.get("line"), SINGLE),
            rule=spacing.get("lineRule", "auto"),
            before=_space(spacing, "before"),
            after=_space(spacing, "after"),
            numbered=self.styles.is_numbered(paragraph),
            bordered=_is_bordered(holders),
        )

    def _around_of(self, paragraph: Element) -> Element | None:
        """Return what a paragraph stands in that may change its look: its table, or its cell, None for neither."""
        table = next(paragraph.iterancestors(W + "tbl"), None)
        style = self.styles.style("table", _style_name(table, _TABLE_STYLE))
        return next(paragraph.iterancestors(W + "tc"), None) if table is not None and style.conditions else table

    def _fonts(self, run: Element, paragraph: Element) -> dict[str, str]:
        letters = self.styles.chain("character", _style_name(run, f"{W}rPr/{W}rStyle"))
        styles = (*self._around_styles(paragraph), *letters)
        held = (self.styles.defaults("rPr"), *(s.find(W + "rPr") for s in styles), run.find(W + "rPr"))
        fonts: dict[str, str] = {}
        for given in (x for h in held if h is not None for x in h.findall(W + "rFonts")):
            for slot in ("eastAsia", "ascii"):
                theme = given.get(f"{W}{slot}Theme")  # outdoes a plain name beside it
                font = self.styles.theme.font(theme) if theme else given.get(W + slot)
                if font is not None:
                    fonts[slot] = font
        return fonts

    def _holders(self, paragraph: Element) -> Iterator[Element]:
        """Yield what says how a paragraph is set, the strongest last."""
        styles = (s.find(W + "pPr") for s in self._around_styles(paragraph))
        held = (self.styles.defaults("pPr"), *styles, paragraph.find(W + "pPr"))
        return (h for h in held if h is not None)

    def of_table(self, table: Element | None) -> list[Element]:
        """Return the styles of a table, those it is based on first; none for no table."""
        return [] if table is None else self.styles.chain("table", _style_name(table, _TABLE_STYLE))

    def _around_styles(self, paragraph: Element) -> list[Element]:
        """Return the styles of the table that a paragraph is in, then its own."""
        table = next(paragraph.iterancestors(W + "tbl"), None)
        return [*self.of_table(table), *self.styles.chain("paragraph", _style_name(paragraph, f"{W}pPr/{W}pStyle"))]


def _written(properties_: Element | None) -> bytes:
    """Return properties as they are written, to know the same ones again."""
    return b"" if properties_ is None else etree.tostring(properties_, with_tail=False)


def _style_name(holder: Element | None, path: str) -> str | None:
    """Return the name of the style that something asks for, None where it asks for none."""
    named = None if holder is None else holder.find(path)
    return None if named is None else named.get(W + "val")


def _merged(holders: Iterable[Element], name: str) -> dict[str, str]:
    """Return the attributes of a property, each from the strongest holder that gives it."""
    found: dict[str, str] = {}
    for given in (h.find(W + name) for h in holders):
        found |= {str(k).rpartition("}")[2]: str(v) for k, v in given.items()} if given is not None else {}
    return found


def _indents(holders: Iterable[Element]) -> dict[str, str]:
    """Return the attributes of w:ind; a first line that is moved in and one that hangs out undo each other."""
    found: dict[str, str] = {}
    for given in (h.find(W + "ind") for h in holders):
        for key, value in given.items() if given is not None else ():
            name = str(key).rpartition("}")[2]
            other = "hanging" if name.startswith("firstLine") else "firstLine" if name.startswith("hanging") else ""
            for undone in (other, f"{other}Chars") if other and number(str(value)) else ():
                found.pop(undone, None)
            found[name] = str(value)
    return found


def _indent(given: Mapping[str, str], names: tuple[str, ...], size: int) -> int:
    """Return an indent in twips; one in hundredths of a character outdoes the same in twips."""
    characters = next((n for k in names if (n := number(given.get(f"{k}Chars")))), 0)
    return characters * size // 10 if characters else next((number(given[k]) for k in names if k in given), 0)


def _space(spacing: Mapping[str, str], side: str) -> int:
    if spacing.get(f"{side}Autospacing") in ("1", "true", "on"):
        return _AUTOMATIC
    lines = number(spacing.get(f"{side}Lines"))
    return lines * SINGLE // 100 if lines else number(spacing.get(side))


def _is_bordered(holders: Iterable[Element]) -> bool:
    line = None
    for given in (h.find(f"{W}pBdr/{W}bottom") for h in holders):
        line = line if given is None else given
    return line is not None and line.get(W + "val") not in ("nil", "none")


def _ink(colour: str) -> str:
    found = colours.parts(colour)
    return "" if found is None or max(found) <= _DARK else colour.upper()


def _paper(colour: str) -> str:
    return "" if colours.parts(colour) in (None, (255, 255, 255)) else colour.upper()
