"""Workbooks broken by LibreOffice itself, which moves names as it moves cells, and saved again by it."""

import random
import shutil
import zipfile

import pytest

import office
from books import saved
from excel import calc
from nianbao.errors import InputError
from nianbao.form import load_edition
from nianbao.pipeline.repairing import mend
from nianbao.repair import open_broken
from nianbao.workbook.layout import LAYOUT, layout
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


FILTERS = {"xlsx": "Calc MS Excel 2007 XML", "ods": "calc8", "xls": "MS Excel 97"}
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
    copies = [tmp_path / f"坏.{kind}" for kind in FILTERS]
    for copy in copies:
        document.storeToURL(copy.as_uri(), calc.properties(FilterName=FILTERS[copy.suffix[1:]]))
    document.close(True)
    for copy in copies:
        is_carried_or_told(copy, how, report, last)


def is_carried_or_told(broken, how, report, last):
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


@pytest.fixture(scope="module")
def other_kinds(tmp_path_factory, last):
    """The standard workbook filled in, as LibreOffice saves it in other kinds."""
    folder = tmp_path_factory.mktemp("kinds")
    path = saved(folder, filled("2021"), last_year=last)
    return {kind: office.convert(path, kind, folder / kind) for kind in ("ods", "xls")}


@pytest.mark.parametrize("kind", some(["ods", "xls", "et"], 3))
def test_a_copy_saved_as_another_kind_is_carried_over_whole(kind, other_kinds, tmp_path, last):
    path = other_kinds["xls" if kind == "et" else kind]
    path = shutil.copy(path, tmp_path / f"表.{kind}")
    mended = mend(path)
    done = mended.repaired
    assert judging.wrong(done, filled("2021"), last) == []
    assert len(done.report.values) == 206
    assert (done.report.texts, done.report.body, done.last_year.values) == (
        filled("2021").texts, filled("2021").body, last.values
    )  # fmt: skip
    assert mended.left == ()
    assert done.version == LAYOUT
    assert len(done.notes) == 1
    assert "看不到" in done.notes[0]


@pytest.mark.parametrize("kind", some(["ods", "xls"], 2))
def test_the_kind_is_known_by_content_whatever_the_name(kind, other_kinds, tmp_path):
    path = shutil.copy(other_kinds[kind], tmp_path / "表.xlsx")
    assert len(mend(path).repaired.report.values) == 206


LOOKS = {
    "0": (12.5, None, "显示为“13”"),
    "0.00": (12.0, 12, ""),
    "#,##0": (12_345.0, 12_345, ""),
    "0%": (0.12, None, "显示为“12%”"),
    "0,": (12_000.0, None, "显示为“12”"),
    ";;;": (9.0, None, "显示出来是空白"),
    "0!件": (9.0, None, ""),
}


@pytest.mark.parametrize("kind", some(["ods", "xls"], 2))
def test_a_figure_is_what_is_displayed_or_told(kind, libreoffice, tmp_path):
    """Numbers with other formats, struck out, pale, in hidden rows; a day; a text with a struck part."""
    document = libreoffice.open(saved(tmp_path, filled("2021")))
    sheet, info, words = (document.Sheets.getByName(n) for n in ("表三", "基本信息", "总体情况"))
    for one in (sheet, info, words):
        one.unprotect("")
    locale = calc.uno().createUnoStruct("com.sun.star.lang.Locale")
    for row, (code, (held, _, _)) in enumerate(LOOKS.items(), 6):
        cell = sheet.getCellByPosition(3, row)
        cell.Value = held
        formats = document.NumberFormats
        key = formats.queryKey(code, locale, False)
        cell.NumberFormat = key if key >= 0 else formats.addNew(code, locale)
    struck, pale, raised = (sheet.getCellByPosition(c, 6) for c in (4, 5, 6))
    struck.CharStrikeout = 1
    pale.CharColor = pale.CellBackColor = 0xFFFFFF
    raised.String = "8"
    text = raised.createTextCursor()
    text.gotoEnd(True)
    text.CharEscapement, text.CharEscapementHeight = 33, 58
    sheet.Rows.getByIndex(8).IsVisible = False
    copy = tmp_path / f"坏.{kind}"
    document.storeToURL(copy.as_uri(), calc.properties(FilterName=FILTERS[kind]))
    document.close(True)
    mended = mend(copy)
    values, told = mended.repaired.report.values, {o.place: o.why for o in mended.left}
    edition = load_edition("2021")
    keys = {s.ref: k for k, s in layout(edition).values.items() if s.sheet == "表三"}
    for row, (code, (_, taken, why)) in enumerate(LOOKS.items(), 7):
        assert values.get(keys[f"D{row}"]) == taken, code
        assert why in told.get(f"表三!D{row}", "没有说"), code
        assert (taken is None) == (f"表三!D{row}" in told), code
    for ref, why in (("E7", "删除线"), ("F7", "看不见"), ("G7", "上标")):
        assert keys[ref] not in values
        assert why in told[f"表三!{ref}"]
    assert any("隐藏的行" in n for n in mended.repaired.notes)


def test_a_damaged_old_workbook_is_named_or_read_never_worse(other_kinds, tmp_path):
    sound, said = other_kinds["xls"].read_bytes(), set()
    for seed in range(60):
        chance = random.Random(seed)
        data = bytearray(sound)
        for _ in range(chance.choice((1, 20, 200))):
            data[chance.randrange(chance.choice((20_000, len(data))))] = chance.randrange(256)
        path = tmp_path / "坏.xls"
        path.write_bytes(data[: chance.choice((None, 300_000))])
        try:
            said.add(open_broken(path).file)
        except InputError as e:
            said.add(str(e))
    assert len(said) > 1
    assert all(path.name in one for one in said)


def test_an_ods_that_repeats_and_merges_without_end_is_too_large(other_kinds, tmp_path):
    parts = office.parts(other_kinds["ods"])
    content = parts["content.xml"].decode()
    cell = (
        '<table:table-cell table:number-columns-repeated="60" table:number-columns-spanned="60"'
        ' table:number-rows-spanned="1500"><text:p>1</text:p></table:table-cell>'
    )
    row = f'<table:table-row table:number-rows-repeated="99999999">{cell}</table:table-row>'
    tables = "".join(f'<table:table table:name="表{n}">{row}</table:table>' for n in range(50))
    start, end = content.index("<table:table "), content.index("</office:spreadsheet>")
    path = tmp_path / "大.ods"
    with zipfile.ZipFile(path, "w") as package:
        for name, part in parts.items():
            package.writestr(name, content[:start] + tables + content[end:] if name == "content.xml" else part)
    with pytest.raises(InputError, match="大得不正常"):
        open_broken(path)
