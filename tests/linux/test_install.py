"""The package for Linux, installed for a user of a difficult name, used by its icons' commands, and removed."""

import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import time

import pytest

import reports
from linux.desktop import below, keys, launched, words
from nianbao.excel.addin.installing import LAUNCHERS
from nianbao.form import load_edition
from nianbao.workbook import build

pytestmark = [
    pytest.mark.xdist_group("linux"),
    pytest.mark.skipif(sys.platform != "linux", reason="the package is for Linux"),
]
NAMES = [name.removesuffix(".lnk") for name in LAUNCHERS]


ADDINS = ".local/share/Kingsoft/wps/jsaddons"


def written(path, report):
    path.parent.mkdir(exist_ok=True, parents=True)
    path.write_bytes(build(load_edition(report.edition), report))
    return path


def entries(user):
    return {keys(p)["Name"]: p for p in user.applications.glob("*.desktop")}


def test_icons_do_what_they_are_called_and_removing_leaves_nothing_but_the_users_files(user):
    for manager in ("nautilus", "dde-file-manager"):
        user.tool(manager, "exit 0")
    (user.home / ADDINS).parent.mkdir(parents=True)  # as WPS leaves it once it was opened
    done = user.install()
    assert done.returncode == 0, done.stdout + done.stderr
    assert "年报台" in done.stdout
    assert_wps_starts_the_desk_with(user, user.base / "current")
    assert set(entries(user)) == set(NAMES)
    assert sorted(p.stem for p in user.desktop.iterdir()) == sorted(("年报台", "校验并生成年报"))
    assert all(os.access(p, os.X_OK) for p in user.desktop.iterdir())
    (menu,) = (user.home / ".local/share/deepin/dde-file-manager/oem-menuextensions").iterdir()
    assert "SingleFile" in keys(menu)["X-DFM-MenuTypes"]
    assert user.run(user.home / ".local" / "bin" / "nianbao", "--version").stdout.startswith("nianbao ")

    book = written(user.home / "工作 100% $x" / "甲 & 乙 (1).xlsx", reports.zero())
    made = launched(user.desktop / "校验并生成年报.desktop", book, env=user.env)
    assert made.returncode == 0, made.stderr
    assert "年报已生成" in made.stderr
    (report,) = book.parent.glob("*.docx")
    script = user.home / ".local/share/nautilus/scripts/校验并生成年报"
    compared = user.run(script, report.name, cwd=book.parent)
    assert "完全一致" in compared.stderr
    address = opened_desk(user)
    assert address.startswith("http://127.0.0.1:")

    kept = below(book.parent)
    gone = user.uninstall()
    assert gone.returncode == 0, gone.stdout + gone.stderr
    assert below(book.parent) == kept
    shutil.rmtree(book.parent)
    assert sorted(user.files()) == []
    assert {p.name for p in user.home.iterdir()} <= {"桌面", user.package.parent.name, ".local", ".cache"}
    left = [p.name for top in (".local", ".cache") for p in (user.home / top).rglob("*")]
    assert not [n for n in left if "nianbao" in n or n in ("nautilus", "deepin", "applications")]


def assert_wps_starts_the_desk_with(user, version):
    """The add-in inside WPS is listed and starts the Python of a version."""
    assert 'name="nianbao"' in (user.home / ADDINS / "publish.xml").read_text()
    (script,) = (user.home / ADDINS).glob("nianbao_*/js/place.js")
    place = json.loads(script.read_text(encoding="ascii").partition(" PLACE = ")[2].rstrip().rstrip(";"))
    assert place["program"] == str(version.resolve() / "python" / "bin" / "python3")


def opened_desk(user):
    """Start 年报台 by its icon; return the address its browser was given."""
    opened = user.tools / "opened"
    user.tool("xdg-open", f'echo "$1" >> "{opened}"; sleep 2')  # webbrowser tries the next one where this has ended
    env = {**user.env, "DISPLAY": ":99", "BROWSER": str(user.tools / "xdg-open")}
    command = words(keys(user.desktop / "年报台.desktop")["Exec"], [])
    desk = subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    threading.Thread(target=desk.wait, daemon=True).start()  # a desktop takes note of the end too
    for _ in range(1200):
        if opened.exists() and opened.read_text().strip():
            break
        time.sleep(0.1)
    return opened.read_text()


def test_a_newer_version_takes_over_while_the_older_is_at_work_and_leaves_it_its_files(settled):
    (settled.home / ADDINS).mkdir(parents=True, exist_ok=True)
    old = (settled.base / "current").resolve()
    python = old / "python" / "bin" / "python3"
    code = "print(1, flush=True); input(); import nianbao.county; print('done')"
    slow = subprocess.Popen([python, "-I", "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert slow.stdout.readline() == "1\n"
    done = settled.install()
    assert done.returncode == 0, done.stderr
    assert "还有程序在用" in done.stdout
    new = (settled.base / "current").resolve()
    assert new != old
    assert_wps_starts_the_desk_with(settled, new)
    refused = settled.uninstall()
    assert refused.returncode == 2
    assert "程序还在运行" in refused.stderr
    assert slow.communicate("go\n")[0] == "done\n"
    assert settled.install().returncode == 0
    assert versions(settled) == [(settled.base / "current").resolve()]


def versions(user):
    return [p for p in user.base.iterdir() if p.is_dir() and not p.is_symlink()]


@pytest.mark.parametrize(
    ("tool", "script", "code", "said"),
    [
        ("uname", "echo aarch64", 2, "这台电脑是 aarch64"),
        ("uname", "echo loongarch64", 2, "龙芯"),
        ("getconf", "echo glibc 2.5", 2, "系统太旧"),
        ("df", "echo x; echo d 100 90 2048 90% /", 3, "只剩 2 MB"),
        ("cp", "exit 1", 3, "磁盘满了"),
        ("mv", "exit 1", 3, "换上新版本时出错"),
    ],
)
def test_what_cannot_be_installed_is_told_in_one_sentence_and_nothing_is_changed(
    tool, script, code, said, bare, settled, tmp_path
):
    for user in (bare, settled):
        before = user.files()
        path = tmp_path / tool
        path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
        path.chmod(0o755)
        done = user.install(env={**user.env, "PATH": f"{tmp_path}:{user.env['PATH']}"})
        assert done.returncode == code
        assert said in done.stderr
        assert done.stderr.count("\n") == 1
        assert user.files() == before


def test_a_package_that_was_changed_or_is_not_whole_is_refused(user):
    changed = user.package / "program" / "nianbao"
    changed.unlink()
    changed.write_text("#!/bin/sh\nexit 0\n")
    done = user.install()
    assert (done.returncode, user.base.exists()) == (1, False)
    assert "被改动过" in done.stderr
    shutil.rmtree(user.package / "program")
    assert "解开" in user.install().stderr


def test_icons_that_cannot_be_written_bring_the_older_version_back(settled):
    before = (settled.base / "current").resolve()
    aside = settled.applications.rename(settled.applications.with_name("aside"))
    settled.applications.write_text("in the way")
    done = settled.install()
    settled.applications.unlink()
    aside.rename(settled.applications)
    assert done.returncode == 3
    assert "没有装成" in done.stderr
    assert (settled.base / "current").resolve() == before
    assert versions(settled) == [before]


def test_an_installation_that_was_killed_leaves_nothing_for_long(user):
    slow = user.tools / "slow"
    user.tool("cp", f'/bin/cp -l "$@"; touch "{slow}"; exec sleep 600')
    began = subprocess.Popen(["sh", user.package / "install.sh"], env=user.env, start_new_session=True)
    while not slow.exists():
        time.sleep(0.05)
    os.killpg(began.pid, signal.SIGKILL)
    began.wait()
    assert list(user.base.glob(".new.*"))
    user.tool("cp", 'exec /bin/cp -l "$@"')
    assert user.install().returncode == 0
    assert not list(user.base.glob(".new.*"))


def test_files_of_the_users_own_with_our_names_stay(user):
    user.applications.mkdir(parents=True)
    theirs = user.desktop / "年报台.desktop"
    theirs.write_text("[Desktop Entry]\nName=我的\n")
    command = user.home / ".local" / "bin" / "nianbao"
    command.parent.mkdir(parents=True)
    command.write_text("mine")
    done = user.install()
    assert done.returncode == 0, done.stderr
    assert user.uninstall().returncode == 0
    assert (theirs.read_text(), command.read_text()) == ("[Desktop Entry]\nName=我的\n", "mine")


def test_a_wps_whose_list_cannot_be_read_hinders_neither_installing_nor_removing(user):
    listed = user.home / ADDINS / "publish.xml"
    listed.parent.mkdir(parents=True)
    listed.write_text("<jsplugins>")
    done = user.install()
    assert (done.returncode, "没有改动" in done.stderr) == (0, True), done.stdout
    assert user.uninstall().returncode == 0
    assert user.files() == {f"{ADDINS}/publish.xml": b"<jsplugins>"}


def test_without_wps_its_add_in_is_not_installed_and_that_is_told(bare):
    done = bare.install()
    assert (done.returncode, "没有找到 WPS" in done.stderr) == (0, True)
    assert not (bare.home / ".local/share/Kingsoft").exists()
    assert bare.uninstall().returncode == 0
    assert sorted(bare.files()) == []


def test_an_icon_is_offered_only_for_what_another_program_opens_by_itself(settled):
    offered = keys(entries(settled)["校验并生成年报"])["MimeType"]
    assert offered.count(";") == 2  # a workbook and a PDF; nothing opens .docx here, and we must not be the first
    assert "wordprocessing" not in offered


def test_modules_planted_by_the_user_or_the_environment_are_not_loaded(settled, tmp_path):
    site = settled.home / ".local" / "lib" / "python3.11" / "site-packages"
    planted = tmp_path / "planted"
    for folder in (site, planted):
        folder.mkdir(parents=True)
        (folder / "openpyxl.py").write_text("raise SystemExit('planted')")
        (folder / "sitecustomize.py").write_text("raise SystemExit('planted')")
    settled.env |= {"PYTHONPATH": str(planted), "PYTHONSTARTUP": str(planted / "openpyxl.py")}
    book = written(settled.home / "甲.xlsx", reports.zero())
    shutil.copy(planted / "openpyxl.py", settled.home)
    done = launched(entries(settled)["校验并生成年报"], book, env=settled.env, cwd=settled.home)
    assert done.returncode == 0, done.stderr
