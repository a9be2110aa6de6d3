"""A register that may be read in two ways is told, never counted in silence."""

import pytest

from nianbao.errors import InputError
from nianbao.form import load_edition
from nianbao.register.model import EntryState
from nianbao.register.read import read

HEAD = "编号,收到日期,申请人类型,答复日期,处理结果,备注\n"
ROWS = [f"{n},2025-3-{n},自然人,2025-3-2{n},予以公开,{{}}\n" for n in range(1, 6)]


def register(tmp_path, notes):
    path = tmp_path / "台账.csv"
    path.write_text(HEAD + "".join(r.format(n) for r, n in zip(ROWS, notes, strict=True)), "utf-8")
    return read(path, load_edition("2021"))


@pytest.mark.parametrize("at", range(5))
@pytest.mark.parametrize("until", [*range(5), None])
def test_a_quotation_mark_without_its_other_is_told(at, until, tmp_path):
    notes = ["无"] * 5
    notes[at] = '"甲'
    if until is not None and until > at:
        notes[until] = '乙"'
    if until is not None and until <= at:
        notes[until] = '"甲'
    with pytest.raises(InputError, match="引号"):
        register(tmp_path, notes)


def test_quotation_marks_in_pairs_are_read(tmp_path):
    found = register(tmp_path, ['"甲,乙"', '"甲\n乙"', '甲"乙', '"甲""乙"', '="2025"'])
    assert [a.received.state for a in found.applications] == [EntryState.GIVEN] * 5


@pytest.mark.parametrize("note", ['"甲,乙\n丙,丁"', '"甲\n\n乙,丙,丁"', '"1,2,3\n"', '"甲\r\n乙,"'])
def test_a_note_of_several_lines_with_a_few_commas_is_read(note, tmp_path):
    found = register(tmp_path, ["无", note, "无", "无", "无"])
    assert [a.received.state for a in found.applications] == [EntryState.GIVEN] * 5


def test_a_heading_of_several_lines_above_the_register_is_read(tmp_path):
    path = tmp_path / "台账.csv"
    path.write_text('"申请台账\n（2025年，由办公室填写）"\n' + HEAD + "".join(r.format("无") for r in ROWS), "utf-8")
    assert len(read(path, load_edition("2021")).applications) == 5


@pytest.mark.parametrize("opened", [(r, c) for r in (0, 2) for c in range(6)])
@pytest.mark.parametrize("closed", [(r, c) for r in (3, 4) for c in range(6)])
def test_wherever_a_quotation_mark_swallows_rows_it_is_told(opened, closed, tmp_path):
    rows = [r.format("无").strip().split(",") for r in ROWS]
    rows[opened[0]][opened[1]] = '"' + rows[opened[0]][opened[1]]
    rows[closed[0]][closed[1]] += '"'
    path = tmp_path / "台账.csv"
    path.write_text(HEAD + "".join(",".join(r) + "\n" for r in rows), "utf-8")
    with pytest.raises(InputError, match="引号"):
        read(path, load_edition("2021"))
