"""Style sheets as far as it takes to see whether text is seen: rules, selectors, which of them hold for an element.

Selectors 4 and the cascade (css-cascade-4) without layers. What can't be decided without a browser (a selector by
position, a query of the window) may hold: its declarations count as doubtful.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lxml import etree

MAX_RULES = 5_000

WIDE = 1_280
"""Pixels of the window a page is looked at in."""

_COMMENT = re.compile(r"/\*.*?\*/|<!--|-->", re.DOTALL)
_COMPOUND = re.compile(r"""(?P<tag>\*|[\w-]+)|\#(?P<id>(?:\\.|[\w-])+)|\.(?P<cls>(?:\\.|[\w-])+)|
    \[\s*(?P<attr>[\w-]+)\s*(?:(?P<op>[~|^$*]?=)\s*["']?(?P<val>[^"'\]]*)["']?\s*[iIsS]?\s*)?\]|
    (?P<pseudo>::?[\w-]+)(?P<args>\([^()]*\))?""", re.VERBOSE)  # fmt: skip
_NEVER = {":hover", ":focus", ":active", ":visited", ":target", ":checked", ":disabled",
          ":focus-within", ":focus-visible",
          "::selection", "::placeholder", "::marker", "::backdrop", "::-webkit-scrollbar"}  # fmt: skip
_ALWAYS = {":link", ":root", ":any-link", ":enabled"}
GENERATING = (":before", ":after", "::before", "::after")

Element = etree._Element


@dataclass(frozen=True)
class Part:
    """One compound of a selector with the combinator before it (' ', '>', '+', '~', '' for the first)."""

    joined: str
    tag: str
    id: str
    classes: frozenset[str]
    attributes: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True)
class Rule:
    """What holds where a selector does. `sure` is false where it takes a browser to tell; `adds`: ::before, ::after."""

    parts: tuple[Part, ...]
    rank: tuple[int, int, int]
    declared: Mapping[str, tuple[str, bool]]
    sure: bool
    adds: bool


def declarations(text: str) -> dict[str, tuple[str, bool]]:
    """Return each property's value in lower case, and whether it is important."""
    found: dict[str, tuple[str, bool]] = {}
    for piece in re.split(r";(?![^(]*\))", _COMMENT.sub(" ", text)):
        name, colon, value = piece.partition(":")
        if not colon:
            continue
        value = value.strip().lower()
        important = value.endswith("!important") or "! important" in value
        name = name.strip().lower()
        if not (name in found and found[name][1] and not important):
            found[name] = (re.sub(r"\s*!\s*important$", "", value), important)
    return found


def rules(sheet: str) -> Iterator[Rule]:
    """Yield the rules of a style sheet."""
    for count, (selector, body, sure) in enumerate(_blocks(_COMMENT.sub(" ", sheet), True)):
        if count > MAX_RULES:
            return
        declared = declarations(body)
        if declared:
            for one in re.split(r",(?![^(\[]*[)\]])", selector):
                rule = _rule(one.strip(), declared, sure)
                if rule is not None:
                    yield rule


def _blocks(sheet: str, sure: bool, depth: int = 0) -> Iterator[tuple[str, str, bool]]:
    at = 0
    while True:
        start = sheet.find("{", at)
        if start < 0 or depth > 5:
            return
        head = sheet[at:start].rpartition(";")[2].rpartition("}")[2].strip()
        end = _end(sheet, start)
        body = sheet[start + 1 : end]
        if head.startswith("@"):
            holds = _holds(head.lower())
            if holds is not False:
                yield from _blocks(body, sure and holds is True, depth + 1)
        elif head:
            yield head, body, sure
        at = end + 1


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
        query = head[6:].strip()
        if re.fullmatch(r"print|speech|(only )?(print|speech)\b.*", query):
            return False
        least, most = (re.search(rf"{m}-width\s*:\s*(\d+)px", query) for m in ("min", "max"))
        if (most and int(most[1]) < WIDE) or (least and int(least[1]) > 2 * WIDE):
            return False
        rest = re.sub(r"\((min|max)-width\s*:\s*\d+px\s*\)|\b(all|screen|only|and)\b|\s", "", query)
        return True if not rest else None
    if head.startswith(("@supports", "@layer", "@container", "@scope", "@starting-style")):
        return None
    return False


def _rule(selector: str, declared: Mapping[str, tuple[str, bool]], sure: bool) -> Rule | None:
    adds = False
    parts: list[Part] = []
    ids = classes = tags = 0
    for joined, compound in _compounds(selector):
        tag, own, named, attributes, at = "", "", set(), [], 0
        while at < len(compound):
            found = _COMPOUND.match(compound, at)
            if found is None:
                return None
            at = found.end()
            if found["tag"]:
                tag = "" if found["tag"] == "*" else found["tag"].lower()
                tags += bool(tag)
            elif found["id"]:
                own, ids = found["id"].replace("\\", ""), ids + 1
            elif found["cls"]:
                named.add(found["cls"].replace("\\", ""))
                classes += 1
            elif found["attr"]:
                attributes.append((found["attr"].lower(), found["op"] or "", (found["val"] or "").strip()))
                classes += 1
            elif found["pseudo"].lower() in GENERATING:
                adds = True
            elif found["pseudo"].lower() in _NEVER or found["pseudo"].startswith("::-"):
                return None
            elif found["pseudo"].lower() not in _ALWAYS:
                sure = False
        parts.append(Part(joined, tag, own, frozenset(named), tuple(attributes)))
    return Rule(tuple(parts), (ids, classes, tags), declared, sure, adds) if parts else None


def _compounds(selector: str) -> Iterator[tuple[str, str]]:
    joined = ""
    for token in re.findall(r"\s*[>+~]\s*|\s+|(?:\[[^\]]*\]|\([^)]*\)|\\.|[^\s>+~\[(])+", selector):
        if not token.strip():
            joined = " "
        elif token.strip() in (">", "+", "~"):
            joined = token.strip()
        else:
            yield joined, token
            joined = ""


class Sheet:
    """All rules of a page, found by the last compound's id, class or tag."""

    def __init__(self, sheets: list[str]) -> None:
        self._by: dict[str, list[tuple[int, Rule]]] = {}
        order = 0
        for text in sheets:
            for rule in rules(text):
                last = rule.parts[-1]
                key = f"#{last.id}" if last.id else f".{min(last.classes)}" if last.classes else last.tag
                self._by.setdefault(key, []).append((order, rule))
                order += 1

    def of(self, element: Element) -> list[Rule]:
        """Return the rules that hold or may hold for an element, the weakest first."""
        if not self._by:
            return []
        keys = ["", str(element.tag), f"#{element.get('id', '')}"]
        keys += [f".{c}" for c in (element.get("class") or "").split()]
        found = [(o, r) for k in keys for o, r in self._by.get(k, ()) if _matches(element, r.parts, len(r.parts) - 1)]
        return [r for _, r in sorted(found, key=lambda f: (f[1].rank, f[0]))]


def _matches(element: Element, parts: tuple[Part, ...], at: int) -> bool:
    part = parts[at]
    if not _is(element, part):
        return False
    if at == 0:
        return True
    if part.joined == ">":
        parent = element.getparent()
        return parent is not None and _matches(parent, parts, at - 1)
    if part.joined in ("+", "~"):
        before = element.itersiblings(preceding=True)
        near = [e for e in before if isinstance(e.tag, str)][: 1 if part.joined == "+" else None]
        return any(_matches(e, parts, at - 1) for e in near)
    return any(_matches(e, parts, at - 1) for e in element.iterancestors())


def _is(element: Element, part: Part) -> bool:
    if (part.tag and element.tag != part.tag) or (part.id and element.get("id") != part.id):
        return False
    if part.classes and not part.classes <= set((element.get("class") or "").split()):
        return False
    return all(_has(element.get(name), op, value) for name, op, value in part.attributes)


def _has(given: str | None, op: str, value: str) -> bool:
    if given is None or not op:
        return given is not None
    low, want = given.lower(), value.lower()
    return {"=": low == want, "~=": want in low.split(), "^=": low.startswith(want), "$=": low.endswith(want),
            "*=": want in low, "|=": low == want or low.startswith(want + "-")}[op]  # fmt: skip
