"""Workers: whatever a task does, the service goes on and says one sentence."""

import threading
import time
from pathlib import Path

import pytest

from living import lives
from nianbao.serve.workers import CRASHED, STOPPED, Call, Pool, RefusedTask, Worker
from serve import odd_tasks


@pytest.fixture(scope="module")
def pool():
    made = Pool(1)
    yield made
    made.close()


def test_a_task_gives_what_it_gives_and_tells_how_far_it_is(pool):
    call = Call()
    assert pool.run(odd_tasks.echo, {"a": [1]}, call) == {"a": [1]}
    assert call.progress == (2, 3, "数")


def test_what_cannot_be_done_is_one_sentence(pool):
    assert pool.run(odd_tasks.refuse, "甲", Call()) == RefusedTask("不行：甲")
    assert "磁盘已满" in pool.run(odd_tasks.lose_the_disk, None, Call()).told


@pytest.mark.parametrize("task", [odd_tasks.crash, odd_tasks.stumble])
def test_a_crash_is_told_and_the_next_task_is_done(pool, task):
    assert pool.run(task, None, Call()) == CRASHED
    assert pool.run(odd_tasks.echo, 1, Call()) == 1


def test_a_task_that_hangs_is_given_up_and_its_worker_ended():
    worker = Worker()
    assert worker.run(odd_tasks.echo, 1, Call()) == 1
    begun = time.monotonic()
    assert "还没有完成" in worker.run(odd_tasks.hang, None, Call(), seconds=0.5).told
    assert time.monotonic() - begun < 10
    assert not worker.lives


def test_a_task_can_be_stopped_while_it_runs_and_while_it_waits_for_a_worker(pool):
    running, waiting, answers = Call(), Call(), {}

    def run(name, call):
        answers[name] = pool.run(odd_tasks.hang, None, call)

    threads = [threading.Thread(target=run, args=a) for a in (("running", running), ("waiting", waiting))]
    for thread in threads:
        thread.start()
    while (1, 2, "等") not in (running.progress, waiting.progress):
        time.sleep(0.05)
    running.stopped.set()
    waiting.stopped.set()
    for thread in threads:
        thread.join(20)
    assert answers == {"running": STOPPED, "waiting": STOPPED}
    assert pool.run(odd_tasks.echo, 1, Call()) == 1


def test_what_a_worker_started_ends_with_it():
    """An office program that converts a document, say."""
    worker = Worker()
    other = worker.run(odd_tasks.start_another, None, Call())
    assert lives(other)
    worker.end()
    end = time.monotonic() + 10
    while lives(other):
        assert time.monotonic() < end
        time.sleep(0.05)


def test_after_the_end_no_task_is_begun():
    pool = Pool(1)
    pool.close()
    assert pool.run(odd_tasks.echo, 1, Call()) == STOPPED


def test_a_worker_begun_while_the_desk_ends_is_ended_and_a_stopped_long_task_is_not_begun():
    pool = Pool(1)
    stopped = Call()
    stopped.stopped.set()
    assert pool.run_alone(odd_tasks.echo, 1, stopped, 10) == STOPPED
    assert stopped.progress[2] != "正在开始"
    pool.close()
    assert not pool._start().lives


def test_what_is_kept_for_a_moment_lies_where_it_goes_with_the_run(tmp_path):
    """A worker that is stopped while a PDF is made leaves the report it was made from."""
    pool = Pool(1, tmp_path)
    try:
        where = pool.run(odd_tasks.where, None, Call())
    finally:
        pool.close()
    assert Path(where).parent == tmp_path
