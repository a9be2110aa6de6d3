"""Making documents of what was checked. The only place that says "stop, there are errors"."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from nianbao import reasons
from nianbao.errors import InputError, OutputError
from nianbao.files import Same, safe_name, write_new, write_result
from nianbao.pipeline.checked import Checked
from nianbao.pipeline.outputs import OUTPUTS, Wanted
from nianbao.report import Reading


@dataclass(frozen=True)
class Made:
    """What `make` wrote: new files, and where earlier files of the same name are kept now.

    `later` is given to `finish` with that of other reports when formats are left that are made for many at once.
    `problem` tells why a format is missing that this machine can't make, '' when none is.
    """

    files: tuple[Path, ...]
    kept: tuple[Path, ...]
    later: Later | None = None
    problem: str = ""


CHECK_SHEET = "校核单.docx"
"""How the name of a 校核单 ends, behind the report's."""


@dataclass(frozen=True)
class Later:
    """A report some of whose formats are made at the end of a run, together with those of other reports."""

    checked: Checked
    folder: Path
    wanted: Wanted


@dataclass(frozen=True)
class Finished:
    """What became of one report in one format at the end: as Made, why it failed ('' if not), what to know."""

    later: Later
    made: Made
    problem: str
    notes: tuple[str, ...]


def make(  # noqa: PLR0913 (each is one of the verb's options)
    checked: Checked,
    folder: Path,
    formats: tuple[str, ...] = ("docx",),
    *,
    draft: bool = False,
    check_sheet: bool = False,
    template: Path | None = None,
    site: Mapping[str, str] | None = None,
    page_template: str = "",
    engine: str = "auto",
) -> Made:
    """Write the report into `folder`; errors forbid it, except for a draft, which is marked as one.

    Formats made for many reports at once are left for `finish`. `check_sheet` adds the one-page 校核单 to be signed;
    `template` is the office's own Word template; `site` are the meta tags of the site's settings, `page_template` is
    the text of the office's own page template; `engine` is how the Word template is filled (document.ENGINES).

    Raises InputError when there are errors and it is no draft, TemplateError when the template would make a wrong
    document, OutputError when a file can't be written.
    """
    name = f"{file_name(checked.reading)}{'（草稿）' if draft else ''}"
    wanted = Wanted(name, formats, draft, template, site or {}, page_template, engine)
    files, faults = _rendered(checked, wanted)
    problem = "；".join(dict.fromkeys(faults.values()))
    wanted = replace(wanted, formats=tuple(f for f in formats if f not in faults))
    if not wanted.formats:
        raise OutputError(problem)
    if check_sheet:
        files[CHECK_SHEET] = check_sheet_of(checked, f"{name}{OUTPUTS[wanted.formats[0]].endings[0]}", draft=draft)
    left = any(OUTPUTS[f].make_all for f in wanted.formats)
    made = _written(folder, name, files)
    return replace(made, later=Later(checked, folder, wanted) if left else None, problem=problem)


def _rendered(checked: Checked, wanted: Wanted) -> tuple[dict[str, bytes], dict[str, str]]:
    """Return the files that are made at once, and why a format could not be made here.

    When one could not, the others are rendered without it: a page must not link to what is not there.
    """
    files: dict[str, bytes] = {}
    faults: dict[str, str] = {}
    for form in wanted.formats:
        if OUTPUTS[form].make_all is None:
            try:
                files.update(render(checked, form, wanted))
            except OutputError as e:
                faults[form] = str(e)
    if not faults:
        return files, {}
    files, more = _rendered(checked, replace(wanted, formats=tuple(f for f in wanted.formats if f not in faults)))
    return files, faults | more


def finish(later: Sequence[Later]) -> Iterator[Finished]:
    """Make and write the formats that were left, each for all reports together, and tell what became of each.

    A report or file that fails never stops the others.
    """
    for name, form in OUTPUTS.items():
        jobs = [one for one in later if name in one.wanted.formats]
        if form.make_all is None or not jobs:
            continue
        for job, result in zip(jobs, form.make_all([(j.checked, j.wanted) for j in jobs]), strict=True):
            try:
                made, problem = _written(job.folder, job.wanted.name, result.files), result.problem
            except OutputError as e:
                made, problem = Made((), ()), str(e)
            yield Finished(job, made, problem, result.notes)


def _written(folder: Path, name: str, files: Mapping[str, bytes]) -> Made:
    paths = {folder / f"{name}{ending}": data for ending, data in files.items()}
    asides = [write_result(path, data, same(path)) for path, data in paths.items()]
    return Made(tuple(paths), tuple(a for a in asides if a))


def same(path: Path) -> Same | None:
    """Return what tells that a made file is the same as an earlier one; None where only the same bytes are."""
    if path.suffix != ".pdf":
        return None
    from nianbao.publish import pdf_file  # noqa: PLC0415 - only where a PDF is made

    return pdf_file.same


def render(checked: Checked, name: str, wanted: Wanted) -> Mapping[str, bytes]:
    """Return the files of one format by the ending of their names; nothing is written.

    Raises InputError when there are errors and it is no draft, NianbaoError when the format can't be made.
    """
    _stop_for_errors(checked, wanted.draft)
    return OUTPUTS[name].make(checked, wanted)


def _stop_for_errors(checked: Checked, draft: bool) -> None:
    if checked.has_errors and not draft:
        raise InputError(f"“{checked.path.name}”还有强制性问题，没有生成正式报告；要先看样子，可以生成草稿")


def check_sheet_of(checked: Checked, name: str, *, draft: bool = False) -> bytes:
    """Return the one-page 校核单 (.docx) that is signed with the report in the file `name`.

    Raises InputError when there are errors and it is no draft.
    """
    _stop_for_errors(checked, draft)
    from nianbao import document  # noqa: PLC0415 - Word only where a document is made

    return document.check_sheet(checked.reading, checked.findings, checked.verdicts, name)


def write_reasons(checked: Checked, path: Path) -> None:
    """Write a new file with the findings that want a reason. Raises OutputError."""
    text = reasons.dumps(checked.findings, checked.reading.report)
    write_new(path, text.encode("utf-8"))


def file_name(reading: Reading) -> str:
    """Return the report's title as a safe file name without extension."""
    return safe_name(reading.edition.titled(reading.report.name[:50], reading.report.year))
