"""Which cell is which figure, in tables of a few rows: taken only where it is sure, else refused with the reason."""

import pytest

from published.small import (
    BOTH,
    C_HEAD,
    CASES,
    FIGURES,
    MONEY,
    NO_COLUMNS,
    ORDER,
    OTHER,
    P_HEADS,
    PARTED,
    PEOPLE,
    R_HEAD,
    REVIEW,
    RULE,
    RULES,
    TWICE,
    UNEVEN,
    V_HEADS,
    case,
    find,
    grid,
    only,
    segment,
    short,
    told,
)


@pytest.mark.parametrize(
    ("segments", "grids", "expected"),
    [
        case("a row misspelt", [RULES], grid(R_HEAD, RULE, "行政规范性文见|4|5|6"), taken=BOTH,
             worded=[(OTHER, "行政规范性文见", "行政规范性文见")]),
        case("a row misspelt twice", [RULES], grid(R_HEAD, RULE, *["行政规范性文见|4|5|6"] * 2), taken=BOTH,
             worded=[(OTHER, "行政规范性文见", "行政规范性文见")]),
        case("a heading misspelt", [RULES], grid(R_HEAD.replace("制发", "制法"), RULE, ORDER), taken=BOTH,
             worded=[("本年制发件数", "本年制法件数", "本年制法件数")]),
        case("a row too many", [RULES], grid(R_HEAD, RULE, "备案|7|8|9"), **only(extras=[("备案", "", "备案")])),
        case("a row too many in a group", [RULES], grid(R_HEAD, RULE, "其中|备案|7|8"),
             **only(extras=[("备案", "", "备案")])),
        case("a row too many before those of the form", [RULES], grid(R_HEAD, "备案|7|8|9", RULE),
             **only(extras=[("备案", "", "备案")])),
        case("a row without a name", [RULES], grid(R_HEAD, RULE, "|7|8|9"), **only(extras=[("", "", "7")])),
        case("figures without a name before those of the form", [RULES], grid(R_HEAD, "|7|8|9", RULE),
             **only(extras=[("", "", "7")])),
        case("a row too many in a foreign table", [RULES], grid(R_HEAD, RULE), grid("甲|5"), **only()),
        case("a foreign table before the form's", [RULES], grid("甲|5"), grid(R_HEAD, RULE), **only()),
        case("a word of the form in a foreign table", [RULES], grid("规章|7|x", "备案|5"), grid(R_HEAD, ORDER),
             taken={OTHER: ["4", "5", "6"]}, refused={"规章": NO_COLUMNS}),
        case("the last name in a row counts", [RULES], grid(R_HEAD, "规章|行政规范性文件|4|5|6"),
             taken={OTHER: ["4", "5", "6"]}, missing=["规章"]),
        case("two rows side by side", [CASES], grid(C_HEAD, "行政许可|1|行政处罚|2", "行政强制|3"),
             taken={"行政处罚": ["2"], "行政强制": ["3"]}, missing=["行政许可"]),
    ],
)  # fmt: skip
def test_rows_are_known_by_their_names(segments, grids, expected):
    assert told(segments, find(segments, *grids)) == expected


@pytest.mark.parametrize(
    ("segments", "grids", "expected"),
    [
        case("on the next page", [RULES], grid(R_HEAD, RULE), grid(ORDER), taken=BOTH),
        case("headings on one page, rows on the next", [RULES], grid(R_HEAD), grid(RULE, ORDER), taken=BOTH),
        case("other headings further down", [RULES, CASES],
            grid(R_HEAD, RULE, ORDER, C_HEAD + "|<|<", "行政许可|7|<|<"),
             taken=BOTH | {"行政许可": ["7"]}, missing=["行政处罚", "行政强制"]),
        case("the headings are another segment's", [RULES, CASES], grid(R_HEAD, RULE, ORDER, "行政许可|7|8|9"),
             taken=BOTH, refused={"行政许可": NO_COLUMNS}, missing=["行政处罚", "行政强制"]),
        case("no headings for three rows", [CASES], grid("行政许可|1", "行政处罚|2", "行政强制|3"),
             taken={"行政许可": ["1"], "行政处罚": ["2"], "行政强制": ["3"]}, headless=["proactive"]),
        case("no headings for two rows", [RULES], grid(RULE, ORDER),
             refused={"规章": NO_COLUMNS, OTHER: NO_COLUMNS}),
        case("no headings and figures for more columns", [PEOPLE],
             grid("本年新收申请数量|1|2|3|6", "（一）予以公开|1|2|3|4|5"),
             refused={"（一）予以公开": short(5, 5, 4), "一、本年新收申请数量": UNEVEN}, missing=["（七）总计"],
             headless=["requests"]),
        case("no headings and figures for fewer columns", [PEOPLE],
             grid("本年新收申请数量|1|2|3|6", "（一）予以公开|1|2|3"),
             taken={"一、本年新收申请数量": ["1", "2", "3", "6"]}, refused={"（一）予以公开": short(3, 3, 4)},
             missing=["（七）总计"], headless=["requests"]),
        case("no headings and a row of two figures for one column", [CASES],
             grid("行政许可|1", "行政处罚|2", "行政强制|3|4"), taken={"行政许可": ["1"], "行政处罚": ["2"]},
             refused={"行政强制": short(2, 2, 1)}, headless=["proactive"]),
        case("with headings other rows may be longer", [PEOPLE],
             grid(*P_HEADS, "本年新收申请数量|1|2|3|6", "（一）予以公开|1|2|3|4|5"),
             taken={"一、本年新收申请数量": ["1", "2", "3", "6"]}, refused={"（一）予以公开": short(5, 5, 4)},
             missing=["（七）总计"]),
        case("wrong headings", [CASES], grid("信息内容|备案数量", "行政许可|1", "行政处罚|2", "备案|5"),
             refused={"行政许可": NO_COLUMNS, "行政处罚": NO_COLUMNS}, missing=["行政强制"]),
        case("headings without a word of the form", [CASES], grid("名称|数量", "行政许可|1", "行政处罚|2", "备案|5"),
             taken={"行政许可": ["1"], "行政处罚": ["2"]}, missing=["行政强制"], headless=["proactive"],
             extras=[("备案", "", "备案")]),
        case("headings of another table", [CASES, MONEY], grid("信息内容|本年收费金额", "行政许可|1", "行政处罚|2"),
             refused={"行政许可": NO_COLUMNS, "行政处罚": NO_COLUMNS}, missing=["行政强制", "行政事业性收费"]),
        case("headings of another table and a row of it", [CASES, MONEY],
             grid("信息内容|本年收费金额", "行政许可|1", "行政事业性收费|2"),
             taken={"行政事业性收费": ["2"]}, refused={"行政许可": NO_COLUMNS}, missing=["行政处罚", "行政强制"]),
        case("headings of another table and then its own", [CASES, MONEY],
             grid("信息内容|本年收费金额", "行政许可|1", C_HEAD, "行政处罚|2"),
             taken={"行政处罚": ["2"]}, refused={"行政许可": NO_COLUMNS}, missing=["行政强制", "行政事业性收费"]),
        case("wider headings of another table and then its own", [CASES, MONEY],
             grid("信息内容|本年收费金额|备注", "行政许可|1|", C_HEAD, "行政处罚|2"),
             taken={"行政处罚": ["2"]}, refused={"行政许可": NO_COLUMNS}, missing=["行政强制", "行政事业性收费"]),
        case("a group of rows called as a column is", [PEOPLE],
             grid(P_HEADS[0].replace("内容", "内容|<"), *[h.replace("^|", "^|^|", 1) for h in P_HEADS[1:]],
                  "其他|（一）予以公开|4|5|6|15", "其他|（七）总计|7|8|9|24"),
             taken={"（一）予以公开": ["4", "5", "6", "15"], "（七）总计": ["7", "8", "9", "24"]},
             missing=["一、本年新收申请数量"]),
        case("headings of another table are forgotten on the next page", [CASES, MONEY],
             grid("信息内容|本年收费金额", "行政许可|1"), grid("行政事业性收费|2", "行政处罚|3"),
             refused={"行政许可": NO_COLUMNS, "行政事业性收费": NO_COLUMNS, "行政处罚": NO_COLUMNS},
             missing=["行政强制"]),
        case("three rows refused make a table of the form", [CASES, MONEY],
             grid("信息内容|本年收费金额", "行政许可|1", "行政处罚|2", "行政强制|3", "备案|5"),
             refused=dict.fromkeys(("行政许可", "行政处罚", "行政强制"), NO_COLUMNS), missing=["行政事业性收费"],
             extras=[("备案", "", "备案")]),
        case("two rows refused make none", [CASES, MONEY],
             grid("信息内容|本年收费金额", "行政许可|1", "行政处罚|2", "备案|5"),
             refused=dict.fromkeys(("行政许可", "行政处罚"), NO_COLUMNS), missing=["行政强制", "行政事业性收费"]),
        case("groups of rows beside them", [PEOPLE],
             grid("内容|<|申请人情况|<|<|<", "^|^|自然人|法人或其他组织|<|总计", "^|^|^|商业企业|其他|^",
                  "一、本年新收申请数量|<|1|2|3|6", "三、本年度办理结果|（一）予以公开|4|5|6|15",
                  "^|（七）总计|7|8|9|24"),
             taken={"一、本年新收申请数量": ["1", "2", "3", "6"], "（一）予以公开": ["4", "5", "6", "15"],
                    "（七）总计": ["7", "8", "9", "24"]}),
    ],
)  # fmt: skip
def test_rows_are_read_by_the_headings_in_force(segments, grids, expected):
    assert told(segments, find(segments, *grids)) == expected


@pytest.mark.parametrize(
    ("segments", "grids", "expected"),
    [
        case("as in the form", [REVIEW], grid(*V_HEADS, "1|2|3|4"), taken=FIGURES),
        case("a blank figure", [REVIEW], grid(*V_HEADS, "1||3|4"), taken={"": ["1", "", "3", "4"]}),
        case("the first is blank", [REVIEW], grid(*V_HEADS, "|2|3|4"), taken={"": ["", "2", "3", "4"]}),
        case("a spacer before it", [REVIEW], grid(*V_HEADS, " | | | ", "1|2|3|4"), taken=FIGURES),
        case("blank altogether", [REVIEW], grid(*V_HEADS, " | | | "), taken={"": [" "] * 4}),
        case("blank altogether, two rows", [REVIEW], grid(*V_HEADS, " | | | ", "||| "), taken={"": [" "] * 4}),
        case("a cell less", [REVIEW], grid(*V_HEADS, "1|2|3"), refused={"": short(3, 3, 4)}),
        case("a name before it", [REVIEW], grid(*V_HEADS, "数量|2|3|4"), missing=[""]),
        case("no headings", [REVIEW], grid("1|2|3|4"), missing=[""]),
        case("other headings", [REVIEW], grid("行政复议|<|行政诉讼|<", "结果维持|总计|其他|总计", "1|2|3|4"),
            missing=[""]),
        case("headings of which half stand in another table", [REVIEW], grid(V_HEADS[0]), grid(V_HEADS[1], "1|2|3|4"),
             missing=[""]),
        case("headings on one page, figures on the next", [REVIEW], grid(*V_HEADS), grid("1|2|3|4"), taken=FIGURES),
        case("twice with other figures", [REVIEW], grid(*V_HEADS, "1|2|3|4"), grid(*V_HEADS, "1|2|3|5"),
             refused={"": TWICE}),
        case("below another table", [RULES, REVIEW], grid(R_HEAD, RULE, ORDER), grid(*V_HEADS, "1|2|3|4"),
             taken=BOTH | FIGURES),
        case("in one table with another", [RULES, REVIEW], grid(R_HEAD, RULE, ORDER, *V_HEADS, "1|2|3|4"),
             taken=BOTH | FIGURES),
        case("under headings with names below them", [REVIEW, CASES], grid(*V_HEADS, "1|2|3|4", "行政许可|7|8|9"),
             taken=FIGURES, refused={"行政许可": short(3, 3, 1)}, missing=["行政处罚", "行政强制"],
             headless=["proactive"]),
        case("a heading misspelt", [REVIEW], grid(V_HEADS[0], "结果维特|总计|结果维持|总计", "1|2|3|4"), taken=FIGURES,
             worded=[("结果维持", "结果维特", "结果维特")]),
    ],
)  # fmt: skip
def test_a_row_without_a_name_is_taken_by_its_headings_alone(segments, grids, expected):
    assert told(segments, find(segments, *grids)) == expected


def test_a_row_of_another_edition_is_told_with_its_name_there():
    found = find([RULES], grid(R_HEAD, RULE, ORDER, "行政备按事项|7|8|9"), other=["行政备案事项"])
    assert told([RULES], found) == {"taken": BOTH, "extras": [("行政备按事项", "行政备案事项", "行政备按事项")]}


def test_a_known_name_after_the_rows_own_is_a_part_of_it_and_told():
    found = find([RULES], grid(R_HEAD, RULE, "行政规范性文件|其中修订|6"), other=["其中修订"])
    expected = only(refused={OTHER: short(2, 2)}, extras=[("其中修订", "其中修订", "其中修订")])
    assert told([RULES], found) == {k: v for k, v in expected.items() if k != "missing"}
    (extra,) = found.extras
    assert (extra.spot.grid.place, extra.spot.cell.place) == ("第1张表", "第3行第2列")


@pytest.mark.parametrize(
    ("group", "sure"), [("规章", False), ("规 章", False), ("行政规范性文件", True), ("其他", True)]
)
def test_a_row_with_parts_under_it_that_the_edition_has_not_is_not_sure(group, sure):
    table = grid(R_HEAD, RULE, "其中修订|7|8|9")
    found = told([RULES], find([RULES], table, other=["其中修订"], groups={"其中修订": group}))
    assert found.get("refused", {}) == ({} if sure else {"规章": PARTED})
    assert found["extras"] == [("其中修订", "其中修订", "其中修订")]


def test_a_row_written_as_another_edition_calls_it_is_told():
    form = segment("proactive", "本年制发件数", rows=["行政规范性文件"])
    found = find([form], grid("内容|本年制发件数", "规范性文件|4"), other=["规范性文件"])
    assert told([form], found) == {"taken": {OTHER: ["4"]}, "worded": [(OTHER, "规范性文件", "规范性文件")]}


@pytest.mark.parametrize(
    ("rows", "kind", "cell"),
    [([R_HEAD, "备案|7|8|9", RULE], "extras", "第2行第1列"),
        ([R_HEAD, RULE, "行政规范性文见|4|5|6"], "worded", "第3行第1列"),
     ([R_HEAD.replace("废止", "费止"), RULE], "worded", "第1行第3列"),
     ([R_HEAD, RULE, "行政规范性文件|4"], "refused", "第3行第2列"),
     ([V_HEADS[0], "结果维持|总计|结果维特|总计", "1|2|3|4"], "worded", "第2行第3列"),
     ([*V_HEADS, "1|2|3"], "refused", "第3行第1列"),
     ([R_HEAD, RULE, "规章|4|5|6"], "refused", "第2行第2列")],
)  # fmt: skip
def test_what_is_told_of_a_table_has_its_page_and_its_cell(rows, kind, cell):
    table = grid(*rows, page="第2页", place="第7张表")
    (about,) = getattr(find([RULES, REVIEW], table), kind)
    assert (about.spot.page, about.spot.grid.place, about.spot.cell.place) == ("第2页", "第7张表", cell)


def test_figures_know_their_table_and_page_and_how_many_rows_each_should_have():
    first, second = grid(R_HEAD, RULE, page="第1页"), grid(ORDER, page="第2页", place="第2张表")
    found = find([RULES, CASES, REVIEW], first, second)
    spots = [found.cells[f"{OTHER}.{i}"] for i in range(3)]
    assert [(s.page, s.grid.place, s.cell.place) for s in spots] == [
        ("第2页", "第2张表", f"第1行第{i}列") for i in (2, 3, 4)
    ]
    assert dict(found.sizes) == {"proactive": 5, "review": 1}
    assert found.edition.id == "2021"
