"""A pytest plugin for the mutated copy: learn which tests call which function, then try each mutant in a fork.

Everything is collected and imported once; a fork has it all. The jobs come from PROVING_JOB: a JSON file with
`mutants` (name, called), `told` (what is known of the tests), `cap` (seconds of tests for one mutant), `workers`.
Results go to `out`, one JSON line each. Time is processor time, own and children's, so that a machine that is busy or
paused changes no verdict.
"""

import contextlib
import functools
import gc
import json
import os
import resource
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import mutation_switch as switch
import pytest
from hypothesis import Phase, settings

LEFT_OUT = {"office", "browser", "nu", "validator", "soak"}
MOST = 15
"""So many cases of one test that is given a folder to write to are tried, evenly spaced; of all others all."""

KILLED, SURVIVED, TIMEOUT = "killed", "survived", "timeout"
settings.register_profile(
    "mutants", database=None, deadline=None, derandomize=True, phases=(Phase.explicit, Phase.generate)
)
settings.load_profile("mutants")  # that a test fails is enough, the smallest example of it is not looked for
_PACKAGE_KEPT = ("nianbao.form",)
"""Caches that hold nothing any mutant could change: an edition read."""


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    by_function: dict[str, list[pytest.Item]] = defaultdict(list)
    for item in items:
        if not LEFT_OUT & {m.name for m in item.iter_markers()}:
            by_function[item.nodeid.partition("[")[0]].append(item)
    kept = set()
    for of in by_function.values():
        writes = any(f.startswith("tmp_path") for item in of for f in getattr(item, "fixturenames", ()))
        step = max(1, len(of) // MOST) if writes else 1
        kept.update(of[::step])
    config.hook.pytest_deselected(items=[i for i in items if i not in kept])
    items[:] = [i for i in items if i in kept]


@pytest.hookimpl(tryfirst=True)
def pytest_runtestloop(session: pytest.Session) -> bool:
    job = json.loads(Path(os.environ["PROVING_JOB"]).read_text(encoding="utf-8"))
    told = _learn(session, job["told"], Path(job["learned"]))
    with Path(job["out"]).open("a", encoding="utf-8") as out:
        for result in _try(session, job, told):
            out.write(json.dumps(result, ensure_ascii=False) + "\n")
            out.flush()
    return True


class _Watch:
    """What happened in the tests run since: failures, and which functions fixtures of a wider scope called."""

    def __init__(self) -> None:
        self.failed: list[str] = []
        self.wide: dict[tuple[str, str], tuple[set[str], float]] = {}

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed:
            self.failed.append(report.nodeid)

    @pytest.hookimpl(hookwrapper=True)
    def pytest_fixture_setup(self, fixturedef: Any) -> Iterator[None]:
        before, start = set(switch.hits), _seconds()
        switch.hits.clear()
        yield
        if fixturedef.scope != "function":
            self.wide[fixturedef.baseid, fixturedef.argname] = (set(switch.hits), _seconds() - start)
        switch.hits.update(before)


def _learn(session: pytest.Session, known: dict[str, Any], to: Path) -> dict[str, Any]:
    """Return for each test its seconds and the functions it calls; tests that fail without a mutant are left out."""
    new = [i for i in session.items if i.nodeid not in known]
    if not new:
        return known
    to.write_text(json.dumps(known, ensure_ascii=False), encoding="utf-8")
    part = to.with_suffix(".part")
    _await([_fork(functools.partial(_learn_here, session, new, part))], lambda _: None)
    learned = dict(map(json.loads, part.read_text(encoding="utf-8").splitlines())) if part.exists() else {}
    told = {**known, **learned}
    to.write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")
    return told


def _learn_here(session: pytest.Session, items: list[pytest.Item], part: Path) -> None:
    watch = _Watch()
    session.config.pluginmanager.register(watch)

    def run(item: pytest.Item, following: pytest.Item | None) -> tuple[set[str], float]:
        switch.hits.clear()
        watch.failed.clear()
        start = _seconds()
        item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
        return set(switch.hits), _seconds() - start

    file, cached = "", set[str]()
    with part.open("w", encoding="utf-8") as out:
        for item, following in zip(items, [*items[1:], None], strict=True):
            called: set[str] = set()
            if item.nodeid.partition("::")[0] != file:
                file = item.nodeid.partition("::")[0]
                _forget()
                called, _ = run(item, following)  # fills the caches, whose functions count for every test of the file
                item._initrequest()  # type: ignore[attr-defined]  # as reruns do: its fixtures are made anew
            again, seconds = run(item, following)
            cached = called - again if called else cached
            called |= again | cached
            for (base, name), (hits, took) in watch.wide.items():
                if item.nodeid.startswith(base) and name in getattr(item, "fixturenames", ()):
                    called |= hits  # run for another test of the module already, for this one again in a fork
                    seconds = max(seconds, took)
            told = {"seconds": round(seconds, 3), "called": sorted(called), "failed": bool(watch.failed)}
            out.write(json.dumps([item.nodeid, told], ensure_ascii=False) + "\n")
            out.flush()


def _try(session: pytest.Session, job: dict[str, Any], told: dict[str, Any]) -> Iterator[dict[str, Any]]:
    items = {i.nodeid: i for i in session.items}
    by_function: dict[str, list[str]] = defaultdict(list)
    for nodeid in items:
        if nodeid in told and not told[nodeid]["failed"] and told[nodeid]["seconds"] <= job["slowest"]:
            for name in told[nodeid]["called"]:
                by_function[name].append(nodeid)
    killers: dict[str, Counter[str]] = defaultdict(Counter)
    going: list[_Fork] = []
    done: list[dict[str, Any]] = []
    gc.freeze()

    def finished(fork: "_Fork") -> None:
        mutant, nodeids = fork.about
        verdict, killer = fork.verdict()
        if killer:
            killers[mutant["called"]][killer] += 1
        done.append({"name": mutant["name"], "verdict": verdict, "killer": killer, "tests": len(nodeids)})

    for mutant in job["mutants"]:
        tests = _in_order(by_function[mutant["called"]], told, killers[mutant["called"]])
        chosen, total = [], 0.0
        for nodeid in tests:
            total += told[nodeid]["seconds"]
            if chosen and total > job["cap"]:
                break
            chosen.append(nodeid)
        if not chosen:
            yield {"name": mutant["name"], "verdict": SURVIVED, "killer": "", "tests": 0}
            continue
        allowed = 10 + 4 * min(total, job["cap"])
        run = functools.partial(_run, session, mutant["name"], [items[n] for n in chosen])
        going.append(_fork(run, allowed, (mutant, chosen)))
        if len(going) >= job["workers"]:
            _await(going, finished, until_free=True)
        yield from done
        done.clear()
    _await(going, finished)
    yield from done


def _in_order(tests: list[str], told: dict[str, Any], before: Counter[str]) -> list[str]:
    """Put first what killed a neighbour, then the fastest; of many cases of one test each further one counts as slower.

    So every test is tried before the hundredth case of another, which would hardly notice what the others do not.
    """
    cases = Counter[str]()
    costs = {}
    for nodeid in sorted(tests, key=lambda t: told[t]["seconds"]):
        name = nodeid.partition("[")[0]
        cases[name] += 1
        costs[nodeid] = max(told[nodeid]["seconds"], 0.001) * cases[name]
    return sorted(tests, key=lambda t: (-before[t], costs[t]))


def _run(session: pytest.Session, mutant: str, items: list[pytest.Item]) -> str:
    """Run these tests with the mutant and return the first that fails, or nothing."""
    watch = _Watch()
    session.config.pluginmanager.register(watch)
    _forget()
    switch.choose(mutant)
    for item, following in zip(items, [*items[1:], None], strict=True):
        item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
        if watch.failed:
            return watch.failed[0]
    return ""


def _forget() -> None:
    """Empty the caches of the package and of the tests' helpers: what they hold was worked out without the mutant."""
    for name, module in list(sys.modules.items()):
        ours = name.startswith("nianbao") and not name.startswith(_PACKAGE_KEPT)
        if ours or name in ("county.towns", "county_desk.sample", "towns", "sample"):
            for value in list(vars(module).values()):
                clear = getattr(value, "cache_clear", None)
                if clear and isinstance(value, functools._lru_cache_wrapper):
                    clear()


def _seconds() -> float:
    return sum(os.times()[:4])


class _Fork:
    """A process of its own group that runs one thing; its word comes through a file."""

    def __init__(self, allowed: float, about: Any) -> None:
        self.allowed, self.about = allowed, about
        self.folder = Path(tempfile.mkdtemp(prefix="proving-"))
        self.word = self.folder / "word"
        self.waited, self.status, self.overtime = 0.0, 0, False
        self.pid = 0

    def verdict(self) -> tuple[str, str]:
        word = self.word.read_text(encoding="utf-8") if self.word.exists() else None
        shutil.rmtree(self.folder, ignore_errors=True)
        if word is None:  # ended by a signal, or the interpreter itself gave way
            late = self.overtime or (os.WIFSIGNALED(self.status) and os.WTERMSIG(self.status) == signal.SIGXCPU)
            return (TIMEOUT if late else KILLED), ""
        return (KILLED, word) if word else (SURVIVED, "")


def _fork(run: Callable[[], str | None], allowed: float = 36_000, about: Any = None) -> _Fork:
    fork = _Fork(allowed, about)
    fork.pid = os.fork()
    if fork.pid:
        return fork
    code = 1
    try:
        os.setsid()
        null = os.open(os.devnull, os.O_RDWR)
        for descriptor in (0, 1, 2):
            os.dup2(null, descriptor)
        limit = int(allowed) + 1
        resource.setrlimit(resource.RLIMIT_CPU, (limit, limit + 2))
        os.environ["PYTEST_DEBUG_TEMPROOT"] = tempfile.tempdir = str(fork.folder)
        word = run()
        with contextlib.suppress(FileNotFoundError):
            fork.word.write_text(word or "", encoding="utf-8")
        code = 0
    finally:
        os._exit(code)


def _await(going: list[_Fork], finished: Callable[[_Fork], None], *, until_free: bool = False) -> None:
    """Wait until all (or one) have ended. A pause of the whole machine counts as one short look."""
    count = len(going)
    last = time.monotonic()
    while going and not (until_free and len(going) < count):
        now = time.monotonic()
        passed, last = min(now - last, 0.5), now
        for fork in list(going):
            pid, fork.status = os.waitpid(fork.pid, os.WNOHANG)
            fork.waited += passed
            if not pid and fork.waited > 60 + 5 * fork.allowed:
                fork.overtime = True
                os.killpg(fork.pid, signal.SIGKILL)
                os.waitpid(fork.pid, 0)
                pid = fork.pid
            if pid:
                with contextlib.suppress(ProcessLookupError):
                    os.killpg(fork.pid, signal.SIGKILL)  # what a test left running
                going.remove(fork)
                finished(fork)
        time.sleep(0.01)
