"""What a browser shows of a web page: `Page` is its eye, which has a `Look` at each element."""

from __future__ import annotations

from nianbao.visible.page.eye import ElementLook, PageEye, folds, unseen

__all__ = ["ElementLook", "PageEye", "folds", "unseen"]
