"""No test reads or fills the user's own cache, lock or log; a workbook is drawn once of each kind in a process.
A long text is no test's name: pytest puts the name into a variable, and Windows takes none over 32,767 characters.

`tests/workbook/test_workbook_build.py` shows that the same content gives the same bytes, on the builder itself;
`tests/workbook/test_filling.py` that filling gives the bytes that drawing gives.
"""

import atexit
import gc
import os
import shutil
import sys
import tempfile
from collections import OrderedDict

import pytest

OWN = "LOCALAPPDATA" if sys.platform == "win32" else "XDG_STATE_HOME"

for place in ("NIANBAO_CACHE", OWN):  # of this process: tests at its side hold the lock too
    os.environ[place] = tempfile.mkdtemp(prefix="nianbao-tests-")
    atexit.register(shutil.rmtree, os.environ[place], ignore_errors=True)

from nianbao import workbook  # noqa: E402 - the cache first
from nianbao.county.run import processes  # noqa: E402
from nianbao.workbook import builder, filling  # noqa: E402

processes.usual_workers = lambda: 1  # a test about several says how many: two take two seconds to start

KEPT = 150
"""Workbooks of some 110 kB each."""

_drawn = OrderedDict()
_filling = filling.Filling()


def build(edition, report=None, last_year=None, blank_means_zero=False, extra=(), notice=None):
    """`workbook.build`: from memory what this process has made before, else as `new --roster` makes many."""
    if extra:
        return builder.build(edition, report, last_year, blank_means_zero, extra, notice)
    key = id(edition), repr((report, last_year, blank_means_zero, notice))
    if key not in _drawn:
        made = _filling.build(edition, report, last_year, notice, blank_means_zero=blank_means_zero)
        _drawn[key] = edition, made  # with the edition, so that no other one gets its id
    _drawn.move_to_end(key)
    if len(_drawn) > KEPT:
        _drawn.popitem(last=False)
    return _drawn[key][1]


workbook.build = build


LONG = 500
"""Characters of a parameter that pytest may name a test after."""


def pytest_make_parametrize_id(val, argname):
    """Name a long text or a whole file after its parameter; None lets pytest find a name."""
    return f"{argname} of {len(val)}" if isinstance(val, str | bytes) and len(val) > LONG else None


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    """Run tests that share what their module made in one process; elsewhere it would be made again."""
    for item in items:
        made = (known[-1].scope for known in item._fixtureinfo.name2fixturedefs.values())
        if item.get_closest_marker("xdist_group") is None and "module" in made:
            item.add_marker(pytest.mark.xdist_group(item.path.stem))


SELDOM = 100_000, 50, 1000
"""Garbage is looked for so seldom: it is a tenth of the processor time where thousands of tests are known."""

gc.set_threshold(*SELDOM)


@pytest.fixture(scope="session")
def window(tmp_path_factory):
    """The add-in inside WPS as installed, in a browser, beside a running desk."""
    from wps import opening  # noqa: PLC0415 - only where it is wanted

    with opening.window(tmp_path_factory.mktemp("wps")) as found:
        yield found
