"""年报台 as the offline installation brings it: served by a CPython for Windows, asked over loopback."""

import json
import time
from types import SimpleNamespace

import pytest

from nianbao import pipeline
from nianbao.serve.instance import Address, asked
from serve import samples
from serve.desks import Desk

pytestmark = pytest.mark.xdist_group("windows")


def test_a_workbook_becomes_the_report_linux_makes_and_nothing_is_left(machine, python, tmp_path):
    books = samples.write(tmp_path)
    place = machine.path(f"{machine.local}\\nianbao\\serve")
    number = machine.ask(
        "processes.start", program=[python, "-E", "-P", "-X", "utf8", "-m", "nianbao", "serve", "--no-open"]
    )
    end = time.monotonic() + 60
    while not (place / "serve.json").exists():
        assert time.monotonic() < end
        time.sleep(0.2)
    told = json.loads((place / "serve.json").read_text())
    opens = asked(Address(told["url"], told["key"]))
    assert opens.startswith(told["url"])
    desk = Desk(SimpleNamespace(), tmp_path, opens)
    assert desk.log_in().status == 200
    work = desk.begin("check", main=books.sound)
    assert "go" in desk.go(work)
    assert "go" in desk.more(work, formats="docx")
    ours = pipeline.make(pipeline.check_file(books.sound), tmp_path / "ours").files[0].read_bytes()
    assert list(desk.downloads(work).values()) == [ours]
    done = machine.verb("serve", "--end")
    assert done.code == 0, done.said
    machine.finish(number)
    assert [p.name for p in place.iterdir()] == ["serve.lock"]
