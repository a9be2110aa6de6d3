"""The tutorial on variants does what it says: its blocks are run in order, and the result is the shipped edition."""

import re
from dataclasses import replace

import pytest

import office
import reports
from docs.printed import ROOT, blocks, run_lines, shown_behind
from nianbao import pipeline, workbook
from nianbao.document import build_template
from nianbao.findings import Severity
from nianbao.form import load_edition
from nianbao.form.changes import CHANGES
from nianbao.verdicts import State
from nianbao.workbook.layout import LAST_YEAR

pytestmark = pytest.mark.xdist_group("variant")

PAGE = (ROOT / "docs" / "variant.md").read_text(encoding="utf-8")
BLOCKS = blocks(PAGE)
FILE = "永平镇.toml"
OTHER = "执法核对.toml"
"""The page's second file, in one block."""


@pytest.fixture(scope="module")
def followed(tmp_path_factory):
    """Follow the page in an empty folder; return the folder and what the commands before each text block printed."""
    folder = tmp_path_factory.mktemp("教程")
    patch = pytest.MonkeyPatch()
    patch.chdir(folder)
    written, said = "", []
    try:
        for i, (kind, text) in enumerate(BLOCKS):
            shown = shown_behind(BLOCKS, i)
            if kind == "toml":
                if written and text.startswith("id = "):
                    (folder / OTHER).write_text(text, encoding="utf-8")
                    continue
                written += text if not written else f"\n{text}"
                (folder / FILE).write_text(written, encoding="utf-8")
            elif kind == "sh":
                said.append((shown, run_lines(text, 1 if "处错误" in shown else 0)))
    finally:
        patch.undo()
    return folder, said


def test_the_page_has_steps_and_shows_what_is_printed(followed):
    _, said = followed
    shown = [text for text, _ in said if text]
    assert len([k for k, _ in BLOCKS if k == "toml"]) == 8
    assert len(shown) == 6
    for expected, printed in said:
        for line in expected.splitlines():
            assert line.strip() in printed


def test_the_result_is_the_edition_that_comes_with_the_program(followed):
    folder, _ = followed
    made, shipped = load_edition(str(folder / FILE)), load_edition("wuping-2022")
    assert replace(made, id=shipped.id, name=shipped.name) == shipped
    assert [r.id for r in made.rules] == [r.id for r in shipped.rules]
    assert made.deviations == shipped.deviations


_LAST_YEARS = re.compile(f"<f>[^<]*{LAST_YEAR}[^<]*</f>".encode())


def test_its_word_template_and_workbook_are_those_of_the_shipped_one(followed):
    folder, _ = followed
    made, shipped = load_edition(str(folder / FILE)), load_edition("wuping-2022")
    assert build_template(made) == build_template(shipped)
    ours, theirs = (office.parts(workbook.build(e)) for e in (made, shipped))
    renamed = {
        name: part.replace(made.id.encode(), shipped.id.encode()).replace(made.name.encode(), shipped.name.encode())
        for name, part in ours.items()
    }
    # in 逐格核对 last year's figures are looked for in the places of every edition known, of which ours is one more
    assert {n: _LAST_YEARS.sub(b"<f/>", p) for n, p in renamed.items()} == {
        n: _LAST_YEARS.sub(b"<f/>", p) for n, p in theirs.items()
    }
    assert (folder / "永平镇模板.docx").read_bytes() == build_template(shipped)


def test_the_page_lists_every_change_and_every_id_of_the_form():
    edition = load_edition("2021")
    named = set(re.findall(r"`([\w.]+)`", PAGE))
    assert set(CHANGES) <= named
    assert {s.id for s in edition.sections} <= named
    assert {v.row for t in ("proactive", "requests") for v in edition.table[t].values} <= named
    for row in re.findall(r"^\| `([a-z_.]+)` \| (.+?) \| (.+?) \|$", PAGE, re.MULTILINE):
        value = next(
            (v for v in edition.values.values() if v.row == row[0] and v.table in ("proactive", "requests")), None
        )
        if value:
            assert (value.labels[-2], value.words[0]) == row[1:] or row[0] in ("proactive", "requests", "review")


def test_its_help_table_is_asked_for_compared_and_not_printed(followed):
    folder, _ = followed
    edition = load_edition(str(folder / OTHER))
    values = reports.zero("2021").values
    told = {
        "enforcement.licences.decisions": 0,
        "enforcement.penalties.decisions": 3,
        "enforcement.coercions.decisions": 0,
    }
    found = {}
    for name, more in (("blank", {}), ("told", told)):
        report = replace(reports.zero("2021"), edition=edition.id, values={**values, **more})
        book = folder / f"{name}.xlsx"
        book.write_bytes(workbook.build(edition, report))
        checked = pipeline.check_file(book, str(folder / OTHER))
        found[name] = checked
    verdict = {n: next(v for v in c.verdicts if v.rule == "X1") for n, c in found.items()}
    assert (verdict["blank"].state, verdict["blank"].why) == (State.UNJUDGED, "执法年报数没有填")
    assert verdict["told"].state is State.BROKEN
    (one,) = [f for f in found["told"].findings if f.rule == "X1"]
    assert (one.severity, one.place) == (Severity.EXPLAIN, "表二!B13")
    assert one.what == "处理决定·行政处罚：执法年报数3；表二0，差3"
    assert one.how == "核对执法年报数与表二，改正填错的一处；都没有错的，写明原因"
    made = pipeline.make(found["told"], folder / "报告", ("docx", "html", "csv"))
    assert "执法年报" not in "".join(p.read_text(encoding="utf-8") for p in made.files if p.suffix != ".docx")
    read = pipeline.read(made.files[0], str(folder / OTHER)).report
    assert not any(k.startswith("enforcement") for k in read.values)
