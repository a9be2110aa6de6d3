"""An XML part as plain nodes: read by expat, so that quotes, line breaks, prefixes and encodings make no difference."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pyexpat import ExpatError, ParserCreate

from nianbao.errors import InputError

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_CHOICE = "http://schemas.openxmlformats.org/markup-compatibility/2006 AlternateContent"
_MEANT = frozenset((
    "sheets", "sheet", "workbookPr", "definedName", "sheetData", "row", "c", "v", "f", "is", "si", "t", "r", "cols",
    "col", "mergeCells", "mergeCell", "cellXfs", "xf", "numFmt", "font", "fill", "cellStyleXfs",
))  # fmt: skip
"""What must not be given in two ways; controls, pictures and a file's path may be."""
_DEEPEST = 200
"""Elements in each other: no office program writes a tenth of it, and lxml takes 256."""


class AmbiguousError(InputError):
    """A workbook may mean two things."""


class BrokenError(Exception):
    """A part is not well-formed."""


@dataclass(slots=True)
class Node:
    """An element: its name without prefix (behind its namespace unless that is the usual one), and what it has."""

    name: str
    attributes: dict[str, str]
    children: list[Node] = field(default_factory=list)
    text: str = ""

    def all(self, name: str) -> Iterator[Node]:
        """Yield every descendant of this name."""
        for child in self.children:
            if child.name == name:
                yield child
            yield from child.all(name)

    def first(self, name: str) -> Node | None:
        """Return the first child of this name."""
        return next((c for c in self.children if c.name == name), None)

    def get(self, name: str, default: str = "") -> str:
        """Return an attribute."""
        return self.attributes.get(name, default)


def tree(xml: bytes) -> Node:
    """Return the root of a part. Raises BrokenError, and InputError where it gives the same thing in two ways."""
    top = Node("", {})
    path = [top]
    parser = ParserCreate(namespace_separator=" ")

    def start(name: str, attributes: dict[str, str]) -> None:
        node = Node(_local(name), {_local(k): v for k, v in attributes.items()})
        path[-1].children.append(node)
        path.append(node)
        if len(path) > _DEEPEST:
            raise BrokenError

    def end(_: str) -> None:
        path.pop()

    def characters(text: str) -> None:
        path[-1].text += text

    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler = characters
    parser.buffer_text = True
    try:
        parser.Parse(xml, True)
    except (ExpatError, ValueError, LookupError) as e:
        raise BrokenError from e
    for either in top.all(_CHOICE):
        if any(_has(either, name) for name in _MEANT):
            raise two_meanings("同一处内容写了两种")
    return top.children[0]


def _has(node: Node, name: str) -> bool:
    return next(node.all(name), None) is not None


def _local(name: str) -> str:
    for known in (MAIN, _PACKAGE):
        if name.startswith(known + " "):
            return name[len(known) + 1 :]
    return name


def two_meanings(what: str) -> AmbiguousError:
    """Return the refusal of a workbook that different programs may read differently."""
    return AmbiguousError(
        f"这份工作簿的内部写法有歧义（{what}），不同的软件会读出不同的数，没有读取；"
        "请用 Excel 或 WPS 打开，核对数字后另存为“Excel 工作簿（*.xlsx）”再试"
    )
