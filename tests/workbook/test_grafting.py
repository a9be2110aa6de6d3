"""A copy written the short way says the same as one written by openpyxl, and leaves everything else as it was."""

import re
import zipfile
from dataclasses import replace

import pytest
from openpyxl import load_workbook

import reports
from books import edited, part_of, patched, saved
from nianbao import pipeline, workbook
from nianbao.errors import InputError
from nianbao.form import load_edition
from nianbao.workbook import grafting, marks
from nianbao.workbook.layout import RESULT_HEADINGS, RESULT_ROWS
from nianbao.workbook.package_checks import open_package
from office import convert, parts, validate
from rows import some


@pytest.fixture
def filled(tmp_path):
    report = reports.changed(reports.zero(), proactive__penalties__decisions=35, requests__received__natural_person=3)
    report = replace(report, texts={**report.texts, "overview": "全年收到申请9件，“引号” <尖括号> & 和号。"})
    path = tmp_path / "填报表.xlsx"
    path.write_bytes(workbook.build(load_edition("2021"), report))
    return path


def both_ways(path, monkeypatch):
    checked = pipeline.check_file(path)
    assert len(checked.findings) > 3
    short = workbook.annotate(path, checked.reading, checked.findings)
    monkeypatch.setattr(grafting, "grafted", lambda *_: None)
    return short, workbook.annotate(path, checked.reading, checked.findings), checked


def table(data, folder, name):
    path = folder / name
    path.write_bytes(data)
    sheet = load_workbook(path)["校验结果"]
    return [
        [(c.value, c.hyperlink.location if c.hyperlink else None, c.protection.locked, c.fill.fgColor.rgb) for c in row]
        for row in sheet.iter_rows(max_col=len(RESULT_HEADINGS))
    ], [sheet.row_dimensions[r].height for r in range(1, sheet.max_row + 1)]


def test_the_short_way_shows_what_the_long_way_shows(filled, monkeypatch, tmp_path):
    short, long, _ = both_ways(filled, monkeypatch)
    assert table(short, tmp_path, "a.xlsx") == table(long, tmp_path, "b.xlsx")
    for name in ("a.xlsx", "b.xlsx"):
        book = load_workbook(tmp_path / name)
        assert book.active.title == "校验结果"
        assert [s.title for s in book.worksheets if s.sheet_view.tabSelected] == ["校验结果"]
        assert book.calculation.fullCalcOnLoad


def test_everything_but_the_findings_stays_byte_for_byte(filled, monkeypatch):
    monkeypatch.setattr(marks, "marked", lambda data, _: data)  # the marks at the cells have tests of their own
    short, _, _ = both_ways(filled, monkeypatch)
    before, after = parts(filled), parts(short)
    assert list(before) == list(after)
    changed = {n for n in before if before[n] != after[n]}
    assert changed == {"xl/workbook.xml", "xl/worksheets/sheet2.xml", "xl/worksheets/sheet10.xml"}


def test_annotating_again_replaces_the_findings_and_keeps_nothing_old(filled, monkeypatch, tmp_path):
    short, _, checked = both_ways(filled, monkeypatch)
    monkeypatch.undo()
    again = tmp_path / "again.xlsx"
    again.write_bytes(short)
    fewer = workbook.annotate(again, checked.reading, checked.findings[:1])
    direct = workbook.annotate(filled, checked.reading, checked.findings[:1])
    assert table(fewer, tmp_path, "c.xlsx")[0] == table(direct, tmp_path, "d.xlsx")[0]


def test_more_findings_than_the_table_has_rows_all_stand_there(filled, monkeypatch, tmp_path):
    checked = pipeline.check_file(filled)
    many = checked.findings * 40
    assert len(many) > 100
    data = workbook.annotate(filled, checked.reading, many)
    shown, _ = table(data, tmp_path, "e.xlsx")
    assert sum(1 for row in shown if str(row[0][0]).isdecimal()) == len(many)


@pytest.mark.parametrize("text", ["=1+1", "-", "@SUM(A1)", "+86"])
def test_a_text_that_looks_like_a_formula_is_left_to_openpyxl(text, filled, tmp_path):
    checked = pipeline.check_file(filled)
    listed = [replace(f, explanation=text) for f in checked.findings]
    data = workbook.annotate(filled, checked.reading, listed)
    path = tmp_path / "f.xlsx"
    path.write_bytes(data)
    cells = [c for row in load_workbook(path)["校验结果"].iter_rows() for c in row if c.value == text]
    assert cells
    assert all(c.data_type == "s" and c.quotePrefix for c in cells)


@pytest.mark.validator
def test_the_short_way_gives_a_valid_workbook(filled, monkeypatch, tmp_path):
    short, _, _ = both_ways(filled, monkeypatch)
    path = tmp_path / "short.xlsx"
    path.write_bytes(short)
    assert validate(path) == ""


@pytest.mark.office
def test_a_workbook_saved_by_libreoffice_is_annotated_the_short_way_or_like_the_long_one(filled, monkeypatch, tmp_path):
    resaved = convert(filled, "xlsx", tmp_path / "out")
    short, long, _ = both_ways(resaved, monkeypatch)
    rows = [[[c[:2] for c in row] for row in table(data, tmp_path, "g.xlsx")[0]] for data in (short, long)]
    assert rows[0] == rows[1]


def test_a_workbook_saved_by_another_program_is_annotated_alike(filled, monkeypatch, tmp_path):
    short, long, _ = both_ways(edited(filled, lambda book: None), monkeypatch)
    assert table(short, tmp_path, "h.xlsx") == table(long, tmp_path, "i.xlsx")
    with zipfile.ZipFile(tmp_path / "h.xlsx") as package:
        assert package.testzip() is None


def results_part(parts_):
    return part_of(parts_, "校验结果")


def in_results(old, new):
    def change(parts_):
        name = results_part(parts_)
        assert re.search(old, parts_[name].decode())
        parts_[name] = re.sub(old, new, parts_[name].decode(), count=1).encode()

    return change


def without_calculation(parts_):
    parts_["xl/workbook.xml"] = re.sub(rb"<calcPr[^<>]*/>", b"", parts_["xl/workbook.xml"])


def without_looks(parts_):
    name = results_part(parts_)
    head = int(re.search(r'<c r="A(\d+)"[^>]*>(?:(?!</c>).)*序号', parts_[name].decode())[1])
    row = head + RESULT_ROWS
    parts_[name] = re.sub(rf'(<c r="[A-Z]+{row}") s="\d+"', r"\1", parts_[name].decode()).encode()


def with_links(parts_):
    parts_["xl/externalLinks/externalLink1.xml"] = b"<x/>"


def without_the_sheet(parts_):
    parts_["xl/workbook.xml"] = parts_["xl/workbook.xml"].replace("校验结果".encode(), "结果".encode())


UNUSUAL = {
    "a comment in the XML": in_results("<row ", "<!-- 注 --><row "),
    "an empty row": in_results("</sheetData>", '<row r="900"/></sheetData>'),
    "no looks in the row as issued": without_looks,
    "no links": in_results("<hyperlinks>.*?</hyperlinks>", ""),
    "no word on calculating": without_calculation,
}


@pytest.mark.parametrize("change", some(UNUSUAL.values(), 3), ids=UNUSUAL)
def test_where_the_short_way_does_not_know_its_way_the_findings_are_written_by_openpyxl(change, filled, tmp_path):
    checked = pipeline.check_file(filled)
    usual, _ = table(workbook.annotate(filled, checked.reading, checked.findings), tmp_path, "j.xlsx")
    patched(filled, change)
    assert grafting.grafted(open_package(filled), []) is None
    shown, _ = table(workbook.annotate(filled, checked.reading, checked.findings), tmp_path, "k.xlsx")
    said = [[[c[0] for c in row] for row in rows if any(c[0] for c in row)] for rows in (shown, usual)]
    assert said[0] == said[1]


@pytest.mark.parametrize("change", [*UNUSUAL.values(), with_links, without_the_sheet])
def test_the_short_way_is_not_taken_where_it_does_not_know_its_way(change, tmp_path):
    path = saved(tmp_path)
    assert grafting.grafted(open_package(path), []) is not None
    assert grafting.grafted(open_package(patched(path, change)), []) is None


def test_without_the_sheet_of_findings_there_is_no_place_for_them(filled):
    checked = pipeline.check_file(filled)
    patched(filled, without_the_sheet)
    with pytest.raises(InputError, match=r"“填报表.xlsx”里没有工作表“校验结果”，没有地方写校验结果"):
        workbook.annotate(filled, checked.reading, checked.findings)


def test_without_the_heading_of_the_table_there_is_no_place_for_findings(filled):
    checked = pipeline.check_file(filled)
    patched(filled, in_results("序号", "号"))
    with pytest.raises(InputError, match=r"“填报表.xlsx”的工作表“校验结果”里找不到“序号”一行，没有地方写校验结果"):
        workbook.annotate(filled, checked.reading, checked.findings)


def test_the_long_way_keeps_the_results_of_formulas_that_are_no_whole_numbers(filled, tmp_path):
    def half(parts_):
        name = part_of(parts_, "表二")
        parts_[name] = re.sub(rb"</row>", b'<c r="Z1"><f>1/8</f><v>0.125</v></c></row>', parts_[name], count=1)
        in_results("</sheetData>", '<row r="900"/></sheetData>')(parts_)

    def first_row(parts_):
        name = part_of(parts_, "表二")
        number = re.search(rb'<row r="(\d+)"', parts_[name])[1]
        parts_[name] = parts_[name].replace(b'"Z1"', b'"Z' + number + b'"')

    checked = pipeline.check_file(filled)
    patched(patched(filled, half), first_row)
    path = tmp_path / "l.xlsx"
    path.write_bytes(workbook.annotate(filled, checked.reading, checked.findings))
    for values, expected in ((True, 0.125), (False, "=1/8")):
        cells = [c.value for row in load_workbook(path, data_only=values)["表二"].iter_rows(min_col=26) for c in row]
        assert expected in cells
