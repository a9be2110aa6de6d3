"""The text of a Word paragraph as Word shows it, and what in it is not surely seen.

Fields run over runs and paragraphs: what stands in a field's code, or in a field nested in it, is not shown. Of
alternatives the one Word takes is read, and told: other programs take another.
"""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from nianbao.visible import colours, signs
from nianbao.visible.word_styles import (
    SYMBOLS,
    W14,
    Element,
    Look,
    Styles,
    W,
    is_on,
    parsed,
    properties,
    styles_of,
)

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_BREAKS = {"br": "\n", "cr": "\n", "tab": "\t", "ptab": "\t", "noBreakHyphen": "-", "softHyphen": ""}
_INSIDE = {"r", "hyperlink", "ins", "moveTo", "smartTag", "customXml", "sdtContent", "ruby", "rubyBase", "dir",
           "bdo"}  # fmt: skip
_FIELDS = ("fldChar", "instrText", "fldSimple")
_SILENT = {"pPr", "rPr", "del", "moveFrom", "delText", "delInstrText", "sdtPr", "sdtEndPr", "rubyPr",
           "bookmarkStart", "bookmarkEnd", "proofErr", "permStart", "permEnd", "lastRenderedPageBreak",
           "commentRangeStart", "commentRangeEnd", "commentReference", "annotationRef", "moveFromRangeStart",
           "moveFromRangeEnd", "moveToRangeStart", "moveToRangeEnd", "smartTagPr", "customXmlPr", "fldData",
           "customXmlInsRangeStart", "customXmlInsRangeEnd", "customXmlDelRangeStart", "customXmlDelRangeEnd",
           "footnoteRef", "endnoteRef", "separator", "continuationSeparator"}  # fmt: skip
_KEPT = {"HYPERLINK", "REF", "MERGEFIELD", "FORMTEXT", "=", ""}
"""Fields that show what they last held, until somebody has them updated."""

_OFFICE = ("http://schemas.microsoft.com/office/", "http://schemas.openxmlformats.org/", "urn:schemas-microsoft-com:")
"""Whose extensions Word knows."""

TINY = 8
"""Half points; nobody reads smaller figures (w:sz)."""

LOW = 200
"""Twips; a line or a row set at less may cut its text off."""

FAR = 4_000
"""Twips; a character set in by more than this is not in its cell."""


@dataclass
class Seen:
    """What a paragraph shows: its text, why it is not sure (first reason first), and what is hidden in it."""

    text: str = ""
    doubts: list[str] = field(default_factory=list)
    hidden: str = ""

    def doubt(self, why: str) -> None:
        """Add a reason once."""
        if why not in self.doubts:
            self.doubts.append(why)


@dataclass
class _Field:
    code: str = ""
    shows: bool = False
    dirty: bool = False


class Word:
    """A Word document's eye: give it the paragraphs in reading order, each once."""

    def __init__(self, part: Callable[[str], bytes | None]) -> None:
        """`part` gives a part by what it is to the body, such as styles, None where there is none."""
        self.styles: Styles = styles_of(part("styles"), part("numbering"), part("theme"))
        settings = parsed(part("settings"))
        self._updates = settings is not None and is_on(settings.find(W + "updateFields"))
        self._fields: list[_Field] = []
        self._corners: dict[Element, tuple[Element | None, Element | None]] = {}

    def is_plain(self, body: Element) -> bool:
        """Tell, quickly, whether nothing in a body can keep its text from being seen as it is written.

        False only means that it takes the longer look of `paragraph`.
        """
        grounds, inks = {"FFFFFF"}, set()
        used: set[tuple[str, str | None]] = {("paragraph", None), ("character", None), ("table", None)}
        for element in body.iter(*_CHANGING):
            if element.tag in _NAMES:
                used.add((_NAMES[element.tag], element.get(W + "val")))
            elif element.tag == W + "shd":
                grounds.add(self.styles.ground(element))
            elif not _is_harmless(element):
                return False
        for kind, name in used:
            ink = self.styles.plain_ink(kind, name)
            if ink is None:
                return False
            inks.add(ink)
        return not any(colours.alike(i, g) for i in inks for g in grounds)

    def paragraph(self, paragraph: Element) -> Seen:
        """Return what a paragraph shows; text boxes in it are not its text."""
        seen = Seen()
        ground, under, doubt = self._around(paragraph)
        if doubt:
            seen.doubt(doubt)
        self._walk(paragraph, seen, _Place(self, paragraph, ground, under))
        if seen.text.strip() and self.styles.is_numbered(paragraph):
            seen.doubt(signs.NUMBERED)
        if signs.turned(seen.text):
            seen.doubt(signs.TURNED)
        return seen

    def _walk(self, parent: Element, seen: Seen, place: _Place) -> None:
        for child in parent:
            if not isinstance(child.tag, str):
                continue
            space, _, kind = child.tag.rpartition("}")
            if space != W[:-1]:
                self._foreign(child, seen, place)
            elif kind == "t" or (kind in _BREAKS and parent.tag == W + "r"):
                self._say(child.text or "" if kind == "t" else _BREAKS[kind], parent, seen, place)
            elif kind in _FIELDS:
                self._field(kind, child, seen, place)
            elif kind in _INSIDE:
                if kind in ("bdo", "dir") and child.get(W + "val") == "rtl" and _said(child):
                    seen.doubt(signs.TURNED)
                self._walk(child, seen, place)
            elif kind == "sdt":
                self._control(child, seen, place)
            elif kind not in _SILENT and kind not in _BREAKS:
                self._other(kind, child, seen, place)

    def _other(self, kind: str, child: Element, seen: Seen, place: _Place) -> None:
        if kind == "rt":
            seen.doubt(signs.NOTED)
        elif kind in ("footnoteReference", "endnoteReference"):
            run = child.getparent()
            raised = run is not None and "vertAlign" in place.look(run)
            if _flag(child, "customMarkFollows") or not raised:
                seen.doubt(signs.NOTED)
        elif kind in ("drawing", "pict", "object", "txbxContent"):
            self._picture(child, seen, place)
        elif kind in ("sym", "pgNum") or kind.startswith(("day", "month", "year")):
            run = child.getparent()
            if run is None or not is_on(place.look(run).get("vanish")):
                seen.doubt(signs.SYMBOL)
        elif _said(child):
            seen.doubt(signs.EITHER)

    @staticmethod
    def _picture(picture: Element, seen: Seen, place: _Place) -> None:
        run = picture.getparent()
        if run is not None and is_on(place.look(run).get("vanish")):
            seen.hidden += _said(picture)
        else:
            seen.doubt(signs.PICTURED)

    def _foreign(self, child: Element, seen: Seen, place: _Place) -> None:
        if child.tag == _MC + "AlternateContent":
            chosen = chosen_of(child)
            drawn = any(True for _ in child.iter(W + "drawing", W + "pict"))
            if drawn:
                seen.doubt(signs.PICTURED)
            elif _said(child):
                seen.doubt(signs.EITHER)
            if chosen is not None:
                self._walk(chosen, seen, place)
        elif child.tag.startswith(_M):
            text = _said(child)
            if text:
                seen.text += text
                seen.doubt(signs.FORMULA)
        elif _said(child):
            seen.doubt(signs.EITHER)

    def _field(self, kind: str, mark: Element, seen: Seen, place: _Place) -> None:
        """Keep count of the fields that are open; of a simple one, read what it shows."""
        step = mark.get(W + "fldCharType")
        if kind == "fldSimple":
            self._fields.append(_Field(mark.get(W + "instr", ""), True, _flag(mark, "dirty")))
            self._walk(mark, seen, place)
            self._fields.pop()
        elif step == "begin":
            self._fields.append(_Field(dirty=_flag(mark, "dirty")))
        elif not self._fields:
            return
        elif kind == "instrText":
            self._fields[-1].code += mark.text or ""
        elif step == "separate":
            self._fields[-1].shows = True
            self._fields[-1].dirty = self._fields[-1].dirty or _flag(mark, "dirty")
        elif step == "end":
            self._fields.pop()

    def _control(self, control: Element, seen: Seen, place: _Place) -> None:
        if _bound(control) and _said(control):
            seen.doubt(signs.BOUND)
        for content in control.findall(W + "sdtContent"):
            self._walk(content, seen, place)

    def _say(self, text: str, run: Element, seen: Seen, place: _Place) -> None:
        if not text:
            return
        if any(not f.shows for f in self._fields):
            if text.strip():
                seen.doubt(signs.FIELD)
            return
        for one in self._fields:
            name = (one.code.split() or [""])[0].upper()
            if one.dirty or self._updates or not (name in _KEPT or name.startswith("=")):
                seen.doubt(signs.FIELD)
        hidden, why = place.sight(run, len(text))
        if hidden:
            seen.hidden += text
            return
        seen.text += text
        if why and text.strip():
            seen.doubt(why)

    def _around(self, paragraph: Element) -> tuple[str, Look, str]:
        """Return the ground under a paragraph, what a table's style says of its runs, and why it may not be seen."""
        ground, doubt = "", ""
        under: Look = {}
        cell: Element | None = None
        for holder in paragraph.iterancestors():
            kind = holder.tag.rpartition("}")[2] if isinstance(holder.tag, str) else ""
            if kind == "sdt" and _bound(holder):
                doubt = signs.BOUND
            elif kind in ("Choice", "Fallback"):
                doubt = doubt or signs.EITHER
            elif kind == "tc" and cell is None:
                cell = holder
            elif kind == "tr" and cell is not None and _is_flat(holder):
                doubt = signs.UNSEEN
            elif kind == "tbl" and cell is not None:
                more, under, far = self._table(holder, cell)
                ground = ground or more
                doubt = doubt or far
                cell = None
        return ground, under, doubt

    def _table(self, table: Element, cell: Element) -> tuple[str, Look, str]:
        held = table.find(W + "tblPr")
        name = None if held is None else held.find(W + "tblStyle")
        style = self.styles.style("table", None if name is None else name.get(W + "val"))
        under, cells = dict(style.runs), dict(style.cells)
        for when, (runs, own) in style.conditions.items():
            if self._may_hold(when, table, cell):
                under |= runs
                cells |= own
        given = properties(cell.find(W + "tcPr"))
        whole = None if held is None else held.find(W + "shd")
        ground = (
            self.styles.ground(given.get("shd")) or self.styles.ground(cells.get("shd")) or self.styles.ground(whole)
        )
        float_ = None if held is None else held.find(W + "tblpPr")
        far = float_ is not None and any(abs(_number(float_.get(W + k))) > 3 * FAR for k in ("tblpX", "tblpY"))
        return ground, under, signs.UNSEEN if far else ""

    def _may_hold(self, when: str, table: Element, cell: Element) -> bool:
        """Tell whether a table style's condition may hold for a cell; bands may hold anywhere."""
        if table not in self._corners:
            rows = list(table.iter(W + "tr"))
            self._corners[table] = (rows[0], rows[-1]) if rows else (None, None)
        row = next(cell.iterancestors(W + "tr"), None)
        first, last = (row is x for x in self._corners[table])
        left = next(cell.itersiblings(W + "tc", preceding=True), None) is None
        right = next(cell.itersiblings(W + "tc"), None) is None
        held = {"firstRow": first, "lastRow": last, "firstCol": left, "lastCol": right, "nwCell": first and left,
                "neCell": first and right, "swCell": last and left, "seCell": last and right}  # fmt: skip
        return held.get(when, True)


class _Place:
    """A paragraph's style and ground, and how its runs look on it."""

    def __init__(self, word: Word, paragraph: Element, ground: str, under: Look) -> None:
        self.word = word
        own = paragraph.find(W + "pPr")
        given = None if own is None else own.find(W + "pStyle")
        self.style = word.styles.style("paragraph", None if given is None else given.get(W + "val"))
        self.under = under
        direct = {} if own is None else properties(own)
        self.ground = word.styles.ground(direct.get("shd")) or ground
        self.lines = direct.get("spacing", self.style.spacing)
        indent = direct.get("ind", self.style.indent)
        self.doubt = ""
        if indent is not None:
            sides = [_number(indent.get(W + k)) for k in ("left", "start", "right", "end", "firstLine", "hanging")]
            if any(abs(s) > FAR for s in sides) and any(True for _ in paragraph.iterancestors(W + "tc")):
                self.doubt = signs.UNSEEN
        frame = direct.get("framePr")
        if frame is not None and any(abs(_number(frame.get(W + k))) > 3 * FAR for k in ("x", "y")):
            self.doubt = signs.UNSEEN

    def look(self, run: Element) -> dict[str, Element]:
        """Return the properties that hold for a run, toggles of styles left to sight()."""
        own = run.find(W + "rPr") if run.tag == W + "r" else None
        direct = properties(own)
        named = direct.get("rStyle")
        letters = self.word.styles.style("character", None if named is None else named.get(W + "val"))
        return {**self.word.styles.base, **self.under, **self.style.runs, **letters.runs, **direct}

    def sight(self, run: Element, length: int) -> tuple[bool, str]:
        """Return whether a run's text is surely hidden, and why it is not surely seen."""
        look = self.look(run)
        vanish = self._toggled(run, "vanish")
        if vanish:
            return vanish > 0, signs.HIDDEN if vanish < 0 else ""
        if self._toggled(run, "strike") or is_on(look.get("dstrike")):
            return False, signs.STRUCK
        raised = look.get("vertAlign")
        if raised is not None and raised.get(W + "val") in ("superscript", "subscript"):
            return False, signs.RAISED
        if abs(_number(_val(look, "position"))) >= 5:
            return False, signs.RAISED
        return False, self.doubt or self._unseen(look, length) or self._odd(look)

    def _unseen(self, look: Mapping[str, Element], length: int) -> str:
        size = _number(_val(look, "sz"), 20)
        if size < TINY or 0 < _number(_val(look, "w"), 100) < 20 or _number(_val(look, "spacing")) < -5 * size:
            return signs.UNSEEN
        exact = self.lines is not None and self.lines.get(W + "lineRule") == "exact"
        if exact and self.lines is not None and _number(self.lines.get(W + "line"), 240) < 5 * size:
            return signs.UNSEEN
        fit = look.get("fitText")
        if fit is not None and 0 < _number(fit.get(W + "val")) < 40 * length:
            return signs.UNSEEN
        fill = look.get("textFill")
        if fill is not None and fill.tag.startswith(W14):
            if fill.find(W14 + "noFill") is not None or any(
                _number(a.get(W14 + "val")) > 80_000 for a in fill.iter(W14 + "alpha")
            ):
                return signs.UNSEEN
            solid = next((x.get(W14 + "val", "") for x in fill.iter(W14 + "srgbClr")), "")
            if solid and colours.alike(solid, self._under(look)):
                return signs.UNSEEN
        ink = self.word.styles.colour(look.get("color"))
        return signs.UNSEEN if ink and colours.alike(ink, self._under(look)) else ""

    def _under(self, look: Mapping[str, Element]) -> str:
        marker = colours.NAMED.get(_val(look, "highlight") or "", "")
        return marker or self.word.styles.ground(look.get("shd")) or self.ground or "FFFFFF"

    def _odd(self, look: Mapping[str, Element]) -> str:
        fonts = look.get("rFonts")
        named = [] if fonts is None else [fonts.get(W + k, "").lower() for k in ("ascii", "hAnsi")]
        if any(n.startswith(SYMBOLS) for n in named):
            return signs.SYMBOL
        layout = look.get("eastAsianLayout")
        if layout is not None and (_flag(layout, "combine") or _flag(layout, "vert")):
            return signs.RAISED
        return ""

    def _toggled(self, run: Element, name: str) -> int:
        """Return 1 where a toggle surely holds, 0 where it surely does not, -1 where two styles undo each other."""
        direct = properties(run.find(W + "rPr")) if run.tag == W + "r" else {}
        if name in direct:
            return int(is_on(direct[name]))
        named = direct.get("rStyle")
        letters = self.word.styles.style("character", None if named is None else named.get(W + "val"))
        levels = [is_on(x.get(name)) for x in (self.under, self.style.runs, letters.runs)]
        if is_on(self.word.styles.base.get(name)):
            return 1 if not any(name in x for x in (self.under, self.style.runs, letters.runs)) else -1
        return -1 if sum(levels) > 1 else sum(levels)


def parts_of(read: Callable[[str], bytes | None], main: str = "word/document.xml") -> Callable[[str], bytes | None]:
    """Return how to get the parts that belong to a body by their relation; `read` gives a part by its name."""
    folder, _, name = main.rpartition("/")
    relations = parsed(read(f"{folder}/_rels/{name}.rels"))
    targets: dict[str, str] = {}
    for relation in relations if relations is not None else ():
        target = relation.get("Target", "")
        place = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"{folder}/{target}")
        targets.setdefault(relation.get("Type", "").rpartition("/")[2], place)
    return lambda kind: read(targets[kind]) if kind in targets else None


def chosen_of(alternatives: Element) -> Element | None:
    """Return the alternative that Word takes: the first it knows all of, else what is there to fall back on."""
    for choice in alternatives.findall(_MC + "Choice"):
        needed = choice.get("Requires", "").split()
        if needed and all((choice.nsmap.get(n) or "").startswith(_OFFICE) for n in needed):
            return choice
    return alternatives.find(_MC + "Fallback")


def _bound(control: Element) -> bool:
    held = control.find(W + "sdtPr")
    return held is not None and any(isinstance(x.tag, str) and x.tag.endswith("}dataBinding") for x in held)


def _said(element: Element) -> str:
    return "".join(x.text or "" for x in element.iter() if isinstance(x.tag, str) and x.tag.endswith("}t")).strip()


def _is_flat(row: Element) -> bool:
    """Tell whether a row is hidden, or set too low for any text."""
    held = row.find(W + "trPr")
    if held is None:
        return False
    height = held.find(W + "trHeight")
    exact = height is not None and height.get(W + "hRule") == "exact" and _number(height.get(W + "val"), 240) < 100
    return exact or is_on(held.find(W + "hidden"))


def _flag(element: Element, name: str) -> bool:
    return element.get(W + name, "0") in ("1", "true", "on")


def _val(look: Mapping[str, Element], name: str) -> str | None:
    found = look.get(name)
    return None if found is None else found.get(W + "val")


def _number(raw: str | None, otherwise: int = 0) -> int:
    try:
        return int(float((raw or "").rstrip("ptin%"))) if raw else otherwise
    except (ValueError, OverflowError):
        return otherwise


_NAMES = {W + "pStyle": "paragraph", W + "rStyle": "character"}
_CHANGING = (
    *(
        W + k
        for k in (
            "rPr", "pStyle", "rStyle", "shd", "sdt", "fldSimple", "fldChar", "sym", "drawing", "pict", "object", "ruby",
            "bdo", "dir", "numPr", "ptab", "footnoteReference", "endnoteReference", "framePr", "tblStyle", "tblpPr",
            "hidden", "spacing", "trHeight", "customXml", "smartTag", "del", "moveFrom", "ind",
        )
    ),
    _MC + "AlternateContent",
    _M + "oMath",
)  # fmt: skip
_HARMLESS = {W + k for k in ("rStyle", "b", "bCs", "i", "iCs", "lang", "noProof", "kern", "u", "szCs")}


def _is_harmless(element: Element) -> bool:
    """Tell whether a property that could keep text from being seen surely does not."""
    kind = element.tag.rpartition("}")[2]
    if kind == "rPr":
        return all(x.tag in _HARMLESS for x in element)
    if kind == "spacing":
        return element.get(W + "lineRule") != "exact" or _number(element.get(W + "line"), 240) >= LOW
    return kind == "trHeight" and (element.get(W + "hRule") != "exact" or _number(element.get(W + "val"), 240) >= LOW)
