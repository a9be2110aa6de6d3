"""Reasons written before findings had parts still count: fixtures made by the version landed before (cases/reasons)."""

import json
from dataclasses import replace

import pytest

from casebook import CASES, FOLDER, reading_of, title
from nianbao import pipeline, reasons
from nianbao.checks import check
from nianbao.report import Reason

LANDED = FOLDER / "reasons"
PRINTS = json.loads((LANDED / "landed.json").read_text(encoding="utf-8"))
WHY = "已对照台账逐件查过，今年集中整治。"


GONE = {
    "A5 违 件数有小数": "a decimal is the one cause: C6 is no longer asked beside it",
    "A5 违 行政许可决定1.5件": "a decimal is the one cause: C6 is no longer asked beside it",
    "S3 违 没有写": "that a text is missing is S1's matter",
}
"""Cases in which the finding that was explained is no longer told."""


@pytest.mark.parametrize("case", [c for c in CASES if title(c) in PRINTS and title(c) not in GONE], ids=title)
def test_a_reason_with_a_fingerprint_of_before_settles_its_finding(case):
    made = reading_of(case)
    written = [Reason(p, WHY) for p in PRINTS[title(case)]]
    told = reasons.apply(check(made), made.report, written)
    asked = [f for f in told if reasons.explainable(f)]
    assert len(asked) == len(written)
    assert {f.explanation for f in asked} == {WHY}


def test_the_fixtures_have_reasons_for_most_rules():
    assert len({p.split(":")[0] for prints in PRINTS.values() for p in prints}) == 30
    assert {title(c) for c in CASES} >= set(PRINTS) - set(GONE)


def test_a_workbook_and_a_file_of_reasons_made_before_are_accepted():
    book = pipeline.check_file(LANDED / "explained.xlsx")
    file = pipeline.check_file(
        LANDED / "report.json", last_year=LANDED / "last-year.json", written=LANDED / "reasons.json"
    )
    for checked in (book, file):
        explained = [f.rule for f in checked.findings if f.explanation]
        assert explained == ["H1", "H6", "H6", "C5", "C6", "N2", "S5"]
        assert not checked.blocks


@pytest.mark.parametrize("case", [c for c in CASES if title(c) in PRINTS], ids=title)
def test_a_fingerprint_does_not_hang_on_how_a_finding_is_worded(case):
    made = reading_of(case)
    for found in check(made):
        other = replace(found, what=f"换一种写法 9：“{found.what}”", where="别处 7", how="", why="")
        assert reasons.fingerprint(other, made.report) == reasons.fingerprint(found, made.report)
