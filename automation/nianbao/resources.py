"""Where the files that come with the program are: beside the package in a checkout, inside it when installed."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def checkout_templates() -> Path:
    """Return the folder templates/ of the source checkout this package runs from; it need not exist."""
    return _PACKAGE.parents[1] / "templates"


def template_path(edition_id: str, name: str) -> Path | None:
    """Return the shipped file of this name for an edition (such as report.docx), or None when there is none."""
    for folder in (_PACKAGE / "templates", checkout_templates()):
        path = folder / edition_id / name
        if path.is_file():
            return path
    return None
