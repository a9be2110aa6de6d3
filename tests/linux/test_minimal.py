"""The package in a minimal Debian without Python or a network, in Chinese locales: `pytest -m soak` as root."""

import contextlib
import os
import shutil
import subprocess
from pathlib import Path

import pytest

import office
import reports
from linux import minimal
from linux.desktop import below, keys, words
from nianbao.cli import main
from nianbao.form import load_edition
from nianbao.workbook import build
from release.linux import package as linux_package

pytestmark = [pytest.mark.soak, pytest.mark.xdist_group("linux")]
ASK = (
    "import http.client, json, sys, urllib.parse as u; a = u.urlsplit(json.load(open(sys.argv[1]))['url']); "
    "c = http.client.HTTPConnection(a.netloc); c.request('GET', a.path); print('answered', c.getresponse().status)"
)
DESK = """"$@" & desk=$!
state=$HOME/.local/state/nianbao/serve/serve.json
until [ -s "$state" ]; do sleep 0.2; kill -0 $desk || exit 9; done
"$HOME/.local/share/nianbao/current/python/bin/python3" -I -c "$ASK" "$state" || exit 8
sh "$HOME/.local/share/nianbao/current/uninstall.sh" || exit 7
wait $desk"""
"""Opens 年报台 by its icon, asks it for a page, removes the program and sees 年报台 end."""


@pytest.fixture(scope="module")
def packed(own, tmp_path_factory):
    """The package, as for a release: nothing in it needs more than glibc 2.28."""
    absent = minimal.missing()
    office.need(not absent, ", ".join(absent))
    return linux_package.write(*minimal.python(), own, tmp_path_factory.mktemp("dist")).path


class Machine:
    """A copy of the minimal Debian with one user, whose names are in the letters of their locale.

    Names of files are texts that stand for their bytes, as Python has them (`os.fsdecode`).
    """

    def __init__(self, root: Path, locale: str) -> None:
        self.root, self.letters = root, "gb18030" if "GB" in locale else "utf-8"
        self.name = self.named("/home/王 小明 (1)")
        self.home = root / self.name[1:]
        self.env = {"HOME": self.name, "LC_ALL": locale, "ASK": ASK, "PATH": "/usr/bin:/bin:/usr/sbin:/sbin"}
        subprocess.run(["chroot", str(root), "useradd", "-M", "-d", "/home/x", "clerk"], check=True)
        for folder in ("桌面", "下载"):
            (self.home / self.named(folder)).mkdir(parents=True)
        self.give(self.home)

    def named(self, text: str) -> str:
        """Return a name as it is on this disk."""
        return os.fsdecode(text.encode(self.letters))

    def give(self, path: Path) -> None:
        """Make a file or folder the user's."""
        subprocess.run(["chown", "-R", "1000:1000", str(path)], check=True)

    def run(self, *line: str, where: str = "") -> str:
        """Run a command on a terminal as the user, in their home, with no network but the machine's own.

        Returns what the user reads there.
        """
        enter = 'ip link set lo up; exec chroot --userspec=1000:1000 "$0" /bin/sh -c \'cd "$0" && exec "$@"\' "$@"'
        command = ["unshare", "-n", "sh", "-c", enter, str(self.root), where or self.name, *line]
        ours, theirs = os.openpty()
        running = subprocess.Popen(command, env=self.env, stdin=subprocess.DEVNULL, stdout=theirs, stderr=theirs)
        os.close(theirs)
        told = b""
        with contextlib.suppress(OSError):  # nobody writes any more
            while got := os.read(ours, 65536):
                told += got
        os.close(ours)
        text = told.decode(self.letters)
        assert running.wait() == 0, text
        return text

    def files(self) -> dict[str, bytes]:
        """Every file and link of the home by its place there: contents, or where the link leads."""
        return below(self.home)

    def icon(self, name: str, *files: str) -> list[str]:
        """The command line of an icon on the desktop."""
        path = self.home / self.named("桌面") / self.named(f"{name}.desktop")
        return words(keys(path)["Exec"], list(files))


@pytest.fixture(params=["C.UTF-8", *minimal.LOCALES])
def machine(request, packed, tmp_path):
    root = tmp_path / "root"
    subprocess.run(["cp", "-a", str(minimal.debian()), str(root)], check=True)
    with minimal.mounted(root):
        yield Machine(root, request.param)
    shutil.rmtree(root)


def test_a_clerk_installs_uses_and_removes_it_without_python_network_or_root(machine, packed, tmp_path):
    assert not list((machine.root / "usr" / "bin").glob("python*"))
    downloads = machine.named("下载")
    shutil.copy(packed, machine.home / downloads)
    machine.run("tar", "xf", packed.name, where=f"{machine.name}/{downloads}")
    before = set(machine.files())
    unpacked = packed.name.removesuffix(".tar.gz")
    assert "已经装好" in machine.run("sh", "install.sh", where=f"{machine.name}/{downloads}/{unpacked}")

    book = machine.home / machine.named("甲 & 乙 100%.xlsx")
    book.write_bytes(build(load_edition(reports.zero().edition), reports.zero()))
    machine.give(book)
    assert "年报已生成" in machine.run(*machine.icon("校验并生成年报", book.name))

    demo = machine.run(f"{machine.name}/.local/bin/nianbao", "demo", "-o", machine.named("样例"))
    assert "Word 报告" in demo
    assert main(["demo", "-o", str(tmp_path / "样例")]) == 0
    (here,) = (tmp_path / "样例").glob("*.docx")
    (there,) = (machine.home / machine.named("样例")).glob("*.docx")
    assert there.read_bytes() == here.read_bytes()

    own = {n for n in machine.files() if n not in before and n[0] != "." and not n.endswith(".desktop")}
    assert {book.name, there.relative_to(machine.home).as_posix()} < own
    told = machine.run("sh", "-c", DESK, "desk", *machine.icon("年报台"))
    assert "answered 403" in told  # the address that opens it once is the browser's
    assert "已经卸载" in told
    assert set(machine.files()) == before | own
