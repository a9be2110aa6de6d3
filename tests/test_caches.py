"""Where the cache lies: what the user wants, else where the system keeps such things, else nowhere."""

import sys
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
