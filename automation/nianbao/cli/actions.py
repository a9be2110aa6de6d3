"""What each verb does. Results go to stdout, progress to stderr; each returns the exit code."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from nianbao import jobs
from nianbao.cli import notice_option, register, show
from nianbao.cli.page_options import pages
from nianbao.cli.parser import PROGRAM
from nianbao.errors import NianbaoError, OutputError

if TYPE_CHECKING:
    from nianbao.form import Edition
    from nianbao.notice import Notice
    from nianbao.pipeline import Checked, Later, Made

OK, FOUND, FAILED = 0, 1, 2


def demo(options: argparse.Namespace) -> int:
    """Run the main job on the embedded sample."""
    if options.county:
        from nianbao.cli import county  # noqa: PLC0415

        return county.demo(Path(options.output))
    from nianbao.cli.demo import run  # noqa: PLC0415

    return run(Path(options.output))


def new(options: argparse.Namespace) -> int:
    """Write a standard workbook, or one for each body of a roster."""
    from nianbao import pipeline  # noqa: PLC0415
    from nianbao.cli import county, repair_option  # noqa: PLC0415
    from nianbao.files import write_new  # noqa: PLC0415

    if repair_option.is_asked(options):
        return repair_option.repair(options)
    if options.year is None:
        raise OutputError("请用 --year 写明报告年度，例如 --year 2025；要修复读不出的填报表，请用 --repair")
    if bool(options.body) == bool(options.roster):
        raise OutputError("请用 --body 写单位名称，或用 --roster 提供名册，二者选一")
    if options.roster:
        if options.register or options.with_register:
            raise OutputError("--register、--with-register 一次只能用于一个单位，不能与 --roster 合用")
        if options.last:
            raise OutputError("--from 用于一个单位；按名册的，请用 --last-year 提供放各单位上年文件的文件夹")
        return county.new_roster(options)
    if options.last_year:
        raise OutputError("--last-year 与 --roster 合用；一个单位的上年文件请用 --from 提供")
    path = Path(options.output)
    if path.suffix.lower() != ".xlsx":
        raise OutputError(f"“{path.name}”：填报表的文件名要以 .xlsx 结尾")
    edition = pipeline.edition_for(options.year, options.edition)
    asked = notice_option.for_forms(options)
    last = pipeline.read_other(Path(options.last), (options.edition,)).report if options.last else None
    figures = register.figures(options, edition) if options.register else {}
    if figures is None:
        return FOUND
    report = pipeline.fresh_report(edition, options.body, options.year, last, figures)
    made = pipeline.new_workbook(edition, report, last, with_register=options.with_register, notice=asked)
    write_new(path, made)
    print(f"已新建填报表：{path}（{edition.name}）")
    unusual = pipeline.unusual_edition(options.year, edition)
    if unusual:
        print(f"请注意：{unusual}。", file=sys.stderr)
    if figures:
        print(f"表三已按申请台账填好 {len(figures)} 格，台账本身没有放进填报表。")
    print(f"请在 Excel 或 WPS 中打开，填写黄色的格子；填好后用“{PROGRAM} make”生成报告。")
    return OK


def check(options: argparse.Namespace) -> int:
    """Check files and print the findings."""
    from nianbao import findings, pipeline, verdicts  # noqa: PLC0415

    answers: list[dict[str, object]] = []
    if (options.annotate or options.write_reasons) and len(options.files) > 1:
        raise OutputError("--annotate 和 --write-reasons 一次只能用于一个文件")
    register.refuse_for_many(options)
    asked = notice_option.given(options)

    def one(path: Path) -> bool:
        checked = _checked(path, options, asked)
        if options.annotate:
            pipeline.annotate(checked, Path(options.annotate))
            print(f"已另存标出问题的填报表：{options.annotate}", file=sys.stderr)
            register.say_left_out(checked)
        if options.write_reasons:
            pipeline.write_reasons(checked, Path(options.write_reasons))
            print(f"已另存待填写的说明文件：{options.write_reasons}", file=sys.stderr)
        if options.format == "json":
            told = findings.to_json(str(path), checked.findings)
            answers.append(verdicts.with_verdicts(told, checked.findings, checked.verdicts))
        else:
            print(show.heading(str(path), checked.reading))
            print(show.findings(checked.findings, explain=options.explain))
            print(show.verdicts(checked.findings, checked.verdicts))
            register.show_beside(checked)
        return checked.blocks

    code = _each(options.files, one, answers if options.format == "json" else None)
    if options.format == "json":
        print(json.dumps(answers if len(options.files) > 1 else answers[0], ensure_ascii=False, indent=1))
    return code


def make(options: argparse.Namespace) -> int:
    """Check files and make their reports."""
    from nianbao import pipeline  # noqa: PLC0415

    formats = pipeline.formats_of(options.to)
    own = Path(options.template) if options.template else None
    later: list[pipeline.Later] = []
    site, page = pages(options, formats, many=len(options.files) > 1)
    register.refuse_for_many(options)
    asked = notice_option.given(options)
    made_of: dict[tuple[str, str], Path] = {}

    def one(path: Path) -> bool:
        checked = _checked(path, options, asked)
        print(show.heading(str(path), checked.reading))
        print(show.findings(checked.findings))
        print(show.verdicts(checked.findings, checked.verdicts))
        register.show_beside(checked)
        earlier = made_of.setdefault(_whose(checked), path)
        if earlier != path:
            print(f"  没有生成报告：单位和年度与“{earlier}”相同，一个单位一年只有一份报告，请留下其中一份再生成。")
            return True
        if checked.has_errors and not options.draft:
            print("  没有生成报告：请先改正强制性问题；要先看样子，可加 --draft 生成草稿。")
            return True
        if own and not _is_usable(own, checked.reading.edition):
            print("  没有生成报告：请先改正模板。")
            return True
        made = pipeline.make(
            checked,
            Path(options.output),
            formats,
            draft=options.draft,
            check_sheet=options.check_sheet,
            template=own,
            site=site,
            page_template=page,
            engine=options.engine,
        )
        _tell(made)
        if made.later:
            later.append(made.later)
        if made.problem:
            print(f"{made.problem}。", file=sys.stderr)
        return checked.blocks or bool(made.problem)

    code = _each(options.files, one)
    return max(code, _finish(later, len(options.files)))


def _is_usable(template: Path, edition: Edition) -> bool:
    from nianbao.cli.template import usable  # noqa: PLC0415

    return usable(template, edition)


def _whose(checked: Checked) -> tuple[str, str]:
    """Return whose report of which year it is; two of them would be written to the same place."""
    report = checked.reading.report
    return "".join(report.name.split()) or str(checked.path), str(report.year)


def _tell(made: Made) -> None:
    for file in made.files:
        print(f"  已生成：{file}")
    for file in made.kept:
        print(f"  原来的同名文件另存为：{file}")


def _finish(later: list[Later], asked: int) -> int:
    """Make what is made for all files at once, and return the exit code of that; the same word is said only once."""
    from nianbao import pipeline  # noqa: PLC0415

    failed = set()
    said: dict[str, None] = {}
    for done in pipeline.finish(later):
        _tell(done.made)
        if done.problem:
            failed.add(done.later.checked.path)
            said[f"“{done.later.checked.path.name}”：{done.problem}" if asked > 1 else done.problem] = None
        said.update(dict.fromkeys(done.notes))
    for sentence in said:
        print(f"{sentence}。", file=sys.stderr)
    if failed and len(failed) == asked:
        return FAILED
    return FOUND if failed else OK


def _checked(path: Path, options: argparse.Namespace, asked: Notice | None) -> Checked:
    from nianbao import pipeline  # noqa: PLC0415
    from nianbao.dates import today  # noqa: PLC0415

    last_year = Path(options.last_year) if options.last_year else None
    written = Path(options.reasons) if options.reasons else None
    given = register.given(path, options)
    return pipeline.check_file(path, options.edition, last_year, written, given, asked, today=today())


def _each(files: list[str], one: Callable[[Path], bool], answers: list[dict[str, object]] | None = None) -> int:
    """Do `one` for every file; a file that can't be read is told and never stops the rest."""
    failed = found = 0

    def begun(number: int, _: Path) -> None:
        if len(files) > 1:
            print(f"[{number}/{len(files)}] {files[number - 1]}", file=sys.stderr)

    for name, done in zip(files, jobs.each([Path(f) for f in files], one, begun), strict=True):
        found += bool(done.result)
        if done.error:
            failed += 1
            print(done.error.sentence, file=sys.stderr)
            if answers is not None:
                empty = {"error": 0, "explain": 0, "hint": 0}
                answers.append({"file": name, "error": str(done.error), "findings": [], "summary": empty})
    if failed == len(files):
        return FAILED
    return FOUND if found or failed else OK


def read(options: argparse.Namespace) -> int:
    """Read a published report into a workbook or JSON; what was not surely read is told."""
    from nianbao import pipeline, report  # noqa: PLC0415
    from nianbao.files import write_new  # noqa: PLC0415

    reading = pipeline.read(Path(options.file), options.edition)
    if options.format == "json":
        print(report.dumps(report.handed_over(reading)), end="")
        told = sys.stderr
    else:
        told = sys.stdout
        print(show.heading(options.file, reading))
        print(f"  读到 {len(reading.report.values)} 个数字、{len(reading.report.texts)} 部分文字。")
    if options.figures:
        from nianbao.checks.text.figure_readings import figures_told  # noqa: PLC0415

        print(show.figures(figures_told(reading)), file=told)
    print(show.findings(reading.findings), file=told)
    if options.output:
        path = Path(options.output)
        if path.suffix.lower() != ".xlsx":
            raise OutputError(f"“{path.name}”：填报表的文件名要以 .xlsx 结尾")
        write_new(path, pipeline.to_workbook(reading))
        print(f"已存为填报表：{path}", file=told)
    return FOUND if any(f.blocks for f in reading.findings) else OK


def verify(options: argparse.Namespace) -> int:
    """Compare a finished report with the file it was made from, and its looks with those its template makes."""
    from nianbao import findings, pipeline, verdicts  # noqa: PLC0415

    template_ = Path(options.template) if options.template else None
    checked = pipeline.verify(Path(options.report), Path(options.file), options.edition, template_)
    if options.format == "json":
        told = findings.to_json(options.report, checked.findings)
        answer = verdicts.with_verdicts(told, checked.findings, checked.verdicts)
        print(json.dumps(answer, ensure_ascii=False, indent=1))
    else:
        print(show.verified(options.report, options.file, checked.findings, checked.verdicts))
    return FOUND if checked.blocks else OK


def rules(options: argparse.Namespace) -> int:
    """Print the catalogue, or one rule."""
    from nianbao.form import current_edition  # noqa: PLC0415

    edition = current_edition(options.edition)
    chosen = [r for r in edition.rules if options.rule.upper() in ("", r.id)]
    if not chosen:
        raise NianbaoError(f"“{edition.name}”没有规则 {options.rule}；输入“{PROGRAM} rules”查看全部规则")
    if options.format == "json":
        keys = ("id", "name", "severity", "statement", "beyond", "basis", "why", "kept", "broken", "mend")
        shown = (*keys, "from_year", "to_year")
        told = [{"class" if k == "severity" else k: getattr(r, k) for k in shown} for r in chosen]
        print(json.dumps(told[0] if options.rule else told, ensure_ascii=False, indent=1))
    elif options.rule:
        print(show.rule_page(chosen[0]))
    else:
        print(show.rule_list(edition))
    return OK


def _of(module: str, verb: str) -> Callable[[argparse.Namespace], int]:
    """Return what a verb with a module of its own does; it is loaded when the verb is typed."""

    def act(options: argparse.Namespace) -> int:
        done: int = getattr(import_module(f"nianbao.cli.{module}"), verb)(options)
        return done

    return act


ACTIONS: dict[str, Callable[[argparse.Namespace], int]] = {
    "demo": demo,
    "new": new,
    "check": check,
    "make": make,
    "read": read,
    "verify": verify,
    "serve": _of("serving", "serve"),
    "register": register.act,
    "roster": _of("county", "roster"),
    "batch": _of("county", "batch"),
    "rollup": _of("county", "rollup"),
    "addin": _of("addin", "addin"),
    "template": _of("template", "template"),
    "editions": _of("editions", "editions"),
    "rules": rules,
}
