"""One run of the desk: the lock, the folder, the port, the keys; from the first address to the removed folder."""

from __future__ import annotations

import contextlib
import os
import signal
import threading
import time
import webbrowser
from collections.abc import Callable

from nianbao.errors import OutputError
from nianbao.oserrors import why
from nianbao.serve import instance, page_filling, server, service_folders, web
from nianbao.serve.button_requests import Addin, Excel
from nianbao.serve.desk import UNUSED, DeskPages
from nianbao.serve.guard import App, Guard
from nianbao.serve.instance import Address, Instance
from nianbao.serve.keys import Keys
from nianbao.serve.web import Answer, Params

Say = Callable[[str], None]


class DeskRun:
    """What lives from the start of a desk to its end."""

    def __init__(self, mine: Instance, mask: int, excel: Excel | None = None) -> None:
        self.keys = Keys()
        self.socket = server.listen()
        self.port = self.socket.getsockname()[1]
        self.base = f"/{self.keys.place}/"
        self.url = f"http://127.0.0.1:{self.port}{self.base}"
        self._mine = mine
        self._folder = service_folders.begin(mine.place)
        self._used = time.monotonic()
        self._ended = threading.Event()
        self.desk = DeskPages(self._folder, self.base, self._ended.set)
        self.addin = Addin(self.desk.pool, self._folder, mask, excel)
        self.guard = Guard(self._application(), self.keys, self.port, self._seen)

    def _application(self) -> App:
        at = self.base
        shown = {f"{at}start/{{token}}": self._start, **{at + k: v for k, v in self.desk.shown.items()}}
        done = {f"{at}open": self._open, f"{at}close": self.desk.end, **{at + k: v for k, v in self.desk.done.items()}}
        done |= {f"{at}addin/state": self.addin.state, f"{at}addin/excel": self.addin.click}
        received = {at + k: v for k, v in self.desk.received.items()}
        return web.application(shown, done, received, {f"{at}addin/press": self.addin.press})

    def opens(self) -> str:
        """Return an address that opens the desk once."""
        return f"{self.url}start/{self.keys.token()}"

    def serve(self, ready: Callable[[], None]) -> None:
        """Serve until the end; `ready` is called once it answers."""

        def begun() -> None:
            self._mine.tell(Address(self.url, self.keys.key))
            ready()

        server.run(self.guard, self.socket, begun, self._over)

    def close(self) -> None:
        """Remove what the run had."""
        with contextlib.ExitStack() as last:
            last.callback(self._mine.release)
            last.callback(service_folders.remove, self._folder)
            last.callback(self.socket.close)
            self.addin.close()
            self.desk.close()

    def _seen(self) -> None:
        self._used = time.monotonic()

    def _over(self) -> bool:
        unused = time.monotonic() - self._used > UNUSED and not (self.desk.works.busy or self.addin.busy)
        return self._ended.is_set() or unused

    def _start(self, params: Params, _query: Params) -> Answer:
        """Make a token a cookie, and let the page go on by itself: a browser sends the cookie from then on."""
        cookie = self.keys.redeem(params["token"])
        if not cookie:
            return web.html(page_filling.fill("start.html", base=self.base, opened=False), 403)
        flags = f"Path={self.base}; HttpOnly; SameSite=Strict"
        headers = {"Set-Cookie": f"{self.guard.cookie}={cookie}; {flags}"}
        return web.html(page_filling.fill("start.html", base=self.base, opened=True), headers=headers)

    def _open(self, _params: Params, _sent: object) -> Answer:
        """Give a program of this user an address that opens the desk."""
        return web.told(open=self.opens())


def serve(say: Say, excel: Excel | None = None, *, show: bool = True) -> None:
    """Serve until nobody uses it, or open the desk that this user already has. Raises OutputError.

    `say` tells the user where it is; `excel` presses the buttons of an Excel; with `show` the browser is opened.
    """
    mask = os.umask(0o077)
    signal.signal(signal.SIGTERM, _interrupt)  # so that a desk that is told to end removes its folder
    mine = instance.take_or_ask(service_folders.own())
    if isinstance(mine, str):
        say(f"年报台已经打开：{mine}")
        _browse(mine, show)
        return
    try:
        run = DeskRun(mine, mask, excel)
    except OSError as e:
        mine.release()
        raise OutputError(f"年报台没有启动（{why(e)}）") from e

    def ready() -> None:
        address = run.opens()
        say(f"年报台已打开：{address}\n只在本机使用；网页都关上 {UNUSED // 60:.0f} 分钟后自己结束，也可以按 Ctrl+C。")
        _browse(address, show)

    try:
        run.serve(ready)
    finally:
        run.close()


def _interrupt(_number: int, _frame: object) -> None:
    raise KeyboardInterrupt


def _browse(address: str, show: bool) -> None:
    if show:
        threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()
