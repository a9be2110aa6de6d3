"""The package around a stand-in for the relocatable Python, made once and unpacked for a user of a difficult name."""

import os
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest

import office
from linux import stand_in
from linux.desktop import below
from proving import followed
from release.linux import assemble, fetch
from release.linux import package as linux_package
from release.linux.python import opened
from windows import product

assemble.COMPRESSION = 1  # packages of 70 MB are made several times here

NEWEST = (9999,)
ANY = dict.fromkeys(("GLIBC", "GLIBC_ABI_DT", "GLIBCXX", "CXXABI", "GCC"), NEWEST)
"""What a stand-in may need: it is of this machine, which is newer than the systems served."""


@pytest.fixture(scope="session")
def python(tmp_path_factory):
    """The stand-in: its archive and hash."""
    office.need(
        sys.platform == "linux" and all(map(shutil.which, ("patchelf", "strip", "ldd"))), "patchelf or binutils"
    )
    out = tmp_path_factory.mktemp("python") / "cpython-install_only.tar.gz"
    return out, stand_in.packed(Path(sys.base_prefix), out)


@pytest.fixture(scope="session")
def own(tmp_path_factory):
    """The wheel of the working tree."""
    return product.wheel(tmp_path_factory.mktemp("own"))


@pytest.fixture(scope="session")
def wheels(python, tmp_path_factory):
    """The locked wheels, downloaded by hash once."""
    archive, sha256 = python
    folder = tmp_path_factory.mktemp("wheels")
    fetch.wheels(opened(archive.read_bytes(), sha256), folder)
    return folder


@pytest.fixture
def at_hand(wheels, monkeypatch):
    """Let pip take the locked wheels, each still checked by its hash, from where they were downloaded to."""
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(wheels))


@pytest.fixture(scope="session")
def package(python, own, wheels, tmp_path_factory):
    """The package for Linux, as the release's command makes it."""
    return linux_package.write(*python, own, tmp_path_factory.mktemp("dist"), ANY, wheels).path


class User:
    """A user with a home of a difficult name and the package unpacked among their downloads.

    Files are linked, not copied: a home has 70 MB of them. The soak test copies.
    """

    def __init__(self, home: Path, unpacked: Path) -> None:
        self.home = home
        self.tools = home.parent / "tools"
        self.tools.mkdir(parents=True)
        self.desktop = home / "桌面"
        self.desktop.mkdir(parents=True)
        self.package = home / "下载 & 测试 (1)" / unpacked.name
        shutil.copytree(unpacked, self.package, copy_function=os.link, symlinks=True)
        self.base = home / ".local" / "share" / "nianbao"
        self.applications = home / ".local" / "share" / "applications"
        self.env = {"HOME": str(home), "PATH": f"{self.tools}:/usr/bin:/bin", "LC_ALL": "C.UTF-8"}
        self.env |= followed.let_into(next(self.package.rglob("site-packages")))
        self.tool("cp", 'exec /bin/cp -l "$@"')
        self.tool("xdg-user-dir", 'echo "$HOME/桌面"')
        self.tool("xdg-mime", 'case "$3" in *sheet|*pdf) echo wps-office-et.desktop;; esac')
        self.tool("gio", "exit 0")
        self.tool("update-desktop-database", "exit 0")

    def tool(self, name: str, script: str) -> None:
        """Put a program of the system in the user's way."""
        path = self.tools / name
        path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
        path.chmod(0o755)

    def run(self, *command: object, **more) -> subprocess.CompletedProcess:
        words = [str(w) for w in command]
        usual = {"cwd": self.home, "env": self.env}
        return subprocess.run(words, check=False, capture_output=True, text=True, **{**usual, **more})

    def install(self, **more) -> subprocess.CompletedProcess:
        return self.run("sh", self.package / "install.sh", **more)

    def uninstall(self) -> subprocess.CompletedProcess:
        return self.run("sh", self.base / "current" / "uninstall.sh")

    def files(self) -> dict[str, bytes]:
        """What is in the home but for the package."""
        return {n: data for n, data in below(self.home).items() if not n.startswith("下载")}


@pytest.fixture(scope="session")
def unpacked(package, tmp_path_factory):
    """The folder that the package unpacks to."""
    folder = tmp_path_factory.mktemp("unpacked")
    with tarfile.open(package) as archive:
        archive.extractall(folder, filter="data")
    return next(folder.iterdir())


DIFFICULT = '王 小明 $HOME `x` %f "1"'


@pytest.fixture
def user(unpacked, tmp_path):
    """A user who has not installed anything yet."""
    return User(tmp_path / "home" / DIFFICULT, unpacked)


@pytest.fixture(scope="module")
def bare(unpacked, tmp_path_factory):
    """The same, for tests that change nothing."""
    return User(tmp_path_factory.mktemp("bare") / "home" / DIFFICULT, unpacked)


@pytest.fixture(scope="module")
def settled(unpacked, tmp_path_factory):
    """A user who has installed it, for tests that leave it installed."""
    one = User(tmp_path_factory.mktemp("settled") / "home" / DIFFICULT, unpacked)
    done = one.install()
    assert done.returncode == 0, done.stdout + done.stderr
    return one
