"""Filling our own pages: every word is escaped, a word that is missing is a bug. The desk's door to Jinja."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from nianbao.serve.desk_cures import on_pages

MADE = Markup("<!-- made -->")
"""Where a task's piece of a page lets the files stand that were made."""

_HERE = Path(__file__).parent
_UNSHOWN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff\u202a-\u202e\u2066-\u2069]")
"""What no page can hold, and what turns the direction of the words around it."""


def fill(template: str, **words: Any) -> str:
    """Return a page or a piece of one."""
    return _environment().get_template(template).render(**words)


def made(html: str) -> Markup:
    """Return a piece that `fill` made, to stand in another as it is."""
    return Markup(html)  # noqa: S704 (made by our own templates, which escape)


@lru_cache(maxsize=1)
def _environment() -> Environment:
    made = Environment(
        loader=FileSystemLoader(_HERE / "pages", encoding="utf-8"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_printed,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["on_pages"] = on_pages
    return made


def _printed(value: object) -> object:
    return _UNSHOWN.sub("�", value) if isinstance(value, str) and not isinstance(value, Markup) else value


def without_unshown(text: str) -> str:
    """Return what was typed without what neither a page nor an office file can hold."""
    return _UNSHOWN.sub("", text)


def static(name: str) -> bytes:
    """Return our style sheet or script."""
    return (_HERE / "static" / name).read_bytes()
