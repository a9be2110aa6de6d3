"""What a worker process does with its share of the bodies."""

import os
import time
from pathlib import Path

from nianbao import checks, document, files, workbook


def work(jobs):
    """Make these bodies; return this process, the seconds of processor they took, the most memory it had yet, in MB."""
    start = time.process_time()
    for path, target in jobs:
        reading = workbook.read(Path(path))
        checks.check(reading)
        made = document.template_for(reading.edition).render(reading.report)
        assert not document.differences(made, reading.edition, reading.report)
        files.write_result(Path(target), made)
    return os.getpid(), time.process_time() - start, memory()


def memory():
    """The most memory that this process has had since it was started, in MB."""
    return int(Path("/proc/self/status").read_text().split("VmHWM:")[1].split()[0]) / 1024
