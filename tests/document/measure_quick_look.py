"""The quick look at a document against the long one: `python tests/document/measure_quick_look.py [DOCUMENTS [SEED]]`.

Draws that many documents (10,000): reports of every edition, most cut down to some rows and paragraphs, a few whole,
with one to four changes in their body, styles, theme, settings (`quick/oddities.py`), half of them also in the letters
of their XML (`quick/letters.py`). Where the quick look takes one as plain and the long one finds something in it that
is not surely seen, a proof would miss it; so it would where one is read block by block and the parser reads something
else in it, or something foreign. Both are told with the changes that matter, and the command ends with 1. A document is
drawn by the seed and its number alone: `--number 17` draws that one again. `--workers 2` shares the work between two
processes.
"""

from __future__ import annotations

import argparse
import copy
import random
import sys
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from docx.shared import Pt
from lxml import etree

import reports
import word_edits
from document.quick import changed, oddities
from document.quick.letters import spoilt
from nianbao import resources
from nianbao.document import blocks, compile_template, foreign, package, readback, template_for
from nianbao.document.wml import qn
from nianbao.form import edition_names, load_edition, printed_tables
from nianbao.ooxml import trees
from nianbao.visible.word import WordEye, parts_of

MAIN = changed.MAIN
OFFICE = (
    word_edits.table(0, word_edits.wider(0.9)),
    word_edits.table(1, word_edits.moved),
    word_edits.table(2, word_edits.without_lines),
    word_edits.opened(word_edits.header_text),
    word_edits.section(left_margin=Pt(60)),
)
"""What an office changed in its template."""

WHOLE = 0.02
"""How many documents are whole ones."""

BROKEN = (ValueError, TypeError, AttributeError, LookupError, ArithmeticError, RecursionError)
"""What neither look may raise."""

TURN = 5_000
"""Documents that one process looks at in a turn."""


@dataclass
class Tally:
    """What was looked at: documents, those the quick look takes, those read by blocks, those with other tables."""

    documents: int = 0
    plain: int = 0
    blocks: int = 0
    whole: int = 0
    other: int = 0
    missed: list[str] = field(default_factory=list)
    kinds: Counter[str] = field(default_factory=Counter)

    def add(self, other: Tally) -> None:
        for name in vars(self):
            setattr(self, name, getattr(self, name) + getattr(other, name))


@cache
def bases():
    """Signed reports of every edition by its own template; of the last also by an office's, and saved by Word."""
    made = []
    for name in edition_names():
        edition, report = load_edition(name), reports.random_report(random.Random(7), name)
        texts = {**report.texts, "overview": "（一）制度。完善了制度。\n1.细目\n全年公开信息若干条。"}
        report = replace(report, body={**report.body, "signed_on": "2026-1-12"}, texts=texts)
        document = template_for(edition).render(report)
        made.append((name, edition, report, document))
    template = resources.template_path(name, "report.docx").read_bytes()
    for edit in OFFICE:
        template = edit(template)
    made.append(
        (f"{name} by an office's template", edition, report, compile_template(template, edition).render(report))
    )
    made.append((f"{name} saved by Word", edition, report, word_edits.word_like(document)))
    return [_opened(*one) for one in made]


def _opened(name, edition, report, document):
    parts = package.read(document)
    return name, edition, report, parts, etree.fromstring(parts[MAIN]), etree.fromstring(parts[changed.STYLES])


def cut(rng, root):
    """Return a copy with one of the tables, its first rows and cells alone, and some paragraphs; and which table."""
    body = root.find(qn("body"))
    tables, paragraphs = body.findall(qn("tbl")), body.findall(qn("p"))
    index = rng.randrange(len(tables))
    kept = {tables[index], *rng.sample(paragraphs, rng.randint(1, 3)), body.find(qn("sectPr"))}
    made = etree.Element(root.tag, nsmap=root.nsmap)
    inner = etree.SubElement(made, body.tag)
    inner.extend(copy.deepcopy(child) for child in body if child in kept and child is not tables[index])
    part = etree.Element(qn("tbl"))
    inner.insert(rng.randrange(len(inner)), part)
    part.extend(copy.deepcopy(child) for child in tables[index].iterchildren(qn("tblPr"), qn("tblGrid")))
    for row in tables[index].findall(qn("tr"))[: rng.randint(3, 5)]:
        short = etree.SubElement(part, row.tag)
        short.extend(copy.deepcopy(child) for child in row[: rng.randint(4, 7)])
    return made, index


def drawn(seed, number, skipped=()):
    """A document by its number, without some of its changes: its base, the package, the tables in it, the changes."""
    rng = random.Random(f"{seed} {number}")
    *base, parts, root, styles = rng.choice(bases())
    is_whole = rng.random() < WHOLE
    printed = printed_tables(base[1])
    if is_whole:
        own = copy.deepcopy(root)
    else:
        own, at = cut(rng, root)
        printed = printed[at : at + 1]
    made = changed.Package(dict(parts), own, copy.deepcopy(styles))
    told = []
    for n in range(rng.choice((1, 1, 2, 2, 3, 4))):
        at_random = random.Random(f"{seed} {number} {n}")
        told.append("" if n in skipped else oddities.change(at_random, made))
    return base, made, printed, told, is_whole


def missed(base, made, printed, letters):
    """Whether the quick look takes a document, whether it is read by blocks, and what the others find then.

    None if its tables are others.
    """
    _, edition, report = base
    parts = made.written()
    if len(made.body.findall(qn("tbl"))) != len(printed):  # told as such, before either look
        return None
    try:
        otherwise = by_blocks(made, parts, letters)
        is_plain = WordEye(parts_of(parts.get, MAIN)).is_plain(made.body)
        eye = WordEye(parts_of(parts.get, MAIN))
        unseen = readback._unseen(eye, made.body, printed, edition, report) if is_plain else ()
        return is_plain, otherwise is not None, [*(otherwise or ()), *unseen]
    except BROKEN as e:
        return True, True, [f"raises {e!r}"]


def by_blocks(made, parts, letters):
    """What the parser reads, or finds in a body, and the blocks do not tell; in half of them letters are changed.

    None where the document is not read by blocks.
    """
    part = etree.tostring(made.root, xml_declaration=True, encoding="UTF-8", standalone=True)
    if letters.random() < 0.5:
        part = spoilt(letters, part)
    eye = WordEye(parts_of(parts.get, MAIN))
    said = blocks.read(part, eye.styles)
    if said is None:
        return None
    try:
        root = trees.parsed(part)
    except trees.BrokenError as e:
        return [f"by blocks: no parser takes it ({e})"]
    body = root.find(qn("body"))
    if body is None or readback._said_in(body) != said:
        return ["by blocks: other texts"]
    found = [b.what for b in foreign.look({MAIN: part}, {MAIN: root})]
    return [f"by blocks: {what}" for what in found] or ([] if eye.is_plain(body) else ["by blocks: not plain"])


def looked(seed, numbers):
    """Look at these documents both ways."""
    tally = Tally()
    for number in numbers:
        base, made, printed, told, is_whole = drawn(seed, number)
        found = missed(base, made, printed, random.Random(f"{seed} {number} letters"))
        tally.documents += 1
        tally.whole += is_whole
        if found is None:
            tally.other += 1
            continue
        tally.plain += found[0]
        tally.blocks += found[1]
        if found[2]:
            needed = _needed(seed, number, told)
            tally.kinds[" + ".join(" ".join(t.split()[:2])[:40] for t in needed)] += 1
            tally.missed.append(f"document {number} ({base[0]}): {' ++ '.join(needed)}: {found[2][0]}")
    return tally


def _needed(seed, number, told):
    """The changes without which nothing is missed."""
    skipped: set[int] = {n for n, what in enumerate(told) if not what}
    for n in range(len(told)):
        base, made, printed, _, _ = drawn(seed, number, skipped | {n})
        found = missed(base, made, printed, random.Random(f"{seed} {number} letters"))
        if found and found[2]:
            skipped.add(n)
    return [what for n, what in enumerate(told) if n not in skipped]


def main():
    options = argparse.ArgumentParser()
    options.add_argument("documents", type=int, nargs="?", default=10_000)
    options.add_argument("seed", type=int, nargs="?", default=1)
    options.add_argument("--workers", type=int, default=1)
    options.add_argument("--number", type=int, nargs="*")
    asked = options.parse_args()
    tally, begun, used = Tally(), time.monotonic(), time.process_time()
    turns = [range(n, min(n + TURN, asked.documents)) for n in range(0, asked.documents, TURN)]
    if asked.number:
        tally = looked(asked.seed, asked.number)
    elif asked.workers > 1:
        with ProcessPoolExecutor(asked.workers) as pool:
            for one in pool.map(looked, [asked.seed] * len(turns), turns):
                tally.add(one)
    else:
        for turn in turns:
            tally.add(looked(asked.seed, turn))
    for line in tally.missed[:200]:
        print(line)
    for kind, times in tally.kinds.most_common():
        print(f"{times:6} {kind}")
    print(f"seed {asked.seed}: {tally.documents:,} documents ({tally.whole:,} whole)")
    told = f"{tally.plain:,} plain by the quick look, {tally.blocks:,} read by blocks"
    print(f"{told}, {tally.other:,} with other tables")
    print(f"{len(tally.missed):,} missed; {time.monotonic() - begun:.0f} s, {time.process_time() - used:.0f} here")
    return 1 if tally.missed else 0


if __name__ == "__main__":
    sys.exit(main())
