"""Branch coverage: `python tests/covered.py [--append | --report] [pytest arguments]`.

Runs the tests with every process they start watched, prints how much of the package was run, and each line that was
not, by the reason given for it in tests/proving/uncovered.toml. Fails below 95 %, where a line has no reason, and where
a reason has no line any more. Without arguments all tests; --append adds to what was run before, --report counts it
again. Needs `pip install -e '.[test,excel,proof]'`.
"""

import json
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
sys.path.insert(0, str(HERE))

import run as testing  # noqa: E402
from proving import followed, lines  # noqa: E402

FOLDER = ROOT / "out" / "coverage"
SETTINGS = f"""
[run]
branch = true
source_pkgs = nianbao
parallel = true
concurrency = multiprocessing, thread
patch = subprocess, _exit
sigterm = true
data_file = {FOLDER / "data"}

[paths]
package =
    automation/nianbao
    */site-packages/nianbao

[report]
exclude_lines = if TYPE_CHECKING:

[json]
output = {FOLDER / "lines.json"}
"""


def main() -> int:
    arguments = [a for a in sys.argv[1:] if a not in ("--append", "--report")]
    settings = FOLDER / "settings"
    coverage = [sys.executable, "-X", "utf8", "-m", "coverage"]
    failed = 0
    if "--report" not in sys.argv:
        if "--append" not in sys.argv:
            shutil.rmtree(FOLDER, ignore_errors=True)
        FOLDER.mkdir(parents=True, exist_ok=True)
        settings.write_text(SETTINGS, encoding="utf-8")
        environment = testing.environment() | {"PYTHONPATH": str(ROOT / "automation")}
        run = [*coverage, "run", f"--rcfile={settings}", "-m", "pytest", "-q", "-p", "no:cacheprovider", *arguments]
        with followed.everywhere():
            failed = subprocess.run(run, cwd=ROOT, env=environment, check=False).returncode
        combine = [*coverage, "combine", "-q", "--append", f"--rcfile={settings}"]
        subprocess.run(combine, cwd=ROOT, check=True)
    subprocess.run([*coverage, "json", "-q", f"--rcfile={settings}"], cwd=ROOT, check=True)
    told = json.loads((FOLDER / "lines.json").read_text(encoding="utf-8"))
    return lines.show(told, ROOT) or failed


if __name__ == "__main__":
    sys.exit(main())
