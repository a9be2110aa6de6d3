"""A compiled part of a template as plain data: pieces of XML, and what is printed between them. Needs no library.

An instruction is a list whose first item says what it does:

    ["text", XML]                     copied as it is
    ["print", path]                   the value of a dotted name, escaped
    ["fill", path, element]           the same as an element's whole content: the XML before it ends without `>`
    ["for", name, path, program]      once for each item, which then has this name
    ["if", [[path, program], …]]      the first whose name is not empty; a path of None always holds

Names are looked up as they are in the context; what is not there is an error, as with Jinja's StrictUndefined.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from nianbao.xmltext import escape

Path = Sequence[str]
Instruction = list[Any]
Program = list[Instruction]


class UnknownWordError(Exception):
    """The context has no such word; str() is the word."""


class ReadyPart:
    """A program made ready to run.

    `hollow` are elements that may come out with nothing inside and are then written `<x/>`, as lxml does.
    """

    def __init__(self, program: Program, hollow: Sequence[str]) -> None:
        self.program, self.hollow = program, tuple(hollow)
        self._steps = _steps(program)
        self._empty = [(f"></{tag}>".encode(), b"/>") for tag in hollow]

    @property
    def constant(self) -> bool:
        """Whether every document gets the same."""
        return all(x[0] == "text" for x in self.program)

    def run(self, context: Mapping[str, Any]) -> bytes:
        """Return the part's XML for these words. Raises UnknownWordError."""
        marked: list[bool] = []
        xml = b"".join(_run(self._steps, context, marked))
        for empty, short in [*self._empty, (b"></w:t>", b"/>")] if marked else self._empty:
            xml = xml.replace(empty, short)
        return xml


_AGAIN = '<w:t xml:space="preserve">'


def with_breaks(escaped: str) -> str:
    """Return an escaped text with tabs and line feeds as Word's own elements, inside a `w:t`."""
    return escaped.replace("\t", f"</w:t><w:tab/>{_AGAIN}").replace("\n", f"</w:t><w:br/>{_AGAIN}")


class _Run:
    """Texts and values in a row: the pieces with gaps, and which value of which group goes into which gap."""

    def __init__(self, instructions: Program) -> None:
        self.pieces: list[bytes] = []
        groups: dict[tuple[str, ...], list[tuple[int, str, bytes]]] = {}
        for instruction in instructions:
            if instruction[0] == "text":
                self.pieces.append(instruction[1].encode())
                continue
            *group, word = instruction[1]
            close = f"</{instruction[2]}>".encode() if instruction[0] == "fill" else b""
            groups.setdefault(tuple(group), []).append((len(self.pieces), word, close))
            self.pieces.append(b"")
        self.groups = list(groups.items())


class _For:
    def __init__(self, name: str, path: Path, program: Program) -> None:
        self.name, self.path, self.steps = name, tuple(path), _steps(program)


class _If:
    def __init__(self, branches: Sequence[tuple[Path | None, Program]]) -> None:
        self.branches = [(None if path is None else tuple(path), _steps(program)) for path, program in branches]


_Steps = list[_Run | _For | _If]


def _steps(program: Program) -> _Steps:
    steps: _Steps = []
    row: Program = []
    for instruction in program:
        if instruction[0] in ("text", "print", "fill"):
            row.append(instruction)
            continue
        if row:
            steps.append(_Run(row))
            row = []
        steps.append(_For(*instruction[1:]) if instruction[0] == "for" else _If(instruction[1]))
    return [*steps, _Run(row)] if row else steps


def _run(steps: _Steps, context: Mapping[str, Any], marked: list[bool]) -> list[bytes]:
    out: list[bytes] = []
    for step in steps:
        if isinstance(step, _Run):
            out += _filled(step, context, marked)
        elif isinstance(step, _For):
            for item in _value(context, step.path):
                out += _run(step.steps, {**context, step.name: item}, marked)
        else:
            for path, inner in step.branches:
                if path is None or _value(context, path):
                    out += _run(inner, context, marked)
                    break
    return out


def _filled(step: _Run, context: Mapping[str, Any], marked: list[bool]) -> list[bytes]:
    pieces = step.pieces.copy()
    for group, gaps in step.groups:
        words = _value(context, group) if group else context
        for place, word, close in gaps:
            try:
                text = words[word]
            except (KeyError, TypeError) as e:  # no such word, or a word of something that has none
                raise UnknownWordError(word) from e
            if text.__class__ is not str:
                text = str(text)
            if not text.isalnum():
                if not text:
                    pieces[place] = b"/>" if close else b""
                    continue
                text = escape(text)
                if "\t" in text or "\n" in text:
                    text = with_breaks(text)
                    marked.append(True)
            pieces[place] = b">" + text.encode() + close if close else text.encode()
    return pieces


def _value(context: Mapping[str, Any], path: Path) -> Any:
    found: Any = context
    for word in path:
        try:
            found = found[word]
        except (KeyError, TypeError) as e:
            raise UnknownWordError(word) from e
    return found
