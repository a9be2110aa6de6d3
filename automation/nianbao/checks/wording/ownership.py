"""Words by which a text shows that it was written for another body (part of S5). Other organs may of course be named.

Without a roster only two things tell for sure: how a body speaks of itself (我局 in a town's report), and another
body's name where only one's own can stand.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from nianbao.checks.wording.lines import HAN, Hit, Line, at_hits, hits, quotes
from nianbao.findings import Finding, Severity
from nianbao.form import Rule
from nianbao.patterns import Pattern
from nianbao.report import Reading

_SELF = {
    "局": r"(?<![自敌基根格布样文])[我本]局(?![部限面势域])",
    "委": r"(?<!自)我委(?![托派员婉屈])",
    "厅": r"(?<!自)我厅",
    "院": r"(?<!自)我院",
    "校": r"(?<!自)我校(?![核验对正准])",
    "镇": r"(?<!自)我镇(?![定静])",
    "乡": r"(?<!自)我乡(?![镇村土亲])",
    "街道": r"(?<!自)我街道",
}
_WRONG = {
    "镇": "局委厅院校乡街道",
    "乡": "局委厅院校镇街道",
    "街道": "局委厅院校镇乡",
    "town": "局委厅院校街道",
    "street": "局委厅院校镇乡",
    "局": "委厅镇乡街道",
    "department": "镇乡街道",
    "county_office": "局镇乡街道",
    "county": "局镇乡街道",
    "higher": "镇乡街道",
}
"""By the name's ending or else the level: the self-designations that cannot be this body's own."""

_OWN_WORK = (
    r"(?:共|主动公开|主动发布|政府信息公开工作|政务公开工作|收到|新收|受理|发布|高度重视|认真|积极|坚持|严格|深入|"
    r"不断|持续|各级各部门|各县|全年|全面推进|始终|围绕)"
)
_DONE = r"(?:共?(?:主动公开|发布|收到|新收|受理)|累计|各级(?:各部门|行政机关|政府)?(?:共|主动|公开))"
_AREA = Pattern(
    rf"(?:^|(?<=[，。；：、年来]))[我本](?:省|市|区|县)(?={_OWN_WORK})|(?<![在向对为面由经从])全[省市县区](?={_DONE})"
)
_AREA_CUE = Pattern("[我本全][省市区县]")
_OUR = {
    "县": r"(?<![自基根])[我本]县(?!级)",
    "区": rf"(?:^|(?<=[，。；：年来]))我区(?={_OWN_WORK})",
    "旗": r"(?<!自)我旗",
}
"""Self-designations of whole districts: a body in a 区 does not say 我县. 我区 may be an autonomous region."""

_REGION = Pattern("自治|旗|盟|苏木")
_AREA_NAME = Pattern(rf"[{HAN}]{{2,8}}?(?<!自治)([县区旗])(?![域划])")
_KIND = Pattern(r"(街道|镇|乡)(?:人民政府|办事处)?$|(局)$")
_STEM = Pattern(rf"([{HAN}]{{1,8}})(?:镇|乡|街道)(?:人民政府|办事处)?$")
_PREFIX = Pattern(rf"^[{HAN}]*(?:自治[区州县]|[省市县区州盟旗]|人民政府)(?=[{HAN}]{{1,8}}(?:镇|乡|街道))")
_NAMED = rf"([{HAN}]{{1,12}}?)((?:镇|乡)人民政府|街道办事处)"
_START = r"(?:^|(?<=[。；])|(?<=\d{4}年，)|(?<=\d{4}年)|(?<=年度)|(?<=一年来，)|(?<=今年以来，))"
_SUBJECT = Pattern(rf"{_START}{_NAMED}")
_IN_INTRODUCTION = Pattern(_NAMED)
_COMPILER = Pattern(
    r"由([^，。；：、（）()《\s]{2,24}?(?:局|委员会|政府))(?:[^，。；：、（）()《\s]{0,8}(?:室|办|股|科|处))?"
    r"(?:(?:负责|按照|根据|依据|依照|按|对照)[^。；]{0,60}?)?(?:编制|编写|汇总|起草|撰写)"
)
_ASKED = Pattern(rf"请?与([{HAN}]{{2,20}}?(?:局|镇|乡|街道))[^，。；（]{{0,12}}联系")
_TOWN = Pattern(rf"(?<![各该本我全辖])[{HAN}]{{2,}}(?:镇|乡|街道)$")
_BUREAUS = (
    "教育|体育|卫生健康|卫健|医疗保障|医保|民政|财政|审计|统计|司法|公安|水务|水利|农业|林业|自然资源|规划|住房|住建|城市管理|城管|交通|商务|"
    "文化|旅游|应急|市场监|人力资源|人社|发展和改革|发改|科技|科学技术|工业|工信|生态环境|退役军人|信访|民族|宗教|粮食|大数据|数据|"
    "政务服务|行政审批|税务|气象|乡村振兴|园林|金融|机关事务|招商|投资"
)
_BUREAU = Pattern(rf"[{HAN}]{{0,8}}(?:{_BUREAUS})[{HAN}]{{0,10}}(?:局|委员会|厅)$")
_ACTOR = Pattern(rf"{_START}([{HAN}]{{2,6}}[县区市旗](?:{_BUREAUS})[{HAN}]{{0,10}}?局)(?=\d{{4}}年|{_OWN_WORK})")
_GOVERNMENT = Pattern(
    rf"{_START}([{HAN}]{{2,8}}?[县区市旗](?:人民)?政府(?:办公室)?)(?=认真|高度重视|坚持|严格|深入|始终|紧紧|围绕|共|主动公开|收到)"
    r"|(向[省市县区旗](?:人民)?政府及(?:其|[省市县区旗](?:人民)?政府)?办公[室厅]提出的)"
)
"""A county's government as the subject of a town's or bureau's own work; requests made to it."""

_CHANNEL = Pattern(
    rf"(?:在|通过|依托|利用)((?![各全县每所辖两本我村区市省镇乡])[{HAN}]{{2,5}}?(?:镇|乡|街道))(?:人民政府|政府)?(?:信息公开|政务公开|门户)?(?:网站|网|公众号|公开栏|公示栏)"
)
_OTHER_WORK = Pattern(
    r"(?:围绕|立足|聚焦|推进|做好)(?:全[县市区])?(市场监管|自然资源和规划|自然资源|税收|审计|司法行政|医疗保障|教育体育|住房和城乡建设|交通运输)"
    r"(?:领域|中心工作|工作|职能|主责主业|事业)"
)
"""Work of a bureau, in a town's report: it is only hinted at."""

_ANY_BODY = frozenset("本我该各市县区旗省州局委厅办公室分中心政府人民员会和与及")
_GENERIC = Pattern(
    r"[各该本我两此原由在与和向对受为经及的乡]$|(?:全体|其他|邻近|周边|所有|部分|有关|相关|邻近|所属|所辖|下辖|辖区)$|^(?:与|和|向|对|同|会同|联合|经|受|按|据|在|到|赴|从|原)"
)
_NOT_NAMED = r"(?<![原与和同跟向撤由])"
_ORDINARY = r"(?![村亲土情音贤间愁风约韵里镇])"
"""After 乡 these make other words: 禾麓乡村振兴, 禾麓乡音."""


@lru_cache(maxsize=64)
def _any_of(patterns: tuple[str, ...]) -> Pattern:
    return Pattern(rf"(?=[我本])(?:{'|'.join(patterns)})")


@dataclass(frozen=True)
class _Own:
    """What is known of the body from its name and level."""

    name: str
    level: str
    kind: str
    stem: str

    @property
    def wrong(self) -> Pattern | None:
        """The self-designations of other kinds of bodies."""
        words = _WRONG.get(self.kind) or _WRONG.get(self.level, "")
        chosen = [p for w, p in _SELF.items() if w in words and w not in self.name[-4:]]
        return _any_of(tuple(chosen)) if chosen else None

    @cached_property
    def districts(self) -> set[str]:
        """Return the kinds of districts that the name itself names: 县 of 望川市生态环境局锦屿县分局."""
        return {m[1] for m in _AREA_NAME.finditer(self.name)}

    @property
    def is_below_city(self) -> bool:
        """Tell whether the body is of a county or below, or is its government."""
        return self.is_low or self.level in ("department", "county_office", "county")

    def here(self, county: str) -> set[str]:
        """Return the kinds of districts the body lies in, as far as its name and its county tell."""
        return {county[-1:], *(self.districts or (["市"] if "市" in self.name else []))} & set("县区市旗")

    @property
    def is_government(self) -> bool:
        """Tell whether the body is a county's government or its office."""
        return self.level in ("county", "county_office") or "人民政府办" in self.name

    @property
    def is_low(self) -> bool:
        """Tell whether the body is a town or street."""
        return self.level in ("town", "street") or self.kind in ("镇", "乡", "街道")


def _own(reading: Reading) -> _Own:
    name = reading.report.name.strip()
    given = reading.report.body.get("level", "")
    level = reading.edition.level(given)
    kind = _KIND.search(name)
    stem = _STEM.search(_PREFIX.sub("", name))
    return _Own(name, level.id if level else "", (kind[1] or kind[2]) if kind else "", stem[1] if stem else "")


def foreign_words(rule: Rule, reading: Reading, text: str, lines: Sequence[Line]) -> list[Finding]:
    """Return what of a text seems to come from the report of another body."""
    own = _own(reading)
    found = []
    others = own.wrong
    wrong = [h for line in lines for h in hits(line, others)] if others else []
    if wrong:
        found.append(at_hits(rule, reading, text, wrong, f"自称与本单位“{own.name}”不符：{{}}"))
    county = reading.report.body.get("county", "").strip()
    areas = [h for line in lines for h in _areas(line, own, county)] if own.is_below_city else []
    if areas:
        what = f"说的是上级的范围，不是本单位“{own.name}”：{{}}"
        found.append(at_hits(rule, reading, text, areas, what))
    kinds = [h for line in lines for h in _other_districts(line, own, county)]
    if kinds:
        found.append(at_hits(rule, reading, text, kinds, f"自称与本单位“{own.name}”所在的地方不符：{{}}"))
    misspelt = [h for line in lines for h in _misspelt(line, own)]
    if misspelt:
        found.append(at_hits(rule, reading, text, misspelt, f"本单位是“{own.name}”，名称写得不一样：{{}}"))
    work = [h for line in lines for h in hits(line, _OTHER_WORK)] if own.is_low else []
    if work:
        what = f"像是部门报告里的话，本单位是“{own.name}”：{{}}"
        found.append(at_hits(rule, reading, text, work, what, severity=Severity.HINT))
    names = [h for line in lines for h in _other_names(line, own, county)]
    if names:
        found.append(at_hits(rule, reading, text, names, f"写的是别的单位，本单位是“{own.name}”：{{}}"))
    return found


def _areas(line: Line, own: _Own, county: str) -> list[Hit]:
    """Return 我市, 全省 where they say what the body itself did; 我县 and 按照我市部署 are ordinary.

    A body in a county-level 市 or a 区 says 我市 or 我区 as others say 我县; without the county only 省 tells.
    """
    if not _AREA_CUE.search(line.words):
        return []
    here = own.here(county)
    found = []
    for match in _AREA.finditer(line.words):
        kind = match[0][-1]
        known = bool(here) if kind != "省" else True
        wide = kind in "省市" or (match[0][0] == "全" and (kind == "县" or own.is_low))
        if known and wide and kind not in here:
            found.append(match.span())
    return quotes(line, found)


def _other_districts(line: Line, own: _Own, county: str) -> list[Hit]:
    """Return 我县 in the report of a 区 or 市, 我区 in that of a 县."""
    if "我" not in line.words and "本" not in line.words:
        return []
    here = own.here(county)
    if not here:
        return []
    wrong = [k for k in _OUR if k not in here and (f"我{k}" in line.words or f"本{k}" in line.words)]
    if "区" in wrong and (_REGION.search(own.name + county + line.words) or "县" not in here):
        wrong.remove("区")
    return [h for k in wrong for h in hits(line, _OUR_PATTERNS[k])]


_OUR_PATTERNS = {k: Pattern(p) for k, p in _OUR.items()}


def _misspelt(line: Line, own: _Own) -> list[Hit]:
    """Return the own name with 乡 for 镇 and the like; a former 禾麓乡 and a neighbour are told by the word before."""
    if len(own.stem) < 2 or own.stem not in line.words or own.kind not in _KINDS:
        return []
    others = "|".join(k + (_ORDINARY if k == "乡" else "") for k in _KINDS if k != own.kind)
    wrong = re.compile(rf"{_NOT_NAMED}{re.escape(own.stem)}(?:{others})")
    return quotes(line, [m.span() for m in wrong.finditer(line.words)])


_KINDS = ("镇", "乡", "街道")


def _other_names(line: Line, own: _Own, county: str) -> list[Hit]:
    """Return names of other bodies where only the own one can stand: as the acting subject, or in the introduction."""
    found = []
    if own.stem and ("人民政府" in line.words or "办事处" in line.words):
        pattern = _IN_INTRODUCTION if line.text == "introduction" else _SUBJECT
        found += [m.span() for m in pattern.finditer(line.words) if not _is_own(m, own)]
    if line.text == "introduction" and "由" in line.words:
        found += [m.span(1) for m in _COMPILER.finditer(line.words) if _is_other(m[1], own, county)]
    if line.text == "introduction" and "联系" in line.words:
        found += [m.span(1) for m in _ASKED.finditer(line.words) if _is_asked_elsewhere(m[1], own, county)]
    if own.is_below_city and "政府" in line.words and line.text != "introduction":
        found += [m.span() for m in _GOVERNMENT.finditer(line.words) if not own.is_government]
    if own.is_low and own.stem:
        found += [m.span(1) for m in _CHANNEL.finditer(line.words) if own.stem not in m[1]]
    if own.kind == "局" and "局" in line.words:
        found += [m.span(1) for m in _ACTOR.finditer(line.words) if _is_other(m[1], own, county)]
    return quotes(line, found)


def _is_own(match: re.Match[str], own: _Own) -> bool:
    return match[1].endswith(own.stem) or bool(_GENERIC.search(match[1]))


def _is_asked_elsewhere(name: str, own: _Own, county: str) -> bool:
    """Tell whether readers are sent to another town or bureau."""
    if own.kind in _KINDS and len(own.stem) > 1:
        return bool(_TOWN.search(name)) and own.stem not in name
    return _is_other(name, own, county)


def _is_other(name: str, own: _Own, county: str) -> bool:
    """Tell whether a name is that of another bureau: it has a character that is in no form of the own name."""
    if not _BUREAU.search(name) or own.kind != "局":
        return False
    known = set(own.name) | set(county) | _ANY_BODY
    return bool(set(name) - known)
