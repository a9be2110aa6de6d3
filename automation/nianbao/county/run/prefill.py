"""One prefilled workbook for every body of the roster, last year's figures found by content in last year's folder."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from nianbao import pipeline, workbook
from nianbao.county.intake.folders import is_temporary
from nianbao.county.keeping.file_names import FileNames
from nianbao.county.keeping.records import carried_in
from nianbao.county.model import Member
from nianbao.county.roster import Roster
from nianbao.county.run.runners import Runner, here, in_order
from nianbao.county.totals.scope_sums import comparable, sum_of
from nianbao.errors import EditionError, InputError
from nianbao.form import load_edition
from nianbao.notice import Notice
from nianbao.report import Report

_READ = (*pipeline.WORKBOOKS, ".json", *pipeline.PUBLISHED)


@dataclass(frozen=True)
class LastYearReports:
    """Last year's reports by body (place in the roster), and what was not used with the reason."""

    reports: Mapping[int, tuple[Report, ...]]
    unused: tuple[str, ...]


@dataclass(frozen=True)
class Prefilled:
    """One workbook to be written: its file name, its bytes, and what was carried over, in words."""

    name: str
    data: bytes
    said: str


def last_year(folder: Path, roster: Roster, year: int, edition: str = "") -> LastYearReports:
    """Read last year's folder and give each report to its body, by name, former names included.

    What is in an edition of one's own is read by `edition`, by the roster's, or by those that a folder of results
    carries. Raises InputError.
    """
    if not folder.is_dir():
        raise InputError(f"找不到文件夹“{folder}”")
    known = (edition, *(m.edition for m in roster.members), *map(str, carried_in(folder)))
    found: dict[int, list[Report]] = {}
    unused: list[str] = []
    for path in sorted(p for p in folder.rglob("*") if p.is_file() and not p.is_symlink()):
        if path.suffix.lower() not in _READ or is_temporary(path.name):
            continue
        try:
            report = pipeline.read_other(path, known).report
        except (InputError, EditionError) as e:
            unused.append(str(e))
            continue
        owners = roster.of_name(report.name, report.body.get("level", ""), report.body.get("county", ""))
        if report.year != year - 1:
            unused.append(f"“{path.name}”是{report.year}年度的，不是{year - 1}年度的")
        elif len(owners) != 1:
            unused.append(f"“{path.name}”的单位“{report.name}”不在名册上（更名、合并的请写在“曾用名”）")
        elif not _add_report(found.setdefault(roster.members.index(owners[0]), []), report):
            unused.append(f"“{path.name}”：“{report.name}”已有一份，没有采用")
    return LastYearReports({i: tuple(r) for i, r in found.items()}, tuple(unused))


def _add_report(reports: list[Report], report: Report) -> bool:
    """Add a report unless there is one of the same body already."""
    if any(r.name == report.name for r in reports):
        return False
    reports.append(report)
    return True


@dataclass(frozen=True)
class _Wanted:
    """What a worker needs for one workbook: file name, edition (id or .toml file), report, last year's, what to say."""

    name: str
    edition: str
    report: Report
    before: Report | None
    said: str
    notice: Notice | None = None


def prefilled(
    roster: Roster, year: int, edition: str, last: LastYearReports, runner: Runner = here, notice: Notice | None = None
) -> Iterator[Prefilled]:
    """Yield one workbook for each body, in the roster's order. Raises EditionError, InputError."""
    asked = (replace(w, notice=notice) for w in _all_wanted(roster, year, edition, last))
    for wanted, data in in_order(runner, _built, asked):
        yield Prefilled(wanted.name, data, wanted.said)


def _built(wanted: _Wanted) -> bytes:
    return _filling().build(load_edition(wanted.edition), wanted.report, wanted.before, wanted.notice)


@lru_cache(maxsize=1)
def _filling() -> workbook.Filling:
    """Return what has drawn workbooks in this process before, and puts the next bodies' contents into them."""
    return workbook.Filling()


def _all_wanted(roster: Roster, year: int, edition: str, last: LastYearReports) -> Iterator[_Wanted]:
    names = FileNames()
    for index, member in enumerate(roster.members):
        before = _merged(member, last.reports.get(index, ()))
        asked = member.edition or edition
        form = pipeline.edition_for(year, asked)
        report = pipeline.fresh_report(form, member.name, year, before)
        facts = {"level": member.level, "county": member.county}  # contact and phone are for reminding, not for print
        body = {**{k: v for k, v in facts.items() if v}, **report.body}
        body["level"] = member.level or body.get("level", "")
        report = replace(report, body={k: v for k, v in body.items() if v})
        name = names.unique(f"{member.name}{year}年填报表") + ".xlsx"
        yield _Wanted(name, asked or form.id, report, before, _body_list(last.reports.get(index, ())))


def _merged(member: Member, reports: Iterable[Report]) -> Report | None:
    """Return last year's report under the body's present name; of merged bodies the sum, where they can be added."""
    listed = list(reports)
    if not listed:
        return None
    first = replace(listed[0], body={**listed[0].body, "name": member.name})
    if len(listed) == 1:
        return first
    same = frozenset.intersection(*(comparable(first.edition, r.edition) for r in listed))
    values = {k: v for k, v in sum_of(listed).items() if k.partition(".")[0] in same}
    return replace(first, values=values, texts={})


def _body_list(reports: Iterable[Report]) -> str:
    listed = [r.name for r in reports]
    if not listed:
        return "没有上年数据"
    return "已带入上年数据" if len(listed) == 1 else f"已带入上年数据（{'、'.join(listed)}合并）"
