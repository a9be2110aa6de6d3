"""Files written complete or not at all, in the place of ours alone: whatever somebody changed is put aside."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

from nianbao.files import staged, write_result


def sha256_of(path: Path) -> str:
    """Return the SHA-256 of a file, '' when it isn't there."""
    try:
        with path.open("rb") as f:
            return hashlib.file_digest(f, "sha256").hexdigest()
    except OSError:
        return ""


def deliver(folder: Path, path: str, data: bytes, owned: str) -> str:
    """Write a result below `folder` and return its SHA-256.

    A file of that name is replaced only when it is the one we wrote (`owned` is its SHA-256); any other is put aside
    under a new name. Raises OutputError.
    """
    target = folder / path
    if owned and sha256_of(target) == owned:
        put(target, data)
    else:
        write_result(target, data)
    return hashlib.sha256(data).hexdigest()


def deliver_pieces(folder: Path, path: str, pieces: Iterable[bytes], owned: str) -> str:
    """Do the same as `deliver` for a result too large to hold in memory."""
    target = folder / path
    fresh = target.with_name(f"~nianbao-{target.name}.tmp")
    _put_pieces(fresh, pieces)
    made, known = sha256_of(fresh), sha256_of(target)
    if known in ("", made, owned):
        fresh.replace(target)
    else:  # somebody changed it; rare, and small enough then
        write_result(target, fresh.read_bytes())
        fresh.unlink()
    return made


def put(path: Path, data: bytes) -> None:
    """Write a file of our own, complete or not at all, in place of an earlier one. Raises OutputError."""
    _put_pieces(path, (data,))


def _put_pieces(path: Path, pieces: Iterable[bytes]) -> None:
    """Write a file of our own, complete or not at all, in place of an earlier one."""
    with staged(path, pieces) as temporary:
        temporary.replace(path)
