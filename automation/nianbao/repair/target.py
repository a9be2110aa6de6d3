"""What was read in one edition as a report of another: only what is the same in both goes over."""

from __future__ import annotations

from nianbao.form import Edition
from nianbao.published import labels
from nianbao.repair.standard import ReadBack
from nianbao.report import Report


def moved(read: ReadBack, source: Edition, target: Edition, named: str) -> Report:
    """Return a report of the edition `target`, called `named` there, with what that has a place for."""
    values = {k: v for k, v in read.values.items() if _same(k, source, target)}
    texts = {k: t for k, t in read.texts.items() if k in {*(t.id for t in target.texts), *target.typed_labels}}
    level = read.facts.body.get("level", "")
    fields = {f.id for f in target.fields}
    body = {k: t for k, t in read.facts.body.items() if k in fields and (k != "level" or target.level(level))}
    return Report(named, read.facts.year, body, values, texts)


def has_place(key: str, report: Report, target: Edition) -> bool:
    """Tell whether a key of what was read has gone into a report, or needs not: a 否 is what a new form says itself."""
    answers = {f.id for f in target.fields if f.kind == "yesno"}
    return key in {*report.values, *report.texts, *report.body, *answers, "year", "blank_means_zero"}


def _same(key: str, source: Edition, target: Edition) -> bool:
    """Tell whether a figure of one edition is the same figure of another: key, kind, unit and official words."""
    ours, theirs = source.values[key], target.values.get(key)
    if theirs is None or (ours.kind, ours.unit) != (theirs.kind, theirs.unit):
        return False
    mine, other = ours.labels[-1], theirs.labels[-1]
    return any(labels.same(a, b) for a, b in ((mine, other), (_alias(mine), other), (mine, _alias(other))))


def _alias(label: str) -> str:
    return labels.ALIASES.get(label, label)
