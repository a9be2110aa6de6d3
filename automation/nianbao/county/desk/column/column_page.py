"""The column's page: everything the template shows, put together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from markupsafe import Markup

from nianbao.county.desk.column.public_files import BodyFiles, Year
from nianbao.county.desk.desk_templates import template
from nianbao.publish.site import column_tags

_HERE = Path(__file__).parent


def render(county: str, kind: str, years: Sequence[Year], site: Mapping[str, str]) -> str:
    """Return the column as one HTML page without scripts that loads nothing; the latest year comes first, open.

    `kind` is what the reports are called; `site` are the meta tags of the site's settings; those of the site and the
    column are used.
    """
    latest_first = sorted(years, key=lambda y: y.year or 0, reverse=True)
    told: dict[str, Any] = {
        "title": f"{county}{kind}",
        "county": county,
        "kind": kind,
        "tags": column_tags(site),
        "years": [(y.year, len(y.entries), _groups(y.entries)) for y in latest_first],
        "style": Markup((_HERE / "column.css").read_text(encoding="utf-8").strip()),  # noqa: S704 (our own file)
    }
    return template(_HERE / "column.html").render(told)


def _groups(entries: Sequence[BodyFiles]) -> list[tuple[str, list[BodyFiles]]]:
    """Group the bodies by level, in the order in which the levels first appear."""
    found: dict[str, list[BodyFiles]] = {}
    for entry in entries:
        found.setdefault(entry.level, []).append(entry)
    return list(found.items())
