"""Reading TOML: what people typed, where whatever is wrong is one kind of error, and the program's own files."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import Any

from nianbao import caches

MAX_DOTS = 200
"""In one line: for a key a.a.a… tomllib takes time that grows with the square of its length."""

KIND = "toml"


def decoded(data: bytes) -> str:
    """Return the text of a file in UTF-8, line ends unified: TOML knows no lone carriage return.

    Raises UnicodeDecodeError.
    """
    return data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")


def parsed(text: str) -> dict[str, Any]:
    """Return what a TOML text says. Raises ValueError, tomllib's own kind or another."""
    import tomllib  # noqa: PLC0415 - takes longer to load than most files to read

    if any(line.count(".") > MAX_DOTS for line in text.split("\n")):
        raise ValueError("A key of too many parts")
    try:
        return tomllib.loads(text)
    except RecursionError as e:
        raise ValueError("Nested too deeply") from e
    except tomllib.TOMLDecodeError:
        raise
    except ValueError as e:  # a number of thousands of digits
        raise ValueError("Invalid value") from e


def shipped(text: str) -> dict[str, Any]:
    """Return what a text of the program's own says, which holds no dates; it is parsed once for each user.

    Raises ValueError where somebody damaged its file.
    """
    name = sha256(text.encode("utf-8")).hexdigest()[:32]
    kept = caches.load(KIND, name)
    if kept is not None:
        told: dict[str, Any] = json.loads(kept)
        return told
    found = parsed(text)
    caches.save(KIND, name, json.dumps(found, ensure_ascii=False).encode("utf-8"))
    return found
