"""Files somebody named or sent, read within bounds; a file that does not come is told in one sentence with its cure."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from nianbao import files
from nianbao.errors import InputError, NianbaoError
from nianbao.oserrors import why


def named(path: Path, most: int, what: str, large: str, error: Callable[[str], NianbaoError] = InputError) -> bytes:
    """Return what is in a small file that somebody wrote: settings, a template.

    `what` stands before its name, '' where it is only a file; `large` says that it has more than `most` bytes. Raises
    `error`; ValueError for a path that no system takes.
    """
    try:
        return files.read(path, most)
    except files.TooLargeError as e:
        raise error(large) from e
    except FileNotFoundError as e:
        raise error(f"找不到{what or '文件'}“{path}”") from e
    except OSError as e:
        raise error(f"{what}“{path}”打不开（{why(e)}）") from e


def sent(path: Path, most: int, what: str, holder: str, large: str) -> bytes:
    """Return what is in a report or a form that somebody sent. Raises InputError.

    `what` it should be, `holder` is what may have it open; `large` goes on behind the size of one of over `most` bytes.
    """
    try:
        return files.read(path, most)
    except files.TooLargeError as e:
        raise InputError(f"“{path.name}”有 {e.size // 2**20} MB，{large}") from e
    except FileNotFoundError as e:
        raise InputError(f"找不到文件“{path}”，请核对文件名和所在的文件夹") from e
    except IsADirectoryError as e:
        raise InputError(f"“{path}”是文件夹，请提供{what}") from e
    except PermissionError as e:
        raise InputError(f"“{path}”打不开（没有权限，或正被别的程序占用），请关闭{holder}后再试") from e
    except (OSError, ValueError) as e:
        raise InputError(f"“{path}”读不出来（{why(e)}），请复制到本机后再试") from e
