"""What the add-ins ask of the desk: a button is pressed, how far is it.

The one inside WPS posts what its workbook says. The one inside Excel tells its window, and a process of the desk's own
asks that Excel itself. One button at a time. The key in the address file is all that lets them in (guard.py).
"""

from __future__ import annotations

import os
import re
import secrets
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nianbao import __version__
from nianbao.errors import InputError
from nianbao.ribbon import posted
from nianbao.ribbon.buttons import BUTTONS
from nianbao.ribbon.posted import Press
from nianbao.serve import web
from nianbao.serve.web import Answer, Params
from nianbao.serve.workers import Call, Pool, RefusedTask, Task, Tell, Worker

LONG = 4 * 3600.0
"""Seconds a button for many bodies may take."""

_MANY = ("batch", "rollup")
_WAIT = 1.0
_BUSY = "上一次点的按钮还在运行，请等它做完再点。屏幕下方的状态栏显示它做到了哪里"
_OTHER = "加载项与年报程序的版本不一致"
_HANDLE = re.compile(r"-?[0-9]{1,20}", re.ASCII)
_GONE = "这一次点击的结果已经不在了，请再点一次"


@dataclass(frozen=True)
class ButtonJob:
    """A pressed button for a worker, with the user's own file mode: what is made lies in the user's folders."""

    press: Press
    mask: int


@dataclass(frozen=True)
class Click:
    """A button pressed inside Excel: its name, the workbook's name, the window's handle, what was chosen for it."""

    button: str
    book: str
    window: str
    path: str


@dataclass(frozen=True)
class Excel:
    """How the buttons of an Excel are pressed.

    `work` is what a worker does with a `Click`; it returns what is to be opened. `open` opens that; it returns what to
    say where nothing does.
    """

    work: Task
    open: Callable[[Path], str]


@dataclass(frozen=True)
class ButtonRun:
    """A button at work."""

    id: str
    call: Call
    future: Future[Any]


def work(job: ButtonJob, tell: Tell) -> posted.Told:
    """Do what the button does, in a worker."""
    before = os.umask(job.mask)
    try:
        return posted.press(job.press, tell)
    finally:
        os.umask(before)


class Addin:
    """The add-ins' side of a desk; `mask` is the file mode mask that the user's programs have.

    Buttons of an Excel have a worker of their own below `place`, that stays warm: the first click starts it.
    """

    def __init__(self, pool: Pool, place: Path, mask: int, excel: Excel | None = None) -> None:
        self._pool = pool
        self._place = place
        self._mask = mask
        self._excel = excel
        self._hands: Worker | None = None
        self._threads = ThreadPoolExecutor(1, "addin")
        self._lock = threading.Lock()
        self._run: ButtonRun | None = None

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
        if self._hands:
            self._hands.end()

    def press(self, _params: Params, sent: Any) -> Answer:
        """Press a button; answer what is to be done in the workbook, or that it runs."""
        try:
            job = ButtonJob(posted.pressed(sent), self._mask)
        except InputError as e:
            return web.told(400, told=f"{e}。")
        return self._begun(lambda call: self._done(job, call))

    def click(self, _params: Params, sent: Any) -> Answer:
        """Press a button of an Excel; 404 where that is asked by another version, which starts its own program."""
        click, excel = _clicked(sent), self._excel
        if click is None or excel is None:
            return web.told(404, told=f"{_OTHER}。")
        return self._begun(lambda call: self._pressed(excel, click, call))

    def _begun(self, work: Callable[[Call], Any]) -> Answer:
        with self._lock:
            if self.busy:
                return web.told(409, told=f"{_BUSY}。")
            call = Call()
            run = self._run = ButtonRun(secrets.token_hex(8), call, self._threads.submit(work, call))
        return _answer(run)

    def _pressed(self, excel: Excel, click: Click, call: Call) -> Any:
        """Press it once: whoever clicked may have answered questions already. Messages stay as long as their reader."""
        if self._hands is None or not self._hands.lives:
            self._hands = Worker(self._place)
        opened = self._hands.run(excel.work, click, call, LONG)
        if isinstance(opened, RefusedTask):
            return opened
        return {"told": "".join(excel.open(Path(path)) for path in opened)}

    def _done(self, job: ButtonJob, call: Call) -> Any:
        if job.press.button in _MANY:
            return self._pool.run_alone(work, job, call, LONG)
        return self._pool.run(work, job, call)

    def state(self, _params: Params, sent: Any) -> Answer:
        """Tell how far a button is, or what came of it."""
        run = self._run
        if run is None or not isinstance(sent, dict) or sent.get("run") != run.id:
            return web.told(404, told=f"{_GONE}。")
        return _answer(run)


def _clicked(sent: Any) -> Click | None:
    """Return what was posted; None where it is no button of this version's add-in with a workbook and its window."""
    told = sent if isinstance(sent, dict) else {}
    words = [w for k in ("button", "book", "window", "path") if isinstance(w := told.get(k), str)]
    if told.get("version") != __version__ or len(words) != 4:
        return None
    click = Click(*words)
    return click if click.button in BUTTONS and click.book and _HANDLE.fullmatch(click.window) else None


def _answer(run: ButtonRun) -> Answer:
    try:
        answer = run.future.result(_WAIT)
    except TimeoutError:
        return web.told(202, run=run.id, what=run.call.progress[2])
    if isinstance(answer, RefusedTask):
        return web.told(422, told=f"{answer.told}。")
    return web.told(**answer)
