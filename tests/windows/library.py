"""Pack the pure Python library of the CPython that runs this, compiled as python.org packs it: `library.py OUT.zip`.

Standard library only: the CPython 3.11 that lends its library runs it by itself.
"""

import os
import py_compile
import sys
import sysconfig
import tempfile
import zipfile
from pathlib import Path

NOT_LENT = {
    "site-packages", "dist-packages", "__pycache__", "test", "idlelib", "tkinter", "turtledemo", "lib2to3", "ensurepip",
    "lib-dynload", "distutils", "venv", "pydoc_data",
}  # fmt: skip


def modules(root: Path) -> list[Path]:
    """Return the library's files below `root`."""
    found = []
    for folder, folders, files in os.walk(root):
        folders[:] = sorted(f for f in folders if f not in NOT_LENT and not f.startswith("config-3"))
        found += [Path(folder) / f for f in sorted(files) if f.endswith(".py") and not f.startswith("_sysconfigdata")]
    return found


def pack(out: Path) -> None:
    """Write the zip: each module compiled, its source not looked for."""
    root = Path(sysconfig.get_path("stdlib"))
    always = py_compile.PycInvalidationMode.UNCHECKED_HASH
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package, tempfile.TemporaryDirectory() as scratch:
        compiled = str(Path(scratch) / "one.pyc")
        for path in modules(root):
            name = path.relative_to(root).as_posix()
            py_compile.compile(str(path), compiled, f"python311.zip/{name}", doraise=True, invalidation_mode=always)
            package.write(compiled, f"{name}c")


if __name__ == "__main__":
    pack(Path(sys.argv[1]))
