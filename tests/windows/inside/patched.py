"""What Python's libraries get patched with in C:\\py, for want of an Excel and because of Wine 8; patched.pth loads it.

Arguments by name: Excel's type library tells pywin32 where they go; the fake has none, so they are put in place here.

Waking up: a pool's threads wake each other by an empty message on a pipe. Wine 8 now and then loses one between asking
whether there is a message and taking it, and the pool waits for ever; a message with a byte in it is not lost.
"""

import sys
from importlib.machinery import PathFinder  # of what is frozen into Python: other modules take time to load

ORDER = {
    "Add": ("Anchor", "Address", "SubAddress", "ScreenTip", "TextToDisplay"),
    "Protect": (
        "Password", "DrawingObjects", "Contents", "Scenarios", "UserInterfaceOnly", "AllowFormattingCells",
        "AllowFormattingColumns", "AllowFormattingRows", "AllowInsertingColumns", "AllowInsertingRows",
        "AllowInsertingHyperlinks",
    ),
}  # fmt: skip


def _take_names(module):
    make = module.CDispatch._make_method_

    def made(self, name):
        method = make(self, name)
        if name not in ORDER or method is None:
            return method

        def placed(_, *given, **named):
            words = [*given, *(named.get(n) for n in ORDER[name][len(given) :])]
            while words and words[-1] is None:
                words.pop()
            return method(*words)

        return placed.__get__(self)

    module.CDispatch._make_method_ = made


def _wake_with_a_byte(module):
    def wakeup(self):
        if not self._closed:
            self._writer.send_bytes(b"\0")

    module._ThreadWakeup.wakeup = wakeup


PATCHES = {"win32com.client.dynamic": _take_names, "concurrent.futures.process": _wake_with_a_byte}


class _Loader:
    """A module's own loader, and the patch afterwards; that of a zip serves other modules too and is left as it is."""

    def __init__(self, loader, patch):
        self._loader, self._patch = loader, patch

    def __getattr__(self, name):
        return getattr(self._loader, name)

    def exec_module(self, module):
        self._loader.exec_module(module)
        self._patch(module)


class _Watcher:
    """Patches a module when it is imported, and imports none by itself."""

    @staticmethod
    def find_spec(name, path, target=None):
        if name not in PATCHES:
            return None
        spec = PathFinder.find_spec(name, path, target)
        spec.loader = _Loader(spec.loader, PATCHES.pop(name))
        return spec


sys.meta_path.insert(0, _Watcher)
