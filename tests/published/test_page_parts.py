"""A web page cell by cell: spans, blanks, hidden things; plain text in its three shapes; Word piece by piece."""

import io
import zipfile

import pytest

from nianbao.errors import InputError
from nianbao.published import docx, html, text
from nianbao.published.model import Grid, Paragraph
from nianbao.published.published_file import PublishedFile


def page(body):
    return html.read(PublishedFile("a.html", f"<html><body>{body}</body></html>".encode(), "html"))


def plain(written):
    return text.read(PublishedFile("a.txt", written.encode(), "txt"))


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
    document = html.read(PublishedFile("a.html", source.encode(), "html"))
    assert document.titles == ("年报", "甲 镇")


def test_text_between_bars_is_a_table_and_so_are_lines_that_end_on_one():
    barred = plain("引言\n|甲|1|\n|乙|2|\n以上。")
    assert told(barred) == ["引言", ["甲", "1", "乙", "2"], "以上。"]
    (grid,) = (b for b in barred.blocks if isinstance(b, Grid))
    assert cells(grid) == [(0, 0, 1, 1, "甲"), (0, 1, 1, 1, "1"), (1, 0, 1, 1, "乙"), (1, 1, 1, 1, "2")]
    assert (grid.place, grid.flat, grid.cells[3].place) == ("第1张表", True, "文件第3行")
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


def test_lines_end_in_every_way_and_bars_are_drawn_in_three():
    document = plain("甲\r\n乙\r丙\f　丁 ")
    assert [(b.text, b.place) for b in document.blocks] == [
        ("甲", "第1行"), ("乙", "第2行"), ("丙", "第3行"), ("丁", "第4行"),
    ]  # fmt: skip
    assert (document.kind, document.titles, document.remarks) == ("txt", (), ())
    for bar in "|│┃":
        assert told(plain(f"引言\n{bar}甲{bar}1{bar}")) == ["引言", ["甲", "1"]]


def test_a_text_of_more_than_four_megabytes_is_refused_with_its_size():
    assert plain("x" * text.MAX_BYTES).blocks
    with pytest.raises(InputError, match=r"“a\.txt”有 4 MB，不像一份年报的文字"):
        plain("x" * (text.MAX_BYTES + 1))
    with pytest.raises(InputError, match=r"“a\.txt”的文字编码认不出来"):
        text.read(PublishedFile("a.txt", b"\xff" * 50, "txt"))


def test_one_bar_or_few_tabs_in_a_line_make_no_table():
    assert told(plain("甲|乙")) == ["甲|乙"]
    assert told(plain("甲|1|")) == [["甲", "1"]]
    assert told(plain("甲\t1\n" * 4)) == ["甲\t1"] * 4


def test_cells_of_a_table_with_bars_go_on_over_two_lines_at_most():
    one, two = "表\n|\n甲\n乙|\n1|", "表\n|\n甲\n乙\n丙|\n1|"
    assert told(plain(one)) == ["表", ["甲乙", "1"]]
    assert told(plain(two)) == ["表", ["甲乙丙", "1"]]
    assert told(plain("表\n|\n甲\n乙\n丙\n丁|\n1|"))[:2] == ["表", "甲"]
    (grid,) = (b for b in plain(one).blocks if isinstance(b, Grid))
    assert [c.place for c in grid.cells] == ["文件第4行", "文件第5行"]
    assert told(plain("|----|\n甲|\n1|\n完\n\n\n2|")) == [["甲", "1"], "完", "2|"]
    assert told(plain("甲|1|2|\n乙|3|4")) == [["甲", "1", "2", "乙", "3", "4"]]


def test_cells_between_tabs_keep_their_line():
    document = plain("甲 乙\t1\t\t2\t\n" * 4)
    (grid,) = document.blocks
    assert [(c.row, c.column, c.text, c.place) for c in grid.cells][:4] == [
        (0, 0, "甲 乙", "文件第1行"), (0, 1, "1", "文件第1行"), (0, 2, "2", "文件第1行"),
        (1, 0, "甲 乙", "文件第2行"),
    ]  # fmt: skip
    assert grid.flat


HEADED = "三、收到和处理政府信息公开申请情况"


@pytest.mark.parametrize(
    ("between", "in_table"),
    [(["栏"] * 32, True), (["栏"] * 33, False), (["栏" * 45], True), (["栏" * 46], False), ([HEADED], False)],
)
def test_a_table_of_one_cell_a_line_goes_on_to_the_next_figure_unless_that_is_far(between, in_table):
    found = told(plain("\n".join([HEADED, "新收", "1", *between, "2", "完"])))
    assert found[1] == (["新收", "1", *between, "2"] if in_table else ["新收", "1"])
    assert found[-1] == "完"


def test_a_figure_with_a_remark_as_long_as_a_sentence_ends_no_table():
    fits, longer = "1（" + "注" * 42 + "）", "1（" + "注" * 43 + "）"
    assert told(plain(f"{HEADED}\n新收\n2\n{fits}")) == [HEADED, ["新收", "2", fits]]
    assert told(plain(f"{HEADED}\n新收\n2\n{longer}")) == [HEADED, ["新收", "2"], longer]


@pytest.mark.parametrize("tag", ["form", "font", "div", "span", "p", "center"])
def test_cells_that_an_editor_wrapped_are_cells_of_their_row(tag):
    rows = "".join(f"<tr><{tag}><td>{n}</td></{tag}><{tag}><th>{n}{n}</th></{tag}></tr>" for n in "12")
    source = f"<html><body><table>{rows}</table></body></html>"
    (grid,) = html.read(PublishedFile("a.html", source.encode(), "html")).blocks
    assert [c.text for c in grid.cells] == ["1", "11", "2", "22"]


def test_headings_are_cells_and_column_marks_are_none():
    table = "<table><colgroup><col><col></colgroup><thead><tr><th>甲<th>乙</tr></thead><tr><td>1<td>2</tr></table>"
    assert told(page(table)) == [["甲", "乙", "1", "2"]]
    assert told(page("<table><caption>表三</caption><tr><td>1<td>2</tr></table>")) == ["表三", ["1", "2"]]


def test_a_table_with_too_many_cells_is_left_out_and_told():
    def cells(count):
        rows = "<tr>" + "<td>1" * 30 + "</tr>"
        return page(f"<p>甲</p><table>{rows * (count // 30)}<tr>{'<td>1' * (count % 30)}</tr></table>")

    assert [r.what for r in cells(3_000).remarks] == []
    left_out = cells(3_001)
    assert told(left_out) == ["甲"]
    assert [r.what for r in left_out.remarks] == ["网页中有不显示的或大得不正常的表格，没有采用"]


def test_cells_beside_a_tall_and_wide_one_keep_clear_of_it():
    rows = "<tr><td rowspan=2 colspan=2>a<td>b<td rowspan=2>c</tr><tr><td>d<td>e</tr>"
    (grid,) = page(f"<table>{rows}</table>").blocks
    assert cells(grid) == [
        (0, 0, 2, 2, "a"),
        (0, 2, 1, 1, "b"),
        (0, 3, 2, 1, "c"),
        (1, 2, 1, 1, "d"),
        (1, 4, 1, 1, "e"),
    ]


def test_names_of_a_page_by_property_and_by_title_are_told():
    source = "<html><head><meta property='og:title' content='年报'><meta><title>甲<!-- x -->镇</title></head>x</html>"
    assert html.read(PublishedFile("a.html", source.encode(), "html")).titles[0] == "年报"


def test_blocks_know_the_elements_they_stand_in():
    first, second, grid = page("<div><p>甲</p></div><div><p>乙</p><table><tr><td>1<td>2</tr></table></div>").blocks
    assert first.path[:-2] == second.path[:-2]
    assert first.path[:-1] != second.path[:-1] == grid.path[: len(second.path) - 1]


MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
COMPATIBLE = "http://schemas.openxmlformats.org/markup-compatibility/2006"


def packed(body, main=MAIN, more=0):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as package:
        whole = f'<w:document xmlns:w="{main}" xmlns:mc="{COMPATIBLE}"><w:body>{body}</w:body></w:document>'
        package.writestr("word/document.xml", whole)
        for n in range(more):
            package.writestr(f"{n}.bin", "")
    return PublishedFile("a.docx", file.getvalue(), "docx")


def word(body, **more):
    return docx.read(packed(body, **more))


def run(words, properties=""):
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{words}</w:t></w:r>"


def p(*runs, properties=""):
    return f"<w:p><w:pPr>{properties}</w:pPr>{''.join(r if r.startswith('<') else run(r) for r in runs)}</w:p>"


def tc(words, *properties):
    return f"<w:tc><w:tcPr>{''.join(properties)}</w:tcPr>{p(words)}</w:tc>"


def tr(*cells, properties=""):
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def tbl(*rows):
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{''.join(rows)}</w:tbl>"


def remarks(document):
    return [r.what for r in document.remarks]


def test_paragraphs_of_a_word_file_are_numbered_and_their_breaks_part_them():
    document = word(p("甲", "乙") + p("") + p("丙", "<w:r><w:br/><w:t>丁</w:t></w:r>"))
    assert [(b.text, b.place) for b in document.blocks] == [("甲乙", "第1段"), ("丙", "第3段"), ("丁", "第3段")]
    marks = (
        "<w:r><w:t>a</w:t><w:tab/><w:noBreakHyphen/><w:softHyphen/><w:t>b</w:t><w:instrText>PAGE</w:instrText></w:r>"
    )
    assert told(word(p(marks))) == ["a\t-b"]
    assert (document.kind, document.titles, document.remarks) == ("docx", (), ())
    assert told(word(p("甲"), main="http://purl.oclc.org/ooxml/wordprocessingml/main")) == ["甲"]


CHANGED = "文件带有修订痕迹，已按全部接受修订来读"


@pytest.mark.parametrize(
    ("change", "kept"),
    [("ins", "甲乙"), ("moveTo", "甲乙"), ("del", "甲"), ("moveFrom", "甲")],
)  # fmt: skip
def test_changes_are_read_as_accepted_and_told(change, kept):
    document = word(p("甲", f"<w:{change}>{run('乙')}</w:{change}>"))
    assert (told(document), remarks(document)) == ([kept], [CHANGED])


def test_a_paragraph_whose_end_was_deleted_goes_on_in_the_next():
    deleted = "<w:rPr><w:del/></w:rPr>"
    document = word(p("甲", properties=deleted) + p("乙") + p("丙", properties=deleted))
    assert [(b.text, b.place) for b in document.blocks] == [("甲乙", "第2段"), ("丙", "第3段")]


def test_hidden_text_is_left_out_and_told_where_there_is_any():
    document = word(p("甲", run("乙", "<w:vanish/>")))
    assert (told(document), remarks(document)) == (["甲"], ["文件中有隐藏的文字，没有采用"])
    assert remarks(word(p("甲", run(" ", "<w:vanish/>"), "乙"))) == []


def test_a_text_box_follows_its_paragraph_once():
    box = f"<w:txbxContent>{p('乙')}</w:txbxContent>"
    both = f"<mc:AlternateContent><mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent>"
    assert told(word(p("甲", f"<w:r>{both}</w:r>", "丙") + p("丁"))) == ["甲丙", "乙", "丁"]


def test_cells_of_word_keep_their_place_beside_merged_ones():
    span, start, on = '<w:gridSpan w:val="2"/>', '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    rows = (
        tr(tc("a", start), tc("b", span)), tr(tc("", on), tc("c"), tc("d")),
        tr(tc("e", '<w:vMerge w:val="continue"/>'), tc("f", on), properties='<w:gridBefore w:val="1"/>'),
    )  # fmt: skip
    (grid,) = word(tbl(*rows)).blocks
    assert cells(grid) == [(0, 0, 2, 1, "a"), (0, 1, 1, 2, "b"), (1, 1, 2, 1, "c"), (1, 2, 2, 1, "d")]
    assert ([c.place for c in grid.cells][2], grid.place) == ("第2行第2列", "第1张表")
    for value, columns in (("64", 64), ("65", 64), ("x", 1), ("0", 1)):
        (grid,) = word(tbl(tr(tc("a", f'<w:gridSpan w:val="{value}"/>'), tc("b")))).blocks
        assert [(c.column, c.columns) for c in grid.cells] == [(0, columns), (columns, 1)]


def test_deleted_rows_and_cells_are_none_and_those_in_controls_are():
    rows = (tr(tc("x"), tc("y"), properties="<w:del/>"), tr(tc("a"), tc("z", "<w:cellDel/>"), tc("b")))
    document = word(tbl(*rows))
    assert (told(document), remarks(document)) == ([["a", "b"]], [CHANGED])
    control = "<w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt>"
    assert told(word(tbl(control.format(tr(tc("a"), control.format(tc("b"))))))) == [["a", "b"]]
    assert told(word(control.format(p("甲")))) == ["甲"]


def test_a_table_of_word_that_only_lays_out_the_page_is_walked_through():
    assert told(word(tbl(tr(tc("甲")), tr(tc("乙"))))) == ["甲", "乙"]
    inner = f"<w:tc>{p('甲')}{tbl(tr(tc('1'), tc('2')))}{p('乙')}</w:tc>"
    document = word(tbl(tr(inner, tc("丙"))) + tbl(tr(tc("3"), tc("4"))))
    assert told(document) == ["甲", ["1", "2"], "乙", "丙", ["3", "4"]]
    assert [b.place for b in document.blocks if isinstance(b, Grid)] == ["第1张表", "第2张表"]


@pytest.mark.parametrize(("depth", "seen"), [(40, True), (41, False)])
def test_what_stands_in_more_than_forty_containers_is_not_looked_for(depth, seen):
    assert bool(word("<w:sdt>" * depth + p("甲") + "</w:sdt>" * depth).blocks) is seen


def test_a_word_file_of_too_many_parts_or_tags_is_refused_by_name():
    assert told(word(p("甲"), more=docx.MAX_PARTS - 1)) == ["甲"]
    assert word("<w:p/>" * (docx.MAX_TAGS - 4)).blocks == ()
    for source in (packed(p("甲"), more=docx.MAX_PARTS), packed("<w:p/>" * (docx.MAX_TAGS - 3))):
        with pytest.raises(InputError, match=r"“a\.docx”解开后的内容大得不正常"):
            docx.read(source)
