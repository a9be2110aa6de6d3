"""Which parts of a workbook's package are what: found by relations, as Excel finds them, never by their names."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

from nianbao.errors import InputError
from nianbao.workbook.xml_nodes import RELATIONS, BrokenError, Node, tree, two_meanings

_TRUE = ("1", "true", "on")


@dataclass(frozen=True)
class WorkbookParts:
    """A workbook's sheets (title: part), hidden ones, the parts of its texts, looks and colours ('' when none)."""

    sheets: Mapping[str, str]
    hidden: tuple[str, ...]
    strings: str
    styles: str
    theme: str
    since_1904: bool
    names: Mapping[str, tuple[str, ...]]
    local: tuple[tuple[str, str], ...]
    """Names that are one sheet's own (a copied sheet has them), each with what it points at."""


def parts_of(parts: Mapping[str, bytes]) -> WorkbookParts:
    """Return the parts of a package. Raises InputError where it may mean two things, BrokenError where damaged."""
    known = {name.lower(): name for name in parts}
    if len(known) != len(parts):
        raise two_meanings("两个部件同名")
    main = main_part(parts)
    folder, _, name = main.rpartition("/")
    relations = known.get(f"{folder}/_rels/{name}.rels".lower().lstrip("/"))
    if relations is None or main not in parts:
        raise BrokenError
    found = _read(main, parts[main], parts[relations])
    lost = [p for p in (*found.sheets.values(), found.strings, found.styles) if p and p.lower() not in known]
    if lost:
        raise BrokenError
    named = {p: known.get(p.lower(), "") for p in (found.strings, found.styles, found.theme)}
    return WorkbookParts(
        MappingProxyType({t: known[p.lower()] for t, p in found.sheets.items()}),
        found.hidden, named[found.strings], named[found.styles], named[found.theme],
        found.since_1904, found.names, found.local,
    )  # fmt: skip


def main_part(parts: Mapping[str, bytes]) -> str:
    """Return the name of the part a package's own relations call its document; '' when there is none.

    Without any relations of its own only the usual name can be meant.
    """
    known = {name.lower(): name for name in parts}
    relations = known.get("_rels/.rels")
    if relations is None:
        return known.get("xl/workbook.xml", "")
    return known.get(_main(parts[relations]).lower(), "")


@lru_cache(maxsize=16)
def _main(relations: bytes) -> str:
    try:
        found = targets(tree(relations), "", "officeDocument")
    except BrokenError:
        return ""
    if len(set(found.values())) > 1:
        raise two_meanings("有两个主文件")
    return next(iter(found.values()), "")


def targets(relations: Node, folder: str, kind: str) -> dict[str, str]:
    """Map the ids of one kind of relation, told for a part in this folder, to the parts they lead to."""
    found: dict[str, str] = {}
    for told in relations.all("Relationship"):
        if told.get("Type") == f"{RELATIONS}/{kind}" and told.get("TargetMode", "Internal") == "Internal":
            if told.get("Id") in found:
                raise two_meanings("两个关系同名")
            path = told.get("Target").replace("\\", "/")
            found[told.get("Id")] = posixpath.normpath(posixpath.join("/" + folder, path)).lstrip("/")
    return found


@lru_cache(maxsize=16)
def _read(main: str, book: bytes, relations: bytes) -> WorkbookParts:
    root, related = tree(book), tree(relations)
    if root.name != "workbook":
        raise BrokenError
    folder = posixpath.dirname(main)
    pages = targets(related, folder, "worksheet")
    lists = [n for n in root.children if n.name == "sheets"]
    if len(lists) != 1:
        raise BrokenError
    sheets: dict[str, str] = {}
    hidden: list[str] = []
    for sheet in lists[0].children:
        name, part = sheet.get("name"), pages.get(sheet.get(f"{RELATIONS} id"))
        if sheet.name != "sheet" or part is None:
            continue  # a sheet of a chart or of old macros
        if not name:
            raise BrokenError
        if name.lower() in (t.lower() for t in sheets):
            raise two_meanings(f"有两张工作表都叫“{name}”")
        sheets[name] = part
        if sheet.get("state", "visible") != "visible":
            hidden.append(name)
    if not sheets:
        raise BrokenError
    single = {k: set(targets(related, folder, k).values()) for k in ("sharedStrings", "styles", "theme")}
    if any(len(v) > 1 for v in single.values()):
        raise two_meanings("同一种部件有两个")
    strings, styles, theme = ("".join(single[k]) for k in ("sharedStrings", "styles", "theme"))
    about = root.first("workbookPr")
    names: dict[str, tuple[str, ...]] = {}
    local: list[tuple[str, str]] = []
    for named in root.all("definedName"):
        if "localSheetId" not in named.attributes:
            names[named.get("name")] = (*names.get(named.get("name"), ()), named.text)
        else:
            local.append((named.get("name"), named.text))
    return WorkbookParts(
        MappingProxyType(sheets), tuple(hidden), strings, styles, theme,
        about is not None and about.get("date1904").strip() in _TRUE, MappingProxyType(names), tuple(local),
    )  # fmt: skip


def named_file(name: str, error: InputError) -> InputError:
    """Return a refusal that names the file."""
    return InputError(f"“{name}”：{error}")
