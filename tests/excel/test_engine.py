"""The test engine itself is as Excel over COM: what the buttons rely on there they meet here."""

import datetime as dt

import pytest
import xlwings as xw

import reports
from excel import calc, com, engine
from excel.sheets_calc import CalcBackend
from excel.sheets_openpyxl import OpenpyxlBackend
from nianbao import workbook
from nianbao.form import load_edition


@pytest.fixture
def path(tmp_path):
    found = tmp_path / "甲.xlsx"
    found.write_bytes(workbook.build(load_edition("2021"), reports.zero()))
    return found


@pytest.fixture
def book(path):
    return engine.open_book(OpenpyxlBackend(path))


def test_numbers_are_floats_and_empty_is_none(book):
    sheet = book.sheets["表三"]
    assert sheet.range("D7").value == 0.0
    assert type(sheet.range("D7").value) is float
    sheet.range("D7").value = None
    assert sheet.range("D7:E7").value == [None, 0.0]


def test_a_locked_cell_is_refused_as_excel_does(book):
    with pytest.raises(com.ComError) as e:
        book.sheets["表三"].range("J7").value = 1
    assert e.value.args[0] == -2147352567
    assert "受保护" in e.value.args[2][2]


def test_a_format_is_refused_on_a_protected_sheet_that_does_not_allow_it(book):
    cell = book.sheets["表三"].range("D7")
    cell.color = (255, 0, 0)  # the standard workbook allows it
    book.impl.backend.book["表三"].protection.formatCells = True
    with pytest.raises(com.ComError):
        cell.color = (0, 255, 0)
    with pytest.raises(com.ComError):
        cell.api.Locked = False


def test_typed_texts_become_what_excel_makes_of_them(book):
    cell = book.sheets["表三"].range("D7")
    for typed, held in (("064306", 64306.0), ("1,234", 1234.0), ("'012", "012"), ("无", "无")):
        cell.value = typed
        assert cell.value == held
    cell.number_format = "@"
    cell.value = "=1+1"
    assert (cell.value, cell.formula) == ("=1+1", "=1+1")
    cell.value = 3
    assert cell.value == "3"


def test_errors_are_coms_numbers_which_xlwings_tells_by_name(book):
    book.impl.backend.book["表三"]["D7"].value = "#DIV/0!"
    cell = book.sheets["表三"].range("D7")
    assert cell.raw_value == [[-2146826281]]
    assert cell.value is None
    assert cell.options(err_to_str=True).value == "#DIV/0!"


def test_dates_come_as_datetimes(book):
    cell = book.sheets["表三"].range("D7")
    cell.value = dt.datetime(2026, 1, 12)  # noqa: DTZ001 - Excel's dates have no zone
    assert cell.value == dt.datetime(2026, 1, 12)  # noqa: DTZ001


def test_a_cell_is_selected_on_the_active_sheet_only(book):
    with pytest.raises(com.ComError):
        book.sheets["表二"].range("A1").select()


def test_what_the_engine_lacks_is_told_loudly(book):
    with pytest.raises(NotImplementedError):
        _ = book.sheets["表三"].charts
    with pytest.raises(AssertionError):
        book.save()


def test_a_sheet_is_visible_by_excels_numbers(book):
    book.impl.backend.book["表三"].sheet_state = "hidden"
    assert [s.visible for s in book.sheets if s.name in ("表二", "表三")] == [-1, 0]


@pytest.mark.office
@pytest.mark.xdist_group("calc")
def test_a_live_calc_answers_as_excel_does(path):
    with calc.Office() as libreoffice:
        found = engine.open_book(CalcBackend(libreoffice.open(path), path))
        for test in (
            test_numbers_are_floats_and_empty_is_none,
            test_a_locked_cell_is_refused_as_excel_does,
            test_typed_texts_become_what_excel_makes_of_them,
            test_a_cell_is_selected_on_the_active_sheet_only,
            test_what_the_engine_lacks_is_told_loudly,
            test_it_is_xlwings_active_engine,
        ):
            test(found)
        cell = found.sheets["表三"].range("E7")
        found.impl.backend.allowed["表三"] = {}
        for forbidden in (lambda: setattr(cell, "color", (1, 2, 3)), lambda: setattr(cell.api, "Locked", False)):
            with pytest.raises(com.ComError):
                forbidden()
        found.sheets["表三"].api.Unprotect("")
        found.sheets["表三"].range("E8").value = "=1/0"
        assert found.sheets["表三"].range("E8").raw_value == [[-2146826281]]
        found.close()


def test_it_is_xlwings_active_engine(book):
    assert xw.books.active == book
