"""Workbooks to drop: of the invented county's last town, sound and with one fault each."""

from dataclasses import dataclass, replace
from pathlib import Path

from nianbao import workbook
from nianbao.county import demo
from nianbao.form import load_edition
from nianbao.report import Report

WRONG = "requests.full_grant.natural_person"


@dataclass(frozen=True)
class Books:
    sound: Path
    wrong: Path
    odd: Path
    report: Report


def write(folder):
    county = demo.invent()
    report = county.reports[county.members[12].name]
    edition = load_edition("2021")
    last = replace(report, year=report.year - 1, values={**report.values, "requests.pending_end.natural_person": 1})
    made = {
        "sound": workbook.build(edition, report),
        "wrong": workbook.build(edition, replace(report, values={**report.values, WRONG: report.values[WRONG] + 3})),
        "odd": workbook.build(edition, report, replace(last, values={k: 40 * v for k, v in last.values.items()})),
    }
    for name, data in made.items():
        (folder / f"示例梅镇 {name}.xlsx").write_bytes(data)
    return Books(*(folder / f"示例梅镇 {name}.xlsx" for name in made), report)
