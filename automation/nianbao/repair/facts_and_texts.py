"""Which cells are the facts of 基本信息 and the paragraphs of the texts: by defined name, else by what is printed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from nianbao.form import Edition
from nianbao.published.labels import fold as core
from nianbao.repair.printed import PrintedTexts
from nianbao.repair.view import Place, View
from nianbao.unicodes import quotation
from nianbao.workbook.address import Spot, name_of
from nianbao.workbook.contents import fold
from nianbao.workbook.layout import INFO, TextBlock, layout

_ORDINAL = re.compile(r"[1-9][0-9]?")
_FEW = 3
"""So many labels of 基本信息 make a sheet that sheet."""


@dataclass
class Prose:
    """The cells of the facts and of each text's paragraphs in order, by key and sheet; and why others are not sure.

    `gutters` are the printed numbers before paragraphs.
    """

    facts: dict[str, list[Spot]] = field(default_factory=dict)
    texts: dict[str, list[list[Spot]]] = field(default_factory=dict)
    doubts: dict[Spot, str] = field(default_factory=dict)
    gutters: set[Spot] = field(default_factory=set)


def find(edition: Edition, views: Iterable[View], printed: PrintedTexts) -> Prose:
    """Return where the facts and texts stand."""
    found = Prose()
    listed = list(views)
    for view in listed:
        _named_facts(edition, view, found)
        _named_texts(edition, view, found, printed)
    for view in listed:
        if _is_info(edition, view):
            _labelled_facts(edition, view, found)
        _headed_texts(edition, view, found)
    return found


def _named_facts(edition: Edition, view: View, found: Prose) -> None:
    known = {name_of(f.id, "info"): f for f in edition.fields}
    labels = {fold(f.label) for f in edition.fields}
    for place, names in view.names.items():
        fields = [known[n] for n in sorted(names) if n in known]
        if not fields:
            continue
        beside = next((t for c in range(place[1] - 1, 0, -1) if (t := view.text((place[0], c)).strip())), "")
        here = view.spot(place)
        elsewhere = not beside and view.words_told[core(fields[0].label).core]
        if len(fields) > 1 or elsewhere or (beside and fold(beside) != fold(fields[0].label)):
            says = "另一项的名称" if fold(beside) in labels else "别的字"
            found.doubts[here] = f"它原来是{quotation(fields[0].label)}，而左边印的是{says}，不能确定"
        else:
            found.facts.setdefault(fields[0].id, []).append(here)


def _is_info(edition: Edition, view: View) -> bool:
    told = {fold(t) for texts in view.by_row.values() for t in texts.values()}
    titled = fold(INFO) in told or fold(view.title) == fold(INFO)
    return titled and sum(fold(f.label) in told for f in edition.fields) >= _FEW


def _labelled_facts(edition: Edition, view: View, found: Prose) -> None:
    for one in edition.fields:
        at = [(r, c) for r, texts in view.by_row.items() for c, t in texts.items() if fold(t) == fold(one.label)]
        here = any(s.sheet == view.title for s in found.facts.get(one.id, ()))
        if here or len(at) != 1 or any(d.sheet == view.title for d in found.doubts):
            continue
        row, column = at[0]
        right = [c for c in view.by_row[row] if c > column]
        prompt = fold(one.prompt)
        if right and not fold(view.by_row[row][right[0]]).endswith(prompt):
            found.facts.setdefault(one.id, []).append(view.spot((row, right[0])))


def _named_texts(edition: Edition, view: View, found: Prose, printed: PrintedTexts) -> None:
    known = {name_of(t.id, "text"): t.id for t in edition.texts}
    heads = {fold(b.heading): b.text.id for s in layout(edition).sheets for b in s.texts}
    heads |= {fold(b.heading): "" for s in layout(edition).sheets for b in s.tables}
    single = [(n, (*p, *p)) for p, names in view.names.items() for n in names]
    for name, (top, left, bottom, right) in (*view.areas, *single):
        if name in known and left == right:
            column = [(r, left) for r in range(top, min(bottom, view.bottom) + 1)]
            cells = [p for p in column if p not in view.tops]
            strange = [p for p in cells if _heading_over(view, p, heads) not in ("none", known[name])]
            printed_ = [p for p in cells if view.text(p).strip() and printed.says(view.text(p))]
            for place in (*strange, *printed_):
                found.doubts.setdefault(view.spot(place), "认不出是不是这一部分的正文")
            spots = [view.spot(p) for p in cells if p not in strange and p not in printed_]
            found.texts.setdefault(known[name], []).append(spots)
            _gutter(view, found, [(r, c) for r, c in column])


def _heading_over(view: View, place: Place, heads: Mapping[str, str]) -> str:
    """Return which text the next heading over a cell is of ('' for a table's); "none" where there is no heading."""
    for row in range(place[0], 0, -1):
        for text in view.by_row.get(row, {}).values():
            if fold(text) in heads:
                return heads[fold(text)]
    return "none"


def _headed_texts(edition: Edition, view: View, found: Prose) -> None:
    """Find a text that has lost its name by its heading and the printed numbers before its paragraphs."""
    blocks = [b for s in layout(edition).sheets for b in s.texts]
    heads = {fold(b.heading): b for b in blocks}
    block: TextBlock | None = None
    run: list[Place] = []
    last = 0
    for row in range(1, view.bottom + 2):
        texts = view.by_row.get(row, {})
        head = next((heads[fold(t)] for t in texts.values() if fold(t) in heads), None)
        if head is not None or row > view.bottom:
            _take(view, found, block, run)
            block, run, last = head, [], 0
        elif block is not None:
            first = next(iter(texts), 0)
            number = texts.get(first, "").strip()
            if _ORDINAL.fullmatch(number) and int(number) > last and (not run or run[-1][1] == first):
                run.append((row, first))
                last = int(number)


def _take(view: View, found: Prose, block: TextBlock | None, run: list[Place]) -> None:
    if block is None or not run:
        return
    found.gutters.update(view.spot(p) for p in run)
    if any(spots and spots[0].sheet == view.title for spots in found.texts.get(block.text.id, [])):
        return
    column = run[0][1] + 1
    spots = [view.spot((r, column)) for r in range(run[0][0], run[-1][0] + 1) if (r, column) not in view.tops]
    found.texts.setdefault(block.text.id, []).append(spots)


def _gutter(view: View, found: Prose, column: list[Place]) -> None:
    """Remember the numbers printed left of paragraphs, which only grow."""
    last = 0
    for row, at in column:
        beside = next((c for c in range(at - 1, 0, -1) if view.by_row.get(row, {}).get(c)), 0)
        number = view.by_row[row][beside].strip() if beside else ""
        if _ORDINAL.fullmatch(number) and int(number) > last:
            found.gutters.add(view.spot((row, beside)))
            last = int(number)
