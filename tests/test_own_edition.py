"""A county's own edition file works in every verb that knows --edition, and everything made follows it."""

import json
import random
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

import reports
from nianbao import pipeline, workbook
from nianbao import report as report_
from nianbao.cli import main
from nianbao.cli.verbs import VERBS
from nianbao.form import load_edition
from word import opened, values

CASE = Path(__file__).parent / "cases" / "own-variant.toml"
OWN = "本县格式.toml"


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A folder with the edition file, a filled workbook and its data."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / OWN).write_bytes(CASE.read_bytes())
    edition = load_edition(str(CASE))
    report = reports.random_report(random.Random(7), str(CASE))
    quiet = {k: v for k, v in report.values.items() if not k.startswith("proactive.")}
    report = replace(report, edition=edition.id, values=report.values | {
        k: reports.number_for(edition, k, 0) for k in report.values if k not in quiet
    })  # fmt: skip
    (tmp_path / "收到").mkdir()
    (tmp_path / "收到" / "示例镇.xlsx").write_bytes(workbook.build(edition, report, None))
    (tmp_path / "示例镇.json").write_text(report_.dumps(report), encoding="utf-8")
    return tmp_path


def run(*arguments: str) -> int:
    return main([*arguments, "--edition", OWN])


def test_every_verb_that_knows_editions_is_tried_here():
    def flags(verb):
        return [f for names, _ in verb.options for f in names]

    known = {v.name for v in VERBS if "--edition" in flags(v)}
    assert known == {"new", "check", "make", "read", "verify", "register", "batch", "rollup", "template", "rules"}


def test_a_new_workbook_and_its_check(folder, capsys):
    assert run("new", "--body", "示例镇人民政府", "--year", "2025", "-o", "新.xlsx") == 0
    assert "本地变通格式" in capsys.readouterr().out
    assert run("check", "收到/示例镇.xlsx") in (0, 1)
    out = capsys.readouterr().out
    assert "强制 0 处" in out
    assert "规则 F3" in out


def test_workbooks_for_a_roster(folder, capsys):
    assert main(["roster", "-o", "名册.xlsx"]) == 0
    assert run("new", "--roster", "名册.xlsx", "--year", "2025", "-o", "发出") == 0
    made = sorted((folder / "发出").glob("*.xlsx"))
    assert made
    assert pipeline.read(made[0], OWN).edition.name == "本地变通格式"


@pytest.mark.parametrize("source", ["收到/示例镇.xlsx", "示例镇.json"])
def test_a_report_is_made_proven_verified_and_read_again(source, folder, capsys):
    assert run("make", source, "-o", "报告", "--to", "docx,html,json") in (0, 1)
    (made,) = (folder / "报告").glob("*.docx")
    edition = load_edition(OWN)
    assert opened(made).tables[1]._tbl.xpath("count(w:tr)") == edition.table["requests"].rows == 26
    assert set(values(made.read_bytes(), edition)) == {k for t in edition.tables if t.printed for k in
                                                        (v.key for v in t.values)}  # fmt: skip
    page = next((folder / "报告").glob("*.html")).read_text(encoding="utf-8")
    assert "（六）其他处理" in page
    assert "逾期不补正" not in page
    assert run("verify", str(made), source) == 0
    assert run("read", str(made), "-o", "读回.xlsx") in (0, 1)
    ours, again = (pipeline.read(Path(p), OWN).report.values for p in (source, "读回.xlsx"))
    printed = set(values(made.read_bytes(), edition))
    assert {k: v for k, v in ours.items() if k in printed} == {k: v for k, v in again.items() if k in printed}


def test_a_template_of_ones_own_edition(folder, capsys):
    assert run("template", "new", "-o", "模板.docx") == 0
    assert run("template", "check", "模板.docx") == 0
    assert main(["template", "check", "模板.docx", "--edition", "2021"]) == 1
    assert run("make", "示例镇.json", "-o", "报告", "--template", "模板.docx") in (0, 1)
    assert list((folder / "报告").glob("*.docx"))


def test_a_county_of_ones_own_edition(folder, capsys):
    assert run("batch", "收到", "-o", "结果") in (0, 1)
    assert list((folder / "结果" / "报告").glob("*.docx"))
    assert run("rollup", "收到", "-o", "全县.xlsx", "--partial") in (0, 1)
    assert pipeline.read(folder / "全县.xlsx", OWN).edition.name == "本地变通格式"


def test_a_register_is_counted_into_the_rows_of_ones_own_edition(folder, capsys):
    """In the own edition （六）其他处理 is one row, so the result needs no item of its own."""
    rows = "收到日期,申请人类型,答复日期,处理结果\n2025-3-1,自然人,2025-3-10,其他处理\n"
    (folder / "台账.csv").write_text(rows, encoding="utf-8")
    assert run("register", "new", "-o", "空白台账.xlsx") == 0
    capsys.readouterr()
    assert run("register", "check", "台账.csv", "--year", "2025", "--format", "json") == 0
    counted = json.loads(capsys.readouterr().out)["values"]
    assert {k: v for k, v in counted.items() if v and k.startswith("requests.other")} == {
        "requests.other.natural_person": 1, "requests.other.total": 1,
    }  # fmt: skip


def test_the_catalogue_of_ones_own_edition(folder, capsys):
    assert run("rules", "A1") == 0
    assert "表三" in capsys.readouterr().out


@pytest.mark.parametrize("source", ["收到/示例镇.xlsx", "示例镇.json"])
def test_without_the_file_the_cure_is_told(source, folder, capsys):
    main(["check", source])
    out = capsys.readouterr()
    assert "请用“--edition 格式文件.toml”指明" in out.out + out.err


def test_no_path_of_the_edition_file_goes_into_what_is_made(folder):
    assert main(["make", "示例镇.json", "-o", "报告", "--to", "docx,json", "--edition", str(folder / OWN)]) in (0, 1)
    for made in (folder / "报告").iterdir():
        data = made.read_bytes()
        if made.suffix == ".docx":
            with zipfile.ZipFile(made) as package:
                data = b"".join(package.read(n) for n in package.namelist())
        assert str(folder).encode() not in data
        assert OWN.encode() not in data
