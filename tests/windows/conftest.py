"""One Windows for all tests here: made at the first test that asks for it, ended with the last."""

import zipfile

import pytest

import office
from windows import set_up
from windows.excel import Excel
from windows.machine import Machine

PACKAGE = "C:\\下载 & 测试 (1)^!"
"""Where the offline installation was unpacked: a folder whose name cmd.exe would like to read as commands."""


@pytest.fixture(scope="session")
def machine():
    absent = set_up.missing()
    office.need(not absent, f"Wine or what goes with it ({', '.join(absent)})")
    running = Machine(set_up.ready())
    for extension in (".xlsx", ".docx"):
        running.ask("registry.opens", extension=extension, program="C:\\word.exe")
    yield running
    running.close()


@pytest.fixture(scope="session")
def package(machine):
    """The unpacked offline installation: its folder as Windows names it."""
    with zipfile.ZipFile(machine.made.offline) as archive:
        archive.extractall(machine.path(PACKAGE))
    return f"{PACKAGE}\\年报离线安装"


@pytest.fixture(scope="session")
def installed(machine, package):
    """The program installed by a double click on 安装.cmd: what came of it."""
    done = machine.run(f'cmd /c ""{package}\\安装.cmd" "')
    assert done.code == 0, done.said
    return done


@pytest.fixture(scope="session")
def python(machine, installed):
    """The installed program's Python."""
    return f"{machine.local}\\nianbao\\python\\python.exe"


@pytest.fixture(scope="session")
def excel_apart(machine):
    """An Excel in a process of its own, for all tests that want one; starting it takes seconds."""
    running = Excel(machine)
    yield running
    running.end()


@pytest.fixture(scope="session")
def excel_within(machine):
    """An Excel in the driver's process, for tests of what a button does with a workbook."""
    return Excel(machine, apart=False)


@pytest.fixture
def excel(excel_within):
    """That one, without workbooks."""
    excel_within.tell("close")
    return excel_within


@pytest.fixture
def other_process(excel_apart):
    """The one apart, without workbooks."""
    excel_apart.tell("close")
    return excel_apart
