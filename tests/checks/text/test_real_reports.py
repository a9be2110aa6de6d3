"""What the rules say of real reports; the sentences are rewritten, the figures are the published ones."""

from dataclasses import replace
from decimal import Decimal

import reports
from nianbao.checks import CHECKS
from nianbao.checks.text import CHECKS as TEXT_CHECKS
from nianbao.checks.text import comparisons, recognised_partitions
from nianbao.demo import sample
from nianbao.findings import Finding
from nianbao.report import Reading, Report

# 上海市人民政府办公厅 2019, as published: blanks stand for nothing known, and most totals are blank.
SHANGHAI = {
    "requests.received.natural_person": 821,
    "requests.received.business": 35,
    "requests.received.legal_service": 2,
    "requests.received.other": 1,
    "requests.received.total": 859,
    "requests.pending_start.total": 18,
    "requests.full_grant.natural_person": 258,
    "requests.full_grant.business": 12,
    "requests.full_grant.legal_service": 1,
    "requests.full_grant.other": 1,
    "requests.partial_grant.natural_person": 3,
    "requests.unavailable.not_held.natural_person": 252,
    "requests.unavailable.not_held.business": 12,
    "requests.unavailable.not_held.legal_service": 1,
    "requests.unavailable.needs_creation.natural_person": 44,
    "requests.unavailable.needs_creation.business": 3,
    "requests.unavailable.unclear.natural_person": 25,
    "requests.total.total": 805,
    "requests.pending_end.total": 72,
    "review.reconsideration.upheld": 5,
    "review.reconsideration.pending": 2,
    "review.reconsideration.total": 7,
    "review.direct_litigation.upheld": 8,
    "review.direct_litigation.pending": 1,
    "review.direct_litigation.total": 9,
}

# 淮安市洪泽区 2024, the figures that its text speaks of.
HONGZE = {
    "requests.received.natural_person": 95,
    "requests.full_grant.natural_person": 50,
    "requests.partial_grant.natural_person": 9,
    "requests.denied.security_stability.natural_person": 1,
    "requests.denied.process_information.natural_person": 1,
    "requests.denied.enforcement_file.natural_person": 1,
    "requests.unavailable.not_held.natural_person": 31,
    "requests.unavailable.needs_creation.natural_person": 1,
    "requests.not_processed.petition.natural_person": 1,
    "proactive.normative_documents.issued": 3,
    "proactive.normative_documents.in_force": 8,
    "proactive.licences.decisions": 9487,
    "proactive.penalties.decisions": 2776,
    "proactive.coercions.decisions": 84,
    "proactive.charges.amount": Decimal(7545),
    "review.reconsideration.upheld": 1,
    "review.reconsideration.corrected": 1,
    "review.direct_litigation.upheld": 1,
    "review.post_reconsideration_litigation.upheld": 2,
    "review.post_reconsideration_litigation.other": 1,
    "fee.processing_fee.amount_received": Decimal(0),
}
HONGZE_TEXTS = {
    "introduction": "本报告由示例区人民政府办公室依照《中华人民共和国政府信息公开条例》（国令第711号）编写。"
    "所列数据的统计期限自 2024 年 1 月 1 日起至 2024 年 12 月 31 日止。"
    "有疑问请与办公室联系（地址：示例大道 90 号，邮编：223100，电话：0517-80000000）。",
    "overview": "2024 年，全区围绕中心工作推进政务公开。\n"
    "（一）主动公开情况。我区全年在政府网站发布政府信息 2428 条，公开政府常务会议 7 期，发布解读 7 条。\n"
    "（二）依申请公开情况。指导各部门采取自行办理、协同办理、会商办理的方式答复。"
    "2024 年，区政府办代表区政府受理政府信息公开申请 17 件，均已在法定期限内答复。\n"
    "（三）政府信息管理情况。严格执行“三审三校”制度，落实“先审后发”。",
    "problems": "不足之处是解读形式还不够丰富。\n2025 年将抓好三项工作：一是梳理流程，"
    "二是研究典型案例，有效降低行政复议、行政诉讼发生率和纠错率，三是加强培训。",
    "other_matters": "2024 年，区政府落实《政府信息公开信息处理费管理办法》，全年收取信息处理费 0 元。",
}


def found(reading: Reading) -> list[Finding]:
    names = {f.__name__ for f in TEXT_CHECKS}
    rules = [r for r in reading.edition.rules if r.check in names]
    return [f for r in rules for f in CHECKS[r.check](r, reading)]


def labels(findings: list[Finding]) -> list[tuple[str, str]]:
    return [(f.rule, f.severity.value) for f in findings]


def shanghai(text: str) -> list[Finding]:
    report = Report("2019", 2019, {"name": "上海市人民政府办公厅"}, SHANGHAI, {"overview": text})
    return found(reports.reading(report))


def test_the_seed_promises_five_parts_and_cites_the_trial_form_and_nothing_else():
    findings = found(sample())

    assert labels(findings) == [("N5", "hint"), ("N8", "hint")]
    assert "印有 7 个部分" in findings[0].message
    assert "改为“七个部分”" in findings[0].message
    assert "格式（试行）" in findings[1].message


def test_the_right_number_of_parts_is_spelled_as_the_text_spells_numbers():
    report = replace(reports.zero(), texts={**reports.TEXTS, "introduction": "本报告内容包括总体情况等5个部分。"})
    assert "改为“6个部分”" in found(reports.reading(report))[0].message


def test_the_seeds_94_is_recognised_as_a_partition_that_holds():
    partitions = recognised_partitions(sample())

    assert [str(p) for p in partitions] == ["94 = 20 + 9 + 9 + 1 + 55"]
    assert [p.name for p in partitions[0].parts][1] == "安全生产、应急管理类信息"
    assert partitions[0].closed
    assert partitions[0].holds


def test_a_result_that_differs_from_a_row_with_blanks_is_asked_not_asserted():
    (finding,) = shanghai("全年答复的政府信息公开申请里，予以公开的有275件。")

    assert (finding.rule, finding.severity.value) == ("N1", "explain")
    assert "275" in finding.message
    assert "258 + 12 + 1 + 1 = 272" in finding.message
    assert "空格未计" in finding.message


def test_both_readings_of_what_could_not_be_provided_are_found():
    for text, figures in (
        ("政府信息公开申请中，本机关不掌握相关信息的337件。", ("337", "265")),
        ("政府信息公开申请中，无法提供的265件。", ("265", "337")),
    ):
        (finding,) = shanghai(text)
        assert finding.rule == "N1"
        assert all(f in finding.message for f in figures)


def test_parts_that_do_not_add_up_to_the_requests_done_are_found():
    text = "全年办结政府信息公开申请805件，其中予以公开272件，部分公开3件，不予公开35件，无法提供337件，不予处理69件。"
    findings = [f for f in shanghai(text) if f.rule == "N2"]

    assert [f.severity.value for f in findings] == ["explain"]
    assert "716" in findings[0].message
    assert "805" in findings[0].message


def test_all_upheld_is_contradicted_by_pending_cases():
    findings = shanghai("因政府信息公开被申请行政复议7件，均获维持；被提起行政诉讼9件，均获维持。")

    assert labels(findings) == [("N4", "error"), ("N4", "error")]
    assert "尚未审结" in findings[0].message


def test_blank_cells_say_nothing():
    report = Report(
        "2021",
        2024,
        {"name": "示例镇人民政府"},
        {},
        {"overview": "收到政府信息公开申请5件，均已办结，未收取信息处理费。"},
    )
    assert found(reports.reading(report)) == []


def test_hongze_is_asked_once_whether_17_is_the_office_or_the_district():
    edition = reports.load_edition("2021")
    zero = reports.zero("2021", 2024)
    inputs = {k: v for k, v in zero.values.items() if k not in edition.sums}
    values = reports.with_totals(edition, {**inputs, **HONGZE})
    report = Report("2021", 2024, {"name": "淮安市洪泽区人民政府"}, values, HONGZE_TEXTS)
    findings = found(reports.reading(report))

    assert labels(findings) == [("N1", "explain")]
    assert "17 件" in findings[0].message
    assert "95" in findings[0].message
    assert "有两种可能" in findings[0].message


def test_a_figure_that_fits_says_with_which_reading():
    report = reports.zero("2021", 2024)
    edition = reports.load_edition("2021")
    inputs = {k: v for k, v in report.values.items() if k not in edition.sums}
    values = reports.with_totals(
        edition, {**inputs, "requests.received.natural_person": 5, "requests.pending_start.natural_person": 2}
    )
    report = Report("2021", 2024, report.body, values, {"overview": "全年收到政府信息公开申请7件。"})
    (compared,) = comparisons(reports.reading(report))

    assert compared.matched is not None
    assert compared.matched.says == "本年新收加上年结转"
