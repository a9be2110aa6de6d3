"""The same county on a real Dask cluster of processes, one worker killed on the way."""

import os
import re
import signal
import sys
import threading
import time
from concurrent.futures import CancelledError
from types import SimpleNamespace

import pytest

from county import clusters, towns
from docs.printed import ROOT
from nianbao import __version__
from nianbao.county.run import cluster as farther
from nianbao.errors import InputError

distributed = pytest.importorskip("distributed")

pytestmark = [
    # Dask's own threads and sockets warn when a worker is killed; what counts is what comes out.
    pytest.mark.filterwarnings("ignore"),
    pytest.mark.skipif(os.name == "nt", reason="kill -9 is POSIX"),
]


@pytest.fixture
def cluster():
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None, host="127.0.0.1"
    ) as made:
        yield made


@pytest.mark.soak
def test_the_cluster_makes_the_same_files_even_when_a_worker_is_killed(tmp_path, cluster, monkeypatch):
    monkeypatch.setattr(farther, "CHUNK", 3)
    roster, delivered = towns.many(tmp_path, 24)
    alone, far = tmp_path / "alone", tmp_path / "far"
    assert towns.run("batch", delivered, "--roster", roster, "-o", alone) in (0, 1)
    with distributed.Client(cluster) as client:
        before = client.run(os.getpid)
    victim = next(iter(before.values()))

    def kill_one():
        while not list(far.glob(".nianbao/records/*.json")):
            time.sleep(0.05)
        os.kill(victim, signal.SIGKILL)

    killer = threading.Thread(target=kill_one, daemon=True)
    killer.start()
    code = towns.run("batch", delivered, "--roster", roster, "-o", far, "--dask", cluster.scheduler_address)
    killer.join(timeout=30)
    assert code in (0, 1)
    assert towns.produced(far) == towns.produced(alone)
    with distributed.Client(cluster) as client:
        assert victim not in client.run(os.getpid).values()


def test_a_job_that_fails_on_the_cluster_is_named_and_those_sent_with_it_are_done(monkeypatch):
    monkeypatch.setattr(farther, "CHUNK", 3)
    with distributed.LocalCluster(n_workers=1, processes=False, dashboard_address=None) as within:
        there = farther.Cluster(within.scheduler_address)
        try:
            answers = dict(there(towns.awkward, [1, 2, 3, 4]))
        finally:
            there.close()
    assert "ValueError：three" in answers.pop(3).reason
    assert answers == {1: 1, 2: 4, 4: 16}


def test_without_dask_its_installation_is_told(tmp_path, capsys, monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    roster, delivered = towns.many(tmp_path, 1)
    assert towns.run("batch", delivered, "--roster", roster, "-o", tmp_path / "o", "--dask", "tcp://127.0.0.1:9") == 2
    assert "不带多台电脑一起算的组件" in capsys.readouterr().err


def test_no_cluster_at_the_address_is_told(tmp_path, capsys, monkeypatch):
    monkeypatch.setattr(farther, "TIMEOUT", 1)
    roster, delivered = towns.many(tmp_path, 1)
    code = towns.run("batch", delivered, "--roster", roster, "-o", tmp_path / "o", "--dask", "tcp://127.0.0.1:9")
    assert code == 2
    assert "连不上 Dask 集群" in capsys.readouterr().err


@pytest.fixture
def told(capsys):
    """Run a batch on a cluster: its exit code and what it said in the end."""

    def told(address, delivered, roster, output):
        code = towns.run("batch", delivered, "--roster", roster, "-o", output, "--to", "json", "--dask", address)
        return code, capsys.readouterr().err.strip()

    return told


def test_a_cluster_in_which_nobody_works_is_told(tmp_path, told, monkeypatch):
    monkeypatch.setattr(farther, "PATIENCE", 1)
    roster, delivered = towns.many(tmp_path, 1)
    with clusters.scheduler() as (_, address):
        code, said = told(address, delivered, roster, tmp_path / "o")
    assert code == 2
    assert said == (
        f"Dask 集群“{address}”里没有干活的电脑；请在各台电脑上运行“dask worker {address}”，"
        "再运行同一条命令，已经办好的不重做。"
    )


@pytest.mark.parametrize(
    ("code", "what"), [(clusters.LACKS, "没有"), (clusters.OLDER, "是 2025.1.0 版")], ids=["lacks", "older"]
)
def test_a_computer_with_another_version_of_the_program_or_without_it_is_told(tmp_path, told, code, what):
    roster, delivered = towns.many(tmp_path, 1)
    more = clusters.preload(tmp_path, code)
    with clusters.scheduler() as (_, address), clusters.worker(address), clusters.worker(address, *more):
        with distributed.Client(address, set_as_default=False) as client:
            client.wait_for_workers(2, timeout=30)
        code, said = told(address, delivered, roster, tmp_path / "o")
    assert code == 2
    assert said == (
        f"集群里的电脑要装与这台同一版本的程序（nianbao {__version__}）：127.0.0.1 上{what}；"
        "请装好，重新运行那里的 dask 命令，再运行同一条命令，已经办好的不重做。"
    )


def test_a_scheduler_without_the_program_is_told(tmp_path, told):
    roster, delivered = towns.many(tmp_path, 1)
    with clusters.scheduler(*clusters.preload(tmp_path, clusters.LACKS)) as (_, address):
        code, said = told(address, delivered, roster, tmp_path / "o")
    assert code == 2
    assert "127.0.0.1 上没有；" in said


@pytest.mark.parametrize(
    ("lost", "how", "what"),
    [
        ("scheduler", signal.SIGKILL, "失去了联系"),
        ("scheduler", signal.SIGSTOP, "失去了联系"),  # like a cable that is pulled out: nobody says goodbye
        ("worker", signal.SIGKILL, "没有干活的电脑"),
    ],
    ids=["scheduler killed", "scheduler silent", "worker killed"],
)
def test_a_cluster_lost_on_the_way_is_told_within_15_seconds_and_the_run_goes_on_from_there(
    tmp_path, told, monkeypatch, lost, how, what
):
    monkeypatch.setattr(farther, "CHUNK", 1)
    roster, delivered = towns.many(tmp_path, 6)
    alone, far = tmp_path / "alone", tmp_path / "far"
    when = []

    def lose(process):
        while not list(far.glob(".nianbao/records/*.json")):
            time.sleep(0.01)
        when.append(time.monotonic())
        process.send_signal(how)

    with clusters.scheduler() as (scheduler, address), clusters.worker(address) as worker:
        killer = threading.Thread(target=lose, args=[{"scheduler": scheduler, "worker": worker}[lost]], daemon=True)
        killer.start()
        code, said = told(address, delivered, roster, far)
        assert time.monotonic() - when[0] < 15
    assert code == 2
    assert what in said
    assert said.endswith("再运行同一条命令，已经办好的不重做。")
    assert "\n" not in said
    kept = len(list(far.glob(".nianbao/records/*.json")))
    assert 1 <= kept < 6
    for folder in (alone, far):
        assert towns.run("batch", delivered, "--roster", roster, "-o", folder, "--to", "json", "--workers", 1) == 1
    assert towns.produced(far) == towns.produced(alone)


def test_the_commands_of_the_manual_make_a_cluster_that_does_the_work(tmp_path):
    page = (ROOT / "docs" / "county.md").read_text(encoding="utf-8")
    scheduling, working = (c.split()[2:] for c in re.findall(r"^ *(dask .+)$", page, re.MULTILINE))
    assert (scheduling.pop(scheduling.index("--port") + 1), working.pop(0)) == ("8786", "tcp://10.0.0.1:8786")
    at = [a.replace("10.0.0.1", "127.0.0.1") for a in scheduling if a != "--port"]
    roster, delivered = towns.many(tmp_path, 2)
    output = tmp_path / "o"
    with clusters.scheduler(*at) as (_, address), clusters.started("worker", address, *working):
        with distributed.Client(address) as client:
            client.wait_for_workers(4, timeout=60)
        assert towns.run("batch", delivered, "--roster", roster, "-o", output, "--to", "json", "--dask", address) == 1
    assert len(list((output / "报告").iterdir())) == 2


@pytest.fixture
def closed():
    """A cluster that was connected and is gone."""
    found = object.__new__(farther.Cluster)
    found._address, found._client = "tcp://甲:1", SimpleNamespace(status="closed")
    return found


@pytest.mark.parametrize("ask", [lambda c: c._submit(len, [1]), lambda c: c._workers()], ids=["new work", "a question"])
def test_a_cluster_that_is_gone_is_told_before_anything_is_sent(ask, closed):
    closed._client.scheduler = SimpleNamespace(identity=None)
    with pytest.raises(InputError, match="与 Dask 集群“tcp://甲:1”失去了联系"):
        ask(closed)


def test_work_that_is_lost_with_the_cluster_is_told(closed, monkeypatch):
    errors = [OSError("lost"), CancelledError("lost")]

    def lost(**_):
        raise errors.pop()

    for _ in range(2):
        with pytest.raises(InputError, match="失去了联系"):
            closed._result(SimpleNamespace(result=lost))
    monkeypatch.setattr("distributed.wait", lambda *_, **__: lost())
    errors.append(CancelledError("lost"))
    with pytest.raises(InputError, match="失去了联系"):
        closed._done([])


def test_a_result_that_is_late_is_waited_for_as_long_as_somebody_works(closed, monkeypatch):
    looks, answers = [], [TimeoutError(), TimeoutError(), [7]]

    def late(**_):
        answer = answers.pop(0)
        if isinstance(answer, TimeoutError):
            raise answer
        return answer

    monkeypatch.setattr(farther.Cluster, "_workers", lambda self: looks.append(1))
    assert closed._result(SimpleNamespace(result=late)) == [7]
    assert len(looks) == 2
