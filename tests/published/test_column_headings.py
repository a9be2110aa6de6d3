"""Which column is which by the headings over it: only where they stand over their columns, or read in full."""

import pytest

from nianbao.published import column_headings
from nianbao.published.column_headings import Columns
from nianbao.published.model import Grid, GridCell
from published.small import MONEY, PEOPLE, REVIEW, RULES, grid, segment

TWO = segment("t", "本年新收", "上年结转", rows=[])
GROUPED = segment("t", "数量/本年新收", "数量/上年结转", heads=("数量", "本年新收", "上年结转"), rows=[])
TWINS = segment("t", "数量（件）", "数量（项）", rows=[])
UNITS = segment("t", "收费（单位：元）", "标准（单位：万元）", rows=[])


def heads(*cells):
    return [GridCell(row, column, 1, width, text) for row, column, width, text in cells]


def found(told):
    return column_headings.match(TWO, Grid(tuple(told)), told)


def test_headings_give_the_columns_they_stand_over():
    straight = found(heads((0, 1, 1, "本年新收"), (0, 2, 1, "上年结转")))
    assert (straight.order, straight.spans) == ((0, 1), ((1, 2), (2, 3)))
    turned = found(heads((0, 1, 1, "上年结转"), (0, 2, 1, "本年新收")))
    assert (turned.order, turned.spans) == ((1, 0), ((1, 2), (2, 3)))


def test_headings_that_overlap_are_only_read_and_only_in_the_forms_order():
    """Such as where a wrong colspan reaches under the next cell: which figure stands under which is not sure."""
    assert found(heads((0, 1, 2, "本年新收"), (0, 2, 1, "上年结转"))) == column_headings.Columns((0, 1))
    assert found(heads((0, 1, 2, "上年结转"), (0, 2, 1, "本年新收"))) is None


def test_blank_headings_give_no_columns():
    assert found(heads((0, 1, 1, " "), (0, 2, 1, ""))) is None
    assert found([]) is None


def at(*columns_):
    """Spans of columns given by their first; one wide, or given in full."""
    return tuple(c if isinstance(c, tuple) else (c, c + 1) for c in columns_)


MADE, ENDED, VALID = "本年制发件数", "本年废止件数", "现行有效件数"
REPEATED = "结果维持|总计|结果维持|总计"


@pytest.mark.parametrize(
    ("form", "rows", "expected"),
    [
        pytest.param(*case[1:], id=case[0])
        for case in [
            ("as in the form", RULES, [f"信息内容|{MADE}|{ENDED}|{VALID}"], Columns((0, 1, 2), at(1, 2, 3), 4)),
            ("in another order", RULES, [f"信息内容|{VALID}|{MADE}|{ENDED}"], Columns((2, 0, 1), at(1, 2, 3), 4)),
            ("a wide one", RULES, [f"信息内容|{MADE}|<|{ENDED}|{VALID}"], Columns((0, 1, 2), at((1, 3), 3, 4), 5)),
            ("numbered", TWO, ["1.本年新收|2.上年结转"], Columns((0, 1), at(0, 1), 2)),
            ("a further one between", RULES, [f"信息内容|{MADE}|备注|{ENDED}|{VALID}"],
             Columns((0, 1, 2), at(1, 3, 4), 5, at(2))),
            ("a further wide one at the end", RULES, [f"信息内容|{MADE}|{ENDED}|{VALID}|备注|<"],
             Columns((0, 1, 2), at(1, 2, 3), 6, at((4, 6)))),
            ("one misspelt", RULES, [f"信息内容|本年制发件树|{ENDED}|{VALID}"],
             Columns((0, 1, 2), at(1, 2, 3), 4, (), ((MADE, "本年制发件树"),))),
            ("one cut off", RULES, [f"信息内容|本年制发|{ENDED}|{VALID}"],
             Columns((0, 1, 2), at(1, 2, 3), 4, (), ((MADE, "本年制发"),))),
            ("one misspelt beside a further one", RULES, [f"信息内容|{MADE}|{ENDED}|现行有效件树|备注"],
             Columns((0, 1, 2), at(1, 2, 3), 5, at(4), ((VALID, "现行有效件树"),))),
            ("two misspelt are read in order only", RULES, [f"信息内容|本年制发件树|本年废止件树|{VALID}"],
             Columns((0, 1, 2), written=((MADE, "本年制发件树"), (ENDED, "本年废止件树")))),
            ("all misspelt", RULES, ["信息内容|本年制发件树|本年废止件树|现行有效件树"], None),
            ("two that may be the misspelt one", RULES, [f"信息内容|本年制发件树|本年制发件素|{ENDED}|{VALID}"], None),
            ("one twice", RULES, [f"信息内容|{MADE}|{MADE}|{ENDED}|{VALID}"], None),
            ("one missing", RULES, [f"信息内容|{MADE}|{ENDED}"], None),
            ("in pieces", TWO, ["本年|新收|上年|结转"], Columns((0, 1))),
            ("in pieces, turned", TWO, ["上年|结转|本年|新收"], None),
            ("joined to the corner", RULES, [f"信息内容{MADE}|{ENDED}|{VALID}"], Columns((0, 1, 2))),
            ("under a title of the table", TWO, ["收到申请情况|<", "本年新收|上年结转"], Columns((0, 1), at(0, 1), 2)),
        ]
    ],
)  # fmt: skip
def test_columns_are_known_by_headings_that_are_the_forms_or_nearly(form, rows, expected):
    table = grid(*rows)
    assert column_headings.match(form, table, table.cells) == expected


@pytest.mark.parametrize(
    ("form", "rows", "expected"),
    [
        pytest.param(*case[1:], id=case[0])
        for case in [
            ("in two groups", REVIEW, ["行政复议|<|行政诉讼|<", REPEATED], Columns((0, 1, 2, 3), at(0, 1, 2, 3), 4)),
            ("groups turned", REVIEW, ["行政诉讼|<|行政复议|<", REPEATED], Columns((2, 3, 0, 1), at(0, 1, 2, 3), 4)),
            ("a group misspelt", REVIEW, ["行政复义|<|行政诉讼|<", REPEATED],
             Columns((0, 1, 2, 3), at(0, 1, 2, 3), 4)),
            ("a blank row under the groups", REVIEW, ["行政复议|<|行政诉讼|<", " |<| |<", REPEATED],
             Columns((0, 1, 2, 3), at(0, 1, 2, 3), 4)),
            ("alike without their groups", REVIEW, [REPEATED], None),
            ("a group over the next one's column", REVIEW, ["行政复议|行政诉讼|<|<", REPEATED],
             Columns((0, 1, 2, 3))),
            ("one misspelt in its group", REVIEW, ["行政复议|<|行政诉讼|<", "结果维特|总计|结果维持|总计"],
             Columns((0, 1, 2, 3), at(0, 1, 2, 3), 4, (), (("结果维持", "结果维特"),))),
            ("one misspelt in another group", REVIEW, ["行政复议|行政诉讼|<|<", "总计|结果维特|结果维持|总计"], None),
            ("a group over one of its columns only", GROUPED, ["数量| ", "本年新收|上年结转"], Columns((0, 1))),
            ("without a group they do not need", GROUPED, ["本年新收|上年结转"], Columns((0, 1), at(0, 1), 2)),
            ("a group under a group", PEOPLE,
             ["内容|申请人情况|<|<|<", "^|自然人|法人或其他组织|<|总计", "^|^|商业企业|其他|^"],
             Columns((0, 1, 2, 3), at(1, 2, 3, 4), 5)),
            ("some end higher than others", PEOPLE,
             ["申请人情况|<|<|<", "自然人|法人或其他组织|<|总计", ".|商业企业|其他|."],
             Columns((0, 1, 2, 3), at(0, 1, 2, 3), 4)),
            ("one that may be either of two", TWINS, ["数量"], None),
            ("two that may be either of two", TWINS, ["数量|数量"], None),
            ("the form's unit", MONEY, ["信息内容|本年收费金额(单位:万元)"], Columns((0,), at(1), 2)),
            ("no unit", MONEY, ["信息内容|本年收费金额"], Columns((0,), at(1), 2)),
            ("another unit", MONEY, ["信息内容|本年收费金额（单位：元）"], None),
            ("a larger unit", MONEY, ["信息内容|本年收费金额(单位亿元)"], None),
            ("a further one of another unit", TWO, ["本年新收|上年结转|金额（单位：元）"], None),
            ("each its own unit", UNITS, ["收费(单位:元)|标准(单位:万元)"], Columns((0, 1), at(0, 1), 2)),
        ]
    ],
)  # fmt: skip
def test_columns_alike_are_known_by_the_headings_over_them_and_by_unit(form, rows, expected):
    table = grid(*rows)
    assert column_headings.match(form, table, table.cells) == expected


@pytest.mark.parametrize(
    ("form", "rows", "expected"),
    [
        pytest.param(*case[1:], id=case[0])
        for case in [
            ("one a line", TWO, ["本年新收", "上年结转"], Columns((0, 1))),
            ("turned", TWO, ["上年结转", "本年新收"], None),
            ("one misspelt", TWO, ["本年新收|上年结专"], Columns((0, 1), written=(("上年结转", "上年结专"),))),
            ("one quite different", TWO, ["本年新收|其他情况"], None),
            ("the corner among them", RULES, [f"信息内容|{MADE}|{ENDED}|{VALID}"], Columns((0, 1, 2))),
            ("the corner misspelt", RULES, [f"信息内客|{MADE}|{ENDED}|{VALID}"], Columns((0, 1, 2))),
            ("a further one", TWO, ["本年新收|上年结转|备注"], None),
            ("numbered", TWO, ["1.本年新收|2.上年结转"], Columns((0, 1))),
        ]
    ],
)
def test_headings_of_which_only_the_order_is_known_are_read_in_it(form, rows, expected):
    table = grid(*rows, flat=True)
    assert column_headings.match(form, table, table.cells) == expected
    assert column_headings.match(form, table, table.cells[::-1]) == expected


@pytest.mark.parametrize(
    ("columns_", "prescribed"),
    [(Columns((0, 1)), True), (Columns((1, 0)), False), (Columns((0, 1), others=((2, 3),)), False)],
)
def test_columns_are_the_forms_when_there_are_no_others_and_none_is_turned(columns_, prescribed):
    assert columns_.prescribed is prescribed
