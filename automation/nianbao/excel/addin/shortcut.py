"""Windows' shortcuts (.lnk): the only module that imports pywin32's shell.

What is dropped onto a shortcut, or sent to it by 发送到, Windows itself appends to the command line, quoted, and starts
the program with it: no cmd.exe reads the names, whatever they hold.
"""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from pathlib import Path

from nianbao.errors import OutputError


def create(path: Path, program: str, arguments: Sequence[str], tip: str) -> None:
    """Write a shortcut that starts `program` with `arguments`; `tip` is what the mouse shows. Raises OutputError."""
    try:
        import pythoncom  # type: ignore[import-untyped] # noqa: PLC0415 - exists on Windows alone
        from win32com.shell import shell  # type: ignore[import-untyped] # noqa: PLC0415
    except ImportError as e:
        raise OutputError("缺少组件 pywin32，不能建立拖放图标；请用离线安装包安装") from e
    try:
        made = pythoncom.CoCreateInstance(
            shell.CLSID_ShellLink, None, pythoncom.CLSCTX_INPROC_SERVER, shell.IID_IShellLink
        )
        made.SetPath(program)
        made.SetArguments(subprocess.list2cmdline(arguments))
        made.SetDescription(tip)
        path.parent.mkdir(parents=True, exist_ok=True)
        made.QueryInterface(pythoncom.IID_IPersistFile).Save(str(path), 0)
    except (pythoncom.com_error, OSError) as e:
        raise OutputError(f"“{path}”不能写入，没有建立拖放图标；请检查这个文件夹能不能写入") from e
