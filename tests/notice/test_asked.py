"""D1 speaks only where a number is surely missing; a notice changes nothing else and costs next to nothing."""

import time
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

import reports
from nianbao import reasons
from nianbao.checks import check
from nianbao.form import load_edition
from nianbao.notice import Ask, Notice
from nianbao.pipeline import read_notice

EDITION = load_edition("2021")
NOTICES = Path(__file__).parents[1] / "cases" / "notices"


def notice(*words, **asks):
    ask = Ask("overview", "解读数", words or ("解读",), "explain")
    return Notice("通知", "示〔2025〕1号", "示例县政府办", date(2025, 12, 20), 2025, **{"numbers": (ask,), **asks})


def found(overview, asked, rule="D", **texts):
    report = reports.zero("2021", 2025)
    report = replace(report, texts={**report.texts, "overview": overview, **texts})
    reading = replace(reports.reading(report), notice=asked)
    return reports.told(reading, *(r.id for r in EDITION.rules if r.id.startswith(rule)))


def test_of_a_text_that_is_not_written_nothing_is_asked():
    report = replace(reports.zero("2021", 2025), texts={})
    asked = notice(phrases=(Ask("overview", "解读", ("解读",), "explain"),))
    assert reports.told(replace(reports.reading(report), notice=asked), "D1", "D2", "D3", "D5") == []


@pytest.mark.parametrize(
    ("words", "quoted"),
    [("甲，乙。加强政策解读，丙。乙方面。", "“加强政策解读，丙”"), ("加强，政策解读；乙方面；", "“加强，政策解读”"),
     ("甲方面。加强政策解读。乙方面。丙。", "“加强政策解读。乙方面”"),
     ("加强政策解读" + "甲" * 24 + "。乙方面。", "“加强政策解读" + "甲" * 24 + "。乙方面”"),
     ("加强政策解读" + "甲" * 25 + "。乙方面。", "“加强政策解读" + "甲" * 25 + "”"),
     ("（三）加强政策解读\n乙方面的工作，丙。\n丁", "“（三）加强政策解读 乙方面的工作，丙”"),
     ("（三）加强政策解读", "“（三）加强政策解读”"), ("三、解读，发布,编制", "“三、解读，发布，编制”"),
     ("甲" * 250 + "解读" + "乙" * 250 + "。", f"“{'甲' * 24}……{'乙' * 9}”")],
)  # fmt: skip
def test_the_sentence_around_the_word_is_quoted(words, quoted):
    (one,) = found(words, notice(), rule="D1")
    assert one.what == f"写到了“解读”，没有写出“解读数”的数字：{quoted}"


@pytest.mark.parametrize(("words", "paragraph"), [("解读", 1), ("甲。\n乙。\n解读", 3), ("甲\n\n解读\n丙", 3)])
def test_what_is_missing_stands_in_the_paragraph_of_the_word(words, paragraph):
    (one,) = found(words, notice(), rule="D1")
    assert one.where == f"总体情况 第{paragraph}段"


@pytest.mark.parametrize(
    ("words", "listed"),
    [(("甲甲",), "“甲甲”字样"), (("甲甲", "乙乙", "丙丙", "丁丁"), "“甲甲”、“乙乙”、“丙丙”、“丁丁”字样"),
     (("甲甲", "乙乙", "丙丙", "丁丁", "戊戊"), "“甲甲”、“乙乙”、“丙丙”、“丁丁”等5种字样")],
)  # fmt: skip
def test_the_words_looked_for_are_named_up_to_four(words, listed):
    (one,) = found("空话。", notice(*words), rule="D1")
    assert one.what == f"没有看到“解读数”的数字，全文没有写到{listed}"
    assert one.evidence == ("解读数", *words)


@pytest.mark.parametrize(
    "text",
    [
        "全年发布政策解读12篇。",
        "全年发布政策解读十二篇。",
        "政策解读方面，共发布１２篇。",
        "全年发布12篇，其中政策解读若干。",
        "政策解读率达百分之百。",
        "本年度未开展政策解读。",
        "没有政策解读。",
        "政策解读为零。",
        "（三）政策解读\n全年12篇。",
        "（三）政策解读情况。全年12篇。",
        "政策 解 读12篇。",
        "加强政策解读。全年发布政策解读12篇。",
        "解读。" * 41,
    ],
)
def test_a_number_that_may_be_there_is_let_be(text):
    assert found(text, notice()) == []


@pytest.mark.parametrize(
    "text",
    [
        "加强政策解读。",
        "加强政策解读，统一部署，进一步做好工作。",
        "2025年加强政策解读。",
        "2025年3月15日起，按照第三次会议精神加强政策解读。",
        "（三）加强政策解读。",
        "一是加强政策解读。",
        "未来加强政策解读。",
        "加强政策解读和无障碍服务。",
        "工作中未出现差错，加强政策解读。",
        "落实《2025年政务公开要点》（国办发〔2025〕8号），加强政策解读。",
        "全年发布信息12条。加强政策解读。",
        "网上没有写到。",
    ],
)
def test_a_number_that_is_surely_not_there_is_missing(text):
    assert [f.rule for f in found(text, notice())] == ["D1"]


def test_the_finding_cites_the_notice():
    [one] = found("加强政策解读。", notice())
    assert one.problem == "总体情况 第1段：写到了“解读”，没有写出“解读数”的数字：“加强政策解读”。"
    assert one.why == "规则 D1：当地通知要求写明的数字，在指定的部分写明（示例县政府办《通知》（示〔2025〕1号））"
    assert one.how == "补写这个数字；没有发生的，写明没有"


def test_a_written_reason_settles_it():
    [one] = found("加强政策解读。", notice())
    report = reports.zero("2021", 2025)
    written = [reports_reason(one, report)]
    assert reasons.apply([one], report, written)[0].explanation == "解读由县政府办统一发布"


def reports_reason(one, report):
    from nianbao.report import Reason  # noqa: PLC0415

    return Reason(reasons.fingerprint(one, report), "解读由县政府办统一发布")


def test_no_notice_ever_forbids_a_report():
    for path in NOTICES.glob("*.toml"):
        assert not any(f.forbids for f in found("空话。", read_notice(path), problems="空话。", other_matters="空话。"))


def test_the_sentence_on_the_fee_that_the_program_adds_counts():
    asked = notice(phrases=(Ask("other_matters", "信息处理费", ("信息处理费",), "explain"),), numbers=())
    assert found("甲。", asked, other_matters="没有其他事项。") == []
    report = reports.zero("2021", 2025)
    values = {k: v for k, v in report.values.items() if not k.startswith("fee.")}
    texts = {**report.texts, "other_matters": "没有其他事项。"}
    reading = replace(reports.reading(replace(report, values=values, texts=texts)), notice=asked)
    assert "D2" in {f.rule for f in check(reading)}


def test_what_is_asked_of_a_part_the_form_has_not_is_told():
    asked = notice(numbers=(Ask("category_report", "甲", ("乙乙",), "explain"),))
    [one] = found("甲。", asked)
    assert (one.rule, one.severity.value) == ("D5", "hint")
    assert "所用格式没有“category_report”，通知对它的要求没有核对" in one.message


def test_the_largest_notice_on_the_longest_text_is_judged_in_a_moment():
    text = "解读、" * 16_000
    words = [tuple(text[n : n + 2 + k] for k in range(50)) for n in range(3)]
    asks = tuple(Ask("overview", f"解读数{n}", words[n % 3], "hint") for n in range(100))
    rules = tuple(r for r in EDITION.rules if r.scope == "notice")
    report = replace(reports.zero("2021", 2025), texts={"overview": text})
    reading = replace(reports.reading(report), edition=replace(EDITION, rules=rules), notice=notice(numbers=asks))
    start = time.process_time()
    assert check(reading) == []
    assert time.process_time() - start < 3
