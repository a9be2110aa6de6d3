"""Set everything up in a fresh clone and run the program: `python3 automation/start.py demo`.

Standard library only. Makes .venv beside pyproject.toml on the first run, installs the program into it, and passes
every argument on to nianbao. On Debian as root it installs python3-venv when that is missing.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
OLDEST = (3, 11)


def say(text: str) -> None:
    """Tell the user on stderr what takes time."""
    print(text, file=sys.stderr, flush=True)


def apt(*packages: str) -> bool:
    """Install Debian packages; False where that is not possible."""
    if os.name == "nt" or not shutil.which("apt-get") or os.geteuid() != 0:
        return False
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    say(f"正在安装系统软件：{' '.join(packages)}")
    for command in (
        ["apt-get", "update", "-qq"],
        ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages],
    ):
        if subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, check=False).returncode:  # noqa: S603
            return False
    return True


def has_pip() -> bool:
    """Tell whether .venv is complete; one that was interrupted is made anew."""
    if not PYTHON.exists():
        return False
    command = [str(PYTHON), "-P", "-m", "pip", "--version"]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0  # noqa: S603


def make_environment(extras: str = "") -> None:
    """Create .venv and install the program with `extras` into it, unless that was done for this pyproject.toml."""
    wanted = hashlib.sha256((ROOT / "pyproject.toml").read_bytes() + extras.encode()).hexdigest()
    stamp = VENV / f"installed{extras or '[]'}.txt"
    if PYTHON.exists() and stamp.exists() and stamp.read_text() == wanted:
        return
    if not has_pip():
        say("第一次运行：正在准备运行环境，大约需要一分钟。")
        if importlib.util.find_spec("ensurepip") is None and not apt("python3-venv"):
            raise SystemExit("缺少 Python 的 venv 组件，请先安装（Debian/Ubuntu：apt install python3-venv）。")
        # a process of its own: it sees what apt has just installed
        if subprocess.run([sys.executable, "-P", "-m", "venv", "--clear", str(VENV)], check=False).returncode:  # noqa: S603
            raise SystemExit(f"运行环境没有建成：请检查文件夹“{ROOT}”能否写入。")
    command = [
        str(PYTHON),
        "-P",
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
        "--editable",
        f"{ROOT}{extras}",
    ]
    if subprocess.run(command, check=False).returncode:  # noqa: S603
        raise SystemExit("安装没有成功：请检查能否连到 Python 软件源（pip），或使用离线安装包。")
    stamp.write_text(wanted)


def main() -> int:
    """Set up, then run nianbao with the arguments given."""
    if sys.version_info < OLDEST:
        raise SystemExit(f"需要 Python {OLDEST[0]}.{OLDEST[1]} 或更新的版本，现在是 {sys.version.split()[0]}。")
    make_environment()
    os.environ["NIANBAO_COMMAND"] = f"{'py' if os.name == 'nt' else 'python3'} {Path(sys.argv[0])}"
    return subprocess.run([str(PYTHON), "-P", "-X", "utf8", "-m", "nianbao", *sys.argv[1:]], check=False).returncode  # noqa: S603


if __name__ == "__main__":
    sys.exit(main())
