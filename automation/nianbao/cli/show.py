"""What the command line prints: findings for people, the catalogue of rules and editions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from nianbao.cli.parser import PROGRAM
from nianbao.findings import OF_DOCUMENTS, Finding, Severity, classes, settled, stopped, tally
from nianbao.form import Edition, Rule
from nianbao.report import Reading
from nianbao.verdicts import Verdict, sentences, unjudged
from nianbao.verdicts import summary as summary_of

if TYPE_CHECKING:
    from nianbao.checks.text.figure_readings import FigureTold


def heading(file: str, reading: Reading) -> str:
    """Return the line that says which file, body, year and edition the findings are about."""
    report = reading.report
    body = report.name or "（单位名称未填）"
    year = f"{report.year}年" if report.year else "（年度未填）"
    return f"{file}：{body} {year}（{reading.edition.name}）"


def findings(found: Iterable[Finding], meaning: Mapping[Severity, str] | None = None, *, explain: bool = False) -> str:
    """Return the findings grouped by class and rule: what and where, how to mend it, the rule once, the reason given.

    `meaning` says what a class asks for where it is not what it asks of a report. With `explain` every finding is told
    whole, in its order.
    """
    listed = list(found)
    if not listed:
        return "  没有发现问题。"
    lines = []
    for severity in Severity:
        group = [f for f in listed if f.severity is severity]
        if group:
            lines.append(f"  【{severity.label}】{_how_many(group)}：{(meaning or _MEANING)[severity]}")
            lines += _whole(group) if explain else _by_rule(group)
    return "\n".join(lines)


def figures(told: Iterable[FigureTold]) -> str:
    """Return every figure of the texts with what it was understood to be, by paragraph."""
    lines: list[str] = []
    place = ""
    for one in told:
        if one.place != place:
            place = one.place
            lines.append(f"  {place}")
        framed = f"；句式 {one.frame}" if one.frame else ""
        meant = f"，{one.meaning}" if one.meaning else ""
        lines.append(f"    {one.number}　{one.passage}")
        lines.append(f"      {one.subject}，{one.owner}{meant}{framed}；{one.result}")
    return "\n".join(lines) or "  正文里没有数字。"


_MEANING = {
    Severity.ERROR: "必须改正，否则不能生成正式报告。",
    Severity.EXPLAIN: "请核实；确实无误的，写明原因。",
    Severity.HINT: "供参考，不影响生成报告。",
}


def verified(document: str, source: str, found: Sequence[Finding], told: Sequence[Verdict]) -> str:
    """Return what a finished document's comparison with its file came to: what it says, then how it looks."""
    said = sum(f.severity is not Severity.HINT for f in found)
    looks = len(found) - said
    unlike = f"有 {said} 处不同" if said else "的数字和文字完全一致"
    formats = f"；版式有 {looks} 处提示" if looks else ""
    lines = [f"{document} 与 {source} {unlike}{formats}{'：' if found else '。'}"]
    lines += [findings(found, OF_DOCUMENTS)] if found else []
    return "\n".join([*lines, *(f"  {line}" for line in sentences(unjudged(told)))])


def _by_rule(group: Iterable[Finding]) -> Iterator[str]:
    """Yield the lines of one class: advice that holds for several findings, and their rule, stand once behind them."""
    of_rule: dict[tuple[str, str], list[Finding]] = {}
    for one in group:
        of_rule.setdefault((one.rule, one.why), []).append(one)
    number = 0
    for (_, why), findings_of_rule in of_rule.items():
        for advice, alike in groupby(findings_of_rule, key=lambda f: f.advice):
            for one in alike:
                number += 1
                yield f"    {number}. {one.problem}"
                if one.explanation:
                    yield f"       说明：{one.explanation}"
            if advice:
                yield f"       改法：{advice}"
        if why:
            yield f"       依据：{stopped(why)}"


def _whole(group: Iterable[Finding]) -> Iterator[str]:
    for number, one in enumerate(group, 1):
        yield f"    {number}. {one.message}"
        if one.explanation:
            yield f"       说明：{one.explanation}"


def _how_many(group: Sequence[Finding]) -> str:
    """Return how many, those with a reason apart where there are any."""
    counts = settled(group)
    apart = f"（已说明 {counts['explained']}，待说明 {counts['waiting']}）" if counts["explained"] else ""
    return f"{len(group)} 处{apart}"


def verdicts(found: Iterable[Finding], told: Sequence[Verdict]) -> str:
    """Return how many findings and rules stand how, and which rules could not be judged and why."""
    lines = [f"合计：{classes(tally(found))}。", f"{summary_of(told)}。", *sentences(unjudged(told))]
    return "\n".join(f"  {line}" for line in lines)


def summary(found: Iterable[Finding]) -> str:
    """Return one line with the count of each class."""
    listed = list(found)
    return "，".join(f"{s.label} {sum(f.severity is s for f in listed)} 处" for s in Severity)


def rule_page(rule: Rule) -> str:
    """Return everything about one rule."""
    years = _years(rule)
    beyond = [f"不看什么：{rule.beyond}"] if rule.beyond else []
    return "\n".join(
        [
            f"{rule.id}　{rule.name}（{Severity(rule.severity).label}{'，' + years if years else ''}）",
            "",
            f"查什么：{rule.statement}。",
            *beyond,
            f"为什么：{rule.why}",
            f"正确的例子：{rule.kept}",
            f"错误的例子：{rule.broken}",
            f"怎样改：{rule.mend}",
            f"依据：{rule.basis}",
        ]
    )


def _years(rule: Rule) -> str:
    if rule.from_year and rule.to_year:
        return f"{rule.from_year}至{rule.to_year}年度"
    if rule.from_year:
        return f"{rule.from_year}年度起"
    return f"至{rule.to_year}年度" if rule.to_year else ""


def rule_list(edition: Edition) -> str:
    """Return one line for each rule of an edition."""
    lines = [f"{edition.name}（{edition.basis}）的校验规则："]
    lines += [f"  {r.id:<4} {Severity(r.severity).label}　{r.name}：{r.statement}。" for r in edition.rules]
    lines.append(f"输入“{PROGRAM} rules 编号”查看一条规则的例子、改法和依据。")
    return "\n".join(lines)


def edition_line(edition: Edition) -> str:
    """Return what one edition is, for which years, and how it deviates."""
    years = f"{edition.from_year}至{edition.to_year}年度" if edition.to_year else f"{edition.from_year}年度起"
    line = f"  {edition.id:<12} {edition.name}，{years}，{edition.basis}"
    if edition.deviations:
        line += f"\n{'':15}与国家规定格式不同：" + "；".join(edition.deviations)
    return line
