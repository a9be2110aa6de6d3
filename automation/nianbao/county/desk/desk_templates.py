"""Filling the desk's templates: every word is escaped, a word that is missing is a bug. The desk's door to Jinja."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup

from nianbao.county.desk.svg import printable


@lru_cache(maxsize=2)
def template(path: Path) -> Template:
    """Return a template, read once."""
    environment = Environment(
        loader=FileSystemLoader(path.parent, encoding="utf-8"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_printed,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template(path.name)


def _printed(value: object) -> object:
    """Return a value as the page can hold it; what is markup already was made so from escaped words."""
    return printable(value) if isinstance(value, str) and not isinstance(value, Markup) else value
