"""The command line: nianbao VERB …; exit 0 clean, 1 findings or refused reports, 2 could not run."""

from __future__ import annotations

import contextlib
import io
import os
import sys

from nianbao.cli.actions import ACTIONS, FAILED
from nianbao.cli.parser import UsageError
from nianbao.cli.verbs import parse
from nianbao.errors import NianbaoError

INTERRUPTED = 130


def main(arguments: list[str] | None = None) -> int:
    """Run one command and return its exit code; every trouble is one Chinese sentence on stderr."""
    _speak_utf8()
    _log_for_developers()
    try:
        options = parse(sys.argv[1:] if arguments is None else arguments)
        return ACTIONS[options.verb](options)
    except UsageError as e:
        print(e, file=sys.stderr)
        return FAILED
    except NianbaoError as e:
        print(f"{str(e).rstrip('。')}。", file=sys.stderr)
        return FAILED
    except KeyboardInterrupt:
        print("已停止。", file=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:
        with contextlib.suppress(OSError):
            sys.stdout.close()
        return FAILED


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
