"""The offline installation, by double clicks on its scripts in a folder of a difficult name."""

import json
import os
import re
import shutil

import pytest

from nianbao.cli import main
from nianbao.excel.addin.installing import LAUNCHERS, SENT_TO
from windows import wine
from windows.conftest import PACKAGE
from windows.excel import FOLDER

pytestmark = pytest.mark.xdist_group("windows")
USER = "C:\\users\\另一位 & 李^ (2)!"
ADDIN = "Microsoft\\Excel\\XLSTART\\nianbao.xlam"
SEND_TO = f"Microsoft\\Windows\\SendTo\\{SENT_TO}"
MARK = "of-the-new-version.txt"
WPS = "kingsoft\\wps\\jsaddons"


def files(folder):
    """A folder's files by name, but for what Python compiled there."""
    found = {p.relative_to(folder).as_posix(): p for p in folder.rglob("*") if p.is_file()}
    return {name: path.read_bytes() for name, path in found.items() if "__pycache__" not in name}


def changed(before, after):
    """The names of files that are not the same in both: pytest would compare 70 MB letter by letter."""
    return sorted(n for n in before.keys() | after.keys() if before.get(n) != after.get(n))


class User:
    """Another user of a difficult name, with what scripts and programs see of them."""

    def __init__(self, machine, package):
        self.machine, self.package = machine, package
        self.local, self.roaming = f"{USER}\\AppData\\Local", f"{USER}\\AppData\\Roaming"
        self.env = {"LOCALAPPDATA": self.local, "APPDATA": self.roaming, "NIANBAO_CACHE": f"{self.local}\\nianbao"}
        self.program = f"{self.local}\\nianbao\\python"

    def script(self, name, package=""):
        return self.machine.run(f'cmd /c ""{package or self.package}\\{name}" "', env=self.env)

    def run(self, *words):
        return self.machine.run([f"{self.program}\\python.exe", "-m", "nianbao", *words], env=self.env)

    def here(self, path):
        return self.machine.path(path)

    def beside(self):
        """What lies beside the program's folder, but for what is cached there: that goes with it."""
        there = (p.name for p in self.here(self.program).parent.iterdir())
        return sorted(n for n in there if n != "key" and not re.fullmatch("toml-[0-9a-f]{32}", n))


@pytest.fixture(scope="module")
def user(machine, package, installed):
    """The other user, with the program installed: the same files as the first one's."""
    one = User(machine, package)
    kept = (f"nianbao\\{name}" for name in ("python", *LAUNCHERS))
    places = [(machine.local, one.local, k) for k in kept]
    for ours, theirs, name in [*places, *((machine.roaming, one.roaming, k) for k in (ADDIN, SEND_TO))]:
        source, target = one.here(f"{ours}\\{name}"), one.here(f"{theirs}\\{name}")
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, target, copy_function=os.link)
        else:
            shutil.copy(source, target)
    return one


def test_installing_puts_the_whole_program_in_place_and_says_what_it_did(machine, package, installed):
    assert wine.USER in machine.local
    placed, home = machine.path(f"{machine.local}\\nianbao\\python"), machine.path(f"{machine.local}\\nianbao")
    assert changed(files(placed), files(machine.path(package) / "program")) == []
    assert "加载项已安装" in installed.out
    assert {p.name for p in home.iterdir()} >= {*LAUNCHERS, "python"}
    for place in (ADDIN, SEND_TO):
        assert f"{machine.roaming}\\{place}" in installed.out
        assert machine.path(f"{machine.roaming}\\{place}").exists()


def test_the_program_makes_the_same_bytes_as_on_linux(machine, python, tmp_path):
    done = machine.run([python, "-m", "nianbao", "demo", "-o", f"{FOLDER}\\样例"])
    assert done.code == 0, done.said
    assert main(["demo", "-o", str(tmp_path / "样例")]) == 0
    there, here = files(machine.path(f"{FOLDER}\\样例")), files(tmp_path / "样例")
    assert there.keys() == here.keys()
    kept = [n for n in here if n.endswith((".docx", ".html", ".json"))]
    assert len(kept) == 4
    assert [n for n in kept if there[n] != here[n]] == []


def test_without_wps_its_addin_is_not_installed_and_that_is_told(machine, installed):
    assert "没有找到 WPS" in installed.said
    assert not machine.path(f"{machine.roaming}\\kingsoft").exists()


def test_a_package_that_was_not_unpacked_whole_installs_nothing(user):
    package = f"{PACKAGE}\\半个"
    user.here(package).mkdir()
    shutil.copy(user.here(user.package) / "安装.cmd", user.here(package))
    before = files(user.here(user.program))
    done = user.script("安装.cmd", package)
    assert done.code == 1, done.said
    assert "unpack the whole zip" in done.out
    assert changed(files(user.here(user.program)), before) == []


@pytest.fixture
def newer(user):
    """A package of a version that has one file more (files that are linked take no time)."""
    package = f"{PACKAGE}\\新版"
    shutil.copytree(user.here(user.package), user.here(package), copy_function=os.link)
    (user.here(package) / "program" / MARK).write_text("new", encoding="ascii")
    yield package
    shutil.rmtree(user.here(package))


def test_upgrading_over_a_running_copy_is_all_or_nothing(machine, user, newer):
    old, new = files(user.here(user.program)), files(user.here(newer) / "program")
    runs = [f"{user.program}\\pythonw.exe", "-c", "import lxml.etree, time; time.sleep(3600)"]
    number = machine.ask("processes.start", program=runs, env=user.env)
    machine.ask("processes.until_module", number=number, module="etree")
    done = user.script("安装.cmd", newer)
    assert machine.ask("processes.alive", number=number), "the running copy is left in peace"
    assert changed(files(user.here(user.program)), new if done.code == 0 else old) == [], done.said
    assert user.run("--version").code == 0
    assert user.run("rules").code == 0
    assert user.here(f"{user.roaming}\\{ADDIN}").exists()
    machine.ask("processes.kill", number=number)
    machine.finish(number)
    user.here(f"{user.roaming}\\{WPS}").mkdir(parents=True, exist_ok=True)  # WPS was opened meanwhile
    again = user.script("安装.cmd", newer)
    assert again.code == 0, again.said
    assert 'name="nianbao"' in user.here(f"{user.roaming}\\{WPS}\\publish.xml").read_text()
    (script,) = user.here(f"{user.roaming}\\{WPS}").glob("nianbao_*/js/place.js")
    assert json.dumps(f"{user.program}\\pythonw.exe") in script.read_text(encoding="ascii")
    assert changed(files(user.here(user.program)), new) == []
    assert user.beside() == sorted([*LAUNCHERS, "python"])


def test_removing_while_excel_holds_the_addin_asks_to_close_it_and_then_leaves_nothing(machine, user):
    assert user.run("demo", "-o", f"{FOLDER}\\自己的").code == 0
    (user.here(user.local) / "nianbao" / "nianbao.log").write_text("a line", encoding="utf-8")
    own = files(user.here(f"{FOLDER}\\自己的"))
    held = machine.ask("handles.hold", path=f"{user.roaming}\\{ADDIN}", others_may_read=True)
    refused = user.script("卸载.cmd")
    machine.ask("handles.release", number=held)
    assert refused.code == 2, refused.said
    assert "请先关闭所有 Excel 窗口" in refused.said
    assert user.run("--version").code == 0
    done = user.script("卸载.cmd")
    assert done.code == 0, done.said
    assert "Removed. [0]" in done.out
    left = [str(p) for p in user.here(USER).rglob("*") if p.is_file()]
    assert left == []
    assert not (user.here(user.local) / "nianbao").exists()
    assert changed(files(user.here(f"{FOLDER}\\自己的")), own) == []


def test_removing_what_is_not_installed_says_so_and_does_nothing(user):
    done = user.script("卸载.cmd")
    assert done.code == 0, done.said


def test_the_doctor_script_tells_what_is_well(machine, package, installed):
    done = machine.run(f'cmd /c ""{package}\\检查安装.cmd" "')
    assert done.code == 1, done.said
    assert "注意　没有找到 Excel" in done.out
    assert "正常　加载项已安装" in done.out
