"""This user's folders on a Linux desktop, and where an icon or a menu of ours is in them."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from nianbao import programs
from nianbao.errors import OutputError
from nianbao.excel.addin.installing import DESK, LAUNCHERS, SENT_TO

ON_DESKTOP = (DESK, SENT_TO)
"""The launchers that lie on the desktop too."""


@dataclass(frozen=True)
class DesktopFolders:
    """This user's folders: home, data ($XDG_DATA_HOME), and the desktop where there is one."""

    home: Path
    data: Path
    desktop: Path | None

    @property
    def base(self) -> Path:
        """Where every version is, each in its own folder, and `current`, a link to that in use."""
        return self.data / "nianbao"

    @property
    def current(self) -> Path:
        """The link."""
        return self.base / "current"

    @property
    def command(self) -> Path:
        """The command `nianbao`, a link."""
        return self.home / ".local" / "bin" / "nianbao"

    @property
    def icon(self) -> Path:
        """What the icons look like."""
        return self.data / "icons" / "hicolor" / "scalable" / "apps" / "nianbao.svg"

    @property
    def script(self) -> Path:
        """The entry in the menu 脚本 of nautilus, a link."""
        return self.data / "nautilus" / "scripts" / Path(SENT_TO).stem

    @property
    def menu(self) -> Path:
        """The entry in the menu of dde-file-manager."""
        return self.data / "deepin" / "dde-file-manager" / "oem-menuextensions" / "nianbao.desktop"

    def application(self, launcher: str) -> Path:
        """Return the entry of a launcher in the start menu."""
        option = "".join(LAUNCHERS[launcher]).lstrip("-") or "make"
        return self.data / "applications" / f"nianbao-{option}.desktop"

    def entries(self) -> Iterator[Path]:
        """Return every .desktop that may be ours."""
        yield from map(self.application, LAUNCHERS)
        yield self.menu
        if self.desktop:
            yield from (self.desktop / f"{Path(name).stem}.desktop" for name in ON_DESKTOP)


def of_this_user() -> DesktopFolders:
    """Return the folders. Raises OutputError where this user has no home."""
    home = Path(os.environ.get("HOME") or "")
    if not home.is_absolute() or not home.is_dir():
        raise OutputError("没有找到这个用户的主文件夹（HOME），没有地方安装")
    given = os.environ.get("XDG_DATA_HOME") or ""
    data = Path(given) if given.startswith("/") else home / ".local" / "share"
    return DesktopFolders(home, data, _desktop(home))


def _desktop(home: Path) -> Path | None:
    """Return the desktop's folder; a desktop that shows no icons names the home folder itself."""
    asked = programs.find("xdg-user-dir")
    told = subprocess.run([asked, "DESKTOP"], check=False, capture_output=True).stdout if asked else b""  # noqa: S603 - of the system
    path = Path(os.fsdecode(told.strip(b"\n"))) if told.strip() else home / "桌面"
    return path if path.is_dir() and path != home else None
