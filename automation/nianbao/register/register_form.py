"""A blank register to fill in: dated, with lists to choose from, and a page that says how it is counted."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from openpyxl.worksheet.datavalidation import DataValidation

from nianbao.form import Edition
from nianbao.register.sheet_name import SHEET
from nianbao.register.values import FIRST_DAY
from nianbao.register.vocabulary import RECEIVED, cell, refuse_without_requests, result_rows, type_columns
from nianbao.workbook import cell_styles, heights, plain_books
from nianbao.workbook.address import Spot, letters, quoted
from nianbao.workbook.cell_styles import BOX, OPEN, CellStyle, aligned, font
from nianbao.workbook.pen import Pen

GUIDE = "台账填写说明"
HEAD_ROW = 4
FIRST = HEAD_ROW + 1
_ROWS, _LAST = 200, 20_000
"""Rows dressed for typing; rows to which lists and colours reach."""

_LIST_LIMIT = 255
"""Characters of a list that a validation itself can hold; a longer one is taken from the page of instructions."""

_EPOCH = datetime.date(1899, 12, 30)
_COUNTED, _PRIVATE, _OPTIONAL = "计入表三", "只供本单位查阅", "没有就空着"
_FEE = "信息处理费（没有收费的空着，单位：元）"


@dataclass(frozen=True)
class Column:
    """One column: title, width, which part of the register, kind of content, what its prompt says."""

    title: str
    width: float
    part: str
    kind: str
    prompt: str


COLUMNS = (
    Column("编号", 11, "", "text", "每件申请一个编号，一件一行。"),
    Column("收到日期", 11, _COUNTED, "date", "按条例第三十一条确定的收到申请之日，写成 2025-3-1。"),
    Column("申请人类型", 13, _COUNTED, "type", "从下拉列表中选择。"),
    Column("申请人姓名或名称", 13, _PRIVATE, "text", "只供本单位查阅，程序不读这一栏。"),
    Column("联系方式", 14, _PRIVATE, "text", "只供本单位查阅，程序不读这一栏。"),
    Column("申请内容", 28, _PRIVATE, "text", "只供本单位查阅，程序不读这一栏。"),
    Column("答复期限", 11, _OPTIONAL, "date", "经延期、补正后的最后答复日期；不写的，按收到后20个工作日提示。"),
    Column("答复日期", 11, _COUNTED, "date", "答复送出的日期；还没有答复的空着，计入结转。"),
    Column("处理结果", 20, _COUNTED, "result", "从下拉列表中选择；还没有答复的空着。各项含义见“台账填写说明”。"),
    Column("答复文号", 13, _PRIVATE, "text", "只供本单位查阅，程序不读这一栏。"),
    Column("收费通知日期", 11, _FEE, "date", "发出信息处理费收费通知的日期。"),
    Column("通知收取金额", 10, _FEE, "amount", "通知申请人缴纳的金额，按元填数字。"),
    Column("缴费日期", 11, _FEE, "date", "收到费用的日期。"),
    Column("实际收取金额", 10, _FEE, "amount", "实际收到的金额，按元填数字。"),
    Column("备注", 15, _PRIVATE, "text", "只供本单位查阅，程序不读这一栏。"),
)
_SAID = (
    "一件申请一行。黄色各栏填好，程序就能算出表三：本年收到的计入本年新收，上年收到、到本年1月1日还没有答复的计入上年结转，"
    "办理结果按答复日期计入所在年度，到12月31日还没有答复的结转下年度。"
    "本表含有申请人信息，只在本单位使用，请不要随填报表报送。"
)
_BASE = CellStyle(font(10), border=BOX, protection=OPEN)
_FORMATS = {"date": "yyyy-m-d", "amount": "General"}


def blank(edition: Edition) -> bytes:
    """Return a blank register for this edition's 表三 as .xlsx bytes; same edition, same bytes.

    Raises InputError when it has none.
    """
    book, pens = plain_books.new_book(SHEET, GUIDE)
    for name, draw in sheets(edition).items():
        draw(pens[name])
    return plain_books.saved(book, pens, "政府信息公开申请台账")


def sheets(edition: Edition) -> Mapping[str, Callable[[Pen], None]]:
    """Return what draws each sheet of a register, by name, to be drawn into any workbook.

    Raises InputError when the edition has no 表三.
    """
    refuse_without_requests(edition)
    return {SHEET: lambda pen: _draw(pen, edition), GUIDE: lambda pen: _draw_guide(pen, edition)}


def _draw(pen: Pen, edition: Edition) -> None:
    pen.widths({i: c.width for i, c in enumerate(COLUMNS, 1)})
    right = len(COLUMNS)
    pen.text(Spot(SHEET, 1, 1), "政府信息公开申请台账", cell_styles.SHEET_TITLE, 1, right)
    pen.height(1, 30)
    pen.text(Spot(SHEET, 2, 1), _SAID, cell_styles.NOTE, 1, right)
    pen.height(2, heights.height_of(_SAID, sum(c.width for c in COLUMNS), 9.5))
    _bands(pen)
    for i, column in enumerate(COLUMNS, 1):
        pen.text(Spot(SHEET, HEAD_ROW, i), column.title, replace(cell_styles.COLUMN_HEAD, fill=_fill(column)))
    pen.height(HEAD_ROW, 30)
    looks = [_look(c) for c in COLUMNS]
    for row in range(FIRST, FIRST + _ROWS):
        for i, look in enumerate(looks, 1):
            pen.dress(Spot(SHEET, row, i), look)
    for i, column in enumerate(COLUMNS, 1):
        validation = _validation(column, edition)
        pen.sheet.add_data_validation(validation)
        validation.add(f"{letters(i)}{FIRST}:{letters(i)}{_LAST}")
    _colours(pen)
    pen.finish(FIRST + 30, right, landscape=True, one_page=False)
    sheet = pen.sheet
    sheet.print_area = ""
    sheet.print_title_rows = f"{HEAD_ROW}:{HEAD_ROW}"
    sheet.freeze_panes = f"C{FIRST}"
    sheet.auto_filter.ref = f"A{HEAD_ROW}:{letters(right)}{FIRST + _ROWS - 1}"
    sheet.protection.sheet = False  # rows are sorted, filtered, inserted and deleted in a register


def _bands(pen: Pen) -> None:
    """Say above the titles what each part of the register is for."""
    start = 1
    while start <= len(COLUMNS):
        part, end = COLUMNS[start - 1].part, start
        while end < len(COLUMNS) and COLUMNS[end].part == part:
            end += 1
        look = CellStyle(font(9, color="404040"), _fill(COLUMNS[start - 1]), BOX, aligned("center"))
        pen.text(Spot(SHEET, HEAD_ROW - 1, start), part, look, 1, end - start + 1)
        start = end + 1
    pen.height(HEAD_ROW - 1, 30)


def _fill(column: Column) -> str:
    return {_COUNTED: cell_styles.INPUT, _PRIVATE: cell_styles.TOTAL}.get(column.part, cell_styles.HEADING)


def _look(column: Column) -> CellStyle:
    centred = column.kind in ("date", "type", "amount")
    return replace(
        _BASE,
        fill=cell_styles.INPUT if column.part == _COUNTED else cell_styles.PLAIN,
        alignment=aligned("center") if centred else aligned("left", indent=1),
        number_format=_FORMATS.get(column.kind, "@"),
    )


def _validation(column: Column, edition: Edition) -> DataValidation:
    made = DataValidation(allow_blank=True, showInputMessage=True, promptTitle=column.title, prompt=column.prompt)
    if column.kind == "date":
        made.type, made.operator = "date", "greaterThanOrEqual"
        made.formula1 = str((FIRST_DAY - _EPOCH).days)
        error = "请填日期，例如 2025-3-1。"
    elif column.kind == "amount":
        made.type, made.operator, made.formula1 = "decimal", "greaterThanOrEqual", "0"
        error = "请按元填数字。"
    elif column.kind in ("type", "result"):
        made.type, made.formula1 = "list", _choices(column.kind, edition)
        error = "请从下拉列表中选择。"
    else:
        return made
    made.showErrorMessage, made.errorStyle, made.errorTitle, made.error = True, "stop", "这里不能这样填", error
    return made


def _choices(kind: str, edition: Edition) -> str:
    words = _types(edition) if kind == "type" else [w for _, w, _ in _results(edition)]
    inline = f'"{",".join(words)}"'
    if len(inline) <= _LIST_LIMIT and not any("," in w or '"' in w for w in words):
        return inline
    first = _RESULTS_ROW + 1 + (len(_results(edition)) + 2 if kind == "type" else 0)
    return f"{quoted(GUIDE)}!$B${first}:$B${first + len(words) - 1}"


def _types(edition: Edition) -> list[str]:
    return [edition.values[cell(RECEIVED, c)].words[1] for c in type_columns(edition)]


def _results(edition: Edition) -> list[tuple[str, str, str]]:
    """Return for each result its group, the word to choose, and its name in 表三."""
    column = type_columns(edition)[0]
    values = [edition.values[cell(r, column)] for r in result_rows(edition)]
    return [(v.labels[-3] if len(v.labels) > 3 else "—", v.words[0], v.labels[-2]) for v in values]


def _colours(pen: Pen) -> None:
    """Turn what can't be right yellow-brown or red as it is typed."""
    at = {c.title: letters(i) for i, c in enumerate(COLUMNS, 1)}
    b, c, h, i = (at[t] for t in ("收到日期", "申请人类型", "答复日期", "处理结果"))
    last = letters(len(COLUMNS))
    row = str(FIRST)

    def area(column: str) -> tuple[str]:
        return (f"{column}{FIRST}:{column}{_LAST}",)

    pen.mark(area(h), f"AND(ISNUMBER(${b}{row}),ISNUMBER(${h}{row}),${h}{row}<${b}{row})", cell_styles.BROKEN)
    for day in (b, h):
        pen.mark(area(day), f"AND(NOT(ISBLANK(${day}{row})),NOT(ISNUMBER(${day}{row})))", cell_styles.ODD)
    pen.mark(area(b), f"AND(ISBLANK(${b}{row}),COUNTA(${c}{row}:${last}{row})>0)", cell_styles.ODD)
    pen.mark(area(c), f"AND(ISBLANK(${c}{row}),NOT(ISBLANK(${b}{row})))", cell_styles.ODD)
    pen.mark(area(h), f"AND(ISBLANK(${h}{row}),NOT(ISBLANK(${i}{row})))", cell_styles.ODD)
    pen.mark(area(i), f"AND(ISBLANK(${i}{row}),NOT(ISBLANK(${h}{row})))", cell_styles.ODD)


_RULES = (
    ("怎样登记", "一件申请一行，收到后登记，答复后补上答复日期和处理结果。"),
    ("", "日期写成 2025-3-1，申请人类型、处理结果从下拉列表选择。"),
    ("怎样计算", "收到日期在报告年度内的，计入“本年新收”；在报告年度以前收到、到1月1日还没有答复的，计入“上年结转”。"),
    ("", "答复日期在报告年度内的，按处理结果计入“本年度办理结果”；到12月31日还没有答复的，计入“结转下年度继续办理”。"),
    ("", "一件申请只计一个结果；区分处理的（部分公开）只计“部分公开”。"),
    ("颜色", "橙色：漏填，或者不是日期。红色：答复日期早于收到日期。"),
    ("信息处理费", "没有收过费的，四栏都空着。收过费的，金额按元填写，并写明通知和缴费的日期。"),
    ("保密", "台账含有申请人信息，只在本单位使用。报送填报表前，请删去其中的“申请台账”工作表。"),
    ("", "程序不读姓名、联系方式、内容等栏，结果文件中只有件数和行号。"),
)  # fmt: skip
_RESULTS_ROW = len(_RULES) + 4
_WIDTHS = {1: 20.0, 2: 26.0, 3: 84.0}
_TEXT = CellStyle(font(10.5), alignment=aligned("left", "top"))
_CELL = CellStyle(font(10), border=BOX, alignment=aligned("left", indent=1))


def _draw_guide(pen: Pen, edition: Edition) -> None:
    pen.widths(_WIDTHS)
    pen.text(Spot(GUIDE, 1, 1), f"申请台账怎样填写（{edition.name}）", cell_styles.SHEET_TITLE, 1, 3)
    pen.height(1, 32)
    for row, (heading, text) in enumerate(_RULES, 3):
        pen.text(Spot(GUIDE, row, 1), heading, replace(_TEXT, font=font(10.5, bold=True)))
        pen.text(Spot(GUIDE, row, 2), text, _TEXT, 1, 2)
        pen.height(row, heights.height_of(text, _WIDTHS[2] + _WIDTHS[3], 10.5))
    row = _heads(pen, _RESULTS_ROW, ("办理结果的大类", "处理结果（下拉列表）", "表三中的名称"))
    for group, word, label in _results(edition):
        _line(pen, row, (group, word, label))
        row += 1
    row = _heads(pen, row + 1, ("", "申请人类型（下拉列表）", ""))
    for word in _types(edition):
        _line(pen, row, ("", word, ""))
        row += 1
    pen.finish(row, 3)


def _heads(pen: Pen, row: int, texts: tuple[str, ...]) -> int:
    for i, text in enumerate(texts, 1):
        if text:
            pen.text(Spot(GUIDE, row, i), text, cell_styles.COLUMN_HEAD)
    pen.height(row, 20)
    return row + 1


def _line(pen: Pen, row: int, texts: tuple[str, ...]) -> None:
    for i, text in enumerate(texts, 1):
        if text or texts[2]:
            pen.text(Spot(GUIDE, row, i), text, _CELL)
    pen.height(row, max(18, heights.height_of(texts[2], _WIDTHS[3])))
