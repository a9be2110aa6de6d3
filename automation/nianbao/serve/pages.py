"""The pages of the desk and what stands on them; a new one is a few lines here and a task."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from nianbao.pipeline import PUBLISHED, WORKBOOKS
from nianbao.serve.forms import Form, FormField, Page, Slot
from nianbao.serve.tasks import checking, county, other_tasks, standard_workbook

_MAIN = Slot("main", "填报表", (*WORKBOOKS, ".json"), "填好的填报表（.xlsx）")
_LAST = Slot(
    "last",
    "上年年报",
    (*WORKBOOKS, ".json", *PUBLISHED),
    "上年的填报表，或者公开的年报：Word、PDF、网页",
    required=False,
)
_REGISTER = Slot(
    "register", "申请台账", (*WORKBOOKS, ".csv"), "本单位的申请台账（.xlsx 或 .csv），只在本机比较", required=False
)


_MAPPING = Slot(
    "mapping", "对应表", (".toml",), "申请台账里栏目、类型、结果另有叫法的，写明对应什么", required=False, aside=True
)


def pages(day: date | None) -> tuple[Page, ...]:
    """Return the pages in the order in which they are offered; the report year is the one before `day`'s."""
    year = str(day.year - 1) if day else ""
    return (
        _check(),
        _new(year),
        _read(),
        _county(year),
        _verify(),
        _repair(),
        _register(year),
        _template(),
    )


def _check() -> Page:
    aside = [
        replace(s, aside=True)
        for s in (
            _LAST,
            _REGISTER,
            _MAPPING,
            Slot("notice", "当地通知", (".toml",), "当地通知的要求，由县级公开办做成的 .toml 文件", required=False),
            Slot(
                "template", "自己的模板", (".docx",), "本单位的 Word 模板，生成 Word 报告和 PDF 时用它", required=False
            ),
        )
    ]
    form = Form(
        "check", "核对与生成", "开始核对", checking.check, slots=(_MAIN, *aside), more=checking.make
    )  # fmt: skip
    lead = "放进填好的填报表，马上看到哪里有错、怎样改；没有错的，当场生成 Word 报告、PDF、网页、图解和校核单。"
    return Page("check", "核对与生成", lead, (form,))


def _new(year: str) -> Page:
    fields = (
        FormField("body", "单位全称", hint="例如 永平镇人民政府，与公章一致", required=True),
        FormField("year", "报告年度", "year", "四位数字", required=True, value=year),
        FormField("level", "单位级别", "choice", choices=(("", "以后再选"), *standard_workbook.levels())),
        FormField("with_register", "附一张空白的“申请台账”，逐件登记申请", "tick"),
    )
    form = Form("new", "新建填报表", "新建", standard_workbook.new, slots=(_LAST, _REGISTER, _MAPPING), fields=fields)
    lead = "写上单位和年度就能新建一份空白填报表。放进上年的年报，上年的数字和地址、电话等会一并带入。"
    return Page("new", "新建填报表", lead, (form,))


def _read() -> Page:
    slot = Slot("main", "年报", PUBLISHED, "已经公开的年报：.docx、.pdf、网页（.html）或 .txt")
    form = Form("read", "读已公开年报", "读出来", standard_workbook.read, slots=(slot,))
    lead = "放进已经公开的年报，把其中的数字和文字读成一份填报表，没有读准的地方逐一指出。"
    return Page("read", "读已公开年报", lead, (form,))


_ROSTER = Slot("roster", "名册", WORKBOOKS, "本县报送年报的单位；没有名册就不能核对是否收齐", required=False)


def _county(year: str) -> Page:
    received = Slot(
        "received", "收到的文件", (), "各单位报来的填报表，可以一次放很多个，也可以放 .zip，.eml、.msg 邮件", many=True
    )
    old = Slot("received", "上年的文件", (), "上年各单位的填报表或公开的年报，可以放 .zip", required=False, many=True)
    last = Slot("last", "上年全县年报", _LAST.endings, "用于核对全县的结转", required=False, aside=True)
    settled = Slot(
        "overview", "情况一览", (".xlsx",),
        "上一次的结果，在“归属”一栏写明分不清的、重复的文件是哪个单位的", required=False, aside=True,
    )  # fmt: skip
    typed = FormField("year", "报告年度", "year", "不写的，按名册和来件")
    ticks = [
        FormField(f, f"生成{' ' if w[0].isascii() else ''}{w}", "tick", value="1" if f == "docx" else "")
        for f, w in county.FORMATS
    ]
    partial = FormField("partial", "没有收齐也汇总（标明“不完整”，不得公布）", "tick")
    fields = (typed, FormField("county", "县（市、区）名称", hint="不写的，按名册"), *ticks, partial)
    new_year = FormField("year", "报告年度", "year", "四位数字", required=True, value=year)
    forms = (
        Form(
            "county",
            "收表与汇总",
            "开始",
            county.collect,
            slots=(received, _ROSTER, last, settled),
            fields=fields,
            long=True,
        ),
        Form("roster", "新建名册", "新建名册", county.new_roster, "一个单位一行，填好后放在上面。", fields=(new_year,)),
        Form(
            "forms",
            "按名册新建填报表",
            "新建各单位的填报表",
            county.new_forms,
            "名册上每个单位一份，放进上年的文件就一并带入。",
            slots=(replace(_ROSTER, required=True), old),
            fields=(new_year,),
            long=True,
        ),
    )
    lead = "放进全县收到的文件：认出是哪个单位的，逐份核对，生成报告、标出问题的填报表、退回单和全县汇总。"
    return Page("county", "收表与汇总", lead, forms)


def _verify() -> Page:
    slots = (
        Slot("report", "做好的年报", tuple(e for e in PUBLISHED if e != ".txt"), "可能改过的 Word、PDF 或网页"),
        Slot("file", "填报表", _MAIN.endings, "生成它的填报表（.xlsx）"),
        Slot("template", "自己的模板", (".docx",), "版式与它比，默认与程序的比", required=False, aside=True),
    )
    lead = "印发、上网以前，把做好的年报与填报表逐个数字、逐段文字比一遍，Word 文档还核对版式。"
    return Page("verify", "核对成稿", lead, (Form("verify", "核对成稿", "开始核对", other_tasks.verify, slots=slots),))


def _repair() -> Page:
    slot = Slot("main", "读不出的填报表", WORKBOOKS, "改了表名、增删了行列、用了旧表的 .xlsx")
    fields = (
        FormField("body", "单位全称", hint="原表没有写的才要写"),
        FormField("year", "报告年度", "year", "原表没有写的才要写"),
    )
    lead = "填报表读不出来时，把能确定的内容转到一份新表；拿不准的不猜，逐条列出。"
    form = Form("repair", "修复填报表", "修复", other_tasks.repair, slots=(slot,), fields=fields)
    return Page("repair", "修复填报表", lead, (form,))


def _register(year: str) -> Page:
    slot = replace(_REGISTER, id="main", required=True)
    typed = FormField("year", "报告年度", "year", "不写的，取台账里收到最多的年度")
    new_year = FormField("year", "报告年度", "year", "四位数字", required=True, value=year)
    forms = (
        Form("register", "检查台账，算出表三", "检查", other_tasks.count, slots=(slot, _MAPPING), fields=(typed,)),
        Form("ledger", "新建台账", "新建台账", other_tasks.new_register, "一件申请一行。", fields=(new_year,)),
    )
    lead = "申请台账逐行检查，算出表三。申请人的姓名等不会出现在结果里。"
    return Page("register", "申请台账", lead, forms)


def _template() -> Page:
    slot = Slot("main", "模板", (".docx",), "本单位的 Word 模板（.docx）")
    forms = (
        Form("template", "检查模板", "检查", other_tasks.template, slots=(slot,)),
        Form(
            "fresh",
            "新建模板",
            "新建模板",
            other_tasks.new_template,
            "得到程序自己用的模板，在 Word 里改成本单位的样子。",
        ),
    )
    lead = "自己改的 Word 模板，用以前查一遍：标签、表格、字体哪里会让报告出错。"
    return Page("template", "模板检查", lead, forms)
