"""Writing results so that nothing is lost: atomically, never over a user's file, under names every system takes.

And reading what somebody sent: bounded in size and in time.
"""

from __future__ import annotations

import contextlib
import errno
import os
import re
import stat
import sys
import tempfile
import unicodedata
from _thread import allocate_lock, start_new_thread
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from nianbao import locks
from nianbao.errors import OutputError
from nianbao.oserrors import why
from nianbao.unicodes import plain_form

MAX_NAME = 80
"""Characters of a file name: Excel opens paths of at most 218 characters, and the folder needs some."""

PATIENCE = 60.0
"""Seconds after which a file that does not come is given up: a drive of the network that no longer answers."""

Same = Callable[[bytes, bytes], bool]
"""Tells whether an earlier file is what would be written now, though its bytes differ."""

_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]')
_RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)(\..*)?")


class TooLargeError(OSError):
    """A file larger than its reader takes; `size` is in bytes."""

    def __init__(self, size: int) -> None:
        super().__init__(errno.EFBIG, "文件太大")
        self.size = size


def read(path: Path, most: int) -> bytes:
    """Return the bytes of a file of at most `most` bytes.

    Raises OSError, its strerror fit for a user where we raise it: TooLargeError; for a pipe or device, which may never
    end; TimeoutError where nothing comes for PATIENCE seconds. Raises MemoryError.
    """
    got: list[bytes | OSError | ValueError | MemoryError] = []
    ready = allocate_lock()
    ready.acquire()

    def fetch() -> None:
        try:
            got.append(_regular(path, most))
        except (OSError, ValueError, MemoryError) as e:
            got.append(e)
        finally:
            ready.release()

    start_new_thread(fetch, ())
    if not ready.acquire(timeout=PATIENCE):
        raise TimeoutError(errno.ETIMEDOUT, f"等了 {PATIENCE:.0f} 秒没有回应，多半是网络盘断了", str(path))
    if isinstance(got[0], bytes):
        return got[0]
    raise got[0]


def _regular(path: Path, most: int) -> bytes:
    told = path.stat()
    if stat.S_ISDIR(told.st_mode):  # Windows would only say that it may not be opened
        raise IsADirectoryError(errno.EISDIR, "是文件夹，不是文件", str(path))
    if not stat.S_ISREG(told.st_mode):
        raise OSError(errno.EINVAL, "不是普通的文件", str(path))
    if told.st_size > most:
        raise TooLargeError(told.st_size)
    return path.read_bytes()


def safe_name(text: str, fallback: str = "未命名") -> str:
    """Return `text` as a file name without extension that Windows and Linux both take.

    Path marks, control and direction characters are dropped, reserved names get a leading underscore.
    """
    visible = "".join(c for c in plain_form(text, "NFC") if unicodedata.category(c) not in ("Cc", "Cf", "Cs"))
    name = _FORBIDDEN.sub("", visible).strip(" .　")[:MAX_NAME].rstrip(" .　")
    if _RESERVED.fullmatch(name):
        name = "_" + name
    return name or fallback


def write_new(path: Path, data: bytes) -> None:
    """Write a file that must not exist yet. Raises OutputError."""
    if path.exists():
        raise OutputError(_exists(path))
    with staged(path, (data,)) as temporary, locks.turn(path.parent):
        if path.exists():
            raise OutputError(_exists(path))
        temporary.replace(path)


def _exists(path: Path) -> str:
    return f"“{path}”已经存在，没有覆盖。请换一个文件名，或先把原来的文件移走"


def write_over(path: Path, data: bytes) -> None:
    """Write a file whose former content is worth nothing, or is in `data`. Raises OutputError."""
    with staged(path, (data,)) as temporary, locks.turn(path.parent):
        temporary.replace(path)


def write_result(path: Path, data: bytes, same: Same | None = None) -> Path | None:
    """Write a produced file; a different file of that name is first put aside under a new name.

    Returns where the earlier file is kept now, or None. Writing the same again changes nothing; `same` tells it
    for files whose bytes differ each time they are made. Several programs that write at once lose none of theirs.
    Raises OutputError.
    """
    with staged(path, (data,)) as temporary, locks.turn(path.parent):
        if not path.exists():
            temporary.replace(path)
            return None
        if (path.stat().st_size == len(data) and path.read_bytes() == data) or (same and same(path.read_bytes(), data)):
            temporary.unlink()
            return None
        aside = _put_aside(path)
        try:
            temporary.replace(path)
        except OSError:
            if path.exists():
                aside.unlink(missing_ok=True)  # a second link to the earlier file, which kept its name
            else:
                aside.replace(path)
            raise
        return aside


def _put_aside(path: Path) -> Path:
    """Keep the old file under a new, free name before the old name is taken over, so that no moment loses it."""
    for n in range(1, 10_000):
        aside = path.with_name(f"{path.stem}（原文件{n}）{path.suffix}")
        if aside.exists():
            continue
        with contextlib.suppress(FileExistsError):  # another program has just taken it
            _rename_to_free(path, aside)
            return aside
    raise OutputError(f"“{path.parent}”中“{path.stem}”的旧文件太多，请先清理")


def _rename_to_free(path: Path, free: Path) -> None:
    """Give a file another name, or a second one. Raises FileExistsError when the name is taken, OSError."""
    if sys.platform == "win32":  # renames over no file; refused while Word has it open
        path.rename(free)
        return
    try:
        os.link(path, free)
    except FileExistsError:
        raise
    except (OSError, NotImplementedError, AttributeError):  # a file system without hard links
        free.open("xb").close()
        path.replace(free)


@contextlib.contextmanager
def staged(path: Path, pieces: Iterable[bytes]) -> Iterator[Path]:
    """Write `pieces` beside `path`, complete and on disk; whatever goes wrong leaves nothing behind.

    Yields where they are, to be renamed. Raises OutputError, also for what goes wrong there.
    """
    temporary = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix="~nianbao-", suffix=".tmp", dir=path.parent)
        temporary = Path(name)
        with os.fdopen(handle, "wb") as f:
            f.writelines(pieces)
            f.flush()
            os.fsync(f.fileno())
        if os.name == "posix":
            mask = os.umask(0)
            os.umask(mask)
            temporary.chmod(0o666 & ~mask)
        yield temporary
    except OSError as e:
        raise explained(path, e) from e
    finally:
        if temporary:
            with contextlib.suppress(OSError):
                temporary.unlink(missing_ok=True)


def explained(path: Path, e: OSError) -> OutputError:
    """Return what to tell of a file that could not be written, and how to mend it."""
    if isinstance(e, PermissionError):
        return OutputError(f"“{path}”无法写入：文件可能正在 Word 或 Excel 中打开，或没有写入权限。请关闭它再试")
    if isinstance(e, FileExistsError | NotADirectoryError):
        return OutputError(f"“{path.parent}”不是文件夹，结果没有地方放")
    if e.errno == 28:
        return OutputError(f"磁盘已满，“{path.name}”没有写成；原有文件没有改动。请清理磁盘后再试")
    return OutputError(f"“{path}”无法写入（{why(e)}）。原有文件没有改动")
