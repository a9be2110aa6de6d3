"""Every figure of the texts with what it was understood to be: for people who ask why a rule spoke or kept silent."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from nianbao.checks.text.against_tables import FigureComparison, comparisons
from nianbao.checks.text.clauses import sentences
from nianbao.checks.text.domains import Domain
from nianbao.checks.text.scope import Circle
from nianbao.checks.text.understood import Understood, understood
from nianbao.numbers import spell
from nianbao.report import Reading

SUBJECTS = {
    Domain.REQUESTS: "依申请公开",
    Domain.REVIEW: "复议诉讼",
    Domain.DOCUMENTS: "规章和规范性文件",
    Domain.FEE: "信息处理费",
    Domain.DECISIONS: "处理决定和收费",
    Domain.PUBLISHING: "主动公开",
    Domain.FOREIGN: "其他工作",
    None: "没有写明",
}
SCOPES = {Circle.WHOLE: "本单位", Circle.OWN: "本级或办公室", Circle.WIDER: "更大范围"}


@dataclass(frozen=True)
class FigureTold:
    """One figure: where it stands, the passage, number and unit, whose and of what; `result` says what came of it.

    `frame` is the tested phrase it stands in, '' where it stands in none.
    """

    place: str
    passage: str
    number: str
    subject: str
    owner: str
    meaning: str
    frame: str
    result: str


def figures_told(reading: Reading) -> Iterator[FigureTold]:
    """Yield every count of the texts in printed order, compared or not."""
    compared = {(c.mention.sentence, c.mention.start, c.mention.label): c for c in comparisons(reading)}
    for sentence in sentences(reading):
        place = reading.places.named_paragraph(sentence.text, sentence.paragraph)
        for one in understood(sentence, reading.report):
            told = [_result(compared.get((sentence, one.token.start, m.label))) for m in one.meanings]
            yield FigureTold(
                place, sentence.quote(one.token.start, one.token.end), _number(one),
                SUBJECTS[one.subject], SCOPES[one.scope], "、".join(m.label for m in one.meanings), one.frame,
                "；".join(told) or f"不比较：{one.why}",
            )  # fmt: skip


def _number(one: Understood) -> str:
    return f"{spell(one.token.value)}{one.token.unit}" + (f"（{one.token.noun}）" if one.token.noun else "")


def _result(compared: FigureComparison | None) -> str:
    if compared is None:
        return "不比较：表中没有填这几格"
    if compared.matched is not None:
        says = compared.matched.says
        return f"与表一致：{says} {compared.matched.spelled}" if says else f"与表一致：{compared.matched.spelled}"
    tried = "、".join(f"{f.says} {f.spelled}".strip() for f in compared.figures)
    return f"与表不一致：表中{tried}"
