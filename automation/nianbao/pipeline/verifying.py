"""A finished report against the file it was made from: what it says, and of a Word document also how it looks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from nianbao import proof
from nianbao.errors import InputError
from nianbao.findings import Finding, Severity
from nianbao.pipeline import templates
from nianbao.pipeline.checked import Checked
from nianbao.pipeline.file_kinds import read
from nianbao.report import Reading, Report
from nianbao.verdicts import State, Unjudged, Verdict
from nianbao.watch import watched

_SAID, LOOKS = ("V1", "V2", "V3"), ("V4", "V5", "V6", "V7", "V8")
"""Rules on what a document says and on how it looks; V9 is told instead of these of one of another template."""

_NO_LOOKS = "只核对 Word 文档的版式"
_NO_DATA = "文档没有附数据"


@watched
def verify(document_path: Path, path: Path, edition: str = "", template: Path | None = None) -> Checked:
    """Return a finished report (Word, PDF, page) with every difference from the file it was made from.

    Of a Word document also what looks otherwise than `template`, or the edition's own, makes it. The reading is that
    of the file; verdicts are those on rules V. Raises InputError, EditionError, TemplateError for an own template.
    """
    from nianbao import document, published  # noqa: PLC0415 - Word only where a document is read
    from nianbao.published.published_file import open_source  # noqa: PLC0415

    ours = read(path, edition)
    source = open_source(document_path)
    is_word = source.kind == "docx"
    if is_word and document.is_check_sheet(source.data):
        raise InputError(f"“{document_path.name}”是校核单，不是年报；要核对的是印发、公开的那一份")
    carried = document.read_data(document_path) if is_word else None
    shown = published.read(document_path, edition or ours.report.edition)
    printed = document.printed_texts(ours.edition, ours.report)
    said = proof.compare(ours, shown, printed, carried, whole=source.kind == "pdf")
    told, unjudged = _looks(source.data, ours, shown, template) if is_word else ([], dict.fromkeys(LOOKS, _NO_LOOKS))
    # a label changed or a row lost is a difference; which edition the document is of was our own choice
    noticed = [replace(f, severity=Severity.ERROR) for f in shown.findings if f.rule != "R5"]
    unjudged |= {} if carried else {"V3": _NO_DATA}
    return Checked(document_path, ours, (*said, *noticed, *told), verdicts=_verdicts((*said, *told), unjudged))


def _looks(data: bytes, ours: Reading, shown: Reading, template: Path | None) -> tuple[list[Finding], dict[str, str]]:
    """Return what of a document's looks differs from what its template makes of the words that stand in it.

    And for each rule on looks that could not be judged why.
    """
    from nianbao import document  # noqa: PLC0415 - Word only where a document is read
    from nianbao.document import looks, tags  # noqa: PLC0415

    edition = ours.edition
    own = templates.own_template(template, edition) if template else None
    found = looks.opened(data)
    if found is None:
        return [], dict.fromkeys(LOOKS, "文档的写法不常见")
    report = tags.clean(edition, _as_it_says(ours.report, shown.report))
    made = (own or document.template_for(edition)).render(report, draft=looks.is_draft(found))
    told = looks.compare(found, looks.LookStandard(made, edition, report, "模板" if own else "标准"))
    unjudged = {} if looks.has_tables(found, edition) else {"V8": "文档中的表格与格式的不一样多"}
    unjudged |= {rule: x.why for x in told if isinstance(x, Unjudged) for rule in LOOKS}
    return [x for x in told if isinstance(x, Finding)], unjudged


def _as_it_says(ours: Report, shown: Report) -> Report:
    """Return our report with the words and figures of the document: what was changed in it is told elsewhere."""
    return replace(
        ours,
        body={**ours.body, **{k: v for k, v in shown.body.items() if v}},
        year=shown.year or ours.year,
        values={**ours.values, **shown.values},
        texts={**ours.texts, **shown.texts},
    )


def _verdicts(found: Iterable[Finding], unjudged: Mapping[str, str]) -> tuple[Verdict, ...]:
    """Return the verdict on each of the rules; of those that could not be judged `unjudged` says why."""
    broken = {f.rule for f in found}
    return tuple(_verdict(rule, rule in broken, unjudged.get(rule, "")) for rule in (*_SAID, *LOOKS))


def _verdict(rule: str, broken: bool, why: str) -> Verdict:
    return Verdict(rule, State.BROKEN if broken else State.UNJUDGED if why else State.HELD, "" if broken else why)
