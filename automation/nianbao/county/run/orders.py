"""What is to be made for each body, and under which key the journal knows it; what is made already is not ordered."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import fields, replace
from pathlib import Path

from nianbao import __version__
from nianbao import report as reports
from nianbao.county import desk_json, slips
from nianbao.county.intake.examine import ExamineJob
from nianbao.county.keeping.file_names import FileNames
from nianbao.county.model import BodyState, Status
from nianbao.county.run.collect import Wish
from nianbao.county.run.judge import CountyJudgement
from nianbao.county.run.judged_county import JudgedCounty
from nianbao.county.run.produce import Order, kind_of
from nianbao.county.run.run_steps import MADE, BodyStep
from nianbao.findings import to_json as findings_json
from nianbao.pipeline import OUTPUTS
from nianbao.verdicts import to_json as verdicts_json

REPORTS, ANNOTATED, SLIPS, REMINDERS = "报告", "标注", "退回单", "催报单"

_RETURNED = (Status.WRONG, Status.UNEXPLAINED, Status.WRONG_YEAR, Status.UNREADABLE)
"""Their files go back to them; what is 重复 or 待确认 is the officer's to settle, and nothing goes out."""


def orders(county: JudgedCounty) -> Iterator[Order | BodyStep]:
    """Yield for each body that gets files what is to be made, or what an earlier run made, which is taken as it is."""
    store, wish, names = county.store, county.wish, FileNames()
    forms = {m.id: m.counts for m in county.collected.match.bodies if m.counts and m.counts.examined.is_form}
    for state in county.judged.states(store):
        delivered = forms.get(state.id)
        job = ExamineJob(delivered.candidate, wish.edition) if delivered else None
        order = _order(state, county.judged, wish, names, job)
        if not order.paths:
            continue
        before = store.made(order.key)
        if before is not None:
            yield BodyStep(order.id, order.key, before, fresh=False)
            continue
        owned = {p: store.owned(p) for p in order.paths.values()}
        data = job.content() if job and wish.send_files and "annotated" in order.paths else None
        yield replace(order, owned=owned, workbook=replace(job, data=data) if job else None)


def _order(state: BodyState, judged: CountyJudgement, wish: Wish, names: FileNames, job: ExamineJob | None) -> Order:
    stem = names.unique(judged.edition.titled(judged.told_apart(state.member)[:50], judged.year))
    formats = wish.formats if state.written and state.status in MADE else ()
    paths = {kind_of(e): f"{REPORTS}/{stem}{e}" for f in formats for e in OUTPUTS[f].endings}
    if state.report and state.status in _RETURNED and job:
        paths["annotated"] = f"{ANNOTATED}/{stem}（标出问题）{Path(job.candidate.name).suffix.lower()}"
    if state.status in (*_RETURNED, Status.MISSING):
        folder = REMINDERS if state.status is Status.MISSING else SLIPS
        paths["slip"] = f"{folder}/{stem}{slips.word(state.status)}.docx"
    order = Order(
        key="",
        id=state.id,
        status=state.status,
        year=judged.year,
        edition=judged.edition_name,
        member=desk_json.member_json(state.member),
        paths=paths,
        findings=findings_json("", state.findings)["findings"],
        verdicts=verdicts_json(state.verdicts),
        report=reports.to_json(state.report) if state.report else None,
        last_year=reports.to_json(state.last_year) if formats and state.last_year else None,
        stem=stem,
        formats=formats,
        site=dict(wish.site) if formats else {},
        page=wish.page if formats else "",
        overdue="slip" in paths and _overdue(state, wish),
    )
    told = {f.name: getattr(order, f.name) for f in fields(order)}  # JSON already; asdict would copy every figure
    content = [__version__, told, [s.sha256 for s in state.sources]]
    key = hashlib.sha256(json.dumps(content, ensure_ascii=False, sort_keys=True).encode()).hexdigest()
    return replace(order, key=key)


def _overdue(state: BodyState, wish: Wish) -> bool:
    deadline = state.member.deadline
    return bool(wish.today and deadline) and deadline < str(wish.today)
