"""Where an element stands among those beside it (Selectors 4, 13: :first-child, :nth-child(2n+1), :last-of-type …)."""

from __future__ import annotations

import re

from lxml import etree

Element = etree._Element

ONES = {":first-child": ":nth-child", ":last-child": ":nth-last-child", ":first-of-type": ":nth-of-type",
        ":last-of-type": ":nth-last-of-type"}  # fmt: skip
COUNTED = (":nth-child", ":nth-last-child", ":nth-of-type", ":nth-last-of-type")
_FORMULA = re.compile(r"([+-]?\d*)n\s*(?:([+-])\s*(\d+))?|([+-]?\d+)")

Place = tuple[str, int, int]
"""One of COUNTED, and the a and b of an+b."""


def places_of(name: str, args: str) -> list[Place] | None:
    """Return the places a pseudo-class asks for, None for one of another kind."""
    if name in ONES:
        return [(ONES[name], 0, 1)]
    if name in (":only-child", ":only-of-type"):
        kind = "child" if name == ":only-child" else "of-type"
        return [(f":nth-{kind}", 0, 1), (f":nth-last-{kind}", 0, 1)]
    if name not in COUNTED:
        return None
    said = {"odd": "2n+1", "even": "2n"}.get(args.strip("() ").lower(), args.strip("() ").lower())
    found = _FORMULA.fullmatch(said)
    if found is None or len(said) > 12:
        return None
    if found[4]:
        return [(name, 0, int(found[4]))]
    step = int(found[1] + "1") if found[1] in ("", "+", "-") else int(found[1])
    return [(name, step, int(f"{found[2]}{found[3]}") if found[3] else 0)]


class SiblingPlaces:
    """Counts the elements in each parent once."""

    def __init__(self) -> None:
        self._counted: dict[Element, dict[Element, dict[str, int]]] = {}

    def holds(self, element: Element, place: Place) -> bool:
        """Tell whether an element is one of those an+b counts."""
        name, step, first = place
        parent = element.getparent()
        index = 1 if parent is None else self._of(parent)[element][name]
        return index == first if step == 0 else (index - first) % step == 0 and (index - first) // step >= 0

    def _of(self, parent: Element) -> dict[Element, dict[str, int]]:
        if parent not in self._counted:
            children = [c for c in parent if isinstance(c.tag, str)]
            counted: dict[Element, dict[str, int]] = {c: {} for c in children}
            for some, end in ((children, ""), (children[::-1], "last-")):
                kinds: dict[str, int] = {}
                for i, child in enumerate(some, 1):
                    kinds[str(child.tag)] = kinds.get(str(child.tag), 0) + 1
                    counted[child] |= {f":nth-{end}child": i, f":nth-{end}of-type": kinds[str(child.tag)]}
            self._counted[parent] = counted
        return self._counted[parent]
