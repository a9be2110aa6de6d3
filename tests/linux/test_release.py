"""A release with the package for Linux: its list of parts, its sums; the same bytes by the verb that makes it alone."""

import json
import shutil
import sys

import pytest

import bills
from linux.conftest import ANY
from release import __main__ as command
from release import locks, tagged
from release.linux import needs

pytestmark = [
    pytest.mark.xdist_group("linux"),
    pytest.mark.skipif(sys.platform != "linux", reason="packs this machine's own Python"),
    pytest.mark.usefixtures("at_hand"),
]


def test_a_release_holds_the_package_its_list_of_parts_and_their_sums(python, package, own, tmp_path, monkeypatch):
    for kind, version in ANY.items():
        monkeypatch.setitem(needs.OLDEST, kind, version)
    archive, sha256 = python

    def built_before(folder):
        folder.mkdir()
        return [folder / shutil.copy(own, folder)]

    monkeypatch.setattr(command.packages, "reproducible", built_before)  # test_build tries it
    monkeypatch.setattr(command.parts, "of", bills.only_for_platforms(command.parts.of))  # and the wheel's own bill
    out = tmp_path / "dist"
    assert command.main(["build", "--linux", f"{archive}={sha256}", "-o", str(out)]) == 0
    made = out / package.name
    assert made.read_bytes() == package.read_bytes()
    parts = json.loads((out / f"{package.name.removesuffix('.tar.gz')}.cdx.json").read_text(encoding="utf-8"))
    found = {c["name"].lower().replace("_", "-"): c["version"] for c in parts["components"]}
    of_windows = ("colorama", "pywin32", "xlwings")
    assert found == {n: v for n, (v, _) in locks.entries(locks.PRODUCT).items() if n not in of_windows}
    assert package.name in (out / "SHA256SUMS").read_text(encoding="utf-8")
    assert package.name.startswith(f"nianbao-{tagged.version()}-linux-")
    alone = ["linux", "--linux", f"{archive}={sha256}", "--own", str(own), "-o", str(tmp_path / "alone")]
    assert command.main(alone) == 0
    assert (tmp_path / "alone" / package.name).read_bytes() == package.read_bytes()


def test_a_python_too_new_for_the_systems_served_stops_it(python, own, tmp_path, monkeypatch):
    monkeypatch.setitem(needs.OLDEST, "GLIBC", (2, 0))
    archive, sha256 = python
    with pytest.raises(needs.NeedError, match="needs GLIBC_"):
        command.main(["linux", "--linux", f"{archive}={sha256}", "--own", str(own), "-o", str(tmp_path / "out")])
    assert not (tmp_path / "out").exists()
