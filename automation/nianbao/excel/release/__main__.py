"""python -m nianbao.excel.release --python ZIP --sha256 SUM --own WHEEL -o FILE.zip: make the offline installation.

`--wheels DIR` takes the locked wheels from a folder; without it pip downloads them by hash. Needs pip, on any system.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from importlib import resources
from pathlib import Path

from nianbao import __version__
from nianbao.errors import InputError, NianbaoError
from nianbao.excel.release.assemble import assemble
from nianbao.excel.release.wheels import wheels_in
from nianbao.files import write_result

LOCK = "windows.txt"


def main(arguments: list[str] | None = None) -> int:
    """Assemble and print the sizes; return the exit code."""
    options = _options(arguments)
    try:
        with tempfile.TemporaryDirectory() as temporary:
            folder = Path(options.wheels or temporary)
            if not options.wheels:
                download(folder)
            own = Path(options.own)
            wheels = {**wheels_in(folder), own.name: own.read_bytes()}
        made = assemble(Path(options.python).read_bytes(), options.sha256, wheels, __version__)
        write_result(Path(options.output), made.data)
    except (NianbaoError, OSError) as e:
        print(f"{e}。", file=sys.stderr)
        return 2
    sizes = f"{len(made.data) / 2**20:.1f} MB，解开后 {made.unpacked / 2**20:.1f} MB，{made.files} 个文件"
    print(f"{options.output}：{sizes}，其中 {len(wheels)} 个组件")
    return 0


def _options(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m nianbao.excel.release", description=__doc__)
    parser.add_argument("--python", required=True, help="python-3.11.x-embed-amd64.zip of python.org")
    parser.add_argument("--sha256", required=True, help="its SHA-256, from the release notes")
    parser.add_argument("--own", required=True, help="the wheel of nianbao")
    parser.add_argument("--wheels", default="", help="a folder with the locked wheels; default: download them")
    parser.add_argument("-o", "--output", required=True, help="the installation to write, .zip")
    return parser.parse_args(arguments)


def download(folder: Path) -> None:
    """Download the locked wheels for 64-bit Windows, each checked by its hash. Raises InputError."""
    with resources.as_file(resources.files("nianbao.excel.release") / LOCK) as lock:
        # fmt: off
        command = [
            sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check",
            "--require-hashes", "--no-deps", "--only-binary", ":all:",
            "--platform", "win_amd64", "--python-version", "3.11", "-r", str(lock), "-d", str(folder),
        ]
        # fmt: on
        if subprocess.run(command, check=False).returncode:  # noqa: S603 - pip with our own lock file
            raise InputError("组件没有下载成功，请检查能否连到 Python 软件源，或用 --wheels 给出已下载的文件夹")


if __name__ == "__main__":
    sys.exit(main())
