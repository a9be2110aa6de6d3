"""The offline installation, assembled from a stand-in for Windows' Python and small wheels."""

import hashlib
import io
import re
import shutil
import subprocess
import sys
import zipfile
from importlib import resources
from pathlib import Path

import pytest
import xlwings

from nianbao import pipeline
from nianbao.errors import InputError
from nianbao.excel.addin.build import build
from nianbao.excel.release import __main__ as command
from nianbao.excel.release import blank_forms
from nianbao.excel.release.assemble import LEFT_OUT, ROOT, SCRIPTS, SUMS, assemble


def zipped(files):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name, data in files.items():
            package.writestr(name, data)
    return out.getvalue()


PYTHON = zipped(
    {"python.exe": b"MZ", "pythonw.exe": b"MZw", "python311.dll": b"dll", "python311._pth": b"python311.zip\r\n."}
)
SUM = hashlib.sha256(PYTHON).hexdigest()
WHEELS = {
    "nianbao-2026.11.0-py3-none-any.whl": zipped({"nianbao/__init__.py": b"", "nianbao-2026.11.0.dist-info/R": b""}),
    "lxml-6.1.3-cp311-cp311-win_amd64.whl": zipped({"lxml/etree.pyd": b"pyd"}),
    "pywin32-312-cp311-cp311-win_amd64.whl": zipped(
        {"pywin32-312.data/platlib/pywin32.pth": b"win32", "pywin32-312.data/scripts/pywin32_postinstall.py": b""}
    ),
}  # fmt: skip


def contents(data):
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {n.removeprefix(f"{ROOT}/"): package.read(n) for n in package.namelist()}


def test_the_installation_holds_program_addin_scripts_and_readme():
    files = contents(assemble(PYTHON, SUM, WHEELS, "1").data)
    assert files["program/pythonw.exe"] == b"MZw"
    assert "program/Lib/site-packages/lxml/etree.pyd" in files
    assert "program/Lib/site-packages/pywin32.pth" in files
    assert not any("postinstall" in name for name in files)
    assert files["program/python311._pth"].split() == rb"python311.zip . Lib\site-packages import site".split()
    assert files["nianbao.xlam"] == build()
    assert {*SCRIPTS, "使用说明.txt", SUMS} <= set(files)
    for line in files[SUMS].decode().splitlines():
        digest, name = line.split("  ")
        assert hashlib.sha256(files[name]).hexdigest() == digest


def test_the_scripts_are_ascii_with_windows_line_ends_and_need_no_powershell():
    files = contents(assemble(PYTHON, SUM, WHEELS, "1").data)
    for name in SCRIPTS:
        text = files[name].decode("ascii")
        assert text.count("\n") == text.count("\r\n")
        assert "powershell" not in text.lower()
        labels = set(re.findall(r"(?m)^:(\w+)", text))
        assert set(re.findall(r"goto (\w+)", text)) <= labels


def test_the_same_inputs_give_the_same_zip():
    assert assemble(PYTHON, SUM, WHEELS, "1") == assemble(PYTHON, SUM, dict(reversed(WHEELS.items())), "1")


def test_the_blank_forms_of_the_year_lie_in_it_and_are_what_a_clerk_fills_in(tmp_path):
    files = contents(assemble(PYTHON, SUM, WHEELS, "2026.11.0").data)
    (book,) = [n for n in files if n.startswith("空白填报表/填报表")]
    assert "2026" in book
    path = tmp_path / "表.xlsx"
    path.write_bytes(files[book])
    reading = pipeline.read(path)
    assert (reading.report.year, reading.report.body.get("name", ""), reading.report.values) == (2026, "", {})
    (register,) = [n for n in files if n.startswith("空白填报表/申请台账")]
    path.write_bytes(files[register])
    assert pipeline.is_register(path)


@pytest.mark.parametrize(
    ("version", "year"), [("2026.11.0", 2026), ("2027.1.0", 2026), ("2027.3.2", 2026), ("2027.4.0", 2027), ("1", 0)]
)
def test_the_year_of_the_forms_is_the_one_reported_next(version, year):
    assert blank_forms.year(version) == year


def test_another_python_than_the_pinned_one_is_refused():
    with pytest.raises(InputError, match="不是指定的那一份"):
        assemble(PYTHON + b"x", SUM, WHEELS, "1")


@pytest.mark.parametrize(
    ("python", "said"),
    [
        (b"MZ no zip", "不是 zip 文件，应是 python.org 的 embeddable package"),
        (zipped({"python.exe": b"", "python311.dll": b""}), "缺少 pythonw.exe，"),
        (zipped({"readme.txt": b""}), "缺少 python.exe、pythonw.exe，"),
        (zipped({"python.exe": b"", "pythonw.exe": b"", "python3.dll": b""}), "看不出版本"),
    ],
    ids=("no zip", "no window", "no program", "no version"),  # not the bytes: a zip has the clock in it
)
def test_what_is_no_embeddable_python_is_refused_though_its_sum_is_right(python, said):
    with pytest.raises(InputError, match=said):
        assemble(python, hashlib.sha256(python).hexdigest(), WHEELS, "1")


@pytest.mark.parametrize("name", ["../../evil.py", "a/../../evil.py", "/evil.py"])
def test_a_file_that_would_leave_its_folder_is_left_out(name):
    wheels = {"a-1-py3-none-any.whl": zipped({"a/__init__.py": b"", name: b""})}
    files = contents(assemble(PYTHON, SUM, wheels, "1").data)
    assert "program/Lib/site-packages/a/__init__.py" in files
    assert not any("evil" in f for f in files)


@pytest.mark.parametrize(
    "name",
    ["lxml-6.1.3-cp312-cp312-win_amd64.whl", "lxml-6.1.3-cp311-cp311-manylinux_2_28_x86_64.whl", "lxml-6.1.3.tar.gz"],
)
def test_a_wheel_for_elsewhere_is_refused(name):
    with pytest.raises(InputError, match="不能用于"):
        assemble(PYTHON, SUM, {name: b""}, "1")


def test_the_command_states_the_sizes(tmp_path, capsys):
    (tmp_path / "w").mkdir()
    for name, data in WHEELS.items():
        (tmp_path / "w" / name).write_bytes(data)
    (tmp_path / "python.zip").write_bytes(PYTHON)
    own = tmp_path / "w" / "nianbao-2026.11.0-py3-none-any.whl"
    arguments = ["--python", str(tmp_path / "python.zip"), "--sha256", SUM, "--own", str(own)]
    assert command.main([*arguments, "--wheels", str(tmp_path / "w"), "-o", str(tmp_path / "年报.zip")]) == 0
    assert re.search(r"MB，解开后 .* MB，\d+ 个文件，其中 3 个组件", capsys.readouterr().out)
    assert command.main([*arguments, "--wheels", str(tmp_path), "-o", str(tmp_path / "b.zip")]) == 2


@pytest.mark.parametrize("code", [0, 1])
def test_without_wheels_they_are_downloaded_by_their_hashes_or_that_is_told(code, tmp_path, capsys, monkeypatch):
    asked = []

    def pip(arguments, check):
        asked.append(arguments)
        for name, data in WHEELS.items():
            (Path(arguments[arguments.index("-d") + 1]) / name).write_bytes(data)
        return subprocess.CompletedProcess(arguments, code)

    monkeypatch.setattr(command.subprocess, "run", pip)
    (tmp_path / "python.zip").write_bytes(PYTHON)
    own = tmp_path / "nianbao-2026.11.0-py3-none-any.whl"
    own.write_bytes(WHEELS[own.name])
    arguments = ["--python", str(tmp_path / "python.zip"), "--sha256", SUM, "--own", str(own)]
    assert command.main([*arguments, "-o", str(tmp_path / "年报.zip")]) == (2 if code else 0)
    assert asked[0][1:4] == ["-m", "pip", "download"]
    assert {"--require-hashes", "--no-deps", "win_amd64"} <= set(asked[0])
    assert (tmp_path / "年报.zip").exists() is (code == 0)
    assert ("组件没有下载成功，请检查能否连到 Python 软件源" in capsys.readouterr().err) is (code == 1)


def test_every_locked_component_carries_hashes():
    lock = (resources.files("nianbao.excel.release") / command.LOCK).read_text(encoding="utf-8")
    entries = re.split(r"(?m)^(?=[a-z])", lock)
    names = {e.split("==")[0] for e in entries if "==" in e}
    assert {"xlwings", "pywin32", "colorama", "openpyxl", "docxtpl", "lxml"} <= names
    assert all("--hash=sha256:" in e for e in entries if "==" in e)


def test_xlwings_works_without_what_is_left_out(tmp_path):
    source = Path(xlwings.__file__).parent
    for path in source.rglob("*"):
        place = f"xlwings/{path.relative_to(source).as_posix()}"
        if path.is_file() and "__pycache__" not in place and not LEFT_OUT.match(place):
            target = tmp_path / place
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(path, target)
    imports = "import nianbao.excel.button_boundary, xlwings"
    code = f"import sys; sys.path.insert(0, sys.argv[1]); {imports}; print(xlwings.__file__)"
    done = subprocess.run([sys.executable, "-c", code, str(tmp_path)], capture_output=True, text=True, check=False)
    assert str(tmp_path) in done.stdout, done.stderr
    assert not (tmp_path / "xlwings" / "pro").exists()
