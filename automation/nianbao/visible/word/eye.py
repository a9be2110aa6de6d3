"""The text of a Word paragraph as Word shows it, and what in it is not surely seen.

Fields run over runs and paragraphs: what stands in a field's code, or in a field nested in it, is not shown. Of
alternatives the one Word takes is read, and told: other programs take another.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from nianbao.visible import signs
from nianbao.visible.word import fields, quick_look
from nianbao.visible.word.enclosing import Enclosing
from nianbao.visible.word.fields import Fields
from nianbao.visible.word.run_looks import RunLooks
from nianbao.visible.word.style_effects import DocxStyles, styles_among
from nianbao.visible.word.xml import MC, Element, M, W, chosen_of, flag, is_bound, is_on, parsed, said

_BREAKS = {"br": "\n", "cr": "\n", "tab": "\t", "ptab": "\t", "noBreakHyphen": "-", "softHyphen": ""}
_INSIDE = {"r", "hyperlink", "ins", "moveTo", "smartTag", "customXml", "sdtContent", "ruby", "rubyBase", "dir",
           "bdo"}  # fmt: skip
_SILENT = {"pPr", "rPr", "del", "moveFrom", "delText", "delInstrText", "sdtPr", "sdtEndPr", "rubyPr",
           "bookmarkStart", "bookmarkEnd", "proofErr", "permStart", "permEnd", "lastRenderedPageBreak",
           "commentRangeStart", "commentRangeEnd", "commentReference", "annotationRef", "moveFromRangeStart",
           "moveFromRangeEnd", "moveToRangeStart", "moveToRangeEnd", "smartTagPr", "customXmlPr", "fldData",
           "customXmlInsRangeStart", "customXmlInsRangeEnd", "customXmlDelRangeStart", "customXmlDelRangeEnd",
           "footnoteRef", "endnoteRef", "separator", "continuationSeparator"}  # fmt: skip

_MARK = f"{W}pPr/{W}rPr/{W}vanish"

ENOUGH = 40
"""Different sizes and heights of figures in one paragraph."""


@dataclass
class Seen:
    """What a paragraph shows: its text, why it is not sure (first reason first), and what is hidden in it.

    `measures`: how large runs with figures are and how far they are moved up, in points.
    """

    text: str = ""
    doubts: list[str] = field(default_factory=list)
    hidden: str = ""
    measures: set[tuple[float, float]] = field(default_factory=set)

    def doubt(self, why: str) -> None:
        """Add a reason once."""
        if why not in self.doubts:
            self.doubts.append(why)


class WordEye:
    """A Word document's eye: give it the paragraphs in reading order, each once."""

    def __init__(self, part: Callable[[str], bytes | None]) -> None:
        """`part` gives a part by what it is to the body, such as styles, None where there is none."""
        self.styles: DocxStyles = styles_among(part)
        settings = parsed(part("settings"))
        self._fields = Fields(updates=settings is not None and is_on(settings.find(W + "updateFields")))
        self._around = Enclosing(self.styles)
        self._has_ground = settings is not None and is_on(settings.find(W + "displayBackgroundShape"))
        self._ground: str | None = None

    def is_plain(self, body: Element) -> bool:
        """Tell, quickly, whether nothing in a body can keep its text from being seen as it is written."""
        return not self._page(body) and quick_look.is_plain(self.styles, [quick_look.marks(body, self.styles)])

    def _page(self, element: Element) -> str:
        """Return the colour of the pages, '' for none (17.2.1)."""
        if self._ground is None:
            root = element.getroottree().getroot()
            found = root.find(W + "background") if self._has_ground else None
            self._ground = self.styles.theme.colour(found, "color")
        return self._ground

    def paragraph(self, paragraph: Element) -> Seen:
        """Return what a paragraph shows; text boxes in it are not its text."""
        seen = Seen()
        ground, under, doubt = self._around.of(paragraph)
        if doubt:
            seen.doubt(doubt)
        place = RunLooks(self.styles, paragraph, ground or self._page(paragraph), under)
        self._walk(paragraph, seen, place)
        if place.room is not None and seen.measures:
            largest = max(m[0] for m in seen.measures)
            if place.room < 10 * largest * len(seen.text.strip()):
                seen.doubt(signs.UNSEEN)
        ended = seen.text.strip() or not is_on(paragraph.find(_MARK))  # an empty paragraph shows its number too
        if ended and self.styles.is_numbered(paragraph):
            seen.doubt(signs.NUMBERED)
        sizes, feet = [m[0] for m in seen.measures], [m[1] for m in seen.measures]
        if place.spread and sum(c.isdigit() for c in seen.text) > 1:
            seen.doubt(signs.APART)
        if seen.text.strip() and signs.uneven(sizes, feet):
            seen.doubt(signs.RAISED)
        if signs.turned(seen.text) or (place.from_right and signs.moves_from_right(seen.text)):
            seen.doubt(signs.TURNED)
        return seen

    def _walk(self, parent: Element, seen: Seen, place: RunLooks) -> None:
        for child in parent:
            if not isinstance(child.tag, str):
                continue
            space, _, kind = child.tag.rpartition("}")
            if space != W[:-1]:
                self._foreign(child, seen, place)
            elif kind == "t" or (kind in _BREAKS and parent.tag == W + "r"):
                if kind == "softHyphen":  # it shows where a line ends at it
                    seen.doubt(signs.EITHER)
                self._say(child.text or "" if kind == "t" else _BREAKS[kind], parent, seen, place)
            elif kind in fields.MARKS:
                self._fields.mark(kind, child)
            elif kind == "fldSimple":
                self._fields.enter(child)
                self._walk(child, seen, place)
                self._fields.leave()
            elif kind in _INSIDE:
                if kind in ("bdo", "dir") and child.get(W + "val") == "rtl" and said(child):
                    seen.doubt(signs.TURNED)
                self._walk(child, seen, place)
            elif kind == "sdt":
                self._control(child, seen, place)
            elif kind not in _SILENT and kind not in _BREAKS:
                self._other(kind, child, seen, place)

    def _other(self, kind: str, child: Element, seen: Seen, place: RunLooks) -> None:
        if kind == "rt":
            seen.doubt(signs.NOTED)
        elif kind in ("footnoteReference", "endnoteReference"):
            run = child.getparent()
            raised = run is not None and "vertAlign" in place.look(run)
            if flag(child, "customMarkFollows") or not raised:
                seen.doubt(signs.NOTED)
        elif kind in ("drawing", "pict", "object", "txbxContent"):
            self._picture(child, seen, place)
        elif kind in ("sym", "pgNum") or kind.startswith(("day", "month", "year")):
            run = child.getparent()
            if run is None or not is_on(place.look(run).get("vanish")):
                seen.doubt(signs.SYMBOL)
        elif said(child):
            seen.doubt(signs.EITHER)

    @staticmethod
    def _picture(picture: Element, seen: Seen, place: RunLooks) -> None:
        run = picture.getparent()
        if run is not None and is_on(place.look(run).get("vanish")):
            seen.hidden += said(picture)
        else:
            seen.doubt(signs.PICTURED)

    def _foreign(self, child: Element, seen: Seen, place: RunLooks) -> None:
        if child.tag == MC + "AlternateContent":
            chosen = chosen_of(child)
            drawn = any(True for _ in child.iter(W + "drawing", W + "pict"))
            if drawn:
                seen.doubt(signs.PICTURED)
            elif said(child):
                seen.doubt(signs.EITHER)
            if chosen is not None:
                self._walk(chosen, seen, place)
        elif child.tag.startswith(M):
            text = said(child)
            if text:
                seen.text += text
                seen.doubt(signs.FORMULA)
        elif said(child):
            seen.doubt(signs.EITHER)

    def _control(self, control: Element, seen: Seen, place: RunLooks) -> None:
        if is_bound(control) and said(control):
            seen.doubt(signs.BOUND)
        for content in control.findall(W + "sdtContent"):
            self._walk(content, seen, place)

    def _say(self, text: str, run: Element, seen: Seen, place: RunLooks) -> None:
        if not text:
            return
        if self._fields.in_code:
            if text.strip():
                seen.doubt(signs.FIELD)
            return
        if self._fields.may_change:
            seen.doubt(signs.FIELD)
        hidden, why = place.sight(run, len(text))
        if hidden:
            seen.hidden += text
            return
        seen.text += text
        if why and text.strip():
            seen.doubt(why)
        if len(seen.measures) < ENOUGH and any(c.isdigit() for c in text):
            seen.measures |= place.measures(run)
