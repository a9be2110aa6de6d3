"""What docs/admin.md promises of the program, on Windows: what it starts, what it never runs, what it prints."""

import json
import shutil

import pytest

from published.test_bad_input import blank_pdf
from test_current_folder import MODULES, PROGRAMS
from windows.excel import FOLDER, written
from windows.machine import INSIDE, PYTHON, Done

pytestmark = pytest.mark.xdist_group("windows")
MARK = "C:\\planted.log"
VERBS = (
    ("demo", "-o", "样例"),
    ("new", "--year", "2025", "--body", "永平镇人民政府", "-o", "新.xlsx"),
    ("check", "表.xlsx"),
    ("make", "表.xlsx", "-o", "出", "--to", "docx,html,csv,json"),
    ("make", "表.xlsx", "-o", "出2", "--engine", "docxtpl"),
    ("read", "表.xlsx"),
    ("read", "公布的.pdf"),
    ("verify", "样例/永平镇人民政府2022年政府信息公开工作年度报告.docx", "表.xlsx"),
    ("register", "new", "-o", "台账.xlsx"),
    ("roster", "-o", "名册.xlsx"),
    ("batch", ".", "--year", "2025", "-o", "../全县", "--workers", "1"),
    ("rollup", ".", "--year", "2025", "-o", "../汇总.xlsx", "--workers", "1"),
    ("addin", "doctor"),
    ("template", "new", "-o", "模板.docx"),
    ("editions",),
    ("rules",),
    ("serve", "--end"),
)


def judged(told):
    """Every verb did its work (a page without text is told), started nothing and asked no network."""
    assert {t["words"][0]: t["noted"] for t in told if t["noted"]} == {}
    failed = {tuple(t["words"]): t["said"] for t in told if t["code"] not in (0, 1)}
    assert [words for words in failed if "公布的.pdf" not in words] == [], failed
    assert not [t for t in told if "Traceback" in t["said"]]


@pytest.fixture(scope="module")
def planted(machine):
    """A folder in which each module and each program leaves a mark when it is run."""
    folder = f"{FOLDER}\\收到的文件"
    written(machine, f"{folder}\\表.xlsx")
    here = machine.path(folder)
    (here / "公布的.pdf").write_bytes(blank_pdf())
    for name in MODULES:
        (here / f"{name}.py").write_text(f"open(r'{MARK}', 'a').write(__name__ + '\\n')\n", encoding="ascii")
    for name in (*PROGRAMS, "cmd", "ver", "taskkill", "explorer", "pythonw", "reg", "tasklist", "wmic"):
        for ending in (".exe", ".com"):
            shutil.copy(machine.made.compiled / "planted.exe", here / f"{name}{ending}")
    return folder


@pytest.fixture
def nothing_ran(machine):
    """Nothing that was planted has left its mark."""
    mark = machine.path(MARK)
    mark.unlink(missing_ok=True)
    yield
    assert not mark.exists(), mark.read_text(encoding="ascii")


def test_no_verb_starts_a_program_reaches_out_or_runs_what_lies_in_the_current_folder(machine, planted, nothing_ran):
    (machine.c / "verbs.json").write_text(json.dumps(VERBS), encoding="ascii")
    audited = [PYTHON, "-E", "-P", "-X", "utf8", f"{INSIDE}\\audited.py", "C:\\verbs.json"]
    done = machine.run(audited, folder=planted, env={"PYTHONPATH": ""})
    assert done.code == 0, done.said
    judged(json.loads(done.out))


def test_the_installed_python_takes_no_module_from_the_current_folder(machine, python, planted, nothing_ran):
    done = machine.run([python, "-m", "nianbao", "check", "表.xlsx"], folder=planted)
    assert done.code == 0, done.said


def test_a_launcher_takes_no_module_from_the_folder_it_is_dropped_in(machine, installed, planted, nothing_ran):
    link = f"{machine.local}\\nianbao\\校验并生成年报.lnk"
    done = Done(**machine.ask("shell.dropped", link=link, paths=[f"{planted}\\表.xlsx"], folder=planted))
    assert "年报已生成" in done.said


def test_a_button_takes_no_module_from_the_workbooks_folder(machine, other_process, planted, nothing_ran):
    other_process.open("开着.xlsx", folder=planted)
    assert machine.finish(other_process.begin("about", folder=planted)).code == 0


def test_what_is_planted_does_run_where_nothing_is_done_against_it(machine, planted):
    """The tests above can fail."""
    mark = machine.path(MARK)
    mark.unlink(missing_ok=True)
    machine.run([PYTHON, "-c", "import lxml"], folder=planted)
    assert mark.exists()
    mark.unlink()
    machine.run('cmd /c ".\\taskkill.exe"', folder=planted)
    assert mark.exists()


PAGES = [(page, utf8) for page in (936, 65001) for utf8 in ("", "0", "1")]


@pytest.mark.parametrize(("page", "utf8"), PAGES)
def test_output_into_a_file_is_utf8_whatever_the_code_page(page, utf8, machine, python):
    path = f"{FOLDER}\\代码页\\甲 & 乙 ￥é.xlsx"
    written(machine, path)
    out = f"{FOLDER}\\代码页\\输出{page}{utf8}.txt"
    line = f'chcp {page} >nul & "{python}" -m nianbao check "{path}" > "{out}"'
    env = {"PYTHONUTF8": utf8} if utf8 else {}
    done = machine.run(f'cmd /s /c "{line}"', env=env)
    assert done.code == 0, done.said
    said = machine.path(out).read_bytes().decode("utf-8")
    assert said.startswith(path)
