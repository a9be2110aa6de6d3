"""The command line as a user meets it: Chinese help and errors, exit codes, JSON."""

import json
import subprocess
import sys

import pytest

import reports
from nianbao import pipeline
from nianbao import report as report_
from nianbao.cli import main
from nianbao.cli.actions import ACTIONS
from nianbao.cli.verbs import VERBS, parse
from nianbao.form import edition_names


def written(report, folder, name="年报.json"):
    path = folder / name
    path.write_text(report_.dumps(report), encoding="utf-8")
    return str(path)


def test_every_verb_has_an_action_a_sentence_and_an_example_that_parses():
    assert [v.name for v in VERBS] == list(ACTIONS)
    for verb in VERBS:
        assert verb.summary.endswith("。")
        assert parse(verb.example.split()[1:]).verb == verb.name


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "还缺少：命令"),
        (["chek"], "命令不能是“chek”"),
        (["check"], "还缺少：文件"),
        (["make", "x.xlsx"], "还缺少：-o/--output"),
        (["new", "--body", "x", "--year", "二〇", "-o", "y.xlsx"], "--year 应是整数"),
        (["check", "x.json", "--colour"], "不认识：--colour"),
        (["check", "--format"], "后面要给出内容"),
        (["make", "x.json", "-o", "y", "--to", "odt"], "不能生成 odt"),
        (["check", "没有.xlsx"], "没有.xlsx"),
        (["check", "没有.json"], "找不到文件"),
        (["check", "没有.doc"], "读不了 .doc"),
        (["rules", "Z9"], "没有规则 Z9"),
        (["new", "--body", "x", "--year", "2010", "-o", "y.xlsx"], "没有规定的年报格式"),
        (["new", "--body", "x", "--year", "2025", "-o", "y.xls"], "以 .xlsx 结尾"),
        (["rules", "--edition", "2035"], "没有这个格式"),
    ],
)
def test_what_cannot_be_done_is_one_chinese_sentence_and_exit_2(arguments, said, capsys):
    assert main(arguments) == 2
    out, err = capsys.readouterr()
    assert said in err
    assert out == ""
    assert "Traceback" not in err


def test_a_clean_report_exits_0_and_a_wrong_one_1(tmp_path, capsys):
    assert main(["check", written(reports.zero(), tmp_path)]) in (0, 1)
    capsys.readouterr()
    wrong = reports.changed(reports.zero(), requests__received__natural_person=3)
    assert main(["check", written(wrong, tmp_path)]) == 1
    assert "【强制】1 处" in capsys.readouterr().out


def test_findings_come_as_json_in_the_shape_of_the_contract(tmp_path, capsys):
    wrong = reports.changed(reports.zero(), requests__received__natural_person=3)
    path = written(wrong, tmp_path)
    assert main(["check", path, "--format", "json"]) == 1
    told = json.loads(capsys.readouterr().out)
    assert told["file"] == path
    assert told["summary"]["error"] == 1
    (found,) = [f for f in told["findings"] if f["class"] == "error"]
    assert found["rule"] == "A1"
    assert found["cells"] == ["requests.received.natural_person"]
    assert found["proposals"] == [[{"cell": "requests.received.natural_person", "found": 3, "value": 0}]]
    assert found["explanation"] is None
    assert set(found) == {"rule", "class", "cells", "place", "message", "proposals", "explanation"}


def test_one_unreadable_file_never_stops_the_rest(tmp_path, capsys):
    good = written(reports.zero(), tmp_path)
    bad = tmp_path / "坏.json"
    bad.write_text("{", encoding="utf-8")
    assert main(["check", str(bad), good, "--format", "json"]) == 1
    first, second = json.loads(capsys.readouterr().out)
    assert "不是正确的 JSON" in first["error"]
    assert second["summary"]["error"] == 0


def test_report_json_goes_through_make_unchanged(tmp_path):
    source = written(reports.zero(), tmp_path)
    assert main(["make", source, "-o", str(tmp_path / "out"), "--to", "json"]) in (0, 1)
    (made,) = (tmp_path / "out").glob("*.json")
    assert json.loads(made.read_text(encoding="utf-8")) == json.loads(
        (tmp_path / "年报.json").read_text(encoding="utf-8")
    )


def test_rules_and_editions_are_listed(capsys):
    assert main(["rules"]) == 0
    assert "A1" in capsys.readouterr().out
    assert main(["rules", "a1"]) == 0
    page = capsys.readouterr().out
    assert all(word in page for word in ("查什么", "为什么", "正确的例子", "错误的例子", "怎样改", "依据"))
    assert main(["editions", "--format", "json"]) == 0
    assert {e["id"] for e in json.loads(capsys.readouterr().out)} == set(edition_names())


def test_the_program_speaks_chinese_into_a_pipe_whatever_the_locale():
    done = subprocess.run(
        [sys.executable, "-m", "nianbao", "--help"], env={"LC_ALL": "C", "PYTHONIOENCODING": "latin-1"},
        capture_output=True, check=True,
    )  # fmt: skip
    assert "用法：" in done.stdout.decode("utf-8")


@pytest.mark.parametrize("verb", ["make", "batch"])
def test_the_help_of_to_names_every_format_there_is(verb):
    options = next(v for v in VERBS if v.name == verb).options
    told = next(str(settings["help"]) for flags, settings in options if flags == ("--to",))
    assert "、".join(pipeline.FORMATS) in told
