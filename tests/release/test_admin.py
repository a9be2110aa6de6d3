"""The administrators' page, followed in order beside the files of a release: installing by hash, online and offline."""

import os
import re
import shutil
import subprocess
import sys

import pytest

from nianbao import __version__
from release.packages import ROOT

PAGE = (ROOT / "docs" / "admin.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```sh\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
INSTALL, OFFLINE, SUMS = (
    next(b for b in BLOCKS if word in b) for word in ("python3 -m venv", "pip download", "sha256sum")
)
pytestmark = [
    pytest.mark.xdist_group("release"),
    pytest.mark.skipif(sys.platform != "linux", reason="the blocks are for Linux"),
]


@pytest.fixture(scope="module")
def folder(built, tmp_path_factory):
    """A folder with the files of a release."""
    made = tmp_path_factory.mktemp("下载") / "发布"
    shutil.copytree(built, made)
    return made


def run(commands, folder, first=""):
    """Run a block line by line as a shell does, stopping at what fails; return what is printed."""
    clean = {k: v for k, v in os.environ.items() if k not in ("PYTHONPATH", "VIRTUAL_ENV")}
    clean["PATH"] = f"{first}{os.pathsep}{clean['PATH']}" if first else clean["PATH"]
    shell = ["bash", "-euc", commands]
    done = subprocess.run(shell, cwd=folder, env=clean, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
    return done.stdout


def test_the_page_names_the_version_it_comes_with():
    assert set(re.findall(r"nianbao-(20\d\d\.\d+\.\d+)", PAGE)) == {__version__}


@pytest.mark.soak
def test_the_checksums_are_checked_as_printed(folder):
    assert "OK" in run(SUMS, folder, "/usr/bin")


@pytest.mark.soak
def test_installing_the_wheel_by_hash_works_as_printed(folder):
    assert __version__ in run(INSTALL, folder)
    run("年报环境/bin/nianbao demo -o 样例", folder)
    assert list((folder / "样例").glob("*.docx"))


def test_installing_without_a_network_works_as_printed(folder):
    run("python3 -m venv 另一环境", folder)
    bin_ = folder / "另一环境" / "bin"
    download, *install = OFFLINE.splitlines()
    run(download, folder, str(bin_))
    assert len(list((folder / "组件").iterdir())) > 10
    # no index, no configuration of this machine: only the folder that was carried over
    alone = ["export PIP_CONFIG_FILE=/dev/null", "unset PIP_FIND_LINKS PIP_INDEX_URL PIP_EXTRA_INDEX_URL"]
    assert __version__ in run("\n".join([*alone, *install, "nianbao --version"]), folder, str(bin_))


def test_a_component_that_was_changed_on_the_way_is_refused(folder):
    lock = folder / "nianbao-changed.txt"
    text = (folder / f"nianbao-{__version__}-requirements.txt").read_text(encoding="utf-8")
    entry = re.search(r"(?m)^docxtpl-lint==(?:.*\\\n)+.*", text)[0]
    lock.write_text(re.sub(r"sha256:[0-9a-f]{64}", "sha256:" + "0" * 64, entry), encoding="utf-8")
    with pytest.raises(AssertionError, match="THESE PACKAGES DO NOT MATCH THE HASHES"):
        run(f"{sys.executable} -m pip download --no-deps --require-hashes -r {lock.name} -d 空", folder)
