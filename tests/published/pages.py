"""Web pages as government sites publish annual reports: one report, in the manner of many editors and faults."""

import html
import random
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from nianbao import numbers
from nianbao.form import CellKind, Edition, load_edition, plain
from nianbao.report import Report


@dataclass
class Cell:
    text: str
    rows: int = 1
    columns: int = 1
    kind: CellKind = CellKind.VALUE
    key: str = ""
    attributes: str = ""


Rows = list[list[Cell]]
Inner = Callable[[Cell], str]


def straight(cell: Cell) -> str:
    return html.escape(cell.text).replace("\n", "<br>")


@dataclass
class Page:
    """One page in the making; a manner changes some of it."""

    edition: Edition
    report: Report
    tables: dict[str, Rows]
    inner: Inner = straight
    head: str = '<meta charset="utf-8">'
    title: str = ""
    before: str = ""
    after: str = ""
    encoding: str = "utf-8"
    headings: dict[str, str] = field(default_factory=dict)
    paragraph: str = "<p>{}</p>"
    table: str = '<table border="1">{}</table>'
    row: str = "<tr>{}</tr>"
    cell: str = "<td{}>{}</td>"
    body: str = "<body>{}</body>"
    doctype: str = "<!DOCTYPE html>"
    introduction: tuple[str, ...] = ()
    wrap: Callable[[str], str] = str
    finish: Callable[[str], str] = str

    def rendered(self) -> bytes:
        """The page's bytes."""
        whole = f"{self.doctype}<html><head>{self.head}<title>{self.title}</title></head>"
        whole += self.body.format(self.before + self.wrap(self.article()) + self.after) + "</html>"
        return self.finish(whole).encode(self.encoding, "xmlcharrefreplace")

    def article(self) -> str:
        lines = [self.paragraph.format(f"{self.report.name}{self.report.year}年政府信息公开工作年度报告")]
        lines += [self.paragraph.format(html.escape(x)) for x in self.introduction]
        for section in self.edition.sections:
            lines.append(self.paragraph.format(self.headings.get(section.id, section.title)))
            if section.table:
                lines.append(self.table_html(self.tables[section.table]))
            else:
                text = self.report.texts.get(section.text, "")
                lines += [self.paragraph.format(html.escape(x)) for x in text.split("\n") if x]
        return "\n".join(lines)

    def table_html(self, rows: Rows) -> str:
        return self.table.format("".join(self.row.format("".join(map(self.cell_html, r))) for r in rows))

    def cell_html(self, cell: Cell) -> str:
        spans = f' colspan="{cell.columns}"' if cell.columns != 1 else ""
        spans += f' rowspan="{cell.rows}"' if cell.rows != 1 else ""
        return self.cell.format(spans + cell.attributes, self.inner(cell))

    def cells(self) -> list[Cell]:
        return [c for rows in self.tables.values() for row in rows for c in row]

    def labels(self) -> list[Cell]:
        return [c for c in self.cells() if c.kind is not CellKind.VALUE]

    def values(self) -> list[Cell]:
        return [c for c in self.cells() if c.kind is CellKind.VALUE]


def page(report: Report) -> Page:
    """The page as an orderly editor would make it."""
    edition = load_edition(report.edition)
    tables = {s.table: grid(edition, report, s.table) for s in edition.sections if s.table}
    made = Page(edition, report, tables)
    made.introduction = (
        "根据《中华人民共和国政府信息公开条例》编制本报告。",
        f"统计期限自{report.year}年1月1日至{report.year}年12月31日。",
    )
    return made


def grid(edition: Edition, report: Report, table_id: str) -> Rows:
    table = edition.table[table_id]
    rows: Rows = [[] for _ in range(table.rows)]
    for cell in sorted(table.cells, key=lambda c: (c.row, c.column)):
        value = report.values.get(cell.key) if cell.kind is CellKind.VALUE else None
        text = "" if value is None else numbers.spell(value, edition.values[cell.key].kind)
        rows[cell.row].append(Cell(text or cell.text, cell.rows, cell.columns, cell.kind, cell.key))
    return rows


# ---------------------------------------------------------------- manners: each a habit of an editor, or a fault


MANNERS: dict[str, Callable[[Page, random.Random], None]] = {}


def manner(act):
    """Register a manner under its name."""
    MANNERS[act.__name__] = act
    return act


def inner(template: str) -> Callable[[Page, random.Random], None]:
    def act(page: Page, rng: random.Random) -> None:
        page.inner = lambda cell: template.format(straight(cell))

    return act


@manner
def orderly(page, rng):
    pass


for _name, _template in {
    "word_paste": '<p class="MsoNormal" align="center" ><span style="font-family:宋体">{}<o:p></o:p></span></p>',
    "spans_in_spans": '<span><span style="font-family:宋体"><font color="#000">{}</font></span></span>',
    "strong_and_blanks": "&nbsp;<strong>\n\t\t{}\n\t</strong>&nbsp;",
    "divs": "<div><div>{}</div></div>",
    "empty_paragraph_after": "<p>{}</p><p>&nbsp;</p>",
    "zero_width": "\u200b{}\ufeff",
    "ideographic_blanks": "　{}　",
    "single_cell_tables_inside": "<table><tr><td>{}</td></tr></table>",
    "comments": "<!-- cell --><!--[if gte mso 9]><xml>7</xml><![endif]-->{}",
    "unclosed_inline": "<p><span>{}",
    "links": '<a name="_Toc1" href="javascript:void(0)">{}</a>',
    "scripts_in_cells": "<script>var a=5;</script>{}<style>p{{x:1}}</style>",
}.items():
    MANNERS[_name] = inner(_template)


@manner
def labels_over_lines(page, rng):
    page.inner = lambda c: (
        straight(c) if c.kind is CellKind.VALUE else "".join(f"<p>{html.escape(x)}</p>" for x in pieces(c.text, 4))
    )


@manner
def labels_over_brs_and_spans(page, rng):
    page.inner = lambda c: (
        straight(c)
        if c.kind is CellKind.VALUE
        else "<br/>\n".join(f"<span>{html.escape(x)}</span>" for x in pieces(c.text, 3))
    )


def pieces(text: str, size: int) -> list[str]:
    flat = plain(text)
    return [flat[i : i + size] for i in range(0, len(flat), size)]


@manner
def digits_in_separate_spans(page, rng):
    page.inner = lambda c: "".join(f"<span>{x}</span>" for x in c.text) if c.kind is CellKind.VALUE else straight(c)


@manner
def source_lines_broken(page, rng):
    page.finish = lambda s: s.replace("><", ">\r\n      <")


@manner
def gbk_declared_utf8(page, rng):
    page.encoding = "gbk"


@manner
def gb18030_declared_gb2312(page, rng):
    page.encoding, page.head = "gb18030", '<meta http-equiv="Content-Type" content="text/html; charset=gb2312">'


@manner
def utf8_declared_gb2312(page, rng):
    page.head = '<meta http-equiv="Content-Type" content="text/html; charset=gb2312" />'


@manner
def utf8_declared_iso(page, rng):
    page.head = '<meta charset="iso-8859-1">'


@manner
def no_declaration(page, rng):
    page.head = ""


@manner
def gbk_without_declaration(page, rng):
    page.head, page.encoding = "", "gbk"


@manner
def utf16(page, rng):
    page.encoding = "utf-16"


@manner
def utf8_with_bom(page, rng):
    page.encoding = "utf-8-sig"


@manner
def xhtml(page, rng):
    page.doctype = (
        '<?xml version="1.0" encoding="utf-8"?><!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" '
        '"http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">'
    )


@manner
def nested_layout_tables(page, rng):
    page.wrap = lambda s: (
        "<table width=980><tr><td colspan=2>首页 | 政务公开 | 互动交流</td></tr><tr><td width=200>"
        "<table><tr><td>公开指南</td></tr><tr><td>公开年报</td></tr></table></td><td>"
        f"<table><tr><td>{s}</td></tr></table></td></tr></table>"
    )


@manner
def data_table_in_a_layout_cell(page, rng):
    page.table = '<table><tbody><tr><td><table border="1">{}</table></td></tr></tbody></table>'


@manner
def thead_and_tbody(page, rng):
    page.table = "<table><colgroup><col><col></colgroup><tbody>{}</tbody><tfoot></tfoot></table>"


@manner
def header_cells_as_th(page, rng):
    page.finish = lambda s: s.replace("<td>信息内容</td>", "<th>信息内容</th>")
    page.cell = "<th{}>{}</th>"


@manner
def end_tags_left_out(page, rng):
    page.row, page.cell = "<tr>{}", "<td{}>{}"


@manner
def upper_case_and_unquoted(page, rng):
    page.finish = lambda s: s.replace("<td", "<TD").replace("</td", "</TD").replace("<tr", "<TR").replace('"', "")


@manner
def stray_end_tags(page, rng):
    page.cell = "<td{}>{}</span></p></td></td>"


@manner
def tables_not_closed(page, rng):
    page.table = "<table>{}"


@manner
def numbers_full_width(page, rng):
    for c in page.values():
        c.text = c.text.translate({48 + i: 0xFF10 + i for i in range(10)})


@manner
def thousands(page, rng):
    for c in page.values():
        if c.text.isdecimal():
            c.text = f"{int(c.text):,}"


@manner
def units_in_cells(page, rng):
    for c in page.values():
        unit = page.edition.values[c.key].unit
        c.text = f"{c.text}{unit}" if rng.random() < 0.5 else c.text


@manner
def remarks_in_cells(page, rng):
    for c in page.values():
        if rng.random() < 0.2:
            c.text += rng.choice(["（其中修订16件）", "(含上年)", "（见说明）"])


@manner
def yuan_in_a_column_of_wan_yuan(page, rng):
    for c in page.values():
        if page.edition.values[c.key].unit == "万元":
            c.text = f"{int(c.text) * 10000}元" if c.text.isdecimal() else c.text


@manner
def slashes_and_dashes(page, rng):
    for c in page.values():
        if c.text == "0" and rng.random() < 0.3:
            c.text = rng.choice(["/", "—", "无", "-"])


@manner
def blanks_for_zero(page, rng):
    for c in page.values():
        if c.text == "0" and rng.random() < 0.5:
            c.text = "&nbsp;" if rng.random() < 0.5 else ""
    page.inner = lambda c: c.text.replace("\n", "<br>")


@manner
def half_width_punctuation(page, rng):
    table = str.maketrans("（），。：；“”", '(),.:;""')
    for c in page.labels():
        c.text = c.text.translate(table)
    page.headings = {s.id: s.title.translate(table) for s in page.edition.sections}


@manner
def other_numbering(page, rng):
    for c in page.labels():
        c.text = c.text.replace("1.", "1、").replace("2.", "2．").replace("3.", "③" if False else "3 . ")
    page.headings = {s.id: f"{s.number}. {s.heading}" for s in page.edition.sections}


@manner
def headings_of_article_50(page, rng):
    page.headings = {
        "proactive": "二、行政机关主动公开政府信息情况",
        "requests": "三、行政机关收到和处理政府信息公开申请情况",
        "review": "四、因政府信息公开工作被申请行政复议和提起行政诉讼情况",
        "problems": "五、政府信息公开工作存在的主要问题及改进情况",
        "other_matters": "六、其他报告的事项",
    }


@manner
def headings_in_headline_tags(page, rng):
    page.headings = {s.id: f"<h2><b>{s.title}</b></h2>" for s in page.edition.sections}
    page.paragraph = "<div>{}</div>"


@manner
def menu_with_the_same_headings(page, rng):
    menu = "".join(f'<li><a href="#">{s.title}</a></li>' for s in page.edition.sections)
    page.before = f"<ul>{menu}</ul><div>当前位置：首页 > 信息公开年报</div>"


@manner
def menus_and_footer(page, rng):
    page.before = "<div class=nav><a>首页</a><a>政务公开</a></div><h1>年报公告</h1><p>发布时间：2026-01-20</p>"
    page.after = "<p>【打印】【关闭】</p><div>主办单位：某某县人民政府 ICP备12345号</div><script>alert(1)</script>"


@manner
def a_menu_column_beside_it(page, rng):
    page.wrap = lambda s: f"<div><div><ul><li>公开指南<li>公开制度</ul></div><div class=content>{s}</div></div>"
    page.after = "<div><table><tr><td>国务院</td><td>省政府</td></tr></table><p>版权所有</p></div>"


@manner
def no_headings_over_table_three(page, rng):
    page.tables["requests"] = page.tables["requests"][page.edition.table["requests"].header_rows :]


@manner
def single_character_typos(page, rng):
    for c in page.labels():
        flat = plain(c.text)
        if len(flat) > 7 and rng.random() < 0.3:
            at = rng.randrange(2, len(flat))
            c.text = flat[:at] + rng.choice("天地玄黄宇宙洪荒") + flat[at + 1 :]


@manner
def note_of_partial_grant_left_out(page, rng):
    for c in page.labels():
        c.text = c.text.replace("（区分处理的，只计这一情形，不计其他情形）", "")


@manner
def group_rowspan_one_too_many(page, rng):
    for c in page.labels():
        if "不予公开" in c.text:
            c.rows += 1


@manner
def group_rowspan_one_too_few(page, rng):
    for c in page.labels():
        if "无法提供" in c.text:
            c.rows -= 1


@manner
def label_colspan_wrong(page, rng):
    for c in page.labels():
        if "予以公开" in c.text and c.columns == 2:
            c.columns = 1


@manner
def header_spans_lost(page, rng):
    for row in page.tables["requests"][:3]:
        for c in row:
            c.rows = c.columns = 1


@manner
def merged_cells_written_out(page, rng):
    """No spans at all: the covered cells are there, empty."""
    for name, rows in page.tables.items():
        page.tables[name] = written_out(rows, fill=False)


@manner
def merged_cells_repeated(page, rng):
    """No spans at all: group labels are repeated in every row."""
    page.tables["requests"] = page.tables["requests"][:3] + written_out(page.tables["requests"][3:], fill=True)


def written_out(rows: Rows, fill: bool) -> Rows:
    at: dict[tuple[int, int], Cell] = {}
    for r, row in enumerate(rows):
        column = 0
        for c in row:
            while (r, column) in at:
                column += 1
            for i in range(c.rows):
                for j in range(c.columns):
                    first = i == j == 0
                    text = c.text if first or (fill and j == 0) else ""
                    at[r + i, column + j] = replace(c, text=text, rows=1, columns=1)
            column += c.columns
    width = max(c for _, c in at) + 1
    return [[at[r, c] for c in range(width) if (r, c) in at] for r in range(len(rows))]


@manner
def columns_in_another_order(page, rng):
    """商业企业 and 科研机构 change places, headings and figures alike."""
    for row in page.tables["requests"]:
        for i, c in enumerate(row[:-1]):
            pair = (plain(c.text), plain(row[i + 1].text))
            if pair == ("商业企业", "科研机构") or (
                c.key.endswith(".business") and row[i + 1].key.endswith(".research")
            ):
                row[i], row[i + 1] = row[i + 1], row[i]
                break


@manner
def a_column_of_remarks(page, rng):
    rows = page.tables["requests"]
    rows[0].append(Cell("备注", 3, 1, CellKind.HEAD))
    for row in rows[3:]:
        row.append(Cell(rng.choice(["", "说明"]), kind=CellKind.HEAD))


@manner
def a_subtotal_row(page, rng):
    rows = page.tables["requests"]
    at = next(i for i, row in enumerate(rows) if any(plain(c.text).startswith("（四）无法提供") for c in row))
    for row in rows:
        for c in row:
            if "本年度办理结果" in c.text:
                c.rows += 1
    rows.insert(at, [Cell("不予公开小计", 1, 2, CellKind.LABEL), *(Cell("7", kind=CellKind.HEAD) for _ in range(7))])


@manner
def regulations_row_removed(page, rng):
    rows = page.tables["proactive"]
    page.tables["proactive"] = [r for r in rows if not any(c.text == "规章" for c in r)]


@manner
def the_table_twice(page, rng):
    page.after = page.table_html(page.tables["requests"])


@manner
def a_hidden_copy_with_other_figures(page, rng):
    copy = [[replace(c, text="9" if c.kind is CellKind.VALUE else c.text) for c in r] for r in page.tables["requests"]]
    page.after = f'<div style="display: none">{page.table_html(copy)}</div>'


@manner
def a_table_of_other_figures_in_the_text(page, rng):
    other = (
        "<table><tr><td>类别</td><td>行政许可</td><td>其他</td></tr><tr><td>条数</td><td>5</td><td>7</td></tr></table>"
    )
    other += "<table><tr><td>行政处罚</td><td>55</td></tr><tr><td>规章</td><td>66</td></tr></table>"
    page.before = other


@manner
def one_table_for_all(page, rng):
    """表二, 表三 and 表四 pasted into one table, the headings as rows."""
    rows: Rows = []
    for section in page.edition.sections:
        if section.table:
            rows += [[Cell(section.title, 1, 15, CellKind.BAND)], *page.tables.pop(section.table)]
    page.tables = {s.table: (rows if s.table == "proactive" else []) for s in page.edition.sections if s.table}


@manner
def contact_in_the_introduction(page, rng):
    page.introduction += ("联系方式：", "地址：示例县人民路1号", "电话：0597-1234567", "邮编：364300")


@manner
def hundreds_of_inline_pictures(page, rng):
    page.before = "".join(f'<img src="data:image/png;base64,{"QUJD" * 500}">' for _ in range(300))


@manner
def nothing_but_divs(page, rng):
    page.paragraph, page.doctype, page.body = "<div>{}</div>", "", "{}"


def corrupted(page: Page, rng: random.Random) -> str:  # noqa: PLR0912 - one branch a kind of damage
    """Damage a page in one place, as lost tags and slips of the hand do; return what was done."""
    rows = page.tables[rng.choice([t for t, rows in page.tables.items() if rows])]
    row = rng.choice([r for r in rows if r])
    cell = rng.choice(row)
    kind = rng.choice(
        ["drop cell", "drop row", "split row", "misspell", "span", "empty", "double cell", "join", "swap"]
    )
    at = row.index(cell)
    if kind == "drop cell":
        row.remove(cell)
    elif kind == "drop row":
        rows.remove(row)
    elif kind == "split row":
        cut = rng.randrange(len(row) + 1)
        rows.insert(rows.index(row) + 1, row[cut:])
        del row[cut:]
    elif kind == "misspell":
        cell = rng.choice(page.labels())
        flat = plain(cell.text)
        if flat:
            i = rng.randrange(len(flat))
            cell.text = flat[:i] + rng.choice(["天", "", "其他", "一", "1"]) + flat[i + 1 :]
    elif kind == "span":
        if rng.random() < 0.5:
            cell.rows = max(1, cell.rows + rng.choice([-1, 1, 2]))
        else:
            cell.columns = max(1, cell.columns + rng.choice([-1, 1, 2]))
    elif kind == "empty":
        cell.text = ""
    elif kind == "double cell":
        row.insert(at, replace(cell, text="", kind=CellKind.HEAD))
    elif kind == "join" and at + 1 < len(row):
        cell.columns += row[at + 1].columns
        del row[at + 1]
    elif kind == "swap":
        labels = [c for c in page.labels() if c.rows == 1]
        a, b = rng.sample(labels, 2)
        if a.kind is b.kind is CellKind.BAND:
            a.text, b.text = b.text, a.text
    return kind
