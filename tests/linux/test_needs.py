"""What compiled files need, read from them, beside what readelf prints; and who is refused."""

import re
import shutil
import subprocess
import sys
import sysconfig
from importlib.util import find_spec
from pathlib import Path

import pytest

import office
from release.linux import needs
from release.linux.needs import OLDEST, Needs

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="reads compiled files of Linux")
COMPILED = ("lxml.etree", "rapidfuzz.fuzz_cpp", "css_inline.css_inline", "markupsafe._speedups", "math", "_ctypes")


def shown(path):
    """The newest of each kind of symbol of the system's libraries, and the libraries, as readelf prints them."""
    office.need(shutil.which("readelf"), "binutils")
    env = {"LC_ALL": "C", "PATH": "/usr/bin:/bin"}
    told, listed = (
        subprocess.run(["readelf", "-W", option, str(path)], env=env, capture_output=True, text=True, check=True).stdout
        for option in ("-V", "-d")
    )
    found, of_the_system = {}, False
    for line in told.partition("Version needs section")[2].splitlines():
        library = re.search(r"File: (\S+)", line)
        if library:
            of_the_system = bool(re.match(r"lib(c|m|pthread|dl|rt|util|gcc_s|stdc\+\+)\.so|ld-", library[1]))
        symbol = re.search(r"Name: (\w+?)_([\d.]+) ", line)
        if symbol and of_the_system:
            version = tuple(map(int, symbol[2].split(".")))
            found[symbol[1]] = max(found.get(symbol[1], ()), version)
    return found, set(re.findall(r"\(NEEDED\).*\[(.+)]", listed))


def place(module):
    spec = find_spec(module)
    return Path(spec.origin) if spec.origin != "built-in" else Path(sys.executable).resolve()


@pytest.mark.parametrize("module", COMPILED)
def test_a_file_needs_what_readelf_says(module):
    path = place(module)
    found = needs.of(path.read_bytes())
    symbols, libraries = shown(path)
    assert (dict(found.symbols), set(found.libraries)) == (symbols, libraries)
    assert found.symbols
    assert found.machine == sysconfig.get_platform().removeprefix("linux-")


def test_what_is_no_compiled_file_needs_nothing_and_a_broken_one_is_told():
    assert needs.of(b"#!/bin/sh\n") is None
    assert needs.of(b"") is None
    whole = place("lxml.etree").read_bytes()
    for broken in (whole[:5], whole[:64], b"\x7fELF" + b"\xff" * 200):
        with pytest.raises(needs.NeedError, match="cannot be read"):
            needs.of(broken)


def one(**changes):
    usual = {"machine": "x86_64", "libraries": ("libc.so.6",), "symbols": {"GLIBC": (2, 17)}}
    return {"a.so": Needs(**{**usual, **changes})}


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"symbols": {"GLIBC": (2, 29)}}, "needs GLIBC_2.29, at most GLIBC_2.28"),
        ({"symbols": {"GLIBC": (2, 100)}}, "needs GLIBC_2.100"),
        ({"symbols": {"GLIBCXX": (3, 4, 26)}}, "at most GLIBCXX_3.4.25"),
        ({"symbols": {"GLIBC_ABI_DT": (9999,)}}, "none of its kind"),
        ({"symbols": {"XCRYPT": (2, 0)}}, "none of its kind"),
        ({"machine": "aarch64"}, "is for aarch64, not x86_64"),
        ({"libraries": ("libX11.so.6",)}, "libX11.so.6, which is neither"),
    ],
)
def test_a_file_that_an_older_system_could_not_run_is_refused(changes, said):
    (refusal,) = needs.refusals(one(**changes), "x86_64")
    assert said in refusal


@pytest.mark.parametrize("symbols", [{}, {"GLIBC": (2, 28)}, {"GLIBC": (2, 2, 5)}, dict(OLDEST)])
def test_what_the_oldest_system_has_may_be_needed(symbols):
    assert needs.refusals(one(symbols=symbols), "x86_64") == []


def test_a_library_that_comes_along_may_be_needed():
    assert needs.refusals({**one(libraries=("libffi.so.8",)), "lib/libffi.so.8": Needs("x86_64")}, "x86_64") == []
