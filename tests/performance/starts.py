"""Programs that start: one report beside a plain script, hundreds of Report JSON beside docxtpl's rendering alone."""

import json
import random
import subprocess
import sys

from docxtpl import DocxTemplate
from timing import Spent, environment, here, started, starting, table, told

from nianbao import report
from nianbao.county.demo import invented

NAIVE = """
import json, sys
from docxtpl import DocxTemplate
from openpyxl import load_workbook
folder = sys.argv[1]
book = load_workbook(folder + "/clean.xlsx", data_only=True)
values = {s.title: [[c.value for c in row] for row in s.iter_rows()] for s in book}
filled = DocxTemplate(folder + "/clean.docx")
filled.render(json.load(open(folder + "/clean.json", encoding="utf-8")), autoescape=True)
filled.save(folder + "/cold-naive.docx")
"""
SCRIPT = "a plain script of openpyxl and docxtpl"


def naive(folder):
    """The command of the plain script."""
    script = folder / "naive.py"
    script.write_text(NAIVE, encoding="utf-8")
    return [sys.executable, str(script), str(folder)]


def make(folder, out):
    """The command that makes a sound workbook's report."""
    return [sys.executable, "-m", "nianbao", "make", str(folder / "clean.xlsx"), "-o", str(folder / out)]


def cold(run):
    """From the start of a process to the report on disk: a plain script, make, and Python itself."""
    own = environment(run.own)
    todo = {SCRIPT: starting(naive(run.folder), own)}
    for label, checkout in run.checkouts.items():
        started(make(run.folder, f"cold-{label}"), environment(checkout))
        assert list((run.folder / f"cold-{label}").glob("*.docx")), "a report is made, not refused"
        todo[f"nianbao make (all rules, proof){label}"] = starting(
            make(run.folder, f"cold-{label}"), environment(checkout)
        )
    todo["all of these modules but our own"] = starting([sys.executable, "-c", _foreign(run)], own)
    todo["python -c pass"] = starting([sys.executable, "-c", "pass"], own)
    table("Cold: one report, from the start of a process to the disk", todo, run.rounds)


def _foreign(run):
    """Return a program that loads what make loads of Python's library and of lxml, and does nothing: make's floor."""
    code = (
        "import sys; sys.argv = sys.argv[1:]\nfrom nianbao.cli import main\nmain()\n"
        "print('#', *(n for n, m in sys.modules.items() if getattr(getattr(m, '__spec__', None), 'name', '') == n))"
    )
    command = [sys.executable, "-c", code, *make(run.folder, "cold")[2:]]
    said = subprocess.run(command, check=True, capture_output=True, text=True, env=environment(run.own)).stdout
    loaded = said.rpartition("#")[2].split()
    return "\n".join(f"import {m}" for m in loaded if not m.startswith(("nianbao", "__main__", "_distutils", "runpy")))


def reports_of_json(run, count=300):
    """Hundreds of Report JSON in one `make`, start, rules, proof and writing included, beside docxtpl's rendering."""
    listed = invented.members(max(count, 17))[:count]
    given = run.folder / "json"
    given.mkdir(exist_ok=True)
    rng = random.Random(5)
    for n, member in enumerate(listed):
        made = report.to_json(invented.report_of(member, rng))
        (given / f"{n}.json").write_text(json.dumps(made, ensure_ascii=False), encoding="utf-8")
    context = json.loads((run.folder / "clean.json").read_text(encoding="utf-8"))

    def rendered():
        filled = DocxTemplate(run.folder / "clean.docx")
        filled.render(context, autoescape=True)
        filled.save(run.folder / "naive-json.docx")

    paths = sorted(map(str, given.glob("*.json")))
    first, second = "docxtpl, rendering and saving alone", f"nianbao make of {len(paths)} Report JSON, each of them"
    taken: dict[str, list[Spent]] = {first: [], second: []}
    for n in range(run.rounds):
        out = run.folder / f"json-made-{n}"
        taken[first].append(here(rendered)(min(10, count)))
        command = [sys.executable, "-m", "nianbao", "make", *paths, "-o", str(out)]
        taken[second].append(started(command, environment(run.own)).by(len(paths)))
        assert len(list(out.glob("*.docx"))) == len(paths)
    told("Report JSON: all rules, proof and writing", taken)
