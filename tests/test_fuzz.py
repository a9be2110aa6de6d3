"""Damaged files of every kind, the same ones each time; what was found before. `python tests/fuzz.py` tries more."""

import importlib.util
import io
import json
import os
import re
import signal
import subprocess
import sys
import threading
import zipfile
from importlib import resources
from pathlib import Path

import pytest

pytest.importorskip("resource", reason="memory is measured where POSIX is")

import reports
from fuzzing import drawn_pdf
from fuzzing import run as running
from fuzzing.mutate import packed, unpacked
from fuzzing.readers import READERS
from fuzzing.run import HANG, MEMORY, Slice, Tally
from fuzzing.seeds import MAKERS, _page_templates, _templates, _workbooks
from nianbao import report
from nianbao.county import desk_json
from nianbao.county.roster.scopes import whole
from published.pages import page
from rows import some

pytestmark = pytest.mark.xdist_group("fuzz")

INPUTS = {
    "workbook": 30, "thorough": 20, "docx": 30, "html": 30, "pdf": 35, "text": 50, "json": 120, "make": 8,
    "reasons": 400, "roster": 60, "edition": 50, "template": 20, "page": 20, "register": 60, "csv": 60,
    "site": 400, "mapping": 120, "archive": 200, "journal": 120, "desk": 25, "carried": 120,
    "notice": 120,
}  # fmt: skip
"""Of each reader so many inputs take a few seconds; the workflow tries thousands more (`tests/fuzz.py`)."""


@pytest.fixture(scope="module")
def seeds():
    with running.seed_folder() as folder:
        yield folder


@pytest.mark.parametrize("reader", some(READERS, 2))
def test_no_damaged_file_ends_in_anything_but_an_answer(reader, seeds, tmp_path, monkeypatch):
    monkeypatch.setenv("NIANBAO_CACHE", "")
    tally = running.run(Slice(reader, seed=2026, inputs=INPUTS[reader]), seeds, tmp_path)
    told = "\n".join(p.read_text(encoding="utf-8") for p in tmp_path.glob("*.txt"))
    assert tally.crashes == {}, told
    assert tally.inputs == INPUTS[reader]
    assert tally.read
    assert tally.refused or reader in ("archive", "journal")
    assert tally.slowest < HANG
    assert tally.memory < MEMORY


def name_broken_inside():
    """An archive whose directory names a workbook, while the name before its contents is no UTF-8."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as target:
        target.writestr("甲.xlsx", b"x")
    return out.getvalue().replace("甲".encode(), b"\xff\xfe\xfd", 1)


def told(sentence):
    """Report JSON in whose text a sentence stands."""
    one = report.to_json(reports.zero())
    return json.dumps({**one, "texts": {**one["texts"], "overview": sentence}}, ensure_ascii=False).encode()


def nameless(whole=None):
    """A zip with an entry that has no name."""
    return packed({**(unpacked(whole) if whole else {}), "": b"x"})


def register_with(day, title="文号"):
    return f"编号,收到日期,申请人类型,答复日期,处理结果,{title}\n1,{day},自然人,2025-3-20,予以公开,x\n".encode()


def nowhere():
    """A PDF of many pages on one of which a character stands at a height that overflows."""
    whole = drawn_pdf.drawn(page(reports.zero()))
    at = whole.index(b" Td <0030> Tj")  # a figure 0
    start = whole.rindex(b" ", 0, at) + 1
    return whole[:start] + b"3" + b"65" * 50 + b".0" + whole[at:]


def book():
    """A report whose first table has a cell of a hundred thousand characters."""
    return drawn_pdf.as_text(page(reports.zero()), "\t").replace("规章\t", f"规章{'_' * 100_000}\t", 1).encode()


def page_template(more):
    return next(iter(_page_templates())).replace(b"</body>", more.encode() + b"</body>")


def template(more):
    parts = unpacked(next(iter(_templates())))
    parts["word/document.xml"] = parts["word/document.xml"].replace(b"<w:sectPr", more.encode() + b"<w:sectPr", 1)
    return packed(parts)


DESK = json.dumps({
    "format": desk_json.FORMAT, "edition": "2021", "county": "", "year": 2025, "deadline": "", "has_roster": False,
    "bodies": [], "strays": [], "last_totals": [], "pairs": [], "findings": [], "files": {},
    "totals": [
        {"scope": whole("county").scopes[0].id, "values": {"fee.processing_fee.amount": "x"}, "bodies": [], "gaps": [],
         "undetermined": {}},
    ],
}).encode()  # fmt: skip
NESTED = b"[" * 100_000


def dashes():
    """A report's text with a line that begins like the number of a page and is none."""
    return drawn_pdf.as_text(page(reports.zero()), "\t").replace("\n", "\n" + "-" * 100_000 + "甲\n", 1).encode()


def far_row():
    """A register's workbook with a row of a number that Excel does not have; a reader may fill all rows before it."""
    parts = unpacked(next(iter(MAKERS["register"][1]())))
    (name, *_) = [n for n in parts if "worksheets/" in n and b"</sheetData>" in parts[n]]
    row = b'<row r="99999999"><c r="A99999999" t="inlineStr"><is><t>x</t></is></c></row></sheetData>'
    return packed(parts | {name: parts[name].replace(b"</sheetData>", row)})


def edition_with(old, new):
    """An edition of one's own that says the whole form, changed in one place."""
    text = (resources.files("nianbao.form") / "editions" / "2021.toml").read_text(encoding="utf-8")
    assert old in text
    return re.sub('^id = ".*"', 'id = "own"', text, count=1, flags=re.M).replace(old, new, 1).encode()


def in_page(more):
    """A report's page with something behind its first table."""
    return page(reports.zero()).rendered().replace(b"</table>", b"</table>" + more, 1)


FOUND = {
    "reasons nested without end": ("reasons", NESTED),
    "a settings file nested without end": ("site", b"a = " + NESTED),
    "an edition nested without end": ("edition", b"a = " + NESTED),
    "a mapping nested without end": ("mapping", b"a = " + NESTED),
    "a notice nested without end": ("notice", b"a = " + NESTED),
    "a notice with a number of thousands of digits": ("notice", b"year = " + b"9" * 5000),
    "a setting that is a number of thousands of digits": ("site", b"SiteName = " + b"9" * 5000),
    "an edition with a number of thousands of digits": ("edition", b"format = " + b"9" * 5000),
    "a mapping with a number of thousands of digits": ("mapping", "未办结 = ".encode() + b"9" * 5000),
    "a mapping with a line of blanks": ("mapping", b"x" + b" " * 190_000 + b"y"),
    "a mapping with a table's name of blanks": ("mapping", b"[x" + b" " * 190_000 + b"y"),
    "an archive with a name that is broken inside": ("archive", name_broken_inside()),
    "a journal line nested without end": ("journal", NESTED + b"\n"),
    "a journal that names a file that never was": (
        "journal", b'{"did": "made", "key": "a", "files": {"docx": ["a.docx", ""]}}\n',
    ),
    "a register with a day of a hundred thousand blanks": ("csv", register_with("2025-3-1" + " " * 100_000 + "x")),
    "a register with a title of opening brackets": ("csv", register_with("2025-3-1", "（" * 100_000)),
    "a PDF with a character at no place": ("pdf", nowhere()),
    "a text with cells as long as a book": ("text", book()),
    "a text with a line of a hundred thousand dashes": ("text", dashes()),
    "a page of beginnings of document types": ("html", in_page(b"<!DOCTYPE" * 60_000)),
    "a page with a line of blanks": ("html", in_page(b"<p>x" + b"\t" * 400_000 + b"x</p>")),
    "a desk with a figure that is none": ("desk", DESK),
    "a part of a report whose root has an undeclared prefix": ("carried", packed({"customXml/item1.xml": b"<a:b/>"})),
    "a desk nested without end": ("desk", NESTED),
    "an edition with a key of a hundred thousand parts": ("edition", b"a." * 99_000 + b"a = 1"),
    "a page template of conditions one in another": ("page", page_template("{% if 1 %}" * 1_000)),
    "a page template of styles without end": ("page", page_template("<style>" * 100_000)),
    "a page template of articles without end": ("page", b"<article>" * 100_000),
    "a page template of elements one in another": ("page", page_template("<span>" * 20_000)),
    "a page template of braces": ("page", page_template("{" * 2_000)),
    "an edition with a line of blanks after an equals sign": ("edition", b"id =" + b" " * 100_000 + b'x"'),
    "an edition with a column hundreds of figures wide": (
        "edition",
        edition_with("widths = [", f"widths = [{'9' * 400}, "),
    ),
    "an edition with a heading over a thousand million rows": ("edition", edition_with("rows = 2", f"rows = {10**9}")),
    "an edition with paragraphs without end": ("edition", edition_with("paragraphs = ", "paragraphs = 9999")),
    "an edition with a table of millions of cells": (
        "edition",
        edition_with("widths = [", f"widths = [{'1, ' * 40_000}").replace(b"rows = [", b"rows = [" + b"{}," * 9_000),
    ),
    "a register with a row far below the last": ("register", far_row()),
    "a Word template with text behind a paragraph that was revised": (
        "template",
        template("<w:p><w:del><w:r><w:delText>x</w:delText></w:r></w:del><w:r><w:t>{{ 年度 }}</w:t></w:r></w:p>x"),
    ),
    "a Word template of a brace in each paragraph": ("template", template("<w:p><w:r><w:t>{</w:t></w:r></w:p>" * 2400)),
    "a part of a list that is a number of forty digits": (
        "json", told(f"收到政府信息公开申请5件，其中自然人{'9' * 40}件，法人1件。"),
    ),
    "an archive with an entry without a name": ("archive", nameless()),
    "a workbook with an entry without a name": ("workbook", nameless(next(iter(_workbooks())))),
    "a template with an entry without a name": ("template", nameless(next(iter(_templates())))),
    "a report with an entry without a name": ("docx", nameless(next(iter(_templates())))),
    "data in a zip with an entry without a name": ("carried", nameless()),
}  # fmt: skip


@pytest.mark.parametrize("name", FOUND)
def test_what_fuzzing_found_is_answered(name, tmp_path):
    reader, data = FOUND[name]
    suffix = MAKERS[reader][0]
    tally = Tally(reader, memory=running.peak())  # what earlier tests took of this process is not the reader's
    running.try_one(reader, data, tmp_path, suffix, tally, tmp_path / "crashes", name)
    assert tally.crashes == {}, "\n".join(p.read_text(encoding="utf-8") for p in (tmp_path / "crashes").glob("*.txt"))
    assert tally.slowest < 5


@pytest.mark.soak
@pytest.mark.skipif(not importlib.util.find_spec("atheris"), reason="needs atheris, which is there for Linux")
def test_with_guidance_an_input_that_reaches_new_lines_is_kept(seeds, tmp_path):
    work = Slice("site", seed=2026, seconds=8, corpus=str(tmp_path / "corpus"))
    tally = running.run(work, seeds, tmp_path / "crashes")
    assert tally.crashes == {}
    assert tally.inputs > 20
    assert tally.refused > tally.read > 0
    kept = {p.read_bytes() for p in (tmp_path / "corpus" / "site").iterdir()}
    assert kept
    assert not kept & {p.read_bytes() for p in running.seeds_of(seeds, "site")}


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="only Linux tells a process its own peak")
def test_the_memory_of_what_started_a_process_is_not_its_own(tmp_path):
    asked = tmp_path / "asked.py"
    asked.write_text("from fuzzing import run\nprint(run.peak())\n", encoding="utf-8")
    large = "import subprocess, sys; held = bytearray(600 << 20); subprocess.run(sys.argv[1:])"
    folders = os.pathsep.join([str(Path(__file__).parent), *filter(None, sys.path)])
    command = [sys.executable, "-c", large, sys.executable, str(asked)]
    said = subprocess.run(command, capture_output=True, text=True, check=True, env=os.environ | {"PYTHONPATH": folders})
    assert 20 < int(said.stdout) < 300


def test_without_atheris_the_command_says_what_to_install():
    without = "import runpy, sys; sys.modules['atheris'] = None; runpy.run_path(sys.argv.pop(1), run_name='__main__')"
    command = [sys.executable, "-c", without, str(Path(__file__).with_name("fuzz.py")), "1", "--guided"]
    said = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (said.returncode, said.stdout) == (2, "--guided needs atheris (Linux): pip install -e '.[fuzz]'\n"), said


class Begun:
    """A reader's process that began an input at the start, as the watch sees it."""

    def __init__(self):
        self.value = 1e-9


def watched(does):
    return subprocess.Popen([sys.executable, "-c", does])


def test_the_watch_ends_what_uses_the_processor_too_long(monkeypatch):
    monkeypatch.setattr(running, "HANG", 0.5)
    monkeypatch.setattr(running, "_MERCY", 0.5)
    assert running._watched(watched("while True: pass"), Begun())


def test_the_watch_ends_what_waits_for_ever_but_not_what_somebody_has_stopped(monkeypatch):
    monkeypatch.setattr(running, "_ASLEEP", 2.0)
    stopped = watched("import time; time.sleep(0.5)")
    stopped.send_signal(signal.SIGSTOP)
    threading.Timer(4.0, stopped.send_signal, (signal.SIGCONT,)).start()
    assert not running._watched(stopped, Begun())
    assert stopped.returncode == 0
    assert running._watched(watched("import time; time.sleep(60)"), Begun())


def test_the_watch_sees_a_crash_a_foreign_error_and_what_takes_memory(tmp_path, monkeypatch):
    """The search itself must be able to fail."""
    outcomes = iter((ValueError("boom"), MemoryError()))

    def harmful(_):
        raise next(outcomes)

    monkeypatch.setitem(READERS, "site", running.READERS["site"].__class__(READERS["site"].mutation, harmful))
    monkeypatch.setattr(running, "MEMORY", 1)
    tally = Tally("site")
    for _ in range(2):
        running.try_one("site", b"x", tmp_path, ".toml", tally, tmp_path / "crashes", "x")
    assert {"ValueError", "MemoryError", "memory:"} == {w.split(" ")[0] for w in tally.crashes}
    assert len(list((tmp_path / "crashes").glob("*.input"))) == 3
