"""The offline installation, by double clicks on its scripts in a folder of a difficult name."""

import pytest

pytestmark = pytest.mark.xdist_group("windows")


def program_files(folder):
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_installing_puts_the_whole_program_in_place_and_says_what_it_did(machine, package, installed):
    ours = machine.path(f"{machine.local}\\nianbao\\python")
    unpacked, placed = program_files(machine.path(package) / "program"), program_files(ours)
    assert {n: d for n, d in placed.items() if "__pycache__" not in n} == unpacked
    assert "已安装" in installed.out
    assert "加载项已安装" in installed.out
    assert machine.path(f"{machine.roaming}\\Microsoft\\Excel\\XLSTART\\nianbao.xlam").exists()


def test_the_program_makes_the_same_bytes_as_on_linux(machine, python, tmp_path):
    from nianbao.cli import main  # noqa: PLC0415

    done = machine.run([python, "-m", "nianbao", "demo", "-o", "C:\\年报 & 测试 (1)\\样例"])
    assert done.code == 0, done.said
    assert main(["demo", "-o", str(tmp_path / "样例")]) == 0
    there, here = program_files(machine.path("C:\\年报 & 测试 (1)\\样例")), program_files(tmp_path / "样例")
    assert there.keys() == here.keys()
    kept = [n for n in here if n.endswith((".docx", ".html", ".json"))]
    assert len(kept) == 4
    assert [n for n in kept if there[n] != here[n]] == []
