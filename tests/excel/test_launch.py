"""The launcher for closed files: the same results without Excel; and installing it."""

import contextlib
import ctypes
import json
import os
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import docx
import pytest
from openpyxl import load_workbook

import books
import reports
from county import towns
from nianbao import caches, excel, pipeline, workbook
from nianbao.cli import main as cli
from nianbao.dates import printed, today
from nianbao.demo import sample
from nianbao.errors import OutputError
from nianbao.excel import button_lock, desktop, dropped_report, launch
from nianbao.excel.addin import build, doctor, installing, shortcut
from nianbao.form import load_edition
from nianbao.register import register_form as register_book
from nianbao.report import dumps
from nianbao.ribbon import log
from nianbao.serve import instance, service, service_folders

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def shown(monkeypatch):
    """The message boxes, one after the other."""
    found = []
    monkeypatch.setattr(launch.desktop, "message", lambda text, wrong=False: found.append(text))
    return found


def written(path, report):
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(workbook.build(load_edition(report.edition), report))
    return path


def test_a_dropped_workbook_becomes_the_command_lines_report(tmp_path, shown):
    path = written(tmp_path / "甲 & 乙.xlsx", sample().report)
    before = path.read_bytes()
    assert launch.main([str(path)]) == 0, shown
    cli(["make", str(path), "-o", str(tmp_path / "cli")])
    (ours,) = tmp_path.glob("*.docx")
    (theirs,) = (tmp_path / "cli").glob("*.docx")
    assert ours.read_bytes() == theirs.read_bytes()
    assert path.read_bytes() == before
    assert "年报已生成" in shown[-1]


def test_a_workbook_with_errors_gets_a_marked_copy_and_no_report(tmp_path, shown):
    path = written(tmp_path / "甲.xlsx", reports.changed(reports.zero(), requests__received__business=3))
    launch.main([str(path)])
    copy = tmp_path / "甲（校验结果）.xlsx"
    assert copy.exists()
    assert not list(tmp_path.glob("*.docx"))
    assert "没有生成年报" in shown[-1]
    words = [c for row in load_workbook(copy)["校验结果"].iter_rows(values_only=True) for c in row if c]
    assert any(f"{printed(today())}校验：" in str(w) for w in words)
    for dropped in (copy, path):  # the copy is worked on and dropped again, or the workbook itself
        launch.main([str(dropped)])
        assert sorted(p.name for p in tmp_path.glob("*.xlsx")) == ["甲.xlsx", "甲（校验结果）.xlsx"]


def saved_again(path, cell, value):
    book = load_workbook(path)
    book["表三"][cell] = value
    book.save(path)


def test_what_was_typed_into_the_marked_copy_is_in_the_next_one(tmp_path, shown):
    path = written(tmp_path / "甲.xlsx", reports.changed(reports.zero(), requests__received__business=3))
    launch.main([str(path)])
    copy = tmp_path / "甲（校验结果）.xlsx"
    saved_again(copy, "E7", 2)
    launch.main([str(copy)])
    assert pipeline.read(copy).report.values["requests.received.business"] == 2
    assert not list(tmp_path.glob("*原文件*"))
    saved_again(copy, "E7", 1)
    launch.main([str(path)])  # not the one that was changed: that is kept
    assert pipeline.read(copy).report.values["requests.received.business"] == 3
    (kept,) = tmp_path.glob("*原文件*")
    assert pipeline.read(kept).report.values["requests.received.business"] == 1
    assert kept.name in shown[-1]


def test_what_no_copy_may_hold_is_not_lost_with_the_marked_copy(tmp_path, shown):
    path = written(tmp_path / "甲.xlsx", reports.changed(reports.zero(), requests__received__business=3))
    launch.main([str(path)])
    copy = tmp_path / "甲（校验结果）.xlsx"
    book = load_workbook(copy)
    sheet = book.create_sheet("2025年申请台账")
    sheet.append(["序号", "申请人", "申请日期", "答复日期", "处理结果"])
    sheet.append([1, "张三", "2025-03-01", "2025-03-10", "予以公开"])
    book.save(copy)
    launch.main([str(copy)])
    kept = [p for p in tmp_path.glob("*.xlsx") if "2025年申请台账" in load_workbook(p).sheetnames]
    assert kept, "the register somebody put into the copy"
    assert "2025年申请台账" not in load_workbook(copy).sheetnames or kept == [copy]


def test_a_marked_copy_that_is_open_elsewhere_is_left_and_told(tmp_path, shown, monkeypatch):
    path = written(tmp_path / "甲.xlsx", reports.changed(reports.zero(), requests__received__business=3))
    launch.main([str(path)])
    copy = tmp_path / "甲（校验结果）.xlsx"
    before = copy.read_bytes()

    def locked(*_):
        raise OutputError("“甲（校验结果）.xlsx”正被别的程序占用")

    monkeypatch.setattr(pipeline, "annotate_in_place", locked)
    launch.main([str(path)])
    assert copy.read_bytes() == before
    assert (tmp_path / "甲（校验结果2）.xlsx").exists()
    assert "正开着，没有更新" in shown[-1]


def test_where_no_marked_copy_can_be_written_that_is_told(tmp_path, shown, monkeypatch):
    path = written(tmp_path / "甲.xlsx", reports.changed(reports.zero(), requests__received__business=3))

    def full(*_):
        raise OutputError("磁盘已满")

    monkeypatch.setattr(pipeline, "annotate_in_place", full)
    assert launch.main([str(path)]) == 1
    assert "磁盘已满" in shown[-1]
    assert not list(tmp_path.glob("甲（*"))


def test_a_dropped_folder_is_done_file_by_file_and_survives_a_bad_one(tmp_path, shown):
    folder = tmp_path / "各单位"
    for i in range(3):
        written(folder / f"{i}.xlsx", replace(reports.zero(), body={**reports.BODY, "name": f"第{i}镇人民政府"}))
    (folder / "坏.xlsx").write_bytes(b"PK")
    (folder / "旧.xls").write_bytes(b"\xd0\xcf\x11\xe0")
    assert launch.main([str(folder)]) == 0
    assert "共 5 份填报表，生成年报 3 份，2 份没有生成" in shown[-1]
    assert "旧.xls：“旧.xls”：无法读取 .xls 文件，请打开后另存为 Excel 工作簿（.xlsx）" in shown[-1]
    assert len(list((folder / "年报").glob("*.docx"))) == 3


def test_a_folder_is_added_up(tmp_path, shown):
    folder = tmp_path / "各单位"
    for i in range(3):
        report = reports.changed(reports.zero(), requests__received__business=i, requests__full_grant__business=i)
        body = {**reports.BODY, "name": f"第{i}镇人民政府"}
        values = reports.with_totals(
            load_edition("2021"), {k: v for k, v in report.values.items() if k not in load_edition("2021").sums}
        )
        written(folder / f"{i}.xlsx", replace(report, body=body, values=values))
    (folder / "0（校验结果2）.xlsx").write_bytes((folder / "0.xlsx").read_bytes())
    for _ in range(2):  # its own results are no bodies the second time, nor are marked copies
        assert launch.main(["--rollup", str(folder)]) == 0, shown
        assert "3 个单位" in shown[-1]
    assert (folder / "汇总" / "汇总明细.xlsx").exists()
    assert "没有“名册.xlsx”" in shown[-1]


def test_blanks_become_zeros_in_a_copy(tmp_path, shown):
    path = written(tmp_path / "甲.xlsx", replace(reports.zero(), values={"requests.received.business": 2}))
    launch.main(["--zeros", str(path)])
    found = pipeline.read(tmp_path / "甲（空白填0）.xlsx").report
    assert found.values["requests.received.business"] == 2
    assert found.values["requests.received.total"] == 2
    assert found.values["requests.received.research"] == 0
    assert "没有改动" in shown[-1]


def test_last_year_is_told_by_its_year_and_carried_into_a_copy(tmp_path, shown):
    this = written(tmp_path / "今年.xlsx", replace(reports.zero(), year=2023))
    last = written(tmp_path / "上年.xlsx", sample().report)
    launch.main(["--last-year", str(last), str(this)])
    found = pipeline.read(tmp_path / "今年（带上年数据）.xlsx")
    assert found.last_year.year == 2022
    assert found.last_year.values == pipeline.read(last).report.values


def test_trouble_is_one_message_with_the_logs_place(tmp_path, shown, home):
    assert launch.main([str(tmp_path / "没有.xlsx")]) == 1
    assert len(shown) == 1
    assert "找不到" in shown[0]
    assert str(home / "nianbao.log") in shown[0]
    logged = (home / "nianbao.log").read_text(encoding="utf-8")
    assert "FileNotFoundError 2" in logged
    assert "InputError\n  automation/nianbao/jobs.py:" in logged


def test_the_log_holds_no_figure_no_text_and_no_folder(tmp_path, shown, home):
    words = ("987654", "不能外传的话", "某某镇")
    bad = tmp_path / "填报表.json"
    values = {"requests.received.natural_person": words[0]}
    texts = {"overview": words[1] + "\x01"}
    told = {"edition": "2021", "year": 2025, "body": {"name": words[2]}, "values": values, "texts": texts}
    bad.write_text(json.dumps(told), encoding="utf-8")
    assert launch.main([str(bad)]) == 1
    log.trouble(ValueError(f"could not convert {words}"))
    logged = (home / "nianbao.log").read_text(encoding="utf-8")
    assert "ValueError" in logged
    assert "InputError" in logged
    assert not [w for w in (*words, str(tmp_path), str(Path.home()), str(ROOT)) if w in logged]


def test_nothing_dropped_tells_how(shown):
    assert launch.main([]) == 0
    assert "拖到" in shown[0]


def test_a_workbook_without_a_fault_gets_its_report_and_no_copy(tmp_path, shown):
    path = tmp_path / "东镇.xlsx"
    path.write_bytes(towns.built("示例东镇人民政府"))
    assert launch.main([str(path)]) == 0
    assert shown[-1].startswith("东镇.xlsx：没有发现问题。\n核对了 ")
    assert "11 条没有核对（缺上年数据）。\n年报已生成：" in shown[-1]
    assert sorted(p.suffix for p in tmp_path.iterdir() if p.is_file()) == [".docx", ".xlsx"]


def test_the_marked_copy_leaves_the_register_out_and_says_so(tmp_path, shown):
    edition = load_edition("2021")
    path = tmp_path / "甲.xlsx"
    path.write_bytes(workbook.build(edition, reports.zero(), extra=register_book.sheets(edition)))
    told = {"收到日期": "2025-3-1", "申请人类型": "自然人", "答复日期": "2025-3-20", "处理结果": "予以公开"}

    def fill(book):
        sheet = book["申请台账"]
        head = next(row for row in sheet.iter_rows() if {*told} <= {c.value for c in row})
        for cell in head:
            sheet.cell(head[0].row + 1, cell.column).value = told.get(cell.value)

    books.edited(path, fill)
    assert launch.main([str(path)]) == 0
    assert "这一份不含申请台账，台账请留在原来的填报表里。" in shown[-1]
    assert "申请台账" not in load_workbook(tmp_path / "甲（校验结果）.xlsx").sheetnames


def test_a_report_that_is_no_workbook_is_made_without_a_marked_copy(tmp_path, shown):
    path = tmp_path / "甲.json"
    path.write_text(dumps(sample().report), encoding="utf-8")
    assert launch.main([str(path)]) == 0
    assert "校验结果" not in shown[-1]
    assert "年报已生成" in shown[-1]


def test_only_a_workbook_can_have_its_blanks_filled(tmp_path, shown):
    path = tmp_path / "甲.json"
    path.write_text(dumps(reports.zero()), encoding="utf-8")
    assert launch.main(["--zeros", str(path)]) == 1
    assert "“甲.json”不是填报表（.xlsx）" in shown[-1]
    assert "填0" not in "".join(p.name for p in tmp_path.iterdir())


def test_a_cell_that_cannot_be_read_would_be_lost_in_the_copy_and_forbids_it(tmp_path, shown):
    path = written(tmp_path / "填报表.xlsx", reports.zero())
    books.set_cell(path, "requests.received.business", "十几")  # its total cannot be known either
    assert launch.main(["--zeros", str(path)]) == 1
    assert "里有 2 个格子读不出来，请先用“校验并生成年报”看问题并改正" in shown[-1]
    assert not (tmp_path / "填报表（空白填0）.xlsx").exists()


def test_where_nothing_is_blank_there_is_no_copy(tmp_path, shown):
    path = tmp_path / "东镇.xlsx"
    path.write_bytes(towns.built("示例东镇人民政府"))
    assert launch.main(["--zeros", str(path)]) == 0
    assert shown == ["东镇.xlsx：没有空白的数字格。"]
    assert not (tmp_path / "东镇（空白填0）.xlsx").exists()


def test_last_year_needs_two_files_of_two_years(tmp_path, shown):
    one = written(tmp_path / "一.xlsx", reports.zero())
    two = written(tmp_path / "二.xlsx", reports.zero())
    assert launch.main(["--last-year", str(one)]) == 1
    assert "请同时选中两个文件一起拖来" in shown[-1]
    assert launch.main(["--last-year", str(one), str(two)]) == 1
    assert "两个文件分不出哪个是上年的" in shown[-1]
    assert not [p for p in tmp_path.iterdir() if "带上年" in p.name]


def test_a_launcher_that_can_keep_no_lock_says_so_and_does_nothing(tmp_path, shown, home):
    path = written(tmp_path / "甲.xlsx", sample().report)
    home.parent.write_bytes(b"")
    assert launch.main([str(path)]) == 1
    (told,) = shown
    assert f"“{home}”不能写入" in told
    assert told.endswith("程序没有地方放运行记录。")
    assert not list(tmp_path.glob("*.docx"))


NOBODY = """
import ctypes, runpy, sys
ctypes.windll.user32.MessageBoxW = lambda owner, text, *style: print(text, file=sys.stderr)
runpy.run_module("nianbao.excel.launch", run_name="__main__")
"""
"""As the launchers start it, on Windows where nobody presses OK; that its own box comes is asked in tests/windows."""


def test_the_module_runs_as_the_launchers_start_it(home):
    started = ["-c", NOBODY] if sys.platform == "win32" else ["-m", "nianbao.excel.launch"]
    command = [sys.executable, "-X", "utf8", *started]
    done = subprocess.run(command, capture_output=True, check=False)
    assert (done.returncode, done.stderr.decode("utf-8").splitlines()) == (0, launch.HOW.splitlines())


def test_a_log_that_has_grown_begins_anew_and_the_one_before_is_kept(home):
    log.note("first")
    before = log.place().read_bytes()
    log.place().write_bytes(before + b"x" * log.LIMIT)
    log.note("second")
    assert log.place().read_text(encoding="utf-8").endswith(" second\n")
    assert b"first" not in log.place().read_bytes()
    assert (home / "nianbao.old").read_bytes() == before + b"x" * log.LIMIT


def test_what_nobody_foresaw_is_one_message_and_its_words_are_not_logged(shown, home):
    try:
        int("不能外传的话")
    except ValueError as e:
        desktop.unexpected(type(e), e, e.__traceback__)
    assert shown == [f"程序出错了（ValueError），没有做完。请把记录文件发给技术支持：\n{home / 'nianbao.log'}"]
    logged = (home / "nianbao.log").read_text(encoding="utf-8")
    assert "ValueError\n  tests/excel/test_launch.py:" in logged
    assert "不能外传的话" not in logged.replace('int("不能外传的话")', "")


# The desktop


def test_without_windows_a_message_goes_to_stderr_and_without_one_nowhere(capfd, monkeypatch, tmp_path):
    monkeypatch.setattr(sys, "platform", "linux")
    desktop.message("甲")
    assert desktop.open_file(tmp_path / "没有.docx") == ""
    assert capfd.readouterr() == ("", "甲\n")
    monkeypatch.setattr(sys, "stderr", None)  # started without a console
    desktop.message("乙")
    assert capfd.readouterr() == ("", "")


def test_on_windows_a_message_is_a_box_in_front_with_the_icon_of_its_kind(monkeypatch):
    boxes = []
    windows = SimpleNamespace(user32=SimpleNamespace(MessageBoxW=lambda *told: boxes.append(told)))
    monkeypatch.setattr(ctypes, "windll", windows, raising=False)
    monkeypatch.setattr(sys, "platform", "win32")
    desktop.message("做完了")
    desktop.message("没有做完", wrong=True)
    assert boxes == [(None, "做完了", "信息公开年报", 0x10040), (None, "没有做完", "信息公开年报", 0x10030)]


def test_on_windows_a_file_that_no_program_opens_is_told_to_be_there(monkeypatch, tmp_path):
    opened = []
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(os, "startfile", opened.append, raising=False)
    assert desktop.open_file(tmp_path / "年报.docx") == ""
    assert opened == [tmp_path / "年报.docx"]

    def nothing(_):
        raise OSError(1155, "没有应用程序与此操作的指定文件有关联。")

    monkeypatch.setattr(os, "startfile", nothing)
    assert desktop.open_file(tmp_path / "年报.docx") == "“年报.docx”已经写好，但这台电脑没有能打开它的程序。"


@pytest.mark.parametrize("option", ["", "--zeros", "--last-year", "--rollup"])
def test_what_was_made_is_there_and_told_where_no_program_opens_it(option, tmp_path, shown, monkeypatch):
    years = (2025, 2024) if option == "--last-year" else (2025,)
    files = [written(tmp_path / f"{y}.xlsx", replace(reports.zero(year=y), values={})) for y in years]
    monkeypatch.setattr(launch.desktop, "open_file", lambda path: f"打不开{path.name}。")
    given = [tmp_path] if option == "--rollup" else files
    assert launch.main([*filter(None, [option]), *map(str, given)]) == 0
    assert "打不开" in shown[-1]
    assert len(list(tmp_path.iterdir())) > len(files)


def test_forms_of_two_years_are_added_up_once_those_who_drop_them_have_said_which(tmp_path, shown, monkeypatch):
    monkeypatch.setattr(launch.desktop, "open_file", lambda path: "")
    _, folder = towns.write_whole(tmp_path)
    last = written(folder / "上年.xlsx", reports.zero(year=2024))
    assert launch.main(["--rollup", str(folder)]) == 1
    assert "有2024年度（上年.xlsx）、2025年度（" in shown[-1]
    assert "请把别的年度的移走" in shown[-1]
    assert not (folder / "汇总").exists()
    last.unlink()
    assert launch.main(["--rollup", str(folder)]) == 0
    assert (folder / "汇总" / "全县填报表.xlsx").exists()


def test_a_desk_that_cannot_be_opened_says_why(shown, monkeypatch, home):
    def refused(*_args, **_kwargs):
        raise OutputError("端口都被占用，没有打开")

    monkeypatch.setattr(service, "serve", refused)
    assert launch.main(["--desk"]) == 1
    assert shown == ["端口都被占用，没有打开。"]
    monkeypatch.delattr(excel, "service_buttons")
    monkeypatch.setitem(sys.modules, "nianbao.excel.service_buttons", None)  # as where the libraries are not installed
    assert launch.main(["--desk"]) == 1
    assert "缺少组件 starlette 或 uvicorn" in shown[-1]
    assert cli(["serve"]) == 2
    assert len(shown) == 2


def test_a_desk_that_answers_nothing_is_not_said_to_have_ended(monkeypatch, tmp_path, capsys):
    monkeypatch.setattr(service_folders, "usual", lambda: tmp_path)
    monkeypatch.setattr(service_folders, "own", lambda: tmp_path)
    monkeypatch.setattr(instance, "end", lambda _: False)
    assert cli(["serve", "--end"]) == 2
    told = capsys.readouterr()
    assert "年报台没有回应，没有结束" in told.err
    assert "已经结束" not in told.out


# A finished report


@pytest.fixture
def finished(tmp_path, shown):
    """A workbook and its report, beside each other."""
    path = written(tmp_path / "甲.xlsx", sample().report)
    assert launch.main([str(path)]) == 0
    for copy in tmp_path.glob("*（校验结果）.xlsx"):
        copy.unlink()
    (report,) = tmp_path.glob("*.docx")
    shown.clear()
    return path, report


def changed_in_word(report):
    """The report with one figure typed over in Word."""
    document_ = docx.Document(str(report))
    document_.tables[1].cell(3, 3).paragraphs[0].runs[0].text = "98"
    document_.save(str(report))


@pytest.mark.parametrize("together", [False, True])
def test_a_finished_report_is_compared_with_its_workbook_and_not_made_anew(together, finished, shown, tmp_path):
    path, report = finished
    before = sorted(tmp_path.iterdir())
    assert launch.main([str(report), *([str(path)] if together else [])]) == 0
    assert shown == [f"“{report.name}”与“甲.xlsx”的数字和文字完全一致。"]
    changed_in_word(report)
    assert launch.main([str(report)]) == 0
    assert "处不同：\n· 表三" in shown[-1]
    assert "98" in shown[-1]
    assert sorted(tmp_path.iterdir()) == before


def test_what_looks_otherwise_in_a_finished_report_is_listed_apart(finished, shown):
    _, report = finished
    document_ = docx.Document(str(report))
    document_.sections[0].top_margin = docx.shared.Cm(2.54)
    document_.save(str(report))
    assert launch.main([str(report)]) == 0
    same, told, listed = shown[-1].split("\n")
    assert same.endswith("的数字和文字完全一致。")
    assert told == "版式有 1 处提示，供参考："
    assert listed == "· 整个文档：页边距是上25.4毫米，标准是上37毫米。"


def test_a_report_without_its_workbook_or_with_two_is_asked_for_it(finished, shown, tmp_path, monkeypatch):
    path, report = finished
    shutil.copy(path, tmp_path / "乙.xlsx")
    assert launch.main([str(report)]) == 1
    assert "旁边有 2 份同一单位、同一年度的填报表（“乙.xlsx”、“甲.xlsx”）" in shown[-1]
    for workbook_ in tmp_path.glob("*.xlsx"):
        workbook_.unlink()
    (tmp_path / "坏.xlsx").write_bytes(b"PK")
    written(tmp_path / "别.xlsx", reports.zero())
    assert launch.main([str(report)]) == 1
    assert "旁边没有同一单位、同一年度的填报表" in shown[-1]
    monkeypatch.setattr(dropped_report, "MOST", 1)
    assert launch.main([str(report)]) == 1
    assert "旁边的填报表多于 1 份" in shown[-1]
    for workbook_ in tmp_path.glob("*.xlsx"):
        workbook_.unlink()
    assert launch.main([str(report)]) == 1
    assert "旁边没有同一单位、同一年度的填报表" in shown[-1]


# Installing


@pytest.fixture
def places(tmp_path, monkeypatch):
    """A user's folders; what would be shortcuts are files that say what they start (tests/windows makes real ones)."""

    def noted(path, program, arguments, tip):
        assert tip
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("\n".join((program, *arguments)), encoding="utf-8")

    monkeypatch.setattr(shortcut, "create", noted)
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "Local"))
    monkeypatch.delenv(caches.SWITCH, raising=False)
    return installing.ExcelFolders(tmp_path / "Roaming", tmp_path / "Local")


def test_installing_writes_addin_and_launchers_and_removing_takes_them_away(places):
    files = installing.install(places, r"D:\python\pythonw.exe")
    assert places.addin.read_bytes() == build.build(r"D:\python\pythonw.exe")
    assert places.addin.parent.name == "XLSTART"
    assert sorted(places.addin.parent.iterdir()) == [places.addin]  # Excel would load anything else there too
    assert len(files) == 9
    installing.install(places, r"E:\pythonw.exe")
    assert places.addin.read_bytes() == build.build(r"E:\pythonw.exe")
    assert set(installing.remove(places)) == set(files)
    assert installing.remove(places) == ()


def test_an_addin_that_excel_holds_is_told_and_nothing_else_is_taken_away(places, monkeypatch):
    files = installing.install(places, "x")
    unlink = Path.unlink

    def held(self, missing_ok=False):
        if self == places.addin:
            raise PermissionError(13, "Permission denied")
        unlink(self, missing_ok)

    monkeypatch.setattr(Path, "unlink", held)
    for action in (installing.remove, lambda p: installing.install(p, "y")):
        with pytest.raises(OutputError, match="正被 Excel 使用，请先关闭所有 Excel 窗口"):
            action(places)
    assert all(f.exists() for f in files)
    assert places.addin.read_bytes() == build.build("x")


@pytest.fixture
def windows(places, monkeypatch):
    """Windows' folders for this user stood in."""
    monkeypatch.setenv("APPDATA", str(places.roaming))
    monkeypatch.setenv("LOCALAPPDATA", str(places.local))


def test_the_verb_installs_for_this_user_and_removes(windows, places, capsys):
    assert cli(["addin", "install", "--python", r"D:\python\pythonw.exe"]) == 0
    out = capsys.readouterr().out
    assert places.addin.read_bytes() == build.build(r"D:\python\pythonw.exe")
    files = [places.addin, *places.launchers, places.send_to, places.start_menu]
    assert out.splitlines()[:-1] == [f"已安装：{p}" for p in files]
    assert all(p.exists() for p in files)
    assert cli(["addin", "remove"]) == 0
    assert sorted(capsys.readouterr().out.splitlines()) == sorted(f"已删除：{p}" for p in files)
    assert not any(p.exists() for p in files)
    assert cli(["addin", "remove"]) == 0
    assert capsys.readouterr().out == "没有安装过加载项。\n"


def test_the_addin_starts_the_python_without_a_window_beside_the_one_that_installs(windows, places, monkeypatch):
    python = places.local / "python.exe"
    monkeypatch.setattr(sys, "executable", str(python))
    assert installing.interpreter() == str(python)
    python.parent.mkdir(parents=True)
    python.with_name("pythonw.exe").write_bytes(b"")
    assert cli(["addin", "install"]) == 0
    assert places.addin.read_bytes() == build.build(str(python.with_name("pythonw.exe")))


@pytest.mark.parametrize("action", ["install", "remove"])
def test_elsewhere_than_on_windows_there_is_nothing_to_install(action, monkeypatch, capsys):
    monkeypatch.delenv("APPDATA", raising=False)
    assert cli(["addin", action]) == 2
    assert "只能装在 Windows 上" in capsys.readouterr().err


def test_every_launcher_starts_python_itself_and_no_shell_reads_the_names(places):
    installing.install(places, r"C:\用户\python\pythonw.exe")
    started = {p.name: p.read_text(encoding="utf-8").split("\n") for p in (*places.launchers, places.send_to)}
    assert len(started) == 6
    assert all(name.endswith(".lnk") for name in started)
    assert all(words[0] == r"C:\用户\python\pythonw.exe" for words in started.values())
    assert all(words[1:7] == ["-E", "-P", "-X", "utf8", "-m", "nianbao.excel.launch"] for words in started.values())
    assert {tuple(words[7:]) for words in started.values()} == {tuple(w) for w in installing.LAUNCHERS.values()}


def test_without_pywin32_the_missing_part_is_named(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "pythoncom", None)  # on Windows it is there
    with pytest.raises(OutputError, match="缺少组件 pywin32"):
        shortcut.create(tmp_path / "校验.lnk", "pythonw.exe", ["-m", "x"], "拖到这里")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("own", [False, True])
def test_removing_leaves_nothing_of_ours_and_everything_of_the_users(own, windows, places, monkeypatch):
    monkeypatch.setenv(caches.SWITCH, str(places.local / "nianbao"))  # where it lies on Windows
    assert cli(["addin", "install", "--python", "x"]) == 0
    log.note("用过")
    log.place().with_suffix(".old").write_text("旧")
    with button_lock.alone():
        pass
    home = places.local / "nianbao"
    for kept in (f"docx-{'0' * 32}", "key", "~docx-1"):
        (home / kept).write_bytes(b"x")
    (home / "serve").mkdir()
    assert len(list(home.iterdir())) == 6 + 3 + 3 + 1
    if own:
        (home / "填报表.xlsx").write_bytes(b"mine")
    assert cli(["addin", "remove"]) == 0
    assert home.exists() == own
    assert not own or [p.name for p in home.iterdir()] == ["填报表.xlsx"]


# The doctor

WELL = doctor.ExcelFacts("win32", "16", False, True, 2, False, False, False, False, __file__, True, True, None)


def told(**changes):
    facts = replace(WELL, addin=build.build(WELL.python), **changes)
    return "\n".join(f"{a.found} {a.todo}" for a in doctor.judge(facts) if not a.good)


def test_the_doctor_finds_a_well_installed_computer_well():
    assert told() == ""


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"excel": ""}, "没有找到 Excel"),
        ({"system": "linux"}, "这不是 Windows，没有 Excel 按钮可检查 请用命令行 nianbao make"),
        ({"excel": "14"}, "Excel 14.0 Excel 2013 以前的版本没有试过"),
        ({"excel": "", "wps": True, "vba": False}, "没有 VBA 组件"),
        ({"excel": "", "wps": True}, "只有 WPS（有 VBA 组件） WPS 中的按钮不保证能用；不能用时，请把填报表拖到"),
        ({"macros": 4}, "宏被全部禁用"),
        ({"addins_off": True}, "要求签名"),
        ({"locations_off": True}, "受信任位置"),
        ({"no_children": True}, "不允许 Office 启动"),
        ({"disabled": True}, "停用了本加载项"),
        ({"python_exists": False}, "找不到程序"),
        ({"xlwings": False}, "xlwings"),
    ],
)
def test_the_doctor_names_each_obstacle_and_its_cure(change, words):
    assert words in told(**change)
    assert len(told(**change).splitlines()) == 1


@pytest.mark.parametrize(
    ("inside", "words"), [(True, "运行离线安装包里的“安装.cmd”"), (False, "运行“nianbao addin install”")]
)
def test_the_cure_is_one_that_this_user_has(inside, words, places):
    python = str(places.local / ("nianbao/python" if inside else "elsewhere") / "pythonw.exe")
    advice = doctor.judge(replace(WELL, python=python))
    assert [a.todo for a in advice if "没有安装" in a.found] == [f"请关闭 Excel，{words}重新安装"]
    assert ("检查安装.cmd" in installing.examine_again(python)) == inside


@pytest.mark.parametrize("software", [r"HKLM\SOFTWARE", r"HKLM\SOFTWARE\WOW6432Node"])
def test_programs_of_32_bits_are_seen_too(software, places):
    seen = {
        (rf"{software}\Classes\Excel.Application\CurVer", ""): "Excel.Application.15",
        (rf"{software}\Kingsoft\Office\6.0\Common", "InstallRoot"): r"C:\WPS",
        (rf"{software}\Microsoft\VBA", "Vbe71DllPath"): r"C:\VBE7.DLL",
    }
    found = doctor.gather(places, "x", lambda key, name: seen.get((key, name)))
    assert (found.excel, found.wps, found.vba) == ("15", True, True)


def test_the_doctor_sees_a_missing_and_a_foreign_addin():
    assert any("没有安装" in a.found for a in doctor.judge(WELL))
    assert any("别的版本" in a.found for a in doctor.judge(replace(WELL, addin=b"old")))


def test_the_doctor_reads_policies_before_the_users_own_settings(places):
    seen = {
        (r"HKCU\Software\Policies\Microsoft\Office\16.0\Excel\Security", "VBAWarnings"): 4,
        (r"HKCU\Software\Microsoft\Office\16.0\Excel\Security", "VBAWarnings"): 2,
        (r"HKLM\SOFTWARE\Classes\Excel.Application\CurVer", ""): "Excel.Application.16",
        (doctor._ASR, doctor._NO_CHILDREN): "1",
        (r"HKCU\Software\Microsoft\Office\16.0\Excel\Resiliency\DisabledItems", "*"): "x\\NIANBAO.XLAM".encode(
            "utf-16-le"
        ),
    }
    found = doctor.gather(places, "x", lambda key, name: seen.get((key, name)))
    assert (found.macros, found.excel, found.no_children, found.disabled) == (4, "16", True, True)
    assert found.addin is None


class Registry:
    """A stand-in for winreg: the keys by root and path, each with its values."""

    HKEY_CURRENT_USER, HKEY_LOCAL_MACHINE = "user", "machine"

    def __init__(self, keys):
        self.keys = keys

    def OpenKey(self, root, path):  # noqa: N802 - Windows' names
        if (root, path) not in self.keys:
            raise FileNotFoundError(2, "系统找不到指定的文件。")
        return contextlib.nullcontext(self.keys[root, path])

    def QueryValueEx(self, opened, name):  # noqa: N802
        if name not in opened:
            raise FileNotFoundError(2, "系统找不到指定的文件。")
        return opened[name], 1

    def QueryInfoKey(self, opened):  # noqa: N802
        return 0, len(opened), 0

    def EnumValue(self, opened, index):  # noqa: N802
        return (*list(opened.items())[index], 3)


@pytest.fixture
def registry(monkeypatch):
    """Windows' registry, empty."""
    keys = {}
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setitem(sys.modules, "winreg", Registry(keys))
    return keys


def test_the_registry_is_read_by_root_key_and_value(registry, monkeypatch):
    registry["user", r"Software\甲"] = {"": "默认", "n": 4, "a": b"1", "b": b"2"}
    registry["machine", r"Software\甲"] = {"n": 5}
    found = doctor.windows_registry
    assert found(r"HKCU\Software\甲", "n") == 4
    assert found(r"HKLM\Software\甲", "n") == 5
    assert found(r"HKCU\Software\甲", "") == "默认"
    assert found(r"HKLM\Software\甲", "") is None
    assert found(r"HKLM\Software\乙", "n") is None
    assert found(r"HKCU\Software\甲", "*") == b"12"
    monkeypatch.setattr(sys, "platform", "linux")
    assert found(r"HKCU\Software\甲", "n") is None


def test_the_verb_examines_this_computer(registry, windows, capsys):
    registry["machine", r"SOFTWARE\Classes\Excel.Application\CurVer"] = {"": "Excel.Application.16"}
    assert cli(["addin", "install", "--python", __file__]) == 0
    capsys.readouterr()
    assert cli(["addin", "doctor", "--python", __file__]) == 0
    assert [line.split("　")[0] for line in capsys.readouterr().out.splitlines()] == ["正常"] * 3
    disabled = r"Software\Microsoft\Office\16.0\Excel\Resiliency\DisabledItems"
    registry["user", disabled] = {"1": "x\\nianbao.xlam".encode("utf-16-le"), "2": "no item"}
    assert cli(["addin", "doctor", "--python", __file__]) == 1
    out = capsys.readouterr().out
    assert "注意　Excel 停用了本加载项\n　　　怎么办：文件→选项→加载项" in out


def test_the_verb_says_where_there_is_no_windows(monkeypatch, capsys):
    monkeypatch.setattr(sys, "platform", "linux")
    assert cli(["addin", "doctor"]) == 1
    assert capsys.readouterr().out == (
        "注意　这不是 Windows，没有 Excel 按钮可检查\n　　　怎么办：请用命令行 nianbao make\n"
    )
