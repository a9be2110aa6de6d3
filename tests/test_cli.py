"""The command line as a user meets it: Chinese help and errors, exit codes, JSON."""

import json
import re
import subprocess
import sys
from dataclasses import replace

import pytest

import reports
from nianbao import pipeline
from nianbao import report as report_
from nianbao.cli import main, show
from nianbao.cli.actions import ACTIONS
from nianbao.cli.parser import Parser, UsageError
from nianbao.cli.verbs import VERBS, parse
from nianbao.form import edition_names, load_edition


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
        (["chek"], "命令不能是“chek”。是不是“check”？可以是：demo、new、"),
        (["Verfy"], "是不是“verify”？"),
        (["检查"], "命令不能是“检查”。可以是：demo、"),
        (["check", "--format", "jsn", "x.xlsx"], "--format 不能是“jsn”。是不是“json”？"),
        (["check"], "还缺少：文件"),
        (["make", "x.xlsx"], "还缺少：-o/--output"),
        (["new", "--body", "x", "--year", "二〇", "-o", "y.xlsx"], "--year 应是整数"),
        (["check", "x.json", "--colour"], "不认识：--colour"),
        (["check", "--format"], "后面要写内容"),
        (["make", "x.json", "-o", "y", "--to", "odt"], "不能生成 odt"),
        (["check", "没有.xlsx"], "没有.xlsx"),
        (["check", "没有.json"], "找不到文件"),
        (["check", "没有.doc"], "无法读取 .doc"),
        (["check", "没有.jpg"], "无法读取 .jpg 文件，请提供填报表"),
        (["rules", "Z9"], "没有规则 Z9"),
        (["new", "--body", "x", "--year", "2010", "-o", "y.xlsx"], "没有规定的年报格式"),
        (["new", "--body", "x", "--year", "2025", "-o", "y.xls"], "以 .xlsx 结尾"),
        (["rules", "--edition", "2035"], "没有这个格式"),
        (["make", "x.json", "-o", "y", "--draft=是"], "--draft 后面不能写“是”"),
        (["check", "a.xlsx", "b.xlsx", "--annotate", "c.xlsx"], "--annotate 和 --write-reasons 一次只能用于一个文件"),
        (["check", "a.xlsx", "b.xlsx", "--write-reasons", "c.json"], "--annotate 和 --write-reasons 一次只能用于一个"),
        (["editions", "check", "本县格式.json"], "“本县格式.json”：格式文件的文件名要以 .toml 结尾"),
        (["addin", "build", "-o", "年报.xlsm"], "“年报.xlsm”：加载项的文件名要以 .xlam 结尾"),
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
    parts = {"where", "what", "why", "how", "evidence", "remark"}
    assert set(found) == {"rule", "class", "cells", "place", "message", "proposals", "explanation", *parts}


def test_last_years_file_is_compared_with_instead_of_what_the_report_carries(tmp_path, capsys):
    this = reports.zero()
    last = reports.changed(reports.zero(year=2024), requests__pending_end__total=2)
    path = written(this, tmp_path)

    def h1(*more):
        main(["check", path, "--format", "json", *more])
        return [f["message"] for f in json.loads(capsys.readouterr().out)["findings"] if f["rule"] == "H1"]

    assert h1() == []
    (said,) = h1("--last-year", written(last, tmp_path, "上年.json"))
    assert "2" in said.partition("规则")[0]
    assert h1("--last-year", written(reports.zero(year=2024), tmp_path, "零.json")) == []


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
    assert "不看什么" not in page
    assert main(["rules", "n4"]) == 0
    assert "不看什么：“按期答复率100%”" in capsys.readouterr().out
    assert main(["editions", "--format", "json"]) == 0
    assert {e["id"] for e in json.loads(capsys.readouterr().out)} == set(edition_names())


def test_rules_come_as_json_one_or_all(capsys):
    assert main(["rules", "a1", "--format", "json"]) == 0
    one = json.loads(capsys.readouterr().out)
    assert (one["id"], one["class"]) == ("A1", "error")
    assert all(one[k] for k in ("name", "statement", "basis", "why", "kept", "broken", "mend"))
    assert "severity" not in one
    assert one["beyond"] == ""
    assert main(["rules", "--format", "json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert one in told
    assert [r["id"] for r in told] == [r.id for r in load_edition("2021").rules]


def test_the_list_of_editions_names_each_with_its_years_and_where_it_deviates(capsys):
    assert main(["editions"]) == 0
    out = capsys.readouterr().out
    lines = out.splitlines()
    assert [line.split()[0] for line in lines if re.match(r"  \S", line)] == list(edition_names())
    assert "2021年度起" in out
    assert "2019至2020年度" in out
    assert "与国家规定格式不同：" in out
    assert "editions check 文件.toml" in lines[-1]


@pytest.mark.parametrize(
    ("from_year", "to_year", "said"),
    [
        (2022, 2024, "（强制，2022至2024年度）"),
        (2022, None, "（强制，2022年度起）"),
        (None, 2024, "（强制，至2024年度）"),
        (None, None, "（强制）"),
    ],
)
def test_the_page_of_a_rule_says_for_which_years_it_holds(from_year, to_year, said):
    rule = replace(load_edition("2021").rule["A1"], from_year=from_year, to_year=to_year)
    assert show.rule_page(rule).splitlines()[0].endswith(said)


def test_a_published_report_is_not_stored_as_something_else_than_a_workbook(tmp_path, capsys):
    source = written(reports.zero(), tmp_path)
    target = tmp_path / "读出.xls"
    assert main(["read", source, "-o", str(target)]) == 2
    assert "“读出.xls”：填报表的文件名要以 .xlsx 结尾" in capsys.readouterr().err
    assert not target.exists()


@pytest.mark.parametrize("verb", ["make", "demo"])
def test_an_earlier_result_is_kept_and_the_user_told_where(verb, tmp_path, capsys):
    source = written(reports.zero(), tmp_path)
    out = tmp_path / "out"
    arguments = {"make": ["make", source, "-o", str(out)], "demo": ["demo", "-o", str(out)]}[verb]
    assert main(arguments) == 0
    (report,) = out.glob("*.docx")
    report.write_bytes(b"somebody's")
    capsys.readouterr()
    assert main(arguments) == 0
    aside = report.with_name(f"{report.stem}（原文件1）.docx")
    assert f"原来的同名文件另存为：{aside}" in capsys.readouterr().out
    assert aside.read_bytes() == b"somebody's"


def test_a_mistake_argparse_words_in_a_new_way_is_told_in_its_own_words():
    with pytest.raises(UsageError, match=r"(?s)^something new\n用法：x .*输入“x --help”查看说明。$"):
        Parser(prog="x").error("something new")


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


def test_read_lists_every_figure_with_what_it_was_understood_to_be(tmp_path, capsys):
    report = reports.zero(year=2024)
    text = "全年收到政府信息公开申请3件，办理建议提案5件。"
    path = written(replace(report, texts={**reports.TEXTS, "overview": text}), tmp_path)
    assert main(["read", path, "--figures"]) in (0, 1)
    printed = capsys.readouterr().out
    assert "3件　“全年收到政府信息公开申请3件”" in printed
    assert "依申请公开，本单位，收到；句式 received；与表不一致" in printed
    assert "5件　“办理建议提案5件”" in printed
    assert "不比较：说的不是表中的事项" in printed


@pytest.mark.parametrize("module", ["nianbao.cli", "nianbao.cli.verbs", "json"])
def test_ctrl_c_is_answered_quietly_while_the_program_is_still_loading(module):
    code = f"""
import sys
class Pressed:
    def find_spec(self, name, *_):
        if name == {module!r}: raise KeyboardInterrupt
sys.modules.pop("json", None)
sys.meta_path.insert(0, Pressed())
from nianbao.__main__ import main
sys.argv = ["nianbao", "rules"]
sys.exit(main())
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stdout, done.stderr.strip()) == (130, "", "已停止。")
