"""Running an office program: many documents in one start, bad ones named, hanging ones ended, nothing else touched.

The program here is a small script that can be told to hang or to die on a document; LibreOffice cannot be.
"""

import os
import signal
import subprocess
import sys
import threading
import time

import pytest

from living import lives
from nianbao.publish import office
from nianbao.publish.office import Program

STAND_IN = """
import os, subprocess, sys, time
log, *documents = sys.argv[1:]
with open(log, "a") as f:
    print(os.getpid(), len(documents), file=f)
for d in documents:
    does = open(d).read()
    if does == "hang":
        child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
        print(child.pid, "child", file=open(log, "a"))
        time.sleep(600)
    if does == "die":
        os._exit(9)
    if does == "torn":
        open(d[:-5] + ".pdf", "w").write("%PDF-1.6 half of")
        time.sleep(600)
    if does != "refuse":
        open(d[:-5] + ".pdf", "w").write("%PDF-1.6 " + 40 * "." + " %%EOF")
"""

SHORT = 15 if os.name == "nt" else 1
"""Seconds of patience in which the script starts all the same; on Windows a start takes long where much else runs."""


@pytest.fixture
def stand_in(tmp_path):
    """A program of this kind, the log of its starts, and a maker of documents that tell it what to do."""
    script, log, folder = tmp_path / "stand_in.py", tmp_path / "log", tmp_path / "documents"
    script.write_text(STAND_IN)
    folder.mkdir()

    def command(own, documents, target):
        return [sys.executable, str(script), str(log), *map(str, documents)]

    def write(*contents):
        paths = [folder / f"{i:03}.docx" for i in range(len(contents))]
        for path, content in zip(paths, contents, strict=True):
            path.write_text(content)
        return paths

    return Program("替身", command), log, write


def starts(log):
    return [line.split() for line in log.read_text().splitlines() if "child" not in line]


def made(paths):
    return [p.with_suffix(".pdf").exists() for p in paths]


def test_forty_documents_are_converted_in_two_starts_side_by_side(stand_in, tmp_path):
    program, log, write = stand_in
    paths = write(*["fine"] * 40)
    assert office.convert(program, paths, tmp_path / "own") == {}
    assert all(made(paths))
    assert len(starts(log)) == min(2, os.cpu_count())


def test_a_few_documents_are_converted_in_one_start(stand_in, tmp_path):
    program, log, write = stand_in
    assert office.convert(program, write(*["fine"] * 11), tmp_path / "own") == {}
    assert [n for _, n in starts(log)] == ["11"]


def test_more_than_a_start_bears_are_converted_in_several(stand_in, tmp_path, monkeypatch):
    program, log, write = stand_in
    monkeypatch.setattr(office, "MOST", 4)
    assert office.convert(program, write(*["fine"] * 10), tmp_path / "own") == {}
    assert [n for _, n in starts(log)] == ["4", "4", "2"]


def test_a_hanging_program_is_ended_and_its_document_named_and_the_others_converted(stand_in, tmp_path):
    program, log, write = stand_in
    paths = write("fine", "hang", "fine", "fine")
    failed = office.convert(program, paths, tmp_path / "own", patience=SHORT)
    assert failed == {paths[1]: f"替身 转换这份文档超过 {SHORT} 秒没有结果，已结束它"}
    assert made(paths) == [True, False, True, True]
    ids = [int(line.split()[0]) for line in log.read_text().splitlines()]
    time.sleep(0.2)
    assert not any(lives(pid) for pid in ids), "the program or its child is still there"


def test_a_document_that_kills_the_program_is_named_and_the_others_converted(stand_in, tmp_path):
    program, _, write = stand_in
    paths = write("fine", "die", "fine", "refuse", "fine")
    failed = office.convert(program, paths, tmp_path / "own")
    assert failed == {
        paths[1]: "替身 没有转成这份文档就退出了",
        paths[3]: "替身 打不开这份文档，没有转成 PDF",
    }
    assert made(paths) == [True, False, True, False, True]


def test_a_pdf_that_was_being_written_is_no_result(stand_in, tmp_path):
    program, _, write = stand_in
    paths = write("torn", "fine")
    failed = office.convert(program, paths, tmp_path / "own", patience=SHORT)
    assert list(failed) == paths[:1]


def test_a_program_that_does_not_start_is_given_up_after_two_tries(stand_in, tmp_path):
    program, log, write = stand_in
    paths = write(*["die"] * 8)
    failed = office.convert(program, paths, tmp_path / "own")
    assert set(failed) == set(paths)
    assert len(starts(log)) == 2
    assert failed[paths[-1]] == "替身 启动不了，没有转成 PDF"


def test_only_what_was_started_is_ended(stand_in, tmp_path):
    program, _, write = stand_in
    other = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
    try:
        office.convert(program, write("hang"), tmp_path / "own", patience=0.5)
        assert other.poll() is None
    finally:
        other.kill()
        other.wait()


@pytest.mark.skipif(os.name == "nt", reason="stands for Windows elsewhere")
def test_on_windows_the_program_and_the_word_it_noted_are_ended_and_no_other(tmp_path, monkeypatch):
    """Word is no child of ours: Windows starts it, and word.py notes its process. taskkill is stood in for by kill."""
    sleep = [sys.executable, "-c", "import time; time.sleep(600)"]
    started, noted, other = (subprocess.Popen(sleep) for _ in range(3))
    (tmp_path / office.PROCESS).write_text(str(noted.pid))
    asked = []

    def taskkill(command, **more):
        asked.append(command)
        os.kill(int(command[-1]), signal.SIGKILL)

    try:
        monkeypatch.setattr(office.sys, "platform", "win32")
        monkeypatch.setattr(office.subprocess, "run", taskkill)
        monkeypatch.setattr(office.programs, "of_windows", lambda name: f"C:\\Windows\\System32\\{name}")
        office._end(started, tmp_path)
        assert asked == [
            ["C:\\Windows\\System32\\taskkill.exe", "/F", "/T", "/PID", str(p.pid)] for p in (started, noted)
        ]
        assert started.poll() == noted.wait() == -signal.SIGKILL
        assert other.poll() is None
        (tmp_path / office.PROCESS).unlink()
        office._end(started, tmp_path)  # it has ended, and Word was closed: nothing is left to end
        assert len(asked) == 2
    finally:
        for process in (started, noted, other):
            process.kill()
            process.wait()


def test_two_conversions_at_once_do_not_meet(stand_in, tmp_path):
    program, _, write = stand_in
    paths = write(*["fine"] * 20)
    answers = {}

    def run(name, share):
        answers[name] = office.convert(program, share, tmp_path / name)

    threads = [threading.Thread(target=run, args=(n, paths[i::2])) for i, n in enumerate("ab")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == {"a": {}, "b": {}}
    assert all(made(paths))


@pytest.mark.skipif(os.name == "nt", reason="SIGINT is POSIX")
def test_interrupted_by_the_user_it_ends_what_it_started(stand_in, tmp_path):
    _, log, write = stand_in
    (path,) = write("hang")
    code = (
        "import signal, sys\nfrom pathlib import Path\nfrom nianbao.publish import office\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"  # a shell's background job ignores it
        f"command = lambda own, documents, target: [sys.executable, {str(tmp_path / 'stand_in.py')!r}, {str(log)!r},"
        " *map(str, documents)]\n"
        f"office.convert(office.Program('x', command), [Path({str(path)!r})], Path({str(tmp_path / 'own')!r}))\n"
    )
    running = subprocess.Popen([sys.executable, "-c", code], stderr=subprocess.DEVNULL)
    deadline = time.monotonic() + 30
    while not (log.exists() and "child" in log.read_text()) and time.monotonic() < deadline:
        time.sleep(0.05)
    running.send_signal(signal.SIGINT)
    assert running.wait(20) != 0
    ids = [int(line.split()[0]) for line in log.read_text().splitlines()]
    time.sleep(0.2)
    assert len(ids) == 2
    assert not any(lives(pid) for pid in ids)
