"""Forms of one body that differ stand side by side; what changed since the run before stands at the top."""

import io
import re
import zipfile

import pytest
from openpyxl import load_workbook

from county import towns
from county.test_cases import LISTED, TOWNS, all_of, deliver, form, run
from county.test_match import file
from county.test_overview import lines
from nianbao.county.model import Status
from nianbao.county.totals import form_versions

DIFFER = "重复的比较"


def saved(folder, name, day, date):
    """Have a form bear this date, and say that it was saved on that day of January ('' for none)."""
    path = folder / "收到" / name
    book = load_workbook(path)
    cell = next(row for row in book["基本信息"].iter_rows() if row[0].value == "成文日期")
    next(c for c in cell[1:] if c.value).value = date
    book.save(path)
    said = f"2026-01-{day}T01:30:00Z".encode() if day else b""
    out = io.BytesIO()
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(out, "w") as target:
        for item in source.infolist():
            part = source.read(item)
            if item.filename == "docProps/core.xml":
                part = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>" + said, part)
            target.writestr(item, part)
    path.write_bytes(out.getvalue())


def doubled(folder):
    deliver(folder, {**all_of(), "永平镇改.xlsx": form(TOWNS[1], figures=1)})


def versions(folder):
    _, desk = run(folder)
    assert desk.bodies[1].status is Status.DOUBLED
    return desk.bodies[1].versions


def test_the_cells_in_which_two_forms_differ_stand_side_by_side(tmp_path):
    doubled(tmp_path)
    told = versions(tmp_path)
    assert [s.path for s in told.sources] == ["永平镇.xlsx", "永平镇改.xlsx"]
    assert told.differences
    assert all(len(d.said) == 2 and d.said[0] != d.said[1] for d in told.differences)
    assert not [d for d in told.differences if d.where == "单位名称"]
    (same,) = [d for d in told.differences if "本年新收" in d.where and "总计" in d.where]
    page = (tmp_path / "结果" / "总览.html").read_text(encoding="utf-8")
    assert all(f'"{said}"' in page for said in same.said)
    rows = lines(tmp_path, DIFFER)
    assert (rows[0]["第 1 份"], rows[0]["第 2 份"]) == ("永平镇.xlsx", "永平镇改.xlsx")
    assert [(r["不同的地方"], r["第 1 份"], r["第 2 份"]) for r in rows[2:]][: len(told.differences)] == [
        (d.where, *d.said) for d in told.differences
    ]


@pytest.mark.parametrize(
    ("first", "second", "said"),
    [
        (("", "2026-1-9"), ("", "2026-1-9"), ["文件里看不出哪一份较新"]),
        (("10", "2026-1-9"), ("", "2026-1-9"), ["文件里看不出哪一份较新"]),
        (("09", "2026-1-9"), ("11", "2026-1-9"), ["最后保存的是“永平镇改.xlsx”（2026-01-11 09:30）"]),
        (("11", "2026-1-9"), ("09", "2026-1-15"), ["成文日期较晚的是“永平镇改.xlsx”（2026-01-15）", "不是同一份"]),
    ],
)  # fmt: skip
def test_which_is_newer_is_told_by_what_the_files_say(tmp_path, first, second, said):
    doubled(tmp_path)
    saved(tmp_path, "永平镇.xlsx", *first)
    saved(tmp_path, "永平镇改.xlsx", *second)
    newer = versions(tmp_path).newer
    assert [s for s in said if s not in newer] == [], newer


def test_forms_that_differ_in_the_written_reason_alone_say_so(tmp_path):
    deliver(tmp_path, {**all_of(), "永平镇改.xlsx": form(TOWNS[1])})
    for name, why in (("永平镇.xlsx", "甲原因"), ("永平镇改.xlsx", "乙原因")):
        book = load_workbook(tmp_path / "收到" / name)
        sheet = book["校验结果"]
        row, at = next((r[0].row, {c.value: c.column for c in r}) for r in sheet.iter_rows() if r[0].value == "序号")
        sheet.cell(row + 1, at["指纹"], f"abc{why}")
        sheet.cell(row + 1, at["说明（请填写）"], why)
        book.save(tmp_path / "收到" / name)
    (found,) = versions(tmp_path).differences
    assert (found.where, found.said) == ("写明的原因", ("甲原因", "乙原因"))


def changed(folder):
    return {x["单位"]: x["与上一次不同"] for x in lines(folder, "各单位") if x["与上一次不同"]}


def test_what_came_was_mended_or_got_worse_since_the_run_before_stands_below_what_is_to_be_done(tmp_path):
    deliver(tmp_path, all_of(TOWNS[0], TOWNS[1]))
    run(tmp_path)
    assert changed(tmp_path) == {}
    deliver(tmp_path, {"城关镇.xlsx": form(TOWNS[0]), "永平镇.xlsx": form(TOWNS[1], year=2024)})
    run(tmp_path)
    assert changed(tmp_path) == {"城关镇人民政府": "新收到，完成", "永平镇人民政府": "新收到，年度不符"}
    before = towns.produced(tmp_path / "结果")
    run(tmp_path)
    assert towns.produced(tmp_path / "结果") == before  # a run that changes nothing tells the same
    deliver(tmp_path, {"永平镇.xlsx": form(TOWNS[1]), "城关镇2.xlsx": form(TOWNS[0], figures=3), "图.jpg": b"x",
                       "十方镇.xlsx": form(TOWNS[2], figures=4)})  # fmt: skip
    run(tmp_path)
    assert changed(tmp_path) == {"城关镇人民政府": "完成→重复", "永平镇人民政府": "年度不符→完成",
                                 "十方镇人民政府": "换了文件，仍是完成"}  # fmt: skip
    page = (tmp_path / "结果" / "总览.html").read_text(encoding="utf-8")
    top = page[page.index("与上一次不同的") : page.index('id="bodies"')]
    words = ["变差", "完成→重复", "新收到", "图.jpg：", "改好", "年度不符→完成", "换了文件"]
    assert [top.index(w) for w in words] == sorted(top.index(w) for w in words)


def test_what_is_kept_of_the_run_before_may_be_torn(tmp_path):
    deliver(tmp_path, all_of())
    run(tmp_path)
    kept = tmp_path / "结果" / towns.STATE / "stands.json"
    for torn in (b"{", b"[]", b'{"now": {"bodies": {"a": ["nothing", 1, []]}}, "before": null}', b"\xff"):
        kept.write_bytes(torn)
        assert run(tmp_path)[0] == 0
    assert len(LISTED) == 5


def test_figures_of_last_year_in_which_two_forms_differ_are_told_as_such():
    key = "requests.received.natural_person"
    this = {"edition": "2021", "year": 2025, "body": {}, "values": {key: 9}, "texts": {}}
    records = [{"report": this, "last_year": {**this, "year": 2024, "values": {key: n}}, "reasons": []} for n in (3, 4)]
    told = form_versions.versions([file("甲.xlsx"), file("乙.xlsx")], records)
    (found,) = told.differences
    assert found.where.startswith("上年数据 ")
    assert "自然人" in found.where
    assert found.said == ("3", "4")
