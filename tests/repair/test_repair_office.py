"""Workbooks broken by LibreOffice itself, which moves names as it moves cells, and saved again by it."""

import pytest

import office
from books import saved
from excel import calc
from nianbao.errors import InputError
from nianbao.form import load_edition
from nianbao.pipeline import repair_workbook
from nianbao.pipeline.repairing import mend
from repair import judging
from repair.bases import filled
from rows import some

pytestmark = [pytest.mark.office, pytest.mark.xdist_group("calc")]


def address(sheet, left, top, right, bottom):
    return sheet.getCellRangeByPosition(left, top, right, bottom).RangeAddress


def rows(sheet):
    sheet.Rows.insertByIndex(9, 2)
    sheet.Rows.insertByIndex(0, 1)


def columns(sheet):
    sheet.Columns.insertByIndex(4, 1)
    sheet.Columns.insertByIndex(0, 1)


def gone(sheet):
    sheet.Rows.removeByIndex(11, 2)
    sheet.Columns.removeByIndex(5, 1)


def moved(sheet):
    source = address(sheet, 0, 8, 12, 9)
    sheet.moveRange(sheet.getCellByPosition(0, 80).CellAddress, source)


def down(sheet):
    sheet.insertCells(address(sheet, 4, 10, 4, 10), calc.uno().Enum("com.sun.star.sheet.CellInsertMode", "DOWN"))


def up(sheet):
    sheet.removeRange(address(sheet, 6, 9, 6, 9), calc.uno().Enum("com.sun.star.sheet.CellDeleteMode", "UP"))


def apart(sheet):
    sheet.getCellRangeByPosition(0, 0, 30, 60).merge(False)


def copied(sheet):
    pass


BREAKS = {f.__name__: f for f in (rows, columns, gone, moved, down, up, apart, copied)}


@pytest.fixture(scope="module")
def libreoffice():
    with calc.Office() as found:
        yield found


@pytest.fixture(scope="module")
def last():
    return judging.last_year("2019")


@pytest.mark.parametrize("how", some(BREAKS, 9))
def test_a_workbook_broken_in_libreoffice(how, libreoffice, last, tmp_path):
    report = filled("2021")
    document = libreoffice.open(saved(tmp_path, report, last_year=last))
    sheets = document.Sheets
    for sheet in (sheets.getByIndex(i) for i in range(sheets.Count)):
        sheet.unprotect("")
    BREAKS[how](sheets.getByName("表三"))
    if how == "copied":
        sheets.copyByName("表三", "表三 (2)", 0)
        sheets.removeByName("表三")
        sheets.getByName("表四").Name = "诉讼"
        sheets.moveByName("表二", 8)
    broken = tmp_path / "坏.xlsx"
    document.storeToURL(broken.as_uri(), calc.properties(FilterName="Calc MS Excel 2007 XML"))
    document.close(True)
    mended = mend(broken)
    done = mended.repaired
    assert judging.wrong(done, report, last) == []
    whole = {k: v for k, v in report.values.items() if k not in load_edition("2021").sums}
    lost = {str(v) for k, v in whole.items() if k not in done.report.values} - {o.value for o in done.left}
    there = sum(k in done.report.values for k in whole)
    if how == "gone":
        assert there > 150
        assert len(lost) <= 2 * 6 + 25 + 4  # what was deleted with its rows and column, 控制数 among it
    else:
        assert lost == set()
        assert there == len(whole) if how not in ("down", "up", "moved") else there > 170
    assert done.report.texts == report.texts
    assert done.last_year is not None
    assert done.last_year.values == last.values


@pytest.mark.parametrize("kind", some(["ods", "xls"], 2))
def test_a_copy_saved_as_another_kind_is_named_with_its_cure(kind, tmp_path, last):
    path = office.convert(saved(tmp_path, filled("2021"), last_year=last), kind, tmp_path / "out")
    with pytest.raises(InputError, match="另存为"):
        repair_workbook(path, tmp_path / "新.xlsx")
    again = office.convert(path, "xlsx", tmp_path / "again")
    done = mend(again).repaired
    assert judging.wrong(done, filled("2021"), last) == []
    assert len(done.report.values) == 206
