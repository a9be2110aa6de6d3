"""Killed at any moment and started again, the folder ends the same; nothing half-written is ever seen."""

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from county import towns

pytestmark = pytest.mark.skipif(os.name == "nt", reason="kill -9 is POSIX")


def started(roster, delivered, out):
    command = [sys.executable, "-m", "nianbao", "batch", delivered, "--roster", roster, "-o", out, "--workers", "2"]
    return subprocess.Popen(
        list(map(str, command)), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, start_new_session=True
    )


def finished(*arguments):
    process = started(*arguments)
    said, _ = process.communicate(timeout=600)
    return process.returncode, said.decode("utf-8")


def killed(rng, longest, *arguments):
    """Kill the run, or the run with its workers, at a random moment; False when it had ended before."""
    process = started(*arguments)
    time.sleep(rng.uniform(0.1, longest))
    alive = process.poll() is None
    if alive and rng.random() < 0.5:
        process.kill()
    elif alive:
        os.killpg(process.pid, signal.SIGKILL)
    process.communicate(timeout=60)
    return alive


def visible_is_whole(out: Path, expected):
    """Every file under its final name is there as an undisturbed run leaves it."""
    for path, data in towns.produced(out).items():
        if not path.rpartition("/")[2].startswith("~nianbao-"):
            assert expected[path] == data, path


def survives(folder, bodies, kills, longest, seed):
    roster, delivered = towns.many(folder, bodies)
    (delivered / "坏.xlsx").write_bytes(b"PK\x03\x04")
    code, _ = finished(roster, delivered, folder / "undisturbed")
    assert code == 1
    expected = towns.produced(folder / "undisturbed")
    assert sum(p.startswith("报告/") for p in expected) == bodies
    rng = random.Random(seed)
    out = folder / "disturbed"
    while kills:
        if killed(rng, longest, roster, delivered, out):
            kills -= 1
            visible_is_whole(out, expected)
        else:
            shutil.rmtree(out)  # it had come to its end; from the beginning again
    code, said = finished(roster, delivered, out)
    assert code == 1, said
    assert towns.produced(out) == expected
    code, said = finished(roster, delivered, out)
    assert "本次新读 0 份，新生成 0 个单位的文件" in said
    return said


def test_killed_at_a_few_random_moments_it_ends_byte_for_byte_the_same(tmp_path):
    survives(tmp_path, bodies=8, kills=2, longest=2.5, seed=1)


def test_what_was_finished_before_the_kill_is_not_done_again(tmp_path):
    roster, delivered = towns.many(tmp_path, 12)
    out = tmp_path / "out"
    process = started(roster, delivered, out)
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and len(list((out / ".nianbao").glob("records/*.json"))) < 4:
        time.sleep(0.02)
    os.killpg(process.pid, signal.SIGKILL)
    process.communicate()
    known = len((out / ".nianbao" / "journal.jsonl").read_bytes().splitlines())
    assert known >= 3
    _, said = finished(roster, delivered, out)
    read = int(said.partition("本次新读 ")[2].partition(" ")[0])
    assert read <= 12 - known + 1


def test_workers_end_when_their_parent_is_killed(tmp_path):
    roster, delivered = towns.many(tmp_path, 30)
    process = started(roster, delivered, tmp_path / "out")
    time.sleep(2.0)
    process.kill()
    process.communicate(timeout=15)  # its output ends when the last worker that holds it has ended


@pytest.mark.soak
def test_200_bodies_killed_at_50_random_moments(tmp_path):
    said = survives(tmp_path, bodies=200, kills=50, longest=12.0, seed=2)
    print(said)
