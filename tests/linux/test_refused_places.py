"""What an installation on Linux does where a place cannot be written, a program does not start, a name has no icon."""

import os
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from nianbao.errors import OutputError
from nianbao.excel.linux import desktop_folders, dialogs, icons, versions
from nianbao.excel.linux.desktop_folders import DesktopFolders

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the package is for Linux")


@pytest.fixture
def places(tmp_path, monkeypatch):
    """The folders of a user without any program of a desktop."""
    (tmp_path / "programs").mkdir()
    monkeypatch.setenv("PATH", str(tmp_path / "programs"))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.delenv("LOCALAPPDATA", raising=False)
    return DesktopFolders(tmp_path, tmp_path / "data", None)


def a_version(places, name):
    """The folder of a version."""
    folder = places.base / name
    mark = folder / versions.MARK
    mark.parent.mkdir(parents=True)
    mark.write_text("")
    return folder


@pytest.mark.parametrize("home", ["", "here", "/no/such/folder"])
def test_a_user_without_a_home_is_told(home, monkeypatch):
    monkeypatch.setenv("HOME", home)
    with pytest.raises(OutputError, match="HOME"):
        desktop_folders.of_this_user()


def test_another_python_installs_nothing(capsys, tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path))
    assert versions.main(["install"]) == 2
    assert "install.sh" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_a_home_whose_name_no_icon_can_hold_is_told(places):
    odd = replace(places, data=places.data / "a=b\nc")
    with pytest.raises(OutputError, match="桌面图标不能用的字"):
        icons.place(odd)


def test_a_place_that_cannot_be_written_leaves_no_version_in_use(places):
    version = a_version(places, "1")
    places.command.parent.parent.mkdir(parents=True, exist_ok=True)
    places.command.parent.write_text("a file where a folder should be")
    with pytest.raises(OutputError):
        versions.install(places, version)
    assert not places.current.is_symlink()
    assert list(places.entries()) != []
    assert [p for p in places.entries() if p.exists()] == []


def test_an_icon_that_cannot_be_removed_is_told(places, monkeypatch):
    icons.place(places)

    def denied(_path, **_more):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "unlink", denied)
    with pytest.raises(OutputError):
        icons.remove(places)


def test_removing_leaves_an_empty_list_of_types_nowhere_and_the_users_files_in_place(places, monkeypatch):
    version = a_version(places, "1")
    versions.install(places, version)
    cache = places.data / "applications" / "mimeinfo.cache"
    cache.write_bytes(b"[MIME Cache]\n")
    own = places.base / "我的.txt"
    own.write_text("x")
    said = versions.remove(places)
    assert "您自己的文件" in said
    assert (cache.exists(), own.exists(), version.exists()) == (False, True, False)


def test_an_open_desk_is_ended_before_another_version_comes(places, monkeypatch):
    ended = []
    monkeypatch.setattr(versions.instance, "end", ended.append)
    place = versions.service_folders.usual()
    place.mkdir(parents=True, mode=0o700)
    versions.install(places, a_version(places, "2"))
    assert ended == [place]


def test_a_message_that_cannot_be_kept_or_shown_is_not_taken_for_shown(places, tmp_path):
    (tmp_path / "state").write_text("a file where a folder should be")
    assert not dialogs._as_text("一句话")
    broken = tmp_path / "programs" / "xdg-open"
    broken.write_bytes(b"\x7fELF no program")
    broken.chmod(0o755)
    assert not dialogs.open_file(tmp_path / "programs")


def test_a_program_of_the_desktop_that_does_not_start_stops_nothing(places, tmp_path):
    broken = tmp_path / "programs" / "update-desktop-database"
    broken.write_bytes(b"\x7fELF no program")
    broken.chmod(0o755)
    made = icons.place(places)
    assert all(map(os.path.lexists, made))
