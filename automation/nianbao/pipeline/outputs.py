"""The table of everything `--to` can ask for. A new format is one more line here; where it is offered, others say.

How a format is made belongs into its own sub-package; here it is only called, and what can be read back is proven.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from nianbao import report as reports
from nianbao.errors import NianbaoError, OutputError, TemplateError
from nianbao.pipeline import templates

if TYPE_CHECKING:
    from nianbao.pipeline.checked import Checked
    from nianbao.publish.page import Links


@dataclass(frozen=True)
class Wanted:
    """How the files of a report are wanted.

    `name` is what their names begin with, so that they can link to each other; `formats` are all made together.
    `template` is the office's own Word template; without one it is the edition's.
    `site` are the meta tags that the site's settings give (publish/site.py), `page_template` is the text of the
    office's own page template. `engine` is how the Word template is filled (document.ENGINES).
    """

    name: str
    formats: tuple[str, ...]
    draft: bool = False
    template: Path | None = None
    site: Mapping[str, str] = field(default_factory=dict)
    page_template: str = ""
    engine: str = "auto"


Make = Callable[["Checked", Wanted], Mapping[str, bytes]]
"""Returns the files of one report by the ending of their names. Raises NianbaoError."""


@dataclass(frozen=True)
class Late:
    """What became of one report in a format made for many at once.

    `files` are by the ending of their names, those that can be kept when `problem` tells why the rest is missing
    included; `notes` are what the user should know.
    """

    files: Mapping[str, bytes] = field(default_factory=dict)
    problem: str = ""
    notes: tuple[str, ...] = ()


MakeAll = Callable[[Sequence[tuple["Checked", Wanted]]], Sequence[Late]]
"""Makes one format of many reports in one start of a slow program; returns what became of each, in their order."""


@dataclass(frozen=True)
class Format:
    """One format: what it is called, the endings of the files it gives, how they are made.

    `endings` are known beforehand, so that a county's run can say where each file will lie. A format whose program
    is slow to start has `make_all` and is made at the end of a run, all reports at once.
    """

    label: str
    endings: tuple[str, ...]
    make: Make
    make_all: MakeAll | None = None


def _docx(checked: Checked, wanted: Wanted) -> Mapping[str, bytes]:
    """Render the report and read it back; a document that differs from its data is never handed over."""
    from nianbao import document  # noqa: PLC0415 - docxtpl only where a document is made

    reading = checked.reading
    own = templates.own_template(wanted.template, reading.edition, wanted.engine) if wanted.template else None
    made = (own or document.template_for(reading.edition, wanted.engine)).render(reading.report, draft=wanted.draft)
    differs = document.differences(made, reading.edition, reading.report)
    if differs:
        listed = "；".join(differs[:3])
        raise TemplateError(f"生成的报告与数据有 {len(differs)} 处不一致（{listed}），没有交出。请检查模板是否被改动")
    return {".docx": made}


def _json(checked: Checked, wanted: Wanted) -> Mapping[str, bytes]:
    return {".json": reports.dumps(reports.handed_over(checked.reading)).encode("utf-8")}


def _pdfs(jobs: Sequence[tuple[Checked, Wanted]], *, pdf_a: bool) -> Sequence[Late]:
    """Render every report, convert them together, prove each PDF; where one fails its Word report is kept."""
    from nianbao.pipeline import pdfs  # noqa: PLC0415 - PDFium and office programs only where a PDF is made

    rendered: list[Late] = []
    for checked, wanted in jobs:
        try:
            rendered.append(Late(_docx(checked, wanted)))
        except NianbaoError as e:
            rendered.append(Late(problem=str(e)))
    done = pdfs.finish([(c.reading, w.draft) for c, w in jobs], rendered, pdf_a=pdf_a)
    return [
        replace(late, problem=late.problem + _DEAD_LINK) if late.problem and "html" in wanted.formats else late
        for late, (_, wanted) in zip(done, jobs, strict=True)
    ]


_DEAD_LINK = "；同时生成的网页里有它的下载链接，请转好 PDF 后以网页所写的文件名放在一起，或不带 PDF 重新生成网页"


def _pdf(checked: Checked, wanted: Wanted, *, pdf_a: bool) -> Mapping[str, bytes]:
    (late,) = _pdfs([(checked, wanted)], pdf_a=pdf_a)
    if late.problem:
        raise OutputError(late.problem)
    return late.files


def _pdf_format(label: str, ending: str, *, pdf_a: bool) -> Format:
    return Format(label, (ending,), partial(_pdf, pdf_a=pdf_a), partial(_pdfs, pdf_a=pdf_a))


def _html(checked: Checked, wanted: Wanted) -> Mapping[str, bytes]:
    from nianbao.publish import page  # noqa: PLC0415 - only where a page is made

    reading = checked.reading
    asked = page.Asked(wanted.draft, _beside(wanted), wanted.site, wanted.page_template)
    return page.page_files(reading.edition, reading.report, asked)


def _beside(wanted: Wanted) -> Links:
    """Return what a page links to: the first file of each other format made together with it, and a picture to show."""
    from nianbao.publish import page  # noqa: PLC0415

    files = [(OUTPUTS[f].label, f"{wanted.name}{OUTPUTS[f].endings[0]}") for f in wanted.formats if f != "html"]
    shown = next((f"{wanted.name}{SMALL}.{f}" for f in _PICTURES if f in wanted.formats), "")
    return page.Links(files, shown)


_PICTURES = ("svg", "png")
WHOLE, SMALL = "（图解）", "（图解小图）"


def _picture(checked: Checked, wanted: Wanted, *, kind: str) -> Mapping[str, bytes]:
    """Draw the picture of the year's figures, and the small one that a page shows."""
    from nianbao.publish import picture  # noqa: PLC0415 - matplotlib, an extra, only where a picture is made

    drawn = {WHOLE: picture.whole(checked.reading, draft=wanted.draft)}
    drawn[SMALL] = picture.small(checked.reading, draft=wanted.draft)
    return {f"{word}.{kind}": p.svg() if kind == "svg" else p.png() for word, p in drawn.items()}


def _picture_format(label: str, kind: str) -> Format:
    return Format(label, (f"{WHOLE}.{kind}", f"{SMALL}.{kind}"), partial(_picture, kind=kind))


def _csv(checked: Checked, wanted: Wanted) -> Mapping[str, bytes]:
    from nianbao.publish import figures_csv  # noqa: PLC0415 - only where it is asked for

    return {".csv": figures_csv.figures_csv(checked.reading.edition, checked.reading.report)}


OUTPUTS: Mapping[str, Format] = MappingProxyType(
    {
        "docx": Format("Word 报告", (".docx",), _docx),
        "html": Format("网页", (".html", "（正文片段）.html"), _html),
        "csv": Format("数据表（CSV）", (".csv",), _csv),
        "json": Format("年报数据（JSON）", (".json",), _json),
        "pdf": _pdf_format("PDF", ".pdf", pdf_a=False),
        "pdfa": _pdf_format("存档用的 PDF/A", "（存档）.pdf", pdf_a=True),
        "svg": _picture_format("图解（SVG）", "svg"),
        "png": _picture_format("图解（PNG）", "png"),
    }
)

FORMATS = tuple(OUTPUTS)


def formats_of(typed: str) -> tuple[str, ...]:
    """Return the formats named in what was typed after --to, each once. Raises OutputError for any other."""
    formats = tuple(dict.fromkeys(f.strip().lower() for f in typed.split(",") if f.strip()))
    unknown = [f for f in formats if f not in OUTPUTS]
    if unknown or not formats:
        raise OutputError(f"不能生成 {'、'.join(unknown) or typed}；可以生成 {'、'.join(OUTPUTS)}")
    return formats


def read_site(path: Path, *, many: bool = False) -> dict[str, str]:
    """Return the meta tags that a site's settings give, for one report or many. Raises InputError with all faults."""
    from nianbao.publish import site  # noqa: PLC0415 - TOML only where settings are given

    return site.read_site(path, many=many)


def missing_tags(site: Mapping[str, str]) -> tuple[str, ...]:
    """Return, in Chinese, the meta tags that are required of a page and that the settings do not give."""
    from nianbao.publish import site as settings  # noqa: PLC0415 - only where settings are given

    return settings.missing(site)


def read_page_template(path: Path) -> str:
    """Return the text of the office's own page template. Raises TemplateError."""
    from nianbao.publish import page  # noqa: PLC0415 - only where a page is made

    return page.read_page_template(path)
