"""The launchers, started as the shell starts a shortcut with files dropped on it; what is said of it, in the driver."""

from dataclasses import replace

import pytest
from openpyxl import load_workbook

import reports
from nianbao import pipeline
from nianbao.excel.addin.installing import LAUNCHERS, SENT_TO
from windows.excel import FOLDER, written
from windows.machine import Done

pytestmark = pytest.mark.xdist_group("windows")
MAKE, ROLLUP, ZEROS, LAST_YEAR, REPAIR, DESK = LAUNCHERS
DIFFICULT = ("甲 & 乙.xlsx", "100% %PATH% %1.xlsx", "^caret^ (1)!.xlsx", "a;b,c='d.xlsx")
"""Names that cmd.exe would take for commands, variables or several files."""


def of(name):
    return replace(reports.zero(), body={**reports.BODY, "name": name})


@pytest.fixture
def drop(machine, installed):
    """Drop files of C: on a launcher."""

    def dropped(link, *paths, place=f"{machine.local}\\nianbao", **more):
        return Done(**machine.ask("shell.dropped", link=f"{place}\\{link}", paths=list(paths), **more))

    return dropped


@pytest.fixture
def launch(machine):
    """Do what a launcher does, without starting it: that it starts is shown by others."""

    def launched(*arguments):
        return Done(**machine.ask("verbs.launched", arguments=list(arguments)))

    return launched


@pytest.fixture
def no_programs(machine):
    """A computer on which nothing opens a workbook or a document."""
    for extension in (".xlsx", ".docx"):
        machine.ask("registry.opens_no_more", extension=extension)
    yield
    for extension in (".xlsx", ".docx"):
        machine.ask("registry.opens", extension=extension, program="C:\\word.exe")


def test_every_launcher_starts_the_programs_own_python_and_no_shell(machine, installed):
    sent = f"{machine.roaming}\\Microsoft\\Windows\\SendTo\\{SENT_TO}"
    places = {f"{machine.local}\\nianbao\\{name}": options for name, options in LAUNCHERS.items()} | {sent: ()}
    for place, options in places.items():
        program, arguments = machine.ask("shell.target", link=place)
        assert program.lower() == f"{machine.local}\\nianbao\\python\\pythonw.exe".lower()
        assert arguments.split() == ["-E", "-P", "-X", "utf8", "-m", "nianbao.excel.launch", *options]


def test_dropped_workbooks_of_difficult_names_become_the_reports_linux_makes(machine, drop, tmp_path):
    folder = f"{FOLDER}\\拖放 & ^(1)! %TEMP%"
    paths = [f"{folder}\\{name}" for name in DIFFICULT]
    here = [written(machine, path, of(f"第{i}镇人民政府")) for i, path in enumerate(paths)]
    before = [file.read_bytes() for file in here]
    done = drop(MAKE, *paths)
    assert done.code == 0, done
    assert [said.split("：")[0] for said in done.boxes] == list(DIFFICULT)
    for i, data in enumerate(before):
        same = tmp_path / "表.xlsx"
        same.write_bytes(data)
        (made,) = machine.path(folder).glob(f"第{i}镇*.docx")
        assert made.read_bytes() == pipeline.make(pipeline.check_file(same), tmp_path).files[0].read_bytes()
    assert [file.read_bytes() for file in here] == before, "what was dropped is only read"
    assert not (machine.path(folder) / "PATH").exists()


def test_send_to_does_the_same_and_the_result_is_opened(machine, drop):
    path = f"{FOLDER}\\发送到\\有错 & 甲.xlsx"
    file = written(machine, path, reports.changed(reports.zero(), requests__received__business=3))
    done = drop(SENT_TO, path, place=f"{machine.roaming}\\Microsoft\\Windows\\SendTo")
    assert done.code == 0, done
    assert "没有生成年报" in done.boxes[0]
    copy = file.with_name("有错 & 甲（校验结果）.xlsx")
    assert copy.exists()
    assert copy.name in (machine.c / "opened.log").read_text(encoding="utf-8")


def test_a_dropped_folder_is_made_workbook_by_workbook(machine, launch):
    folder = f"{FOLDER}\\拖放的文件夹 & (1)%TEMP%^!"
    for i in range(2):
        written(machine, f"{folder}\\{i} 100%.xlsx", of(f"第{i}镇人民政府"))
    done = launch(folder)
    assert done.code == 0, done
    assert "生成年报 2 份" in done.boxes[0]
    assert len(list((machine.path(folder) / "年报").glob("*.docx"))) == 2


def test_a_folder_is_added_up(machine, drop):
    folder = f"{FOLDER}\\拖去汇总 & (1)"
    for i in range(2):
        written(machine, f"{folder}\\{i}.xlsx", of(f"第{i}镇人民政府"))
    done = drop(ROLLUP, folder)
    assert done.code == 0, done
    assert "2 个单位" in done.boxes[0]
    assert (machine.path(folder) / "汇总" / "汇总明细.xlsx").exists()


def test_blanks_become_zeros_in_a_copy(machine, drop):
    path = f"{FOLDER}\\填零\\甲 & 100%.xlsx"
    file = written(machine, path, replace(reports.zero(), values={"requests.received.business": 2}))
    done = drop(ZEROS, path)
    assert done.code == 0, done
    found = pipeline.read(file.with_name("甲 & 100%（空白填0）.xlsx")).report.values
    assert (found["requests.received.business"], found["requests.received.research"]) == (2, 0)


def test_last_year_is_carried_into_a_copy(machine, drop):
    this, last = f"{FOLDER}\\两年\\今年 (1).xlsx", f"{FOLDER}\\两年\\上年 & 甲.xlsx"
    file = written(machine, this)
    written(machine, last, reports.zero(year=2024))
    done = drop(LAST_YEAR, last, this)
    assert done.code == 0, done
    assert pipeline.read(file.with_name("今年 (1)（带上年数据）.xlsx")).last_year.year == 2024


def test_a_damaged_workbook_is_repaired_into_a_copy(machine, drop):
    path = f"{FOLDER}\\修复\\甲 & 100%.xlsx"
    file = written(machine, path)
    book = load_workbook(file)
    book["表三"].delete_rows(9)
    book.save(file)
    done = drop(REPAIR, path)
    assert done.code == 0, done
    assert "没有转入" in done.boxes[0]
    copy = file.with_name("甲 & 100%（修复）.xlsx")
    assert pipeline.read(copy).report.body["name"] == reports.BODY["name"]


def test_without_a_program_that_opens_it_the_report_is_made_all_the_same(machine, launch, no_programs):
    path = f"{FOLDER}\\没有程序\\甲 & 乙.xlsx"
    file = written(machine, path)
    done = launch(path)
    assert done.code == 0, done
    (made,) = file.parent.glob("*.docx")
    assert "年报已生成" in done.boxes[0]
    assert f"“{made.name}”已经写好，但这台电脑没有能打开它的程序" in done.said


def test_nothing_dropped_tells_how(launch):
    done = launch()
    assert done.code == 0
    assert "拖到“校验并生成年报”" in done.boxes[0]


def test_what_cannot_be_read_is_one_sentence_with_the_logs_place_and_stops_no_other(machine, launch):
    paths = [f"{FOLDER}\\不能读\\{name}" for name in ("没有的.xlsx", "锁着 & 甲.xlsx", "好的.xlsx")]
    for path in paths[1:]:
        written(machine, path)
    held = machine.ask("handles.hold", path=paths[1], others_may_read=False)
    done = launch(*paths)
    machine.ask("handles.release", number=held)
    assert done.code == 1, done
    gone, locked, good = done.boxes
    assert "找不到" in gone
    assert "正被别的程序占用" in locked
    assert "nianbao.log" in locked
    assert "年报已生成" in good
