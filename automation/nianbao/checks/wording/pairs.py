"""Quotation marks and brackets without their other half (S11). Which mark stands where is no matter here."""

from __future__ import annotations

from nianbao.checks.wording.text_lines import Hit, TypedParagraph, at_hits, clip, hits, lines_of, quoted, text_ids
from nianbao.findings import Finding
from nianbao.form import Rule
from nianbao.patterns import Pattern
from nianbao.report import Reading

_KINDS = {
    "“": ("“", "”", "引号"),
    "《": ("《", "》", "书名号"),
    "（": ("（", "）", "括号"),
    "〔": ("〔", "〕", "文号的括号"),
}
_MARK = Pattern("[“”《》（）()〔〕]")
_KIND_OF = {m: kind for kind, (opening, closing, _) in _KINDS.items() for m in (opening, closing)} | {
    "(": "（",
    ")": "（",
}
_HALF = {"（": "("}
_MISPLACED = Pattern(r"（以下简称[《“][^》”）]{1,12}[》”](?:有关)?(?:要求|规定|精神)）")
_STOP = Pattern("[，。；、]")
_BEFORE, _FURTHEST = 6, 26
_NUMBERED = Pattern(r"(?:^|[，。；：、\s])[0-9一二三四五六七八九十a-zA-Z①-⑳]{1,3}$")
"""What stands before the ） of a number of items such as 1）, which has no （."""

_Place = tuple[TypedParagraph, int]


def marks_are_paired(rule: Rule, reading: Reading) -> list[Finding]:
    """S11: one hint per text and kind for opening marks never closed and closing marks never opened."""
    found = []
    for text in text_ids(reading):
        places: dict[str, list[_Place]] = {}
        lines = list(lines_of(reading, text))
        for line in lines:
            for mark in _MARK.finditer(line.words):
                places.setdefault(_KIND_OF[mark[0]], []).append((line, mark.start()))
        for kind, where in places.items():
            wrong = [h for line in lines for h in hits(line, _MISPLACED)] if kind == "（" else []
            wrong += [Hit(x.paragraph, _passage(x.words, at, kind)) for x, at in _alone(where, kind)]
            if wrong:
                found.append(at_hits(rule, reading, text, wrong, f"{_KINDS[kind][2]}不成对：{{}}"))
    return found


def _passage(words: str, at: int, kind: str) -> str:
    """Quote a mark with a few characters around it; what it opens is quoted to the next comma."""
    if words[at] not in (kind, _HALF.get(kind)):
        return quoted(words, at, at + 1)
    stop = _STOP.search(words, at + 1, at + _FURTHEST)
    return clip(words[max(0, at - _BEFORE) : stop.start() if stop else at + _FURTHEST])


def _alone(places: list[_Place], kind: str) -> list[_Place]:
    """Return the marks of one kind that are alone; brackets may hold brackets, a quotation no quotation."""
    waiting: list[_Place] = []
    alone: list[_Place] = []
    for line, at in places:
        if line.words[at] in (kind, _HALF.get(kind)):
            if waiting and kind == "“":
                alone.append(waiting.pop())
            waiting.append((line, at))
        elif waiting:
            waiting.pop()
        elif kind != "（" or not _NUMBERED.search(line.words[max(0, at - 4) : at]):
            alone.append((line, at))
    return sorted(alone + waiting, key=lambda p: (p[0].paragraph, p[1]))
