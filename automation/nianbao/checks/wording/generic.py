"""An overview that could stand in any report (S14): nothing in it names the body, the year or a figure."""

from __future__ import annotations

from nianbao.checks.wording.text_lines import HAN, lines_of, listed, quotes, whole_text
from nianbao.findings import Finding
from nianbao.form import Rule
from nianbao.patterns import Pattern
from nianbao.report import Reading

_OWN = Pattern(
    r"[我本](?:[镇乡局县区市省州旗盟委厅办院校站所队中]|街道|单位|机关|部门|级|年|辖区|系统|分局)|全[镇乡县区市局省州旗盟年委厅]|全(?:街道|系统|辖区)"
    r"|今年|当年|一年来|\d|[一二三四五六七八九十百](?:条|件|篇|次|期|个|名|场|份)"
)
_STRONG = (
    r"各级政府部门|部分地区|(?:有些|一些|许多)(?:地方|地区|部门)|(?:相关|有关|政府)部门(?:应|要|需|还)(?!公开)|我国|各地区|"
    r"推动社会进步"
)
_ANYBODY = Pattern(
    rf"{_STRONG}|各级(?:人民)?政府|各地(?:政府|各部门)?|近年来|未来|社会各界|越来越|随着[^，。；]{{0,14}}(?:发展|进步|到来|深入)|"
    r"(?:政府)?信息公开(?:工作|制度)?是[^，。；]{0,24}(?:重要|必然|关键)"
)
_STRONG_ONE = Pattern(_STRONG)
_KIND = Pattern(rf"[{HAN}]{{2,4}}(?:镇|乡|街道|县|区|市|旗|州|省)")
_SHORTEST = 40
_LONG = 300
_SIGNS = 4
"""So much weight of signs of a text about everybody is needed in a short overview; a strong one counts double."""


def overview_is_about_this_body(rule: Rule, reading: Reading) -> list[Finding]:
    """S14: an overview without own name, year and figure is asked about when it is long, or speaks of everybody."""
    overview = "".join(reading.report.texts.get("overview", "").split())
    if len(overview) < _SHORTEST or _OWN.search(overview) or _names_itself(overview, reading):
        return []
    lines = list(lines_of(reading, "overview"))
    signs = [hit for line in lines for hit in quotes(line, [m.span() for m in _ANYBODY.finditer(line.words)])]
    different = {m[0] for m in _ANYBODY.finditer(overview)}
    weight = sum(2 if _STRONG_ONE.match(d) else 1 for d in different)
    if weight < _SIGNS and len(overview) < _LONG:
        return []
    what = "全文没有本单位的名称、年度和任何数字"
    if signs:
        what += f"，说的不是本单位的事：{listed(signs)}"
    return [whole_text(rule, reading, "overview", what, evidence=sorted({s.quote for s in signs}))]


def _names_itself(overview: str, reading: Reading) -> bool:
    """Tell whether a part of the body's own name stands in the text."""
    name = reading.report.name.strip()
    places = list(_KIND.finditer(name))
    words = [m[0] for m in places] + [name[places[-1].end() :] if places else name]
    return any(w in overview for w in words if len(w) > 1)
