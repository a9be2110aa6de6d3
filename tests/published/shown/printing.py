"""Many Word documents printed by LibreOffice in one start; what it can't lay out in time is left out."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

import office

START, EACH = 40, 10
"""Seconds for a start of LibreOffice, and for each document."""

MEMORY = 6_000_000
"""Kilobytes of address space for it: a document that it lays out for ever once took 22 GB, and the machine with it."""


def printed(paths: Sequence[Path], folder: Path) -> list[Path | None]:
    """The PDF of each; None of those that LibreOffice lays out for ever, as some of its tables make it."""
    if not paths:
        return []
    pdfs = [folder / f"{p.stem}.pdf" for p in paths]
    for pdf in pdfs:
        pdf.unlink(missing_ok=True)
    if not _run(paths, folder):
        if len(paths) == 1:
            return [None]
        half = len(paths) // 2
        return [*printed(paths[:half], folder), *printed(paths[half:], folder)]
    return [pdf if pdf.exists() else None for pdf in pdfs]


def _run(paths: Sequence[Path], folder: Path) -> bool:
    """Tell whether LibreOffice came to an end; all its processes end when it does not."""
    soffice = shutil.which("soffice")
    office.need(soffice, "LibreOffice")
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        limited = ["/bin/sh", "-c", 'ulimit -v "$0" && exec "$@"', str(MEMORY)]
        command = [*limited, str(soffice), f"-env:UserInstallation=file://{profile}", "--headless"]
        with subprocess.Popen(
            [*command, "--convert-to", "pdf", "--outdir", str(folder), *map(str, paths)],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
        ) as started:  # fmt: skip
            try:
                return started.wait(START + EACH * len(paths)) == 0
            except subprocess.TimeoutExpired:
                os.killpg(started.pid, signal.SIGKILL)
                return False
