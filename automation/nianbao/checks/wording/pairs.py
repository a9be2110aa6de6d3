"""Quotation marks and brackets without their other half (S11). Which mark stands where is no matter here."""

from __future__ import annotations

from nianbao.checks.wording.lines import Hit, Line, at_hits, lines_of, quoted, text_ids
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
_SAME = str.maketrans("()", "（）")
_MARKS = {kind: Pattern(f"[{opening}{closing}]") for kind, (opening, closing, _) in _KINDS.items()}
_NUMBERED = Pattern(r"(?:^|[，。；：、\s])[0-9一二三四五六七八九十a-zA-Z①-⑳]{1,3}$")
"""What stands before the ） of a number of items such as 1）, which has no （."""


def marks_are_paired(rule: Rule, reading: Reading) -> list[Finding]:
    """S11: one hint per text for opening marks that are never closed and closing marks that were never opened."""
    found = []
    for text in text_ids(reading):
        lines = list(lines_of(reading, text))
        for kind, (_, _, name) in _KINDS.items():
            wrong = _alone(lines, kind)
            if wrong:
                found.append(at_hits(rule, reading, text, wrong, f"{name}不成对：{{}}"))
    return found


def _alone(lines: list[Line], kind: str) -> list[Hit]:
    """Return the marks of one kind that are alone; brackets may hold brackets, a quotation no quotation."""
    opening, closing, _ = _KINDS[kind]
    waiting: list[tuple[Line, int]] = []
    alone: list[tuple[Line, int]] = []
    for line in lines:
        words = line.words.translate(_SAME) if kind == "（" else line.words
        for mark in _MARKS[kind].finditer(words):
            at, char = mark.start(), mark[0]
            if char == opening:
                if waiting and kind == "“":
                    alone.append(waiting.pop())
                waiting.append((line, at))
            elif char == closing:
                if waiting:
                    waiting.pop()
                elif kind != "（" or not _NUMBERED.search(words[max(0, at - 4) : at]):
                    alone.append((line, at))
    alone += waiting
    return [
        Hit(x.paragraph, quoted(x.words, at, at + 1)) for x, at in sorted(alone, key=lambda p: (p[0].paragraph, p[1]))
    ]
