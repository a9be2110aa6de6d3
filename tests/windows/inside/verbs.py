"""Verbs and launchers in this very process: what they say, without the seconds a new Python takes to start."""

import io
import os
import sys
from pathlib import Path

from nianbao.cli import main


def run(arguments, folder=None):
    """Run a verb; return its exit code and what it printed."""
    before, here = (sys.stdout, sys.stderr), Path.cwd()
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8", errors="backslashreplace") for _ in range(2))
    sys.stdout, sys.stderr = out, err
    try:
        if folder:
            os.chdir(folder)
        code = main(arguments)
    except SystemExit as e:
        code = e.code
    finally:
        sys.stdout, sys.stderr = before
        os.chdir(here)
    said = []
    for stream in (out, err):
        stream.flush()
        said.append(stream.buffer.getvalue().decode("utf-8", "backslashreplace").replace("\r\n", "\n"))
    return {"code": code, "out": said[0], "err": said[1], "boxes": []}


def launched(arguments):
    """Do what a launcher does with these arguments."""
    import boxes  # noqa: PLC0415 - on Windows alone

    from nianbao.excel import launch  # noqa: PLC0415 - only some tests need it

    before = sys.excepthook
    try:
        code, said = boxes.shown_by(launch.main, arguments)
    finally:
        sys.excepthook = before
    return {"code": code, "out": "", "err": "", "boxes": said}
