"""How to mend what stands in a cell for a figure: the cure comes from the cell's actual content."""

from __future__ import annotations

import re
from collections.abc import Mapping

from nianbao.form import Edition
from nianbao.numbers import Number, spell
from nianbao.patterns import Pattern
from nianbao.unicodes import plain_form
from nianbao.workbook.contents import Content

PLAIN = "改填数字；没有发生的填0"

REPAIR = "用“填报表修复”（nianbao new --repair）把内容转到一份新的填报表"
"""What helps where the form itself is broken: the icon, and the command."""

_NONE = Pattern(r"[/\\\-—－–_.。、~]+|无|没有|暂无|未发生|没发生|未有|空|零|〇|O|o|否|N/?A", re.IGNORECASE)
_ERROR = Pattern(r"#(?:DIV/0!|N/A|NAME\?|NULL!|NUM!|REF!|VALUE!|SPILL!|CALC!)")
_SPOKEN = Pattern(r"[一二三四五六七八九十百千万两零〇]+(?:[件条项个份次元]|万元)?")
_NOTED = Pattern(r"([+-]?\d[\d,]*(?:\.\d+)?)\s*(?:[*＊※①-⑳†]+|[\[(（【\[].*[\])）】\]]|注\d*)")
_ABOUT = Pattern(
    r"(?:约|大约|近|超过?|不少于|至少)?\s*\d[\d,.]*\s*(?:余|多|左右|以上|[-~—至]\s*\d+)?\s*[件条项个份次元]?|"
    r"[一二三四五六七八九十百千]*[几余多数][十百千]*[件条项个份次元]?"
)


def of_unreadable(value: object) -> str:
    """Say how to mend a figure that could not be taken for certain."""
    if isinstance(value, bool) or not isinstance(value, str):
        return PLAIN
    bare = value.strip()
    text = plain_form(bare).strip()
    noted = _NOTED.fullmatch(bare)
    said = (
        (_ERROR.fullmatch(text), "删去出错的公式，改填数字；没有发生的填0"),
        (_NONE.fullmatch(text), "没有发生的填0；有的，改填数字"),
        (_SPOKEN.fullmatch(text), "改填阿拉伯数字，例如“八件”填 8；没有发生的填0"),
        (noted, f"格子里只填数字 {noted[1] if noted else ''}，注解写到正文里"),
        (_ABOUT.fullmatch(text), "填准确的一个数字，不写单位、范围和“左右”“余”"),
    )
    return next((how for holds, how in said if holds), PLAIN)


def of_text(value: object, taken: Number) -> str:
    """Say how to write a figure that was typed as text and taken as `taken`."""
    text, number = str(value), spell(taken)
    bare = plain_form(text)
    if any("一" <= c <= "龥" for c in text):
        return f"去掉单位，改填 {number}"
    if text != text.strip() or " " in bare.strip():
        return f"去掉空格，改填 {number}"
    if bare != text:
        return f"改用半角数字 {number}"
    return f"这一格改为数字格式，重新填 {number}"


def over_text(edition: Edition, key: str, cells: Mapping[str, Content]) -> bool:
    """Tell whether a part of a total is typed as text, which the sheet's own sum leaves out: that is told there."""
    return any(
        over_text(edition, k, cells) if k in edition.sums else k in cells and isinstance(cells[k].value, str)
        for k in edition.sums[key].right
    )
