"""The overview as a workbook: what is to do of each body, whose each file is. Rows are streamed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import quote

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.worksheet.datavalidation import DataValidation

from nianbao.county.desk.overview.assignment_column import BEFORE, BODY, FILE, FILES, MARK
from nianbao.county.desk.overview.comparison_sheets import Named, log, reminders, scores
from nianbao.county.desk.overview.frame import HEAD, height, sheet
from nianbao.county.desk.reminders import Remind
from nianbao.county.desk.year_series import History
from nianbao.county.keeping.runs import SeasonRun
from nianbao.county.model import Desk, Source, Status, Versions
from nianbao.county.sheets import saved_large
from nianbao.county.writer import Writer
from nianbao.form import Edition
from nianbao.workbook.address import letters
from nianbao.workbook.cell_styles import BOX, INPUT, OPEN, CellStyle, aligned, font

BODIES, DIFFERENCES = "各单位", "重复的比较"
_BODY_HEADS = ("单位", "级别", "情况", "要办的事", "与上一次不同", "联系人", "联系电话", "报送期限", "来件", "单子")
_BODY_WIDTHS = (24.0, 10.0, 10.0, 46.0, 14.0, 11.0, 14.0, 12.0, 26.0, 8.0)
_FILE_HEADS = (FILE, "情况", "单位", "说明", BODY, BEFORE, MARK)
_FILE_WIDTHS = (34.0, 10.0, 24.0, 48.0, 26.0, 8.0, 8.0)
_SAID = (
    "说不准是谁的文件（待确认）、报了几份的（重复），请在“归属”一栏写上单位名称或代码（可从下拉列表中选），不是本县单位的写“不采用”，"
    "保存、关闭后再运行一次，程序照此办理，以后沿用；删去的，取消以前写的。文件改了内容再报的，重新判断。"
)
_OPEN_FIRST = (Status.ASKED, Status.DOUBLED, Status.UNKNOWN, Status.UNREADABLE, Status.WRONG_YEAR)
_TYPED = CellStyle(font(10.5), INPUT, BOX, aligned("left"), OPEN, "@")
_LINKED = CellStyle(font(10, color="0563C1"), border=BOX, alignment=aligned("left"))
_USED = "采用"
_LEFT_OUT = "没有采用"


@dataclass
class _Row:
    """What is said of one file."""

    source: Source
    status: Status
    said: str
    bodies: list[str] = field(default_factory=list)
    note: str = ""


@dataclass(frozen=True)
class Sources:
    """What the overview is made of beside the desk: earlier years, the runs of this season, what writes reminders.

    `shown` is what stands in 归属 by the files' marks, `typed` what the officer typed there that was not understood,
    and can mend.
    """

    remind: Remind
    history: History
    runs: Sequence[SeasonRun]
    shown: Mapping[str, str]
    typed: Mapping[str, str]


def overview(edition: Edition, desk: Desk, listed: Sequence[Named], sources: Sources) -> bytes:
    """Return the overview as .xlsx bytes; the same of all makes the same bytes."""
    book = Workbook(write_only=True)
    title = f"{desk.county or desk.whole}{f' {desk.year}年度' if desk.year else ''}{edition.report_name}情况一览"
    bodies = sheet(book, BODIES, title, "要办的事写第一件；联系人、联系电话只用于催报。", _BODY_HEADS, _BODY_WIDTHS)
    changed = {c.body: c.what for c in desk.changes}
    several: list[tuple[str, Versions]] = []
    files: dict[tuple[str, str], _Row] = {}
    names: dict[str, str] = {}
    for named in listed:
        state, name = named.card.state, named.name
        names[state.id] = name
        bodies.row(*_body(bodies, named, changed.get(state.id, "")))
        if state.versions:
            several.append((name, state.versions))
        for source in state.sources:
            status = Status.DONE if state.report else state.status
            said = _USED if state.report else state.status.label
            row = files.setdefault((source.path, source.member), _Row(source, status, said))
            row.bodies.append(name)
            row.note = row.note or state.note
    for stray in desk.strays:
        said = _LEFT_OUT if stray.status is Status.RECEIVED else stray.status.label
        whose = [names[stray.body]] if stray.body in names else []
        files[stray.source.path, stray.source.member] = _Row(stray.source, stray.status, said, whose, stray.note)
    heads = _FILE_HEADS if desk.has_roster else _FILE_HEADS[:4]
    said = _SAID if desk.has_roster else "没有名册，不能指明归属。"
    files_sheet = sheet(book, FILES, title, said, heads, _FILE_WIDTHS)
    if desk.has_roster:
        _choices(files_sheet, len(names), len(files))
    for row in sorted(files.values(), key=_place):
        files_sheet.row(*_file(files_sheet, row, sources, whose=desk.has_roster))
    if several:
        _differences(book, title, several)
    reminders(book, title, listed, sources.remind)
    scores(book, title, listed, desk, sources.history)
    log(book, title, sources.runs)
    return saved_large(book, title, FILES)


def _differences(book: Workbook, title: str, several: Sequence[tuple[str, Versions]]) -> None:
    """Put the forms of each body that differ side by side."""
    most = max(len(told.sources) for _, told in several)
    widths = (24.0, 40.0, *[44.0] * most)
    said = "同一单位内容不同的几份并排比较，每个单位先写文件名和哪一份较新。"
    heads = ("单位", "不同的地方", *(f"第 {n} 份" for n in range(1, most + 1)))
    writer = sheet(book, DIFFERENCES, title, said, heads, widths)
    for name, told in several:
        rows = [("文件", tuple(s.place for s in told.sources)), ("哪一份较新", (told.newer,))]
        rows += [(d.where, d.said) for d in told.differences]
        rows += [("", (f"另有 {told.more} 处不同，未列出",))] if told.more else []
        for where, cells in rows:
            texts = (name, where, *cells, *[""] * (most - len(cells)))
            writer.row(map(writer.text, texts), height(texts, widths))


def _choices(writer: Writer, bodies: int, files: int) -> None:
    """Offer the roster's names in 归属; anything else may be typed, and is told when it is no body's."""
    choice = DataValidation(
        "list",
        formula1=f"'{BODIES}'!$A${HEAD + 1}:$A${HEAD + max(1, bodies)}",
        allow_blank=True,
        showErrorMessage=False,
    )
    column = letters(_FILE_HEADS.index(BODY) + 1)
    choice.add(f"{column}{HEAD + 1}:{column}{HEAD + max(1, files)}")
    writer.sheet.data_validations.append(choice)


def _body(writer: Writer, named: Named, change: str) -> tuple[list[Cell], float]:
    card, state = named.card, named.card.state
    member, slip = state.member, state.files.get("slip", "")
    word = slip.rpartition("/")[0]
    texts = (
        named.name, card.level, state.status.label, card.first, change, member.contact,
        member.phone, member.deadline, "、".join(s.place for s in state.sources),
    )  # fmt: skip
    cells = [*map(writer.text, texts), writer.text(word, _LINKED, file=quote(slip)) if slip else writer.text("")]
    return cells, height((*texts, word), _BODY_WIDTHS)


def _file(writer: Writer, row: _Row, sources: Sources, *, whose: bool) -> tuple[list[Cell], float]:
    mark = row.source.mark
    before = sources.shown.get(mark, "")
    maybe = "可能是" if row.status is Status.ASKED and row.bodies else ""
    texts = (row.source.place, row.said, maybe + "、".join(row.bodies), row.note)
    cells = [*map(writer.text, texts)]
    if whose:
        cells += [writer.text(sources.typed.get(mark, before), _TYPED), writer.text(before), writer.text(mark)]
    return cells, height(texts, _FILE_WIDTHS)


def _place(row: _Row) -> tuple[int, str, str]:
    order = _OPEN_FIRST.index(row.status) if row.status in _OPEN_FIRST else len(_OPEN_FIRST)
    return order, row.source.path, row.source.member
