"""The add-in's scripts use WPS's objects as their publisher's own types say; those types are for the tests alone."""

import re
import shutil
import subprocess
from importlib import resources
from pathlib import Path

import pytest

import office

NODE = Path(__file__).parents[1] / "node"
TSC = NODE / "node_modules" / "typescript" / "bin" / "tsc"
SCRIPTS = resources.files("nianbao.wps") / "addin" / "js"


def tsc(*more):
    office.need(TSC.exists() and shutil.which("node") is not None, "typescript")
    return subprocess.run(
        ["node", str(TSC), *more], cwd=NODE, capture_output=True, text=True, check=False, encoding="utf-8"
    )


def test_the_scripts_are_as_the_types_say():
    done = tsc("-p", "tsconfig.json")
    assert (done.stdout, done.returncode) == ("", 0)


@pytest.mark.parametrize(
    ("script", "wrong"),
    [
        ("read.js", "Application.ActiveWorkbook.Sheet;"),
        ("write.js", "Application.ActiveWorkbook.Worksheets.Item(1).Unprotect(3);"),
        ("ribbon.js", 'perform(Application.ActiveWorkbook, "check", 1);'),
    ],
)
def test_a_member_that_is_none_and_a_wrong_argument_are_found(tmp_path, script, wrong):
    office.need(TSC.exists(), "typescript")
    for one in SCRIPTS.iterdir():
        (tmp_path / one.name).write_text(one.read_text(encoding="utf-8"), encoding="utf-8")
    with (tmp_path / script).open("a", encoding="utf-8") as file:
        file.write(f"\n{wrong}\n")
    options = [
        "--allowJs",
        "--checkJs",
        "--noEmit",
        "--strict",
        "--skipLibCheck",
        "--target",
        "ES2018",
        "--lib",
        "ES2018,DOM",
    ]
    more = ["--typeRoots", "node_modules", "--types", "et-jsapi-declare"]
    done = tsc(*options, *more, *map(str, sorted(tmp_path.glob("*.js"))))
    assert f"{script}(" in done.stdout


def test_no_script_uses_words_that_wps_with_an_old_chromium_does_not_know(tmp_path):
    """Turned into the words of 2018 (Chromium 69, the oldest of WPS's that is heard of) nothing in them changes."""
    files = sorted(str(p) for p in SCRIPTS.iterdir())
    for target in ("ES2018", "ESNext"):
        made = tmp_path / target
        tsc("--allowJs", "--skipLibCheck", "--target", target, "--outDir", str(made), *files)
    for one in SCRIPTS.iterdir():
        made = [(tmp_path / target / one.name).read_text(encoding="utf-8") for target in ("ES2018", "ESNext")]
        assert made[0] == made[1]


def test_nothing_is_saved_and_no_text_becomes_a_page_or_a_script():
    for one in SCRIPTS.iterdir():
        code = one.read_text(encoding="utf-8")
        assert not re.search(
            r"\.(Save|SaveAs|SaveCopyAs|Close|innerHTML)\b|\beval\b|new Function|document\.write", code
        )


def test_the_publishers_types_are_not_shipped():
    shipped = "\n".join(p.read_text(encoding="utf-8") for p in SCRIPTS.iterdir())
    assert "Copyright" not in shipped
    assert not [p for p in SCRIPTS.iterdir() if p.name.endswith(".d.ts")]
