"""The fake Excel of inside/fake_excel, as the tests handle it."""

from pathlib import Path, PureWindowsPath

import reports
from nianbao.form import load_edition
from nianbao.report import Report
from nianbao.workbook import build
from windows.machine import Done, Machine

FOLDER = "C:\\年报 & 测试 (1)"


class Excel:
    """One Excel; `book` is the workbook in front."""

    def __init__(self, machine: Machine, *, apart: bool = True) -> None:
        self.machine = machine
        self.number = machine.ask("excels.start", apart=apart)
        self.book = PureWindowsPath()

    def tell(self, what: str, **more):
        """Say something to it (see fake_excel); return the answer."""
        return self.machine.ask("excels.tell", number=self.number, what=what, more=more)

    def open(self, name: str, report: Report | None = None, folder: str = FOLDER) -> str:
        """Save a report's workbook (all zeros) under a name, and open it in front; return its path."""
        path = f"{folder}\\{name}"
        written(self.machine, path, report)
        self.tell("open", path=path)
        self.book = PureWindowsPath(path)
        return path

    def press(self, button: str, **more: str) -> Done:
        """Press a button in the driver and wait for its end (path, answer: see excels.press)."""
        told = {"number": self.number, "button": button, "book": self.book.name, **more}
        return Done(**self.machine.ask("excels.pressed", **told))

    def begin(self, button: str, **more: str) -> int:
        """Press it as the add-in does and don't wait; return the number for `Machine.finish`."""
        told = {"number": self.number, "button": button, "book": self.book.name, **more}
        return self.machine.ask("excels.press", **told)

    def cells(self, sheet: str) -> dict[str, str]:
        """Return what stands in a sheet now, as text by address."""
        return self.tell("state", sheet=sheet)["cells"]

    def end(self) -> None:
        """Close it."""
        self.machine.ask("excels.end", number=self.number)


def written(machine: Machine, path: str, report: Report | None = None) -> Path:
    """Save a report's workbook (all zeros) where Windows names it; return where it is on this machine."""
    report = report or reports.zero()
    file = machine.path(path)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(build(load_edition(report.edition), report))
    return file
