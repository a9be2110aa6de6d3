"""Small parts of the grammar, each by itself: short texts, and what is read of them."""

from dataclasses import replace
from decimal import Decimal

import pytest

import reports
from nianbao.checks.text.quantities import clean, shape


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
        ("收到政府信息公开申请5件，没有不予公开的情形，群众满意。", "没有不予公开的情形", REFUSED),
        ("收到政府信息公开申请5件，均由自然人提出，群众满意。", "均由自然人提出",
         {"requests__received__business": 1}),
    ],
)  # fmt: skip
def test_a_statement_about_all_is_quoted_with_its_clause_alone(text, quoted, figures):
    assert [w.partition("，说的是")[0] for w in whats(text, "N4", **figures)] == [f"正文“{quoted}”"]


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
