"""Wrong fillings of a workbook, each with one fault at a random place of a workbook without findings."""

import datetime
import io
import random
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache

import reports
from books import BODY, build
from nianbao.form import CellKind, Kind, load_edition
from nianbao.report import Report
from nianbao.workbook import layout, quick
from nianbao.workbook.address import Spot, letters
from nianbao.workbook.contents import Content
from nianbao.workbook.package_checks import Package
from sheets import Book, moved, put

TEXTS = {
    "overview": "（一）主动公开。本机关围绕重点工作，通过政府网站和公开栏公布政策文件、办事指南和财政信息，方便查阅。\n"
    "（二）依申请公开。安排专人受理申请，答复前由法制机构审核，渠道畅通。\n"
    "（三）政府信息管理。明确拟稿、审核、发布各环节的责任，定期清理过时的内容。\n"
    "（四）政府信息公开平台建设。改版网站栏目，在便民大厅设置查阅点。\n"
    "（五）监督保障。由分管负责同志牵头，开展业务培训，接受社会评议。",
    "problems": "一是公开不够及时，二是解读形式单一。\n下一步将定期检查发布情况，并增加图解。",
    "other_matters": "本年度没有其他需要报告的事项。",
}
FACTS = BODY | {"name": "武平县农业农村局", "level": "department", "office": "武平县农业农村局办公室"}
YEARS = {"2021": (2025, "2026年1月12日"), "2019": (2020, "2021年1月12日"), "wuping-2022": (2025, "2026年1月12日")}


@dataclass(frozen=True)
class Form:
    """A sound workbook in memory, its layout and its report."""

    name: str
    report: Report
    sheets: dict

    @property
    def layout(self):
        return layout(load_edition(self.name))

    def spot(self, key) -> Spot:
        places = self.layout
        spots = {**places.values, **places.fields, **{k: s[0] for k, s in places.texts.items()}}
        return spots[key]


@dataclass(frozen=True)
class Filling:
    """A workbook with one fault: its places and the keys of the cells that are wrong."""

    book: Book
    places: frozenset[str]
    wrong: frozenset[str]


@cache
def form(name: str, seed: int) -> Form:
    """A random workbook of this edition in which nothing is wrong."""
    year, day = YEARS[name]
    report = reports.random_report(random.Random(seed), name)
    values = dict(report.values)
    for key in [k for k in values if k.startswith("requests.") and "fee" in k.split(".")[-2]]:
        if key.endswith(".total"):
            continue
        column, paid = key.split(".")[-1], values[key]
        for part in ("received", "pending_start"):
            less = min(paid, values[f"requests.{part}.{column}"])
            values[f"requests.{part}.{column}"] -= less
            paid -= less
        values[key] = 0
    inputs = {k: v for k, v in values.items() if k not in load_edition(name).sums}
    for column in {k.split(".")[-1] for k in inputs if k.startswith("requests.")}:
        # every column has one application at least, so that a slip can be made in any
        inputs[f"requests.received.{column}"] += 12
        inputs[f"requests.pending_end.{column}"] += 12
    report = Report(name, year, FACTS | {"signed_on": day}, reports.with_totals(load_edition(name), inputs), TEXTS)
    data = build(load_edition(name), report)
    opened = quick.opened(_package(data))
    return Form(name, report, {title: opened.sheet(title) for title in opened.names})


def _package(data: bytes) -> Package:
    with zipfile.ZipFile(io.BytesIO(data)) as source:
        return Package("填报表.xlsx", {n: source.read(n) for n in source.namelist()})


Kind_ = Callable[[random.Random, Form], Filling | None]
KINDS: dict[str, Kind_] = {}


def kind(name: str) -> Callable[[Kind_], Kind_]:
    def add(make: Kind_) -> Kind_:
        KINDS[name] = make
        return make

    return add


def changed(form_: Form, contents: dict[Spot, object], at: list[Spot] | None = None, wrong=(), **more) -> Filling:
    """The form with other contents; the fault is where they are unless told otherwise."""
    sheets = dict(form_.sheets)
    for spot, content in contents.items():
        sheets[spot.sheet] = put(sheets[spot.sheet], {spot.ref: content})
    for name, parts in more.items():
        sheets[name] = replace(sheets[name], **parts)
    return Filling(Book(sheets), frozenset(s.place for s in at or contents), frozenset(wrong))


def counted(form_: Form, key: str, value: int | float, at: list[Spot] | None = None) -> Filling:
    """The form with another figure, every total added up anew as Excel does; at the figure or at its column's 差."""
    edition = form_.layout.edition
    figures = reports.with_totals(
        edition, {k: v for k, v in form_.report.values.items() if k not in edition.sums} | {key: value}
    )
    contents = {form_.spot(key): value}
    for total in edition.sums:
        spot = form_.spot(total)
        was = form_.sheets[spot.sheet].at(spot.row, spot.column)
        if total in figures and was.formula and figures[total] != form_.report.values.get(total):
            contents[spot] = Content(figures[total], was.formula)
    column = key.rsplit(".", maxsplit=1)[-1]
    differences = [c.spot for c in form_.layout.checks if c.rule == "A1" and c.left and c.left[0].endswith(column)]
    return changed(form_, contents, at or [form_.spot(key), *differences], [key])


def inputs(form_: Form, table: str = "", kind: Kind | None = Kind.COUNT) -> list[str]:
    """The required inputs of a table (of all), filled."""
    edition = form_.layout.edition
    return [
        k
        for k, v in edition.values.items()
        if k not in edition.sums and k in form_.report.values and v.required
        if (not table or v.table == table) and (kind is None or v.kind is kind)
    ]


def written(name: str, content: object, table: str = "") -> None:
    """A kind: this stands in a random input."""

    @kind(name)
    def make(rng: random.Random, form_: Form) -> Filling:
        key = rng.choice(inputs(form_, table))
        said = content(form_.report.values[key]) if callable(content) else content
        return changed(form_, {form_.spot(key): said}, wrong=[key])


for _name, _said in {
    "汉字": "八件", "汉字二": "十五", "斜杠": "/", "横线": "-", "破折号": "—", "无": "无", "没有": "没有",
    "暂无": "暂无", "零": "零", "字母O": "O", "字母l": "l2", "十几": "十几", "约数": "约5件", "范围": "5-6",
    "左右": "5件左右", "余": "30余件", "注解": "5[1]", "星号": "3*", "N/A": "N/A", "见附件": "见附件", "加式": "5+3",
    "两数": "5（另3）", "别的单位": "2万元",
    "真假": True, "错误值": Content("#DIV/0!", "=1/0", error=True), "引用错": Content("#REF!", "=#REF!", error=True),
    "公式无结果": Content(None, "=A1+3"),
}.items():  # fmt: skip
    written(_name, _said)
for _name, _spelled in {
    "空格": lambda v: f" {v} ", "带单位": lambda v: f"{v}件", "全角": lambda v: str(v).translate(_WIDE),
    "文本数字": str, "公式有结果": lambda v: Content(v, "=1+1"),
}.items():  # fmt: skip
    written(_name, _spelled, "requests")
_WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
for _name, _slip in {
    "多一": lambda v: v + 1, "多一位": lambda v: v * 10 + 7, "少一位": lambda v: v // 10 if v > 9 else v + 9,
    "千位": lambda v: v + 1000,
}.items():  # fmt: skip
    KINDS[_name] = lambda rng, form_, slip=_slip: _slipped(rng, form_, slip)


def _slipped(rng, form_, slip):
    key = rng.choice(inputs(form_, "requests"))
    return counted(form_, key, slip(form_.report.values[key]))


@kind("多一，正文写了数")
def _slipped_beside_a_text(rng, form_):
    """The text tells the right total; that it differs from the table is what the slip makes of it."""
    key = rng.choice([k for k in inputs(form_, "requests") if ".received." in k])
    slip = counted(form_, key, form_.report.values[key] + rng.randrange(1, 9))
    spot = form_.layout.texts["overview"][5]
    said = f"{form_.report.year}年新收政府信息公开申请{form_.report.values['requests.received.total']}件。"
    sheets = {**slip.book.sheets, spot.sheet: put(slip.book.sheets[spot.sheet], {spot.ref: said})}
    return replace(slip, book=Book(sheets))


@kind("负数")
def _negative(rng, form_):
    key = rng.choice(inputs(form_))
    return counted(form_, key, -1, [form_.spot(key)])


@kind("小数")
def _fraction(rng, form_):
    key = rng.choice(inputs(form_))
    return counted(form_, key, 1.5, [form_.spot(key)])


@kind("空着")
def _blank(rng, form_):
    key = rng.choice(inputs(form_))
    return changed(form_, {form_.spot(key): None}, wrong=[key])


@kind("负的金额")
def _amount(rng, form_):
    keys = inputs(form_, kind=Kind.AMOUNT)
    key = rng.choice(keys)
    return changed(form_, {form_.spot(key): -5}, wrong=[key])


def _total(rng, form_, content):
    """A random total of the requests with this content, made of its figure and its formula."""
    edition = form_.layout.edition
    keys = [k for k in edition.sums if edition.values[k].table == "requests" and k in form_.report.values]
    key = rng.choice([k for k in keys if form_.report.values[k]])
    spot = form_.spot(key)
    was = form_.sheets[spot.sheet].at(spot.row, spot.column)
    return changed(form_, {spot: content(form_.report.values[key], was.formula)}, wrong=[key])


for _name, _content in {
    "合计盖掉且对": lambda v, _: v, "合计删去": lambda _v, _f: None,
    "合计改式": lambda v, f: Content(v, f + "+0"), "合计没有重算": lambda v, f: Content(v + 1, f),
    "合计没有结果": lambda _, f: Content(None, f), "合计写字": lambda _v, _f: "略",
}.items():  # fmt: skip
    KINDS[_name] = lambda rng, form_, content=_content: _total(rng, form_, content)


@kind("合计盖掉且错")
def _overtyped(rng, form_):
    """A total of a row typed wrong, what is made of it added up anew."""
    edition, values = form_.layout.edition, form_.report.values
    key = rng.choice([k for k in edition.sums if edition.values[k].table == "requests" and values[k]])
    typed = dict(values) | {key: values[key] + 3}
    for total in edition.sums:
        if key in edition.sums[total].right:
            typed[total] = sum(typed[k] for k in edition.sums[total].right)
    contents = {form_.spot(key): typed[key]}
    for total in edition.sums:
        spot = form_.spot(total)
        if total != key and typed[total] != values[total]:
            contents[spot] = Content(typed[total], form_.sheets[spot.sheet].at(spot.row, spot.column).formula)
    return changed(form_, contents, [form_.spot(key)], [key])


for _name, _odd in {
    "日期": datetime.datetime.fromisoformat("2025-01-03"),
    "很大的数": 10**18,
    "分数": "1/2",
    "百分数": "5%",
}.items():
    written(_name, _odd)


@kind("现行有效少于制发")
def _stock(rng, form_):
    keys = [k for k in inputs(form_, "proactive") if k.endswith(".in_force")]
    rows = [k.removesuffix("in_force") for k in keys if k.removesuffix("in_force") + "issued" in form_.report.values]
    if not rows:
        return None
    row = rng.choice([r for r in rows if "regulations" not in r])
    spots = [form_.spot(row + c) for c in ("in_force", "issued", "repealed")]
    return changed(form_, {spots[1]: form_.report.values[row + "in_force"] + 9000}, spots, [row + "issued"])


@kind("控制数不符")
def _control(rng, form_):
    keys = [k for k, v in form_.layout.edition.values.items() if v.table == "control"]
    key = rng.choice(keys)
    return changed(form_, {form_.spot(key): 77_777}, wrong=[key])


def _lines(rng, form_, by, *, columns):
    name = form_.layout.edition.table["requests"].sheet
    block = next(b for s in form_.layout.sheets for b in s.tables if b.table.id == "requests")
    sheets = dict(form_.sheets)
    first = 4 if columns else block.origin.row + block.table.header_rows + 1
    line = rng.randrange(first, (block.origin.column + 9) if columns else block.origin.row + block.table.rows - 1)
    sheets[name] = moved(sheets[name], line, by, columns=columns)
    near = {Spot(name, r, c).place for r in range(1, 60) for c in range(1, 15)}
    return Filling(Book(sheets), frozenset(near), frozenset())


KINDS["插行"] = lambda rng, form_: _lines(rng, form_, 1, columns=False)
KINDS["删行"] = lambda rng, form_: _lines(rng, form_, -1, columns=False)
KINDS["插列"] = lambda rng, form_: _lines(rng, form_, 1, columns=True)


@kind("改印好的字")
def _label(rng, form_):
    labels = [x for s in form_.layout.sheets for b in s.tables for x in b.labels if x.kind is CellKind.LABEL]
    label = rng.choice(labels)
    return changed(form_, {label.spot: "改过的字"})


def fact(name: str, key: str, said: object) -> None:
    @kind(name)
    def make(rng: random.Random, form_: Form) -> Filling:
        return changed(form_, {form_.spot(key): said}, wrong=[key])


for _name, _key, _said in (
    ("邮编五位", "postcode", 10000), ("手机号", "phone", "13812345678"), ("邮箱不全", "email", "qsz@"),
    ("单位名是地名", "name", "青石镇"), ("单位名带题目", "name", "武平县农业农村局政府信息公开工作年度报告"),
    ("没有单位名", "name", None), ("没有年度", "year", None), ("年度两位", "year", "25年"),
    ("级别不认识", "level", "小组"),
    ("没有级别", "level", None), ("日期读不出", "signed_on", "年初"), ("日期早", "signed_on", "2015-1-12"),
    ("所属县写到乡镇", "county", "福建省龙岩市武平县青石镇"), ("是否写错", "blank_means_zero", "好的"),
):  # fmt: skip
    fact(_name, _key, _said)


def text(name: str, key: str, said: object) -> None:
    @kind(name)
    def make(rng: random.Random, form_: Form) -> Filling:
        spots = form_.layout.texts[key]
        return changed(form_, {spots[len(TEXTS[key].split("\n"))]: said})


text("正文是错误值", "overview", Content("#NAME?", "=改版", error=True))
text("正文是公式", "overview", Content("另设查阅点。", '="另设查阅点。"'))
text("正文叠字", "problems", "今后将将进一步改进。")


@kind("正文写出了框")
def _beyond(_rng, form_):
    """More paragraphs than there are cells for: the last stands below them."""
    spots = form_.layout.texts["problems"]
    below = spots[-1].by(1, 0)
    lines = {s: f"第{s.row}条措施是按月检查栏目{s.row}的更新。" for s in (*spots[2:], below)}
    return changed(form_, lines, [below])


@kind("年度写成别的年")
def _year(rng, form_):
    """The year typed wrong, the date and the texts being right."""
    year = form_.report.year
    spot = form_.layout.texts["overview"][5]
    said = {spot: f"{year}年，本机关召开部署会两次，{year}年底前完成目录清理。"}
    return changed(form_, {form_.spot("year"): year + rng.choice([-1, 1])} | said, [form_.spot("year")], ["year"])


@kind("没有问题一节")
def _no_problems(rng, form_):
    spots = form_.layout.texts["problems"]
    return changed(form_, dict.fromkeys(spots[:2]), [spots[0]])


@kind("正文与表不符")
def _said(rng, form_):
    spot = form_.layout.texts["overview"][5]
    return changed(form_, {spot: "2025年收到政府信息公开申请77777件。".replace("2025", str(form_.report.year))})


@kind("填到合并格里")
def _under(rng, form_):
    block = next(b for s in form_.layout.sheets for b in s.tables if b.table.id == "proactive")
    wide = [c for c in block.table.cells if c.kind is CellKind.VALUE and c.columns > 1]
    if not wide:
        return None
    cell = rng.choice(wide)
    spot = block.origin.by(cell.row, cell.column)
    return changed(form_, {spot: None, spot.by(0, 1): form_.report.values[cell.key]}, wrong=[cell.key])


@kind("填到表外")
def _outside(rng, form_):
    key = rng.choice(inputs(form_, "requests"))
    spot = form_.spot(key)
    return changed(form_, {spot: None, Spot(spot.sheet, spot.row, 14): form_.report.values[key]}, wrong=[key])


@kind("表外的字")
def _note(rng, form_):
    sheet = rng.choice(form_.layout.sheets)
    return changed(form_, {Spot(sheet.name, rng.randrange(4, 60), sheet.right + 2): "待核"})


@kind("基本信息旁的字")
def _aside(rng, form_):
    return changed(form_, {Spot("基本信息", rng.randrange(5, 16), 5): "待核"})


@kind("批注改数")
def _remark(rng, form_):
    key = rng.choice(inputs(form_, "requests"))
    spot = form_.spot(key)
    said = {(spot.row, spot.column): f"应为{form_.report.values[key] + 4}"}
    return changed(form_, {}, [spot], [key], **{spot.sheet: {"remarks": said}})


@kind("合并盖住数字")
def _merge(rng, form_):
    key = rng.choice([k for k in inputs(form_, "requests") if k.endswith("commercial_enterprise")] or inputs(form_))
    spot = form_.spot(key)
    area = f"{letters(spot.column - 1)}{spot.row}:{spot.ref}"
    was = form_.sheets[spot.sheet].covered
    return changed(form_, {}, [spot], [key], **{spot.sheet: {"covered": {**was, (spot.row, spot.column): area}}})


@kind("隐藏的行")
def _hidden(rng, form_):
    key = rng.choice(inputs(form_, "requests"))
    spot = form_.spot(key)
    at = Filling(Book({}), frozenset([spot.sheet]), frozenset())
    done = changed(form_, {}, [spot], **{spot.sheet: {"hidden_rows": frozenset([spot.row])}})
    return replace(at, book=done.book)


@kind("复制的表")
def _copy(rng, form_):
    name = rng.choice(form_.layout.sheets).name
    sheets = {**form_.sheets, f"{name} (2)": form_.sheets[name]}
    return Filling(Book(sheets), frozenset([f"{name} (2)"]), frozenset())
