"""The sheet 填报说明: what the workbook is for and how to fill it."""

from __future__ import annotations

from dataclasses import replace

from nianbao.notice import Notice
from nianbao.workbook import cell_styles, guidance, heights
from nianbao.workbook.address import Spot
from nianbao.workbook.cell_styles import BOX, CellStyle, aligned, font
from nianbao.workbook.layout import GUIDE, INFO, LAST_YEAR, RESULTS, Layout
from nianbao.workbook.pen import Pen
from nianbao.workbook.typing_order import turns

_WIDTHS = {1: 14.0, 2: 80.0}
_TEXT = CellStyle(font(11), alignment=aligned("left", "top"))
_BOLD = CellStyle(font(11, bold=True), alignment=aligned("left", "top"))
_PURPOSE = (
    "这份填报表用来编制{kind}。您填好数字和文字，程序核对勾稽关系，"
    "再按国家规定的格式生成 Word 报告。程序只读这份表，不会改动它。"
)
_DEADLINE = (
    "县直部门：每年1月31日前向社会公布上一年度报告（《中华人民共和国政府信息公开条例》第四十九条）。"
    "乡镇、街道：按县里通知的时间报送，一般在1月10日至1月31日之间。"
)
_BLANK = (
    "没有发生的填 0。空着的格，程序不会替您当作 0，会逐格提醒；"
    "如果空着的格确实都是 0，可在“基本信息”的“空格是否按0计”里选“是”。"
)
_CARE = (
    "请不要插入或删除行、列，不要改动印好的文字和工作表的名称，也不要剪切、拖动数字格（复制、粘贴数值可以）。"
    "各表已加保护，没有设密码；字体、颜色、行高列宽可以调整。"
)
_IN_TURN = "　 （一次选中{sheet}要填的格：填一格按一下回车，由上到下、一栏一栏自动走，跳过灰色格）"
_COLOURS = (
    (cell_styles.INPUT, "请您填写"),
    (cell_styles.TOTAL, "由公式算出，不用填"),
    ("FFC7CE", "勾稽关系对不上：这一行或这一列里有数要核对，“勾稽差”显示相差多少"),
    ("FFC000", "填的不是数字，或者是负数、小数"),
)


def draw(pen: Pen, layout: Layout, notice: Notice | None = None) -> None:
    """Draw the sheet for this edition, with what the county's notice asks."""
    pen.widths(_WIDTHS)
    title = f"{layout.edition.report_name} 标准填报表（{layout.edition.name}）"
    pen.text(Spot(GUIDE, 1, 1), title, cell_styles.SHEET_TITLE, 1, 2)
    pen.height(1, 34)
    row = _paragraph(pen, 3, "用途", _PURPOSE.format(kind=layout.edition.report_name))
    row = _steps(pen, layout, row + 1)
    row = _colours(pen, row + 1)
    row = _paragraph(pen, row + 1, "时间要求", _DEADLINE)
    row = _paragraph(pen, row + 1, "空着的格", _BLANK)
    row = _paragraph(pen, row + 1, "请注意", _CARE)
    for i, line in enumerate(guidance.lines(layout.edition.texts, notice) if notice else ()):
        row = _paragraph(pen, row + (i == 0), "" if i else "当地通知", line)
    pen.finish(row, 2, one_page=notice is None)


def _paragraph(pen: Pen, row: int, heading: str, text: str) -> int:
    pen.text(Spot(GUIDE, row, 1), heading, replace(_BOLD, alignment=aligned("left", "top")))
    pen.text(Spot(GUIDE, row, 2), text, _TEXT)
    pen.height(row, heights.height_of(text, _WIDTHS[2], 11))
    return row + 1


def _steps(pen: Pen, layout: Layout, row: int) -> int:
    tables = [s.name for s in layout.sheets if s.tables and not s.texts]
    texts = [s.name for s in layout.sheets if s.texts]
    names = {s: name for s, (name, _) in turns(layout).items()}
    steps = [
        ("第一步", "填写单位名称、年度和级别。", [INFO]),
        ("第二步", "对照台账填写各表，合计自动算出；有上年数据的，“上年同期”在表的右边或下面。", tables),
        ("第三步", "写文字部分，每格一段，可从 Word 复制粘贴。", texts),
        ("第四步", "看核对结果，有不符的回到表里核对红色的数；上年的数见“上年数据”。", [RESULTS, LAST_YEAR]),
        ("第五步", "保存，按通知报送；或者用程序检查并生成 Word 报告。", []),
    ]
    for step, text, sheets in steps:
        pen.text(Spot(GUIDE, row, 1), step, _BOLD)
        pen.text(Spot(GUIDE, row, 2), text, _TEXT)
        pen.height(row, 20)
        row += 1
        for sheet in sheets:
            pen.link(Spot(GUIDE, row, 2), f"→ {sheet}", Spot(sheet, 1, 1))
            pen.height(row, 16)
            row += 1
            if sheet in names:
                pen.link_to_name(Spot(GUIDE, row, 2), _IN_TURN.format(sheet=sheet), names[sheet])
                pen.height(row, 16)
                row += 1
    return row


def _colours(pen: Pen, row: int) -> int:
    pen.text(Spot(GUIDE, row, 1), "颜色", _BOLD)
    for color, meaning in _COLOURS:
        row += 1
        pen.dress(Spot(GUIDE, row, 1), CellStyle(font(), color, BOX))
        pen.text(Spot(GUIDE, row, 2), meaning, replace(_TEXT, alignment=aligned("left", indent=1)))
        pen.height(row, 18)
    return row + 1
