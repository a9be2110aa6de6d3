"""How a text may call the body that reports: by its full name, without its county, without 人民政府 or 办事处."""

from __future__ import annotations

import re
from functools import lru_cache

from nianbao.patterns import Pattern
from nianbao.report import Report

OWN = "本机关"
"""Stands for the body's own name in a stretch, so that frames need not know names."""

_ABOVE = Pattern(r"^.{1,8}?(?:自治[区州县旗]|[省市县区州盟旗])(?=.{2,})")
_SUFFIX = Pattern(r"(?:人民政府|街道办事处|办事处|管理委员会|管委会|行政公署)(?:办公[室厅])?$")
_ORGAN = Pattern("局|委|厅|办公室|办|中心|院|街道|镇|乡")
_LEVELS = ("省", "市", "县", "区", "州", "旗")
_SHORTEST = 3


@lru_cache(maxsize=256)
def _names(name: str, county: str) -> re.Pattern[str] | None:
    """Return an expression for the names, the longest first; None for a body without a name."""
    if len(name) < _SHORTEST:
        return None
    found = {name}
    shorter = name
    for _ in range(2):
        above = _ABOVE.match(shorter)
        if above is None:
            break
        found.add(above[0][-1] + shorter[above.end() :])
        shorter = shorter[above.end() :]
        found.add(shorter)
    if county and name.startswith(county):
        found.update((name[len(county) :], county[-1] + name[len(county) :]))
    for full in tuple(found):
        bare = _SUFFIX.sub("", full)
        found.update((bare, bare + "街道" if full.endswith("街道办事处") else bare))
    kept = sorted((n for n in found if len(n) >= _SHORTEST or n[-1:] in "镇乡"), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, (n for n in kept if len(n) >= 2))))


def with_own_name(report: Report, stretch: str) -> str:
    """Return a stretch of a shape with the body's own name, also a short form of it, as 本机关."""
    names = _names(report.name, report.body.get("county", ""))
    return _with_short_form(report.name, names.sub(OWN, stretch)) if names else stretch


@lru_cache(maxsize=2048)
def _with_short_form(name: str, stretch: str) -> str:
    """Replace a short form (区住建局 for 南屏区住房和城乡建设局): its characters stand in the name in that order."""
    for match in _ORGAN.finditer(stretch):
        begin, at = match.end(), len(name)
        while begin > 0 and (found := name.rfind(stretch[begin - 1], 0, at)) >= 0:
            begin, at = begin - 1, found
        elsewhere = stretch[begin - 1 : begin] in _LEVELS and begin > 0
        if match.end() - begin >= _SHORTEST and not elsewhere:
            return stretch[:begin] + OWN + stretch[match.end() :]
    return stretch
