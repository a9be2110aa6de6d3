"""Dask clusters of real processes for the tests: a scheduler and workers as an office would start them."""

import contextlib
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

_SOON = 30.0

LACKS = """
import sys
class Lacks:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] == "nianbao":
            raise ModuleNotFoundError("No module named 'nianbao'", name="nianbao")
sys.meta_path.insert(0, Lacks())
"""
"""A computer that has Dask but not this program, as a preload of Dask."""

OLDER = "import nianbao; nianbao.__version__ = '2025.1.0'"


@contextlib.contextmanager
def started(*arguments):
    """A process that a command of Dask starts, and that is ended afterwards with what it has started."""
    command = [sys.executable, "-m", "dask", *map(str, arguments)]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(p for p in sys.path if p)}
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield process
    finally:
        process.send_signal(signal.SIGCONT)
        process.terminate()
        try:
            process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


@contextlib.contextmanager
def scheduler(*more):
    """A scheduler: its process and its address."""
    with tempfile.TemporaryDirectory() as folder:
        told = Path(folder, "scheduler.json")
        where = ("--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--scheduler-file", told)
        with started("scheduler", *where, *more) as process:
            until = time.monotonic() + _SOON
            while True:
                with contextlib.suppress(OSError, ValueError):
                    address = json.loads(told.read_text())["address"]
                    break
                assert time.monotonic() < until, "no scheduler"
                time.sleep(0.05)
            yield process, address


@contextlib.contextmanager
def worker(address, *more):
    """A worker without a nanny: whoever ends its process has ended it."""
    with started("worker", address, "--nthreads", "1", "--no-nanny", "--no-dashboard", *more) as process:
        yield process


def preload(folder, code):
    """The arguments by which a process of Dask runs some code before anything else."""
    path = Path(folder, "preload.py")
    path.write_text(code, encoding="utf-8")
    return "--preload", path
