"""A plugin of pytest for `suite.py`: each test's outcome as a line of JSON, as soon as it is known.

In the folder OUTCOMES each file of tests has one of its own, `tests-excel-test_launch.py.jsonl`. A line is {"test",
"outcome": passed, skipped, failed or error, "said": the traceback or the reason}. The last line is {"ended": true},
missing where Python itself came to an end.
"""

import json
import os
from pathlib import Path

_folder = Path(os.environ["OUTCOMES"])
_open = {}
"""The one file that is written now, by its name: opened here, since a test may patch what opens files."""


def _write(name, **line):
    if name not in _open:
        _end()
        _open[name] = (_folder / f"{name}.jsonl").open("a", encoding="ascii")
    _open[name].write(json.dumps(line) + "\n")
    _open[name].flush()


def _end():
    for file in _open.values():
        file.write('{"ended": true}\n')
        file.close()
    _open.clear()


def _tell(report, test):
    """Write what is no mere success of something around a test; `test` says whether it is the test itself."""
    name = report.nodeid.partition("::")[0].replace("/", "-")
    if report.failed:
        _write(name, test=report.nodeid, outcome="failed" if test else "error", said=str(report.longrepr))
    elif report.skipped:
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
        _write(name, test=report.nodeid, outcome="skipped", said=reason)
    elif test:
        _write(name, test=report.nodeid, outcome="passed", said="")


def pytest_collectreport(report):
    """Tell a file that could not be read or was skipped as a whole."""
    if not report.passed:
        _tell(report, False)


def pytest_runtest_logreport(report):
    """Tell a test, and what went wrong before or after it."""
    _tell(report, report.when == "call")


def pytest_sessionfinish():
    """Tell that pytest came to its end."""
    _end()
