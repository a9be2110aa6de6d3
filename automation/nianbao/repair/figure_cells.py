"""Which cell of one sheet is which figure: by its defined name and by its labels, never by its place alone.

A name goes with its cell wherever rows, columns and cells are moved; labels stay what a reader sees. A cell is sure
where its name is not gainsaid by a label, or, without a name, where its row and its column are labelled. Where the two
do not agree nothing is sure.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from nianbao.form import CellKind
from nianbao.published import labels, rows, wording
from nianbao.published.lookup import Lookup
from nianbao.repair.loose import Loose
from nianbao.repair.view import Place, View
from nianbao.unicodes import quotation
from nianbao.workbook.address import name_of, parsed

_SHOWN = 20


@dataclass(frozen=True)
class Known:
    """The sure cells of one sheet by key, and why others that might be figures are not sure."""

    sure: Mapping[str, Place]
    doubts: Mapping[Place, str]


class FigureCells:
    """Finds the figures and the labels typed by the clerk in the sheets of one workbook.

    `named` are the names that point anywhere in the workbook: a figure whose name is at another cell of the same sheet
    is never taken by its labels.
    """

    def __init__(self, lookup: Lookup) -> None:
        self.lookup = lookup
        self.edition = lookup.edition
        self.of_name = {name_of(k): k for k in self.edition.values}
        self.of_name |= {name_of(k, "text"): k for k in self.edition.typed_labels}
        self._loose = Loose(self.edition)
        self._heads = Counter(
            (t.sheet, labels.fold(c.text).core) for t in self.edition.tables for c in t.cells if c.kind is CellKind.HEAD
        )

    def known(self, view: View) -> Known:
        """Return what is sure on one sheet."""
        named, doubts = self._named(view)
        labelled = self._labelled(view)
        first: dict[int, int] = {}
        for place in (*named, *labelled):
            first[place[0]] = min(place[1], first.get(place[0], place[1]))
        at = {key: place for place, key in named.items()}
        sure: dict[str, Place] = {}
        for place, key in named.items():
            why = self._against(view, place, key, first[place[0]]) or self._elsewhere(place, key, labelled)
            why = why or self._beside_others(view, place, key)
            if why:
                doubts[place] = why
            else:
                sure[key] = place
        if doubts:
            self._shaken(view, sure, doubts, first)
        for place, key in labelled.items():
            if place in named or place in doubts:
                continue
            if key in at:
                doubts[place] = self._moved(view, key, at[key])
            elif not self._against(view, place, key, first[place[0]], strict=True):
                why = self._beside_others(view, place, key)
                if why:
                    doubts[place] = why
                else:
                    sure[key] = place
        self._loose.doubt(view, sure, doubts, at)
        return Known(sure, doubts)

    def _named(self, view: View) -> tuple[dict[Place, str], dict[Place, str]]:
        found: dict[Place, str] = {}
        doubts: dict[Place, str] = {}
        many: dict[str, list[Place]] = {}
        for place, names in view.names.items():
            keys = sorted({self.of_name[n] for n in names if n in self.of_name})
            if len(keys) > 1:
                doubts[place] = f"这一格原来是几个格子（{'、'.join(map(self.name, keys))}），认不出是哪一个的"
            elif keys:
                many.setdefault(keys[0], []).append(place)
        for key, places in many.items():
            for place in places:
                if len(places) > 1:
                    doubts[place] = f"这张表里有几格都是{self.name(key)}"
                else:
                    found[place] = key
        return found, doubts

    def _labelled(self, view: View) -> dict[Place, str]:
        """Return the cells that the published reader's geometry knows by labels and headings that stand over them."""
        grid = view.grid
        if grid is None:
            return {}
        found = self.lookup.find(grid)
        places: dict[Place, str] = {}
        for key, spot in found.cells.items():
            cell = parsed(spot.cell.place)
            if cell is not None and self.edition.values[key].table not in found.headless:
                places[cell.row, cell.column] = key
        return places

    def name(self, key: str) -> str:
        """Name a figure or a typed label as messages do."""
        value = self.edition.values.get(key)
        return quotation(value.place) if value else "“类别”"

    def _elsewhere(self, place: Place, key: str, labelled: Mapping[Place, str]) -> str:
        other = labelled.get(place)
        if other is not None and other != key:
            return f"按表格的名称，这一格是{self.name(other)}，而它原来是{self.name(key)}：格子与行名、列名错开了"
        return ""

    def _moved(self, view: View, key: str, place: Place) -> str:
        return f"按行名、列名是{self.name(key)}，而那一格移到了{view.spot(place).ref}：格子与行名、列名错开了"

    def _shaken(self, view: View, sure: dict[str, Place], doubts: dict[Place, str], first: Mapping[int, int]) -> None:
        """Doubt cells whose labels are lost on a sheet where other names are at a wrong cell: theirs may be as well."""
        for key, place in list(sure.items()):
            if self._against(view, place, key, first[place[0]], strict=True):
                del sure[key]
                doubts[place] = "它的行名或列名不在了，这张表里又有格子错了位，不能确定"

    def _beside_others(self, view: View, place: Place, key: str) -> str:
        """Tell of a figure in a row without a label where another row below the same headings has figures too."""
        found = self.lookup.path(key)
        if found is None or found[0].labels:
            return ""
        top = next((r for r in range(place[0] - 1, 0, -1) if r in view.heads), 0)
        for row in range(top + 1, view.bottom + 1):
            texts = view.by_row.get(row, {}).values()
            if row != place[0] and texts and not any(rows.is_figure(t) for t in texts):
                return ""
            if row != place[0] and texts:
                return "同样的列名下有几行数字，认不出是哪一行"
        return ""

    def _has_head(self, view: View, table: str, head: str) -> bool:
        """Tell whether a heading stands elsewhere on a sheet, as often as it is printed there."""
        core = labels.fold(head).core
        return view.words_told[core] >= self._heads[self.edition.table[table].sheet, core]

    def _against(self, view: View, place: Place, key: str, first: int, *, strict: bool = False) -> str:
        """Return what gainsays that a cell is this figure: '' where nothing does; `strict` wants its labels seen."""
        found = self.lookup.path(key)
        if found is None:
            return ""
        row, path = found
        over = view.above(place)
        lowest = over[0] if over else ""
        leaf = labels.near(lowest, path[-1]) or wording.means(lowest, path[-1])
        higher = not strict and any(labels.same(lowest, p) for p in path[:-1])
        if not leaf and (strict or (lowest and not higher) or self._has_head(view, row.table, path[-1])):
            return f"它上面的列名是{_shortened(lowest)}，不是{quotation(path[-1])}"
        left = {view.tops.get((place[0], c), (place[0], c)) for c in range(1, first)}
        texts = [t for p in sorted(left) if (t := view.text(p)).strip() and not rows.is_figure(t)]
        if not row.labels:
            return ""
        for text in texts:
            labelled = self.lookup.words.row(text)
            if labelled and labelled[0].label == row.label:
                return ""
        wrong = [t for t in texts if not any(labels.same(t, own) for own in row.labels[:-1])]
        if wrong or strict or view.words_told[labels.fold(row.label).core]:
            return f"它左边的行名是{_shortened(wrong[-1] if wrong else '')}，不是{quotation(row.label)}"
        return ""


def _shortened(text: str) -> str:
    flat = "".join(text.split())
    return quotation(flat if len(flat) <= _SHOWN else f"{flat[:_SHOWN]}…") if flat else "空的"
