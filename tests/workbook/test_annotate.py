"""The annotated copy: findings in 校验结果 with working links, reasons typed there and read back."""

from dataclasses import replace

import pytest
from openpyxl import load_workbook

import office
import reports
from nianbao import pipeline, workbook
from nianbao.cli import main
from nianbao.form import load_edition

WHY = "省政府2021年赋予本镇城市管理处罚权。"


@pytest.fixture
def filled(tmp_path):
    report = reports.changed(reports.zero(), proactive__penalties__decisions=35)
    report = replace(report, texts={**report.texts, "problems": "=1+1，这不是公式。\n" + report.texts["problems"]})
    path = tmp_path / "填报表.xlsx"
    path.write_bytes(workbook.build(load_edition("2021"), report))
    return path


def annotated(path, name="核实.xlsx"):
    copy = path.with_name(name)
    checked = pipeline.check_file(path)
    pipeline.annotate(checked, copy)
    return copy, checked


def rows(path):
    sheet = load_workbook(path)["校验结果"]
    head = next(r for r in range(1, 100) if sheet.cell(r, 1).value == "序号")
    found = {}
    for r in range(head + 1, sheet.max_row + 1):
        if sheet.cell(r, 3).value:
            found[sheet.cell(r, 3).value] = [sheet.cell(r, c) for c in range(1, 9)]
    return found


def type_reason(path, rule, text):
    book = load_workbook(path)
    cell = rows(path)[rule][6]
    book["校验结果"][cell.coordinate] = text
    book.save(path)


def test_each_finding_stands_in_the_copy_with_a_link_to_its_cell(filled):
    copy, checked = annotated(filled)
    shown = rows(copy)
    assert {f.rule for f in checked.findings} == set(shown)
    place = shown["C6"][3]
    assert place.value == "表二!B13"
    assert place.hyperlink.location == "'表二'!B13"
    assert load_workbook(copy)["表二"]["B13"].value == 35
    assert "35 件" in shown["C6"][4].value


def test_only_what_may_be_explained_can_be_written_on(filled):
    book = load_workbook(filled)
    book["表三"]["D7"] = 3
    book.save(filled)
    shown = rows(annotated(filled)[0])
    assert shown["C6"][6].protection.locked is False
    assert shown["A1"][6].protection.locked is True


def test_the_copy_is_read_like_the_original_and_the_original_is_untouched(filled):
    before = filled.read_bytes()
    copy, checked = annotated(filled)
    assert filled.read_bytes() == before
    again = workbook.read(copy)
    assert again.report == checked.reading.report
    assert again.findings == checked.reading.findings == ()


def test_a_reason_typed_into_the_copy_is_kept_over_runs_and_expires_when_the_value_changes(filled):
    copy, checked = annotated(filled)
    assert checked.blocks
    type_reason(copy, "C6", WHY)
    settled = pipeline.check_file(copy)
    assert {f.rule: f.explanation for f in settled.findings}["C6"] == WHY
    second, _ = annotated(copy, "再核实.xlsx")
    assert rows(second)["C6"][6].value == WHY
    book = load_workbook(second)
    book["表二"]["B13"] = 36
    book.save(second)
    (expired,) = [f for f in pipeline.check_file(second).findings if f.rule == "C6"]
    assert expired.blocks
    assert "已失效" in expired.message


def test_an_empty_phrase_typed_into_the_copy_is_refused(filled):
    copy, _ = annotated(filled)
    type_reason(copy, "C6", "核实无误")
    (refused,) = [f for f in pipeline.check_file(copy).findings if f.rule == "C6"]
    assert refused.blocks
    assert "核实无误" in refused.message


def test_the_command_writes_a_copy_and_never_over_a_file(filled, capsys):
    copy = filled.with_name("标注.xlsx")
    assert main(["check", str(filled), "--annotate", str(copy)]) == 1
    assert copy.exists()
    capsys.readouterr()
    assert main(["check", str(filled), "--annotate", str(filled)]) == 2
    assert "已经存在" in capsys.readouterr().err


@pytest.mark.validator
def test_the_validator_accepts_the_copy(filled):
    assert office.validate(annotated(filled)[0]) == ""


@pytest.mark.office
def test_libreoffice_opens_the_copy_and_what_it_saves_is_read_the_same(filled, tmp_path):
    copy, checked = annotated(filled)
    saved = office.convert(copy, "xlsx:Calc MS Excel 2007 XML", tmp_path / "lo")
    assert workbook.read(saved).report == checked.reading.report
    assert rows(saved)["C6"][3].hyperlink.location in ("'表二'!B13", "表二!B13")
