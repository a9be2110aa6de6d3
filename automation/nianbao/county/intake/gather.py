"""Finding what was delivered: forms and reports in a folder, its sub-folders, archives and mails (containers.py).

Links are not followed, temporary files and our own results are left out.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from nianbao import files
from nianbao.county.intake import containers, results_in
from nianbao.county.intake.containers import MAILS, MAX_DEPTH, Budget, Chain, Entry, content, entries, visible
from nianbao.county.intake.kinds import CONTAINERS, CURES, READ, end_of, kind_of
from nianbao.county.model import DESK, TOTALS, Source, Status, Stray
from nianbao.errors import InputError
from nianbao.oserrors import why

STATE = ".nianbao"
"""The folder of a run's journal; a folder that has one holds our results."""

MAX_FILES = 20_000

_RESULTS = "是程序以前写结果的文件夹，里面的文件没有读取"
_MOVE_OUT = "里面如有要汇总的填报表，请移到结果文件夹以外"
_LOCKED = "压缩包设了密码，程序无法读取，请去掉密码后再报"
_DEEP = f"套了 {MAX_DEPTH} 层以上，里层的没有再打开，请解开后放进文件夹"


@dataclass(frozen=True)
class Candidate:
    """A file that may be a form or a report: where it is, and where in the containers (archive, mail) it lies in."""

    path: str
    shown: str
    member: str = ""
    chain: Chain = ()

    @property
    def name(self) -> str:
        """The file's own name, as its sender gave it, without folders."""
        return (self.member or self.shown).rpartition("/")[2]

    def source(self, sha256: str = "") -> Source:
        """Return the candidate as the desk shows it."""
        return Source(self.shown, self.member, sha256)


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
    skipped = {_real(p) for p in leave_out}
    listed = list(folders)
    for folder in listed:
        _refuse(folder, skipped)
        prefix = f"{folder.name}/" if len(listed) > 1 else ""
        for path, shown in _walk(folder, prefix, skipped, results=results):
            found.take(path, shown)
            if len(found.candidates) + found.others > MAX_FILES:
                raise InputError(f"“{folder}”里有超过 {MAX_FILES} 个文件，请只放填报表")
    return Gathered(tuple(found.candidates), tuple(found.strays), found.others, tuple(found.other_files))


def _refuse(folder: Path, skipped: set[str]) -> None:
    """Raise InputError for a folder that can't be the one of the deliveries."""
    if not folder.is_dir():
        raise InputError(f"找不到文件夹“{folder}”")
    if _real(folder) in skipped:
        raise InputError(f"“{folder}”是放填报表的文件夹，结果不能写在这里面，请换一个结果文件夹")
    if (folder / STATE).is_dir():
        raise InputError(f"“{folder}”是程序写结果的文件夹，请提供放填报表的文件夹")


def _walk(folder: Path, prefix: str, skipped: set[str], *, results: bool) -> Iterator[tuple[Path, str]]:
    """Yield the files and how they are shown; for a folder of earlier results only its STATE, or what it has summed."""
    for root, folders, names in os.walk(folder):
        here = Path(root)
        entered = sorted(d for d in folders if _to_enter(here / d, skipped))
        ours = [here / d for d in entered if _is_result(here / d, results=results)]
        folders[:] = [d for d in entered if here / d not in ours]
        taken = [here / name for name in names if not is_temporary(name) and _real(here / name) not in skipped]
        for path in sorted([*taken, *(p for d in ours for p in _summed(d, results=results))]):
            yield path, visible(prefix + path.relative_to(folder).as_posix())


def _is_result(folder: Path, *, results: bool) -> bool:
    """Tell whether a folder holds the results of a run; where these are looked for also one without its state."""
    return (folder / STATE).is_dir() or (results and _begins(Candidate(str(folder / DESK), DESK)))


def _summed(folder: Path, *, results: bool) -> list[Path]:
    """Return what of a folder of results is a delivery: what was summed there, else its STATE, which names it."""
    if not results or not (folder / DESK).is_file():
        return [folder / STATE]
    sums = [] if (folder / TOTALS).is_symlink() else sorted((folder / TOTALS).glob("*.xlsx"))
    return [folder / DESK, *(p for p in sums if results_in.is_form(f"{TOTALS}/{p.name}"))]


def _to_enter(folder: Path, skipped: set[str]) -> bool:
    if folder.name.startswith(".") or folder.name == "__MACOSX" or folder.is_symlink():
        return False
    return _real(folder) not in skipped


def _real(path: Path) -> str:
    """Return where a path leads; one that leads to itself stays as it is, where Path.resolve raises before 3.13."""
    return os.path.realpath(path)


def is_temporary(name: str) -> bool:
    """Tell whether a file is one that office programs, systems or we ourselves leave behind."""
    lower = name.lower()
    return (
        name.startswith(("~", "."))
        or lower.endswith((".tmp", ".bak", ".part"))
        or lower in ("thumbs.db", "desktop.ini")
    )


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
        if end in READ or (self.results and end == results_in.END and _begins(one)):
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
            self._cannot(one.source(), f"{CONTAINERS[end]}{_DEEP}")
            return
        try:
            listed = entries(Path(one.path), one.chain, end, budget)
        except files.TooLargeError:
            self._cannot(one.source(), f"{CONTAINERS[end]}太大，没有读取，请解开后放进文件夹")
            return
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

    def _results_in(self, one: Candidate, end: str, listed: Iterable[Entry]) -> tuple[str, ...]:
        """Return the folders within a container that hold the results of a run, each with its end."""
        if not self.results:
            return ()
        desks = [e for e in listed if e.name.rpartition("/")[2] == DESK and not e.locked]
        inner = [(e, Candidate(one.path, one.shown, e.name, (*one.chain, (end, e.index)))) for e in desks]
        return tuple(e.name.removesuffix(DESK) for e, candidate in inner if _begins(candidate))


def _is_summed(path: str) -> bool:
    return path == DESK or results_in.is_form(path)


def _begins(one: Candidate) -> bool:
    """Tell whether a file is the data of a run's results, by how it begins."""
    try:
        return results_in.begins(load(one)[: results_in.HEAD] if one.chain else _head(Path(one.path)))
    except (InputError, OSError):
        return False


def _head(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(results_in.HEAD)


def load(candidate: Candidate) -> bytes:
    """Return the bytes of a candidate. Raises InputError when it can't be read or is too large."""
    path, name = Path(candidate.path), candidate.name
    try:
        return content(path, candidate.chain) if candidate.chain else files.read(path, containers.MAX_FILE)
    except files.TooLargeError as e:
        raise InputError(f"“{name}”太大，不是标准填报表") from e
    except InputError as e:
        raise InputError(f"“{name}”{e}") from e
    except OSError as e:
        raise InputError(f"“{name}”打不开（{why(e)}），请关闭正在使用它的程序后再试") from e
