"""Wheels unpacked as an installer without pip does it: whether one fits, and which file goes where."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from pathlib import Path

from nianbao.errors import InputError
from nianbao.ooxml import zips

_WHEEL = re.compile(r"[^-]+-[^-]+(?:-[^-]+)?-([^-]+)-([^-]+)-([^-]+)\.whl")


@dataclass(frozen=True)
class System:
    """What wheels are unpacked for: what it is called, and which platform tags fit it beside `any`."""

    name: str
    platform: re.Pattern[str]


def unpacked(name: str, data: bytes, minor: int, system: System) -> dict[str, bytes]:
    """Return a wheel's files by their place under site-packages; scripts are left out.

    `minor` is 11 for Python 3.11. Raises InputError when the wheel doesn't fit.
    """
    match = _WHEEL.fullmatch(name)
    if match is None or not _fits(match[1], match[2], match[3], minor, system):
        raise InputError(f"“{name}”不能用于{system.name} 的 Python 3.{minor}")
    files = {}
    with zips.opened(io.BytesIO(data)) as wheel:
        for info in wheel.infolist():
            place = _place(info.filename)
            if place and not info.is_dir():
                files[place] = wheel.read(info)
    return files


def _fits(pythons: str, abi: str, platforms: str, minor: int, system: System) -> bool:
    if not any(tag == "any" or system.platform.fullmatch(tag) for tag in platforms.split(".")):
        return False
    versions = [int(t[3:]) for t in pythons.split(".") if t.startswith("cp3") and t[3:].isdecimal()]
    stable = abi == "abi3" and any(v <= minor for v in versions)
    return "py3" in pythons.split(".") or stable or minor in versions


def _place(name: str) -> str:
    """Return where a wheel's file goes under site-packages; '' for scripts and headers, and for what leaves it."""
    parts = name.split("/")
    if ".." in parts or name.startswith("/"):
        return ""
    if parts[0].endswith(".data"):
        return "/".join(parts[2:]) if parts[1] in ("purelib", "platlib") else ""
    return name


def wheels_in(folder: Path) -> dict[str, bytes]:
    """Return the wheels of a folder by name. Raises InputError when there is none."""
    found = {p.name: p.read_bytes() for p in sorted(folder.glob("*.whl"))}
    if not found:
        raise InputError(f"“{folder}”里没有 .whl 文件")
    return found
