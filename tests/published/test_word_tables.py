"""The tables of a Word document: merged, wrapped and deleted cells, tables within tables, limits."""

import io
import zipfile

import pytest

from nianbao.published import docx
from nianbao.published.model import Grid, Paragraph
from nianbao.published.published_file import PublishedFile

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def read(body):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as package:
        package.writestr("word/document.xml", f"<w:document {W}><w:body>{body}</w:body></w:document>")
    return docx.read(PublishedFile("年报.docx", file.getvalue(), "docx"))


def told(body):
    return [b.text if isinstance(b, Paragraph) else [c.text for c in b.cells] for b in read(body).blocks]


def cells(body):
    (grid,) = read(body).blocks
    assert isinstance(grid, Grid)
    return [(c.row, c.column, c.rows, c.columns, c.text) for c in grid.cells]


def p(text):
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def tc(text, properties=""):
    return f"<w:tc>{f'<w:tcPr>{properties}</w:tcPr>' if properties else ''}{p(text)}</w:tc>"


def tr(*cells, properties=""):
    return f"<w:tr>{f'<w:trPr>{properties}</w:trPr>' if properties else ''}{''.join(cells)}</w:tr>"


def tbl(*rows):
    return f"<w:tbl>{''.join(rows)}</w:tbl>"


PAIR = [(0, 0, 1, 1, "1"), (0, 1, 1, 1, "2"), (1, 0, 1, 1, "3"), (1, 1, 1, 1, "4")]


@pytest.mark.parametrize("tags", [["sdt", "sdtContent"], ["ins"], ["moveTo"], ["customXml"]], ids=" ".join)
def test_rows_and_cells_wrapped_by_word_are_rows_and_cells(tags):
    def wrapped(inside):
        return "".join(f"<w:{t}>" for t in tags) + inside + "".join(f"</w:{t}>" for t in reversed(tags))

    assert cells(tbl(wrapped(tr(tc("1"), tc("2"))), tr(tc("3"), wrapped(tc("4"))))) == PAIR


def test_what_stands_between_rows_and_is_no_row_is_passed_over():
    marks = '<w:bookmarkStart w:id="0"/><!-- x --><?x y?><w:bookmarkEnd w:id="0"/>'
    assert cells(tbl(marks, tr(marks, tc("1"), marks, tc("2")), marks, tr(tc("3"), tc("4")))) == PAIR


SPAN, START, ON = '<w:gridSpan w:val="{}"/>', '<w:vMerge w:val="restart"/>', "<w:vMerge/>"


@pytest.mark.parametrize(
    ("span", "columns"),
    [(SPAN.format(3), 3), (SPAN.format(64), 64), (SPAN.format(65), 64), (SPAN.format("9" * 5_000), 64),
     (SPAN.format(1), 1), (SPAN.format(0), 1), (SPAN.format(-2), 1), (SPAN.format("x"), 1), (SPAN.format(""), 1),
     ("<w:gridSpan/>", 1), ("<w:vAlign/>", 1)],
    ids=["three", "the most", "more", "thousands of digits", "one", "none", "less than none", "no number", "blank",
         "not said", "another property"],
)  # fmt: skip
def test_a_cell_reaches_over_as_many_columns_as_it_says(span, columns):
    assert cells(tbl(tr(tc("1", span), tc("2")))) == [(0, 0, 1, columns, "1"), (0, columns, 1, 1, "2")]


@pytest.mark.parametrize(
    ("rows", "found"),
    [([tr(tc("1", START), tc("2")), tr(tc("", ON), tc("3")), tr(tc("x", ON), tc("4"))],
      [(0, 0, 3, 1, "1"), (0, 1, 1, 1, "2"), (1, 1, 1, 1, "3"), (2, 1, 1, 1, "4")]),
     ([tr(tc("1", START), tc("2")), tr(tc("3", START), tc("4")), tr(tc("", ON), tc("5"))],
      [(0, 0, 1, 1, "1"), (0, 1, 1, 1, "2"), (1, 0, 2, 1, "3"), (1, 1, 1, 1, "4"), (2, 1, 1, 1, "5")]),
     ([tr(tc("1", ON), tc("2")), tr(tc("3"), tc("4"))], PAIR),
     ([tr(tc("1"), tc("2")), tr(tc("3", '<w:vMerge w:val="x"/>'), tc("4"))], PAIR),
     ([tr(tc("1", SPAN.format(2) + START), tc("2")), tr(tc("", SPAN.format(2) + ON), tc("3"))],
      [(0, 0, 2, 2, "1"), (0, 2, 1, 1, "2"), (1, 2, 1, 1, "3")]),
     ([tr(tc("1", START), tc("2")), tr(tc("3"), properties='<w:gridBefore w:val="1"/>'), tr(tc("", ON), tc("4"))],
      [(0, 0, 3, 1, "1"), (0, 1, 1, 1, "2"), (1, 1, 1, 1, "3"), (2, 1, 1, 1, "4")])],
    ids=["three rows", "two one after another", "nothing above", "of an unknown kind", "two columns wide",
         "a row that begins later"],
)  # fmt: skip
def test_cells_that_are_merged_downwards_are_one(rows, found):
    assert cells(tbl(*rows)) == found


def test_cells_tell_their_row_and_column_and_tables_their_number():
    first, second = read(
        tbl(tr(tc("1", SPAN.format(2)), tc("2")), tr(tc("3"), tc("4"))) + tbl(tr(tc("5"), tc("6")))
    ).blocks
    assert [c.place for c in first.cells] == ["第1行第1列", "第1行第3列", "第2行第1列", "第2行第2列"]
    assert (first.place, second.place) == ("第1张表", "第2张表")


def test_a_cell_keeps_its_lines_and_leaves_out_what_is_deleted_from_it():
    inside = f"<w:tc>{p('甲')}{p('')}{p('乙')}<w:p><w:del><w:r><w:delText>丙</w:delText></w:r></w:del></w:p></w:tc>"
    assert told(tbl(tr(inside, tc("1")))) == [["甲\n乙", "1"]]


@pytest.mark.parametrize(
    ("rows", "found"),
    [([tr(tc("1"))], ["1"]), ([tr(tc("1")), tr(tc("2"))], ["1", "2"]),
     ([tr(tc("1")), tr(tc("2"), tc("3"))], [["1", "2", "3"]]),
     ([tr(tc("1"), tc("2"), properties="<w:del/>"), tr(tc("3"))], ["3"]), ([tr(), tr(tc("1"))], ["1"]), ([], [])],
    ids=["one cell", "one column", "two in a row", "two in a row that is deleted", "an empty row", "none"],
)  # fmt: skip
def test_a_table_of_one_column_lays_out_the_page(rows, found):
    assert told(tbl(*rows)) == found


def test_a_table_in_a_cell_is_a_table_only_when_it_has_two_cells():
    def around(inner):
        return tbl(tr(f"<w:tc>{p('甲')}{inner}{p('乙')}</w:tc>", tc("丙")))

    assert told(around(tbl(tr(tc("1"))))) == [["甲\n1\n乙", "丙"]]
    assert told(around(tbl(tr(tc("1"), tc("2"))))) == ["甲", ["1", "2"], "乙", "丙"]
    assert told(around(tbl(tr(tc("1")), tr(tc("2"))))) == ["甲", "1", "2", "乙", "丙"]


@pytest.mark.parametrize(("deep", "seen"), [(docx.MAX_DEPTH, True), (docx.MAX_DEPTH + 1, False)])
@pytest.mark.parametrize("last", ["words", "a table"])
def test_tables_within_more_tables_than_any_report_has_are_not_looked_into(deep, seen, last):
    inside = p("1") if last == "words" else tbl(tr(tc("1"), tc("2")))
    for _ in range(deep if last == "words" else deep - 1):
        inside = tbl(tr(f"<w:tc>{inside}</w:tc>"))
    found = told(inside)
    assert found == ((["1"] if last == "words" else [["1", "2"]]) if seen else ([] if last == "words" else [["", ""]]))
