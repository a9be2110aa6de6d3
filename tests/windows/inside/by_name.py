"""Excel's type library lets pywin32 pass arguments by name; the fake has none, so they are put into their places here.

Loaded by by_name.pth in C:\\py wherever pywin32 is used.
"""

import sys
from importlib.abc import MetaPathFinder
from importlib.util import find_spec

ORDER = {
    "Add": ("Anchor", "Address", "SubAddress", "ScreenTip", "TextToDisplay"),
    "Protect": (
        "Password", "DrawingObjects", "Contents", "Scenarios", "UserInterfaceOnly", "AllowFormattingCells",
        "AllowFormattingColumns", "AllowFormattingRows", "AllowInsertingColumns", "AllowInsertingRows",
        "AllowInsertingHyperlinks",
    ),
}  # fmt: skip


def _patch(dispatch):
    make = dispatch._make_method_

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

    dispatch._make_method_ = made


class _Watcher(MetaPathFinder):
    """Patches win32com.client.dynamic as soon as it is imported."""

    def find_spec(self, name, path, target=None):
        if name != "win32com.client.dynamic":
            return None
        sys.meta_path.remove(self)
        spec = find_spec(name)
        execute = spec.loader.exec_module

        def execute_and_patch(module):
            execute(module)
            _patch(module.CDispatch)

        spec.loader.exec_module = execute_and_patch
        return spec


sys.meta_path.insert(0, _Watcher())
