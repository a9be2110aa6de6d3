"""SVG made of escaped elements, and the figure that goes with every chart: its words and its numbers as a table."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup, escape

_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True)
class Chart:
    """One chart. `note` says how to read it; `head` and `rows` are the same figures for those who can't see it."""

    id: str
    title: str
    note: str
    picture: Markup
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    key: bool = False


def printable(text: str) -> str:
    """Return a text without what no HTML document can hold."""
    return _UNPRINTABLE.sub("\ufffd", text)


def element(name: str, *children: str, **attributes: str | float | None) -> Markup:
    """Return one element; text and attributes are escaped, `class_` and `text_anchor` become class and text-anchor."""
    given = [(k.rstrip("_").replace("_", "-"), v) for k, v in attributes.items() if v is not None]
    words = "".join(f' {k}="{escape(printable(_spelt(v)))}"' for k, v in given)
    inner = "".join(escape(c if isinstance(c, Markup) else printable(c)) for c in children)
    return Markup(f"<{name}{words}>{inner}</{name}>")  # noqa: S704 (escaped above)


def share(part: float) -> str:
    """Return a share of the picture's width, 0 to 1: pictures are as wide as the reader's window."""
    return f"{100 * part:.2f}".rstrip("0").rstrip(".") + "%"


def picture(identity: str, title: str, told: str, height: float, children: Iterable[Markup]) -> Markup:
    """Return a drawing as wide as its place, with its title and what it shows in words for screen readers."""
    return element(
        "svg",
        element("title", title, id=f"{identity}-title"),
        element("desc", told, id=f"{identity}-desc"),
        *children,
        width="100%",
        height=height,
        role="img",
        aria_labelledby=f"{identity}-title",
        aria_describedby=f"{identity}-desc",
        focusable="false",
    )


def _spelt(value: str | float) -> str:
    return value if isinstance(value, str) else f"{value:g}"
