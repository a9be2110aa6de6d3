"""收表与汇总: everything a county received, in one go; the roster; a workbook for each body of it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import TypeVar

from nianbao import findings, pipeline
from nianbao.county.desk.todo import TO_DO
from nianbao.county.intake.folders import STATE
from nianbao.county.keeping import store as stores
from nianbao.county.model import OVERVIEW as SETTLED
from nianbao.county.model import PAGE, Status
from nianbao.county.roster import Roster, roster_book
from nianbao.county.run import batch, prefill, produce
from nianbao.county.run.collect import Wish
from nianbao.county.run.outcome import RunOutcome
from nianbao.county.run.processes import Processes, usual_workers
from nianbao.dates import now, today
from nianbao.errors import OutputError
from nianbao.files import safe_name
from nianbao.ooxml import zips
from nianbao.serve import finding_views, page_filling, service_folders
from nianbao.serve.forms import File, Given, Result
from nianbao.serve.tasks.standard_workbook import write, year_of
from nianbao.serve.workers import Tell

T = TypeVar("T")

FORMATS = (("docx", "Word 报告"), ("html", "网页和专栏"), ("pdf", "PDF（慢）"))
DESK = "desk/"
"""Where the overview page and what lies beside it are found, below the address of a piece of work."""


def collect(given: Given, tell: Tell) -> Result:
    """Read, check, make and sum whatever was dropped. Raises NianbaoError."""
    received = given.folder_of("received")
    assert received is not None, "asked for by the form"  # noqa: S101 - a bug of the form's slots
    year = year_of(given.text("year")) if given.text("year") else None
    roster, old = _roster(given, year), given.path("last")
    last = pipeline.read_other(old, ()).report if old else None
    formats = tuple(f for f, _ in FORMATS if given.text(f) == "1")
    wish = Wish(
        "", year, formats, today=today(), county=given.text("county"),
        results=_settled(given), partial=given.text("partial") == "1", now=now(),
    )  # fmt: skip
    out = given.folder / "结果"
    out.mkdir(mode=0o700)

    def progress(items: Iterator[T], total: int, what: str) -> Iterator[T]:
        for n, item in enumerate(items, 1):
            tell(n, total, what)
            yield item

    tell(0, 1, "正在看收到的文件")
    with _processes() as processes, stores.opened(out) as store:
        outcome = batch.run(store, [received], roster, wish, processes, progress, last_year=last)
    tell(1, 1, "正在打包结果")
    beside = dict(_written(out))
    stem = safe_name(f"{outcome.desk.county or '全县'}{outcome.desk.year or ''}年")
    packed = _packed(given.folder / "all.zip", beside)
    files = [File("全部结果：报告、标出问题的填报表、退回单、汇总", f"{stem}年报结果.zip", packed)]
    files += [File("写明“归属”再放进来重做", SETTLED, out / SETTLED)] if (out / SETTLED).is_file() else []
    files += [File(_BOOKS[k], p.rpartition("/")[2], out / p) for k, p in outcome.desk.files.items() if k in _BOOKS]
    return Result(_page(given, outcome, roster, has_desk=PAGE in beside), tuple(files), beside)


def _settled(given: Given) -> tuple[Path, ...]:
    """Return the folder of an earlier run's overview, in whose column the officer wrote whose files are, if any."""
    path = given.path("overview")
    if path is None:
        return ()
    place = given.folder / "以前的结果"
    place.mkdir(mode=0o700)
    with path.open("rb") as source, os.fdopen(service_folders.create(place / SETTLED), "wb") as file:
        shutil.copyfileobj(source, file)
    return (place,)


_BOOKS = {"rollup": "全县填报表（汇总）", "detail": "汇总明细"}


def _processes() -> closing[Processes]:
    return closing(Processes(usual_workers(), prepare=produce.prepare))


def _contacts(roster: Roster | None) -> Mapping[str, str]:
    """Return whom to ring, by the body's name; without those whose name leads to several."""
    found: dict[str, set[str]] = {}
    for m in roster.members if roster else ():
        for name in {m.name, m.shown}:
            found.setdefault(name, set()).add(" ".join(x for x in (m.contact, m.phone) if x))
    return {name: told.pop() for name, told in found.items() if len(told) == 1}


_TO_DO = {s: how for s, _, how in TO_DO if s in (Status.MISSING, Status.ASKED, Status.DOUBLED)}
"""What is to be done where nobody has to mend a figure."""


def _page(given: Given, outcome: RunOutcome, roster: Roster | None, *, has_desk: bool) -> str:
    desk = outcome.desk
    return page_filling.fill(
        "county.html",
        name=desk.county or "全县",
        year=desk.year,
        bodies=sum(outcome.counts.values()),
        counts=[(s, outcome.counts[s]) for s in Status if outcome.counts.get(s)],
        clean=outcome.clean,
        tally=findings.classes(outcome.tally),
        unjudged=outcome.unjudged,
        open_=outcome.open,
        contacts=_contacts(roster),
        to_do=_TO_DO,
        more=sum(n for s, n in outcome.counts.items() if s is not Status.DONE) - len(outcome.open),
        others=outcome.others,
        faults=outcome.faults,
        notes=outcome.notes,
        has_roster=desk.has_roster,
        groups=finding_views.grouped(desk.findings, finding_views.OF_REPORTS),
        overview=f"{given.link}{DESK}{PAGE}" if has_desk else "",
    )


def _written(out: Path) -> Iterator[tuple[str, Path]]:
    """Yield what a run wrote, by its path below the folder of results, without the journal."""
    for path in sorted(out.rglob("*")):
        name = path.relative_to(out).as_posix()
        if path.is_file() and not path.is_symlink() and not name.startswith(STATE):
            yield name, path


def _packed(place: Path, files: Mapping[str, Path]) -> Path:
    with os.fdopen(service_folders.create(place), "wb") as file:
        zips.pour(file, files.items())
    return place


def _roster(given: Given, year: int | None) -> Roster | None:
    path = given.path("roster")
    return roster_book.read_roster(path, pipeline.current_edition(), year) if path else None


def new_roster(given: Given, _tell: Tell) -> Result:
    """Make a roster to fill in. Raises NianbaoError."""
    year = year_of(given.text("year"))
    data = roster_book.write_roster(pipeline.edition_for(year), roster_book.sample_members(year))
    said = ["请把示例各行改成本县的单位，一个单位一行"]
    made = File("名册", f"{year}年名册.xlsx", write(given.folder, ".xlsx", data))
    return Result(page_filling.fill("plain.html", heading="名册建好了", lead="", notes=said, groups=()), (made,))


def new_forms(given: Given, tell: Tell) -> Result:
    """Make a workbook for each body of a roster. Raises NianbaoError."""
    year = year_of(given.text("year"))
    listed = _roster(given, year)
    if listed is None:
        raise OutputError("请先放进名册")
    old = given.folder_of("received")
    last = prefill.last_year(old, listed, year) if old else prefill.LastYearReports({}, ())
    place = given.folder / "forms.zip"
    said = []

    def made() -> Iterator[tuple[str, bytes]]:
        for n, one in enumerate(prefill.prefilled(listed, year, "", last, processes), 1):
            tell(n, len(listed.members), "新建")
            said.append(f"{one.name}：{one.said}")
            yield one.name, one.data

    with _processes() as processes, os.fdopen(service_folders.create(place), "wb") as file:
        zips.pour(file, made())
    said += [f"没有采用：{why}" for why in last.unused]
    groups = finding_views.grouped(listed.findings, finding_views.OF_REPORTS)
    html = page_filling.fill(
        "plain.html", heading=f"建好了 {len(listed.members)} 份填报表", lead="", notes=said, groups=groups
    )
    return Result(html, (File("各单位的填报表", f"{year}年填报表.zip", place),))
