"""Lines of a page and the cells they rule: what touches, what parts two fields, which field holds a point."""

import pytest

from nianbao.published import ruling
from nianbao.published.ruling import RuledCell, RuledLine

XS, YS = (0, 40, 100), (0, 20, 50)


def flat(at, start=0, end=100):
    return RuledLine(False, at, start, end)


def upright(at, start=0, end=50):
    return RuledLine(True, at, start, end)


OUTER = [flat(0), flat(50), upright(0), upright(100)]


def extents(lines):
    (table,) = ruling.grids(lines)
    return [(b.row, b.column, b.rows, b.columns) for b in table.boxes]


@pytest.mark.parametrize(
    ("box", "line"),
    [((0, 10, 100, 12), RuledLine(False, 11, 0, 100)), ((10, 0, 12, 100), RuledLine(True, 11, 0, 100)),
     ((10, 20, 13, 23), RuledLine(False, 21.5, 10, 13)), ((10, 20, 12.9, 22.9), None),
     ((10, 20, 10, 23), RuledLine(True, 10, 20, 23)),
     ((10, 20, 10, 22.9), None), ((10, 20, 13, 20), RuledLine(False, 20, 10, 13))],
)  # fmt: skip
def test_a_thin_box_is_a_line_along_its_longer_side(box, line):
    assert list(ruling.rule(*box)) == ([line] if line else [])


def test_four_fields_have_their_corners_and_the_table_its_borders():
    (table,) = ruling.grids([*OUTER, flat(20), upright(40)])
    assert table.boxes == (
        RuledCell(0, 0, 1, 1, 0, 20, 40, 50), RuledCell(0, 1, 1, 1, 40, 20, 100, 50),
        RuledCell(1, 0, 1, 1, 0, 0, 40, 20), RuledCell(1, 1, 1, 1, 40, 0, 100, 20),
    )  # fmt: skip
    assert (table.xs, table.ys) == ((0, 40, 100), (50, 20, 0))
    assert (table.left, table.right, table.top, table.bottom) == (0, 100, 50, 0)


@pytest.mark.parametrize(
    ("x", "y", "place"),
    [(10, 30, (0, 0)), (60, 30, (0, 1)), (10, 10, (1, 0)), (60, 10, (1, 1)), (39.9, 20.1, (0, 0)), (40.1, 19.9, (1, 1)),
     (40, 30, (0, 1)), (0, 30, (0, 0)), (-0.1, 30, None), (100, 30, None), (10, 50.1, None), (10, 50, (0, 0)),
     (10, -0.1, None), (10, 0, None), (10, 20, (1, 0))],
)  # fmt: skip
def test_a_point_lies_in_the_field_around_it_or_in_none(x, y, place):
    (table,) = ruling.grids([*OUTER, flat(20), upright(40)])
    box = table.box(x, y)
    assert (box and (box.row, box.column)) == place


def test_a_merged_field_holds_all_points_in_it():
    (table,) = ruling.grids([*OUTER, flat(20, 40, 100), upright(40)])
    assert [table.box(10, y) for y in (10, 30)] == [RuledCell(0, 0, 2, 1, 0, 0, 40, 50)] * 2


THIRDS = [flat(20), flat(35), upright(30), upright(60)]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        pytest.param(*case[1:], id=case[0])
        for case in [
            ("no line below on the left", [flat(20, 40, 100), upright(40)], [(0, 0, 2, 1), (0, 1, 1, 1), (1, 1, 1, 1)]),
            ("no line below on the right", [flat(20, 0, 40), upright(40)], [(0, 0, 1, 1), (0, 1, 2, 1), (1, 0, 1, 1)]),
            ("no line beside above", [flat(20), upright(40, 0, 20)], [(0, 0, 1, 2), (1, 0, 1, 1), (1, 1, 1, 1)]),
            ("no line beside below", [flat(20), upright(40, 20, 50)], [(0, 0, 1, 1), (0, 1, 1, 1), (1, 0, 1, 2)]),
            ("nine fields", THIRDS, [(r, c, 1, 1) for r in range(3) for c in range(3)]),
            ("the upper row and the left column of nine in one, as an angle",
             [flat(20, 30, 100), flat(35, 30, 100), upright(30, 0, 35), upright(60, 0, 35)],
             [(0, 0, 3, 3), (1, 1, 1, 1), (1, 2, 1, 1), (2, 1, 1, 1), (2, 2, 1, 1)]),
            ("the lower row and the right column of nine in one, as an angle",
             [flat(20, 0, 60), flat(35, 0, 60), upright(30, 20, 50), upright(60, 20, 50)],
             [(0, 0, 1, 1), (0, 1, 1, 1), (0, 0, 3, 3), (1, 0, 1, 1), (1, 1, 1, 1)]),
            ("the middle of nine tall and wide",
             [flat(20, 0, 30), flat(35), upright(30), upright(60, 35, 50)],
             [(0, 0, 1, 1), (0, 1, 1, 1), (0, 2, 1, 1), (1, 0, 1, 1), (1, 1, 2, 2), (2, 0, 1, 1)]),
            ("the outer columns and the lower row of nine in one, around the others",
             [flat(20, 30, 60), flat(35, 30, 60), upright(30, 20, 50), upright(60, 20, 50)],
             [(0, 0, 3, 3), (0, 1, 1, 1), (1, 1, 1, 1)]),
            ("a line in three steps", [flat(17, 0, 40), flat(20, 35, 45), flat(23, 40, 100), upright(40)],
             [(0, 0, 1, 1), (0, 1, 1, 1), (1, 0, 1, 1), (1, 1, 1, 1)]),
            ("lines that end a point before the middle", [flat(20, 71, 100), flat(20, 0, 19), upright(40)],
             [(0, 0, 1, 1), (0, 1, 1, 1), (1, 0, 1, 1), (1, 1, 1, 1)]),
            ("lines that end more than a point before the middle",
                [flat(20, 71.1, 100), flat(20, 0, 18.9), upright(40)],
             [(0, 0, 2, 1), (0, 1, 2, 1)]),
            ("lines drawn twice a little apart", [flat(19), flat(21), upright(39), upright(41)],
             [(0, 0, 1, 1), (0, 1, 1, 1), (1, 0, 1, 1), (1, 1, 1, 1)]),
        ]
    ],
)  # fmt: skip
def test_fields_without_a_line_between_them_are_one_cell(lines, expected):
    assert extents([*OUTER, *lines]) == expected


@pytest.mark.parametrize(
    ("line", "borders"),
    [(flat(20, 103, 150), (50, 20, 0)), (flat(20, 103.1, 150), (50, 0)), (flat(20, -50, -3), (50, 20, 0)),
     (flat(20, -50, -3.1), (50, 0)), (flat(53), (51.5, 0)), (flat(53.1), (50, 0)), (flat(-3), (50, -1.5)),
     (flat(-3.1), (50, 0))],
)  # fmt: skip
def test_lines_belong_to_one_table_that_end_at_most_three_points_apart(line, borders):
    (table,) = ruling.grids([*OUTER, upright(40), line])
    assert table.ys == borders


def test_tables_come_from_the_top_of_the_page_down_and_single_boxes_are_none():
    low = [*OUTER, upright(40)]
    high = [RuledLine(r.upright, r.at + (0 if r.upright else 200), *((r.start + 200, r.end + 200) if r.upright else
            (r.start, r.end))) for r in low]  # fmt: skip
    box = [RuledLine(r.upright, r.at + (0 if r.upright else 100), *((r.start + 100, r.end + 100) if r.upright else
           (r.start, r.end))) for r in OUTER]  # fmt: skip
    for lines in ([*low, *box, *high], [*high, *low, *box]):
        assert [(t.top, t.bottom) for t in ruling.grids(lines)] == [(250, 200), (50, 0)]
    assert ruling.grids([]) == ruling.grids([flat(0), flat(50)]) == ruling.grids([upright(0), upright(50)]) == []


@pytest.mark.parametrize(
    ("positions", "distinct"),
    [([], []), ([5], [5]), ([0, 3], [1.5]), ([0, 3.1], [0, 3.1]), ([6, 0, 3], [3]), ([10, 0, 1], [0.5, 10])],
)
def test_positions_nearer_than_three_points_are_one_in_their_middle(positions, distinct):
    assert ruling.merged(positions) == distinct


@pytest.mark.parametrize("count", [ruling.MAX_LINES, ruling.MAX_LINES + 1])
def test_ruled_paper_is_no_table(count):
    rows = [flat(5.0 * i) for i in range(count)] + [upright(x, 0, 5.0 * count) for x in (0, 100)]
    assert len(ruling.grids(rows)) == (count == ruling.MAX_LINES)
    columns = [upright(5.0 * i) for i in range(count)] + [flat(y, 0, 5.0 * count) for y in (0, 50)]
    assert len(ruling.grids(columns)) == (count == ruling.MAX_LINES)
