"""How fast one report and all of China are: `python tests/performance/run.py [--rounds N] [--node] [--bodies N …]`.

All methods run in turn in small batches, round after round; a ratio is the median of the rounds' ratios, so that other
load on the machine meets all of them. `--node` installs docxtemplater and Carbone by npm into a temporary folder and
compares them too. Absolute times belong to the machine; docs/performance.md has some, with the date.
"""

import argparse
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent)]


COLD_NAIVE = """
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


def timed(function, count):
    start = time.perf_counter()
    for _ in range(count):
        function()
    return (time.perf_counter() - start) * 1000 / count


def table(title, todo, rounds, batches):
    """Run and print one comparison; the first method is the measure of the others."""
    for name, measure in todo.items():
        measure(1 if batches[name] < 5 else 5)
    taken = {name: [] for name in todo}
    for _ in range(rounds):
        for name, measure in todo.items():
            taken[name].append(measure(batches[name]))
    first = next(iter(taken.values()))
    print(f"\n{title} ({rounds} rounds)")
    print(f"{'':52}{'median':>10}{'× the first':>13}")
    for name, times in taken.items():
        ratio = statistics.median(a / b for a, b in zip(first, times, strict=True))
        print(f"{name:52}{statistics.median(times):8.2f} ms{ratio:12.1f}")
    return {name: statistics.median(times) for name, times in taken.items()}


def calls(functions, slow):
    """Pair every function with a way to time it and the size of its batch."""
    batches = {name: 1 if any(s in name for s in slow) else 20 for name in functions}
    return {name: lambda n, f=f: timed(f, n) for name, f in functions.items()}, batches


def node_peers(folder):
    """Install and start the Node programs; {} where npm is not there."""
    import methods  # noqa: PLC0415

    modules = folder / "node"
    modules.mkdir()
    command = ["npm", "install", "--no-audit", "--no-fund", "--silent", "docxtemplater", "pizzip", "carbone"]
    subprocess.run(command, cwd=modules, check=True)
    return {kind: methods.Peer(kind, folder, modules / "node_modules") for kind in ("docxtemplater", "carbone")}


def cold(folder, rounds):
    """From the start of a process to the report on disk: a plain script, make, and Python itself.

    As installed, all have their byte code on disk: Python writes it in the first round, which is not counted.
    """
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    script = folder / "naive.py"
    script.write_text(COLD_NAIVE, encoding="utf-8")
    made = folder / "cold"
    commands = {
        "a plain script of openpyxl and docxtpl": [sys.executable, str(script), str(folder)],
        "nianbao make (all checks, proof)": [
            sys.executable, "-m", "nianbao", "make", str(folder / "clean.xlsx"), "-o", str(made),
        ],
        "python -c pass": [sys.executable, "-c", "pass"],
    }  # fmt: skip

    commands["all of these modules but our own"] = [sys.executable, "-c", _foreign(commands)]

    def once(command):
        return lambda n: timed(lambda: subprocess.run(command, capture_output=True, check=True, env=environment), n)

    subprocess.run(commands["nianbao make (all checks, proof)"], check=True, capture_output=True, env=environment)
    assert list(made.glob("*.docx")), "a report is made, not refused"
    table("Cold: one report", {n: once(c) for n, c in commands.items()}, rounds, dict.fromkeys(commands, 1))


def _foreign(commands):
    """Return a program that loads what make loads of Python's library and of lxml, and does nothing: make's floor."""
    code = (
        "import sys; sys.argv = sys.argv[1:]\nfrom nianbao.cli import main\nmain()\n"
        "print('#', *(n for n, m in sys.modules.items() if getattr(getattr(m, '__spec__', None), 'name', '') == n))"
    )
    command = [sys.executable, "-c", code, *commands["nianbao make (all checks, proof)"][2:]]
    told = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    loaded = told.rpartition("#")[2].split()
    return "\n".join(f"import {m}" for m in loaded if not m.startswith(("nianbao", "__main__", "_distutils", "runpy")))


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--rounds", type=int, default=15)
    options.add_argument("--node", action="store_true")
    options.add_argument("--bodies", type=int, nargs="*", default=[20, 1500])
    asked = options.parse_args()
    # Here, so that the processes for many bodies, which load this file again, do not load all that is compared.
    import material  # noqa: PLC0415
    import methods  # noqa: PLC0415

    print(f"Python {platform.python_version()}, {platform.platform()}, {os.cpu_count()} cores")
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        m = material.prepare(folder)
        todo, batches = calls(methods.documents(m), ("docxtpl", "python-docx"))
        peers = node_peers(folder) if asked.node else {}
        for kind, peer in peers.items():
            name = f"{kind}, straight"
            todo[name], batches[name] = (lambda n, p=peer: p.milliseconds(n) / n), 2
        table("Warm: one document", todo, asked.rounds, batches)
        for peer in peers.values():
            peer.close()
        table("Warm: reading one workbook", *_with_rounds(methods.readers(m), ("openpyxl", "thorough"), asked.rounds))
        table("Warm: a whole body", *_with_rounds(methods.bodies(m), ("openpyxl",), asked.rounds))
        cold(folder, asked.rounds)
        if asked.bodies:
            many(folder, asked.bodies)


def _with_rounds(functions, slow, rounds):
    todo, batches = calls(functions, slow)
    return todo, rounds, batches


def many(folder, counts):
    """Print throughput and memory for each number of bodies."""
    import scale  # noqa: PLC0415

    source, made = folder / "in", folder / "out"
    source.mkdir()
    made.mkdir()
    paths = scale.inputs(source)
    print("\nWhole bodies (read, A-rules, render, atomic write) on 2 processes")
    for count in counts:
        seconds, peak, growth = scale.run(paths, made, count)
        print(
            f"{count:7} bodies {seconds:8.1f} s {count / seconds:8.0f} a second,"
            f" peak {peak:5.1f} MB a worker, {growth:+5.1f} MB after its first chunk"
        )


if __name__ == "__main__":
    main()
