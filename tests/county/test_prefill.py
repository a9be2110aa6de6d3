"""One prefilled workbook for each body, last year's figures found by content."""

from dataclasses import replace

import pytest

from county import towns
from nianbao import report as reports_
from nianbao import workbook
from nianbao.cli import main
from nianbao.county.model import Member
from nianbao.county.roster import Roster
from nianbao.county.roster.roster_book import write_roster
from nianbao.county.run import prefill
from nianbao.county.run.processes import Processes
from nianbao.form import load_edition

pytestmark = pytest.mark.xdist_group("prefill")

ROSTER = (
    Member("示例东镇人民政府", "示例东镇", "town", phone="0597-1"),
    Member("示例新镇人民政府", "示例新镇", "town", former=("示例南镇人民政府", "示例西镇人民政府")),
    Member("示例名街道办事处", "示例名街道", "street", former=("示例水街道办事处",)),
    Member("示例县全新局", "", "department"),
)


@pytest.fixture(scope="module")
def sent(tmp_path_factory):
    folder = tmp_path_factory.mktemp("prefill")
    last = folder / "上年"
    last.mkdir()
    by_name = {}
    for i, (name, report) in enumerate(towns.whole()[1].items()):
        before = replace(report, year=2024)
        by_name[name] = before
        (last / f"第{i}份.json").write_text(reports_.dumps(before), encoding="utf-8")
    (last / "坏.xlsx").write_bytes(b"x")
    roster = folder / "名册.xlsx"
    roster.write_bytes(write_roster(load_edition("2021"), ROSTER))
    out = folder / "发放"
    code = towns.run("new", "--roster", roster, "--year", 2025, "--last-year", last, "-o", out)
    return out, by_name, code


def read(sent, member):
    return workbook.read(sent[0] / f"{member.name}2025年填报表.xlsx")


def test_workbooks_made_by_several_processes_are_the_same_and_come_in_the_rosters_order():
    roster = Roster("名册.xlsx", ROSTER, ())
    last = prefill.LastYearReports({1: (towns.whole()[1]["示例南镇人民政府"],)}, ())
    alone = list(prefill.prefilled(roster, 2025, "", last))
    processes = Processes(2)
    try:
        together = list(prefill.prefilled(roster, 2025, "", last, processes))
    finally:
        processes.close()
    assert [one.name for one in alone] == [f"{m.name}2025年填报表.xlsx" for m in ROSTER]
    assert together == alone


def test_every_body_gets_its_workbook_with_its_facts(sent):
    assert sent[2] == 0
    assert len(list(sent[0].iterdir())) == len(ROSTER)
    for member in ROSTER:
        report = read(sent, member).report
        assert (report.name, report.body["level"], report.year) == (member.name, member.level, 2025)
        assert not any(k.startswith("requests.") for k in report.values)
    assert read(sent, ROSTER[3]).last_year is None


def test_last_years_report_is_found_by_content(sent):
    assert read(sent, ROSTER[0]).last_year.values == sent[1]["示例东镇人民政府"].values


def test_a_renamed_body_gets_the_report_of_its_former_name_under_its_own(sent):
    last = read(sent, ROSTER[2]).last_year
    assert last.name == "示例名街道办事处"


def test_merged_bodies_get_the_sum(sent):
    last = read(sent, ROSTER[1]).last_year
    parts = [sent[1][n].values for n in ROSTER[1].former]
    key = "requests.pending_end.total"
    assert last.values[key] == parts[0][key] + parts[1][key]


def test_what_was_not_used_is_named(sent, capsys, tmp_path):
    folder = sent[0].parent
    arguments = ("--roster", folder / "名册.xlsx", "--year", 2025, "--last-year", folder / "上年")
    towns.run("new", *arguments, "-o", tmp_path / "再发")
    said = capsys.readouterr().err
    assert "坏.xlsx" in said
    assert "“示例县教育局”不在名册上" in said


def test_of_last_years_folder_a_report_is_used_once_and_of_the_year_before_alone(tmp_path):
    roster = Roster("名册.xlsx", ROSTER, ())
    east = replace(towns.whole()[1]["示例东镇人民政府"], year=2024)
    (tmp_path / "1.json").write_text(reports_.dumps(east), encoding="utf-8")
    (tmp_path / "2.json").write_text(reports_.dumps(east), encoding="utf-8")
    (tmp_path / "3.json").write_text(reports_.dumps(replace(east, year=2023)), encoding="utf-8")
    (tmp_path / "~$4.json").write_text("x", encoding="utf-8")
    (tmp_path / "说明.md").write_text("x", encoding="utf-8")
    found = prefill.last_year(tmp_path, roster, 2025)
    assert {i: [r.year for r in listed] for i, listed in found.reports.items()} == {0: [2024]}
    assert found.unused == (
        "“2.json”：“示例东镇人民政府”已有一份，没有采用", "“3.json”是2023年度的，不是2024年度的"
    )  # fmt: skip


def test_a_folder_of_last_year_that_is_not_there_is_told(sent, tmp_path, capsys):
    arguments = ("--roster", sent[0].parent / "名册.xlsx", "--year", 2025, "--last-year", tmp_path / "没有")
    assert towns.run("new", *arguments, "-o", tmp_path / "发放") == 2
    assert "找不到文件夹“" in capsys.readouterr().err


def test_a_workbook_already_there_is_not_written_over(sent, capsys):
    assert towns.run("new", "--roster", sent[0].parent / "名册.xlsx", "--year", 2025, "-o", sent[0]) == 2
    assert "没有覆盖" in capsys.readouterr().err


@pytest.mark.parametrize("named", [(), ("--body", "a", "--roster", "b")])
def test_body_or_roster_but_not_both(named, capsys):
    assert towns.run("new", *named, "--year", 2025, "-o", "x.xlsx") == 2
    assert "二者选一" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("named", "told"),
    [(("--body", "a", "--last-year", "上年"), "请用 --from"), (("--roster", "b", "--from", "a"), "请用 --last-year")],
)
def test_last_year_of_one_body_and_of_a_roster_are_not_mistaken_for_each_other(named, told, capsys, tmp_path):
    assert towns.run("new", *named, "--year", 2025, "-o", tmp_path / "x.xlsx") == 2
    assert told in capsys.readouterr().err


def test_forms_of_an_edition_that_is_not_the_years_are_made_and_that_is_told(tmp_path, capsys):
    (tmp_path / "名册.xlsx").write_bytes(write_roster(load_edition("2021"), [Member("甲镇人民政府", level="town")]))
    given = ["--roster", str(tmp_path / "名册.xlsx"), "--year", "2025", "--edition", "2019", "-o", str(tmp_path / "表")]
    assert main(["new", *given]) == 0
    assert "请注意：" in capsys.readouterr().err
    (form,) = (tmp_path / "表").iterdir()
    assert workbook.read(form).report.edition == "2019"
