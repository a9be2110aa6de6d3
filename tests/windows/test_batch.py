"""A county's run on Windows: broken and locked files, going on where it was, two at once, one that was killed.

The one that is killed has a pool, by the Python in C:\\py: in the installed one Wine 8 now and then stops a pool (see
inside/patched.py).
"""

import time
from dataclasses import replace

import pytest

import reports
from nianbao.cli import main
from windows.excel import FOLDER, written
from windows.machine import PATIENCE, PYTHON

pytestmark = pytest.mark.xdist_group("windows")
TEMPORARY = "~nianbao*"


def delivered(machine, folder, count):
    """Write the workbooks of so many towns into a folder."""
    for i in range(count):
        body = {**reports.BODY, "name": f"示例{i}镇人民政府"}
        written(machine, f"{folder}\\{i} & 100% ^(1)!.xlsx", replace(reports.zero(), body=body))


def batch(folder, out):
    return ["batch", folder, "-o", out, "--to", "docx"]


def command(folder, out):
    return [PYTHON, "-X", "utf8", "-m", "nianbao", *batch(folder, out)]


def documents(folder):
    return {p.name: p.read_bytes() for p in folder.rglob("*.docx")}


@pytest.fixture
def place(machine, request):
    """A folder of a difficult name for one test."""
    folder = f"{FOLDER}\\各单位 & (1)%TEMP%^! {request.node.name[5:15]}"
    machine.path(folder).mkdir(parents=True)
    return folder


def test_broken_and_locked_files_are_told_and_the_rest_is_done_then_only_they_are_read(machine, place):
    folder, out = f"{place}\\收到", f"{place}\\结果"
    delivered(machine, folder, 3)
    (machine.path(folder) / "坏.xlsx").write_bytes(b"PK")
    locked = f"{folder}\\0 & 100% ^(1)!.xlsx"
    held = machine.ask("handles.hold", path=locked, others_may_read=False)
    first = machine.verb(*batch(folder, out), "--workers", "1")
    machine.ask("handles.release", number=held)
    assert first.code == 1, first.said
    assert "坏.xlsx：读不出来" in first.out
    assert "正被别的程序占用" in first.out
    assert len(documents(machine.path(out))) == 2
    second = machine.verb(*batch(folder, out), "--workers", "1")
    assert second.code == 1, second.said
    assert "新读 1 份" in second.out
    assert "坏.xlsx：读不出来" in second.out
    assert len(documents(machine.path(out))) == 3


def test_a_second_run_at_once_is_refused_and_one_that_is_killed_is_gone_on_with(machine, place, tmp_path):
    folder, out = f"{place}\\收到", f"{place}\\结果"
    delivered(machine, folder, 4)
    number = machine.ask("processes.start", program=command(folder, out))
    end = time.monotonic() + PATIENCE
    while not documents(machine.path(out)) and time.monotonic() < end:
        time.sleep(0.05)
    machine.ask("processes.suspend", number=number)
    refused = machine.verb(*batch(folder, out), "--workers", "1")
    assert refused.code == 2, refused.said
    assert "另一次运行正在使用" in refused.err
    machine.ask("processes.kill", number=number)
    killed = machine.finish(number)
    assert killed.code not in (0, 2), killed
    again = machine.verb(*batch(folder, out), "--workers", "1")
    assert again.code == 0, again.said
    assert main(batch(str(machine.path(folder)), str(tmp_path / "结果"))) == 0
    assert documents(machine.path(out)) == documents(tmp_path / "结果"), "the same as made on Linux without a break"
    assert not list(machine.path(out).rglob(TEMPORARY))
