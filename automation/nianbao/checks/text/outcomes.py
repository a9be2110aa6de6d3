"""What became of all cases, or of the only one, told in words: 行政复议1件，结果维持; 申请1件，予以部分公开 (N1)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from nianbao.checks.text import roles
from nianbao.checks.text.clauses import Sentence, clauses
from nianbao.checks.text.roles import Sum
from nianbao.checks.text.scope import with_years
from nianbao.patterns import Pattern

_SAID = Pattern(
    "^(?P<all>均|都|全部|皆)?(?:已|最终|现|系|经|由|被|获得?|为|是|予以|依法|审理|后)*"
    "(?:(?:复议机关|[县区市省州旗上一级人民]*(?:法院|政府)|复议|诉讼|一审|二审|终审|审结)(?:均|都|已|依法)*)?(?:作出)?(?:判决|裁定|决定|结果|为|予以|的|被|获得?|审理)*"
    f"(?P<outcome>撤销并责令[^，；。#]{{2,8}}|维持|纠正|撤销(?!{roles.WITHDRAWN})|确认违法|其[他它]结果|驳回|尚未审结|未审结|尚在审理|正在审理|审理中|在审)"
    "(?:结果|决定|判决|原行政行为|原答复|答复|原告|的|全部|诉讼请求|起诉|复议|申请|请求|中|之中|了|本机关|我局|原|具体|行政行为|行为)*$"
)
_COLUMNS = {
    "维": ("结果维持", ("upheld",)),
    "纠": ("结果纠正", ("corrected",)),
    "撤": ("结果纠正", ("corrected",)),
    "确": ("结果纠正", ("corrected", "other")),
    "其": ("其他结果", ("other",)),
    "驳": ("驳回（结果维持或其他结果）", ("upheld", "other")),
}
_INSTANCES = Pattern("一审.*(?:二审|再审|上诉)")
"""One case with several outcomes, one after another."""
_BY_AUTHORITY = Pattern("被|责令|原|决定|判决|裁定|答复|行为|法院|机关|政府|予以")
"""Words that tell 撤销 by a court or a reviewing authority from 撤销 by the applicant."""
_RESULT = Pattern(
    "^(?:(?:答复|办理|处理)?结果)?(?P<all>均|都|全部|皆)?(?:已|依法|按期|按时|给|为|是|系|作出|决定|答复|最终|经审核|，)*"
    "(?P<result>予以部分公开|部分公开|予以公开|同意公开|不予公开|无法提供|不予处理)(?:答复|决定|处理)?$"
)
_CALLED = {"同意公开": "予以公开", "予以部分公开": "部分公开"}
"""Results in other words than those of the form."""
_ROWS = {r.label: r.readings[0].plus for r in roles.RESULT_ROLES}
_RECEIVED = Pattern(
    "(?:收到|受理|接收|接到|新收)[^，；。#]*申请[^，；。#]{0,4}#|(?:收到|受理|接收|接到|新收)#[^，；。#]*申请"
)
_PARTLY = Pattern("予以公开[^。]*(?:区分处理|隐去|遮挡|脱敏|部分)")
"""予以公开，个人信息作区分处理 is 部分公开 in other words."""
_PENDING = ("尚未审结", ("pending",))
_WHOLE = Pattern("(?:复议|诉讼|起诉|被诉|应诉)[^，；。#]*#|#[^，；。#]*(?:复议|诉讼|起诉)")
_OURS = Pattern("信息公开|依申请")


@dataclass(frozen=True)
class OutcomeClaim:
    """What became of all cases of a block, in words: `columns` hold them; they can't be 0 when `total` is not."""

    start: int
    end: int
    label: str
    block: str
    columns: Sum
    total: Sum
    sure: bool


def outcomes(sentence: Sentence, year: int | None) -> Iterator[OutcomeClaim]:
    """Yield the outcomes that a sentence tells of the figure in the clause before, when it is 1 or all are meant."""
    yield from _results(sentence, year)
    if "复议" not in sentence.clean and "诉" not in sentence.clean:
        return
    if _INSTANCES.search(sentence.clean):
        return
    text = with_years(sentence, year)
    before = ""
    start_before = 0
    for start, clause in clauses(text):
        said = _SAID.match(clause)
        if said and _WHOLE.search(before) and before.count("#") == 1:
            figure = sentence.shape.token(start_before + before.index("#"))
            block = roles.blocks_named(before)
            whole = roles.BLOCKS.get(block)
            if (
                whole
                and figure.exact
                and (figure.value == 1 or (said["all"] and figure.value > 1))
                and "其中" not in before
            ):
                label, columns = _COLUMNS.get(said["outcome"][0], _PENDING)
                if said["outcome"] == "撤销" and not _BY_AUTHORITY.search(clause):
                    label, columns = "撤销（结果纠正或其他结果）", ("corrected", "other")
                begin, end = sentence.shape.clean_place(start_before), sentence.shape.clean_place(start + len(clause))
                yield OutcomeClaim(
                    begin, end, label, block,
                    Sum(label, tuple(f"{r}.{c}" for r in whole for c in columns)),
                    Sum("总计", tuple(f"{r}.total" for r in whole)),
                    bool(_OURS.search(sentence.clean + sentence.heading)),
                )  # fmt: skip
        if not said:
            before, start_before = clause, start


def _results(sentence: Sentence, year: int | None) -> Iterator[OutcomeClaim]:
    """Yield the result of the one application received, or of all, told in words: 收到申请1件，…，予以部分公开."""
    text = with_years(sentence, year)
    received = _RECEIVED.search(text)
    if received is None or _PARTLY.search(text, received.end()):
        return
    figure = sentence.shape.token(text.index("#", received.start()))
    for start, clause in clauses(text):
        said = _RESULT.match(clause)
        if said and start > received.end() and figure.exact and (figure.value == 1 or (said["all"] and figure.value)):
            rows = _ROWS[_CALLED.get(said["result"], said["result"])]
            yield OutcomeClaim(
                sentence.shape.clean_place(start), sentence.shape.clean_place(start + len(clause)),
                said["result"], "申请", Sum(said["result"], tuple(f"{r}.total" for r in rows)),
                Sum("总计", tuple(f"{r}.total" for r in roles.DONE.plus)), sure=True,
            )  # fmt: skip
            return
