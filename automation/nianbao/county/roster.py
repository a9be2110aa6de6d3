"""The roster (名册): which bodies report, read from rows that people typed, and finding a body by its name. Pure."""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from nianbao.county.model import Member
from nianbao.errors import EditionError, InputError
from nianbao.findings import Finding, Severity, tell
from nianbao.form import Edition, load_edition, program_rule
from nianbao.unicodes import plain_form

SHEET = "名册"
COLUMNS = ("单位名称", "简称", "级别", "联系人", "联系电话", "曾用名", "格式版本", "报送期限")
_ALSO = {
    "单位": "单位名称", "单位全称": "单位名称", "名称": "单位名称", "单位简称": "简称", "电话": "联系电话",
    "联系方式": "联系电话", "原名称": "曾用名", "原名": "曾用名", "格式": "格式版本", "期限": "报送期限",
    "截止日期": "报送期限",
}  # fmt: skip
_HEAD_ROWS = 20
_DIVIDED = re.compile(r"[、，,；;\n/]+")
_DATE = re.compile(r"(\d{4})\D(\d{1,2})\D(\d{1,2})\D?(?:\s.*)?")
_ENDS = ("人民政府", "街道办事处", "办事处")


@dataclass(frozen=True)
class Roster:
    """The bodies in the order listed, and what was wrong in the list (rule G7)."""

    file: str
    members: tuple[Member, ...]
    findings: tuple[Finding, ...]

    def of_name(self, name: str, level: str = "", county: str = "") -> tuple[Member, ...]:
        """Return the members a name can mean: by full name, then by former or short name; the level decides ties."""
        wanted = {fold(name), fold(name).removeprefix(fold(county))} - {""}
        for index in self._indexes:
            places = sorted({i for key in wanted for i in index.get(key, ())})
            found = [self.members[i] for i in places]
            same_level = [m for m in found if m.level == level]
            if found:
                return tuple(same_level if len(found) > 1 and same_level else found)
        return ()

    @cached_property
    def _indexes(self) -> tuple[Mapping[str, Sequence[int]], ...]:
        """The members' places by full name, then by any other name."""
        indexes: list[dict[str, list[int]]] = []
        for keys in (_full, _other):
            index: dict[str, list[int]] = {}
            for place, member in enumerate(self.members):
                for key in keys(member):
                    index.setdefault(key, []).append(place)
            indexes.append(index)
        return tuple(indexes)


def _full(member: Member) -> Iterator[str]:
    yield fold(member.name)


def _other(member: Member) -> Iterator[str]:
    for name in (member.short, *member.former):
        if name:
            yield fold(name)
    for name in (member.name, *member.former):
        for end in _ENDS:
            if name.endswith(end) and len(name) > len(end) + 1:
                yield fold(name.removesuffix(end))


def fold(text: str) -> str:
    """Return a name without what makes no difference: widths, spaces, brackets' shapes, signs nobody sees."""
    seen = "".join(c for c in plain_form(text) if unicodedata.category(c) not in ("Cc", "Cf"))
    return re.sub(r"\s+", "", seen).casefold()


def from_rows(file: str, rows: Sequence[Sequence[object]], edition: Edition) -> Roster:
    """Return the roster typed in these rows, its columns in any order; doubtful rows are findings.

    Raises InputError when there is no line with 单位名称.
    """
    head = next((i for i, row in enumerate(rows[:_HEAD_ROWS]) if "单位名称" in _titles(row)), None)
    if head is None:
        raise InputError(f"“{file}”里找不到“单位名称”一栏，不是名册；可用“nianbao roster -o 名册.xlsx”新建一份")
    at = {title: i for i, title in reversed(list(enumerate(_titles(rows[head])))) if title in COLUMNS}
    notes = _Notes()
    members = []
    for number, row in enumerate(rows[head + 1 :], head + 2):
        cells = {title: _text(row[i]) if i < len(row) else "" for title, i in at.items()}
        if any(cells.values()):
            member = _member(number, cells, edition, notes)
            members += [member] if member else []
    if not members:
        raise InputError(f"“{file}”里一个单位也没有")
    _doubled(members, notes)
    return Roster(file, tuple(members), tuple(notes.findings))


class _Notes:
    def __init__(self) -> None:
        self.rule = program_rule("G7")
        self.findings: list[Finding] = []

    def add(self, row: int, what: str, how: str = "", severity: Severity = Severity.ERROR) -> None:
        place = f"{SHEET} 第{row}行"
        self.findings.append(tell(self.rule, place, what, how=how, severity=severity))


def _titles(row: Sequence[object]) -> list[str]:
    titles = [re.sub(r"[（(].*[)）]|\*", "", _text(v)).replace(" ", "") for v in row]
    return [_ALSO.get(t, t) for t in titles]


def _text(value: object) -> str:
    if isinstance(value, datetime.datetime | datetime.date):
        return value.strftime("%Y-%m-%d")
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    text = "" if value is None else str(value)
    return "".join(c for c in text if unicodedata.category(c) not in ("Cc", "Cf", "Cs") or c == "\n").strip()


def _member(row: int, cells: dict[str, str], edition: Edition, notes: _Notes) -> Member | None:
    name = cells.get("单位名称", "")
    if not name:
        notes.add(row, "没有写单位名称，这一行没有采用", "写上单位全称，或删去这一行")
        return None
    written = cells.get("级别", "")
    level = edition.level(written) if written else None
    if level is None:
        choices = "、".join(x.label for x in edition.levels)
        what = f"级别“{written}”不认识" if written else "没有写级别"
        notes.add(row, f"“{name}”{what}，不知道汇总到哪里", f"在级别一栏写：{choices}")
    named = cells.get("格式版本", "")
    if named and not _is_edition(named):
        notes.add(
            row, f"“{name}”的格式版本“{named}”不认识，没有采用", "留空（按年度选用），或写 nianbao editions 列出的编号"
        )
        named = ""
    return Member(
        name=name,
        short=cells.get("简称", ""),
        level=level.id if level else "",
        contact=cells.get("联系人", ""),
        phone=cells.get("联系电话", ""),
        former=tuple(x.strip() for x in _DIVIDED.split(cells.get("曾用名", "")) if x.strip()),
        edition=named,
        deadline=_deadline(row, name, cells.get("报送期限", ""), notes),
        row=row,
    )


def _is_edition(name: str) -> bool:
    if name.endswith(".toml"):
        return False  # a path typed by somebody is not followed
    try:
        load_edition(name)
    except EditionError:
        return False
    return True


def _deadline(row: int, name: str, text: str, notes: _Notes) -> str:
    if not text:
        return ""
    match = _DATE.fullmatch(plain_form(text))
    try:
        if match:
            return datetime.date(int(match[1]), int(match[2]), int(match[3])).isoformat()
    except ValueError:
        pass
    notes.add(row, f"“{name}”的报送期限“{text}”读不出日期", "写成 2026-1-20 这样的日期", Severity.HINT)
    return ""


def _doubled(members: Iterable[Member], notes: _Notes) -> None:
    listed = list(members)
    known = Counter((fold(n), m.level) for m in listed for n in {m.name, *m.former})
    for member in listed:
        for name in dict.fromkeys((member.name, *member.former)):
            if known[fold(name), member.level] > 1:
                what = f"“{name}”在名册中不止一行（名称或曾用名相同），报来的填报表分不清是谁的"
                notes.add(member.row, what, "改成能区分的全称，或删去多余的一行")
