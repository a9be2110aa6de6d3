"""The fields of a part by their whole code: Word joins what its runs say before it looks at the name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from nianbao.document.wml import Element, qn

_BEGIN, _SIMPLE, _CODE = qn("fldChar"), qn("fldSimple"), (qn("instrText"), qn("delInstrText"))
_TEXT = qn("t")


@dataclass
class Field:
    """One field: its code, where it begins, and whether another field stands in its code."""

    at: Element
    code: str = ""
    nested: bool = False
    open: bool = True


def of(root: Element) -> Iterator[Field]:
    """Yield every field, those that are never ended too."""
    stack: list[Field] = []
    for element in root.iter(_BEGIN, _SIMPLE, _TEXT, *_CODE):
        if element.tag == _SIMPLE:
            if stack and stack[-1].open:
                stack[-1].nested = True
            yield Field(element, element.get(qn("instr"), ""))
        elif element.tag == _BEGIN:
            kind = element.get(qn("fldCharType"))
            if kind == "begin":
                if stack and stack[-1].open:
                    stack[-1].nested = True
                stack.append(Field(element))
            elif kind == "separate" and stack:
                stack[-1].open = False
            elif kind == "end" and stack:
                yield stack.pop()
        elif stack and stack[-1].open:
            stack[-1].code += element.text or ""
        elif element.tag != _TEXT and (element.text or "").strip():
            yield Field(element, element.text or "")
    yield from stack
