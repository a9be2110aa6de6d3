"""The comments people hang on cells, by place, from the parts of a workbook: the same for both readers."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Mapping
from pyexpat import ExpatError, ParserCreate

from nianbao.workbook.address import parsed

_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
_STRICT = "http://purl.oclc.org/ooxml/officeDocument/relationships/comments"


def remarks(parts: Mapping[str, bytes], sheet: str) -> Mapping[tuple[int, int], str]:
    """Return the comments of the sheet in this part; a part of comments that can't be read has none."""
    folder, name = posixpath.split(sheet)
    told = parts.get(f"{folder}/_rels/{name}.rels")
    if told is None or b"/comments" not in told:
        return {}
    targets: list[str] = []

    def relation(tag: str, attributes: dict[str, str]) -> None:
        if _bare(tag) == "Relationship" and attributes.get("Type") in (_RELATIONS, _STRICT):
            targets.append(posixpath.normpath(posixpath.join("/", folder, attributes.get("Target", "")))[1:])

    _parse(told, relation)
    found: dict[tuple[int, int], str] = {}
    for target in targets:
        found |= _comments(parts.get(target, b""))
    return found


def _comments(part: bytes) -> dict[tuple[int, int], str]:
    found: dict[tuple[int, int], list[str]] = {}
    place: list[tuple[int, int]] = []
    inside: list[bool] = [False]

    def start(tag: str, attributes: dict[str, str]) -> None:
        if _bare(tag) == "comment":
            spot = parsed(f"x!{attributes.get('ref', '')}")
            place[:] = [(spot.row, spot.column)] if spot else []
        inside[0] = _bare(tag) == "t"

    def end(tag: str) -> None:
        inside[0] = False

    def text(said: str) -> None:
        if inside[0] and place:
            found.setdefault(place[0], []).append(said)

    _parse(part, start, end, text)
    return {spot: "".join(said) for spot, said in found.items()}


def _bare(tag: str) -> str:
    return tag.rpartition(":")[2]


def _parse(
    part: bytes,
    start: Callable[[str, dict[str, str]], None],
    end: Callable[[str], None] | None = None,
    text: Callable[[str], None] | None = None,
) -> None:
    parser = ParserCreate()
    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = start, end, text
    try:
        parser.Parse(part, True)
    except ExpatError:
        return
