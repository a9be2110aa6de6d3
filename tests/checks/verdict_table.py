"""Every rule of every shipped edition held, broken, not judged, and how four paths tell it.

`python tests/checks/verdict_table.py` prints the table; test_verdict_table.py asserts what it says. The reports are the
cases of tests/cases, for every edition that has their cells, and files that readers find something in. A verdict that a
rule can't have has its reason in tests/cases/verdicts.toml, and what shows that it is so.
"""

import random
import sys
import tempfile
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

import casebook
import reports
from books import edited, set_cell
from checks.told_verdicts import BROKEN, HELD, PATHS, STATES, UNJUDGED, Shown, shown
from nianbao import pipeline, workbook
from nianbao.checks import judge
from nianbao.findings import Places
from nianbao.form import edition_names, load_edition
from nianbao.pipeline import Checked, check_reading
from nianbao.report import Reading
from published import pages
from register import registers

IMPOSSIBLE = tomllib.loads((casebook.FOLDER / "verdicts.toml").read_text(encoding="utf-8"))["impossible"]
LAST_RESORT_YEAR = 2025


@dataclass
class Line:
    """One rule of one edition: of each state the paths that tell it, or why it can't have it."""

    edition: str
    rule: str
    told: dict[str, list[str]] = field(default_factory=dict)
    cannot: dict[str, str] = field(default_factory=dict)


class Table:
    """The lines of one edition."""

    def __init__(self, name: str, folder: Path) -> None:
        self.name, self.folder, self.edition = name, folder, load_edition(name)
        self.book = folder / "填报表.xlsx"
        self.base = reports.zero(name)
        self.book.write_bytes(workbook.build(self.edition, self.base))
        self.lines = {r.id: Line(name, r.id) for r in self.edition.rules}

    def fill(self) -> list[Line]:
        """Take the shared reports first, then for what is still open the rule's own cases."""
        for checked in self._shared():
            self._note(checked)
        self.empty = self._note(self._of_empty())
        for checked in self._files():
            self._note(checked)
        for rule, line in self.lines.items():
            for state in STATES:
                if state not in line.told:
                    self._search(rule, state)
        for line in self.lines.values():
            for state in STATES:
                if state not in line.told:
                    line.cannot[state] = self._cannot(line.rule, state)
        return list(self.lines.values())

    def _note(self, checked: Checked) -> Shown:
        told = shown(checked, self.folder)
        for rule, (state, _) in told.verdicts.items():
            listed = state != BROKEN or rule in told.cli.broken
            paths = told.paths(rule)
            line = self.lines[rule]
            if listed and (state not in line.told or len(paths) > len(line.told[state])):
                line.told[state] = paths
            if len(paths) < len(PATHS) - (told.results is None) and listed:
                line.told[state] = paths  # a path that tells otherwise once is not mended by one that does not
                line.cannot[state] = "说法不一"
        return told

    def _of_empty(self) -> Checked:
        empty = replace(self.base, values={}, texts={}, body={}, year=None)
        return check_reading(self.book, self._placed(reports.reading(empty)))

    def _placed(self, reading: Reading) -> Reading:
        return replace(reading, places=Places(self.edition, workbook.layout(self.edition).places))

    def _shared(self) -> Iterator[Checked]:
        """All is well; nothing is written; no last year; no level; a notice and nothing it asks for."""
        last = replace(self.base, year=LAST_RESORT_YEAR - 1)
        empty = replace(self.base, values={}, texts={}, body={}, year=None)
        blank = replace(self.base, values={}, texts={})
        notices = [pipeline.read_notice(p) for p in sorted((casebook.FOLDER / "notices").glob("*.toml"))]
        for reading in (
            reports.reading(self.base, last_year=last),
            reports.reading(self.base),
            reports.reading(blank, last_year=last),
            reports.reading(replace(self.base, body={**self.base.body, "level": ""}), last_year=last),
            *(replace(reports.reading(r), notice=n) for n in notices for r in (self.base, empty, blank)),
        ):
            yield check_reading(self.book, self._placed(reading))

    def _search(self, rule: str, state: str) -> None:
        """Judge the rule's cases, those that are to come out so first, until one does; that one is told."""
        own = [c for c in casebook.CASES if c["rule"] == rule]
        for case in sorted(own, key=lambda c: (c.get("edition", "2021") != self.name, c["holds"] != (state == HELD))):
            for reading in _ported(case, self.name):
                judged = judge(reading)
                found = {v.rule: v.state.value for v in judged.verdicts}
                if found.get(rule) == state and (state != BROKEN or any(f.rule == rule for f in judged.findings)):
                    self._note(check_reading(self.book, self._placed(reading)))
                    return

    def _cannot(self, rule: str, state: str) -> str:
        """Return why the rule can't come out so, when the data say what an empty report gives and it does; else ''."""
        scope = self.edition.rule[rule].scope
        for line in IMPOSSIBLE:
            named = rule in line.get("rules", ()) or scope in line.get("scopes", ())
            if named and state in line["states"] and self.name in line.get("editions", (self.name,)):
                shown_of_empty, _ = self.empty.verdicts.get(rule, ("none", ""))
                return line["why"] if shown_of_empty == line["empty"] else ""
        return ""

    def _files(self) -> Iterator[Checked]:
        """Workbooks, pages and registers that the readers find something in."""
        yield pipeline.check_file(self.book)
        yield self._clumsy()
        moved = self._copy("移.xlsx")
        yield pipeline.check_file(edited(moved, _first_label_changed))
        for changed in ((), _FAULTS):
            yield self._page(changed)
        yield from self._registers()

    def _copy(self, name: str) -> Path:
        path = self.folder / name
        path.write_bytes(self.book.read_bytes())
        return path

    def _clumsy(self) -> Checked:
        path = self._copy("乱.xlsx")
        key = next(k for k, v in self.edition.values.items() if k not in self.edition.sums and v.required)
        set_cell(path, key, "12件", self.name)
        return pipeline.check_file(edited(path, _hide_a_row))

    def _page(self, manners: tuple[Callable[..., None], ...]) -> Checked:
        page = pages.page(self.base)
        for act in manners:
            act(page, random.Random(3))
        path = self.folder / "年报.html"
        path.write_bytes(page.rendered())
        return pipeline.check_file(path, self.name)

    def _registers(self) -> Iterator[Checked]:
        head = registers.one(编号="1", received="2025-3-1")[0]
        right = registers.write_csv(self.folder / "台账好.csv", [head])
        yield pipeline.check_file(self.book, register=pipeline.RegisterFile(right))
        wrong = [
            registers.one(编号="1", received="2025-3-1", answered="2025-9-1")[1],
            registers.one(编号="1", received="2025-3-1", answered="2025-3-3")[1],
            registers.one(编号="2", received="2025-3-1", answered="2024-3-3")[1],
            registers.one(编号="3", received="2025-3-1", label="已处理")[1],
        ]
        path = registers.write_csv(self.folder / "台账错.csv", [head, *wrong])
        yield pipeline.check_file(self.book, register=pipeline.RegisterFile(path), today=date(2026, 1, 20))


def _first_label_changed(book) -> None:
    book["表三"]["A9"].value = "改"


def _hide_a_row(book) -> None:
    book["表四"].row_dimensions[7].hidden = True


def _wrong_figure(page, rng) -> None:
    del rng
    page.values()[0].text, page.values()[1].text = "约12", "12件"


def _hidden(page, rng) -> None:
    pages.a_hidden_copy_with_other_figures(page, rng)


def _other_heading(page, rng) -> None:
    del rng
    page.headings = {s.id: s.title.replace("主要问题", "问题") for s in page.edition.sections}


_FAULTS = (_wrong_figure, pages.a_subtotal_row, _other_heading, _hidden)


def _ported(case: dict, name: str) -> Iterator[Reading]:
    """Yield the case in this edition, in its own year and in one the edition is in force; none without its cells."""
    if case.get("edition", "2021") == name:
        yield casebook.reading_of(case)
        return
    years = dict.fromkeys((case.get("year", LAST_RESORT_YEAR), load_edition(name).to_year or LAST_RESORT_YEAR))
    for year in years:
        try:
            made = casebook.reading_of({**case, "edition": name, "year": year})
        except (AssertionError, KeyError):
            return
        if made.last_year is not None:
            made = replace(made, last_year=replace(_last(case, name), year=year - 1))
        yield made


def _last(case: dict, name: str):
    return casebook.report_of({"edition": name, **case["last"]}, LAST_RESORT_YEAR - 1)


def lines_of(name: str) -> list[Line]:
    """Return the lines of one edition."""
    with tempfile.TemporaryDirectory() as folder:
        return Table(name, Path(folder)).fill()


WORDS = {HELD: "相符", BROKEN: "有问题", UNJUDGED: "没有核对"}


def printed(found: list[Line]) -> str:
    """Return the table: rules × editions down, verdicts across; in each cell the paths, or why there is none."""
    rows = [f"{'rule':5} {'edition':18} " + " | ".join(f"{WORDS[s]:28}" for s in STATES)]
    for line in sorted(found, key=lambda x: (x.rule[0], int(x.rule[1:]), x.edition)):
        cells = []
        for state in STATES:
            told = " ".join(line.told.get(state, ()))
            cells.append(told or f"（{line.cannot.get(state) or '没有案例！'}）")
        rows.append(f"{line.rule:5} {line.edition:18} " + " | ".join(f"{c:28}" for c in cells))
    told = sum(len(x.told) for x in found)
    rows.append(
        f"{len(found)} rules of editions: {told} verdicts each told by the paths, "
        f"{sum(bool(w) for x in found for w in x.cannot.values())} that can't be, with why"
    )
    return "\n".join(rows)


if __name__ == "__main__":
    print(printed([line for name in edition_names() for line in lines_of(name)]))
