"""The same done to several files, one after the other: one that can't be done is told and never stops the rest.

The command line, what is dropped onto a launcher and the button for a folder share this. A county's run doesn't: its
files are done by other processes or computers in any order, never all in memory, and each is kept on disk before the
next (`county.run.runners`, `run_steps.BodyStep`), so that what it has in common with this is no more than the idea.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from nianbao.errors import NianbaoError

R = TypeVar("R")


@dataclass(frozen=True)
class Done(Generic[R]):
    """What came of one file: a result, or the error that there is none for."""

    path: Path
    result: R | None
    error: NianbaoError | None = None


def each(
    paths: Sequence[Path], do: Callable[[Path], R], begun: Callable[[int, Path], None] | None = None
) -> Iterator[Done[R]]:
    """Yield what came of each file as it is done; `begun` is told the number (from 1) and the file before."""
    for number, path in enumerate(paths, 1):
        if begun:
            begun(number, path)
        try:
            done = Done(path, do(path))
        except NianbaoError as e:
            done = Done(path, None, e)
        yield done
