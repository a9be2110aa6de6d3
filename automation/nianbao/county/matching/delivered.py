"""A delivered file and whose it is: the values that matching works with."""

from __future__ import annotations

import os
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from nianbao.county.intake.candidate import Candidate
from nianbao.county.intake.examined import Examined
from nianbao.county.intake.sums_from_below import at_hand
from nianbao.county.model import Member, Source, Status, Stray

COUNTY_LEVEL = "county"


@dataclass(frozen=True)
class Delivered:
    """One file and the few words of it that matter here. `kind` names what it is where it can be no form (邮件)."""

    candidate: Candidate
    examined: Examined
    kind: str = ""

    @property
    def source(self) -> Source:
        """The file as the desk shows it."""
        return self.candidate.source(self.examined.sha256)

    def beside(self, said: str, start: Path) -> str:
        """Return the path from a folder to a file beside this one (data of results); '' where it isn't at hand there.

        With forward slashes; on another drive the whole path.
        """
        if self.candidate.chain:
            return ""
        found = at_hand(Path(self.candidate.path).parent, said)
        if found is None:
            return ""
        try:
            return Path(os.path.relpath(os.path.realpath(found), os.path.realpath(start))).as_posix()
        except ValueError:
            return found.resolve().as_uri()


class Whose(Enum):
    """How certain it is whose a file is.

    ASKED: its name is a body's, but something contradicts. FOREIGN: the county does. GUESSED: its name is no body's.
    """

    OURS = "ours"
    ASKED = "asked"
    FOREIGN = "foreign"
    GUESSED = "guessed"
    UNKNOWN = "unknown"
    REFUSED = "refused"


@dataclass(frozen=True)
class Answer:
    """Whose a file is: `places` in the roster, the likeliest first, one when OURS; `why` is a sentence for the officer.

    `settled` tells that the officer said so; REFUSED is what only the officer can say: it counts for nobody.
    """

    whose: Whose
    places: tuple[int, ...] = ()
    why: str = ""
    settled: bool = False


@dataclass(frozen=True)
class Matched:
    """One body and its files; `counts` is the one that counts. `status` is RECEIVED when there is one.

    `versions` are the forms that differ where none counts for that. `results` are those its figures are from, where
    they came with it.
    """

    id: str
    member: Member
    status: Status
    files: tuple[Delivered, ...] = ()
    counts: Delivered | None = None
    note: str = ""
    versions: tuple[Delivered, ...] = ()
    results: Delivered | None = None


@dataclass(frozen=True)
class Match:
    """All bodies, the files that count for none, and reports of the whole county found among them."""

    bodies: tuple[Matched, ...]
    strays: tuple[Stray, ...]
    county_reports: tuple[Delivered, ...] = ()
