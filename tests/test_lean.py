"""What a click does not wait for: libraries that reading, checking and making do not need are not loaded."""

import subprocess
import sys

import pytest

from nianbao import workbook
from nianbao.demo import sample
from nianbao.form import load_edition

NEEDLESS = {
    "openpyxl",
    "numpy",
    "docxtpl",
    "docx",
    "jinja2",
    "matplotlib",
    "pypdfium2",
    "starlette",
    "asyncio",
    "xlwings",
}

RUN = """
import sys
from nianbao.cli import main
code = main(sys.argv[1:])
print(code, sorted({m.split(".")[0] for m in sys.modules} & set(%r)))
"""

IMPORT = "import sys, {0}; print(0, sorted({{m.split('.')[0] for m in sys.modules}} & set({1!r})))"


def said(code, *arguments):
    done = subprocess.run(
        [sys.executable, "-P", "-X", "utf8", "-c", code, *arguments], capture_output=True, text=True, check=True
    )
    return done.stdout.splitlines()[-1]


@pytest.mark.parametrize("verb", [["check"], ["make", "-o"], ["make", "--draft", "--to", "docx,html,csv,json", "-o"]])
def test_reading_checking_and_making_load_no_library_they_do_not_need(verb, tmp_path):
    form = tmp_path / "填报表.xlsx"
    report = sample().report
    form.write_bytes(workbook.build(load_edition(report.edition), report))
    said(RUN % (sorted(NEEDLESS),), "make", "-o", str(tmp_path), str(form))  # compiles the template, which is kept
    output = [str(tmp_path / "报告")] if verb[-1] == "-o" else []
    loaded = said(RUN % (sorted(NEEDLESS),), *verb, *output, str(form))
    needed = ["jinja2"] if any("html" in word for word in verb) else []
    assert loaded == f"0 {needed}"


@pytest.mark.parametrize(
    "module",
    [
        "nianbao.api",
        "nianbao.excel.launch",
        "nianbao.ribbon.workbook_folder",
        "nianbao.ribbon.findings_table",
        "nianbao.county.run.produce",
    ],
)
def test_what_starts_for_every_click_or_body_loads_no_library_it_does_not_need(module):
    assert said(IMPORT.format(module, sorted(NEEDLESS))) == "0 []"


def test_a_process_that_ends_looks_for_garbage_seldom_and_leaves_the_last_of_it():
    code = """
import gc, sys
from nianbao.__main__ import main
sys.argv = ["nianbao", "editions"]
usual = gc.get_threshold()[0]
main()
print(usual, gc.get_threshold()[0], gc.get_freeze_count())
"""
    usual, now, left = map(int, said(code).split())
    assert usual < 10_000 < now
    assert left > 10_000
