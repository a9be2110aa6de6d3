"""A running 年报台 of its own user's folder, and a plain client that sends exactly what it is told."""

import http.client
import json
import os
import re
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote, urlsplit

from nianbao.serve import instance
from nianbao.serve.uploads import shown  # noqa: F401 - so that a missing extra is told at once

PATIENCE = 60

STATE = "LOCALAPPDATA" if os.name == "nt" else "XDG_STATE_HOME"
"""What names the user's own folder."""


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def told(self):
        return json.loads(self.body)

    @property
    def text(self):
        return self.body.decode("utf-8")


@dataclass
class Desk:
    """What a test knows of a desk: its process, its user's folder, the address that opens it once."""

    process: subprocess.Popen
    home: Path
    opens: str
    cookie: str = ""
    extra: dict[str, str] = field(default_factory=dict)

    @property
    def host(self):
        return urlsplit(self.opens).netloc

    @property
    def port(self):
        return urlsplit(self.opens).port

    @property
    def base(self):
        return urlsplit(self.opens).path.partition("start/")[0]

    @property
    def runs(self):
        return sorted((self.home / "nianbao" / "serve").glob("run-*"))

    def raw(self, method, path, body=None, headers=None):
        """Ask with these header fields and no others but Host and what a body needs."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            connection.request(method, path, body, headers or {})
            answer = connection.getresponse()
            return Answer(answer.status, {k.lower(): v for k, v in answer.getheaders()}, answer.read())
        finally:
            connection.close()

    def log_in(self):
        """Use the address that opens it, as a browser does."""
        answer = self.raw("GET", urlsplit(self.opens).path)
        self.cookie = answer.headers.get("set-cookie", "").split(";")[0]
        return answer

    def ours(self, **more):
        return {"Origin": f"http://{self.host}", "Cookie": self.cookie, **more}

    def get(self, path=""):
        return self.raw("GET", path if path.startswith("/") else self.base + path, headers={"Cookie": self.cookie})

    def post(self, path, told=None):
        headers = self.ours(**{"Content-Type": "application/json"})
        return self.raw("POST", path if path.startswith("/") else self.base + path, json.dumps(told or {}), headers)

    def put(self, path, data, name="表.xlsx"):
        return self.raw("PUT", self.base + path, data, self.ours(**{"X-Name": quote(name)}))

    def begin(self, form, **files):
        """Begin a piece of work with a file in each slot (a path, or a name and bytes) and return its address."""
        work = f"work/{self.post(f'begin/{form}').told['work']}/"
        for slot, file in files.items():
            name, data = (file.name, file.read_bytes()) if isinstance(file, Path) else file
            answer = self.put(f"{work}file/{slot}", data, name)
            assert answer.status == 200, answer.text
        return work

    def go(self, work, **fields):
        return self.finished(work, self.post(f"{work}go", {"fields": fields}))

    def more(self, work, **fields):
        return self.finished(work, self.post(f"{work}more", {"fields": fields}))

    def finished(self, work, answer):
        """Wait until a piece of work is done and return what is then told."""
        while answer.status == 202:
            time.sleep(0.03)  # as pages do not ask in a row either: two cores are for the work
            answer = self.get(f"{work}state")
        return answer.told

    def page(self, work):
        return self.get(work).text

    def downloads(self, work):
        """Return what was made: the names, and the bytes."""
        found = re.findall(r'href="([^"]+/file/\d+)" download>([^<]+)<', self.page(work))
        return {name: self.get(address).body for address, name in found}


def environment(home, **more):
    return {**os.environ, STATE: str(home), "NIANBAO_CACHE": str(home / "cache"), **more}


def command(*more):
    return [sys.executable, "-X", "utf8", "-m", "nianbao", "serve", "--no-open", *more]


def start(home, words=(), **more):
    """Start a desk (by other words than the command's), with more in its environment; return it once it answers."""
    process = subprocess.Popen(
        words or command(), env=environment(home, **more), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    line = process.stdout.readline()
    found = re.search(r"http://\S+", line)
    if not found:
        process.kill()
        raise AssertionError(line + process.stderr.read())
    return Desk(process, home, found[0])


def end(desk):
    """End a desk as Ctrl+C does, on Windows as `serve --end` does, and return what it said on stderr."""
    if desk.process.poll() is None and os.name == "nt":  # Ctrl+C is the whole console's there
        instance.end(desk.home / "nianbao" / "serve", PATIENCE)
    elif desk.process.poll() is None:
        desk.process.send_signal(signal.SIGINT)
    try:
        return desk.process.communicate(timeout=PATIENCE)[1]
    except subprocess.TimeoutExpired:
        desk.process.kill()
        return desk.process.communicate()[1]


@contextmanager
def running(home, words=(), **more):
    desk = start(home, words, **more)
    try:
        yield desk
    finally:
        end(desk)
