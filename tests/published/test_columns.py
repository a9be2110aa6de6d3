"""Which column is which by the headings over it: only where they stand over their columns, or read in full."""

from nianbao.published import columns
from nianbao.published.expected import Segment
from nianbao.published.model import Grid, GridCell

TWO = Segment("t", (("本年新收",), ("上年结转",)), ("本年新收", "上年结转"), "", ())


def heads(*cells):
    return [GridCell(row, column, 1, width, text) for row, column, width, text in cells]


def found(told):
    return columns.match(TWO, Grid(tuple(told)), told)


def test_headings_give_the_columns_they_stand_over():
    straight = found(heads((0, 1, 1, "本年新收"), (0, 2, 1, "上年结转")))
    assert (straight.order, straight.spans) == ((0, 1), ((1, 2), (2, 3)))
    turned = found(heads((0, 1, 1, "上年结转"), (0, 2, 1, "本年新收")))
    assert (turned.order, turned.spans) == ((1, 0), ((1, 2), (2, 3)))


def test_headings_that_overlap_are_only_read_and_only_in_the_forms_order():
    """Such as where a wrong colspan reaches under the next cell: which figure stands under which is not sure."""
    assert found(heads((0, 1, 2, "本年新收"), (0, 2, 1, "上年结转"))) == columns.Columns((0, 1))
    assert found(heads((0, 1, 2, "上年结转"), (0, 2, 1, "本年新收"))) is None


def test_blank_headings_give_no_columns():
    assert found(heads((0, 1, 1, " "), (0, 2, 1, ""))) is None
