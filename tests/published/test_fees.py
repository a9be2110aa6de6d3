"""What a published report says of 信息处理费 in words: the edition's own sentence, or that none was received."""

from decimal import Decimal

import pytest

from nianbao.form import load_edition
from nianbao.published import fees
from nianbao.published.model import Paragraph
from published.small import AFTER, BEFORE, TABLES

EDITION = load_edition("2021")
RECEIVED = "fee.processing_fee.amount_received"


def read(*texts, year=2025, name="永平镇人民政府", doubt=""):
    return fees.read(EDITION, [Paragraph(t, f"第{i}段", doubt=doubt) for i, t in enumerate(texts, 1)], year, name)


@pytest.mark.parametrize(
    "said",
    ["2025年度本机关未收取信息处理费。", "2025年度未收取信息处理费", "本年度，我局没有收取过信息处理费。",
     "我镇2025年没有收取信息处理费，无其他需要报告的事项。", "全年均未收取政府信息公开信息处理费。",
     "未产生信息公开处理费用", "一切正常。本单位未发生信息处理费的情况。",
     "永平镇人民政府２０２５年未收取信息 处理费；没有其他事项。",
     "按照《政府信息公开信息处理费管理办法》（国办函〔2020〕109号），本机关2025年未收取信息处理费。"],
)  # fmt: skip
def test_a_report_that_says_it_received_none_received_0(said):
    assert read("没有其他事项。", said) == {RECEIVED: 0}


@pytest.mark.parametrize(
    "said",
    ["2024年度未收取信息处理费。", "2025年，本机关2024年度未收取信息处理费。", "未收取信息处理费，但有一件发了通知。",
     "除一件外，本机关未收取信息处理费。", "对3件申请未收取信息处理费。", "我局对部分申请人未收取信息处理费。",
     "部分未收取信息处理费。", "收取信息处理费0元。", "不应当收取信息处理费。", "武平县教育局未收取信息处理费。",
     "未收取信息处理费。此前的处理费已退。", "是否未收取信息处理费。", "没有其他事项。", ""],
)  # fmt: skip
def test_what_is_said_with_a_condition_twice_or_of_others_gives_nothing(said):
    assert read(said) == {}


def test_the_sentence_of_the_edition_gives_its_three_figures():
    said = "2025年度本机关发出信息处理费收费通知3件，通知收取1200元，实际收取800.50元。"
    notices, notified = "fee.processing_fee.notices", "fee.processing_fee.amount_notified"
    assert read(said) == {notices: 3, notified: Decimal(1200), RECEIVED: Decimal("800.50")}
    assert {k: type(v) for k, v in read(said).items()} == {notices: int, notified: Decimal, RECEIVED: Decimal}
    assert read(said.replace("3件", "３件")) == read(said)
    for other in ("2024", "20255"):
        assert read(said.replace("2025", other)) == {}
    for odd in ("1②00", "12²", "1.2.3", "1200.", ""):
        assert read(said.replace("1200", odd)) == {}


def test_a_paragraph_that_may_not_show_what_it_holds_gives_nothing():
    assert read("2025年度未收取信息处理费。", doubt="有删除线") == {}
    assert read("2025年度未收取信息处理费。", year=None) == {}


def test_the_sentence_is_read_of_a_whole_report(reading):
    def figures(said):
        values = reading([*BEFORE, *TABLES, *(said if p == "无。" else p for p in AFTER)]).report.values
        return {k: v for k, v in values.items() if k.startswith("fee.")}

    assert figures("2025年度未收取信息处理费。") == {RECEIVED: 0}
    assert figures("无。") == {}
