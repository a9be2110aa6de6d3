"""The verb `template`, and what `make --template` says of the office's own template."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from nianbao.cli import show
from nianbao.cli.parser import PROGRAM
from nianbao.errors import OutputError
from nianbao.findings import OF_TEMPLATES
from nianbao.form import Edition

OK, FOUND = 0, 1


def template(options: argparse.Namespace) -> int:
    """Do what the verb's first word says."""
    return {"check": _check, "new": _new}[options.action](options)


def _check(options: argparse.Namespace) -> int:
    from nianbao import findings, pipeline  # noqa: PLC0415 - only where a template is examined

    if not options.file:
        raise OutputError(f"请写明要检查哪个模板，例如：{PROGRAM} template check 我们的模板.docx")
    path = Path(options.file)
    edition, found = pipeline.template_findings(path, options.edition)
    if options.annotate:
        pipeline.annotate_template(path, edition, _docx(options.annotate))
        print(f"已另存用批注标出问题的模板：{options.annotate}", file=sys.stderr)
    if options.format == "json":
        print(json.dumps(findings.to_json(str(path), found), ensure_ascii=False, indent=1))
    else:
        print(f"{path}：按“{edition.name}”检查")
        print(show.findings(found, OF_TEMPLATES))
        print(f"  合计：{show.summary(found)}。")
    return FOUND if any(f.blocks for f in found) else OK


def _new(options: argparse.Namespace) -> int:
    from nianbao import pipeline  # noqa: PLC0415 - only where a template is made
    from nianbao.form import current_edition  # noqa: PLC0415

    if not options.output:
        raise OutputError(f"请用 -o 写明新模板的文件名，例如：{PROGRAM} template new -o 我们的模板.docx")
    path = Path(options.output)
    page = path.suffix.lower() == ".html"
    if not page:
        _docx(options.output)
    edition = current_edition(options.edition)
    pipeline.new_template(edition, path)
    print(f"已新建{'网页' if page else ''}模板：{path}（{edition.name}）")
    checked = f"先用“{PROGRAM} template check {path.name}”检查，再"
    print(
        f"用记事本改好以后，用“{PROGRAM} make --to html --page-template {path.name}”生成网页。"
        if page
        else f"在 Word 里改好以后，{checked}用“{PROGRAM} make --template”生成报告。"
    )
    return OK


def usable(path: Path, edition: Edition) -> bool:
    """Print what is wrong with the template that a report is to be made with; tell whether it may be used."""
    from nianbao import pipeline  # noqa: PLC0415 - only where an own template is used

    found = pipeline.own_findings(path, edition)
    if found:
        print(f"  模板 {path}（按“{edition.name}”检查）：")
        print(show.findings(found, OF_TEMPLATES))
    return not any(f.forbids for f in found)


def _docx(name: str) -> Path:
    path = Path(name)
    if path.suffix.lower() != ".docx":
        raise OutputError(f"“{path.name}”：Word 模板的文件名要以 .docx 结尾")
    return path
