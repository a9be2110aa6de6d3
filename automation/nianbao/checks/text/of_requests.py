"""Figures of applications: received, carried over, done, results, applicants (表三)."""

from __future__ import annotations

from collections.abc import Iterator

from nianbao.checks.text import roles
from nianbao.checks.text.roles import Role, Sum
from nianbao.checks.text.stretch import LISTED, Meant, Stretch, role_of
from nianbao.patterns import Pattern

_CHANNEL = Pattern(
    "网络|网上|网站|在线|信函|信件|来信|邮寄|邮件|当面|现场|邮箱|传真|平台|(?<!全)(?<!局)系统|窗口|微信|书面|口头|纸质|线上|线下|来函|部门"
)
_ALL_CHANNELS = Pattern("等[^#]{0,4}(?:渠道|方式|途径|形式|共|总)|共|总")
_NOT_PLAIN = Pattern(
    "每|未到|未届|延期|延长|超期|逾期|电话|当场|口头|提前|重新|应当?答|补充|协助|转办|撤回|撤销|模板|文书|制度|指南|流程|规范|规程|范本|文本|台账"
    "|栏目|专栏|渠道|窗口|模块|目录|案例|人员|专员|指导|督促|帮助|会商|交办|转送|移送|征求|补正|告知|咨询|同一|涉及|合并|抽查|剔除|名义|质量"
)
_SET_ASIDE = Pattern("不作为|不属于政府信息|征求[^#]*意见|第三方意见|非本机关|不再")
_PARTLY_BEHIND = Pattern("^[^，；。（）#]{0,8}（(?:其中|含|包括|包含)[^（）]*部分公开")
_PARTLY_BEFORE = Pattern("（(?:其中|含|包括|包含)[^（）]*部分公开[^（）]*）[^，；。#]*$")
_THE_REST = Pattern("(?:其余|其[他它](?!处理)|另外?|余下|剩余)(?:的)?#")
_GROUP = Pattern(
    "等(?:原因|情形|情况|理由|因素|类|方式)?[^#]{0,8}?(?:不予公开|无法提供|不予处理|其[他它]处理)|、[^#]*(?:不予公开|无法提供|不予处理)"
)
_EXPLAINS_CARRIED = Pattern(
    f"^[^，；。（）]{{0,16}}（(?:其中)?[：，]?(?P<not>不含|不包括|除)?[^（）]{{0,24}}?(?:{roles.LAST}度?|旧)[^（）#]{{0,8}}(?:结转|转结|遗留|转入)"
)
_CARRIED_FIRST = Pattern("(?:结转|转结)[^#，；。]{0,12}?后(?=[^#]*#)")
"""What comes after last year's were carried over: 结转上年后新收到47件."""
_CARRIED_DONE = Pattern(
    f"(?:{roles.LAST})[^，；。]{{0,8}}(?:结转|转结|遗留)[^，；。]{{0,12}}#[^，；。]{{0,10}}(?:办结|答复|办理)"
)
_CARRIED_STATED = Pattern(
    f"(?:^|[，；。]|（其?中?[含包][括含]?)(?:{roles.LAST}度?[^，；。#]{{0,6}}(?:结转|转结)|(?:结转|转结){roles.LAST})[^，；。#]{{0,10}}#"
)
_ALL_OF_THEM = Pattern("#(?:均|都|全部|一并|一律)[^#]*(?:公开|提供|处理)")
_LAST_CLAUSE = Pattern("[^，；。：（）]*$")
_DONE_ONES = Pattern("(?:办结|答复)的#")
_THOSE = Pattern("(?:收到|受理|接收|接到)的#")
"""受理的37件已按期答复: those of them that were answered, perhaps not all."""
_NEW_TOLD = Pattern("收到|新收|受理|接收|接到|新增|收件|登记|申请[^#，；。]{0,6}#")
_ALL_TOLD = Pattern("(?:收到|新收|受理|接收|接到|办理)[^，；。#]*#")
_INFORMATION = Pattern("公开(?:的|类)*(?:(?:政府)?信息|文件|公文|发文)(?:总数|数量|条数|数|量)?(?:共|为|是|有)?#")
"""Items of information, not requests: 主动公开信息#条，依申请公开信息#条，不予公开信息#条."""
_ATTRIBUTES = Pattern("公开属性|属性[为是认]|公文|发文|不予公开|免予公开")
_DISCLOSED = Pattern("主动公开[^，；。：#]{0,10}#|属性[为是认]")
_OF_REQUESTS = Pattern("收到|新收|受理|接收|接到|办理|答复|办结|申请人|(?<!依)申请(?!公开)")
_PEOPLE = Pattern("公民|个人|自然人|群众|居民|村民|市民")
_BODIES = Pattern("法人|企业|公司|(?<![我本各位])单位|组织|机构|律师|律所|社团")
_ASKED_FOR = Pattern("[^，；。：（）、#]*#[^，；。：（）、#]*")
"""A figure with the words around it."""
_ANYBODY = Pattern("公民[、和及与，或者]*法人")
_AND = Pattern("[、和及与]")


def requests(stretch: Stretch) -> Iterator[Meant]:
    """Yield what a figure of applications may mean; 各 gives it to each of the names before it."""
    text, at = stretch.text, stretch.chunk.at
    each = text[:at].endswith("各")
    names = _AND.split(text[: at - 1]) if each else [text[:at]]
    for name in names:
        yield from _request(stretch, name + "#" + ("" if each else text[at + 1 :]))


def _request(stretch: Stretch, text: str) -> Iterator[Meant]:
    if (
        _is_of_several(stretch, text)
        or _SET_ASIDE.search(text)
        or _SET_ASIDE.search(stretch.before.rpartition("；")[2][-40:])
    ):
        return
    role = role_of(roles.REQUEST_ROLES, _CARRIED_FIRST.sub("", text))
    applicant = next((a for a in roles.APPLICANTS if a[2].search(text)), None)
    top = [r for r in roles.RESULT_ROLES if r.id in roles.TOP_RESULTS and (r.before.search(text) or _behind(r, text))]
    if len(top) > 1 or (role is None and applicant is None):
        return
    if role in roles.RESULT_ROLES:
        if _THE_REST.search(text):
            return
        if top and _GROUP.search(text):
            role = top[0]
    if applicant and (role is None or not role.in_lists):
        if not _ANYBODY.search(text):
            yield Meant("applicant", f"{applicant[0]}的申请", roles.APPLICANT_READINGS, applicant[1], sure=False)
        return
    if role is None or not _is_plain(stretch, role) or _is_of_items(stretch, role, text):
        return
    if not (applicant or role.in_lists) and _is_of_one_kind(stretch, text):
        if _PEOPLE.search(text):
            label, columns, _ = roles.PEOPLE
            yield Meant("applicant", f"{label}的申请", roles.APPLICANT_READINGS, columns, sure=False)
        return
    label = f"{applicant[0]}·{role.label}" if applicant else role.label
    again = role.id == "accepted" and "收到" in stretch.sentence.shape.text[: stretch.chunk.start]
    kind = "result" if role in roles.RESULT_ROLES else role.id
    columns = applicant[1] if applicant else ("total",)
    readings, doubtful = _readings(stretch, role)
    yield Meant(kind, label, readings, columns, role.sure and not again, doubtful=doubtful)


def _is_of_one_kind(stretch: Stretch, text: str) -> bool:
    """Tell whether only applicants of one kind are meant, all or the others being told of too: 公民申请9件，企业2件."""
    people, bodies = bool(_PEOPLE.search(text)), bool(_BODIES.search(text))
    if people == bodies:
        return False
    shape, previous = stretch.sentence.shape.text, stretch.sentence.previous
    earlier = (previous.shape.text if previous else "") + stretch.before
    others = _BODIES if people else _PEOPLE
    told = any(others.search(m[0]) for m in _ASKED_FOR.finditer(shape) if m[0].strip("#") not in text)
    return told or bool(_ALL_TOLD.search(earlier))


def _is_of_several(stretch: Stretch, text: str) -> bool:
    """Tell whether 均 is said of another figure of the clause too: 行政查询事项4件、执法案卷信息3件均不予公开."""
    clause = _LAST_CLAUSE.search(stretch.before)
    return bool(clause and "#" in clause[0] and _ALL_OF_THEM.search(text))


def _is_of_items(stretch: Stretch, role: Role, text: str) -> bool:
    """Tell whether items are counted by attribute: 制发公文9件，主动公开6件、依申请公开2件、不予公开1件."""
    if role not in roles.RESULT_ROLES and role.id != "requests":
        return False
    if _INFORMATION.search(text):
        return True
    shape, part = stretch.sentence.shape.text, stretch.before.rpartition("；")[2]
    disclosed = list(_DISCLOSED.finditer(part))
    if not disclosed or not _ATTRIBUTES.search(shape):
        return False
    return not _OF_REQUESTS.search(part[disclosed[-1].end() :] + text)


def _behind(role: Role, text: str) -> bool:
    return role.after is not None and bool(role.after.search(text))


def _readings(stretch: Stretch, role: Role) -> tuple[tuple[Sum, ...], tuple[Sum, ...]]:
    """Return the readings that are left when the text says whether last year's are counted, and those given up.

    A figure that fits a reading given up is asked, not refused.
    """
    readings = role.readings
    if role.id in ("received", "accepted") and _THOSE.search(stretch.text):
        return (*readings, *roles.ANSWERED), ()
    in_part = _PARTLY_BEHIND.search(stretch.after) or _PARTLY_BEFORE.search(stretch.before)
    if role.id == roles.GIVEN_IN_FULL and in_part:
        return (*readings, roles.GRANTED_AT_ALL), ()
    if role.id == roles.REFUSED:
        return readings, (roles.NOT_GIVEN,)
    said = _EXPLAINS_CARRIED.search(stretch.after)
    if said and roles.IN_HAND in readings:
        kept = tuple(r for r in roles.ANSWERED if r in readings and not said["not"])
        return ((roles.RECEIVED,) if said["not"] else (roles.IN_HAND, *kept)), ()
    if role.id in ("done", "answered") and roles.NEW_DONE in readings:
        previous = stretch.sentence.previous
        earlier = previous.shape.text if previous else ""
        carried = _CARRIED_STATED.search(earlier + stretch.before)
        stated = carried and not _CARRIED_DONE.search(earlier + stretch.sentence.shape.text)
        if said or stated or (_DONE_ONES.search(stretch.text) and not _NEW_TOLD.search(earlier + stretch.before)):
            return tuple(r for r in readings if r is not roles.NEW_DONE), (roles.NEW_DONE,)
    return readings, ()


def _is_plain(stretch: Stretch, role: Role) -> bool:
    """Tell whether a figure is all of its kind: no part of a list, of one channel, or set apart by a word."""
    if role not in roles.FLOW_ROLES:
        return True
    if stretch.text.startswith("其中#") or (not role.in_lists and LISTED.search(stretch.before)):
        return False
    if _CHANNEL.search(stretch.text) and not _ALL_CHANNELS.search(stretch.text):
        return False
    return not _NOT_PLAIN.search(stretch.text)
