"""A printed page as geometry: characters make lines and paragraphs, ruled lines tables, pages one document."""

import pytest

from nianbao.published import glyph_lines, paging, pdf, ruling
from nianbao.published.glyph_lines import Glyph, TextLine
from nianbao.published.model import Grid, Paragraph
from nianbao.published.paging import PdfPage
from nianbao.published.ruling import RuledLine
from nianbao.visible import signs


def glyph(char, left, middle, size=10.0, width=None):
    return Glyph(
        char, left, left + (size if width is None else width), middle - size / 2, middle + size / 2, middle, size
    )


def printed(text, left=100.0, middle=700.0, size=10.0):
    """A line of print, each character as wide as high."""
    return [glyph(c, left + i * size, middle, size) for i, c in enumerate(text)]


def texts(*glyphs):
    return [line.text for line in glyph_lines.lines_of(3, [g for gs in glyphs for g in gs])]


def test_characters_make_lines_from_the_top_down_and_from_the_left():
    below, above = printed("乙丙", middle=680), printed("甲丁", middle=700)
    found = glyph_lines.lines_of(3, [*reversed(below), *reversed(above)])
    assert found == [TextLine(3, "甲丁", 100, 120, 700, 10, 10), TextLine(3, "乙丙", 100, 120, 680, 10, 10)]
    assert glyph_lines.lines_of(3, []) == []


@pytest.mark.parametrize(
    ("apart", "one"), [(4.5, True), (4.6, False), (-4.5, True), (-4.6, False)]
)  # the middle within 0.45 of the larger
def test_a_character_off_the_middle_still_stands_on_the_line(apart, one):
    small = Glyph("，", 130, 134, 699 + apart, 701 + apart, 700 + apart, 2)
    assert (len(texts(printed("甲乙丙"), [small])) == 1) is one


def test_boxes_of_a_font_that_are_level_make_one_line_though_their_ink_is_not():
    high, low = Glyph("“", 100, 110, 690, 710, 709, 10), Glyph("，", 110, 120, 690, 710, 691, 10)
    assert texts([high, low]) == ["“，"]
    fifth = Glyph("，", 110, 120, 686, 706, 691, 10)  # four fifths of the box are shared
    assert texts([high, fifth]) == ["“，"]
    less = Glyph("，", 110, 120, 685.9, 705.9, 691, 10)
    assert texts([high, less]) == ["“", "，"]


def test_a_line_is_as_large_as_most_of_its_characters_and_as_wide_as_they_reach():
    (line,) = glyph_lines.lines_of(1, [*printed("甲乙"), glyph("1", 120, 702, 6), glyph("丙", 126, 700)])
    assert (line.left, line.right, line.size) == (100, 136, 10)
    assert line.middle == pytest.approx((700 * 3 + 702) / 4)


@pytest.mark.parametrize(
    ("first", "second", "gap", "typed", "text"),
    [("a", "b", 2.5, False, "ab"), ("a", "b", 2.6, False, "a b"), ("甲", "b", 9, False, "甲b"),
     ("a", "乙", 9, True, "a乙"), ("a", "b", 1.1, True, "a b"), ("a", "b", 1.0, True, "ab")],
)  # fmt: skip
def test_a_blank_parts_latin_words_where_there_is_room_and_never_chinese(first, second, gap, typed, text):
    blank = [glyph(" ", 110.2, 700, 10, 0.5)] if typed else []
    assert texts([glyph(first, 100, 700)], blank, [glyph(second, 110 + gap, 700)]) == [text]


def test_a_blank_of_another_line_or_place_parts_nothing():
    pair = [glyph("a", 100, 700), glyph("b", 112, 700)]
    assert texts(pair, [glyph(" ", 111, 690, 10, 0.5)]) == ["ab"]
    assert texts(pair, [glyph(" ", 111, 690.1, 10, 0.5)]) == ["a b"]
    assert texts(pair, [glyph(" ", 100, 700, 10, 0.5), glyph(" ", 122, 700, 10, 0.5)]) == ["ab"]


def line(text, left=100.0, right=500.0, size=10.0, page=1):
    return TextLine(page, text, left, right, 700.0, size)


def test_margins_are_the_outermost_that_two_long_lines_share():
    long = "长" * 13
    told = [line(long, 100, 500), line(long, 101, 501), line(long, 120, 520), line(long, 80, 480), line("短", 60, 560)]
    assert glyph_lines.margins(told) == (100, 500)
    assert glyph_lines.margins([line(long, 100, 500), line(long, 120, 480)]) == (100, 500)
    assert glyph_lines.margins([line("长" * 12, 100, 500)] * 2) == (0, 0)
    assert glyph_lines.margins([]) == (0, 0)


@pytest.mark.parametrize(
    ("held", "following", "one"),
    [(line("甲"), line("乙"), True), (line("甲", right=484), line("乙"), True),
     (line("甲", right=483), line("乙"), False),
     (line("甲"), line("乙", left=109), True), (line("甲"), line("乙", left=109.1), False),
     (line("甲"), line("乙", size=12.9), True), (line("甲"), line("乙", size=13), False),
     (line("甲"), line("乙", size=7.1), True), (line("甲"), line("乙", size=7), False)],
)  # fmt: skip
def test_a_full_line_goes_on_in_the_next_unless_that_is_indented_or_of_another_size(held, following, one):
    found = [p.text for p in glyph_lines.paragraphs([held, following], (100.0, 500.0))]
    assert found == (["甲乙"] if one else ["甲", "乙"])


def test_paragraphs_stand_on_the_page_where_they_begin_and_latin_words_stay_apart():
    told = [line("见 the", page=2), line("report。", right=300, page=3), line("又一段", page=3), line("2次", page=3)]
    assert list(glyph_lines.paragraphs(told, (100.0, 500.0))) == [
        Paragraph("见 the report。", "第2页"), Paragraph("又一段2次", "第3页"),
    ]  # fmt: skip
    pairs = ([line("a"), line("乙")], [line("1"), line("2")])
    assert [p.text for told in pairs for p in glyph_lines.paragraphs(told, (100.0, 500.0))] == ["a乙", "12"]


# ---------------------------------------------------------------- ruled lines


def across(y, start=0.0, end=300.0):
    return RuledLine(False, y, start, end)


def down(x, start=0.0, end=90.0):
    return RuledLine(True, x, start, end)


def grid_lines(xs, ys):
    return [*(across(y, xs[0], xs[-1]) for y in ys), *(down(x, ys[0], ys[-1]) for x in xs)]


def boxes(ruled):
    return [(b.row, b.column, b.rows, b.columns) for b in ruled.boxes]


def test_lines_make_a_table_of_cells_with_their_corners():
    (ruled,) = ruling.grids(grid_lines((0.0, 100.0, 300.0), (0.0, 30.0, 90.0)))
    assert boxes(ruled) == [(0, 0, 1, 1), (0, 1, 1, 1), (1, 0, 1, 1), (1, 1, 1, 1)]
    first = ruled.boxes[0]
    assert (first.left, first.bottom, first.right, first.top) == (0, 30, 100, 90)
    assert (ruled.left, ruled.right, ruled.top, ruled.bottom) == (0, 300, 90, 0)
    assert (ruled.xs, ruled.ys) == ((0, 100, 300), (90, 30, 0))


@pytest.mark.parametrize(
    ("point", "cell"),
    [((50, 60), (0, 0)), ((150, 60), (0, 1)), ((50, 10), (1, 0)), ((299, 1), (1, 1)), ((0, 60), (0, 0)),
     ((100, 60), (0, 1)), ((50, 30), (1, 0)), ((301, 10), None), ((-1, 10), None), ((50, 91), None),
     ((50, -1), None)],
)  # fmt: skip
def test_a_point_lies_in_its_cell_or_in_none(point, cell):
    (ruled,) = ruling.grids(grid_lines((0.0, 100.0, 300.0), (0.0, 30.0, 90.0)))
    found = ruled.box(*point)
    assert (found and (found.row, found.column)) == cell


def test_where_a_line_is_missing_cells_are_one_and_every_point_of_it_lies_there():
    rules = [across(0), across(90), across(30, 100, 300), across(60, 100, 300), down(0), down(300), down(100),
             down(200, 0, 60)]  # fmt: skip
    (ruled,) = ruling.grids(rules)
    assert boxes(ruled) == [(0, 0, 3, 1), (0, 1, 1, 2), (1, 1, 1, 1), (1, 2, 1, 1), (2, 1, 1, 1), (2, 2, 1, 1)]
    assert {ruled.box(50, y) for y in (10, 45, 80)} == {ruled.boxes[0]}
    assert ruled.box(250, 80) == ruled.boxes[1]
    assert (ruled.boxes[0].bottom, ruled.boxes[0].top) == (0, 90)


@pytest.mark.parametrize(("short", "joined"), [(150.0, False), (149.0, False), (148.9, True)])
def test_a_line_that_ends_a_point_before_the_middle_of_a_cell_still_parts_it(short, joined):
    rules = [across(0), across(90), across(45, 0, short), down(0), down(300)]
    found = ruling.grids(rules)
    assert [len(g.boxes) for g in found] == ([] if joined else [2])


@pytest.mark.parametrize(("gap", "tables"), [(3.0, 1), (3.1, 0)])
@pytest.mark.parametrize("end", ["left", "right", "top", "bottom"])
def test_ends_within_three_points_of_a_line_touch_it(end, gap, tables):
    lift, drop = (gap if end == "bottom" else 0), (gap if end == "top" else 0)
    start, stop = (gap if end == "left" else 0), (gap if end == "right" else 0)
    rules = [across(0.0, start, 300 - stop), down(0.0, lift, 90), down(300.0, lift, 90), down(150.0, lift, 90)]
    rules += [across(90.0 + drop, start, 300 - stop)]
    assert sum(len(g.boxes) == 2 for g in ruling.grids(rules)) == tables


def test_two_tables_that_do_not_touch_are_two_from_the_top_down_and_loose_lines_none():
    lower = grid_lines((0.0, 100.0, 300.0), (0.0, 30.0))
    upper = grid_lines((0.0, 150.0, 300.0), (200.0, 230.0))
    found = ruling.grids([*lower, *upper, across(500), down(700, 400, 500)])
    assert [g.top for g in found] == [230, 30]
    assert ruling.grids([across(0), across(30)]) == []
    assert ruling.grids(grid_lines((0.0, 300.0), (0.0, 30.0))) == []


def test_lines_within_three_points_are_one_at_their_middle():
    assert ruling.merged([10.0, 0.0, 3.0, 13.5, 17.0]) == [1.5, 10.0, 13.5, 17.0]
    assert ruling.merged([0.0, 2.0, 4.0]) == [2.0]
    (ruled,) = ruling.grids([*grid_lines((0.0, 100.0, 300.0), (0.0, 30.0)), down(102.0, 0, 30), across(1.0)])
    assert (ruled.xs, ruled.ys) == ((0, 101, 300), (30, 0.5))


def test_more_than_a_hundred_and_fifty_lines_one_way_are_no_table():
    most = tuple(float(5 * i) for i in range(ruling.MAX_LINES))
    assert len(ruling.grids(grid_lines(most, (0.0, 30.0)))[0].boxes) == ruling.MAX_LINES - 1
    assert len(ruling.grids(grid_lines((0.0, 30.0), most))[0].boxes) == ruling.MAX_LINES - 1
    assert ruling.grids(grid_lines((*most, 800.0), (0.0, 30.0))) == []
    assert ruling.grids(grid_lines((0.0, 30.0), (*most, 800.0))) == []


@pytest.mark.parametrize(
    ("box", "made"),
    [((0, 10, 50, 12), [RuledLine(False, 11, 0, 50)]), ((10, 0, 12, 50), [RuledLine(True, 11, 0, 50)]),
     ((0, 0, 3, 1), [RuledLine(False, 0.5, 0, 3)]), ((0, 0, 1, 3), [RuledLine(True, 0.5, 0, 3)]), ((0, 0, 2.9, 1), []),
     ((0, 0, 1, 2.9), []), ((0, 0, 5, 5), [RuledLine(False, 2.5, 0, 5)])],
)  # fmt: skip
def test_a_thin_box_is_a_line_along_its_middle_and_a_dot_none(box, made):
    assert list(ruling.rule(*box)) == made


@pytest.mark.parametrize(
    ("points", "stroked", "made"),
    [([(0, 0), (50, 0), (50, 3), (0, 3)], False, [RuledLine(False, 1.5, 0, 50)]),
     ([(0, 0), (50, 0), (50, 3.1), (0, 3.1)], False, []),
     ([(0, 0), (4, 0)], True, [RuledLine(False, 0, 0, 4)]), ([(0, 0), (4, 0)], False, [RuledLine(False, 0, 0, 4)]),
     ([(0, 0), (3.9, 0)], False, []), ([(0, 0)], True, []),
     ([(0, 0), (50, 0), (50, 40), (0, 40), (0, 0)], True,
      [RuledLine(False, 0, 0, 50), RuledLine(True, 50, 0, 40), RuledLine(False, 40, 0, 50), RuledLine(True, 0, 0, 40)]),
     ([(0, 0), (50, 1), (51, 40), (20, 20)], True, [RuledLine(False, 0.5, 0, 50), RuledLine(True, 50.5, 1, 40)]),
     ([(0, 0), (50, 1.1), (51.2, 40)], True, []),
     ([(0, 0), (float("nan"), 0)], True, []), ([(0, 0), (100_000, 0)], True, [])],
)  # fmt: skip
def test_a_path_is_lines_where_it_is_thin_or_its_strokes_run_straight(points, stroked, made):
    assert list(pdf._straight(points, stroked)) == made


@pytest.mark.parametrize(
    ("loose", "drawn", "made"),
    [((100, 110, 695, 705), (101, 109, 696, 702), (100, 110, 695, 705, 699, 10)),
     ((100, 110, 695, 705), None, (100, 110, 695, 705, 700, 10)),
     ((100, 110, 700, 700), None, (100, 110, 700, 700, 700, 1)),
     ((100, 140, 695, 705), (101, 109, 696, 702), (101, 109, 696, 702, 699, 8)),
     ((100, 132, 695, 705), (101, 109, 696, 702), (100, 132, 695, 705, 699, 10)),
     ((100, 124, 695, 705), (101, 103, 696, 698), (100, 124, 695, 705, 697, 10)),
     ((100, 110, 660, 705), (101, 103, 696, 702), (101, 103, 696, 702, 699, 6))],
)  # fmt: skip
def test_a_character_has_its_fonts_box_unless_that_is_far_larger_than_what_is_drawn(loose, drawn, made):
    found = pdf._glyph("字", loose, drawn)
    assert (found.left, found.right, found.bottom, found.top, found.middle, found.size) == made
    assert pdf._glyph(" ", loose, drawn).left == loose[0]


# ---------------------------------------------------------------- pages

XS, LONG = (100.0, 300.0, 500.0), "全年公开信息若干条情况良好无其他事项"


def table(top, rows, xs=XS):
    ys = [top - 30.0 * i for i in range(rows + 1)]
    (ruled,) = ruling.grids(grid_lines(xs, (*reversed(ys),)))
    return ruled


def page(number, *glyphs, tables=(), height=800.0):
    return PdfPage(number, height, tuple(g for gs in glyphs for g in gs), tuple(tables))


def told(pages):
    return [
        (b.text, b.place) if isinstance(b, Paragraph) else [(c.row, c.column, c.text, c.page) for c in b.cells]
        for b in paging.blocks(pages)
    ]


def test_text_and_tables_come_in_reading_order_with_their_places():
    cells = [*printed("甲", 150, 585), *printed("12", 350, 585), *printed("乙", 150, 560), *printed("丙", 150, 549)]
    one = page(2, printed("上文。", 100, 700), printed("下文。", 100, 400), cells, tables=[table(600.0, 2)])
    above, grid, below = paging.blocks([one])
    assert (above, below) == (Paragraph("上文。", "第2页"), Paragraph("下文。", "第2页"))
    assert (grid.place, grid.page) == ("第1张表", "第2页")
    assert [(c.row, c.column, c.rows, c.columns, c.text, c.place) for c in grid.cells] == [
        (0, 0, 1, 1, "甲", "第1行第1列"), (0, 1, 1, 1, "12", "第1行第2列"), (1, 0, 1, 1, "乙\n丙", "第2行第1列"),
        (1, 1, 1, 1, "", "第2行第2列"),
    ]  # fmt: skip


def test_a_table_goes_on_over_the_page_when_its_outer_borders_stay():
    first = page(1, printed("甲", 150, 135), tables=[table(150.0, 1)])
    second = page(2, printed("乙", 150, 735), printed("7", 400, 705), tables=[table(750.0, 2, (102.0, 301.0, 503.0))])
    (grid,) = paging.blocks([first, second])
    assert [(c.row, c.column, c.text, c.page) for c in grid.cells] == [
        (0, 0, "甲", "第1页"), (0, 1, "", "第1页"), (1, 0, "乙", "第2页"), (1, 1, "", "第2页"), (2, 0, "", "第2页"),
        (2, 1, "7", "第2页"),
    ]  # fmt: skip
    assert [c.place for c in grid.cells][4] == "第2行第1列"
    assert (grid.place, grid.page) == ("第1张表", "第1页")


@pytest.mark.parametrize(
    ("number", "xs", "one"),
    [(2, XS, True), (3, XS, False), (2, (106.0, 300.0, 500.0), True), (2, (106.1, 300.0, 500.0), False),
     (2, (100.0, 300.0, 493.9), False)],
)  # fmt: skip
def test_another_table_or_a_page_between_begins_a_new_one(number, xs, one):
    pages = [page(1, tables=[table(150.0, 1)]), page(number, tables=[table(750.0, 1, xs)])]
    assert [b.place for b in paging.blocks(pages)] == ["第1张表", "第2张表"][: 1 if one else 2]


def test_text_between_two_tables_parts_them():
    pages = [page(1, printed("说明如下。", 100, 60 + 60), tables=[table(200.0, 1)]), page(2, tables=[table(750.0, 1)])]
    assert [type(b) for b in paging.blocks(pages)] == [Grid, Paragraph, Grid]


def test_columns_of_a_table_over_two_pages_are_told_apart_by_their_borders():
    wide = page(1, printed("甲", 150, 135), tables=[table(150.0, 1, (100.0, 200.0, 500.0))])
    narrow = page(2, printed("乙", 350, 735), tables=[table(750.0, 1, (100.0, 200.0, 300.0, 500.0))])
    (grid,) = paging.blocks([wide, narrow])
    assert [(c.row, c.column, c.columns) for c in grid.cells] == [(0, 0, 1), (0, 1, 2), (1, 0, 1), (1, 1, 1), (1, 2, 1)]


@pytest.mark.parametrize(
    ("text", "middle", "left_out"),
    [("- 3 -", 40, True), ("3", 95, True), ("3", 97, False), ("第 3 页 共 9 页", 40, True), ("3/9", 740, True),
     ("3", 730, False), ("1234", 40, False), ("表三", 40, False)],
)  # fmt: skip
def test_a_page_number_at_the_edge_of_a_page_is_no_text(text, middle, left_out):
    found = told([page(1, printed("正文。", 100, 400), printed(text, 250, middle))])
    assert any(t == "".join(text.split()) or t == text for t, _ in found) is not left_out


@pytest.mark.parametrize(("pages", "carrying", "left_out"), [(2, 2, False), (3, 3, True), (5, 3, True), (6, 3, False)])
def test_a_line_at_the_same_height_on_most_pages_is_a_running_head(pages, carrying, left_out):
    def one(n):
        head = printed("某镇年报", 100, 750) if n <= carrying else []
        return page(n, head, printed(f"第{n}段正文。", 100, 400))

    found = [t for t, _ in told([one(n) for n in range(1, pages + 1)])]
    assert ("某镇年报" in "".join(found)) is not left_out
    assert len(found) >= pages


def test_a_line_repeated_in_the_middle_of_pages_is_text():
    found = told([page(n, printed("全年公开信息若干条。", 100, 400)) for n in (1, 2, 3)])
    assert len(found) == 3


def test_a_frame_around_a_page_and_lines_under_words_are_no_tables():
    frame = ruling.grids(grid_lines((50.0, 300.0, 550.0), (100.0, 700.0)))[0]
    assert [p[0] for p in told([page(1, printed("正文。", 100, 400), tables=[frame])])] == ["正文。"]
    low = ruling.grids(grid_lines((50.0, 300.0, 550.0), (140.0, 700.0)))[0]
    assert [type(b) for b in paging.blocks([page(1, tables=[low])])] == [Grid]
    column = ruling.grids(grid_lines((50.0, 550.0), (400.0, 430.0, 460.0)))[0]
    assert told([page(1, printed("正文。", 100, 445), tables=[column])]) == [("正文。", "第1页")]


# ---------------------------------------------------------------- lines that are not the table's


def doubted(rules, *glyphs):
    """The cells of one ruled page with something in them, each with what is told of it."""
    (grid,) = paging.blocks([page(1, *glyphs, tables=ruling.grids([*grid_lines(XS_3, YS_4), *rules]))])
    return {c.text: c.doubt for c in grid.cells if c.text}


XS_3, YS_4 = (100.0, 200.0, 300.0, 400.0), (400.0, 450.0, 500.0, 550.0, 600.0)


def frame(left, bottom, right, top):
    return [
        *(ruling.RuledLine(False, y, left, right) for y in (bottom, top)),
        *(ruling.RuledLine(True, x, bottom, top) for x in (left, right)),
    ]  # fmt: skip


def test_a_figure_of_which_a_part_has_a_frame_is_told_with_that_part():
    told = doubted(frame(100, 515, 110, 535), printed("6", 100, 525), printed("39", 110, 525), printed("7", 350, 425))
    assert (told["6"], told["39"], told["7"]) == (signs.PARTED, signs.PARTED, "")


def test_figures_over_and_under_a_line_of_their_own_cell_are_told():
    told = doubted([ruling.RuledLine(False, 525, 200, 300)], printed("0", 250, 537), printed("18", 250, 512))
    assert told == {"0": signs.PARTED, "18": signs.PARTED}
    both = doubted(
        [ruling.RuledLine(False, 525, 200, 400)],
        printed("甲", 150, 525),
        printed("0", 250, 537),
        printed("18", 250, 512),
    )
    assert both == {"甲": "", "0": signs.PARTED, "18": signs.PARTED}


def test_a_line_of_the_rows_height_through_a_figure_is_told():
    told = doubted([ruling.RuledLine(True, 240, 500, 550)], printed("6", 230, 525), printed("39", 240, 525))
    assert told == {"6": signs.PARTED, "39": signs.PARTED}


def test_figures_of_neighbouring_cells_that_stand_close_at_the_tables_own_line_are_not_doubted():
    cells = [printed("99", 180, y) for y in (425, 475, 525)], [printed("88", 201, y) for y in (425, 475, 525)]
    assert set(doubted([], *cells[0], *cells[1]).values()) == {""}
    rows = [printed("甲", 150, 537), printed("乙", 150, 512), printed("1", 250, 537), printed("2", 250, 512)]
    two = doubted([ruling.RuledLine(False, 525, 100, 300)], *rows)
    assert set(two.values()) == {""}, "names stand over and under that line: it is a row's"
