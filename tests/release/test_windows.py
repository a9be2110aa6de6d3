"""The offline installation in a release: from the locked wheels for Windows, with the one Python that is pinned."""

import hashlib
import io
import json
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest

import bills
from nianbao.excel.release.__main__ import download
from release import __main__ as command
from release import tagged
from release.locks import WINDOWS, entries

pytestmark = pytest.mark.xdist_group("release")
NAME = f"nianbao-{tagged.version()}"


def stand_in():
    """A zip with the names python.org's has; only Windows could run the real one."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name in ("python.exe", "pythonw.exe", "python311.dll", "python311._pth"):
            package.writestr(name, b"MZ")
    return out.getvalue()


@pytest.fixture(scope="module")
def wheels(tmp_path_factory):
    """The locked wheels, downloaded by hash once."""
    folder = tmp_path_factory.mktemp("wheels")
    download(folder)
    return folder


@pytest.fixture(autouse=True)
def at_hand(wheels, monkeypatch):
    """Let pip take the locked wheels, each still checked by its hash, from where they were downloaded to."""
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(wheels))


def test_a_release_with_python_holds_the_offline_installation_and_its_list_of_parts(built, tmp_path, monkeypatch):
    python = tmp_path / "python.zip"
    python.write_bytes(stand_in())
    monkeypatch.setattr(command, "PYTHON_SHA256", hashlib.sha256(python.read_bytes()).hexdigest())
    out = tmp_path / "dist"

    def built_before(folder):
        folder.mkdir()
        return [Path(shutil.copy(p, folder)) for p in built.iterdir() if p.name.endswith((".whl", ".tar.gz"))]

    monkeypatch.setattr(command.packages, "reproducible", built_before)  # test_build tries it
    monkeypatch.setattr(command.parts, "of", bills.only_for_platforms(command.parts.of))  # and the wheel's own bill
    command.build(out, str(python))
    with zipfile.ZipFile(out / f"{NAME}-windows.zip") as package:
        names = package.namelist()
    assert any(n.endswith("site-packages/nianbao/templates/2021/report.docx") for n in names)
    assert any(n.endswith("site-packages/lxml/etree.cp311-win_amd64.pyd") for n in names)
    assert not [n for n in names if n.endswith(".so")]
    parts = json.loads((out / f"{NAME}-windows.cdx.json").read_text(encoding="utf-8"))["components"]
    found = {c["name"].lower().replace("_", "-"): c["version"] for c in parts}
    assert found == {n: v for n, (v, _) in entries(WINDOWS).items()}
    assert "| pywin32 " in (out / f"{NAME}-licences.md").read_text(encoding="utf-8")
    listed = (out / "SHA256SUMS").read_text(encoding="utf-8")
    assert all(p.name in listed for p in out.iterdir() if p.name != "SHA256SUMS")


def test_another_python_than_the_pinned_one_stops_the_release_before_its_checksums(built, tmp_path):
    python = tmp_path / "python.zip"
    python.write_bytes(stand_in())
    (tmp_path / "dist").mkdir()
    with pytest.raises(subprocess.CalledProcessError):
        command.offline(python, next(built.glob("*.whl")), tmp_path / "dist" / "a.zip")
    assert list((tmp_path / "dist").iterdir()) == []


def test_a_folder_with_something_in_it_is_not_built_into(tmp_path):
    (tmp_path / "old.whl").touch()
    with pytest.raises(SystemExit, match="not empty"):
        command.build(tmp_path, "")
