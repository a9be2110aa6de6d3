"""A row cut in two by the end of a page is one row again, and nothing else is put together."""

import pytest

from nianbao.published import split_rows
from nianbao.published.labels import LabelVocabulary
from published.small import R_HEAD, RULES, find, grid, told

WORDS = LabelVocabulary(["规章", "行政规范性文件", "属于行政查询事项", "其他", "其他结果", "结果维持", "无法提供",
                    "没有现成信息", "信息内容"])  # fmt: skip


def joined(*grids):
    return [[[c.text for c in cells] for cells in g.own.values()] for g in split_rows.joined(grids, WORDS.exactly)]


@pytest.mark.parametrize("flat", [False, True])
@pytest.mark.parametrize(
    ("rows", "whole"),
    [
        (["8.属|0|1", "于行政查询事项| | "], [["8.属于行政查询事项", "0", "1"]]),
        (["8.属| | ", "于行政查询事项|0|1"], [["8.属于行政查询事项", "0", "1"]]),
        (["8.属|0|1", "于行政查询事项||", "规章|2|3"], [["8.属于行政查询事项", "0", "1"], ["规章", "2", "3"]]),
        (["行政规|4|5", "范性文件||", "8.属||", "于行政查询事项|0|1"],
         [["行政规范性文件", "4", "5"], ["8.属于行政查询事项", "0", "1"]]),
        (["其他|结果", "结果|维持"], [["其他结果", "结果维持"]]),
    ],
)  # fmt: skip
def test_both_halves_of_a_row_are_one_in_a_table_and_from_one_to_the_next(rows, whole, flat):
    assert joined(grid(*rows, flat=flat)) == [whole]
    assert [r for g in joined(*(grid(r, flat=flat) for r in rows)) for r in g] == whole


@pytest.mark.parametrize(
    "rows",
    [
        ["8.属|0|1", "于行政查询事项|0|1"],  # figures in both: which is whose is not sure
        ["8.属|0|1", "于行政查询事项||5"],
        ["8.属|0|", "于行政查询事项||1"],
        ["8.属|0|1", "于行政查询| | "],  # together no label
        ["规章|0|1", "行政规范性文件||"],  # each a label
        ["规章|0|1", " | | "],
        ["其他|0|1", "结果||"],  # 其他 is a label alone
        ["8.属|0|1", "规章|2|3", "于行政查询事项||"],
        ["8.属|0|1|2", "于行政查询事项|<||"],  # other cells
        ["8.属|0|1", "于行政查询事项|"],
        ["其他|结果", "规章|维持"],
        ["结果|甲", "维持|"],
    ],
)
def test_what_is_not_surely_one_row_stays_as_it_is(rows):
    before = [[c.text for c in cells] for cells in grid(*rows).own.values()]
    assert joined(grid(*rows)) == [before]


def test_headings_printed_again_stay_between():
    rows = ["信息内容|甲|乙", "8.属|0|1", "信息内容|甲|乙", "于行政查询事项||", "规章|2|3"]
    assert joined(grid(*rows)) == [
        [["信息内容", "甲", "乙"], ["8.属于行政查询事项", "0", "1"], ["信息内容", "甲", "乙"], ["规章", "2", "3"]]
    ]


def test_a_group_goes_on_beside_the_rows_below():
    table = grid("无法|没有现|0", "提供|成信息||".rstrip("|") + "|", "^|其他|1")
    (whole,) = split_rows.joined([table], WORDS.exactly)
    assert [[c.text for c in cells] for cells in whole.own.values()] == [
        ["无法提供", "没有现成信息", "0"], ["无法提供", "其他", "1"],
    ]  # fmt: skip
    assert [(c.row, c.rows) for c in whole.cells if c.text == "无法提供"] == [(0, 1), (1, 1)]


def test_the_figures_keep_their_own_places_and_doubts():
    table = grid("8.属||", "于行政查询事项|0|1")
    (whole,) = split_rows.joined([table], WORDS.exactly)
    assert [(c.row, c.place) for c in whole.cells] == [(0, "第1行第1列"), (0, "第2行第2列"), (0, "第2行第3列")]


def test_a_table_without_such_rows_is_the_same_one():
    table = grid(R_HEAD, "规章|1|2|3")
    assert split_rows.joined([table], WORDS.exactly)[0] is table


def test_the_form_finds_the_row():
    table = grid(R_HEAD, "规章|1|2|3", "行政规|4|5|6", "范性文件|||")
    (whole,) = split_rows.joined([table], WORDS.exactly)
    assert told([RULES], find([RULES], whole)) == {
        "taken": {"规章": ["1", "2", "3"], "行政规范性文件": ["4", "5", "6"]}
    }
