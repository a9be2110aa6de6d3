"""What a web page says besides its plain tables: names, hidden things, depth, and what stands between its rows."""

import pytest

from nianbao.published import html
from nianbao.published.model import Paragraph
from nianbao.published.published_file import PublishedFile


def read(source):
    return html.read(PublishedFile("年报.html", source.encode(), "html"))


def page(body):
    return read(f"<html><body>{body}</body></html>")


def told(body):
    blocks = page(body).blocks
    return [b.text if isinstance(b, Paragraph) else [c.text for c in b.cells] for b in blocks]


def paths(body):
    """Where the blocks stand, each chain shortened to what it shares with the first one's, and its own length."""
    first, *rest = [b.path for b in page(body).blocks]
    return [(sum(a == b for a, b in zip(first, p, strict=False)), len(p)) for p in (first, *rest)]


@pytest.mark.parametrize(
    ("raw", "shown"),
    [("甲a\nb", "甲a b"), ("a甲\nb", "a甲b"), ("a\nb甲", "a b甲"), ("a\n甲b", "a甲b"), ("X\nX", "X X"), ("X", "X"),
     (" \u3000 a \u3000 ", "a"), ("a \n\n b\n c", "a b c"), ("甲 \n 乙", "甲乙")],
    ids=repr,
)  # fmt: skip
def test_a_line_end_is_a_blank_only_between_characters_that_are_no_chinese(raw, shown):
    assert html.tidy(raw) == shown


@pytest.mark.parametrize(
    ("head", "titles"),
    [("<meta name=title content=甲>", ("甲",)), ("<meta name=TITLE content=甲>", ("甲",)),
     ("<meta property='og:title' content='甲  乙'>", ("甲 乙",)), ("<meta name=articletitle content=甲>", ("甲",)),
     ("<meta name=title>", ()), ("<meta name=keywords content=甲>", ()), ("<meta charset=utf-8>", ()),
     ("<title> 甲\n镇 </title>", ("甲 镇",)), ("<title> </title>", ()), ("<title></title>", ()),
     ("<title>乙</title><meta name=title content=甲>", ("甲", "乙"))],
    ids=["name", "capitals", "property", "article", "without content", "another name", "no name", "title",
         "blank title", "empty title", "both, the tag last"],
)  # fmt: skip
def test_a_page_names_itself_in_its_head(head, titles):
    document = read(f"<html><head>{head}</head><body><p name=title content=x>正文</body></html>")
    assert document.titles == titles
    assert document.kind == "html"


@pytest.mark.parametrize(
    ("body", "seen"),
    [("<div title=header>x</div>", []), ("<div title=footer>x</div>", []), ("<p title=header>x</p>", ["x"]),
     ("<div title=x>y</div>", ["y"]), ("<p style='color:red'>x</p>", ["x"]), ("<p style>x</p>", ["x"]),
     ("<table><tr><td>1<td hidden>7<td>2</tr></table>", [["1", "2"]]),
     ("<table><tr><td>1<td>2</tr><tbody hidden><tr><td>8<td>9</tr></tbody><tr><td>3<td>4</tr></table>",
      [["1", "2", "3", "4"]]),
     ("<table><tr><td>1</td><form hidden><td>7</td></form><td>2</td></tr></table>", [["1", "2"]])],
    ids=["margin above", "margin below", "a paragraph of that name", "a name", "a style", "an empty style",
         "a cell", "a group of rows", "a form around a cell"],
)  # fmt: skip
def test_what_is_hidden_is_not_read_and_what_only_looks_so_is(body, seen):
    assert told(body) == seen


@pytest.mark.parametrize(
    ("body", "remarked"),
    [("<table hidden><tr><td>1<td>2</tr></table>", True),
     ("<div hidden><p><table><tr><td>1</tr></table></p></div>", True),
     ("<div hidden><table><tr><td>1</tr></table></div><p hidden>x</p>", True),
     ("<p hidden>x</p>", False), ("<div hidden>x</div><table><tr><td>1<td>2</tr></table>", False)],
    ids=["a table", "a box with a table", "a box with a table, then one without", "a paragraph", "a box"],
)  # fmt: skip
def test_a_hidden_table_is_told_of_and_other_hidden_things_are_not(body, remarked):
    remarks = [r.what for r in page(f"<p>甲</p>{body}").remarks]
    assert remarks == (["网页中有不显示的或大得不正常的表格，没有采用"] if remarked else [])


@pytest.mark.parametrize(
    "between",
    ["<!-- x -->", "<?xml:namespace prefix='o' />", "<script>x</script>", "<input type=hidden value=3>",
     "<tbody></tbody>", "<tbody> </tbody>", "<tr></tr>"],
    ids=["a comment", "Word's namespace", "a script", "a field", "no rows", "no rows but a blank",
         "a row without cells"],
)  # fmt: skip
def test_what_says_nothing_between_two_rows_does_not_part_the_table(between):
    (grid,) = page(f"<table><tr><td rowspan=3>1<td>2</tr>{between}<tr><td>3</tr></table>").blocks
    assert [c.text for c in grid.cells] == ["1", "2", "3"]
    assert grid.cells[0].rows >= 2


@pytest.mark.parametrize("between", ["<caption>乙</caption>", "<b>乙</b>", "<p>乙</p>"])
def test_words_between_two_rows_part_the_table_and_are_read(between):
    rows = "<tr><td>1<td>2</tr>"
    assert told(f"<table>{rows}{between}{rows}{rows}</table>") == [["1", "2"], "乙", ["1", "2", "1", "2"]]


def test_cells_without_a_row_make_one():
    (grid,) = page("<table><td>1<td>2<tr><td>3<td>4</tr><td>5<td>6</table>").blocks
    assert [(c.row, c.column, c.text) for c in grid.cells] == [
        (0, 0, "1"), (0, 1, "2"), (1, 0, "3"), (1, 1, "4"), (2, 0, "5"), (2, 1, "6"),
    ]  # fmt: skip
    (grid,) = page("<table><tr><td>1<th>2</tr><td>3</td><th>4</th></table>").blocks
    assert [(c.row, c.column, c.text) for c in grid.cells] == [(0, 0, "1"), (0, 1, "2"), (1, 0, "3"), (1, 1, "4")]


@pytest.mark.parametrize(
    "inner", ["<tr><td>1<td>2</tr>", "<tr><th>1<th>2</tr>", "<tr><td>1<th>2</tr>", "<tr><td>1</tr><tr><td>2</tr>"]
)
def test_a_table_in_a_cell_is_a_table_when_it_has_two_cells_of_any_kind(inner):
    alone = [["1", "2"]] if inner.count("<tr>") == 1 else ["1", "2"]
    assert told(f"<table><tr><td>甲<table>{inner}</table><td>乙</tr></table>") == ["甲", *alone, "乙"]
    assert told("<table><tr><td>甲<table><tr><td>1</tr></table><td>乙</tr></table>") == [["甲\n1", "乙"]]


def test_a_table_between_the_rows_of_another_is_one_by_itself():
    rows = [f"<tr><td>{n}<td>{n}{n}</tr>" for n in "123"]
    assert told(f"<table>{rows[0]}<table>{rows[1]}</table>{rows[2]}</table>") == [[n, n + n] for n in "123"]


def test_a_tall_cell_ends_with_its_table_and_cells_stand_beside_all_before_them():
    (grid,) = page("<table><tr><td>1<td>2<td>3</tr><tr><td rowspan=9>4<td colspan=2>5</tr></table>").blocks
    assert [(c.row, c.column, c.rows, c.columns) for c in grid.cells] == [
        (0, 0, 1, 1), (0, 1, 1, 1), (0, 2, 1, 1), (1, 0, 1, 1), (1, 1, 1, 2),
    ]  # fmt: skip


def test_a_row_that_lays_out_the_page_ends_the_table_before_it():
    inner = "<table><tr><td>5<td>6</tr></table>"
    rows = f"<tr><td>1<td>2</tr><tr><td>3<td>{inner}</tr><tr><td>7<td>8</tr><tr><td>9<td>0</tr>"
    assert told(f"<table>{rows}</table>") == [["1", "2"], "3", ["5", "6"], ["7", "8", "9", "0"]]


def test_tables_are_numbered_also_when_one_is_left_out(monkeypatch):
    monkeypatch.setattr(html, "MAX_CELLS", 4)
    tables = "".join(f"<table>{'<tr><td>1<td>2</tr>' * n}</table>" for n in (2, 3, 1))
    assert [b.place for b in page(tables).blocks] == ["第1张表", "第3张表"]


@pytest.mark.parametrize(
    ("body", "chains"),
    [("<p>甲</p><p>乙</p>", [(3, 3), (2, 3)]), ("<p>甲<br>乙</p>", [(3, 3), (3, 3)]),
     ("<div>甲<p>乙</p>丙</div>", [(3, 3), (3, 4), (3, 3)]),
     ("<div>甲<b><p>乙</p>丙</b></div>", [(3, 3), (3, 4), (3, 3)]),
     ("<div>甲<table><tr><td>1<td>2</tr></table></div>", [(3, 3), (3, 4)]),
     ("<div>甲<table><tr><td>1</tr><tr><td>2</tr></table></div>", [(3, 3), (3, 5), (3, 5)]),
     ("<div>甲<table><tr><td>1<td>2</tr><b>乙</b></table></div>", [(3, 3), (3, 4), (3, 4)])],
    ids=["two", "a break", "around", "inside an inline mark", "a table", "a column", "words in a table"],
)  # fmt: skip
def test_blocks_of_one_container_share_its_chain(body, chains):
    """Of html, body and what follows; sections.py tells a menu from the article by it."""
    assert paths(body) == chains


@pytest.mark.parametrize(
    ("deep", "paragraphs"), [(html.MAX_DEPTH - 3, ["甲乙", "丙"]), (html.MAX_DEPTH - 2, ["甲乙丙"])]
)
def test_in_containers_deeper_than_any_page_text_is_read_without_its_paragraphs(deep, paragraphs):
    found = page("<div>" * deep + "<p>甲<b>乙</b></p><p>丙</p>").blocks
    assert [b.text for b in found] == paragraphs
    assert told("<div>" * deep + "<i><u>甲</u>乙</i>丙") == ["甲乙丙"]


def test_a_page_deeper_than_the_parser_goes_says_nothing():
    assert told("<div>" * 250 + "甲") == ["甲"]
    assert told("<div>" * 300 + "甲") == []
