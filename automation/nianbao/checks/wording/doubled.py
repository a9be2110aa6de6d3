"""Words written twice (S10). Only a tested list counts: 镇镇, 一一, 人民政府政府信息 and the like are right."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from nianbao.checks.wording.text_lines import HAN, Hit, TypedParagraph, at_hits, clip, lines_of, quoted, text_ids
from nianbao.findings import Finding
from nianbao.form import Rule
from nianbao.patterns import Pattern
from nianbao.report import Reading

_TWICE = Pattern(rf"([{HAN}]{{1,8}})\1")
_LONGEST = 8
_AND = Pattern("[和与及](?=.{3})")
_SHORTEST_JOINED = 3
_JOINED_BEFORE = Pattern("名义|印发|制发|[，。；]")
_WORDS: dict[str, str] = {
    "信息": (
        "量|化|员|系统|平台|处理|采集|资源|技术|服务|管理|报送|来源|"
        "公开|发布|源|安全|流|点|库|网|科|中心|类|产业|工作|办"
    ),
    "统计": "局|部门|数据|年鉴|报表|公报|口径|员|调查|信息|工作",
    "申请": "人|表|书|量|件|公开|信息|材料|渠道|方式|数",
    "年度": "报告|计划|考核|工作|预算|决算|重点",
    "数据": "库|局|中心|资源|共享|管理|开放|安全",
    "工作": (
        "台账|日|站|组|人|机制|专班|室|报告|总结|计划|方案|会议|简报|"
        "要点|制度|流程|专栏|动态|领导|推进|任务|职责|规程|规范|者|队伍|责任|部署"
    ),
    "积极": "性",
    "主动": "性",
    "规范": "性|化|文件",
    "平台": "建设|管理|账号",
    "政策": "解读|文件|性|法规|措施|问答",
    "报告": "制度|格式|厅|会",
    "内容": "管理|建设",
    "群众": "性|路线",
    "情况": "说明|通报|报告|汇报",
    "问题": "清单|台账|导向|线索",
    "单位": "预算|决算|内部|名称|领导",
    "领导": "下|小组|班子|分工|干部|机构",
    "街道": "办|党工委|领导|级|辖区",
    "重点": "领域|工作|项目|任务",
    "监督": "电话|员|检查|管理|保障|平台|渠道|机制",
    "保障": "性|房|机制",
    "办理": "情况|结果|流程|时限|机制",
    "答复": "文书|书|口径|内容|意见|率|工作",
    "解读": "材料|率|稿|工作",
    "受理": "窗口|点|渠道|机构|范围",
    "提升": "行动|年|工程",
    "有效": "性|期",
    "形式": "主义|多样",
    "发布": "会|平台|量|机制",
    "网站": "群|标识|建设|管理|检查|普查|集约|平台",
    "栏目": "设置|建设",
    "培训": "班|会|工作|计划",
    "落实": "情况|落细|机制",
}
"""Two-character words that are a slip when doubled, unless one of these words follows."""

_ONLY_BEFORE = {"公开": r"申请|信息进行|\d|[，。；]", "政府": r"[，。；]|网站", "行政": r"复议|诉讼|许可|处罚|机关"}
"""Words that are often right when doubled (人民政府政府信息) and a slip only before these."""

_PLAIN = Pattern(
    "进行|以及|及时|通过|根据|按照|不断|加强|相关|全年|本年|我局|我镇|我乡|我县|我区|我市|本局|本镇|提高|推进|开展|完善|建立|健全|强化|严格|认真|"
    "持续|深入|切实|同时|其中|对于|关于|方面|措施|更新|收到|存在|没有|未能|以上|以下|因此|为了|我们|他们|由于|并且|或者|如果|已经|期限|数量|条例|"
    "人员|意识|能力|水平|质量|渠道|范围|力度|领域|费用|收取|进一|下一"
)
"""Two-character words that are always a slip when doubled."""

_CHARACTERS: dict[str, tuple[str, str]] = {
    "的": ("目标有打", "士|确"),
    "了": ("", "解|结|然|不|若"),
    "是": ("是", "非|否"),
    "在": ("存现实正潜内外所自", "线|建|职|校|编|库|册|岗|场|办|押|读|贷|途|位|即|于|握"),
    "和": ("", "谐|睦|平|气|美|善|解|顺|田|县|风"),
    "与": ("参给赋授", "会|时|否"),
    "及": ("以", "时|格|早"),
    "我": ("", ""),
    "由": ("", "此|于"),
    "将": ("", "军|来|近|士"),
    "被": ("", "告|动|服"),
    "把": ("", "关|握|手"),
    "并": ("", "且|购|联|网|重|案"),
    "从": ("", "事|业|严|优|快|速|而|来|容|简"),
}
"""Single characters, with what may stand before the pair and what may follow it (目的的, 为了了解, 在在线访谈)."""

_STOP = Pattern("[，。；、]")
_SHORTEST_CLAUSE = 6
_SHORTEST_SENTENCE = 20
_BODY = Pattern(r"[我本](局局|镇镇|乡乡|县县|区区|市市|委委|厅厅|街道街道|单位单位|机关机关)")
_GOES_ON = Pattern(
    r"认真|高度|积极|严格|主动|坚持|始终|全年|按照|深入|持续|不断|切实|围绕|共|收到|发布|在|结合|根据|扎实|加强|强化|健全|建立|组织|"
    r"开展|进一步|已|将|成立|对|通过|制定|落实|完善|未|无|的|[，。、]"
)
_AFTER_FIGURE = Pattern(
    r"\d(?:条条(?![件例款块目线约文])|件件(?![有均都])|篇篇(?![幅章])|次次(?![序要])|份份(?![额数])|日日|元元|万万|年年(?=\d))"
)


def words_are_written_once(rule: Rule, reading: Reading) -> list[Finding]:
    """S10: one hint per text for words that stand twice by mistake."""
    found = []
    for text in text_ids(reading):
        lines = list(lines_of(reading, text))
        wrong = [h for line in lines for h in _doubled(line)]
        if wrong:
            found.append(at_hits(rule, reading, text, wrong, "字词重复：{}"))
        twice = _sentences(lines)
        if twice:
            found.append(at_hits(rule, reading, text, twice, "同一句话写了两遍：{}"))
    return found


def _doubled(line: TypedParagraph) -> list[Hit]:
    words = line.words
    spans = [m.span() for m in _TWICE.finditer(words) if _is_slip(m, words)]
    spans += [m.span() for m in _AFTER_FIGURE.finditer(words)]
    spans += _joined(words)
    return [Hit(line.paragraph, quoted(words, *span)) for span in sorted(spans)] + _clauses(line)


def _joined(words: str) -> list[tuple[int, int]]:
    """Return where a name is joined to itself: 市政府和市政府名义."""
    found = []
    for match in _AND.finditer(words):
        at = match.start()
        if words.find(words[at + 1 : at + 1 + _SHORTEST_JOINED], max(0, at - _LONGEST), at) < 0:
            continue
        for length in range(min(_LONGEST, at), _SHORTEST_JOINED - 1, -1):
            end = at + 1 + length
            if words[at - length : at] == words[at + 1 : end] and _JOINED_BEFORE.match(words, end):
                found.append((at - length, end))
                break
    return found


def _clauses(line: TypedParagraph) -> list[Hit]:
    """Return clauses that stand twice, one right after the other."""
    parts = _STOP.split(line.words)
    twice = [a for a, b in pairwise(parts) if a == b and len(a) >= _SHORTEST_CLAUSE]
    return [Hit(line.paragraph, clip(f"{words}，{words}")) for words in twice]


def _sentences(lines: Sequence[TypedParagraph]) -> list[Hit]:
    """Return whole sentences that stand twice in a text."""
    seen: set[str] = set()
    found = []
    for line in lines:
        for sentence in line.words.split("。"):
            if len(sentence) >= _SHORTEST_SENTENCE and sentence in seen:
                found.append(Hit(line.paragraph, clip(sentence)))
            seen.add(sentence)
    return found


def _is_slip(match: re.Match[str], words: str) -> bool:
    unit, (start, end) = match[1], match.span()
    if len(set(unit)) == 1 and len(unit) > 1:
        return False
    body = _BODY.match(words, max(0, start - 1))
    if body:
        return bool(_GOES_ON.match(words, end))
    if len(unit) == 1:
        before, after = _CHARACTERS.get(unit, ("", "."))
        return not (start and words[start - 1] in before) and not (after and re.match(after, words[end : end + 2]))
    if len(unit) == 2:
        if unit in _ONLY_BEFORE:
            lawful = unit == "行政" and words[max(0, start - 2) : start] in ("依法", "法治")
            return not lawful and bool(re.match(_ONLY_BEFORE[unit], words[end : end + 4]))
        return bool(_PLAIN.fullmatch(unit)) or (unit in _WORDS and not re.match(_WORDS[unit], words[end : end + 4]))
    return True
