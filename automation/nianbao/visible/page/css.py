"""Style sheets as far as it takes to see whether text is seen: rules, selectors, which of them hold for an element.

Selectors 4 and the cascade (css-cascade-4) without layers. What can't be decided without a browser (a selector by
position, a query of the window) may hold: its declarations count as doubtful.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from nianbao.visible.page import inks
from nianbao.visible.page.lengths import short_size
from nianbao.visible.page.selectors import Compound, Element, Trials, selector_of, too_complex

MAX_RULES = 5_000
MAX_DEPTH = 5
LONGEST = 2_000
"""Characters of a value, and of a selector put together from nested ones."""
MOST_PAIRS = 100

WIDE = 1_280
"""Pixels of the window a page is looked at in."""

_OF_COLOUR = ("color", "background-color", "-webkit-text-fill-color")
_ESCAPED = re.compile(r"\\([0-9a-fA-F]{1,4})\s?")
_COMMENT = re.compile(r"/\*.*?\*/|<!--|-->", re.DOTALL)


@dataclass(frozen=True)
class StyleRule:
    """What holds where a selector does. `adds`: ::before, ::after.

    `when`: what it takes a browser to tell, '' where it surely holds. Of rules with the same, all hold or none.
    """

    parts: tuple[Compound, ...]
    rank: tuple[int, int, int]
    declared: Mapping[str, tuple[str, bool]]
    when: str
    adds: bool

    @property
    def sure(self) -> bool:
        """Whether no browser is needed to tell that it holds."""
        return not self.when


def declarations(text: str) -> dict[str, tuple[str, bool]]:
    """Return each property's value in lower case, and whether it is important."""
    found: dict[str, tuple[str, bool]] = {}
    for piece in _split(_unescaped(_COMMENT.sub(" ", text)), ";"):
        name, colon, value = piece.partition(":")
        if not colon:
            continue
        value, mark, after = value.strip().lower().rpartition("!")
        important = mark == "!" and after.strip() == "important"
        value = value.rstrip() if important else value + mark + after
        name = name.strip().lower()
        if name in _OF_COLOUR and (inks.is_ignored(value.strip()) or re.search(r"gradient\(|url\(", value)):
            continue
        for one, said in _parts(name, value[:LONGEST].strip()):
            if not (one in found and found[one][1] and not important):
                found[one] = (said, important)
    return found


def _parts(name: str, value: str) -> Iterator[tuple[str, str]]:
    """Yield a property, and those that are asked for by name and that it says at once."""
    yield name, value
    if name == "background":
        yield "background-color", value
    elif name == "font" and " " in value:
        size, family = short_size(value), re.search(r"\S*\d\S*\s+(\D.*)", value)
        yield from ([("font-size", size)] if size else [])
        yield from ([("font-family", family[1])] if family else [])
    elif name == "list-style":
        yield "list-style-type", re.sub(r"\b(?:in|out)side\b|url\([^)]*\)", " ", value).strip() or "disc"


def _unescaped(text: str) -> str:
    """Return text with what stands for a letter of a name as that letter (css-syntax-3, 4.3.7)."""
    if "\\" not in text:
        return text
    return _ESCAPED.sub(lambda m: chr(int(m[1], 16)) if m[1] and chr(int(m[1], 16)).isalpha() else m[0], text)


def _split(text: str, separator: str) -> Iterator[str]:
    """Yield the pieces between separators that stand in no brackets."""
    depth = start = 0
    for found in re.finditer(rf"[()\[\]{separator}]", text):
        if found[0] == separator and depth == 0:
            yield text[start : found.start()]
            start = found.end()
        elif found[0] != separator:
            depth = depth + 1 if found[0] in "([" else max(0, depth - 1)
    yield text[start:]


def rules(sheet: str) -> Iterator[StyleRule]:
    """Yield the rules of a style sheet. Raises InputError where there are more than any page has."""
    for count, (selector, body, when) in enumerate(_blocks(_COMMENT.sub(" ", sheet))):
        if count > MAX_RULES:
            raise too_complex()
        declared = declarations(body)
        if declared:
            for one in _split(selector, ","):
                found = selector_of(one.strip())
                if found is not None:
                    yield StyleRule(
                        found.parts, found.rank, declared, when + one.strip() * (not found.sure), found.adds
                    )


def _blocks(sheet: str, when: str = "", depth: int = 0, outer: str = "") -> Iterator[tuple[str, str, str]]:
    """Yield selectors, their declarations, and when they hold; rules within a rule with the `outer` one's selector."""
    at = 0
    while True:
        start = sheet.find("{", at)
        if start < 0 or depth > MAX_DEPTH:
            return
        head = sheet[at:start].rpartition(";")[2].rpartition("}")[2].strip()
        end = _end(sheet, start)
        body = sheet[start + 1 : end]
        at = end + 1
        holds = _holds(head.lower()) if head.startswith("@") else True
        if not head or holds is False:
            continue
        asked = when if holds else when + head
        inner = outer if head.startswith("@") else _within(outer, head)
        if inner and (not head.startswith("@") or outer):
            yield inner, _own(body), asked
        if "{" in body:
            yield from _blocks(body, asked, depth + 1, inner)


def _within(outer: str, head: str) -> str:
    """Return the selector of a rule that stands in another one's block (css-nesting-1)."""
    if not outer:
        return head
    outers, heads = list(_split(outer, ",")), list(_split(head, ","))
    if len(outers) * len(heads) > MOST_PAIRS:
        return ""
    pairs = ((o.strip(), h.strip()) for o in outers for h in heads)
    joined = ",".join(h.replace("&", o) if "&" in h else f"{o} {h}" for o, h in pairs)
    return joined if len(joined) <= LONGEST else ""


def _own(body: str) -> str:
    """Return a block's own declarations, without the rules in it."""
    kept = []
    depth = start = 0
    for found in re.finditer(r"[{};]", body):
        if found[0] == "{":
            depth += 1
        elif found[0] == "}":
            depth, start = max(0, depth - 1), found.end()
        elif depth == 0:
            kept.append(body[start : found.end()])
            start = found.end()
    return "".join(kept) + (body[start:] if depth == 0 else "")


def _end(sheet: str, start: int) -> int:
    depth = 0
    for found in re.compile(r"[{}]").finditer(sheet, start):
        depth += 1 if found[0] == "{" else -1
        if depth == 0:
            return found.start()
    return len(sheet)


def _holds(head: str) -> bool | None:
    """Tell whether an at-rule's block holds on a screen, None where that depends."""
    if head.startswith("@media"):
        said = [_query(q.strip()) for q in head[6:].split(",")]
        return True if True in said else None if None in said else False
    if head.startswith(("@supports", "@layer", "@container", "@scope", "@starting-style")):
        return None
    return False


def _query(query: str) -> bool | None:
    """Tell the same of one media query; a screen is light, and its window some 1,280 pixels wide."""
    if re.fullmatch(r"(only )?(print|speech|aural|tty)\b.*", query) or re.search(r"-scheme\s*:\s*dark", query):
        return False
    least, most = (re.search(rf"{m}-width\s*:\s*(\d+)px", query) for m in ("min", "max"))
    if (most and int(most[1]) < WIDE) or (least and int(least[1]) > 2 * WIDE):
        return None if query.startswith("not") else False
    rest = re.sub(r"\((min|max)-width\s*:\s*\d+px\s*\)|\(prefers-color-scheme\s*:\s*light\s*\)", "", query)
    rest = re.sub(r"\bnot (print|speech)|\b(all|screen|only|and)\b|\s", "", rest)
    return None if rest else True


class StyleSheet:
    """All rules of a page, found by the last compound's id, class or tag."""

    def __init__(self, sheets: list[str]) -> None:
        self._by: dict[str, list[tuple[int, StyleRule]]] = {}
        self._trials = Trials()
        order = 0
        for text in sheets:
            for rule in rules(text):
                last = rule.parts[-1]
                key = f"#{last.id}" if last.id else f".{min(last.classes)}" if last.classes else last.tag
                self._by.setdefault(key, []).append((order, rule))
                order += 1

        self.variables: dict[str, list[str]] = {}
        for held in self._by.values():
            for _, rule in held:
                for name, (value, _) in rule.declared.items():
                    if name.startswith("--"):
                        self.variables.setdefault(name, []).append(value)

    def of(self, element: Element) -> list[StyleRule]:
        """Return the rules that hold or may hold for an element, the weakest first."""
        if not self._by:
            return []
        keys = ["", str(element.tag), f"#{element.get('id', '')}"]
        keys += [f".{c}" for c in (element.get("class") or "").split()]
        trials = self._trials.matches
        found = [(o, r) for k in keys for o, r in self._by.get(k, ()) if trials(element, r.parts)]
        return [r for _, r in sorted(found, key=lambda f: (f[1].rank, f[0]))]
