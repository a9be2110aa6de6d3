"""One desk for each user: who holds the lock serves and says in the user's own file where; others open that."""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from nianbao import locks
from nianbao.errors import OutputError
from nianbao.oserrors import why
from nianbao.serve import service_folders
from nianbao.state import home

LOCK, ADDRESS = "serve.lock", "serve.json"
PATIENCE = 20.0
"""Seconds to wait for another start that has the lock and doesn't serve yet."""

_ASKED = 5.0
_MOST = 4096


@dataclass(frozen=True)
class Address:
    """Where a desk is (http://127.0.0.1:port/place/) and the key that its user's programs ask with."""

    url: str
    key: str


class Instance:
    """The lock, held until `release` or the end of the process."""

    def __init__(self, place: Path, handle: int) -> None:
        self.place = place
        self._handle = handle

    def tell(self, address: Address) -> None:
        """Write where the desk is, for this user alone. Raises OSError."""
        temporary = self.place / f"~{ADDRESS}-{secrets.token_hex(4)}"
        with os.fdopen(service_folders.create(temporary), "w", encoding="utf-8") as file:
            json.dump({"url": address.url, "key": address.key}, file)
        temporary.replace(self.place / ADDRESS)

    def release(self) -> None:
        """Say no longer where the desk is, and let the lock go."""
        with contextlib.suppress(OSError):
            (self.place / ADDRESS).unlink(missing_ok=True)
        os.close(self._handle)


def take(place: Path) -> Instance | None:
    """Return the lock, None where another process of this user holds it. Raises OutputError."""
    try:
        flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0)
        handle = os.open(place / LOCK, flags, 0o600)
    except OSError as e:
        raise OutputError(f"“{place / LOCK}”不能写入（{why(e)}），年报台没有启动") from e
    if not locks.taken(handle):
        os.close(handle)
        return None
    with contextlib.suppress(OSError):
        (place / ADDRESS).unlink(missing_ok=True)  # that of a run that was killed
    return Instance(place, handle)


def read(place: Path) -> Address | None:
    """Return what the serving process tells, None where it doesn't (yet)."""
    try:
        with os.fdopen(service_folders.opened(place / ADDRESS), "rb") as file:
            told = json.loads(file.read(_MOST))
        url, key = told["url"], told["key"]
    except (OSError, ValueError, KeyError, TypeError):
        return None
    is_ours = isinstance(url, str) and isinstance(key, str) and url.startswith("http://127.0.0.1:")
    return Address(url, key) if is_ours else None


def take_or_ask(place: Path, patience: float = PATIENCE, sleep: Callable[[float], None] = time.sleep) -> Instance | str:
    """Return the lock, or an address that opens the desk of the process that holds it. Raises OutputError."""
    end = time.monotonic() + patience
    while True:
        mine = take(place)
        if mine:
            return mine
        address = read(place)
        opens = asked(address) if address else ""
        if opens:
            return opens
        if time.monotonic() > end:
            raise OutputError("年报台已经在运行，但是没有回应；请稍等再试，或注销后重新登录")
        sleep(0.1)


def end(place: Path, patience: float = PATIENCE) -> bool:
    """End the desk that this user has open, if any; tell whether none is open any more."""
    until = time.monotonic() + patience
    while True:
        mine = take(place)
        if mine:
            mine.release()
            return True
        address = read(place)
        if address:
            _answer(address, "close")
        if time.monotonic() > until:
            return False
        time.sleep(0.1)


def leave() -> None:
    """End the desk that this user has open and remove the folder of the service. Raises OutputError."""
    place = home() / "serve"
    if place.is_dir() and not place.is_symlink():
        if not end(place):
            raise OutputError("年报台还开着，请点网页下面的“结束年报台”，再试一次")
        service_folders.remove(place)


def asked(address: Address) -> str:
    """Return an address that opens a running desk once, '' where it doesn't answer."""
    opens = _answer(address, "open").get("open", "")
    return opens if isinstance(opens, str) and opens.startswith(address.url) else ""


def _answer(address: Address, what: str) -> dict[str, object]:
    """Ask a running desk as a program of its user, and return what it says; nothing where it doesn't answer."""
    parts = urlsplit(address.url)
    try:
        connection = http.client.HTTPConnection("127.0.0.1", parts.port or 0, timeout=_ASKED)
        with contextlib.closing(connection):
            connection.request("POST", f"{parts.path}{what}", headers={"Authorization": f"Bearer {address.key}"})
            answer = connection.getresponse()
            told = json.loads(answer.read(_MOST)) if answer.status == 200 else {}
    except (OSError, ValueError, http.client.HTTPException):
        return {}
    return told if isinstance(told, dict) else {}
