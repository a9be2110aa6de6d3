"""A run from its start to its end, however that comes: one for each user, and nothing left behind."""

import json
import os
import signal
import stat
import subprocess
import sys
import time
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from living import lives
from nianbao.cli import main
from nianbao.errors import OutputError
from nianbao.serve import button_requests, instance, service, service_folders
from nianbao.serve.instance import Address
from nianbao.serve.keys import MOST_TOKENS, Keys
from nianbao.serve.workers import Call
from serve import desks

LINUX = pytest.mark.skipif(os.name == "nt", reason="signals, permissions and links are Linux's")


def left(home):
    return sorted(p.name for p in (home / "nianbao" / "serve").iterdir())


def wait(condition, seconds=20):
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.05)


def children(pid):
    told = subprocess.run(["pgrep", "-P", str(pid)], capture_output=True, text=True, check=False)
    return [int(p) for p in told.stdout.split()]


@LINUX
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_an_ended_desk_leaves_nothing_but_its_lock(tmp_path, books, how):
    desk = desks.start(tmp_path)
    desk.log_in()
    desk.go(desk.begin("check", main=books.sound))
    desk.process.send_signal(how)
    desk.process.communicate(timeout=desks.PATIENCE)
    assert left(tmp_path) == ["serve.lock"]


@LINUX
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_a_service_that_the_system_ends_says_nothing(tmp_path, how):
    """As the icon and the add-ins start it; somebody logs out."""
    command = [sys.executable, "-X", "utf8", "-m", "nianbao.excel.launch", "--service"]
    home = {"XDG_STATE_HOME": str(tmp_path), "PATH": "/nowhere"}
    running = subprocess.Popen(command, env={**os.environ, **home}, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    wait((tmp_path / "nianbao" / "serve" / "serve.json").exists, desks.PATIENCE)
    running.send_signal(how)
    assert running.communicate(timeout=desks.PATIENCE) == (b"", b"")
    assert running.returncode == 0
    assert left(tmp_path) == ["serve.lock"]


def test_the_button_ends_it(tmp_path):
    desk = desks.start(tmp_path)
    desk.log_in()
    assert desk.post("end").told == {"ended": True}
    assert desk.process.wait(timeout=desks.PATIENCE) == 0
    desks.end(desk)
    assert left(tmp_path) == ["serve.lock"]


def test_it_says_nothing_of_what_was_dropped(tmp_path, books):
    desk = desks.start(tmp_path)
    desk.log_in()
    desk.go(desk.begin("check", main=("秘密名称.xlsx", books.wrong.read_bytes())))
    desk.go(desk.begin("check", main=("秘密名称.xlsx", b"no workbook")))
    said = desks.end(desk)
    assert "秘密" not in said
    assert "示例" not in said
    assert "Traceback" not in said
    assert left(tmp_path) == ["serve.lock"]


@LINUX
def test_what_a_killed_desk_left_is_gone_with_the_next_and_its_workers_are_too(tmp_path, books):
    """`kill -9` while a report is made."""
    desk = desks.start(tmp_path)
    desk.log_in()
    work = desk.begin("check", main=books.sound)
    desk.go(work)
    workers = children(desk.process.pid)
    with ThreadPoolExecutor() as pool:
        making = pool.submit(desk.post, f"{work}more", {"fields": {"formats": "docx,html,png,sheet"}})
        time.sleep(0.1)
        desk.process.kill()
        desk.process.wait()
        assert making.exception(timeout=20) is not None
    desks.end(desk)
    assert desk.runs
    assert (tmp_path / "nianbao" / "serve" / "serve.json").exists()
    wait(lambda: not any(map(lives, workers)))
    with desks.running(tmp_path) as again:
        assert again.log_in().status == 200
        assert again.runs != []
        assert desk.runs == again.runs
        assert len(again.runs) == 1


@LINUX
def test_a_worker_that_is_killed_is_told_and_replaced(tmp_path, books):
    with desks.running(tmp_path) as desk:
        desk.log_in()
        desk.go(desk.begin("check", main=books.sound))
        for pid in children(desk.process.pid):
            if "spawn_main" in Path(f"/proc/{pid}/cmdline").read_text():
                os.kill(pid, signal.SIGKILL)
        assert "go" in desk.go(desk.begin("check", main=books.sound))


def test_a_second_start_opens_the_first(tmp_path):
    with desks.running(tmp_path) as desk:
        desk.log_in()
        second = subprocess.run(
            desks.command(), env=desks.environment(tmp_path), capture_output=True, text=True, timeout=30, check=False
        )
        assert second.returncode == 0
        address = second.stdout.split("：")[1].strip()
        assert address.startswith(f"http://{desk.host}{desk.base}start/")
        assert desk.raw("GET", urlsplit(address).path).status == 200
        assert desk.get().status == 200


def test_of_several_that_start_at_once_one_serves_and_all_open_it(tmp_path):
    starts = [
        subprocess.Popen(
            desks.command(), env=desks.environment(tmp_path), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        for _ in range(5)
    ]
    try:
        lines = [p.stdout.readline() for p in starts]
        places = {line.partition("http")[2].partition("start/")[0] for line in lines}
        assert len(places) == 1
        wait(lambda: sum(p.poll() is None for p in starts) == 1)
    finally:
        for p in starts:
            if p.poll() is None:
                instance.end(tmp_path / "nianbao" / "serve")
            p.communicate(timeout=20)


def test_ending_where_none_was_ever_open_makes_no_folder(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv(desks.STATE, str(tmp_path))
    assert main(["serve", "--end"]) == 0
    assert "已经结束" in capsys.readouterr().out
    assert list(tmp_path.iterdir()) == []


def test_a_command_ends_the_desk_that_is_open_and_says_so_when_there_is_none(tmp_path):
    desk = desks.start(tmp_path)
    for _ in range(2):
        done = subprocess.run(
            desks.command("--end"),
            env=desks.environment(tmp_path),
            capture_output=True,
            text=True,
            timeout=40,
            check=False,
        )
        assert (done.returncode, done.stderr) == (0, "")
    assert desk.process.wait(timeout=desks.PATIENCE) == 0
    desks.end(desk)
    assert left(tmp_path) == ["serve.lock"]


def test_uninstalling_ends_the_desk_and_leaves_no_folder(tmp_path, monkeypatch):
    desk = desks.start(tmp_path)
    monkeypatch.setenv(desks.STATE, str(tmp_path))
    instance.leave()
    instance.leave()
    assert desk.process.wait(timeout=desks.PATIENCE) == 0
    desks.end(desk)
    assert list((tmp_path / "nianbao").iterdir()) == []


@pytest.mark.skipif(os.name == "nt", reason="there a browser would open, whatever BROWSER says")
def test_the_icon_opens_the_desk_that_is_open(tmp_path):
    with desks.running(tmp_path) as desk:
        environment = {**desks.environment(tmp_path), "BROWSER": "true"}
        done = subprocess.run(
            [*desks.command()[:4], "nianbao.excel.launch", "--desk"],
            env=environment,
            capture_output=True,
            timeout=40,
            check=False,
        )
        assert (done.returncode, done.stderr) == (0, b"")
        assert desk.process.poll() is None


@LINUX
def test_the_address_is_kept_for_the_user_alone(desk):
    place = desk.home / "nianbao" / "serve" / "serve.json"
    assert stat.S_IMODE(place.stat().st_mode) == 0o600
    told = json.loads(place.read_text())
    assert told["url"] == f"http://{desk.host}{desk.base}"
    assert len(told["key"]) > 40


def test_an_address_of_elsewhere_is_not_asked(tmp_path):
    place = tmp_path / instance.ADDRESS
    for text in ('{"url": "http://evil.example/", "key": "x"}', "[]", "{", "null", '{"url": 1, "key": 2}'):
        place.write_text(text)
        assert instance.read(tmp_path) is None


@LINUX
def test_an_address_behind_a_link_is_not_believed(tmp_path):
    real = tmp_path / "other"
    real.write_text(json.dumps({"url": "http://127.0.0.1:1/x/", "key": "k"}))
    (tmp_path / instance.ADDRESS).symlink_to(real)
    assert instance.read(tmp_path) is None


def test_a_desk_that_does_not_answer_is_told(tmp_path):
    mine = instance.take(tmp_path)
    mine.tell(Address("http://127.0.0.1:1/x/", "k"))
    with pytest.raises(OutputError, match="没有回应"):
        instance.take_or_ask(tmp_path, patience=0.3)
    mine.release()
    assert not isinstance(instance.take_or_ask(tmp_path, patience=0.3), str)


@LINUX
def test_a_folder_that_others_made_is_not_used(tmp_path, monkeypatch):
    monkeypatch.setenv(desks.STATE, str(tmp_path))
    (tmp_path / "nianbao").mkdir()
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "nianbao" / "serve").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(OutputError, match="不是您自己的文件夹"):
        service_folders.own()


@LINUX
def test_a_folder_that_is_open_to_others_is_closed_to_them(tmp_path, monkeypatch):
    monkeypatch.setenv(desks.STATE, str(tmp_path))
    place = tmp_path / "nianbao" / "serve"
    place.mkdir(parents=True, mode=0o777)
    place.chmod(0o777)
    assert service_folders.own() == place
    assert stat.S_IMODE(place.stat().st_mode) == 0o700


@LINUX
def test_sweeping_removes_links_and_not_what_they_lead_to(tmp_path):
    kept = tmp_path / "kept"
    kept.mkdir()
    (kept / "file").write_text("x")
    place = tmp_path / "serve"
    place.mkdir()
    (place / "run-1").symlink_to(kept)
    (place / "run-2").mkdir()
    (place / "run-2" / "inside").symlink_to(kept)
    service_folders.sweep(place)
    assert list(place.iterdir()) == []
    assert (kept / "file").exists()


def test_a_desk_that_nobody_uses_ends_and_one_that_works_does_not(tmp_path, monkeypatch):
    monkeypatch.setattr(service, "UNUSED", -1.0)
    run = service.DeskRun(instance.take(tmp_path), 0o022)
    try:
        assert run._over()
        work = run.desk.works.new(next(iter(run.desk.pages.values())).forms[0])
        work.call = object()
        assert not run._over()
        work.call = None
        run.addin._run = button_requests.ButtonRun("x", Call(), Future())
        assert not run._over()
        run.addin._run.future.set_result({})
        assert run._over()
    finally:
        run.close()


def test_of_many_tokens_that_nobody_used_the_oldest_are_dead():
    keys = Keys()
    tokens = [keys.token() for _ in range(MOST_TOKENS + 1)]
    assert keys.redeem(tokens[0]) == ""
    assert keys.redeem(tokens[1])
