"""Sentences that follow from data: introduction, contact, fee, date, and how a text is divided."""

from dataclasses import replace
from decimal import Decimal

import pytest

from nianbao.document import context, prose
from nianbao.document.prose import Paragraph
from nianbao.errors import EditionError
from nianbao.form import load_edition
from nianbao.report import Report

EDITION = load_edition("2021")
FEE = ("notices", "amount_notified", "amount_received")


def report(body=None, texts=None, fee=(), year=2025) -> Report:
    values = {f"fee.processing_fee.{k}": v for k, v in zip(FEE, fee, strict=False)}
    return Report("2021", year, {"name": "甲镇人民政府", **(body or {})}, values, texts or {})


def test_the_introduction_names_law_parts_and_period():
    assert prose.introduction(EDITION, report()) == (
        "本报告根据《中华人民共和国政府信息公开条例》（以下简称《条例》）和"
        "《中华人民共和国政府信息公开工作年度报告格式》（国办公开办函〔2021〕30号）编制。",
        "报告内容包括：总体情况；主动公开政府信息情况；收到和处理政府信息公开申请情况；"
        "政府信息公开行政复议、行政诉讼情况；存在的主要问题及改进情况；其他需要报告的事项等六个部分。"
        "本报告所列数据的统计期限自2025年1月1日至2025年12月31日。",
    )


def test_a_county_variant_counts_its_own_parts():
    wuping = load_edition("wuping-2022")
    assert "信息处理费收取情况；" in prose.introduction(wuping, report())[1]
    assert "等七个部分" in prose.introduction(wuping, report())[1]


def test_a_typed_introduction_replaces_the_assembled_one():
    assert prose.introduction(EDITION, report(texts={"introduction": "甲\n乙"})) == ("甲", "乙")


def test_a_sentence_about_a_blank_fact_is_left_out():
    said = prose.introduction(EDITION, report({"website": "www.example.gov.cn"}))
    assert said[2:] == ("本报告的电子版可从www.example.gov.cn下载。",)


def test_contact_lines_follow_the_facts_and_their_heading_never_stands_alone():
    assert prose.contact(EDITION, report({"phone": "0597-1"})) == ("联系方式：", "电话：0597-1")
    assert prose.contact(EDITION, report()) == ()


def test_what_is_put_into_a_sentence_is_never_filled_again():
    said = prose.contact(EDITION, report({"address": "{电话}", "phone": "{{ 7*7 }}"}))
    assert said[1:] == ("地址：{电话}", "电话：{{ 7*7 }}")


def test_an_edition_whose_sentence_asks_for_an_unknown_word_is_refused():
    wrong = replace(EDITION, introduction=("由{单位}编制。",))
    with pytest.raises(EditionError, match="单位"):
        prose.introduction(wrong, report())


@pytest.mark.parametrize(
    ("fee", "typed", "expected"),
    [
        ((0, Decimal(0), Decimal(0)), "", "2025年度本机关未收取信息处理费。"),
        (
            (2, Decimal(300), Decimal("110.5")),
            "",
            "2025年度本机关发出信息处理费收费通知2件，通知收取300元，实际收取110.5元。",
        ),
        ((2, Decimal(300), Decimal(300)), "本机关收取信息处理费300元。", ""),
        ((), "", ""),
        ((0, Decimal(0)), "", ""),
    ],
)
def test_the_fee_sentence_follows_the_figures_unless_the_text_speaks_of_it(fee, typed, expected):
    assert prose.fee_sentence(EDITION, report(fee=fee), typed) == expected


def test_the_fee_sentence_stands_after_the_typed_text_of_its_section():
    said = prose.section_text(EDITION, report(texts={"other_matters": "无其他。"}, fee=(0, 0, 0)), "other_matters")
    assert said == "无其他。\n2025年度本机关未收取信息处理费。"
    assert prose.section_text(EDITION, report(texts={"overview": "甲"}, fee=(0, 0, 0)), "overview") == "甲"


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("2023-1-12", "2023年1月12日"),
        ("2023-01-02", "2023年1月2日"),
        ("2023/1/12", "2023年1月12日"),
        ("2023年01月12日", "2023年1月12日"),
        ("2023-01-12 00:00:00", "2023年1月12日"),
        ("一月十二日", "一月十二日"),
        ("", ""),
    ],
)
def test_the_date_is_printed_without_leading_zeros(typed, printed):
    assert context(EDITION, report({"signed_on": typed}))["成文日期"] == printed


def test_a_date_that_does_not_exist_is_no_property():
    assert prose.iso_date(report({"signed_on": "2023-2-30"})) == ""
    assert prose.iso_date(report({"signed_on": "2023年2月3日"})) == "2023-02-03"


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("（一）主动公开情况", Paragraph(2, "（一）主动公开情况", "")),
        ("(一)主动公开情况。", Paragraph(2, "(一)主动公开情况。", "")),
        ("（十二）公开。本年发布。共三条。", Paragraph(0, "（十二）公开。", "本年发布。共三条。")),
        ("1.机制建设", Paragraph(3, "1.机制建设", "")),
        ("2、机制建设", Paragraph(3, "2、机制建设", "")),
        ("3.不够及时。下一步改进。", Paragraph(0, "", "3.不够及时。下一步改进。")),
        ("（1）细目", Paragraph(4, "（1）细目", "")),
        ("1.5万件申请", Paragraph(0, "", "1.5万件申请")),
        ("2022年，我镇", Paragraph(0, "", "2022年，我镇")),
        ("一是公开", Paragraph(0, "", "一是公开")),
    ],
)
def test_a_paragraphs_number_decides_its_heading(line, expected):
    assert prose.paragraphs_of(line) == (expected,)


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("全年　　公开信息", "全年　公开信息"),
        ("全年   公开信息", "全年 公开信息"),
        ("栏目\t条数\t 12", "栏目　条数　12"),
        ("全年\u00ad公\u200b开\u2060信\ufeff息", "全年公开信息"),
        ("全年 公开　信息\u00a0。", "全年 公开　信息\u00a0。"),
        ("\t全年公开\t", "全年公开"),
    ],
)
def test_blanks_inside_a_sentence_are_printed_as_one_and_unseen_signs_not_at_all(typed, printed):
    assert prose.paragraphs_of(typed) == (Paragraph(0, "", printed),)


def test_nothing_is_left_of_a_line_of_unseen_signs():
    assert prose.paragraphs_of("甲\n\u200b\u00ad\n\t\n乙") == (Paragraph(0, "", "甲"), Paragraph(0, "", "乙"))


def test_typed_indents_and_blank_lines_are_left_to_the_style():
    assert prose.paragraphs_of("　　甲\n\n  乙\n") == (Paragraph(0, "", "甲"), Paragraph(0, "", "乙"))


def test_a_long_numbered_paragraph_without_a_full_stop_stays_whole():
    line = "（一）" + "长" * 100
    assert prose.paragraphs_of(line) == (Paragraph(0, line, ""),)


@pytest.mark.parametrize(
    ("line", "ragged"),
    [
        ("全年在县政府网站（https://www.example.gov.cn/zwgk/index.html）公开120条。", True),
        ("（一）公开。通过微信公众号ExampleTownship推送信息。", True),
        ("电子邮箱：someone@example.cn", True),
        ("全年发布信息1,234,567条，占98.76%，同比增长12.3%。", False),
        ("通过APP、iPad、Word、PDF四种方式公开，详见www.a.cn。", False),
        ("统计期限自2025-01-01至2025-12-31。", False),
    ],
)
def test_a_paragraph_with_an_address_or_a_long_latin_word_is_not_justified(line, ragged):
    (paragraph,) = prose.paragraphs_of(line)
    assert paragraph.ragged is ragged
