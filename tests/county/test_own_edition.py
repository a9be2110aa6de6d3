"""Results made with an edition file of one's own stay readable when that file is renamed, moved or gone."""

import json
from dataclasses import replace

import pytest

import reports
from nianbao import pipeline, workbook
from nianbao.cli import main
from nianbao.county import desk_json
from nianbao.county.model import Member
from nianbao.county.roster import Roster
from nianbao.county.run import prefill
from nianbao.form import load_edition
from nianbao.form.ref import edition_ref
from nianbao.report import dumps
from rows import some

EDITION = """id = "county-own"
extends = "2021"
name = "本县用表"
from_year = 2021
[[changes]]
do = "set_section"
section = "problems"
values = { heading = "存在的问题及改进情况" }
"""
SENT = "收到2024/甲镇.xlsx"


@pytest.fixture
def county(tmp_path, monkeypatch):
    """A county that made last year's results with a file that has another name now."""
    monkeypatch.chdir(tmp_path)
    _forget()
    (tmp_path / "本县2024.toml").write_text(EDITION, encoding="utf-8")
    for year in (2024, 2025):
        folder = tmp_path / f"收到{year}"
        folder.mkdir()
        own = replace(reports.zero("2021", year), edition="county-own")
        (folder / "甲镇.xlsx").write_bytes(workbook.build(load_edition("本县2024.toml"), own))
    assert run_batch(2024, "本县2024.toml") in (0, 1)
    (tmp_path / "本县2024.toml").rename(tmp_path / "本县.toml")
    _forget()
    return tmp_path


def _forget():
    """Begin as a new process does."""
    load_edition.cache_clear()
    edition_ref.cache_clear()


def run_batch(year, edition, *more):
    return main(["batch", f"收到{year}", "--edition", edition, "--to", "html,json,docx", "--year", str(year),
                 "--workers", "1", "-o", f"结果{year}", *more])  # fmt: skip


def desk(folder):
    return json.loads((folder / "desk.json").read_text(encoding="utf-8"))


def test_the_results_carry_the_edition_and_say_which(county):
    told = desk(county / "结果2024")
    assert told["edition"] == "本县2024.toml"
    assert (told["form"]["id"], told["form"]["source"]) == ("county-own", "本县2024.toml")
    carried = load_edition(str(county / "结果2024" / told["form"]["file"]))
    assert carried == load_edition("本县.toml")


def test_the_desk_is_read_without_the_file(county):
    (county / "本县.toml").unlink()
    read = desk_json.loads((county / "结果2024" / "desk.json").read_text(encoding="utf-8"))
    assert read.bodies[0].report.values["requests.total.total"] == 0
    assert read.form["id"] == "county-own"


@pytest.mark.parametrize("carried", [True, False])
def test_the_column_lists_the_year_before(county, carried):
    path = county / "结果2024" / "desk.json"
    told = desk(path.parent)
    if not carried:  # as an earlier version left it
        del told["form"]
        path.write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")
    assert run_batch(2025, "本县.toml", "--earlier", "结果2024") in (0, 1)
    index = (county / "结果2025" / "报告" / "index.html").read_text(encoding="utf-8")
    assert "2024" in index
    assert 'id="y2024"' in index
    assert "乡镇" in index


def test_a_run_is_taken_up_again_under_the_new_name(county, capsys):
    assert run_batch(2024, "本县.toml") in (0, 1)
    assert "本次新读 0 份" in capsys.readouterr().out
    assert desk(county / "结果2024")["form"]["source"] == "本县.toml"


def test_a_changed_edition_is_read_anew(county, capsys):
    (county / "本县.toml").write_text(EDITION.replace("问题及改进情况", "问题"), encoding="utf-8")
    assert run_batch(2024, "本县.toml") in (0, 1)
    assert "本次新读 1 份" in capsys.readouterr().out


@pytest.mark.parametrize("last", some([SENT, "json", "docx", "html"], 2))
def test_last_years_file_is_read_by_the_edition_given(county, last):
    if last != SENT:
        (last,) = [p for p in (county / "结果2024" / "报告").glob(f"*.{last}") if p.stem.endswith("报告")]
    checked = pipeline.check_file(county / "收到2025" / "甲镇.xlsx", "本县.toml", county / last)
    assert checked.reading.last_year.year == 2024
    read = load_edition(checked.reading.last_year.edition)
    assert read == load_edition("2021" if str(last).endswith("html") else "本县.toml")
    assert checked.reading.last_year.texts["problems"] == reports.TEXTS["problems"]


def test_next_years_form_is_filled_from_it(county):
    name = reports.zero("2021").name
    arguments = ["new", "--body", name, "--year", "2025", "--edition", "本县.toml", "-o", "新.xlsx", "--from", SENT]
    assert main(arguments) == 0
    assert pipeline.read(county / "新.xlsx", "本县.toml").last_year.year == 2024


def test_a_file_of_another_edition_of_somebodys_own_is_still_refused(county, capsys):
    (county / "别.json").write_text(dumps(replace(reports.zero("2021", 2024), edition="elsewhere")), encoding="utf-8")
    assert main(["check", "收到2025/甲镇.xlsx", "--edition", "本县.toml", "--last-year", "别.json"]) == 2
    assert "“elsewhere”不是程序自带的" in capsys.readouterr().err


def test_a_folder_of_results_gives_the_edition_it_carries(county):
    (county / "本县.toml").unlink()
    listed = Roster("名册.xlsx", (Member(reports.zero("2021").name, level="town"),), ())
    found = prefill.last_year(county / "结果2024", listed, 2025)
    assert list(found.reports) == [0]
    assert "存在的问题及改进情况" in {s.heading for s in load_edition(found.reports[0][0].edition).sections}
