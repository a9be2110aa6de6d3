"""What a passage speaks of: requests, reviews, documents, the fee, publishing, or something foreign to the tables."""

from __future__ import annotations

from enum import StrEnum
from functools import lru_cache

from nianbao.patterns import Pattern


class Domain(StrEnum):
    """The subject a figure belongs to. FOREIGN figures (proposals, hotline calls, other applications) have no cell."""

    REQUESTS = "requests"
    REVIEW = "review"
    DOCUMENTS = "documents"
    FEE = "fee"
    PUBLISHING = "publishing"
    DECISIONS = "decisions"
    FOREIGN = "foreign"


_DOMAINS = {str(d): d for d in Domain} | {"other": Domain.FOREIGN}

_NOT_OURS = (
    "许可|救助|低保|入党|补贴|补助|办证|登记|贷款|入学|就业|执行|审批|工伤|仲裁|赔偿|复议|资助|专利|商标|开工|用地|调解"
)

_BEFORE_OURS = "的件份条次人起宗新有无未没该其各等共到理复结转出交收开息众民织业构者箱类获悉是为对个位已度年间里内中"
"""What stands before a bare 申请 that is one for information; after any other word it is for something else."""

_NO_CUE = "人|书|表|渠道|流程|方式|条件|材料|答复|提供|法院"

_CUE = Pattern(
    "|".join(
        (
            "(?P<fee>信息处理费|收费通知|处理费)",
            "(?P<review>申请(?:行政)?复议|(?:行政)?复议(?:申请|案件|机关)?|(?:行政)?诉讼(?:案件)?|应诉|起诉|败诉)",
            "(?P<documents>规范性文件|规章(?!制度))",
            "(?P<decisions>行政事业性收费|行政(?:许可|处罚|强制)(?:处理)?(?:决定|措施|案件)|[作做]出行政(?:许可|处罚|强制)|行政(?:许可|处罚|强制)(?=#))",
            rf"(?P<foreign>(?:行政)?(?:{_NOT_OURS})(?:类|事项|业务)*申请|政协提案|建议|提案|工单|留言|咨询|来信|来电|来访|信箱|热线|信访件|信访事项|政务服务|便民服务|服务事项"
            "|投诉|举报|诉求|意见|稿件|行政许可|许可|审批|办件|案件|问卷|网民|访谈|错别字|错敏|隐患|督办|培训|会议|信访"
            "|行政处罚|行政强制|检查|评估|考核|解读|回应关切|舆情|采购|矛盾|纠纷)",
            "(?P<requests>申请(?:公开)?政府信息(?:公开)?|依申请(?:公开)?(?:诉求|咨询|事项|信息)?(?:申请)?|(?:政府)?信息公开(?:的)?申请|公开申请|申请公开|信息申请"
            rf"|(?:(?<![\u4e00-\u9fff])|(?<=[{_BEFORE_OURS}]))申请(?!{_NO_CUE}))",
            "(?P<publishing>主动公开|发布|公众号|微博|新媒体|网站|公示|推送|转载|信息公开)",
            f"(?P<other>申请(?!{_NO_CUE}))",
        )
    )
)
_RESULT = Pattern(
    "按收费通知(?:要求)?(?:缴纳|缴费)|信访、?举报、?投诉|信访举报|举报投诉|属于行政查询|行政执法案卷|信访类"
)


@lru_cache(maxsize=1024)
def cues(text: str) -> tuple[tuple[int, Domain], ...]:
    """List the words that tell the subject, with their places."""
    text = _RESULT.sub(lambda m: "　" * len(m[0]), text)
    return tuple((m.start(), _DOMAINS[str(m.lastgroup)]) for m in _CUE.finditer(text))


def last_domain(text: str) -> Domain | None:
    """Return what a passage speaks of in the end, if it says so."""
    found = cues(text)
    return found[-1][1] if found else None


def domain_at(text: str, begin: int, at: int, end: int, inherited: Domain | None) -> Domain | None:
    """Return the subject of the figure at `at`: the nearest cue in its stretch, before it, or what was inherited."""
    found = cues(text)
    within = [d for n, d in found if begin <= n < at]
    after = [d for n, d in found if at < n < end]
    before = [d for n, d in found if n < begin]
    if within:
        return within[-1]
    if after:
        return after[0]
    return before[-1] if before else inherited
