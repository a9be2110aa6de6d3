"""Who may ask: judged of every request before anything else looks at it, and what every answer says to the browser.

A page of another site, of another port of this machine, of another user, or another name that leads here (DNS
rebinding) is refused without a word about what is here.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from nianbao.serve.keys import Keys

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Headers = list[tuple[bytes, bytes]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
USUAL = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "cache-control": "no-store",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=()",
}
_REFUSED = "这里只供本机打开“年报台”的人使用。请从“年报台”图标重新打开。"
_OURS = ("same-origin", "none")
_METHODS = ("GET", "POST", "PUT")

_LOCAL = ("null", "file://")
"""Where the add-in's page comes from: a folder of this machine. Its key lets it in, from nowhere else."""

_SENT = {"authorization", "content-type"}
_PREFLIGHT = "access-control-request-"


class Guard:
    """The application as it may be asked on one port."""

    def __init__(self, inside: App, keys: Keys, port: int, seen: Callable[[], None]) -> None:
        self._inside = inside
        self._keys = keys
        self._host = f"127.0.0.1:{port}"
        self._begin = f"/{keys.place}/"
        self._seen = seen
        self.cookie = f"nianbao-{port}"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or refuse it."""
        if scope["type"] != "http":
            return
        if self._is_preflight(scope):
            await _plain(send, 204, _preflight(scope["headers"]))
            return
        if not self._may(scope):
            await _refuse(send)
            return
        self._seen()
        allowed = _allowed(scope["headers"]) if self._is_addins(scope) else {}
        if self._again(scope):
            await _plain(send, 303, {"location": self._begin})
            return

        async def say(message: Message) -> None:
            if message["type"] == "http.response.start":
                given = {k for k, _ in message["headers"]}
                more = [(k.encode(), v.encode()) for k, v in {**USUAL, **allowed}.items() if k.encode() not in given]
                message["headers"] = [*message["headers"], *more]
            await send(message)

        await self._inside(scope, receive, say)

    def _may(self, scope: Scope) -> bool:
        headers, method, path = scope["headers"], scope["method"], scope["path"]
        origin = _all(headers, b"origin")
        if _all(headers, b"host") != [self._host] or method not in _METHODS or not path.startswith(self._begin):
            return False
        if self._is_addins(scope):
            return method == "POST" and (not origin or _is_local(origin)) and self._is_program(headers)
        if origin not in ([], [f"http://{self._host}"]):
            return False
        rest = path.removeprefix(self._begin)
        if rest in ("open", "close") and method == "POST":  # a program of this user: browsers don't know the key
            return not origin and self._is_program(headers)
        if rest.startswith("start/") and method == "GET":  # opened by the system; the token is judged where it is used
            return True
        is_ours = all(site in _OURS for site in _all(headers, b"sec-fetch-site")) and (method == "GET" or bool(origin))
        return is_ours and any(self._keys.knows(c) for c in self.cookies(headers))

    def _is_addins(self, scope: Scope) -> bool:
        return bool(scope["path"].startswith(f"{self._begin}addin/"))

    def _is_preflight(self, scope: Scope) -> bool:
        """Tell whether a browser asks, before the add-in's page asks, whether that may; it is told nothing else.

        The key does not come with this question; whoever asks it knows the secret place.
        """
        headers = scope["headers"]
        method = _all(headers, f"{_PREFLIGHT}method".encode())
        sent = {n.strip().lower() for v in _all(headers, f"{_PREFLIGHT}headers".encode()) for n in v.split(",")}
        return (
            scope["method"] == "OPTIONS"
            and self._is_addins(scope)
            and _all(headers, b"host") == [self._host]
            and _is_local(_all(headers, b"origin"))
            and method == ["POST"]
            and sent <= _SENT
        )

    def _again(self, scope: Scope) -> bool:
        """Tell whether the browser that an address opened comes by it again."""
        before, start, token = scope["path"].removeprefix(self._begin).partition("start/")
        return not before and bool(start) and any(self._keys.opened(token, c) for c in self.cookies(scope["headers"]))

    def _is_program(self, headers: Headers) -> bool:
        sent = _all(headers, b"authorization")
        return len(sent) == 1 and self._keys.is_key(sent[0].removeprefix("Bearer "))

    def cookies(self, headers: Headers) -> list[str]:
        """Return the values of our cookie among the header fields of a request."""
        pairs = (p.strip().partition("=") for line in _all(headers, b"cookie") for p in line.split(";"))
        return [value for name, _, value in pairs if name == self.cookie]


def _all(headers: Headers, name: bytes) -> list[str]:
    return [v.decode("latin-1") for k, v in headers if k.lower() == name]


def _is_local(origin: list[str]) -> bool:
    return len(origin) == 1 and origin[0] in _LOCAL


def _allowed(headers: Headers) -> dict[str, str]:
    """Return what lets the add-in's page read the answer."""
    origin = _all(headers, b"origin")
    return {"access-control-allow-origin": origin[0], "vary": "Origin"} if _is_local(origin) else {}


def _preflight(headers: Headers) -> dict[str, str]:
    told = {"access-control-allow-methods": "POST", "access-control-allow-headers": ", ".join(sorted(_SENT))}
    if _all(headers, f"{_PREFLIGHT}private-network".encode()) == ["true"]:
        told["access-control-allow-private-network"] = "true"
    return {**_allowed(headers), **told}


async def _plain(send: Send, status: int, more: dict[str, str]) -> None:
    headers = {**USUAL, **more, "content-length": "0"}
    listed = [(k.encode(), v.encode()) for k, v in headers.items()]
    await send({"type": "http.response.start", "status": status, "headers": listed})
    await send({"type": "http.response.body", "body": b""})


async def _refuse(send: Send) -> None:
    body = _REFUSED.encode("utf-8")
    headers = {
        **USUAL,
        "content-type": "text/plain; charset=utf-8",
        "content-length": str(len(body)),
        "connection": "close",
    }
    listed = [(k.encode(), v.encode()) for k, v in headers.items()]
    await send({"type": "http.response.start", "status": 403, "headers": listed})
    await send({"type": "http.response.body", "body": body})
