"""Figures of normative documents, decisions, charges and the processing fee (表二 and 信息处理费)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nianbao.checks.text import roles
from nianbao.checks.text.roles import Role
from nianbao.checks.text.stretch import ITEMS, LISTED, Meant, Stretch, role_of
from nianbao.patterns import Pattern

_DOCUMENT_WORK = Pattern(
    "制度|办法|目录|栏目|专栏|专题|数据库|管理|培训|审查|审核|备案|评估|解读|修改|修订|起草|报备|征求|征集|转发|配套|上级|拟|以[^#]{2,8}名义"
)
_TWO_ENDS = Pattern("失效[^#，；。]{0,12}#[^。]*废止[^#，；。]{0,12}#|废止[^#，；。]{0,12}#[^。]*失效[^#，；。]{0,12}#")
_OTHER_COSTS = Pattern("邮[寄递政]?费|复制费|检索费|工本费|成本费")
_IN_BRACKET = Pattern("#[^，；。、（）]{0,8}（[^（）]*$")
_KINDS = {"规范性文件": Pattern("规范性文件"), "规章": Pattern("规章(?!制度|文件|性)")}
_OTHER_PAPERS = Pattern("文件|材料|信息|政策|方案|通知")
_MADE = "制发|印发|出台|制定|制作|废止|报送|报备|起草"
_BY_OTHERS = Pattern(
    f"(?:各(?:部门|单位|乡镇?|镇|街道?|县|区|市|地)|(?<![我本各该])(?:部门|乡镇|单位)|(?<![我本该])[县区市]政府)[^#，；。]{{0,8}}(?:{_MADE})"
)
_OURS = Pattern("[我本][局委办厅镇乡街单机院校]")
_CLEANED = Pattern("清理|梳理|审查|审核|备案")


def documents(stretch: Stretch) -> Iterator[Meant]:
    """Yield what a figure of 规章 or 规范性文件 may mean: issued, repealed, in force."""
    kind = _kind(stretch)
    if _DOCUMENT_WORK.search(stretch.text) or not kind or _is_by_others(stretch):
        return
    role = role_of(roles.REGULATION_ROLES if kind == "规章" else roles.NORMATIVE_ROLES, stretch.text)
    if role and not _is_told_elsewhere(stretch, role):
        cleaned = bool(_CLEANED.search(stretch.before))
        yield Meant(role.id, f"{kind}{role.label}", role.readings, (), role.sure and not cleaned)


def _is_by_others(stretch: Stretch) -> bool:
    """Tell whether a town or bureau tells of documents of other bodies: 审核区政府规范性文件8件，各部门制发5件."""
    if stretch.report.body.get("level") not in ("department", "town", "street"):
        return False
    part = (stretch.before + stretch.text[stretch.chunk.at :]).rpartition("；")[2]
    others = list(_BY_OTHERS.finditer(part))
    return bool(others) and not _OURS.search(part, others[-1].end())


def _kind(stretch: Stretch) -> str:
    """Return 规章 or 规范性文件, whichever the clause names or else the sentence named last; '' when it is neither."""
    clause = stretch.text
    named = [k for k, words in _KINDS.items() if words.search(clause)]
    if len(named) == 1:
        return named[0]
    if named or _OTHER_PAPERS.search(clause):
        return ""
    said = {k: [m.start() for m in words.finditer(stretch.before)] for k, words in _KINDS.items()}
    last = {k: places[-1] for k, places in said.items() if places}
    return max(last, key=lambda k: last[k], default="规范性文件")


def _is_told_elsewhere(stretch: Stretch, role: Role) -> bool:
    """Tell whether the figure is only a part: in brackets, in a list of what was cleaned up, beside another end."""
    in_a_list = _CLEANED.search(stretch.before) and LISTED.search(stretch.before)
    return bool(
        _IN_BRACKET.search(stretch.before)
        or (role.id == "repealed" and _TWO_ENDS.search(stretch.sentence.shape.text))
        or (role.id != "repealed" and in_a_list)
    )


def fees(stretch: Stretch) -> Iterator[Meant]:
    """Yield what a figure of the processing fee may mean: notices or amounts."""
    unit = stretch.token.unit
    if _OTHER_COSTS.search(stretch.text):
        return
    role = role_of(roles.MONEY_ROLES if unit == "元" else roles.NOTICE_ROLES, stretch.text)
    if role and unit in {"元", "件", "份", "次", ""}:
        yield Meant("fee", role.label, role.readings, (), role.sure)


def decisions(stretch: Stretch) -> Iterator[Meant]:
    """Yield decisions and charges of 表二 (条例 art. 20 items 5, 6, 8): a question at most, counting rules differ."""
    money = stretch.token.unit == "元"
    if "程序" in stretch.text:
        return
    role = role_of(roles.CHARGE_ROLES if money else roles.DECISION_ROLES, stretch.text)
    if role is None and not money and re.search("[作做]出", stretch.before):
        role = role_of(roles.FURTHER_DECISION_ROLES, stretch.text)
    if role and (money or stretch.token.unit in ITEMS) and not LISTED.search(stretch.before):
        yield Meant(role.id, role.label, role.readings, (), sure=False, scale=10_000 if money else 1)
