"""What stands around a paragraph: the cell and the table it is in, what controls and alternatives hold it."""

from __future__ import annotations

from nianbao.visible import signs
from nianbao.visible.word.run_looks import FAR
from nianbao.visible.word.style_effects import DocxStyles, Style
from nianbao.visible.word.xml import Element, Look, W, is_bound, is_on, number, properties


class Enclosing:
    """Looks from paragraphs outwards."""

    def __init__(self, styles: DocxStyles) -> None:
        self._styles = styles
        self._corners: dict[Element, tuple[Element | None, Element | None]] = {}
        self._tables: dict[Element, tuple[Style, Element | None, bool]] = {}
        self._cells: dict[Element, tuple[str, Look, str, str]] = {}

    def of(self, paragraph: Element) -> tuple[str, Look, str]:
        """Return the ground under a paragraph, what a table's style says of its runs, and why it may not be seen."""
        forced = usual = ""
        for holder in paragraph.iterancestors():
            kind = _kind(holder)
            if kind == "tc":
                ground, under, more, else_ = self._outside(holder)
                return ground, under, more or forced or usual or else_
            forced, usual = _held(holder, kind, forced, usual)
        return "", {}, forced or usual

    def _outside(self, cell: Element) -> tuple[str, Look, str, str]:
        """Return the same for a cell and all around it, once for each cell: tables may stand in tables.

        The reasons are two: one that outdoes whatever holds inside, and one for where nothing inside says any.
        """
        if cell not in self._cells:
            self._cells[cell] = self._looked(cell)
        return self._cells[cell]

    def _looked(self, cell: Element) -> tuple[str, Look, str, str]:
        ground, forced, usual = "", "", ""
        under: Look = {}
        if is_beneath(cell):
            forced = signs.HIDDEN
        inside = True
        for holder in cell.iterancestors():
            kind = _kind(holder)
            if kind == "tr" and inside and _is_flat(holder):
                forced = signs.UNSEEN
            elif kind == "tbl" and inside:
                ground, under, far = self._table(holder, cell)
                usual = usual or far
                inside = False
            elif kind == "tc" and not inside:
                more, wider, outdoing, else_ = self._outside(holder)
                return ground or more, wider, outdoing or forced, usual or else_
            else:
                forced, usual = _held(holder, kind, forced, usual)
        return ground, under, forced, usual

    def _table(self, table: Element, cell: Element) -> tuple[str, Look, str]:
        style, whole, far = self._looks_of(table)
        under, cells = dict(style.runs), dict(style.cells)
        for when, (runs, own) in style.conditions.items():
            if self._may_hold(when, table, cell):
                under |= runs
                cells |= own
        given = properties(cell.find(W + "tcPr"))
        laid = self._styles.theme.ground
        ground = laid(given.get("shd")) or laid(cells.get("shd")) or laid(whole)
        return ground, under, signs.UNSEEN if far else ""

    def _looks_of(self, table: Element) -> tuple[Style, Element | None, bool]:
        """Return a table's style and shading, and whether it stands off the page; looked for once for each table."""
        if table not in self._tables:
            held = table.find(W + "tblPr")
            name, whole, float_ = (None if held is None else held.find(W + k) for k in ("tblStyle", "shd", "tblpPr"))
            style = self._styles.style("table", None if name is None else name.get(W + "val"))
            far = float_ is not None and any(abs(number(float_.get(W + k))) > 3 * FAR for k in ("tblpX", "tblpY"))
            self._tables[table] = (style, whole, far)
        return self._tables[table]

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


def is_beneath(cell: Element) -> bool:
    """Tell whether a cell is merged into the one before it in the old way (17.4.22): what it holds is not shown."""
    merge = cell.find(f"{W}tcPr/{W}hMerge")
    return merge is not None and merge.get(W + "val", "continue") == "continue"


def _kind(holder: Element) -> str:
    return holder.tag.rpartition("}")[2] if isinstance(holder.tag, str) else ""


def _held(holder: Element, kind: str, forced: str, usual: str) -> tuple[str, str]:
    if kind == "sdt" and is_bound(holder):
        return signs.BOUND, usual
    if kind in ("Choice", "Fallback"):
        return forced, usual or signs.EITHER
    return forced, usual


def _is_flat(row: Element) -> bool:
    """Tell whether a row is hidden, or set too low for any text."""
    held = row.find(W + "trPr")
    if held is None:
        return False
    height = held.find(W + "trHeight")
    exact = height is not None and height.get(W + "hRule") == "exact" and number(height.get(W + "val"), 240) < 100
    return exact or is_on(held.find(W + "hidden"))
