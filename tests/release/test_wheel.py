"""The wheel works alone: in an environment that has never seen the source, from another folder."""

import os
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

import pytest

from nianbao import __version__

pytestmark = pytest.mark.xdist_group("release")


@pytest.fixture(scope="module")
def python(built, tmp_path_factory):
    """The Python of a fresh environment with the wheel in it; only the dependencies are borrowed from this one."""
    folder = tmp_path_factory.mktemp("年报环境")
    venv.create(folder, symlinks=os.name != "nt")
    found = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    site = next(folder.glob("[Ll]ib/**/site-packages"))
    wheel = next(built.glob("*.whl"))
    pip = [
        sys.executable,
        "-m",
        "pip",
        "--python",
        str(found),
        "install",
        "--quiet",
        "--no-deps",
        "--no-index",
        str(wheel),
    ]
    subprocess.run(pip, check=True)
    # a path in a .pth file is searched, but the .pth files in it are not read: an editable nianbao there stays unseen
    (site / "borrowed.pth").write_text(sysconfig.get_path("purelib"))
    return found


def run(python, folder, *arguments):
    clean = {k: v for k, v in os.environ.items() if not k.startswith("PYTHON")}
    command = [str(python), "-X", "utf8", *arguments]
    return subprocess.run(command, cwd=folder, env=clean, capture_output=True, text=True, encoding="utf-8", check=False)


def test_it_is_the_wheel_that_runs_and_not_the_source(python, tmp_path):
    said = run(python, tmp_path, "-c", "import nianbao; print(nianbao.__file__)").stdout
    assert Path(said.strip()).is_relative_to(python.parents[1])


def test_the_demo_runs_from_another_folder_and_finds_its_templates(python, tmp_path):
    done = run(python, tmp_path, "-m", "nianbao", "demo", "-o", "样例")
    assert done.returncode == 0, done.stderr
    made = {p.suffix for p in (tmp_path / "样例").iterdir()}
    assert made == {".xlsx", ".docx", ".html", ".json"}


def test_every_edition_has_its_template_and_workbook_in_the_wheel(python, tmp_path):
    code = (
        "from nianbao.form import edition_names\n"
        "from nianbao.resources import template_path\n"
        "for e in edition_names():\n"
        "    for n in ('report.docx', 'workbook.xlsx', 'page.html'):\n"
        "        p = template_path(e, n); assert p and 'site-packages' in str(p), (e, n)\n"
        "print(len(edition_names()))"
    )
    done = run(python, tmp_path, "-c", code)
    assert done.stdout.strip() == "4", done.stderr


STRANGER = """
from decimal import Decimal
from pathlib import Path

from nianbao import api


def worst(path: Path) -> api.Finding | None:
    checked: api.Checked = api.check(path)
    return next((f for f in checked.findings if f.severity is api.Severity.ERROR), None)


def received(report: api.Report) -> int | Decimal:
    return report.values.get("requests.received.total", 0)


def whole(folder: Path) -> dict[str, api.Number]:
    added: api.Added = api.add_up(folder)
    return dict(added.whole.values)


def document(report: api.Report) -> bytes:
    return api.render(api.check(report), draft=True)


print(document(api.Report("2021", 2025, {"name": "甲镇"}, {}, {}))[:2].decode())
"""
WRONG = """
from nianbao import api

api.check(7)
api.read("a.xlsx").reports
api.chekc("a.xlsx")
text: str = api.render(api.check("a.xlsx"))
"""


def test_a_program_that_uses_the_api_is_checked_against_the_types_in_the_wheel(python, tmp_path):
    (tmp_path / "stranger.py").write_text(STRANGER, encoding="utf-8")
    (tmp_path / "wrong.py").write_text(WRONG, encoding="utf-8")
    mypy = ["-m", "mypy", "--strict", "--python-executable", str(python), "--cache-dir", str(tmp_path / "cache")]
    right = run(sys.executable, tmp_path, *mypy, "stranger.py")
    assert right.returncode == 0, right.stdout
    wrong = run(sys.executable, tmp_path, *mypy, "wrong.py").stdout
    assert [line.rpartition("[")[2] for line in wrong.splitlines() if ": error:" in line] == [
        "arg-type]",
        "attr-defined]",
        "attr-defined]",
        "assignment]",
    ]
    assert run(python, tmp_path, "stranger.py").stdout.strip() == "PK"


def test_the_command_is_there_and_tells_its_version(python, tmp_path):
    script = python.parent / ("nianbao.exe" if os.name == "nt" else "nianbao")
    done = subprocess.run([str(script), "--version"], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert __version__ in done.stdout
