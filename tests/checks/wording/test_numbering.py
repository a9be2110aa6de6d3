"""S6: numbering that breaks off and paragraphs that begin in the middle are found; references and new lists are not."""

from dataclasses import replace

import pytest

import reports
from nianbao.checks.wording.numbering import _value, marks, numbering_is_continuous
from nianbao.checks.wording.text_lines import TypedParagraph
from nianbao.findings import Severity
from nianbao.form import load_edition

RULE = load_edition("2021").rule["S6"]


def found(words):
    return numbering_is_continuous(RULE, reports.reading(replace(reports.zero(), texts={"overview": words})))


BROKEN = [
    "（一）甲\n（二）乙\n（四）丙",
    "（一）甲\n（二）乙\n（二）丙",
    "（一）甲\n（三）丙\n（二）乙",
    "1.甲\n3.丙",
    "1、甲\n2、乙\n4、丁",
    "一是甲，三是丙。",
    "一是甲；二是乙；四是丁。",
    "一是甲。\n三是丙。",
    "（1）甲\n（3）丙",
    "①甲；③丙。",
    "（二）乙\n（三）丙",
    "2.乙\n3.丙",
    "（一）甲\n1.子\n2.丑\n4.卯\n（二）乙",
    "1.甲。\n2.乙。\n1.丙。",
    "（一）甲\n（二）乙\n（一）丙",
    "主要做法：1.甲；2.乙；4.丁。",
    "1.的政策文件解读不及时。",
    "的政策文件解读不及时。",
    "，加强培训。",
    "。下一步加强培训。",
    "（一）、加强培训。",
    "2025年工作如下：\n1.甲\n2.",
    "一是的栏目更新不及时。",
    "采取以下措施：我局将加强培训；二是严格审核，三是丰富解读。",
    "1、2025年，收到申请2件。\n3、发布信息30条。",
]

SOUND = [
    "1、2025年，收到申请2件。\n2、对申请的办理：办结2件。",
    "1.2025年度发布信息30条。\n2.解读政策2篇。",
    "在2024、2025年分别发布信息30条、40条。",
    "（一）甲\n（二）乙\n（三）丙",
    "1.甲\n2.乙\n3.丙",
    "1.甲\n内容甲。\n2.乙\n内容乙。",
    "（一）甲\n1.子\n2.丑\n（二）乙\n1.寅\n2.卯",
    "1.甲\n（一）子\n（二）丑\n2.乙\n（一）寅",
    "（一）甲。一是子，二是丑。\n（二）乙。一是寅，二是卯，三是辰。",
    "存在的问题：\n1.甲\n2.乙\n改进措施：\n1.丙\n2.丁",
    "1.甲不够及时\n2.乙不够及时\n下一步，做好以下工作\n1.丙\n2.丁",
    "一是甲，二是乙。下一步：一是丙，二是丁，三是戊。",
    "首先是甲，二是乙，三是丙。",
    "一方面是甲，二是乙。",
    "首先要抓培训，二是抓审核，三是抓解读。",
    "第一，抓培训；二是抓审核；三是抓解读。",
    "根据《条例》第二十条第（一）项、第（五）项、第（八）项公开。",
    "执行第十条第（三）项的规定。",
    "发布《实施细则（二）》。\n（一）甲\n（二）乙",
    "3月5日开展培训。",
    "12.4宪法宣传日开展宣传。",
    "1.5万元以上的项目全部公开。",
    "2025.3.1起施行。",
    "5、6月开展自查。",
    "统一是基础，唯一是目标，三是口诀。",
    "的确，公开还不够及时。",
    "包括（1）甲（2）乙（3）丙。",
    "（一）甲\n（二）乙\n（三）丙\n（四）丁\n（五）戊\n（六）己\n（七）庚\n（八）辛\n（九）壬\n（十）癸\n（十一）子",
    "①甲；②乙；③丙。",
    "“一网通办”平台运行正常。",
    "《条例》施行以来，全部公开。",
    "（一）甲\n（二）乙：（1）子；（2）丑。\n（三）丙",
]


@pytest.mark.parametrize("words", BROKEN)
def test_a_break_is_a_hint(words):
    (one,) = found(words)
    assert one.severity is Severity.HINT


@pytest.mark.parametrize("words", SOUND)
def test_sound_numbering_is_left_alone(words):
    assert found(words) == []


def test_the_message_names_both_numbers_and_the_paragraph():
    (one,) = found("（一）甲\n（二）乙\n（四）丙")
    assert "总体情况 第3段：编号或段首有误：“（二）”之后是“（四）”" in one.message


@pytest.mark.parametrize("words", ["条例第（二）点", "网站升级到版本2.甲", "专人十二是新来的"])
def test_references_and_parts_of_words_are_no_numbers(words):
    assert list(marks(TypedParagraph(words, 0, words))) == []


@pytest.mark.parametrize(
    ("numeral", "value"), [("①", 1), ("⑩", 10), ("⑳", 20), ("7", 7), ("12", 12), ("一", 1), ("十二", 12)]
)
def test_a_number_has_its_value(numeral, value):
    assert _value(numeral) == value
