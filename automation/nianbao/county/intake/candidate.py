"""A delivered file that may be a form or a report: where it is, and its bytes."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from nianbao import files
from nianbao.county.intake import containers, sums_from_below
from nianbao.county.intake.containers import Chain, content
from nianbao.county.model import Source
from nianbao.errors import InputError
from nianbao.oserrors import why


@dataclass(frozen=True)
class Candidate:
    """A file that may be a form or a report: where it is, and where in the containers (archive, mail) it lies in."""

    path: str
    shown: str
    member: str = ""
    chain: Chain = ()

    @property
    def name(self) -> str:
        """The file's own name, as its sender gave it, without folders."""
        return (self.member or self.shown).rpartition("/")[2]

    def source(self, sha256: str = "") -> Source:
        """Return the candidate as the desk shows it."""
        return Source(self.shown, self.member, sha256)


def begins(one: Candidate) -> bool:
    """Tell whether a file is the data of a run's results, by how it begins."""
    try:
        return sums_from_below.begins(load(one)[: sums_from_below.HEAD] if one.chain else _head(Path(one.path)))
    except (InputError, OSError):
        return False


def _head(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(sums_from_below.HEAD)


def load(candidate: Candidate) -> bytes:
    """Return the bytes of a candidate. Raises InputError when it can't be read or is too large."""
    path, name = Path(candidate.path), candidate.name
    try:
        return content(path, candidate.chain) if candidate.chain else files.read(path, containers.MAX_FILE)
    except files.TooLargeError as e:
        raise InputError(f"“{name}”太大，不是标准填报表") from e
    except InputError as e:
        raise InputError(f"“{name}”{e}") from e
    except OSError as e:
        raise InputError(f"“{name}”打不开（{why(e)}），请关闭正在使用它的程序后再试") from e
