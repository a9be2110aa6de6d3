"""The repair itself: from a broken workbook to a report, and to a list of all that is not in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace

from nianbao.form import Edition, load_edition
from nianbao.published.lookup import lookup_of
from nianbao.repair import facts_and_texts, last_year_rescue, written_reasons
from nianbao.repair.broken_book import Opened
from nianbao.repair.facts_and_texts import Prose
from nianbao.repair.figure_cells import FigureCells, Known
from nianbao.repair.last_year_rescue import RescuedYear
from nianbao.repair.leftover import Leftover
from nianbao.repair.model import Repaired
from nianbao.repair.opening import edition_cells, edition_of
from nianbao.repair.printed import printed
from nianbao.repair.standard import ReadBack, StandardForm
from nianbao.repair.target import has_place, moved
from nianbao.repair.view import View, said
from nianbao.report import Reason, Report
from nianbao.unicodes import quotation
from nianbao.workbook.address import Spot
from nianbao.workbook.contents import fold
from nianbao.workbook.layout import CELLS, INFO


def repair(book: Opened, edition_name: str = "", private: Iterable[str] = ()) -> Repaired:
    """Return what can surely be carried out of a broken workbook, and what cannot.

    `edition_name` (an id or a .toml file) is the edition of the new workbook, '' for that of the broken one; `private`
    are sheets that must not be carried nor quoted. Raises InputError for a file that is no workbook of ours,
    EditionError.
    """
    asked = load_edition(edition_name) if edition_name else None
    return rescued(book, asked, edition_name if edition_name.endswith(".toml") else "", private)


def rescued(book: Opened, asked: Edition | None = None, named: str = "", private: Iterable[str] = ()) -> Repaired:
    """Do the same with a workbook that is open; `named` is how the edition is to be named where not by its id."""
    source = edition_of(book, asked)
    rescue = _Rescue(source, book.views(lookup_of(source)), frozenset(private))
    rescue.left.damaged(book.damaged)
    target = asked or source
    done = rescue.run(target, named or target.id)
    unseen = (book.unseen,) if book.unseen else ()
    return replace(done, version=book.version, notes=(*unseen, *done.notes))


_TITLE_ROWS = 6
_LAST = "“上年数据”里认不出是哪一格的"
_SEVERAL = "有几张工作表都像“上年数据”，内容不同，认不出用哪一张"


class _Rescue:
    """One broken workbook on its way."""

    def __init__(self, source: Edition, views: Mapping[str, View], private: frozenset[str]) -> None:
        self.source, self.views = source, views
        self.standard = StandardForm(source, views)
        self.printed = printed(source)
        self.left = Leftover(views, self.printed, private)
        self.last = [v for t, v in views.items() if t not in private and last_year_rescue.is_last_year(v)]
        self.results = {t: c for t, v in views.items() if t not in private and (c := written_reasons.head_row(v))}
        kept = {t: v for t, v in views.items() if t not in private and v not in self.last}
        self.form = [v for t, v in kept.items() if t not in self.results and not self._is_cells(v)]
        self.computed = [v for v in kept.values() if v not in self.form]
        self.from_: dict[str, list[Spot]] = {}

    def _is_cells(self, view: View) -> bool:
        return any(fold(t) == CELLS for r in range(1, _TITLE_ROWS) for t in view.by_row.get(r, {}).values())

    def run(self, target: Edition, named: str) -> Repaired:
        """Carry over what is sure."""
        finder = FigureCells(lookup_of(self.source))
        known = {v.title: finder.known(v) for v in self.form}
        self.left.known(s for v in self.form for s in edition_cells(v))
        self._figures(known)
        written = facts_and_texts.find(self.source, self.form, self.printed)
        self._prose(written)
        read = self.standard.read()
        refused = {self.standard.origin[s]: why for s, why in read.refused.items()}
        self.left.refuse(refused)
        rest = {k: [s for s in spots if s not in refused] for k, spots in self.from_.items()}
        self.from_ = {k: spots for k, spots in rest.items() if spots}
        last = self._last_year(target, named)
        answers = self._reasons()
        self.left.known(v.spot(p) for v in self.computed for p, c in v.sheet.cells.items() if c.formula)
        report = self._report(read, target, named)
        others = [v for t, v in self.views.items() if t not in self.left.private and v not in self.last]
        self.left.rest(others)
        return Repaired(
            target, self.source, report, last, read.facts.blank_means_zero, answers,
            {k: tuple(s.place for s in spots) for k, spots in self.from_.items()},
            self.left.all(), tuple(self._notes()), 0,
        )  # fmt: skip

    def _figures(self, known: Mapping[str, Known]) -> None:
        """Put every sure figure and typed label that stands in one place only, or in several alike."""
        at: dict[str, list[Spot]] = {}
        for title, found in known.items():
            for place, why in found.doubts.items():
                self.left.doubt(self.views[title].spot(place), why)
            for key, place in found.sure.items():
                at.setdefault(key, []).append(self.views[title].spot(place))
        touched = {self._table(k, s) for k, spots in at.items() for s in spots if self._typed(k, s)}
        for key, spots in at.items():
            rivals = [s for s in spots if len(spots) == 1 or self._table(key, s) in touched]
            spot = self.standard.places.values.get(key) or self.standard.places.typed[key]
            self._one(key, spot, [s for s in rivals if self._is_input(key, s)])
            self.left.known(s for s in spots if not self._is_input(key, s))

    def _one(self, key: str, due: Spot, spots: list[Spot]) -> None:
        if len({said(self._value(s)).strip() for s in spots}) > 1:
            names = "、".join(f"“{t}”" for t in dict.fromkeys(s.sheet for s in spots))
            for spot in spots:
                self.left.doubt(spot, f"{names}里都有这一格，内容不同，认不出用哪一个")
            return
        if not spots:
            return
        own = next((s for s in spots if s.sheet == due.sheet), spots[0])
        doubt = self.views[own.sheet].content((own.row, own.column)).look.doubt
        if doubt:
            self.left.doubt(own, f"这里的条件格式会{doubt}，看到的可能不是所填的")
            return
        self.standard.put(due, own)
        self.from_[key] = [own]
        self.left.known(spots)

    def _table(self, key: str, spot: Spot) -> tuple[str, str]:
        value = self.source.values.get(key)
        return spot.sheet, value.table if value else ""

    def _value(self, spot: Spot) -> object:
        return self.views[spot.sheet].content((spot.row, spot.column)).value

    def _is_input(self, key: str, spot: Spot) -> bool:
        """Tell whether a cell may hold something typed: a total's formula does not."""
        return not (key in self.source.sums and self.views[spot.sheet].content((spot.row, spot.column)).formula)

    def _typed(self, key: str, spot: Spot) -> bool:
        return self._is_input(key, spot) and bool(said(self._value(spot)).strip())

    def _prose(self, found: Prose) -> None:
        for spot, why in found.doubts.items():
            self.left.doubt(spot, why)
        self.left.known(found.gutters)
        for key, spots in found.facts.items():
            told = [s for s in spots if said(self._value(s)).strip()]
            self._one(key, self.standard.places.fields[key], told)
        for key, several in found.texts.items():
            told_ = [[s for s in spots if said(self._value(s)).strip()] for spots in several]
            written = {tuple(said(self._value(s)).strip() for s in spots) for spots in told_ if spots}
            if len(written) > 1:
                label = next(t.label for t in self.source.texts if t.id == key)
                for spot in (s for spots in told_ for s in spots):
                    self.left.doubt(spot, f"几张工作表里都有{quotation(label)}，内容不同，认不出用哪一份")
            elif written:
                spots = next(s for s in told_ if s)
                over = self.standard.put_text(key, spots)
                self.from_[key] = [s for s in spots if s not in over]
                self.left.known(s for one in told_ for s in one if s not in over)

    def _last_year(self, target: Edition, named: str) -> Report | None:
        found: list[tuple[View, RescuedYear]] = []
        for view in self.last:
            one = last_year_rescue.read(view, target, named)
            found.append((view, one))
            if one.edition is not None:
                self.left.printed = self.printed.with_(printed(one.edition))
        reports = [f.report for _, f in found if f.report is not None and (f.report.values or f.report.body)]
        whole = bool(reports) and all(r == reports[0] for r in reports)
        for view, one in found:
            self.left.known(view.spot(p) for p in (one.used if whole else one.marks))
            self.left.rest([view], _LAST if whole or len(found) == 1 else _SEVERAL)
        return reports[0] if whole else None

    def _reasons(self) -> dict[str, Reason]:
        answers: dict[str, Reason] = {}
        for title, columns in self.results.items():
            for spot, reason in written_reasons.read(self.views[title], columns).items():
                if reason is None:
                    self.left.doubt(spot, "认不出这条说明是针对哪个问题的（“指纹”不在了）")
                else:
                    answers[spot.place] = reason
                    self.left.known([spot])
            self.left.known(written_reasons.told_there(self.views[title], columns))
        return answers

    def _report(self, read: ReadBack, target: Edition, named: str) -> Report:
        """Return the report in the edition of the new workbook; what that has no place for is left."""
        report = moved(read, self.source, target, named)
        for key in [k for k in self.from_ if not has_place(k, report, target)]:
            for spot in self.from_.pop(key):
                self.left.doubt(spot, f"新的格式“{target.name}”没有这一格")
        return report

    def _notes(self) -> Iterable[str]:
        hidden: Counter[str] = Counter()
        for spots in self.from_.values():
            for spot in spots:
                sheet = self.views[spot.sheet].sheet
                hidden[spot.sheet] += spot.row in sheet.hidden_rows or spot.column in sheet.hidden_columns
        for title, count in hidden.items():
            if count:
                yield f"“{title}”隐藏的行或列里有{count}格，也转入了新表，请核对"
        if self.left.anything_of(INFO):
            yield f"“{INFO}”没有转全，请在新表里补齐"
