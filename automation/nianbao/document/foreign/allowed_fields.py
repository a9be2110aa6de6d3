"""Fields: their names as Word resolves them, over runs and around them, and which of them a form may have."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote

from lxml import etree

from nianbao.document.wml import Element

ALLOWED = frozenset(
    (
        "PAGE", "NUMPAGES", "SECTION", "SECTIONPAGES",  # page numbers
        "TOC", "REF", "PAGEREF", "NOTEREF", "STYLEREF", "SEQ",  # words of the document itself
        "HYPERLINK",  # by its address
        "DATE", "TIME", "CREATEDATE", "SAVEDATE", "PRINTDATE",  # a date in a header
        "TITLE", "SUBJECT", "AUTHOR",  # properties that we write
        "FORMTEXT", "FORMCHECKBOX", "FORMDROPDOWN",  # boxes to tick, without macros or sums
        "EQ", "DISPLAYBARCODE",  # a number in a circle, a QR code: drawn from what stands in the code
    )
)  # fmt: skip
"""None fetches, runs, asks or works out anything, or spells words of its own as QUOTE and SYMBOL do."""

_WEB = ("http://", "https://", "mailto:")

_NAME = re.compile(r'[ \t\r\n]*([A-Za-z]+)(?![^ \t\r\n\\"])')
_TAG = re.compile(r"\{[{%#]|[}%#]\}")
_WORD = re.compile(r'\\(?P<switch>[^\s"])|"(?P<quoted>(?:\\.|[^"\\])*)"?|(?P<bare>[^\s"]+)')
_WITH_WORD = frozenset("lot*@#LOT")
"""Switches of HYPERLINK that take the next word: a bookmark, a tip, a frame, a format."""

_MARKS = ("{*}fldChar", "{*}instrText", "{*}delInstrText")
_ASIDE = frozenset(("rPr", "pPr", "sectPr", "tblPr", "trPr", "tcPr", "sdtPr"))
_BESIDE = frozenset(("r", "proofErr", "bookmarkStart", "bookmarkEnd", "lastRenderedPageBreak"))
"""What may stand between the runs of a code without being a part of it."""

_LONG = 10_000
"""Characters of a code; Word itself takes fewer."""

_HOW = "选中它按 Ctrl+Shift+F9 变成普通文字"


@dataclass
class WordField:
    """One field: where it begins, its code, and what makes the code more than the words that are seen in it.

    `nested`: another field stands in the code; `mixed`: something else does, or it runs over paragraphs;
    `ended`: its end is there.
    """

    at: Element
    code: str = ""
    nested: bool = False
    mixed: bool = False
    ended: bool = False
    in_code: bool = True


@dataclass(frozen=True)
class Wrong:
    """What is to be told of a field or a relation; `allowed` of one only to be confirmed, an address on the web."""

    what: str
    how: str
    allowed: bool = False


def of(root: Element) -> Iterator[WordField]:
    """Yield every field of a part, those in text boxes, and those that are never ended, too."""
    if any(True for _ in root.iter(*_MARKS)):
        yield from _walked(root)
    else:
        for simple in root.iter("{*}fldSimple"):
            yield _simple(simple)


def wrong(field: WordField) -> Wrong | None:
    """Return what is wrong with a field, None for one that a form may have."""
    code, name = field.code.strip(), _NAME.match(field.code)
    shown = code[:20]
    if field.nested:
        return Wrong(f"域的代码里又套着域（“{shown}”）", _HOW)
    if _TAG.search(code):
        return Wrong(f"域的代码里有标签（“{shown}”）", _HOW)
    if field.mixed or not field.ended or not code:
        return Wrong(f"有写得不完整的域（“{shown}”），看不出是什么域", _HOW)
    if name is None or name[1].upper() not in ALLOWED:
        shown = name[1].upper()[:20] if name else shown
        return Wrong(f"有年报用不着的域“{shown}”，它会去取别处的内容、运行程序或算出别的字", _HOW)
    return _link(field.code[name.end() :]) if name[1].upper() == "HYPERLINK" else None


def _link(words: str) -> Wrong | None:
    """Return what is to be told of the address of a HYPERLINK; one without leads to a place in the document."""
    skip = False
    for word in _WORD.finditer(words):
        if skip:
            skip = False
        elif word["switch"]:
            skip = word["switch"] in _WITH_WORD
        else:
            address = word["quoted"] if word["quoted"] is not None else word["bare"]
            if address:
                return linked(address)
    return None


def linked(address: str) -> Wrong:
    """Return what is to be told of the address a link leads to, in a field or a relation."""
    shown = unquote(address)[:60]
    if address.lower().startswith(_WEB):
        return Wrong(f"有网址链接“{shown}”", "", allowed=True)
    return Wrong(f"超链接指向本机或内网的“{shown}”", "右键“取消超链接”")


def _walked(root: Element) -> Iterator[WordField]:
    stack: list[WordField] = []
    walk = etree.iterwalk(root, events=("start",))
    for _, element in walk:
        kind = element.tag.rpartition("}")[2]
        here = stack[-1] if stack and stack[-1].in_code else None
        if kind in _ASIDE:
            walk.skip_subtree()
        elif kind == "fldSimple":
            if here:
                here.nested = True
            yield _simple(element)
        elif kind == "fldChar":
            walk.skip_subtree()
            yield from _mark(element, here, stack)
        elif kind in ("instrText", "delInstrText"):
            if here:
                if len(here.code) > _LONG:
                    here.mixed = True
                else:
                    here.code += _text(element)
                here.mixed = here.mixed or kind == "delInstrText" or _paragraph(element) is not _paragraph(here.at)
            elif _text(element).strip():
                yield WordField(element, _text(element), ended=True)
        elif here and kind not in _BESIDE:
            here.mixed = True
    yield from stack


def _mark(mark: Element, here: WordField | None, stack: list[WordField]) -> Iterator[WordField]:
    """Take in the beginning, the middle or the end of a field; yield it when it has ended."""
    step = _of(mark, "fldCharType")
    if step == "begin":
        if here:
            here.nested = True
        stack.append(WordField(mark))
    elif step not in ("separate", "end"):
        yield WordField(mark)
    elif stack:
        field = stack[-1]
        field.mixed = field.mixed or (field.in_code and _paragraph(mark) is not _paragraph(field.at))
        field.in_code = False
        if step == "end":
            field.ended = True
            yield stack.pop()


def _simple(element: Element) -> WordField:
    return WordField(element, _of(element, "instr"), ended=True, in_code=False)


def _of(element: Element, name: str) -> str:
    """Return an attribute of whatever namespace: Word knows two of its own."""
    return next((str(v) for k, v in element.items() if str(k).rpartition("}")[2] == name), "")


def _text(element: Element) -> str:
    """Return the text of an element, that around comments and instructions too."""
    said = element.text or ""
    for inner in element.iterdescendants():
        said += ((inner.text or "") if isinstance(inner.tag, str) else "") + (inner.tail or "")
    return said


def _paragraph(element: Element) -> Element | None:
    return next(element.iterancestors("{*}p"), None)
