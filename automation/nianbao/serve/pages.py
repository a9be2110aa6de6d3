"""The pages of the desk and what stands on them; a new one is a few lines here and a task."""

from __future__ import annotations

from datetime import date

from nianbao.pipeline import PUBLISHED, WORKBOOKS
from nianbao.serve.forms import Field, Form, Page, Slot
from nianbao.serve.tasks import beginning, checking

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


def pages(day: date | None) -> tuple[Page, ...]:
    """Return the pages in the order in which they are offered; the report year is the one before `day`'s."""
    year = str(day.year - 1) if day else ""
    return (_check(), _new(year), _read())


def _check() -> Page:
    aside = [
        Slot(s.id, s.label, s.endings, s.hint, required=False, aside=True)
        for s in (
            _LAST,
            _REGISTER,
            Slot("notice", "当地通知", (".toml",), "当地通知的要求，由县级公开办做成的 .toml 文件", required=False),
        )
    ]
    form = Form(
        "check", "核对与生成", "开始核对", checking.check, slots=(_MAIN, *aside), more=checking.make
    )  # fmt: skip
    lead = "放进填好的填报表，马上看到哪里有错、怎样改；没有错的，当场生成 Word 报告、PDF、网页、图解和校核单。"
    return Page("check", "核对与生成", lead, (form,))


def _new(year: str) -> Page:
    fields = (
        Field("body", "单位全称", hint="例如 永平镇人民政府，与公章一致", required=True),
        Field("year", "报告年度", "year", "四位数字", required=True, value=year),
        Field("level", "单位级别", "choice", choices=(("", "以后再选"), *beginning.levels())),
        Field("with_register", "附一张空白的“申请台账”，逐件登记申请", "tick"),
    )
    form = Form("new", "新建填报表", "新建", beginning.new, slots=(_LAST, _REGISTER), fields=fields)
    lead = "写上单位和年度就能新建一份空白填报表。放进上年的年报，上年的数字和地址、电话等会一并带入。"
    return Page("new", "新建填报表", lead, (form,))


def _read() -> Page:
    slot = Slot("main", "年报", PUBLISHED, "已经公开的年报：.docx、.pdf、网页（.html）或 .txt")
    form = Form("read", "读已公开年报", "读出来", beginning.read, slots=(slot,))
    lead = "放进已经公开的年报，把其中的数字和文字读成一份填报表，没有读准的地方逐一指出。"
    return Page("read", "读已公开年报", lead, (form,))
