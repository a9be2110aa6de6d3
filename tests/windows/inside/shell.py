"""Opening and dropping as the shell does it."""

import time

import boxes
import processes
import pythoncom
import win32api
import win32con
import win32event
import win32process
from win32com.shell import shell

_WAIT = 0x100  # SEE_MASK_NOASYNC
_NEEDS_QUOTES = set(" ()&^,;=%!")


def dropped(link, paths, limit=processes.PATIENCE, folder=None):
    """Start a shortcut with files dropped on it: the shell puts them behind its arguments, quoted where it must."""
    words = " ".join(f'"{p}"' if set(p) & _NEEDS_QUOTES else p for p in paths)
    return opened(link, words, limit, folder)


def opened(path, parameters="", limit=processes.PATIENCE, folder=None):
    """Open a file as a double click does; return what became of the programs that it started (code: of the first).

    For a shortcut the shell tells no process; it is whichever is there afterwards and was not before.
    """
    before, boxes_before, begun = set(win32process.EnumProcesses()), len(boxes.seen), time.monotonic()
    told = {"fMask": _WAIT, "lpFile": path, "lpParameters": parameters, "nShow": win32con.SW_SHOWNORMAL}
    shell.ShellExecuteEx(**told, **({"lpDirectory": folder} if folder else {}))
    new = [p for p in win32process.EnumProcesses() if p not in before]
    access = win32con.SYNCHRONIZE | win32con.PROCESS_QUERY_INFORMATION
    codes = [_code(win32api.OpenProcess(access, False, pid), begun + limit) for pid in new]
    said = [b["text"] for b in boxes.seen[boxes_before:] if b["pid"] in new]
    return {"code": codes[0], "out": "", "err": "", "boxes": said}


def _code(process, end):
    rest = max(0, int((end - time.monotonic()) * 1000))
    if win32event.WaitForSingleObject(process, rest) != win32event.WAIT_OBJECT_0:
        return None
    return win32process.GetExitCodeProcess(process)


def target(link):
    """Return what a shortcut starts: the program and its arguments."""
    found = pythoncom.CoCreateInstance(
        shell.CLSID_ShellLink, None, pythoncom.CLSCTX_INPROC_SERVER, shell.IID_IShellLink
    )
    found.QueryInterface(pythoncom.IID_IPersistFile).Load(link)
    return found.GetPath(shell.SLGP_RAWPATH)[0], found.GetArguments()
