"""汇总: adding up a folder of bodies' workbooks, one process, the roster taken from the folder when it lies there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

from nianbao.county.roster import roster_book
from nianbao.county.run.collect import Wish
from nianbao.county.run.rollup import Added, add_up, workbook_of
from nianbao.county.run.runners import here
from nianbao.dates import today
from nianbao.files import write_result
from nianbao.form import current_edition
from nianbao.ribbon import workbook_folder

T = TypeVar("T")

SUMS, DETAIL, WHOLE, PARTIAL = "汇总", "汇总明细.xlsx", "填报表.xlsx", "不完整的汇总（不能公布）.xlsx"
SHOWN = 8
"""So many things to notice are told in the message; the verb `rollup` tells all."""


def add_up_folder(chosen: Path, progress: Callable[[str], None]) -> str:
    """Write the sums into the folder 汇总 inside the chosen one; return what to tell. Raises NianbaoError."""
    workbook_folder.workbooks(chosen)
    listed = next(
        (p for p in sorted(chosen.glob(f"{workbook_folder.ROSTER}*.xlsx")) if not p.name.startswith("~$")), None
    )
    roster = roster_book.read_roster(listed, current_edition()) if listed else None
    ours = [p for name in (SUMS, workbook_folder.REPORTS) for p in (chosen / name).rglob("*")]
    ours += filter(workbook_folder.is_copy, chosen.rglob("*"))

    def shown(items: Iterator[T], total: int, what: str) -> Iterator[T]:
        for number, item in enumerate(items, 1):
            progress(f"{what} {number}/{total}")
            yield item

    left_out = [*ours, *([listed] if listed else [])]
    target = chosen / SUMS
    added = add_up([chosen], roster, Wish(today=today()), here, shown, leave_out=left_out, detail_in=target)
    write_result(target / DETAIL, added.detail)
    whole = target / (f"{added.whole.scope.label}{WHOLE}" if added.whole.determined else PARTIAL)
    if added.whole.bodies:
        write_result(whole, workbook_of(added.report))
    return _summary(added, whole, listed)


def _summary(added: Added, whole: Path, listed: Path | None) -> str:
    lines = [f"{t.scope.label}：{len(t.bodies)} 个单位{'' if t.determined else '，还不能确定'}" for t in added.totals]
    made = f"“{whole.name}”和“{DETAIL}”" if added.whole.bodies else f"“{DETAIL}”"
    lines += [f"\n结果在：{whole.parent}\n{made}"]
    if not added.whole.determined:
        lines.append(f"{added.whole.scope.label}数还不能确定，原因写在明细表中。")
    noticed = [f"· {f.problem}" for f in sorted(added.findings, key=lambda f: not f.blocks)]
    if noticed:
        lines += ["\n请注意：", *noticed[:SHOWN], *(["……"] if len(noticed) > SHOWN else [])]
    if listed is None:
        lines.append("文件夹里没有“名册.xlsx”，不能确认单位是否收齐。")
    return "\n".join(lines)
