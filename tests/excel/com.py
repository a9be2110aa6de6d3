"""What pywin32 raises, for tests where there is no pywin32: the same names, the same four arguments."""

import sys
import types


class ComError(Exception):
    """hresult, message, excepinfo, argument: as pywintypes.com_error."""


class WindowsError_(Exception):  # noqa: N801, N818 - stands in for pywintypes.error
    """code, function, message: as pywintypes.error."""


def install():
    if sys.platform != "win32" and "pywintypes" not in sys.modules:
        module = types.ModuleType("pywintypes")
        module.com_error, module.error = ComError, WindowsError_
        sys.modules["pywintypes"] = module


def refused(text):
    """Excel's error 1004 as COM hands it out."""
    return ComError(-2147352567, "发生意外。", (0, "Microsoft Excel", text, "xlmain11.chm", 0, -2146827284), None)
