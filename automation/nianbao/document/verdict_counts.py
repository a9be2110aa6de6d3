"""The verdicts by rule family: the figures of the 校核单. Pure counting; a rule that was not judged never passes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from nianbao.findings import Finding, Severity
from nianbao.verdicts import State, Verdict, counted

FAMILIES: Mapping[str, str] = {
    "A": "表内勾稽", "C": "表与表之间", "H": "与上年比较", "N": "正文与表格", "S": "结构与文字",
    "P": "个人信息", "F": "格式与单位信息", "W": "填报表本身", "R": "报告的读入", "V": "成稿与数据",
    "L": "申请台账", "D": "当地通知",
}  # fmt: skip
OTHERS, SUM = "其他规则", "合计"


@dataclass(frozen=True)
class Tally:
    """One family: rules counted as `checked` (of which `passed`) or `unchecked`, findings by what they still ask.

    `errors` forbid the report, `waiting` want a reason, `explained` have one.
    """

    name: str
    letter: str
    checked: int
    passed: int
    unchecked: int
    errors: int
    waiting: int
    explained: int
    hints: int

    @property
    def verdict(self) -> str:
        """The result in one plain word."""
        said = (
            (self.errors > 0, "不通过"),
            (self.waiting > 0, "待说明"),
            (self.checked == 0, "未核对"),
            (self.unchecked > 0, "部分未核对"),
            (self.hints > 0, "有提示"),
        )
        return next((word for holds, word in said if holds), "通过")


def tallies(verdicts: Sequence[Verdict], findings: Sequence[Finding]) -> tuple[Tally, ...]:
    """Return the families in the handbook's order, the sum of all last."""
    letters = {_letter(v.rule) for v in verdicts} | {_letter(f.rule) for f in findings}
    known = [x for x in FAMILIES if x in letters] + ([""] if letters - set(FAMILIES) else [])
    found = [_tally(letter, verdicts, findings) for letter in known]
    return (*found, _sum(found))


def _letter(rule: str) -> str:
    letter = rule.rstrip("0123456789")
    return letter if letter in FAMILIES else ""


def _tally(letter: str, verdicts: Iterable[Verdict], findings: Iterable[Finding]) -> Tally:
    own = [f for f in findings if _letter(f.rule) == letter]
    states = counted(v for v in verdicts if _letter(v.rule) == letter)
    open_ones = [f for f in own if not f.explanation]
    return Tally(
        name=FAMILIES.get(letter, OTHERS),
        letter=letter,
        checked=states[State.HELD] + states[State.BROKEN],
        passed=states[State.HELD],
        unchecked=states[State.UNJUDGED],
        errors=sum(1 for f in open_ones if f.severity is Severity.ERROR),
        waiting=sum(1 for f in open_ones if f.severity is Severity.EXPLAIN),
        explained=len(own) - len(open_ones),
        hints=sum(1 for f in open_ones if f.severity is Severity.HINT),
    )


def _sum(found: Sequence[Tally]) -> Tally:
    return Tally(
        SUM, "",
        *(sum(getattr(t, n) for t in found)
          for n in ("checked", "passed", "unchecked", "errors", "waiting", "explained", "hints")),
    )  # fmt: skip
