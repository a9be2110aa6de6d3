"""Values that style sheets give names to (css-variables-1), put in where they are asked for."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

MOST = 20
"""Names in one value, those in names' values too."""

LONGEST = 500

_ASKED = re.compile(r"var\(\s*(--[\w-]+)\s*(?:,([^()]*(?:\([^()]*\)[^()]*)*))?\)")


def filled(value: str, own: Mapping[str, str], known: Mapping[str, Sequence[str]]) -> str:
    """Return a value with its names' values in it, '' where one has none: then the property says nothing.

    `own` are those given where the value stands. Of a name with several values in the page's sheets it takes a
    browser to know which holds: it stays as it is.
    """
    for _ in range(MOST):
        asked = _ASKED.search(value)
        if asked is None:
            return "" if "var(" in value else value
        name, otherwise = asked[1], asked[2]
        given = [own[name]] if name in own else list(dict.fromkeys(known.get(name, ())))
        if len(given) > 1:
            return value
        put = given[0] if given else otherwise
        if put is None or len(value) > LONGEST:
            return ""
        value = value[: asked.start()] + put.strip() + value[asked.end() :]
    return ""
