"""The county's workbook and its detail, by the verb."""

import gc
from dataclasses import replace

import pytest
from openpyxl import load_workbook

import office
from county import towns
from nianbao import pipeline, workbook
from nianbao.county.keeping import records
from nianbao.county.model import UNFINISHED
from nianbao.county.totals import detail
from nianbao.errors import InputError
from nianbao.form import load_edition


@pytest.fixture(scope="module")
def county(tmp_path_factory):
    folder = tmp_path_factory.mktemp("rollup")
    roster, delivered = towns.write_whole(folder)
    code = towns.run("rollup", delivered, "--roster", roster, "-o", folder / "全县.xlsx", "--workers", 1)
    return folder, roster, delivered, code


def test_the_countys_workbook_passes_its_checks_and_can_be_made(county, tmp_path):
    folder, _, _, code = county
    assert code == 0
    reading = workbook.read(folder / "全县.xlsx")
    assert reading.report.name == "示例县人民政府"
    assert (reading.report.body["level"], reading.report.year) == ("county", 2025)
    texts = {
        "overview": "（一）主动公开\n见各单位年报。",
        "problems": "一是更新不够及时。\n下一步将每月检查。",
        "other_matters": "没有。",
    }
    checked = pipeline.check_file(folder / "全县.xlsx")
    assert [f.rule for f in checked.findings if f.forbids and f.rule[0] == "A"] == []
    ready = replace(checked, reading=replace(checked.reading, report=replace(reading.report, texts=texts)), findings=())
    assert pipeline.make(ready, tmp_path).files[0].exists()


def test_a_click_on_a_county_figure_leads_to_who_contributed_and_on_to_the_bodies(county):
    folder, _, _, _ = county
    book = load_workbook(folder / "全县明细.xlsx")
    edition = load_edition("2021")
    key = "requests.full_grant.natural_person"
    cell = edition.table["requests"].value_cells[key]
    linked = book["全县表三"].cell(3 + cell.row, 1 + cell.column)
    sheet, row = linked.hyperlink.location.split("!A")
    source = list(book[sheet.strip("'")][int(row)])
    assert [c.value for c in source[:3]] == ["表三", "予以公开", "自然人"]
    listed, by_name = towns.whole()
    given = "，".join(f"{m.short} {by_name[m.name].values[key]}" for m in listed if by_name[m.name].values[key])
    assert source[7].value == given
    assert linked.value == source[3].value == sum(r.values[key] for r in by_name.values())
    column = source[7].hyperlink.location.split("!")[1].rstrip("0123456789")
    detail = book["明细"]
    heads = [detail[f"{column}{n}"].value for n in (2, 3, 4)]
    assert heads == ["表三", "予以公开", "自然人"]
    assert [detail[f"{column}{9 + i}"].value for i in range(len(listed))] == [
        by_name[m.name].values[key] for m in listed
    ]


@pytest.mark.validator
def test_the_validator_accepts_both(county):
    folder, _, _, _ = county
    assert office.validate(folder / "全县.xlsx") == ""
    assert office.validate(folder / "全县明细.xlsx") == ""


def test_a_missing_body_is_named_and_the_workbook_not_written_unless_partial_and_marked(county, capsys, tmp_path):
    _, roster, delivered, _ = county
    (delivered / "教育局.xlsx").rename(delivered / "教育局.bak")
    try:
        arguments = ("rollup", delivered, "--roster", roster, "--workers", 1, "-o")
        assert towns.run(*arguments, tmp_path / "全县.xlsx") == 1
        said = capsys.readouterr().out
        assert "教育局没有报送" in said
        assert not (tmp_path / "全县.xlsx").exists()
        assert (tmp_path / "全县明细.xlsx").exists()
        assert towns.run(*arguments, tmp_path / "部分.xlsx", "--partial") == 1
        assert UNFINISHED in workbook.read(tmp_path / "部分.xlsx").report.name
    finally:
        (delivered / "教育局.bak").rename(delivered / "教育局.xlsx")


def test_without_a_roster_completeness_is_not_claimed(county, capsys, tmp_path):
    _, _, delivered, _ = county
    assert towns.run("rollup", delivered, "-o", tmp_path / "a.xlsx", "--workers", 1) == 0
    assert "不能确认单位是否收齐" in capsys.readouterr().out


def test_nothing_is_written_over_a_users_file(county, capsys):
    folder, roster, delivered, _ = county
    before = (folder / "全县.xlsx").read_bytes()
    assert towns.run("rollup", delivered, "--roster", roster, "-o", folder / "全县.xlsx") == 2
    assert "没有覆盖" in capsys.readouterr().err
    assert (folder / "全县.xlsx").read_bytes() == before


def test_a_results_folder_is_not_added_up(tmp_path, capsys):
    (tmp_path / ".nianbao").mkdir()
    assert towns.run("rollup", tmp_path, "-o", tmp_path / "a.xlsx") == 2
    assert "程序写结果的文件夹" in capsys.readouterr().err


def test_a_record_that_cannot_be_read_while_the_detail_is_written_is_one_sentence(county, monkeypatch, capfd):
    folder, roster, delivered, _ = county
    record, reads = records.record_in, []

    def gone(where, key):
        reads.append(key)
        if len(reads) == 3:
            raise InputError("“记录”读不出来，请删去“.nianbao”后重新运行")
        return record(where, key)

    monkeypatch.setattr(detail, "record_in", gone)
    assert towns.run("rollup", delivered, "--roster", roster, "-o", folder / "又一次.xlsx", "--workers", 1) == 2
    gc.collect()
    said = capfd.readouterr().err
    assert "读不出来，请删去" in said
    assert "Exception ignored" not in said
    assert len(said.strip().splitlines()) == 1
    assert not (folder / "又一次.xlsx").exists()


def test_the_detail_prints_table_by_table_with_names_on_every_page_and_titles_whole(county):
    book = load_workbook(county[0] / "全县明细.xlsx")
    table = book["全县表三"]
    assert (table.page_setup.fitToWidth, table.page_setup.fitToHeight) == (1, 1)
    assert {"A1:J1", "A2:J2"} <= {str(r) for r in table.merged_cells.ranges}
    bodies = book["明细"]
    assert (bodies.print_title_rows, bodies.print_title_cols) == ("$1:$4", "$A:$C")
    assert not bodies.sheet_properties.pageSetUpPr.fitToPage
    heads = [bodies.cell(2, c).value for c in range(4, bodies.max_column + 1)]
    ends = [b.id - 3 for b in bodies.col_breaks.brk]
    changes = {i for i in range(1, len(heads)) if heads[i] != heads[i - 1]}
    assert changes <= set(ends)
    assert max(end - start for start, end in zip([0, *ends], [*ends, len(heads)], strict=True)) <= 15
    rows = [bodies.cell(3, c).value for c in range(4, bodies.max_column + 1)]
    assert all(rows[end] != rows[end - 1] or end in changes for end in ends)
