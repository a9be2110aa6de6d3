"""Keeping a compiled template on disk, as plain data: JSON, and the compressed parts after it."""

from __future__ import annotations

import json
import sys
from hashlib import sha256
from pathlib import Path
from typing import Any

from nianbao import __version__, caches
from nianbao.document.program import ReadyPart
from nianbao.ooxml import archive

KIND = "template"
_FORMAT = 1
_COMPILERS = ("docxtpl", "jinja2", "lxml", "python_docx")

Kept = tuple[archive.Fixed, dict[str, ReadyPart], str, bool]
"""The fixed parts, the filled ones, the name of the data part, whether there are properties to write."""


def key(template: bytes, words: bytes) -> str:
    """Return the name under which a template is kept: from its bytes, the words it may use, all that compiled it."""
    versions = f"{_FORMAT} {__version__} {sys.version_info[:2]} {_versions()}"
    return sha256(b"\0".join((versions.encode(), *_own_code(), words, template))).hexdigest()[:32]


def load(name: str) -> Kept | None:
    """Return what is kept under this name; None when there is nothing sound."""
    raw = caches.load(KIND, name)
    if raw is None:
        return None
    head, _, blob = raw.partition(b"\n")
    try:
        told = json.loads(head)
        entries = []
        for part, method, checksum, size, length in told["fixed"]:
            entries.append(archive.ZipEntry(part.encode(), method, checksum, size, blob[:length]))
            blob = blob[length:]
        pages = {n: ReadyPart(program, hollow) for n, (program, hollow) in told["filled"].items()}
        return archive.fixed(entries), pages, told["data"], told["properties"]
    except (ValueError, KeyError, TypeError, IndexError):
        return None


def save(name: str, kept: Kept) -> None:
    """Keep a compiled template under this name, if it can be kept."""
    fixed, pages, data, properties = kept
    told: dict[str, Any] = {
        "fixed": [(e.name.decode(), e.method, e.checksum, e.size, len(e.data)) for e in fixed.entries],
        "filled": {n: (p.program, p.hollow) for n, p in pages.items()},
        "data": data,
        "properties": properties,
    }
    head = json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()
    caches.save(KIND, name, head + b"\n" + b"".join(e.data for e in fixed.entries))


def _own_code() -> list[bytes]:
    """Return the code that compiles: whoever works from a checkout changes it without a new version."""
    here = [Path(__file__).with_name(name) for name in ("compiling.py", "cutting.py", "sandbox.py", "program.py")]
    below = [Path(archive.__file__).with_name(name) for name in ("archive.py", "trees.py")]
    return [path.read_bytes() for path in (*here, *below)]


def _versions() -> str:
    """Return the installed versions of what compiles, from the names of their folders: importing them takes longer."""
    found = set()
    for place in dict.fromkeys(sys.path):
        try:
            names = [p.name for p in Path(place or ".").iterdir() if p.name.endswith(".dist-info")]
        except OSError:
            continue
        found |= {n for n in names if n.lower().replace("-", "_").startswith(tuple(f"{c}_" for c in _COMPILERS))}
    return " ".join(sorted(found))
