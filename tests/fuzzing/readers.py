"""What is fuzzed: every reader, with the use that is made of what it read. A NianbaoError is an answer too."""

import contextlib
import random
import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import reports
from fuzzing import mutate
from nianbao import pipeline, reasons, workbook
from nianbao.checks import check
from nianbao.county.desk.column import public_files
from nianbao.county.intake import candidate, gather, outlook
from nianbao.county.keeping import store as stores
from nianbao.county.roster import roster_book
from nianbao.document import build_template, differences, lint, prepared, read_data
from nianbao.errors import NianbaoError
from nianbao.form import edition_names, examine, load_edition
from nianbao.pipeline.file_kinds import read_text
from nianbao.publish import site
from nianbao.publish.page import Asked, page_files
from nianbao.publish.page.fill import read_page_template
from nianbao.register import check as register_check
from nianbao.register import count as register_count
from nianbao.register import read as register_read
from nianbao.register import vocabulary
from nianbao.workbook import guidance
from nianbao.workbook.package_checks import open_package
from nianbao.workbook.read import read_book
from nianbao.workbook.thorough import opened

OURS = ("customXml", "customXml", r"\.rels$", "Content_Types")
CELLS = (
    "xl/worksheets/sheet",
    "xl/sharedStrings",
    "xl/styles",
    r"xl/workbook\.xml",
    "Content_Types",
    r"\.rels$",
    "definedName",
)
WORDS = (
    r"word/document\.xml",
    r"word/document\.xml",
    "word/styles",
    "word/(header|footer)",
    "Content_Types",
    r"\.rels$",
    "customXml",
)


@dataclass(frozen=True)
class Reader:
    """A reader: how its files are damaged, and what is done with one; `share` is its part of the time.

    Half of the time is for the four quickest, which try a thousand inputs a second; of the rest the slowest have most.
    """

    mutation: mutate.Mutation
    use: Callable[[Path], object]
    share: float = 1.0


@cache
def edition():
    return load_edition("2021")


def checked(path: Path) -> None:
    """Read and check; what is found is written out as users see it."""
    _told(pipeline.check_file(path))


def published(path: Path) -> None:
    """Do the same with a published report; most often its edition is named, since choosing it reads it four times."""
    size = path.stat().st_size
    _told(pipeline.check_file(path, "" if size % 4 == 0 else edition_names()[size % 3]))


def _told(done: pipeline.Checked) -> None:
    for found in done.findings:
        assert found.message


def thorough(path: Path) -> None:
    with opened(open_package(path)) as book:
        _told(pipeline.check_reading(path, read_book(book)))


def annotated(path: Path) -> None:
    """Read and check, and for one in eight write the copy in which the findings are marked."""
    done = pipeline.check_file(path)
    _told(done)
    if path.stat().st_size % 8 == 0:
        pipeline.annotated(path, done.reading, done.findings)


def made(path: Path) -> None:
    """Make what can be made of the data without another program, as a draft; the slowest of it not each time."""
    size = path.stat().st_size
    formats = (("docx",), ("html",), ("csv", "json"), ("docx", "html", "csv", "json"))[size % 4]
    out = path.with_suffix(".out")
    shutil.rmtree(out, ignore_errors=True)
    done = pipeline.check_file(path)
    pipeline.make(done, out, formats, draft=True, check_sheet=size % 4 == 3)
    if size % 32 == 0:
        workbook.build(done.reading.edition, done.reading.report)


def reasons_read(path: Path) -> None:
    for one in reasons.loads(read_text(path, "说明文件")):
        reasons.refusal(one.text)


def roster(path: Path) -> None:
    found = roster_book.read_roster(path, edition())
    for member in found.members[:20]:
        found.of_name(member.name, member.level)


def edition_file(path: Path) -> None:
    """Examine an edition; from one in which nothing is found everything must follow."""
    one, faults = examine(str(path))
    assert all(map(str, faults))
    if one is not None and not faults and path.stat().st_size % 4 == 0:
        workbook.build(one)
        build_template(one)


def template(path: Path) -> None:
    """Examine a template; with one in which nothing is found every document must be right."""
    data = path.read_bytes()
    chosen = lint.nearest_edition(data)
    found = lint.check_template(data, chosen)
    if len(data) % 4 == 0:
        lint.annotate_template(data, chosen)
    if not any(f.forbids for f in found):
        report = reports.random_report(random.Random(len(data)), chosen.id)
        assert differences(prepared(data, chosen).render(report), chosen, report) == []


def page(path: Path) -> None:
    text = read_page_template(path)
    page_files(edition(), _sample(), Asked(template=text))


@cache
def _sample():
    return reports.zero()


def applications(path: Path) -> None:
    found = register_read.read(path, edition())
    year = register_count.usual_year(found)
    if year is not None:
        register_check.findings(found, register_count.count(found, year))


def mapping(path: Path) -> None:
    vocabulary.load(path, edition())


def notice(path: Path) -> None:
    asked = pipeline.read_notice(path)
    check(replace(reports.reading(reports.zero("2021", 2025)), notice=asked))
    for text in edition().texts:
        guidance.note(text, asked)
    list(guidance.lines(edition().texts, asked))


def archive(path: Path) -> None:
    folder = path.with_suffix(".in")
    folder.mkdir(exist_ok=True)
    path.replace(folder / path.name)
    for one in gather.gather([folder]).candidates:
        with contextlib.suppress(NianbaoError):
            candidate.load(one)


def mail(path: Path) -> None:
    outlook.attachments(path.read_bytes())


def journal(path: Path) -> None:
    folder = path.with_suffix(".state")
    shutil.rmtree(folder, ignore_errors=True)
    (folder / stores.STATE / "records").mkdir(parents=True)
    path.replace(folder / stores.STATE / "journal.jsonl")
    with stores.opened(folder) as store:
        for number in range(3):
            store.examined(f"{number}" * 64)
            store.made(f"{number}" * 64)
        store.finish(set(), {})


def desk(path: Path) -> None:
    """Take an earlier result folder into the column's page."""
    folder = path.with_suffix(".out")
    folder.mkdir(exist_ok=True)
    path.replace(folder / "desk.json")
    public_files.earlier([folder], folder, "专栏/index.html")


READERS: dict[str, Reader] = {
    "workbook": Reader(mutate.in_zip(CELLS), annotated, 3),
    "thorough": Reader(mutate.in_zip(CELLS), thorough, 3),
    "docx": Reader(mutate.in_zip(WORDS), published, 2),
    "html": Reader(mutate.by_tags, published, 2),
    "pdf": Reader(mutate.in_pdf, published, 2.5),
    "text": Reader(mutate.by_tokens, published, 2),
    "json": Reader(mutate.by_tokens, checked, 1),
    "make": Reader(mutate.by_tokens, made, 1.5),
    "reasons": Reader(mutate.by_tokens, reasons_read, 7),
    "roster": Reader(mutate.in_zip(CELLS), roster, 1),
    "edition": Reader(mutate.by_tokens, edition_file, 1),
    "template": Reader(mutate.in_zip(WORDS), template, 2),
    "page": Reader(mutate.by_tags, page, 2),
    "register": Reader(mutate.in_zip(CELLS), applications, 0.8),
    "csv": Reader(mutate.by_tokens, applications, 0.8),
    "site": Reader(mutate.by_tokens, site.read_site, 7),
    "mapping": Reader(mutate.by_tokens, mapping, 5),
    "notice": Reader(mutate.by_tokens, notice, 3),
    "archive": Reader(mutate.by_bytes, archive, 5),
    "mail": Reader(mutate.by_bytes, mail, 1),
    "journal": Reader(mutate.by_tokens, journal, 0.6),
    "desk": Reader(mutate.by_tokens, desk, 0.6),
    "carried": Reader(mutate.in_zip(OURS), read_data, 0.6),
}
