"""Small parts of the grammar, each by itself: short texts, and what is read of them."""

from dataclasses import replace
from decimal import Decimal

import pytest

import reports
from nianbao.checks.text.numerals import chinese
from nianbao.checks.text.quantities import clean, shape
from nianbao.checks.text.self_names import OWN, with_own_name


def tokens(text):
    return shape(clean(text)).tokens


def told(text, rule, where="overview", body=None, year=2025, last_year=None, **figures):
    """What a rule says of a text: place, problem, class."""
    report = reports.changed(reports.zero(year=year), **figures)
    report = replace(report, texts={**reports.TEXTS, where: text}, body={**report.body, **(body or {})})
    return reports.told(reports.reading(report, last_year=last_year), rule)


def whats(text, rule, **more):
    return [f.what for f in told(text, rule, **more)]


@pytest.mark.parametrize(
    ("text", "value", "decimals"),
    [("97.5%", "97.5", 1), ("100%", "100", 0), ("百分之九十", "90", 0), ("百分之百", "100", 0),
     ("百分之一百", "100", 0), ("百分之九十八点六", "98.6", 1), ("百分之三点零五", "3.05", 2),
     ("百分之一百二十", "120", 0)],
)  # fmt: skip
def test_a_percentage_in_digits_and_in_characters(text, value, decimals):
    (one,) = tokens(f"办结率{text}。")
    assert (one.kind, str(one.value), one.decimals, one.exact) == ("%", value, decimals, True)


def test_a_percentage_that_is_no_number_is_no_figure():
    assert [t.kind for t in tokens("占百分之百百。")] == ["~"]


@pytest.mark.parametrize(
    ("text", "doubt"),
    [("95%以上", "rounded"), ("95%左右", "rounded"), ("5%以下", "rounded"), ("百分之九十五以上", "rounded"),
     ("约95%", "rounded"), ("不低于95%", "bound"), ("95%", ""), ("95%，5件以上", "")],
)  # fmt: skip
def test_a_percentage_may_be_rough(text, doubt):
    assert tokens(f"办结率{text}。")[0].doubt == doubt


@pytest.mark.parametrize("rate", ["百分之九十点五", "90.5%", "90%以上", "91%左右", "约90%"])
def test_a_share_that_is_right_or_rough_is_not_asked_about(rate):
    assert whats(f"收到工单200件，办结181件，办结率为{rate}。", "N3") == []


@pytest.mark.parametrize(
    ("rate", "written"), [("百分之九十", "91%，写的是 90%"), ("百分之九十一点五", "90.5%，写的是 91.5%")]
)
def test_a_share_in_characters_is_recomputed_at_its_decimals(rate, written):
    assert whats(f"收到工单200件，办结181件，办结率为{rate}。", "N3") == [
        f"正文“办结181件，办结率为{rate}”，181 ÷ 200 是 {written}"
    ]


@pytest.mark.parametrize(("text", "value"), [("一千五", 1500), ("两百五", 250), ("一千零五", 1005), ("二十五", 25)])
def test_a_digit_behind_the_last_scale_stands_a_place_lower(text, value):
    (one,) = tokens(f"发布信息{text}条。")
    assert (one.value, one.unit) == (Decimal(value), "条")


OPEN = {"requests__pending_end__natural_person": 1, "requests__pending_end__total": 1}
REFUSED = {"requests__denied__state_secret__natural_person": 1, "requests__denied__state_secret__total": 1}


@pytest.mark.parametrize(
    ("text", "quoted", "figures"),
    [
        ("2025年，我镇收到的政府信息公开申请，经逐件登记，均已办结，并在网站公布。", "均已办结", OPEN),
        ("收到政府信息公开申请5件，均予以公开，群众满意。", "均予以公开", REFUSED),
        ("收到政府信息公开申请5件，除部分公开4件外，其余均予以公开。", "除部分公开4件外，其余均予以公开", REFUSED),
        ("申请5件，除部分公开4件外，其余均予以公开。", "除部分公开4件外，其余均予以公开", REFUSED),
        ("收到政府信息公开申请5件，没有不予公开的情形，群众满意。", "没有不予公开的情形", REFUSED),
        ("收到政府信息公开申请5件，均由自然人提出，群众满意。", "均由自然人提出",
         {"requests__received__business": 1}),
    ],
)  # fmt: skip
def test_a_statement_about_all_is_quoted_with_its_clause_alone(text, quoted, figures):
    assert [w.partition("，说的是")[0] for w in whats(text, "N4", **figures)] == [f"正文“{quoted}”"]


@pytest.mark.parametrize("told_before", ["办结", "答复"])
def test_all_of_what_was_done_is_not_all_that_came_in(told_before):
    assert whats("政府信息公开申请均已答复完毕。", "N4", **OPEN) != []
    assert whats(f"{told_before}政府信息公开申请5件，均已答复完毕。", "N4", **OPEN) == []


CORRECTED = {"review__reconsideration__corrected": 1, "review__reconsideration__total": 1}
UPHELD = {"review__direct_litigation__upheld": 2, "review__direct_litigation__total": 2}
GRANTED = {f"requests__{row}__total": 1 for row in ("received", "full_grant", "total")}
ONE = "因政府信息公开引发行政复议1件"


@pytest.mark.parametrize(
    ("text", "figures", "quoted", "said", "held"),
    [
        (f"{ONE}，结果维持。", CORRECTED, f"{ONE}，结果维持", "行政复议结果维持", "结果纠正·行政复议） 1"),
        (f"{ONE}，尚未审结。", CORRECTED, f"{ONE}，尚未审结", "行政复议尚未审结", "结果纠正·行政复议） 1"),
        (f"{ONE}，被纠正，行政诉讼2件，均被撤销。", CORRECTED | UPHELD, "行政诉讼2件，均被撤销", "行政诉讼结果纠正",
         "结果维持·未经复议直接起诉） 2"),
        (f"{ONE}，结果维持，行政诉讼2件，均被驳回。", CORRECTED | UPHELD, f"{ONE}，结果维持", "行政复议结果维持",
         "结果纠正·行政复议） 1"),
        ("因政府信息公开引发行政诉讼2件，均确认违法。", UPHELD, "因政府信息公开引发行政诉讼2件，均确认违法",
         "行政诉讼结果纠正", "结果维持·未经复议直接起诉） 2"),
        ("收到政府信息公开申请1件，予以部分公开。", GRANTED, "予以部分公开", "申请予以部分公开", "予以公开） 1"),
        ("收到1件政府信息公开申请，不予处理。", GRANTED, "不予处理", "申请不予处理", "予以公开） 1"),
    ],
)  # fmt: skip
def test_an_outcome_in_words_is_refused_where_its_cells_are_empty(text, figures, quoted, said, held):
    (one,) = told(text, "N1", **figures)
    assert one.what.startswith(f"正文“{quoted}”，说的是{said}，而表")
    assert held in one.what
    assert (one.evidence, one.severity.value) == ((f"“{quoted}”",), "error")


@pytest.mark.parametrize(
    ("text", "figures"),
    [("因政府信息公开引发行政诉讼2件，正在审理。", UPHELD), (f"{ONE}，被纠正。", CORRECTED),
     ("收到政府信息公开申请1件，已答复，结果同意公开。", GRANTED), (f"{ONE}，其中1件，结果维持。", CORRECTED),
     (f"{ONE}，结果维持。", {}), ("收到政府信息公开申请2件，不予公开。", GRANTED | {"requests__received__total": 2})],
)  # fmt: skip
def test_an_outcome_in_words_that_may_be_right_is_left_alone(text, figures):
    assert [f for f in told(text, "N1", **figures) if "说的是" in f.what] == []


def test_an_outcome_of_cases_that_are_not_named_as_ours_is_asked_about():
    (one,) = told("行政复议1件，结果维持。", "N1", **CORRECTED)
    assert one.severity.value == "explain"
    assert one.cells == tuple(f"review.reconsideration.{c}" for c in ("corrected", "total", "upheld"))


TOO_MUCH = "由 100 到 120，增长的比例是 20%，写的是 25%"


@pytest.mark.parametrize(
    ("text", "wrong"),
    [("120条信息，较2024年的100条增长25%。", [TOO_MUCH]),
     ("较2024年的5件有增有减，发布信息120条，较2024年的100条增长25%。", [TOO_MUCH]),
     ("较2024年的0件有增有减，120条信息，较2024年的100条增长25%。", [TOO_MUCH]),
     ("发布信息120条，较2024年的100条增长20%；收到申请6件，较2024年的5件增加2件。", ["6 与 5 相差 1，写的是增加 2"]),
     ("发布信息120条，较2024年的100条，其中政策增长25%。", []),
     ("发布信息120条，较2024年的100条，政策20条，增长25%。", []),
     ("发布信息约120条，较2024年的100条增长25%。", []), ("发布信息120条，较2024年的约100条增长25%。", []),
     ("发布信息120条，较2024年的100条增长约25%。", []), ("发布信息120条，较2024年的100件增长25%。", []),
     ("发布信息120条，同比增长25%，2024年的100条作为基数。", [TOO_MUCH]),
     ("发布信息120条，较上年减少5条，下降4.1%。", ["由 125 到 120，下降的比例是 4.0%，写的是 4.1%"]),
     ("发布信息120条，较上年减少5条，下降4.0%。", []), ("发布信息120条，较上年减少5条，增长4.1%。", []),
     ("发布信息120条，较上年增加5件，增长4.1%。", []),
     ("发布信息120条，较上年增加120条，增长100%。", []), ("发布信息9条，较2024年的8条增长13%。", []),
     ("发布信息9条，较2024年的8条增长12%。", ["由 8 到 9，增长的比例是 13%，写的是 12%"]),
     ("发布信息120条，培训5人，群众满意，较2024年的100条增长25%。", [TOO_MUCH]),
     ("发布信息120条，培训5人，群众满意，甲，较2024年的100条增长25%。", [])],
)  # fmt: skip
def test_changes_against_last_year(text, wrong):
    assert [w.partition("”，")[2] for w in whats(text, "N3")] == wrong


@pytest.mark.parametrize(
    ("text", "written"),
    [("收到36件申请，办结1,234件。", "收到#申请，办结#。"),
     ("发布信息十余条，近百条，30多条，不足10件，至少5件。", "发布信息#，近百条，#，不足#，至少#。"),
     ("（一）第一条，12345热线，〔2024〕3号，《2024年报告》，“3个专栏”，“温馨提示”。",
     "~~，~热线，~，~，~，“温馨提示”。"),
     ("全年5个方面，3天，第三方意见5件，上半年，第一季度，1-6月。", "全年~，~，第三方意见#，@，@，@。"),
     ("5大类，95后，50强，12和13件，5件以上，3件左右，5。", "~大类，~后，~强，#和#，#，#，#。"),
     ("上一年，下一年，一年，同一件，每一件，一体化，两项事项，两项事。",
     "上一年，下一年，~，同一件，每一件，一体化，#事项，两项事。"),
     ("12.5%，5个百分点，3%至5%，3-5件，百分之五。", "%，~，~，~，%。"),
     ("收到申请 5 件，１２件；１2,345条:3条", "收到申请#，#；#：#"),
     ("1.办事指南5件。2、公开10件。共1.5件", "~办事指南#。~公开#。共#"),
     ("13812345678，0597-4632003，邮编：364300，GB2312，3/5，1.2.3", "~，~，~，~，~，~"),
     ("#5件@%()，12345件", "＃#＠％（），#"), ("一件，两件和一件", "#，#和#"), ("唯一一件，十十件",
     "唯一一件，十十件")],
)  # fmt: skip
def test_a_text_has_a_shape(text, written):
    assert shape(clean(text)).text == written


@pytest.mark.parametrize(
    ("text", "value", "unit", "noun", "doubt", "step"),
    [("36件申请", "36", "件", "申请", "", "1"), ("1,234件", "1234", "件", "", "", "1"),
     ("1.2万条", "12000", "条", "", "rounded", "1000"), ("1.25万元", "12500", "元", "", "", "100"),
     ("200元", "200", "元", "", "", "1"), ("3百万元", "3000000", "元", "", "", "1000000"),
     ("2千条", "2000", "条", "", "rounded", "1000"), ("0.01亿条", "1000000", "条", "", "rounded", "1000000"),
     ("30多条", "30", "条", "", "rounded", "1"), ("5件以上", "5", "件", "", "rounded", "1"),
     ("约5件", "5", "件", "", "rounded", "1"), ("超过5件", "5", "件", "", "rounded", "1"),
     ("不超过5件", "5", "件", "", "bound", "1"), ("不少于5件", "5", "件", "", "bound", "1"),
     ("不足十件", "10", "件", "", "bound", "1"), ("六项内容", "6", "项", "内容", "", "1"),
     ("十余件申请", "10", "件", "申请", "rounded", "1"), ("六件以上", "6", "件", "", "rounded", "1"),
     ("5件属于", "5", "件", "", "", "1"), ("5件重复申请", "5", "件", "", "", "1"), ("5件内容", "5", "件", "内容", "",
     "1"),
     ("12", "12", "", "", "", "1"), ("5人次参加", "5", "人次", "参加", "", "1")],
)  # fmt: skip
def test_a_figure_has_its_number_unit_noun_and_doubt(text, value, unit, noun, doubt, step):
    (one,) = tokens(f"甲，{text}。")
    assert (one.kind, one.value, one.unit, one.noun, one.doubt) == ("#", Decimal(value), unit, noun, doubt)
    assert one.step == Decimal(step)


@pytest.mark.parametrize(
    ("text", "date"),
    [("2024年", (2024, 0, 0)), ("二〇二四年度", (2024, 0, 0)), ("2024年3月5日", (2024, 3, 5)),
     ("3月15日", (None, 3, 15)),
     ("二〇二四年三月十五日", (2024, 3, 15)), ("2024.3.5", (2024, 3, 5)), ("2024-03-05", (2024, 3, 5)),
     ("十二月三十一日", (None, 12, 31)), ("5月", (None, 0, 0)), ("上半年", (None, 0, 0)), ("二季度", (None, 0, 0))],
)  # fmt: skip
def test_a_time_has_its_year_month_and_day(text, date):
    (one,) = tokens(f"甲，{text}，乙。")
    assert (one.kind, one.date) == ("@", date)


def test_a_place_of_the_shape_is_found_again_in_the_text():
    text = clean("收到36件申请，办结1,234件。")
    read = shape(text)
    assert [text[t.start : t.end] for t in read.tokens] == ["36件", "1,234件"]
    assert [read.token(t.at) for t in read.tokens] == list(read.tokens)
    assert [read.clean_place(n) for n in range(len(read.text))] == [0, 1, 2, 5, 6, 7, 8, 9, 10, 16]


@pytest.mark.parametrize(
    ("text", "number"), [("三万万", None), ("一万两万", None), ("一亿两千万", 120_000_000), ("万", None)]
)
def test_numerals_of_myriads(text, number):
    assert chinese(text) == number


@pytest.mark.parametrize(
    ("text", "rule", "what"),
    [("全年发布信息9条（甲类10条、乙类5条），群众满意。", "N2",
      "正文“甲类10条、乙类5条”，各部分相加是 15，总数写的是 9（9 ≠ 10 + 5），相差 6"),
     ("申请1件结转到2025年。", "N7",
      "正文“申请1件结转到2025年”说结转到 2025 年，本报告报告的正是 2025 年，应结转到 2026 年，可能是上年文字未改"),
     ("截至2025年11月底，收到政府信息公开申请5件。", "N6",
      "正文“截至2025年11月底，收到政府信息公开申请5件”的数字只算到11月底，不是全年的数"),
     ("截至12月5日，发布信息50条。", "N6", "正文“截至12月5日，发布信息50条”的数字只算到12月5日，不是全年的数")],
)  # fmt: skip
def test_what_is_wrong_is_told_in_these_words(text, rule, what):
    (one,) = told(text, rule)
    assert (one.what, one.where) == (what, "总体情况 第1段")


@pytest.mark.parametrize(
    ("text", "rule"),
    [("分别为625件、351件、24件，分别占62.5%、36.1%、2.4%，共计1000件。", "N3"),
     ("截至2024年11月底，收到政府信息公开申请5件。", "N6"), ("2024年12月收到的申请3件，今年办结。", "N7"),
     ("2024年12月收到申请3件，办结3件。", "N7"), ("截至9月底，发布信息50条。", "N6")],
)  # fmt: skip
def test_what_may_be_right_is_left_alone(text, rule):
    assert whats(text, rule) == []


def test_a_report_without_a_year_may_still_be_cut_off():
    assert len(told("截至2024年11月底，收到政府信息公开申请5件。", "N6", year=None)) == 1


def test_a_plan_for_the_own_year_may_stand_behind_one_word_in_the_problems():
    words = "在2025年，将进一步加强公开。"
    assert len(told(words, "N7", where="problems")) == 1
    assert told(words, "N7") == []


def test_a_change_is_told_at_its_paragraph():
    (one,) = told("甲。\n120条信息，较2024年的100条增长25%。", "N3")
    assert (one.where, one.how) == ("总体情况 第2段", "核对今年、上年的数，重算增减的比例")
    assert one.evidence == ("“120条信息，较2024年的100条增长25%”", "120", "100", "25")


@pytest.mark.parametrize(
    ("title", "told_of"),
    [("《示例镇2024年政府信息公开工作年度报告》", "《示例镇2024年政府信息公开工作年度报告》"),
     ("示例镇2024年政府信息公开工作年度报告", "示例镇2024年政府信息公开工作年度报告"),
     ("示例镇2024年政府信息公开工作年度报告》", "示例镇2024年政府信息公开工作年度报告")],
)  # fmt: skip
def test_the_own_title_with_another_year_is_told_with_its_marks(title, told_of):
    (what,) = whats(f"现公布{title}。", "N7", where="introduction")
    assert what == f"正文说公布的是“{told_of}”，写的是 2024 年，本报告是 2025 年度，可能是上年文字未改"


def test_cells_without_a_total_are_told_with_what_they_add_up_to():
    report = reports.zero()
    values = dict(report.values)
    for row in ("partial_grant", "denied.state_secret"):
        del values[f"requests.{row}.total"]
    values["requests.partial_grant.business"] = 2
    report = replace(report, values=values, texts={"overview": "收到政府信息公开申请5件，均予以公开。"})
    (one,) = reports.told(reports.reading(report), "N4")
    assert one.what == "正文“均予以公开”，说的是申请均予以公开，而表三（总计·部分公开）是 2"
    assert one.cells == ("requests.partial_grant.total",)


def test_an_outcome_belongs_to_the_figure_of_its_applications():
    text = "发布信息3条，收到政府信息公开申请1件，不予公开，培训2人，会议4次。"
    assert [f.what for f in told(text, "N1", **GRANTED) if "说的是" in f.what] == [
        "正文“不予公开”，说的是申请不予公开，而表三（总计·予以公开） 1"
    ]
    assert [f.what for f in told(text.replace("申请1件", "申请3件"), "N1", **GRANTED) if "说的是" in f.what] == []


def test_a_total_stated_twice_is_told_with_both_at_the_later_one():
    (one,) = told("全镇主动公开信息126条。\n2025年全年共主动公开信息162条。", "N2")
    assert one.where == "总体情况 第2段"
    assert one.what == (
        "正文“2025年全年共主动公开信息162条”，前面写的是“全镇主动公开信息126条”，同一个总数一处是 126，一处是 162"
    )
    assert one.how == "核对台账，两处写同一个数；说的不是同一件事的，请写明各自的范围"
    assert one.evidence == ("“全镇主动公开信息126条”", "“2025年全年共主动公开信息162条”")


@pytest.mark.parametrize(("county", "read"), [("通州区", f"{OWN}收到申请"), ("", "塘镇收到申请")])
def test_a_short_name_is_its_own_where_the_county_is_known_to_stand_before_it(county, read):
    report = replace(reports.zero(), body={"name": "通州区塘镇", "county": county})
    assert with_own_name(report, "塘镇收到申请") == read
