"""Whatever ends a task that had started other programs: they end too, and no report stays anywhere."""

import os
import signal
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from living import lives
from serve import desks
from serve.test_run import left, wait

pytestmark = pytest.mark.skipif(os.name == "nt", reason="signals and /proc are Linux's")

OFFICE = """#!/bin/sh
sleep 600 &
echo $$ $! > "$TEST_PIDS"
for a; do test -f "$a" && last="$a"; done
case "$TEST_HOW" in done) printf '%%PDF-1.4 %%%%EOF' > "${last%.docx}.pdf"; kill $!; exit 0;; esac
wait
"""
"""Stands for LibreOffice: hangs with a child of its own."""


@pytest.fixture
def making(tmp_path, books):
    """A desk in whose one task an office program hangs; what it calls the work; the programs; its temporary folder."""
    programs, temporary = tmp_path / "bin", tmp_path / "tmp"
    programs.mkdir()
    temporary.mkdir()
    (programs / "soffice").write_text(OFFICE)
    (programs / "soffice").chmod(0o755)
    pids = tmp_path / "pids"
    path = f"{programs}{os.pathsep}{os.environ['PATH']}"
    desk = desks.start(tmp_path, PATH=path, TEST_PIDS=str(pids), TEST_HOW="", TMPDIR=str(temporary))
    desk.log_in()
    work = desk.begin("check", main=books.sound)
    desk.go(work)
    with ThreadPoolExecutor() as threads:
        threads.submit(desk.more, work, formats="docx,pdf")
        wait(lambda: pids.exists() and len(pids.read_text().split()) == 2)
        yield desk, work, [int(p) for p in pids.read_text().split()], temporary
        desks.end(desk)


def reports(*folders):
    return [p for f in folders for p in f.rglob("*") if p.suffix in (".docx", ".pdf")]


def test_stopping_ends_what_a_task_started_and_leaves_no_report(making):
    desk, work, programs, temporary = making
    desk.post(f"{work}stop")
    wait(lambda: not any(map(lives, programs)), 5)
    wait(lambda: "已停止" in desk.get(f"{work}state").told.get("told", ""))
    assert reports(temporary, desk.home / "nianbao") == []


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_a_desk_that_is_ended_takes_along_what_its_tasks_started(making, how):
    desk, _work, programs, temporary = making
    desk.process.send_signal(how)
    assert "Traceback" not in desk.process.communicate(timeout=desks.PATIENCE)[1]
    wait(lambda: not any(map(lives, programs)), 5)
    assert reports(temporary) == []
    assert left(desk.home) == ["serve.lock"]


def test_a_killed_desk_takes_along_what_its_tasks_started_and_the_next_one_sweeps(making):
    desk, _work, programs, temporary = making
    desk.process.kill()
    wait(lambda: not any(map(lives, programs)), 5)
    assert reports(temporary) == []
    with desks.running(desk.home) as again:
        assert again.log_in().status == 200
        assert reports(desk.home / "nianbao") == []


def test_a_killed_worker_takes_along_what_it_started_and_the_file_is_made_by_another(making):
    desk, work, programs, _temporary = making
    (worker,) = {_ancestor(p, desk.process.pid) for p in programs}
    os.kill(worker, signal.SIGKILL)
    wait(lambda: not any(map(lives, programs)), 5)
    time.sleep(1)
    desk.post(f"{work}stop")
    wait(lambda: desk.get(f"{work}state").status == 200)
    assert "磁盘" not in desk.get(f"{work}state").told.get("told", "")


def _ancestor(pid, top):
    """Return the child of `top` that a process descends from."""
    while (parent := int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])) != top:
        pid = parent
    return pid
