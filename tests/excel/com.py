"""What pywin32 raises, where there is no pywin32 too: the same names, the same four arguments."""

import sys
import types

if sys.platform == "win32":
    from pywintypes import com_error as ComError  # noqa: N812 - as a class is called
else:

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
