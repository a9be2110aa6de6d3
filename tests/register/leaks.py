"""Searching produced files for what must not be in them: bytes, parts of packages, texts cut into runs, PDF."""

import html
import io
import re
import zipfile
from pathlib import Path

import office

ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be", "gb18030")


def found_in(folder: Path, words) -> list[str]:
    """Every place below a folder where one of the words stands, as file: word."""
    leaks = []
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        leaks += [f"{path.relative_to(folder)}: {w}" for w in words if w in path.name]
        leaks += _in_bytes(str(path.relative_to(folder)), path.read_bytes(), words)
        if path.suffix == ".pdf":
            leaks += [f"{path}: {w}" for w in words if w in re.sub(r"\s", "", office.pdf_text(path))]
    return leaks


def _in_bytes(name: str, data: bytes, words) -> list[str]:
    leaks = [f"{name}: {w}" for w in words if any(w.encode(e) in data for e in ENCODINGS)]
    leaks += [f"{name}: {w} (escaped)" for w in words if w.encode("unicode_escape") in data]
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            for item in package.infolist():
                leaks += [f"{name}/{item.filename}: {w}" for w in words if w in item.filename]
                leaks += _in_bytes(f"{name}/{item.filename}", package.read(item), words)
    elif data.lstrip(b"\xef\xbb\xbf \r\n").startswith(b"<"):
        raw = data.decode("utf-8", "replace")
        whole, pieces = (re.sub(r"\s", "", html.unescape(t)) for t in (raw, re.sub(r"<[^>]*>", "", raw)))
        leaks += [f"{name}: {w} (in pieces)" for w in words if w in whole or w in pieces]
    return sorted(set(leaks))
