"""The outer shape of the texts: one for each section, no section headings inside (S1), not too long (S8)."""

from __future__ import annotations

import re

from nianbao.checks.rule_findings import text_finding
from nianbao.checks.wording.text_lines import TypedParagraph, clip, lines_of, whole_text
from nianbao.findings import Finding, Severity
from nianbao.form import Rule, Section
from nianbao.patterns import Pattern
from nianbao.report import Reading

FULL_LENGTH = 1_000
"""Characters the filling guides allow 总体情况 (武威市 2025)."""

TOO_LONG = 1_100
"""From here on it is said to be long: the guides say "about"."""

_TOKEN = Pattern(r"\{([^{}]+\.[^{}]+)\}")
_TOP = Pattern(r"((?:十?[一二三四五六七八九]|十))、(?![一二三四五六七八九十两]、?)\s*")
_SENTENCE = Pattern(r"[，,。；;]")
_HEADING_LENGTH = 40
_TAIL = "。：:；; \u3000"


def sections_hold_one_text_each(rule: Rule, reading: Reading) -> list[Finding]:
    """S1: no text brings section headings or section numbers along; a part that must be written is not empty."""
    found = []
    for section in reading.edition.sections:
        if section.text:
            for line in lines_of(reading, section.text):
                found += _heading(rule, reading, section, line)
    return found + _empty(rule, reading)


def _heading(rule: Rule, reading: Reading, section: Section, line: TypedParagraph) -> list[Finding]:
    number = _TOP.match(line.words)
    bare = line.words[number.end() if number else 0 :].strip(_TAIL)
    heading = next((s for s in reading.edition.sections if s.heading == bare), None)
    if heading is not None and (number or heading is section):
        what = f"正文里写了部分标题{clip(line.words)}，印出来标题会重复、次序会乱"
        how = "删去这一段：各部分的标题由格式印出，不必写在正文里"
        return [text_finding(rule, reading, section.text, line.paragraph, what, how=how)]
    if not number:
        return []
    alone = len(bare) <= _HEADING_LENGTH and not _SENTENCE.search(bare)
    what = f"正文的小标题用了部分的序号：{clip(line.words)}，与报告的“{section.title}”同级"
    how = f"改用下一级序号，例如“（{number[1]}）”"
    severity = Severity.ERROR if alone else Severity.HINT
    return [text_finding(rule, reading, section.text, line.paragraph, what, how=how, severity=severity)]


def _empty(rule: Rule, reading: Reading) -> list[Finding]:
    """Name the sections without a text: none of those that must be written is no report; else the one missing is told.

    The last section may have nothing to tell.
    """
    sections = [s for s in reading.edition.sections if s.text and not _printed(s, reading)]
    missing = [s for s in sections if not reading.report.texts.get(s.text, "").strip()]
    needed = [s for s in sections if not s.fee_sentence]
    lost = [s for s in missing if not s.fee_sentence]
    if lost == needed:
        groups = [(Severity.ERROR, lost)]
    else:
        groups = [(Severity.HINT if s is needed[0] else Severity.EXPLAIN, [s]) for s in lost]
    groups.append((Severity.HINT, [s for s in missing if s.fee_sentence]))
    found = []
    for severity, own in groups:
        if own:
            what = "、".join(f"“{s.title}”" for s in own) + "没有正文"
            how = "在填报表中写上这些部分的正文"
            found.append(whole_text(rule, reading, own[0].text, what, how=how, severity=severity))
    return found


def _printed(section: Section, reading: Reading) -> bool:
    return section.fee_sentence and fee_sentence_follows(reading)


def fee_sentence_follows(reading: Reading) -> bool:
    """Tell whether the report gets its sentence on 信息处理费 from the figures: all that it names are filled in."""
    edition = reading.edition
    asked = [edition.named.get(words) for words in _TOKEN.findall(edition.fee_some)]
    return bool(asked) and all(v is not None and v.key in reading.report.values for v in asked)


def overview_is_not_too_long(rule: Rule, reading: Reading) -> list[Finding]:
    """S8: 总体情况 has about a thousand characters at most, blanks not counted."""
    length = sum(len(re.sub(r"\s", "", line.words)) for line in lines_of(reading, "overview"))
    if length <= TOO_LONG:
        return []
    return [whole_text(rule, reading, "overview", f"全文{length}字，超过{FULL_LENGTH}字较多")]
