"""What each figure of a text is understood to be, and why it is not compared when something is missing."""

from dataclasses import replace

import pytest

import reports
from nianbao.checks.text.clauses import sentences
from nianbao.checks.text.understood import understood


def figures(text, *, name="示例县水利局", level="department", where="overview", year=2024):
    body = {"name": name, "level": level, "county": "示例县"}
    report = replace(reports.zero(year=year), body=body, texts={where: text})
    return [u for s in sentences(reports.reading(report)) for u in understood(s, report)]


def whys(text, **more):
    return [u.why for u in figures(text, **more)]


@pytest.mark.parametrize(
    ("text", "why"),
    [("政府信息公开申请共提出六项内容。", "数的是“内容”"),
     ("对政府信息公开申请落实三项重点。", "数的是“重点”"),
     ("收到政府信息公开申请不足10件。", "是上限或下限"),
     ("收到政府信息公开申请近三百件。", "是约数"),
     ("收到政府信息公开申请1.2万件。", "是约数"),
     ("收到便民热线工单5件。", "说的不是表中的事项"),
     ("收到3件建议。", "说的不是表中的事项"),
     ("共5件。", "没有写明说的是什么"),
     ("前三季度收到政府信息公开申请5件。", "不是全年的数，或者是其他年度的数"),
     ("截至2024年11月底，收到政府信息公开申请5件。", "不是全年的数，或者是其他年度的数"),
     ("2024年3月收到政府信息公开申请5件。", "不是全年的数，或者是其他年度的数"),
     ("2023年收到政府信息公开申请5件。", "不是全年的数，或者是其他年度的数"),
     ("代县政府办理政府信息公开申请5件。", "是代其他机关办理的"),
     ("协助县政府答复政府信息公开申请5件。", "是代其他机关办理的"),
     ("行政复议、行政诉讼5件，均与政府信息公开无关。", "与政府信息公开无关"),
     ("政府信息公开申请的网上、信函分别5件。", "写的是“分别”"),
     ("网上收到政府信息公开申请5件。", "不是表中一格的数，或者只是其中一部分"),
     ("征求第三方意见5件，涉及政府信息公开申请。", "说的不是表中的事项")],
)  # fmt: skip
def test_a_figure_that_is_not_understood_says_why(text, why):
    assert whys(text) == [why]


@pytest.mark.parametrize(
    "text",
    ["收到政府信息公开申请5件。", "收到3件政府信息公开申请。", "截至2024年12月31日，收到政府信息公开申请5件。",
     "2024年1月1日至2024年12月31日，收到政府信息公开申请5件。", "2024年，示例县水利局收到政府信息公开申请5件。",
     "县水利局全年共收到政府信息公开申请5件。", "因2023年答复的申请引发政府信息公开行政复议1件。"],
)  # fmt: skip
def test_a_figure_that_is_understood_in_all_has_its_cells_and_a_frame(text):
    (one,) = figures(text)
    assert one.why == ""
    assert one.meanings
    assert one.frame


def test_the_parts_of_the_report_are_no_applications():
    text = (
        "报告有总体情况、收到和处理政府信息公开申请情况、政府信息公开行政复议、行政诉讼情况、其他需要报告的事项共6项。"
    )
    assert whys(text, where="introduction") == ["说的是报告的各个部分"]


def test_a_district_s_own_level_is_not_compared_beside_the_whole_district():
    text = "全区收到政府信息公开申请80件，区政府办公室收到政府信息公开申请17件。"
    assert whys(text, name="示例区人民政府", level="county") == ["", "是本级的数，另有全区域的数"]


def test_the_noun_behind_the_unit_tells_what_is_counted():
    (one,) = figures("会议研究政府信息公开申请，办理5件建议。")
    assert one.subject == "foreign"


def test_a_figure_behind_brackets_takes_the_words_before_them():
    (one,) = figures("政府信息公开申请不予处理（信访、重复申请等）5件。")
    assert [m.label for m in one.meanings] == ["不予处理"]


@pytest.mark.parametrize(
    ("text", "labels"),
    [("因本机关不掌握等原因，政府信息公开申请无法提供5件。", ["无法提供"]),
     ("政府信息公开申请因不掌握等原因无法提供5件。", ["无法提供"]),
     ("政府信息公开申请因不掌握无法提供5件。", ["不掌握相关信息"]),
     ("政府信息公开申请其余5件不予公开。", []),
     ("政府信息公开申请不予公开、无法提供5件。", []),
     ("政府信息公开申请部分予以公开5件。", ["部分公开"])],
)  # fmt: skip
def test_a_group_of_reasons_is_the_group_s_figure(text, labels):
    (one,) = figures(text)
    assert [m.label for m in one.meanings] == labels


def test_what_became_of_open_requests_is_read_with_them():
    (one,) = figures("另有5件政府信息公开申请未到答复期限，转2025年办理。")
    assert [m.label for m in one.meanings] == ["结转下年度"]
    assert one.frame == "carried-out-behind"


@pytest.mark.parametrize("name", ["示例市住房和城乡建设局", "南屏区住房和城乡建设局"])
def test_a_short_form_of_the_own_name_is_the_own_name(name):
    (one,) = figures("区住建局全年收到政府信息公开申请5件。", name=name)
    assert bool(one.frame) is name.startswith("南屏区")


LEDGER = {"pending_start": 5, "received": 61, "total": 60, "pending_end": 6}


@pytest.mark.parametrize(
    ("values", "read"),
    [(LEDGER, ["上年结转", "新收", "办结"]), ({**LEDGER, "received": 62, "total": 61}, ["上年结转", "新收", "办结"]),
     ({**LEDGER, "pending_start": 4, "pending_end": 7}, ["上年结转", "新收", "办结"]),
     ({"pending_start": 5}, []), ({}, [])],
)  # fmt: skip
def test_figures_of_an_unnamed_ledger_speak_of_requests_when_two_stand_in_their_cells(values, read):
    report = reports.zero(year=2024)
    cells = {f"requests.{row}.total": n for row, n in values.items()}
    report = replace(
        report,
        values={**report.values, **cells},
        texts={"overview": "上年结转5件，本年新收61件；截至12月31日办结60件，剩余6件均未超期。"},
    )
    found = [u for s in sentences(reports.reading(report)) for u in understood(s, report)]
    assert [m.label for u in found for m in u.meanings] == read


@pytest.mark.parametrize(
    ("text", "labels"),
    [("政府信息公开申请予以公开（含网上），均已答复，不予处理（信访、重复申请）5件。", ["不予处理"]),
     ("政府信息公开申请予以公开（含网上），无法提供（不掌握，已告知）5件。", ["无法提供"]),
     ("政府信息公开申请不予处理（信访、重复申请等），共5件。", ["不予处理"]),
     ("政府信息公开申请不予处理（信访，重复申请），共5件。", ["不予处理"])],
)  # fmt: skip
def test_of_several_brackets_the_figure_takes_the_words_before_the_last(text, labels):
    (one,) = figures(text)
    assert [m.label for m in one.meanings] == labels


def labels(text):
    return [[m.label for m in u.meanings] for u in figures(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [("制发规范性文件2件。", [["规范性文件制发"]]), ("制发规章2件。", [["规章制发"]]),
     ("县政府、办公室制发规范性文件各2件。", [[]]), ("制发规范性文件2人。", [[]]),
     ("制发规章和规范性文件2件。", [[]]),
     ("修改规范性文件2件。", [[]]), ("清理规章和规范性文件，制发2件。", [["规范性文件制发"]]),
     ("清理规范性文件和规章，制发2件。", [["规章制发"]])],
)  # fmt: skip
def test_a_figure_of_documents_is_of_the_kind_named_last_and_of_one_body(text, found):
    assert labels(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [("废止规范性文件3件。", [["规范性文件废止"]]), ("宣布失效规范性文件2件。", [["规范性文件废止"]]),
     ("废止规范性文件3件，宣布失效2件。", [[], []]), ("宣布失效规范性文件2件，废止3件。", [[], []]),
     ("规范性文件制发4件，废止3件，宣布失效2件。", [["规范性文件制发"], [], []]),
     ("规范性文件废止3件，现行有效7件。", [["规范性文件废止"], ["规范性文件现行有效"]])],
)  # fmt: skip
def test_documents_repealed_and_expired_are_no_cell_each(text, found):
    assert labels(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [("规范性文件制发4件（其中规范性文件废止2件）。", [["规范性文件制发"], []]),
     ("梳理规范性文件，现行有效7件。", [["规范性文件现行有效"]]),
     ("梳理规范性文件，其中现行有效7件。", [[]]), ("梳理规范性文件，其中废止7件。", [["规范性文件废止"]])],
)  # fmt: skip
def test_documents_in_a_bracket_or_a_list_of_what_was_gone_through_are_a_part(text, found):
    assert labels(text) == found


@pytest.mark.parametrize(
    ("text", "found", "scale"),
    [("发出信息处理费收费通知2件。", ["通知收取件数"], 1), ("发出信息处理费收费通知2人。", [], 1),
     ("收取信息处理费2元。", ["收取信息处理费"], 1), ("作出行政许可2件。", ["行政许可处理决定"], 1),
     ("作出行政许可2人。", [], 1), ("作出行政许可程序2件。", [], 1), ("作出行政许可，其中水利类2件。", [], 1),
     ("收取行政事业性收费200元。", ["行政事业性收费金额"], 10_000), ("收取信息处理费和复制费2元。", [], 1)],
)  # fmt: skip
def test_fees_and_decisions_are_counted_in_their_units(text, found, scale):
    (one,) = figures(text)
    assert [m.label for m in one.meanings] == found
    assert {m.scale for m in one.meanings} <= {scale}


def test_what_was_gone_through_leaves_a_doubt_about_documents():
    for text, sure in (("规范性文件，现行有效7件。", True), ("梳理规范性文件，现行有效7件。", False)):
        (one,) = figures(text)
        assert [(m.role, m.sure) for m in one.meanings] == [("in_force", sure)]


@pytest.mark.parametrize(("kind", "row"), [("规章", "regulations"), ("规范性文件", "normative")])
def test_each_kind_of_document_has_its_own_row(kind, row):
    (one,) = figures(f"制发{kind}2件。")
    assert {k.split(".")[1].startswith(row) for r in one.meanings[0].readings for k in r.plus} == {True}


def test_a_figure_below_a_heading_is_of_what_the_heading_names_unless_it_names_other_papers():
    assert labels("规范性文件\n制发2件。") == [["规范性文件制发"]]
    assert labels("规范性文件\n制发方案2件。") == [[]]


@pytest.mark.parametrize("unit", ["件", "份", "次", ""])
def test_notices_of_a_fee_are_counted_in_these_units(unit):
    (one,) = figures(f"发出信息处理费收费通知2{unit}。")
    assert [(m.role, m.label) for m in one.meanings] == [("fee", "通知收取件数")]


@pytest.mark.parametrize(
    ("text", "why"),
    [("收到政府信息公开申请5件，不计入本报告。", "写明不计入本报告"),
     ("2024年1月1日至2024年6月30日，收到政府信息公开申请5件。", "不是全年的数，或者是其他年度的数"),
     ("2024年2月1日至2024年12月31日，收到政府信息公开申请5件。", "不是全年的数，或者是其他年度的数"),
     ("2023年1月1日至12月31日，收到政府信息公开申请5件。", "不是全年的数，或者是其他年度的数"),
     ("2023年1月1日至2023年12月31日，收到政府信息公开申请5件。", "不是全年的数，或者是其他年度的数"),
     ("1月1日至12月31日，收到政府信息公开申请5件。", ""), ("截至12月底，收到政府信息公开申请5件。",
     "不是全年的数，或者是其他年度的数"),
     ("截至2024年底，收到政府信息公开申请5件。", "")],
)  # fmt: skip
def test_a_span_is_the_year_only_from_its_first_to_its_last_day(text, why):
    assert whys(text) == [why]


@pytest.mark.parametrize(
    ("text", "labels"),
    [("因政府信息公开引发行政复议5件，行政诉讼3件，其中维持2件。",
      ["行政复议·总计", "行政诉讼·总计", "行政诉讼·结果维持"]),
     ("政府信息公开行政复议5件，维持2件。", ["行政复议·总计", "行政复议·结果维持"])],
)  # fmt: skip
def test_cases_and_outcomes_are_those_of_the_block_named_last(text, labels):
    assert [m.label for u in figures(text) for m in u.meanings] == labels


@pytest.mark.parametrize(
    ("text", "readings"),
    [("政府信息公开行政复议5件，行政诉讼3件，其中维持2件。", ["行政诉讼·结果维持", "行政复议和行政诉讼·结果维持"]),
     ("政府信息公开行政复议5件，行政复议维持2件。", ["行政复议·结果维持"]),
     ("政府信息公开行政复议5件、行政诉讼3件，其中维持2件。",
      ["行政诉讼·结果维持", "行政复议和行政诉讼·结果维持", "行政复议·结果维持"])],
)  # fmt: skip
def test_an_outcome_may_be_of_either_block_where_two_are_named(text, readings):
    assert [r.says for r in figures(text)[-1].meanings[0].readings] == readings
