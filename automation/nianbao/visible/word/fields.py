"""The fields that are open while a document is read: they run over runs and paragraphs."""

from __future__ import annotations

from dataclasses import dataclass

from nianbao.visible.word.xml import Element, W, flag

MARKS = ("fldChar", "instrText")
_KEPT = {"HYPERLINK", "REF", "FORMTEXT", "=", ""}
"""Fields that show what they last held, until somebody has them updated; of a mail merge each letter shows another."""


@dataclass
class _Field:
    code: str = ""
    shows: bool = False
    dirty: bool = False


class Fields:
    """The open fields, the outermost first. `updates`: the document has them updated when it is opened."""

    def __init__(self, *, updates: bool) -> None:
        self._updates = updates
        self._open: list[_Field] = []

    def enter(self, simple: Element) -> None:
        """Begin a w:fldSimple."""
        self._open.append(_Field(simple.get(W + "instr", ""), True, flag(simple, "dirty")))

    def leave(self) -> None:
        """End the innermost field."""
        self._open.pop()

    def mark(self, kind: str, mark: Element) -> None:
        """Take in one of the MARKS."""
        step = mark.get(W + "fldCharType")
        if step == "begin":
            self._open.append(_Field(dirty=flag(mark, "dirty")))
        elif not self._open:
            return
        elif kind == "instrText":
            self._open[-1].code += mark.text or ""
        elif step == "separate":
            self._open[-1].shows = True
            self._open[-1].dirty = self._open[-1].dirty or flag(mark, "dirty")
        elif step == "end":
            self._open.pop()

    @property
    def in_code(self) -> bool:
        """Whether what stands here is a field's code, which is not shown."""
        return any(not f.shows for f in self._open)

    @property
    def may_change(self) -> bool:
        """Whether what stands here may be worked out anew when the document is opened or printed."""
        return any(f.dirty or self._updates or not _keeps(f.code) for f in self._open)


def _keeps(code: str) -> bool:
    name = (code.split() or [""])[0].upper()
    return name in _KEPT or name.startswith("=")
