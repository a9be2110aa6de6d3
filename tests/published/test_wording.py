"""Headings in other words: taken for the form's where they mean one of them and no other, and told."""

import pytest

from nianbao.form import edition_names, load_edition
from nianbao.published import column_headings, wording
from nianbao.published.expected import segments
from published.small import MONEY, REVIEW, RULES, case, find, grid, segment, told

HEADS = ("本年制发件数", "本年废止件数", "现行有效件数")


@pytest.mark.parametrize(
    ("text", "label", "means"),
    [
        ("本年制发数量", "本年制发件数", True), ("本年制发数", "本年制发件数", True),
        ("制发件数", "本年制发件数", True),
        ("本年度制发总数", "本年制发件数", True), ("本年制定件数", "本年制发件数", True),
        ("现行有效数量（件）", "现行有效件数", True), ("有效件数", "现行有效件数", True),
        ("处理决定数量", "本年处理决定数量", True), ("本年收费", "本年收费金额（单位：万元）", True),
        ("直接起诉", "未经复议直接起诉", True), ("维持", "结果维持", True),
        ("本年制发件数", "本年废止件数", False), ("本年制发人数", "本年制发件数", False),
        ("本年制作数量", "本年制发件数", False), ("新收", "本年新收", False), ("数量", "件数", False),
        ("", "本年制发件数", False), ("其他", "其他结果", False), ("结果", "结果维持", False),
    ],
)  # fmt: skip
def test_a_heading_says_the_same_only_where_it_can_mean_nothing_else(text, label, means):
    assert wording.means(text, label) is means


@pytest.mark.parametrize("name", edition_names())
def test_no_two_headings_of_a_table_say_the_same(name):
    for of in segments(load_edition(name)):
        heads = set(of.heads)
        assert len({wording.meaning(h) for h in heads}) == len(heads)


@pytest.mark.parametrize("flat", [False, True])
def test_columns_named_in_other_words_are_read_and_told(flat):
    table = grid("信息内容|本年制发数量|本年废止数量|现行有效数量", "规章|1|2|3", "行政规范性文件|4|5|6", flat=flat)
    assert told([RULES], find([RULES], table)) == {
        "taken": {"规章": ["1", "2", "3"], "行政规范性文件": ["4", "5", "6"]},
        "worded": [(h, h.replace("件数", "数量"), h.replace("件数", "数量")) for h in HEADS],
    }


def test_headings_in_other_words_are_headings_without_a_corner_too():
    table = grid("|现行有效数|制发数|废止数", "规章|3|1|2")
    assert told([RULES], find([RULES], table))["taken"] == {"规章": ["1", "2", "3"]}


def test_one_in_other_words_and_one_misspelt():
    table = grid("信息内容|本年制发数量|本年费止件数|现行有效件数", "规章|1|2|3")
    found = told([RULES], find([RULES], table))
    assert found["taken"] == {"规章": ["1", "2", "3"]}
    assert [w[:2] for w in found["worded"]] == [("本年制发件数", "本年制发数量"), ("本年废止件数", "本年费止件数")]


def test_groups_and_columns_of_a_table_without_labels():
    table = grid("行政复议案件|<|行政诉讼|<", "维持|总计|维持|总计", "1|2|3|4")
    heads = segment("review", *("/".join(p).replace("行政复议", "直接起诉") for p in REVIEW.paths), rows=[""])
    assert column_headings.match(heads, table, table.cells) is None
    table = grid("直接起诉|<|复议后起诉|<", "维持|总计|维持|总计", "1|2|3|4")
    of = segment("review", "未经复议直接起诉/结果维持", "未经复议直接起诉/总计", "复议后起诉/结果维持",
                 "复议后起诉/总计", rows=[""],
                 heads=("未经复议直接起诉", "复议后起诉", "结果维持", "总计", "结果维持", "总计"))  # fmt: skip
    assert column_headings.match(of, table, table.cells[:6]).order == (0, 1, 2, 3)


@pytest.mark.parametrize(
    ("segments", "grids", "expected"),
    [
        case("two that say the same", [RULES],
             grid("信息内容|本年制发数量|制定数量|本年废止件数|现行有效件数", "规章|1|9|2|3"), taken=None),
        case("one that says something else", [RULES],
             grid("信息内容|本年印发人次|本年废止人次|现行有效件数", "规章|1|2|3"), taken=None),
        case("another unit", [MONEY], grid("信息内容|本年收费（单位：元）", "行政事业性收费|5"), taken=None),
        case("no unit", [MONEY], grid("信息内容|本年收费总额", "行政事业性收费|5"), taken={"行政事业性收费": ["5"]}),
    ],
)  # fmt: skip
def test_what_may_mean_another_column_is_not_taken(segments, grids, expected):
    found = told(segments, find(segments, *grids))
    assert found.get("taken") == expected["taken"]
    assert expected["taken"] or "refused" in found
