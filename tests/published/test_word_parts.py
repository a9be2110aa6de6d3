"""A Word document paragraph by paragraph and cell by cell: what its reader sees with all changes accepted."""

import io
import zipfile

from nianbao.published import docx
from nianbao.published.model import Grid, Paragraph
from nianbao.published.published_file import PublishedFile

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
MC = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'


def read(body):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as package:
        package.writestr("word/document.xml", f"<w:document {W} {MC}><w:body>{body}</w:body></w:document>")
    return docx.read(PublishedFile("a.docx", file.getvalue(), "docx"))


def told(body):
    return [b.text if isinstance(b, Paragraph) else [c.text for c in b.cells] for b in read(body).blocks]


def p(text, properties=""):
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def tc(text, properties=""):
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{p(text)}</w:tc>"


def row(*cells):
    return "<w:tr>" + "".join(cells) + "</w:tr>"


def control(inside):
    return f"<w:sdt><w:sdtContent>{inside}</w:sdtContent></w:sdt>"


def table(*rows):
    return "<w:tbl>" + "".join(rows) + "</w:tbl>"


def cells(grid):
    assert isinstance(grid, Grid)
    return [(c.row, c.column, c.rows, c.columns, c.text) for c in grid.cells]


DELETED_MARK = '<w:rPr><w:del w:id="1" w:author="x"/></w:rPr>'


def test_a_paragraph_whose_mark_is_deleted_goes_on_in_the_next_one():
    document = read(p("甲", DELETED_MARK) + p("乙", DELETED_MARK) + p("丙") + p("丁"))
    assert [(b.text, b.place) for b in document.blocks] == [("甲乙丙", "第3段"), ("丁", "第4段")]
    assert [r.what for r in document.remarks] == ["文件带有修订痕迹，已按全部接受修订来读"]


def test_a_deleted_mark_at_the_very_end_loses_no_text():
    assert told(p("甲") + p("乙", DELETED_MARK)) == ["甲", "乙"]
    assert told(p("甲") + p(" ", DELETED_MARK)) == ["甲"]


def test_a_text_box_is_read_after_its_paragraph_and_only_once():
    """Word writes a box twice: as it draws it, and as programs do that know no drawings."""
    inside = f"<w:txbxContent>{p('框里')}</w:txbxContent>"
    box = (
        f"<mc:AlternateContent><mc:Choice>{inside}</mc:Choice><mc:Fallback>{inside}</mc:Fallback></mc:AlternateContent>"
    )
    assert told(f"<w:p><w:r><w:t>甲</w:t>{box}</w:r></w:p>" + p("乙")) == ["甲", "框里", "乙"]


def test_of_paragraphs_written_in_two_ways_the_one_word_takes_is_read_and_only_once():
    known = 'xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml" Requires="w15"'
    ways = "<mc:AlternateContent><mc:Choice {}>" + p("甲") + "</mc:Choice><mc:Fallback>" + p("乙") + "</mc:Fallback>"
    assert told(ways.format(known) + "</mc:AlternateContent>" + p("丙")) == ["甲", "丙"]
    assert told(ways.format('Requires="z"') + "</mc:AlternateContent>" + p("丙")) == ["乙", "丙"]
    assert told("<mc:AlternateContent/>" + p("丙")) == ["丙"]


def test_rows_and_cells_in_content_controls_stand_in_their_places():
    (grid,) = read(table(row(tc("a"), control(tc("b"))), control(row(tc("c"), tc("d"))))).blocks
    assert cells(grid) == [(0, 0, 1, 1, "a"), (0, 1, 1, 1, "b"), (1, 0, 1, 1, "c"), (1, 1, 1, 1, "d")]


def test_a_deleted_cell_is_gone_and_the_next_moves_up():
    gone = '<w:cellDel w:id="1" w:author="x"/>'
    (grid,) = read(table(row(tc("a"), tc("7", gone), tc("1")), row(tc("b"), tc("2")))).blocks
    assert cells(grid) == [(0, 0, 1, 1, "a"), (0, 1, 1, 1, "1"), (1, 0, 1, 1, "b"), (1, 1, 1, 1, "2")]


def test_what_is_nested_deeper_than_any_report_is_left_out():
    def nested(text, times):
        for _ in range(times):
            text = f"<w:customXml>{text}</w:customXml>"
        return text

    assert told(nested(p("甲"), docx.MAX_DEPTH) + nested(p("乙"), docx.MAX_DEPTH + 1) + p("丙")) == ["甲", "丙"]
