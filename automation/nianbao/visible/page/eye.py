"""What a browser shows of a web page's elements, and why it is not sure of others. Nothing is fetched.

Sheets linked from elsewhere are not known; what stands in the page itself is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from itertools import combinations
from typing import NamedTuple

from nianbao.visible import colours, signs
from nianbao.visible.page import inks, lengths, variables
from nianbao.visible.page.css import StyleRule, StyleSheet, declarations
from nianbao.visible.page.extras import (
    SHOWS,
    is_among_figures,
    is_figure_of_its_own,
    is_numbered,
    is_parted,
    is_shown,
    marker,
)
from nianbao.visible.page.lengths import share
from nianbao.visible.page.selectors import Element
from nianbao.visible.page.text_effects import CELLS, Style, covers, drawn, placed

_OWN = {
    "s",
    "strike",
    "del",
    "sup",
    "sub",
    "bdo",
    "td",
    "th",
    "font",
    "li",
    "ol",
    "ul",
    "menu",
    "dir",
    "dialog",
    "summary",
    "q",
    "title",
    "datalist",
    "rp",
    "noframes",
    "noembed",
    "small",
    "big",
    *SHOWS,
}
_ASKED = ("style", "hidden", "popover", "bgcolor", "background", "dir")

_NEVER = ("title", "datalist", "rp", "noframes", "noembed", "param", "area", "base", "link", "meta")
"""Elements that browsers show nothing of."""

_SIZED = {"small": "smaller", "big": "larger"}

FAINT = 0.15
"""Letters that let more than the rest of their ground through are not seen, whatever the ground is."""

SMALLER = 0.8
"""Of the size around; letters as small as this are raised when they are not set on the line."""

TINY = 4.5
"""Pixels; nobody reads smaller figures."""

FEW, MOST_PAINTS = 4, 16
"""Conditions of which every choice is tried, and ways to look that an element may have; of more no one can tell."""


class Paint(NamedTuple):
    """How letters look: their size in pixels, their ink, the ground under them, how much covers it (0 to 1)."""

    size: float
    ink: inks.Ink
    ground: str
    opacity: float


@dataclass(frozen=True)
class ElementLook:
    """How an element's own text is seen. `gone`: it and all in it take no part; `hidden`: its text does not show.

    `doubts` are of all in it, `local` of itself. `alone`: it stands on lines of its own.
    `marker`: what items of lists have before them. `others`: how its letters may look too, where it takes a browser to
    tell which rules hold. `from_right`: it is written from right to left.
    """

    gone: bool = False
    hidden: bool = False
    doubts: tuple[str, ...] = ()
    local: tuple[str, ...] = ()
    size: float = 16.0
    ink: inks.Ink = inks.BLACK
    ground: str = "FFFFFF"
    opacity: float = 1.0
    in_cell: bool = False
    alone: bool = False
    marker: str = "disc"
    others: tuple[Paint, ...] = ()
    from_right: bool = False

    @property
    def paint(self) -> Paint:
        """How its letters look."""
        return Paint(self.size, self.ink, self.ground, self.opacity)


_NAMED = ("id", "class", "colspan", "rowspan", "scope", "headers", "lang")
"""Attributes that decide nothing but which rules hold, and where a cell lies."""


class PageEye:
    """A page's eye: every element's look, worked out from its ancestors' and kept.

    Most cells of a page are alike: elements of the same tag, attributes and rules within the same look have one look.
    """

    def __init__(self, root: Element) -> None:
        self._sheet = StyleSheet([t for s in root.iter("style") if _is_for_screens(s) and (t := s.text or "")])
        self._begun = ElementLook()
        self._looks: dict[Element, ElementLook] = {}
        self._alike: dict[tuple[object, ...], ElementLook] = {}
        self._declared = cache(declarations)  # of this page alone

    def look(self, element: Element) -> ElementLook:
        """Return an element's look."""
        waiting = []
        here: Element | None = element
        while here is not None and here not in self._looks:
            waiting.append(here)
            here = here.getparent()
        look = self._begun if here is None else self._looks[here]
        for one in reversed(waiting):
            look = self._looks[one] = self._next(one, look)
        return look

    def _next(self, element: Element, above: ElementLook) -> ElementLook:
        found = self._sheet.of(element)
        inline = self._declared(element.get("style") or "")
        plain = not found and not inline and element.tag not in _OWN and not any(a in element.attrib for a in _ASKED)
        if plain and not above.local and not above.alone:
            return above
        if (above.in_cell and element.tag not in CELLS) or _folded(element):  # what stands in and beside it decides too
            return self._worked_out(element, above, found, inline)
        given = sorted((name, value) for name, value in element.items() if name not in _NAMED)
        key = (id(above), element.tag, *given, *map(id, found))  # looks and rules are all kept
        if key not in self._alike:
            self._alike[key] = self._worked_out(element, above, found, inline)
        return self._alike[key]

    def _worked_out(
        self, element: Element, above: ElementLook, found: list[StyleRule], inline: Mapping[str, tuple[str, bool]]
    ) -> ElementLook:
        sure = _styled(above, element, self._cascade([r for r in found if r.sure], inline), inside=above.in_cell)
        added = tuple(signs.GENERATED for r in found if r.adds and is_shown(r))
        sure = replace(sure, local=tuple(dict.fromkeys((*sure.local, *added))))
        asked = [*dict.fromkeys(r.when for r in found if not r.sure and not r.adds)]
        if not asked and not above.others:
            return sure
        styles = [self._cascade([r for r in found if r.sure or r.when in held], inline) for held in _some(asked)]
        grounds = [above, *(replace(above, **paint._asdict()) for paint in above.others)]
        mays = [_styled(base, element, style, inside=above.in_cell) for base in grounds for style in styles]
        paints = tuple(p for p in dict.fromkeys(m.paint for m in mays) if p != sure.paint)
        more = [why for may in mays for why in _doubts(may, sure)]
        if len(paints) > MOST_PAINTS:
            more.append(signs.UNSEEN)
        more = [d for d in dict.fromkeys(more) if d not in (*sure.doubts, *sure.local)]
        return replace(sure, doubts=(*sure.doubts, *more), others=paints[:MOST_PAINTS])

    def _cascade(self, found: list[StyleRule], inline: Mapping[str, tuple[str, bool]]) -> Style:
        """Return the values that win: important ones, then what stands in the element, then the stronger rule's."""
        style: dict[str, tuple[str, bool]] = {}
        for declared in (*(r.declared for r in found if not r.adds), inline):
            for name, (value, important) in declared.items():
                if important or not style.get(name, ("", False))[1]:
                    style[name] = (value, important)
        if any("var(" in value for value, _ in style.values()):
            own = {n: v for n, (v, _) in style.items() if n.startswith("--")}
            known = self._sheet.variables
            return {n: filled for n, (v, _) in style.items() if (filled := variables.filled(v, own, known))}
        return {name: value for name, (value, _) in style.items()}


def _some(asked: list[str]) -> Iterator[tuple[str, ...]]:
    """Yield what may be so at once: every choice of a few; of many each alone, all, all but one."""
    counts = range(len(asked) + 1) if len(asked) <= FEW else (0, 1, len(asked) - 1, len(asked))
    for number in counts:
        yield from combinations(asked, number)


def _doubts(may: ElementLook, sure: ElementLook) -> Iterator[str]:
    """Yield what is to be doubted of an element that is as it surely is, or may be as it is otherwise."""
    yield from (*may.doubts, *may.local)
    if (may.gone, may.hidden) != (sure.gone, sure.hidden) and (may.gone or may.hidden):
        yield signs.HIDDEN
    if (why := unseen(may)) and not unseen(sure):
        yield why
    if may.alone != sure.alone and sure.in_cell:
        yield signs.EITHER


def _styled(above: ElementLook, element: Element, style: Style, *, inside: bool) -> ElementLook:
    tag = str(element.tag)
    look = replace(above, local=(), alone=False, in_cell=inside or tag in CELLS)
    found = element.get("hidden")
    may_be_found = found is not None and found.lower() == "until-found"  # some browsers hide some elements so
    gone = (found is not None and not may_be_found) or tag in _NEVER
    display = style.get("display", "none" if gone else "")
    if element.get("popover") is not None:
        display = "none"
    closed = tag == "dialog" and element.get("open") is None
    folded = _folded(element)
    if (display == "none" and "all" not in style) or (closed and display != "block") or folded:
        return replace(look, gone=True)
    if style.get("visibility") in ("hidden", "collapse"):
        look = replace(look, hidden=True)
    elif style.get("visibility") == "visible":
        look = replace(look, hidden=False)
    size = lengths.size(style.get("font-size", _SIZED.get(tag)), look.size)
    if tag == "font" and "font-size" not in style:
        size = lengths.old_size(element.get("size") or "") or size
    ink, ground = inks.painted(element, style, look.ink, look.ground)
    opacity = look.opacity * share(style.get("opacity", "1"))
    alone = display.split()[:1] in (["block"], ["flex"], ["grid"], ["table"], ["list-item"], ["flow-root"])
    look = replace(look, size=size, ink=ink, ground=ground, opacity=opacity, alone=alone)
    written = style.get("direction") or (element.get("dir") or "").lower()
    from_right = written == "rtl" if written in ("rtl", "ltr") else above.from_right
    look = replace(look, marker=marker(element, style, above.marker), from_right=from_right)
    doubts, local = list(look.doubts), list[str]()
    if may_be_found or style.get("content-visibility") == "hidden":
        _note(doubts, signs.HIDDEN)
    if tag == "dialog" and look.in_cell:
        _note(doubts, signs.UNSEEN)  # it stands in the middle of the window, over what is there
    if look.in_cell and any(_takes_a_browser(n, v) for n, v in style.items()):
        _note(doubts, signs.UNSEEN)
    _note(doubts, drawn(tag, style))
    _note(doubts, placed(tag, style, size, in_cell=look.in_cell))
    if tag == "bdo" and (element.get("dir") or "").lower() == "rtl":
        _note(doubts, signs.TURNED)
    if look.in_cell and tag not in CELLS:
        for why in _beside(element, tag, style, look, above.size):
            _note(local, why)
    if "reverse" in style.get("flex-direction", "") + style.get("flex-flow", "") or "url(" in style.get("content", ""):
        _note(local, signs.GENERATED)
    return replace(look, doubts=tuple(doubts), local=tuple(local))


def _beside(element: Element, tag: str, style: Style, look: ElementLook, around: float) -> Iterator[str]:
    """Yield what an element in a cell shows that is no text of it, or where else it shows what it holds."""
    if style.get("position") in ("absolute", "fixed") or style.get("float", "none") != "none" or "order" in style:
        yield signs.EITHER
    off = style.get("vertical-align", "baseline") not in ("baseline", "inherit", "initial", "unset", "revert")
    small = look.size < SMALLER * around and any(str(x).strip() for x in element.itertext())
    if off and (small or (around < SMALLER * look.size and is_among_figures(element))):
        yield signs.RAISED
    if tag == "q":
        yield signs.GENERATED
    if style.get("-webkit-text-security", "none") != "none":
        yield signs.UNSEEN  # a blank shows as a circle too
    if covers(style, look.size):
        yield signs.COVERED
    of_its_own = tag == "bdi" or style.get("display", "").startswith("inline-") or "unicode-bidi" in style
    if look.from_right and (of_its_own or element.get("dir")) and is_among_figures(element):
        yield signs.TURNED
    if not look.alone and is_parted(element, style, look.size):
        yield signs.APART
    if is_figure_of_its_own(element, style):
        yield SHOWS[tag]
    if is_numbered(element, style, look.marker):
        yield signs.NUMBERED


def unseen(look: ElementLook) -> str:
    """Return why text in an element can't be seen for its size or its colour, '' where it can."""
    shown = colours.mixed(look.ink.colour, look.ground or "FFFFFF", look.ink.alpha * look.opacity)
    faint = look.ink.alpha * look.opacity < FAINT
    if look.size < TINY or faint or (look.ground and colours.alike(shown, look.ground, look.size * 0.75)):
        return signs.UNSEEN
    return ""


def _takes_a_browser(name: str, value: str) -> bool:
    """Tell whether a style may hide text, and says so in a way that only a browser works out."""
    if name in ("color", "-webkit-text-fill-color"):
        return inks.is_dark_matter(value)
    if name in ("background", "background-image"):
        return "url(" in value or "gradient" in value
    if name == "all":
        return True
    return name in ("font-size", "opacity", "zoom", "text-indent", "letter-spacing") and "(" in value


def folds(element: Element) -> bool:
    """Tell whether an element's own text is folded away."""
    return element.tag == "details" and element.get("open") is None


def _folded(element: Element) -> bool:
    parent = element.getparent()
    return parent is not None and folds(parent) and element.tag != "summary"


def _is_for_screens(style: Element) -> bool:
    return (style.get("media") or "all").strip().lower() not in ("print", "speech", "aural", "tty")


def _note(doubts: list[str], why: str) -> None:
    if why and why not in doubts:
        doubts.append(why)
