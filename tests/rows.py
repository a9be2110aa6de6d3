"""Long rows of tests: some of each row are tried every time, all of them with `pytest -m soak`."""

from collections.abc import Iterable

import pytest


def some(rows: Iterable[object], each: int) -> list[object]:
    """Return the rows for `parametrize`, all but every `each`-th left to the soak run."""
    return [_marked(row) if n % each else row for n, row in enumerate(rows)]


def _marked(row: object) -> object:
    return pytest.param(*(row if isinstance(row, tuple) else (row,)), marks=pytest.mark.soak)
