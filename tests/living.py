"""Whether a process still works, asked as each system answers it."""

import sys
from pathlib import Path

_SYNCHRONIZE, _TIMEOUT = 0x0010_0000, 0x102


def lives(pid):
    """Tell whether a process works; one that ended and was not waited for does not."""
    if sys.platform == "win32":
        import ctypes  # noqa: PLC0415 - its functions are Windows'

        kernel = ctypes.WinDLL("kernel32")
        kernel.OpenProcess.restype = ctypes.c_void_p
        handle = ctypes.c_void_p(kernel.OpenProcess(_SYNCHRONIZE, False, pid))
        if not handle:
            return False
        try:
            return kernel.WaitForSingleObject(handle, 0) == _TIMEOUT
        finally:
            kernel.CloseHandle(handle)
    try:
        told = Path(f"/proc/{pid}/stat").read_bytes()
    except OSError:
        return False
    return told.rpartition(b")")[2].split()[0] != b"Z"
