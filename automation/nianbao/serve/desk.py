"""The desk: its pages and what is asked of it, over the pieces of work and the workers."""

from __future__ import annotations

import os
import re
import threading
import time
from collections.abc import AsyncIterator, Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from html import unescape
from pathlib import Path
from typing import Any

from nianbao import __version__
from nianbao.county.model import PAGE as OVERVIEW
from nianbao.county.run.processes import usual_workers
from nianbao.dates import today
from nianbao.files import safe_name
from nianbao.ooxml import zips
from nianbao.pipeline.file_kinds import RESAVED, to_resave
from nianbao.serve import page_filling, service_folders, uploads, web
from nianbao.serve.desk_cures import of_page
from nianbao.serve.forms import Given, Result, Slot
from nianbao.serve.pages import pages
from nianbao.serve.web import Answer, Params
from nianbao.serve.workers import Call, Pool, RefusedTask, Task
from nianbao.serve.works import MOST, Files, Work, Works, settle

UNUSED = 60 * 60.0
"""Seconds without a sign of an open page after which the desk ends by itself. An open page gives one a minute."""

BEAT = 60
"""Seconds between the signs of an open page."""

MOST_WORKERS = 4
LONG = 4 * 3600.0
"""Seconds a county may take."""

_WAIT = 1.0
"""Seconds within which most tasks are done, so that the page need not ask again; what takes longer can be stopped."""

_POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">')
"""What the overview page says of its own style and script."""

_BUSY = "上一步还没有做完，请稍等"
_ID = 80
"""Characters of the id by which a page tells itself from others that show the same."""

_GONE = "这份材料已经不在了：年报台只保留最近用过的，请再放一次文件"


class DeskPages:
    """What the pages show and do. `base` begins every address."""

    def __init__(self, place: Path, base: str, end: Callable[[], None]) -> None:
        self.base = base
        self.pages = {p.id: p for p in pages(today())}
        self._forms = {f.id: f for p in self.pages.values() for f in p.forms}
        self.works = Works(place)
        self.pool = Pool(max(1, min(MOST_WORKERS, usual_workers())), place)
        self._threads = ThreadPoolExecutor(16, "task")
        self._long = ThreadPoolExecutor(MOST, "long")  # most of them wait for the pool, and can be stopped there
        self._end = end
        threading.Thread(target=self.pool.warm, daemon=True).start()

    def close(self) -> None:
        """Stop whatever runs."""
        self.works.stop()
        self.pool.close()
        for threads in (self._threads, self._long):
            threads.shutdown(wait=False, cancel_futures=True)

    # ---- pages

    def home(self, _params: Params, _query: Params) -> Answer:
        """Show what can be done."""
        return self._page("home.html", "年报台", page_=self.pages["check"])

    def form(self, params: Params, _query: Params) -> Answer:
        """Show one page's forms."""
        shown = self.pages.get(params["page"])
        if shown is None:
            return self._lost("没有这一页")
        return self._page("form.html", shown.title, page_=shown)

    def help(self, _params: Params, _query: Params) -> Answer:
        """Show how the desk is used."""
        return self._page("help.html", "帮助", minutes=int(UNUSED // 60))

    def static(self, params: Params, _query: Params) -> Answer:
        """Give the style sheet or the script."""
        kinds = {"serve.css": "text/css; charset=utf-8", "serve.js": "text/javascript; charset=utf-8"}
        kind = kinds.get(params["name"])
        return Answer(page_filling.static(params["name"]), kind=kind) if kind else self._lost("没有这个文件")

    def _page(self, template: str, title: str, status: int = 200, **words: Any) -> Answer:
        usual: dict[str, Any] = {
            "base": self.base,
            "title": title,
            "pages": self.pages.values(),
            "version": __version__,
        }
        usual |= {"beat": BEAT, "most": uploads.MOST, "ends": int(UNUSED // 60)}
        return web.html(page_filling.fill(template, **usual, **words), status)

    def _lost(self, said: str) -> Answer:
        return self._page("lost.html", "没有找到", 404, said=said)

    # ---- a piece of work

    def begin(self, params: Params, _sent: Any) -> Answer:
        """Begin a piece of work for one of the forms."""
        form = self._forms.get(params["form"])
        if form is None:
            return web.told(404, told="没有这项功能")
        return web.told(work=self.works.new(form).id)

    async def receive(self, params: Params, name: str, parts: AsyncIterator[bytes], announced: int | None) -> Answer:
        """Take a file that was dropped."""
        work = self.works.get(params["work"])
        slot = work.form.slot.get(params["slot"]) if work else None
        if work is None or slot is None:
            return web.told(404, told=_GONE)
        shown = uploads.shown(name, folders=slot.many)
        refused = _not_taken(shown, slot) or _too_many(work, slot)
        if refused:
            return web.told(415, told=refused)
        earlier = _earlier(work, params.get("turn"))
        if earlier or work.call is not None:
            return web.told(409, told=earlier or _BUSY)
        temporary, _ = await uploads.receive(parts, work.folder, uploads.MOST, announced, partial(self._room, work))
        work.lay(slot.id, shown, temporary, params.get("page", "")[:_ID])
        return web.told(taken=shown)

    def _room(self, work: Work, size: int) -> None:
        """Count bytes that come, or were not kept (less than 0). Raises TooMuchError where there is no room."""
        with work.lock:
            if work.size + size > uploads.MOST_WORK and size > 0:
                raise uploads.TooMuchError(uploads.full(uploads.MOST_WORK))
            if self.works.size + size > uploads.MOST_ALL and size > 0:
                raise uploads.TooMuchError(f"{uploads.full(uploads.MOST_ALL)}，或者结束年报台，重新打开再放")
            work.size += size

    def go(self, params: Params, sent: Any) -> Answer:
        """Start what the form is for, with what was typed; answer when it is done, or that it runs."""
        work = self.works.get(params["work"])
        if work is None:
            return web.told(404, told=_GONE)
        earlier, by = _earlier(work, _word_sent(sent, "turn")), _word_sent(sent, "page")
        if earlier:
            return web.told(409, told=earlier)
        files = work.with_laid(by)
        lacking = [s.label for s in work.form.slots if s.required and not files.get(s.id)]
        if lacking:
            return web.told(400, told=f"请先放进{'、'.join(lacking)}")
        return self._start(work, work.form.task, files, sent, first=True)

    def more(self, params: Params, sent: Any) -> Answer:
        """Make more of what a piece of work gave."""
        work = self.works.get(params["work"])
        if work is None or work.result is None or work.form.more is None:
            return web.told(404, told=_GONE)
        earlier = _earlier(work, _word_sent(sent, "turn"))
        if earlier:
            return web.told(409, told=earlier)
        return self._start(work, work.form.more, work.files, sent, first=False)

    def _start(self, work: Work, task: Task, files: Files, sent: Any, *, first: bool) -> Answer:
        with work.lock:
            if work.call is not None:
                return web.told(409, told=_BUSY)
            work.call = Call()
        fields = {**work.fields, **_texts(sent, "fields")}
        given = Given(work.new_folder("out"), dict(files), fields, self._link(work))
        threads = self._long if work.form.long and first else self._threads
        future = threads.submit(self._run, work, task, given, _word_sent(sent, "page"), first=first)
        try:
            future.result(_WAIT)
        except TimeoutError:
            return web.told(202, state=f"{self._link(work)}state", stop=f"{self._link(work)}stop")
        return self._outcome(work)

    def _run(self, work: Work, task: Task, given: Given, by: str, *, first: bool) -> None:
        answer: Result | RefusedTask = RefusedTask("程序没有做完，请再试一次")
        call = work.call or Call()
        try:
            if work.form.long and first:
                answer = self.pool.run_alone(task, given, call, LONG)
            else:
                answer = self.pool.run(task, given, call, partial(service_folders.clear, given.folder))
        finally:
            if isinstance(answer, RefusedTask):
                service_folders.remove(given.folder)
            settle(work, answer, given, first=first, page=by)

    def _outcome(self, work: Work) -> Answer:
        if work.refused:
            return web.told(told=f"{work.refused}。")
        return web.told(go=self._link(work))

    def _link(self, work: Work) -> str:
        return f"{self.base}work/{work.id}/"

    def state(self, params: Params, _query: Params) -> Answer:
        """Tell how far a piece of work is."""
        work = self.works.get(params["work"])
        if work is None:
            return web.told(404, told=_GONE)
        call = work.call
        if call is None:
            return self._outcome(work)
        done, total, what = call.progress
        return web.told(202, done=done, total=total, what=what)

    def stop(self, params: Params, _sent: Any) -> Answer:
        """Stop what a piece of work does."""
        work = self.works.get(params["work"])
        if work and work.call:
            work.call.stopped.set()
        return web.told(stopped=True)

    def work(self, params: Params, _query: Params) -> Answer:
        """Show what a piece of work gave."""
        work = self.works.get(params["work"])
        if work is None or work.result is None:
            return self._lost(_GONE if work is None else "还没有结果，请回到上一页再试")
        owner = next(p for p in self.pages.values() if work.form in p.forms)
        head, _, rest = work.result.html.partition(page_filling.MADE)
        return self._page(
            "work.html",
            owner.title,
            page_=owner,
            link=self._link(work),
            head=page_filling.made(head),
            rest=page_filling.made(rest),
            turn=work.turn,
            refused=work.refused,
            batches=_batches(work),
            packs=len(work.downloads) > 1 and not any(f.name.endswith(".zip") for f in work.downloads),
        )

    # ---- what was made

    def file(self, params: Params, _query: Params) -> Answer:
        """Give a file that was made."""
        work = self.works.get(params["work"])
        number = params["number"]
        files = work.downloads if work else ()
        if not number.isdecimal() or len(number) > 6 or int(number) >= len(files):
            return self._lost(_GONE)
        file = files[int(number)]
        return self._given(file.path, file.name)

    def _given(self, path: Path, name: str) -> Answer:
        try:
            os.close(service_folders.opened(path))
        except OSError:
            return self._lost("这个文件已经不在了，请再生成一次")
        return web.download(path, name)

    def beside(self, params: Params, _query: Params) -> Answer:
        """Give the county's overview page, or a file beside it that it links to."""
        work = self.works.get(params["work"])
        path = work.result.beside.get(params["path"]) if work and work.result else None
        if path is None:
            return self._lost(_GONE)
        if params["path"] != OVERVIEW:
            return self._given(path, path.name)
        try:
            with os.fdopen(service_folders.opened(path), "rb") as file:
                text = file.read().decode("utf-8")
        except OSError:
            return self._lost("总览页已经不在了，请再做一次")
        policy = _POLICY.search(text)
        headers = {"content-security-policy": f"{unescape(policy[1])}; frame-ancestors 'none'"} if policy else {}
        return web.html(of_page(text), headers=headers)

    def all(self, params: Params, _query: Params) -> Answer:
        """Give everything that was made in one archive."""
        work = self.works.get(params["work"])
        if work is None or not work.downloads:
            return self._lost(_GONE)
        place = work.new_folder("all") / "all.zip"
        with os.fdopen(service_folders.create(place), "wb") as file:
            zips.pour(file, ((name, _content(path)) for name, path in {f.name: f.path for f in work.downloads}.items()))
        first = work.downloads[0].name
        return web.download(place, f"{safe_name(os.path.splitext(first)[0])}.zip")  # noqa: PTH122 - no path

    # ---- the desk itself

    def beat(self, _params: Params, _sent: Any) -> Answer:
        """Note that a page is open."""
        return web.told(alive=True)

    def end(self, _params: Params, _sent: Any) -> Answer:
        """End the desk."""
        self._end()
        return web.told(ended=True)

    @property
    def shown(self) -> Mapping[str, web.Shown]:
        """What is asked for, by address below `base`."""
        return {
            "": self.home,
            "help": self.help,
            "static/{name}": self.static,
            "work/{work}/": self.work,
            "work/{work}/state": self.state,
            "work/{work}/all": self.all,
            "work/{work}/file/{number}": self.file,
            "work/{work}/desk/{path:path}": self.beside,
            "{page}": self.form,
        }

    @property
    def done(self) -> Mapping[str, web.Done]:
        """What is sent, by address below `base`."""
        return {
            "beat": self.beat,
            "end": self.end,
            "begin/{form}": self.begin,
            "work/{work}/go": self.go,
            "work/{work}/more": self.more,
            "work/{work}/stop": self.stop,
        }

    @property
    def received(self) -> Mapping[str, web.Received]:
        """Where files are dropped, by address below `base`."""
        return {"work/{work}/file/{slot}": self.receive}


def _batches(work: Work) -> list[dict[str, Any]]:
    """Return what was made, the latest first, each file with its number among the downloads."""
    batches, number = [], 0
    for result in (work.result, *work.made):
        if result and (result.files or result in work.made):
            said = page_filling.made(result.html if result is not work.result else "")
            at = time.strftime("%H:%M:%S", time.localtime(result.at))
            batches.append({"said": said, "at": at, "files": list(enumerate(result.files, number))})
            number += len(result.files)
    return batches[::-1]


def _content(path: Path) -> bytes:
    with os.fdopen(service_folders.opened(path), "rb") as file:
        return file.read()


def _texts(sent: Any, key: str) -> dict[str, str]:
    """Return the words that were typed, by the names of their fields; whatever else was sent is left out."""
    typed = sent.get(key) if isinstance(sent, dict) else None
    if not isinstance(typed, dict):
        return {}
    return {str(k)[:80]: page_filling.without_unshown(v) for k, v in typed.items() if isinstance(v, str)}


def _word_sent(sent: Any, key: str) -> str:
    """Return one short word that was sent beside what was typed, '' where there is none."""
    word = sent.get(key) if isinstance(sent, dict) else None
    return word[:_ID] if isinstance(word, str) else ""


def _earlier(work: Work, turn: str | None) -> str:
    """Return what a page is told that shows earlier files than those the work has now; '' to all others."""
    if turn in (None, "", str(work.turn)):
        return ""
    return "这份材料在别的网页里换了文件，没有办；请刷新网页（F5），看现在的结果再做"


def _not_taken(name: str, slot: Slot) -> str:
    """Return why a file of this name is not taken, '' where it is."""
    suffix = os.path.splitext(name)[1].lower()  # noqa: PTH122 - the name is no path
    if not slot.endings or suffix in slot.endings:
        return ""
    if suffix in RESAVED:
        return f"“{name}”：{to_resave(suffix)}"
    return f"“{name}”不能放在“{slot.label}”里，这里要{slot.hint or '、'.join(slot.endings)}"


def _too_many(work: Work, slot: Slot) -> str:
    if slot.many and len(work.with_laid("").get(slot.id, ())) >= uploads.MOST_FILES:
        return f"一次最多放 {uploads.MOST_FILES} 个文件，请压缩成几个 .zip 再放"
    return ""
