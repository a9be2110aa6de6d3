"""F6 and F7: the body's name is that of an organ, its county that of a county. Only what is certain is asked about."""

from __future__ import annotations

from nianbao.checks.rule_findings import finding
from nianbao.findings import Finding
from nianbao.form import Rule
from nianbao.patterns import Pattern
from nianbao.report import Reading
from nianbao.unicodes import plain_form

SHORTEST = 4
"""No organ has a name of fewer characters: its place alone takes two."""

_TITLE = Pattern(r"年度报告|工作报告|信息公开报告|(?<![青少])年报|(?:19|20)\d\d年(?:度|政府|信息|$)")
_PLACE = Pattern(r".*(?:镇|乡|街道|县|市|旗|苏木|州|省)|.*[^新园景林库灌矿军社小监济术业作能假理税贸聚发范护验]区")
_SHORT = Pattern(r".*(?:(?<!人民)政府|(?<!人民)政府办|府办)")
_HOLE = Pattern(r"[×✕*]|[xX]{2,}|_{2,}|\.{3}")
_COUNTY = Pattern(r"[^\s,，、;；]{1,12}(?:县|市|区|旗|州|盟|地区|师|团场|管委会|管理委员会)")
_ABOVE = Pattern(r".+省.+")
_BELOW = Pattern(r".*[县市区旗].*(?:镇|乡|街道|苏木|村|社区)")


def name_is_in_full(rule: Rule, reading: Reading) -> list[Finding]:
    """F6: no title, no bare place, no short form such as 镇政府."""
    name = plain_form(reading.report.name).strip()
    if not name:
        return []
    what = _wrong_name(name)
    if not what:
        return []
    said = f"单位名称写的是“{reading.report.name.strip()[:60]}”，{what}"
    return [finding(rule, reading, ["name"], said, evidence=[name])]


def _wrong_name(name: str) -> str:
    if _TITLE.search(name):
        return "带有年度或报告的题目，印出来标题会重复"
    if _HOLE.search(name):
        return "里面还有空白没有填写"
    if _PLACE.fullmatch(name):
        return "是地名，不是机关的名称"
    if _SHORT.fullmatch(name) or len(name) < SHORTEST:
        return "是简称"
    return ""


def county_is_a_county(rule: Rule, reading: Reading) -> list[Finding]:
    """F7: one county-level place; where the body is of a higher level anything goes."""
    county = plain_form(reading.report.body.get("county", "")).strip()
    level = reading.edition.level(reading.report.body.get("level", ""))
    if not county or (level is not None and level.makes_regulations):
        return []
    what = ""
    if _BELOW.fullmatch(county):
        what = "写到了乡镇、街道"
    elif not _COUNTY.fullmatch(county):
        what = "没有以县、市、区、旗等结尾"
    elif _ABOVE.fullmatch(county):
        what = "连省、市一起写了"
    return [finding(rule, reading, ["county"], f"所属县写的是“{county[:40]}”，{what}")] if what else []
