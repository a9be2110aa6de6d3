"""A document's package that may be changed, and the few steps that all changes are made of."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass

from lxml import etree

from document.quick.vocabulary import Make
from nianbao.document.wml import Element, qn

MAIN, STYLES = "word/document.xml", "word/styles.xml"

SPACES = " ".join(
    f'xmlns:{prefix}="{space}"'
    for prefix, space in {
        "w": qn("")[1:-1],
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
        "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
        "w15": "http://schemas.microsoft.com/office/word/2012/wordml",
        "x": "urn:x",
    }.items()
)


@dataclass
class Package:
    """A document that may be changed: its other parts, and the roots of its body and its styles."""

    parts: dict[str, bytes]
    root: Element
    styles: Element
    restyled: bool = False

    @property
    def body(self) -> Element:
        return self.root.find(qn("body"))

    def written(self) -> dict[str, bytes]:
        """The parts, the styles as they are now."""
        return self.parts | {STYLES: etree.tostring(self.styles)} if self.restyled else self.parts


def element(xml: str) -> Element:
    """What a text of XML says, with the prefixes that documents have; also a comment or an instruction."""
    return etree.fromstring(f"<a {SPACES}>{xml}</a>")[0]


def some(rng: random.Random, package: Package, *tags: str) -> Element | None:
    found = list(package.body.iter(*map(qn, tags)))
    return rng.choice(found) if found else None


def held_in(holder: Element, name: str) -> Element:
    """The properties of an element, which has some afterwards."""
    held = holder.find(qn(name))
    if held is None:
        held = etree.Element(qn(name))
        holder.insert(0, held)
    return held


def given(rng: random.Random, held: Element, words: Mapping[str, Make]) -> str:
    """Give properties one more, mostly in place of the same."""
    made = element(words[rng.choice(list(words))](rng))
    before = held.find(made.tag)
    if before is not None and rng.random() < 0.85:
        held.remove(before)
    held.append(made)
    return etree.tostring(made).decode().replace(f" {SPACES}", "")
