"""What a browser shows of a web page's elements, and why it is not sure of others. Nothing is fetched.

Sheets linked from elsewhere are not known; what stands in the page itself is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from nianbao.visible import colours, signs
from nianbao.visible.page import inks, lengths, variables
from nianbao.visible.page.css import Rule, Sheet, declarations
from nianbao.visible.page.drawn import CELLS, Style, covers, drawn, placed
from nianbao.visible.page.extras import SHOWS, is_figure_of_its_own, is_numbered, is_shown, marker
from nianbao.visible.page.lengths import share
from nianbao.visible.page.selectors import Element

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


@dataclass(frozen=True)
class Look:
    """How an element's own text is seen. `gone`: it and all in it take no part; `hidden`: its text does not show.

    `doubts` are of all in it, `local` of itself. `alone`: it stands on lines of its own.
    `marker`: what items of lists have before them.
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
        if plain and not above.local and not above.alone:
            return above
        sure = _styled(above, element, self._cascade([r for r in found if r.sure], inline), inside=above.in_cell)
        added = tuple(signs.GENERATED for r in found if r.adds and is_shown(r))
        sure = replace(sure, local=tuple(dict.fromkeys((*sure.local, *added))))
        if any(not r.sure and not r.adds for r in found):
            may = _styled(above, element, self._cascade(found, inline), inside=above.in_cell)
            if (may.gone, may.hidden) != (sure.gone, sure.hidden) and (may.gone or may.hidden):
                may = replace(may, doubts=(*may.doubts, signs.HIDDEN))
            if unseen(may) and not unseen(sure):
                may = replace(may, doubts=(*may.doubts, unseen(may)))
            if may.alone != sure.alone and sure.in_cell:
                may = replace(may, local=(*may.local, signs.EITHER))
            more = [d for d in (*may.doubts, *may.local) if d not in (*sure.doubts, *sure.local)]
            sure = replace(sure, doubts=(*sure.doubts, *more))
        return sure

    def _cascade(self, found: list[Rule], inline: Mapping[str, tuple[str, bool]]) -> Style:
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


def _styled(above: Look, element: Element, style: Style, *, inside: bool) -> Look:
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
    look = replace(look, marker=marker(element, style, above.marker))
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


def _beside(element: Element, tag: str, style: Style, look: Look, around: float) -> Iterator[str]:
    """Yield what an element in a cell shows that is no text of it, or where else it shows what it holds."""
    if style.get("position") in ("absolute", "fixed") or style.get("float", "none") != "none" or "order" in style:
        yield signs.EITHER
    off = style.get("vertical-align", "baseline") not in ("baseline", "inherit", "initial", "unset", "revert")
    if off and look.size < SMALLER * around and any(str(x).strip() for x in element.itertext()):
        yield signs.RAISED
    if tag == "q":
        yield signs.GENERATED
    if style.get("-webkit-text-security", "none") != "none":
        yield signs.UNSEEN  # a blank shows as a circle too
    if covers(style, look.size):
        yield signs.COVERED
    if is_figure_of_its_own(element, style):
        yield SHOWS[tag]
    if is_numbered(element, style, look.marker):
        yield signs.NUMBERED


def unseen(look: Look) -> str:
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
