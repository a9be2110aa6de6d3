"""Desktop entries: what is written comes out again, by our reader of the specification and by GLib's own."""

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import office
from linux.desktop import keys, words
from nianbao.excel.linux import desktop_entries
from nianbao.excel.linux.desktop_entries import DesktopEntry

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="desktop entries are Linux's")
HARD = "王 小明 $HOME `x` %f %% \"1\" 'a' \\ & ; | <b> (1) * ? # ~ !"
TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\0/\n=%"), min_size=1, max_size=12)


@given(st.lists(TEXT, min_size=1, max_size=4), st.lists(TEXT, max_size=3))
def test_any_path_and_any_words_come_out_as_they_were(folders, arguments):
    program = Path("/", *folders, "launch")
    line = desktop_entries.command(program, Path("/"), *arguments, "%F")
    expected = [f for a in arguments for f in (["f"] if a in ("%f", "%F", "%u", "%U") else [a])]
    assert words(line, ["f"]) == [str(program), *expected, "f"]


@given(st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1))
def test_any_name_comes_out_of_the_file_as_it_was(tmp_path_factory, name):
    path = tmp_path_factory.mktemp("e") / "a.desktop"
    path.write_bytes(DesktopEntry(name, "b", "c").text())
    assert keys(path)["Name"] == name


@pytest.mark.parametrize("name", ["plain", "王小明", HARD, "100%", HARD.replace("%", "")])
def test_an_entry_is_valid_and_glib_starts_what_it_says(name, tmp_path):
    office.need(shutil.which("desktop-file-validate") and shutil.which("gio"), "desktop-file-utils or GLib")
    folder = tmp_path / name
    folder.mkdir()
    program, told = folder / "launch", tmp_path / "told"
    program.write_text(f'#!/bin/sh\nfor a; do printf "%s\\n" "$a"; done > "{told}.new"\nmv "{told}.new" "{told}"\n')
    program.chmod(0o755)
    made = tmp_path / "nianbao-make.desktop"
    line = desktop_entries.command(program, folder, "--zeros", "%F")
    made.write_bytes(DesktopEntry("校验并生成年报", "提示", line, ("application/pdf",)).text())
    checked = subprocess.run(["desktop-file-validate", str(made)], capture_output=True, text=True, check=False)
    assert (checked.returncode, checked.stdout) == (0, "")
    dropped = [str(folder / "甲 & 乙.xlsx"), str(folder / "100%.xlsx")]
    subprocess.run(["gio", "launch", str(made), *dropped], env={**os.environ, "HOME": str(folder)}, check=True)
    for _ in range(600):
        if told.exists():
            break
        time.sleep(0.05)
    assert told.read_text().splitlines() == ["--zeros", *dropped]


@pytest.mark.parametrize(
    "name", [b"\xcd\xf5 \xd0\xa1\xc3\xf7", b"a=b", b"100% (1)"], ids=("GB18030", "an equals sign", "a per cent sign")
)
def test_a_home_that_an_entry_cannot_name_is_left_to_the_shell(name, tmp_path):
    home = tmp_path / os.fsdecode(name)
    program = home / ".local" / "share" / "launch"
    program.parent.mkdir(parents=True)
    program.write_text('#!/bin/sh\nprintf "%s\\n" "$@"\n')
    program.chmod(0o755)
    line = desktop_entries.command(program, home, "--zeros", "%F")
    assert line.isascii()
    command = words(line, ["a b", "$c"])
    done = subprocess.run(
        command, env={"HOME": home, "PATH": "/usr/bin:/bin"}, capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines() == ["--zeros", "a b", "$c"]
    with pytest.raises(ValueError, match="no command line"):
        desktop_entries.command(tmp_path / os.fsdecode(name), tmp_path / "elsewhere")
