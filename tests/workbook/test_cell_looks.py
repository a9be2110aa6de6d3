"""How a cell looks, as its styles and what stands around its sheet's rows say, each written by hand."""

import pytest

from nianbao.workbook.contents import PLAIN, CellLook, Content
from nianbao.workbook.looks import NO_STYLES, ConditionalLook, WorkbookLooks, change_of, run_of, styles_of
from nianbao.workbook.sheet_surroundings import around, boxes, sheet_of
from nianbao.workbook.xml_nodes import MAIN, BrokenError, tree

NAMES = (
    f'xmlns="{MAIN}" xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main" '
    'xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main"'
)
HIDING = WorkbookLooks((PLAIN,), (ConditionalLook(";;;"),), NO_STYLES.theme)
PALE = "字的颜色和底色几乎一样，看不见"


def part(inside, name="worksheet"):
    return f"<{name} {NAMES}>{inside}</{name}>".encode()


def node(inside):
    return tree(part(inside)).children[0]


def look(inside, content, styles=HIDING):
    """The look of A1 with this content on a sheet that has this beside its rows."""
    return sheet_of("表", {(1, 1): content}, (), around(part(inside), styles), {}).at(1, 1).look


def rule(said, *limits, kind="cellIs"):
    formulas = "".join(f"<formula>{x}</formula>" for x in limits)
    return (
        f'<conditionalFormatting sqref="A1"><cfRule type="{kind}" dxfId="0" operator="{said}">{formulas}'
        "</cfRule></conditionalFormatting>"
    )


@pytest.mark.parametrize(("operator", "limits", "holding", "other"), [
    ("equal", "7", 7, 8), ("notEqual", "7", 8, 7), ("lessThan", "7", 6, 7), ("lessThanOrEqual", "7", 7, 8),
    ("greaterThan", "7", 8, 7), ("greaterThanOrEqual", "7", 7, 6), ("between", "57", 7, 8), ("between", "75", 5, 4),
    ("notBetween", "57", 4, 5), ("notBetween", "75", 8, 7),
])  # fmt: skip
def test_a_condition_on_a_cells_number_changes_its_format_where_it_holds(operator, limits, holding, other):
    assert look(rule(operator, *limits), Content(holding)) == CellLook(";;;")
    assert look(rule(operator, *limits), Content(other)) == PLAIN


@pytest.mark.parametrize(("said", "value"), [
    (rule("containsText", "7"), 7), (rule("equal", "A2"), 7), (rule("between", "7"), 7), (rule("equal", "7"), "七"),
    (rule("", "A1>3", kind="expression"), 7),
])  # fmt: skip
def test_a_condition_nobody_can_judge_is_a_doubt(said, value):
    assert look(said, Content(value)) == CellLook("General", doubt="把显示格式改为“;;;”")


def test_a_condition_that_draws_a_bar_in_place_of_the_number_hides_it():
    bar = '<cfRule type="dataBar"><dataBar showValue="{}"/></cfRule>'
    for shown, unseen in (("0", "条件格式只显示图形，不显示数字"), ("1", "")):
        said = f'<conditionalFormatting sqref="A1">{bar.format(shown)}</conditionalFormatting>'
        assert look(said, Content(7)).unseen == unseen


def test_a_condition_with_a_look_of_its_own_is_read_as_excel_writes_it_behind_the_sheet():
    said = (
        '<extLst><ext><x14:conditionalFormattings><x14:conditionalFormatting><x14:cfRule type="cellIs" '
        'operator="equal"><xm:f>7</xm:f><x14:dxf><font><strike/></font></x14:dxf></x14:cfRule><xm:sqref>A1</xm:sqref>'
        "</x14:conditionalFormatting></x14:conditionalFormattings></ext></extLst>"
    )
    assert look(said, Content(7)).unseen == "条件格式加上删除线"
    assert look(said, Content(8)) == PLAIN


def test_results_are_not_seen_on_a_sheet_that_shows_its_formulas():
    view = '<sheetViews><sheetView showFormulas="1"/></sheetViews>'
    assert look(view, Content(7, "=A2")).unseen == "这张工作表设置了显示公式，看不到结果"
    assert look(view, Content(7)) == PLAIN


def test_what_is_no_range_or_no_width_is_passed_over():
    assert boxes("表三 B3:$A$1 J9") == ((1, 1, 3, 2), (9, 10, 9, 10))
    columns = '<cols><col min="1" max="1" width="宽"/><col min="2" max="2" width="0.1"/></cols>'
    assert around(part(columns), NO_STYLES).hidden_columns == {2}


def test_a_part_that_is_no_sheet_is_damage():
    with pytest.raises(BrokenError):
        around(part("", "chartsheet"), NO_STYLES)


WHITE = '<font><color rgb="FFFFFFFF"/></font>'
BLACK = "<fill><patternFill patternType='solid'><fgColor {}/></patternFill></fill>"
STYLES = {
    "white on nothing": (WHITE, "<fill/>", "", PALE),
    "white on a gradient": (WHITE, "<fill><gradientFill/></fill>", "", ""),
    "white on a pattern": (WHITE, '<fill><patternFill patternType="gray125"/></fill>', "", ""),
    "white on black by number": (WHITE, BLACK.format('indexed="8"'), "", ""),
    "white on white by number": (WHITE, BLACK.format('indexed="9"'), "", PALE),
    "white on a number's dark grey": (WHITE, BLACK.format('indexed="23"'), "", ""),
    "white on a number not known": (WHITE, BLACK.format('indexed="99"'), "", ""),
    "white by a tint that is none": ('<font><color rgb="FFFFFFFF" tint="x"/></font>', "<fill/>", "", PALE),
    "black made white by its tint": ('<font><color rgb="FF000000" tint="1"/></font>', "<fill/>", "", PALE),
    "a size that is no number": ('<font><sz val="大"/></font>', "<fill/>", "", ""),
    "repeated": ("<font/>", "<fill/>", '<alignment horizontal="fill"/>', "对齐方式是“填充”，内容会重复显示"),
    "repeated and struck": ("<font><strike/></font>", "<fill/>", '<alignment horizontal="fill"/>', "字加了删除线"),
}


@pytest.mark.parametrize(("font", "fill", "placed", "unseen"), STYLES.values(), ids=STYLES)
def test_a_cells_look_says_why_it_is_not_seen(font, fill, placed, unseen):
    xf = f'<xf numFmtId="0" fontId="0" fillId="0">{placed}</xf>'
    inside = f"<fonts>{font}</fonts><fills>{fill}</fills><cellXfs>{xf}</cellXfs>"
    assert styles_of(part(inside, "styleSheet"), b"").at(0).unseen == unseen


@pytest.mark.parametrize(("properties", "text", "shown", "mark"), [
    ('<vertAlign val="superscript"/>', "2", "²", ""), ('<vertAlign val="subscript"/>', "2", "₂", ""),
    ("<strike/>", " \n", " \n", ""), ("<strike/>", "7", "7", "“7”加了删除线"),
    ('<color rgb="FFFF0000"/>', "7", "7", ""),
    ('<color rgb="FFFFFFFF"/>', "7", "7", "“7”看不见（字太小，或颜色和底色一样）"),
])  # fmt: skip
def test_a_run_is_as_it_is_displayed(properties, text, shown, mark):
    assert run_of(node(f"<rPr>{properties}</rPr>"), text, NO_STYLES.theme) == (shown, mark)


def test_a_condition_may_strike_out_or_pale():
    font = "<dxf><font>{}</font></dxf>"
    struck, pale, red = (
        change_of(node(font.format(f)), NO_STYLES.theme).unseen
        for f in ("<strike/>", '<color theme="0"/>', '<color rgb="FFFF0000"/>')
    )
    assert (struck, pale, red) == ("加上删除线", "使字看不见", "")
