"""What a published report says of itself: title, contact, date under it. Never guessed."""

import pytest

from nianbao.published import body_facts, titles
from nianbao.published.model import Paragraph


def lines(*texts):
    return [Paragraph(t, f"第{i}段") for i, t in enumerate(texts, 1)]


@pytest.mark.parametrize(
    ("written", "read"),
    [("2026年1月12日", "2026-1-12"), ("２０２６年１月１２日", "2026-1-12"), ("2026 年 1 月 12 日", "2026-1-12"),
     ("二〇二六年一月十二日", "2026-1-12"), ("二○二六年十月二十日", "2026-10-20"),
     ("二零二六年十二月三十一日", "2026-12-31"),
     ("二〇二六年一月十日", "2026-1-10"), ("2026年十二月9日", "2026-12-9")],
)  # fmt: skip
def test_the_date_under_a_report_is_read_in_digits_and_in_characters(written, read):
    assert body_facts.signature(lines("无其他需要报告的事项。", written), "甲镇") == (read, 1)


@pytest.mark.parametrize(
    "written", ["", "2026年1月", "2026年1月12日印发", "2026年一二月3日", "2026年1月十十日", "2026年十1月1日",
                "2026年13月1日", "2026年2月30日", "二〇二六年四十月一日"],
)  # fmt: skip
def test_what_is_no_day_of_the_calendar_is_no_date_and_stays_in_the_text(written):
    assert body_facts.signature(lines("无其他需要报告的事项。", written), "甲镇") == ("", 0)
    assert body_facts.signature([], "甲镇") == ("", 0)


def test_a_date_alone_is_a_signature_of_one_line():
    assert body_facts.signature(lines("2026年1月12日"), "甲镇") == ("2026-1-12", 1)


@pytest.mark.parametrize(
    ("above", "count"),
    [("永平镇人民政府", 2), ("武平县教育局", 2), ("永 平 镇 人 民 政 府", 2), ("甲公司", 1),
     ("没有其他需要报告的事项。", 1)],
)  # fmt: skip
def test_the_body_over_the_date_belongs_to_the_signature(above, count):
    assert body_facts.signature(lines("正文。", above, "2026年1月12日"), "永平镇人民政府") == ("2026-1-12", count)
    assert body_facts.signature(lines("甲", "2026年1月12日"), "甲")[1] == 2
    assert body_facts.signature(lines("2026年1月12日"), "甲") == ("2026-1-12", 1)


@pytest.mark.parametrize(
    ("lead", "name", "year", "taken"),
    [(["永平镇人民政府2025年政府信息公开工作年度报告"], "永平镇人民政府", 2025, {0}),
     (["永平镇人民政府", "2025年政府信息公开工作年度报告"], "永平镇人民政府", 2025, {0, 1}),
     (["永平镇人民政府2025年政府信息", "公开工作年度报告"], "永平镇人民政府", 2025, {0, 1}),
     (["关于永平镇二〇二五年度政府信息公开工作年报"], "永平镇", 2025, {0}),
     (["《永平镇2025年度政府信息公开年度报告》"], "永平镇", 2025, {0}),
     (["2025年永平镇政府信息公开工作年度报告"], "永平镇", 2025, {0}),
     (["索引号：1", "2025年政府信息公开工作年度报告"], "", 2025, {1}),
     (["永平镇 2025 年政府信息公开工作 年度报告"], "永平镇", 2025, {0}),
     (["永 平 镇", "2025年政府信息公开工作年度报告"], "永平镇", 2025, {0, 1}),
     (["永平AB（c）镇", "2025年政府信息公开工作年度报告"], "永平AB（c）镇", 2025, {0, 1}),
     (["《永平镇》的2025年政府信息公开工作年度报告"], "永平镇", 2025, {0}),
     (["甲" * 50 + "2025年政府信息", "公开工作年度报告"], "甲" * 50, 2025, {0, 1}),
     (["2025年政府信息", "公开工作年度报告" + "一" * 31], "", 2025, {0, 1}),
     (["甲" * 73 + "2025年政府信息公开工作年度报告"], "甲" * 73, 2025, {0}),
     (["甲镇", "关于", "2025年政府信息公开工作年度报告"], "甲镇", 2025, {0, 1, 2}),
     (["甲镇", "关于", "关于", "2025年政府信息公开工作年度报告"], "", 2025, {1, 2, 3}),
     (["甲镇", "乙镇人民政府", "2025年政府信息公开工作年度报告"], "乙镇人民政府", 2025, {1, 2})],
)  # fmt: skip
def test_a_title_is_found_with_its_body_and_year_over_one_line_or_two(lead, name, year, taken):
    found = titles.title(lines(*lead), [])
    assert (found.name, found.year, set(found.lines)) == (name, year, taken)


def test_a_title_is_looked_for_among_the_files_own_names_last():
    names = ["首页", "永平镇2025年政府信息公开工作年度报告_武平县人民政府"]
    found = titles.title(lines("欢迎"), names)
    assert (found.name, found.year, found.lines, found.place) == ("永平镇", 2025, frozenset(), "")
    joined = titles.title(lines("引言。", "甲镇2024年政府信息", "公开工作年度报告"), names)
    assert (joined.name, joined.place) == ("甲镇", "第2段")
    own = titles.title(lines("甲镇2024年政府信息公开工作年度报告"), names)
    assert (own.name, own.year, own.place) == ("甲镇", 2024, "第1段")


@pytest.mark.parametrize(
    "text",
    ["根据条例编制2025年政府信息公开工作年度报告", "本年报由甲镇编制。2025年政府信息公开工作年度报告",
     "甲镇政府信息公开工作年度报告", "甲镇2025年政府工作报告", "甲镇2025年政府信息公开工作年度报告由甲镇编制",
     "甲镇2025年政府信息公开工作年度报告" + "长" * 90, "甲" * 74 + "2025年政府信息公开工作年度报告"],
)  # fmt: skip
def test_a_sentence_that_speaks_of_a_report_is_no_title(text):
    assert titles.title(lines(text), []) is None


@pytest.mark.parametrize(
    ("above", "name"),
    [
        (("武平县资源局（县林业局、", "县登记办）"), "武平县资源局（县林业局、县登记办）"),
        (("武平县市场监督管理局（知识", "产权局）"), "武平县市场监督管理局（知识产权局）"),
        (("欢迎", "武平县市场监督管理局（知识产权局）"), "武平县市场监督管理局（知识产权局）"),
        (("欢迎光临。", "知识产权局）"), "知识产权局）"),
    ],
)  # fmt: skip
def test_a_name_whose_bracket_begins_on_a_line_above_is_read_whole(above, name):
    found = titles.title(lines(*above, "2025年政府信息公开工作年度报告"), [])
    assert found.name == name


def test_long_lines_are_not_joined_to_a_title():
    assert titles.title(lines("甲" * 51 + "2025年政府信息", "公开工作年度报告"), []) is None
    assert titles.title(lines("2025年政府信息", "公开工作年度报告" + "一" * 32), []) is None


@pytest.mark.parametrize(("length", "name"), [(287, "甲" * 287), (288, None)])
def test_a_title_as_an_edition_words_it_is_no_longer_than_a_title_may_be(length, name):
    form = ("{单位名称}", "{年度}年信息公开情况年报")
    found = titles.title(lines("甲" * length + "2025年信息公开情况年报"), [], form)
    assert (found and found.name) == name


def test_contact_facts_are_taken_at_their_labels_up_to_the_next():
    text = (
        "如有疑问，请与永平镇党政办公室联系（地址：人民路32号，邮编：364306，电话：0597-4632003，电子邮箱：a@b.cn）。"
    )
    found, only = body_facts.contact(lines("本报告根据条例编制。", text))
    assert found == {
        "office": "永平镇党政办公室", "address": "人民路32号", "postcode": "364306", "phone": "0597-4632003",
        "email": "a@b.cn",
    }  # fmt: skip
    assert only == frozenset()


def test_lines_that_only_tell_the_contact_are_named_and_the_first_value_counts():
    told = lines(
        "联系地址：人民路32号",
        "邮编：36430",
        "邮政编码：364306",
        "电话：见网站",
        "办公电话：4632003",
        "邮编：000000",
        "传真：1",
    )
    found, only = body_facts.contact(told)
    assert found == {"address": "人民路32号", "postcode": "364306", "phone": "4632003"}
    assert only == frozenset(range(7))


def test_where_the_report_can_be_had_is_read():
    found, _ = body_facts.contact(
        lines("本报告电子版可从武平县人民政府网站（www.example.gov.cn）下载。可向本镇办公室反映。")
    )
    assert found == {"website": "武平县人民政府网站（www.example.gov.cn）"}
    assert body_facts.contact(lines("请直接向永平镇办公室咨询。"))[0] == {"office": "永平镇办公室"}
    assert body_facts.contact(lines("可直接与永平镇办公室联系。"))[0] == {"office": "永平镇办公室"}


def test_contact_facts_are_taken_bare_and_not_from_a_paragraph_as_long_as_a_book():
    told = ["电话：1234567" + "长" * 2_991, "E-MAIL：a@b.cn", "地址：人民路 32号X\u3000。"]
    assert body_facts.contact(lines(*told))[0] == {"email": "a@b.cn", "address": "人民路 32号X"}
    assert body_facts.contact(lines("电话：1234567，" + "长" * 2_989))[0] == {"phone": "1234567"}
    assert body_facts.contact(lines("电话：1234567，" + "长" * 2_990))[0] == {}


@pytest.mark.parametrize(
    ("name", "lead", "full"),
    [("永平镇", "本报告由永平镇人民政府编制", "永平镇人民政府"), ("平川", "平川街道办事处负责", "平川街道办事处"),
     ("平川街道", "平川街道办事处负责", "平川街道办事处"), ("甲委", "甲委委员会负责", "甲委委员会"),
     ("永平镇", "本报告由本镇编制", "永平镇"), ("永平镇人民政府", "永平镇人民政府人民政府", "永平镇人民政府"),
     ("", "人民政府", "")],
)  # fmt: skip
def test_a_shortened_name_is_completed_from_the_introduction_only(name, lead, full):
    assert body_facts.full_name(name, lines(lead)) == full


def test_a_name_in_several_lines_over_the_date_belongs_to_the_signature():
    above = lines("正文。", "　　武平县自然资源局（武平县林业局、", "　　武平县不动产登记中心）", "2026年1月12日")
    assert body_facts.signature(above, "武平县自然资源局（武平县林业局、武平县不动产登记中心）") == ("2026-1-12", 3)
    assert body_facts.signature(above, "武平县林业局") == ("2026-1-12", 1)
