"""The comments people hang on cells, by place, from the parts of a workbook: the same for both readers."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping

from nianbao.workbook.address import parsed
from nianbao.workbook.parts import targets
from nianbao.workbook.xml_nodes import BrokenError, tree


def remarks(parts: Mapping[str, bytes], sheet: str) -> Mapping[tuple[int, int], str]:
    """Return the comments of the sheet in this part; a part of comments that can't be read has none."""
    folder, name = posixpath.split(sheet)
    told = parts.get(f"{folder}/_rels/{name}.rels")
    if told is None or b"/comments" not in told:
        return {}
    found: dict[tuple[int, int], str] = {}
    try:
        for target in targets(tree(told), folder, "comments").values():
            found |= _comments(parts.get(target, b""))
    except BrokenError:
        return {}
    return found


def _comments(part: bytes) -> dict[tuple[int, int], str]:
    found: dict[tuple[int, int], str] = {}
    for comment in tree(part).all("comment"):
        spot = parsed(f"x!{comment.get('ref')}")
        if spot is not None:
            found[spot.row, spot.column] = "".join(t.text for t in comment.all("t"))
    return found
