"""表四 as offices lay it out, and the files that other programs make of it: python-docx, LibreOffice, plain text.

A layout is a list of lines and tables; a table is a list of rows such as "行政复议|<|1": "<" goes on from the left,
"^" from above.
"""

from pathlib import Path

import docx

import office
from nianbao.form import CellKind, load_edition, plain

KEYS = [
    f"review.{group}.{own}"
    for group in ("reconsideration", "direct_litigation", "post_reconsideration_litigation")
    for own in ("upheld", "corrected", "other", "pending", "total")
]
VALUES = dict(zip(KEYS, (3, 1, 0, 2, 6, 10, 4, 5, 0, 19, 7, 0, 8, 9, 24), strict=True))
GROUPS = ("行政复议", "未经复议直接起诉", "复议后起诉")
OWN = ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")
OF = [[str(v) for v in list(VALUES.values())[i : i + 5]] for i in (0, 5, 10)]
HEAD = "|".join(OWN)
TURNED = [f"{own}|{'|'.join(OF[g][i] for g in range(3))}" for i, own in enumerate(OWN)]

Layout = list[str | list[str]]


def stacked(*captions: str | tuple[str, ...], head: str = HEAD) -> Layout:
    made: Layout = []
    for caption, figures in zip(captions, OF, strict=True):
        made += [caption] if isinstance(caption, str) else caption
        made.append([head, "|".join(figures)])
    return made


EVERYWHERE: dict[str, Layout] = {
    "three tables": stacked("行政复议", "行政诉讼（未经复议直接起诉）", "行政诉讼（复议后起诉）"),
    "three tables, numbered": stacked("（一）行政复议情况", ("（二）行政诉讼", "1.未经复议直接起诉"), "2.复议后起诉"),
    "three tables with their unit": stacked(*((g, "单位：件") for g in GROUPS)),
    "three tables, a name misspelt": stacked(*GROUPS, head=HEAD.replace("结果纠正", "结果纠止")),
    "three tables in other words": stacked(
        "行政复议案件", "直接起诉", "经复议后起诉", head="维持|纠正|其他结果|未审结|合计"
    ),
    "three tables in another order": [
        x for i in (2, 0, 1) for x in (GROUPS[i], ["总计|" + "|".join(OWN[:4]), "|".join(OF[i][4:] + OF[i][:4])])
    ],
    "turned": [["结果|" + "|".join(GROUPS), *TURNED]],
    "turned, with its groups": [["结果|行政复议|行政诉讼（未经复议直接起诉）|行政诉讼（复议后起诉）", *TURNED]],
    "a row each": [[f"类别|{HEAD}", *(f"{g}|{'|'.join(f)}" for g, f in zip(GROUPS, OF, strict=True))]],
    "three tables, turned": [
        x for g, f in zip(GROUPS, OF, strict=True) for x in (g, [f"{o}|{v}" for o, v in zip(OWN, f, strict=True)])
    ],
}  # fmt: skip
"""Layouts that every kind of file can carry."""

WITH_PLACES: dict[str, Layout] = {
    "turned, two rows of headings": [["结果|行政复议|行政诉讼|<", "^|^|未经复议直接起诉|复议后起诉", *TURNED]],
    "a row each under 行政诉讼": [
        [f"类别|<|{HEAD}", f"行政复议|<|{'|'.join(OF[0])}", f"行政诉讼|未经复议直接起诉|{'|'.join(OF[1])}",
         f"^|复议后起诉|{'|'.join(OF[2])}"]
    ],
    "one below the other in one table": [
        [x for g, f in zip(GROUPS, OF, strict=True) for x in (f"{g}|<|<|<|<", HEAD, "|".join(f))]
    ],
    "one below the other under one row of headings": [
        [HEAD, *(x for g, f in zip(GROUPS, OF, strict=True) for x in (f"{g}|<|<|<|<", "|".join(f)))]
    ],
    "an empty column more": [
        x for g, f in zip(GROUPS, OF, strict=True) for x in (g, [f"{HEAD}| ", "|".join(f) + "| "])
    ],
}  # fmt: skip
"""Layouts that need to know which column a cell stands in."""

NOT_SURE: dict[str, Layout] = {
    "a name twice": stacked("行政复议", "复议后起诉", "复议后起诉"),
    "which lawsuit is not said": stacked("行政复议", "行政诉讼", "行政诉讼"),
    "one without a name": stacked("行政复议", (), "复议后起诉"),
    "all names before the first": [*GROUPS, *([HEAD, "|".join(f)] for f in OF)],
    "one that is not there": stacked(*GROUPS)[:4],
    "a column without a name": stacked(*GROUPS, head=HEAD.replace("其他结果", "数量")),
    "a column twice": stacked(*GROUPS, head=HEAD.replace("其他结果", "结果纠正")),
    "turned, a row twice with other figures": [["结果|" + "|".join(GROUPS), *TURNED, "总计|1|2|3"]],
    "turned, a cell less": [["结果|" + "|".join(GROUPS), *TURNED[:4], "总计|6|19"]],
}
"""Layouts in which not every figure is surely one of the form's."""

TITLE = "永平镇人民政府2025年政府信息公开工作年度报告"
BEFORE = (TITLE, "一、总体情况", "主动公开信息94条，办结申请3件。", "四、政府信息公开行政复议、行政诉讼情况")
AFTER = ("五、存在的主要问题及改进情况", "公开还不够及时，下一步定期检查。", "六、其他需要报告的事项", "无。")


def printed(table: str) -> list[str]:
    """A table of the form, every figure 0, in the notation of these layouts."""
    edition = load_edition("2021")
    form = edition.table[table]
    wide = max(c.column + c.columns for c in form.cells)
    made = [["<"] * wide for _ in range(form.rows)]
    for cell in form.cells:
        for row in range(cell.row + 1, cell.row + cell.rows):
            made[row][cell.column] = "^"
        made[cell.row][cell.column] = "0" if cell.kind is CellKind.VALUE else plain(cell.text)
    return ["|".join(row) for row in made]


OTHERS = printed("proactive"), printed("requests")
"""The tables that stand as in the form."""


def report(layout: Layout, requests: bool = True) -> Layout:
    """A report around the layout; without 表三 where python-docx takes long for it."""
    three = ["三、收到和处理政府信息公开申请情况", OTHERS[1]] if requests else []
    return [*BEFORE[:-1], "二、主动公开政府信息情况", OTHERS[0], *three, BEFORE[-1], *layout, *AFTER]


def spans(rows: list[str]) -> list[list[tuple[int, str, int, int]]]:
    """Of each row, the cells that begin in it: column, text, columns, rows."""
    table = [r.split("|") for r in rows]
    made = []
    for r, row in enumerate(table):
        cells = []
        for c, text in enumerate(row):
            if text not in ("<", "^"):
                wide = next((i for i, t in enumerate(row[c + 1 :], 1) if t != "<"), len(row) - c)
                high = next((i for i, o in enumerate(table[r + 1 :], 1) if o[c : c + 1] != ["^"]), len(table) - r)
                cells.append((c, text, wide, high))
        made.append(cells)
    return made


def as_html(layout: Layout, folder: Path) -> Path:
    body = ""
    for block in layout:
        if isinstance(block, str):
            body += f"<p>{block}</p>"
        else:
            lines = ("".join(f"<td colspan={w} rowspan={h}>{t}</td>" for _, t, w, h in r) for r in spans(block))
            body += f"<table>{''.join(f'<tr>{x}</tr>' for x in lines)}</table>"
    path = folder / "年报.html"
    path.write_text(f"<html><head><meta charset=utf-8></head><body>{body}</body></html>", encoding="utf-8")
    return path


def as_word(layout: Layout, folder: Path) -> Path:
    """Made by python-docx."""
    document = docx.Document()
    for block in layout:
        if isinstance(block, str):
            document.add_paragraph(block)
            continue
        table = document.add_table(len(block), len(block[0].split("|")), style="Table Grid")
        for r, cells in enumerate(spans(block)):
            for c, text, wide, high in cells:
                table.cell(r, c).merge(table.cell(r + high - 1, c + wide - 1)).text = text
    path = folder / "年报.docx"
    document.save(str(path))
    return path


def as_pdf(layout: Layout, folder: Path) -> Path:
    """Made by LibreOffice of the Word file."""
    return office.convert(as_word(layout, folder), "pdf", folder / "pdf")


def as_text(between: str, rule: bool = False, around: str = ""):
    def made(layout: Layout, folder: Path) -> Path:
        lines: list[str] = []
        for block in layout:
            if isinstance(block, str):
                lines += [block, ""]
                continue
            for i, row in enumerate(block):
                cells = ["" if x in "<^" else x.strip() for x in row.split("|")]
                lines.append(f"{around}{between.join(cells)}{around}".rstrip(" "))
                if rule and i == 0:
                    lines.append("|" + "---|" * len(cells))
            lines.append("")
        path = folder / "年报.txt"
        path.write_text("\n".join(lines), encoding="utf-8")
        return path

    return made


MAKERS = {
    "html": as_html, "docx": as_word, "bars": as_text("|", around="|"), "tabs": as_text("\t"),
    "markdown": as_text(" | ", rule=True, around="| "),
}  # fmt: skip
