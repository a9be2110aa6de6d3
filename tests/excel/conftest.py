"""A home of its own for each test (lock, log), pywin32's errors, and the backends."""

import pytest

from excel import com

com.install()


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    """Where the lock and the log go."""
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "本机"))
    return tmp_path / "本机" / "nianbao"
