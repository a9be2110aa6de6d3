"""What importing doesn't do: no xlwings but through its door, no process, no exit handler that kills Excel."""

import ast
import os
import subprocess
import sys
from pathlib import Path

import nianbao

PACKAGE = Path(nianbao.__file__).parent


def run(code, **more):
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, **more)


def imported(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (a.name for a in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""
            yield from (f"{node.module}.{a.name}" for a in node.names)


def test_xlwings_is_imported_in_its_door_alone_and_never_its_pro_part():
    for path in PACKAGE.rglob("*.py"):
        names = {n for n in imported(path) if n.split(".")[0] == "xlwings"}
        assert names == ({"xlwings"} if path == PACKAGE / "excel" / "door.py" else set()), path
    door = (PACKAGE / "excel" / "door.py").read_text(encoding="utf-8")
    assert not any(word in door for word in ("xw.pro", "xw.reports", "xw.server", "xw.ext", "license"))


EVERYTHING = """
import os, pkgutil, subprocess, sys, importlib
def no(*a, **k): raise SystemExit(f"a process was started: {a}")
subprocess.Popen.__init__ = no
os.system = os.popen = no
import nianbao
for found in pkgutil.walk_packages(nianbao.__path__, "nianbao."):
    if not found.name.endswith("__main__") and "excel" not in found.name.split("."):
        importlib.import_module(found.name)
import nianbao.cli, nianbao.excel.launch, nianbao.excel.addin.doctor, nianbao.excel.addin.installing
print("xlwings" in sys.modules)
"""


def test_importing_everything_but_the_door_imports_no_xlwings_and_starts_no_process():
    done = run(EVERYTHING)
    assert (done.stdout, done.returncode) == ("False\n", 0), done.stderr


DOOR = """
import atexit, sys, types
def cleanup(): print("Excel was killed")
fake = types.ModuleType("xlwings")
fake._xlwindows = types.ModuleType("_xlwindows")
fake._xlwindows.cleanup = atexit.register(cleanup)
fake.Book = fake.Sheet = fake.Range = object
fake.XlwingsError = fake._xlwindows.ExcelBusyError = RuntimeError
import nianbao.errors, nianbao.excel, contextlib, typing, collections.abc
real, sys.platform, sys.modules["xlwings"] = sys.platform, "win32", fake
import nianbao.excel.door
sys.platform = real
print("imported")
"""


def test_xlwings_exit_handler_that_kills_excel_is_taken_away():
    assert run(DOOR).stdout == "imported\n"
    assert "Excel was killed" in run(DOOR.replace("import nianbao.excel.door", "")).stdout


PRO = """
import sys
import nianbao.excel.door
print(sorted(name for name, module in sys.modules.items() if name.startswith("xlwings.pro") and module))
"""


def test_importing_the_door_imports_nothing_of_xlwings_pro_which_would_ask_a_busy_excel_for_its_licence():
    assert run(PRO).stdout == "[]\n"
    assert run(PRO.replace("nianbao.excel.door", "xlwings")).stdout != "[]\n"


def test_files_beside_the_workbook_are_never_imported(tmp_path):
    for name in ("json.py", "xlwings.py", "decimal.py", "nianbao.py"):
        (tmp_path / name).write_text("raise SystemExit('a stray file ran')", encoding="utf-8")
    switches = ["-E", "-P", "-X", "utf8", "-m", "nianbao.excel", "nosuch"]
    environment = {**os.environ, "PYTHONPATH": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, *switches], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
    )
    assert "没有按钮“nosuch”" in done.stderr
    assert "stray" not in done.stderr
