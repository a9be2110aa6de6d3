"""Mutation testing: `python tests/mutation.py [--modules WORD …] [--sample N] [--seed S]`.

Changes the rules, the readers and the rollup in small ways (mutmut's), one at a time, runs the tests that call the
changed function, and prints how many changes some test notices: by module, in all, and which nobody noticed.
Without --sample every mutant is tried: hours. Needs `pip install -e '.[test,excel,proof]'`.
See docs/developers/proof.md.
"""

import argparse
import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
sys.path.insert(0, str(HERE))

from proving import mutants as making  # noqa: E402
from proving import tally  # noqa: E402
from proving.tally import Mutant  # noqa: E402

TESTS = ("checks", "notice", "workbook", "published", "county", "test_numbers.py", "test_report_json.py",
         "test_verify.py", "test_own_edition.py")  # fmt: skip
LEFT_OUT = tuple(f"county/test_{n}.py" for n in ("batch", "cluster", "column", "prefill", "resume", "runners", "soak",
                                                 "store"))  # fmt: skip
"""Whole runs in several processes: slow, and what they call others call too."""


def main() -> int:
    options = _options()
    os.chdir(ROOT)  # where mutmut looks for its settings
    folder = Path(options.folder).resolve()
    all_mutants = making.prepare(folder, options.modules)
    chosen = tally.sample(all_mutants, options.sample, options.seed)
    if options.only:
        chosen = [m for m in chosen if any(w in f"{m.name} {m.file}:{m.function}" for w in options.only)]
    results = _tried(folder, chosen, options)
    tally.show(all_mutants, chosen, results, options)
    return 1 if tally.unexplained(chosen, results) else 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--modules", nargs="+", default=[], help="only files with one of these words in their path")
    parser.add_argument("--only", nargs="+", default=[], help="of those, only what has one of these in file:function")
    parser.add_argument("--sample", type=int, default=0, help="how many, spread over the modules; 0 is all")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--tests", nargs="+", default=TESTS, help="below tests/; all that are used when left out")
    parser.add_argument("--cap", type=float, default=8, help="seconds of tests tried on one mutant")
    parser.add_argument("--slowest", type=float, default=10, help="tests that take longer are left out")
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--keep-killed", action="store_true", help="believe earlier runs' kills; try only the rest")
    parser.add_argument("--folder", default=str(ROOT / "out" / "mutation"), help="where the mutated copy is kept")
    return parser.parse_args()


def _tried(folder: Path, chosen: list[Mutant], options: argparse.Namespace) -> dict[str, dict]:
    """Run the mutants and return what became of each, by name."""
    out, fresh = folder / "results.jsonl", folder / "fresh.jsonl"
    digests = {m.name: m.digest for m in chosen}
    before = _lines(out) + [{"digest": digests.get(r["name"], ""), **r} for r in _lines(fresh)]  # of a run cut short
    kept = {}
    if options.keep_killed:
        killed = [r for r in before if r["verdict"] != "survived"]
        kept = {r["name"]: r for r in killed if digests.get(r["name"]) == r["digest"]}
        print(f"{len(kept)} kills are believed from earlier runs.")
    asked = [m for m in chosen if m.name not in kept]
    _write(out, {r["name"]: r for r in before})
    fresh.unlink(missing_ok=True)
    job = {
        "mutants": [{"name": m.name, "called": m.called} for m in asked],
        "told": _known(folder), "learned": str(folder / "learned.json"), "out": str(fresh),
        "cap": options.cap, "slowest": options.slowest, "workers": options.workers,
    }  # fmt: skip
    (folder / "job.json").write_text(json.dumps(job, ensure_ascii=False), encoding="utf-8")
    path = os.pathsep.join(str(folder / p) for p in ("automation", "tests", "docs"))
    command = [
        sys.executable, "-X", "utf8", "-m", "pytest", "-q", "-s", "-p", "proving.running", "-p", "no:xdist",
        "-p", "no:cacheprovider", "-p", "no:pytest_cov", "--no-header", "--no-summary",
        *(f"tests/{t}" for t in options.tests), *(f"--ignore=tests/{t}" for t in LEFT_OUT),
    ]  # fmt: skip
    environment = {"PYTHONPATH": path, "PROVING_JOB": str(folder / "job.json"), "PYTHONDONTWRITEBYTECODE": "1"}
    code = subprocess.run(command, cwd=folder, env=os.environ | environment, check=False).returncode
    if not fresh.exists():
        raise SystemExit(f"pytest in {folder} ended with {code} before any mutant was tried")
    new = {r["name"]: {**r, "digest": digests[r["name"]]} for r in _lines(fresh)}
    _write(out, {r["name"]: r for r in before} | new)
    fresh.unlink()  # or the next run would take these for what a run cut short has left
    return kept | new


def _write(path: Path, results: dict[str, dict]) -> None:
    path.write_text("".join(json.dumps(r, ensure_ascii=False) + "\n" for r in results.values()), encoding="utf-8")


def _lines(path: Path) -> list[dict]:
    return list(map(json.loads, path.read_text(encoding="utf-8").splitlines())) if path.exists() else []


def _known(folder: Path) -> dict[str, dict]:
    """Return what earlier runs learned of the tests, where neither they nor anything they use has changed since."""
    own = {p.relative_to(ROOT).as_posix(): _digest([p]) for p in sorted(HERE.rglob("test_*.py"))}
    rest = [p for w in ("automation/nianbao", "templates", "tests/cases") for p in sorted((ROOT / w).rglob("*"))]
    helpers = [p for p in sorted(HERE.rglob("*.py")) if not p.name.startswith("test_") and "proving" not in p.parts]
    rest += [p for p in helpers if p.name not in ("mutation.py", "covered.py")]
    state = {"rest": _digest([p for p in rest if p.is_file() and "__pycache__" not in p.parts]), "own": own}
    kept = folder / "state.json"
    before = json.loads(kept.read_text(encoding="utf-8")) if kept.exists() else {"rest": "", "own": {}}
    kept.write_text(json.dumps(state), encoding="utf-8")
    learned = folder / "learned.json"
    if before["rest"] != state["rest"]:
        return {}
    told = json.loads(learned.read_text(encoding="utf-8")) if learned.exists() else {}
    told |= dict(_lines(learned.with_suffix(".part")))  # of a run cut short
    return {n: t for n, t in told.items() if (f := n.partition("::")[0]) in own and own[f] == before["own"].get(f)}


def _digest(paths: list[Path]) -> str:
    return hashlib.sha256(b"".join(p.read_bytes() for p in paths)).hexdigest()[:16]


if __name__ == "__main__":
    sys.exit(main())
