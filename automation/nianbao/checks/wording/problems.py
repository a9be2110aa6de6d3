"""Section 问题及改进 (S3): it names problems in more than one sentence and says what is done about each."""

from __future__ import annotations

from dataclasses import dataclass

from nianbao.checks.rule_findings import text_finding
from nianbao.checks.wording.numbering import marks
from nianbao.checks.wording.text_lines import clip, lines_of, whole_text
from nianbao.findings import Finding
from nianbao.form import Rule
from nianbao.patterns import Pattern
from nianbao.report import Reading

_NONE = Pattern(
    r"(?:我|本|单位|机关|部门|镇|乡|街道|局|县|本?年度?|全年|目前|暂时?|暂|尚|经自查|经|在|政府信息公开|信息公开|政务公开|工作|"
    r"\d{4}|中|方面|未发现|没有|不存在|无|存在|发现|突出|明显|重大|主要|的|任何|相关|问题|不足|情况|之处|及|和|与|或|改进|整改|"
    r"需要|事项|内容|此项)+"
)
_NOTHING = Pattern(r"无|没有|不存在|未发现")
_SENTENCE = Pattern(r"[。！？!?；;\n]+")
_CLAUSE = Pattern(r"[，,。！？；;：:\n]")
_LACK = Pattern(
    r"不够|不足|不强|不高|不全|不及时|不到位|不规范|不严|不多|不深|不细|不实|不完善|不健全|不均衡|不平衡|不熟|不丰富|欠缺|缺乏|缺少|"
    r"薄弱|滞后|单一|有待|亟待|仍需|还需|尚需|仍要|还要|较少|偏少|较低|偏低|较差|较弱|未能|尚未|没有|短板|差距|弱项|重视不"
)
_PLAN = Pattern(
    r"下一步|下一阶段|下阶段|下一年度|接下来|今后|明年|来年|新的一年|将(?!近|军|来)|措施|整改|针对|拟(?!定)|计划|打算|为此|对此|确保|力争|争取|避免|防止|解决|须|应(?:当|该|在|多|进一步|加)|要(?:进一步|不断|持续|在|加)|已(?:经)?(?:制定|建立|完成|纠正)"
)
_ACT = Pattern(
    r"(?:(?:我|本)(?:镇|乡|局|街道|单位|机关|办|县|委)|要|应|并|同时|进一步|持续|不断|切实|继续|着力|积极|认真|严格|及时|全面|大力|"
    r"深入|定期|主动|逐步|充分|抓好|一是|二是|三是|四是|五是|[（(][一二三四五六七八九十\d]{1,2}[）)]|\d{1,2}[.．、]|[①-⑩]|\s)*"
    r"(?:加强|完善|健全|强化|提升|提高|优化|规范|加大|拓宽|拓展|组织|开展|落实|推进|推动|加快|丰富|严格|创新|明确|建立|细化|增加|充实|"
    r"做好|梳理|改进|安排|指定|配备|学习|培训|督促|压实|深化|引导|实行|编制|制定|执行|增强|聚焦|坚持|扩大|畅通|统筹|邀请|设立|"
    r"开设|制作|发放|张贴|设置|调整|整合|清理|补充|补齐|选派|聘请|每(?:月|周|季度|半年|年)|运用|利用|通过|按照|把|对)"
)
_BLOCK = Pattern(
    r"下一步|下一阶段|下阶段|今后|接下来|下一年度|改进(?:措施|情况|方向)|整改措施|(?:针对|对于)(?:以上|上述|存在)"
)
_DENIED = Pattern(r"(?:未发现|没有发现|没有|不存在|未出现|未发生|暂无|无)[^，。；]{0,8}(?:问题|不足)")
_FAULT = Pattern(
    r"问题|不足|短板|弱项|差距|薄弱|困难|困惑|瓶颈|堵点|难点|欠|缺|弱|慢|少|低|差|有待|亟待|尚待|仍需|还需|尚需|偏|改进|整改|错|漏|滞后|单一|距离|尚有|还可|"
    r"不(?!断|仅|但|忘|懈|止|久|同|良)|未(?!来|发生|收到|出现)|难(?!忘)"
)
_PRAISE = Pattern(r"顺利|良好|好评|满意|圆满|成效|成绩|较好|肯定|认可|稳步|有序|按要求|按时完成|保持|提升|显著")
_DIGIT_FREE = Pattern(r"[\W_]+")
_SHORTEST_SENTENCE = 4
_WITHIN_LIST = tuple("；;，,")


@dataclass(frozen=True)
class Item:
    """A numbered problem or measure (number '' : words outside any list); `paragraph` is where it begins."""

    paragraph: int
    kind: str
    value: int
    words: str

    @property
    def acts(self) -> bool:
        """Tell whether the item says what is done."""
        return bool(_PLAN.search(self.words)) or any(
            _ACT.match(clause) and not _LACK.search(clause) for clause in _CLAUSE.split(self.words)
        )

    @property
    def lacks(self) -> bool:
        """Tell whether the item reads like a problem."""
        return bool(_LACK.search(self.words))


def problems_have_measures(rule: Rule, reading: Reading) -> list[Finding]:
    """S3: judged when there is a text; without one rule S1 says so."""
    text = reading.report.texts.get("problems", "")
    if not text.strip():
        return []
    bare = _DIGIT_FREE.sub("", text)
    quote = clip(text.strip())
    if _NOTHING.search(bare) and _NONE.fullmatch(bare):
        return [_whole(rule, reading, f"只写了{quote}，没有写出问题和改进措施", quote)]
    said = _DENIED.sub("", text)
    if not _FAULT.search(said) and _PRAISE.search(said):
        return [_whole(rule, reading, f"只写了成绩，没有写出问题：{quote}", quote)]
    items = split_items(reading)
    sentences = [s for s in _SENTENCE.split(text) if len(_DIGIT_FREE.sub("", s)) >= _SHORTEST_SENTENCE]
    if not any(item.acts for item in items):
        return [_whole(rule, reading, "只写了问题，没有看到改进措施", quote)]
    if len(sentences) < 2:
        return [_whole(rule, reading, f"只有一句话：{quote}，问题和措施没有分开写明", quote)]
    return [
        text_finding(
            rule, reading, "problems", i.paragraph, f"这一条只写了问题，没有看到改进措施：{clip(i.words)}",
            evidence=(clip(i.words),),
        )
        for i in _unanswered(items)
    ]  # fmt: skip


def _whole(rule: Rule, reading: Reading, what: str, quote: str) -> Finding:
    return whole_text(rule, reading, "problems", what, evidence=(quote,))


def split_items(reading: Reading) -> list[Item]:
    """Cut the text at its numbers and paragraphs; a plain paragraph after an item is an item of its own."""
    items: list[Item] = []
    for line in lines_of(reading, "problems"):
        start, kind, value = 0, "", 0
        for mark in marks(line):
            at = line.words.find(mark.printed, start)
            if line.words[start:at].strip():
                items.append(Item(line.paragraph, kind, value, line.words[start:at]))
            start, kind, value = at, mark.kind, mark.value
        last, rest = _last_item(line.words, start)
        items.append(Item(line.paragraph, kind, value, last))
        if rest:
            items.append(Item(line.paragraph, "", 0, rest))
    return items


def _last_item(words: str, start: int) -> tuple[str, str]:
    """Cut the words from the last number of a paragraph on at its first full stop, when the items end in ；or ，.

    What follows such a list in the paragraph speaks of all of it: 一是…；二是…。2026年，我局将….
    """
    last = words[start:]
    stop = last.find("。") + 1
    if start and stop and words[:start].rstrip()[-1:] in _WITHIN_LIST:
        return last[:stop], last[stop:].strip()
    return last, ""


def _unanswered(items: list[Item]) -> list[Item]:
    """Return the problems without a measure of their own, when the text answers the others one by one.

    A block of measures after the problems, or a second list, answers them all: nothing is returned then.
    """
    numbered = [i for i in items if i.value]
    open_ones = [i for i in numbered if i.lacks and not i.acts]
    if not open_ones or not any(i.lacks and i.acts for i in numbered):
        return []
    first = items.index(open_ones[0])
    if any(_answers_all(later, open_ones[0]) for later in items[first + 1 :]):
        return []
    return open_ones


def _answers_all(later: Item, problem: Item) -> bool:
    if not later.acts:
        return False
    second_list = later.kind != problem.kind or later.value <= problem.value
    return not later.lacks or second_list or bool(_BLOCK.search(later.words))
