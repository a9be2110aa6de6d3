"""Finding what was delivered: forms and reports in a folder, its sub-folders, archives and mails (containers.py).

Links are not followed, temporary files and our own results are left out.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from nianbao.county.intake import sums_from_below
from nianbao.county.intake.candidate import Candidate, begins
from nianbao.county.intake.containers import MAILS, Budget, ContainedFile, entries
from nianbao.county.intake.folders import STATE, is_temporary, real, refuse, walk
from nianbao.county.intake.kinds import CONTAINERS, CURES, DEEP, MAX_DEPTH, READ, end_of, kind_of
from nianbao.county.model import DESK, Source, Status, Stray
from nianbao.errors import InputError
from nianbao.oserrors import why

MAX_FILES = 20_000

_RESULTS = "是程序以前写结果的文件夹，里面的文件没有读取"
_MOVE_OUT = "里面如有要汇总的填报表，请移到结果文件夹以外"
_LOCKED = "压缩包设了密码，程序无法读取，请去掉密码后再报"


@dataclass(frozen=True)
class Gathered:
    """What a folder holds: forms and reports to read in a fixed order, files that can't be taken, files of other kinds.

    `others` counts the files of other kinds in the folders, without those in archives; `other_files` are all of them,
    each with what it is.
    """

    candidates: tuple[Candidate, ...]
    strays: tuple[Stray, ...]
    others: int
    other_files: tuple[tuple[Candidate, str], ...] = ()


def gather(folders: Iterable[Path], leave_out: Iterable[Path] = (), *, results: bool = False) -> Gathered:
    """Find the workbooks below these folders; `leave_out` are files and folders not to look into.

    A folder of earlier results is not looked into, but named; with `results` what it has summed is a delivery (its
    desk.json and the whole's own form), and nothing else in it is. Raises InputError for a folder that does not exist,
    is a result of ours or is left out as a whole, or has too many files.
    """
    found = _Found(results=results)
    skipped = {real(p) for p in leave_out}
    listed = list(folders)
    for folder in listed:
        refuse(folder, skipped)
        prefix = f"{folder.name}/" if len(listed) > 1 else ""
        for path, shown in walk(folder, prefix, skipped, results=results):
            found.take(path, shown)
            if len(found.candidates) + found.others > MAX_FILES:
                raise InputError(f"“{folder}”里有超过 {MAX_FILES} 个文件，请只放填报表")
    return Gathered(tuple(found.candidates), tuple(found.strays), found.others, tuple(found.other_files))


class _Found:
    """What was found so far, each file laid to its kind."""

    def __init__(self, *, results: bool = False) -> None:
        self.results = results
        self.candidates: list[Candidate] = []
        self.strays: list[Stray] = []
        self.other_files: list[tuple[Candidate, str]] = []
        self.others = 0

    def take(self, path: Path, shown: str) -> None:
        """Lay a file of a folder, or what it holds, to its kind."""
        if path.name == STATE:
            where = shown.removesuffix(f"/{STATE}")
            self.strays.append(Stray(Source(where), Status.RECEIVED, _RESULTS, how=_MOVE_OUT))
        elif path.is_symlink():
            self._cannot(Source(shown), "是指向别处的链接，没有读取，请放入文件本身")
        elif not path.is_file():
            self._cannot(Source(shown), "不是普通的文件，没有读取，请放入文件本身")
        else:
            self._sort(Candidate(str(path), shown), Budget())

    def _cannot(self, source: Source, note: str) -> None:
        self.strays.append(Stray(source, Status.UNREADABLE, note))

    def _sort(self, one: Candidate, budget: Budget) -> None:
        """Lay a file to its kind by its end, or what it holds."""
        end = end_of(one.name)
        if end in READ or (self.results and end == sums_from_below.END and begins(one)):
            self.candidates.append(one)
        elif end in CONTAINERS:
            self._look_into(one, end, budget)
        elif end in CURES:
            self._cannot(one.source(), CURES[end])
        else:
            self._other(one, end)

    def _other(self, one: Candidate, end: str) -> None:
        self.others += not one.chain
        self.other_files.append((one, kind_of(end)))

    def _look_into(self, one: Candidate, end: str, budget: Budget) -> None:
        if len(one.chain) >= MAX_DEPTH:
            self._cannot(one.source(), f"{CONTAINERS[end]}{DEEP}")
            return
        try:
            listed = entries(Path(one.path), one.chain, end, budget)
        except (InputError, OSError) as e:
            told = str(e) if isinstance(e, InputError) else f"打不开（{why(e)}）"
            self._cannot(one.source(), told)
            return
        if not listed and end in MAILS:
            self._other(one, end)
        below = self._results_in(one, end, listed)
        for entry in listed:
            if any(entry.name.startswith(b) and not _is_summed(entry.name.removeprefix(b)) for b in below):
                continue
            if is_temporary(entry.name.rpartition("/")[2]) or "__MACOSX" in entry.name:
                continue
            member = f"{one.member}/{entry.name}" if one.chain else entry.name
            inner = Candidate(one.path, one.shown, member, (*one.chain, (end, entry.index)))
            if entry.locked and end_of(entry.name) in (*READ, *CONTAINERS):
                self._cannot(inner.source(), _LOCKED)
            else:
                self._sort(inner, budget)

    def _results_in(self, one: Candidate, end: str, listed: Iterable[ContainedFile]) -> tuple[str, ...]:
        """Return the folders within a container that hold the results of a run, each with its end."""
        if not self.results:
            return ()
        desks = [e for e in listed if e.name.rpartition("/")[2] == DESK and not e.locked]
        inner = [(e, Candidate(one.path, one.shown, e.name, (*one.chain, (end, e.index)))) for e in desks]
        return tuple(e.name.removesuffix(DESK) for e, candidate in inner if begins(candidate))


def _is_summed(path: str) -> bool:
    return path == DESK or sums_from_below.is_form(path)
