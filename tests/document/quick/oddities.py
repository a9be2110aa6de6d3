"""Changes at random of a document: of its body here, of its styles and the whole of it by `styling`."""

from __future__ import annotations

import copy
import random
from collections.abc import Mapping

from lxml import etree

from document.quick import elements, styling, vocabulary
from document.quick.changed import Package, element, given, held_in, some
from document.quick.vocabulary import CELL, PARAGRAPH, ROW, RUN, SECTION, TABLE, Make
from nianbao.document.wml import qn

_PROPERTIES: Mapping[str, tuple[str, Mapping[str, Make]]] = {
    "r": ("rPr", RUN), "p": ("pPr", PARAGRAPH), "tc": ("tcPr", CELL), "tr": ("trPr", ROW), "tbl": ("tblPr", TABLE),
}  # fmt: skip


def change(rng: random.Random, package: Package) -> str:
    """Change something; say what, '' where there was nothing to change."""
    kinds, weights = zip(*_CHANGES.items(), strict=True)
    return rng.choices(kinds, weights)[0](rng, package)


def _directly(rng: random.Random, package: Package) -> str:
    """A property of something in the body."""
    found = some(rng, package, rng.choice(list(_PROPERTIES)))
    if found is None:
        return ""
    kind = etree.QName(found).localname
    name, words = _PROPERTIES[kind]
    return f"{kind} {given(rng, held_in(found, name), words)}"


def _section(rng: random.Random, package: Package) -> str:
    found = some(rng, package, "sectPr")
    return "" if found is None else f"sectPr {given(rng, found, SECTION)}"


def _named(rng: random.Random, package: Package) -> str:
    """Another style's name in the body."""
    found = some(rng, package, "pStyle", "rStyle")
    if found is None:
        return ""
    found.set(qn("val"), rng.choice([s.get(qn("styleId"), "") for s in package.styles.iter(qn("style"))]))
    return f"{etree.QName(found).localname} {found.get(qn('val'))}"


def _put_in(rng: random.Random, package: Package) -> str:
    tag, choices = rng.choice((("r", elements.IN_RUN), ("r", elements.IN_RUN), ("p", elements.IN_PARAGRAPH)))
    found = some(rng, package, tag)
    if found is None:
        return ""
    xml = rng.choice(choices)
    found.insert(rng.randint(0, len(found)), element(xml))
    return f"in {tag}: {xml}"


def _put_around(rng: random.Random, package: Package) -> str:
    found = some(rng, package, rng.choice(("r", "r", "t", "p", "tc", "tr", "tbl", "pPr", "tcPr")))
    if found is None or found.getparent() is None:
        return ""
    xml = rng.choice(elements.AROUND)
    outer = element(xml)
    found.getparent().replace(found, outer)
    inner = outer
    while len(inner):
        inner = inner[-1]
    inner.append(found)
    return f"around {etree.QName(found).localname}: {xml}"


def _moved(rng: random.Random, package: Package) -> str:
    """Something taken away, doubled, or put somewhere else."""
    tags = ("r", "p", "rPr", "pPr", "tcPr", "tc", "tr", "shd", "tcMar", "spacing", "jc", "pStyle")
    found = some(rng, package, rng.choice(tags))
    if found is None or found.getparent() is package.body:
        return ""
    kind, drawn = etree.QName(found).localname, rng.random()
    if drawn < 0.3:
        found.getparent().remove(found)
        return f"without {kind}"
    where = found.getparent() if drawn < 0.6 else some(rng, package, "p", "tc", "r", "pPr", "tr")
    if where is None or found in where.iterancestors() or where is found:
        return ""
    where.insert(rng.randint(0, len(where)), copy.deepcopy(found))
    return f"{kind} also in {etree.QName(where).localname}"


def _attribute(rng: random.Random, package: Package) -> str:
    """One attribute of the body or of the styles less, or another value."""
    in_styles = rng.random() < 0.5
    package.restyled = in_styles or package.restyled
    found = [e for e in (package.styles if in_styles else package.body).iter("{*}*") if len(e.attrib)]
    one = rng.choice(found) if found else None
    if one is None:
        return ""
    key = rng.choice(list(one.attrib))
    if rng.random() < 0.25:
        del one.attrib[key]
    else:
        one.set(key, str(rng.choice((*vocabulary.JUNK, *vocabulary.TWIPS, *vocabulary.COLOURS, "exact", "both", "1"))))
    return f"{etree.QName(one).localname} {key.rpartition('}')[2]}={one.get(key)}"


_CHANGES = {
    _directly: 30, styling.styled: 28, styling.by_default: 6, styling.new_style: 12, styling.restyled: 4, _named: 6,
    _put_in: 10, _put_around: 8, _moved: 6, _attribute: 10, styling.whole: 4, _section: 2,
}  # fmt: skip
"""Each kind of change, and how often it is made."""
