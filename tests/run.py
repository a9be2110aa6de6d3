"""Set everything up in a fresh clone and pass all tests: `python3 tests/run.py [pytest arguments]`.

Installs what the tests need (by apt on Debian as root LibreOffice, fonts, poppler, Chromium, Java, Wine, patchelf and
the tools of a desktop; by npm the Open XML validator, W3C's Nu HTML checker, axe-core, TypeScript and the types of WPS
objects), then runs the linters, the type checker, the layer contract and pytest.
Elsewhere missing tools are named and the tests that need them are skipped; with CI set nothing is skipped.
"""

import os
import shutil
import subprocess
import sys
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


def tools() -> None:
    """Install the office tools, the browser and what npm has where they are missing and can be installed."""
    found = UNO.exists() and all(map(shutil.which, ("soffice", "pdftotext", "pdftoppm")))
    if not found and not start.apt(*OFFICE):
        start.say("没有 LibreOffice、python3-uno 或 poppler，需要它们的测试将跳过。")
    if not all(map(shutil.which, ("chromium", "chromedriver"))) and not start.apt(*BROWSER):
        start.say("没有 Chromium，需要它的测试将跳过。")
    if not shutil.which("java") and not start.apt(JAVA):
        start.say("没有 Java，需要网页检查器的测试将跳过。")
    if not all(map(shutil.which, places.TOOLS)) and not start.apt(*places.PACKAGES):
        start.say("没有 Wine 或与它相配的工具，在 Windows 的 Python 上运行的测试将跳过。")
    if not all(map(shutil.which, DESKTOP)) and not start.apt(*DESKTOP.values()):
        start.say("没有 patchelf 或桌面的工具，Linux 安装包的测试将跳过。")
    if not shutil.which("npm"):
        start.apt("nodejs", "npm")
    modules = NODE / "node_modules"
    if shutil.which("npm") and not all((modules / m).exists() for m in MODULES):
        npm = [str(shutil.which("npm")), "install", "--no-package-lock", "--no-audit", "--no-fund", "--silent"]
        subprocess.run(npm, cwd=NODE, check=False)


def main() -> int:
    """Set up and run every check; return the first failing one's exit code."""
    start.make_environment("[test,excel]")
    tools()
    python = [str(start.PYTHON), "-X", "utf8", "-m"]
    scripts = start.PYTHON.parent
    workers = str(min(4, (os.cpu_count() or 1) + 1))  # one more: many tests wait for another program
    steps = [
        [*python, "ruff", "check", "."],
        [*python, "ruff", "format", "--check", "."],
        [*python, "mypy"],
        [str(scripts / "lint-imports")],
        [*python, "pytest", "-n", workers, "--dist", "loadgroup", *sys.argv[1:]],
    ]
    for step in steps:
        start.say("→ " + " ".join(Path(step[0]).name if i == 0 else s for i, s in enumerate(step)))
        code = subprocess.run(step, cwd=ROOT, check=False).returncode
        if code:
            return code
    return 0


if __name__ == "__main__":
    sys.exit(main())
