"""Who has to send, what came from them and where each stands, as frozen values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from nianbao.findings import Finding
from nianbao.report import Report
from nianbao.unicodes import quotation
from nianbao.verdicts import Verdict


class Status(StrEnum):
    """Where a body, or a file nobody owns, stands."""

    DONE = "done"
    UNEXPLAINED = "unexplained"
    WRONG = "wrong"
    RECEIVED = "received"
    MISSING = "missing"
    DOUBLED = "doubled"
    WRONG_YEAR = "wrong_year"
    UNREADABLE = "unreadable"
    UNKNOWN = "unknown"
    ASKED = "asked"
    OTHER = "other"

    @property
    def label(self) -> str:
        """The Chinese word shown to users."""
        return _STATUS_LABELS[self]


_STATUS_LABELS = {
    Status.DONE: "完成",
    Status.UNEXPLAINED: "待说明",
    Status.WRONG: "有错",
    Status.RECEIVED: "收到",
    Status.MISSING: "缺",
    Status.DOUBLED: "重复",
    Status.WRONG_YEAR: "年度不符",
    Status.UNREADABLE: "读不出",
    Status.UNKNOWN: "不在名册",
    Status.ASKED: "待确认",
    Status.OTHER: "其他文件",
}


@dataclass(frozen=True)
class Member:
    """One body: a line of the roster, or what a file says of itself where there is none (`row` is 0 then).

    `deadline` is an ISO date or ''. `contact` and `phone` are for reminding and are published nowhere. `code` is its
    统一社会信用代码 or the county's own; `county` and `city` tell namesakes apart; `parent` is the body above it.
    """

    name: str
    short: str = ""
    level: str = ""
    contact: str = ""
    phone: str = ""
    former: tuple[str, ...] = ()
    edition: str = ""
    deadline: str = ""
    row: int = 0
    county: str = ""
    code: str = ""
    city: str = ""
    parent: str = ""

    @property
    def shown(self) -> str:
        """The short name where there is one."""
        return self.short or self.name


@dataclass(frozen=True)
class Source:
    """One delivered file: its path below the folder searched, the name inside a zip attachment, its SHA-256."""

    path: str
    member: str = ""
    sha256: str = ""

    @property
    def mark(self) -> str:
        """What the file is known by to the officer's word: its content; its place where nobody read it."""
        return self.sha256 or self.place

    @property
    def quoted(self) -> str:
        """The file as quoted within a sentence: “附件.zip 中的‘永平镇.xlsx’”."""
        return quotation(self.place)

    @property
    def place(self) -> str:
        """The file as shown to users: 附件.zip 中的“永平镇.xlsx”."""
        return f"{self.path} 中的“{self.member}”" if self.member else self.path


@dataclass(frozen=True)
class Difference:
    """A place in which forms of one body differ, and what each says there, in words."""

    where: str
    said: tuple[str, ...]


@dataclass(frozen=True)
class Versions:
    """Different forms of one body: the files, which is newer in words, where they differ (`more` are not listed)."""

    sources: tuple[Source, ...]
    newer: str
    differences: tuple[Difference, ...]
    more: int = 0


@dataclass(frozen=True)
class BodyState:
    """One body: what came from it, how it was judged, what was made of it.

    `id` is unique in the desk and safe as a file name and an HTML id. `sources` has more than one file when the body
    delivered several; `report` is there when exactly one counts. `findings` are its own and the county's about it.
    `verdicts` are those on every rule that applies to its report, () without one. `files` maps `docx`, `json`,
    `annotated`, `slip` to paths below the output folder, with forward slashes. `versions` are its forms where it has
    several that differ. `results` are the results it has added up itself where its figures are theirs: `state` is
    "determined" or "open", `counts` which of both counts, "results" or a "form" of the same figures, `page` and
    `detail` are paths from the output folder where these are at hand.
    """

    id: str
    member: Member
    status: Status
    note: str = ""
    sources: tuple[Source, ...] = ()
    report: Report | None = None
    last_year: Report | None = None
    findings: tuple[Finding, ...] = ()
    files: Mapping[str, str] = field(default_factory=dict)
    verdicts: tuple[Verdict, ...] = ()
    versions: Versions | None = None
    results: Mapping[str, str] = field(default_factory=dict)

    @property
    def written(self) -> bool:
        """Tell whether its report is one to make documents of: what was only added up elsewhere has no texts."""
        return self.report is not None and self.results.get("counts") != "results"


@dataclass(frozen=True)
class Stray:
    """A file that counts for no body: not on the roster, doubtful, unreadable, of another year or kind, or a copy.

    `how` says what to do about this one, '' where the rule's own words do. `name` is the body's, '' where unknown;
    `body` the id of the one it is, or may be, of.
    """

    source: Source
    status: Status
    note: str
    name: str = ""
    year: int | None = None
    how: str = ""
    body: str = ""
