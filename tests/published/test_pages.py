"""Pages of print at their bounds: where a table ends, how it goes on over pages, what stands at the edges."""

import pytest

from nianbao.published import paging, ruling
from nianbao.published.glyph_lines import Glyph
from nianbao.published.model import Grid, Paragraph
from nianbao.published.paging import PdfPage
from nianbao.published.ruling import RuledLine

XS = (100.0, 300.0, 500.0)


def glyph(char, middle, height):
    """A character whose middle is there, 10 wide and high."""
    return Glyph(char, middle - 5, middle + 5, height - 5, height + 5, height, 10)


def printed(text, left, height):
    return [glyph(c, left + 5 + 10 * i, height) for i, c in enumerate(text)]


def table(xs, ys):
    """A ruled table with borders at these places."""
    (ruled,) = ruling.grids([
        *(RuledLine(False, y, xs[0], xs[-1]) for y in ys), *(RuledLine(True, x, ys[0], ys[-1]) for x in xs)
    ])  # fmt: skip
    return ruled


def page(number, *glyphs, tables=()):
    return PdfPage(number, 800.0, tuple(g for gs in glyphs for g in gs), tuple(tables))


def told(*pages):
    return [
        b.text if isinstance(b, Paragraph) else [(c.row, c.column, c.columns, c.text) for c in b.cells if c.text]
        for b in paging.blocks(pages)
    ]


@pytest.mark.parametrize(
    ("x", "y", "found"),
    [(100.0, 650.0, [[(0, 0, 1, "1")]]), (99.9, 650.0, [[], "1"]), (299.9, 650.0, [[(0, 0, 1, "1")]]),
     (300.0, 650.0, [[(0, 1, 1, "1")]]), (499.9, 650.0, [[(0, 1, 1, "1")]]), (500.0, 650.0, [[], "1"]),
     (200.0, 700.0, [[(0, 0, 1, "1")]]), (200.0, 700.1, ["1", []]), (200.0, 600.1, [[(0, 0, 1, "1")]]),
     (200.0, 600.0, [[], "1"])],
    ids=["on the left border", "left of it", "left of a line", "on a line", "at the right border", "on it",
         "on the upper border", "above it", "at the lower border", "on it too"],
)  # fmt: skip
def test_a_character_belongs_to_the_table_that_its_middle_is_in(x, y, found):
    assert told(page(1, [glyph("1", x, y)], tables=[table(XS, (600.0, 700.0))])) == found


def test_of_two_tables_on_a_page_each_has_its_own_words_and_the_upper_comes_first():
    upper, lower = table(XS, (600.0, 650.0, 700.0)), table(XS, (300.0, 400.0))
    words = (printed("甲", 150, 680), printed("乙", 350, 620), printed("丙", 150, 350), printed("丁", 150, 500))
    assert told(page(1, *words, tables=[upper, lower])) == [
        [(0, 0, 1, "甲"), (1, 1, 1, "乙")], "丁", [(0, 0, 1, "丙")],
    ]  # fmt: skip


def test_a_table_goes_on_over_several_pages_and_its_rows_are_counted_through():
    pages = [page(n, printed("甲乙丙"[n - 1], 150, 650), tables=[table(XS, (500.0, 600.0, 700.0))]) for n in (1, 2, 3)]
    assert told(*pages) == [[(0, 0, 1, "甲"), (2, 0, 1, "乙"), (4, 0, 1, "丙")]]
    (grid,) = paging.blocks(pages)
    assert (grid.place, grid.page) == ("第1张表", "第1页")
    assert [(c.row, c.page, c.place) for c in grid.cells if c.text] == [
        (0, "第1页", "第1行第1列"), (2, "第2页", "第1行第1列"), (4, "第3页", "第1行第1列"),
    ]  # fmt: skip


def test_merged_cells_of_a_table_over_two_pages_keep_their_extent():
    """The line between the two rows leaves the first column out."""
    merged = [*(RuledLine(False, y, 100, 500) for y in (500, 700)), RuledLine(False, 600, 300, 500)]
    (ruled,) = ruling.grids([*merged, *(RuledLine(True, x, 500, 700) for x in XS)])
    (grid,) = paging.blocks([page(1, tables=[ruled]), page(2, tables=[ruled])])
    assert [(c.row, c.column, c.rows, c.columns) for c in grid.cells] == [
        (0, 0, 2, 1), (0, 1, 1, 1), (1, 1, 1, 1), (2, 0, 2, 1), (2, 1, 1, 1), (3, 1, 1, 1),
    ]  # fmt: skip


def test_a_table_of_two_pages_ends_where_another_begins():
    one, two, other = (table(xs, (600.0, 700.0)) for xs in (XS, XS, (50.0, 300.0, 550.0)))
    found = [
        (b.place, b.page)
        for b in paging.blocks([page(1, tables=[one]), page(2, tables=[two]), page(3, tables=[other])])
    ]
    assert found == [("第1张表", "第1页"), ("第2张表", "第3页")]


def test_a_column_that_another_page_draws_too_narrow_still_counts_as_one():
    """Borders of all pages nearer than three points are one; what stands between two of them keeps a column."""
    first = page(1, printed("甲", 110, 650), tables=[table((100.0, 200.0, 500.0), (600.0, 700.0))])
    second = page(2, [glyph("1", 200, 650)], tables=[table((100.0, 198.0, 202.0, 500.0), (600.0, 700.0))])
    assert told(first, second) == [[(0, 0, 1, "甲"), (1, 1, 1, "1")]]


@pytest.mark.parametrize(
    ("xs", "ys", "is_table"),
    [(XS, (100.0, 400.0, 700.0), True), (XS, (100.0, 700.0), False),
     ((50.0, 200.0, 300.0, 500.0), (100.0, 700.0), False),
     ((50.0, 200.0, 300.0, 400.0, 500.0), (100.0, 700.0), True), (XS, (140.0, 700.0), True),
     (XS, (139.0, 700.0), False), (XS, (600.0, 700.0), True), ((100.0, 500.0), (600.0, 650.0, 700.0), False)],
    ids=["four high cells", "two high cells", "three high cells", "four beside each other", "as high as is right",
         "higher", "low", "one column"],
)  # fmt: skip
def test_a_frame_around_a_page_is_no_table(xs, ys, is_table):
    blocks = list(paging.blocks([page(1, printed("甲乙", 110, 655), tables=[table(xs, ys)])]))
    assert [type(b) for b in blocks] == [Grid if is_table else Paragraph]


@pytest.mark.parametrize(
    ("height", "left_out"), [(95.9, True), (96.0, False), (400.0, False), (736.0, False), (736.1, True)]
)  # fmt: skip
def test_a_page_number_stands_within_an_eighth_of_the_foot_or_a_twelfth_of_the_head(height, left_out):
    body = printed("正文如下", 100, 500)
    found = told(page(1, body, printed("12", 300, height)))
    assert ("12" not in "".join(found)) is left_out
    assert found[0].startswith("正文如下") or found[-1].startswith("正文如下")


@pytest.mark.parametrize(
    ("heights", "left_out"),
    [((750, 750, 750), True), ((750, 752.6, 747.4), True), ((750, 754, 750), False), ((750, 750), False)],
    ids=["one height", "nearly one height", "another height once", "two pages"],
)  # fmt: skip
def test_a_head_is_running_when_it_stands_at_one_height_on_most_pages(heights, left_out):
    pages = [
        page(n, printed("某镇年报", 100, h), printed("正文" + "一二三"[n], 100, 400)) for n, h in enumerate(heights)
    ]
    assert ("某镇年报" not in "".join(told(*pages))) is left_out


@pytest.mark.parametrize("text", ["表二情况", "12件"])
def test_words_at_the_edge_of_a_page_are_text(text):
    assert text in told(page(1, printed(text, 100, 780), printed("正文。", 100, 400)))[0]
