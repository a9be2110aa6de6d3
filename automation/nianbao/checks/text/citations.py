"""N5 and N8: the number of parts promised, and the legal basis cited."""

from __future__ import annotations

import re

from nianbao.checks.judge import text_finding
from nianbao.checks.text.clauses import Sentence, sentences
from nianbao.checks.text.numerals import chinese
from nianbao.findings import Finding
from nianbao.form import Rule
from nianbao.patterns import Pattern
from nianbao.report import Reading

TRIAL_UNTIL = 2020
"""The last report year of the trial form (国办公开办函〔2019〕60号)."""

_NUMBER = "(?P<number>[一二三四五六七八九十两]{1,3}|[0-9]{1,2})"
_PROMISED = Pattern(
    f"(?:等|共分?为?|由|分为?|包括|以下|如下|下列|共计|共有|含){_NUMBER}(?:个|大)?(?:部分|大项|章节|方面)"
)
_REPORT = Pattern("报告|年报|全文|本文|内容包括")
_OPEN, _CLOSE = "[〔\\[［【（]", "[〕\\]］】）]"


def _number(issuer: str, year: int, number: int) -> str:
    return f"{issuer}{_OPEN}{year}年?{_CLOSE}第?{number}号"


_TRIAL_TITLE = Pattern("(?:年度报告)?格式》?（试行）|格式（试行|（试行）》?的?格式|年度报告（试行）|格式试行")
_WRONG_NOW = (
    (Pattern(_number("国办公开办函", 2019, 60)), "国办公开办函〔2019〕60号是试行格式的文号，自2021年度起已不适用"),
    (_TRIAL_TITLE, "《…年度报告格式（试行）》自2021年度起已由正式格式代替"),
    (Pattern(_number("国办[\u4e00-\u9fff]{0,5}", 2019, 51)), "现行格式的文号不是〔2019〕51号"),
    (
        Pattern(_number("国办(?!公开办函)[\u4e00-\u9fff]{0,5}", 2021, 30)),
        "发文字号的代字不对，现行格式是国办公开办函",
    ),
    (Pattern("国务院令第492号|国令第492号"), "国务院令第492号是修订前的条例，现行条例是国令第711号"),
)
_WRONG_THEN = (
    (Pattern(_number("国办[\u4e00-\u9fff]{0,5}", 2021, 30)), "国办公开办函〔2021〕30号自2021年度起适用"),
    (Pattern(_number("国办[\u4e00-\u9fff]{0,5}", 2019, 51)), "试行格式的文号不是〔2019〕51号"),
    (Pattern("国务院令第492号|国令第492号"), "国务院令第492号是修订前的条例，现行条例是国令第711号"),
)


def promised_parts_are_there(rule: Rule, reading: Reading) -> list[Finding]:
    """N5: the number of parts that the introduction promises is the number of sections printed."""
    printed = len(reading.edition.sections)
    for sentence in sentences(reading.report):
        match = _PROMISED.search(sentence.clean)
        if match is None or not _speaks_of_the_report(sentence, match):
            continue
        number = match["number"]
        promised = int(number) if number.isdecimal() else chinese(number)
        if promised != printed:
            what = f"正文“{match[0]}”，而本报告印有 {printed} 个部分"
            spelled = str(printed) if number.isdecimal() else reading.edition.sections[-1].number
            how = f"改为“{spelled}个部分”，并核对所列的各部分名称"
            return [text_finding(rule, reading, sentence.text, sentence.paragraph, what, how=how)]
    return []


def _speaks_of_the_report(sentence: Sentence, match: re.Match[str]) -> bool:
    """The introduction speaks of the report's parts; elsewhere the sentence has to say so."""
    at_the_head = sentence.text == "introduction" or (sentence.text == "overview" and sentence.paragraph <= 1)
    parts = "部分" in match[0] or "总体情况" in sentence.clean
    return at_the_head and parts and bool(_REPORT.search(sentence.clean[: match.end()]))


def basis_is_the_editions(rule: Rule, reading: Reading) -> list[Finding]:
    """N8: the form cited is the one in force for the report year."""
    year = reading.report.year or reading.edition.from_year
    wrong = _WRONG_THEN if year <= TRIAL_UNTIL else _WRONG_NOW
    right = "国办公开办函〔2019〕60号" if year <= TRIAL_UNTIL else "国办公开办函〔2021〕30号"
    found = []
    for sentence in sentences(reading.report):
        faults = [(m[0], why) for pattern, why in wrong if (m := pattern.search(sentence.clean))]
        if faults:
            cited, why = faults[0]
            what = f"正文引用“{cited}”，{why}"
            how = f"核对依据，本年度的年度报告格式是{right}"
            found.append(text_finding(rule, reading, sentence.text, sentence.paragraph, what, how=how))
    return found
