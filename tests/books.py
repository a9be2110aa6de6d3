"""Workbooks for the tests: distinct figures for every cell, edits as a clerk or another program makes them."""

import io
import pickle
import re
import zipfile
from collections.abc import Callable
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

from openpyxl import Workbook, load_workbook

from nianbao.form import Edition, Kind, load_edition
from nianbao.report import Report
from nianbao.workbook import build, layout
from nianbao.workbook.layout import CELLS
from reports import with_totals

EDITIONS = ("2021", "2019", "wuping-2022")
BODY = {
    "name": "永平镇人民政府",
    "level": "town",
    "county": "武平县",
    "office": "永平镇人民政府政务公开办公室",
    "website": "http://www.example.gov.cn/",
    "address": "福建省龙岩市武平县帽村路32号",
    "phone": "0597-4632003",
    "postcode": "064306",
    "email": "a@example.cn",
    "signed_on": "2026年1月12日",
}
TEXTS = {
    "introduction": "本报告根据条例编制。",
    "overview": "（一）主动公开\n全年发布信息94篇。\n（二）依申请公开\n没有收到申请。",
    "problems": "（一）公开不够及时。\n（二）解读形式单一。",
    "other_matters": "无其他需要报告的事项。",
    "category_1": "民生实事",
    "category_2": "其他",
}


def distinct(edition: Edition) -> dict[str, int | Decimal]:
    """Every input a different number, every total the sum of its parts."""
    inputs: dict[str, int | Decimal] = {}
    for i, (key, value) in enumerate(edition.values.items()):
        if key not in edition.sums:
            number = 1000 + 7 * i
            inputs[key] = {
                Kind.COUNT: number,
                Kind.SIGNED: -number,
                Kind.AMOUNT: Decimal(number) + Decimal("0.25"),
            }[value.kind]
    return with_totals(edition, inputs)


def filled(edition_name: str = "2021", **more: object) -> Report:
    edition = load_edition(edition_name)
    facts = {"edition": edition_name, "year": 2025, "body": BODY, "values": distinct(edition), "texts": TEXTS}
    return Report(**(facts | more))  # type: ignore[arg-type]


def saved(folder: Path, report: Report | None = None, edition_name: str = "2021", **more: object) -> Path:
    """Write the workbook of a report."""
    path = folder / "填报表.xlsx"
    path.write_bytes(build(load_edition(edition_name), report, **more))
    return path


def light(path: Path | io.BytesIO) -> io.BytesIO:
    """Return a workbook with nothing on 逐格核对, which openpyxl takes as long for as for all else; nobody reads it."""
    out = io.BytesIO()
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as target:
        parts = {n: source.read(n) for n in source.namelist()}
        if b'name="' + CELLS.encode() + b'"' in parts.get("xl/workbook.xml", b""):
            parts[part_of(parts, CELLS)] = _EMPTY
        for name, part in parts.items():
            target.writestr(name, part)
    out.seek(0)
    return out


_EMPTY = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData/></worksheet>'


@lru_cache(maxsize=40)
def _pickled(data: bytes, whole: bool, results: bool) -> bytes:
    source = io.BytesIO(data)
    return pickle.dumps(load_workbook(source if whole else light(source), data_only=results))


def opened(path: Path, *, whole: bool = False, results: bool = False) -> Workbook:
    """Open a workbook with openpyxl, with the results of its formulas or without; `whole` with 逐格核对 too.

    Reading one takes ten times as long as taking it out of a pickle, and many tests begin with the same one.
    """
    book = pickle.loads(_pickled(path.read_bytes(), whole, results))
    for sheet in book.worksheets:  # what openpyxl's own dictionaries leave behind
        for kept, new in ((sheet.row_dimensions, sheet._add_row), (sheet.column_dimensions, sheet._add_column)):
            vars(kept).update(worksheet=sheet, reference="index", max_outline=None)
            kept.default_factory = new
    return book


def edited(path: Path, change: Callable[[Workbook], None], *, whole: bool = False) -> Path:
    """Change the workbook with openpyxl, as another program would: no cached result survives.

    What LibreOffice is to recalculate is changed `whole`.
    """
    book = opened(path, whole=whole)
    change(book)
    book.save(path)
    return path


def patched(path: Path, change: Callable[[dict[str, bytes]], None]) -> Path:
    """Change the parts of the package, everything else as it was."""
    with zipfile.ZipFile(path) as source:
        parts = {n: source.read(n) for n in source.namelist()}
    change(parts)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name, part in parts.items():
            target.writestr(name, part)
    path.write_bytes(out.getvalue())
    return path


def part_of(parts: dict[str, bytes], sheet: str) -> str:
    """The part of a sheet; ours are numbered in the order of the sheets."""
    names = re.findall(r'<sheet [^>]*?name="([^"]+)"', parts["xl/workbook.xml"].decode())
    return f"xl/worksheets/sheet{names.index(sheet) + 1}.xml"


def set_cell(path: Path, key: str, value: object, edition_name: str = "2021") -> Path:
    """Type something into the cell of a figure, a field or the first paragraph of a text."""
    places = layout(load_edition(edition_name))
    sheet, ref = places.places[key].split("!")

    def change(book: Workbook) -> None:
        book[sheet][ref].value = value  # type: ignore[index]

    return edited(path, change)
