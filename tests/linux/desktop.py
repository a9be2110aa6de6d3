"""A desktop as the specifications describe it, read independently of the program: entries, their command lines."""

import os
import re
import subprocess
from pathlib import Path

_ESCAPES = {"s": " ", "n": "\n", "t": "\t", "r": "\r", "\\": "\\"}


def keys(entry: Path) -> dict[str, str]:
    """The keys of a .desktop, with the escapes of values undone ("Possible value types" of the specification)."""
    lines = entry.read_bytes().decode("utf-8").split("\n")
    assert lines[0] == "[Desktop Entry]"
    found = dict(line.split("=", 1) for line in lines[1:] if "=" in line)
    return {k: re.sub(r"\\(.)", lambda m: _ESCAPES[m[1]], v) for k, v in found.items()}


def words(line: str, files: list[str]) -> list[str]:
    """The words of a command line ("The Exec key"): double quotes, a backslash before " ` $ \\, field codes."""
    found, i = [], 0
    while i < len(line):
        if line[i] == " ":
            i += 1
            continue
        word, quoted = "", line[i] == '"'
        i += quoted
        while i < len(line) and line[i] != ('"' if quoted else " "):
            if quoted and line[i] == "\\":
                i += 1
                assert line[i] in '"`$\\'
            else:
                assert not quoted or line[i] not in "`$"
                assert quoted or line[i] not in "\t\n\"'\\><~|&;$*?#()`"
            word += line[i]
            i += 1
        i += quoted
        found += files if word in ("%F", "%f", "%U", "%u") else [word.replace("%%", "%")]
    return found


def launched(entry: Path, *files: object, **more) -> subprocess.CompletedProcess:
    """Start what an icon starts, with files dropped on it, and wait for its end."""
    command = words(keys(entry)["Exec"], [str(f) for f in files])
    return subprocess.run(command, capture_output=True, text=True, check=False, **more)


def below(folder: Path) -> dict[str, bytes]:
    """Every file and link below a folder by name: contents, or where the link leads."""
    found = {p.relative_to(folder).as_posix(): p for p in folder.rglob("*") if p.is_file() or p.is_symlink()}
    return {n: os.fsencode(p.readlink()) if p.is_symlink() else p.read_bytes() for n, p in found.items()}
