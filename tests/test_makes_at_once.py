"""Several `make` of one body into one folder at once: every report is kept.

`pytest -m soak tests/test_makes_at_once.py` makes a thousand rounds of 2 to 6.
"""

import multiprocessing
import sys
from dataclasses import replace

import pytest

import reports
from nianbao import workbook
from nianbao.cli import main
from nianbao.form import load_edition

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="starts its programs by forking")

MOST = 6
THEIRS = "用户自己的文件".encode()


@pytest.fixture(scope="module")
def delivered(tmp_path_factory):
    """Workbooks of one body and year that differ in their text only."""
    folder = tmp_path_factory.mktemp("delivered")
    edition, report = load_edition("2021"), reports.zero()
    for n in range(MOST):
        texts = {**report.texts, "other_matters": f"无其他需要报告的事项。第{n + 1}稿。"}
        (folder / f"{n}.xlsx").write_bytes(workbook.build(edition, replace(report, texts=texts)))
    return folder


def made(path, out, start):
    start.wait()
    sys.exit(0 if main(["make", str(path), "-o", str(out)]) in (0, 1) else 3)


def one_round(delivered, out, count):
    context = multiprocessing.get_context("fork")
    first = delivered.with_name("name")
    if not first.exists():
        assert main(["make", str(delivered / "0.xlsx"), "-o", str(first)]) in (0, 1)
    (name,) = [p.name for p in first.glob("*.docx")]
    out.mkdir()
    (out / name).write_bytes(THEIRS)
    start = context.Event()
    makers = [context.Process(target=made, args=(delivered / f"{n}.xlsx", out, start)) for n in range(count)]
    for maker in makers:
        maker.start()
    start.set()
    for maker in makers:
        maker.join(120)
    assert [m.exitcode for m in makers] == [0] * count
    kept = {p.read_bytes() for p in out.glob("*.docx")}
    assert THEIRS in kept
    assert len(kept) == count + 1
    assert not list(out.glob("~*"))


@pytest.mark.parametrize("count", [2, 4, MOST])
def test_makes_at_once_lose_nothing(delivered, tmp_path, count):
    one_round(delivered, tmp_path / "结果", count)


@pytest.mark.soak
def test_a_thousand_rounds_of_makes_at_once_lose_nothing(delivered, tmp_path):
    for n in range(1_000):
        one_round(delivered, tmp_path / f"结果{n}", 2 + n % (MOST - 1))
