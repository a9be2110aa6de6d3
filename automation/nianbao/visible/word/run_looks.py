"""A paragraph's style and ground, and how its runs look on it (ECMA-376 part 1, 17.3.2 and 17.7.3)."""

from __future__ import annotations

from nianbao.visible import colours, signs
from nianbao.visible.word.style_effects import DocxStyles
from nianbao.visible.word.xml import W14, Element, Look, W, flag, is_on, number, over, properties, val

TINY = 8
"""Half points; nobody reads smaller figures (w:sz)."""

NARROW = 34
"""Per cent of their width (w:w) at which figures of 10 points are read; smaller ones must be as much wider."""

CLOSE, WIDE = 0.4, 1.0
"""Figures nearer together than by this share of their width lie on each other; further apart than by this
share of their height they are two."""

FAR = 4_000
"""Twips; a character set in by more than this is not in its cell."""

OUT, BEGUN = 400, 110
"""Twips by which a line may stick out of its cell: offices set figures out by a character or so. A line that begins
or ends where it sticks out has only half a character."""

CHARACTER = 210
"""Twips of a character of the usual size."""

LOW, LINED = 8, 12
"""Twips a line of its own height (exact) must have for each half point of its letters, without and with lines around
its paragraph: in a lower one letters are cut, or lie on those lines."""

USUAL = 400
"""Twips of a cell that its margins and indents may take up; with more it is asked whether its text has room."""


class RunLooks:
    """A paragraph's style and ground, and how its runs look on it."""

    def __init__(self, styles: DocxStyles, paragraph: Element, ground: str, under: Look) -> None:
        self.styles = styles
        own = paragraph.find(W + "pPr")
        given = None if own is None else own.find(W + "pStyle")
        self.style = styles.style("paragraph", None if given is None else given.get(W + "val"))
        self.under = under
        direct = {} if own is None else properties(own)
        self.ground = styles.theme.ground(direct.get("shd")) or ground
        self.lines = direct.get("spacing", self.style.spacing)
        edges = direct.get("pBdr", self.style.lines)
        lined = edges is not None and any(e.get(W + "val") not in ("nil", "none") for e in edges)
        self.least = LINED if lined else LOW
        indent = direct.get("ind", self.style.indent)
        self.doubt = ""
        cell = next(paragraph.iterancestors(W + "tc"), None)
        self.from_right = is_on(direct.get("bidi", self.style.bidi))
        held = direct.get("jc", self.style.align)
        align = "" if held is None else held.get(W + "val", "")
        self.room = None if cell is None else _room(cell, indent, align)
        if self.room is not None and self.room < 0:
            self.doubt = signs.UNSEEN
        self.spread = cell is not None and "istribute" in align
        frame = direct.get("framePr")
        if frame is not None and any(abs(number(frame.get(W + k))) > 3 * FAR for k in ("x", "y")):
            self.doubt = signs.UNSEEN

    def look(self, run: Element) -> dict[str, Element]:
        """Return the properties that hold for a run, toggles of styles left to sight()."""
        own = run.find(W + "rPr") if run.tag == W + "r" else None
        direct = properties(own)
        named = direct.get("rStyle")
        letters = self.styles.style("character", None if named is None else named.get(W + "val"))
        return over(self.styles.base, self.under, self.style.runs, letters.runs, direct)

    def sight(self, run: Element, length: int) -> tuple[bool, str]:
        """Return whether a run's text is surely hidden, and why it is not surely seen."""
        look = self.look(run)
        if _says_twice(run):
            return False, signs.UNSEEN
        vanish = self.toggled(run, "vanish")
        if vanish:
            return vanish > 0, signs.HIDDEN if vanish < 0 else ""
        if self.toggled(run, "strike") or is_on(look.get("dstrike")):
            return False, signs.STRUCK
        raised = look.get("vertAlign")
        if raised is not None and raised.get(W + "val") in ("superscript", "subscript"):
            return False, signs.RAISED
        if abs(number(val(look, "position"))) >= 5:
            return False, signs.RAISED
        return False, self.doubt or self._unseen(look, length) or self._odd(look)

    def _unseen(self, look: Look, length: int) -> str:
        return self._cramped(look, length) or (signs.UNSEEN if self._is_colourless(look) else "")

    def _cramped(self, look: Look, length: int) -> str:
        """Return why a run's letters are too small, too near together or too far apart."""
        size = self.size(look)
        wide = number(val(look, "w"), 100) or 100
        apart = number(val(look, "spacing"))
        if apart > WIDE * 10 * size:
            return signs.APART
        exact = self.lines is not None and self.lines.get(W + "lineRule") == "exact"
        low = exact and self.lines is not None and number(self.lines.get(W + "line"), 240) < self.least * size
        fit = look.get("fitText")
        squeezed = fit is not None and 0 < number(fit.get(W + "val")) < 40 * length
        narrow = wide < NARROW or wide * size < 20 * NARROW or apart < -CLOSE * 5 * size * wide / 100
        return signs.UNSEEN if size < TINY or narrow or low or squeezed else ""

    def _is_colourless(self, look: Look) -> bool:
        points = self.size(look) / 2
        fill = look.get("textFill")
        if fill is not None and fill.tag.startswith(W14):
            if fill.find(W14 + "noFill") is not None or any(
                number(a.get(W14 + "val")) > 80_000 for a in fill.iter(W14 + "alpha")
            ):
                return True
            solid = next((x.get(W14 + "val", "") for x in fill.iter(W14 + "srgbClr")), "")
            if solid and colours.alike(solid, self._under(look), points):
                return True
        theme, asked = self.styles.theme, look.get("color")
        ink, marker = theme.colour(asked), colours.NAMED.get(val(look, "highlight") or "", "")
        if not ink and marker:  # an automatic colour minds the ground, not the marker
            ground = theme.ground(look.get("shd")) or self.ground or "FFFFFF"
            lost = ("000000", "FFFFFF") if colours.is_dark(ground) else ("000000",)  # programs differ in what is dark
            return any(colours.alike(marker, c, points) for c in lost)
        plain = "" if asked is None else (asked.get(W + "val") or "auto")
        if ink and is_on(look.get("outline")) and not colours.is_dark(ink):
            return True  # of its letters only thin lines are drawn
        under = self._under(look)  # a program without the theme goes by the plain value
        return any(c not in ("", "auto") and colours.alike(c, under, points) for c in (ink, plain))

    @staticmethod
    def size(look: Look) -> int:
        """Return the size of a run in half points; of one for scripts from the right the smaller of its two."""
        size = number(val(look, "sz"), 20)
        complex_ = any(is_on(look.get(k)) for k in ("rtl", "cs"))
        return min(size, number(val(look, "szCs"), 20)) if complex_ else size

    def measures(self, run: Element) -> set[tuple[float, float]]:
        """Return how large a run's letters are or may be, and how far they are moved up, in points."""
        look = self.look(run)
        sizes = {self.size(look), number(val(look, "sz"), 20)}
        return {(size / 2, number(val(look, "position")) / 2) for size in sizes}

    def _under(self, look: Look) -> str:
        marker = colours.NAMED.get(val(look, "highlight") or "", "")
        return marker or self.styles.theme.ground(look.get("shd")) or self.ground or "FFFFFF"

    def _odd(self, look: Look) -> str:
        fonts = look.get("rFonts")
        used = ["ascii", "hAnsi", *(["cs"] if any(is_on(look.get(k)) for k in ("rtl", "cs")) else [])]
        named = [] if fonts is None else [fonts.get(W + k, "").lower() for k in used]
        if any(signs.is_symbol_font(n) for n in named):
            return signs.SYMBOL
        layout = look.get("eastAsianLayout")
        if layout is not None and (flag(layout, "combine") or flag(layout, "vert")):
            return signs.RAISED
        return ""

    def toggled(self, run: Element, name: str) -> int:
        """Return 1 where a toggle surely holds, 0 where it surely does not, -1 where two styles undo each other."""
        direct = properties(run.find(W + "rPr")) if run.tag == W + "r" else {}
        if name in direct:
            return int(is_on(direct[name]))
        named = direct.get("rStyle")
        letters = self.styles.style("character", None if named is None else named.get(W + "val"))
        levels = [is_on(x.get(name)) for x in (self.under, self.style.runs, letters.runs)]
        if is_on(self.styles.base.get(name)):
            return 1 if not any(name in x for x in (self.under, self.style.runs, letters.runs)) else -1
        return -1 if sum(levels) > 1 else sum(levels)


def _says_twice(run: Element) -> bool:
    """Tell whether a property of a run is written twice, differently: programs differ in which of them holds."""
    own = run.find(W + "rPr") if run.tag == W + "r" else None
    if own is None or len({x.tag for x in own}) == len(own):
        return False
    return len({(x.tag, *sorted(x.attrib.items())) for x in own}) > len({x.tag for x in own})


def _room(cell: Element, indent: Element | None, align: str) -> int | None:
    """Return the twips that indents and margins leave for a cell's text, below 0 for one outside (17.3.1.12, 17.4.42).

    None where they take up little, or the cell has no width of its own.
    """
    held = cell.find(W + "tcPr")
    margins = None if held is None else held.find(W + "tcMar")
    if indent is None and margins is None:
        return None
    left, first, right = indents(indent)
    begun = min(left, first) if align not in ("center", "right", "end") else right if align != "center" else 0
    if min(left, right, first) < -OUT or begun < -BEGUN or max(left, right, first) > FAR:
        return -1
    width = None if held is None else held.find(W + "tcW")
    wide = number(width.get(W + "w")) if width is not None and width.get(W + "type") == "dxa" else 0
    taken = first + right + sum(_margin(margins, k) for k in (("left", "start"), ("right", "end")))
    if not wide or taken <= USUAL:
        return None
    return wide - taken if taken <= wide / 2 else -1


def indents(indent: Element | None) -> tuple[int, int, int]:
    """Return how many twips lines are set in at the left, the first of them there, all at the right.

    hanging outdoes firstLine.
    """
    left, right = (_side(indent, k) for k in (("left", "start"), ("right", "end")))
    hanging = _side(indent, ("hanging",))
    return left, left - hanging if hanging else left + _side(indent, ("firstLine",)), right


def _side(indent: Element | None, names: tuple[str, ...]) -> int:
    """Return an indent; one in hundredths of a character outdoes the same in twips."""
    if indent is None:
        return 0
    characters = next((c for k in names if (c := number(indent.get(f"{W}{k}Chars")))), 0)
    return characters * CHARACTER // 100 or next((number(x) for k in names if (x := indent.get(W + k))), 0)


def _margin(margins: Element | None, names: tuple[str, ...]) -> int:
    found = () if margins is None else (margins.find(W + k) for k in names)
    return next((number(x.get(W + "w")) for x in found if x is not None and x.get(W + "type", "dxa") == "dxa"), 0)
