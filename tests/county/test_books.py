"""The county's books are made again only where they would be others, and wherever they are not as they were written."""

from dataclasses import replace

import pytest

from county import towns
from nianbao.county.run import rollup
from nianbao.county.totals.detail import DetailBook


def run(folder, *more):
    """A run of a county whose reports all hold, in this process; the exit code."""
    return towns.run(
        "batch", folder / "收到", "--roster", folder / "名册.xlsx", "-o", folder / "结果", "--workers", 1, *more
    )


def books(folder):
    return {p.name: p.read_bytes() for p in (folder / "结果" / "汇总").iterdir()}


@pytest.fixture
def county(tmp_path):
    towns.write_whole(tmp_path)
    assert run(tmp_path) == 0
    return tmp_path


@pytest.fixture
def making(monkeypatch):
    """The kinds of books as they are made."""
    seen = []
    detail, form = DetailBook.__call__, rollup.workbook_of
    monkeypatch.setattr(DetailBook, "__call__", lambda self: (seen.append("detail"), detail(self))[1])
    monkeypatch.setattr(rollup, "workbook_of", lambda *told: (seen.append("rollup"), form(*told))[1])
    return seen


def test_books_that_would_be_the_same_are_not_made_again(county, making):
    before = books(county)
    assert run(county) == run(county) == 0
    assert making == []
    assert books(county) == before


def test_other_figures_make_both_books_and_the_old_ones_come_back(county, making):
    before = books(county)
    _, reports = towns.whole()
    name, report = next(iter(reports.items()))
    towns.write_whole(
        county, **{name: towns.another(report, values={**report.values, "proactive.penalties.decisions": 7})}
    )
    run(county)
    assert set(making) == {"detail", "rollup"}
    assert books(county) != before
    making.clear()
    towns.write_whole(county)
    assert run(county) == 0
    assert set(making) == {"detail", "rollup"}, "the journal keeps what lies there, not what once did"
    assert books(county) == before


def test_a_book_that_somebody_changed_is_made_again_and_theirs_put_aside(county, making):
    before = books(county)
    path = next((county / "结果" / "汇总").glob("*明细.xlsx"))
    path.write_bytes(b"typed over")
    assert run(county) == 0
    assert making == ["detail"]
    after = books(county)
    assert after[path.name] == before[path.name]
    assert b"typed over" in after.values()


def test_a_book_that_is_gone_is_made_again(county, making):
    before = books(county)
    next((county / "结果" / "汇总").glob("*填报表.xlsx")).unlink()
    assert run(county) == 0
    assert making == ["rollup"]
    assert books(county) == before


def test_a_body_that_says_another_state_makes_the_detail_anew(county, making):
    _, reports = towns.whole()
    name, report = next(iter(reports.items()))
    blank = {k: v for k, v in report.values.items() if k != "proactive.penalties.decisions"}
    towns.write_whole(county, **{name: replace(report, values=blank)})
    assert run(county) == 1
    assert making == ["detail"]
