"""What a repair did to a broken workbook: what stands in a wrong place, what is neither there nor told."""

from collections import Counter
from dataclasses import replace
from decimal import Decimal

from books import BODY, filled
from nianbao.form import load_edition
from nianbao.repair.view import said

LAST_BODY = {k: v if k == "level" else f"旧{v}" for k, v in BODY.items() if k != "signed_on"}


def last_year(edition="2019"):
    """A report of the year before, with figures and texts of its own."""
    report = filled(edition, year=2024, body=LAST_BODY)
    values = {k: v + 100_000 if v >= 0 else v - 100_000 for k, v in report.values.items()}
    return replace(
        report,
        values=values,
        texts={k: "".join(f"去年{x}\n" for x in t.split("\n")).strip() for k, t in report.texts.items()},
    )


def wrong(done, report, last):
    """What the repaired report says that the clerk had not written there; figures that everybody typed differ all."""
    found = [(k, v) for k, v in done.report.values.items() if report.values.get(k) != v]
    found += [(k, v) for k, v in done.report.body.items() if report.body.get(k) != v]
    found += [(k, t) for k, t in done.report.texts.items() if not _within(t, report.texts.get(k, ""))]
    found += [("year", done.report.year)] if done.report.year not in (report.year, None) else []
    if done.last_year is not None:
        found += [("last", k, v) for k, v in done.last_year.values.items() if last.values.get(k) != v]
        found += [("last", k, t) for k, t in done.last_year.texts.items() if not _within(t, last.texts.get(k, ""))]
        found += [("last", k, v) for k, v in done.last_year.body.items() if last.body.get(k) != v]
    return found


def _within(text, whole):
    return all(_junk(line) or line in whole.split("\n") for line in text.split("\n"))


def _junk(line):
    """Tell what was scribbled: between a text's paragraphs it is one more."""
    return line.removeprefix("已核对").isdecimal()


def written(broken, report, last):
    """Everything that people typed and that is still somewhere in the broken workbook's cells."""
    edition, before = load_edition(report.edition), load_edition(last.edition)
    typed = {_spelled(v) for k, v in report.values.items() if k not in edition.sums}
    typed |= {_spelled(v) for k, v in last.values.items() if k not in before.sums}
    for one in (report, last):
        typed |= {line for text in one.texts.values() for line in text.split("\n")}
        typed |= {v for k, v in one.body.items() if k != "level"}
    cells = [said(c.value) for s in broken.sheets.values() for c in s.cells.values() if not c.formula]
    junk = {
        t for t in cells if t.removeprefix("已核对").isdecimal() and 600_000 <= int(t.removeprefix("已核对")) < 10**6
    }
    return {t for t in cells if t in typed} | junk


def told(done):
    """Everything that the repaired report says or that is listed as left over."""
    found = {one.value for one in done.left}
    for one in filter(None, (done.report, done.last_year)):
        found |= {_spelled(v) for v in one.values.values()} | {*one.body.values()}
        found |= {line for text in one.texts.values() for line in text.split("\n")}
    return found


def _spelled(value):
    return format(value.normalize(), "f") if isinstance(value, Decimal) else str(value)


def judged(broken, done, report, last):
    """Count what was there, placed and listed; name what is wrong or lost."""
    there = written(broken, report, last)
    lost = there - told(done)
    placed = len(done.report.values) + len(done.report.body)
    return Counter(there=len(there), placed=placed, listed=len(done.left)), wrong(done, report, last), lost
