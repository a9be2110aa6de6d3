"""What the terminal does to the program: pipes that close, consoles that lack characters, Ctrl+C, and the log."""

import io
import json
import logging
import os
import sys
from pathlib import Path

import pytest

import reports
from nianbao import caches
from nianbao import report as report_
from nianbao.cli import main
from nianbao.cli.actions import ACTIONS
from nianbao.document import render


def test_stopping_by_hand_is_one_word_and_the_exit_code_of_shells(monkeypatch, capsys):
    def stopped(_):
        raise KeyboardInterrupt

    monkeypatch.setitem(ACTIONS, "rules", stopped)
    assert main(["rules"]) == 130
    assert capsys.readouterr() == ("", "已停止。\n")


@pytest.mark.parametrize("arguments", [["rules"], ["editions"], ["--help"]])
def test_a_reader_that_leaves_the_pipe_ends_the_command_without_a_word(arguments, monkeypatch, capsys):
    reader, writer = os.pipe()
    os.close(reader)
    out = os.fdopen(writer, "w", encoding="utf-8")
    monkeypatch.setattr(sys, "stdout", out)
    assert main(arguments) == 2
    out.close()  # as Python does at its end: nothing is left that fails
    assert capsys.readouterr().err == ""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a disk that is always full is Linux's")
@pytest.mark.parametrize("arguments", [["rules"], ["editions"], ["--help"]])
def test_an_answer_that_does_not_fit_on_the_disk_is_told_though_it_is_short(arguments, monkeypatch, capsys):
    out = Path("/dev/full").open("w", encoding="utf-8")  # noqa: SIM115 - main closes it
    monkeypatch.setattr(sys, "stdout", out)
    assert main(arguments) == 2
    out.close()
    assert capsys.readouterr().err == "磁盘已满，没有做完；已经做成的文件没有改动。请清理磁盘后再试。\n"


def test_without_a_console_it_prints_nowhere_and_does_its_work(monkeypatch, tmp_path):
    monkeypatch.setattr(sys, "stdout", None)
    monkeypatch.setattr(sys, "stderr", None)
    path = tmp_path / "台账.xlsx"
    assert main(["register", "new", "-o", str(path)]) == 0
    assert path.exists()


class Console(io.TextIOWrapper):
    """A console with an encoding of its own."""

    def isatty(self):
        return True


@pytest.mark.parametrize(("encoding", "shown"), [("gbk", "查什么"), ("ascii", "???")])
def test_a_console_keeps_its_encoding_and_shows_a_mark_for_what_it_lacks(encoding, shown, monkeypatch):
    console = Console(io.BytesIO(), encoding=encoding)
    monkeypatch.setattr(sys, "stdout", console)
    assert main(["rules", "A1"]) == 0
    console.flush()
    assert console.encoding == encoding
    assert shown in console.buffer.getvalue().decode(encoding)


def test_into_a_file_it_writes_utf_8_whatever_the_locale(monkeypatch):
    file = io.TextIOWrapper(io.BytesIO(), encoding="latin-1")
    monkeypatch.setattr(sys, "stdout", file)
    assert main(["rules", "A1"]) == 0
    file.flush()
    assert "查什么" in file.buffer.getvalue().decode("utf-8")


@pytest.mark.parametrize(("wanted", "told"), [("1", True), ("", False)])
def test_developers_are_told_how_things_are_done_where_they_ask_for_it(wanted, told, monkeypatch, tmp_path, capsys):
    monkeypatch.setattr(logging.root, "handlers", [])
    monkeypatch.setattr(logging.root, "level", logging.WARNING)
    monkeypatch.setenv("NIANBAO_DEBUG", wanted)
    monkeypatch.setenv(caches.SWITCH, "")
    render.template_for.cache_clear()  # an earlier test may have had it compiled in this process
    path = tmp_path / "年报.json"
    path.write_text(report_.dumps(reports.zero()), encoding="utf-8")
    assert main(["make", str(path), "-o", str(tmp_path), "--engine", "docxtpl"]) == 0
    assert ("nianbao.document.render: " in capsys.readouterr().err) is told


def test_new_says_when_the_edition_is_not_in_force_for_the_year(tmp_path, capsys):
    asked = ["new", "--body", "永平镇人民政府", "--year", "2025", "-o"]
    assert main([*asked, str(tmp_path / "甲.xlsx"), "--edition", "2019"]) == 0
    assert "年度是 2025，而“2019年试行版”适用于2019至2020年度" in capsys.readouterr().err
    assert main([*asked, str(tmp_path / "乙.xlsx")]) == 0
    assert capsys.readouterr().err == ""


def test_two_files_of_one_body_make_one_report_and_say_so(tmp_path, capsys):
    first, second = tmp_path / "甲.json", tmp_path / "乙.json"
    for path in (first, second):
        path.write_text(report_.dumps(reports.zero()), encoding="utf-8")
    out = tmp_path / "报告"
    assert main(["make", str(first), str(second), "-o", str(out), "--to", "json"]) == 1
    assert f"没有生成报告：单位和年度与“{first}”相同" in capsys.readouterr().out
    assert [p.suffix for p in out.iterdir()] == [".json"]


def test_dates_that_are_none_and_years_of_two_digits_make_no_report(tmp_path, capsys):
    report = report_.to_json(reports.zero())
    for i, wrong in enumerate(({"year": 25}, {"body": {**report["body"], "signed_on": "2026-13-40"}})):
        path = tmp_path / f"{i}.json"
        path.write_text(json.dumps({**report, **wrong}), encoding="utf-8")
        assert main(["make", str(path), "-o", str(tmp_path / "报告")]) == 1
        assert "没有生成报告" in capsys.readouterr().out
    assert not (tmp_path / "报告").exists()
