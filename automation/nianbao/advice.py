"""What a doctor of an add-in says."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Advice:
    """One thing looked at: whether it is well, what was found, what to do."""

    good: bool
    found: str
    todo: str = ""
