"""The same county on a real Dask cluster of processes, one worker killed on the way."""

import os
import signal
import sys
import threading
import time

import pytest

from county import towns
from nianbao.county.run import cluster as farther

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
