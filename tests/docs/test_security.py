"""docs/security.md names tests that exist, and limits that are those of the code."""

import re
from pathlib import Path

import pytest

from nianbao import files, report, toml, watch
from nianbao.checks.text import clauses
from nianbao.county import sheets
from nianbao.county.intake import containers, gather, kinds
from nianbao.document import custom_xml, package
from nianbao.form import edition_file as editions
from nianbao.form import loader, shape
from nianbao.ooxml import zips
from nianbao.publish.page import fill
from nianbao.publish.page import fragment as fragments
from nianbao.published import docx, html, pdf
from nianbao.published import published_file as published
from nianbao.register import register_rows as register
from nianbao.workbook import bounds as workbook

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
NAMED = re.findall(r"`(tests/[\w/]+\.py)::(test_\w+)`", PAGE)


def test_the_page_names_many_tests():
    assert len(NAMED) > 50


@pytest.mark.parametrize(("file", "name"), NAMED)
def test_a_named_test_exists(file, name):
    assert f"\ndef {name}(" in (ROOT / file).read_text(encoding="utf-8")


def test_the_limits_told_are_those_of_the_code():
    mb = 2**20
    told = (
        f"| {workbook.FORM.file // mb} MB, {workbook.FORM.part // mb} MB, {workbook.FORM.total // mb} MB, "
        f"{workbook.MAX_PARTS:,} |",
        f"{workbook.REGISTER.file // mb}, {workbook.REGISTER.part // mb}, {workbook.REGISTER.total // mb} MB; "
        f"{register.MAX_ROWS:,}; {register.MAX_COLUMNS}; {register.MAX_CSV // mb} MB; {register.CELL_LIMIT:,}",
        f"{sheets.MAX_ROWS:,} rows, {sheets.MAX_COLUMNS} columns",
        f"| {workbook.MAX_SHEETS}; {workbook.MAX_SHEET_TAGS:,}, {workbook.FORM.cells:,}, {workbook.FORM.texts:,}, "
        f"{workbook.MAX_TAGS:,}; {workbook.MAX_MARKS:,}, {workbook.MARKS_PER_TAG} |",
        f"| {published.MAX_FILE // mb} MB; {docx.MAX_PART // mb} MB, {docx.MAX_TAGS:,}; {docx.MAX_DEPTH}; ",
        f"{html.MAX_STEPS:,}, {html.MAX_DEPTH}, {html.MAX_SPAN} |",
        f"{pdf.MAX_PAGES}; {pdf.MAX_GLYPHS:,} and {pdf.MAX_RULES:,}; {pdf.MOST_GLYPHS:,} and {pdf.MOST_RULES:,}",
        f"{package.MAX_BYTES // 10**6} MB, {package.MAX_TAGS:,}, {package.MAX_BRACES:,}; {fill.MAX_BYTES // 10**6} MB, "
        f"{fill.MAX_BRACES:,}, {fragments.MAX_OPEN} |",
        f"| {loader.MOST_CELLS:,}, {loader.MOST_PARAGRAPHS:,}, {loader.MOST['texts']}, {loader.MOST['sections']}, "
        f"{loader.MOST['sheets']}; {shape.MOST['few']}; {shape.MOST['number']:,} |",
        f"{custom_xml.MAX_ENTRIES:,}, {custom_xml.MAX_PART // 10**6} MB, {custom_xml.MAX_TOTAL // 10**6} MB |",
        f"| 8 MB; {editions.MAX_BYTES // 10**3} kB; 200 kB; {report.MAX_TEXT:,} characters",
        f"over {zips.HARMLESS // mb} MB | {zips.MAX_DIRECTORY // mb} MB; {zips.MAX_RATIO} |",
        f"| {clauses.LONGEST} characters; {toml.MAX_DOTS} |",
        f"or button | {watch.PATIENCE:.0f} s | `county/run/processes.py`; `watch.py` |",
        f"{containers.MAX_MEMBERS:,}, {containers.MAX_UNPACKED // mb} MB, {containers.MAX_FILE // mb} MB, "
        f"{kinds.MAX_DEPTH} deep; {gather.MAX_FILES:,}",
        f"| {files.PATIENCE:.0f} s;",
    )
    assert [t for t in told if t not in PAGE] == []
