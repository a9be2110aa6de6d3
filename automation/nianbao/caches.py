"""The user's cache folder: what can be worked out again at any time. Nothing here may ever stop or change a result."""

from __future__ import annotations

import contextlib
import os
import sys
import zlib
from _thread import get_ident
from pathlib import Path

SWITCH = "NIANBAO_CACHE"
"""Environment variable: another folder for the cache, or empty for none."""

_MAGIC = b"nianbao cache 1\n"
_KEPT = 40
"""Files of one kind; when there are more, the oldest go: each template and version leaves one behind."""


def folder() -> Path | None:
    """Return the folder, which need not exist; None when the user wants no cache or has no home."""
    chosen = os.environ.get(SWITCH)
    if chosen is not None:
        return Path(chosen) if chosen else None
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA", "")
    else:
        base = os.environ.get("XDG_CACHE_HOME", "") or os.path.expanduser("~/.cache")  # noqa: PTH111 - '' where no home
    return Path(base) / "nianbao" if base and os.path.isabs(base) else None  # noqa: PTH117 - the same text again


def load(kind: str, key: str) -> bytes | None:
    """Return what was kept under this key, or None when there is nothing or it is damaged."""
    place = folder()
    if place is None:
        return None
    try:
        raw = (place / f"{kind}-{key}").read_bytes()
    except OSError:
        return None
    head, content = raw[: len(_MAGIC) + 8], raw[len(_MAGIC) + 8 :]
    sound = head == _MAGIC + b"%08x" % zlib.crc32(content)
    return content if sound else None


def save(kind: str, key: str, content: bytes) -> None:
    """Keep something under this key; two processes may do so at once, and nothing happens where it cannot be kept."""
    place = folder()
    if place is None:
        return
    temporary = place / f"~{kind}-{key}-{os.getpid()}-{get_ident()}"
    with contextlib.suppress(OSError):
        place.mkdir(parents=True, exist_ok=True)
        try:
            temporary.write_bytes(_MAGIC + b"%08x" % zlib.crc32(content) + content)
            temporary.replace(place / f"{kind}-{key}")
        finally:
            temporary.unlink(missing_ok=True)
        _tidy(place, kind)


def _tidy(place: Path, kind: str) -> None:
    kept = sorted(place.glob(f"{kind}-*"), key=lambda p: p.stat().st_mtime, reverse=True)
    for old in kept[_KEPT:]:
        old.unlink(missing_ok=True)
