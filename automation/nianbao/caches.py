"""The user's cache folder: what can be worked out again at any time. Nothing here may ever stop or change a result.

What is kept is believed only when it carries a seal made with the user's own secret, which lies beside it and which
nobody else can read; the folder is the user's alone (0700). A folder that belongs to somebody else, or that others can
write into and that cannot be closed to them, is not used. On Windows permissions cannot be set like that: there the
folder lies in the user's own profile, which other users cannot open, and only the seal is checked. Whoever can run
programs as the user can read the secret too; against them the look at every finished document remains
(document/foreign).
"""

from __future__ import annotations

import contextlib
import os
import re
import stat
import sys
from _thread import get_ident
from pathlib import Path

SWITCH = "NIANBAO_CACHE"
"""Environment variable: another folder for the cache, or empty for none."""

_MAGIC = b"nianbao cache 2\n"
_SEAL = 32
_KEPT = 40
"""Files of one kind; when there are more, the oldest go: each template and version leaves one behind."""

_KEY_FILE = "key"
_OURS = re.compile(r"~.*|key|[a-z]+-[0-9a-f]{32}")
_FLAGS = sum(getattr(os, name, 0) for name in ("O_NOFOLLOW", "O_NONBLOCK", "O_BINARY"))
_OTHERS = 0o077
"""The permissions of everybody else."""


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
    """Return what was kept under this key, or None when there is nothing, or nothing that the user's own secret seals.

    The seal is over the kind and key too: what was kept under one name is not believed under another.
    """
    place = folder()
    if place is None:
        return None
    try:
        raw = (place / f"{kind}-{key}").read_bytes()
        secret = _secret(place) if raw.startswith(_MAGIC) and _is_private(place) else None
    except OSError:
        return None
    if secret is None:
        return None
    start = len(_MAGIC) + _SEAL
    content = raw[start:]
    from hmac import compare_digest  # noqa: PLC0415 - only where something is kept

    return content if compare_digest(raw[len(_MAGIC) : start], _seal(secret, kind, key, content)) else None


def save(kind: str, key: str, content: bytes) -> None:
    """Keep something under this key; two processes may do so at once, and nothing happens where it cannot be kept."""
    place = folder()
    if place is None:
        return
    temporary = place / f"~{kind}-{key}-{os.getpid()}-{get_ident()}"
    with contextlib.suppress(OSError):
        _make(place)
        if not _is_private(place):
            return
        secret = _secret(place) or _new_secret(place)
        try:
            temporary.write_bytes(_MAGIC + _seal(secret, kind, key, content) + content)
            temporary.replace(place / f"{kind}-{key}")
        finally:
            temporary.unlink(missing_ok=True)
        _tidy(place, kind)


def clear() -> None:
    """Remove what is ours from the folder, the secret too, and the folder when nothing else is in it."""
    place = folder()
    if place is None:
        return
    with contextlib.suppress(OSError):
        for path in place.iterdir():
            if _OURS.fullmatch(path.name) and not path.is_dir():
                path.unlink()
        place.rmdir()


def _seal(secret: bytes, kind: str, key: str, content: bytes) -> bytes:
    from hmac import digest  # noqa: PLC0415 - only where something is kept

    return digest(secret, f"{kind}-{key}\n".encode() + content, "sha256")


def _make(place: Path) -> None:
    """Make the folder and those above it, each for the user alone whatever the umask lets through."""
    if place.parent != place and not place.parent.is_dir():
        _make(place.parent)
    with contextlib.suppress(FileExistsError):
        place.mkdir(mode=0o700)


def _is_private(place: Path) -> bool:
    """Tell whether the folder is the user's alone; one that holds only ours is made so. Raises OSError."""
    if sys.platform == "win32":
        return True
    told = place.stat()
    if told.st_uid != os.geteuid() or place.lstat().st_uid != told.st_uid or not stat.S_ISDIR(told.st_mode):
        return False
    if told.st_mode & _OTHERS:
        if not all(_OURS.fullmatch(name) for name in os.listdir(place)):  # noqa: PTH208 - names are enough
            return False
        place.chmod(0o700)
        (place / _KEY_FILE).unlink(missing_ok=True)  # others may have put it there
        return not place.stat().st_mode & _OTHERS
    return True


def _secret(place: Path) -> bytes | None:
    """Return the user's secret; None when there is none, or one that others made or can read. Raises OSError."""
    try:
        handle = os.open(place / _KEY_FILE, os.O_RDONLY | _FLAGS)
    except OSError:
        return None
    try:
        told = os.fstat(handle)
        if sys.platform != "win32" and (told.st_uid != os.geteuid() or told.st_mode & _OTHERS):
            return None
        secret = os.read(handle, _SEAL + 1) if stat.S_ISREG(told.st_mode) else b""
    finally:
        os.close(handle)
    return secret if len(secret) == _SEAL else None


def _new_secret(place: Path) -> bytes:
    """Return a new secret, written whole under its name or not at all; the first of two at once is kept.

    Raises OSError.
    """
    temporary = place / f"~{_KEY_FILE}-{os.getpid()}-{get_ident()}"
    secret = os.urandom(_SEAL)
    try:
        handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _FLAGS, 0o600)
        try:
            os.write(handle, secret)
        finally:
            os.close(handle)
        try:
            os.link(temporary, place / _KEY_FILE)
        except FileExistsError:
            earlier = _secret(place)
            if earlier is not None:
                return earlier
            temporary.replace(place / _KEY_FILE)
        except OSError:  # a drive without links
            temporary.replace(place / _KEY_FILE)
    finally:
        temporary.unlink(missing_ok=True)
    return secret


def _tidy(place: Path, kind: str) -> None:
    kept = sorted(place.glob(f"{kind}-*"), key=lambda p: p.stat().st_mtime, reverse=True)
    for old in kept[_KEPT:]:
        old.unlink(missing_ok=True)
