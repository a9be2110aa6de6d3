"""N1: figures and denials in the text against the cells they speak of."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from nianbao.checks.rule_findings import UNEVEN, text_finding
from nianbao.checks.text.against_outcomes import against_outcomes
from nianbao.checks.text.cell_sums import SummedFigure, figure
from nianbao.checks.text.clauses import sentences
from nianbao.checks.text.denials import denials
from nianbao.checks.text.mentions import Mention, mentions
from nianbao.checks.text.scope import Circle
from nianbao.findings import Finding, Severity
from nianbao.form import Rule
from nianbao.numbers import spell
from nianbao.patterns import Pattern
from nianbao.report import Reading
from nianbao.verdicts import Told, Unjudged

_CAME_IN = frozenset(("收到", "受理", "申请"))
_SET_ASIDE = Pattern(
    "[不未](?:予)?受理|不属于(?:政府)?信息公开|非政府信息公开|重复(?:登记|提交)|合并|实际|甄别|其中(?:属于)?(?:政府)?信息公开申请"
)


@dataclass(frozen=True)
class FigureComparison:
    """A figure of the text beside what the cells say for each of its readings; `matched` is the one that fits."""

    mention: Mention
    figures: tuple[SummedFigure, ...]
    matched: SummedFigure | None


def comparisons(reading: Reading) -> Iterator[FigureComparison]:
    """Yield every figure of the text that has a cell, with the reading that fits, if one does."""
    for sentence in sentences(reading):
        for mention in (*mentions(sentence, reading.report), *denials(sentence, reading.report)):
            figures = tuple(_until_it_fits(reading, mention))
            if figures:
                last = figures[-1]
                yield FigureComparison(mention, figures, last if _fits(last, mention) else None)


def _until_it_fits(reading: Reading, mention: Mention) -> Iterator[SummedFigure]:
    """Yield what the cells say for each reading, the last being the first that fits, if one does."""
    for total in mention.readings:
        read = figure(reading, total, mention.columns)
        if read is not None:
            yield read
            if _fits(read, mention):
                return


def _fits(read: SummedFigure, mention: Mention) -> bool:
    return read.complete and abs(read.value - mention.value) * 2 <= mention.step


def figures_in_text_match_the_tables(rule: Rule, reading: Reading) -> Told:
    """N1: a figure in the text equals its cell in one of its readings; what is known in part only is asked.

    A figure that differs just as the table's own sums do is not judged before these hold.
    """
    found: list[Finding | Unjudged] = []
    fitted: set[tuple[str, int, str]] = set()
    for compared in comparisons(reading):
        mention = compared.mention
        where = (mention.sentence.text, mention.sentence.paragraph, mention.label)
        if compared.matched is not None or _fit_together(compared):
            fitted.add(where)
        elif _follows_from_the_sums(reading, compared):
            found.append(UNEVEN)
        elif not _may_be_right(compared, fitted_before=where in fitted):
            found.append(_finding(rule, reading, compared))
    return found + [f for s in sentences(reading) for f in against_outcomes(rule, reading, s)]


def _follows_from_the_sums(reading: Reading, compared: FigureComparison) -> bool:
    """Tell whether a figure would fit if what does not add up in its table were mended at one of its cells."""
    mention = compared.mention
    return any(
        f.complete and abs(f.value - slip - mention.value) * 2 <= mention.step
        for f in compared.figures
        for key in f.cells
        for slip in reading.slips.get(key, ())
    )


def _fit_together(compared: FigureComparison) -> bool:
    """Tell whether several figures of one sentence make the cell together: 予以公开13件；上年结转1件，予以公开1件."""
    return any(f.complete and f.value == compared.mention.together for f in compared.figures)


def _may_be_right(compared: FigureComparison, *, fitted_before: bool) -> bool:
    """Tell whether a figure that fits no reading may be right all the same.

    So it may when cells are blank, when a figure beside it makes up for what is missing, and when it is a result of
    some of the applications, after all of them were told: 其中同意公开31件。包括上年结转4件，其中同意公开4件.
    """
    mention = compared.mention
    part = fitted_before and mention.is_result and mention.value < compared.figures[0].value
    return (
        part
        or _counts_what_was_set_aside(compared)
        or _fits_what_is_known(compared)
        or _lacks_what_stands_beside(compared)
    )


def _counts_what_was_set_aside(compared: FigureComparison) -> bool:
    """Tell whether more came in than the cell counts, and the text says so.

    收到14件，其中2件不予受理，实际受理12件; of an office: 全县收到30件，其中县政府办公室4件.
    """
    mention, cell = compared.mention, compared.figures[0].value
    if mention.label not in _CAME_IN or mention.value <= cell:
        return False
    beside = {t.value for t in mention.sentence.shape.tokens if t.start != mention.start}
    told = mention.scope is Circle.WIDER and cell and cell in beside
    return bool(told or (_SET_ASIDE.search(mention.sentence.clean) and beside & {cell, mention.value - cell}))


def _fits_what_is_known(compared: FigureComparison) -> bool:
    return any(not f.complete and f.value == compared.mention.value for f in compared.figures)


def _lacks_what_stands_beside(compared: FigureComparison) -> bool:
    """Tell whether a figure that was not understood, in the same sentence, is just what is missing to the cell."""
    mention = compared.mention
    missing = {f.value - mention.value for f in compared.figures if f.value > mention.value}
    return bool(missing & set(mention.beside))


def _finding(rule: Rule, reading: Reading, compared: FigureComparison) -> Finding:
    mention, first = compared.mention, compared.figures[0]
    partly = [f for f in compared.figures if not f.complete]
    given_up = [figure(reading, d, mention.columns) for d in mention.doubtful]
    doubtful = any(f and f.complete and f.value == mention.value for f in given_up)
    certain = mention.sure and mention.scope is Circle.WHOLE and not partly and not doubtful
    quote = mention.sentence.quote(mention.start, mention.end)
    return text_finding(
        rule,
        reading,
        mention.sentence.text,
        mention.sentence.paragraph,
        f"正文{quote}，{mention.label}写的是 {spell(mention.value)}，而"
        + _cells(reading, first) + _others(compared),
        cells=first.cells,
        how=_how(mention, first),
        severity=Severity.ERROR if certain else Severity.EXPLAIN,
        evidence=(quote, spell(mention.value), *(f.spelled for f in compared.figures)),
    )  # fmt: skip


def _cells(reading: Reading, read: SummedFigure) -> str:
    """Name the cells of the first reading with what they hold."""
    if len(read.cells) == 1:
        named = f"{reading.places.named(read.cells[0])}是 {read.spelled}"
    else:
        named = f"{reading.places.named(read.cells[0])}等 {len(read.cells)} 格合计 {read.spelled}"
    return named if read.complete else f"{named}（有空格，空格未计）"


def _others(compared: FigureComparison) -> str:
    """Say which other readings were tried."""
    seen = {compared.figures[0].value}
    told = []
    for read in compared.figures[1:]:
        if read.value not in seen and read.says:
            seen.add(read.value)
            told.append(f"{read.says} {read.spelled}")
    return f"；按{'，或按'.join(told[:3])}，也不相符" if told else ""


def _how(mention: Mention, read: SummedFigure) -> str:
    if mention.scope is Circle.OWN:
        return (
            f"有两种可能：如果这里只是本办公室（本机关）自身的 {spell(mention.value)} 件，表中是全区域合计，"
            f"请写明各自的范围；"
            f"如果说的是全区域，正文应与表中的 {spell(read.value)} 一致"
        )
    if mention.scope is Circle.WIDER:
        return (
            f"有两种可能：如果这里说的是全县（全系统）的 {spell(mention.value)} 件，表中只是本机关的数，"
            f"请写明各自的范围；"
            f"如果说的是本机关，正文应与表中的 {spell(read.value)} 一致"
        )
    if not read.complete:
        return "先把表中空着的格子（没有的填0）和总计补齐，再核对正文的数"
    return f"对照台账：表中无误的，正文改为 {spell(read.value)}；正文无误的，改正表中的数"
