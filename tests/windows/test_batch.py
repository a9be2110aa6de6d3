"""A county's run on Windows: broken and locked files, going on where it was, two at once, one that was killed.

By the Python in C:\\py: in the installed one Wine 8 now and then stops a pool (see inside/patched.py).
"""

import time
import zipfile
from dataclasses import replace

import pytest

import reports
from windows.excel import FOLDER, written
from windows.machine import PYTHON

pytestmark = [pytest.mark.xdist_group("windows"), pytest.mark.soak]
TEMPORARY = "~nianbao*"


def delivered(machine, folder, count):
    """Write the workbooks of so many towns into a folder."""
    for i in range(count):
        body = {**reports.BODY, "name": f"示例{i}镇人民政府"}
        written(machine, f"{folder}\\{i} & 100% ^(1)!.xlsx", replace(reports.zero(), body=body))


def command(folder, out):
    return [PYTHON, "-X", "utf8", "-m", "nianbao", "batch", folder, "-o", out, "--to", "docx"]


def documents(machine, out):
    return {p.name: p.read_bytes() for p in machine.path(out).rglob("*.docx")}


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
    first = machine.run(command(folder, out))
    machine.ask("handles.release", number=held)
    assert first.code == 1, first.said
    assert "坏.xlsx：读不出来" in first.out
    assert "正被别的程序占用" in first.out
    assert len(documents(machine, out)) == 2
    second = machine.run(command(folder, out))
    assert second.code == 1, second.said
    assert "新读 1 份" in second.out
    assert "坏.xlsx：读不出来" in second.out
    assert len(documents(machine, out)) == 3


def test_of_two_runs_into_one_folder_the_second_is_refused(machine, place):
    folder, out = f"{place}\\收到", f"{place}\\结果"
    delivered(machine, folder, 3)
    numbers = [machine.ask("processes.start", program=command(folder, out)) for _ in range(2)]
    done = [machine.finish(number) for number in numbers]
    assert sorted(d.code for d in done) == [0, 2], done
    (refused,) = (d.err for d in done if d.code == 2)
    assert "另一次运行正在使用" in refused
    assert len(documents(machine, out)) == 3


def test_a_run_that_is_killed_is_gone_on_with_and_leaves_no_half_file(machine, place):
    folder, out, whole = f"{place}\\收到", f"{place}\\结果", f"{place}\\不中断"
    delivered(machine, folder, 4)
    number = machine.ask("processes.start", program=command(folder, out))
    end = time.monotonic() + 180
    while not documents(machine, out) and time.monotonic() < end:
        time.sleep(0.05)
    machine.ask("processes.kill", number=number)
    killed = machine.finish(number)
    assert killed.code not in (0, 2), killed
    again = machine.run(command(folder, out))
    assert again.code == 0, again.said
    straight = machine.run(command(folder, whole))
    assert straight.code == 0, straight.said
    assert documents(machine, out) == documents(machine, whole)
    assert not [
        n for n, d in documents(machine, out).items() if zipfile.ZipFile(machine.path(out) / "报告" / n).testzip()
    ]
    assert not list(machine.path(out).rglob(TEMPORARY))
