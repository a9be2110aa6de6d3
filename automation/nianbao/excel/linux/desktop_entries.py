"""Desktop entries (.desktop) as freedesktop.org's Desktop Entry Specification 1.5 writes them: text in, bytes out.

Its chapter "The Exec key" quotes twice: a word for the command line, then the line as the value of a key.
"""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

OURS = "X-Nianbao-Icon=true"
"""The line by which one of our entries is known: whatever lacks it is the user's own."""

_RESERVED = re.compile(r"""[\s"'\\><~|&;$*?#()`]""")
_INSIDE = re.compile(r'(["`$\\])')
_ESCAPES = str.maketrans({"\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"})


@dataclass(frozen=True)
class DesktopEntry:
    """One icon: what it is called, what the mouse shows, the command line, which types of files it is offered for."""

    name: str
    comment: str
    command: str
    types: Sequence[str] = ()
    more: Sequence[str] = ()

    def text(self) -> bytes:
        """Return the entry as a file."""
        lines = [
            "[Desktop Entry]",
            "Type=Application",
            "Version=1.0",
            f"Name={value(self.name)}",
            f"Comment={value(self.comment)}",
            f"Exec={value(self.command)}",
            "Icon=nianbao",
            "Terminal=false",
            "Categories=Office;",
            *([f"MimeType={''.join(f'{t};' for t in self.types)}"] if self.types else []),
            *self.more,
            OURS,
        ]
        return ("\n".join(lines) + "\n").encode("utf-8")


def value(text: str) -> str:
    """Return a text as the value of a key; a leading blank would be lost."""
    escaped = text.translate(_ESCAPES)
    return f"\\s{escaped[1:]}" if escaped.startswith(" ") else escaped


def word(text: str) -> str:
    """Return one word of a command line as Exec takes it."""
    quoted = '"' + _INSIDE.sub(r"\\\1", text) + '"' if not text or _RESERVED.search(text) else text
    return quoted.replace("%", "%%")


def command(program: Path, home: Path, *words: str) -> str:
    """Return the command line that starts a program with words, a field code such as %F among them.

    A path that Exec cannot hold (not in UTF-8 on the disk, with = in it, or with %, of which GLib looks for the wrong
    file) is left to a shell, from the home folder. Raises ValueError where it lies elsewhere.
    """
    path = str(program)
    rest = [w if re.fullmatch("%[fFuU]", w) else word(w) for w in words]
    if not set("=%") & set(path) and os.fsencode(path) == _utf8(path):
        return " ".join([word(path), *rest])
    below = program.relative_to(home).as_posix() if home in program.parents else ""
    if not re.fullmatch(r"[\w./-]+", below, re.ASCII):
        raise ValueError(f"no command line can hold {path!r}")
    script = f'exec "$HOME/{below}" "$@"'
    return " ".join(["sh", "-c", word(script), program.name, *rest])


def _utf8(path: str) -> bytes:
    """Return a path in UTF-8; nothing where it holds bytes that are no letters."""
    try:
        return path.encode("utf-8")
    except UnicodeEncodeError:
        return b""
