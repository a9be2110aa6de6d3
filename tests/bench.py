"""How long the steps of one report take: `python tests/bench.py [rounds]`.

All steps run in turn, round by round, in one warm process; printed are the median of each and its ratio to the
first. Times belong to the machine they were measured on.
"""

import statistics
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

import reports
from nianbao import checks, document, pipeline, published, workbook
from nianbao.demo import sample


def long_report():
    """The sample with every kind of text rule at work and last year's report to compare with."""
    reading = sample()
    overview = (
        reading.report.texts["overview"] + "\n全年收到政府信息公开申请0件，上年结转0件，办结0件，结转下年度0件。" * 20
    )
    report = replace(reading.report, texts={**reading.report.texts, "overview": overview})
    last = replace(reading.report, year=2021)
    return replace(reading, report=report, last_year=last)


def steps(folder):
    """The steps by name, each ready to be called."""
    reading = long_report()
    edition, report = reading.edition, reading.report
    template = document.template_for(edition)
    made = template.render(report)
    book, word = folder / "x.xlsx", folder / "x.docx"
    book.write_bytes(workbook.build(edition, report))
    word.write_bytes(made)
    figures = replace(reading, report=replace(reports.zero("wuping-2022"), texts={}), last_year=None)
    return {
        "check, whole report with last year": lambda: checks.check(reading),
        "check, figures only": lambda: checks.check(figures),
        "workbook: build": lambda: workbook.build(edition, report),
        "workbook: read": lambda: workbook.read(book),
        "document: render": lambda: template.render(report),
        "document: read back and prove": lambda: document.differences(made, edition, report),
        "published docx: read": lambda: published.read(word),
        "verify": lambda: pipeline.verify(word, book),
        "make, from workbook to proven docx": lambda: pipeline.make(pipeline.check_file(book), folder / "out"),
    }


def main(rounds=15):
    with tempfile.TemporaryDirectory() as scratch:
        todo = steps(Path(scratch))
        taken = {name: [] for name in todo}
        for step in todo.values():
            step()
        for _ in range(rounds):
            for name, step in todo.items():
                start = time.perf_counter()
                step()
                taken[name].append(time.perf_counter() - start)
    medians = {name: statistics.median(times) for name, times in taken.items()}
    first = next(iter(medians.values()))
    characters = sum(map(len, long_report().report.texts.values()))
    print(f"{rounds} rounds; the report has {characters} characters of text")
    for name, median in medians.items():
        print(f"{name:40} {1000 * median:8.2f} ms   × {median / first:6.2f}")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
