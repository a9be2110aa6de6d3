"""The report's figures for machines: one line a figure, in official words and with its cell key."""

from __future__ import annotations

import csv
import io

from nianbao import numbers
from nianbao.form import Edition, plain, printed_tables
from nianbao.report import Report

HEADER = ("单位名称", "年度", "表", "项目", "栏目", "计量单位", "数值", "代码")
_RISKY = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def figures_csv(edition: Edition, report: Report) -> bytes:
    """Return every printed figure as CSV (UTF-8 with BOM, as Excel wants it); a blank stays empty.

    A typed text that a spreadsheet would take for a formula begins with an apostrophe.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(HEADER)
    year = "" if report.year is None else str(report.year)
    for table in printed_tables(edition):
        for value in table.values:
            number = report.values.get(value.key)
            row = " ".join(plain(x) for x in value.labels[:-1]) or value.words[0]
            shown = "" if number is None else numbers.spell(number)
            labels = (harmless(report.name), year, table.word, row, value.labels[-1], value.unit)
            writer.writerow((*labels, shown, value.key))
    return b"\xef\xbb\xbf" + out.getvalue().encode("utf-8")


def harmless(text: str) -> str:
    """Return typed text as a spreadsheet shows it and never runs it."""
    return f"'{text}" if text.lstrip(" \u3000").startswith(_RISKY) else text
