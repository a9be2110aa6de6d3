"""A release is made by one command: the same packages each time, a list of parts, their licences, checksums."""

import hashlib
import json
import re
import subprocess
import sys
import tarfile
import zipfile

import pytest

from release import packages, parts, tagged
from release.locks import PRODUCT, entries

pytestmark = pytest.mark.xdist_group("release")


def one(folder, suffix):
    return next(p for p in folder.iterdir() if p.name.endswith(suffix))


def test_a_release_holds_what_the_administrators_page_names(built):
    version = tagged.version()
    assert {p.name for p in built.iterdir()} == {
        f"nianbao-{version}-py3-none-any.whl",
        f"nianbao-{version}.tar.gz",
        f"nianbao-{version}-requirements.txt",
        f"nianbao-{version}.cdx.json",
        f"nianbao-{version}-licences.md",
        "SHA256SUMS",
    }


def test_building_again_elsewhere_gives_the_same_bytes(built, tmp_path):
    source = packages.export(tmp_path / "elsewhere" / "again")
    for path in source.rglob("*"):
        path.touch()
    again = packages.sums(packages.build(source, tmp_path / "made", packages.epoch()))
    assert len(again) == 2
    assert again == {n: s for n, s in packages.sums([*built.iterdir()]).items() if n in again}


def test_two_builds_that_differ_are_refused(tmp_path, monkeypatch):
    counter = iter("ab")

    def differing(_, out, __):
        out.mkdir(parents=True)
        (out / "x.whl").write_text(next(counter))

    monkeypatch.setattr(packages, "build", differing)
    monkeypatch.setattr(packages, "export", lambda folder, _: folder)  # also where there is no git
    monkeypatch.setattr(packages, "epoch", lambda _: "0")
    with pytest.raises(packages.DifferenceError, match="differ"):
        packages.reproducible(tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_every_file_is_in_the_checksums_and_matches(built):
    listed = dict(reversed(line.split("  ")) for line in (built / "SHA256SUMS").read_text().splitlines())
    assert set(listed) == {p.name for p in built.iterdir()} - {"SHA256SUMS"}
    for name, digest in listed.items():
        assert hashlib.sha256((built / name).read_bytes()).hexdigest() == digest
    if sys.platform == "linux":
        check = ["sha256sum", "--check", "--ignore-missing", "SHA256SUMS"]
        assert subprocess.run(check, cwd=built, check=False, capture_output=True).returncode == 0


def test_the_wheel_holds_the_package_and_its_templates_and_nothing_of_the_tests(built):
    with zipfile.ZipFile(one(built, ".whl")) as wheel:
        names = wheel.namelist()
    assert {n.split("/")[0] for n in names} == {"nianbao", f"nianbao-{tagged.version()}.dist-info"}
    assert "nianbao/templates/2021/report.docx" in names
    assert "nianbao/form/editions/2021.toml" in names
    assert not [n for n in names if "__pycache__" in n or n.endswith((".pyc", ".orig"))]


def test_the_sdist_holds_what_is_committed_and_builds_the_same_wheel(built, tmp_path):
    with tarfile.open(one(built, ".tar.gz")) as archive:
        archive.extractall(tmp_path, filter="data")
        names = [m.name for m in archive.getmembers()]
    assert not [n for n in names if "node_modules" in n or ".venv" in n]
    source = next(tmp_path.iterdir())
    assert (source / "tests" / "run.py").is_file()
    wheel = next(p for p in packages.build(source, tmp_path / "made", packages.epoch()) if p.suffix == ".whl")
    assert wheel.read_bytes() == one(built, ".whl").read_bytes()


def test_the_list_of_parts_names_every_locked_package_of_this_system_in_its_version(built):
    made = json.loads(one(built, ".cdx.json").read_text(encoding="utf-8"))
    assert made["bomFormat"] == "CycloneDX"
    assert made["metadata"]["component"]["version"] == tagged.version()
    found = {c["name"].lower().replace("_", "-"): c["version"] for c in made["components"]}
    locked = {n: v for n, (v, _) in entries(PRODUCT).items() if n not in ("colorama", "pywin32", "xlwings")}
    if sys.platform == "linux":
        assert found == locked


def test_the_list_of_parts_says_nothing_of_the_machine(built, tmp_path):
    text = one(built, ".cdx.json").read_text(encoding="utf-8")
    assert not re.search(r"/tmp|/home|/root|file:|" + re.escape(str(tmp_path.parents[1])), text)


def test_every_part_has_a_licence_and_lgpl_is_told_from_gpl(built):
    text = one(built, "-licences.md").read_text(encoding="utf-8")
    assert "| docxtpl 0.20.2 | LGPL-2.1-only |" in text
    assert "| lxml " in text
    assert re.findall(r"\| *\|$", text, re.MULTILINE) == []


@pytest.mark.parametrize(
    "declared",
    [[], [{"license": {"id": "GPL-3.0-only"}}], [{"expression": "AGPL-3.0-or-later"}],
     [{"license": {"name": "License :: OSI Approved :: GNU Affero General Public License v3"}}]],
)  # fmt: skip
def test_a_part_without_a_licence_or_under_the_gpl_stops_the_release(declared, tmp_path):
    bill = tmp_path / "a.cdx.json"
    bill.write_text(json.dumps({"components": [{"name": "x", "version": "1", "licenses": declared}]}))
    with pytest.raises(parts.LicenceError, match="x 1"):
        parts.licences([bill])
