"""Word on Windows: whether it is there, and the small program that drives it, run as a process of its own.

`python -m nianbao.publish.word A|- FOLDER TARGET DOCUMENT…` so that a Word that hangs can be ended without us.
The door to pywin32, which comes with xlwings on Windows.
"""

from __future__ import annotations

import contextlib
import importlib.util
import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

from nianbao import programs
from nianbao.publish.office import PROCESS, Program

# Word's own numbers, by their names in its object model.
WD_EXPORT_FORMAT_PDF = 17
WD_EXPORT_OPTIMIZE_FOR_PRINT = 0
WD_EXPORT_ALL_DOCUMENT = 0
WD_EXPORT_DOCUMENT_CONTENT = 0
WD_EXPORT_CREATE_HEADING_BOOKMARKS = 1
WD_ALERTS_NONE = 0
WD_DO_NOT_SAVE_CHANGES = 0
MSO_AUTOMATION_SECURITY_FORCE_DISABLE = 3


def find(pdf_a: bool = False) -> Program | None:
    """Return Word as it is on this machine, or None; WPS does not count, it answers to another name."""
    if not _registered() or importlib.util.find_spec("win32com") is None:
        return None
    return Program("Word", partial(_command, pdf_a), most=1)  # a second Word would share the first one's settings


def _registered() -> bool:
    if sys.platform != "win32":
        return False
    import winreg  # noqa: PLC0415 - exists on Windows alone

    with contextlib.suppress(OSError):
        winreg.CloseKey(winreg.OpenKey(winreg.HKEY_CLASSES_ROOT, r"Word.Application\CLSID"))
        return True
    return False


def _command(pdf_a: bool, folder: Path, documents: Sequence[Path], target: Path) -> list[str]:
    start = programs.python("nianbao.publish.word")
    return [*start, "A" if pdf_a else "-", str(folder), str(target), *map(str, documents)]


def main(arguments: Sequence[str]) -> int:
    """Convert the documents one by one; one that Word refuses is left out and the others follow."""
    pdf_a, folder, target, *documents = arguments
    import pywintypes  # type: ignore[import-untyped] # noqa: PLC0415
    import win32com.client  # type: ignore[import-untyped] # noqa: PLC0415

    noted = Path(folder) / PROCESS
    word = win32com.client.DispatchEx("Word.Application")
    try:
        _calm(word)
        for document in documents:
            with contextlib.suppress(pywintypes.com_error):
                _one(word, Path(document), Path(target), pdf_a == "A", noted)
    finally:
        word.Quit(SaveChanges=WD_DO_NOT_SAVE_CHANGES)
        noted.unlink(missing_ok=True)
    return 0


def _calm(word: Any) -> None:
    """Let Word ask nothing, run nothing and fetch nothing."""
    word.Visible = False
    word.DisplayAlerts = WD_ALERTS_NONE
    word.AutomationSecurity = MSO_AUTOMATION_SECURITY_FORCE_DISABLE
    word.Options.UpdateLinksAtOpen = False


def _one(word: Any, document: Path, target: Path, pdf_a: bool, noted: Path) -> None:
    opened = word.Documents.Open(
        FileName=str(document), ConfirmConversions=False, ReadOnly=True, AddToRecentFiles=False, Visible=False
    )
    try:
        noted.write_text(_process(opened))
        opened.ExportAsFixedFormat(
            OutputFileName=str(target / f"{document.stem}.pdf"),
            ExportFormat=WD_EXPORT_FORMAT_PDF,
            OpenAfterExport=False,
            OptimizeFor=WD_EXPORT_OPTIMIZE_FOR_PRINT,
            Range=WD_EXPORT_ALL_DOCUMENT,
            Item=WD_EXPORT_DOCUMENT_CONTENT,
            IncludeDocProps=True,
            KeepIRM=False,
            CreateBookmarks=WD_EXPORT_CREATE_HEADING_BOOKMARKS,
            DocStructureTags=True,
            BitmapMissingFonts=True,
            UseISO19005_1=pdf_a,
        )
    finally:
        opened.Close(SaveChanges=WD_DO_NOT_SAVE_CHANGES)


def _process(opened: Any) -> str:
    """Return the id of the Word process, asked of the document's window; Word has no other way to tell it."""
    import win32process  # type: ignore[import-untyped] # noqa: PLC0415

    return str(win32process.GetWindowThreadProcessId(opened.ActiveWindow.Hwnd)[1])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
