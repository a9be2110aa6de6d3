"""The command line: nianbao VERB …; exit 0 clean, 1 findings or refused reports, 2 could not run."""

from __future__ import annotations

import contextlib
import errno
import io
import os
import sys
from collections.abc import Iterator

from nianbao import watch
from nianbao.cli.actions import ACTIONS, FAILED
from nianbao.cli.parser import UsageError
from nianbao.cli.verbs import parse
from nianbao.errors import NianbaoError
from nianbao.oserrors import why

INTERRUPTED = 130


def main(arguments: list[str] | None = None) -> int:
    """Run one command and return its exit code; every trouble is one Chinese sentence on stderr."""
    _speak_utf8()
    _log_for_developers()
    watch.begin(_give_up)
    try:
        with _written_out():
            options = parse(sys.argv[1:] if arguments is None else arguments)
            return ACTIONS[options.verb](options)
    except KeyboardInterrupt:
        print("已停止。", file=sys.stderr)
        return INTERRUPTED
    except (UsageError, NianbaoError, OSError, MemoryError) as e:
        if not _nobody_reads(e):
            print(_sentence(e), file=sys.stderr)
        return FAILED


def _give_up(told: str) -> int:
    print(told, file=sys.stderr, flush=True)
    return FAILED


@contextlib.contextmanager
def _written_out() -> Iterator[None]:
    """Write everything printed inside out at the end, here where a failure is told; Python's own end tells it badly."""
    try:
        yield
    finally:
        if sys.stdout is not None:  # started without a console (pythonw)
            try:
                sys.stdout.flush()
            except OSError:
                with contextlib.suppress(OSError):
                    sys.stdout.close()  # so that Python does not try again
                raise


def _nobody_reads(e: Exception) -> bool:
    """Tell whether what we print into was closed; Windows calls that an invalid argument, of no file."""
    closed = sys.platform == "win32" and isinstance(e, OSError) and e.errno == errno.EINVAL and not e.filename
    return closed or isinstance(e, BrokenPipeError)


def _sentence(e: UsageError | NianbaoError | OSError | MemoryError) -> str:
    """Return the sentence for what ended a command; a disk may fail where no reader or writer expects it."""
    if isinstance(e, MemoryError):
        return "内存不足，没有做完；已经做成的文件没有改动。请关闭别的程序，或减少一次处理的文件，再试。"
    if not isinstance(e, OSError):
        return str(e) if isinstance(e, UsageError) else e.sentence
    if e.errno == errno.ENOSPC:
        return "磁盘已满，没有做完；已经做成的文件没有改动。请清理磁盘后再试。"
    what = f"“{e.filename}”" if e.filename else "文件或磁盘"
    return f"{what}无法读写（{why(e)}），没有做完；已经做成的文件没有改动。请检查磁盘和权限后再试。"


def _log_for_developers() -> None:
    """Say on stderr how things are done, where the environment variable NIANBAO_DEBUG asks for it."""
    if os.environ.get("NIANBAO_DEBUG"):
        import logging  # noqa: PLC0415 - slow to load, and nobody else wants it

        logging.basicConfig(level=logging.DEBUG, format="%(name)s: %(message)s")


def _speak_utf8() -> None:
    """Print Chinese everywhere: UTF-8 into files and pipes, and no crash on a console that lacks a character."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            if stream.isatty():
                stream.reconfigure(errors="replace")
            else:
                stream.reconfigure(encoding="utf-8", errors="replace")
