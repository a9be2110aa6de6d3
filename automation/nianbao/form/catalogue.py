"""The rules of the program itself: what its readers, its proofs and the county notice, whatever the form.

They are no part of an edition's data. Every edition has them, none can drop them, write them anew or forget them.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from nianbao import toml
from nianbao.errors import EditionError
from nianbao.form import rules
from nianbao.form.model import Rule

FILES = (
    "rules-workbook",
    "rules-proof",
    "rules-published",
    "rules-county",
    "rules-template",
    "rules-register",
    "rules-notice",
)
"""The files of the program's rules, in the order of the handbook; none of these rules selects cells of a form."""

_FOLDER = Path(__file__).parent / "editions"


@lru_cache(maxsize=1)
def program_rules() -> Mapping[str, Rule]:
    """Return the program's rules by id. Raises EditionError when a file of the program is damaged."""
    problems: list[str] = []
    found: dict[str, Rule] = {}
    for name in FILES:
        for raw in toml.shipped((_FOLDER / f"{name}.toml").read_text(encoding="utf-8"))["rules"]:
            rule = rules.build(raw, {}, problems)
            if rule is not None:
                found[rule.id] = rule
    if problems:
        raise EditionError("program", problems)
    return found


def program_rule(rule_id: str) -> Rule:
    """Return one of the program's rules; code that speaks for a rule by its id asks here, never an edition."""
    return program_rules()[rule_id]


def is_of_program(rule_id: str) -> bool:
    """Tell whether a rule is the program's own."""
    return rule_id in program_rules()
