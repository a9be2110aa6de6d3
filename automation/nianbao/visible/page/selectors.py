"""Selectors: their compounds, and which elements they are of (Selectors 4, as far as no browser is needed)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from lxml import etree

from nianbao.errors import InputError
from nianbao.visible.page.sibling_places import Place, SiblingPlaces, places_of

MOST_TRIALS = 500_000
"""Compounds looked at in one page; the pages we have take some 1,100."""

LONGEST = 500

_COMPOUND = re.compile(r"""(?P<tag>\*|[\w-]+)|\#(?P<id>(?:\\.|[\w-])+)|\.(?P<cls>(?:\\.|[\w-])+)|
    \[\s*(?P<attr>[\w-]+)\s*(?:(?P<op>[~|^$*]?=)\s*["']?(?P<val>[^"'\]]*)["']?\s*[iIsS]?\s*)?\]|
    (?P<pseudo>::?[\w-]+)(?P<args>\([^()]*\))?""", re.VERBOSE)  # fmt: skip
_NEVER = {":hover", ":focus", ":active", ":visited", ":target", ":checked", ":disabled",
          ":focus-within", ":focus-visible",
          "::selection", "::placeholder", "::backdrop", "::-webkit-scrollbar"}  # fmt: skip
_ALWAYS = {":link", ":root", ":any-link", ":enabled"}
GENERATING = (":before", ":after", "::before", "::after", "::marker")

Element = etree._Element


@dataclass(frozen=True)
class Compound:
    """One compound of a selector with the combinator before it (' ', '>', '+', '~', '' for the first).

    `places` are those it stands in; `choices` compounds one of which, or (False) none of which, is also of the element.
    """

    joined: str
    tag: str
    id: str
    classes: frozenset[str]
    attributes: tuple[tuple[str, str, str], ...]
    places: tuple[Place, ...] = ()
    choices: tuple[tuple[bool, tuple[Compound, ...]], ...] = ()


@dataclass(frozen=True)
class Selector:
    """A selector's compounds and rank. `sure` is false where it takes a browser to tell; `adds`: ::before, ::after."""

    parts: tuple[Compound, ...]
    rank: tuple[int, int, int]
    sure: bool
    adds: bool


def too_complex() -> InputError:
    """Return the refusal of a page with more rules, or more to try of them, than any has."""
    return InputError("网页的样式复杂得不正常，没有读取；请把年报正文另存为 .docx 或“网页，仅 HTML”后再试")


def selector_of(text: str) -> Selector | None:
    """Read one selector, None where it holds for nothing on a page at rest."""
    adds, sure = False, True
    parts: list[Compound] = []
    ids = classes = tags = 0
    for joined, compound in _compounds(text):
        tag, own, named, attributes, at = "", "", set(), [], 0
        places: list[Place] = []
        choices: list[tuple[bool, tuple[Compound, ...]]] = []
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
            elif (stands := places_of(found["pseudo"].lower(), found["args"] or "")) is not None:
                places += stands
                classes += 1
            elif (chosen := _choices(found["pseudo"].lower(), found["args"] or "")) is not None:
                choices.append((found["pseudo"].lower() != ":not", chosen))
                classes += found["pseudo"].lower() != ":where"
            elif found["pseudo"].lower() not in _ALWAYS:
                sure = False
        parts.append(Compound(joined, tag, own, frozenset(named), tuple(attributes), tuple(places), tuple(choices)))
    return Selector(tuple(parts), (ids, classes, tags), sure, adds) if parts else None


def _choices(name: str, args: str) -> tuple[Compound, ...] | None:
    """Return the compounds in :is(), :where() or :not(), None for another pseudo-class or longer selectors in it."""
    if name not in (":is", ":where", ":not", ":matches", ":-webkit-any") or len(args) > LONGEST:
        return None
    found = [selector_of(x.strip()) for x in args.strip("()").split(",")]
    read = [f for f in found if f is not None and f.sure and not f.adds and len(f.parts) == 1]
    return tuple(f.parts[0] for f in read) if len(read) == len(found) else None


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


class Trials:
    """Tries elements on selectors, and counts: a page made to keep this busy for hours is refused."""

    def __init__(self) -> None:
        self._left = MOST_TRIALS
        self._classes: dict[Element, frozenset[str]] = {}
        self._failed: set[tuple[Element, int]] = set()
        self._standing = SiblingPlaces()

    def matches(self, element: Element, parts: tuple[Compound, ...]) -> bool:
        """Tell whether an element is one that a selector of these parts is of. Raises InputError."""
        self._failed.clear()
        return self._matches(element, parts, len(parts) - 1)

    def _matches(self, element: Element, parts: tuple[Compound, ...], at: int) -> bool:
        part = parts[at]
        if not self._is(element, part):
            return False
        if at == 0:
            return True
        if part.joined == ">":
            near: Iterator[Element] = islice(element.iterancestors(), 1)
        elif part.joined == "+":
            near = islice(element.itersiblings("*", preceding=True), 1)
        else:
            near = element.itersiblings("*", preceding=True) if part.joined == "~" else element.iterancestors()
        return any(self._matches_once(e, parts, at - 1) for e in near)

    def _matches_once(self, element: Element, parts: tuple[Compound, ...], at: int) -> bool:
        """Tell the same of an element around, and don't try in vain again and again."""
        tried = (element, at)
        if tried in self._failed:
            return False
        if self._matches(element, parts, at):
            return True
        self._failed.add(tried)
        return False

    def _is(self, element: Element, part: Compound) -> bool:
        self._left -= 1
        if self._left < 0:
            raise too_complex()
        if (part.tag and element.tag != part.tag) or (part.id and element.get("id") != part.id):
            return False
        if part.classes:
            if element not in self._classes:
                self._classes[element] = frozenset((element.get("class") or "").split())
            if not part.classes <= self._classes[element]:
                return False
        if not all(_has(element.get(name), op, value) for name, op, value in part.attributes):
            return False
        if not all(self._standing.holds(element, p) for p in part.places):
            return False
        return all(any(self._is(element, p) for p in some) is wanted for wanted, some in part.choices)


def _has(given: str | None, op: str, value: str) -> bool:
    if given is None or not op:
        return given is not None
    low, want = given.lower(), value.lower()
    return {"=": low == want, "~=": want in low.split(), "^=": low.startswith(want), "$=": low.endswith(want),
            "*=": want in low, "|=": low == want or low.startswith(want + "-")}[op]  # fmt: skip
