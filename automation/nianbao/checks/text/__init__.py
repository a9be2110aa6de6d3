"""The text against the tables and against itself (rules N1-N8)."""

from __future__ import annotations

from collections.abc import Callable

from nianbao.findings import Finding
from nianbao.form import Rule
from nianbao.report import Reading

CHECKS: tuple[Callable[[Rule, Reading], list[Finding]], ...] = ()
"""The functions that rules may name."""
