"""What is known of real forms and reports: facts, so that a clone without the developers' shared folder has them too.

`blank-2021.json` says of the form as an office circulated it what its tables measure, join, print and align; `drawn`
makes a Word file of that. The figures of a city and a district are as published; the sample's text is as its page
gives it, the tables' cells a line each.
"""

import io
import json
from functools import cache

from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

import casebook

FOLDER = casebook.FOLDER / "real"
CITY = FOLDER / "city-2025.json"
DISTRICT = FOLDER / "hongze-2024.json"
SEED = FOLDER / "yongping-2022.txt"
_BLANK = FOLDER / "blank-2021.json"


@cache
def drawn() -> bytes:
    """The circulated blank form as a Word file of the same paragraphs and tables."""
    document = Document()
    body = document.element.body
    for block in json.loads(_BLANK.read_text(encoding="utf-8")):
        if isinstance(block, str):
            document.add_paragraph(block)
        else:
            body.insert(len(body) - 1, _table(block))
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _table(told):
    table = OxmlElement("w:tbl")
    table.append(OxmlElement("w:tblPr"))
    grid = _in(table, "w:tblGrid")
    for width in told["widths"]:
        _in(grid, "w:gridCol", w=width)
    for height, cells in zip(told["heights"], told["rows"], strict=True):
        row = _in(table, "w:tr")
        if height:
            _in(_in(row, "w:trPr"), "w:trHeight", val=height)
        for _, columns, down, text, align in cells:
            cell = _in(row, "w:tc")
            properties = _in(cell, "w:tcPr")
            if columns > 1:
                _in(properties, "w:gridSpan", val=columns)
            if down:
                _in(properties, "w:vMerge", val=down)
            paragraph = _in(cell, "w:p")
            _in(_in(paragraph, "w:pPr"), "w:jc", val=align)
            _in(_in(paragraph, "w:r"), "w:t").text = text
    return table


def _in(parent, tag, **attributes):
    """A new element in another."""
    made = OxmlElement(tag)
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), str(value))
    parent.append(made)
    return made
