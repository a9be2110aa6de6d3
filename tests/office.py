"""The tests' own tools for office files: LibreOffice, poppler, Microsoft's validator, comparing part by part.

Where a tool is missing the test is skipped on a developer's machine; with CI set it fails, since the
test command installs every tool.
"""

import atexit
import contextlib
import html
import io
import os
import re
import shutil
import signal
import subprocess
import tempfile
import time
import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[2] / "shared"
_WORD = re.compile(r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">([^<]*)</word>')
NODE = Path(__file__).parent / "node" / "node_modules" / ".bin" / "ooxml-validator"


def need(found: object, what: str) -> None:
    """Skip the test when a tool is missing; on CI fail instead."""
    if found:
        return
    if os.environ.get("CI"):
        pytest.fail(f"{what} is missing, and on CI nothing may be skipped")
    pytest.skip(f"{what} is not installed")


def convert(path: Path, to: str, folder: Path) -> Path:
    """Open a file in LibreOffice (its own folder), let it recalculate, save it as `to`; return the result."""
    return convert_all([path], to, folder)[0]


def convert_all(paths: Sequence[Path], to: str, folder: Path) -> list[Path]:
    """Do the same with several files in one start."""
    soffice = shutil.which("soffice")
    need(soffice, "LibreOffice")
    folder.mkdir(parents=True, exist_ok=True)
    kept = _kept(str(soffice))
    told = [*kept.command, "--convert-to", to, "--outdir", str(folder), *map(str, paths)]
    try:
        subprocess.run(told, check=True, capture_output=True, timeout=180)
    except subprocess.TimeoutExpired:
        kept.end()
        raise
    return [folder / f"{p.stem}.{to.split(':', maxsplit=1)[0]}" for p in paths]


class _Office:
    """A LibreOffice that stays: it does what a second start with its folder is told, which saves that one its start.

    It would end with the last document that is closed; one of its own stays open.
    """

    def __init__(self, soffice: str) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="office-"))
        self.command = [soffice, f"-env:UserInstallation={self.folder.as_uri()}/profile", "--headless"]
        blank, name = self.folder / "blank.txt", self.folder.name
        blank.write_text("", encoding="utf-8")
        self.process = subprocess.Popen(
            [*self.command, "--norestore", "--nologo", f"--accept=pipe,name={name};urp;", str(blank)],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, process_group=0,
        )  # fmt: skip
        atexit.register(self.end)
        pipe = Path(tempfile.gettempdir(), f"OSL_PIPE_{os.getuid()}_{name}")
        until = time.monotonic() + 60
        while not pipe.exists() and self.process.poll() is None and time.monotonic() < until:
            time.sleep(0.05)

    def end(self) -> None:
        """End it with what it started."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)


_offices: dict[str | None, _Office] = {}


def _kept(soffice: str) -> _Office:
    """The LibreOffice of this process of tests, another one for other fonts; a new one where it has ended."""
    fonts = os.environ.get("FONTCONFIG_FILE")
    if fonts not in _offices or _offices[fonts].process.poll() is not None:
        _offices[fonts] = _Office(soffice)
    return _offices[fonts]


def pdf_text(pdf: Path, page: int | None = None) -> str:
    """The text of a PDF (or of one page, counted from 1) in its layout."""
    need(shutil.which("pdftotext"), "poppler")
    pages = [] if page is None else ["-f", str(page), "-l", str(page)]
    done = subprocess.run(["pdftotext", "-layout", *pages, str(pdf), "-"], check=True, capture_output=True)
    return done.stdout.decode("utf-8")


def pdf_pages(pdf: Path) -> int:
    """Count the pages of a PDF."""
    done = subprocess.run(["pdfinfo", str(pdf)], check=True, capture_output=True)
    found = re.search(rb"Pages:\s+(\d+)", done.stdout)
    assert found
    return int(found[1])


def words(pdf: Path, page: int) -> list[tuple[float, float, float, float, str]]:
    """Every word on a page of a PDF with its box in points: left, top, right, bottom."""
    need(shutil.which("pdftotext"), "poppler")
    command = ["pdftotext", "-bbox", "-f", str(page), "-l", str(page), str(pdf), "-"]
    found = _WORD.findall(subprocess.run(command, check=True, capture_output=True).stdout.decode("utf-8"))
    return [(float(a), float(b), float(c), float(d), html.unescape(text)) for a, b, c, d, text in found]


def pictures(pdf: Path, folder: Path, dpi: int = 60) -> list[Path]:
    """Render every page of a PDF as PNG."""
    need(shutil.which("pdftoppm"), "poppler")
    folder.mkdir(parents=True, exist_ok=True)
    subprocess.run(["pdftoppm", "-r", str(dpi), "-png", str(pdf), str(folder / pdf.stem)], check=True)
    return sorted(folder.glob(f"{pdf.stem}*.png"))


def validate(path: Path) -> str:
    """What Microsoft's Open XML SDK validator says of a file; '' when it accepts it."""
    need(NODE.exists(), "the Open XML validator")
    done = subprocess.run([str(NODE), str(path)], capture_output=True, text=True, timeout=120, check=False)
    return "" if done.returncode == 0 else done.stdout + done.stderr


def parts(data: bytes | Path) -> dict[str, bytes]:
    """The parts of an office file by name, for comparing part by part."""
    source = io.BytesIO(data) if isinstance(data, bytes) else data
    with zipfile.ZipFile(source) as package:
        return {name: package.read(name) for name in package.namelist()}
