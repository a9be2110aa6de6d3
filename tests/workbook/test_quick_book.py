"""What the quick reader takes from the parts of a workbook: sheets, names, formats, hidden lines; written by hand."""

import datetime
from dataclasses import replace

import pytest

from nianbao.workbook import quick
from nianbao.workbook.contents import PLAIN, Content
from nianbao.workbook.package_checks import Package
from nianbao.workbook.quickrows import UnusualError

MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
SHEET = f"{OFFICE}/worksheet"
BOOK, STYLES, STRINGS, RELATIONS = (
    "xl/workbook.xml", "xl/styles.xml", "xl/sharedStrings.xml", "xl/_rels/workbook.xml.rels",
)  # fmt: skip
RELATED = (
    f'<R><Relationship Id="rId1" Type="{SHEET}" Target="worksheets/sheet1.xml"/>'
    f'<Relationship Id="rId2" Type="{SHEET}" Target="/xl/worksheets/sheet2.xml"/>'
    f'<Relationship Id="rId3" Type="{OFFICE}/styles" Target="styles.xml"/>'
    f'<Relationship Id="rId4" Type="{OFFICE}/sharedStrings" Target="sharedStrings.xml"/></R>'
)
DAY = datetime.datetime(2026, 1, 12)  # noqa: DTZ001 - a day of a calendar


def sheet(rows="", before="", after=""):
    return f"<worksheet {MAIN}>{before}<sheetData>{rows}</sheetData>{after}</worksheet>"


def styles(formats="", looks='<xf numFmtId="0"/>'):
    return f"<styleSheet {MAIN}>{formats}<cellXfs>{looks}</cellXfs></styleSheet>"


def book(more="", **parts):
    """A workbook of two sheets; `more` stands behind their list, a part given as None is missing."""
    listed = '<sheet name="表三" sheetId="1" r:id="rId1"/><sheet name="表 四" sheetId="2" state="hidden" r:id="rId2"/>'
    of_ours = {
        BOOK: f'<workbook {MAIN} xmlns:r="{OFFICE}"><sheets>{listed}</sheets>{more}</workbook>',
        RELATIONS: RELATED,
        STYLES: styles(),
        STRINGS: f"<sst {MAIN}><si><t>甲</t></si><si><t>乙</t></si></sst>",
        "xl/worksheets/sheet1.xml": sheet('<row r="1"><c r="A1"><v>1</v></c></row>'),
        "xl/worksheets/sheet2.xml": sheet(),
    }
    written = {n: p for n, p in {**of_ours, **parts}.items() if p is not None}
    return Package("填报表.xlsx", {n: p if isinstance(p, bytes) else p.encode() for n, p in written.items()})


def cells(rows, **parts):
    """The contents of the first sheet, how they look left aside."""
    found = quick.opened(book(**{"xl/worksheets/sheet1.xml": sheet(rows)}, **parts)).sheet("表三").cells
    return {place: replace(content, look=PLAIN) for place, content in found.items()}


def test_a_workbook_tells_its_sheets_and_where_they_are():
    opened = quick.opened(book())
    assert (opened.file, opened.names, opened.hidden) == ("填报表.xlsx", ("表三", "表 四"), ("表 四",))
    assert (opened.macros, opened.links) == (False, False)
    assert (opened.part("表三"), opened.part("表 四")) == ("xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml")
    found = opened.sheet("表三")
    assert (found.name, dict(found.cells), found.hidden_rows, found.hidden_columns) == (
        "表三", {(1, 1): Content(1)}, frozenset(), frozenset())  # fmt: skip
    assert opened.sheet("表四").name == "表四", "blanks make no other name"
    assert opened.sheet("表五") is None


def test_macros_and_links_are_seen_by_their_parts():
    assert quick.opened(book(**{"xl/VbaProject.BIN": ""})).macros
    assert quick.opened(book(**{"xl/externalLinks/externalLink1.xml": ""})).links
    assert not quick.opened(book(**{"xl/other/externalLinks/a.xml": ""})).links


@pytest.mark.parametrize(("told", "target"), [
    ('<definedName name="nb_a">\'表三\'!$D$7</definedName>', ("表三", 7, 4)),
    ('<definedName name="nb_a" comment="x">表三!D7</definedName>', ("表三", 7, 4)),
    ('<definedName hidden="1" name="nb_a">\'a &amp; b\'!$AA$70</definedName>', ("a & b", 70, 27)),
    ('<definedName name="nb_a">\'表三\'!$D$7:$E$8</definedName>', None),
    ('<definedName name="nb_a">#REF!</definedName>', None),
    ('<definedName name="nb_ab">\'表三\'!$D$7</definedName>', None),
    ("", None),
])  # fmt: skip
def test_a_name_points_at_its_cell(told, target):
    assert quick.opened(book(f"<definedNames>{told}</definedNames>")).target("nb_a") == target


@pytest.mark.parametrize("told", [
    '<definedName name="nb_a">表三!D7</definedName><definedName name="nb_a">表三!D8</definedName>',
    '<definedName name="nb_a" localSheetId="0">表三!D7</definedName>',
    '<definedName name="nb_a"/>',
    '<x name="nb_a"/>',
])  # fmt: skip
def test_a_name_it_is_not_sure_of_is_left_alone(told):
    assert quick.opened(book(f"<definedNames>{told}</definedNames>")).target("nb_a") is None


def test_rows_up_to_the_last_of_the_form_are_read():
    rows = (
        '<row r="2" hidden="1"/><row r="3"><c r="B3" t="s"><v>1</v></c><c r="C3"><v>0</v></c></row>'
        '<row r="1500" ht="0"><c r="A1500"><v>5</v></c></row><row r="1501" ht="0"><c r="A1501"><v>6</v></c></row>'
    )
    found = quick.opened(book(**{"xl/worksheets/sheet1.xml": sheet(rows)})).sheet("表三")
    assert dict(found.cells) == {(3, 2): Content("乙"), (3, 3): Content(0), (1500, 1): Content(5)}
    assert found.hidden_rows == {2, 1500}


def test_a_hidden_row_that_is_the_forms_last_counts_also_before_rows_beyond():
    xml = sheet('<row r="1500" ht="0"/><row r="1501" ht="0"><c r="A1501"><v>6</v></c></row>')
    assert quick.opened(book(**{"xl/worksheets/sheet1.xml": xml})).sheet("表三").hidden_rows == {1500}


def test_rows_beyond_the_form_need_not_be_understood_but_those_before_them_count():
    beyond = (
        '<row r="9" ht="0"/><row r="1501" ht="0"/><row r="1502" ht="0"><c r="A1502"><v>6</v></c></row>'
        '<row r="3">x</row>'
    )
    found = quick.opened(book(**{"xl/worksheets/sheet1.xml": sheet(beyond)})).sheet("表三")
    assert (dict(found.cells), found.hidden_rows) == ({}, {9})


def test_empty_rows_at_the_end_are_read():
    found = quick.opened(book(**{"xl/worksheets/sheet1.xml": sheet('<row r="1"></row><row r="4" ht="0"/>')})).sheet(
        "表三"
    )
    assert found.hidden_rows == {4}


ODD_SHEETS = {
    "rows out of order": sheet('<row r="3"></row><row r="2"></row>'),
    "the same row twice": sheet('<row r="3"></row><row r="3"></row>'),
    "a string that is not in the list": sheet('<row r="3"><c r="B3" t="s"><v>2</v></c></row>'),
    "no such part": None,
    "a row that does not end": sheet('<row r="3"><c r="A3"><v>1</v></c>'),
    "a comment outside the data": sheet(after="<!-- x -->"),
    "data with an attribute": f'<worksheet {MAIN}><sheetData x="1"></sheetData></worksheet>',
    "a carriage return before the end of a text": '<?xml version="1.0" encoding="UTF-8"?>\r\n'
    + sheet('<row r="3"><c r="A3" t="str"><v>甲\r\n</v></c></row>'),
    "no data": f"<worksheet {MAIN}></worksheet>",
    "data in one tag": f"<worksheet {MAIN}><sheetData/></worksheet>",
    "data without end": f"<worksheet {MAIN}><sheetData></worksheet>",
    "data twice": sheet(after="<sheetData></sheetData>"),
    "data twice, once in one tag": sheet(after="<sheetData/>"),
    "what stands before unsound": sheet(before="<cols>"),
    "what stands after unsound": sheet(after="</cols>"),
    "text after the last row": sheet('<row r="3"></row>甲'),
    "another namespace": sheet().replace("main", "other"),
    "the namespace twice": sheet(after=f"<x {MAIN}/>"),
    "the namespace far away": "<worksheet" + " " * 2000 + f"{MAIN}><sheetData></sheetData></worksheet>",
    "a comment": sheet("<!-- x -->"),
    "no tag at the start": " " + sheet(),
    "another encoding": '<?xml version="1.0" encoding="gb2312"?>' + sheet(),
    "a control character": sheet('<row r="3"><c r="A3" t="str"><v>\x01</v></c></row>'),
    "no character": sheet('<row r="3"><c r="A3" t="str"><v>\uffff</v></c></row>'),
    "no UTF-8": sheet('<row r="3"><c r="A3" t="str"><v>%</v></c></row>').encode().replace(b"%", b"\xff"),
    "a carriage return": sheet('<row r="3"><c r="A3" t="str"><v>\r</v></c></row>'),
    "a second line ended with a carriage return": "<?xml version='1.0' encoding='utf-8'?>\r\n" + sheet("\r\n<x/>"),
    "a column without its first": sheet(before='<cols><col max="3" hidden="1"/></cols>'),
    "a column without its last": sheet(before='<cols><col min="3" hidden="1"/></cols>'),
    "a column without number": sheet(before='<cols><col min="x" hidden="1"/></cols>'),
}  # fmt: skip


@pytest.mark.parametrize("xml", ODD_SHEETS.values(), ids=ODD_SHEETS)
def test_a_sheet_it_does_not_know_is_left_alone(xml):
    with pytest.raises(UnusualError):
        quick.opened(book(**{"xl/worksheets/sheet1.xml": xml})).sheet("表三")


USUAL_SHEETS = {
    "a first line ended as Excel does": '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n',
    "a first line of LibreOffice": '<?xml version="1.0" encoding="UTF-8"?>\n',
    "a first line in single quotes": "<?xml version='1.0' encoding='utf-8'?>",
    "no first line": "",
}


@pytest.mark.parametrize("head", USUAL_SHEETS.values(), ids=USUAL_SHEETS)
def test_usual_sheets_are_read(head):
    rows = '<row r="3"><c r="A3" t="str"><v>甲\t乙\n丙\ufffd\uf8ff</v></c></row>'
    opened = quick.opened(book(**{"xl/worksheets/sheet1.xml": head + sheet(rows)}))
    assert dict(opened.sheet("表三").cells) == {(3, 1): Content("甲\t乙\n丙\ufffd\uf8ff")}


@pytest.mark.parametrize(("columns", "hidden"), [
    ('<col min="2" max="3" hidden="1"/>', {2, 3}), ('<col min="2" max="2" hidden="true"/>', {2}),
    ('<col min="1" max="2" width="0"/>', {1, 2}), ('<col min="2" max="1" hidden="1"/>', set()),
    ('<col min="59" max="16384" hidden="1" />', {59, 60}), ('<col min="61" max="61" hidden="1"/>', set()),
    ('<col min="2" max="3" hidden="0" width="9"/>', set()), ('<col min="2" max="3" width="0.5"/>', set()),
        ("<col\nmin='2' max='2' width='0.05'/>", {2}),
    ('<col min="5" max="5" width="0"/><col min="2" max="2" hidden="1"/>', {2, 5}),
])  # fmt: skip
def test_hidden_columns_are_told(columns, hidden):
    xml = sheet(before=f"<cols>{columns}</cols>", after='<colBreaks><col min="4" max="4" hidden="1"/></colBreaks>')
    assert quick.opened(book(**{"xl/worksheets/sheet1.xml": xml})).sheet("表三").hidden_columns == hidden


def test_without_columns_none_is_hidden():
    assert quick.opened(book()).sheet("表三").hidden_columns == frozenset()


NUMBER, DAYS = Content(46034), Content(DAY)
FORMATS = {
    "General": NUMBER, "0.00": NUMBER, "#,##0": NUMBER, "@": NUMBER, "0&quot;件&quot;": NUMBER, "G/通用格式": NUMBER,
    "[Red]0": NUMBER, "[DBNum1]0": NUMBER, "[$-804]0": NUMBER, "[&gt;9]0;0": NUMBER, "0.00E+00": NUMBER, "\\d0": NUMBER,
    "_d0": NUMBER, "&quot;ymd&quot;0": NUMBER, "[h]": None, "GeneralGeneral": NUMBER, "0;yyyy-mm-dd": NUMBER,
    "yyyy-mm-dd": DAYS, "YYYY/M/D": DAYS, "yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;;@": DAYS,
    "[$-804]yyyy/m/d": DAYS, "m/d": DAYS, "yyyy-mm": DAYS, "d/m/yy": DAYS, "d": None, "yyyy": None,
    "yyyy-mm-dd hh:mm": None, "mm:ss": None, "h": None, "aaaa": None, "bbbb": None,
}  # fmt: skip


@pytest.mark.parametrize(("code", "content"), FORMATS.items(), ids=FORMATS)
def test_a_number_is_shown_as_its_format_says(code, content):
    made = styles(f'<numFmts count="1"><numFmt numFmtId="170" formatCode="{code}"/></numFmts>',
                  '<xf numFmtId="0"/><xf numFmtId="170" fontId="1"/>')  # fmt: skip
    rows = '<row r="1"><c r="A1" s="1"><v>46034</v></c></row>'
    if content is None:
        with pytest.raises(UnusualError):
            cells(rows, **{STYLES: made})
    else:
        assert cells(rows, **{STYLES: made}) == {(1, 1): content}


@pytest.mark.parametrize("number", range(60))
def test_a_number_is_shown_as_its_built_in_format_says(number):
    rows, made = '<row r="1"><c r="A1" s="0"><v>46034</v></c></row>', styles("", f'<xf numFmtId="{number}"/>')
    if number in {*range(14), *range(23, 27), *range(37, 45), 48, 49, 59}:
        assert cells(rows, **{STYLES: made}) == {(1, 1): NUMBER}
    elif number in {14, 15, 16, 17, *range(27, 32), 36, *range(50, 55), 57, 58}:
        assert cells(rows, **{STYLES: made}) == {(1, 1): DAYS}
    else:
        with pytest.raises(UnusualError):
            cells(rows, **{STYLES: made})


ODD_PARTS = {
    "no sheets": {BOOK: f"<workbook {MAIN}><sheets></sheets></workbook>"},
    "looks unsound": {STYLES: f"<styleSheet {MAIN}><cellXfs>"},
    "a look beyond the list": {
        STYLES: f"<styleSheet {MAIN}/>",
        "xl/worksheets/sheet1.xml": sheet('<row r="1"><c r="A1" s="1"><v>0</v></c></row>'),
    },
    "strings unsound": {STRINGS: f"<sst {MAIN}><si><t>甲</t></si>"},
    "no looks": {RELATIONS: RELATED.replace("styles", "other")},
    "relations unsound": {RELATIONS: "<R>"},
    "a workbook unsound": {BOOK: f"<workbook {MAIN}><sheets>"},
}


@pytest.mark.parametrize("parts", ODD_PARTS.values(), ids=ODD_PARTS)
def test_parts_it_does_not_know_are_left_alone(parts):
    rows = '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" s="0"><v>0</v></c></row>'
    assert len(cells(rows)) == 2
    with pytest.raises(UnusualError):
        quick.opened(book(**{"xl/worksheets/sheet1.xml": sheet(rows), **parts})).sheet("表三")


def test_quotes_and_line_breaks_in_parts_make_no_difference():
    made = styles("<numFmts><numFmt numFmtId='170' formatCode=';;;'/></numFmts>", "<xf\nnumFmtId = '170'/>")
    rows = '<row r="1"><c r="A1" s="0"><v>7</v></c></row>'
    found = quick.opened(book(**{"xl/worksheets/sheet1.xml": sheet(rows), STYLES: made})).sheet("表三")
    assert found.cells[1, 1].look.code == ";;;"
