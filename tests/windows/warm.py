"""The running service as the tests ask it: by what the add-in's VBA sends, over HTTP."""

import contextlib
import http.client
import json
import time
from contextlib import contextmanager
from urllib.parse import urlsplit

from nianbao import __version__
from windows.machine import PATIENCE, PYTHON


class Service:
    """A service inside Windows; `address` is what its user's file says."""

    def __init__(self, machine, number, address):
        self.machine, self.number, self.address = machine, number, address

    def ask(self, what, sent, key=""):
        """Ask as NianbaoExcel.AskService does; return status and what was told."""
        place = urlsplit(self.address["url"])
        connection = http.client.HTTPConnection("127.0.0.1", place.port, timeout=60)
        headers = {"Authorization": f"Bearer {key or self.address['key']}", "Content-Type": "application/json"}
        with contextlib.closing(connection):
            connection.request("POST", f"{place.path}addin/{what}", json.dumps(sent), headers)
            answer = connection.getresponse()
            return answer.status, answer.read().decode("utf-8")

    def click(self, excel, button, path="", book=""):
        """Begin a button as NianbaoTexts.ClickText writes it; return status and what was told."""
        words = {"version": __version__, "button": button, "book": book or excel.book.name, "path": path}
        return self.ask("excel", {**words, "window": str(self.machine.ask("excels.window", number=excel.number))})

    def press(self, excel, button, path="", book=""):
        """Press a button and wait, as NianbaoRibbon.PressedByService does; return status, told, message boxes."""
        before = len(self.machine.ask("boxes.texts"))
        status, told = self.click(excel, button, path, book)
        while status == 202:
            status, told = self.ask("state", {"run": json.loads(told)["run"]})
        return status, json.loads(told)["told"], self.machine.ask("boxes.texts", after=before)


@contextmanager
def running(machine):
    """A service of this user, as the add-ins start it."""
    place = machine.path(f"{machine.local}\\nianbao\\serve\\serve.json")
    words = [PYTHON, "-E", "-P", "-X", "utf8", "-m", "nianbao.excel.launch", "--service"]
    number = machine.ask("processes.start", program=words)
    end = time.monotonic() + PATIENCE
    while not place.exists():
        assert time.monotonic() < end
        time.sleep(0.2)
    try:
        yield Service(machine, number, json.loads(place.read_text()))
    finally:
        machine.verb("serve", "--end")
        machine.finish(number)
