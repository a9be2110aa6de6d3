"""N5 and N8: parts promised and named, and the legal basis; what looks alike and is right stays silent."""

from dataclasses import replace

import pytest

import reports
from nianbao.checks.text.citations import basis_is_the_editions
from nianbao.checks.text.promised_sections import promised_parts_are_there
from nianbao.findings import Severity
from nianbao.form import load_edition

RULES = load_edition("2021").rule
SIX = (
    "总体情况、主动公开政府信息情况、收到和处理政府信息公开申请情况、政府信息公开行政复议、行政诉讼情况、"
    "存在的主要问题及改进情况、其他需要报告的事项"
)
FIVE = SIX.replace("收到和处理政府信息公开申请情况、", "")


def parts(words, text="introduction"):
    return promised_parts_are_there(RULES["N5"], read(words, text))


def basis(words, year=2025, text="introduction"):
    return basis_is_the_editions(RULES["N8"], read(words, text, year))


def read(words, text, year=2025):
    report = replace(reports.zero(year=year), texts={**reports.TEXTS, text: words})
    return reports.reading(report)


RIGHT_PARTS = [
    "本报告由二一十个部分组成。",
    f"本报告由{SIX}等六部分组成。",
    f"本报告由{SIX}六个部分组成，内容涵盖全县14个乡镇、33个部门。",
    f"全文包括{SIX}共6项。",
    f"全文六个部分，依次为{SIX}，数据统计期限自2025年1月1日起至12月31日止。",
    f"报告共分6个部分：{SIX}。",
    f"本报告设{SIX}六个板块。",
    f"全文包括政府信息公开{SIX}六个方面，并附相关统计表。",
    f"本报告包括{SIX}等六项内容。",
    "本报告由“总体情况”、“主动公开政府信息情况”、“收到和处理政府信息公开申请情况”、“政府信息公开行政复议、行政诉讼情况”、"
    "“存在的主要问题及改进情况”、“其他需要报告的事项”六大部分组成。",
    "本报告由总体情况，主动公开政府信息情况，收到和处理政府信息公开申请情况，因政府信息公开工作被申请行政复议、提起行政诉讼情况，"
    "政府信息公开工作存在的主要问题及改进情况，其他需要报告的事项等共六个部分组成。",
    "本报告包括总体概况、主动公开情况、依申请公开办理情况、行政复议和行政诉讼情况、存在问题和改进措施以及其他报告事项六部分。",
    f"本报告由{SIX.replace('总体情况', '总体概述')}6部分组成。",
    "报告内容包括总体情况、主动公开政府信息情况等六个部分。",
    "报告共6个部分、3张附表。",
    "报告从主动公开、依申请公开、政府信息管理、平台建设、监督保障等五个方面回顾全年工作。",
    "本报告综合了5个县（区）人民政府、2个开发区和37个部门的情况。",
    "对照政府信息公开、行政复议、行政诉讼三项工作的考核要求，形成本报告。",
    f"本报告包括{SIX}。",
    "本报告由六个部分组成：一、总体情况；二、主动公开政府信息情况；三、收到和处理政府信息公开申请情况；"
    "四、政府信息公开行政复议、行政诉讼情况；五、存在的主要问题及改进情况；六、其他需要报告的事项。",
]

WRONG_PARTS = [
    (f"本报告由{SIX}等七个部分组成。", "七"),
    (f"本报告由{SIX}7个部分组成。", "列出的是 6 个"),
    (f"本报告由{SIX}五部分组成。", "五"),
    (f"本报告由{FIVE}等六部分组成。", "收到和处理政府信息公开申请情况"),
    (f"全文包括{FIVE}五个部分。", "印有 6 个部分"),
    (f"报告分为六个部分：{FIVE}。", "五"),
    (f"本报告分为5项内容：{FIVE}。", "5项内容"),
    (
        "本报告由六个部分组成：一、总体情况；二、主动公开政府信息情况；三、收到和处理政府信息公开申请情况；"
        "四、存在的主要问题及改进情况；五、其他需要报告的事项。",
        "五",
    ),
    ("本报告共分七大部分。", "七"),
    ("内容包括总体情况、政府信息公开工作情况、存在的问题及整改措施三部分。", "三"),
    ("全文包括总体情况，公开的内容、存在的主要问题改进措施四个部分。", "四"),
    ("本年度报告由四个板块构成，内容包括总体情况等。", "四"),
]


@pytest.mark.parametrize("words", RIGHT_PARTS)
def test_parts_that_are_printed_are_left_alone(words):
    assert parts(words) == []


@pytest.mark.parametrize(("words", "told"), WRONG_PARTS)
def test_a_wrong_number_or_a_part_left_out_is_hinted_at(words, told):
    (one,) = parts(words)
    assert one.severity is Severity.HINT
    assert told in one.message


def test_names_of_the_form_before_2019_are_told_beside_the_number():
    words = (
        "报告由概述、主动公开情况、依申请公开情况、收费及减免情况、行政复议和行政诉讼情况、"
        "存在的主要问题及改进措施、其他需要报告的事项等七个部分构成。"
    )
    number, names = parts(words)
    assert "“等七个部分”" in number.message
    assert "“概述”、“收费及减免情况”" in names.message


def test_only_the_head_of_the_report_promises_parts():
    assert parts("培训内容分为三个部分，覆盖总体情况、问题及整改情况、诉讼情况。", "problems") == []
    assert parts("我镇政务公开报告会分为三个方面。", "overview") == []


RIGHT_BASIS = [
    ("根据国办公开办函〔2021〕30号编制。", 2025),
    ("根据国办公开办函﹝2021﹞30号、《条例》（国务院令第711号）编制。", 2025),
    ("根据《中华人民共和国政府信息公开工作年度报告格式》（国办公开办函〔2021〕30号）编制。", 2023),
    ("根据国办公开办函〔2019〕60号和《年度报告格式（试行）》编制。", 2020),
    (
        "根据《国务院办公厅政府信息与政务公开办公室关于政府信息公开工作年度报告有关事项的通知》（国办公开办函〔2019〕60号）编制。",
        2019,
    ),
    ("根据《示例县人民政府办公室关于做好2025年政府信息公开工作年度报告有关事项的通知》编制。", 2025),
    ("根据《关于政府信息公开工作年度报告有关事项的通知》（示政办函〔2025〕7号）编制。", 2025),
    ("《条例》2007年以国务院令第492号公布，2019年以国务院令第711号修订。", 2025),
    ("自2008年《条例》施行以来，本机关未收费。", 2025),
    ("按照《政府信息公开信息处理费管理办法》（国办函〔2020〕109号）执行。", 2025),
    ("落实《国务院办公厅关于印发2025年政务公开工作要点的通知》（国办发〔2025〕12号）。", 2025),
    ("落实《示例县政务公开考核办法（试行）》。", 2025),
    ("落实川公开办函〔2024〕8号、我国公开办事的有关规定。", 2025),
]

WRONG_BASIS = [
    ("根据国办公开办函〔2012〕30号编制。", 2025, "2012"),
    ("根据国办公开办函〔2022〕30号编制。", 2025, "年份不对"),
    ("根据国办发〔2021〕30号编制。", 2025, "代字不对"),
    ("根据国办函〔2021〕30号编制。", 2025, "代字不对"),
    ("根据国家公开办函〔2021〕30号编制。", 2025, "代字不对"),
    ("根据《年度报告格式（试行）》编制。", 2022, "试行"),
    ("根据《国务院办公厅政府信息与政务公开办公室关于政府信息公开工作年度报告有关事项的通知》编制。", 2022, "2019年"),
    ("按照《关于政府信息公开工作年度报告有关事项的通知》（国办公开办函〔2021〕30号）编制。", 2023, "对不上"),
    ("根据《中华人民共和国政府信息公开工作年度报告格式》（国办发〔2019〕14号）编制。", 2023, "却不是它的"),
    ("根据《条例》（国务院令第492号）编制。", 2025, "修订前"),
    ("根据国务院令492号编制。", 2025, "修订前"),
    ("依据国务院2007年4月5日颁布的《中华人民共和国政府信息公开条例》编制。", 2025, "修订前"),
    ("根据2008年5月1日起施行的《中华人民共和国政府信息公开条例》编制。", 2025, "修订前"),
    ("按照国办公开办函〔2021〕3号要求编制。", 2025, "30号"),
    ("依据《中华人民共和国政府信息公开条例》（2007年4月公布）编制。", 2025, "修订前"),
    ("根据《中华人民共和国政府信息公开条例》（国务院令第711条）编制。", 2025, "第711号"),
    ("根据国办公开办函〔2021〕30号编制。", 2020, "自2021年度起"),
    ("根据过半公开办函〔2021〕30号编制。", 2025, "“过半公开办函〔2021〕30号”，发文字号的代字不对"),
    ("按照国公开办函〔2016〕206号答复申请人。", 2025, "代字不对"),
    ("根据国办公开办函〔2019〕年60号编制。", 2025, "已不适用"),
    ("根据国办公开办函〔2019〕30号编制。", 2025, "年份不对"),
    ("根据《中华人民共和国政府信息公开条例》（国务院令第771号）编制。", 2025, "“国务院令第771号”"),
]


def test_the_law_and_the_form_are_each_told_of():
    words = "根据《政府信息公开条例》（国务院令第717号）和《年度报告格式（试行）》（国办公开办函〔2019〕60号）编制。"
    assert ["60号" in f.message.split("规则")[0] for f in basis(words)] == [True, False]


@pytest.mark.parametrize(("words", "year"), RIGHT_BASIS)
def test_a_basis_in_force_is_left_alone(words, year):
    assert basis(words, year) == []


@pytest.mark.parametrize(("words", "year", "told"), WRONG_BASIS)
def test_a_superseded_or_mixed_up_basis_is_hinted_at(words, year, told):
    (one,) = basis(words, year)
    assert one.severity is Severity.HINT
    assert told in one.message
