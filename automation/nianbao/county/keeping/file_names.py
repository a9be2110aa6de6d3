"""File names that no two bodies share, on any system."""

from __future__ import annotations

from nianbao.files import safe_name


class FileNames:
    """Hands out safe names; asked in the same order, always the same ones."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def unique(self, text: str) -> str:
        """Return `text` as a safe file name without extension, numbered when it was handed out before."""
        stem = safe_name(text)
        name, n = stem, 1
        while name.casefold() in self._taken:  # Windows tells no capitals apart
            n += 1
            name = f"{stem}（{n}）"
        self._taken.add(name.casefold())
        return name
