"""Listening on this machine alone: the only module that knows uvicorn. Connections are bounded."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable
from typing import Any

import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

from nianbao.serve.guard import App

MOST_OPEN = 120
"""Connections at once; of more, the one that has waited longest without asking anything is closed."""

PATIENCE = 10.0
"""Seconds a connection may take to say what it wants, and may stay when it wants nothing more."""

_TURN = 0.5


class _Bounded(H11Protocol):
    """A connection that is closed when it asks for nothing, however slowly it pretends to."""

    waiting: dict[_Bounded, asyncio.TimerHandle] = {}  # noqa: RUF012 - shared by all connections on purpose

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin the patience with a new connection; where there are too many, the oldest idle one goes."""
        super().connection_made(transport)
        self._wait()
        if len(self.connections) > MOST_OPEN:
            next(iter(self.waiting))._give_up()

    def data_received(self, data: bytes) -> None:
        """End the patience where a request, its body apart, is whole and not yet answered."""
        super().data_received(data)
        if self.cycle is not None and not self.cycle.response_complete:
            self._answered()

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget a connection."""
        self._answered()
        super().connection_lost(exc)

    def on_response_complete(self) -> None:
        """Begin the patience anew."""
        super().on_response_complete()
        self._answered()
        if not self.transport.is_closing():
            self._wait()

    def _wait(self) -> None:
        self.waiting[self] = self.loop.call_later(PATIENCE, self._give_up)

    def _answered(self) -> None:
        timer = self.waiting.pop(self, None)
        if timer:
            timer.cancel()

    def _give_up(self) -> None:
        self._answered()
        self.transport.abort()


def listen() -> socket.socket:
    """Return a socket on a free port of 127.0.0.1. Raises OSError."""
    made = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    made.bind(("127.0.0.1", 0))
    made.listen(MOST_OPEN)
    return made


def run(app: App, where: socket.socket, ready: Callable[[], None], over: Callable[[], bool]) -> None:
    """Serve until `over` tells so or the user presses Ctrl+C; `ready` is called once it answers."""
    # fmt: off
    config = uvicorn.Config(
        app, http=_Bounded, ws="none", lifespan="off", log_config=None, log_level="critical", access_log=False,
        server_header=False, date_header=False, proxy_headers=False, timeout_keep_alive=int(PATIENCE),
        timeout_graceful_shutdown=3, h11_max_incomplete_event_size=32 * 1024,
    )
    # fmt: on
    server = _Server(config, ready, over)
    server.run(sockets=[where])


class _Server(uvicorn.Server):
    def __init__(self, config: uvicorn.Config, ready: Callable[[], None], over: Callable[[], bool]) -> None:
        super().__init__(config)
        self._ready, self._over = ready, over

    async def startup(self, sockets: Any = None) -> None:
        await super().startup(sockets)
        self._ready()

    async def on_tick(self, counter: int) -> bool:
        """Look every half second whether it is over."""
        if counter % int(_TURN * 10) == 0 and self._over():
            return True
        return await super().on_tick(counter)
