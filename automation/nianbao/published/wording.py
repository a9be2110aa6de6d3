"""Other words for the form's headings, as published reports print them: data, and how two headings are compared by it.

A heading is compared by what it says, without the year's word before it and the counting word after it (本年制发件数
and 制发数量 both say 制发). It is taken for the form's only where it means one heading of its table and no other cell
means the same: column_headings.py sees to that.
"""

from __future__ import annotations

from functools import lru_cache

from nianbao.published import labels

BEGINNINGS = ("本年度", "本年", "当年", "年度")
ENDINGS = ("总数量", "件数", "数量", "总数", "个数", "项数", "份数", "数")
"""Words around what a heading counts that change nothing about it; none that counts something else (人数, 次数)."""

SUBJECTS = ("案件情况", "情况", "案件")
"""Words after the name of a group of columns, or of a table over it."""

OTHERS = {
    "制发": ("制定", "印发", "发布", "新制发", "新制定", "制定印发", "制定发布"),
    "废止": ("废止失效", "废止或失效", "废止和失效", "废止及失效"),
    "现行有效": ("有效", "现有效", "继续有效"),
    "处理决定": ("作出处理决定", "作出的处理决定"),
    "收费金额": ("收费", "收费总金额", "收费总额"),
    "商业企业": ("企业",),
    "社会公益组织": ("社会公益机构", "公益组织"),
    "法律服务机构": ("法律服务组织",),
    "法人或其他组织": ("法人或者其他组织", "法人和其他组织", "法人及其他组织", "法人其他组织"),
    "结果维持": ("维持", "维持结果"),
    "结果纠正": ("纠正", "纠正结果"),
    "尚未审结": ("未审结", "尚未结案", "尚未办结"),
    "未经复议直接起诉": ("直接起诉", "未经复议起诉", "未经行政复议直接起诉"),
    "复议后起诉": ("经复议后起诉", "行政复议后起诉", "经行政复议后起诉"),
}
"""For what a heading of the form says, what other pages say there."""

_MEANT = {labels.fold(other).core: form for form, others in OTHERS.items() for other in others}
_SHORTEST = 2


@lru_cache(maxsize=4096)
def meaning(text: str) -> str:
    """Return what a heading says, in the form's words where others are known; '' for nothing."""
    core = labels.fold(labels.without_note(text)).core
    begun = next((w for w in BEGINNINGS if core.startswith(w)), "")
    whole, bare = _without(core, ENDINGS), _without(core[len(begun) :], ENDINGS)
    if bare in OTHERS or bare in _MEANT:
        return _MEANT.get(bare, bare)
    return _MEANT.get(core) or (bare if whole != core else core)


def means(text: str, label: str) -> bool:
    """Tell whether a heading says the same as the form's `label` in other words."""
    return bool(labels.plain(text)) and meaning(text) == meaning(label)


def without_subject(text: str) -> str:
    """Return the name of a group without 情况 or 案件 after it."""
    return _without(labels.plain(text), SUBJECTS)


def _without(text: str, endings: tuple[str, ...]) -> str:
    """Return `text` without the first of these endings that leaves a word."""
    ending = next((e for e in endings if text.endswith(e) and len(text) >= len(e) + _SHORTEST), "")
    return text.removesuffix(ending)
