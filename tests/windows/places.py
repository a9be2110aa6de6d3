"""What the Windows tests are made of, pinned, and where it is kept: `build/windows`, made once, not in git.

Standard library only: tests/run.py reads the list of Debian packages before anything is installed.
"""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
HERE = Path(__file__).resolve().parent
BUILD = ROOT / "build" / "windows"

PACKAGES = ("wine", "wine64", "xvfb", "osslsigncode", "gcc-mingw-w64-x86-64", "locales")
TOOLS = ("wine", "Xvfb", "osslsigncode", "x86_64-w64-mingw32-gcc", "localedef")
"""One program of each package, by which it is known to be there."""

DONOR = "panda3d==1.10.16"
DONOR_SHA256 = "37acfb92655c4226879f95c988e2ef1449a53c54486d6c1ebc00e2772429af82"
"""A wheel on PyPI that carries CPython 3.11.9 for Windows as the Python Software Foundation signed it."""

PYTHON_DLL_SHA256 = "0817a2a657a24c0d5fbb60df56960f42fc66b3039d522ec952dab83e2d869364"
SIGNER = "CN=Python Software Foundation"
