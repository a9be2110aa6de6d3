"""What a body is, as far as its name, its level and its county tell (for rule S5)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache

from nianbao.checks.wording.text_lines import HAN
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

TOWNS = ("镇", "乡", "街道")
"""The endings of the names of towns and streets."""

_AREA_NAME = Pattern(rf"[{HAN}]{{2,8}}?(?<!自治)([县区旗])(?![域划])")
_KIND = Pattern(r"(街道|镇|乡)(?:(?:人民)?政府|办事处)?$|(局)$")
_STEM = Pattern(rf"([{HAN}]{{1,8}})(?:镇|乡|街道)(?:(?:人民)?政府|办事处)?$")
_OFFICE = Pattern(r"政府(?:办公[室厅]|办)?$")
_PREFIX = Pattern(rf"^[{HAN}]*(?:自治[区州县]|[省市县区州盟旗]|人民政府)(?=[{HAN}]{{1,8}}(?:镇|乡|街道))")


@lru_cache(maxsize=64)
def _any_of(patterns: tuple[str, ...]) -> Pattern:
    return Pattern(rf"(?=[我本])(?:{'|'.join(patterns)})")


@dataclass(frozen=True)
class Own:
    """What is known of the body from its name and level."""

    name: str
    level: str
    kind: str
    stem: str

    @cached_property
    def wrong(self) -> Pattern | None:
        """The self-designations of other kinds of bodies."""
        words = _WRONG.get(self.kind) or _WRONG.get(self.level, "")
        chosen = [p for w, p in _SELF.items() if w in words and w not in self.name[-4:]]
        return _any_of(tuple(chosen)) if chosen else None

    @cached_property
    def districts(self) -> set[str]:
        """Return the kinds of districts that the name itself names: 县 of 望川市生态环境局锦屿县分局."""
        return {m[1] for m in _AREA_NAME.finditer(self.name)}

    @cached_property
    def is_below_city(self) -> bool:
        """Tell whether the body is of a county or below, or is its government."""
        return self.is_low or self.level in ("department", "county_office", "county")

    def here(self, county: str) -> set[str]:
        """Return the kinds of districts the body lies in, as far as its name and its county tell."""
        return {county[-1:], *(self.districts or (["市"] if "市" in self.name else []))} & set("县区市旗")

    @cached_property
    def is_government(self) -> bool:
        """Tell whether the body is a county's government or its office."""
        if self.level in ("county", "county_office") or "人民政府办" in self.name:
            return True
        return not self.is_low and bool(_OFFICE.search(self.name))

    @cached_property
    def is_of_a_city(self) -> bool:
        """Tell whether the body is a government above the counties, or its office."""
        return self.level == "higher" and (bool(_OFFICE.search(self.name)) or self.name.endswith("市"))

    @cached_property
    def is_low(self) -> bool:
        """Tell whether the body is a town or street."""
        return self.level in ("town", "street") or self.kind in TOWNS


def own_name(reading: Reading) -> Own:
    """Return what is known of the body of a report."""
    level = reading.edition.level(reading.report.body.get("level", ""))
    return _own(reading.report.name.strip(), level.id if level else "")


@lru_cache(maxsize=64)
def _own(name: str, level: str) -> Own:
    """Every text asks for the same body: its name is read once."""
    kind = _KIND.search(name)
    stem = _STEM.search(_PREFIX.sub("", name))
    return Own(name, level, (kind[1] or kind[2]) if kind else "", stem[1] if stem else "")
