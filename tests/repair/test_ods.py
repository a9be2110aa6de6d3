"""What stands in a cell of an .ods, as it is written by whatever program."""

import zipfile

import pytest

from nianbao.errors import InputError
from nianbao.repair import open_broken
from nianbao.workbook import display
from nianbao.workbook.contents import PLAIN, CellLook, Content

NAMES = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" '
    'xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" '
    'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
)
STYLES = """<office:automatic-styles>
<style:style style:name="base" style:family="table-cell"><style:text-properties fo:color="#ffffff"/></style:style>
<style:style style:name="pale" style:family="table-cell" style:parent-style-name="base"/>
<style:style style:name="dark" style:family="table-cell" style:parent-style-name="base">
<style:table-cell-properties fo:background-color="#000000"/></style:style>
<style:style style:name="struck" style:family="text"><style:text-properties
 style:text-line-through-style="solid"/></style:style></office:automatic-styles>"""
NAMED = """<table:named-expressions><table:named-range table:name="nb_x"
 table:cell-range-address="$'a b'.$B$2:.$C$3"/></table:named-expressions>"""


def saved(folder, rows, more=NAMED, parts=()):
    """A workbook of one sheet with these rows."""
    path = folder / "表.ods"
    table = f'<table:table table:name="a b">{rows}</table:table>{more}'
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        package.writestr(
            "content.xml",
            f"<office:document-content {NAMES}>{STYLES}<office:body><office:spreadsheet>{table}"
            "</office:spreadsheet></office:body></office:document-content>",
        )
        for name, text in parts:
            package.writestr(name, text)
    return path


def number(value, shown, style=""):
    return (
        f'<table:table-cell table:style-name="{style}" office:value-type="float" office:value="{value}">'
        f"<text:p>{shown}</text:p></table:table-cell>"
    )


def text(paragraphs, more=""):
    return f'<table:table-cell office:value-type="string"{more}>{paragraphs}</table:table-cell>'


def truth(value, shown, style=""):
    return (
        f'<table:table-cell table:style-name="{style}" office:value-type="boolean" office:boolean-value="{value}">'
        f"<text:p>{shown}</text:p></table:table-cell>"
    )


CELLS = [
    (number("12", "12"), Content(12)),
    (number("12.50", "12.5"), Content(12.5)),
    (number("1.5", "2"), Content(1.5, look=CellLook('"2"'))),
    (number("12345", "12,345"), Content(12345, look=CellLook('"12,345"'))),
    (number("7", "7", "pale"), Content(7, look=CellLook("General", "字的颜色和底色几乎一样，看不见"))),
    (number("7", "7", "dark"), Content(7)),
    (text("<text:p>甲</text:p><text:p>乙</text:p>"), Content("甲\n乙")),
    (text('<text:p>甲 \n <text:s text:c="2"/>乙<text:line-break/>丙</text:p>'), Content("甲   乙\n丙")),
    (
        text('<text:p>8<text:span text:style-name="struck">9</text:span></text:p>'),
        Content("89", marked="“9”加了删除线"),
    ),
    (text("<text:p>#DIV/0!</text:p>", ' office:string-value=""'), Content("#DIV/0!", marked="显示为“#DIV/0!”")),
    (text("<text:p>#DIV/0!</text:p>", ' calcext:value-type="error"'), Content("#DIV/0!", error=True)),
    (
        '<table:table-cell table:formula="of:=SUM([.A1:.B2];&quot;a;[.A1]&quot;)" office:value-type="float"'
        ' office:value="3"><text:p>3</text:p></table:table-cell>',
        Content(3, '=SUM(A1,"a;[.A1]")'),
    ),
    ("<table:table-cell/>", None),
    (text("<text:p>甲<text:tab/>乙</text:p>"), Content("甲\t乙")),
    (truth("true", "TRUE"), Content(True)),
    (truth("false", "FALSE", "pale"), Content(False, look=CellLook("General", "字的颜色和底色几乎一样，看不见"))),
]


@pytest.mark.parametrize(("cell", "content"), CELLS)
def test_a_cell_is_what_it_holds_and_how_it_is_seen(cell, content, tmp_path):
    sheet = open_broken(saved(tmp_path, f"<table:table-row>{cell}</table:table-row>")).sheets["a b"]
    assert sheet.cells.get((1, 1)) == content


def test_what_is_displayed_is_known_exactly(tmp_path):
    row = number("1.5", "2") + number("0.12", "12%")
    sheet = open_broken(saved(tmp_path, f"<table:table-row>{row}</table:table-row>")).sheets["a b"]
    assert [display.shown(sheet.at(1, c)) for c in (1, 2)] == ["2", "12%"]
    assert sheet.at(1, 1).look is not PLAIN


def test_repeated_merged_and_hidden_cells_and_names_are_in_their_places(tmp_path):
    rows = (
        '<table:table-column/><table:table-column table:visibility="collapse" table:number-columns-repeated="2"/>'
        '<table:table-row table:number-rows-repeated="3" table:visibility="filter"><table:table-cell/>'
        "</table:table-row>"
        '<table:table-row-group><table:table-row><table:table-cell table:number-columns-repeated="2"/>'
        '<table:table-cell table:number-columns-spanned="2" table:number-rows-spanned="2" office:value-type="string">'
        "<office:annotation><text:p>应为9</text:p></office:annotation><text:p>甲</text:p></table:table-cell>"
        "</table:table-row></table:table-row-group>"
    )
    book = open_broken(saved(tmp_path, rows))
    sheet = book.sheets["a b"]
    assert dict(sheet.cells) == {(4, 3): Content("甲")}
    assert dict(sheet.covered) == dict.fromkeys([(4, 4), (5, 3), (5, 4)], "C4:D5")
    assert (sheet.hidden_rows, sheet.hidden_columns) == (frozenset({1, 2, 3}), frozenset({2, 3}))
    assert sheet.remarks == {(4, 3): "应为9"}
    assert book.names == (("nb_x", "a b", (2, 2, 3, 3)),)


def test_a_locked_file_and_one_without_content_are_named(tmp_path):
    locked = saved(tmp_path, "", parts=[("META-INF/manifest.xml", "<x><encryption-data/></x>")])
    with pytest.raises(InputError, match="打开密码"):
        open_broken(locked)
    with zipfile.ZipFile(locked, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
    with pytest.raises(InputError, match="损坏"):
        open_broken(locked)


@pytest.mark.parametrize("many", ["x", "-1", "", "123456789"])
def test_a_number_of_cells_that_is_none_is_damage(many, tmp_path):
    row = f'<table:table-row><table:table-cell table:number-columns-repeated="{many}"/></table:table-row>'
    with pytest.raises(InputError, match="损坏"):
        open_broken(saved(tmp_path, row))


def test_a_file_that_was_cut_off_is_damage(tmp_path):
    path = saved(tmp_path, "")
    path.write_bytes(path.read_bytes()[:-9])
    with pytest.raises(InputError, match=r"“表.ods”已经损坏或没有传完整"):
        open_broken(path)
