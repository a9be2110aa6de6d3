"""The office's own Word template: examined, annotated, made new, and taken only when it makes right documents."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from nianbao import given
from nianbao.errors import TemplateError
from nianbao.files import write_new
from nianbao.form import Edition, load_edition
from nianbao.watch import watched

if TYPE_CHECKING:
    from nianbao.document import PlainTemplate, Template
    from nianbao.findings import Finding

MAX_BYTES = 50_000_000


@watched
def template_findings(path: Path, edition: str = "") -> tuple[Edition, tuple[Finding, ...]]:
    """Return every fault of a template and the edition it was held against: the one named, else the nearest shipped.

    Raises TemplateError when it is no sound .docx, EditionError.
    """
    from nianbao.document import lint  # noqa: PLC0415 - only where a template is examined

    data = _bytes(path)
    chosen = load_edition(edition) if edition else lint.nearest_edition(data)
    return chosen, lint.check_template(data, chosen)


def annotate_template(path: Path, edition: Edition, copy: Path) -> None:
    """Write a new copy of a template with its faults as comments. Raises TemplateError, OutputError."""
    from nianbao.document import lint  # noqa: PLC0415 - only where a template is examined

    write_new(copy, lint.annotate_template(_bytes(path), edition))


def new_template(edition: Edition, path: Path) -> None:
    """Write a fresh template of an edition: a Word file, or for a name that ends in .html a page.

    Raises OutputError when the file exists.
    """
    if path.suffix.lower() == ".html":
        from nianbao.publish import page  # noqa: PLC0415 - only where a page's template is made

        write_new(path, page.build_page_template(edition))
        return
    from nianbao import document  # noqa: PLC0415 - Word only where a template is made

    write_new(path, document.build_template(edition))


def own_findings(path: Path, edition: Edition) -> tuple[Finding, ...]:
    """Return every fault of a template for the edition of a report. Raises TemplateError."""
    from nianbao.document import lint  # noqa: PLC0415 - only where an own template is used

    return lint.check_template(_bytes(path), edition)


@watched
def own_template(path: Path, edition: Edition, engine: str = "auto") -> Template | PlainTemplate:
    """Return the compiled template of the office. Raises TemplateError when it would make a wrong document."""
    from nianbao import document  # noqa: PLC0415 - Word only where a document is made

    forbidding = [f for f in own_findings(path, edition) if f.forbids]
    if forbidding:
        raise TemplateError(
            f"模板“{path.name}”有 {len(forbidding)} 处会让报告出错，不能使用（第一处：{forbidding[0].place}）；"
            "用“nianbao template check”查看全部"
        )
    return document.prepared(_bytes(path), edition, engine)


def _bytes(path: Path) -> bytes:
    return given.named(path, MAX_BYTES, "模板", f"模板“{path.name}”太大，不是正常的 Word 模板", TemplateError)
