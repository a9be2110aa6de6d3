"""A minimal Debian without Python, and a Python that needs no more than the systems served have: made once, as root.

Both are Debian 11's (glibc 2.31, as 麒麟 V10 SP1 has), by debootstrap, below build/linux. The Python is CPython 3.11
from Debian's source, compiled there; functions that glibc 2.29 gave a new version are taken in their old one.
"""

import hashlib
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from linux import stand_in

ROOT = Path(__file__).resolve().parents[2]
MADE = ROOT / "build" / "linux"
MIRROR, SUITE = "http://deb.debian.org/debian", "bullseye"
SOURCE = "pool/main/p/python3.11/python3.11_3.11.2.orig.tar.gz"
SOURCE_SHA256 = "2411c74bda5bbcfcddaf4531f66d1adc73f247f529aee981b029513aefdbf849"
LOCALES = ("zh_CN.UTF-8", "zh_CN.GB18030")
_NEEDED = ("gcc", "make", "libc6-dev", "zlib1g-dev", "libbz2-dev", "liblzma-dev", "libffi-dev", "uuid-dev")
_OLD = "".join(f'__asm__(".symver {f},{f}@GLIBC_2.2.5");\n' for f in ("exp", "exp2", "log", "log2", "pow"))


def missing() -> list[str]:
    """What this machine lacks for it."""
    tools = [t for t in ("debootstrap", "chroot", "unshare", "mount", "patchelf", "strip") if not shutil.which(t)]
    return [*tools, *([] if os.geteuid() == 0 else ["root"])]


def debian() -> Path:
    """Return the folder of the minimal Debian, with Chinese locales and nothing else that it would not have."""
    folder = MADE / "minimal"
    if not folder.exists():
        new = _fresh("minimal.new")
        options = ["--variant=minbase", "--include=locales"]
        subprocess.run(["debootstrap", *options, SUITE, str(new), MIRROR], check=True, capture_output=True)
        for name in LOCALES:
            command = ["localedef", "-i", "zh_CN", "-f", name.partition(".")[2], name]
            subprocess.run(["chroot", str(new), *command], check=True, capture_output=True)
        new.rename(folder)
    return folder


def python() -> tuple[Path, str]:
    """Return the archive of the relocatable Python, and its hash."""
    archive = MADE / "cpython-3.11.2-x86_64-install_only.tar.gz"
    if not archive.exists():
        new = archive.with_suffix(".new")
        with _compiled() as root:
            stand_in.packed(root / "opt" / "python", new, str(root))
        new.rename(archive)
    return archive, hashlib.sha256(archive.read_bytes()).hexdigest()


@contextmanager
def _compiled() -> Iterator[Path]:
    """Compile in a copy of the minimal Debian; it is gone afterwards."""
    root = _fresh("compiling")
    subprocess.run(["cp", "-a", f"{debian()}/.", str(root)], check=True)
    source = root / "root" / "source.tar.gz"
    subprocess.run(["curl", "-sf", "-o", str(source), f"{MIRROR}/{SOURCE}"], check=True)
    assert hashlib.sha256(source.read_bytes()).hexdigest() == SOURCE_SHA256
    (root / "root" / "old.h").write_text(f"#ifndef __ASSEMBLER__\n{_OLD}#endif\n")
    clock = "ac_cv_func_sem_clockwait=no ac_cv_func_pthread_cond_clockwait=no"
    script = f"""set -e
        apt-get -qq update
        apt-get -qq install --no-install-recommends {" ".join(_NEEDED)}
        cd /root && tar xf source.tar.gz && cd Python-*
        {clock} CFLAGS="-include /root/old.h" ./configure -q --prefix=/opt/python --without-ensurepip
        make -s -j2 && make -s install"""
    with mounted(root):
        subprocess.run(["nice", "chroot", str(root), "sh", "-c", script], check=True, capture_output=True)
    yield root
    shutil.rmtree(root)


@contextmanager
def mounted(root: Path) -> Iterator[None]:
    """Show a system below `root` its processes for a while."""
    subprocess.run(["mount", "-t", "proc", "proc", str(root / "proc")], check=True)
    try:
        yield
    finally:
        subprocess.run(["umount", str(root / "proc")], check=True)


def _fresh(name: str) -> Path:
    folder = MADE / name
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder
