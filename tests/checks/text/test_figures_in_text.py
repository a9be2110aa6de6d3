"""Numbers, partitions and shares as texts write them."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

import reports
from nianbao.checks import CHECKS, check
from nianbao.checks.text import CHECKS as TEXT_CHECKS
from nianbao.checks.text import numerals, recognised_partitions
from nianbao.checks.text.quantities import clean, shape
from nianbao.form import Text, load_edition
from nianbao.report import Report


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("三十六", 36),
        ("十", 10),
        ("十二", 12),
        ("两百", 200),
        ("一百零八", 108),
        ("一百五", 150),
        ("一千零五", 1005),
        ("一千零五十", 1050),
        ("两万三千", 23000),
        ("一万零三", 10003),
        ("二〇二二", 2022),
        ("零", 0),
        ("十十", None),
        ("百", None),
        ("三五百", None),
        ("一二十", None),
        ("", None),
    ],
)
def test_chinese_numerals(text, number):
    assert numerals.chinese(text) == number


@given(st.integers(1, 99_999_999))
def test_every_number_is_read_back_from_its_numerals(number):
    assert numerals.chinese(_spelled(number)) == number


def _spelled(number: int) -> str:
    if number >= 10_000:
        high, low = divmod(number, 10_000)
        return _spelled(high) + "万" + (("零" if low < 1000 else "") + _spelled(low) if low else "")
    out, gap = "", False
    for scale, mark in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, scale)
        if digit:
            out += ("零" if gap and out else "") + "零一二三四五六七八九"[digit] + mark
        gap = digit == 0 and bool(out)
    return out


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("收到12件", [(12, "件", True)]),
        ("收到１２件", [(12, "件", True)]),
        ("发布1,234条", [(1234, "条", True)]),
        ("发布1,234,567条", [(1234567, "条", True)]),
        ("共5,其中3件", [(5, "", True), (3, "件", True)]),
        ("访问1.2万人次", [(12000, "人次", False)]),
        ("收费3.5万元", [(35000, "元", True)]),
        ("三十六件", [(36, "件", True)]),
        ("十余件、100多条、近20件", [(10, "件", False), (100, "条", False), (20, "件", False)]),
        ("3至5件、3-5件、三到五件", []),
        ("第五十条、第3次、〔2021〕30号、国令第711号", []),
        ("2022年1月1日、3月、上半年、二〇二二年", []),
        ("电话0597-4632003，邮编364306，建设路32号", []),
        ("“三安全一稳定”“双随机、一公开”、《2022年要点》", []),
        ("2020-2025年规划、十四五、5G、95后、20个工作日", []),
        ("1.的政策文件", []),
        ("同一件事、一次性告知、每一件", []),
    ],
)
def test_figures_are_told_from_what_only_looks_like_one(text, figures):
    tokens = [t for t in shape(clean(text)).tokens if t.kind == "#"]
    assert [(t.value, t.unit, t.exact) for t in tokens] == [(Decimal(v), u, e) for v, u, e in figures]


def test_spaces_of_a_pdf_are_no_obstacle():
    assert shape(clean("2024 年，发布 2428 条")).text == "@，发布#"


def about_the_tables(text: str, year: int | None = 2025, level: str = "town") -> list[str]:
    """The classes of N1's findings in a report whose tables hold zeros only."""
    report = reports.zero()
    body = {**report.body, "level": level, "name": "示例机关"}
    said = replace(report, year=year, body=body, texts={"overview": text})
    return [f.severity.value for f in reports.told(reports.reading(said), "N1")]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("收到政府信息公开申请6件。", ["error"]),
        ("收到政府信息公开申请增加6件。", []),
        ("拟收到政府信息公开申请6件。", []),
        ("计划收到政府信息公开申请6件。", []),
        ("收到政府信息公开申请6件，下一步改进办理。", ["error"]),
        ("去年收到政府信息公开申请6件。", []),
        ("去年办理及时，今年收到政府信息公开申请6件。", ["error"]),
        ("条例施行以来，收到政府信息公开申请6件。", []),
        ("今年以来，收到政府信息公开申请6件。", ["error"]),
        ("2025年以来，收到政府信息公开申请6件。", ["error"]),
        ("2024年，收到政府信息公开申请6件。", []),
        ("累计收到政府信息公开申请6件。", ["explain"]),
        ("收到政府信息公开申请6件，累计公开信息9条。", ["error"]),
    ],
)
def test_n1_leaves_figures_of_another_time_and_asks_about_cumulative_ones(text, found):
    assert about_the_tables(text) == found


def test_n1_reads_a_text_with_a_year_in_a_report_without_one():
    assert about_the_tables("2024年，收到政府信息公开申请6件。", year=None) == ["error"]


@pytest.mark.parametrize(
    ("text", "level", "found"),
    [
        ("全县收到政府信息公开申请6件。", "county", ["error"]),
        ("收到政府信息公开申请本级6件。", "county", ["explain"]),
        ("本机关汇总，全县收到政府信息公开申请6件。", "county", ["error"]),
        ("全县汇总，本机关收到政府信息公开申请6件。", "county", ["explain"]),
        ("全县收到政府信息公开申请6件。", "town", ["explain"]),
        ("本机关收到政府信息公开申请6件。", "town", ["error"]),
    ],
)
def test_n1_asks_where_a_figure_may_be_of_another_circle_than_the_tables(text, level, found):
    assert about_the_tables(text, level=level) == found


def partitions(text: str) -> list[tuple[str, bool, bool]]:
    report = Report("2021", 2024, {}, {}, {"overview": text})
    return [(str(p), p.closed, p.holds) for p in recognised_partitions(reports.reading(report))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("依申请公开14件（信件10、网络4）", [("14 = 10 + 4", True, True)]),
        ("发布162条，其中动态293条", [("162 ≠ 293", False, False)]),
        ("发布4条，其中甲、乙、丙各1条，其他1条", [("4 = 1 × 3 + 1", True, True)]),
        ("发布20条，其中甲5条、乙3条等", [("20 ≠ 5 + 3", False, True)]),
        ("发布50条，其中网站50条，公众号40条", [("50 ≠ 50 + 40", False, True)]),
        (
            "发布100条，其中甲60条（其中本级40条、转发20条），其他40条",
            [("100 = 60 + 40", True, True), ("60 = 40 + 20", False, True)],
        ),
        ("接待5名，办理9件", []),
    ],
)
def test_partitions(text, expected):
    assert partitions(text) == expected


WORDS = st.lists(
    st.sampled_from(
        [
            *"#@~%，。；：（）、“”《》〔〕()0123456789.,-至一二十百千万零年月日件条篇元各等\n ",
            *("其中", "收到", "申请", "办结", "复议", "分别为", "占", "2024", "结转", "未", "均", "维持"),
            *("信息处理费", "规范性文件", "统计期限"),
        ]
    ),
    max_size=60,
)


@given(WORDS.map("".join))
def test_no_text_is_too_strange_to_be_read(text):
    report = Report("2021", 2024, {"name": "示例县人民政府"}, reports.zero().values, {"overview": text})
    reading = reports.reading(report)
    names = {f.__name__ for f in TEXT_CHECKS}
    for rule in reading.edition.rules:
        if rule.check in names:
            CHECKS[rule.check](rule, reading)


@pytest.mark.parametrize(
    ("written", "rule"),
    [
        ("本年收到政府信息公开申请7件。", "N1"),
        ("政策文件28条，占全年发布信息154条的28.2%。", "N3"),
        ("均未收到申请，共5条，其中6条。", "N2"),
    ],
)
def test_a_text_that_only_this_edition_has_is_read_too(written, rule):
    edition = load_edition("2021")
    own = replace(edition, texts=(*edition.texts, Text("supervision", "监督情况", "问题与其他", 8, "可不填。")))
    report = replace(reports.zero(), texts={**reports.TEXTS, "supervision": written})
    assert [f.rule for f in check(reports.reading(report, own)) if f.rule == rule] == [rule]
    assert [f.rule for f in check(reports.reading(report)) if f.rule == rule] == []
