"""Rows of a table taken apart: which cell is the name, which are its figures, and whether each is under its heading."""

import pytest

from published.small import (
    BOTH,
    FIGURES,
    NO_COLUMNS,
    ORDER,
    OTHER,
    R_HEAD,
    REVIEW,
    RULE,
    RULES,
    TWICE,
    case,
    find,
    grid,
    only,
    refused,
    segment,
    short,
    told,
)


@pytest.mark.parametrize(
    ("segments", "grids", "expected"),
    [
        case("as in the form", [RULES], grid(R_HEAD, RULE, ORDER), taken=BOTH),
        case("headings turned", [RULES], grid("信息内容|现行有效件数|本年制发件数|本年废止件数", "规章|3|1|2", ORDER),
             taken={"规章": ["1", "2", "3"], OTHER: ["5", "6", "4"]}),
        case("blanks", [RULES], grid(R_HEAD, "规章|1||", ORDER), taken=BOTH | {"规章": ["1", "", ""]}),
        case("nothing of it", [RULES], grid("甲|乙", "丙|1"), missing=["规章", OTHER]),
        case("a row is not there", [RULES], grid(R_HEAD, RULE), **only()),
        case("a row has a cell less", [RULES], grid(R_HEAD, "规章|1|2"), **refused(short(2, 2))),
        case("a row has a cell less and a blank", [RULES], grid(R_HEAD, "规章|1| "), **refused(short(2, 1))),
        case("a row has a cell more", [RULES], grid(R_HEAD, "规章|1|2|3|4"), **refused(short(4, 4))),
        case("a row has nothing but its name", [RULES], grid(R_HEAD, "规章", ORDER),
             taken={OTHER: ["4", "5", "6"]}, missing=["规章"]),
        case("a figure over two columns", [RULES], grid(R_HEAD, "规章|1|<|3"), **refused(short(2, 2))),
        case("two figures under one heading", [RULES],
             grid("信息内容|本年制发件数|<|本年废止件数|现行有效件数", "规章|1|9|2|3"), **refused(short(4, 4))),
        case("a name written over two cells", [RULES], grid(R_HEAD, "规章| |1|2|3"), **only()),
        case("a name over two cells and a blank", [RULES], grid(R_HEAD, "规章| |1| |3"), **refused(short(4, 2))),
        case("a name over two cells and headings turned", [RULES],
             grid("信息内容|现行有效件数|本年制发件数|本年废止件数", "规章| |1|2|3"), **refused(short(4, 3))),
        case("a column of remarks", [RULES], grid(R_HEAD + "|备注", "规章|1|2|3|长期"), **only()),
        case("a column of remarks and rows of another width", [RULES],
             grid(R_HEAD + "|备注", "规章||1|2|3|"), **refused(short(5, 3))),
        case("a figure under no heading", [RULES], grid(R_HEAD + "| ", "规章|1|2|3|4"), **refused(short(4, 4))),
        case("a figure after the column of remarks", [RULES], grid(R_HEAD + "|备注| ", "规章|1|2|3|长期|4"),
             **refused(short(5, 5))),
        case("a figure before the column of remarks", [RULES], grid(R_HEAD + "| |备注", "规章|1|2|3|4|长期"),
             **refused(short(5, 5))),
        case("a blank under no heading", [RULES], grid(R_HEAD + "| ", "规章|1|2|3| "), **only()),
        case("a title over the headings", [RULES], grid("表二|<|<|<", R_HEAD, RULE), **only()),
        case("a line of words under the headings", [RULES], grid(R_HEAD, "以下为统计数据|<|<|<", RULE), **only()),
        case("a row twice with the same figures", [RULES], grid(R_HEAD, RULE, "规章| 1 |2|3"), **only()),
        case("a row twice with other figures", [RULES], grid(R_HEAD, RULE, "规章|1|2|4"), **refused(TWICE)),
        case("a row twice, once too short", [RULES], grid(R_HEAD, RULE, "规章|1|2"), **refused(TWICE)),
        case("a row again in a foreign table", [RULES], grid(R_HEAD, RULE), grid("甲|乙", "规章|1|2"), **only()),
        case("a row refused twice", [RULES], grid(R_HEAD, "规章|1|2", "规章|1"), **refused(short(1, 1))),
        case("a group's cell is blank", [RULES], grid("|" + R_HEAD, " |规章|1|2|3", " |" + ORDER), taken=BOTH),
    ],
)  # fmt: skip
def test_figures_are_taken_that_stand_under_their_headings(segments, grids, expected):
    assert told(segments, find(segments, *grids)) == expected


FLAT_HEADS = "行政复议|行政诉讼|结果维持|总计|结果维持|总计"


@pytest.mark.parametrize(
    ("segments", "grids", "expected"),
    [
        case("headings in a row of their own", [RULES], grid(R_HEAD, RULE, ORDER, flat=True), taken=BOTH),
        case("headings before the first name", [RULES], grid(R_HEAD + "|" + RULE, ORDER, flat=True), taken=BOTH),
        case("one cell a line", [RULES], grid(*R_HEAD.split("|"), RULE, ORDER, flat=True), taken=BOTH),
        case("a group's name before the row's", [RULES], grid(R_HEAD, RULE, "规章|" + ORDER, flat=True), taken=BOTH),
        case("a cell less", [RULES], grid(R_HEAD, "规章|1|2", flat=True), **refused(short(2, 2))),
        case("a blank", [RULES], grid(R_HEAD, "规章|1| |3", flat=True), **refused(short(3, 2))),
        case("headings turned", [RULES], grid("现行有效件数|本年制发件数|本年废止件数", RULE, flat=True),
             **refused(NO_COLUMNS)),
        case("a name alone on its line", [RULES], grid(R_HEAD, "规章", ORDER, flat=True),
             taken={OTHER: ["4", "5", "6"]}, missing=["规章"]),
        case("words nobody knows before a name", [RULES], grid(R_HEAD, "甲|规章|1|2|3", flat=True),
             **refused(NO_COLUMNS)),
        case("without a name, in one line", [REVIEW], grid(FLAT_HEADS + "|1|2|3|4", flat=True), taken=FIGURES),
        case("without a name, in two", [REVIEW], grid("行政复议|行政诉讼", FLAT_HEADS[10:] + "|1|2|3|4", flat=True),
             taken=FIGURES),
        case("without a name, in three", [REVIEW], grid(FLAT_HEADS, "1|2|3|4", flat=True), taken=FIGURES),
        case("without a name and a figure less", [REVIEW], grid(FLAT_HEADS + "|1|2|3", flat=True),
             refused={"": short(3, 3, 4)}),
        case("without a name or headings", [REVIEW], grid("1|2|3|4", flat=True), missing=[""]),
        case("without a name after named ones", [RULES, REVIEW],
             grid(R_HEAD, RULE, ORDER, FLAT_HEADS + "|1|2|3|4", flat=True), taken=BOTH | FIGURES),
    ],
)  # fmt: skip
def test_where_only_the_order_of_cells_is_known_rows_must_be_whole(segments, grids, expected):
    assert told(segments, find(segments, *grids)) == expected


def test_a_figure_whose_remark_is_the_name_of_a_row_names_none():
    found = find([RULES], grid(R_HEAD, "规章|3（行政规范性文件）|2|3"))
    assert told([RULES], found) == only(taken={"规章": ["3（行政规范性文件）", "2", "3"]})


def test_a_word_that_may_be_a_heading_names_a_row_only_before_its_figures():
    form = segment("requests", "自然人", "总计", rows=["予以公开", "总计"])
    found = find([form], grid("内容|自然人|总计", "予以公开|1|总计", "总计|3|4"))
    assert told([form], found) == {
        "taken": {"总计": ["3", "4"], "予以公开": ["1", "总计"]}, "extras": [("总计", "总计", "总计")],
    }  # fmt: skip
