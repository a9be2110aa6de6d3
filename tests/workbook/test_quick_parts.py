"""What the quick reader takes from rows, strings, formats and lists of sheets, each written by hand."""

import datetime
from dataclasses import replace

import pytest

from nianbao.workbook.contents import PLAIN, CellLook, Content
from nianbao.workbook.looks import WorkbookLooks
from nianbao.workbook.quickrows import (
    Rows,
    UnusualError,
    attributes_of,
    clean,
    plain,
    rows,
    strings,
    whole,
)

DATED = CellLook("yyyy-mm-dd")
STYLES = WorkbookLooks((PLAIN, DATED, CellLook("h:mm"), CellLook("0")), (), ())
DAY = datetime.datetime(2026, 1, 12)  # noqa: DTZ001 - a day of a calendar


def row(cells, number=7, told=""):
    """One row as a program writes it, without the end that parts it from the next."""
    return f'<row r="{number}"{told}>{cells}'


def read(cells):
    """The contents of one row, how they look left aside."""
    return {place: replace(content, look=PLAIN) for place, content in rows(row(cells), STYLES, True).cells}


VALUES = {
    "a number": ('<c r="B7"><v>12</v></c>', 12),
    "a number of a kind told": ('<c r="B7" s="3" t="n"><v>12</v></c>', 12),
    "the last whole number that is read as digits": (f'<c r="B7"><v>{"9" * 15}</v></c>', 999_999_999_999_999),
    "a longer whole number": (f'<c r="B7"><v>{"9" * 17}</v></c>', 99_999_999_999_999_999),
    "less than nothing": ('<c r="B7"><v>-3</v></c>', -3),
    "a broken number": ('<c r="B7"><v>1.50</v></c>', 1.5),
    "a broken number that is whole": ('<c r="B7"><v>2.0</v></c>', 2.0),
    "a number with a power": ('<c r="B7"><v>1e3</v></c>', 1000.0),
    "a number with a great power": ('<c r="B7"><v>1E+03</v></c>', 1000.0),
    "a day": ('<c r="B7" s="1"><v>46034</v></c>', DAY),
    "a text": ('<c r="B7" t="str"><v>甲 &amp; 乙</v></c>', "甲 & 乙"),
    "yes": ('<c r="B7" t="b"><v>1</v></c>', True),
    "no": ('<c r="B7" t="b"><v>0</v></c>', False),
    "a text in the cell": ('<c r="B7" t="inlineStr"><is><t>甲_x0041_&lt;</t></is></c>', "甲A<"),
    "a text with blanks": ('<c r="B7" t="inlineStr"><is><t xml:space="preserve"> 甲 </t></is></c>', " 甲 "),
    "an empty text": ('<c r="B7" t="inlineStr"><is><t></t></is></c>', ""),
    "an empty text in one tag": ('<c r="B7" t="inlineStr"><is><t/></is></c>', ""),
    "a text in runs": (
        '<c r="B7" t="inlineStr"><is><r><t>甲</t></r><r><rPr><b/><sz val="9"/></rPr><t>乙&gt;</t></r><r><t/></r></is>'
        "</c>",
        "甲乙>",
    ),
    "a text in one plain run": ('<c r="B7" t="inlineStr"><is><r><t>甲</t></r></is></c>', "甲"),
    "a text with its sounds": (
        '<c r="B7" t="inlineStr"><is><t>甲</t><phoneticPr fontId="1"/></is></c>',
        "甲",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("cell", "value"), VALUES.values(), ids=VALUES)
def test_a_cell_has_the_value_that_was_typed(cell, value):
    (found,) = read(cell).values()
    assert (found, type(found.value)) == (Content(value), type(value))


EMPTIES = {
    "no content": '<c r="B7" s="3"></c>',
    "an empty value": '<c r="B7"><v></v></c>',
    "an empty value in one tag": '<c r="B7"><v/></c>',
    "a text's cell without text": '<c r="B7" t="inlineStr"></c>',
    "a shared string's cell without string": '<c r="B7" t="s"><v></v></c>',
    "one tag": '<c r="B7" s="3"/>',
    "one tag with a blank": '<c r="B7" s="3" />',
    "nothing": "",
}


@pytest.mark.parametrize("cell", EMPTIES.values(), ids=EMPTIES)
def test_an_empty_cell_is_absent(cell):
    assert rows(row(cell), STYLES, True) == Rows(7, 7, (), (), ())


FORMULAS = {
    "a number": ('<c r="B7"><f>A1&gt;2</f><v>3</v></c>', Content(3, "=A1>2")),
    "a text": ('<c r="B7" t="str"><f>A1</f><v>甲</v></c>', Content("甲", "=A1")),
    "a truth": ('<c r="B7" t="b"><f>A1</f><v>1</v></c>', Content(True, "=A1")),
    "a fault": ('<c r="B7" t="e"><f>1/0</f><v>#DIV/0!</v></c>', Content("#DIV/0!", "=1/0", True)),
    "nothing yet": ('<c r="B7"><f>A1</f></c>', Content(None, "=A1")),
    "an empty result": ('<c r="B7"><f>A1</f><v></v></c>', Content(None, "=A1")),
    "a number, LibreOffice's way": ('<c r="B7"><f aca="false">A1</f><v>3</v></c>', Content(3, "=A1")),
    "a day": ('<c r="B7" s="1"><f>A1</f><v>46034</v></c>', Content(DAY, "=A1")),
}


@pytest.mark.parametrize(("cell", "content"), FORMULAS.values(), ids=FORMULAS)
def test_a_formula_is_read_with_its_result(cell, content):
    assert read(cell) == {(7, 2): content}


def test_a_fault_typed_as_such_is_one():
    assert read('<c r="B7" t="e"><v>#N/A</v></c>') == {(7, 2): Content("#N/A", "", True)}


UNUSUAL = {
    "a cell of another row": '<c r="B8"><v>1</v></c>',
    "a cell of a row that begins alike": '<c r="B77"><v>1</v></c>',
    "the same cell twice": '<c r="B7"><v>1</v></c><c r="B7"><v>1</v></c>',
    "cells out of order": '<c r="C7"><v>1</v></c><c r="B7"><v>1</v></c>',
    "a formula with a shared string": '<c r="B7" t="s"><f>A1</f><v>1</v></c>',
    "a formula with a text in the cell": '<c r="B7" t="inlineStr"><f>A1</f><v>1</v></c>',
    "a formula in a text's cell without result": '<c r="B7" t="inlineStr"><f>A1</f></c>',
    "a formula beside a shared string's empty cell": '<c r="B7" t="s"><f>A1</f></c>',
    "a formula with a text beside it": '<c r="B7"><f>A1</f><is><t>甲</t></is></c>',
    "a formula with runs beside it": '<c r="B7"><f>A1</f><is><r><t>甲</t></r></is></c>',
    "a text in a number's cell": '<c r="B7"><is><t>甲</t></is></c>',
    "runs in a number's cell": '<c r="B7"><is><r><t>甲</t></r></is></c>',
    "a text's cell with a value": '<c r="B7" t="inlineStr"><v>1</v></c>',
    "runs with more than text": '<c r="B7" t="inlineStr"><is><r><t>甲</t></r><x/></is></c>',
    "a truth of another kind": '<c r="B7" t="b"><v>2</v></c>',
    "a kind not known": '<c r="B7" t="d"><v>2026-01-12</v></c>',
    "a letter among figures": '<c r="B7"><v>1O</v></c>',
    "a figure of another script": '<c r="B7"><v>１２</v></c>',
    "eighteen figures": f'<c r="B7"><v>{"9" * 18}</v></c>',
    "a day with a time": '<c r="B7" s="1"><v>46034.5</v></c>',
    "a day before March 1900": '<c r="B7" s="1"><v>60</v></c>',
    "a day beyond the calendar": '<c r="B7" s="1"><v>2900000</v></c>',
    "a number shown in a way not known": '<c r="B7" s="2"><v>3</v></c>',
    "an index that is no number": '<c r="B7" t="s"><v>1.0</v></c>',
    "an entity of its own": '<c r="B7" t="str"><v>&nbsp;</v></c>',
    "text after the last cell": '<c r="B7"><v>1</v></c>甲',
    "a tag after the last cell": '<c r="B7"><v>1</v></c><x/>',
    "an entity without end": '<c r="B7" t="str"><v>甲 & 乙</v></c>',
}


@pytest.mark.parametrize("cell", UNUSUAL.values(), ids=UNUSUAL)
def test_a_cell_it_does_not_know_is_not_guessed_at(cell):
    with pytest.raises(UnusualError):
        rows(row(cell), STYLES, True)


def test_columns_up_to_the_sixtieth_are_read():
    cells = "".join(f'<c r="{c}7"><v>{n}</v></c>' for n, c in enumerate(("A", "Z", "AA", "BH", "BI", "AAA")))
    assert read(cells) == {(7, 1): Content(0), (7, 26): Content(1), (7, 27): Content(2), (7, 60): Content(3)}
    beyond = '<c r="BI7" t="s"><v>x</v></c><c r="BJ7" t="b"><v>9</v></c>'
    assert rows(row(beyond), STYLES, True) == Rows(7, 7, (), (), ()), "what is not looked at need not be understood"


def test_shared_strings_are_told_by_place_and_index():
    found = rows(
        row('<c r="B7" t="s"><v>0</v></c><c r="C7"/><c r="D7" t="s"><v>41</v></c><c r="E7"><v>5</v></c>'), STYLES, True
    )
    assert found == Rows(7, 7, (), (((7, 5), Content(5)),), (((7, 2), 0, PLAIN), ((7, 4), 41, PLAIN)))


def test_empty_rows_before_one_with_cells_are_read_with_it():
    xml = '<row r="3" ht="0"/><row r="5" hidden="1" /><row r="6"/>' + row('<c r="A9"><v>1</v></c>', 9, ' hidden="true"')
    assert rows(xml, STYLES, True) == Rows(3, 9, (3, 5, 9), (((9, 1), Content(1)),), ())


def test_empty_rows_at_the_end_have_no_end_of_their_own():
    assert rows('<row r="3"/><row r="4" ht="0"/>', STYLES, False) == Rows(3, 4, (4,), (), ())


@pytest.mark.parametrize(("told", "is_hidden"), [
    (' hidden="1"', True), (' hidden="true"', True), (' ht="0"', True), (' spans="1:3" ht="0" s="2"', True),
    (' hidden="0"', False), (' hidden="false"', False), (' ht="12.5"', False), ("", False), (' ht="00"', True),
])  # fmt: skip
def test_a_row_is_hidden_when_it_says_so_or_has_no_height(told, is_hidden):
    assert rows(row("", 7, told), STYLES, True).hidden == ((7,) if is_hidden else ())


ODD_ROWS = {
    "no row": ("", True),
    "no row and no end": ("", False),
    "text before the row": ("甲" + row(""), True),
    "a row with cells that does not end": (row(""), False),
    "an empty row where one with cells was to end": ('<row r="3"/>', True),
    "the same row twice": ('<row r="7"/>' + row(""), True),
    "rows out of order": ('<row r="8"/>' + row(""), True),
    "text between rows": ('<row r="3"/>甲<row r="4"/>', False),
    "a row without number": ("<row>", True),
    "an attribute twice": (row("", 7, ' ht="9" ht="0"'), True),
    "an equals sign in an attribute": (row("", 7, ' spans="1=3"'), True),
    "an entity not known": (row("", 7, ' spans="&x;"'), True),
}  # fmt: skip


@pytest.mark.parametrize(("xml", "ended"), ODD_ROWS.values(), ids=ODD_ROWS)
def test_rows_it_does_not_know_are_not_guessed_at(xml, ended):
    with pytest.raises(UnusualError):
        rows(xml, STYLES, ended)


def test_strings_are_read_whole_or_not_at_all():
    xml = (
        '<sst><si><t>甲</t></si><si><t xml:space="preserve"> 乙 </t></si><si><t/></si>'
        "<si><r><t>丙</t></r><r><rPr><b/></rPr><t>丁</t></r></si>"
        '<si><t>&lt;_x0041_</t><phoneticPr fontId="1"/></si></sst>'
    )
    assert strings(xml) == ["甲", " 乙 ", "", "丙丁", "<A"]
    assert strings("<sst></sst>") == []
    for odd in ("<si/>", '<si x="1"><t>甲</t></si>', "<si><x/></si>", "<si><t>x005F_</t></si>", "<si><t>&a;</t></si>"):
        with pytest.raises(UnusualError):
            strings(f"<sst><si><t>甲</t></si>{odd}</sst>")


@pytest.mark.parametrize(("written", "meant"), [
    ("甲", "甲"), ("&amp;&lt;&gt;&quot;&apos;", "&<>\"'"), ("&#65;&#x42;&#x63;", "ABc"), ("&amp;amp;", "&amp;"),
    ("&#9;&#10;&#13;&#32;", "\t\n\r "), ("&#xD7FF;&#xE000;&#xFFFD;", "\ud7ff\ue000\ufffd"),
    ("&#x10000;&#x10FFFF;", "\U00010000\U0010ffff"),
])  # fmt: skip
def test_entities_stand_for_their_characters(written, meant):
    assert plain(written) == meant
    assert clean(written) == meant.replace("\r", "")


@pytest.mark.parametrize("odd", [
    "&", "&;", "&a", "&nbsp;", "&AMP;", "&amp;&", "&#0;", "&#8;", "&#11;", "&#12;", "&#14;", "&#31;",
    "&#xD800;", "&#xDFFF;", "&#xFFFE;", "&#x110000;", "&#xG;", "&#;", "&#x;",
])  # fmt: skip
def test_what_xml_knows_no_character_for_is_not_guessed_at(odd):
    with pytest.raises(UnusualError):
        plain(odd)


@pytest.mark.parametrize(("written", "meant"), [
    ("_x0041_", "A"), ("_x00e9_x", "éx"), ("甲\r\n乙", "甲\n乙"), ("_x000D_\r", ""), ("a_b", "a_b"), ("x_x", "x_x"),
])  # fmt: skip
def test_a_cells_text_is_as_it_was_typed(written, meant):
    assert clean(written) == meant


def test_attributes_are_told_by_name():
    assert attributes_of(' a="1" r:id="rId1" b=""') == {"a": "1", "r:id": "rId1", "b": ""}


def test_whole_numbers_have_up_to_nine_figures():
    assert (whole("0"), whole("999999999")) == (0, 999_999_999)
    for odd in ("", "-1", "1.0", "1000000000", "x"):
        with pytest.raises(UnusualError):
            whole(odd)
