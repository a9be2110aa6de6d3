"""Reading TOML that people typed: whatever is wrong with it is one kind of error."""

from __future__ import annotations

import tomllib
from typing import Any

MAX_DOTS = 200
"""In one line: for a key a.a.a… tomllib takes time that grows with the square of its length."""


def decoded(data: bytes) -> str:
    """Return the text of a file in UTF-8, line ends unified: TOML knows no lone carriage return.

    Raises UnicodeDecodeError.
    """
    return data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")


def parsed(text: str) -> dict[str, Any]:
    """Return what a TOML text says. Raises tomllib.TOMLDecodeError, also where tomllib itself raises something else."""
    if any(line.count(".") > MAX_DOTS for line in text.split("\n")):
        raise tomllib.TOMLDecodeError("A key of too many parts")
    try:
        return tomllib.loads(text)
    except RecursionError as e:
        raise tomllib.TOMLDecodeError("Nested too deeply") from e
    except tomllib.TOMLDecodeError:
        raise
    except ValueError as e:  # a number of thousands of digits
        raise tomllib.TOMLDecodeError("Invalid value") from e
