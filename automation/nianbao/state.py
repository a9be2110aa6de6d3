"""The user's folder for what a running program leaves for others of this user: locks, the log, where a service is."""

from __future__ import annotations

import os
from pathlib import Path


def home() -> Path:
    """Return this user's folder; it need not exist yet."""
    local = os.environ.get("LOCALAPPDATA") or os.environ.get("XDG_STATE_HOME")
    return (Path(local) if local else Path.home() / ".local" / "state") / "nianbao"
