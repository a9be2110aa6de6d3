"""What workers may meet: tasks that hang, crash, fail, tell, and one that does nothing."""

import os
import tempfile
import time
from pathlib import Path

from nianbao.errors import InputError


def echo(job, tell):
    for n in range(3):
        tell(n, 3, "数")
    return job


def hang(_job, tell):
    tell(1, 2, "等")
    time.sleep(600)


def crash(_job, _tell):
    os._exit(3)


def refuse(job, _tell):
    raise InputError(f"不行：{job}。")


def lose_the_disk(_job, _tell):
    raise OSError(28, "No space left on device")


def stumble(_job, _tell):
    raise ZeroDivisionError("a bug")


def start_another(_job, _tell):
    """Start a process that outlives its parent, and wait."""
    import subprocess  # noqa: PLC0415
    import sys  # noqa: PLC0415

    other = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
    return other.pid


def press(click, _tell):
    """Stand in for what attaches to an Excel: the workbook's name says what comes of it."""
    with Path(click.path or os.devnull).open("a", encoding="utf-8") as file:
        file.write(f"{click}\n")
    if click.book == "crash":
        os._exit(3)
    if click.book == "slow":
        time.sleep(3)
    if click.book == "refused":
        raise InputError("不行")
    return [str(click)] if click.book != "nothing" else []


def opened(path):
    """Stand in for what opens a document: tell which."""
    return f"打开 {path} @{os.getpid()}"


def where(_job, _tell):
    """Return where what is kept for a moment lies."""
    return tempfile.gettempdir()
