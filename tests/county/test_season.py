"""The log of the season: a line for each run that came to its end; what is set beside each other in the overview."""

import json
import re
from dataclasses import replace
from datetime import datetime

import pytest
from openpyxl import load_workbook

from county import towns
from nianbao.county.desk import year_series
from nianbao.county.keeping import runs
from nianbao.county.keeping import store as stores
from nianbao.county.roster.roster_book import read_roster
from nianbao.county.run import batch
from nianbao.county.run.collect import Wish
from nianbao.county.run.runners import here
from nianbao.errors import OutputError
from nianbao.form import load_edition

EAST = "示例东镇人民政府"
MONDAY = datetime.fromisoformat("2026-01-12 09:30")
TUESDAY = datetime.fromisoformat("2026-01-13 16:05")
WEDNESDAY = datetime.fromisoformat("2026-01-14 08:00")


def run(folder, now, **wish):
    roster = read_roster(folder / "名册.xlsx", load_edition("2021"))
    with stores.opened(folder / "结果") as store:
        given = Wish(now=now, today=now.date() if now else None, **{"formats": ("json",), **wish})
        return batch.run(store, [folder / "收到"], roster, given, here)


def rows(folder, sheet):
    book = load_workbook(folder / "结果" / "情况一览.xlsx")
    lines = list(book[sheet].iter_rows(min_row=3, values_only=True))
    return [dict(zip(lines[0], (v if v is not None else "" for v in line), strict=True)) for line in lines[1:]]


def test_each_run_that_ended_leaves_a_line_with_its_time_its_counts_and_who_newly_came(tmp_path):
    towns.write_whole(tmp_path, leave_out=(EAST,))
    run(tmp_path, MONDAY)
    run(tmp_path, TUESDAY)
    towns.write_whole(tmp_path)
    run(tmp_path, WEDNESDAY)
    told = rows(tmp_path, "收表记录")
    assert [r["时间"] for r in told] == ["2026-01-12 09:30", "2026-01-13 16:05", "2026-01-14 08:00"]
    assert [(r["单位数"], r["完成"], r["缺"], r["新收到"]) for r in told] == [(7, 6, 1, 6), (7, 6, 1, 0), (7, 7, 0, 1)]
    assert told[-1]["新收到的单位"] == "示例东镇"


def test_no_other_result_has_a_clock(tmp_path):
    towns.write_whole(tmp_path)
    run(tmp_path, MONDAY)
    before = towns.produced(tmp_path / "结果")
    run(tmp_path, MONDAY.replace(hour=17))
    assert towns.produced(tmp_path / "结果") == before
    for name in ("desk.json", "总览.html"):
        text = (tmp_path / "结果" / name).read_text(encoding="utf-8")
        assert "09:30" not in text
        assert "17:30" not in text


def test_a_run_that_is_killed_before_its_end_leaves_no_line_and_the_next_one_leaves_one(tmp_path, monkeypatch):
    towns.write_whole(tmp_path, leave_out=(EAST,))
    run(tmp_path, MONDAY)
    towns.write_whole(tmp_path)

    def killed(*_arguments):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(stores.Store, "finish", killed)
        with pytest.raises(KeyboardInterrupt):
            run(tmp_path, TUESDAY)
    run(tmp_path, WEDNESDAY)
    told = rows(tmp_path, "收表记录")
    assert [(r["时间"], r["新收到"]) for r in told] == [("2026-01-12 09:30", 6), ("2026-01-14 08:00", 1)]


def test_without_a_clock_nothing_is_logged(tmp_path):
    towns.write_whole(tmp_path)
    run(tmp_path, None)
    assert rows(tmp_path, "收表记录") == []
    first = (tmp_path / "结果" / "情况一览.xlsx").read_bytes()
    run(tmp_path, None)
    assert (tmp_path / "结果" / "情况一览.xlsx").read_bytes() == first
    assert not (tmp_path / "结果" / runs.RUNS).exists()


def test_a_torn_line_and_one_of_somebody_else_are_left_out_and_the_log_goes_on(tmp_path):
    towns.write_whole(tmp_path)
    run(tmp_path, MONDAY)
    log = tmp_path / "结果" / runs.RUNS
    log.write_bytes(log.read_bytes() + b'{"when": 1, "counts": {"odd": 2}}\n[]\n{"when": "2026-01-1')
    run(tmp_path, TUESDAY)
    assert [r.when for r in runs.earlier(tmp_path / "结果")] == ["2026-01-12 09:30", "2026-01-13 16:05"]
    assert json.loads(log.read_bytes().splitlines()[-1])["came"] == 0


def test_the_log_says_nothing_of_who_ran_it_or_where(tmp_path):
    towns.write_whole(tmp_path)
    run(tmp_path, MONDAY)
    (line,) = (tmp_path / "结果" / runs.RUNS).read_text(encoding="utf-8").splitlines()
    assert set(json.loads(line)) == {"when", "counts", "came", "names", "state"}


def test_what_to_say_is_written_for_the_group_and_for_each_body_that_has_something_to_do(tmp_path):
    report = towns.whole()[1]["示例南镇人民政府"]
    blank = {k: v for k, v in report.values.items() if k != "proactive.penalties.decisions"}
    towns.write_whole(tmp_path, leave_out=(EAST,), **{report.name: replace(report, values=blank)})
    run(tmp_path, MONDAY)
    group, *others = rows(tmp_path, "催报的话")
    assert "截至2026年1月12日共 7 个单位，已完成 5 个" in group["要说的话"]
    assert "还没有报送的（期限 2026年1月20日）：示例东镇，共 1 个" in group["要说的话"]
    by_body = {r["发给"]: r for r in others}
    assert set(by_body) == {EAST, report.name}
    assert "还没有收到，请于2026年1月20日前报送" in by_body[EAST]["要说的话"]
    assert "行政处罚" in by_body[report.name]["要说的话"]
    assert "退回单" in by_body[report.name]["邮件主题"]


def test_a_deadline_that_is_over_is_ordered_no_more(tmp_path):
    towns.write_whole(tmp_path, leave_out=(EAST,))
    run(tmp_path, MONDAY.replace(month=2))
    said = rows(tmp_path, "催报的话")[1]["要说的话"]
    assert "报送期限（2026年1月20日）已过，请尽快报送" in said


def test_scores_ranks_and_several_years_stand_beside_each_other(tmp_path):
    towns.write_whole(tmp_path)
    before = tmp_path / "以前"
    before.mkdir()
    run(tmp_path, MONDAY)
    (tmp_path / "结果").rename(before / "结果")
    desk = (before / "结果" / "desk.json").read_text(encoding="utf-8")
    (before / "结果" / "desk.json").write_text(desk.replace('"year": 2025', '"year": 2023'), encoding="utf-8")
    run(tmp_path, MONDAY, earlier=(before / "结果",))
    told = rows(tmp_path, "得分和历年")
    east = next(r for r in told if r["单位"] == EAST)
    values = towns.whole()[1][EAST].values
    assert east["得分"] == 100
    assert east["同级名次"].startswith("1 / ")
    assert east["本年新收 2023"] == east["本年新收 2025"] == values["requests.received.total"]
    assert told[-1]["单位"] == "全县"
    page = (tmp_path / "结果" / "总览.html").read_text(encoding="utf-8")
    assert 'id="chart-years"' in page
    assert '"years":[[2023' in page


def test_a_log_that_cannot_be_written_is_told(tmp_path):
    (tmp_path / runs.RUNS).mkdir(parents=True)
    with pytest.raises(OutputError, match=re.escape(runs.RUNS)):
        runs.append(tmp_path, runs.SeasonRun("2026-01-12 09:30", {}, 0, (), ""))


def test_without_a_year_there_is_no_course():
    assert year_series.History().of(None, None) == ()
