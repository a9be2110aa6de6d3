"""What a browser shows of a web page: `PageEye` is its eye, which has an `ElementLook` at each element."""

from __future__ import annotations

from nianbao.visible.page.eye import ElementLook, PageEye, folds, unseen

__all__ = ["ElementLook", "PageEye", "folds", "unseen"]
