"""The add-in on this user's computer: installing, a new version, removing, and what the doctor says."""

import errno
import json
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from nianbao import __version__
from nianbao.cli import main as cli
from nianbao.errors import OutputError
from nianbao.wps import addin_folder, doctor, publish

FOLDER = f"nianbao_{__version__}"
OA = '<jsplugins>\n  <jspluginonline name="oa" type="wps" url="http://oa.example/"/>\n</jsplugins>\n'


@pytest.fixture
def places(tmp_path, monkeypatch):
    """A user's own folder of add-ins, on Linux."""
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(Path, "home", lambda: tmp_path / "家 目录")
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "本机"))
    found = addin_folder.of_this_user()
    found.addins.parent.mkdir(parents=True)  # as WPS leaves it once it was opened
    return found


def told(places):
    text = (places.own / addin_folder.PLACE).read_text(encoding="ascii")
    return json.loads(text.partition(" PLACE = ")[2].rstrip().rstrip(";"))


def test_on_linux_and_on_windows_it_lies_where_wps_looks(places, monkeypatch, tmp_path):
    assert places.addins == tmp_path / "家 目录" / ".local" / "share" / "Kingsoft" / "wps" / "jsaddons"
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setenv("APPDATA", str(tmp_path / "Roaming"))
    assert addin_folder.of_this_user().addins == tmp_path / "Roaming" / "kingsoft" / "wps" / "jsaddons"
    monkeypatch.delenv("APPDATA")
    with pytest.raises(OutputError, match="APPDATA"):
        addin_folder.of_this_user()
    monkeypatch.setattr(sys, "platform", "darwin")
    with pytest.raises(OutputError, match="Windows 和 Linux"):
        addin_folder.of_this_user()


def test_installing_writes_the_folder_and_the_entry_and_says_so(places, capsys):
    assert cli(["addin", "install", "--wps"]) == 0
    said = capsys.readouterr().out
    assert str(places.own) in said
    assert str(places.list) in said
    for name in ("index.html", "ribbon.xml", "js/ribbon.js", "images/check.svg"):
        assert (places.own / name).is_file()
    assert publish.read(places.list).ours[0].attributes["url"] == FOLDER == places.own.name


def test_where_there_is_no_wps_nothing_is_written_and_that_is_told(places, capsys, tmp_path):
    places.addins.parent.rmdir()
    assert cli(["addin", "install", "--wps"]) == 2
    said = capsys.readouterr().err
    assert "没有找到 WPS" in said
    assert "nianbao addin install --wps" in said
    assert not places.addins.parent.exists()


def test_the_add_in_is_told_where_the_users_own_file_stands_and_what_starts_the_desk_but_no_key(places, tmp_path):
    addin_folder.install(places, r"C:\Program Files\年报\pythonw.exe")
    assert told(places) == {
        "address": str(tmp_path / "本机" / "nianbao" / "serve" / "serve.json"),
        "program": r"C:\Program Files\年报\pythonw.exe",
        "arguments": "-E -P -X utf8 -m nianbao.excel.launch --service",
        "doctor": "nianbao addin doctor --wps",
    }


def test_the_offline_installation_has_another_command(places, tmp_path):
    python = tmp_path / "本机" / "nianbao" / "python"
    assert addin_folder.command(str(python / "pythonw.exe"), "doctor") == (
        f'"{python / "python.exe"}" -m nianbao addin doctor --wps'
    )


def test_a_new_version_replaces_the_earlier_one_and_others_stay(places, monkeypatch):
    foreign = places.addins / "nianbao_oa"  # begins alike, and is none of ours
    foreign.mkdir(parents=True)
    (foreign / "index.html").write_bytes(b"")
    places.list.write_text(OA, encoding="utf-8")
    with monkeypatch.context() as m:
        m.setattr(addin_folder, "__version__", "2025.1.0")
        addin_folder.install(places, "old")
    assert addin_folder.install(places, "new")[0] == places.own
    assert places.installed() == (places.own,)
    assert foreign.is_dir()
    assert 'name="oa"' in places.list.read_text(encoding="utf-8")


def test_removing_leaves_the_others_and_their_list_as_they_were(places, capsys):
    places.addins.mkdir(parents=True)
    places.list.write_text(OA, encoding="utf-8")
    cli(["addin", "install", "--wps"])
    capsys.readouterr()
    assert cli(["addin", "remove", "--wps"]) == 0
    assert "已从中删去本加载项" in capsys.readouterr().out
    assert places.list.read_text(encoding="utf-8") == OA
    assert [p.name for p in places.addins.iterdir() if not p.name.startswith("~")] == ["publish.xml"]
    assert cli(["addin", "remove", "--wps"]) == 0
    assert "没有安装过" in capsys.readouterr().out


def test_a_broken_list_stops_the_installation_before_anything_is_written(places, capsys):
    places.addins.mkdir(parents=True)
    places.list.write_bytes(b"<jsplugins>")
    assert cli(["addin", "install", "--wps"]) == 2
    assert "没有改动" in capsys.readouterr().err
    assert not places.own.exists()


def test_removing_the_program_takes_the_add_in_with_it_and_the_doctor_of_excel_speaks_of_it(
    places, capsys, monkeypatch, tmp_path
):
    monkeypatch.setenv("APPDATA", str(tmp_path / "Roaming"))  # as on Windows
    cli(["addin", "install", "--wps"])
    cli(["addin", "doctor"])
    assert f"加载项 {FOLDER} 已安装" in capsys.readouterr().out
    assert cli(["addin", "remove"]) == 0
    assert not places.own.exists()
    assert not places.list.exists()
    capsys.readouterr()
    cli(["addin", "doctor"])
    assert FOLDER not in capsys.readouterr().out
    places.list.write_bytes(b"<jsplugins>")
    assert cli(["addin", "remove"]) == 0
    assert "没有改动" in capsys.readouterr().out


def test_a_folder_that_a_program_keeps_open_is_told_with_its_cure(places, capsys, monkeypatch):
    cli(["addin", "install", "--wps"])

    def kept(*_args, **_kwargs):
        raise PermissionError(errno.EACCES, "denied")

    monkeypatch.setattr(addin_folder.shutil, "rmtree", kept)
    capsys.readouterr()
    assert cli(["addin", "remove", "--wps"]) == 2
    assert "请关闭所有 WPS 窗口" in capsys.readouterr().err
    assert (places.own / "index.html").is_file()


def test_where_there_can_be_no_wps_the_doctor_of_excel_says_nothing_of_it(places, capsys, monkeypatch):
    cli(["addin", "install", "--wps"])
    monkeypatch.setattr(sys, "platform", "darwin")
    capsys.readouterr()
    cli(["addin", "doctor"])
    said = capsys.readouterr().out
    assert "怎么办" in said
    assert "WPS" not in said


def test_there_is_nothing_to_build(places, capsys):
    assert cli(["addin", "build", "--wps"]) == 2
    assert "install --wps" in capsys.readouterr().err


# The doctor


@pytest.fixture
def wps(tmp_path):
    """WPS on Linux."""
    program = tmp_path / "opt" / "office6"
    (program / "cfgs").mkdir(parents=True)
    return program


def facts(places, wps, python=sys.executable):
    return doctor.gather(places, python, lambda *_: None, (Path("/nowhere"), wps))


def trouble(found):
    return [(a.found, a.todo) for a in doctor.judge(found) if not a.good]


def test_a_sound_installation_is_told_with_its_version_and_that_the_desk_starts_by_itself(places, wps):
    addin_folder.install(places, sys.executable)
    said = [a.found for a in doctor.judge(facts(places, wps))]
    assert trouble(facts(places, wps)) == []
    assert any(FOLDER in s and "已安装" in s for s in said)
    assert any("没有运行" in s and "自己启动" in s for s in said)


def test_the_desk_that_is_open_is_told(places, wps):
    assert "正在运行" in doctor.judge(replace(facts(places, wps), running=True))[-1].found


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[Support]\nJsApiPlugin = false\n", "JsApiPlugin=false"),
        ("[Support]\r\njsapiplugin=FALSE\r\n[Other]\r\na=b", "JsApiPlugin=false"),
        ("[Server]\nJSPluginsServer=http://oa.example/jsplugins.xml\n", "http://oa.example/jsplugins.xml"),
    ],
)
@pytest.mark.parametrize("code", ["utf-8", "gbk", "utf-16"])
def test_what_an_office_has_set_is_told_with_whom_to_ask(places, wps, text, words, code):
    addin_folder.install(places, sys.executable)
    (wps / "cfgs" / "oem.ini").write_bytes(f"; 单位\n{text}".encode(code))
    ((found, todo),) = trouble(facts(places, wps))
    assert words in found
    assert "信息管理人员" in todo


def test_settings_that_let_add_ins_load_are_no_trouble(places, wps):
    addin_folder.install(places, sys.executable)
    text = "[Support]\nJsApiPlugin=true\nJsApiShowWebDebugger=true\n[Server]\n#JSPluginsServer=x\nJSPluginsServer="
    (wps / "cfgs" / "oem.ini").write_text(text)
    assert trouble(facts(places, wps)) == []


def test_what_is_wrong_with_the_installation_is_told_with_its_cure(places, wps, monkeypatch):
    def only(found=None):
        ((said, todo),) = trouble(found or facts(places, wps))
        assert "nianbao addin install --wps" in todo
        return said

    assert "没有安装" in only()
    addin_folder.install(places, sys.executable)
    (places.own / "js" / "read.js").write_bytes(b"")
    assert "不全" in only()
    addin_folder.install(places, "elsewhere")
    assert "不全" in only()
    places.list.unlink()
    assert "没有登记" in only()
    publish.merge(places.list, "2025.1.0")
    assert "nianbao_2025.1.0" in only()


def test_a_broken_list_a_lost_program_and_lost_parts_are_told(places, wps):
    addin_folder.install(places, "/nowhere/python3")
    found = facts(places, wps, "/nowhere/python3")
    assert [("找不到程序 /nowhere/python3", "隔离" in todo) for _, todo in trouble(found)] == [
        ("找不到程序 /nowhere/python3", True)
    ]
    places.list.write_bytes(b"<")
    assert any("publish.xml" in said for said, _ in trouble(facts(places, wps)))
    assert any("starlette" in said for said, _ in trouble(replace(found, serves=False)))
    assert "没有找到 WPS" in trouble(doctor.gather(places, sys.executable, lambda *_: None, ()))[0][0]


def test_on_windows_wps_is_found_in_the_registry_its_own_or_the_users(places, wps, monkeypatch):
    monkeypatch.setattr(sys, "platform", "win32")
    key = r"HKLM\SOFTWARE\WOW6432Node\Kingsoft\Office\6.0\Common"
    found = doctor.gather(places, "x", lambda k, n: str(wps.parent) if (k, n) == (key, "InstallRoot") else None)
    assert found.wps == str(wps)


def test_the_verb_prints_it_and_its_exit_code_says_whether_all_is_well(places, capsys, monkeypatch, wps):
    monkeypatch.setattr(doctor, "LINUX", (wps,))
    assert cli(["addin", "doctor", "--wps"]) == 1
    assert "怎么办" in capsys.readouterr().out
