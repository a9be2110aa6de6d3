"""Files held open by another program, with what it lets others do meanwhile."""

import itertools

import pywintypes
import win32con
import win32file

NOTHING, READ = 0, win32con.FILE_SHARE_READ
_numbers = itertools.count(1)
_held = {}


def hold(path, others_may_read):
    """Open a file as Word and Excel do, others may read it, or let nobody near it; return the number of the handle."""
    share = READ if others_may_read else NOTHING
    access = win32con.GENERIC_READ | win32con.GENERIC_WRITE
    try:
        handle = win32file.CreateFileW(path, access, share, None, win32con.OPEN_EXISTING, 0, None)
    except pywintypes.error as e:
        raise OSError(f"{path}: {e}") from e
    number = next(_numbers)
    _held[number] = handle
    return number


def release(number):
    """Close it."""
    _held.pop(number).Close()


def read_only(path, on):
    """Set or clear the attribute."""
    win32file.SetFileAttributesW(path, win32con.FILE_ATTRIBUTE_READONLY if on else win32con.FILE_ATTRIBUTE_NORMAL)
