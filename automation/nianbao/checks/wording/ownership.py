"""Words by which a text shows that it was written for another body (part of S5). Other organs may of course be named.

Without a roster only two things tell for sure: how a body speaks of itself (我局 in a town's report), and another
body's name where only one's own can stand.
"""

from __future__ import annotations

from collections.abc import Sequence

from nianbao.checks.wording.body_kind import Own, own_name
from nianbao.checks.wording.other_bodies import OTHER_WORK, OWN_WORK, misspelt, other_names
from nianbao.checks.wording.text_lines import Hit, TypedParagraph, at_hits, hits, quotes
from nianbao.findings import Finding, Severity
from nianbao.form import Rule
from nianbao.patterns import Pattern
from nianbao.report import Reading

_DONE = r"(?:共?(?:主动公开|发布|收到|新收|受理)|累计|各级(?:各部门|行政机关|政府)?(?:共|主动|公开))"
_AREA = Pattern(
    rf"[我本全](?:(?<=[我本])(?:(?<=^.)|(?<=[，。；：、年来].))[省市区县](?={OWN_WORK})"
    rf"|(?<=全)(?<![在向对为面由经从].)[省市县区](?={_DONE}))"
)
_AREA_CUE = Pattern("[我本全][省市区县]")
_OUR = {
    "县": r"(?<![自基根])[我本]县(?!级)",
    "区": rf"(?:^|(?<=[，。；：年来]))我区(?={OWN_WORK})",
    "旗": r"(?<!自)我旗",
}
"""Self-designations of whole districts: a body in a 区 does not say 我县. 我区 may be an autonomous region."""

_REGION = Pattern("自治|旗|盟|苏木")


def foreign_words(rule: Rule, reading: Reading, text: str, lines: Sequence[TypedParagraph]) -> list[Finding]:
    """Return what of a text seems to come from the report of another body."""
    own = own_name(reading)
    found = []
    others = own.wrong
    mine = [x for x in lines if "我" in x.words or "本" in x.words]
    wrong = [h for line in mine for h in hits(line, others)] if others else []
    if wrong:
        found.append(at_hits(rule, reading, text, wrong, f"自称与本单位“{own.name}”不符：{{}}"))
    county = reading.report.body.get("county", "").strip()
    here = own.here(county)
    areas = [h for line in lines for h in _areas(line, own, here)] if own.is_below_city else []
    if areas:
        what = f"说的是上级的范围，不是本单位“{own.name}”：{{}}"
        found.append(at_hits(rule, reading, text, areas, what))
    kinds = [h for line in mine for h in _other_districts(line, own, county, here)] if here else []
    if kinds:
        found.append(at_hits(rule, reading, text, kinds, f"自称与本单位“{own.name}”所在的地方不符：{{}}"))
    names = [h for line in lines for h in misspelt(line, own)]
    if names:
        found.append(at_hits(rule, reading, text, names, f"本单位是“{own.name}”，名称写得不一样：{{}}"))
    work = [h for line in lines if _of_a_bureau(line) for h in hits(line, OTHER_WORK)] if own.is_low else []
    if work:
        what = f"像是部门报告里的话，本单位是“{own.name}”：{{}}"
        found.append(at_hits(rule, reading, text, work, what, severity=Severity.HINT))
    names = [h for line in lines for h in other_names(line, own, county)]
    if names:
        found.append(at_hits(rule, reading, text, names, f"写的是别的单位，本单位是“{own.name}”：{{}}"))
    return found


def _of_a_bureau(line: TypedParagraph) -> bool:
    """Tell cheaply whether OTHER_WORK can match."""
    return any(w in line.words for w in ("围绕", "立足", "聚焦", "推进", "做好"))


def _areas(line: TypedParagraph, own: Own, here: set[str]) -> list[Hit]:
    """Return 我市, 全省 where they say what the body itself did; 我县 and 按照我市部署 are ordinary.

    A body in a county-level 市 or a 区 says 我市 or 我区 as others say 我县; without the county only 省 tells.
    """
    if not _AREA_CUE.search(line.words):
        return []
    found = []
    for match in _AREA.finditer(line.words):
        kind = match[0][-1]
        known = bool(here) if kind != "省" else True
        wide = kind in "省市" or (match[0][0] == "全" and (kind == "县" or own.is_low))
        if known and wide and kind not in here:
            found.append(match.span())
    return quotes(line, found)


def _other_districts(line: TypedParagraph, own: Own, county: str, here: set[str]) -> list[Hit]:
    """Return 我县 in the report of a 区 or 市, 我区 in that of a 县."""
    wrong = [k for k in _OUR if k not in here and (f"我{k}" in line.words or f"本{k}" in line.words)]
    if "区" in wrong and (_REGION.search(own.name + county + line.words) or "县" not in here):
        wrong.remove("区")
    return [h for k in wrong for h in hits(line, _OUR_PATTERNS[k])]


_OUR_PATTERNS = {k: Pattern(p) for k, p in _OUR.items()}
