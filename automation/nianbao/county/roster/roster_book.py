"""The roster as a workbook: a blank one to fill in, and reading one that was filled in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from openpyxl.worksheet.datavalidation import DataValidation

from nianbao.county import sheets
from nianbao.county.model import Member
from nianbao.county.roster.listed import Roster
from nianbao.county.roster.mistakes import SHEET
from nianbao.county.roster.roster_rows import COLUMNS, from_rows
from nianbao.form import Edition
from nianbao.workbook import cell_styles, heights
from nianbao.workbook.address import Spot, letters
from nianbao.workbook.cell_styles import BOX, INPUT, OPEN, CellStyle, aligned, font
from nianbao.workbook.pen import Pen

_WIDTHS = (34.0, 14.0, 12.0, 12.0, 18.0, 34.0, 14.0, 14.0, 22.0, 12.0, 22.0)
_ROWS = 200
"""Rows of a blank roster that are dressed for typing."""

_SAID = (
    "每个报送年报的行政机关一行。级别决定汇总到哪里：乡镇、街道计入乡镇合计，县直部门计入县直部门合计，县政府办（只报办公室自身）单列；"
    "三者相加为全县。更名、合并过的单位在“曾用名”写原名，几个名称用顿号隔开。格式版本一般留空。期限写成 2026-1-20。"
    "联系人、联系电话只用于催报，不会写进年报。单位代码可以不写，写了的按代码认单位；所属县写县（市、区）的名称，至少写一行。"
)
_CELL = CellStyle(font(10.5), INPUT, BOX, aligned("left"), OPEN, "@")


def read_roster(path: Path, edition: Edition, year: int | None = None) -> Roster:
    """Return the roster in a workbook; `year` is the report year where it is known. Raises InputError."""
    return from_rows(path.name, sheets.read_rows(path, SHEET), edition, year)


def write_roster(edition: Edition, members: Iterable[Member] = ()) -> bytes:
    """Return a roster as .xlsx bytes, with these members filled in."""
    book, pens = sheets.new_book(SHEET)
    pen = pens[SHEET]
    listed = list(members)
    pen.widths(dict(enumerate(_WIDTHS, 1)))
    pen.text(Spot(SHEET, 1, 1), "年报报送单位名册", cell_styles.SHEET_TITLE, 1, len(COLUMNS))
    pen.height(1, 30)
    pen.text(Spot(SHEET, 2, 1), _SAID, cell_styles.NOTE, 1, len(COLUMNS))
    pen.height(2, heights.height_of(_SAID, sum(_WIDTHS), 9.5))
    for i, title in enumerate(COLUMNS, 1):
        pen.text(Spot(SHEET, 3, i), title, cell_styles.COLUMN_HEAD)
    for row in range(4, 4 + max(_ROWS, len(listed) + 20)):
        given = _cells(listed[row - 4], edition) if row - 4 < len(listed) else ("",) * len(COLUMNS)
        for i, text in enumerate(given, 1):
            pen.text(Spot(SHEET, row, i), text, _CELL)
    _choices(pen, edition, 4 + max(_ROWS, len(listed) + 20))
    pen.finish(4 + max(30, len(listed)), len(COLUMNS), landscape=True, one_page=False)
    pen.sheet.freeze_panes = "A4"
    pen.sheet.print_title_rows = "3:3"
    pen.sheet.protection.sheet = False  # rows are sorted, inserted and deleted in a roster
    return sheets.saved(book, pens, "年报报送单位名册")


def _cells(member: Member, edition: Edition) -> tuple[str, ...]:
    level = edition.level(member.level)
    return (
        member.name, member.short, level.label if level else "", member.contact, member.phone,
        "、".join(member.former), member.edition, member.deadline, member.code, member.county, member.parent,
    )  # fmt: skip


def _choices(pen: Pen, edition: Edition, bottom: int) -> None:
    labels = ",".join(x.label for x in edition.levels)
    column = letters(COLUMNS.index("级别") + 1)
    choice = DataValidation("list", formula1=f'"{labels}"', allow_blank=True)
    choice.errorTitle, choice.error = "级别", "请从下拉列表中选择"
    pen.sheet.add_data_validation(choice)
    choice.add(f"{column}4:{column}{bottom}")


def sample_members(year: int) -> tuple[Member, ...]:
    """Return the lines of a sample roster, plainly examples."""
    told = [
        Member("示例一镇人民政府", "示例一镇", "town", "张三", "0597-0000001", ("示例老镇人民政府",)),
        Member("示例街道办事处", "示例街道", "street", "李四", "0597-0000002"),
        Member("示例县教育局", "教育局", "department", "王五", "0597-0000003"),
        Member("示例县人民政府办公室", "县政府办", "county_office", "赵六", "0597-0000004"),
    ]
    return tuple(replace(m, deadline=f"{year + 1}-01-{'20' if m.level in ('town', 'street') else '31'}") for m in told)
