"""The add-in in Chromium as WPS loads it: its page from the installed folder, WPS answered by this process."""

import json
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from county_desk import browser
from excel import com
from nianbao.ribbon.posted import PostedBook, Press
from serve import desks
from wps import members

SCRIPT = Path(__file__).with_name("program.js").read_text(encoding="utf-8")
IDS = {
    "check": "nbCheck", "next": "nbNext", "make": "nbMake", "zeros": "nbZeros", "last_year": "nbLastYear",
    "sheet": "nbSheet", "pdf": "nbPdf", "new": "nbNew",
    "batch": "nbBatch", "rollup": "nbRollup", "help": "nbHelp", "about": "nbAbout",
}  # fmt: skip
WAIT = """
const [id, done] = arguments;
OnAction({Id: id});
const turn = setInterval(() => { if (!running) { clearInterval(turn); done(); } }, 20);
"""


class Window:
    """One page with the add-in. `application` is what it sees."""

    def __init__(self, driver, server, desk):
        self.driver, self.server, self.desk = driver, server, desk
        self.before = []

    @property
    def application(self):
        return self.server.application

    def show(self, book):
        """Let this be the active workbook; None: none is open."""
        self.server.application = members.Application(None if book is None else book.impl)

    def click(self, name):
        """Click a button and wait until it is done."""
        self.driver.execute_async_script(WAIT, IDS[name])

    def press(self, name, book, *more):
        """Press a button as the Excel tests do; return 10 where it told a trouble, else 0."""
        self.show(book)
        self.application.chosen = next((m.removeprefix("--path=") for m in more if m.startswith("--path=")), "")
        told = len(book.app.impl.alerts)
        self.click(name)
        said = book.app.impl.alerts[told:]
        return 10 if said and ("（记录文件：" in said[-1] or "没有接受" in said[-1]) else 0

    def read(self, book):
        """Return the workbook as the add-in posts it."""
        self.show(book)
        told = self.driver.execute_script("return JSON.stringify(bookOf(Application.ActiveWorkbook))")
        return PostedBook(Press("check", "", json.loads(told), {}), lambda _: None)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1

    def do_POST(self):
        told = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        answer = json.dumps(self.server.answered(told)).encode()
        self.send_response(200)
        self.send_header("Access-Control-Allow-Origin", "*")
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)
        self.wfile.flush()

    def log_message(self, *_):
        pass


class _Server(ThreadingHTTPServer):
    """Answers the page's questions about `application`."""

    daemon_threads = True
    application = None

    def answered(self, told):
        try:
            found = self._followed(told["path"][:-1])
            name, *given = told["path"][-1]
            if "set" in told:
                setattr(found, name, told["set"])
                return {}
            found = self._one(found, name, given)
        except (com.ComError, KeyError, OSError) as e:
            return {"error": e.args[2][2] if isinstance(e, com.ComError) and e.args[2] else str(e)}
        except (AssertionError, AttributeError, NotImplementedError) as e:
            return {"error": f"TEST {type(e).__name__} {e} {told}"}
        if found is None or isinstance(found, str | int | float | bool | list | dict):
            return {"value": found}
        return {"node": True}

    def _followed(self, path):
        found = self.application
        for name, *given in path:
            found = self._one(found, name, given)
        return found

    def _one(self, found, name, given):
        attribute = getattr(found, name)
        if not given:
            return attribute
        return attribute(*(self._followed(g["path"]) if isinstance(g, dict) else g for g in given[0]))


@contextmanager
def opened(folder, install, start=True):
    """The add-in, installed by `install` (which returns its folder), open in a browser; with the desk, or without."""
    server = _Server(("127.0.0.1", 0), _Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    desk = desks.start(folder, LOCALAPPDATA=str(folder)) if start else None
    try:
        page = install() / "index.html"
        with browser.chromium() as driver:
            address = f"http://127.0.0.1:{server.server_port}/"
            source = f"const SERVER = {json.dumps(address)};\n{SCRIPT}"
            driver.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": f"(() => {{{source}}})()"})
            driver.set_script_timeout(120)
            driver.get(page.as_uri())
            yield Window(driver, server, desk)
    finally:
        if desk:
            desks.end(desk)
        server.shutdown()
        server.server_close()


def eventually(test, seconds=30):
    """Wait until something holds."""
    end = time.monotonic() + seconds
    while not test():
        assert time.monotonic() < end
        time.sleep(0.1)
