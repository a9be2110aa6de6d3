"""Make what the Windows tests need, in build/windows; the first of them does it, whichever process it runs in.

Each part is made once and again when what it is made from changes. The first time downloads some 60 MB.
"""

import shutil
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from windows import interpreter, product, wheels, wine
from windows.places import BUILD, HERE, PYTHON_DLL_SHA256, TOOLS


@dataclass(frozen=True)
class Made:
    """What the tests start from."""

    prefix: Path
    """A C: to copy, with a whole Python and the program in C:\\py."""
    locales: Path
    offline: Path
    """The offline installation, a zip."""
    compiled: Path
    """The stand-ins, as programs."""


def missing() -> list[str]:
    """Return the tools that are not installed, and the Python that is not there to lend its library."""
    absent = [tool for tool in TOOLS if not shutil.which(tool)]
    return absent if interpreter.lender() else [*absent, "python3.11"]


def once(target: Path, key: str, make: Callable[[Path], None]) -> Path:
    """Make a file or folder unless it was made from the same; one that was interrupted is made anew."""
    stamp = target.with_name(f"{target.name}.made")
    if stamp.exists() and stamp.read_text(encoding="utf-8") == key and target.exists():
        return target
    stamp.unlink(missing_ok=True)
    if target.is_dir():
        shutil.rmtree(target)
    target.unlink(missing_ok=True)
    target.parent.mkdir(parents=True, exist_ok=True)
    begun = time.monotonic()
    make(target)
    print(f"{target.name}: {time.monotonic() - begun:.0f} s", file=sys.stderr, flush=True)
    stamp.write_text(key, encoding="utf-8")
    return target


def ready() -> Made:
    """Return everything the tests start from, made where it is missing or stale, by one process at a time."""
    import fcntl  # noqa: PLC0415 - on Windows, where these tests are skipped, there is none

    BUILD.mkdir(parents=True, exist_ok=True)
    with (BUILD / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        return _made()


def _made() -> Made:
    downloads = BUILD / "downloads"
    made_by = [HERE / n for n in ("interpreter.py", "library.py", "stand_ins", "wheels.py")]
    key = f"{product.fingerprint(made_by)} {PYTHON_DLL_SHA256} {interpreter.lender()}"
    of_wine = f"{key} {product.fingerprint([HERE / 'wine.py'])}"
    signed = once(BUILD / "signed", key, lambda p: interpreter.binaries(p, downloads))
    compiled = once(BUILD / "stand-ins", key, lambda p: interpreter.stand_ins(p, signed))
    library = once(BUILD / "library.zip", key, interpreter.library)
    python = once(BUILD / "python.zip", key, lambda p: interpreter.embeddable(signed, compiled, library, p))

    def blank(prefix: Path) -> None:
        wine.make_prefix(prefix, locales, compiled / "bcryptprimitives.dll")

    locales = BUILD / "locale"
    wine.locale(locales)
    lock, source = product.fingerprint([product.LOCK]), product.source()
    parts = once(BUILD / "parts", lock, product.locked)
    own = once(BUILD / "own", source, lambda p: product.wheel(p) and None)
    (wheel,) = own.glob("*.whl")
    offline = once(BUILD / "offline.zip", f"{key} {lock} {source}", lambda p: product.offline(python, parts, wheel, p))
    empty = once(BUILD / "empty", of_wine, blank)

    def furnished(prefix: Path) -> None:
        wine.copied(empty, prefix)
        folder = prefix / "drive_c" / "py"
        folder.mkdir()
        interpreter.full(signed, compiled, library, folder)
        site = folder / "Lib" / "site-packages"
        wheels.unpack([*parts.glob("*.whl"), wheel], site)
        (site / "patched.pth").write_text("C:\\inside\nimport patched\n", encoding="ascii")

    ours = product.fingerprint([HERE / "set_up.py"])
    prefix = once(BUILD / "prefix", f"{of_wine} {lock} {source} {ours}", furnished)
    return Made(prefix, locales, offline, compiled)
