"""Every dependency is locked with hashes, and the locks are those of pyproject.toml."""

from pathlib import Path
from subprocess import CompletedProcess

import pytest
from packaging.requirements import Requirement

import start
from release import locks

EXTRAS = {
    locks.PRODUCT: ("serve",),
    locks.DEVELOPMENT: ("test", "excel", "picture", "dask", "proof"),
    locks.SIGNING: ("sign",),
    locks.SOURCE: ("source", "serve"),
    locks.WINDOWS: ("serve",),
}


@pytest.mark.parametrize("lock", EXTRAS, ids=lambda p: p.name)
def test_every_entry_of_a_lock_carries_hashes(lock):
    found = locks.entries(lock)
    assert len(found) > 10
    assert [name for name, (_, hashes) in found.items() if not hashes] == []


@pytest.mark.parametrize("lock", EXTRAS, ids=lambda p: p.name)
def test_a_lock_holds_everything_pyproject_asks_for_in_a_version_it_allows(lock):
    locked = locks.entries(lock)
    for name, text in locks.asked(*EXTRAS[lock]).items():
        requirement = Requirement(text)
        assert name in locked, f"{name}: run python automation/release lock"
        assert requirement.specifier.contains(locked[name][0]), f"{name}: run python automation/release lock"


def test_the_product_is_locked_in_the_versions_it_is_tested_and_installed_with():
    product, development, windows = map(locks.entries, (locks.PRODUCT, locks.DEVELOPMENT, locks.WINDOWS))
    source = locks.entries(locks.SOURCE)
    assert {n: v for n, (v, _) in product.items()} == {n: development[n][0] for n in product}
    assert {n: v for n, (v, _) in source.items()} == {n: development[n][0] for n in source}
    assert set(product) < set(source)
    assert {n: v for n, (v, _) in windows.items()} == {n: product[n][0] for n in windows}


def test_every_extra_is_in_some_lock():
    import tomllib  # noqa: PLC0415

    project = tomllib.loads((locks.ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    asked = {n for extras in EXTRAS.values() for n in locks.asked(*extras)}
    assert set(locks.asked(*project["optional-dependencies"])) <= asked


@pytest.mark.parametrize("extras", ["", "[test,excel]"])
def test_a_clone_is_set_up_by_the_lock_and_builds_with_what_the_lock_holds(extras, tmp_path, monkeypatch):
    run = []
    python = tmp_path / "python"
    python.write_text("")
    monkeypatch.setattr(start, "VENV", tmp_path)
    monkeypatch.setattr(start, "PYTHON", python)
    monkeypatch.setattr(
        start.subprocess, "run", lambda command, **_: run.append(command) or CompletedProcess(command, 0)
    )
    start.make_environment(extras)
    start.make_environment(extras)
    asked, by_lock, ours = run
    assert asked[-1] == "--version"
    lock = Path(by_lock[by_lock.index("--requirement") + 1])
    assert "--require-hashes" in by_lock
    assert lock == (locks.DEVELOPMENT if extras else locks.SOURCE)
    assert {"hatchling", "editables", "openpyxl"} <= set(locks.entries(lock))
    assert {"--no-deps", "--no-build-isolation"} <= set(ours)
    assert ours[-2:] == ["--editable", str(locks.ROOT)]
