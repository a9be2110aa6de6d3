"""The ribbon's functions, unchanged, on a workbook open in the test engine (openpyxl)."""

from dataclasses import replace

import pytest

import reports
from excel import engine
from excel.sheets_openpyxl import OpenpyxlBackend
from nianbao import pipeline, workbook
from nianbao.cli import main
from nianbao.demo import sample
from nianbao.excel.__main__ import main as pressed
from nianbao.form import load_edition


@pytest.fixture
def sample_path(tmp_path):
    path = tmp_path / "永平镇.xlsx"
    path.write_bytes(workbook.build(sample().edition, sample().report))
    return path


@pytest.fixture
def book(sample_path):
    return engine.open_book(OpenpyxlBackend(sample_path))


def press(name, book, *more):
    return pressed([name, f"--wb={book.name}", "--from_xl=1", "--hwnd=0", *more])


def alerts(book):
    return book.app.impl.alerts


def test_the_report_made_in_excel_equals_the_command_lines_to_the_byte(book, sample_path, tmp_path):
    assert press("make", book) == 0, alerts(book)
    assert main(["make", str(sample_path), "-o", str(tmp_path / "cli")]) in (0, 1)
    (ours,) = tmp_path.glob("*.docx")
    (theirs,) = (tmp_path / "cli").glob("*.docx")
    assert ours.name == theirs.name
    assert ours.read_bytes() == theirs.read_bytes()
    assert "年报已生成" in alerts(book)[-1]
    assert book.app.impl.status_log[-1] is False
