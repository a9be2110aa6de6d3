"""What the state prescribes: editions of the form as data, their model, and the loader that refuses a faulty one."""

from nianbao.form.catalogue import program_rule
from nianbao.form.faults import Fault
from nianbao.form.loader import OWN_SHEETS, current_edition, edition_names, examine, load_edition
from nianbao.form.model import (
    Cell,
    CellKind,
    Edition,
    Field,
    Identity,
    Kind,
    Level,
    Rule,
    Section,
    Table,
    Text,
    Value,
    plain,
)
from nianbao.form.outline import OutlinePart, PartKind, outline, printed_tables
from nianbao.form.ref import EditionRef, edition_ref, whole_text

__all__ = [
    "OWN_SHEETS",
    "Cell",
    "CellKind",
    "Edition",
    "EditionRef",
    "Fault",
    "Field",
    "Identity",
    "Kind",
    "Level",
    "OutlinePart",
    "PartKind",
    "Rule",
    "Section",
    "Table",
    "Text",
    "Value",
    "current_edition",
    "edition_names",
    "edition_ref",
    "examine",
    "load_edition",
    "outline",
    "plain",
    "printed_tables",
    "program_rule",
    "whole_text",
]
