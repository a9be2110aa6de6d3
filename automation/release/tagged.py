"""Whether this commit may be released under a tag: the tag, the version, the changelog and the kept rules agree."""

from __future__ import annotations

import datetime
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PYTHONS = "automation/release/linux/pythons.txt"
"""The Pythons of the packages for Linux."""

_VERSION = re.compile(r'__version__ = "([^"]+)"')
CALENDAR = re.compile(r"20\d\d\.(1[0-2]|[1-9])\.(0|[1-9]\d*)")


def version() -> str:
    """Return the version of the source."""
    text = (ROOT / "automation" / "nianbao" / "__init__.py").read_text(encoding="utf-8")
    match = _VERSION.search(text)
    return match[1] if match else ""


def faults(tag: str, root: Path = ROOT, today: datetime.date | None = None) -> list[str]:
    """Return what is missing before this tag may be released, one sentence each."""
    now, found = version(), []
    if not CALENDAR.fullmatch(now):
        found.append(f"the version {now} is not year.month.number")
    elif [int(x) for x in now.split(".")[:2]] > [*(today or datetime.date.today()).timetuple()[:2]]:
        found.append(f"the version {now} is of a month that has not come")
    if tag != f"v{now}":
        found.append(f"the tag {tag} is not v{now}")
    changelog = (root / "docs" / "changelog.md").read_text(encoding="utf-8")
    if not re.search(rf"(?m)^## {re.escape(now)}（20\d\d-\d\d-\d\d）$", changelog):
        found.append(f"docs/changelog.md has no dated section “## {now}（year-month-day）”")
    if not (root / "docs" / "releases" / f"{now}.json").is_file():
        found.append(f"docs/releases/{now}.json is missing: python automation/release snapshot")
    pinned = (root / PYTHONS).read_text(encoding="utf-8")
    for machine in ("x86_64", "aarch64"):
        if not re.search(rf"(?m)^https://\S*-{machine}-\S* [0-9a-f]{{64}}$", pinned):
            found.append(f"{PYTHONS} names no Python for {machine}, by address and hash")
    return found


def notes(root: Path = ROOT) -> str:
    """Return this version's section of the changelog, for the release's page."""
    text = (root / "docs" / "changelog.md").read_text(encoding="utf-8")
    match = re.search(rf"(?ms)^## {re.escape(version())}[^\n]*\n(.*?)(?=^## |\Z)", text)
    return match[1].strip() + "\n" if match else ""
