"""Names of other bodies where only the own one can stand, and the own name misspelt (part of S5).

Names of other bodies are ordinary everywhere else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from nianbao.checks.wording.body_kind import TOWNS, Own
from nianbao.checks.wording.text_lines import HAN, Hit, TypedParagraph, quotes
from nianbao.patterns import Pattern

OWN_WORK = (
    r"(?:共|主动公开|主动发布|政府信息公开工作|政务公开工作|收到|新收|受理|发布|高度重视|认真|积极|坚持|严格|深入|"
    r"不断|持续|各级各部门|各县|全年|全面推进|始终|围绕)"
)
"""What a body says of its own work, right behind its name."""

_NAMED = rf"([{HAN}]{{1,12}}?)((?:镇|乡)人民政府|街道办事处)"
_START = Pattern(r"[。；年，](?:(?<=[。；])|(?<=\d{4}年)度?，?|(?<=年度，)|(?<=一年来，)|(?<=今年以来，))")
_ORDINAL = Pattern("[一二三四五六七八九十]是|首先|其次")
_NAME_ENDS = Pattern("[镇乡道府局县旗市]")
_FURTHEST = 24
"""Right behind these, and where a line begins, a sentence's subject stands; no name is longer than _FURTHEST."""

_SAYS_WE = ("我", "本", "")
_NAME = rf"(?:(?![我将现把本各全该每所辖两的在对向由于与和及原经])[{HAN}])"
_SUBJECT = Pattern(_NAMED)
_IN_INTRODUCTION = Pattern(_NAMED)
_COMPILER = Pattern(
    r"由([^，。；：、（）()《\s]{2,24}?(?:局|委员会|政府))(?:[^，。；：、（）()《\s]{0,8}(?:室|办|股|科|处))?"
    r"(?:(?:负责|按照|根据|依据|依照|按|对照)[^。；]{0,60}?)?(?:编制|编写|汇总|起草|撰写)"
)
_ASKED = Pattern(rf"请?与([{HAN}]{{2,20}}?(?:局|镇|乡|街道))[^，。；（]{{0,12}}联系")
_TOWN = Pattern(rf"(?<![各该本我全辖])[{HAN}]{{2,8}}(?:镇|乡|街道)$")
_BUREAUS = (
    "教育|体育|卫生健康|卫健|医疗保障|医保|民政|财政|审计|统计|司法|公安|水务|水利|农业|林业|自然资源|规划|住房|住建|城市管理|城管|交通|商务|"
    "文化|旅游|应急|市场监|人力资源|人社|发展和改革|发改|科技|科学技术|工业|工信|生态环境|退役军人|信访|民族|宗教|粮食|大数据|数据|"
    "政务服务|行政审批|税务|气象|乡村振兴|园林|金融|机关事务|招商|投资"
)
_BUREAU = Pattern(rf"[{HAN}]{{0,8}}(?:{_BUREAUS})[{HAN}]{{0,10}}(?:局|委员会|厅)$")
_ACTOR = Pattern(
    rf"((?!现将|现对|公布|公开)[{HAN}]{{2,6}}[县区市旗](?:{_BUREAUS})[{HAN}]{{0,10}}?局)(?=\d{{4}}年|{OWN_WORK})"
)
_GOVERNMENT = Pattern(
    rf"({_NAME}{{2,8}}?[县区市旗](?:人民)?政府(?:办公室)?)(?=认真|高度重视|坚持|严格|深入|始终|紧紧|围绕|共|主动公开|收到)"
)
_ASKED_OF = Pattern(r"向[省市县区旗](?:人民)?政府及(?:其|[省市县区旗](?:人民)?政府)?办公[室厅]提出的")
"""A county's government as the subject of a town's or bureau's own work; requests made to it."""

_CHANNEL = Pattern(
    rf"(?:在|通过|依托|利用)((?![各全县每所辖两本我村区市省镇乡])[{HAN}]{{2,5}}?(?:镇|乡|街道))(?:人民政府|政府)?(?:信息公开|政务公开|门户)?(?:网站|网|公众号|公开栏|公示栏)"
)
OTHER_WORK = Pattern(
    r"(?:围绕|立足|聚焦|推进|做好)(?:全[县市区])?(市场监管|自然资源和规划|自然资源|税收|审计|司法行政|医疗保障|教育体育|住房和城乡建设|交通运输)"
    r"(?:领域|中心工作|工作|职能|主责主业|事业)"
)
"""Work of a bureau, in a town's report: it is only hinted at."""

_TOWN_ACTOR = Pattern(rf"((?![县区市]){_NAME}{{1,6}}?(?:镇|乡|街道))(?={OWN_WORK}|在[县区市]|按照|结合|\d{{4}}年)")
_TITLED = Pattern(
    rf"(?:现将|现对|公布|公开|发布|编制|形成|撰写)(?:了|完成)?《?((?![本我该各全])[{HAN}]{{2,20}}?)(?=20\d\d年度?政府信息公开(?:工作)?(?:年度)?报告)"
)
"""Whose report an introduction announces."""

_GOVERNMENT_OF = Pattern("(?:(?:人民)?政府(?:办公[室厅])?|(?:街道)?办事处)$")
_DISTRICT = Pattern(rf"[{HAN}]{{2,4}}[县市区旗]$")
_DOES_SOMETHING = Pattern(
    "公开|公布|公示|发布|指导|督促|组织|推动|推进|开展|汇总|报送|更新|涉及|建立|完善|制定|编制|加强|规范|深化|结合|落实|通过"
)
"""Verbs: 主动公开街道 is no name."""

_NOT_A_TOWN = Pattern(r"(?:集|乡|城|村|小|强|重|圩|古|某|类|级|试点|示范|中心)(?:镇|乡|街道)$")
_COUNTY_ACTOR = Pattern(rf"((?![省市]){_NAME}{{2,3}}[县旗])(?:人民政府)?(?={OWN_WORK}|在[省市]|\d{{4}}年)")
"""Another county; 区 is left out: 经开区, 库区 and the like are a county's own parts."""

_CITY_ACTOR = Pattern(
    rf"((?![省市]){_NAME}{{2,4}}市)(?:人民政府|政府)?(?=各级(?:行政|政府|各部门)|(?:全市)?(?:共|累计)?(?:收到|新收|受理)[^，。；]{{0,12}}申请)"
)
"""Another city whose work or requests are told of."""

_OUR_DISTRICT = Pattern(
    r"(?:^|(?<=[。；]))(?:20\d\d年，?|全年，?)?(我[县区市旗])(?:将|把|对)(?:政务公开|政府信息公开|信息公开)(?![^。]*(?:[镇乡]|街道))"
)
"""我县将政务公开纳入…考核 in a sentence that says nothing of the town whose report it is."""

_REQUESTS_OF_ALL = Pattern(r"全[县区市旗](?:共|累计)?(?:收到|新收|受理)[^，。；]{0,12}申请(?![^。]*(?:[镇乡]|街道))")
_ANY_BODY = frozenset("本我该各市县区旗省州局委厅办公室分中心政府人民员会和与及")
_LED = Pattern(rf"^[{HAN}]*(?:公开|公布|发布|公示|编制|印发|汇总)")
"""Verbs that a name was cut with: 编制发布福建省市场监管局, 依法公开区公安局."""
_GENERIC = Pattern(
    r"[各该本我两此原由在与和向对受为经及的乡]$|(?:全体|其他|邻近|周边|所有|部分|有关|相关|邻近|所属|所辖|下辖|辖区)$|^(?:与|和|向|对|同|会同|联合|经|受|按|据|在|到|赴|从|原)"
)
_NOT_NAMED = r"(?<![原与和同跟向撤由])"
_ORDINARY = r"(?![村亲土情音贤间愁风约韵里镇])"
"""After 乡 these make other words: 禾麓乡村振兴, 禾麓乡音."""


@lru_cache(maxsize=64)
def _misspelt(stem: str, kind: str) -> Pattern:
    others = "|".join(k + (_ORDINARY if k == "乡" else "") for k in TOWNS if k != kind)
    return Pattern(rf"{_NOT_NAMED}{re.escape(stem)}(?:{others})")


def misspelt(line: TypedParagraph, own: Own) -> list[Hit]:
    """Return the own name with 乡 for 镇 and the like; a former 禾麓乡 and a neighbour are told by the word before."""
    if len(own.stem) < 2 or own.stem not in line.words or own.kind not in TOWNS:
        return []
    return quotes(line, [m.span() for m in _misspelt(own.stem, own.kind).finditer(line.words)])


def other_names(line: TypedParagraph, own: Own, county: str) -> list[Hit]:
    """Return names of other bodies where only the own one can stand: as the acting subject, or in the introduction."""
    words = line.words
    starts = [_behind_ordinal(words, n) for n in (0, *(m.end() for m in _START.finditer(words)))]
    found = [
        span
        for start in starts
        if words[start : start + 1] not in _SAYS_WE and _NAME_ENDS.search(words, start, start + _FURTHEST)
        for span in _subject(words, start, own, county)
    ]
    if line.text == "introduction":
        found += _in_introduction(words, own, county)
    elif own.is_below_city and not own.is_government and "办公" in words:
        found += [m.span() for m in _ASKED_OF.finditer(words)]
    if own.is_low and own.stem and ("网" in words or "公众号" in words or "公示栏" in words or "公开栏" in words):
        found += [m.span(1) for m in _CHANNEL.finditer(words) if own.stem not in m[1]]
    if own.is_low and county:
        found += _of_the_county(words, county[-1:])
    return quotes(line, sorted(set(found)))


def _behind_ordinal(words: str, start: int) -> int:
    """Return where a sentence begins that is a point of a list: 一是平江市…."""
    ordinal = _ORDINAL.match(words, start)
    return ordinal.end() if ordinal else start


def _of_the_county(words: str, kind: str) -> list[tuple[int, int]]:
    """Return where a town's text tells what the whole county did."""
    found = []
    if f"我{kind}" in words:
        found += [m.span(1) for m in _OUR_DISTRICT.finditer(words) if m[1].endswith(kind)]
    if f"全{kind}" in words:
        found += [m.span() for m in _REQUESTS_OF_ALL.finditer(words) if m[0].startswith(f"全{kind}")]
    return found


def _subject(words: str, start: int, own: Own, county: str) -> Iterator[tuple[int, int]]:
    """Yield the place of another body's name when it is the subject of the sentence that begins here."""
    if own.stem and (match := _SUBJECT.match(words, start)) and not _is_own(match, own):
        yield match.span()
    elif own.kind == "局" and (match := _ACTOR.match(words, start)) and _is_other(match[1], own, county):
        yield match.span(1)
    elif own.is_below_city and not own.is_government and (match := _GOVERNMENT.match(words, start)):
        if match[1] not in own.name:
            yield match.span()
    elif own.is_low and own.stem and (match := _TOWN_ACTOR.match(words, start)):
        if _is_another_town(match[1], own):
            yield match.span(1)
    elif own.is_government or own.is_of_a_city:
        match = (_CITY_ACTOR if own.is_of_a_city else _COUNTY_ACTOR).match(words, start)
        if match and match[1] not in own.name:
            yield match.span(1)


def _is_another_town(name: str, own: Own) -> bool:
    if own.stem in name or name in own.name:
        return False
    return not _NOT_A_TOWN.search(name) and not _DOES_SOMETHING.search(name)


def _in_introduction(words: str, own: Own, county: str) -> Iterator[tuple[int, int]]:
    """Yield the places of other bodies in an introduction: it names no other town, compiler or address."""
    if own.stem and ("人民政府" in words or "办事处" in words):
        yield from (m.span() for m in _IN_INTRODUCTION.finditer(words) if not _is_own(m, own))
    if "政府信息公开" in words:
        yield from (m.span(1) for m in _TITLED.finditer(words) if _is_announced_for_another(m[1], own, county))
    if "由" in words:
        yield from (m.span(1) for m in _COMPILER.finditer(words) if _is_other(m[1], own, county))
    if "联系" in words:
        yield from (m.span(1) for m in _ASKED.finditer(words) if _is_asked_elsewhere(m[1], own, county))


def _is_own(match: re.Match[str], own: Own) -> bool:
    return match[1].endswith(own.stem) or bool(_GENERIC.search(match[1]))


def _is_asked_elsewhere(name: str, own: Own, county: str) -> bool:
    """Tell whether readers are sent to another town or bureau."""
    if own.kind in TOWNS and len(own.stem) > 1:
        return bool(_TOWN.search(name)) and own.stem not in name
    return _is_other(name, own, county)


def _is_announced_for_another(name: str, own: Own, county: str) -> bool:
    """Tell whether a title in the introduction names another body: another town, district or bureau."""
    bare = _GOVERNMENT_OF.sub("", name)
    if bare in own.name or own.name in name or _GENERIC.search(name):
        return False
    if own.kind in TOWNS and len(own.stem) > 1:
        return bool(_TOWN.search(bare)) and own.stem not in bare and not _DOES_SOMETHING.search(bare)
    if own.is_government or own.is_of_a_city:
        place = _DISTRICT.search(bare)
        return bool(place) and not set(bare) <= set(own.name) | set(county) | _ANY_BODY
    return _is_other(name, own, county)


def _is_other(name: str, own: Own, county: str) -> bool:
    """Tell whether a name is that of another bureau: it has a character that is in no form of the own name."""
    name = _LED.sub("", name)
    if not _BUREAU.search(name) or own.kind != "局":
        return False
    known = set(own.name) | set(county) | _ANY_BODY
    return bool(set(name) - known)
