"""Jobs in several processes: a job that fails or kills its process never takes others with it."""

import io
import os
import sys
import time
from functools import partial

import pytest

from county import towns
from nianbao.cli.county.county_options import progress
from nianbao.county.run import runners
from nianbao.county.run.processes import Processes
from nianbao.county.run.runners import Bounded, Failure


@pytest.mark.skipif(os.name == "nt", reason="kill -9 is POSIX")
@pytest.mark.parametrize("chunk", [1, 3])
def test_every_job_is_answered_and_the_awkward_ones_are_failures(chunk):
    processes = Processes(2, chunk)
    try:
        answers = dict(processes(towns.awkward, range(9)))
    finally:
        processes.close()
    assert {n for n, a in answers.items() if isinstance(a, Failure)} == {3, 5}
    assert "ValueError：three" in answers[3].reason
    assert "异常退出" in answers[5].reason
    assert {n: a for n, a in answers.items() if n not in (3, 5)} == {n: n * n for n in range(9) if n not in (3, 5)}


def test_results_come_in_the_order_of_their_tasks_and_those_of_a_lost_worker_are_made_here():
    mine = os.getpid()
    processes = Processes(2)
    try:
        answers = runners.results(processes, [partial(towns.fatal_elsewhere, mine, n) for n in range(6)])
    finally:
        processes.close()
    assert answers == [0, 1, 4, 9, 16, 25]


def test_answers_that_come_in_another_order_are_put_in_that_of_their_jobs():
    def backwards(function, jobs):
        for job in reversed(list(jobs)):
            yield job, Failure("lost") if job[1] == -2 else function(job)

    assert list(runners.in_order(backwards, abs, [-1, -2, 3])) == [(-1, 1), (-2, 2), (3, 3)]


def test_a_worker_has_done_what_it_was_told_before_its_first_job():
    processes = Processes(1, prepare=towns.mark)
    try:
        assert dict(processes(towns.marked, [1])) == {1: True}
    finally:
        processes.close()
    assert not towns.marked(1)


@pytest.mark.parametrize("chunk", [1, 3])
def test_a_job_that_takes_too_long_is_named_and_the_others_are_done(chunk):
    processes = Processes(2, chunk)
    begun = time.monotonic()
    try:
        answers = dict(processes(Bounded(towns.endless, 1.0), range(6)))
    finally:
        processes.close()
    assert answers.pop(3) == Failure("处理这个文件超过 1 秒还没有完成，不再等待；请把数字抄到一份新的标准填报表中再报")
    assert {n: n * n for n in range(6) if n != 3} == answers
    assert time.monotonic() - begun < 60


def test_a_job_in_time_is_not_ended_later():
    processes = Processes(1)
    try:
        assert list(processes(Bounded(time.sleep, 2.5), [1, 2])) == [(1, None), (2, None)]
        assert list(processes(time.sleep, [3])) == [(3, None)]
    finally:
        processes.close()


def test_without_processes_a_bounded_function_is_the_function():
    assert list(runners.here(Bounded(abs, 0.0), [-1])) == [(-1, 1)]


def test_jobs_are_taken_only_as_they_are_needed():
    taken = []

    def jobs():
        for n in range(100):
            taken.append(n)
            yield n

    processes = Processes(2)
    try:
        answers = processes(abs, jobs())
        next(answers)
        assert len(taken) < 20
        assert len(list(answers)) == 99
    finally:
        processes.close()


def test_in_this_process_they_come_in_order():
    assert list(runners.here(abs, [-1, -2])) == [(-1, 1), (-2, 2)]


@pytest.mark.parametrize(
    ("error", "told"),
    [(MemoryError(), "处理这个文件时内存不足，没有结果，请关闭别的程序后再试"),
     (OSError(28, "No space left on device"),
      "处理这个文件时无法读写磁盘（磁盘已满），没有结果，请检查磁盘后再试"),
     (OSError("x"), "处理这个文件时无法读写磁盘（系统没有说明原因），没有结果，请检查磁盘后再试"),
     (KeyError("a"), "程序在处理这个文件时出错（KeyError：'a'），请把文件发给程序的维护人")],
)  # fmt: skip
def test_what_failed_is_told_by_what_can_be_done_about_it(error, told):
    assert runners.failure_text(error) == told


class Terminal(io.StringIO):
    def isatty(self):
        return True


def test_progress_shows_rate_and_remaining_time_on_a_terminal_only(monkeypatch):
    shown, piped = Terminal(), io.StringIO()
    for stream in (shown, piped, None):
        monkeypatch.setattr(sys, "stderr", stream)
        assert list(progress(iter("abc"), 3, "读取")) == ["a", "b", "c"]
    assert "读取：0/3" in shown.getvalue()
    assert "还需" in shown.getvalue()
    assert "份/s" in shown.getvalue()
    assert piped.getvalue() == ""
