"""Adding up takes what a run into a folder of results read of the same files, and comes to the same without it."""

import pytest

from county import towns
from nianbao.county.run import collect
from nianbao.county.totals import alike

RESULTS = "结果"


def added(folder, name, *more):
    """Add the county up; the bytes of its two books."""
    made = folder / "全县" / name
    made.mkdir(parents=True)
    beside = ("--roster", folder / "名册.xlsx", "--workers", 1)
    assert towns.run("rollup", folder / "收到", *beside, "-o", made / "全县.xlsx", *more) == 0
    return [p.read_bytes() for p in sorted(made.iterdir())]


def everything(folder):
    return {p: p.read_bytes() for p in folder.rglob("*") if p.is_file()}


@pytest.fixture
def county(tmp_path):
    """A county after a run, and the books that adding up gave before it."""
    roster, delivered = towns.write_whole(tmp_path)
    without = added(tmp_path, "以前")
    assert towns.run("batch", delivered, "--roster", roster, "-o", tmp_path / RESULTS, "--workers", 1) == 0
    return tmp_path, without


@pytest.fixture
def work(monkeypatch):
    """The files as they are read, the counties as they are compared."""
    seen = []
    examine, comparisons = collect.examine, alike.comparisons
    monkeypatch.setattr(collect, "examine", lambda job: (seen.append(job.candidate.name), examine(job))[1])
    monkeypatch.setattr(alike, "comparisons", lambda texts: (seen.append("texts"), comparisons(texts))[1])
    return seen


def test_nothing_is_read_or_compared_again_and_the_books_are_the_same(county, work):
    folder, without = county
    before = everything(folder / RESULTS)
    assert added(folder, "之后", "--results", folder / RESULTS) == without
    assert work == []
    assert everything(folder / RESULTS) == before


def test_a_file_that_is_another_now_is_read(county, work):
    folder, without = county
    _, reports = towns.whole()
    name, report = next(iter(reports.items()))
    towns.write_whole(
        folder, **{name: towns.another(report, texts={**report.texts, "other_matters": "没有其他事项。"})}
    )
    assert added(folder, "之后", "--results", folder / RESULTS) == without
    assert len(work) == 1


def test_a_record_that_is_damaged_or_gone_is_read_again(county, work):
    folder, without = county
    one, two, *_ = sorted((folder / RESULTS / ".nianbao" / "records").iterdir())
    one.write_bytes(b"{")
    two.unlink()
    before = everything(folder / RESULTS)
    assert added(folder, "之后", "--results", folder / RESULTS) == without
    assert len([w for w in work if w != "texts"]) == 2
    assert everything(folder / RESULTS) == before
