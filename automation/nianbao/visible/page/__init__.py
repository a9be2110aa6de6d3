"""What a browser shows of a web page: `Page` is its eye, which has a `Look` at each element."""

from __future__ import annotations

from nianbao.visible.page.eye import Look, Page, folds, unseen

__all__ = ["Look", "Page", "folds", "unseen"]
