"""Nothing of the folder a user happens to be in is run: every verb, from a folder full of modules and programs."""

import os
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from nianbao import programs
from nianbao.cli import main
from nianbao.excel.addin import installing

MODULES = (
    "lxml", "json", "multiprocessing", "sitecustomize", "usercustomize", "openpyxl", "docxtpl", "docx", "jinja2",
    "markupsafe", "zipfile", "re", "tempfile", "threading", "decimal", "datetime", "pkgutil", "runpy", "typing", "enum",
    "dataclasses", "pathlib", "subprocess", "xml", "csv", "hashlib", "random", "copy", "pickle", "socket", "logging",
    "argparse", "difflib", "tomllib", "html", "ctypes", "pdfminer", "pypdfium2", "xlwings", "nianbao", "pip", "venv",
    "matplotlib", "fontTools", "concurrent", "queue", "selectors", "signal", "faulthandler", "unicodedata",
)  # fmt: skip
PROGRAMS = ("soffice", "libreoffice", "fc-list", "taskkill", "xdg-open", "python", "python3", "nianbao")
MARK = "planted-was-run"
AUTOMATION = Path(__file__).resolve().parents[1] / "automation"


@pytest.fixture
def planted(tmp_path):
    """A folder in which each module and program leaves a mark when it is run."""
    folder = tmp_path / "收到的文件"
    folder.mkdir()
    leave = f"open(r'{tmp_path / MARK}', 'a').write(__name__ + '\\n')\n"
    for name in MODULES:
        (folder / f"{name}.py").write_text(leave)
    for name in PROGRAMS:
        for path in (folder / name, folder / f"{name}.exe"):
            path.write_text(f"#!/bin/sh\necho {name} >> '{tmp_path / MARK}'\n")
            path.chmod(path.stat().st_mode | stat.S_IXUSR)
    main(["demo", "-o", str(tmp_path / "样例")])
    (sample,) = (tmp_path / "样例").glob("*.xlsx")
    shutil.copy(sample, folder / "表.xlsx")
    return folder


VERBS = (
    ("demo", "-o", "样例"),
    ("new", "--year", "2025", "--body", "永平镇人民政府", "-o", "新.xlsx"),
    ("check", "表.xlsx"),
    ("make", "表.xlsx", "-o", "出", "--to", "docx,html,csv,json,pdf"),
    ("make", "表.xlsx", "-o", "出2", "--engine", "docxtpl"),
    ("read", "表.xlsx"),
    ("verify", "../样例/永平镇人民政府2022年政府信息公开工作年度报告.docx", "表.xlsx"),
    ("register", "new", "-o", "台账.xlsx"),
    ("roster", "-o", "名册.xlsx"),
    ("batch", ".", "--year", "2022", "-o", "../全县", "--workers", "2"),
    ("rollup", ".", "--year", "2022", "-o", "../汇总.xlsx", "--workers", "2"),
    ("addin", "doctor"),
    ("template", "new", "-o", "模板.docx"),
    ("editions",),
    ("rules",),
    ("nosuch",),
)


def run(folder, *command, **more):
    environment = {**os.environ, "PATH": os.pathsep.join((".", "", os.environ["PATH"])), **more}
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, timeout=300, check=False)
    return done.returncode, done.stdout.decode() + done.stderr.decode()


def test_no_verb_runs_anything_of_the_current_folder(planted, tmp_path):
    entry = "import sys\nfrom nianbao.__main__ import main\nif __name__ == '__main__':\n    sys.exit(main())\n"
    script = tmp_path / "nianbao-command.py"  # what an installed program is: a script elsewhere
    script.write_text(entry)
    seen = {words: run(planted, sys.executable, str(script), *words, PYTHONPATH=str(AUTOMATION)) for words in VERBS}
    assert not (tmp_path / MARK).exists(), (tmp_path / MARK).read_text()
    could_not_run = {words[0]: said for words, (code, said) in seen.items() if code not in (0, 1)}
    if os.name == "nt" and "没有 Word，也没有 LibreOffice" in could_not_run.get("make", ""):
        del could_not_run["make"]  # an office's machine without either: the rest is made
    assert set(could_not_run) == {"nosuch"}, could_not_run
    assert not [said for _, said in seen.values() if "Traceback" in said]
    assert (planted / "出").is_dir(), seen
    assert (tmp_path / "全县").is_dir()


@pytest.mark.parametrize("module", ["nianbao", "nianbao.excel.launch"])
def test_started_as_start_py_and_the_launchers_do(module, planted, tmp_path):
    words = programs.python(module)
    run(planted, *words, "check", "表.xlsx", PYTHONPATH=str(AUTOMATION))
    run(planted, *words, "表.xlsx", PYTHONPATH=str(AUTOMATION))
    assert not (tmp_path / MARK).exists(), (tmp_path / MARK).read_text()


def test_a_planted_folder_does_harm_where_nothing_is_done_against_it(planted, tmp_path):
    """The test above can fail: the same start without the safe path runs what was planted."""
    run(planted, sys.executable, "-c", "import lxml")
    assert (tmp_path / MARK).exists()


def test_a_program_is_found_by_whole_folders_only(planted, monkeypatch):
    monkeypatch.chdir(planted)
    monkeypatch.setenv("PATH", os.pathsep.join((".", "", "relative")))
    assert programs.find("soffice", "libreoffice", "fc-list") is None
    monkeypatch.setenv("PATH", os.pathsep.join((".", str(planted))))
    assert programs.find("nosuch", "soffice") == str(planted / ("soffice.exe" if os.name == "nt" else "soffice"))


@pytest.mark.parametrize("ending", [".exe", ".com"])
def test_on_windows_a_program_is_found_without_its_ending(ending, planted, tmp_path, monkeypatch):
    monkeypatch.chdir(planted)
    (tmp_path / "office").mkdir()
    there = tmp_path / "office" / f"soffice{ending}"
    there.write_text("")
    there.chmod(0o755)
    monkeypatch.setattr(programs.sys, "platform", "win32")
    monkeypatch.setenv("PATH", os.pathsep.join((".", str(tmp_path / "office"))))
    monkeypatch.setattr(programs.shutil, "which", lambda path: path if os.access(path, os.X_OK) else None)
    assert programs.find("libreoffice", "soffice") == str(there)


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps a folder that somebody is in")
def test_started_by_hand_from_a_folder_that_is_gone(tmp_path):
    gone = tmp_path / "没有了"
    gone.mkdir()
    command = ["sh", "-c", 'rmdir "$0" && exec "$1" -m nianbao editions', str(gone), sys.executable]
    code, said = run(gone, *command, PYTHONPATH=str(AUTOMATION))
    assert (code, "Traceback" in said) == (0, False), said


def test_every_start_of_our_own_python_is_safe():
    """What start.py, the add-in and the launchers start names the safe path."""
    words = (AUTOMATION / "start.py").read_text("utf-8")
    assert words.count('"-m"') == words.count('"-P"') >= 4
    assert "-P" in installing._START
    starts = [*AUTOMATION.glob("nianbao/**/*.cmd"), *AUTOMATION.glob("nianbao/**/*.bas")]
    lines = [line for p in starts for line in p.read_text("utf-8").splitlines() if "-m nianbao" in line]
    assert len(lines) >= 5
    assert not [line for line in lines if "-P" not in line]
