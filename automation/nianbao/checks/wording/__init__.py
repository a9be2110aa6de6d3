"""Structure, wording and privacy of the texts (rules S1-S8, P1)."""

from __future__ import annotations

from collections.abc import Callable

from nianbao.findings import Finding
from nianbao.form import Rule
from nianbao.report import Reading

CHECKS: tuple[Callable[[Rule, Reading], list[Finding]], ...] = ()
"""The functions that rules may name."""
