"""Every dependency is locked with hashes, and the locks are those of pyproject.toml."""

import pytest
from packaging.requirements import Requirement

from release import locks

EXTRAS = {
    locks.PRODUCT: (),
    locks.DEVELOPMENT: ("test", "excel", "picture", "dask", "proof"),
    locks.SIGNING: ("sign",),
    locks.WINDOWS: (),
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
    assert {n: v for n, (v, _) in product.items()} == {n: development[n][0] for n in product}
    assert {n: v for n, (v, _) in windows.items()} == {n: product[n][0] for n in windows}


def test_every_extra_is_in_some_lock():
    import tomllib  # noqa: PLC0415

    project = tomllib.loads((locks.ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    asked = {n for extras in EXTRAS.values() for n in locks.asked(*extras)}
    assert set(locks.asked(*project["optional-dependencies"])) <= asked
