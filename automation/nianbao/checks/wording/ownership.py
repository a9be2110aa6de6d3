"""Words by which a text shows that it was written for another body (part of S5). Other organs may of course be named.

Without a roster only two things tell for sure: how a body speaks of itself (我局 in a town's report), and another
body's name where only one's own can stand.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from nianbao.checks.wording.lines import HAN, Hit, Line, at_hits, hits, quotes
from nianbao.findings import Finding
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
    r"不断|持续|各级各部门|各县|全年|全面推进|始终)"
)
_AREA = Pattern(
    rf"(?:^|(?<=[，。；：年来]))[我本](?:省|市|区)(?={_OWN_WORK})|全[省市](?=共?(?:主动公开|发布|收到|新收|受理)|累计)"
)
_KIND = Pattern(r"(街道|镇|乡)(?:人民政府|办事处)?$|(局)$")
_STEM = Pattern(rf"([{HAN}]{{1,8}})(?:镇|乡|街道)(?:人民政府|办事处)?$")
_PREFIX = Pattern(rf"^[{HAN}]*(?:自治[区州县]|[省市县区州盟旗])(?=[{HAN}]{{1,8}}(?:镇|乡|街道))")
_NAMED = rf"([{HAN}]{{1,12}}?)((?:镇|乡)人民政府|街道办事处)"
_SUBJECT = Pattern(rf"(?:^|(?<=[。；])|(?<=\d{{4}}年，)|(?<=一年来，)|(?<=今年以来，)){_NAMED}")
_IN_INTRODUCTION = Pattern(_NAMED)
_COMPILER = Pattern(r"由([^，。；：、（）()\s]{2,20}局)(?:负责)?(?:编制|汇总|起草)")
_GENERIC = Pattern(
    r"[各该本我两此原由在与和向对受为经及的乡]$|(?:全体|其他|邻近|周边|所有|部分|有关|相关|邻近|所属|所辖|下辖|辖区)$|^(?:与|和|向|对|同|会同|联合|经|受|按|据|在|到|赴|从|原)"
)


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
        return Pattern(rf"(?=[我本])(?:{'|'.join(chosen)})") if chosen else None

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
    wrong = [h for line in lines for h in hits(line, own.wrong)] if own.wrong else []
    if wrong:
        found.append(at_hits(rule, reading, text, wrong, f"自称与本单位“{own.name}”不符：{{}}"))
    county = reading.report.body.get("county", "").strip()[-1:]
    areas = [h for line in lines for h in _areas(line, county)] if own.is_low else []
    if areas:
        found.append(at_hits(rule, reading, text, areas, f"说的是上级的范围，不是本单位“{own.name}”：{{}}"))
    names = [h for line in lines for h in _other_names(line, own)]
    if names:
        found.append(at_hits(rule, reading, text, names, f"写的是别的单位，本单位是“{own.name}”：{{}}"))
    return found


def _areas(line: Line, county: str) -> list[Hit]:
    """Return 我市, 全省 where they say what the town itself did; 我县 and 按照我市部署 are ordinary.

    A town under a county-level 市 or a 区 says 我市 or 我区 as others say 我县; without the county nothing is said.
    """
    if not county or ("市" not in line.words and "省" not in line.words and "区" not in line.words):
        return []
    found = [m for m in _AREA.finditer(line.words) if county not in m[0]]
    return quotes(line, [m.span() for m in found])


def _other_names(line: Line, own: _Own) -> list[Hit]:
    """Return names of other bodies where only the own one can stand: as the acting subject, or in the introduction."""
    found = []
    if own.stem and ("人民政府" in line.words or "办事处" in line.words):
        pattern = _IN_INTRODUCTION if line.text == "introduction" else _SUBJECT
        found += [m.span() for m in pattern.finditer(line.words) if not _is_own(m, own)]
    if own.kind == "局" and line.text == "introduction":
        found += [m.span(1) for m in _COMPILER.finditer(line.words) if not _same(m[1], own.name)]
    return quotes(line, found)


def _is_own(match: re.Match[str], own: _Own) -> bool:
    return match[1].endswith(own.stem) or bool(_GENERIC.search(match[1]))


def _same(one: str, other: str) -> bool:
    return one.endswith(other) or other.endswith(one)
