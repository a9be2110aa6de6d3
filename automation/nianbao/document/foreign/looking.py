"""The look at every part of a Word file for what it fetches, runs or carries besides what is seen on paper."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import unquote

from nianbao.document.foreign import allowed_fields, relations
from nianbao.document.foreign.relations import CONTROL, MACROS, OBJECT
from nianbao.document.wml import Element, R
from nianbao.ooxml import trees

_NAMES: Mapping[str, str] = {
    "vbaproject.bin": MACROS,
    "vbadata.xml": MACROS,
    "/activex/": CONTROL,
    "/embeddings/": OBJECT,
}
_ELEMENTS: Mapping[str, tuple[str, str]] = {
    "mailMerge": ("带着邮件合并的数据源，打开时会去读取它", "在“邮件—开始邮件合并”里选“普通 Word 文档”后保存"),
    "OLEObject": (OBJECT, "删去嵌入的对象，改成普通的文字、表格或图片"),
    "entryMacro": ("表单域带着宏", "在表单域的属性里去掉“运行宏”"),
    "exitMacro": ("表单域带着宏", "在表单域的属性里去掉“运行宏”"),
    "webVideoPr": ("有联机视频", "删去它"),
}
_WANTED = tuple(f"{{*}}{name}" for name in _ELEMENTS)
_SVG = "{http://www.w3.org/2000/svg}"
_DRAWN = ("{urn:schemas-microsoft-com:vml}*", "{urn:schemas-microsoft-com:office:office}*", f"{_SVG}*")
_ADDRESSES = ("src", "href", "althref")
_BEFORE = b"\xef\xbb\xbf\xff\xfe\0 \t\r\n"
"""What may stand before the first `<` of a part: marks of its encoding, blanks."""

_DECLARED = re.compile(rb"""(?:\xef\xbb\xbf)?<(?!\?xml)|(?:\xef\xbb\xbf)?<\?xml version=["']1\.0["']"""
                       rb"""(?: encoding=["'](?i:utf-8)["'])?(?: standalone=["']\w+["'])?\s?\?>""")  # fmt: skip
_TELLING = tuple(
    map(str.encode, ("fldChar", "fldSimple", "nstrText", *_ELEMENTS, "textInput", "microsoft-com:", "/svg", "&#", "<!"))
)


@dataclass(frozen=True)
class Brought:
    """One thing a file brings: what, how to be rid of it, in which part ('' for the whole file), at which element.

    `relation` is the id of a relation of the part, where it is one. `allowed`: only to be confirmed.
    """

    part: str
    what: str
    how: str
    at: Element | None = None
    relation: str = ""
    allowed: bool = False


def look(parts: Mapping[str, bytes], roots: Mapping[str, Element]) -> Iterator[Brought]:
    """Yield everything that a form does not need; `roots` are the parts that have been parsed already."""
    told = {what for mark, what in _NAMES.items() if any(mark in f"/{n.lower()}" for n in parts)}
    yield from (Brought("", what, "") for what in sorted(told))
    for name, content in parts.items():
        root = roots.get(name)
        if root is not None:
            yield from _within(name, root, told)
        elif len(content) > _KEPT or not _brings_nothing(name, content):
            yield from _of(name, content, told)


_KEPT = 100_000
"""Bytes of a part that is remembered to bring nothing."""


@lru_cache(maxsize=64)
def _brings_nothing(name: str, content: bytes) -> bool:
    """Tell whether a part has nothing to tell; documents of one template have most parts in common."""
    return not any(_of(name, content, set()))


def _of(name: str, content: bytes, told: set[str]) -> Iterator[Brought]:
    if _is_quiet(name.lower(), content):
        return
    root = _parsed(content)
    if root is None:
        yield Brought(name, f"里面的“{name}”不是完好的内容，看不出有什么", "用 Word 打开，另存为一份新的 .docx")
    else:
        yield from _within(name, root, told)


def _within(name: str, root: Element, told: set[str]) -> Iterator[Brought]:
    return _relations(name, root, told) if name.lower().endswith(".rels") else _inside(name, root, told)


def _is_quiet(name: str, content: bytes) -> bool:
    """Tell, quickly, whether a part surely has nothing to tell: a picture, or text in which no telling name stands."""
    if name.endswith(".rels"):
        return False
    if not name.endswith(".xml") and not content.lstrip(_BEFORE).startswith(b"<"):
        return True
    return _DECLARED.match(content) is not None and not any(telling in content for telling in _TELLING)


def _parsed(content: bytes) -> Element | None:
    """Return the root of a part; None when it is damaged or declares a document type, as no office program does."""
    try:
        root = trees.bare(content)
    except trees.BrokenError:
        return None
    return root if root.getroottree().docinfo.internalDTD is None else None


def _relations(name: str, root: Element, told: set[str]) -> Iterator[Brought]:
    folder, file = posixpath.split(name)
    part = posixpath.join(posixpath.dirname(folder), file[: -len(".rels")])
    for relation in root.iter("{*}Relationship"):
        found = relations.wrong(relation)
        if found and found.what not in told:
            yield Brought(part, found.what, found.how, None, relation.get("Id", ""), found.allowed)


def _inside(name: str, root: Element, told: set[str]) -> Iterator[Brought]:
    for field in allowed_fields.of(root):
        found = allowed_fields.wrong(field)
        if found:
            yield Brought(name, found.what, found.how, field.at, allowed=found.allowed)
    for element in root.iter(*_WANTED):
        what, how = _ELEMENTS[element.tag.rpartition("}")[2]]
        if what not in told:
            yield Brought(name, what, how, element)
    for element in root.iter("{*}textInput"):
        if any(v == "calculated" for kind in element.iter("{*}type") for v in kind.values()):
            yield Brought(name, "有用公式算出内容的表单域", "在表单域的属性里把类型改为“常规文字”", element)
    for element in root.iter(*_DRAWN):
        for attribute, value in element.items():
            if _fetches(element, str(attribute), str(value)):
                what = f"图形连接到别处的内容“{unquote(str(value))[:60]}”"
                yield Brought(name, what, "把图片改为直接插入", element)


def _fetches(element: Element, attribute: str, value: str) -> bool:
    """Tell whether an attribute of an old drawing (VML) or an SVG is an address of its own, beside the relations."""
    space, _, local = attribute.rpartition("}")
    if local not in _ADDRESSES or not value.strip() or value.startswith("#"):
        return False
    if space == f"{{{R}":
        return any(c in value for c in ":/\\")
    return not (element.tag.startswith(_SVG) and value.startswith("data:"))
