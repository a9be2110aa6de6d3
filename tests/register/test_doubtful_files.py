"""A register that may be read in two ways is told, never counted in silence."""

import pytest

from nianbao.errors import InputError
from nianbao.form import load_edition
from nianbao.register.model import State
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
    assert [a.received.state for a in found.applications] == [State.GIVEN] * 5
