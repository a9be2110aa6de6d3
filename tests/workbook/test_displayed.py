"""A figure counts only if it is what Excel displays: formats, fonts, runs, merged cells, views; all else is told."""

import re
from contextlib import suppress

import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.formatting.rule import CellIsRule, DataBarRule, FormulaRule
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.styles.numbers import NumberFormat

from books import edited, filled, part_of, patched, saved
from nianbao.errors import InputError
from nianbao.findings import Severity
from nianbao.form import load_edition
from nianbao.workbook import layout, quick, read, thorough
from nianbao.workbook.number_formats import displayed
from nianbao.workbook.package_checks import open_package
from nianbao.workbook.quickrows import UnusualError
from nianbao.workbook.read import read_book
from rows import some

COUNT, AMOUNT = "requests.received.natural_person", "proactive.charges.amount"
PLACES = layout(load_edition("2021")).places

DISPLAYED = [
    ("0\\.0,\"万元\"", 980, "0.1万元"), ("0.00", 1.2567, "1.26"), (";;;", 7, ""), ("0;0", -7, "7"), ("0\"0\"", 7, "70"),
    ("0,", 12000, "12"), ("0%", 3, "300%"), ("General", 15.399999999999999, "15.4"), ("0", 4.999999999999999, "5"),
    ("#,##0.00", 1234567.891, "1,234,567.89"), ("\"5\"", 7, "5"), ("000000", 14010, "014010"), ("0.##", 5, "5."),
    ("\"0597-\"0000000", 4632003, "0597-4632003"), ("@", 12, "12"), ("[Red]0", 5, "5"), ("+0;-0;0", -3, "-3"),
    ("0-00", 123, "1-23"), ("General", 1 / 3, "0.333333333"), ("0_);[Red](0)", -5, "(5)"), ("0;-0;;@", 0, ""),
    ("0.0,,", 1234567, "1.2"), ("0.000", 0.0005, "0.001"), ("# ?/?", 1.5, None), ("[White]0", 5, None),
    ("0.##\\0", 3, None), ("[DBNum1]0", 12, None),
    ("0.00E+00", 12, None), ("General", 123456789012, None), ("h:mm", 0.5, None),
    ("@\"件\"", "12", "12件"), (";;;", "12", ""), ("0", "12", "12"),
    ("0", 10**400, None), ("@;0", "12", None), ("0;0;0;0", "12", None), ("0;0;0;h", "12", None),
    ("0;0;0;\"文\"@", "12", "文12"), ("0;0;0;\"无\"", "12", "无"), ("0;", -5, None), ("0;", 5, "5"),
    ("General", 1.23456789012e-5, None), ("General", 1e-5, "0.00001"), ("0.0.0", 5, None), (".0", 0.5, None),
    (",0", 5, None), ("?,??0", 5, None), ("#,##0", 5000, "5,000"),
]  # fmt: skip


@pytest.mark.parametrize(("code", "value", "text"), DISPLAYED)
def test_a_format_displays_what_excel_does_or_is_not_known(code, value, text):
    shown = displayed(code, value)
    assert (shown.strip() if shown is not None else None) == text


def both(path):
    """What both readers say; they agree, or the quick one leaves the workbook alone."""
    found = read(path)
    with thorough.opened(open_package(path)) as book:
        assert read_book(book) == found
    with suppress(UnusualError):
        assert read_book(quick.opened(open_package(path))) == found
    return found


def told(found, key):
    return [f for f in found.findings if key in f.cells and f.severity is Severity.ERROR]


def changed(tmp_path, key, change):
    def alter(book):
        sheet, ref = PLACES[key].split("!")
        change(book[sheet], book[sheet][ref])

    return both(edited(saved(tmp_path, filled()), alter))


def formatted(code, value):
    def change(_, cell):
        cell.value, cell.number_format = value, code

    return change


@pytest.mark.parametrize(
    ("code", "value"),
    some([("0\\.0,\"万元\"", 980), ("0.00", 1.2567), (";;;", 7), ("0;0", -7), ("0\"0\"", 7), ("0,", 12000), ("0%", 3),
     ("\"5\"", 7), ("0-00", 123), ("General", 1 / 3), ("0_);[Red](0)", -5), ("0;-0;;@", 0), ("# ?/?", 1.5),
     ("[White]0", 5), ("[DBNum1]0", 12), ("0.00E+00", 12), ("General", 123456789012), ("h:mm", 0.5), ("\"¥\"0", 7)], 2),
)  # fmt: skip
@pytest.mark.parametrize("key", some([COUNT, AMOUNT], 2))
def test_a_figure_displayed_otherwise_than_held_is_absent_and_told(code, value, key, tmp_path):
    found = changed(tmp_path, key, formatted(code, value))
    assert key not in found.report.values
    assert told(found, key)


@pytest.mark.parametrize(("code", "value", "taken"), [
    ("General", 12.1 + 3.3, "15.4"), ("0.00", 12.1 + 3.3, "15.4"), ("#,##0", 1234, "1234"), ("0.##", 5, "5"),
    ("0", 4.999999999999999, "5"), ("General", 100.00000000000001, "100"), ("0\"万元\"", 5, "5"), ("[Red]0", 5, "5"),
    ("General", 12345.678912, "12345.678912"),
])  # fmt: skip
def test_a_figure_displayed_as_held_is_taken_by_fifteen_digits(code, value, taken, tmp_path):
    found = changed(tmp_path, AMOUNT, formatted(code, value))
    assert str(found.report.values[AMOUNT]) == taken


def test_a_fraction_of_a_count_is_to_be_mended_by_a_whole_number(tmp_path):
    found = changed(tmp_path, COUNT, formatted("0", 7.5))
    (one,) = [f for f in found.findings if COUNT in f.cells]
    assert "存的是“7.5”，显示为“8”" in one.what
    assert one.how == "这里只能填整数，核对后改填"


@pytest.mark.parametrize(("key", "code", "value", "said"), [
    ("postcode", "000000", 10000, "010000"), ("phone", "\"0597-\"0000000", 4632003, "0597-4632003"),
    ("phone", "General", 13800138000, "13800138000"), ("postcode", "0", 364300, "364300"),
])  # fmt: skip
def test_a_fact_is_taken_as_displayed(key, code, value, said, tmp_path):
    assert changed(tmp_path, key, formatted(code, value)).report.body[key] == said


def runs(*parts):
    return lambda _, cell: setattr(cell, "value", CellRichText(*parts))


def look(**kinds):
    def change(_, cell):
        cell.value = 7
        for name, value in kinds.items():
            setattr(cell, name, value)

    return change


def condition(rule):
    def change(sheet, cell):
        cell.value = 7
        sheet.conditional_formatting.add(cell.coordinate, rule)

    return change


def hiding(operator, limit):
    style = DifferentialStyle(numFmt=NumberFormat(numFmtId=200, formatCode=";;;"))
    rule = CellIsRule(operator, [limit])
    rule.dxf = style
    return rule


LOOKS = {
    "raised digit": runs("12", TextBlock(InlineFont(vertAlign="superscript"), "1")),
    "lowered digit": runs("1", TextBlock(InlineFont(vertAlign="subscript"), "2")),
    "struck run": runs(TextBlock(InlineFont(strike=True), "5"), "6"),
    "white run": runs(TextBlock(InlineFont(color="FFFFFFFF"), "5"), "6"),
    "tiny run": runs(TextBlock(InlineFont(sz=1), "5"), "6"),
    "symbols": runs(TextBlock(InlineFont(rFont="Wingdings"), "5"), "6"),
    "struck": look(font=Font(strike=True)),
    "raised": look(font=Font(vertAlign="superscript")),
    "tiny": look(font=Font(sz=1)),
    "symbol font": look(font=Font(name="Wingdings")),
    "white on white": look(font=Font(color="FFFFFF"), fill=PatternFill()),
    "white by theme": look(font=Font(color="00FFFFFF"), fill=PatternFill("solid", fgColor="FFFFFF")),
    "yellow on yellow": look(font=Font(color="FFF8D6")),
    "repeated": look(alignment=Alignment(horizontal="fill")),
    "hidden by condition": condition(hiding("greaterThan", "5")),
    "only a bar": condition(DataBarRule("min", None, "max", None, color="FF0000", showValue=False)),
    "white by condition": condition(FormulaRule(["TRUE"], font=Font(color="FFFFFF"))),
}


@pytest.mark.parametrize("change", some(LOOKS.values(), 2), ids=LOOKS)
def test_digits_that_are_not_seen_as_such_are_no_figure(change, tmp_path):
    found = changed(tmp_path, COUNT, change)
    assert COUNT not in found.report.values
    assert told(found, COUNT)


def test_a_condition_that_does_not_hold_changes_nothing_and_one_not_known_is_told(tmp_path):
    assert changed(tmp_path, COUNT, condition(hiding("greaterThan", "9"))).report.values[COUNT] == 7
    found = changed(tmp_path, COUNT, condition(FormulaRule(["A1=1"], font=Font(color="FFFFFF"))))
    assert found.report.values[COUNT] == 7
    assert any("条件格式" in f.what for f in found.findings if COUNT in f.cells)


def test_runs_that_are_seen_are_read(tmp_path):
    found = changed(
        tmp_path, COUNT, runs(TextBlock(InlineFont(b=True), "5"), TextBlock(InlineFont(color="FFFF0000"), "6"))
    )
    assert found.report.values[COUNT] == 56


def test_zeros_that_are_not_shown_are_told_once(tmp_path):
    def change(sheet, cell):
        cell.value = 0
        sheet.sheet_view.showZeros = False

    found = changed(tmp_path, COUNT, change)
    assert COUNT not in found.report.values
    assert len(told(found, COUNT)) == 1


def test_what_a_merged_cell_covers_is_not_read(tmp_path):
    def change(parts):
        name = part_of(parts, "表三")
        parts[name] = re.sub(rb"<mergeCells[^>]*>", rb'\g<0><mergeCell ref="D7:E7"/>', parts[name], count=1)

    found = both(patched(saved(tmp_path, filled()), change))
    beneath = next(k for k, p in PLACES.items() if p == "表三!E7")
    assert beneath not in found.report.values
    assert told(found, beneath)
    assert found.report.values[COUNT] == filled().values[COUNT]


@pytest.mark.parametrize("key", ["name", "phone", "address", "office"])
def test_a_line_break_in_a_fact_is_told_with_its_cure(key, tmp_path):
    found = changed(tmp_path, key, lambda _, cell: setattr(cell, "value", "0597-1\n0597-2"))
    assert "删去换行" in told(found, key)[0].how


@pytest.mark.parametrize("name", ["表 三", "表三 ", "\u3000表三"])
@pytest.mark.parametrize("first", [True, False])
def test_a_sheet_that_looks_alike_is_not_read_but_told(name, first, tmp_path):
    def change(book):
        other = book.copy_worksheet(book["表三"])
        other.title, other["D7"].value = name, 5
        if first:
            book.move_sheet(other, -9)

    found = both(edited(saved(tmp_path, filled()), change))
    assert found.report.values[COUNT] == filled().values[COUNT]
    assert any(f.rule == "W4" and "差不多" in f.what for f in found.findings)


ROW7 = r'(<row r="7".*?</row>)'
MEANINGS = {
    "row twice": (ROW7, r"\1\1"),
    "row split": (r'(<row r="7"[^>]*>)(<c r="A7".*?</c>)', r"\1\2</row>\1"),
    "cell twice": (r'(<c r="D7".*?</c>)', r"\1\1"),
    "two values": (r'(<c r="D7"[^>]*><v>\d+</v>)', r"\1<v>7</v>"),
    "cell of another row": (r'<c r="D7"', '<c r="D8"'),
    "in two ways": (
        ROW7, r'<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        r'<mc:Choice Requires="zz">\1</mc:Choice><mc:Fallback>\1</mc:Fallback></mc:AlternateContent>'),
    "underscore": (r'(<c r="D7"[^>]*><v>)\d+', r"\g<1>1_000"),
}  # fmt: skip


@pytest.mark.parametrize("change", MEANINGS.values(), ids=MEANINGS)
def test_a_sheet_that_may_mean_two_things_is_refused(change, tmp_path):
    def patch(parts):
        name = part_of(parts, "表三")
        was = parts[name].decode()
        parts[name] = re.sub(*change, was, count=1, flags=re.DOTALL).encode()
        assert parts[name].decode() != was

    with pytest.raises(InputError, match=r"歧义|损坏"):
        read(patched(saved(tmp_path, filled()), patch))


def test_rows_out_of_order_are_each_read_in_their_place(tmp_path):
    def patch(parts):
        name = part_of(parts, "表三")
        parts[name] = re.sub(
            r'(<row r="7".*?</row>)(.*)(</sheetData>)', r"\2\1\3", parts[name].decode(), flags=re.DOTALL
        ).encode()

    assert both(patched(saved(tmp_path, filled()), patch)).report.values == filled().values


def strict(parts):
    for name, part in parts.items():
        main = part.replace(b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
                            b"http://purl.oclc.org/ooxml/spreadsheetml/main")  # fmt: skip
        parts[name] = main.replace(b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
                                   b"http://purl.oclc.org/ooxml/officeDocument/relationships")  # fmt: skip


def other_case(parts):
    for name in [n for n in parts if n.startswith("xl/worksheets/")]:
        parts[name.upper()] = parts.pop(name)


def decoy(parts):
    book, rels = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
    parts["xl/workbook2.xml"], parts["xl/_rels/workbook2.xml.rels"] = parts[book], parts[rels]
    parts["xl/worksheets/other.xml"] = parts[part_of(parts, "表三")].replace(b"<v>1", b"<v>2")
    parts[rels] = parts[rels].replace(b"worksheets/sheet5.xml", b"worksheets/other.xml")
    parts["_rels/.rels"] = parts["_rels/.rels"].replace(b"xl/workbook.xml", b"xl/workbook2.xml")


@pytest.mark.parametrize("change", [strict, other_case, decoy])
def test_parts_are_found_as_excel_finds_them(change, tmp_path):
    assert both(patched(saved(tmp_path, filled()), change)).report.values == filled().values
