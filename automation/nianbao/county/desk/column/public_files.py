"""What the column lists: of each year the bodies whose report is done, of each body the files for the public."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from nianbao import files
from nianbao.county import desk_json
from nianbao.county.desk.desk_words import href
from nianbao.county.keeping.records import carried_in
from nianbao.county.model import BodyState, Desk, Status
from nianbao.errors import EditionError, InputError
from nianbao.form import Edition, current_edition, load_edition

MAX_DESK = 500_000_000

PUBLIC: Mapping[str, str] = {
    "html": "网页",
    "docx": "Word",
    "pdf": "PDF",
    "（图解）.png": "图解",
    "（图解）.svg": "图解",
    "csv": "数据（CSV）",
    "json": "数据（JSON）",
}
"""The kinds of files that are for the public, and what their links are called; the first there is leads from the name.

Annotated workbooks, return slips and the fragment for the editor are not."""


@dataclass(frozen=True)
class BodyFiles:
    """One body: its name, its level's label, and its files as (word, address relative to the column's page)."""

    name: str
    level: str
    links: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Year:
    """One report year, its bodies in the order of the roster."""

    year: int | None
    entries: tuple[BodyFiles, ...]


def this_year(year: int | None, bodies: Iterable[BodyState], edition: Edition, page: str) -> Year | None:
    """Return this run's year for the column whose page lies at `page`; None when no body has a web page.

    Paths are below the output folder, with forward slashes.
    """
    folder = os.path.dirname(page)  # noqa: PTH120 - a path below the output folder, always with forward slashes
    entries = [_entry(b, edition, {k: os.path.relpath(p, folder or ".") for k, p in b.files.items()}) for b in bodies
               if b.status is Status.DONE and "html" in b.files]  # fmt: skip
    return Year(year, tuple(entries)) if entries else None


Pass = Callable[[Desk, Iterable[BodyState]], Iterable[BodyState]]


def _only_pass(_desk: Desk, bodies: Iterable[BodyState]) -> Iterable[BodyState]:
    return bodies


def earlier(folders: Sequence[Path], output: Path, page: str, seen: Pass = _only_pass) -> tuple[Year, ...]:
    """Return the years of earlier output folders for the column at `page` below `output`.

    `seen` is passed every desk's bodies, one at a time, to keep of them what it wants, and passes them on. Files gone
    since are left out. Raises InputError for a folder that is no result of batch, lies on another drive, or repeats a
    year.
    """
    found = tuple(_earlier(f, (output / page).parent, seen) for f in folders)
    years = [y.year for y in found]
    again = next((y for y in years if years.count(y) > 1), None)
    if again is not None:
        raise InputError(f"以前的结果文件夹里有两个都是{again}年度的，请只写一个")
    return found


def _earlier(folder: Path, beside: Path, seen: Pass) -> Year:
    path = folder / "desk.json"
    try:
        desk, bodies = desk_json.read(files.read(path, MAX_DESK))
        return Year(desk.year, tuple(_entries(folder, beside, desk, seen(desk, bodies))))
    except files.TooLargeError as e:
        raise InputError(f"“{path}”太大，不像县级汇总的数据") from e
    except (OSError, UnicodeDecodeError) as e:
        raise InputError(f"“{folder}”里没有 desk.json，不是 batch 的结果文件夹") from e


def _entries(folder: Path, beside: Path, desk: Desk, bodies: Iterable[BodyState]) -> Iterator[BodyFiles]:
    edition = _edition(folder, desk)
    for body in bodies:
        if body.status is Status.DONE:
            public = {k: _relative(folder / p, beside) for k, p in body.files.items() if _ours(folder, p)}
            entry = _entry(body, edition, public)
            if entry.links:
                yield entry


def _edition(folder: Path, desk: Desk) -> Edition:
    """Return the edition earlier results were made with: as they carry it, else by its name, else the usual one.

    Only results of a version that did not yet carry it can lack it, and only the levels' words are asked of it.
    """
    carried = folder / desk.form.get("file", "") if desk.form else None
    for name in (str(carried) if carried and carried in carried_in(folder) else "", desk.edition):
        with contextlib.suppress(EditionError):
            if name:
                return load_edition(name)
    return current_edition()


def _ours(folder: Path, path: str) -> bool:
    """Tell whether a path that desk.json names is still a file below its folder."""
    target = (folder / path).resolve()
    return target.is_relative_to(folder.resolve()) and target.is_file()


def _relative(path: Path, folder: Path) -> str:
    try:
        return Path(os.path.relpath(path.resolve(), folder.resolve())).as_posix()
    except ValueError as e:  # Windows: no way from one drive to another
        raise InputError(f"“{path}”和结果文件夹不在同一个盘上，专栏里不能写出它的网址；请放在同一个盘上") from e


def _entry(body: BodyState, edition: Edition, files: Mapping[str, str]) -> BodyFiles:
    level = edition.level(body.member.level)
    links: dict[str, str] = {}
    for kind, word in PUBLIC.items():
        if kind in files:
            links.setdefault(word, href(files[kind].replace(os.sep, "/")))
    return BodyFiles(body.member.name, level.label if level else "", tuple(links.items()))
