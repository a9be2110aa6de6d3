"""The desk: its pages and what is asked of it, over the pieces of work and the workers."""

from __future__ import annotations

import os
import re
import threading
import time
import zipfile
from collections.abc import AsyncIterator, Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from html import unescape
from pathlib import Path
from typing import Any

from nianbao import __version__
from nianbao.county.batch import PAGE as OVERVIEW
from nianbao.county.runners import usual_workers
from nianbao.dates import today
from nianbao.files import safe_name
from nianbao.pipeline.reading import RESAVED, to_resave
from nianbao.serve import folder, page, uploads, web
from nianbao.serve.forms import Given, Result, Slot
from nianbao.serve.pages import pages
from nianbao.serve.web import Answer, Params
from nianbao.serve.workers import Call, Pool, Refused, Task
from nianbao.serve.works import Work, Works, settle

UNUSED = 60 * 60.0
"""Seconds without a sign of an open page after which the desk ends by itself. An open page gives one a minute."""

BEAT = 60
"""Seconds between the signs of an open page."""

MOST_WORKERS = 4
LONG = 4 * 3600.0
"""Seconds a county may take."""

_WAIT = 8.0
"""Seconds within which most tasks are done, so that the page need not ask again."""

_POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">')
"""What the overview page says of its own style and script."""

_GONE = "这份材料已经不在了：年报台只保留最近用过的，请再放一次文件"


class Desk:
    """What the pages show and do. `base` begins every address."""

    def __init__(self, place: Path, base: str, end: Callable[[], None]) -> None:
        self.base = base
        self.pages = {p.id: p for p in pages(today())}
        self._forms = {f.id: f for p in self.pages.values() for f in p.forms}
        self.works = Works(place)
        beside = place / "tmp"
        beside.mkdir(mode=0o700)
        self.pool = Pool(max(1, min(MOST_WORKERS, usual_workers())), beside)
        self._threads = ThreadPoolExecutor(16, "task")
        self._end = end
        threading.Thread(target=self.pool.warm, daemon=True).start()

    def close(self) -> None:
        """Stop whatever runs."""
        self.works.stop()
        self.pool.close()
        self._threads.shutdown(wait=False, cancel_futures=True)

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
        return Answer(page.static(params["name"]), kind=kind) if kind else self._lost("没有这个文件")

    def _page(self, template: str, title: str, status: int = 200, **words: Any) -> Answer:
        usual: dict[str, Any] = {
            "base": self.base,
            "title": title,
            "pages": self.pages.values(),
            "version": __version__,
        }
        usual |= {"beat": BEAT, "most": uploads.MOST, "ends": int(UNUSED // 60)}
        return web.html(page.fill(template, **usual, **words), status)

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
        most = min(uploads.MOST, uploads.MOST_WORK - work.size, uploads.MOST_ALL - self.works.size)
        if most <= 0:
            return web.told(413, told="放进来的文件太多了，请结束年报台，重新打开再放")
        temporary, size = await uploads.receive(parts, work.folder, most, announced)
        work.size += size
        work.lay(slot.id, shown, temporary)
        return web.told(taken=shown)

    def drop(self, params: Params, _sent: Any) -> Answer:
        """Take a dropped file out of a piece of work again."""
        work = self.works.get(params["work"])
        if work:
            work.files.pop(params["slot"], None)
        return web.told(gone=True)

    def go(self, params: Params, sent: Any) -> Answer:
        """Start what the form is for, with what was typed; answer when it is done, or that it runs."""
        work = self.works.get(params["work"])
        if work is None:
            return web.told(404, told=_GONE)
        work.fields = {**work.fields, **_texts(sent, "fields")}
        lacking = [s.label for s in work.form.slots if s.required and not work.files.get(s.id)]
        if lacking:
            return web.told(400, told=f"请先放进{'、'.join(lacking)}")
        return self._start(work, work.form.task, first=True)

    def more(self, params: Params, sent: Any) -> Answer:
        """Make more of what a piece of work gave."""
        work = self.works.get(params["work"])
        if work is None or work.result is None or work.form.more is None:
            return web.told(404, told=_GONE)
        work.fields = {**work.fields, **_texts(sent, "fields")}
        return self._start(work, work.form.more, first=False)

    def _start(self, work: Work, task: Task, *, first: bool) -> Answer:
        with work.lock:
            if work.call is not None:
                return web.told(409, told="上一步还没有做完，请稍等")
            work.call = call = Call()
        given = Given(work.new_folder("out"), dict(work.files), dict(work.fields), self._link(work))
        future = self._threads.submit(self._run, work, task, given, call, first)
        try:
            future.result(_WAIT)
        except TimeoutError:
            return web.told(202, state=f"{self._link(work)}state", stop=f"{self._link(work)}stop")
        return self._outcome(work)

    def _run(self, work: Work, task: Task, given: Given, call: Call, first: bool) -> None:
        answer: Result | Refused = Refused("程序没有做完，请再试一次")
        try:
            if work.form.long and first:
                answer = self.pool.run_alone(task, given, call, LONG)
            else:
                answer = self.pool.run(task, given, call)
        finally:
            settle(work, answer, first=first)

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
        head, _, rest = work.result.html.partition(page.MADE)
        return self._page(
            "work.html",
            owner.title,
            page_=owner,
            link=self._link(work),
            head=page.made(head),
            rest=page.made(rest),
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
            os.close(folder.opened(path))
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
            with os.fdopen(folder.opened(path), "rb") as file:
                text = file.read().decode("utf-8")
        except OSError:
            return self._lost("总览页已经不在了，请再做一次")
        policy = _POLICY.search(text)
        headers = {"content-security-policy": f"{unescape(policy[1])}; frame-ancestors 'none'"} if policy else {}
        return web.html(text, headers=headers)

    def all(self, params: Params, _query: Params) -> Answer:
        """Give everything that was made in one archive."""
        work = self.works.get(params["work"])
        if work is None or not work.downloads:
            return self._lost(_GONE)
        place = work.new_folder("all") / "all.zip"
        with os.fdopen(folder.create(place), "wb") as file, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            for made in {f.name: f for f in work.downloads}.values():
                with os.fdopen(folder.opened(made.path), "rb") as source:
                    archive.writestr(zipfile.ZipInfo(made.name, time.localtime()[:6]), source.read())
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
            "work/{work}/drop/{slot}": self.drop,
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
            said = page.made(result.html if result is not work.result else "")
            batches.append({"said": said, "files": list(enumerate(result.files, number))})
            number += len(result.files)
    return batches[::-1]


def _texts(sent: Any, key: str) -> dict[str, str]:
    """Return the words that were typed, by the names of their fields; whatever else was sent is left out."""
    typed = sent.get(key) if isinstance(sent, dict) else None
    if not isinstance(typed, dict):
        return {}
    return {str(k)[:80]: v for k, v in typed.items() if isinstance(v, str)}


def _not_taken(name: str, slot: Slot) -> str:
    """Return why a file of this name is not taken, '' where it is."""
    suffix = os.path.splitext(name)[1].lower()  # noqa: PTH122 - the name is no path
    if not slot.endings or suffix in slot.endings:
        return ""
    if suffix in RESAVED:
        return f"“{name}”：{to_resave(suffix)}"
    return f"“{name}”不能放在“{slot.label}”里，这里要{slot.hint or '、'.join(slot.endings)}"


def _too_many(work: Work, slot: Slot) -> str:
    if slot.many and len(work.files.get(slot.id, ())) >= uploads.MOST_FILES:
        return f"一次最多放 {uploads.MOST_FILES} 个文件，请压缩成几个 .zip 再放"
    return ""
