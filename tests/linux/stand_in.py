"""A relocatable Python in the layout of python-build-standalone, made of one that is installed: for tests alone.

`python tests/linux/stand_in.py PREFIX OUT.tar.gz [ROOT]` makes one of the Python in PREFIX, of the system in ROOT.
"""

import hashlib
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

OF_THE_SYSTEM = re.compile(r"(lib(c|m|pthread|dl|rt|util|crypt)\.so\.\d+|ld-linux.*|linux-vdso.*|libgcc_s.*|libstdc.*)")
LEFT_OUT = (
    "test", "idlelib", "tkinter", "turtledemo", "lib2to3", "ensurepip", "pydoc_data", "site-packages", "__pycache__",
    "config-*", "_tkinter*", "_test*", "_curses*", "readline*", "_dbm*", "_gdbm*", "_crypt*", "nis*", "_sqlite3*",
    "*.a",
)  # fmt: skip
OF_DEBIAN = """import site, sys
site.addsitedir(f"{sys.prefix}/lib/python3.{sys.version_info.minor}/site-packages")
"""
"""Debian's Python looks for packages elsewhere than everybody's; this tells it where."""


def libraries(file: Path, root: str) -> dict[str, Path]:
    """Return the libraries a file is linked with, by name, as the loader below `root` finds them."""
    inside = ["chroot", root] if root else []
    asked = [*inside, "ldd", f"/{file.relative_to(root)}" if root else str(file)]
    told = subprocess.run(asked, capture_output=True, text=True, check=False).stdout
    found = re.findall(r"(\S+) => (/\S+)", told)
    return {n: Path(f"{root}{p}") for n, p in found if not OF_THE_SYSTEM.fullmatch(n)}


def relocated(prefix: Path, folder: Path, root: str = "") -> Path:
    """Copy the Python of `prefix` into `folder`/python, with what it is linked with, so that it can be moved."""
    found = [p for p in sorted((prefix / "bin").glob("python3.*")) if re.fullmatch(r"python3\.\d+", p.name)]
    usual = f"python3.{sys.version_info.minor}"
    program = next((p for p in found if p.name == usual), found[0])
    made = folder / "python"
    (made / "bin").mkdir(parents=True)
    shutil.copy(program.resolve(), made / "bin" / program.name)
    (made / "bin" / "python3").symlink_to(program.name)
    library = made / "lib" / program.name
    shutil.copytree(
        prefix / "lib" / program.name, library, ignore=shutil.ignore_patterns(*LEFT_OUT), ignore_dangling_symlinks=True
    )
    if "dist-packages" in (library / "site.py").read_text(encoding="utf-8"):
        (library / "sitecustomize.py").write_text(OF_DEBIAN, encoding="utf-8")
    compiled = [made / "bin" / program.name, *sorted(library.rglob("*.so"))]
    originals = [program, *(prefix / "lib" / program.name / p.relative_to(library) for p in compiled[1:])]
    linked: dict[str, Path] = {}
    for original in originals:
        linked |= libraries(original, root)
    for name, place in linked.items():
        shutil.copy(place.resolve() if not root else place, made / "lib" / name)
    for file in [*compiled, *(made / "lib" / n for n in linked)]:
        up = "/".join([".."] * len(file.relative_to(made).parent.parts))
        file.chmod(0o755)
        subprocess.run(["strip", "--strip-unneeded", str(file)], check=True)
        if libraries_of(file) & linked.keys():
            subprocess.run(["patchelf", "--set-rpath", f"$ORIGIN/{up}/lib", str(file)], check=True)
    return made


def libraries_of(file: Path) -> set[str]:
    """Return the libraries that a file itself names."""
    told = subprocess.run(["patchelf", "--print-needed", str(file)], capture_output=True, text=True, check=True).stdout
    return set(told.split())


def packed(prefix: Path, out: Path, root: str = "") -> str:
    """Write the archive; return its SHA-256."""
    with tempfile.TemporaryDirectory() as scratch:
        made = relocated(prefix, Path(scratch), root)
        with tarfile.open(out, "w:gz", compresslevel=1) as archive:
            archive.add(made, "python")
    return hashlib.sha256(out.read_bytes()).hexdigest()


if __name__ == "__main__":
    print(packed(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3] if len(sys.argv) > 3 else ""))
