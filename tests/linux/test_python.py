"""The archive of a relocatable Python: only the one asked for, only what stays inside it, without what nobody uses."""

import hashlib
import io
import os
import sys
import tarfile
from pathlib import Path

import pytest

from nianbao.errors import InputError
from release.linux import assemble, package, python
from release.linux.needs import NeedError
from release.linux.python import PythonError

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="packs this machine's own compiled files")
PROGRAM = Path("/bin/true").read_bytes() if sys.platform == "linux" else b""
USUAL = {"python/bin/python3.11": PROGRAM, "python/bin/python3": "python3.11", "python/lib/python3.11/os.py": b""}


def packed(files):
    """An archive: text is a link, bytes a file."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w:gz") as archive:
        for name, content in files.items():
            info = tarfile.TarInfo(name)
            info.mode = 0o755
            if isinstance(content, str):
                info.type, info.linkname = tarfile.SYMTYPE, content
                archive.addfile(info)
            else:
                info.size = len(content)
                archive.addfile(info, io.BytesIO(content))
    return out.getvalue()


def opened(files):
    data = packed(files)
    return python.opened(data, hashlib.sha256(data).hexdigest())


def test_the_version_and_the_machine_are_those_of_the_files():
    found = opened(USUAL)
    assert (found.minor, found.machine) == (11, os.uname().machine)
    assert set(found.files) == set(USUAL)


def test_what_no_part_of_the_program_uses_is_left_out():
    lib = "python/lib/python3.11"
    unused = ("test/a.py", "site-packages/pip/a.py", "__pycache__/os.pyc", "lib-dynload/_tkinter.so")
    more = ["python/include/Python.h", "python/bin/pip3", *(f"{lib}/{name}" for name in unused)]
    kept = [f"{lib}/testing.py", f"{lib}/lib-dynload/_ctypes.so", "python/lib/libffi.so.8"]
    assert set(opened({**USUAL, **dict.fromkeys([*more, *kept], b"")}).files) == {*USUAL, *kept}


def test_another_archive_than_the_one_asked_for_is_refused():
    with pytest.raises(PythonError, match="not the one asked for"):
        python.opened(packed(USUAL), "0" * 64)


@pytest.mark.parametrize("link", ["/etc/passwd", "../../outside", "../../../etc/passwd"])
def test_a_link_that_leads_outside_is_refused(link):
    with pytest.raises(PythonError, match="leads outside"):
        opened({**USUAL, "python/bin/python3": link})


@pytest.mark.parametrize(
    "files",
    [
        {},
        {**USUAL, "python/bin/python3": "python3.12"},
        {**USUAL, "python/bin/python3": "python3"},
        {**USUAL, "python/lib/python3.12/os.py": b""},
        {**USUAL, "python/bin/python3.11": b"#!/bin/sh"},
        {f"../{n}": c for n, c in USUAL.items()},
    ],
    ids=("empty", "no target", "a ring", "two libraries", "a script", "outside"),
)
def test_what_holds_no_python_is_refused_though_its_sum_is_right(files):
    with pytest.raises(PythonError):
        opened(files)


@pytest.mark.parametrize("data", [b"", b"no archive", packed(USUAL)[:200]], ids=("empty", "a text", "cut off"))
def test_what_is_no_archive_is_told(data):
    with pytest.raises(PythonError):
        python.opened(data, hashlib.sha256(data).hexdigest())


@pytest.mark.parametrize("given", ["python.tar.gz", "python.tar.gz=12", f"={'0' * 64}"])
def test_an_archive_without_its_sum_is_not_taken(given):
    with pytest.raises(SystemExit, match="ARCHIVE=SHA256"):
        package.given(given)


def wheel(files):
    import zipfile  # noqa: PLC0415

    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name, data in files.items():
            made.writestr(name, data)
    return out.getvalue()


ANY = dict.fromkeys(("GLIBC", "GLIBC_ABI_DT", "GLIBCXX", "CXXABI", "GCC"), (9999,))


def test_the_same_input_gives_the_same_archive():
    wheels = {"b-1-py3-none-any.whl": wheel({"b.py": b""}), "a-1-py3-none-any.whl": wheel({"a.py": b""})}
    first = assemble.assemble(opened(USUAL), wheels, "2026.11.0", ANY)
    again = assemble.assemble(opened(dict(reversed(USUAL.items()))), dict(reversed(wheels.items())), "2026.11.0", ANY)
    assert first == again


def test_a_package_holds_program_scripts_forms_of_the_year_and_the_sum_of_every_file():
    made = assemble.assemble(opened(USUAL), {"a-1-py3-none-any.whl": wheel({"a.py": b"1"})}, "2026.11.0", ANY)
    with tarfile.open(fileobj=io.BytesIO(made.data)) as archive:
        held = {m.name.partition("/")[2]: m for m in archive.getmembers()}
        contents = {n: archive.extractfile(m).read() for n, m in held.items() if m.isfile()}
        assert {m.name.partition("/")[0] for m in held.values()} == {made.name}
    assert contents["program/python/lib/python3.11/site-packages/a.py"] == b"1"
    assert held["program/python/bin/python3"].linkname == "python3.11"
    assert {"空白填报表/填报表（2026年度）.xlsx", "空白填报表/申请台账（2026年度）.xlsx"} <= set(contents)
    assert all(held[n].mode & 0o111 for n in ("install.sh", "uninstall.sh", "program/launch", "program/nianbao"))
    assert b"@" not in contents["install.sh"].replace(b'"$@"', b"")
    sums = dict(reversed(line.split("  ")) for line in contents[assemble.SUMS].decode().splitlines())
    assert sums == {n: hashlib.sha256(d).hexdigest() for n, d in contents.items() if n != assemble.SUMS}


@pytest.mark.parametrize(
    "name",
    [
        "a-1-cp310-cp310-manylinux_2_17_x86_64.whl",
        "a-1-cp311-cp311-win_amd64.whl",
        "a-1-cp311-cp311-musllinux_1_2_x86_64.whl",
    ],
)
def test_a_wheel_for_another_system_is_refused(name):
    with pytest.raises(InputError, match="不能用于"):
        assemble.assemble(opened(USUAL), {name: wheel({})}, "2026.11.0", ANY)


def test_a_wheel_whose_files_need_more_than_its_name_says_is_refused():
    lying = {"a-1-py3-none-any.whl": wheel({"a/b.so": PROGRAM})}
    with pytest.raises(NeedError, match=r"a/b\.so needs GLIBC_"):
        assemble.assemble(opened(USUAL), lying, "2026.11.0", {**ANY, "GLIBC": (2, 0)})
