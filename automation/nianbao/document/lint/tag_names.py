"""Tags nobody knows, with the nearest right one (T2), and tags of several looks (T3)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from nianbao.document import tags as official
from nianbao.document.lint.template_faults import TemplateFault, at
from nianbao.document.lint.template_tags import Tag, TagWords, loops_around
from nianbao.document.wml import Element, qn

_PROPERTIES, _FONTS, _HINT = qn("rPr"), qn("rFonts"), qn("hint")
_INVISIBLE = {qn(n) for n in ("lang", "noProof", "snapToGrid", "webHidden", "rPrChange", "kern")}


def check(found: list[Tag], words: TagWords, expected: Mapping[Element, str]) -> Iterator[TemplateFault]:
    """Yield the faults; `expected` has the figure that belongs into each cell, by the paragraphs in it."""
    for tag, loops in zip(found, loops_around(found, words), strict=True):
        for path in tag.paths or ():
            if not words.knows(path, loops):
                here = expected.get(tag.paragraph.element, "")
                near = here or words.nearest(path, loops)
                how = (
                    f"改成 {official.braced(near) if tag.printing else near}"
                    if near
                    else "可用的标签见 docs/template.md"
                )
                said = f"标签 {tag.raw} 不认识" + ("" if tag.printing else f"（没有“{path}”）")
                yield _with_cell_words(at(tag.paragraph, "T2", said, how), here, words)
        yield from _looks(tag)


def _with_cell_words(fault: TemplateFault, here: str, words: TagWords) -> TemplateFault:
    """Return the fault with the words of the value cell it is in, if it is in one."""
    if not here:
        return fault
    _, row, column = here.split(".")
    return replace(fault, place=f"{fault.place}（{column}·{row}）", cells=(words.figures[here],))


def _looks(tag: Tag) -> Iterator[TemplateFault]:
    runs = tag.paragraph.runs(tag.start, tag.end)
    looks = [_look(r) for r in runs]
    if not tag.steers and len(set(looks)) > 1:
        yield at(tag.paragraph, "T3", f"标签 {tag.raw} 的字用了 {len(set(looks))} 种格式，只有第一个字的格式会保留")


def _look(run: Element) -> tuple[str, ...]:
    """Return what of a run's properties can be seen, as one comparable value."""
    properties = run.find(_PROPERTIES)
    if properties is None:
        return ()
    seen: list[str] = []
    for child in properties:
        if child.tag in _INVISIBLE:
            continue
        said = sorted(f"{k!s}={v!s}" for k, v in child.items() if not (child.tag == _FONTS and k == _HINT))
        if said or child.tag != _FONTS:
            seen.append(" ".join([str(child.tag), *said]))
    return tuple(sorted(seen))
