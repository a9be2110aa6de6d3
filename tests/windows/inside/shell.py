"""Opening and dropping as the shell does it, and the files it shows."""

import time

import boxes
import win32con
import win32event
import win32process
from win32com.shell import shell, shellcon

_WAIT = 0x100  # SEE_MASK_NOASYNC


def dropped(link, paths, limit=60, folder=None):
    """Start a shortcut with files dropped on it: the shell puts them behind its arguments, quoted where it must."""
    words = " ".join(f'"{p}"' if set(p) & set(" ()&^,;=") else p for p in paths)
    return opened(link, words, limit, folder)


def opened(path, parameters="", limit=60, folder=None):
    """Open a file as a double click does; return what became of the program that was started."""
    before, begun = len(boxes.seen), time.monotonic()
    told = {"fMask": shellcon.SEE_MASK_NOCLOSEPROCESS | _WAIT, "lpFile": path, "lpParameters": parameters}
    told |= {"nShow": win32con.SW_SHOWNORMAL, **({"lpDirectory": folder} if folder else {})}
    process = shell.ShellExecuteEx(**told)["hProcess"]
    done = process and win32event.WaitForSingleObject(process, int(limit * 1000)) == win32event.WAIT_OBJECT_0
    code = win32process.GetExitCodeProcess(process) if done else None
    said = [b["text"] for b in boxes.seen[before:]]
    return {"code": code, "out": "", "err": "", "boxes": said, "seconds": time.monotonic() - begun, "cpu": 0}
