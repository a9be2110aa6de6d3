"""What the county desk knows, as frozen values: bodies and their state, totals, texts that are alike.

How it is written as desk.json and read back is in desk_json.py; how it comes about in run/.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from nianbao.checks.similarity import Passage
from nianbao.findings import Finding
from nianbao.numbers import Number
from nianbao.report import Report
from nianbao.unicodes import quotation
from nianbao.verdicts import Verdict

DESK, PAGE, TOTALS = "desk.json", "总览.html", "汇总"
"""Among the results: the state of all bodies as data, the page on which one sees it, the folder of what was summed."""

FORM = "填报表"
"""How the name of the whole's own form ends, in TOTALS."""

UNFINISHED = "（不完整汇总，不得公布）"
"""Stands in the body's name of a sum that is not final, so that it is printed on whatever is made of it."""

OVERVIEW = "情况一览.xlsx"
"""The workbook among the results in which the officer settles whose a file is."""


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
class Scope:
    """What a total is the sum of: a part, or the whole. Which there are, and of whom, is data (roster/scopes.toml).

    `label` is shown to users and follows the place: 全县, 全市, 市直部门合计.
    """

    id: str
    label: str
    whole: bool = False

    @property
    def word(self) -> str:
        """What the bodies of a part are called."""
        return self.label.removesuffix("合计")


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


@dataclass(frozen=True)
class Gap:
    """A body whose figures are not settled, and why, in words that follow its name (没有报送).

    Without a roster also a file of nobody knows whom: `body` is '' then, `name` where it is.
    """

    body: str
    name: str
    status: Status
    reason: str


@dataclass(frozen=True)
class Total:
    """The sum of one scope. `values` are sums of what was delivered; `undetermined` says per cell why it is no total.

    A total is final only when `determined`. `bodies` are the ids of those that contributed.
    """

    scope: Scope
    values: Mapping[str, Number]
    bodies: tuple[str, ...]
    gaps: tuple[Gap, ...] = ()
    undetermined: Mapping[str, str] = field(default_factory=dict)

    @property
    def determined(self) -> bool:
        """Tell whether every figure is the sum of settled figures of every body in scope."""
        return not self.gaps and not self.undetermined


@dataclass(frozen=True)
class Category:
    """What was published of one kind (公开信息分类), summed over the bodies that name it, each with its figure.

    `lacking` are the bodies that say nothing of any kind, so that the sum is open.
    """

    label: str
    count: Number
    named: tuple[tuple[str, Number], ...]
    lacking: tuple[str, ...] = ()


@dataclass(frozen=True)
class AlikeTexts:
    """Two bodies (ids) whose texts are alike; `score` is the share of ours found again in theirs.

    The passages' paragraphs count in 总体情况 and 问题 joined by a line feed.
    """

    ours: str
    theirs: str
    score: float
    passages: tuple[Passage, ...]

    @property
    def percent(self) -> int:
        """The score as it is shown."""
        return int(100 * round(self.score, 4) + 0.5)


class Course(StrEnum):
    """How a body stands beside the run before."""

    NEW = "new"
    MENDED = "mended"
    REPLACED = "replaced"
    WORSE = "worse"

    @property
    def label(self) -> str:
        """The Chinese word shown to users."""
        return {"new": "新收到", "mended": "改好", "replaced": "换了文件", "worse": "变差"}[self.value]


@dataclass(frozen=True)
class Change:
    """What changed since the run before: of a body (id), or of a file that is nobody's ('')."""

    body: str
    course: Course
    what: str


@dataclass(frozen=True)
class Desk:
    """The whole desk after a run. No clock is in it: the same inputs always give the same desk.

    `edition` is the one the totals are in; `form` tells of one that does not come with the program its `id`, its
    `digest`, the `source` it came from and the `file` below the output folder that carries it.

    `deadline` is the latest deadline of the roster (ISO) or ''.
    `has_roster` tells whether completeness could be judged. `last_totals` sum the bodies' last-year reports.
    `files` maps `rollup`, `detail` to paths below the output folder. `findings` are about no single body. `changes`
    since the run before are shown, but are no part of desk.json, which says how things stand.
    """

    county: str
    year: int | None
    edition: str
    deadline: str
    has_roster: bool
    bodies: tuple[BodyState, ...]
    strays: tuple[Stray, ...] = ()
    totals: tuple[Total, ...] = ()
    last_totals: tuple[Total, ...] = ()
    pairs: tuple[AlikeTexts, ...] = ()
    findings: tuple[Finding, ...] = ()
    files: Mapping[str, str] = field(default_factory=dict)
    form: Mapping[str, str] = field(default_factory=dict)
    changes: tuple[Change, ...] = ()
    categories: tuple[Category, ...] = ()

    @property
    def whole(self) -> str:
        """What is summed up, in the place's own word: 全县, 全区, 全市."""
        return self.totals[-1].scope.label if self.totals else "全县"
