"""Reports for the pages' tests: complete ones of every edition, and one whose words try to be markup."""

import random
from dataclasses import replace

import reports
from nianbao.form import load_edition
from nianbao.publish.page import Asked, Links, page_files
from nianbao.report import Report

FACTS = {
    "name": "示例镇人民政府", "office": "示例镇党政办公室", "address": "示例省示例县人民路1号", "phone": "0597-1234567",
    "postcode": "364300", "email": "office@example.gov.cn", "signed_on": "2026-1-12",
    "website": "示例县人民政府网站（www.example.gov.cn）",
}  # fmt: skip
TEXTS = {
    "overview": "（一）主动公开。全年发布94条，其中文件20条。\n（二）监督保障\n1.考核\n按季度考核。\n甲　乙",
    "problems": "一是公开不够及时。\n（1）下一步改进：定期检查。\n2025年1月1日起执行新办法。",
    "other_matters": "2025年度本机关未收取信息处理费。",
}
HOSTILE = (
    "<script>alert(1)</script>",
    "</article><h1>x</h1>",
    "\"><img src=x onerror=alert(1)>",
    "{{ 7*7 }}{% for x in y %}",
    "javascript:alert(1)",
    "&lt;b&gt; &amp;amp; a < b & c > d 'x'",
    "<!--<style>*{display:none}</style>",
)  # fmt: skip


def full(name: str = "2021", seed: int = 1) -> Report:
    return replace(reports.random_report(random.Random(seed), name), body=FACTS, texts=TEXTS)


def hostile() -> Report:
    """Every typed word is an attack; the figures are sound."""
    lines = "\n".join(HOSTILE)
    facts = {k: HOSTILE[i % len(HOSTILE)] for i, k in enumerate(FACTS) if k != "signed_on"}
    return replace(full(), body={**facts, "signed_on": "2026-1-12"}, texts=dict.fromkeys(TEXTS, lines))


def made(report: Report, **asked: object) -> dict[str, str]:
    files = page_files(load_edition(report.edition), report, Asked(**asked))
    return {ending: data.decode("utf-8") for ending, data in files.items()}


def linked() -> Links:
    return Links([("Word 报告", "年报 100%.docx"), ("年报数据", "年报 100%.json")], "年报图解.svg")
