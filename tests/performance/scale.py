"""Many bodies on two processes: what every town in China would take."""

import multiprocessing
import random
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace

from worker import work

import reports
from nianbao import workbook
from nianbao.form import load_edition

DISTINCT = 300
"""Different workbooks; more bodies than that take them in turn. Every document is a file of its own."""


def inputs(folder, count=DISTINCT, edition_name="2021"):
    """Write the workbooks, each of another body with other figures; return their paths."""
    edition, forms = load_edition(edition_name), workbook.Filling()
    paths = []
    for n in range(min(count, DISTINCT)):
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
        path.write_bytes(forms.build(edition, report, None))
        paths.append(path)
    return paths


def run(paths, folder, bodies, workers=2, chunk=200):
    """Make so many bodies; return seconds, those of processors, the workers' peak memory, its growth after a chunk."""
    jobs = [(str(paths[n % len(paths)]), str(folder / f"{n // 1000}" / f"{n}.docx")) for n in range(bodies)]
    chunks = [jobs[i : i + chunk] for i in range(0, bodies, chunk)]
    # Fresh processes, as `batch` starts them: they load what a body needs and nothing of this one.
    with ProcessPoolExecutor(workers, multiprocessing.get_context("spawn")) as pool:
        list(pool.map(work, [jobs[:3]] * workers))
        start = time.perf_counter()
        told = list(pool.map(work, chunks))
        seconds = time.perf_counter() - start
    peak = max(mb for *_, mb in told)
    first = {}
    for pid, _, mb in told:
        first.setdefault(pid, mb)
    growth = max(mb - first[pid] for pid, _, mb in told)
    return seconds, sum(cpu for _, cpu, _ in told), peak, growth
