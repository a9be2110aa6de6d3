"""Messages in windows and opening files, by the programs that Linux desktops bring along; nothing of ours is drawn."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Sequence
from pathlib import Path

from nianbao import programs
from nianbao.state import home

SAID = "提示.txt"
"""Where a message is written, to be opened as a text, on a desktop without a program that shows one."""

_NO_DISPLAY = re.compile(rb"(?i)display|wayland|platform plugin")
"""What a program says that failed because it found no screen."""


def show(text: str, title: str, *, wrong: bool) -> bool:
    """Show a message and wait until it is closed; tell whether something showed it."""
    return any(_shows([found, *words]) for found, words in _ways(text, title, wrong=wrong)) or _as_text(text)


def _ways(text: str, title: str, *, wrong: bool) -> list[tuple[str, list[str]]]:
    """Return the programs there are, each with the words that make it show the text as it stands."""
    zenity = ["--error" if wrong else "--info", "--no-markup", "--width=480", f"--title={title}", f"--text={text}"]
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace("\n", "<br>")  # kdialog takes rich text
    ways = {
        "zenity": zenity,
        "kdialog": ["--title", title, "--error" if wrong else "--msgbox", f"<qt>{escaped}</qt>"],
        "xmessage": ["-center", "-title", title, text],
    }
    return [(found, words) for name, words in ways.items() if (found := programs.find(name))]


def _as_text(text: str) -> bool:
    path = home() / SAID
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text + "\n", encoding="utf-8")
    except OSError:
        return False
    return open_file(path)


def open_file(path: Path) -> bool:
    """Open a file with the program the user has for it; tell whether there is one."""
    opener = programs.find("xdg-open", "gio")
    if not opener:
        return False
    words = ["open", str(path.resolve())] if Path(opener).name == "gio" else [str(path.resolve())]
    return _ran([opener, *words])


def _shows(command: Sequence[str]) -> bool:
    """Run a program that shows a message; how the user closed it, its exit code tells, is all the same."""
    done = _done(command)
    return done is not None and not (done.returncode and _NO_DISPLAY.search(done.stderr))


def _ran(command: Sequence[str]) -> bool:
    done = _done(command)
    return done is not None and done.returncode == 0


def _done(command: Sequence[str]) -> subprocess.CompletedProcess[bytes] | None:
    """Run a program to its end, its own talk aside; None where it does not start."""
    nothing = subprocess.DEVNULL
    try:
        return subprocess.run(command, check=False, stdin=nothing, stdout=nothing, stderr=subprocess.PIPE)  # noqa: S603 - found by its whole path, no shell
    except OSError:
        return None
