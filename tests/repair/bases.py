"""Sound workbooks to break: three editions as they are made today, three earlier layouts filled in."""

import tempfile
from functools import lru_cache
from pathlib import Path

from openpyxl import load_workbook

from books import TEXTS, saved
from books import filled as filled_in
from nianbao.form import load_edition
from nianbao.repair.opening import open_broken
from nianbao.workbook.address import name_of
from repair.judging import last_year

EARLIER = Path(__file__).parents[1] / "cases" / "repair"
"""Workbooks as they were shipped: layout, edition and the day in their names."""


def filled(edition):
    """A report all of whose words are its own: none is one that the form prints."""
    return filled_in(edition, texts={**TEXTS, "category_2": "其他类别"})


def fill(path, report):
    """Fill in a blank workbook of an earlier layout by its defined names, as a clerk would."""
    book = load_workbook(path)
    edition = load_edition(report.edition)
    values = {name_of(k): v for k, v in report.values.items() if k not in edition.sums}
    values |= {name_of(k, "info"): v for k, v in report.body.items() if k != "level"}
    values |= {
        name_of("level", "info"): edition.level(report.body["level"]).label,
        name_of("year", "info"): report.year,
    }
    values |= {name_of(k, "text"): t for k, t in report.texts.items() if k in edition.typed_labels}
    for name, value in values.items():
        sheet, _, ref = book.defined_names[name].attr_text.rpartition("!")
        book[sheet.strip("'")][ref.replace("$", "")].value = value
    for text in edition.texts:
        target = book.defined_names[name_of(text.id, "text")].attr_text
        sheet, _, area = target.rpartition("!")
        lines = report.texts[text.id].split("\n")
        for (cell,), line in zip(book[sheet.strip("'")][area.replace("$", "")], lines, strict=False):
            cell.value = line
    return book


@lru_cache
def every():
    """Each with its name, as opened, with the report in it and last year's."""
    found = []
    with tempfile.TemporaryDirectory() as folder:
        for edition in ("2021", "2019", "wuping-2022"):
            last = last_year("2021" if edition == "wuping-2022" else "2019")
            path = saved(Path(folder), filled(edition), edition, last_year=last)
            found.append((edition, open_broken(path), filled(edition), last))
        for old in sorted(EARLIER.glob("*.xlsx")):
            edition = old.stem.split("_")[1]
            report, path = filled(edition), Path(folder) / old.name
            fill(old, report).save(path)
            found.append((old.stem, open_broken(path), report, last_year("2019")))
    return found
