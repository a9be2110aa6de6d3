"""A plugin of pytest for `suite.py`: each test's outcome as a line of JSON, as soon as it is known.

The file is named by OUTCOMES. A line is {"test", "outcome": passed, skipped, failed or error, "said": the traceback or
the reason}; the last one is {"ended": pytest's exit code}, missing where Python itself came to an end.
"""

import json
import os
from pathlib import Path

_file = Path(os.environ["OUTCOMES"]).open("w", encoding="ascii")  # noqa: SIM115 - now: a test may patch what opens


def _write(**line):
    _file.write(json.dumps(line) + "\n")
    _file.flush()


def _tell(report, test):
    """Write what is no mere success of something around a test; `test` says whether it is the test itself."""
    if report.failed:
        _write(test=report.nodeid, outcome="failed" if test else "error", said=str(report.longrepr))
    elif report.skipped:
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
        _write(test=report.nodeid, outcome="skipped", said=reason)
    elif test:
        _write(test=report.nodeid, outcome="passed", said="")


def pytest_collectreport(report):
    """Tell a file that could not be read or was skipped as a whole."""
    if not report.passed:
        _tell(report, False)


def pytest_runtest_logreport(report):
    """Tell a test, and what went wrong before or after it."""
    _tell(report, report.when == "call")


def pytest_sessionfinish(exitstatus):
    """Tell that pytest came to its end."""
    _write(ended=int(exitstatus))
