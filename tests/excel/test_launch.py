"""The launcher for closed files: the same results without Excel; and installing it."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

import reports
from nianbao import pipeline, workbook
from nianbao.cli import main as cli
from nianbao.demo import sample
from nianbao.excel import launch, log
from nianbao.excel.addin import build, doctor, place
from nianbao.form import load_edition

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
    launch.main([str(copy)])  # the copy is worked on and dropped again
    assert (tmp_path / "甲（校验结果2）.xlsx").exists()


def test_a_dropped_folder_is_done_file_by_file_and_survives_a_bad_one(tmp_path, shown):
    folder = tmp_path / "各单位"
    for i in range(3):
        written(folder / f"{i}.xlsx", replace(reports.zero(), body={**reports.BODY, "name": f"第{i}镇人民政府"}))
    (folder / "坏.xlsx").write_bytes(b"PK")
    assert launch.main([str(folder)]) == 0
    assert "共 4 份填报表，生成年报 3 份，1 份没有生成" in shown[-1]
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
    assert "InputError\n  nianbao/excel/launch.py:" in logged


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


def test_nothing_dropped_tells_how(shown, monkeypatch):
    monkeypatch.delenv(launch.DROPPED, raising=False)
    assert launch.main([]) == 0
    assert "拖到" in shown[0]


@pytest.mark.parametrize(
    ("line", "names"),
    [
        (r'C:\W\cmd.exe /c ""C:\用户\张 三\校验.cmd" D:\a&b.xlsx"', [r"D:\a&b.xlsx"]),
        (
            r'C:\W\cmd.exe /c ""C:\x\校验.cmd" "D:\甲 乙\c d.xlsx" D:\100%e!.xlsx"',
            [r"D:\甲 乙\c d.xlsx", r"D:\100%e!.xlsx"],
        ),
        (r'C:\W\cmd.exe /c ""C:\x\校验.CMD" "D:\甲 乙""', [r"D:\甲 乙"]),
        (r'C:\W\cmd.exe /c ""C:\x\校验.cmd" "', []),
        (r'"C:\W\cmd.exe" ', []),
    ],
)
def test_the_command_line_of_a_drop_is_divided_whatever_the_names_hold(line, names):
    assert [str(p) for p in launch.dropped(line)] == names


# Installing


@pytest.fixture
def places(tmp_path):
    return place.Places(tmp_path / "Roaming", tmp_path / "Local")


def test_installing_writes_addin_and_launchers_and_removing_takes_them_away(places):
    files = place.install(places, r"D:\python\pythonw.exe")
    assert places.addin.read_bytes() == build.build(r"D:\python\pythonw.exe")
    assert places.addin.parent.name == "XLSTART"
    assert sorted(places.addin.parent.iterdir()) == [places.addin]  # Excel would load anything else there too
    assert len(files) == 6
    place.install(places, r"E:\pythonw.exe")
    assert places.addin.read_bytes() == build.build(r"E:\pythonw.exe")
    assert set(place.remove(places)) == set(files)
    assert place.remove(places) == ()


def test_a_launcher_names_the_users_folder_by_its_variable_and_never_passes_names_through_cmd(places):
    local = place.Places(places.roaming, "C:\\Users\\张三\\AppData\\Local")
    text = place.launcher("C:\\Users\\张三\\AppData\\Local\\nianbao\\python\\pythonw.exe", (), local).decode()
    assert "%LOCALAPPDATA%\\nianbao\\python\\pythonw.exe" in text
    assert text.isascii()
    assert "%*" not in text
    assert "%1" not in text
    assert text.endswith("exit\r\n")
    assert "-E -P -X utf8 -m nianbao.excel.launch --zeros\r\n" in place.launcher("x", ("--zeros",), local).decode()


# The doctor

WELL = doctor.Facts("win32", "16", False, True, 2, False, False, False, False, __file__, True, True, None)


def told(**changes):
    facts = replace(WELL, addin=build.build(WELL.python), **changes)
    return "\n".join(f"{a.found} {a.todo}" for a in doctor.judge(facts) if not a.good)


def test_the_doctor_finds_a_well_installed_computer_well():
    assert told() == ""


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"excel": ""}, "没有找到 Excel"),
        ({"excel": "", "wps": True, "vba": False}, "没有 VBA 组件"),
        ({"macros": 4}, "宏被全部禁用"),
        ({"addins_off": True}, "要求签名"),
        ({"locations_off": True}, "受信任位置"),
        ({"no_children": True}, "不许 Office 启动"),
        ({"disabled": True}, "停用了本加载项"),
        ({"python_exists": False}, "找不到程序"),
        ({"xlwings": False}, "xlwings"),
    ],
)
def test_the_doctor_names_each_obstacle_and_its_cure(change, words):
    assert words in told(**change)
    assert len(told(**change).splitlines()) == 1


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
