"""Assembling the package: Python as given, wheels unpacked into it, scripts, forms, sums; same input, same archive."""

from __future__ import annotations

import gzip
import hashlib
import io
import re
import tarfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from nianbao.excel.release import blank_forms, wheels
from nianbao.excel.release.wheels import System
from release.linux import needs, python
from release.linux.needs import OLDEST, NeedError, Needs, Version
from release.linux.python import File, Python

README, SUMS = "使用说明.txt", "SHA256.txt"
PROGRAM = "program"
SCRIPTS = {"install.sh": "install.sh", "uninstall.sh": "uninstall.sh"}
OF_A_VERSION = {"launch": "launch.sh", "nianbao": "nianbao.sh", "uninstall.sh": "uninstall.sh"}
"""The scripts in the folder of a version, by what they are called there."""

TEXTS = Path(__file__).parent / "texts"
COMPRESSION = 6
_LONG_AGO = 315532800
"""1 January 1980, as in the zip for Windows."""


@dataclass(frozen=True)
class Made:
    """The finished package: its bytes, size unpacked, number of files, what its compiled files need by name."""

    name: str
    data: bytes
    unpacked: int
    files: int
    needs: Mapping[str, Needs]


def assemble(base: Python, packed: Mapping[str, bytes], version: str, oldest: Mapping[str, Version] = OLDEST) -> Made:
    """Return the package. Raises InputError for a wheel that does not fit, NeedError for what would not run there."""
    folder = f"nianbao-{version}-linux-{base.machine}"
    files = {f"{PROGRAM}/{name}": file for name, file in base.files.items()}
    files |= {f"{PROGRAM}/{name}": File(data) for name, data in _site(base, packed).items()}
    compiled = {name: n for name, f in files.items() if (n := needs.of(f.data)) is not None}
    refused = needs.refusals(compiled, base.machine, oldest)
    if refused:
        raise NeedError("\n".join(refused))
    size = sum(len(f.data) for f in files.values())
    told = {
        "VERSION": version,
        "MACHINE": base.machine,
        "GLIBC": needs.told(needs.newest(compiled)) or "2.0",
        "SIZE": str(size // 1024 + 20_480),
        "MB": f"{size / 2**20:.0f}",
    }
    files |= {f"{PROGRAM}/{name}": File(_text(text, told), runs=True) for name, text in OF_A_VERSION.items()}
    files |= {name: File(_text(text, told), runs=True) for name, text in SCRIPTS.items()}
    files[README] = File(_text("readme.txt", told))
    files |= {name: File(data) for name, data in blank_forms.blank(version).items()}
    sums = "".join(f"{hashlib.sha256(f.data).hexdigest()}  {n}\n" for n, f in sorted(files.items()) if not f.link)
    files[SUMS] = File(sums.encode())
    return Made(folder, _packed(folder, files), sum(len(f.data) for f in files.values()), len(files), compiled)


def _site(base: Python, packed: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the wheels' files by their place beside Python."""
    system = System(f"{base.machine} 的 Linux", re.compile(rf"(manylinux\w*|linux)_{base.machine}"))
    site = f"{python.ROOT}/lib/python3.{base.minor}/site-packages"
    return {
        f"{site}/{place}": content
        for name, data in sorted(packed.items())
        for place, content in wheels.unpacked(name, data, base.minor, system).items()
    }


def _text(name: str, told: Mapping[str, str]) -> bytes:
    text = (TEXTS / name).read_text(encoding="utf-8")
    return re.sub(r"@(\w+)@", lambda m: told[m[1]], text).encode("utf-8")


def _packed(folder: str, files: Mapping[str, File]) -> bytes:
    out = io.BytesIO()
    with (
        gzip.GzipFile(fileobj=out, mode="wb", compresslevel=COMPRESSION, mtime=_LONG_AGO) as zipped,
        tarfile.open(fileobj=zipped, mode="w", format=tarfile.GNU_FORMAT) as package,
    ):
        for name, file in sorted(files.items()):
            info = tarfile.TarInfo(f"{folder}/{name}")
            info.mtime, info.mode = _LONG_AGO, 0o755 if file.runs else 0o644
            if file.link:
                info.type, info.linkname, info.mode = tarfile.SYMTYPE, file.link, 0o777
            info.size = len(file.data)
            package.addfile(info, io.BytesIO(file.data))
    return out.getvalue()
