"""N5: the parts of the report that the introduction promises and names, against the sections printed."""

from __future__ import annotations

import re
from collections.abc import Sequence

from nianbao.checks.rule_findings import text_finding
from nianbao.checks.text.clauses import Sentence, sentences
from nianbao.checks.text.numerals import chinese
from nianbao.findings import Finding
from nianbao.form import Rule
from nianbao.patterns import Pattern
from nianbao.report import Reading

_NUMBER = "(?P<number>[一二三四五六七八九十两]{1,3}|[0-9]{1,2})"
_UNIT = (
    "(?:(?:个|大)?(?:部分|板块|大项|项内容|章节|方面|篇章)|大部分|个章|项(?![目任工制重机措具])|章(?![程节])|块内容)"
)
_PROMISED = Pattern(
    f"(?:等|共分?为?|由|分为?|包括|以下|如下|下列|共计|共有|含){_NUMBER}(?:个|大)?(?:部分|大项|章节|方面|板块|项内容)"
)
_COUNTED = Pattern(f"(?<![0-9第之])(?:等|共)?(?<![0-9第之]){_NUMBER}{_UNIT}")
_REPORT = Pattern("报告|年报|全文|本文|内容包括")
_NO_BREAK = "[^、，；：。（）]"
_NAMES: tuple[tuple[str, str], ...] = (
    ("总体情况", f"{_NO_BREAK}{{0,8}}?总体{_NO_BREAK}{{0,4}}?(?:情况|概况)|基本情况|概述"),
    (
        "收到和处理政府信息公开申请情况",
        f"(?:收到|受理|接收){_NO_BREAK}{{0,4}}(?:处理|办理|答复){_NO_BREAK}{{0,14}}申请{_NO_BREAK}{{0,8}}?情况"
        f"|依申请公开{_NO_BREAK}{{0,14}}?情况|(?:处理|办理)政府信息公开申请{_NO_BREAK}{{0,4}}?情况",
    ),
    ("主动公开政府信息情况", f"主动公开{_NO_BREAK}{{0,14}}?情况"),
    (
        "政府信息公开行政复议、行政诉讼情况",
        f"{_NO_BREAK}{{0,14}}?复议{_NO_BREAK}{{0,8}}?[、，]?{_NO_BREAK}{{0,16}}?诉讼{_NO_BREAK}{{0,8}}?情况",
    ),
    (
        "存在的主要问题及改进情况",
        f"{_NO_BREAK}{{0,8}}?问题{_NO_BREAK}{{0,4}}?[、，]?{_NO_BREAK}{{0,8}}?(?:改进|整改){_NO_BREAK}{{0,8}}?(?:情况|措施|方向|打算|意见)"
        f"|存在{_NO_BREAK}{{0,4}}问题{_NO_BREAK}{{0,4}}?(?:情况)?",
    ),
    ("其他需要报告的事项", f"其[他它]{_NO_BREAK}{{0,8}}?报告{_NO_BREAK}{{0,4}}?(?:事项|情况)"),
    ("信息处理费收取情况", f"{_NO_BREAK}{{0,8}}?处理费{_NO_BREAK}{{0,8}}?情况"),
    ("收费及减免情况", f"{_NO_BREAK}{{0,10}}?(?:收费|减免){_NO_BREAK}{{0,10}}?情况"),
    ("咨询处理情况", f"{_NO_BREAK}{{0,10}}?咨询{_NO_BREAK}{{0,8}}?情况"),
    ("说明与附表", f"{_NO_BREAK}{{0,4}}?说明{_NO_BREAK}{{0,2}}附表"),
)
_NAME = Pattern("|".join(f"(?P<n{n}>{words})" for n, (_, words) in enumerate(_NAMES)))
_SEPARATORS = Pattern("[、，；]|以及|[和及与]")
_KNOWN = Pattern("§?[等共分为由组成]*")
_ORDINAL = Pattern("(?<=[；，：。、])(?:[一二三四五六七八]、|（[一二三四五六七八]）|[1-8][.、])")
_IN_NAMES = ("情况", "概述", "概况", "事项", "问题", "附表")
_UNITS = ("部分", "大项", "章节", "方面", "板块", "项内容")
_PART = Pattern(f"(?:情况|措施|事项){_NUMBER}(?:个|大)?(?:部分|板块)")
_LIST_END = Pattern("[：。（）]")
_MARKS = str.maketrans("", "", "“”‘’《》〈〉")
_ASPECTS = Pattern("政府信息管理|平台建设|监督保障")
_OLD = Pattern(
    f"(?<!总体)(?<!情况)概述|{_NO_BREAK}{{0,10}}(?:收费|减免){_NO_BREAK}{{0,10}}?情况|政府信息公开咨询{_NO_BREAK}{{0,8}}?情况"
)
_FEW = 3
"""From so many names of sections on, a sentence is taken to name the parts of the report."""

_OPEN_LIST = 4
"""A list that closes with 等 and has fewer names than this is not complete and not compared."""


def promised_parts_are_there(rule: Rule, reading: Reading) -> list[Finding]:
    """N5: the number of parts promised, the parts named, and the sections printed are the same."""
    for sentence in sentences(reading):
        if not _at_the_head(sentence):
            continue
        words = sentence.clean.translate(_MARKS)
        named = _sections_named(words)
        match = _promise(sentence, words, named)
        found = _old_names(rule, reading, sentence, words, named)
        if match is not None:
            found = _number(rule, reading, sentence, match, named) + found
        if match is not None or found:
            return found
    return []


def _at_the_head(sentence: Sentence) -> bool:
    return sentence.text == "introduction" or (sentence.text == "overview" and sentence.paragraph <= 1)


def _sections_named(words: str) -> list[str]:
    """List the sections that a sentence names, each by what it is called in the form; a heading alone is no list."""
    if sum(map(words.count, _IN_NAMES)) < _FEW - 1:
        return []
    found = [_named(m) for m in _NAME.finditer(words)]
    if len(found) >= _FEW or (len(found) == _FEW - 1 and _REPORT.search(words) and _PART.search(words)):
        return found
    return []


def _promise(sentence: Sentence, words: str, named: Sequence[str]) -> re.Match[str] | None:
    """Return the number of parts that is promised: in set words, or of whatever unit beside a list of sections."""
    if named and not _ASPECTS.search(words):
        end = list(_NAME.finditer(words))[-1].end()
        counted = list(_COUNTED.finditer(words))
        return next((m for m in counted if m.start() >= end), counted[-1] if counted else None)
    match = _PROMISED.search(words) if any(u in words for u in _UNITS) else None
    if match is None or ("部分" not in match[0] and "总体情况" not in words and "板块" not in match[0]):
        return None
    if sentence.text != "introduction" and not _REPORT.search(words[: match.end()]):
        return None
    return match if _REPORT.search(words[: match.end()]) or words.startswith(("全文", "共")) else None


def _number(
    rule: Rule, reading: Reading, sentence: Sentence, match: re.Match[str], named: Sequence[str]
) -> list[Finding]:
    number, printed = match["number"], len(reading.edition.sections)
    promised = int(number) if number.isdecimal() else chinese(number)
    if promised is None:
        return []
    spelled = str(printed) if number.isdecimal() else reading.edition.sections[-1].number
    told = _all_named(match.string, match, named)
    listed = f"，列出的是{_spell(told, number)}个（{_last(named)}）" if told and told != promised else ""
    if promised == printed and not listed:
        return []
    what = f"正文“{match[0]}”{listed}，而本报告印有 {printed} 个部分"
    how = f"改为“{spelled}个部分”，并核对所列的各部分名称"
    if promised == printed:
        missing = [s.heading for s in reading.edition.sections if _kind(s.heading) not in named]
        what = f"正文“{match[0]}”{listed}" + (f"，没有列出“{missing[0]}”" if missing else "")
        how = "把各部分的名称写全，与报告印出的一致"
    said = (match[0], str(printed))
    return [text_finding(rule, reading, sentence.text, sentence.paragraph, what, how=how, evidence=said)]


def _all_named(words: str, match: re.Match[str], named: Sequence[str]) -> int:
    """Count the parts named, when the list has nothing but known names; 0 when it can't be told."""
    if not named:
        return 0
    first = next(_NAME.finditer(words)).start()
    rest = _ORDINAL.sub("", _NAME.sub("§", words[first:]))
    stop = _COUNTED.search(rest) if match.start() > first else _LIST_END.search(rest)
    items = [i for i in _SEPARATORS.split(rest[: stop.start()] if stop else rest) if i]
    strange = [i for i in items if not _KNOWN.fullmatch(i)]
    openly = "等" in words[: match.start("number")] and len(named) < _OPEN_LIST
    return 0 if strange or openly else sum(i.count("§") for i in items)


def _kind(heading: str) -> str:
    match = _NAME.search(heading)
    return _named(match) if match else heading


def _named(match: re.Match[str]) -> str:
    """Return what a section is called in the form."""
    return _NAMES[int(str(match.lastgroup)[1:])][0]


def _last(named: Sequence[str]) -> str:
    return f"从“{named[0]}”到“{named[-1]}”"


def _spell(number: int, like: str) -> str:
    """Spell a small number as the text spells its own."""
    return f" {number} " if like.isdecimal() or number > 10 else "零一二三四五六七八九十"[number]


def _old_names(rule: Rule, reading: Reading, sentence: Sentence, words: str, named: Sequence[str]) -> list[Finding]:
    """Return one finding for names of the form in use before 2019, in a sentence that names the parts."""
    old = [m[0].lstrip("和及与的由") for m in _OLD.finditer(words)] if named else []
    if not old or any(s.heading in old for s in reading.edition.sections):
        return []
    what = f"正文列出的部分名称{'、'.join(f'“{o}”' for o in old)}是2019年以前的写法，现行格式没有这样的部分"
    names = "、".join(s.heading for s in reading.edition.sections)
    how = f"改用报告印出的名称：{names}"
    return [text_finding(rule, reading, sentence.text, sentence.paragraph, what, how=how, evidence=old)]
