"""The ribbon's buttons, over COM.

Where processes matter the Excel is one of its own (`other_process`), and `Excel.begin` starts the program as the add-in
does. What a button does with a workbook is asked within one process (`excel`, `Excel.press`).
"""

from dataclasses import replace
from datetime import date

import pytest

import reports
from nianbao import pipeline
from nianbao.dates import date_of
from windows.excel import FOLDER, written

pytestmark = pytest.mark.xdist_group("windows")
NAME = "甲 & 乙 100% ^(1)!.xlsx"
WRONG = reports.changed(reports.zero(), requests__received__business=3)
"""Three applications that nobody answered: sums of 表三 do not hold."""


def box(done):
    """The one message box of a button that did what it is for."""
    assert done.code == 0, done
    (said,) = done.boxes
    return said


def refusal(done):
    """The one message box of a button that could not."""
    assert done.code == 10, done
    (said,) = done.boxes
    assert "程序出错了" not in said
    return said


def test_about_pressed_as_the_addin_does_tells_the_version_and_the_logs_place(machine, other_process):
    other_process.open(NAME)
    said = box(machine.finish(other_process.begin("about")))
    assert "nianbao.log" in said
    assert "本程序不联网" in said


def test_help_tells_how_to_use_the_buttons(excel):
    excel.open(NAME)
    assert "点“校验”" in box(excel.press("help"))


def test_check_fills_the_results_and_selects_the_first_wrong_cell(other_process):
    other_process.open(NAME, WRONG)
    said = box(other_process.press("check"))
    assert "强制" in said
    state = other_process.tell("state", sheet="校验结果")
    assert state["selected"][0] == "表三"
    assert f"表三!{state['selected'][1]}" in said
    assert state["statuses"][0] == "正在校验……"
    assert state["statuses"][-1] is False, "the status bar is Excel's again"
    assert state["protected"]
    assert any("表三" in text for text in state["cells"].values())


def test_next_walks_from_one_wrong_cell_to_the_next_and_around(excel):
    excel.open(NAME, replace(reports.zero(), values={"requests.received.business": 3}))
    first = box(excel.press("next"))
    one = excel.tell("state")["selected"]
    second = box(excel.press("next"))
    assert first.startswith("第 1/")
    assert second.startswith("第 2/")
    assert excel.tell("state")["selected"] != one


def test_make_puts_the_report_beside_the_workbook_the_same_bytes_as_on_linux(machine, excel, tmp_path):
    path = excel.open(NAME)
    assert "年报已生成" in box(excel.press("make"))
    (made,) = machine.path(path).parent.glob("示例镇*.docx")
    here = tmp_path / "表.xlsx"
    here.write_bytes(machine.path(path).read_bytes())
    same = pipeline.make(pipeline.check_file(here), tmp_path)
    assert made.read_bytes() == same.files[0].read_bytes()


def test_the_check_sheet_lies_beside_the_workbook_and_a_pdf_nothing_here_can_make_is_told(machine, excel):
    path = excel.open("校核.xlsx", folder=f"{FOLDER}\\校核")
    assert "校核单已生成" in box(excel.press("sheet"))
    assert "不能转成 PDF" in box(excel.press("pdf"))
    made = sorted(p.name.partition("报告")[2] for p in machine.path(path).parent.glob("示例镇*"))
    assert made == [".docx", "校核单.docx"]


def test_a_new_workbook_lies_beside_the_open_one(machine, excel):
    path = excel.open("旧的.xlsx", reports.zero(year=2024), folder=f"{FOLDER}\\新建")
    assert "单位信息已经带入" in box(excel.press("new"))
    (made,) = machine.path(path).parent.glob("示例镇人民政府*年填报表.xlsx")
    assert pipeline.read(made).last_year.year == 2024


def test_make_with_errors_makes_nothing_and_says_where(machine, excel):
    path = excel.open("有错.xlsx", WRONG, folder=f"{FOLDER}\\有错")
    assert "没有生成年报" in box(excel.press("make"))
    assert [p.name for p in machine.path(path).parent.iterdir()] == ["有错.xlsx"]


def blank_but(**values):
    return replace(reports.zero(), values={k.replace("__", "."): v for k, v in values.items()})


def test_zeros_fills_blank_figures_once_asked_and_leaves_what_is_typed(excel):
    excel.open(NAME, blank_but(requests__received__business=2))
    before = excel.cells("表三")
    said = excel.press("zeros").boxes
    assert "全部填 0 吗" in said[0]
    assert "已在" in said[1]
    after = excel.cells("表三")
    assert before.items() <= after.items()
    assert {v for k, v in after.items() if k not in before} == {"0"}


def test_zeros_answered_no_changes_nothing(excel):
    excel.open(NAME, blank_but(requests__received__business=2))
    before = excel.cells("表三")
    assert "全部填 0 吗" in box(excel.press("zeros", answer="no"))
    assert excel.cells("表三") == before


def test_zeros_without_blanks_says_so(excel):
    excel.open(NAME)
    assert box(excel.press("zeros")) == "没有空白的数字格。"


def test_last_year_fills_its_sheet_and_protects_it_again(machine, other_process):
    last = f"{FOLDER}\\上年 & 100%.xlsx"
    written(machine, last, replace(reports.zero(year=2024), body={**reports.BODY, "postcode": "064306"}))
    other_process.open(NAME)
    done = machine.finish(other_process.begin("last_year", path=last))
    assert done.code == 0, done
    assert "2024年" in done.boxes[0]
    assert "已带入" in done.boxes[1]
    state = other_process.tell("state", sheet="上年数据")
    assert "2024" in state["cells"].values()
    assert "064306" in state["cells"].values()
    assert state["protected"]


def test_batch_makes_every_workbook_of_a_folder_and_tells_the_bad_one(machine, excel):
    folder = f"{FOLDER}\\各单位 & (1)%TEMP%^!"
    for i in (1, 2):
        body = {**reports.BODY, "name": f"第{i}镇人民政府"}
        written(machine, f"{folder}\\{i} & 100%.xlsx", replace(reports.zero(), body=body))
    (machine.path(folder) / "坏.xlsx").write_bytes(b"PK")
    excel.open(NAME)
    said = box(excel.press("batch", path=folder))
    assert "共 3 份填报表，生成年报 2 份，1 份没有生成" in said
    assert len(list((machine.path(folder) / "年报").glob("*.docx"))) == 2
    assert any(s and str(s).startswith("批量生成 1/3") for s in excel.tell("state")["statuses"])


def test_rollup_adds_up_a_folder(machine, excel):
    folder = f"{FOLDER}\\汇总的"
    for i in (1, 2):
        body = {**reports.BODY, "name": f"第{i}镇人民政府"}
        written(machine, f"{folder}\\{i}.xlsx", replace(reports.zero(), body=body))
    excel.open(NAME)
    assert "2 个单位" in box(excel.press("rollup", path=folder))
    assert (machine.path(folder) / "汇总" / "汇总明细.xlsx").exists()


def test_error_cells_dates_and_texts_are_told_as_the_file_would_be(machine, excel):
    path = excel.open(NAME)
    cells = {"D7": ["=1/0", "#DIV/0!"], "D8": "三", "D9": 1.5}
    excel.tell("set", sheet="表三", cells=cells)
    said = box(excel.press("next"))
    assert "#DIV/0!" in said
    assert excel.tell("state")["selected"] == ["表三", "D7"]
    assert machine.path(path).exists()


def test_a_date_cell_is_read_as_its_day(machine, excel):
    report = replace(reports.zero(), body={**reports.BODY, "signed_on": "2026年1月12日"})
    path = excel.open(NAME, report)
    excel.tell("date", sheet="基本信息", cell="B15", day="2026-01-15")
    box(excel.press("make"))
    found = max(machine.path(path).parent.glob("示例镇*.docx"), key=lambda p: p.stat().st_mtime)
    assert date_of(pipeline.read(found).report.body["signed_on"]) == date(2026, 1, 15)


def test_each_of_two_excels_gets_its_own_button(excel, other_process):
    """One of them is in front; a button of the other one is no trouble."""
    excel.open("甲.xlsx", WRONG)
    other_process.open("乙.xlsx", WRONG)
    assert "本程序不联网" in box(other_process.press("about"))
    assert excel.tell("state")["calls"] == 0
    asked = other_process.tell("state")["calls"]
    assert asked > 0
    assert box(excel.press("next")).startswith("第 1/")
    assert excel.tell("state")["selected"] is not None
    assert other_process.tell("state")["calls"] == asked


def test_an_excel_that_is_busy_for_ever_is_told_in_time_and_without_a_spinning_core(machine, other_process):
    other_process.open(NAME)
    other_process.tell("busy", calls=-1)
    assert "Excel 正忙" in refusal(machine.finish(other_process.begin("check")))
    assert 10 < other_process.tell("state")["rejected"] < 100, "in 8 s; without a rest between them they are thousands"


def test_an_excel_that_is_busy_for_a_moment_is_waited_for(other_process):
    other_process.open(NAME)
    other_process.tell("busy", calls=3)
    assert "本程序不联网" in box(other_process.press("about"))
    assert other_process.tell("state")["rejected"] == 3


def test_a_workbook_that_is_closed_by_now_is_named(excel):
    excel.open("还开着.xlsx")
    excel.book = excel.book.with_name("关了.xlsx")
    assert "Excel 里找不到工作簿“关了.xlsx”" in refusal(excel.press("check"))


def test_a_name_with_an_equals_sign_is_asked_to_be_changed(excel):
    excel.open("甲=乙.xlsx")
    assert "另存为不带等号的文件名" in refusal(excel.press("check"))


def test_a_second_click_while_the_first_is_at_work_is_refused(machine, other_process):
    other_process.open(NAME)
    first = other_process.begin("about", answer="nothing")
    machine.ask("processes.until_box", number=first)
    assert "上一次点的按钮还在运行" in refusal(other_process.press("check"))
    machine.ask("processes.answer", number=first)
    assert "本程序不联网" in box(machine.finish(first))
