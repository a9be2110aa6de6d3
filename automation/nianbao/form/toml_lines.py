"""On which line of a TOML file each key stands. tomllib does not say; only the shape of lines is looked at here."""

from __future__ import annotations

import re
from collections.abc import Mapping

from nianbao.form.faults import Path

_HEADER = re.compile(r"\s*(\[\[?)\s*([^\[\]]+?)\s*\]\]?\s*(?:#.*)?$")
_KEY = re.compile(r"""\s*((?:[\w-]+|"[^"]*"|'[^']*')(?:\s*\.\s*(?:[\w-]+|"[^"]*"|'[^']*'))*)\s*=(.*)$""")
_QUOTED = re.compile(r'"(?:\\.|[^"\\])*"|\'[^\']*\'|#.*')
_LONG = ('"""', "'''")


def index(text: str) -> Mapping[Path, int]:
    """Map the paths of a file's tables and keys to their lines, counted from 1."""
    found: dict[Path, int] = {}
    counts: dict[Path, int] = {}
    here: Path = ()
    depth, quote = 0, ""
    for number, line in enumerate(text.splitlines(), 1):
        if quote:
            quote = "" if quote in line else quote
            continue
        if depth > 0:
            depth += _opened(line)
            continue
        header, key = _HEADER.match(line), _KEY.match(line)
        if header:
            here = _resolved(_parts(header[2]), counts, many=header[1] == "[[")
            found.setdefault(here, number)
        elif key:
            found.setdefault((*here, *_parts(key[1])), number)
            quote = next((q for q in _LONG if key[2].count(q) % 2), "")
            depth = 0 if quote else max(0, _opened(key[2]))
    return found


def line_of(path: Path, lines: Mapping[Path, int]) -> int:
    """Return the line of a path, or of the nearest thing around it; 0 where nothing of it is in the file."""
    while path:
        if path in lines:
            return lines[path]
        path = path[:-1]
    return 0


def _parts(name: str) -> tuple[str, ...]:
    return tuple(p.strip().strip("\"'") for p in name.split("."))


def _resolved(parts: tuple[str, ...], counts: dict[Path, int], *, many: bool) -> Path:
    here: Path = ()
    for i, part in enumerate(parts):
        here = (*here, part)
        if many and i == len(parts) - 1:
            counts[here] = counts.get(here, 0) + 1
        if here in counts:
            here = (*here, counts[here] - 1)
    return here


def _opened(line: str) -> int:
    """Count the brackets a line opens and does not close."""
    bare = _QUOTED.sub("", line)
    return sum(bare.count(c) for c in "[{") - sum(bare.count(c) for c in "]}")
