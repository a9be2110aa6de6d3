"""What a worker process does with its share of the bodies."""

import os
import resource
import time
from pathlib import Path

from nianbao import checks, document, files, workbook
from nianbao.checks import arithmetic


def a_rules(reading):
    """The findings of the A rules alone: the identities, and that every figure is a proper number."""
    rules = [r for r in reading.edition.rules if r.id.startswith("A") and r.applies_to(reading.report.year)]
    found = arithmetic.sums(reading, [r for r in rules if r.identities])
    return found + [f for r in rules if r.check for f in checks.CHECKS[r.check](r, reading)]


def work(jobs):
    """Make these bodies; return how long it took and this process's memory before and after, in MB."""
    start, before = time.process_time(), _memory()
    for path, target in jobs:
        reading = workbook.read(Path(path))
        a_rules(reading)
        made = document.template_for(reading.edition).render(reading.report)
        files.write_result(Path(target), made)
    return os.getpid(), time.process_time() - start, before, _memory()


def _memory():
    status = Path("/proc/self/status")
    if status.exists():
        return int(status.read_text().split("VmRSS:")[1].split()[0]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
