"""What a run keeps so that it can be killed at any moment: a journal, records of what was read, a lock.

The journal is one JSON object a line, on disk before the run goes on; a line torn by a crash is skipped. Everything
else is written beside its place and renamed.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import IO

from nianbao import locks
from nianbao.county.intake.examined import Examination, Examined
from nianbao.county.intake.folders import STATE
from nianbao.county.keeping.journal import Raw, Written, as_line, read_journal
from nianbao.county.keeping.own_files import put, sha256_of
from nianbao.county.keeping.records import FORMS, record_in, record_path
from nianbao.errors import InputError, OutputError
from nianbao.files import explained, write_result
from nianbao.form import edition_ref, whole_text
from nianbao.oserrors import why

EARLIER = "以前的结果"

_LEFT = "~nianbao-*.tmp"


class Store:
    """The state of one output folder, held by one run at a time."""

    def __init__(self, folder: Path, lock: IO[bytes]) -> None:
        self.folder = folder
        self._lock = lock
        self._journal = folder / STATE / "journal.jsonl"
        self._records = folder / STATE / "records"
        self._kept = read_journal(self._journal)
        self._out: IO[bytes] | None = None
        self._lent: dict[str, tuple[Examined, Path]] = {}
        self.form = ""

    def carry(self, name: str) -> Mapping[str, str]:
        """Keep the edition with this id or in this file, if it is somebody's own; say which it is and where it lies.

        Returns `id`, `digest`, `source` (as given) and `file` (below the folder); nothing for one of the program's.
        What was read in it names it from now on as it is named here: its file may have been called otherwise then.
        Raises EditionError, OutputError.
        """
        if not name.endswith(".toml"):
            return {}
        self.form = name
        ref = edition_ref(name)
        path = f"{FORMS}/{ref.file_name}"
        if not (self.folder / path).exists():
            put(self.folder / path, whole_text(name).encode("utf-8"))
        return {"id": ref.id, "digest": ref.digest, "source": ref.source, "file": path}

    def examined(self, key: str) -> Examined | None:
        """Return what an earlier run read under this key, if its record is still there."""
        known = self._kept.examined.get(key)
        return known if known and (known.error or self._record(key).exists()) else self._lent_to(key)

    def borrow(self, folders: Iterable[Path]) -> None:
        """Let what runs into other folders of results read be known here too. Nothing is written there."""
        for folder in folders:
            read = read_journal(folder / STATE / "journal.jsonl").examined
            self._lent |= {key: (one, folder) for key, one in read.items() if not one.error}

    def _lent_to(self, key: str) -> Examined | None:
        """Return what another run read under this key, and copy its record; None where there is none or it is gone."""
        known, folder = self._lent.get(key, (None, self.folder))
        if known is None:
            return None
        try:
            self._record(key).write_bytes(record_path(folder, key).read_bytes())
            self.record(key)
        except (OSError, InputError):
            return None
        self._kept.examined[key] = known
        return known

    def record(self, key: str) -> Raw:
        """Return the record kept under a key. Raises InputError when somebody damaged it."""
        return record_in(self.folder, key, self.form)

    def made(self, key: str) -> Written | None:
        """Return what an earlier run made under this key, if every file is still as it was written."""
        files = self._kept.made.get(key)
        intact = files is not None and all(sha256_of(self.folder / p) == s for p, s in files.values())
        return files if intact else None

    def owned(self, path: str) -> str:
        """Return the SHA-256 of the file we last wrote at this path, or ''."""
        return self._kept.owned.get(path, "")

    def keep_examined(self, examination: Examination) -> None:
        """Keep what was read."""
        examined = examination.examined
        if not examined.key:
            return
        if not examined.error:
            text = json.dumps(examination.record, ensure_ascii=False)
            put(self._record(examined.key), text.encode("utf-8"))
        self._kept.examined[examined.key] = examined
        self._append({"did": "examined", **asdict(examined)})

    def keep_made(self, key: str, written: Written) -> None:
        """Keep what was made; the files are in place already."""
        self._kept.made[key] = dict(written)
        self._kept.owned.update(dict(written.values()))
        self._append({"did": "made", "key": key, "files": {k: list(v) for k, v in written.items()}})

    def finish(self, examined: set[str], made: Mapping[str, Written]) -> tuple[str, ...]:
        """Close a complete run: shorten the journal to these keys and put aside our files that no longer count."""
        live = {path: sha for written in made.values() for path, sha in written.values()}
        aside = tuple(p for p in sorted(self._kept.owned) if p not in live and self._put_aside(p))
        lines: list[Raw] = [{"did": "examined", **asdict(e)} for k, e in self._kept.examined.items() if k in examined]
        lines += [{"did": "made", "key": k, "files": {n: list(v) for n, v in w.items()}} for k, w in made.items()]
        self.close()
        put(self._journal, b"".join(as_line(x) for x in lines))
        for path in self._records.glob("*.json"):
            if path.stem not in {k[:40] for k in examined}:
                path.unlink(missing_ok=True)
        return aside

    def put_aside_changed(self, path: str) -> None:
        """Move a file of ours that somebody changed, and of which all is taken, to what is no longer valid."""
        source = self.folder / path
        sha = sha256_of(source)
        if sha and sha != self.owned(path):
            self._move_aside(path)

    def close(self) -> None:
        """Close the journal."""
        if self._out:
            self._out.close()
            self._out = None

    def _record(self, key: str) -> Path:
        return record_path(self.folder, key)

    def _append(self, line: Raw) -> None:
        with _writing(self._journal):
            self._written(line)

    def _written(self, line: Raw) -> None:
        if self._out is None:
            torn = self._journal.exists() and self._journal.read_bytes()[-1:] not in (b"", b"\n")
            self._out = self._journal.open("ab")
            if torn:
                self._out.write(b"\n")
        self._out.write(as_line(line))
        self._out.flush()
        os.fsync(self._out.fileno())

    def _put_aside(self, path: str) -> bool:
        """Move a file of ours that no longer counts; one that somebody changed stays where it is."""
        source = self.folder / path
        sha = sha256_of(source)
        if not sha or sha != self._kept.owned[path]:
            return False
        self._move_aside(path)
        return True

    def _move_aside(self, path: str) -> None:
        source = self.folder / path
        with _writing(source):
            write_result(self.folder / EARLIER / path, source.read_bytes())
            source.unlink()


@contextlib.contextmanager
def _writing(path: Path) -> Iterator[None]:
    """Turn what the system refuses to write into an OutputError."""
    try:
        yield
    except OSError as e:
        raise explained(path, e) from e


@contextlib.contextmanager
def opened(folder: Path) -> Iterator[Store]:
    """Open the state of an output folder. Raises OutputError when another run is using it or it can't be written.

    A run that ends before it kept anything leaves the folder as it was: a folder with a state is never read again.
    """
    state = folder / STATE
    fresh, made = not state.exists(), not folder.exists()
    try:
        (state / "records").mkdir(parents=True, exist_ok=True)
        lock = (state / "lock").open("ab")
    except OSError as e:
        raise OutputError(f"“{folder}”无法写入（{why(e)}），请换一个结果文件夹") from e
    try:
        with lock:
            if not locks.taken(lock.fileno()):
                fresh = False
                raise OutputError(f"另一次运行正在使用“{folder}”，请等它结束，或换一个结果文件夹")
            for left in folder.rglob(_LEFT):
                with _writing(left):
                    left.unlink(missing_ok=True)
            store = Store(folder, lock)
            try:
                yield store
            finally:
                store.close()
    finally:
        if fresh and not _used(state):
            shutil.rmtree(state, ignore_errors=True)
            if made:
                with contextlib.suppress(OSError):
                    folder.rmdir()


def _used(state: Path) -> bool:
    return (state / "journal.jsonl").exists() or any((state / "records").iterdir())
