"""What a folder of results keeps beside its journal: records of what was read, editions of somebody's own."""

from __future__ import annotations

import json
from pathlib import Path

from nianbao.county.intake.folders import STATE
from nianbao.county.keeping.journal import Raw
from nianbao.errors import InputError
from nianbao.form.edition_file import WHOLE

FORMS = f"{STATE}/forms"
"""Where a folder of results carries the editions of somebody's own that it was made with."""


def record_in(folder: Path, key: str, form: str = "") -> Raw:
    """Return the record that a run's folder keeps under a key. Raises InputError when somebody damaged it.

    `form` is what the edition file is called now by which the run reads: the key says that it is the same edition.
    """
    path = record_path(folder, key)
    try:
        record: Raw = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as e:
        raise InputError(f"“{path}”读不出来，请删去“{folder / STATE}”后重新运行") from e
    for one in (record.get("report"), record.get("last_year")):
        if form and one and one["edition"].endswith(".toml"):
            one["edition"] = form
    return record


def carried_in(folder: Path) -> tuple[Path, ...]:
    """Return the editions of somebody's own that a folder carries, if it is one of results."""
    return tuple(sorted((folder / FORMS).glob(f"*{WHOLE}")))


def record_path(folder: Path, key: str) -> Path:
    """Return where the record under a key is kept."""
    return folder / STATE / "records" / f"{key[:40]}.json"
