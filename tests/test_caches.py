"""Where the cache lies: what the user wants, else where the system keeps such things, else nowhere."""

import os
import stat
import sys
import threading
import zlib
from pathlib import Path

import pytest

from nianbao import caches


@pytest.fixture
def wish(monkeypatch):
    """Set or take away what the cache's place depends on; on a system of one's choice."""

    def set_(system, **variables):
        for name in (caches.SWITCH, "LOCALAPPDATA", "XDG_CACHE_HOME"):
            monkeypatch.delenv(name, raising=False)
        for name, value in variables.items():
            monkeypatch.setenv(name, str(value))
        monkeypatch.setattr(sys, "platform", system)

    return set_


def test_the_users_own_place_goes_before_the_systems(wish, tmp_path):
    wish("linux", NIANBAO_CACHE=tmp_path / "别处", XDG_CACHE_HOME=tmp_path)
    assert caches.folder() == tmp_path / "别处"
    wish("linux", NIANBAO_CACHE="", XDG_CACHE_HOME=tmp_path)
    assert caches.folder() is None


def test_without_a_wish_it_lies_where_the_system_keeps_caches(wish, tmp_path):
    wish("linux", XDG_CACHE_HOME=tmp_path)
    assert caches.folder() == tmp_path / "nianbao"
    wish("linux", HOME=tmp_path, USERPROFILE=tmp_path)
    assert caches.folder() == tmp_path / ".cache" / "nianbao"
    wish("win32", LOCALAPPDATA=tmp_path, XDG_CACHE_HOME=tmp_path / "other")
    assert caches.folder() == tmp_path / "nianbao"


@pytest.mark.parametrize("variables", [{"LOCALAPPDATA": ""}, {"LOCALAPPDATA": "relative"}, {}])
def test_where_the_system_names_no_folder_nothing_is_kept(wish, variables, tmp_path, monkeypatch):
    wish("win32", **variables)
    monkeypatch.chdir(tmp_path)
    assert caches.folder() is None
    caches.save("kind", "key", b"content")
    assert caches.load("kind", "key") is None
    assert not list(Path.cwd().iterdir())


posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no permissions of this kind")
KEY = f"{7:032x}"


@pytest.fixture
def place(tmp_path, monkeypatch):
    monkeypatch.setenv(caches.SWITCH, str(tmp_path / "up" / "cache"))
    return tmp_path / "up" / "cache"


def mode(path):
    return stat.S_IMODE(path.stat().st_mode)


@posix
@pytest.mark.parametrize("umask", [0o000, 0o022, 0o077])
def test_folder_and_secret_are_the_users_alone_whatever_the_umask(place, umask):
    before = os.umask(umask)
    try:
        caches.save("template", KEY, b"content")
    finally:
        os.umask(before)
    assert [mode(place.parent), mode(place), mode(place / "key")] == [0o700, 0o700, 0o600]
    assert caches.load("template", KEY) == b"content"
    assert sorted(p.name for p in place.iterdir()) == ["key", f"template-{KEY}"]


@posix
@pytest.mark.parametrize("wide", [0o777, 0o755, 0o1777, 0o701, 0o710])
def test_a_wide_folder_of_ours_is_closed_and_what_lay_in_it_is_not_believed(place, wide):
    caches.save("template", KEY, b"content")
    place.chmod(wide)
    assert caches.load("template", KEY) is None
    assert mode(place) == 0o700
    caches.save("template", KEY, b"again")
    assert caches.load("template", KEY) == b"again"


@posix
def test_a_wide_folder_with_other_things_in_it_is_neither_closed_nor_used(place):
    place.mkdir(parents=True)
    (place / "照片.jpg").write_bytes(b"")
    place.chmod(0o755)
    caches.save("template", KEY, b"content")
    assert mode(place) == 0o755
    assert [p.name for p in place.iterdir()] == ["照片.jpg"]


@posix
def test_a_folder_of_somebody_else_is_not_used(place, monkeypatch):
    caches.save("template", KEY, b"content")
    monkeypatch.setattr(os, "geteuid", lambda: 4242)
    assert caches.load("template", KEY) is None
    caches.save("template", f"{8:032x}", b"content")
    assert len(list(place.iterdir())) == 2


@posix
def test_a_folder_that_cannot_be_closed_is_not_used(place, monkeypatch):
    """A drive that knows no permissions says yes and changes nothing."""
    caches.save("template", KEY, b"content")
    place.chmod(0o777)
    monkeypatch.setattr(type(place), "chmod", lambda *_: None)
    assert caches.load("template", KEY) is None
    caches.save("template", f"{8:032x}", b"content")
    assert [p.name for p in place.iterdir()] == [f"template-{KEY}"]


@posix
@pytest.mark.parametrize("wide", [0o640, 0o604, 0o660])
def test_a_secret_that_others_can_read_is_made_anew(place, wide):
    caches.save("template", KEY, b"content")
    first = (place / "key").read_bytes()
    (place / "key").chmod(wide)
    assert caches.load("template", KEY) is None
    caches.save("template", KEY, b"content")
    assert (place / "key").read_bytes() != first
    assert mode(place / "key") == 0o600
    assert caches.load("template", KEY) == b"content"


@posix
def test_a_secret_that_leads_elsewhere_or_is_cut_short_is_made_anew(place, tmp_path):
    caches.save("template", KEY, b"content")
    secret = (place / "key").read_bytes()
    (tmp_path / "elsewhere").write_bytes(secret)
    (tmp_path / "elsewhere").chmod(0o600)
    for spoil in (lambda p: p.symlink_to(tmp_path / "elsewhere"), lambda p: p.write_bytes(secret[:-1]),
                  lambda p: p.write_bytes(secret + b"x"), os.mkfifo):  # fmt: skip
        (place / "key").unlink()
        spoil(place / "key")
        (place / "key").chmod(0o600)
        assert caches.load("template", KEY) is None
        caches.save("template", KEY, b"content")
        assert caches.load("template", KEY) == b"content"
    assert (tmp_path / "elsewhere").read_bytes() == secret


def test_only_what_the_users_own_secret_seals_is_believed(place, tmp_path, monkeypatch):
    """Anybody can work out a check sum; an entry of somebody else's, or under another name, is nothing."""
    caches.save("template", KEY, b"content")
    own = place / f"template-{KEY}"
    sound = own.read_bytes()
    monkeypatch.setenv(caches.SWITCH, str(tmp_path / "theirs"))
    caches.save("template", KEY, b"evil")
    theirs = (tmp_path / "theirs" / own.name).read_bytes()
    monkeypatch.setenv(caches.SWITCH, str(place))
    crc = b"nianbao cache 1\n%08xevil" % zlib.crc32(b"evil")
    for poisoned in (theirs, crc, sound[:-1] + b"X", sound[:48] + b"evil", sound[:16], b""):
        own.write_bytes(poisoned)
        assert caches.load("template", KEY) is None
    (place / f"template-{8:032x}").write_bytes(sound)
    assert caches.load("template", f"{8:032x}") is None
    own.write_bytes(sound)
    assert caches.load("template", KEY) == b"content"


def test_two_that_make_the_secret_at_once_keep_the_same(place):
    ready = threading.Barrier(8)

    def work(n):
        ready.wait()
        caches.save("template", f"{n:032x}", b"content")

    threads = [threading.Thread(target=work, args=(n,)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [caches.load("template", f"{n:032x}") for n in range(8)] == [b"content"] * 8


@pytest.mark.parametrize("failing", ["open", "write", "urandom", "listdir", "link"])
def test_a_cache_that_cannot_be_used_never_stops_the_work(place, monkeypatch, failing):
    def fail(*_, **__):
        raise OSError(5, "broken")

    place.mkdir(parents=True, mode=0o755)
    with monkeypatch.context() as patch:
        patch.setattr(os, failing, fail)
        caches.save("template", KEY, b"content")
        assert caches.load("template", KEY) in (None, b"content")
    caches.save("template", KEY, b"content")
    assert caches.load("template", KEY) == b"content"


def test_where_the_current_folder_is_gone_nothing_is_kept(tmp_path, monkeypatch):
    (tmp_path / "gone").mkdir()
    monkeypatch.chdir(tmp_path / "gone")
    monkeypatch.setenv(caches.SWITCH, "cache")
    try:
        (tmp_path / "gone").rmdir()
    except OSError:
        pytest.skip("this system keeps a folder that somebody is in")
    caches.save("template", KEY, b"content")
    assert caches.load("template", KEY) is None


def test_where_nothing_is_kept_there_is_nothing_to_clear(wish):
    wish("linux", NIANBAO_CACHE="")
    caches.clear()


def test_on_windows_what_was_kept_is_found_again_and_the_seal_alone_is_looked_at(wish, tmp_path):
    wish("win32", LOCALAPPDATA=tmp_path)
    caches.save("kind", KEY, b"content")
    place = tmp_path / "nianbao"
    place.chmod(0o755)
    assert caches.load("kind", KEY) == b"content"
    kept = place / f"kind-{KEY}"
    kept.write_bytes(kept.read_bytes() + b"x")
    assert caches.load("kind", KEY) is None
