"""The journal of a run, one JSON object a line: what was read and made. A line torn by a crash is skipped."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import Any

from nianbao.county.intake.examined import Examined
from nianbao.errors import OutputError
from nianbao.oserrors import why

Raw = dict[str, Any]
Written = Mapping[str, tuple[str, str]]
"""What was written, by kind: path below the output folder and SHA-256."""

_TORN = (ValueError, KeyError, TypeError, AttributeError, RecursionError)
"""What a line of the journal that a crash has torn may raise."""


@dataclass
class Kept:
    """What the journal says, latest line of each key."""

    examined: dict[str, Examined]
    made: dict[str, dict[str, tuple[str, str]]]
    owned: dict[str, str]


def _below(path: object) -> str:
    """Return a path of the journal if it stays below the output folder. Raises ValueError."""
    parts = PurePosixPath(str(path).replace("\\", "/"))
    if parts.is_absolute() or ".." in parts.parts or "\0" in str(path) or PureWindowsPath(str(path)).drive:
        raise ValueError
    return str(path)


def as_line(data: Raw) -> bytes:
    """Return a line of the journal."""
    return json.dumps(data, ensure_ascii=False).encode("utf-8") + b"\n"


def read_journal(journal: Path) -> Kept:
    """Return what a journal says, nothing where there is none. Raises OutputError."""
    kept = Kept({}, {}, {})
    try:
        lines = journal.read_bytes().split(b"\n")
    except FileNotFoundError:
        return kept
    except OSError as e:
        raise OutputError(f"“{journal}”读不出来（{why(e)}），请换一个结果文件夹") from e
    for torn in lines:
        with contextlib.suppress(*_TORN):  # done again
            data = json.loads(torn)
            did = data.pop("did")
            if did == "examined":
                kept.examined[data["key"]] = Examined(**data)
            elif did == "made":
                files = {str(k): (_below(p), str(s)) for k, (p, s) in data["files"].items()}
                kept.made[data["key"]] = files
                kept.owned.update(dict(files.values()))
    return kept
