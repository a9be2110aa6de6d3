"""What the thorough reader takes from a small workbook of any program: values, results, days, hidden things, damage."""

import datetime
import io
import re
import struct
import zipfile
from dataclasses import replace

import pytest
from openpyxl import Workbook
from openpyxl.worksheet.formula import ArrayFormula, DataTableFormula

from nianbao.errors import InputError
from nianbao.workbook import thorough
from nianbao.workbook.contents import PLAIN, Content
from nianbao.workbook.package_checks import Package

SHEET = "xl/worksheets/sheet1.xml"
DAY = datetime.datetime(2026, 1, 12)  # noqa: DTZ001 - a day of a calendar


def package(change=lambda book: None, **parts):
    """A workbook of the sheets 表三 and 表 四, changed by openpyxl, then with these parts instead."""
    book, out = Workbook(), io.BytesIO()
    book.active.title = "表三"
    book.create_sheet("表 四")
    change(book)
    book.save(out)
    with zipfile.ZipFile(out) as source:
        found = {n: source.read(n) for n in source.namelist()}
    return Package("填报表.xlsx", {n: p for n, p in {**found, **parts}.items() if p is not None})


def read(given, name="表三"):
    with thorough.opened(given) as book:
        return book.sheet(name)


def cells(change):
    return bare(read(package(lambda book: change(book["表三"]))))


def bare(sheet):
    """A sheet's contents, how they look left aside."""
    return {place: replace(content, look=PLAIN) for place, content in sheet.cells.items()}


def patched(old, new, change=lambda book: None, part=SHEET):
    """The workbook with what matches in one part replaced, as another program would have written it."""
    given = package(change)
    was = given.parts[part].decode()
    now = re.sub(old, new, was, count=1, flags=re.DOTALL)
    assert now != was
    return Package(given.name, {**given.parts, part: now.encode()})


def test_a_workbook_tells_its_sheets_names_and_what_is_hidden():
    def change(book):
        book["表 四"].sheet_state = "veryHidden"

    named = (
        '<definedNames><definedName name="nb_a">\'表三\'!$D$7</definedName><definedName name="nb_b"/></definedNames>'
    )
    given = patched("(</sheets>)<definedNames ?/>", rf"\1{named}", change, "xl/workbook.xml")
    with thorough.opened(given) as book:
        assert (book.file, book.names, book.hidden) == ("填报表.xlsx", ("表三", "表 四"), ("表 四",))
        assert (book.macros, book.links) == (False, False)
        assert (book.target("nb_a"), book.target("nb_b"), book.target("nb_c")) == (("表三", 7, 4), None, None)
        assert (book.sheet("表四").name, book.sheet("表五")) == ("表四", None)
    with thorough.opened(package(**{"xl/VbaProject.bin": b"", "xl/externalLinks/a.xml": b"<x/>"})) as book:
        assert (book.macros, book.links) == (True, True)


def test_values_are_as_typed_and_blanks_absent():
    def change(sheet):
        sheet["A1"], sheet["B1"], sheet["C1"], sheet["D1"] = 0, 1.5, "甲\n乙", True
        sheet["F2"], sheet["G2"] = DAY, ""
        sheet["B3"].number_format = "0.00"

    assert cells(change) == {
        (1, 1): Content(0), (1, 2): Content(1.5), (1, 3): Content("甲\n乙"), (1, 4): Content(True),
        (2, 6): Content(DAY),
    }  # fmt: skip


def test_escapes_of_the_format_are_undone():
    three = [f"<is><t>{t}</t></is>" for t in ("x_x0041_y", "_x005F_x0041_", "a_x000D_b")]
    more = '</c><c r="B1" t="inlineStr">', '</c><c r="C1" t="inlineStr">'
    written = three[0] + more[0] + three[1] + more[1] + three[2]
    given = patched("<is>.*</is>", written, lambda b: b["表三"].append(["甲"]))
    assert [c.value for c in read(given).cells.values()] == ["xAy", "_x0041_", "ab"]


def test_what_lies_beyond_the_form_is_not_read():
    def change(sheet):
        for place in ((1500, 1), (1501, 1), (1, 60), (1, 61)):
            sheet.cell(*place, 7)

    assert cells(change) == {(1, 60): Content(7), (1500, 1): Content(7)}


def test_formulas_are_read_with_their_results_and_faults():
    def change(book):
        sheet = book["表三"]
        sheet["A1"], sheet["B1"] = "=1+1", "#N/A"
        sheet["C1"] = ArrayFormula("C1:C1", "=SUM(D1:D9)")
        sheet["D1"] = ArrayFormula("D1:D1", None)
        sheet["E1"] = DataTableFormula("E1:E1", r1="A1")

    assert dict(read(package(change)).cells) == {
        (1, 1): Content(None, "=1+1"), (1, 2): Content("#N/A", "", True), (1, 3): Content(None, "=SUM(D1:D9)"),
        (1, 4): Content(None, "="), (1, 5): Content(None, "="),
    }  # fmt: skip
    computed = patched(r"<f>1\+1</f><v></v>", "<f>1+1</f><v>2</v>", change)
    assert read(computed).cells[1, 1] == Content(2, "=1+1")
    failed = patched(r'r="A1"><f>1\+1</f><v></v>', 'r="A1" t="e"><f>1+1</f><v>#REF!</v>', change)
    assert read(failed).cells[1, 1] == Content("#REF!", "=1+1", True)


@pytest.mark.parametrize(("number", "value"), [(31, DAY), (57, DAY), (14, DAY), (0, 46034), (9, 46034), (32, 46034)])
def test_a_number_in_a_format_of_chinese_excel_is_a_day(number, value):
    def change(book):
        book["表三"]["A1"], book["表三"]["B1"] = 46034, "甲"
        book["表三"]["A1"].number_format = book["表三"]["B1"].number_format = "yyyy-mm-dd"

    given = patched(
        'numFmtId="164"(?= fontId)|(?<=<xf )numFmtId="164"', f'numFmtId="{number}"', change, "xl/styles.xml"
    )
    found = bare(read(given))
    assert (found[1, 1], found[1, 2]) == (Content(value), Content("甲"))


def test_a_truth_or_a_number_that_is_no_day_stays_itself_in_such_a_format():
    def change(book):
        book["表三"].append([True, 7, 1.5])
        for cell in book["表三"][1]:
            cell.number_format = "0.000"

    given = patched('(?<=<xf )numFmtId="164"', 'numFmtId="31"', change, "xl/styles.xml")
    assert [c.value for c in read(given).cells.values()] == [True, 7, 1.5]


@pytest.mark.parametrize("said", ['"1"', "'1'", ' = "true"', '\n="1"'])
def test_days_are_counted_from_1904_where_the_workbook_says_so(said):
    eq = said if "=" in said else f"={said}"
    given = patched(
        "<workbookPr ?/>", f"<workbookPr date1904{eq}/>", lambda b: b["表三"].append([44572]), "xl/workbook.xml"
    )
    styled = given.parts["xl/styles.xml"].replace(b'<xf numFmtId="0"', b'<xf numFmtId="31"')
    assert read(Package("x", {**given.parts, "xl/styles.xml": styled})).cells[1, 1].value == DAY


def test_hidden_rows_and_columns_are_told_within_the_form():
    rows = (
        '<row hidden="1"/><row hidden="true"/><row ht="0"/><row r="4" hidden="0" ht="9"/><row r="7" hidden="1"/>'
        '<row hidden="1"/><row r="1500" hidden="1"/><row r="1501" hidden="1"/>'
    )
    columns = (
        '<cols><col min="2" max="3" hidden="1"/><col min="6" max="6" width="9" hidden="false"/>'
        '<col min="8" max="8" width="0.05"/><col min="59" max="99" hidden="true"/></cols>'
    )
    found = read(patched("<sheetData></sheetData>", f"{columns}<sheetData>{rows}</sheetData>"))
    assert found.hidden_rows == {1, 2, 3, 7, 8, 1500}
    assert found.hidden_columns == {2, 3, 8, 59, 60}


CURE = "已经损坏，读不出来，请用 Excel 或 WPS 打开并另存一份 .xlsx 再试"
DAMAGE = {
    "the workbook's list": ("xl/workbook.xml", "<workbook .*", "<x", f"“填报表.xlsx”{CURE}"),
    "a sheet's end": (SHEET, "<sheetData></sheetData>", "<sheetData>", f"“填报表.xlsx”的工作表“表三”{CURE}"),
    "a column's number": (SHEET, "<sheetData>", '<cols><col min="x" hidden="1"/></cols><sheetData>',
                          f"“填报表.xlsx”的工作表“表三”{CURE}"),
}  # fmt: skip


@pytest.mark.parametrize(("part", "old", "new", "said"), DAMAGE.values(), ids=DAMAGE)
def test_damage_is_told_with_what_is_damaged(part, old, new, said):
    with pytest.raises(InputError) as caught:
        read(patched(old, new, part=part))
    assert str(caught.value) == said


@pytest.mark.parametrize(
    "error", [KeyError("x"), struct.error("x"), zipfile.BadZipFile("x"), OSError("x"), SyntaxError()]
)
def test_whatever_the_parsers_raise_is_one_sentence(error):
    with pytest.raises(InputError, match="“甲”已经损坏，读不出来"), thorough.damage_named("“甲”"):
        raise error


def test_a_mistake_of_ours_is_not_called_damage():
    with pytest.raises(AssertionError), thorough.damage_named("“甲”"):
        raise AssertionError


def written(rows, **parts):
    """The contents of a sheet whose rows are written so."""
    given = patched("<sheetData></sheetData>", f"<sheetData>{rows}</sheetData>")
    return bare(read(Package(given.name, {**given.parts, **parts})))


CELLS = {
    "a comment in a row": ('<!-- 注 --><c r="A1"><v>7</v></c>', Content(7)),
    "more of some program's in a row": ('<c r="A1"><v>7</v></c><extLst/>', Content(7)),
    "a comment in a cell": ('<c r="A1"><!-- 注 --><v>7</v><extLst/></c>', Content(7)),
    "an empty text beside a formula": ('<c r="A1" t="inlineStr"><f>A2</f><is><t/></is></c>', Content(None, "=A2")),
    "an empty result that is a text": ('<c r="A1" t="str"><f>A2</f><v></v></c>', Content("", "=A2")),
    "an empty text": ('<c r="A1" t="str"><v></v></c>', None),
    "true in words": ('<c r="A1" t="b"><v>true</v></c>', Content(True)),
    "false in words": ('<c r="A1" t="b"><v>false</v></c>', Content(False)),
    "false": ('<c r="A1" t="b"><v>0</v></c>', Content(False)),
    "a table of data with words in it": ('<c r="A1"><f t="dataTable" ref="A1">甲</f><v>7</v></c>', Content(7, "=")),
    "two passages struck out": (
        '<c r="A1" t="inlineStr"><is><r><rPr><strike/></rPr><t>1</t></r><r><t>2</t></r>'
        "<r><rPr><strike/></rPr><t>3</t></r></is></c>",
        Content("123", marked="“1”加了删除线；“3”加了删除线"),
    ),
    "a day": ('<c r="A1" t="d"><v>2026-01-12T00:00:00Z</v></c>', Content(DAY)),
}


@pytest.mark.parametrize(("cells_", "content"), CELLS.values(), ids=CELLS)
def test_a_cell_is_read_however_it_is_written(cells_, content):
    assert written(f'<row r="1">{cells_}</row>') == ({} if content is None else {(1, 1): content})


ODD = {
    "something else in a row": ("<x/>", "工作表“表三”的第1行里有不认识的内容"),
    "something else in a cell": ('<c r="A1"><x/></c>', "工作表“表三”里有一格写了两个值"),
    "a value and a text": ('<c r="A1"><v>7</v><is><t>8</t></is></c>', "工作表“表三”里有一格写了两个值"),
    "a kind not known": ('<c r="A1" t="x"><v>7</v></c>', CURE),
    "a day that is none": ('<c r="A1" t="d"><v>一月</v></c>', CURE),
}


@pytest.mark.parametrize(("cells_", "said"), ODD.values(), ids=ODD)
def test_a_cell_that_may_mean_two_things_or_nothing_is_refused(cells_, said):
    with pytest.raises(InputError, match=re.escape(said)):
        written(f'<row r="1">{cells_}</row>')


def test_a_list_of_texts_with_something_else_in_it_is_refused():
    listed = '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><!-- 注 --><extLst/>{}</sst>'
    told = package().parts[RELATIONS].replace(b"/theme", b"/sharedStrings", 1).replace(b"theme/theme1", b"texts")
    row = '<row r="1"><c r="A1" t="s"><v>0</v></c></row>'

    def one(texts):
        return written(row, **{RELATIONS: told, "xl/texts.xml": listed.format(texts).encode()})

    assert one("<si><t>甲</t></si>") == {(1, 1): Content("甲")}
    with pytest.raises(InputError, match="文字表里有不认识的内容"):
        one("<x/><si><t>甲</t></si>")


BOOK, RELATIONS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
EITHER = "http://schemas.openxmlformats.org/markup-compatibility/2006"
WORKBOOKS = {
    "sheets in two ways": (
        BOOK, "(<sheet .*?/>)", rf'<mc:AlternateContent xmlns:mc="{EITHER}"><mc:Choice>\1</mc:Choice>'
        "</mc:AlternateContent>", "同一处内容写了两种"),
    "two relations of a name": (RELATIONS, 'Id="rId2"', 'Id="rId1"', "两个关系同名"),
    "two lists of looks": (RELATIONS, "/theme(?=[\"'] )", "/styles", "同一种部件有两个"),
    "no list of sheets": (BOOK, "<sheets>.*</sheets>", "", CURE),
    "two lists of sheets": (BOOK, "<sheets>.*</sheets>", r"\g<0>\g<0>", CURE),
    "no workbook": (BOOK, "<workbook .*", "<x/>", CURE),
}  # fmt: skip


@pytest.mark.parametrize(("part", "old", "new", "said"), WORKBOOKS.values(), ids=WORKBOOKS)
def test_a_workbook_that_may_mean_two_things_is_refused_by_its_name(part, old, new, said):
    given = patched(old, new, part=part)
    with pytest.raises(InputError, match=re.escape(said)) as caught:
        read(given)
    assert str(caught.value).startswith("“填报表.xlsx”")


def test_two_parts_of_a_name_are_refused():
    with pytest.raises(InputError, match="两个部件同名"):
        read(package(**{"XL/Workbook.xml": b"<x/>"}))


def test_a_sheet_is_taken_by_a_name_alike_only_where_no_other_is_alike():
    def change(book):
        book.create_sheet("表　四")

    with pytest.raises(InputError, match="没有名称正好是“表四”的工作表，而“表 四”、“表　四”都像是它"):
        read(package(change), "表四")
    assert read(package(change), "表 四").name == "表 四"
