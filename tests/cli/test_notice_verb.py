"""--notice on the command line: check, make, batch and new."""

import json
from pathlib import Path

import pytest
from openpyxl import load_workbook

import reports
from nianbao.cli import main
from nianbao.report import dumps

NOTICE = str(Path(__file__).parents[1] / "cases" / "notices" / "示例县.toml")


@pytest.fixture
def written(tmp_path):
    path = tmp_path / "年报.json"
    path.write_text(dumps(reports.zero("2021", 2025)), encoding="utf-8")
    return str(path)


def ruled(capsys):
    return [f["rule"] for f in json.loads(capsys.readouterr().out)["findings"]]


def test_check_asks_for_what_the_notice_asks(written, capsys):
    assert main(["check", written, "--format", "json"]) == 0
    assert not [r for r in ruled(capsys) if r.startswith("D")]
    assert main(["check", written, "--notice", NOTICE, "--format", "json"]) == 1
    assert [r for r in ruled(capsys) if r.startswith("D")] == ["D1", "D1", "D1", "D2"]
    assert main(["check", written, "--notice", NOTICE]) == 1
    assert "依据：规则 D1：当地通知要求写明的数字，在指定的部分写明（示例县人民政府办公室《" in capsys.readouterr().out


def test_make_makes_the_report_all_the_same_and_counts_it_on_the_check_sheet(written, tmp_path, capsys):
    target = tmp_path / "报告"
    assert main(["make", written, "--notice", NOTICE, "-o", str(target), "--check-sheet"]) == 1
    assert len(list(target.glob("*.docx"))) == 2
    assert "【核实】2 处" in capsys.readouterr().out


def test_a_faulty_notice_stops_everything_before_it_begins(written, tmp_path, capsys):
    bad = tmp_path / "坏.toml"
    bad.write_text('title = "通知"\n', encoding="utf-8")
    for arguments in (["check", written], ["make", written, "-o", str(tmp_path / "报告")]):
        assert main([*arguments, "--notice", str(bad)]) == 2
        assert "通知文件“坏.toml”有 5 处错误，不能使用：" in capsys.readouterr().err
    assert not (tmp_path / "报告").exists()


def test_new_writes_it_into_the_workbook_and_not_into_one_of_another_year(tmp_path, capsys):
    target = tmp_path / "甲镇.xlsx"
    new = ["new", "--body", "甲镇人民政府", "--notice", NOTICE]
    assert main([*new, "--year", "2024", "-o", str(target)]) == 2
    assert "是2025年度的，不能用于2024年度的填报表" in capsys.readouterr().err
    assert main([*new, "--year", "2025", "-o", str(target)]) == 0
    told = [c.value for row in load_workbook(target)["总体情况"].iter_rows(max_row=20) for c in row if c.value]
    assert any("当地通知（示政办函〔2025〕36号）要求：" in str(v) for v in told)


def test_batch_reads_everything_again_when_the_notice_changes(tmp_path, capsys):
    folder, out = tmp_path / "收到", tmp_path / "结果"
    folder.mkdir()
    from nianbao import workbook  # noqa: PLC0415
    from nianbao.form import load_edition  # noqa: PLC0415

    (folder / "甲.xlsx").write_bytes(workbook.build(load_edition("2021"), reports.zero("2021", 2025)))
    batch = ["batch", str(folder), "-o", str(out), "--workers", "1", "--format", "json"]

    def run(*more):
        main([*batch, *more])
        told = json.loads(capsys.readouterr().out)
        desk = json.loads((out / "desk.json").read_text(encoding="utf-8"))
        rules = [f["rule"] for f in desk["bodies"][0]["findings"]]
        return told["read"], sum(r.startswith("D") for r in rules), desk["bodies"][0]["status"]

    assert run() == (1, 0, "done")
    assert run("--notice", NOTICE) == (1, 4, "unexplained")
    assert run("--notice", NOTICE) == (0, 4, "unexplained")
    assert list((out / "退回单").glob("*.docx"))
    assert list((out / "标注").glob("*.xlsx"))
    assert "示政办函〔2025〕36号" in (out / "desk.json").read_text(encoding="utf-8")
