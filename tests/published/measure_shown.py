"""What is taken of figures in published documents against what LibreOffice and Chromium show of them.

`python tests/published/measure_shown.py [DOCUMENTS [SEED [FOLDER [NUMBER ...]]]]` draws that many documents (3,000: an
hour or more; `--workers 2`: by two processes), in each of which many cells are written in ways that may keep a figure
from being seen (`shown/word.py`, `shown/page.py`), has them printed, and tells every figure that is taken and not
shown: a wrong number in silence. There must be none. Shown means: the glyphs in the cell's place are that number, with
ink, not struck, raised, tiny or on each other (`shown/witness.py`). Told beside it: the cells plainly shown that were
not taken, by the ways of writing; the undecided, which no witness can tell: of a page those that look otherwise on
paper than in the window, and numbers that go on in the next line for want of room.
It ends with 1 when a figure was taken that is not shown, when a cell's lines
are not printed where it is looked for, or when more than one in a hundred cells of a kind is undecided.
The documents with such figures are kept in the folder. Each is drawn by the seed and its number alone: with numbers,
only those are drawn again.
"""

from __future__ import annotations

import argparse
import random
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from itertools import count, islice
from pathlib import Path
from typing import NamedTuple, Self

sys.path.insert(0, str(Path(__file__).parents[1]))

from selenium.common.exceptions import WebDriverException
from urllib3.exceptions import ReadTimeoutError

import office
import reports
from county_desk import browser
from nianbao import document, published
from nianbao.checks import check
from nianbao.errors import InputError
from nianbao.form import load_edition
from nianbao.published import figure_text
from published import layouts, pages
from published.shown import page, printing, ways, word
from published.shown.ways import Recipe, Way
from published.shown.witness import Box, Print

TOGETHER = 24
"""Documents in one start of LibreOffice."""

ODD = {name for name, *_ in (*word.ODD, *page.ODD)} | {"vMerge", "hMerge"}

MOVING = {"set in", "set in by characters", "margins", "spaced", "indent", "margin", "padding", "place", "far",
          "transform", "own transform", "words", "lines", "covered", "clip", "moved cell", "moved far",
          "over others"}  # fmt: skip
"""Ways that may move a figure out of its cell and onto another's, which nobody can tell of that one. They are drawn in
documents of their own, of which only the cells written so are looked at."""

MOVED = 0.25
"""How many documents have such figures."""

WHOLE = 0.08
"""How many documents differ as a whole."""

PAGES = 0.2
"""How many of the documents are web pages."""

AS_PDF = 0.25
"""How many of the printed documents are read as PDF too."""

UNDECIDED = 0.01
"""How many of the cells of a kind of document may be undecided before the witness counts as blind."""

IN_LINE = {"run", "wrap", "cut", "paragraph", "cell", "class", "id", "text"}
"""Where a way of writing begins no line of its own."""


class Ready(NamedTuple):
    """A base whose figure cells are known: of each its key, its place, and the one below and beside it."""

    base: word.Base | page.Base
    keys: Mapping[int, str]
    places: Mapping[int, Box]
    below: Mapping[int, int]
    beside: Mapping[int, int]


@dataclass
class Written:
    """One document drawn: its figures by cell, and where they are looked for if not in their own place.

    `lost` are the cells of a page that look otherwise on paper than in the window.
    """

    ready: Ready
    recipes: dict[int, tuple[str, Recipe]]
    whole: str = ""
    places: dict[int, Box | None] = field(default_factory=dict)
    lost: set[int] = field(default_factory=set)
    sheet: str = ""
    moving: bool = False
    number: int = 0
    as_pdf: bool = True


class Miss(NamedTuple):
    """A figure that was taken, and what is seen in its place."""

    kind: str
    base: str
    whole: str
    text: str
    recipe: Recipe
    taken: str
    shown: str
    why: str
    sheet: str
    moving: bool
    number: int = 0

    def __str__(self) -> str:
        seen = f"{self.text!r} taken as {self.taken}, shown {self.shown!r} {self.why}".rstrip()
        return f".{self.kind} {self.base} {self.whole} (document {self.number}): {seen}"


@dataclass
class Tally:
    documents: Counter[str] = field(default_factory=Counter)
    cells: Counter[str] = field(default_factory=Counter)
    taken: int = 0
    told: int = 0
    moved: Counter[str] = field(default_factory=Counter)
    undecided: Counter[tuple[str, str]] = field(default_factory=Counter)
    untold: Counter[str] = field(default_factory=Counter)
    refused: int = 0
    endless: int = 0
    silent: list[Miss] = field(default_factory=list)
    plain: Counter[str] = field(default_factory=Counter)
    left: Counter[str] = field(default_factory=Counter)
    keep: Path | None = None

    @property
    def is_blind(self) -> bool:
        """Whether too much of the documents of a kind is undecided, or too many could not be printed."""
        by = Counter[str]()
        for (kind, _), number in self.undecided.items():
            by[kind] += number
        left = self.endless > UNDECIDED * max(100, self.documents.total())
        return left or any(by[kind] > UNDECIDED * self.cells[kind] for kind in by)

    def __iadd__(self, other: Tally) -> Self:
        for name in vars(other).keys() - {"keep"}:
            setattr(self, name, getattr(self, name) + getattr(other, name))
        return self

    def add(self, name: str, taken: bool) -> None:
        """Count a cell that is plainly shown."""
        self.plain[name] += 1
        self.left[name] += not taken


def bases(folder: Path) -> list[Ready]:
    """The form as our own template makes it, and 表四 as offices lay it out, each ready to be written in."""
    edition = load_edition("2021")
    made = [word.base("form", document.template_for(edition).render(reports.zero()))]
    for name in ("turned", "a row each", "three tables"):
        path = layouts.as_word(layouts.report(layouts.EVERYWHERE[name], requests=False), folder)
        made.append(word.base(name, path.read_bytes()))
    return [ready(b, folder) for b in made]


def ready(base: word.Base, folder: Path) -> Ready:
    """Write a number of its own into every cell, and see where it is read and where it is printed."""
    numbers = {str(1001 + i): i for i in range(len(base.cells))}
    centred = (Way("centred", "paragraph", '<w:jc w:val="center"/>'),)
    path = word.saved(word.written(base, {i: (t, centred) for t, i in numbers.items()}), folder / "一切.docx")
    values = published.read(path).report.values
    keys = {numbers[str(v)]: k for k, v in values.items() if str(v) in numbers}
    print_ = Print(office.convert(path, "pdf", folder))
    printed = print_.places(numbers)
    assert len(keys) > 10
    assert len(printed) == len(numbers), f"{base.name}: {len(printed)} of {len(numbers)} are printed"
    places = {i: print_.around(printed[text]) for text, i in numbers.items()}
    below = {
        i: j for i, a in places.items() for j, b in places.items()
        if a.page == b.page and abs(a.left - b.left) < 2 and 0 < a.bottom - b.top < 6 and {i, j} <= set(keys)
    }  # fmt: skip
    beside = {
        i: j for i, a in places.items() for j, b in places.items()
        if a.page == b.page and abs(a.bottom - b.bottom) < 2 and 0 < b.left - a.right < 6 and {i, j} <= set(keys)
    }  # fmt: skip
    return Ready(base, keys, places, below, beside)


def _ready_page(folder: Path) -> Ready:
    """The form as a page; where its cells are is asked of the browser each time."""
    base = page.base("page", pages.page(reports.zero()).rendered().decode())
    numbers = {str(1001 + i): i for i in range(len(base.cells))}
    path = folder / "一切.html"
    path.write_bytes(page.written(base, {i: (t, ()) for t, i in numbers.items()}, ""))
    values = published.read(path).report.values
    keys = {numbers[str(v)]: k for k, v in values.items() if str(v) in numbers}
    assert len(keys) > 100
    return Ready(base, keys, {}, {}, {})


def draw(rng: random.Random, ready: Ready) -> Written:
    """A document in which most figure cells are written in some way."""
    made = Written(ready, {})
    edition = load_edition("2021")
    if isinstance(ready.base, page.Base):
        made.sheet = page.sheet(rng)
    elif rng.random() < WHOLE:
        made.whole = rng.choice(tuple(word.WHOLE))
    made.moving = rng.random() < MOVED
    of = page if isinstance(ready.base, page.Base) else word
    odd = [c for c in of.ODD if made.moving or c[0] not in MOVING]
    odd += [c for c in odd if c[0] in MOVING] * 6
    share = 0.1 if made.moving else rng.choice((0.2, 0.6, 0.9))
    for i, key in ready.keys.items():
        text = str(
            rng.choice((rng.randrange(10), rng.randrange(10, 100), rng.randrange(1000), rng.randrange(1, 20000)))
        )
        recipe: Recipe = ()
        if rng.random() < share:
            recipe = ways.drawn(rng, odd, of.PLAIN, len(text))
        if any(w.what == "unit" for w in recipe) and edition.values[key].unit != "件":
            recipe = tuple(w for w in recipe if w.what != "unit")
        if any(w.name == "numbered" for w in recipe) and not made.moving:  # it would stand in the next cell
            recipe = tuple(w for w in recipe if w.name != "from the right")
        wraps = [w for w in recipe if w.place == "wrap"]
        recipe = tuple(w for w in recipe if w not in wraps[1:])
        if any("FORMTEXT" in w.what for w in recipe):  # LibreOffice hides what stands behind it too
            recipe = tuple(w for w in recipe if w.place != "before" or "Hidden" not in w.what)
        if any("sdt>" in w.what for w in recipe):
            recipe = tuple(w for w in recipe if w.place != "run")
        if made.whole == "struck table":
            recipe = tuple(w for w in recipe if w.name != "not struck" and "Struck" not in w.what)
        made.recipes[i] = (text, recipe)
    for kind, neighbours in (("vMerge", ready.below), ("hMerge", ready.beside)):
        for i in rng.sample(sorted(neighbours), min(len(neighbours), rng.choice((0, 0, 1, 2)))):
            _merge(made, kind, i, neighbours[i])
    return made


def _merge(made: Written, kind: str, first: int, second: int) -> None:
    """Merge two cells, each with its figure: that of the second is not shown."""
    if first in made.places or second in made.places:
        return
    for i, val in ((first, "restart"), (second, "continue")):
        text, recipe = made.recipes[i]
        made.recipes[i] = (text, (*recipe, Way(kind, "cell", f'<w:{kind} w:val="{val}"/>')))
    a, b = made.ready.places[first], made.ready.places[second]
    made.places |= {first: Box(a.page, a.left, b.bottom, b.right, a.top), second: None}


def judge(made: Written, path: Path, kind: str, printed: Print, tally: Tally) -> None:
    """Compare what is read of a file with what is seen of it, cell by cell."""
    tally.documents[kind] += 1
    try:
        reading = published.read(path)
    except InputError:
        tally.refused += 1
        return
    told = {k for f in reading.findings for k in f.cells} | reading.unread
    found = {k for f in check(reading) for k in f.cells}
    before = len(tally.silent) + tally.moved.total()
    for i, (text, recipe) in made.recipes.items():
        if made.moving and not any(w.name in MOVING for w in recipe):
            continue
        tally.cells[kind] += 1
        key = made.ready.keys[i]
        got = reading.report.values.get(key)
        place = made.places[i] if i in made.places else made.ready.places[i]
        if made.ready.places and place is not None and not printed.is_ruled(place):
            tally.moved[f"{kind} {made.ready.base.name} {made.whole}"] += 1
            continue
        if doubt := "not where it was" if i in made.lost else _undecided(printed, place, got, recipe):
            tally.undecided[kind, doubt] += 1
            continue
        text_seen, why = ("", "") if place is None else printed.at(place)
        seen = figure_text.read(text_seen, reading.edition.values[key]).value if key in reading.edition.values else None
        if (
            got not in (None, seen) and place is not None and not printed.is_crossed(place)
        ):  # the next cell's may be close
            text_seen, why = printed.at(place, alone=True)
            seen = figure_text.read(text_seen, reading.edition.values[key]).value
        odd = {w.name for w in recipe} & ODD or {w.name for w in recipe} or {"nothing"}
        if got is not None:
            tally.taken += 1
            if seen != got or why:
                tally.silent.append(
                    Miss(
                        kind,
                        made.ready.base.name,
                        made.whole,
                        text,
                        recipe,
                        str(got),
                        text_seen,
                        why,
                        made.sheet,
                        made.moving,
                        made.number,
                    )
                )
        else:
            tally.told += key in told
            if key not in told and seen is not None and key not in found:
                tally.untold[f"{kind}: {'+'.join(w.name for w in recipe)}"] += 1
        if seen is not None and not why and (made.whole or len(odd) == 1):
            tally.add(f"{kind}: {made.whole or odd.pop()}", got is not None)
    if tally.keep is not None and len(tally.silent) + tally.moved.total() > before:
        shutil.copy(path, tally.keep / f"{made.number}{path.suffix}")


def _undecided(printed: Print, place: Box | None, got: object, recipe: Recipe) -> str:
    """Why nobody can tell by the print what a cell shows, '' where it can be told."""
    if place is None:
        return ""
    text, why = printed.at(place)
    lines = text.split("\n")
    in_line = all((w.place in IN_LINE and w.what != "line end") or w.name == "blank beside" for w in recipe)
    one = len(lines) > 1 and not why and "".join(lines).translate(ways.HALF_WIDTH) == str(got) and in_line
    narrowed = any(w.name in MOVING for w in recipe)  # by margins and indents, which lines do not show
    return "goes on in the next line" if one and (narrowed or printed.is_full(place)) else ""


def measure(
    documents: int, seed: int, folder: Path, of_word: Sequence[Ready], keep: Path | None = None,
    numbers: Iterable[int] = (),
) -> Tally:  # fmt: skip
    """Draw the documents, have them printed, compare; three of four that are no pages are of the first base.

    Those in which a figure is silent are copied into the folder `keep`. With numbers, only those documents are drawn.
    """
    tally = Tally(keep=keep)
    of_pages = _ready_page(folder)
    waiting = iter(tuple(numbers) or count())
    while left := max(0, documents - tally.documents.total()):
        batch = [drawn(seed, n, of_pages, of_word) for n in islice(waiting, min(TOGETHER, left))]
        if not batch:
            break
        known = len(tally.silent)
        _pages([m for m in batch if m.ready is of_pages], folder, tally)
        _word([m for m in batch if m.ready is not of_pages], folder, tally)
        for miss in tally.silent[known:]:
            print(miss, "|", " + ".join(map(str, miss.recipe)), file=sys.stderr)
        done = f"to {batch[-1].number}: {tally.documents.total()} documents, {tally.taken} taken"
        print(f"{done}, {len(tally.silent)} silent, {tally.undecided.total()} undecided", file=sys.stderr, flush=True)
    return tally


def drawn(seed: int, number: int, of_pages: Ready, of_word: Sequence[Ready]) -> Written:
    """The document of a seed that has this number."""
    rng = random.Random(f"{seed} {number}")
    chosen = of_pages if rng.random() < PAGES else rng.choice(of_word if rng.random() < 0.25 else of_word[:1])
    made = draw(rng, chosen)
    made.number, made.as_pdf = number, rng.random() < AS_PDF
    return made


def _pages(batch: Sequence[Written], folder: Path, tally: Tally) -> None:
    """Compare pages; with one that the browser does not answer for it is started afresh."""
    waiting = list(batch)
    while waiting:
        with browser.chromium() as driver:
            try:
                while waiting:
                    _page(driver, waiting.pop(), folder, tally)
            except (ReadTimeoutError, WebDriverException):
                tally.endless += 1


def _page(driver, made: Written, folder: Path, tally: Tally) -> None:
    path, pdf = folder / "页.html", folder / "页.pdf"
    path.write_bytes(page.written(made.ready.base, made.recipes, made.sheet))
    places, window = page.printed(driver, path, pdf)
    printed = Print(pdf)
    for i in made.recipes:
        there = made.places[i] = places.get(i) and printed.place_of(places[i], window)
        if i in places and there is None:
            made.lost.add(i)
    judge(made, path, "html", printed, tally)


def _word(batch: list[Written], folder: Path, tally: Tally) -> None:
    paths = [word.saved(_as_word(w), folder / f"{i}.docx") for i, w in enumerate(batch)]
    for made, path, pdf in zip(batch, paths, printing.printed(paths, folder), strict=True):
        if pdf is None:
            tally.endless += 1
            continue
        printed = Print(pdf, first=1)
        judge(made, path, "docx", printed, tally)
        if made.as_pdf:
            judge(made, pdf, "pdf", printed, tally)
        pdf.unlink()


def smallest(misses: Sequence[Miss], bases: Mapping[str, Ready], folder: Path) -> list[Recipe | None]:
    """Of each the least of its recipe that still is taken and not shown, in a document where nothing else is odd.

    None for one that then is shown: it is what stands beside it.
    """
    least: list[Recipe | None] = [m.recipe for m in misses]
    waiting = dict(enumerate(m.recipe for m in misses))
    again = _silent([(m, m.recipe) for m in misses], bases, folder)
    for k, m in enumerate(misses):
        if (m.kind, m.text, m.recipe) not in again:
            least[k] = None
            del waiting[k]
    while waiting:
        tries = [(k, r[:i] + r[i + 1 :]) for k, r in waiting.items() for i in range(len(r))]
        again = _silent([(misses[k], r) for k, r in tries], bases, folder)
        waiting = {k: r for k, r in tries if (misses[k].kind, misses[k].text, r) in again}
        least = [waiting.get(k, r) for k, r in enumerate(least)]
    return least


def _silent(tries: Sequence[tuple[Miss, Recipe]], bases: Mapping[str, Ready], folder: Path) -> set[object]:
    """Those of them that are silent, each in a document of its own."""
    found = Tally()
    made = [_alone(miss, recipe, bases[miss.base]) for miss, recipe in tries]
    _pages([w for w in made if isinstance(w.ready.base, page.Base)], folder, found)
    others = [w for w in made if isinstance(w.ready.base, word.Base)]
    for at in range(0, len(others), TOGETHER):
        _word(others[at : at + TOGETHER], folder, found)
    return {(s.kind, s.text, s.recipe) for s in found.silent}


def _alone(miss: Miss, recipe: Recipe, ready: Ready) -> Written:
    first, *others = ready.keys
    recipes = {first: (miss.text, recipe)} | dict.fromkeys(others, ("7", ()))
    return Written(ready, recipes, miss.whole, sheet=miss.sheet, moving=miss.moving)


def _as_word(made: Written) -> bytes:
    return word.written(made.ready.base, made.recipes, made.whole)


def told(tally: Tally, folder: Path, bases_: Mapping[str, Ready]) -> int:
    """Print what was found, each silent kind by the least of its recipe that still is silent in a plain document.

    Return how many kinds there are. A moved figure that is silent only where others are moved too lies under one of
    them: it counts apart, as every figure does onto which another is moved.
    """
    kinds = ", ".join(f"{n} .{k}" for k, n in tally.documents.items())
    print(f"{tally.documents.total()} documents ({kinds}), {tally.cells.total()} cells, {tally.taken} taken,", end=" ")
    print(f"{tally.told} told, {len(tally.silent)} silent; shown and read as blank {tally.untold.total()};", end=" ")
    print(f"not where they were {tally.moved.total()}, undecided {tally.undecided.total()};", end=" ")
    print(f"documents refused {tally.refused}, not printed {tally.endless}")
    by: dict[object, Miss] = {}
    for i, s in enumerate(tally.silent):  # of the moved each, since each may have another moved one on it
        by.setdefault(i if s.moving else (s.kind, s.whole, tuple(sorted({w.name for w in s.recipe} & ODD)), s.why), s)
    kept = sorted(by.values(), key=lambda s: len(s.recipe))
    done = set()
    covered = 0
    for s, least in zip(kept, smallest(kept, bases_, folder), strict=True):
        name = (s.kind, s.whole, s if least is None else tuple(w.name for w in least), s.why)
        if least is None and s.moving:
            covered += 1
        elif name not in done:
            done.add(name)
            ways_ = " + ".join(map(str, s.recipe if least is None else least))
            beside = " only beside others:" if least is None else ":"
            print(f"  {s}{beside} {ways_}")
    print(f"{len(done)} kinds silent; under another moved figure {covered}")
    for name, number in tally.moved.most_common():
        print(f"  not where they were: {name}: {number}")
    for (kind, why), number in tally.undecided.most_common():
        share = 100 * number / tally.cells[kind]
        print(f"  undecided: {kind}: {why}: {number} of {tally.cells[kind]} ({share:.2f} %)")
    for name, number in tally.untold.most_common():
        print(f"  shown, and read as blank: {name}: {number}")
    print("plainly shown and not taken, by way of writing:")
    for name, number in sorted(tally.left.items(), key=lambda x: -x[1] / tally.plain[x[0]]):
        print(f"  {name}: {number} of {tally.plain[name]} ({100 * number / tally.plain[name]:.1f} %)")
    return len(done)


def shared(documents: int, seed: int, keep: Path | None, numbers: Sequence[int], workers: int) -> Tally:
    """What so many processes measure together, each every so-manieth document."""
    tally = Tally()
    with ProcessPoolExecutor(workers) as pool:
        shares = [(-(-documents // workers), seed, keep, numbers, k, workers) for k in range(workers)]
        for share in pool.map(_share, shares):
            tally += share
    return tally


def _share(given: tuple[int, int, Path | None, Sequence[int], int, int]) -> Tally:
    documents, seed, keep, numbers, k, workers = given
    with tempfile.TemporaryDirectory() as name:
        mine = numbers[k::workers] if numbers else range(k, 100 * documents * workers, workers)
        return measure(documents, seed, Path(name), bases(Path(name)), keep, mine)


def main() -> int:
    """Print what was found; 1 when a figure was taken that is not shown, or the witness can't see."""
    parser = argparse.ArgumentParser()
    parser.add_argument("documents", type=int, nargs="?", default=3_000)
    parser.add_argument("seed", type=int, nargs="?", default=2026)
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("numbers", type=int, nargs="*")
    parser.add_argument("--workers", type=int, default=1)
    asked = parser.parse_args()
    began = time.monotonic()
    if asked.folder is not None:
        asked.folder.mkdir(parents=True, exist_ok=True)
    tally = shared(asked.documents, asked.seed, asked.folder, asked.numbers, asked.workers)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        silent = told(tally, folder, {r.base.name: r for r in (*bases(folder), _ready_page(folder))})
    print(f"{time.monotonic() - began:.0f} s")
    return 1 if silent or tally.moved or tally.is_blind else 0


if __name__ == "__main__":
    sys.exit(main())
