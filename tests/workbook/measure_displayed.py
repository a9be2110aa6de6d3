"""What is taken of a number under a number format against what LibreOffice displays for it.

`python tests/workbook/measure_displayed.py [CELLS [SEED]]` draws that many cells (200,000: some minutes), formats as
people and programs make them, and prints the formats under which a figure is taken that LibreOffice displays
otherwise: a wrong number in silence. There must be none.
"""

import csv
import random
import sys
import tempfile
import time
import zipfile
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from openpyxl import Workbook

sys.path.insert(0, str(Path(__file__).parents[1]))

import office
from nianbao.form import Kind
from nianbao.numbers import read_number
from nianbao.workbook import display, thorough
from nianbao.workbook.package_checks import Package

ROWS, COLUMNS = 1_000, 40
"""Of one workbook; each row has one format, so that a change of width can't hide anything."""

SHOWN_AS_CSV = "csv:Text - txt - csv (StarCalc):44,34,76"
"""LibreOffice's filter: comma, quotes, UTF-8, every cell as it is displayed."""

UNIT = "万元"
WHOLE = ("0", "#", "00", "000000", "#,##0", "# ##0", "0,000", "##0", "0-00", "?0", "?")
FRACTION = ("", ".0", ".00", ".##", ".0#", ".000", ".?")
BEFORE = ("", '"约"', "+", "-", "¥", "\\第", '"5"', "_ ", "* ", "[Red]", "[Blue]", "[>100]", "[$-804]", "[$¥-804]", "(",
          '"0597-"', "!")  # fmt: skip
BEHIND = ("", "%", '"件"', '"万元"', ",", ",,", '"0"', "\\0", " ", "_)", ")", "元", '"%"', "E+00", '"."0')
WHOLE_CODES = (
    "General", "@", ";;;", "0;0", "0;-0;;@", "0_);(0)", "0_);[Red](0)", "# ?/?", "[DBNum1]0", "[DBNum2]General",
    'General"件"', "0;;", '0;-0;"无"', "0;-0;", '[=0]"无";0', '[<10]"少";0', "[>=100]0.0,;0", "h:mm", "yyyy-mm-dd",
    '0\\.0,"万元"', '0!.0,"万"', '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ', "#,##0;[Red]-#,##0", "0.0,",
    "0.00E+00", '"5"', "[Black]0", "[Color10]0", "[White]0", '"a"0;"b"0;"c"', "0.0;0.0;0", "#.##", "##", "#,###", "0.?",
    '@"件"', '0"."00', '00"-"00', "0#", "#0",
)  # fmt: skip
VALUES = (
    0, 1, 3, 5, 7, 12, 98, 100, 980, 1234, 12000, 14010, 4632003, 123456789, -1, -7, -1234, 0.1, 0.5, 0.05, 1.26,
    1.2567, 1.25, 15.4, 12.1 + 3.3, 0.1 + 0.2, 2.5, 0.005, 1 / 3, 1234567.891, 99.995, -0.3, 4.999999999999999, 1e10,
    13800138000, 123456789012, "5", "12件", "0",
)  # fmt: skip


@dataclass
class Tally:
    """What was tried: `taken` figures, `silent` those displayed otherwise (format → an example)."""

    cells: int = 0
    taken: int = 0
    known: int = 0
    silent: dict[str, tuple[object, str, str]] = field(default_factory=dict)
    differing: Counter[str] = field(default_factory=Counter)


def code(rng):
    """A number format: one that people use, or one put together of pieces, of up to three sections."""
    if rng.random() < 0.3:
        return rng.choice(WHOLE_CODES)
    parts = (BEFORE, WHOLE, FRACTION, BEHIND)
    return ";".join("".join(map(rng.choice, parts)) for _ in range(rng.choice((1, 1, 1, 1, 2, 3))))


def value(rng):
    """A value as it may stand in a cell."""
    drawn = (round(rng.uniform(0, 5000), rng.randrange(5)), rng.randrange(5000))
    return rng.choice((*VALUES, *drawn))


def measure(cells, seed, folder):
    """Draw the cells, let LibreOffice display them, compare."""
    rng, tally = random.Random(seed), Tally()
    while tally.cells < cells:
        _one_workbook(rng, min(ROWS, -(-(cells - tally.cells) // COLUMNS)), folder, tally)
    return tally


def _one_workbook(rng, rows, folder, tally):
    book = Workbook()
    sheet = book.active
    codes = [code(rng) for _ in range(rows)]
    drawn = [[value(rng) for _ in range(COLUMNS)] for _ in range(rows)]
    for row, (look, values) in enumerate(zip(codes, drawn, strict=True), 1):
        for column, one in enumerate(values, 1):
            sheet.cell(row, column, one).number_format = look
    for column in range(1, COLUMNS + 1):
        sheet.column_dimensions[sheet.cell(1, column).column_letter].width = 40
    path = folder / "格式.xlsx"
    book.save(path)
    with office.convert(path, SHOWN_AS_CSV, folder / "csv").open(encoding="utf-8", newline="") as source:
        shown = list(csv.reader(source))
    with zipfile.ZipFile(path) as packed:
        package = Package(path.name, {n: packed.read(n) for n in packed.namelist()})
    with thorough.opened(package) as opened:
        read = opened.read(sheet.title, sheet.title, rows, COLUMNS)
    for row, (look, values) in enumerate(zip(codes, drawn, strict=True)):
        for column, one in enumerate(values):
            line = shown[row] if row < len(shown) else []
            _compare(read.at(row + 1, column + 1), look, one, line[column] if column < len(line) else "", tally)


def _compare(content, look, held, shown, tally):
    tally.cells += 1
    got = display.figure(content, Kind.AMOUNT, UNIT)[0].value
    if got is not None:
        tally.taken += 1
        # Excel and LibreOffice display 5 under 0.? as "5.": the point says nothing
        seen = read_number(shown.strip().removesuffix("."), Kind.AMOUNT, UNIT).value
        if seen != got:
            tally.silent.setdefault(look, (held, str(got), shown))
    text = display.shown(content)
    if text is not None:
        tally.known += 1
        tally.differing[look] += text.strip() != shown.strip()


def main(cells=200_000, seed=2026):
    """Print what was found; 1 when a figure was taken that is displayed otherwise."""
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        tally = measure(cells, seed, Path(folder))
    print(f"{tally.cells} cells, {tally.taken} taken, of {tally.known} the display known, ", end="")
    print(f"{tally.differing.total()} of these displayed otherwise; {time.monotonic() - began:.0f} s")
    print(f"taken and displayed otherwise, by format: {len(tally.silent)}")
    for look, (held, got, shown) in tally.silent.items():
        print(f"  {look!r}: holds {held!r}, taken {got}, displayed {shown!r}")
    return 1 if tally.silent else 0


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
