"""What compiled files need of a system, read from the files themselves, never from their names."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from elftools.common.exceptions import ELFError
from elftools.elf.dynamic import DynamicSection
from elftools.elf.elffile import ELFFile
from elftools.elf.gnuversions import GNUVerNeedSection

Version = tuple[int, ...]

MACHINES = {"EM_X86_64": "x86_64", "EM_AARCH64": "aarch64", "EM_LOONGARCH": "loongarch64"}
"""The systems by the name `uname -m` has for them."""

OLDEST: Mapping[str, Version] = {"GLIBC": (2, 28), "GLIBCXX": (3, 4, 25), "CXXABI": (1, 3, 11), "GCC": (8, 0, 0)}
"""The symbols of the oldest system served: UOS V20 is Debian 10's glibc 2.28 and GCC 8; 麒麟 V10 SP1 has 2.31."""

OF_THE_SYSTEM = re.compile(
    r"(lib(c|m|pthread|dl|rt|util|crypt|resolv)\.so\.\d+|ld-linux-[\w-]+\.so\.\d|libgcc_s\.so\.1|libstdc\+\+\.so\.6)"
)
"""The libraries that every desktop has; any other must come with the package."""


class NeedError(Exception):
    """A compiled file needs what the systems we serve do not have."""


@dataclass(frozen=True)
class Needs:
    """What one file needs: of which machine, libraries by name, the newest of each kind of symbol of the system's."""

    machine: str
    libraries: tuple[str, ...] = ()
    symbols: Mapping[str, Version] = field(default_factory=dict)


def of(data: bytes) -> Needs | None:
    """Return what a file needs, None when it is not compiled. Raises NeedError for a broken one."""
    if not data.startswith(b"\x7fELF"):
        return None
    try:
        elf = ELFFile(io.BytesIO(data))
        libraries: list[str] = []
        symbols: dict[str, Version] = {}
        for section in elf.iter_sections():
            if isinstance(section, DynamicSection):
                libraries += [tag.needed for tag in section.iter_tags("DT_NEEDED")]
            if isinstance(section, GNUVerNeedSection):
                for library, versions in section.iter_versions():
                    if OF_THE_SYSTEM.fullmatch(library.name):
                        _note(symbols, [v.name for v in versions])
        return Needs(MACHINES.get(elf["e_machine"], str(elf["e_machine"])), tuple(libraries), symbols)
    except (ELFError, ValueError, KeyError) as e:
        raise NeedError(f"a compiled file cannot be read: {e}") from e


def _note(symbols: dict[str, Version], names: list[str]) -> None:
    """Keep the newest version of each kind; GLIBC_PRIVATE and the like have none and count as newer than any."""
    for name in names:
        kind, _, number = name.rpartition("_")
        version = tuple(map(int, number.split("."))) if re.fullmatch(r"\d+(\.\d+)*", number) else (9999,)
        symbols[kind] = max(symbols.get(kind, ()), version)


def refusals(files: Mapping[str, Needs], machine: str, oldest: Mapping[str, Version] = OLDEST) -> list[str]:
    """Return why files would not run on every system served, one sentence each; none when they would."""
    brought = {name.rpartition("/")[2] for name in files}
    found = []
    for name, needs in sorted(files.items()):
        if needs.machine != machine:
            found.append(f"{name} is for {needs.machine}, not {machine}")
        for kind, version in sorted(needs.symbols.items()):
            if kind not in oldest or version > oldest[kind]:
                allowed = f"at most {kind}_{told(oldest[kind])}" if kind in oldest else "none of its kind"
                found.append(f"{name} needs {kind}_{told(version)}, {allowed} may be needed")
        lacking = [x for x in needs.libraries if x not in brought and not OF_THE_SYSTEM.fullmatch(x)]
        found += [f"{name} needs {library}, which is neither in the package nor in every system" for library in lacking]
    return found


def newest(files: Mapping[str, Needs], kind: str = "GLIBC") -> Version:
    """Return the newest version of a kind of symbol that any of the files needs; () when none does."""
    return max((n.symbols.get(kind, ()) for n in files.values()), default=())


def told(version: Version) -> str:
    """Return a version as it is written."""
    return ".".join(map(str, version))
