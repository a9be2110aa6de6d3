"""N1: figures and denials in the text against the cells they speak of."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from nianbao.checks.judge import text_finding
from nianbao.checks.text.cells import Figure, figure
from nianbao.checks.text.claims import denials
from nianbao.checks.text.clauses import sentences
from nianbao.checks.text.mentions import Mention, mentions
from nianbao.checks.text.scope import Scope
from nianbao.findings import Finding, Severity
from nianbao.form import Rule
from nianbao.numbers import spell
from nianbao.report import Reading


@dataclass(frozen=True)
class Comparison:
    """A figure of the text beside what the cells say for each of its readings; `matched` is the one that fits."""

    mention: Mention
    figures: tuple[Figure, ...]
    matched: Figure | None


def comparisons(reading: Reading) -> Iterator[Comparison]:
    """Yield every figure of the text that has a cell, with the reading that fits, if one does."""
    for sentence in sentences(reading.report):
        for mention in (*mentions(sentence, reading.report), *denials(sentence, reading.report)):
            figures = tuple(_until_it_fits(reading, mention))
            if figures:
                last = figures[-1]
                yield Comparison(mention, figures, last if _fits(last, mention) else None)


def _until_it_fits(reading: Reading, mention: Mention) -> Iterator[Figure]:
    """Yield what the cells say for each reading, the last being the first that fits, if one does."""
    for total in mention.readings:
        read = figure(reading, total, mention.columns)
        if read is not None:
            yield read
            if _fits(read, mention):
                return


def _fits(read: Figure, mention: Mention) -> bool:
    return read.complete and read.value == mention.value


def figures_in_text_match_the_tables(rule: Rule, reading: Reading) -> list[Finding]:
    """N1: a figure in the text equals its cell in one of its readings; what is known in part only is asked."""
    found = []
    for compared in comparisons(reading):
        if compared.matched is None and not _fits_what_is_known(compared):
            found.append(_finding(rule, reading, compared))
    return found


def _fits_what_is_known(compared: Comparison) -> bool:
    return any(not f.complete and f.value == compared.mention.value for f in compared.figures)


def _finding(rule: Rule, reading: Reading, compared: Comparison) -> Finding:
    mention, first = compared.mention, compared.figures[0]
    partly = [f for f in compared.figures if not f.complete]
    certain = mention.sure and mention.scope is Scope.WHOLE and not partly
    return text_finding(
        rule,
        reading,
        mention.sentence.text,
        mention.sentence.paragraph,
        f"正文{mention.sentence.quote(mention.start, mention.end)}，{mention.label}写的是 {mention.value}，而"
        + _cells(reading, first) + _others(compared),
        cells=first.cells,
        how=_how(mention, first),
        severity=Severity.ERROR if certain else Severity.EXPLAIN,
    )  # fmt: skip


def _cells(reading: Reading, read: Figure) -> str:
    """Name the cells of the first reading with what they hold."""
    if len(read.cells) == 1:
        named = f"{reading.places.named(read.cells[0])}是 {read.spelled}"
    else:
        named = f"{reading.places.named(read.cells[0])}等 {len(read.cells)} 格合计 {read.spelled}"
    return named if read.complete else f"{named}（有空格，空格未计）"


def _others(compared: Comparison) -> str:
    """Say which other readings were tried."""
    seen = {compared.figures[0].value}
    told = []
    for read in compared.figures[1:]:
        if read.value not in seen and read.says:
            seen.add(read.value)
            told.append(f"{read.says} {read.spelled}")
    return f"；按{'，或按'.join(told[:3])}，也不相符" if told else ""


def _how(mention: Mention, read: Figure) -> str:
    if mention.scope is Scope.OWN:
        return (
            f"有两种可能：如果这里只是本办公室（本机关）自身的 {mention.value} 件，表中是全区域合计，请写明各自的范围；"
            f"如果说的是全区域，正文应与表中的 {spell(read.value)} 一致"
        )
    if mention.scope is Scope.WIDER:
        return (
            f"有两种可能：如果这里说的是全县（全系统）的 {mention.value} 件，表中只是本机关的数，请写明各自的范围；"
            f"如果说的是本机关，正文应与表中的 {spell(read.value)} 一致"
        )
    if not read.complete:
        return "先把表中空着的格子（没有的填0）和总计补齐，再核对正文的数"
    return f"对照台账：表中无误的，正文改为 {spell(read.value)}；正文无误的，改正表中的数"
