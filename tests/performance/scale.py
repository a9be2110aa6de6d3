"""Many bodies on two processes: what every town in China would take."""

import os
import random
import resource
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from pathlib import Path

import methods

import reports
from nianbao import document, files, workbook
from nianbao.form import load_edition

DISTINCT = 300
"""Different workbooks; more bodies than that take them in turn. Every document is a file of its own."""


def inputs(folder, edition_name="2021"):
    """Write the workbooks, each of another body with other figures; return their paths."""
    edition = load_edition(edition_name)
    paths = []
    for n in range(DISTINCT):
        report = reports.random_report(random.Random(n), edition_name)
        values = dict(report.values)
        if n % 10 == 0:
            values["requests.received.natural_person"] += 1  # one in ten has a sum that is wrong
        report = replace(
            report,
            body={**report.body, "name": f"示例第{n}镇人民政府"},
            values=values,
            texts={**report.texts, "overview": f"本镇全年主动公开信息{n}条。\n（一）制度建设。完善了制度。"},
        )
        path = folder / f"{n}.xlsx"
        path.write_bytes(workbook.build(edition, report))
        paths.append(path)
    return paths


def work(jobs):
    """Make these bodies; return how long it took and this process's memory before and after, in MB."""
    start, before = time.process_time(), _memory()
    for path, target in jobs:
        reading = workbook.read(Path(path))
        methods.a_rules(reading)
        made = document.template_for(reading.edition).render(reading.report)
        files.write_result(Path(target), made)
    return os.getpid(), time.process_time() - start, before, _memory()


def _memory():
    status = Path("/proc/self/status")
    if status.exists():
        return int(status.read_text().split("VmRSS:")[1].split()[0]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def run(paths, folder, bodies, workers=2, chunk=200):
    """Make so many bodies; return seconds, the workers' peak memory, and its growth after the first chunk."""
    jobs = [(str(paths[n % DISTINCT]), str(folder / f"{n // 1000}" / f"{n}.docx")) for n in range(bodies)]
    chunks = [jobs[i : i + chunk] for i in range(0, bodies, chunk)]
    with ProcessPoolExecutor(workers) as pool:
        list(pool.map(work, [jobs[:3]] * workers))
        start = time.perf_counter()
        told = list(pool.map(work, chunks))
        seconds = time.perf_counter() - start
    peak = max(after for *_, after in told)
    first = {}
    for pid, _, _, after in told:
        first.setdefault(pid, after)
    growth = max(after - first[pid] for pid, _, _, after in told)
    return seconds, peak, growth
