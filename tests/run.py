"""Set everything up in a fresh clone and pass all tests: `python3 tests/run.py [--quick] [pytest arguments]`.

Installs what the tests need (by apt on Debian as root LibreOffice, fonts, poppler, Chromium, Java, Wine, patchelf and
the tools of a desktop; by npm the Open XML validator, W3C's Nu HTML checker, axe-core, TypeScript and the types of WPS
objects), then runs the linters, the type checker, the layer contract and pytest.
Elsewhere missing tools are named and the tests that need them are skipped; with CI set nothing is skipped.

With --quick only what follows every change: every rule, the readers by their parts, the document, without any tool.
"""

import os
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "automation"))

import start  # noqa: E402
from windows import places  # noqa: E402

OFFICE = ("libreoffice-writer", "libreoffice-calc", "python3-uno", "poppler-utils", "fonts-noto-cjk",
          "fonts-arphic-ukai", "fonts-arphic-uming", "fonts-cwtex-fs")  # fmt: skip
UNO = Path("/usr/lib/python3/dist-packages/uno.py")
BROWSER = ("chromium", "chromium-driver", "fonts-noto-cjk")
DESKTOP = {"patchelf": "patchelf", "strip": "binutils", "gio": "libglib2.0-bin",
           "desktop-file-validate": "desktop-file-utils"}  # fmt: skip
JAVA = "default-jre-headless"
MODULES = (".bin/ooxml-validator", "axe-core", "vnu-jar", ".bin/tsc", "et-jsapi-declare")
NODE = ROOT / "tests" / "node"

QUICK = {
    "checks": "",
    "notice": "",
    "form": "add_table editions editions_check general_rules ref",
    "register": "counting doubtful_files reading",
    "workbook": "addresses cures package_checks quick_book quick_parts read_parts reader_words thorough",
    "published": "body_facts column_headings drawn edition_choice encoding expected fees figure_text glyph_lines "
    "html_parts label_choice pdf_parts plain_text published_file read read_figures read_texts rows ruling sections "
    "split_rows table_search told word_parts word_tables word_text wording",
    "document": "check_sheet fit prose readback render signature title_lines verdict_counts",
    "docs": "map",
    ".": "dates files numbers oserrors patterns pipeline quick_run report_json unicodes",
}
"""Folders below tests/ and their files, all of them where none is named."""
NOT_QUICK = ("checks/test_verdict_table.py", "checks/text/test_bench.py")
TOOLS = ("office", "browser", "nu", "validator", "soak")
"""The marks of tests that need a tool, or minutes."""


def quick() -> list[str]:
    """What pytest is told to run only what is quick."""
    paths = [
        f"tests/{folder}/test_{name}.py" if name else f"tests/{folder}"
        for folder, names in QUICK.items()
        for name in names.split() or [""]
    ]
    without = [f"--ignore=tests/{path}" for path in NOT_QUICK]
    return [*paths, *without, "-m", " and ".join(f"not {mark}" for mark in TOOLS)]


def has(*programs: str) -> bool:
    """Tell whether these programs are installed."""
    return all(map(shutil.which, programs))


def tools() -> None:
    """Install the office tools, the browser and what npm has where they are missing and can be installed."""
    wanted = (
        (UNO.exists() and has("soffice", "pdftotext", "pdftoppm"), OFFICE,
         "没有 LibreOffice、python3-uno 或 poppler，需要它们的测试将跳过。"),
        (has("chromium", "chromedriver"), BROWSER, "没有 Chromium，需要它的测试将跳过。"),
        (has("java"), (JAVA,), "没有 Java，需要网页检查器的测试将跳过。"),
        (has(*places.TOOLS), places.PACKAGES, "没有 Wine 或与它相配的工具，在 Windows 的 Python 上运行的测试将跳过。"),
        (has(*DESKTOP), tuple(DESKTOP.values()), "没有 patchelf 或桌面的工具，Linux 安装包的测试将跳过。"),
        (has("npm"), ("nodejs", "npm"), "没有 npm，需要 Open XML 校验器、axe 和 TypeScript 的测试将跳过。"),
    )  # fmt: skip
    missing = [(packages, without) for there, packages, without in wanted if not there]
    if missing and not start.apt(*dict.fromkeys(p for packages, _ in missing for p in packages)):
        for packages, without in missing:  # one that is not to be had must not take the others along
            if not start.apt(*packages):
                start.say(without)
    modules = NODE / "node_modules"
    if has("npm") and not all((modules / m).exists() for m in MODULES):
        npm = [str(shutil.which("npm")), "install", "--no-package-lock", "--no-audit", "--no-fund", "--silent"]
        subprocess.run(npm, cwd=NODE, check=False)


def main() -> int:
    """Set up and run every check; return the first failing one's exit code."""
    given = [a for a in sys.argv[1:] if a != "--quick"]
    is_quick = len(given) < len(sys.argv[1:])
    start.make_environment("[test,excel]")
    python = [str(start.PYTHON), "-X", "utf8", "-m"]
    linters = [
        [*python, "ruff", "check", "."],
        [*python, "ruff", "format", "--check", "."],
        [*python, "mypy"],
        [str(start.PYTHON.with_name("lint-imports"))],
    ]
    workers = str(min(4, (os.cpu_count() or 1) + 1))  # one more: many tests wait for another program
    tests = [*python, "pytest", "-n", workers, "--dist", "loadgroup"]
    if is_quick:
        return run([*linters, [*tests, *quick(), *given]])
    with ThreadPoolExecutor(1) as beside:  # the linters need none of the tools
        installed = beside.submit(tools)
        code = run(linters)
        installed.result()
    return code or run([[*tests, *given]])


def environment() -> dict[str, str]:
    """Return ours, in which Python keeps what it compiled, or every process that a test starts would do it anew."""
    return {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}


def run(steps: list[list[str]]) -> int:
    """Run one after the other; return the first failing one's exit code."""
    for step in steps:
        start.say("→ " + " ".join(Path(step[0]).name if i == 0 else s for i, s in enumerate(step)))
        code = subprocess.run(step, cwd=ROOT, env=environment(), check=False).returncode
        if code:
            return code
    return 0


if __name__ == "__main__":
    sys.exit(main())
