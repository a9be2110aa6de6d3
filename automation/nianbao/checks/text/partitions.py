"""N2: wholes and their parts: 94篇，其中20篇、9篇、9篇、1篇、55篇."""

from __future__ import annotations

from nianbao.checks.rule_findings import text_finding
from nianbao.checks.text.clauses import sentences
from nianbao.checks.text.lists import partitions
from nianbao.checks.text.partition import Partition
from nianbao.checks.text.repeated_totals import contradictions
from nianbao.checks.text.totals import totals_last
from nianbao.findings import Finding
from nianbao.form import Rule
from nianbao.numbers import spell
from nianbao.report import Reading


def recognised_partitions(reading: Reading) -> list[Partition]:
    """Return every whole with its parts that the texts state, whether it holds or not."""
    return [p for s in sentences(reading) for p in partitions(s)]


def parts_fit_their_wholes(rule: Rule, reading: Reading) -> list[Finding]:
    """N2: a closed list adds up to its whole, no part and no open list exceeds it."""
    found = []
    for sentence in sentences(reading):
        for partition in (*partitions(sentence), *totals_last(sentence)):
            if partition.holds:
                continue
            quote = sentence.quote(partition.parts[0].token.start, partition.parts[-1].token.end)
            what, said = f"正文{quote}，{_what(partition)}", (quote, str(partition))
            found.append(text_finding(rule, reading, sentence.text, sentence.paragraph, what, evidence=said))
    for first, later in contradictions(reading):
        token = later.token
        before = first.sentence.quote(first.token.start, first.token.end)
        after = later.sentence.quote(token.start, token.end)
        what = (
            f"正文{after}，前面写的是{before}，同一个总数一处是 {spell(first.token.value)}，一处是 {spell(token.value)}"
        )
        how = "核对台账，两处写同一个数；说的不是同一件事的，请写明各自的范围"
        at = (later.sentence.text, later.sentence.paragraph)
        found.append(text_finding(rule, reading, *at, what, how=how, evidence=(before, after)))
    return found


def _what(partition: Partition) -> str:
    part = partition.excessive
    if part and (len(partition.parts) == 1 or not partition.closed):
        return f"其中“{part.name}”是 {spell(part.token.value)}，多于总数 {spell(partition.whole.value)}"
    sum_of_parts, whole = partition.sum, partition.whole.value
    difference = spell(abs(sum_of_parts - whole))
    return f"各部分相加是 {spell(sum_of_parts)}，总数写的是 {spell(whole)}（{partition}），相差 {difference}"
