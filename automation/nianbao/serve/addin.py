"""What the add-in inside WPS asks of the desk: a button is pressed with what its workbook says, how far is it.

One button at a time, as inside Excel. The key in the address file is all that lets it in (guard.py).
"""

from __future__ import annotations

import os
import secrets
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

from nianbao.errors import InputError
from nianbao.ribbon import posted
from nianbao.ribbon.posted import Press
from nianbao.serve import web
from nianbao.serve.web import Answer, Params
from nianbao.serve.workers import Call, Pool, Refused, Tell

LONG = 4 * 3600.0
"""Seconds a button for many bodies may take."""

_MANY = ("batch", "rollup")
_WAIT = 1.0
_BUSY = "上一次点的按钮还在运行，请等它做完再点。屏幕下方的状态栏显示它做到了哪里"
_GONE = "这一次点击的结果已经不在了，请再点一次"


@dataclass(frozen=True)
class Job:
    """A pressed button for a worker, with the user's own file mode: what is made lies in the user's folders."""

    press: Press
    mask: int


@dataclass(frozen=True)
class Run:
    """A button at work."""

    id: str
    call: Call
    future: Future[Any]


def work(job: Job, tell: Tell) -> posted.Told:
    """Do what the button does, in a worker."""
    before = os.umask(job.mask)
    try:
        return posted.press(job.press, tell)
    finally:
        os.umask(before)


class Addin:
    """The add-in's side of a desk; `mask` is the file mode mask that the user's programs have."""

    def __init__(self, pool: Pool, mask: int) -> None:
        self._pool = pool
        self._mask = mask
        self._threads = ThreadPoolExecutor(1, "addin")
        self._lock = threading.Lock()
        self._run: Run | None = None

    @property
    def busy(self) -> bool:
        """Tell whether a button is at work."""
        run = self._run
        return run is not None and not run.future.done()

    def close(self) -> None:
        """Stop what is at work."""
        if self._run:
            self._run.call.stopped.set()
        self._threads.shutdown(wait=False, cancel_futures=True)

    def press(self, _params: Params, sent: Any) -> Answer:
        """Press a button; answer what is to be done in the workbook, or that it runs."""
        try:
            job = Job(posted.pressed(sent), self._mask)
        except InputError as e:
            return web.told(400, told=f"{e}。")
        with self._lock:
            if self.busy:
                return web.told(409, told=f"{_BUSY}。")
            call = Call()
            run = self._run = Run(secrets.token_hex(8), call, self._threads.submit(self._done(job, call)))
        return _answer(run)

    def _done(self, job: Job, call: Call) -> Callable[[], Any]:
        if job.press.button in _MANY:
            return lambda: self._pool.run_alone(work, job, call, LONG)
        return lambda: self._pool.run(work, job, call)

    def state(self, _params: Params, sent: Any) -> Answer:
        """Tell how far a button is, or what came of it."""
        run = self._run
        if run is None or not isinstance(sent, dict) or sent.get("run") != run.id:
            return web.told(404, told=f"{_GONE}。")
        return _answer(run)


def _answer(run: Run) -> Answer:
    try:
        answer = run.future.result(_WAIT)
    except TimeoutError:
        return web.told(202, run=run.id, what=run.call.progress[2])
    if isinstance(answer, Refused):
        return web.told(422, told=f"{answer.told}。")
    return web.told(**answer)
