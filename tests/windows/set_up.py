"""Make what the Windows tests need, in build/windows: `python tests/windows/set_up.py`. The tests do it by themselves.

Each part is made once and again when what it is made from changes. The first time downloads some 60 MB.
"""

import shutil
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

if __name__ == "__main__":
    root = Path(__file__).resolve().parents[2]
    sys.path[:0] = [str(root / "tests"), str(root / "automation")]

from windows import interpreter, product, wheels, wine
from windows.places import BUILD, HERE, PACKAGES, PYTHON_DLL_SHA256, TOOLS


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
    """Return the tools that are not installed."""
    return [tool for tool in TOOLS if not shutil.which(tool)]


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
    """Return everything the tests start from, made where it is missing or stale."""
    downloads = BUILD / "downloads"
    ours = product.fingerprint([HERE / "interpreter.py", HERE / "stand_ins", HERE / "wine.py", HERE / "wheels.py"])
    key = f"{ours} {PYTHON_DLL_SHA256} {interpreter.library()}"
    signed = once(BUILD / "signed", key, lambda p: interpreter.binaries(p, downloads))
    compiled = once(BUILD / "stand-ins", key, lambda p: interpreter.stand_ins(p, signed))
    python = once(BUILD / "python.zip", key, lambda p: interpreter.embeddable(signed, compiled, p))

    def blank(prefix: Path) -> None:
        wine.make_prefix(prefix, locales, compiled / "bcryptprimitives.dll")

    locales = BUILD / "locale"
    wine.locale(locales)
    lock, source = product.fingerprint([product.LOCK]), product.source()
    parts = once(BUILD / "parts", lock, product.locked)
    own = once(BUILD / "own", source, lambda p: product.wheel(p) and None)
    (wheel,) = own.glob("*.whl")
    offline = once(BUILD / "offline.zip", f"{key} {lock} {source}", lambda p: product.offline(python, parts, wheel, p))
    empty = once(BUILD / "empty", key, blank)

    def furnished(prefix: Path) -> None:
        wine.copied(empty, prefix, whole=True)
        folder = prefix / "drive_c" / "py"
        folder.mkdir()
        interpreter.full(signed, compiled, folder)
        site = folder / "Lib" / "site-packages"
        wheels.unpack([*parts.glob("*.whl"), wheel], site)
        (site / "patched.pth").write_text("C:\\inside\nimport patched\n", encoding="ascii")

    ours = product.fingerprint([HERE / "set_up.py"])
    prefix = once(BUILD / "prefix", f"{key} {lock} {source} {ours}", furnished)
    return Made(prefix, locales, offline, compiled)


def main() -> int:
    """Install what is missing on Debian, then make everything."""
    import start  # noqa: PLC0415 - automation/ is on the path only for this

    if missing() and not start.apt(*PACKAGES):
        print(f"not installed: {', '.join(missing())}; on Debian: apt install {' '.join(PACKAGES)}", file=sys.stderr)
        return 1
    print(ready())
    return 0


if __name__ == "__main__":
    sys.exit(main())
