"""A web page cell by cell: spans, blanks, hidden things, line ends; and plain text in its three shapes."""

import pytest

from nianbao.published import html, text
from nianbao.published.model import Grid, Paragraph
from nianbao.published.source import Source


def page(body):
    return html.read(Source("a.html", f"<html><body>{body}</body></html>".encode(), "html"))


def plain(written):
    return text.read(Source("a.txt", written.encode(), "txt"))


def cells(grid):
    return [(c.row, c.column, c.rows, c.columns, c.text) for c in grid.cells]


def told(document):
    return [b.text if isinstance(b, Paragraph) else [c.text for c in b.cells] for b in document.blocks]


@pytest.mark.parametrize(
    ("raw", "shown"),
    [("a\n b", "a b"), ("甲\n  乙", "甲乙"), ("甲\nb", "甲b"), (" a\xa0b ", "a b"), ("a\u200bb", "ab"),
     ("\ufeffa", "a"),
     ("\u3000a\u3000", "a"), ("a  b", "a  b"), ("\n\na\n\n", "a"), ("", "")],
)  # fmt: skip
def test_text_reads_as_a_browser_shows_it(raw, shown):
    assert html.tidy(raw) == shown


def test_cells_keep_their_place_beside_merged_ones():
    (grid,) = page(
        "<table><tr><td rowspan=2>a<td colspan=2>b</tr><tr><td>c<td>d</tr><tr><td>e<td>f<td>g</tr></table>"
    ).blocks
    assert cells(grid) == [
        (0, 0, 2, 1, "a"), (0, 1, 1, 2, "b"), (1, 1, 1, 1, "c"), (1, 2, 1, 1, "d"),
        (2, 0, 1, 1, "e"), (2, 1, 1, 1, "f"), (2, 2, 1, 1, "g"),
    ]  # fmt: skip
    assert [c.place for c in grid.cells][3] == "第2行第3列"
    assert grid.place == "第1张表"


@pytest.mark.parametrize(
    ("attributes", "extent"),
    [("rowspan=0", (2, 1)), ("colspan=0", (1, 1)), ("rowspan=9", (2, 1)), ("colspan=x", (1, 1)),
     ("colspan=' 2px'", (1, 2)),
     ("colspan=1000", (1, html.MAX_SPAN)), ("rowspan=-1", (1, 1))],
)  # fmt: skip
def test_a_span_reaches_no_further_than_the_table(attributes, extent):
    (grid,) = page(f"<table><tr><td {attributes}>a<td>b</tr><tr><td>c<td>d</tr></table>").blocks
    assert (grid.cells[0].rows, grid.cells[0].columns) == extent


def test_paragraphs_are_numbered_and_inline_marks_do_not_part_them():
    document = page("<p>甲<b>乙</b><span>丙</span></p><div>丁<br>戊</div>己")
    assert [(b.text, b.place) for b in document.blocks] == [
        ("甲乙丙", "第1段"), ("丁", "第2段"), ("戊", "第3段"), ("己", "第4段"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "hidden",
    ["<script>x</script>", "<p style='display: none'>x</p>", "<p hidden>x</p>", "<nav>x</nav>",
     "<div title=footer>x</div>",
     "<p style='VISIBILITY:hidden'>x</p>", "<!-- x -->", "<style>x</style>", "<footer>x</footer>"],
)  # fmt: skip
def test_what_a_reader_does_not_see_is_not_read(hidden):
    assert told(page(f"<p>甲</p>{hidden}<p>乙</p>")) == ["甲", "乙"]


def test_a_hidden_table_is_left_out_and_told():
    document = page("<p>甲</p><div hidden><table><tr><td>1<td>2</tr></table></div>")
    assert told(document) == ["甲"]
    assert [r.what for r in document.remarks] == ["网页中有不显示的或大得不正常的表格，没有采用"]
    assert page("<p hidden>x</p><p>甲</p>").remarks == ()


def test_a_table_that_only_lays_out_the_page_is_walked_through():
    inner = "<table><tr><td>1<td>2</tr></table>"
    assert told(page(f"<table><tr><td><p>甲</p>{inner}<p>乙</p></td></tr></table>")) == ["甲", ["1", "2"], "乙"]
    assert told(page("<table><tr><td>甲</tr><tr><td>乙</tr></table>")) == ["甲", "乙"]


def test_a_hidden_row_is_no_row():
    (grid,) = page("<table><tr><td>a<td>1</tr><tr hidden><td>b<td>2</tr><tr><td>c<td>3</tr></table>").blocks
    assert cells(grid) == [(0, 0, 1, 1, "a"), (0, 1, 1, 1, "1"), (1, 0, 1, 1, "c"), (1, 1, 1, 1, "3")]


def test_a_cell_keeps_its_lines_and_what_a_table_in_it_says():
    (grid,) = page("<table><tr><td>甲<br>乙<td><table><tr><td>3</table></tr></table>").blocks
    assert [c.text for c in grid.cells] == ["甲\n乙", "3"]


def test_names_the_page_gives_itself_are_told():
    source = "<html><head><title> 甲 镇 </title><meta name=ArticleTitle content='年报'></head><body>x</body></html>"
    document = html.read(Source("a.html", source.encode(), "html"))
    assert document.titles == ("年报", "甲 镇")


def test_text_between_bars_is_a_table_and_so_are_lines_that_end_on_one():
    barred = plain("引言\n|甲|1|\n|乙|2|\n以上。")
    assert told(barred) == ["引言", ["甲", "1", "乙", "2"], "以上。"]
    (grid,) = (b for b in barred.blocks if isinstance(b, Grid))
    assert cells(grid) == [(0, 0, 1, 1, "甲"), (0, 1, 1, 1, "1"), (1, 0, 1, 1, "乙"), (1, 1, 1, 1, "2")]
    assert (grid.place, grid.flat, grid.cells[3].place) == ("第1张表", True, "（文件第3行）")
    (ended,) = plain("|\n甲|\n1|\n|\n乙\n丙|\n2|").blocks
    assert cells(ended) == [(0, 0, 1, 1, "甲"), (0, 1, 1, 1, "1"), (1, 0, 1, 1, "乙丙"), (1, 1, 1, 1, "2")]


def test_cells_that_end_on_a_bar_may_begin_under_a_ruled_line():
    (grid,) = plain("|---|\n甲|\n1|\n|\n乙|\n2|").blocks
    assert cells(grid) == [(0, 0, 1, 1, "甲"), (0, 1, 1, 1, "1"), (1, 0, 1, 1, "乙"), (1, 1, 1, 1, "2")]


def test_text_between_tabs_is_a_table_when_there_are_enough_such_lines():
    document = plain("引言\n" + "甲\t1\t2\n" * 4 + "以上。\n乙\t3\t\n")
    assert told(document) == ["引言", ["甲", "1", "2"] * 4, "以上。", ["乙", "3"]]
    assert [b.place for b in document.blocks if isinstance(b, Grid)] == ["第1张表", "第2张表"]
    assert told(plain("甲\t1\t2\n" * 3)) == ["甲\t1\t2"] * 3


def test_a_table_of_one_cell_a_line_ends_with_its_last_figure():
    lines = [
        "引言",
        "三、收到和处理政府信息公开申请情况",
        "本年新收",
        "1",
        "2",
        "上年结转",
        "3",
        "4",
        "说明：无。",
        "四、复议诉讼情况",
    ]
    document = plain("\n\n".join(lines))
    assert told(document) == [*lines[:2], lines[2:8], *lines[8:]]
    (grid,) = (b for b in document.blocks if isinstance(b, Grid))
    assert [(c.row, c.column) for c in grid.cells] == [(0, 0), (0, 1), (0, 2), (1, 0), (1, 1), (1, 2)]
    assert document.blocks[0].place == "第1行"


def test_figures_without_a_heading_over_them_are_text():
    assert told(plain("引言\n1\n2")) == ["引言", "1", "2"]
