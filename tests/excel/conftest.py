"""A home of its own for each test (lock, log), pywin32's errors, a desktop that nobody sits at, and the backends."""

import ctypes
import os
import sys

import pytest

from excel import com

com.install()


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    """Where the lock and the log go."""
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "本机"))
    return tmp_path / "本机" / "nianbao"


@pytest.fixture(autouse=True)
def nobody(monkeypatch):
    """On Windows a box would wait for somebody to press OK, and Word would open: boxes go to stderr, files nowhere."""
    if sys.platform == "win32":
        said = lambda _owner, text, *_: print(text, file=sys.stderr, flush=True)  # noqa: E731
        monkeypatch.setattr(ctypes.windll.user32, "MessageBoxW", said)
        monkeypatch.setattr(os, "startfile", lambda path: None)
