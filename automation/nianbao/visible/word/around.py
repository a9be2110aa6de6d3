"""What stands around a paragraph: the cell and the table it is in, what controls and alternatives hold it."""

from __future__ import annotations

from nianbao.visible import signs
from nianbao.visible.word.place import FAR
from nianbao.visible.word.styles import Styles
from nianbao.visible.word.xml import Element, Look, W, is_bound, is_on, number, properties


class Around:
    """Looks from paragraphs outwards."""

    def __init__(self, styles: Styles) -> None:
        self._styles = styles
        self._corners: dict[Element, tuple[Element | None, Element | None]] = {}

    def of(self, paragraph: Element) -> tuple[str, Look, str]:
        """Return the ground under a paragraph, what a table's style says of its runs, and why it may not be seen."""
        ground, doubt = "", ""
        under: Look = {}
        cell: Element | None = None
        for holder in paragraph.iterancestors():
            kind = holder.tag.rpartition("}")[2] if isinstance(holder.tag, str) else ""
            if kind == "sdt" and is_bound(holder):
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
        style = self._styles.style("table", None if name is None else name.get(W + "val"))
        under, cells = dict(style.runs), dict(style.cells)
        for when, (runs, own) in style.conditions.items():
            if self._may_hold(when, table, cell):
                under |= runs
                cells |= own
        given = properties(cell.find(W + "tcPr"))
        whole = None if held is None else held.find(W + "shd")
        laid = self._styles.theme.ground
        ground = laid(given.get("shd")) or laid(cells.get("shd")) or laid(whole)
        float_ = None if held is None else held.find(W + "tblpPr")
        far = float_ is not None and any(abs(number(float_.get(W + k))) > 3 * FAR for k in ("tblpX", "tblpY"))
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


def _is_flat(row: Element) -> bool:
    """Tell whether a row is hidden, or set too low for any text."""
    held = row.find(W + "trPr")
    if held is None:
        return False
    height = held.find(W + "trHeight")
    exact = height is not None and height.get(W + "hRule") == "exact" and number(height.get(W + "val"), 240) < 100
    return exact or is_on(held.find(W + "hidden"))
