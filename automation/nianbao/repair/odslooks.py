"""How the cells and characters of an .ods look, as far as it decides whether they are seen as they are written."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from lxml import etree

from nianbao.visible import signs
from nianbao.workbook.looks import FILLED, HIDDEN, PALE, RAISED, SMALL, SMALLEST, STRUCK, SYMBOLS, too_pale

_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_FO = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_POINTS = re.compile(r"([0-9.]+)pt")
_COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")
_DEEPEST = 20


class Looks:
    """The styles of a document by family and name, each with what it takes from its parents."""

    def __init__(self, roots: Sequence[etree._Element]) -> None:
        self._styles: dict[tuple[str, str], etree._Element] = {}
        self._faults: dict[str, str] = {}
        for root in roots:
            for style in root.iter(f"{_STYLE}style", f"{_STYLE}default-style"):
                name = style.get(f"{_STYLE}name", "") if style.tag == f"{_STYLE}style" else ""
                self._styles[style.get(f"{_STYLE}family", ""), name] = style

    def fault(self, name: str) -> str:
        """Say why what stands in a cell of this style is not seen as it is written; '' when it is."""
        if name not in self._faults:
            self._faults[name] = _fault(self._properties("table-cell", name))
        return self._faults[name]

    def marks(self, paragraph: etree._Element) -> Iterator[str]:
        """Yield what of a paragraph's characters is not seen as it is written."""
        for span in paragraph.iter(f"{_TEXT}span"):
            text = "".join(map(str, span.itertext())).strip()
            fault = _fault(self._properties("text", span.get(f"{_TEXT}style-name", "")))
            if text and fault:
                yield f"“{text[:12]}”{fault.removeprefix('字').removeprefix('整格')}"

    def _properties(self, family: str, name: str) -> Mapping[str, str]:
        """Return a style's properties of text and of cell, its parents' and the default's where it has none."""
        found: dict[str, str] = {}
        for _ in range(_DEEPEST):
            style = self._styles.get((family, name))
            for part in style if style is not None else ():
                if part.tag in (f"{_STYLE}text-properties", f"{_STYLE}table-cell-properties"):
                    found = {**{str(k): str(v) for k, v in part.attrib.items()}, **found}
            if not name:
                break
            name = style.get(f"{_STYLE}parent-style-name", "") if style is not None else ""
        return found


def _fault(said: Mapping[str, str]) -> str:
    struck = any(said.get(f"{_STYLE}text-line-through-{n}", "none") != "none" for n in ("style", "type"))
    size = _POINTS.fullmatch(said.get(f"{_FO}font-size", ""))
    fonts = (said.get(f"{_STYLE}font-name", ""), said.get(f"{_FO}font-family", "").strip("'\""))
    hidden = said.get(f"{_TEXT}display") == "none" or said.get(f"{_STYLE}cell-protect") == "hidden-and-protected"
    faults = [
        (struck, STRUCK),
        (said.get(f"{_STYLE}text-position", "0%").split()[0] not in ("0%", "0"), RAISED),
        (size is not None and float(size[1]) < SMALLEST, SMALL),
        (any(map(signs.is_symbol_font, fonts)), SYMBOLS),
        (hidden, HIDDEN),
        (said.get(f"{_STYLE}repeat-content") == "true", FILLED),
        (_is_pale(said), PALE),
    ]
    return next((what for holds, what in faults if holds), "")


def _is_pale(said: Mapping[str, str]) -> bool:
    ink, ground = (said.get(n, "") for n in (f"{_FO}color", f"{_FO}background-color"))
    if said.get(f"{_STYLE}use-window-font-color") == "true" or not _COLOUR.fullmatch(ink):
        ink = "#000000"
    return too_pale(ink[1:].upper(), ground[1:].upper() if _COLOUR.fullmatch(ground) else "FFFFFF")
