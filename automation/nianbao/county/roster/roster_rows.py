"""The roster read from rows that people typed, its mistakes told once each. Pure."""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence

from nianbao.county.model import Member
from nianbao.county.roster.deadlines import deadline_of, lacks_year, year_of
from nianbao.county.roster.levels import is_sum, level_of
from nianbao.county.roster.listed import Roster
from nianbao.county.roster.mistakes import Mistakes
from nianbao.county.roster.names import fold
from nianbao.county.roster.placed import doubled, in_counties
from nianbao.county.roster.scopes import place_summed
from nianbao.errors import EditionError, InputError
from nianbao.findings import Severity
from nianbao.form import Edition, load_edition

COLUMNS = (
    "单位名称", "简称", "级别", "联系人", "联系电话", "曾用名", "格式版本", "报送期限", "单位代码", "所属县",
    "上级单位",
)  # fmt: skip

_ALSO = {
    "单位": "单位名称", "单位全称": "单位名称", "名称": "单位名称", "机关名称": "单位名称", "行政机关名称": "单位名称",
    "单位简称": "简称", "单位级别": "级别", "单位类别": "级别", "类别": "级别", "电话": "联系电话",
    "联系方式": "联系电话", "原名称": "曾用名", "原名": "曾用名", "格式": "格式版本", "期限": "报送期限",
    "截止日期": "报送期限", "截止时间": "报送期限", "统一社会信用代码": "单位代码", "信用代码": "单位代码",
    "代码": "单位代码", "单位编码": "单位代码", "所属县区": "所属县", "所属县市区": "所属县",
    "县区": "所属县", "所属区": "所属县", "所属市": "所属县", "上级": "上级单位", "主管单位": "上级单位",
    "主管部门": "上级单位",
}  # fmt: skip

_HEAD_ROWS = 20

_DIVIDED = re.compile(r"[、，,；;\n/]+")

_YEAR = re.compile(r"(20\d\d)年度?(?![-\d]|\d*月)")


_TITLE = 40
"""Characters of a line above the list that is a title."""


def from_rows(file: str, rows: Sequence[Sequence[object]], edition: Edition, year: int | None = None) -> Roster:
    """Return the roster typed in these rows, its columns in any order; doubtful rows are findings.

    `year` is the report year where it is known otherwise: deadlines without a year are read by it. Raises InputError
    when there is no line with 单位名称.
    """
    head = next((i for i, row in enumerate(rows[:_HEAD_ROWS]) if "单位名称" in _titles(row)), None)
    if head is None:
        raise InputError(f"“{file}”里找不到“单位名称”一栏，不是名册；可用“nianbao roster -o 名册.xlsx”新建一份")
    at = {title: i for i, title in reversed(list(enumerate(_titles(rows[head])))) if title in COLUMNS}
    lines = [
        (number, {title: text_of(row[i]) if i < len(row) else "" for title, i in at.items()})
        for number, row in enumerate(rows[head + 1 :], head + 2)
    ]
    lines = [(n, cells) for n, cells in lines if any(cells.values()) and not is_sum(cells.get("单位名称", ""))]
    titles = [t for row in rows[:head] for v in row if 0 < len(t := text_of(v)) <= _TITLE]
    notes = Mistakes()
    said = _year_said(titles, lines, notes)
    members = [m for n, cells in lines if (m := _member(n, cells, edition, year or said, notes))]
    if not members:
        raise InputError(f"“{file}”里一个单位也没有")
    members = in_counties(members, titles)
    doubled(members, notes)
    return Roster(file, tuple(members), notes.findings(), said, place_summed(members))


def _titles(row: Sequence[object]) -> list[str]:
    titles = [re.sub(r"[（(].*[)）]|\*", "", text_of(v)).replace(" ", "") for v in row]
    return [_ALSO.get(t, t) for t in titles]


def text_of(value: object) -> str:
    """Return what a cell that somebody typed says: a day as an ISO date, a whole number without decimals."""
    if isinstance(value, datetime.datetime | datetime.date):
        return value.strftime("%Y-%m-%d")
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    text = "" if value is None else str(value)
    return "".join(c for c in text if unicodedata.category(c) not in ("Cc", "Cf", "Cs") or c == "\n").strip()


def _year_said(titles: Iterable[str], lines: Iterable[tuple[int, Mapping[str, str]]], notes: Mistakes) -> int | None:
    """Return the report year of the heading and of the deadlines; None where there is none, or they differ."""
    headed = {int(m[1]) for t in titles for m in _YEAR.finditer(t)}
    days = (deadline_of(cells.get("报送期限", ""), None) for _, cells in lines)
    due = {y for d in days if d and (y := year_of(d.isoformat()))}
    years = headed or due
    if len(years) == 1 and len(years | due) == 1:
        return years.pop()
    if years:
        told = "、".join(str(y) for y in sorted(headed | due))
        notes.add(0, "", f"标题和报送期限说的年度不一致（{told}），没有采用", "改成同一年度，或用 --year 写明年度")
    return None


def _member(row: int, cells: Mapping[str, str], edition: Edition, year: int | None, notes: Mistakes) -> Member | None:
    name = cells.get("单位名称", "")
    if not name:
        notes.add(row, "", "没有写单位名称，这一行没有采用", "写上单位全称，或删去这一行")
        return None
    written = cells.get("级别", "")
    level = level_of(edition, written) if written else None
    if level is None:
        choices = "、".join(x.label for x in edition.levels)
        what = f"的级别“{written}”不认识" if written else "没有写级别"
        notes.add(row, name, f"{what}，不知道汇总到哪里", f"在级别一栏写：{choices}")
    named = cells.get("格式版本", "")
    if named and not _is_edition(named):
        how = "留空（按年度选用），或写 nianbao editions 列出的编号"
        notes.add(row, name, f"的格式版本“{named}”不认识，没有采用", how)
        named = ""
    return Member(
        name=name,
        short=cells.get("简称", ""),
        level=level.id if level else "",
        contact=cells.get("联系人", ""),
        phone=cells.get("联系电话", ""),
        former=tuple(x.strip() for x in _DIVIDED.split(cells.get("曾用名", "")) if x.strip()),
        edition=named,
        deadline=_deadline(row, name, cells.get("报送期限", ""), year, notes),
        row=row,
        county=cells.get("所属县", ""),
        code=fold(cells.get("单位代码", "")).upper(),
        parent=cells.get("上级单位", ""),
    )


def _is_edition(name: str) -> bool:
    if name.endswith(".toml"):
        return False  # a path typed by somebody is not followed
    try:
        load_edition(name)
    except EditionError:
        return False
    return True


def _deadline(row: int, name: str, text: str, year: int | None, notes: Mistakes) -> str:
    if not text:
        return ""
    day = deadline_of(text, year)
    if day:
        return day.isoformat()
    if lacks_year(text):
        how = "写成 2026-1-20 这样的日期，或用 --year 写明年度"
        notes.add(row, name, f"的报送期限“{text}”没有写年份，没有采用", how, Severity.HINT)
    else:
        notes.add(row, name, f"的报送期限“{text}”读不出日期", "写成 2026-1-20 这样的日期", Severity.HINT)
    return ""
