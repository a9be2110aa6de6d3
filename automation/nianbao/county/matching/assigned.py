"""What the officer says of files: `--assign FILE=BODY` or the column 归属 of 情况一览.xlsx; kept for the next runs."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from nianbao.county.desk.overview import AssignmentWord, words
from nianbao.county.intake.folders import STATE
from nianbao.county.keeping.own_files import put
from nianbao.county.matching import Answer, Delivered, Whose, mark
from nianbao.county.matching.name_lookup import HOW, LEAVE, NoBodyError, files_named, key, meant, paths, word_for
from nianbao.county.roster import Roster
from nianbao.errors import InputError

ASSIGNED = f"{STATE}/assigned.json"
"""Below a folder of results: what the officer said of files."""


@dataclass(frozen=True)
class Assignment:
    """One word of the officer: a file (its path below the folder or its name) and a body; `body` '' takes it back."""

    file: str
    body: str


@dataclass(frozen=True)
class RefusedWord:
    """A word of the column that was not taken: where it stands, why, how to mend it ('' where nothing is to do)."""

    row: int
    file: str
    why: str
    how: str = ""


@dataclass(frozen=True)
class Said:
    """What the officer said of the files, by their marks: the answers, what is kept, what stands in the column.

    `typed` is what was typed there and not understood, `refused` why.
    """

    answers: Mapping[str, Answer]
    kept: Mapping[str, str]
    shown: Mapping[str, str]
    typed: Mapping[str, str]
    refused: tuple[RefusedWord, ...] = ()


NOTHING_SAID = Said({}, {}, {}, {})


def assignment(text: str) -> Assignment:
    """Return what FILE=BODY says. Raises InputError where it doesn't."""
    file, sign, body = text.rpartition("=")
    if not sign or not file.strip():
        raise InputError(f"--assign 要写成“文件=单位”，例如 --assign 永平.xlsx=永平镇人民政府，写的是“{text}”")
    return Assignment(file.strip(), body.strip())


def settled(
    folders: Sequence[Path], roster: Roster | None, delivered: Sequence[Delivered], now: Sequence[Assignment]
) -> Said:
    """Return what the officer said of these files: in earlier runs, in the folders' overviews, `now`; the last holds.

    Raises InputError where what is said now names a file or a body that is not found, or may be several. What is
    typed in the overview and can't be understood is told, and nothing else is.
    """
    if now and roster is None:
        raise InputError("--assign 要和 --roster 一起用：单位以名册为准")
    if roster is None:
        return NOTHING_SAID
    kept: dict[str, str] = {}
    typed: dict[str, str] = {}
    refused: list[RefusedWord] = []
    for folder in folders:
        said = dict(kept_in(folder))
        said_typed, said_refused = _take_column(folder, roster, delivered, said)
        _must_agree(folder, kept, said, delivered)
        kept |= said
        typed |= said_typed
        refused += said_refused
    for one in now:
        for found in {mark(d): d for d in files_named(one.file, delivered)}:
            _put(kept, found, meant(one.body, roster))
            typed.pop(found, None)
    places = {key(m): i for i, m in enumerate(roster.members)}
    answers = {k: Answer(Whose.OURS, (places[b],), settled=True) for k, b in kept.items() if b in places}
    answers |= {k: Answer(Whose.REFUSED, settled=True) for k, b in kept.items() if b == LEAVE}
    shown = {k: word_for(roster.members[a.places[0]], roster) if a.places else LEAVE for k, a in answers.items()}
    return Said(answers, kept, shown, typed, tuple(refused))


def _must_agree(folder: Path, kept: Mapping[str, str], said: Mapping[str, str], delivered: Sequence[Delivered]) -> None:
    for one in delivered:
        if mark(one) in kept and mark(one) in said and kept[mark(one)] != said[mark(one)]:
            told = f"几个结果文件夹指明的{one.source.quoted}的归属不同（其中一个是“{folder}”）"
            raise InputError(f"{told}，请用 --results 写明按哪一个")


def kept_in(folder: Path) -> Mapping[str, str]:
    """Return what the officer said of files in earlier runs of a folder: a body's key by the file's mark."""
    path = folder / ASSIGNED
    try:
        said = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, RecursionError) as e:
        raise InputError(f"“{path}”读不出来，请删去后重新运行，并重新指明归属") from e
    return {str(k): str(v) for k, v in said.items()} if isinstance(said, dict) else {}


def keep(folder: Path, said: Said) -> None:
    """Keep what the officer said, where it is not kept already. Raises OutputError."""
    if said.kept != kept_in(folder):
        text = json.dumps(said.kept, ensure_ascii=False, indent=1, sort_keys=True)
        put(folder / ASSIGNED, text.encode("utf-8"))


def _take_column(
    folder: Path, roster: Roster, delivered: Sequence[Delivered], kept: dict[str, str]
) -> tuple[dict[str, str], tuple[RefusedWord, ...]]:
    """Take the words of the folder's overview into `kept`; return those not understood by mark, and all not taken."""
    try:
        said = words(folder, known=(folder / ASSIGNED).is_file())
    except InputError as e:
        return {}, (RefusedWord(0, "", f"{e}，其中写的归属没有采用", "写过归属的，请重新写"),)
    known = {mark(d) for d in delivered}
    typed: dict[str, str] = {}
    refused: list[RefusedWord] = []
    by_mark: dict[str, list[AssignmentWord]] = {}
    for word in said:
        by_mark.setdefault(_marked(word, known, delivered), []).append(word)
    for word in by_mark.pop("", []):
        if word.body:
            why = f"归属写的是“{word.body}”，而收到的文件里没有这一份，或者它改了内容，没有采用"
            refused.append(RefusedWord(word.row, word.file, why))
    for found, same in by_mark.items():
        try:
            bodies = {meant(word.body, roster) for word in same}
        except NoBodyError as e:
            typed[found] = next(w.body for w in same if w.body)
            refused.append(RefusedWord(same[0].row, same[0].file, f"归属写错了：{e.why}", HOW))
            continue
        if len(bodies) > 1:
            told = "、".join(f"“{w.body}”" for w in same)
            why = f"与第{same[1].row}行的内容相同，归属却写得不同（{told}），没有采用"
            refused.append(RefusedWord(same[0].row, same[0].file, why, "写成同一个单位"))
            continue
        _put(kept, found, bodies.pop())
    return typed, tuple(refused)


def _marked(word: AssignmentWord, known: Iterable[str], delivered: Sequence[Delivered]) -> str:
    """Return the mark of the file a row is about, '' where it is not among those delivered."""
    if word.mark:
        return word.mark if word.mark in known else ""
    found = {mark(d) for d in delivered if word.file in paths(d)}
    return found.pop() if len(found) == 1 else ""


def _put(kept: dict[str, str], found: str, body: str) -> None:
    kept.pop(found, None)
    if body:
        kept[found] = body
