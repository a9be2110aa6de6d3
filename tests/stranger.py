"""A stranger's path, timed: `python tests/stranger.py [pytest arguments]`.

In a fresh clone of what is committed, without anything installed: the README's first two commands (the second with the
arguments given, by default tests/docs), then the ten-minute tutorial, every command as printed, every cell typed in.
"""

import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
_STEP = re.compile(
    r"^```sh\n(?P<run>.*?)\n```$|^\| (?P<sheet>\S+) \| (?P<cell>[A-Z]+\d+) \| [^|]+ \| (?P<typed>[^|]+) \|$",
    re.MULTILINE | re.DOTALL,
)
_TYPE = """
import sys, openpyxl
path, sheet, cell, text = sys.argv[1:]
book = openpyxl.load_workbook(path)
book[sheet][cell].value = int(text) if text.isdecimal() else text
book.save(path)
"""
BOOK = "永平镇2023.xlsx"
WRONG = f"check {BOOK}"
"""The one command of the tutorial that is meant to find something."""


def timed(command: str, clone: Path, expected: int = 0) -> float:
    """Run a command in the clone and print how long it took; stop where the exit code is another one."""
    clean = {k: v for k, v in os.environ.items() if k not in ("PYTHONPATH", "VIRTUAL_ENV", "CI")}
    clean |= {"NIANBAO_CACHE": str(clone.parent / "cache"), "PYTHONUTF8": "1"}
    start = time.monotonic()
    done = subprocess.run(command, shell=True, cwd=clone, env=clean, capture_output=True, text=True, check=False)
    took = time.monotonic() - start
    print(f"{took:7.1f} s  {command}", flush=True)
    if done.returncode != expected:
        raise SystemExit(f"exit {done.returncode}, not {expected}\n{done.stdout[-3000:]}\n{done.stderr[-3000:]}")
    return took


def main(arguments: list[str]) -> None:
    """Walk the path; print each command's time and the sums."""
    with tempfile.TemporaryDirectory(prefix="stranger-") as scratch:
        clone = Path(scratch) / "nianbao"
        subprocess.run(["git", "clone", "--quiet", "--no-local", str(ROOT), str(clone)], check=True)
        readme = (clone / "README.md").read_text(encoding="utf-8")
        first, second = re.findall(r"^```sh\n(.*?)\n```$", readme, re.MULTILINE | re.DOTALL)[:2]
        took = timed(first, clone) + timed(f"{second} {' '.join(arguments) or 'tests/docs'}", clone)
        print(f"{took:7.1f} s  the README's two commands")
        took = 0.0
        for step in _STEP.finditer((clone / "docs" / "start.md").read_text(encoding="utf-8")):
            if step["run"]:
                took += timed(step["run"], clone, 1 if step["run"].endswith(WRONG) else 0)
            else:
                python = clone / ".venv" / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
                typed = [BOOK, step["sheet"], step["cell"], step["typed"].strip()]
                subprocess.run([str(python), "-X", "utf8", "-c", _TYPE, *typed], cwd=clone, check=True)
        made = sorted(p.name for p in (clone / "报告").iterdir())
        print(f"{took:7.1f} s  the ten-minute tutorial; made {'、'.join(made)}")


if __name__ == "__main__":
    main(sys.argv[1:])
