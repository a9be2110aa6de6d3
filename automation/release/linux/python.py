"""The relocatable Python of a package: python-build-standalone's `install_only`, or one of its layout."""

from __future__ import annotations

import hashlib
import io
import posixpath
import re
import tarfile
from collections.abc import Mapping
from dataclasses import dataclass

from release.linux import needs

ROOT, PROGRAM = "python", "python/bin/python3"
LEFT_OUT = re.compile(
    r"python/(include|share|lib/pkgconfig|lib/(tcl|tk|itcl|thread)[\d.]+.*|lib/lib(tcl|tk)[^/]*|lib/[^/]*\.a"
    r"|bin/(?!python3(\.\d+)?$)[^/]*"
    r"|lib/python3\.\d+/(test|idlelib|tkinter|turtledemo|lib2to3|ensurepip|pydoc_data|config-[^/]*|site-packages"
    r"|lib-dynload/(_tkinter|_test|_ctypes_test|xxlimited|xxsubtype)[^/]*))(/|$)|.*/__pycache__(/|$)"
)
"""What no part of the program uses: headers, tests, Tk, pip."""


class PythonError(Exception):
    """The archive is not the one asked for, or holds no Python that can be moved."""


@dataclass(frozen=True)
class File:
    """One file: its bytes, or where the link leads; whether it is a program."""

    data: bytes = b""
    link: str = ""
    runs: bool = False


@dataclass(frozen=True)
class Python:
    """What an archive holds: files by name, 11 for Python 3.11, the machine as `uname -m` calls it."""

    files: Mapping[str, File]
    minor: int
    machine: str


def opened(archive: bytes, sha256: str) -> Python:
    """Return what an archive holds but for what nobody uses. Raises PythonError."""
    found = hashlib.sha256(archive).hexdigest()
    if found != sha256.lower():
        raise PythonError(f"this Python is not the one asked for: {found} instead of {sha256.lower()}")
    files = _files(archive)
    runs = _followed(files, PROGRAM)
    needed = needs.of(runs.data) if runs else None
    minors = {int(m[1]) for name in files if (m := re.match(r"python/lib/python3\.(\d+)/os\.py$", name))}
    if needed is None or len(minors) != 1:
        raise PythonError(
            f"no {PROGRAM} with one library beside it: an archive of the kind `install_only` is asked for"
        )
    return Python(files, minors.pop(), needed.machine)


def _files(archive: bytes) -> dict[str, File]:
    files = {}
    try:
        with tarfile.open(fileobj=io.BytesIO(archive)) as package:
            for member in package:
                name = posixpath.normpath(member.name)
                if not name.startswith(f"{ROOT}/") or LEFT_OUT.match(name) or member.isdir():
                    continue
                if member.issym():
                    files[name] = File(link=_inside(name, member.linkname))
                    continue
                held = package.extractfile(member)
                if held is None:
                    raise PythonError(f"{name} is neither a file nor a link")
                files[name] = File(held.read(), runs=bool(member.mode & 0o100))
    except (tarfile.TarError, EOFError, OSError) as e:
        raise PythonError(f"the archive of Python cannot be read: {e}") from e
    return {n: f for n, f in files.items() if not f.link or _followed(files, n)}


def _inside(name: str, link: str) -> str:
    """Return where a link leads, from the root of the archive. Raises PythonError when it leads outside."""
    target = posixpath.normpath(posixpath.join(posixpath.dirname(name), link))
    if link.startswith("/") or not target.startswith(f"{ROOT}/"):
        raise PythonError(f"{name} leads outside the archive")
    return link


def _followed(files: Mapping[str, File], name: str) -> File | None:
    """Return the file a name stands for, through links; None when there is none."""
    for _ in range(8):
        file = files.get(name)
        if file is None or not file.link:
            return file
        name = posixpath.normpath(posixpath.join(posixpath.dirname(name), file.link))
    return None
