"""A form of a few rows, tables of a few cells and a page of one table, so that one rule of the reader shows in each."""

import pytest

import reports
from nianbao.form import load_edition
from nianbao.published import table_search
from nianbao.published.expected import ExpectedRow, Segment
from nianbao.published.labels import LabelVocabulary
from nianbao.published.model import Grid, GridCell
from published import pages


def grid(*rows, flat=False, page="", place="第1张表"):
    """A table of rows such as "行政许可|3|4": "<" goes on from the left, "^" from above, "." is no cell at all."""
    table = [r.split("|") for r in rows]
    cells = []
    for r, row in enumerate(table):
        for c, text in enumerate(row):
            if text not in ("<", "^", "."):
                columns = next((i for i, t in enumerate(row[c + 1 :], 1) if t != "<"), len(row) - c)
                below = [o[c : c + 1] == ["^"] for o in table[r + 1 :]]
                height = next((i for i, on in enumerate(below, 1) if not on), len(table) - r)
                cells.append(GridCell(r, c, height, columns, text, f"第{r + 1}行第{c + 1}列"))
    return Grid(tuple(cells), place, page, flat=flat)


def segment(table, *paths, rows, heads=(), corner=""):
    """Headings such as "行政复议/总计"; rows by their labels, the group's first; keys are 规章.0, 规章.1 …"""
    split = tuple(tuple(p.split("/")) for p in paths)
    made = []
    for label in rows:
        names = tuple(label.split("/")) if label else ()
        made.append(ExpectedRow(table, names, tuple(f"{names[-1] if names else table}.{i}" for i in range(len(paths)))))
    return Segment(table, split, heads or tuple(p[-1] for p in split), corner, tuple(made))


RULES = segment(
    "proactive", "本年制发件数", "本年废止件数", "现行有效件数", rows=["规章", "行政规范性文件"], corner="信息内容"
)
CASES = segment("proactive", "本年处理决定数量", rows=["行政许可", "行政处罚", "行政强制"], corner="信息内容")
MONEY = segment("proactive", "本年收费金额（单位：万元）", rows=["行政事业性收费"], corner="信息内容")
PEOPLE = segment(
    "requests", "申请人情况/自然人", "申请人情况/法人或其他组织/商业企业", "申请人情况/法人或其他组织/其他",
    "申请人情况/总计",
    heads=("申请人情况", "自然人", "法人或其他组织", "总计", "商业企业", "其他"),
    rows=["一、本年新收申请数量", "三、本年度办理结果/（一）予以公开", "三、本年度办理结果/（七）总计"],
)  # fmt: skip
REVIEW = segment(
    "review", "行政复议/结果维持", "行政复议/总计", "行政诉讼/结果维持", "行政诉讼/总计", rows=[""],
    heads=("行政复议", "行政诉讼", "结果维持", "总计", "结果维持", "总计"),
)  # fmt: skip


def find(segments, *grids, other=(), groups=None):
    """What tables.find says of these grids; `other` are labels of other editions."""
    words = [x for s in segments for r in s.rows for x in r.labels] + list(other)
    words += [h for s in segments for h in (*s.heads, s.corner) if h]
    return table_search.find(load_edition("2021"), segments, grids, LabelVocabulary(words), groups or {})


def told(segments, found):
    """What was found, what it finds nothing for left out: figures by row, and words with their places."""
    rows = [r for s in segments for r in s.rows]
    whole = {
        "taken": {r.label: [found.cells[k].cell.text for k in r.keys] for r in rows if r.keys[0] in found.cells},
        "refused": {r.row.label: r.why for r in found.refused},
        "missing": [r.label for r in found.missing],
        "extras": [(e.label, e.known, e.spot.cell.text) for e in found.extras],
        "worded": [(w.label, w.written, w.spot.cell.text) for w in found.worded],
        "headless": sorted(found.headless),
    }
    return {k: v for k, v in whole.items() if v}


# ---------------------------------------------------------------- cases

R_HEAD = "信息内容|本年制发件数|本年废止件数|现行有效件数"
C_HEAD = "信息内容|本年处理决定数量"
P_HEADS = ["内容|申请人情况|<|<|<", "^|自然人|法人或其他组织|<|总计", "^|^|商业企业|其他|^"]
V_HEADS = ["行政复议|<|行政诉讼|<", "结果维持|总计|结果维持|总计"]
RULE, ORDER = "规章|1|2|3", "行政规范性文件|4|5|6"
BOTH = {"规章": ["1", "2", "3"], "行政规范性文件": ["4", "5", "6"]}
OTHER = "行政规范性文件"
NO_COLUMNS = "它上面的列标题不齐或与格式不同，认不出各列"
TWICE = "这一行出现不止一次，数字不同，认不出哪一行是对的"
PARTED = "这一行下面还有分项，它的数字是哪一项的不能确定"
UNEVEN = "表中没有列标题，各行的格数又不同，认不出各列"


def short(cells, filled, of=3):
    counted = f"有内容的只有{filled}格" if cells == of else f"读到{cells}格（其中{filled}格有内容）"
    return f"应有{of}个数字格，{counted}，对不上各列"


def case(name, segments, *grids, **expected):
    return pytest.param(segments, grids, expected, id=name)


def only(**more):
    """The first row of RULES taken, the second not there."""
    return {"taken": {"规章": ["1", "2", "3"]}, "missing": [OTHER]} | more


def refused(why):
    return {"refused": {"规章": why}, "missing": [OTHER]}


FIGURES = {"": ["1", "2", "3", "4"]}
"""Of the nameless row of REVIEW."""


# ---------------------------------------------------------------- a page with one table

PAGE = pages.page(reports.zero())
TABLE = PAGE.table_html(PAGE.tables["review"])
TITLE = "永平镇人民政府2025年政府信息公开工作年度报告"
BEFORE = [TITLE, "根据条例编制。", "电话：0597-1234567", "一、总体情况", "甲。", "乙。"]
TABLES = [
    "二、主动公开政府信息情况",
    "三、收到和处理政府信息公开申请情况",
    "四、政府信息公开行政复议、行政诉讼情况",
    TABLE,
]
AFTER = ["五、存在的主要问题及改进情况", "丙。", "六、其他需要报告的事项", "无。", "永平镇人民政府", "2026年1月12日"]
