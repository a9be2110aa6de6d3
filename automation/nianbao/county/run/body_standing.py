"""How one body stands: its report, all findings, what follows from them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from nianbao import reasons
from nianbao.county.desk_json import findings_of, report_of
from nianbao.county.keeping.store import Store
from nianbao.county.matching import Matched
from nianbao.county.model import BodyState, Status
from nianbao.county.totals.form_versions import versions
from nianbao.findings import Finding
from nianbao.report import Reason, Report
from nianbao.verdicts import of_json


def state_of(store: Store, matched: Matched, extra: Sequence[Finding]) -> BodyState:
    """Return a body with its report and all findings; its status follows from them."""
    sources = tuple(d.source for d in matched.files)
    state = BodyState(matched.id, matched.member, matched.status, matched.note, sources)
    if matched.counts is None:
        several = matched.versions
        told = versions(several, [store.record(d.examined.key) for d in several]) if several else None
        return replace(state, findings=tuple(extra), versions=told)
    record = store.record(matched.counts.examined.key)
    report = report_of(record["report"])
    assert report is not None, "what counts was read"  # noqa: S101 - a bug of collect
    placed = [replace(f, place=record["places"].get(f.place, f.place)) for f in extra]
    written = [Reason(p, t) for p, t in record["reasons"]]
    county = reasons.apply(placed, report, written)
    findings = (*findings_of(record["findings"]), *county)
    return replace(
        state,
        report=report,
        last_year=report_of(record["last_year"]),
        findings=findings,
        status=_status(findings),
        verdicts=of_json(record["verdicts"]),
        results=_results(store, matched),
    )


def _results(store: Store, matched: Matched) -> dict[str, str]:
    """Return how the results stand that a body's figures are from, and the paths from ours to what they have."""
    desk = matched.results
    if desk is None:
        return {}
    told = store.record(desk.examined.key)["results"]
    found = {k: desk.beside(told[k], store.folder) for k in ("page", "detail")}
    counts = "results" if matched.counts is desk else "form"
    return {"state": told["state"], "counts": counts, **{k: p for k, p in found.items() if p}}


def _status(findings: Sequence[Finding]) -> Status:
    if any(f.forbids for f in findings):
        return Status.WRONG
    return Status.UNEXPLAINED if any(f.blocks for f in findings) else Status.DONE


def report_kept(store: Store, key: str) -> Report:
    """Return the report that an examination has kept."""
    report = report_of(store.record(key)["report"])
    assert report is not None, "what counts was read"  # noqa: S101 - a bug of collect
    return report
