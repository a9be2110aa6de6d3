"""Phrases and the cells they speak of, as data. A phrase is written on shapes, # being the figure.

Knows the national form: all that the rules on texts know of its tables, by the ids of rows and columns. A phrase whose
cells the edition lacks is not compared.
"""

from __future__ import annotations

from dataclasses import dataclass

from nianbao.patterns import Pattern


@dataclass(frozen=True)
class Sum:
    """One reading of a figure: rows added and taken away, as key patterns without the column."""

    says: str
    plus: tuple[str, ...]
    minus: tuple[str, ...] = ()


@dataclass(frozen=True)
class Role:
    """What a phrase means: words `before` the figure or `after` it.

    `sure` phrases are errors when no reading fits. Roles that are not `in_lists` are not read in a 其中-list,
    where they say what a part received, not what the body received.
    """

    id: str
    label: str
    before: Pattern
    after: Pattern | None
    readings: tuple[Sum, ...]
    sure: bool = True
    in_lists: bool = True


def _role(
    name: str,
    label: str,
    words: str,
    *readings: Sum,
    after: str | None = None,
    sure: bool = True,
    in_lists: bool = True,
) -> Role:
    """Make a role; the words stand on either side of the figure unless `after` says otherwise ('': never after it)."""
    behind = words if after is None else after
    return Role(
        name,
        label,
        Pattern(f"(?:{words})[^#]*(?<!中)#"),
        Pattern(f"#[^#]*?(?:{behind})") if behind else None,
        readings,
        sure,
        in_lists,
    )


def rows(name: str) -> tuple[str, ...]:
    """Return the rows of 表三 by their short names, as key patterns."""
    return tuple(f"requests.{n}" for n in name.split())


FLOW = ("received", "pending_start", "total", "pending_end")
"""Rows of 表三 that say what came in and went out; all the others are results."""

RECEIVED = Sum("本年新收", rows("received"))
CARRIED_IN = Sum("上年结转", rows("pending_start"))
CARRIED_OUT = Sum("结转下年度", rows("pending_end"))
IN_HAND = Sum("本年新收加上年结转", rows("received pending_start"))
DONE = Sum("办理结果总计", rows("total"))
NEW_DONE = Sum("本年新收减结转下年度", rows("received"), rows("pending_end"))
_DONE = (
    DONE,
    Sum("新收加结转减结转下年度", rows("received pending_start"), rows("pending_end")),
    Sum("总计减其他处理", rows("total"), rows("other*")),
    Sum("总计减其他处理之其他（撤回等）", rows("total"), rows("other.other")),
    NEW_DONE,
)
ANSWERED = (*_DONE, Sum("总计减不予处理和其他处理", rows("total"), rows("not_processed.* other*")))

GRANTED = rows("full_grant")
GRANTED_AT_ALL = Sum("予以公开加部分公开", rows("full_grant partial_grant"))
NOT_GIVEN = Sum("不予公开、无法提供和不予处理", rows("denied.* unavailable.* not_processed.*"))
"""What people may call 不予公开: all that was not given."""
NOT_GRANTED = Sum("予以公开以外的结果", rows("partial_grant denied.* unavailable.* not_processed.*"))
GIVEN_IN_FULL, REFUSED = "full_grant", "denied.*"
TOP_RESULTS = frozenset((GIVEN_IN_FULL, "partial_grant", REFUSED, "unavailable.*", "not_processed.*", "other*"))
"""The results of 表三 by their first level."""

LAST = "(?:上一?年|去年|上一?年度|往年|以前年度|«)"
NEXT = "(?:下一?年|次年|明年|来年|»)"

_RESULTS = (
    ("denied.state_secret", "国家秘密", "国家秘密"),
    ("denied.forbidden_by_law", "法律行政法规禁止公开", "法规禁止公开"),
    ("denied.security_stability", "三安全一稳定", "三安全一稳定"),
    ("denied.third_party_rights", "第三方合法权益", "第三方合法权益"),
    ("denied.internal_affairs", "三类内部事务信息", "内部事务信息|内部管理信息"),
    ("denied.process_information", "四类过程性信息", "过程性信息"),
    ("denied.enforcement_file", "行政执法案卷", "行政执法案卷"),
    ("denied.administrative_inquiry", "行政查询事项", "行政查询"),
    ("unavailable.not_held", "不掌握相关信息", "不掌握"),
    ("unavailable.needs_creation", "需要另行制作", "另行制作|没有现成信息"),
    ("unavailable.unclear", "补正后仍不明确", "仍不明确|内容不明确"),
    ("not_processed.petition", "信访举报投诉", "信访、?举报|信访类|举报投诉"),
    ("not_processed.repeated", "重复申请", "重复申请"),
    ("not_processed.publication", "公开出版物", "公开出版物"),
    ("not_processed.excessive", "大量反复申请", "大量反复申请"),
    ("not_processed.reconfirmation", "确认或重新出具", "重新出具"),
    ("other.overdue_correction", "逾期不补正", "逾期不补正|逾期未补正"),
    ("other.overdue_fee", "逾期未缴费", "逾期未缴|逾期未按收费通知"),
    ("partial_grant", "部分公开", "部分(?:予以)?公开|予以部分公开|区分处理"),
    ("denied.*", "不予公开", "不予公开|不同意公开"),
    ("unavailable.*", "无法提供", "无法提供"),
    ("not_processed.*", "不予处理", "不予处理"),
    ("other*", "其他处理", "其他处理|其它处理"),
    ("full_grant", "予以公开", "(?<!不)(?<!主动)(?<!部分)予以公开|(?<!不)同意公开|(?<!不予)全部公开"),
)
_BESIDE = {"other*": (Sum("其他处理之其他", rows("other.other")),)}
"""其他处理 may stand beside one of its own parts (逾期不补正2件，其他处理5件)."""
RESULT_ROLES = tuple(
    _role(row, label, words, Sum(label, rows(row)), *_BESIDE.get(row, ())) for row, label, words in _RESULTS
)
"""Results of 表三, single rows before the groups they belong to."""

_MOVED = "(?:结转|转结|接转|顺延|延续|遗留|转入|转至|转到|延至|转)"
CARRY_ROLES = (
    _role(
        "pending_start",
        "上年结转",
        rf"{LAST}度?(?:末|底|期末)?(?:未办结|未办完)?的?{_MOVED}|(?:{_MOVED}|承接){LAST}(?!后)",
        CARRIED_IN,
        after=rf"{LAST}度?(?:末|底)?(?:未办结)?{_MOVED}",
    ),
    _role("pending_end", "结转下年度", rf"{_MOVED}[至到入]?{NEXT}|{NEXT}度?(?:继续|再行)?(?:办理|答复)", CARRIED_OUT),
)
LOOSE_CARRY_ROLES = (
    _role(
        "pending",
        "尚在办理",
        "[尚仍正]在办理|未到(?:答复|办理)?期限|尚未办结|未办结|在办(?!结|理)|办理中",
        CARRIED_OUT,
        sure=False,
    ),
    _role("carried", "结转", "结转", CARRIED_OUT, CARRIED_IN, sure=False),
)

_ASK = (
    "(?:的|有关|关于|公民|政府信息公开|政府信息|信息公开|依申请公开|依申请|公开|申请|诉求|信息"
    "|事项|案件|件|表|业务|情况|工作)*"
)
_HOW_MANY = "(?:总?数量|总量|总数|件数|数|合计|共计|总计|共|计|为|是|有|达到|达|了|仅)*"
FLOW_ROLES = (
    _role("done", "办结", "办结|办理完毕|办理完成|办毕|处理完毕|完成办理", *_DONE),
    _role("answered", "答复", "(?<!未)(?:答复|回复)", *ANSWERED),
    _role("received_new", "新收", "新收到?|新增|新接收|新受理|新接", RECEIVED, after="新收"),
    _role(
        "received",
        "收到",
        "收到|接到|接收|收件|接获|收悉|收取|收(?=申请|依申请|政府信息)|提交|提出",
        RECEIVED,
        IN_HAND,
        after="收到|接到",
        in_lists=False,
    ),
    _role("accepted", "受理", "(?<!不予)(?<!不)受理", RECEIVED, IN_HAND, in_lists=False),
    _role("handled", "办理", "办理|处理|处置", RECEIVED, IN_HAND, *ANSWERED, sure=False, in_lists=False),
    _role(
        "requests",
        "申请",
        f"(?:依申请公开|依申请|申请){_ASK}{_HOW_MANY}：?(?=#)",
        RECEIVED,
        IN_HAND,
        after="",
        in_lists=False,
    ),
)

REQUEST_ROLES = CARRY_ROLES + RESULT_ROLES + LOOSE_CARRY_ROLES + FLOW_ROLES

LEGAL = ("business", "research", "public_welfare", "legal_service", "other")
APPLICANTS: tuple[tuple[str, tuple[str, ...], Pattern], ...] = tuple(
    (label, columns, Pattern(words))
    for label, columns, words in (
        ("商业企业", ("business",), "商业企业"),
        ("科研机构", ("research",), "科研机构"),
        ("社会公益组织", ("public_welfare",), "公益组织"),
        ("法律服务机构", ("legal_service",), "法律服务机构"),
        ("法人或其他组织", LEGAL, "法人"),
        ("自然人", ("natural_person",), "自然人|公民个人"),
    )
)
"""Label, columns and words of each kind of applicant."""
PEOPLE = APPLICANTS[-1]

APPLICANT_READINGS = (RECEIVED, IN_HAND, DONE)


def _single(table: str, name: str, label: str, words: str, columns: str, *, sure: bool = True) -> Role:
    readings = tuple(Sum("", (f"{table}.{c}",)) for c in columns.split())
    return _role(name, label, words, *readings, sure=sure)


def documents(row: str) -> tuple[Role, ...]:
    """Return the roles of 规章 or 规范性文件 in 表二 of whichever edition."""
    table = f"proactive.{row}"
    return (
        _single(table, "repealed", "废止", "废止|宣布失效|失效", "repealed"),
        _role(
            "in_force",
            "现行有效",
            "继续有效",
            Sum("", (f"{table}.in_force",)),
            Sum("现行有效减本年制发", (f"{table}.in_force",), (f"{table}.issued",)),
        ),
        _single(
            table, "in_force", "现行有效", "现行有效|现存有效|规范性文件有效|有效的?(?:行政)?规范性文件", "in_force"
        ),
        _single(table, "issued", "制发", "制发|印发|出台|制定|新制|制作|新增", "issued made_new published_new"),
    )


NORMATIVE_ROLES, REGULATION_ROLES = documents("normative_documents"), documents("regulations")

_FEE = "fee.processing_fee"
FEE_RECEIVED = Sum("实际收取", (f"{_FEE}.amount_received",))
MONEY_ROLES = (
    _single(_FEE, "amount_received", "实际收取金额", "实际收取|实收|已收取|收到|缴纳", "amount_received"),
    _single(_FEE, "amount_notified", "通知收取金额", "通知收取|应收|通知", "amount_notified"),
    _single(_FEE, "fee", "收取信息处理费", "收取|信息处理费", "amount_received amount_notified"),
)
NOTICE_ROLES = (
    _single(_FEE, "notices", "通知收取件数", "通知", "notices"),
    _single(_FEE, "charged", "收取件数", "(?<!实际)收取|信息处理费", "notices cases", sure=False),
)

_DECISIONS = (("许可", "licences"), ("处罚", "penalties"), ("强制", "coercions"))


def _decision(word: str, row: str, words: str) -> Role:
    readings = (Sum("", (f"proactive.{row}.decisions",)),)
    return Role("decisions", f"行政{word}处理决定", Pattern(words), None, readings, sure=False)


DECISION_ROLES = tuple(
    _decision(w, row, f"[作做]出[^#，；、]{{0,6}}行政{w}(?:决定|措施|案件|事项)*#|行政{w}决定(?:书)?(?:共|为|数量)*#")
    for w, row in _DECISIONS
)
FURTHER_DECISION_ROLES = tuple(_decision(w, row, f"^行政{w}#") for w, row in _DECISIONS)
"""作出行政许可决定#件、行政处罚#件: what is joined to a decision by 、."""
CHARGE_ROLES = (
    Role(
        "charges",
        "行政事业性收费金额",
        Pattern("行政事业性收费(?:共计|合计|总额|总计|金额|共|为|收入)*#"),
        None,
        (Sum("", ("proactive.charges.amount",)),),
        sure=False,
    ),
)
"""Decisions and charges of 表二. Counting rules differ between places: a question at most."""

BLOCKS = {
    "行政复议": ("review.reconsideration",),
    "行政诉讼": ("review.direct_litigation", "review.post_reconsideration_litigation"),
    "未经复议直接起诉": ("review.direct_litigation",),
    "复议后起诉": ("review.post_reconsideration_litigation",),
    "行政复议和行政诉讼": (
        "review.reconsideration",
        "review.direct_litigation",
        "review.post_reconsideration_litigation",
    ),
}
"""The blocks of 表四 by the words of the text."""


def is_shown(key: str, blocks: tuple[str, ...]) -> bool:
    """Tell whether a cell is one of the outcomes that a message shows: of blocks of 表四, or a total result of 表三."""
    if blocks:
        return key.rpartition(".")[0] in blocks
    table, _, rest = key.partition(".")
    row, _, column = rest.rpartition(".")
    return (table, column) == ("requests", "total") and row not in FLOW


WITHDRAWN = "(?:行政)?(?:申请|复议|起诉|诉讼)"
"""What applicants themselves revoke: 撤销申请, 撤销复议申请, 撤销起诉."""
_REVOKED = f"(?<!申请人)(?<!原告)(?<!当事人)(?<!主动)(?<!自行)(?<!自愿)撤销(?!{WITHDRAWN})"
OUTCOMES = (
    ("pending", "尚未审结", Pattern("未审结|未结|正在审理|审理中|在审|待审|未作出")),
    ("upheld", "结果维持", Pattern("维持")),
    ("corrected", "结果纠正", Pattern(f"(?<!未被)(?:结果)?(?:纠正|纠错|{_REVOKED}|确认违法|变更原)")),
    ("other", "其他结果", Pattern("其他结果|其它结果|结果其他")),
    ("closed", "审结", Pattern("审结|办结|结案")),
)


_DIRECT = Pattern("直接(?:提起)?(?:行政)?(?:起诉|诉讼)|未经复议")
_AFTER_REVIEW = Pattern("复议后(?:再)?(?:提起)?(?:行政)?(?:起诉|诉讼)|经复议(?:后)?(?:起诉|诉讼)")


def blocks_named(text: str) -> str:
    """Return which part of 表四 a passage names last, or ''."""
    reconsidered, sued = "复议" in text, "诉" in text
    if not sued:
        return "行政复议" if reconsidered else ""
    direct, after = _DIRECT.search(text), _AFTER_REVIEW.search(text)
    if direct or after:
        return "" if direct and after else "未经复议直接起诉" if direct else "复议后起诉"
    sued = any(w in text for w in ("诉讼", "起诉", "应诉", "被诉"))
    if reconsidered and sued:
        return "行政复议和行政诉讼"
    return "行政复议" if reconsidered else "行政诉讼" if sued else ""
