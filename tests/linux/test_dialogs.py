"""Messages on a Linux desktop: in a window by what the desktop has, else as a text, else on stderr; once."""

import sys
from pathlib import Path

import pytest

from nianbao.excel import desktop
from nianbao.excel.linux import __main__ as icon
from nianbao.excel.linux import dialogs

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="a Linux desktop's")
TEXT = "甲 & 乙.xlsx：强制 1 处。\n“<b>”$HOME `x` 100%"


@pytest.fixture
def system(tmp_path, monkeypatch):
    """A system with no programs but those a test puts there, and where a screen is said to be."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("DISPLAY", ":9")
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.delenv("LOCALAPPDATA", raising=False)
    monkeypatch.setattr(desktop, "_shown", [])
    desktop.in_windows()

    def program(name, ends="exit 0"):
        path = tmp_path / name
        path.write_text(f'#!/bin/sh\nfor a; do printf "%s\\n" "$a" >> "{tmp_path}/{name}.told"; done\n{ends}\n')
        path.chmod(0o755)
        return tmp_path / f"{name}.told"

    return program


@pytest.mark.parametrize("ends", ["exit 0", "exit 1"], ids=("by the button", "by its corner"))
def test_a_window_shows_the_text_as_it_stands_and_once_however_it_is_closed(system, ends, capfd):
    told, other = system("zenity", ends), system("kdialog")
    desktop.message(TEXT, wrong=True)
    assert f"--text={TEXT}" in told.read_text()
    assert "--error" in told.read_text().splitlines()
    assert not other.exists()
    assert capfd.readouterr() == ("", "")


def test_where_one_program_finds_no_screen_the_next_is_asked(system):
    system("zenity", 'echo "Gtk-WARNING: cannot open display: :9" >&2; exit 1')
    told = system("kdialog")
    desktop.message(TEXT)
    assert "甲 &amp; 乙.xlsx：强制 1 处。<br>“&lt;b>”$HOME `x` 100%" in told.read_text()


def test_without_a_program_for_windows_the_text_is_opened_as_a_file(system):
    told = system("xdg-open")
    desktop.message(TEXT)
    (path,) = told.read_text().splitlines()
    assert path.endswith(dialogs.SAID)
    assert Path(path).read_text(encoding="utf-8") == f"{TEXT}\n"


@pytest.mark.parametrize("screen", [False, True])
def test_without_any_program_or_screen_it_is_on_stderr(system, screen, capfd, monkeypatch):
    if not screen:
        system("zenity")
        monkeypatch.delenv("DISPLAY")
    desktop.message(TEXT)
    assert capfd.readouterr() == ("", f"{TEXT}\n")


def test_a_file_is_opened_by_the_program_for_it_and_where_there_is_none_that_is_told(system, tmp_path):
    made = tmp_path / "年报 100%.docx"
    assert desktop.open_file(made) == "“年报 100%.docx”已经写好，但这台电脑没有能打开它的程序。"
    told = system("xdg-open")
    assert desktop.open_file(made) == ""
    assert told.read_text() == f"{made}\n"
    system("xdg-open", "exit 3")
    assert "没有能打开它的程序" in desktop.open_file(made)


def test_an_icon_without_files_tells_how_in_a_window(system):
    told = system("zenity")
    assert icon.main([]) == 0
    assert "“打开方式”→“校验并生成年报”" in told.read_text()
