"""What 基本信息 says (F5-F9): honest facts of all kinds stay silent, mistakes are told at their cell."""

import tomllib
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

import reports
from nianbao.checks import check, judge
from nianbao.checks.facts.report_date import year_meant
from nianbao.form import load_edition

EDITION = load_edition("2021")
OURS = ("F1", "F5", "F6", "F7", "F8", "F9")


def told(year=2025, today=None, introduction="", **body):
    report = reports.zero(year=2025)
    texts = {**report.texts, **({"introduction": introduction} if introduction else {})}
    report = replace(report, year=year, body={k: v for k, v in {**report.body, **body}.items() if v}, texts=texts)
    return reports.told(reports.reading(report, today=today), *OURS)


CASES = tomllib.loads((Path(__file__).parents[1] / "cases" / "facts.toml").read_text(encoding="utf-8"))
HONEST, WRONG = CASES["honest"], CASES["wrong"]


@pytest.mark.parametrize(("fact", "value"), [(k, v) for k, vs in HONEST.items() for v in vs])
def test_an_honest_fact_stays_silent(fact, value):
    assert told(**{fact: value}) == []


@pytest.mark.parametrize(("fact", "value"), [(k, v) for k, vs in WRONG.items() for v in vs])
def test_a_mistake_is_told_once_at_its_cell(fact, value):
    (only,) = told(**{fact: value})
    assert only.cells[0] == fact


def test_only_a_date_that_is_none_forbids_the_report():
    severities = {(k, v): told(**{k: v})[0].severity.value for k, vs in WRONG.items() for v in vs}
    assert {v for (_, v), s in severities.items() if s == "error"} == {"2026-13-40", "2026年2月30日", "明年", "26年1月"}
    assert {s for (k, _), s in severities.items() if k == "name"} == {"explain"}
    assert {s for (k, _), s in severities.items() if k == "county"} == {"hint"}


def test_a_date_far_ahead_of_today_is_asked_about_where_the_day_is_known():
    ahead = {"year": 2035, "signed_on": "2036年1月12日"}
    assert told(**ahead) == []
    (only,) = told(today=date(2026, 11, 29), **ahead)
    assert (only.rule, only.severity.value) == ("F5", "explain")
    assert told(today=date(2025, 12, 20), signed_on="2026年1月12日") == []


@pytest.mark.parametrize(
    ("year", "texts", "rules", "cell"),
    [
        (2024, "2025年全年召开部署会两次。", ["F5"], "year"),
        (2026, "2025年全年召开部署会两次，2025年底前完成清理。", ["F5"], "year"),
        (2024, "2024年全年召开部署会两次。", ["F5"], "signed_on"),
        (2024, "召开部署会两次。", ["F5"], "signed_on"),
        (2024, "2025年全年召开部署会两次。2024年全年完成清理一次。", ["F5", "N7"], "signed_on"),
        (2025, "2024年全年召开部署会两次。", ["N7"], "overview"),
    ],
)
def test_a_year_against_the_date_and_the_texts_is_told_once_at_the_year(year, texts, rules, cell):
    report = reports.zero(year=2025)
    report = replace(report, year=year, body={**report.body, "signed_on": "2026年1月12日"}, texts={"overview": texts})
    found = judge(reports.reading(report))
    listed = [f for f in found.findings if f.rule in ("F5", "N7")]
    assert [f.rule for f in listed] == rules
    assert (listed[0].cells or ("overview",))[0] == cell
    aside = {v.rule: v.why for v in found.verdicts if v.why == "年度与成文日期、正文不一致"}
    assert set(aside) == ({"N7"} if cell == "year" else set())


def test_a_year_outside_the_form_s_is_told_by_f2_alone():
    report = reports.zero("2019", year=2020)
    body = {**report.body, "signed_on": "2021年1月12日"}
    report = replace(report, year=2021, body=body, texts={"overview": "2020年全年召开部署会两次。"})
    assert [f.rule for f in check(reports.reading(report)) if f.rule in ("F2", "F5", "N7")] == ["F2"]


@pytest.mark.parametrize("year", [25, 2205, 202, 1925])
def test_a_year_that_can_be_none_forbids_the_report(year):
    (only,) = told(year=year)
    assert (only.rule, only.severity.value, only.cells) == ("F1", "error", ("year",))


def test_no_contact_at_all_is_hinted_at_unless_the_introduction_was_written_by_hand():
    (only,) = told(office="")
    assert (only.rule, only.severity.value) == ("F9", "hint")
    assert told(office="", introduction="如有疑问，请与本机关联系，电话0597-4632003。") == []


def test_what_a_body_of_a_higher_level_calls_its_county_is_its_own():
    assert told(level="higher", county="福建省") == []


def test_a_fact_that_says_there_is_none_is_hinted_at_and_a_wrong_one_asked_about():
    for fact in ("website", "phone", "postcode", "email"):
        (none,) = told(**{fact: "无"})
        assert (none.rule, none.severity.value, none.cells) == ("F8", "hint", (fact,))
        assert "写的是“无”，会照样印在报告里" in none.message
        (wrong,) = told(**{fact: "gov.cn@，"})
        assert (wrong.rule, wrong.severity.value, wrong.cells) == ("F8", "explain", (fact,))
        assert told(**{fact: "  "}) == []


@pytest.mark.parametrize(
    ("typed", "year", "words", "meant"),
    [("2026年1月12日", 2024, "2025年召开会议。", 2025), ("2026年1月12日", 2025, "2025年召开会议。", None),
     ("2026年1月12日", 2024, "2025年召开会议，2024年完成。", None),
     ("2026年1月12日", 2024, "2025年召开会议，2024年完成，2025年归档。", 2025),
     ("2026年1月12日", None, "2025年召开会议。", None), ("明年", 2024, "2025年召开会议。", None),
     ("", 2024, "2025年召开会议。", None)],
)  # fmt: skip
def test_date_and_texts_mean_another_year_only_where_both_say_so_more_often(typed, year, words, meant):
    report = replace(reports.zero(), year=year, body={"signed_on": typed} if typed else {}, texts={"overview": words})
    assert year_meant(reports.reading(report)) == meant


WELL_NAMED = "改填与公章一致的全称，例如“永平镇人民政府”；当地规定用规范化简称的，写明原因"
BARE = "没有的就空着，报告里不印这一项"


@pytest.mark.parametrize(
    ("fact", "value", "what", "how"),
    [("name", "青石镇", "单位名称写的是“青石镇”，是地名，不是机关的名称", WELL_NAMED),
     ("name", "青石镇政府", "单位名称写的是“青石镇政府”，是简称", WELL_NAMED),
     ("name", "青石镇年报", "单位名称写的是“青石镇年报”，带有年度或报告的题目，印出来标题会重复", WELL_NAMED),
     ("name", "××镇人民政府", "单位名称写的是“××镇人民政府”，里面还有空白没有填写", WELL_NAMED),
     ("county", "武平县青石镇", "所属县写的是“武平县青石镇”，写到了乡镇、街道", ""),
     ("county", "福建省龙岩市武平县", "所属县写的是“福建省龙岩市武平县”，连省、市一起写了", ""),
     ("website", "http:/www.wp.gov.cn", "写的是“http:/www.wp.gov.cn”，不是能打开的网址",
      "从浏览器的地址栏复制网址，例如 http://www.wp.gov.cn"),
     ("website", "a@163.com", "写的是“a@163.com”，是邮箱，不是网址", "改填网站名称和网址"),
     ("website", "无", "写的是“无”，会照样印在报告里", BARE),
     ("postcode", "36430", "写的是“36430”，不是六位数字", "补足六位；前面的0丢了的，补上0（可先在前面加一个单引号）"),
     ("postcode", "3643000", "写的是“3643000”，不是六位数字", "改填六位邮政编码"),
     ("phone", "0597-4632003、13812345678", "写的是“0597-4632003、13812345678”，是手机号码",
      "改填对外公开的办公电话；是办公用的手机、可以公布的，写明原因"),
     ("phone", "5974632003", "写的是“5974632003”，区号前面可能丢了0", "补上区号前面的0，例如 0597-4632003"),
     ("phone", "05974632003059746320", "写的是“05974632003059746320”，位数太多", "几个号码之间用顿号隔开"),
     ("phone", "463", "写的是“463”，不是完整的电话号码", ""),
     ("email", "qsz@163", "写的是“qsz@163”，不是完整的邮箱地址",
      "改填对外公开的办公邮箱，例如 yongping@163.com；没有的就空着"),
     ("email", "长" * 70, f"写的是“{'长' * 60}”，不是完整的邮箱地址",
      "改填对外公开的办公邮箱，例如 yongping@163.com；没有的就空着"),
     ("signed_on", "2029年1月12日", "成文日期是2029年1月12日，而年度是 2025，晚了 3 年", ""),
     ("signed_on", "2024-1-12", "成文日期是2024年1月12日，而年度是 2025，统计期限还没有结束", ""),
     ("signed_on", "二" * 40, f"“{'二' * 30}”不是日历上的日期，不能印在落款", "改填日期，例如 2026-1-12")],
)  # fmt: skip
def test_a_wrong_fact_is_told_with_its_words_and_its_cure(fact, value, what, how):
    (only,) = told(**{fact: value})
    assert only.what == what
    assert only.how == (how or EDITION.rule[only.rule].mend.rstrip("。"))
    stays = only.severity.value == "explain"  # what may stay with a written reason rests on what is typed
    assert (only.evidence[:1] == (value,)) is stays


def test_a_date_far_ahead_rests_on_what_is_typed():
    (only,) = told(today=date(2026, 11, 29), year=2035, signed_on="2036年1月12日")
    assert (only.what, only.evidence) == ("成文日期是2036年1月12日，比今天晚一年以上", ("2036年1月12日",))


@pytest.mark.parametrize(("year", "whole"), [(2024, 2025), (2026, 2025)])
def test_a_year_the_texts_contradict_is_told_with_both(year, whole):
    words = f"{whole}年召开会议，{whole}年完成清理，{whole}年归档。"
    (only,) = told(year=year, signed_on="2026年1月12日", introduction=words)
    assert only.what == f"年度是 {year}，而成文日期是2026年1月12日，正文写的也是{whole}年"
    assert only.how == f"年度填错的，改为 {whole}；没有错的，改正成文日期和正文"
    assert only.evidence == ("2026年1月12日", str(year))
