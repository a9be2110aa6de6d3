"""Everything that is said of the speed, measured in one run: `python tests/performance/run.py`, some five minutes.

`--only document,cold` chooses sections, `--rounds N` how often each comparison is made, `--node` installs docxtemplater
and Carbone by npm into a temporary folder and compares them too. `--county N`, `--bodies N …` (the nation: 38700) say
how many. `--against CHECKOUT` also measures another checkout of this project in turn: cold, body, county, similarity.
Processor time is printed first: other load on the machine lengthens the clock's. docs/performance.md has one run.
"""

import argparse
import os
import platform
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

HERE = Path(__file__).resolve().parent
OWN = HERE.parents[1]
sys.path[:0] = [str(HERE), str(HERE.parent), str(OWN / "automation")]
os.environ["PYTHONPATH"] = str(OWN / "automation")  # also for the programs that are started


@dataclass
class Run:
    """What the sections need: a folder, the material in it, how many rounds, the checkouts by what is said of them."""

    folder: Path
    material: object
    rounds: int
    checkouts: dict[str, Path]
    node: bool = False
    own: Path = OWN

    @property
    def batch(self):
        """How often what takes a few milliseconds is done in a round."""
        return 20 if self.rounds > 1 else 1

    @property
    def last(self):
        """What is said of the checkout that the others are compared with."""
        return list(self.checkouts)[-1]


def document(run):
    """One document: docxtpl, python-docx, peers of Node, ours, the floor."""
    import methods  # noqa: PLC0415 - here, so that the processes for many bodies do not load what is compared
    import timing  # noqa: PLC0415

    todo = {n: timing.here(f) for n, f in methods.documents(run.material).items()}
    batches = {n: 1 if "docx" in n else run.batch for n in todo}
    peers = node_peers(run.folder) if run.node else {}
    for kind, peer in peers.items():
        todo[f"{kind}, straight"], batches[f"{kind}, straight"] = peer.measure, 2
    timing.table("Warm: one document", todo, run.rounds, batches)
    for peer in peers.values():
        peer.close()


def node_peers(folder):
    """Install and start the Node programs."""
    import timing  # noqa: PLC0415

    modules = folder / "node"
    modules.mkdir()
    command = ["npm", "install", "--no-audit", "--no-fund", "--silent", "docxtemplater", "pizzip", "carbone"]
    subprocess.run(command, cwd=modules, check=True)
    started = ["node", HERE / "peers.js"]
    return {k: timing.Other([*started, k, folder, modules / "node_modules"]) for k in ("docxtemplater", "carbone")}


def reading(run):
    """Reading one workbook: openpyxl and our two readers."""
    import methods  # noqa: PLC0415
    import timing  # noqa: PLC0415

    todo = {n: timing.here(f) for n, f in methods.readers(run.material).items()}
    timing.table("Warm: reading one workbook", todo, run.rounds, {"ours, quick reader": run.batch})


def body(run):
    """A whole body, from its workbook to its report on disk, step by step; and as `make` does it, of each checkout."""
    import methods  # noqa: PLC0415
    import timing  # noqa: PLC0415

    todo = {n: timing.here(f) for n, f in methods.bodies(run.material).items()}
    others = {}
    for label, checkout in run.checkouts.items():
        out = run.folder / f"warm{label}"
        command = [sys.executable, HERE / "warm.py", run.folder / "clean.xlsx", out]
        others[f"make (all rules, proof, all it writes){label}"] = timing.Other(command, timing.environment(checkout))
    todo |= {name: other.measure for name, other in others.items()}
    timing.table("Warm: a whole body", todo, run.rounds, {n: 1 if "openpyxl" in n else run.batch for n in todo})
    for other in others.values():
        other.close()


def nation(run, counts=(1500,)):
    """Whole bodies with all rules and proof on two processes: seconds, memory."""
    import scale  # noqa: PLC0415

    source, made = run.folder / "in", run.folder / "out"
    source.mkdir()
    made.mkdir()
    paths = scale.inputs(source, max(counts))
    print("\nThe nation: whole bodies (read, all rules, render, proof, atomic write) on 2 processes")
    for count in counts:
        seconds, cpu, peak, growth = scale.run(paths, made, count)
        print(
            f"{count:7} bodies {seconds:8.1f} s ({cpu:8.1f} s processor) {count / seconds:6.0f} a second,"
            f" peak {peak:5.1f} MB a worker, {growth:+5.1f} MB after its first chunk",
            flush=True,
        )


def sections(asked):
    """The sections by name, in the order in which they are printed."""
    import clicks  # noqa: PLC0415
    import counties  # noqa: PLC0415
    import rosters  # noqa: PLC0415
    import starts  # noqa: PLC0415

    return {
        "document": document,
        "reading": reading,
        "body": body,
        "json": lambda run: starts.reports_of_json(run, asked.json),
        "cold": starts.cold,
        "roster": lambda run: rosters.main(asked.roster, min(run.rounds, asked.roster)),
        "click": lambda run: clicks.main(run.rounds, "check", "make"),
        "county": lambda run: counties.county(run, asked.county),
        "similarity": lambda run: counties.similarity(run, *asked.alike),
        "nation": lambda run: nation(run, asked.bodies),
    }


def options(given=None):
    asked = argparse.ArgumentParser()
    asked.add_argument("--only", type=lambda s: s.split(","), default=[])
    asked.add_argument("--rounds", type=int, default=7)
    asked.add_argument("--node", action="store_true")
    asked.add_argument("--against", type=Path)
    asked.add_argument("--bodies", type=int, nargs="*", default=[1500])
    asked.add_argument("--county", type=int, default=200)
    asked.add_argument("--json", type=int, default=300)
    asked.add_argument("--roster", type=int, default=30)
    asked.add_argument("--alike", type=int, nargs=2, default=[300, 3000])
    return asked.parse_args(given)


def main(given=None):
    asked = options(given)
    known = sections(asked)
    assert set(asked.only) <= set(known), f"the sections are {', '.join(known)}"
    import material  # noqa: PLC0415

    checkouts = {"": OWN} | ({f", {asked.against.name}": asked.against.resolve()} if asked.against else {})
    for checkout in checkouts.values():  # as it is installed
        subprocess.run([sys.executable, "-m", "compileall", "-q", str(checkout / "automation")], check=True)
    machine = f"Python {platform.python_version()}, {platform.platform()}, {os.cpu_count()} cores"
    print(f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC, {machine}, load {os.getloadavg()[0]:.1f}")
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        run = Run(folder, material.prepare(folder), asked.rounds, checkouts, asked.node)
        for name, section in known.items():
            if not asked.only or name in asked.only:
                section(run)


if __name__ == "__main__":
    main()
