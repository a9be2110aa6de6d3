"""A county's pictures: one for each body, last year beside this year where its workbook carries it."""

import re

import pytest

from county import towns
from nianbao import workbook
from nianbao.form import load_edition

pytestmark = pytest.mark.usefixtures("canvas_and_fonts")


def test_every_body_gets_its_picture_with_last_year_where_known(tmp_path):
    roster, delivered = towns.write_whole(tmp_path)
    listed, known = towns.whole()
    chosen = next(m for m in listed if m.level == "town")
    report = known[chosen.name]
    start, end = "requests.pending_start.", "requests.pending_end."
    carried = {k.replace(start, end): v for k, v in report.values.items() if k.startswith(start)}
    last = towns.another(report, year=report.year - 1, values=carried)
    data = workbook.build(load_edition(report.edition), report, last)
    (delivered / f"{chosen.short}.xlsx").write_bytes(data)
    out = tmp_path / "结果"
    towns.run("batch", delivered, "--roster", roster, "-o", out, "--workers", "1", "--to", "docx,svg")
    pictures = {p.name: p.read_text(encoding="utf-8") for p in (out / "报告").glob("*（图解）.svg")}
    assert len(pictures) == len(list((out / "报告").glob("*.docx")))
    compared = [name for name, svg in pictures.items() if re.search(rf">{last.year}年 \d+<", svg)]
    assert [name.startswith(chosen.name) for name in compared] == [True]
