"""The rows and strings of a sheet as usual programs write them: every character must belong to what is known here.

Bodies' workbooks have most rows in common (labels, blanks, zeros): each different row is taken apart once.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from nianbao.workbook.address import column_number
from nianbao.workbook.contents import MAX_COLUMN, PLAIN, CellLook, Content, day, decoded
from nianbao.workbook.looks import WorkbookLooks
from nianbao.workbook.number_formats import date_letters
from nianbao.workbook.sheet_surroundings import is_thin_row


class UnusualError(Exception):
    """The workbook has something this reader does not know; nothing is said about its being wrong."""


_ATTRIBUTES = r'((?: [A-Za-z][A-Za-z0-9:]*+="[^"<]*+")*+)'
_LOOK = r'((?: s="[0-9]{1,6}")?(?: t="[A-Za-z]{1,9}")?(?: cm="[0-9]{1,6}")?(?: vm="[0-9]{1,6}")?)'
_TEXT = r'<t(?: xml:space="preserve")?(?:/>|>([^<]*)</t>)'
_RUN = rf"<r>(?:<rPr>(?:<[A-Za-z0-9]+{_ATTRIBUTES} ?/>)*</rPr>)?{_TEXT}</r>"
_STRING_XML = rf"(?:{_TEXT}|((?:{_RUN})+))(?:<phoneticPr [^<>]*/>)?"

_EMPTY = rf'(?:<c r="[A-Z]{{1,3}}+[0-9]{{1,7}}+"{_LOOK.replace("((", "(?:(", 1)} ?/>)*+'
_CELL = re.compile(
    _EMPTY + r'<c r="([A-Z]{1,3})[0-9]{1,7}"' + _LOOK + r" ?>"
    r'(?:<f(?: aca="(?:false|0)")?>([^<]+)</f>)?'
    r'(?:<v>([^<]*)</v>|<v ?/>|<is><t(?: xml:space="preserve")?>([^<]*)</t></is>|<is>(<[tr][ />].*?)</is>)?</c>',
    re.DOTALL,
)
_EMPTIES = re.compile(_EMPTY)
_PLACE = re.compile('<c r="([A-Z]{1,3})([0-9]{1,7})"(?: s="([0-9]{1,6})")?')
_ROW = re.compile(r'<row r="([0-9]{1,7})"' + _ATTRIBUTES + r" ?(/?)>")
_ATTRIBUTE = re.compile(r' ([A-Za-z0-9:]+)="([^"]*)"')
_ODD_RUN = re.compile(
    r'<(?:strike|vertAlign|charset val="2"|vanish)\b|<sz val="[0-3](?:\.[0-9]*)?"|'
    r'(?i:<rFont val="(?:symbol|wing|web|marlett|mt e|mono|zapf|book))|'
    r'<color (?!rgb="FF[0-9A-Ca-c]|theme="1" ?/|auto|indexed="(?:8|10|12|64)")'
)
"""Properties of a run that may decide whether, or as what, it is seen; the thorough reader judges them."""
_SI = re.compile(rf"<si>{_STRING_XML}</si>", re.DOTALL)
_SI_START = re.compile(r"<si[ />]")
_STRING = re.compile(_STRING_XML, re.DOTALL)
_RUN_TEXT = re.compile(_TEXT, re.DOTALL)
_ENTITY = re.compile(r"&(#[0-9]{1,7}|#x[0-9A-Fa-f]{1,6}|[a-z]+);")
_CHARACTERS = (range(9, 11), range(13, 14), range(32, 0xD800), range(0xE000, 0xFFFE), range(0x10000, 0x110000))
"""What XML allows."""
_NAMED = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}
_NUMBER = re.compile(r"-?[0-9]{1,17}(?:\.[0-9]{1,20})?(?:[eE][-+]?[0-9]{1,3})?")


_DAYS = ("dmy", "my", "dm")

_KEPT = 1500
"""Different rows kept taken apart, some 8 MB: a standard workbook has 350, most of them in every body's."""

_COLUMNS = {chr(64 + n): n for n in range(1, 27)}


@dataclass(frozen=True, slots=True)
class Rows:
    """Some rows of a sheet, the last with its cells: first and last number, hidden ones, contents by place.

    `shared` are the cells that hold a shared string, by its index, with their looks.
    """

    first: int
    last: int
    hidden: tuple[int, ...]
    cells: tuple[tuple[tuple[int, int], Content], ...]
    shared: tuple[tuple[tuple[int, int], int, CellLook], ...]


@lru_cache(maxsize=_KEPT)
def rows(xml: str, styles: WorkbookLooks, ended: bool) -> Rows:
    """Read the rows before one `</row>`: any number of empty ones and one with cells (none when it has not `ended`).

    Raises UnusualError.
    """
    if "&" in xml:
        plain(xml)
    at = 0
    numbers: list[int] = []
    hidden: list[int] = []
    closed = True
    while closed and at < len(xml):
        row = _ROW.match(xml, at)
        if row is None or (numbers and int(row[1]) <= numbers[-1]):
            raise UnusualError
        numbers.append(int(row[1]))
        if _is_hidden(row[2]):
            hidden.append(numbers[-1])
        at, closed = row.end(), bool(row[3])
    if not numbers or closed is ended:
        raise UnusualError
    cells, shared = ([], []) if closed else _cells(xml, at, numbers[-1], styles)
    return Rows(numbers[0], numbers[-1], tuple(hidden), tuple(cells), tuple(shared))


def _is_hidden(told: str) -> bool:
    attributes = attributes_of(told)
    if len(attributes) != told.count("="):
        raise UnusualError  # one given twice, or an equals sign in a value: not worth telling apart
    return attributes.get("hidden") in ("1", "true") or is_thin_row(attributes.get("ht", ""))


_Cells = list[tuple[tuple[int, int], Content]]
_Shared = list[tuple[tuple[int, int], int, CellLook]]


def _cells(xml: str, at: int, number: int, styles: WorkbookLooks) -> tuple[_Cells, _Shared]:
    cells: _Cells = []
    shared: _Shared = []
    _usual(xml, at, str(number), len(styles.looks))
    while cell := _CELL.match(xml, at):
        at = cell.end()
        letters, attributes, formula, value, text, runs = cell.groups()
        column = _column(letters)
        kind, style = _kind_and_style(attributes)
        if column > MAX_COLUMN:
            continue
        look = styles.looks[style]
        if formula is not None and kind in ("s", "inlineStr"):
            raise UnusualError
        if kind == "s" and value:
            shared.append(((number, column), whole(value), look))
            continue
        said = _value(kind, look, value) if value else _inline(kind, text, runs)
        if formula is not None:
            cells.append(((number, column), Content(said, f"={plain(formula)}", kind == "e", look)))
        elif said is not None:
            cells.append(((number, column), Content(said, "", kind == "e", look)))
    if _EMPTIES.fullmatch(xml, at) is None:
        raise UnusualError
    return cells, shared


def _usual(xml: str, at: int, number: str, looks: int) -> None:
    """See to it that all cells, empty ones too, are of this row, in order, none twice, with looks that there are."""
    places = _PLACE.findall(xml, at)
    columns = [_column(letters) for letters, _, _ in places]
    others = {row for _, row, _ in places} - {number}
    if others or columns != sorted(set(columns)) or any(int(s or 0) >= looks for s in {s for _, _, s in places}):
        raise UnusualError


def _column(letters: str) -> int:
    return _COLUMNS.get(letters) or column_number(letters)


def _value(kind: str, look: CellLook, value: str) -> object:
    match kind:
        case "n":
            return _number(value, look)
        case "str" | "e":
            return clean(value)
        case "b" if value in ("0", "1"):
            return value == "1"
    raise UnusualError


def _inline(kind: str, text: str | None, runs: str | None) -> str | None:
    if text is None and runs is None:
        return None
    found = _STRING.fullmatch(runs) if runs is not None else None
    if kind != "inlineStr" or (runs is not None and found is None):
        raise UnusualError
    return string(found) if found is not None else clean(text or "")


def _number(value: str, look: CellLook) -> object:
    if value.isascii() and value.isdigit() and len(value) < 16:
        number: float = int(value)
    elif _NUMBER.fullmatch(value) is None:
        raise UnusualError
    else:
        number = float(value) if "." in value or "e" in value.lower() else int(value)
    if look is PLAIN:
        return number
    letters = date_letters(look.code)
    if not letters:
        return number
    shown = day(number) if letters in _DAYS and isinstance(number, int) else None
    if shown is None:
        raise UnusualError
    return shown


@lru_cache(maxsize=512)
def _kind_and_style(told: str) -> tuple[str, int]:
    attributes = attributes_of(told)
    return attributes.get("t", "n"), int(attributes.get("s", "0"))


def strings(xml: str) -> list[str]:
    """Return the shared strings of a workbook. Raises UnusualError."""
    if "x005F_" in xml:
        raise UnusualError
    found = [string(m) for m in _SI.finditer(xml)]
    if len(found) != len(_SI_START.findall(xml)):
        raise UnusualError
    return found


def attributes_of(told: str) -> dict[str, str]:
    """Return attributes by name, as they are written."""
    return dict(_ATTRIBUTE.findall(told))


def string(found: re.Match[str]) -> str:
    """Return the text of a string: its own, or that of its runs."""
    if found[2] is None:
        return clean(found[1] or "")
    if _ODD_RUN.search(found[2]):
        raise UnusualError
    return clean("".join(run[1] or "" for run in _RUN_TEXT.finditer(found[2])))


def clean(text: str) -> str:
    """Return a cell's text as it was typed."""
    if "&" in text:
        text = plain(text)
    return str(decoded(text)) if "_x" in text or "\r" in text else text


def plain(text: str) -> str:
    """Return text with XML's entities resolved. Raises UnusualError for one XML does not know by itself."""
    if "&" not in text:
        return text
    resolved, count = _ENTITY.subn(_entity, text)
    if count != text.count("&"):
        raise UnusualError
    return resolved


def _entity(found: re.Match[str]) -> str:
    name = found[1]
    if name.startswith("#"):
        code = int(name[2:], 16) if name.startswith("#x") else int(name[1:])
        if not any(code in allowed for allowed in _CHARACTERS):
            raise UnusualError
        return chr(code)
    if name not in _NAMED:
        raise UnusualError
    return _NAMED[name]


def whole(text: str) -> int:
    """Return a whole number without sign. Raises UnusualError."""
    if not text.isdecimal() or len(text) > 9:
        raise UnusualError
    return int(text)
