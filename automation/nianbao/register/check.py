"""Findings about a register's rows (L1-L3, L5), and about 表三 as typed against the register (L4).

Rows are named by their numbers and nothing in them is ever quoted: neither names nor what was typed in their place.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from nianbao.findings import Change, Finding, Severity, tell
from nianbao.form import Kind, program_rule
from nianbao.numbers import spell
from nianbao.register.count import WORKING_DAYS
from nianbao.register.model import Counted, Register, Trouble
from nianbao.register.sheet_name import SHEET
from nianbao.register.vocabulary import CARRIED_IN, RECEIVED, cell
from nianbao.report import Reading

ONE_BY_ONE = 10
"""So many rows with the same trouble are told one by one; more are told in one finding that lists them all."""

_SHOWN = 40
"""So many runs of rows are listed in one message."""

_SAID: dict[Trouble, tuple[str, str, str]] = {
    Trouble.NO_RECEIVED: ("L1", "没有收到日期", "补上收到日期；不是申请的行请删去"),
    Trouble.BAD_RECEIVED: ("L1", "收到日期读不出是哪一天", "写成 2025-3-1 这样的日期"),
    Trouble.BAD_ANSWERED: ("L1", "答复日期读不出是哪一天", "写成 2025-3-1 这样的日期；还没有答复的空着"),
    Trouble.BEFORE: ("L2", "答复日期早于收到日期", ""),
    Trouble.NO_TYPE: ("L1", "没有申请人类型", "照表三的申请人情况填写"),
    Trouble.BAD_TYPE: ("L1", "申请人类型不认识", "照表三的申请人情况填写，或用 --mapping 说明它属于哪一类"),
    Trouble.NO_RESULT: ("L1", "有答复日期，没有处理结果", "照表三的办理结果填写"),
    Trouble.BAD_RESULT: ("L1", "处理结果不认识", "照表三的办理结果填写，或用 --mapping 说明它属于哪一项"),
    Trouble.GROUP_RESULT: ("L1", "处理结果只写了大类，没有写是其中哪一项", "写明表三中的具体一项，例如“属于国家秘密”"),
    Trouble.OPEN_ANSWERED: (
        "L1",
        "处理结果写的是还没有办结，却有答复日期",
        "已答复的改写处理结果，没有答复的删去答复日期",
    ),
    Trouble.NO_ANSWERED: ("L1", "有处理结果，没有答复日期", "补上答复日期；还没有答复的，删去处理结果"),
    Trouble.BAD_FEE: ("L1", "收费的日期或金额读不出来", "日期写成 2025-3-1，金额按元填数字"),
    Trouble.FEE_YEAR: ("L1", "收费属于哪一年度不能确定", "填写收费通知日期和缴费日期"),
}


def findings(register: Register, counted: Counted) -> list[Finding]:
    """Return what is wrong or doubtful in the register's rows, for the year it was counted for."""
    found: list[Finding] = []
    for trouble, rows in counted.troubles.items():
        rule, what, how = _SAID[trouble]
        without = "信息处理费因此没有计算" if trouble.about_fee else "没有计入表三"
        found += _findings(rule, rows, f"{what}，{without}", how)
    concerned = {r for row in (RECEIVED, CARRIED_IN) for r in counted.rows.get(cell(row), ())}
    for group in register.doubled:
        rows = tuple(r for r in group if r in concerned or r in counted.uncounted)
        if len(rows) > 1:  # many offices number from 1 again each year
            found += _one("L3", rows, f"编号相同（{len(rows)} 行）")
    if counted.late:
        what = f"日期晚于 {counted.year + 1} 年，请确认年份没有写错"
        found += _one("L1", counted.late, what, "年份写错的，改正日期；没有写错的不用处理", Severity.HINT)
    if counted.slow:
        what = f"答复晚于答复期限（没有写期限的，收到后超过{WORKING_DAYS}个工作日），共 {len(counted.slow)} 件"
        found += _one("L5", counted.slow, what)
    if counted.waiting:
        what = f"到 {counted.year} 年底已超过期限，台账上没有答复日期，共 {len(counted.waiting)} 件"
        found += _one("L5", counted.waiting, what)
    return found


def _findings(rule: str, rows: Sequence[int], what: str, how: str) -> list[Finding]:
    if len(rows) > ONE_BY_ONE:
        return _one(rule, rows, f"{what}（{len(rows)} 行）", how)
    return [f for row in rows for f in _one(rule, (row,), what, how)]


def _one(rule: str, rows: Sequence[int], what: str, how: str = "", severity: Severity | None = None) -> list[Finding]:
    place = f"{SHEET} {listed(rows)}"
    return [tell(program_rule(rule), place, what, how=how, severity=severity, evidence=(listed(rows),))]


def unread(why: str) -> list[Finding]:
    """Return the hint that a workbook's own sheet 申请台账 could not be read as one."""
    how = "没有与表三核对；是台账的，按说明改好栏目后再核对；不是的，给这张工作表改名"
    return [tell(program_rule("L1"), SHEET, why, how=how, severity=Severity.HINT)]


def listed(rows: Iterable[int]) -> str:
    """Name rows by their numbers, runs together: 第5、8-12行."""
    runs: list[list[int]] = []
    for row in sorted(set(rows)):
        if runs and runs[-1][1] == row - 1:
            runs[-1][1] = row
        else:
            runs.append([row, row])
    shown = [str(a) if a == b else f"{a}{'、' if b == a + 1 else '-'}{b}" for a, b in runs[:_SHOWN]]
    more = sum(b - a + 1 for a, b in runs[_SHOWN:])
    return f"第{'、'.join(shown)}行" + (f"等（另有 {more} 行）" if more else "")


def compared(reading: Reading, counted: Counted) -> list[Finding]:
    """L4: every figure of 表三 and the fee that differs from the register; a total only where its parts are not given.

    A blank is A6's; where rows could not be counted, the message says that the register's figure may be short.
    """
    rule = program_rule("L4")
    found = []
    for key, ours in counted.values.items():
        typed = reading.report.values.get(key)
        if typed is None or typed == ours or _follows(reading, key):
            continue
        rows = counted.rows[key]
        value = reading.edition.values[key]
        unit = value.unit if value.kind is Kind.AMOUNT else ""
        which = f"（{SHEET}{listed(rows)}）" if rows else f"（{SHEET}里没有这样的申请）"
        what = f"填的是 {spell(typed)}{unit}，按台账算出是 {spell(ours)}{unit}{which}"
        if counted.uncounted:
            what += f"；台账另有 {len(counted.uncounted)} 行没有计入，先改正那些行"
        where = reading.places.named(key)
        changes = ((Change(key, typed, ours),),) if not counted.uncounted else ()
        said = (f"{spell(ours)}{unit}", which)
        place = reading.places.of(key)
        found.append(tell(rule, place, what, where=where, cells=(key,), evidence=said, proposals=changes))
    return found


def _follows(reading: Reading, key: str) -> bool:
    """Tell whether a figure is a total whose parts are all given: they are compared themselves."""
    made_of = reading.edition.sums.get(key)
    return made_of is not None and all(k in reading.report.values for k in made_of.right)
