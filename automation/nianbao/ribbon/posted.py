"""A workbook open elsewhere, as its program posted it: what the buttons do is answered as steps for that program.

What only its program knows (an answer of the user, which cells are locked) is asked for by `WantedError`: the program
posts the workbook anew with the answer, and the button is pressed again from the beginning. Nothing is written on disk
before the last thing is known.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from nianbao.errors import InputError, NianbaoError
from nianbao.ribbon import buttons, log
from nianbao.ribbon.book import Block, Step
from nianbao.workbook.contents import MAX_COLUMN, MAX_ROW, moment
from nianbao.workbook.number_formats import GENERAL, date_letters

Told = dict[str, Any]

_GENERAL = "G/通用格式"
"""How some programs in Chinese call the format General."""

_UNTOLD = "表格程序传来的内容不完整，请再点一次；还是这样的，请重新安装加载项"


class WantedError(NianbaoError):
    """Something only the program with the workbook knows: an answer to a question, or which cells are not locked."""

    def __init__(self, key: str, kind: str, what: Any) -> None:
        super().__init__(_UNTOLD)
        self.key, self.kind, self.what = key, kind, what


@dataclass(frozen=True)
class Press:
    """A button pressed: its name, the file or folder that was chosen for it, the workbook, what was answered so far."""

    button: str
    path: str
    book: Mapping[str, Any]
    answers: Mapping[str, Any]


def pressed(sent: Any) -> Press:
    """Return what was posted. Raises InputError where it is no button of ours with a workbook."""
    told = sent if isinstance(sent, dict) else {}
    button, path, book, answers = (told.get(k) for k in ("button", "path", "book", "answers"))
    if not isinstance(button, str) or button not in buttons.BUTTONS or not isinstance(path, str):
        raise InputError(_UNTOLD)
    if not isinstance(book, dict) or not isinstance(answers, dict):
        raise InputError(_UNTOLD)
    return Press(button, path, book, answers)


def press(given: Press, tell: Callable[[int, int, str], None]) -> Told:
    """Do what a button does; return the steps for the program, or what it has to find out first.

    {"steps": [...]} or {"want": kind, "of": what, "as": under which name to answer}. Whatever could not be done is a
    step that tells it.
    """
    book = PostedBook(given, lambda text: tell(0, 0, text))
    try:
        buttons.need_path(given.button, given.path)
        log.note(f"wps {given.button} {book.name}")
        buttons.BUTTONS[given.button](book, given.path)
    except WantedError as e:
        return {"want": e.kind, "of": e.what, "as": e.key}
    except NianbaoError as e:
        log.trouble(e)
        book.tell(f"{e.sentence}\n\n（记录文件：{log.place()}）", wrong=True)
    return {"steps": book.steps}


class PostedBook:
    """A workbook as it was posted (`book.Book`); what it is told to do becomes `steps`. Raises InputError."""

    def __init__(self, given: Press, progress: Callable[[str], None]) -> None:
        told = given.book
        self.steps: list[Told] = []
        self._answers = given.answers
        self._progress = progress
        self.name = _text(told.get("name"))
        self.fullname = _text(told.get("fullname"))
        self.macros, self.links = told.get("macros") is True, told.get("links") is True
        self._sheets = {_text(s.get("title")): s for s in _list(told.get("sheets"), dict)}
        self.titles = {title: s.get("shown") is not False for title, s in self._sheets.items()}
        self._names = told.get("names")
        self._since_1904 = told.get("since1904") is True
        place = [_text(x) for x in _list(told.get("selected"), str)]
        self.selected = (place[0], place[1]) if len(place) == 2 else ("", "")

    def refers_to(self, name: str) -> str:
        """Return what a defined name stands for."""
        found = self._names.get(name) if isinstance(self._names, dict) else None
        return found.removeprefix("=") if isinstance(found, str) else ""

    def block(self, title: str) -> Block:
        """Return what a sheet says. A number in a format of days becomes the day, as in a file."""
        sheet = self._sheets[title]
        values = [_list(r, object) for r in _list(sheet.get("values"), list)][:MAX_ROW]
        formulas = [_list(r, str) for r in _list(sheet.get("formulas"), list)][:MAX_ROW]
        width = min(len(values[0]), MAX_COLUMN) if values else 0
        if not width or [len(r) for r in values] != [len(r) for r in formulas] or {len(r) for r in values} != {width}:
            raise InputError(_UNTOLD)
        formats = _formats(sheet.get("formats"))
        return Block(
            [
                [None if v is None else self._value(v, formats.get((i, j))) for j, v in enumerate(r, 1)]
                for i, r in enumerate(values, 1)
            ],
            [[f if f.isascii() else _text(f) for f in r] for r in formulas],
            frozenset(_list(sheet.get("hiddenRows"), int)),
            frozenset(_list(sheet.get("hiddenColumns"), int)),
            formats,
        )

    def _value(self, value: object, code: str | None) -> object:
        if isinstance(value, bool):
            return value
        if isinstance(value, str):
            return _text(value) or None
        if not isinstance(value, int | float) or not math.isfinite(value):
            raise InputError(_UNTOLD)
        found = moment(value, date_letters(code), since_1904=self._since_1904) if code else None
        return value if found is None else found

    def unlocked(self, title: str, refs: Sequence[str]) -> frozenset[str]:
        """Return those of these cells that are not locked."""
        if not refs:
            return frozenset()
        return frozenset(refs).intersection(_list(self._answer("unlocked", [title, *refs]), str))

    def ask(self, text: str) -> bool:
        """Ask yes or no."""
        return self._answer("yes", text) is True

    def _answer(self, kind: str, what: Any) -> Any:
        key = json.dumps([kind, what], ensure_ascii=False)
        if key not in self._answers:
            raise WantedError(key, kind, what)
        return self._answers[key]

    def write(self, title: str, steps: Sequence[Step], *, unprotect: bool) -> None:
        """Change a sheet."""
        self.steps.append({"do": "write", "sheet": title, "unprotect": unprotect, "steps": _plain(steps)})

    def select(self, title: str, ref: str) -> None:
        """Show a sheet and select a cell of it."""
        self.steps.append({"do": "select", "sheet": title, "ref": ref})

    def tell(self, text: str, *, wrong: bool = False) -> None:
        """Show a message."""
        self.steps.append({"do": "tell", "text": text, "wrong": wrong})

    def progress(self, text: str) -> None:
        """Say in passing what is being done."""
        self._progress(text)

    def open(self, path: Path) -> None:
        """Open what was made."""
        self.steps.append({"do": "open", "path": str(path)})


def _plain(what: Any) -> Any:
    """Return what JSON can say: amounts as numbers."""
    if is_dataclass(what):
        return {f.name: _plain(getattr(what, f.name)) for f in fields(what)}
    if isinstance(what, Decimal):
        return int(what) if what == int(what) else float(what)
    if isinstance(what, list | tuple):
        return [_plain(x) for x in what]
    return {k: _plain(v) for k, v in what.items()} if isinstance(what, dict) else what


def _text(value: object) -> str:
    """Return a text without halves of signs, which nothing could write."""
    if not isinstance(value, str):
        raise InputError(_UNTOLD)
    return value if value.isascii() else value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _list(value: object, kind: type) -> list[Any]:
    if not isinstance(value, list) or not all(map(kind.__instancecheck__, value)):
        raise InputError(_UNTOLD)
    return value


def _formats(told: object) -> dict[tuple[int, int], str]:
    """Return number formats by cell, of areas [top, left, bottom, right, code]."""
    found: dict[tuple[int, int], str] = {}
    for area in _list(told, list):
        *corners, code = area or [""]
        if len(corners) != 4 or not all(isinstance(c, int) for c in corners) or not isinstance(code, str):
            raise InputError(_UNTOLD)
        top, left, bottom, right = corners
        rows, columns = range(max(top, 1), min(bottom, MAX_ROW) + 1), range(max(left, 1), min(right, MAX_COLUMN) + 1)
        found |= dict.fromkeys(((r, c) for r in rows for c in columns), code.replace(_GENERAL, GENERAL))
    return found
