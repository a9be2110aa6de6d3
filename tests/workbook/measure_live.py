"""Whether live results tell what `nianbao check` tells: `python tests/workbook/measure_live.py [faults] [seed]`.

Random consistent reports of every shipped edition, with and without last year, control figures and 空格按0计, are built
as workbooks and opened in LibreOffice. One fault at a time is typed in, LibreOffice recalculates, and every line of
校验结果 is compared with the verdict that the program gives on a file with the same cell, and so are the red and orange
marks with the cells the program names. Prints a table by kind of fault, and by rule what disagrees.

What formulas can't know and is not tried: a total typed over with the very number its formula shows while one of its
parts is blank, looks of cells other than ours (formats, fonts, hidden rows), texts, files beside the workbook.
"""

import random
import re
import sys
import time
import zipfile
from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

import reports
from excel import calc
from nianbao.checks import judge
from nianbao.form import edition_names, load_edition
from nianbao.verdicts import State
from nianbao.workbook import build, layout, read, table_drawing
from nianbao.workbook.address import Spot
from nianbao.workbook.layout import NO, RESULTS, YES
from nianbao.xmltext import escape

PER_BOOK = 20
WORDS = (
    "无",
    "/",
    "-",
    "—",
    "没有",
    "十几",
    "约8件",
    "八",
    "8①",
    "8*",
    "8（注）",
    "3万元",
    "8-9",
    "1 2",
    "1,23",
    ".5",
    "8.",
    "件",
)
SPELLED = ("{}件", "{}", " {} ", "{}　", "+{}", "0{}", "{}\n", "{} 件", "{}.0")
FULL = str.maketrans("0123456789", "０１２３４５６７８９")
LEVELS = ("", "乡", "乡镇", "街道", "县直部门", "县政府", "市级以上机关")
YEARS = (None, 2019, 2021, 2023, 2026, 1999, "2025年", "2025年度", "二〇二五", "２０２５")


@dataclass(frozen=True)
class Fault:
    """What is typed into one cell: a number, a text, or None for nothing; or a switch put on with a cell blanked."""

    kind: str
    cells: tuple[tuple[Spot, object], ...]


class Base:
    """A workbook of ours as it is before the fault, and what may go wrong in it."""

    def __init__(self, rng, edition):
        self.edition, self.places = edition, layout(edition)
        self.rng = rng
        report = reports.random_report(rng, edition.id)
        values = dict(report.values)
        if rng.random() < 0.3:  # a quiet year, as most towns have
            values = dict(reports.zero(edition.id).values)
        self._fee(values)
        self._help(values)
        level = rng.choice(edition.levels).id
        year = rng.choice([edition.from_year, max(edition.from_year, 2025)])
        self.zero = rng.random() < 0.3
        self.report = replace(report, year=year, values=values, body={**report.body, "level": level})
        self.last = self._last(year)
        self.data = build(edition, self.report, self.last, blank_means_zero=self.zero)

    def _fee(self, values):
        keys = [v.key for v in self.edition.table["fee"].values] if "fee" in self.edition.table else []
        filled = {"notices": 3, "amount_notified": 200, "amount_received": 100}
        if self.rng.random() < 0.5:
            for key in keys:
                values[key] = reports.number_for(self.edition, key, filled.get(key.rpartition(".")[2], 0))
        elif self.rng.random() < 0.5 and not self.edition.table["fee"].required:
            for key in keys:
                values.pop(key, None)

    def _help(self, values):
        controls = [i for r in self.edition.rules for i in r.identities if len(i.left) == len(i.right) == 1]
        share = self.rng.choice((0, 0.3, 1))
        values |= {i.left[0]: values[i.right[0]] for i in controls if self.rng.random() < share}
        if "published" in self.edition.table and self.rng.random() < 0.5:
            *parts, total = (v.key for v in self.edition.table["published"].values)
            values |= dict.fromkeys(parts, 2)
            values[total] = 2 * len(parts)

    def _last(self, year):
        if self.rng.random() < 0.35:
            return None
        name = self.rng.choice([self.edition.id, self.edition.id, *edition_names()])
        last = replace(reports.random_report(self.rng, name), year=year - 1)
        values = dict(last.values)
        if self.rng.random() < 0.7 and name == self.edition.id:  # such that this year follows from it
            now, values = self.report.values, dict(self.report.values)
            for key, value in self.edition.values.items():
                if value.row == "pending_end" and not self.edition.table[value.table].help:
                    values[key] = now[key.replace("pending_end", "pending_start")]
                if value.column == "in_force":
                    stem = key.removesuffix("in_force")
                    values[key] = max(0, now[key] - now[stem + "issued"] + now[stem + "repealed"])
        if self.rng.random() < 0.15:
            return replace(last, year=self.rng.choice((year - 2, year)), values=values)
        other = {**last.body, "name": "另一个镇人民政府"} if self.rng.random() < 0.15 else last.body
        return replace(last, values=values, body=other)

    def fault(self):
        return self.rng.choice(_KINDS)(self)

    def at(self, key):
        return self.places.values[key]

    def input(self, table=""):
        keys = [k for k in self.edition.values if self.places.is_input(k)]
        return self.rng.choice([k for k in keys if not table or self.edition.values[k].table == table] or keys)

    def single(self, kind, key, content):
        return Fault(kind, ((self.at(key), content),))


def _number(base, key):
    value = base.report.values.get(key, 0)
    return int(value)


def wrong_figure(base):
    key = base.input()
    return base.single("wrong figure", key, _number(base, key) + base.rng.choice((1, 2, 10, 1000)))


def blank(base):
    return base.single("blank", base.input(), None)


def words(base):
    return base.single("words", base.input(), base.rng.choice(WORDS))


def number_as_text(base):
    key = base.input()
    spelled = base.rng.choice(SPELLED).format(_number(base, key) + base.rng.choice((0, 0, 1)))
    return base.single("number as text", key, spelled)


def full_width(base):
    key = base.input()
    return base.single("full width", key, str(_number(base, key)).translate(FULL) + base.rng.choice(("", "件", "．５")))


def thousands(base):
    return base.single(
        "1,234 as text", base.input(), base.rng.choice(("1,234", "１，２３４", "12,34", "1,234.5", "0,5"))
    )


def decimal(base):
    key = base.input()
    return base.single("decimal", key, _number(base, key) + base.rng.choice((0.5, 0.25)))


def negative(base):
    return base.single("negative", base.input(), -base.rng.randint(1, 9))


def spaces(base):
    return base.single("only a blank", base.input(), base.rng.choice((" ", "　", "\u00a0")))


def huge(base):
    return base.single("huge", base.input(), base.rng.choice((10**15, 10**14, 10**11, 10**11 - 1, 10**10)))


def many_digits(base):
    figures = (12.3456789012, 1234567890.5, 123456789.25, 0.1 + 0.2, 1 / 3, 99999999999.5, 1e-9, 1.0000000001)
    return base.single("many digits", base.input(), base.rng.choice(figures))


def lost_formula(base):
    key = base.rng.choice(list(base.edition.sums))
    shown = base.report.values.get(key, 0)
    content = base.rng.choice(
        (
            int(shown),
            int(shown) + 1,
            int(shown) + 0.5,
            None,
            "/",
            str(int(shown) + 1),
            f"{int(shown)}件",
            "1,234",
            " 03",
            "无",
            10**12,
            -3,
        )
    )
    return base.single("lost formula", key, content)


def control(base):
    key = base.input("control")
    content = base.rng.choice((0, 1, None, _number(base, key), 1.5, -1, "/", "8件"))
    return base.single("control figure", key, content)


def published(base):
    key = base.input("published")
    return base.single("published", key, base.rng.choice((0, 3, None, "无", "3条")))


def fee(base):
    return base.single("fee", base.input("fee"), base.rng.choice((0, 1, 15, 100, 1000, None, "100元", 10.5)))


def review(base):
    return base.single("cases", base.input("review"), base.rng.choice((0, 1, 5, 500, None, "无", 0.5)))


def documents(base):
    return base.single("documents", base.input("proactive"), base.rng.choice((0, 1, 1000, 10000, None, 1234.5)))


def blank_means_zero(base):
    switch, key = base.places.fields["blank_means_zero"], base.input()
    said = base.rng.choice((YES, NO, None, " " + YES, "可以"))
    return Fault("空格按0计", ((switch, said), (base.at(key), base.rng.choice((None, " ", "无")))))


def level(base):
    return Fault("level", ((base.places.fields["level"], base.rng.choice(LEVELS)),))


def year(base):
    return Fault("year", ((base.places.fields["year"], base.rng.choice(YEARS)),))


def facts(base):
    field = base.rng.choice(("name", "office", "address", "phone", "email"))
    return Fault("facts", ((base.places.fields[field], base.rng.choice((None, " ", "另一个镇人民政府"))),))


def nothing(base):
    key = base.input()
    return Fault("none", ((base.at(key), base.report.values.get(key)),))


_KINDS = (
    wrong_figure, blank, words, number_as_text, full_width, thousands, decimal, negative, spaces, huge, many_digits,
    lost_formula, control, published, fee, review, documents, blank_means_zero, level, year, facts, nothing,
)  # fmt: skip


# ---------------------------------------------------------------- the same content in a file and in LibreOffice


def in_file(base, fault, path):
    """Save the workbook with these cells changed and nothing else."""
    path.write_bytes(base.data)
    with zipfile.ZipFile(path) as source:
        parts = {n: source.read(n) for n in source.namelist()}
    for spot, content in fault.cells:
        number = 1 + [*base.places.sheet_names].index(spot.sheet)
        name = f"xl/worksheets/sheet{number}.xml"
        xml = parts[name].decode()
        found = re.search(rf'<c r="{spot.ref}"( s="\d+")?[^>]*?(?:/>|>.*?</c>)', xml)
        look = found[1] or ""
        if content is None or content == "":
            new = f'<c r="{spot.ref}"{look}/>'
        elif isinstance(content, str):
            text = f'<is><t xml:space="preserve">{escape(content)}</t></is>'
            new = f'<c r="{spot.ref}"{look} t="inlineStr">{text}</c>'
        else:
            new = f'<c r="{spot.ref}"{look}><v>{content}</v></c>'
        parts[name] = (xml[: found.start()] + new + xml[found.end() :]).encode()
    with zipfile.ZipFile(path, "w") as target:
        for part, content in parts.items():
            target.writestr(part, content)


def formulas_of(path):
    """Every formula of a workbook, cells' and marks', as Open XML has it."""
    with zipfile.ZipFile(path) as source:
        sheets = [source.read(n).decode() for n in source.namelist() if n.startswith("xl/worksheets/sheet")]
    found = [
        f for xml in sheets for f in re.findall(r"<(?:f|formula)(?: [^>]*)?>(.*?)</(?:f|formula)>", xml, re.DOTALL)
    ]
    return [f.replace("&quot;", '"').replace("&amp;", "&") for f in found]


class Open:
    """The workbook open in LibreOffice."""

    def __init__(self, office, base, path):
        path.write_bytes(base.data)
        self.document = office.open(path)
        self.document.calculateAll()
        self.rows = self._lines()

    def cell(self, spot):
        return self.document.Sheets.getByName(spot.sheet).getCellRangeByName(spot.ref)

    def type_in(self, fault):
        """Type the fault in; return what the cells held before."""
        before = [(spot, self.cell(spot).Formula, self.cell(spot).Type.value) for spot, _ in fault.cells]
        for spot, content in fault.cells:
            cell = self.cell(spot)
            if content is None or content == "":
                cell.Formula = ""
            elif isinstance(content, str):
                cell.String = content
            else:
                cell.Value = float(content)
        return before

    def undo(self, before):
        for spot, formula, kind in before:
            if kind == "TEXT":
                self.cell(spot).String = formula
            else:
                self.cell(spot).Formula = formula

    def _lines(self):
        """The rows of the summary up to the table of findings."""
        data = self.document.Sheets.getByName(RESULTS).getCellRangeByName("A6:F90").DataArray
        end = next(i for i, row in enumerate(data) if str(row[0]).startswith("程序检查"))
        return [(row[0], row[3], row[4], row[5]) for row in data[:end] if row[0]]

    def lines(self):
        return self._lines()

    def red(self, places):
        """The figures that stand in a broken line, with what the totals among them are added up from."""
        found = [key for c in places.checks if self.cell(c.spot).Value for key in c.keys]
        for key in found:
            found += places.edition.sums[key].right if key in places.edition.sums else ()
        return set(found)

    def orange(self, edition, key, spot):
        """Whether the condition under which this input turns orange is met."""
        scratch = self.cell(Spot(spot.sheet, 900, 60))
        condition = table_drawing.odd_formula(edition.values[key].kind, spot.ref).replace(",", ";")
        scratch.Formula = f"={condition}"
        met = scratch.Value
        scratch.Formula = ""
        return bool(met)

    def close(self):
        self.document.close(True)


# ---------------------------------------------------------------- what both say


def state(said):
    """What a line of the summary says: the state, and why it is not judged."""
    if said == "没有要核对的":
        return None, ""
    if said.startswith("没有核对："):
        return State.UNJUDGED, said.removeprefix("没有核对：")
    return (State.HELD, "") if said == "相符" else (State.BROKEN, "")


def count(said):
    found = re.match(r"有 (\d+) 格", said)
    return int(found[1]) if found else 0


def disagreements(edition, lines, reading, judged):
    """Every line of the summary that tells something else than the program, as texts."""
    verdicts = {v.rule: (v.state, v.why) for v in judged.verdicts}
    found = []
    seen = 0
    for name, _, _, said in lines:
        rule = name.split(" ")[0]
        if rule not in edition.rule:
            continue
        seen += 1
        if state(said) != verdicts.get(rule, (None, "")):
            found.append(f"{rule}: {said!r}, check {verdicts.get(rule)}")
    found += _cells(edition, lines, reading, judged)
    return found, seen


def _cells(edition, lines, reading, judged):
    """Compare how many cells are blank, or no numbers, sheet by sheet."""
    places, found = layout(edition), []
    on = {k: s.sheet for k, s in places.values.items()}
    blanks = {c for f in judged.findings if f.rule in _naming(edition, "no_value_is_blank") for c in f.cells}
    expected = {
        "未填的格": Counter(on[k] for k in blanks),
        "不是数字的格": Counter(on[k] for k in reading.unread if k in on and places.is_input(k)),
    }
    for name, sheet, _, said in lines:
        if name in expected and count(said) != expected[name][sheet]:
            found.append(f"{name} {sheet}: {said!r}, check {expected[name][sheet]}")
    return found


def unmarked(base, book, fault, reading, judged):
    """Cells that the program names and that are not marked, or the other way round, as texts."""
    places, edition, found = base.places, base.edition, []
    red, rules = book.red(places), {c.rule for c in places.checks}
    for told in judged.findings:
        figures = {c for c in told.cells if c in places.values}
        if told.rule in rules and figures and not figures & red:
            found.append(f"{told.rule}: {sorted(figures)} not red")
    improper = {c for f in judged.findings if f.rule in _naming(edition, "numbers_are_proper") for c in f.cells}
    keys = {spot: key for key, spot in places.values.items() if places.is_input(key)}
    for spot, content in fault.cells:
        if spot in keys:
            odd = isinstance(content, str) or keys[spot] in improper or keys[spot] in reading.unread
            if odd != book.orange(edition, keys[spot], spot):
                found.append(f"orange: {spot.place} {content!r}, expected {odd}")
    return found


def _naming(edition, check):
    return {r.id for r in edition.rules if r.check == check}


@dataclass
class Tally:
    """By kind of fault: how many were tried, in how many all lines agreed; and what did not."""

    tried: Counter
    agreed: Counter
    differing: dict[str, list[str]]
    states: Counter
    lines: int = 0


def measure(faults, seed, office, folder):
    """Try so many faults; books of all editions take turns."""
    rng = random.Random(seed)
    tally = Tally(Counter(), Counter(), defaultdict(list), Counter())
    names = edition_names()
    per_book = min(PER_BOOK, -(-faults // len(names)))
    done = 0
    while done < faults:
        base = Base(rng, load_edition(names[done // per_book % len(names)]))
        book = Open(office, base, folder / "base.xlsx")
        try:
            for _ in range(min(per_book, faults - done)):
                _one(base, book, base.fault(), folder / "fault.xlsx", tally)
                done += 1
        finally:
            book.close()
    return tally


def _one(base, book, fault, path, tally):
    before = book.type_in(fault)
    lines = book.lines()
    in_file(base, fault, path)
    reading = read(path)
    judged = judge(reading)
    found, seen = disagreements(base.edition, lines, reading, judged)
    found += unmarked(base, book, fault, reading, judged)
    book.undo(before)
    tally.tried[fault.kind] += 1
    tally.lines += seen
    tally.states.update(
        str(state(line[3])[0] or "none") for line in lines if line[0].split(" ")[0] in base.edition.rule
    )
    if found:
        typed = "，".join(f"{s.place}={c!r}" for s, c in fault.cells)
        tally.differing[fault.kind].append(f"{base.edition.id} {base.report.year} {typed}: {'；'.join(found)}")
    else:
        tally.agreed[fault.kind] += 1


def table(tally):
    lines = [f"{'fault':<18}{'tried':>7}{'agreed':>8}"]
    for kind in sorted(tally.tried):
        lines.append(f"{kind:<18}{tally.tried[kind]:>7}{tally.agreed[kind]:>8}")
    lines.append(f"{'all':<18}{tally.tried.total():>7}{tally.agreed.total():>8}")
    lines.append(
        f"lines of rules compared: {tally.lines} ({', '.join(f'{n} {s}' for s, n in tally.states.most_common())})"
    )
    return "\n".join(lines)


def _said(differing):
    return differing.partition(": ")[2].split("；")


def main(faults=500, seed=2026):
    start = time.monotonic()
    with calc.Office() as office:
        tally = measure(faults, seed, office, office.folder)
    print(table(tally))
    rules = Counter(one.split(":")[0] for found in tally.differing.values() for f in found for one in _said(f))
    print(f"disagreements by rule: {dict(rules.most_common()) or 'none'}")
    for kind, found in tally.differing.items():
        for one in found:
            print(f"  {kind}: {one}")
    print(f"{time.monotonic() - start:.0f} s")
    return 1 if tally.differing else 0


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
