"""Settings of a process that does one thing for somebody who waits, and ends."""

from __future__ import annotations

import gc

_SELDOM = 50_000
"""Objects made and not yet freed before garbage is looked for: a start makes some 100,000, nearly all of which stay."""


def begin() -> None:
    """Look for garbage seldom from now on."""
    gc.set_threshold(_SELDOM, 20, 20)


def end() -> None:
    """Leave what is still there to the system: Python would look through all of it once more when it ends."""
    gc.freeze()
