"""The program's message boxes: a thread notes each with its text and presses a button of it, as a clerk would."""

import ctypes
import os
import threading
import time
from ctypes import wintypes

TITLE = "信息公开年报"
OK, YES, NO = 1, 6, 7
_COMMAND, _CLASS = 0x0111, "#32770"

user = ctypes.WinDLL("user32")
_EACH = ctypes.WINFUNCTYPE(wintypes.BOOL, wintypes.HWND, wintypes.LPARAM)
user.GetDlgItem.restype = wintypes.HWND
user.FindWindowExW.restype = wintypes.HWND
user.FindWindowExW.argtypes = [wintypes.HWND, wintypes.HWND, wintypes.LPCWSTR, wintypes.LPCWSTR]

seen: list[dict] = []
"""Every box since the driver began: pid, text, answered."""

answers: dict[int, str] = {}
"""What to press, by process: yes (when not named), no, or nothing, which leaves the box open."""

_open: dict[int, dict] = {}


def _text(window):
    text = ctypes.create_unicode_buffer(user.GetWindowTextLengthW(window) + 1)
    user.GetWindowTextW(window, text, len(text))
    return text.value


def _class(window):
    text = ctypes.create_unicode_buffer(100)
    user.GetClassNameW(window, text, len(text))
    return text.value


def _process(window):
    number = wintypes.DWORD()
    user.GetWindowThreadProcessId(window, ctypes.byref(number))
    return number.value


def _said(window):
    children = []
    user.EnumChildWindows(window, _EACH(lambda child, _: children.append(child) or True), 0)
    return "\n".join(t for t in (_text(c) for c in children if _class(c) == "Static") if t)


def _press(window, box):
    wanted = answers.get(box["pid"], "yes")
    if wanted == "nothing":
        return
    buttons = [b for b in ((NO,) if wanted == "no" else (YES, OK)) if user.GetDlgItem(window, b)]
    user.PostMessageW(window, _COMMAND, buttons[0] if buttons else OK, 0)
    box["answered"] = True


def _shown():
    found, window = [], user.FindWindowExW(None, None, _CLASS, TITLE)
    while window:
        found.append(window)
        window = user.FindWindowExW(None, window, _CLASS, TITLE)
    return [w for w in found if user.IsWindowVisible(w)]


def _look():
    while True:
        boxes = _shown()
        for window in [w for w in _open if w not in boxes]:
            del _open[window]
        for window in boxes:
            if window not in _open:
                box = {"pid": _process(window), "text": _said(window), "answered": False}
                _open[window] = box
                seen.append(box)
            if not _open[window]["answered"]:
                _press(window, _open[window])
        time.sleep(0.05)


def texts(after=0):
    """Return what every box said, whichever process showed it, but for the first ones."""
    return [b["text"] for b in seen[after:]]


def shown_by(function, words, pressed="yes"):
    """Call a function that shows message boxes in this very process; return its result and their texts."""
    number, before = os.getpid(), len(seen)
    answers[number] = pressed
    try:
        result = function(words)
    finally:
        del answers[number]
    return result, [b["text"] for b in seen[before:] if b["pid"] == number]


threading.Thread(target=_look, daemon=True).start()
