"""Which edition is meant, as one value, and an edition of one's own written out so that it needs no other file."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from nianbao.errors import EditionError
from nianbao.form import edition_file

Raw = dict[str, Any]

_OF_THE_FILE = ("extends", "include", "changes")
"""What says how the form is put together; the whole form needs none of it."""


@dataclass(frozen=True)
class EditionRef:
    """One edition: its id, the SHA-256 of everything it says with all that it extends, and where it came from.

    `source` is the path of an edition file as given, '' for an edition that comes with the program. Two references
    with one digest mean the same form, wherever the files lie and whatever they are called.
    """

    id: str
    digest: str
    source: str = ""

    @property
    def is_own(self) -> bool:
        """Tell whether it is an edition file of one's own."""
        return bool(self.source)

    @property
    def file_name(self) -> str:
        """The name of the file in which it is carried along, the same for the same form."""
        return f"{self.digest[:16]}{edition_file.WHOLE}"


@lru_cache(maxsize=32)
def edition_ref(name: str) -> EditionRef:
    """Return which edition an id or the path of a .toml file means.

    Raises EditionError when there is none or its file is faulty.
    """
    text, faults = _written(name)
    if faults:
        raise EditionError(name, faults)
    own = name if name.endswith(".toml") else ""
    return EditionRef(str(edition_file.read(name).raw.get("id", name)), hashlib.sha256(text.encode()).hexdigest(), own)


def whole_text(name: str) -> str:
    """Return an edition as one TOML file that extends and includes nothing. Raises EditionError."""
    text, faults = _written(name)
    if faults:
        raise EditionError(name, faults)
    return text


def _written(name: str) -> tuple[str, list[object]]:
    resolved = edition_file.read(name)
    raw = {k: v for k, v in resolved.raw.items() if k not in _OF_THE_FILE}
    raw["variant_of"] = resolved.raw.get("extends", resolved.raw.get("variant_of", ""))
    raw["deviations"] = resolved.deviations
    return "".join(f"{k} = {_toml(v)}\n" for k, v in sorted(raw.items())), list(resolved.faults)


def _toml(value: object) -> str:
    """Return a value as TOML on one line; strings of JSON are strings of TOML, but for one control character."""
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{_toml(str(k))} = {_toml(v)}" for k, v in value.items()) + " }"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(_toml, value)) + "]"
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
