"""Reading what is no figure: the facts of 基本信息, the texts, the labels typed by the clerk."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass

from nianbao.dates import date_of, printed
from nianbao.form import Edition, Field
from nianbao.report import clean_text
from nianbao.unicodes import plain_form
from nianbao.workbook import display
from nianbao.workbook.address import Spot
from nianbao.workbook.contents import PLAIN, Content, Sheet
from nianbao.workbook.figures import shown
from nianbao.workbook.layout import NO, YES, Layout
from nianbao.workbook.number_formats import date_letters
from nianbao.workbook.reading_notes import Notes

ZERO = "blank_means_zero"
"""The line that tells how the workbook is read; every other one is about the body or its report."""

_YEAR = re.compile(r"(\d{4})(?:年度?)?")


@dataclass(frozen=True)
class BodyFacts:
    """What 基本信息 says."""

    year: int | None
    body: Mapping[str, str]
    blank_means_zero: bool


def read_facts(layout: Layout, sheets: Mapping[str, Sheet], lost: frozenset[str], notes: Notes) -> BodyFacts:
    """Return the facts about the body; what cannot be understood has its finding and is absent."""
    year: int | None = None
    zero = False
    body: dict[str, str] = {}
    for field in layout.edition.fields:
        if field.id in lost:
            continue
        spot = layout.fields[field.id]
        text = _text(sheets[spot.sheet], spot, field.id, notes).strip()
        if not text:
            continue
        if "\n" in text and field.kind not in ("year", "yesno", "date", "choice"):
            said = text.replace("\n", "↵")
            notes.refuse(
                field.id, f"这里写成了几行（{shown(said)}），没有采用", "删去换行，写成一行；有几个的，用顿号隔开"
            )
            continue
        match field.kind:
            case "year":
                year = _year(field, text, notes)
            case "yesno" if field.id == ZERO:
                zero = _yes(field, text, notes)
            case "yesno":
                body |= {field.id: YES} if _yes(field, text, notes) else {}
            case _:
                said = _fact(layout.edition, field, text, notes)
                body |= {field.id: said} if said else {}
    return BodyFacts(year, body, zero)


def _year(field: Field, text: str, notes: Notes) -> int | None:
    match = _YEAR.fullmatch(plain_form(text))
    if match is None:
        notes.refuse(field.id, f"这里写的是{shown(text)}，读不出年度", "改填四位数的年度，例如 2025")
        return None
    return int(match[1])


def _yes(field: Field, text: str, notes: Notes) -> bool:
    if text not in (YES, NO):
        notes.refuse(field.id, f"这里写的是{shown(text)}，不知道是{YES}还是{NO}，按“{NO}”处理", f"改选“{YES}”或“{NO}”")
    return text == YES


def _fact(edition: Edition, field: Field, text: str, notes: Notes) -> str:
    if field.kind == "choice":
        level = edition.level(text)
        if level is None:
            choices = "、".join(x.label for x in edition.levels)
            notes.refuse(field.id, f"这里写的是{shown(text)}，不在可选的级别中", f"从下拉列表中选择：{choices}")
        return level.id if level else ""
    if field.kind == "date":
        day = date_of(text)
        if day is None:
            notes.refuse(field.id, f"这里写的是{shown(text)}，读不出日期", "改填日期，例如 2026-1-12")
        return printed(day) if day else ""
    return text


@dataclass(frozen=True)
class Texts:
    """The texts by key, one line a paragraph, and the place of each paragraph under `key:n`, n counted from 0."""

    texts: Mapping[str, str]
    places: Mapping[str, str]


def read_texts(layout: Layout, sheets: Mapping[str, Sheet], lost: frozenset[str], notes: Notes) -> Texts:
    """Return the texts, blank cells and blank lines left out; labels typed by the clerk under their keys."""
    found: dict[str, str] = {}
    places: dict[str, str] = {}
    for key, spots in {**layout.texts, **{k: (s,) for k, s in layout.typed.items()}}.items():
        if key in lost:
            continue
        cells = [(s, _text(sheets[s.sheet], s, key, notes)) for s in spots]
        lines = [(s, line) for s, cell in cells for line in cell.split("\n") if line.strip()]
        if lines:
            found[key] = clean_text("\n".join(line for _, line in lines), spots[0].place)
            places |= {f"{key}:{n}": spot.place for n, (spot, _) in enumerate(lines)}
    return Texts(found, places)


def _text(sheet: Sheet, spot: Spot, key: str, notes: Notes) -> str:
    """Return a cell's content as it is displayed; dates as people write them."""
    content = sheet.at(spot.row, spot.column)
    value = content.value
    over = sheet.covered.get((spot.row, spot.column)) if value is not None else None
    if over:
        what = f"合并单元格{over}盖住了{spot.ref}，里面的{shown(value)}看不到，没有采用"
        notes.refuse(key, what, "取消合并，核对这一格的内容；用不着的，删去", spot.place)
        return ""
    if content.error:
        notes.refuse(
            key,
            f"{spot.ref}是错误值{shown(value)}，没有采用",
            "改写成文字；以“=”开头的文字前面加一个单引号",
            spot.place,
        )
        return ""
    if content.formula and value is None:
        notes.refuse(
            key, f"{spot.ref}是公式（{content.formula[:40]}），文件中没有存它的结果，没有采用", "改写成文字", spot.place
        )
        return ""
    if content.formula:
        notes.hint("W2", [key], f"{spot.ref}是公式，已采用公式的结果", "改写成文字，免得随别的格子变化", spot.place)
    if content.look.doubt and value is not None:
        what = f"{spot.ref}的条件格式会{content.look.doubt}，看到的可能不是所填的内容"
        notes.hint("W2", [key], what, "去掉这一条件格式，核对所填的内容", spot.place)
    return "" if value is None else _displayed(content, spot, key, notes)


def _displayed(content: Content, spot: Spot, key: str, notes: Notes) -> str:
    value = content.value
    if isinstance(value, datetime.date):
        if content.look.unseen:
            what = f"{spot.ref}存的是{printed(value)}，但{content.look.unseen}，没有采用"
            notes.refuse(key, what, display.CURE, spot.place)
            return ""
        if not {*"ymd"} <= {*date_letters(content.look.code)} and content.look is not PLAIN:
            what = f"{spot.ref}存的是{printed(value)}，按格式“{content.look.code[:40]}”没有显示出完整的日期"
            notes.hint("W2", [key], what, "核对年、月、日，格式改为显示年月日的", spot.place)
        return printed(value)
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    text, why = display.text_of(content)
    if text is None:
        notes.refuse(key, f"{spot.ref}：{why}，没有采用", display.CURE, spot.place)
        return ""
    return clean_text(text, spot.place)
