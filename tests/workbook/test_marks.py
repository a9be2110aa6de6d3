"""The marked copy: wrong cells have a red frame and a note, what others noted stays, and the next run begins anew."""

import io
import re
import zipfile
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from openpyxl.comments import Comment

import office
import reports
from books import part_of
from nianbao import pipeline, workbook
from nianbao.form import load_edition
from nianbao.workbook import marks
from nianbao.workbook.address import Spot
from nianbao.workbook.marks import FRAME, CellMark
from nianbao.workbook.notesheets import HEAD

EDITION = load_edition("2021")
WRONG = "requests.received.natural_person"


@pytest.fixture
def wrong(tmp_path) -> Path:
    """A workbook whose 表三 does not add up in one column."""
    path = tmp_path / "错.xlsx"
    path.write_bytes(workbook.build(EDITION, replace(reports.zero(), values={**reports.zero().values, WRONG: 3})))
    return path


def marked(path: Path, to: Path) -> Path:
    checked = pipeline.check_file(path)
    pipeline.annotate(checked, to)
    return to


def notes(path: Path) -> dict[str, str]:
    book = openpyxl.load_workbook(path)
    return {f"{s.title}!{c.coordinate}": c.comment.text for s in book for r in s.iter_rows() for c in r if c.comment}


def frames(path: Path) -> dict[str, str]:
    book = openpyxl.load_workbook(path)
    return {
        s.title: str(r.sqref) for s in book for r in s.conditional_formatting for x in r.rules if x.formula == [FRAME]
    }


def test_a_wrong_cell_has_a_frame_and_a_note_that_says_what_is_wrong(wrong, tmp_path):
    place = pipeline.check_file(wrong).findings[0].place
    copy = marked(wrong, tmp_path / "标.xlsx")
    said = notes(copy)[place]
    assert said.startswith(HEAD)
    assert "【强制】" in said
    assert "差3" in said
    assert place.partition("!")[2] in frames(copy)["表三"].split()
    assert not notes(wrong)


def test_only_the_marks_of_this_run_stand(wrong, tmp_path):
    copy = marked(wrong, tmp_path / "标.xlsx")
    again = marked(copy, tmp_path / "再.xlsx")
    assert notes(again) == notes(copy)
    assert frames(again) == frames(copy)
    book = openpyxl.load_workbook(copy)
    layout = workbook.layout(EDITION)
    spot = layout.values[WRONG]
    book[spot.sheet][spot.ref] = 0
    book.save(tmp_path / "改.xlsx")
    mended = marked(tmp_path / "改.xlsx", tmp_path / "好.xlsx")
    assert not any("【强制】" in n for n in notes(mended).values())
    assert not frames(mended)


def test_what_somebody_noted_stays_and_is_not_written_over(wrong, tmp_path):
    place = pipeline.check_file(wrong).findings[0].place
    sheet, _, ref = place.partition("!")
    book = openpyxl.load_workbook(wrong)
    book[sheet][ref].comment = Comment("问一下张科", "李")
    book[sheet]["A9"].comment = Comment("台账第3页", "李")
    book.save(tmp_path / "批.xlsx")
    copy = marked(tmp_path / "批.xlsx", tmp_path / "标.xlsx")
    for path in (copy, marked(copy, tmp_path / "再.xlsx")):
        assert notes(path)[place] == "问一下张科"
        assert notes(path)[f"{sheet}!A9"] == "台账第3页"
        assert ref in frames(path)[sheet].split()


def test_a_sheet_with_only_other_peoples_notes_stays_byte_for_byte(wrong, tmp_path):
    book = openpyxl.load_workbook(wrong)
    book["表二"]["A5"].comment = Comment("台账第3页", "李")
    book.save(tmp_path / "批.xlsx")
    before = office.parts(tmp_path / "批.xlsx")
    after = office.parts(marked(tmp_path / "批.xlsx", tmp_path / "标.xlsx"))
    name = part_of(before, "表二")
    assert before[name] == after[name]


def test_the_copy_reads_as_the_original_does(wrong, tmp_path):
    one, other = (pipeline.read(p) for p in (wrong, marked(wrong, tmp_path / "标.xlsx")))
    assert one.report == other.report
    assert one.findings == other.findings


SPOT = Spot("表", 2, 2)
MARKS = {SPOT: CellMark("差3", True)}


def noted() -> dict[str, bytes]:
    """The parts of a small workbook in which somebody noted something."""
    book, out = openpyxl.Workbook(), io.BytesIO()
    book.active.title = "表"
    book.active["A1"].comment = Comment("台账第3页", "李")
    book.save(out)
    with zipfile.ZipFile(out) as package:
        parts = {n: package.read(n) for n in package.namelist()}
    looks = "xl/styles.xml"
    parts[looks] = parts[looks].replace(b"<tableStyles", b'<dxfs count="0"/><tableStyles')
    return parts


BROKEN = {
    "no list of looks": ("xl/styles.xml", rb"<dxfs.*?/>", b""),
    "no list of notes": ("comment", rb"<commentList>.*</commentList>", b""),
    "no list of authors": ("comment", rb"<authors>.*</authors>", b""),
    "notes that do not end": ("comment", rb"</comments>", b""),
    "a drawing that does not end": (".vml", rb"</xml>", b""),
    "a drawing of other characters": (".vml", rb"</xml>", b"\xff</xml>"),
    "no drawing": (".vml", None, None),
}


@pytest.mark.parametrize(("name", "old", "new"), BROKEN.values(), ids=BROKEN)
def test_a_workbook_whose_notes_are_not_as_programs_write_them_is_left_as_it_is(name, old, new):
    parts = noted()
    assert set(marks.marked(parts, MARKS)) == set(parts)
    assert marks.marked(parts, MARKS) != parts
    part = next(n for n in parts if name in n and not n.endswith(".rels"))
    was = parts.pop(part)
    if old is not None:
        parts[part] = re.sub(old, new, was, flags=re.DOTALL)
        assert parts[part] != was
    before = dict(parts)
    assert marks.marked(parts, MARKS) == before


@pytest.mark.office
def test_libreoffice_keeps_the_notes_and_a_run_over_its_file_takes_them_away(wrong, tmp_path):
    copy = marked(wrong, tmp_path / "标.xlsx")
    (tmp_path / "存").mkdir()
    saved = office.convert(copy, "xlsx", tmp_path / "存")
    assert {p for p, n in notes(saved).items() if n.startswith(HEAD)} == set(notes(copy))
    again = marked(saved, tmp_path / "再.xlsx")
    place = pipeline.check_file(wrong).findings[0].place
    assert notes(again)[place] == notes(copy)[place]
    assert shapes(again) == len(notes(again))


def shapes(path: Path) -> int:
    """How many notes the drawings of a workbook place."""
    parts = office.parts(path)
    return sum(parts[n].count(b"<x:ClientData") for n in parts if n.lower().endswith(".vml"))


@pytest.mark.validator
def test_the_copy_is_valid_open_xml(wrong, tmp_path):
    copy = marked(wrong, tmp_path / "标.xlsx")
    assert office.validate(marked(copy, tmp_path / "再.xlsx")) == ""
