"""Selectors: their compounds, and which elements they are of (Selectors 4, as far as no browser is needed)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

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
class Selector:
    """A selector's compounds and rank. `sure` is false where it takes a browser to tell; `adds`: ::before, ::after."""

    parts: tuple[Part, ...]
    rank: tuple[int, int, int]
    sure: bool
    adds: bool


def selector_of(text: str) -> Selector | None:
    """Read one selector, None where it holds for nothing on a page at rest."""
    adds, sure = False, True
    parts: list[Part] = []
    ids = classes = tags = 0
    for joined, compound in _compounds(text):
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
    return Selector(tuple(parts), (ids, classes, tags), sure, adds) if parts else None


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


def matches(element: Element, parts: tuple[Part, ...]) -> bool:
    """Tell whether an element is one that a selector of these parts is of."""
    return _matches(element, parts, len(parts) - 1)


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
