"""`nianbao new --repair`, the drop icon, and what the messages say of them."""

from dataclasses import replace

import pytest
from openpyxl import Workbook, load_workbook

from books import BODY, edited, filled, saved
from nianbao import pipeline, workbook
from nianbao.cli import main
from nianbao.errors import InputError, OutputError
from nianbao.excel import launch
from nianbao.excel.addin import installing
from nianbao.form import load_edition
from nianbao.repair import SHEET


@pytest.fixture
def broken(tmp_path):
    """A workbook with a renamed sheet and a figure beside the form."""

    def change(book):
        book["表三"].title = "申请情况"
        book["表二"]["H3"] = 88

    return edited(saved(tmp_path, filled()), change).rename(tmp_path / "坏表.xlsx")


def inputs(report):
    edition = load_edition(report.edition)
    return {k: v for k, v in report.values.items() if k not in edition.sums}


@pytest.mark.parametrize("given", [["--repair"], ["--from"], ["--year", "2025", "--from"]])
def test_a_broken_workbook_becomes_a_fresh_one_and_a_list(broken, tmp_path, capsys, given):
    before, new = broken.read_bytes(), tmp_path / "新.xlsx"
    assert main(["new", *given, str(broken), "-o", str(new)]) == 1
    said = capsys.readouterr().out
    assert "永平镇人民政府，2025年度；2021年版" in said
    assert "转入 206 个数字" in said
    assert "表二!H3：“88”——认不出是填报表的哪一格" in said
    report = workbook.read(new).report
    assert {k: report.values[k] for k in inputs(report) if k in report.values} == inputs(filled())
    assert (report.body, report.texts, report.year) == (BODY, filled().texts, 2025)
    rows = [[c.value for c in row] for row in load_workbook(new)[SHEET].iter_rows(min_row=4)]
    assert rows == [["表二!H3", "88", "认不出是填报表的哪一格"]]
    assert broken.read_bytes() == before


def test_nothing_left_exits_clean_and_adds_no_sheet(tmp_path, capsys):
    path, new = saved(tmp_path, filled()), tmp_path / "新.xlsx"
    assert main(["new", "--repair", str(path), "-o", str(new)]) == 0
    assert "原表填写的内容都转入了" in capsys.readouterr().out
    assert SHEET not in load_workbook(new).sheetnames
    assert new.read_bytes() == workbook.build(load_edition("2021"), pipeline.read(path).report)


def test_last_years_file_is_still_last_years(tmp_path):
    path, new = saved(tmp_path, filled(year=2024)), tmp_path / "新.xlsx"
    assert main(["new", "--body", "永平镇人民政府", "--year", "2025", "--from", str(path), "-o", str(new)]) == 0
    reading = workbook.read(new)
    assert reading.report.values == {}
    assert reading.last_year is not None
    assert reading.last_year.year == 2024


@pytest.mark.parametrize(
    ("given", "word"),
    [
        (["--year", "2026", "--repair"], "写的年度是2025，不是2026"),
        (["--body", "帽村镇人民政府", "--repair"], "是“永平镇人民政府”的，不是“帽村镇人民政府”的"),
        (["--roster", "名册.xlsx", "--repair"], "修复一份填报表时不能写 --roster"),
        (["--from", "x.xlsx", "--repair"], "--repair 和 --from 请只写一个"),
    ],
)
def test_what_cannot_be_meant_is_refused(broken, tmp_path, capsys, given, word):
    assert main(["new", *given, str(broken), "-o", str(tmp_path / "新.xlsx")]) == 2
    assert word in capsys.readouterr().err
    assert not (tmp_path / "新.xlsx").exists()


def test_without_a_year_a_new_form_is_refused_as_ever(tmp_path, capsys):
    assert main(["new", "--body", "永平镇人民政府", "-o", str(tmp_path / "新.xlsx")]) == 2
    assert "--year" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("name", "word"), [("表.xls", "损坏"), ("表.et", "损坏"), ("表.xlsb", "另存为"), ("表.numbers", "另存为")]
)
def test_a_damaged_workbook_and_one_of_another_kind_are_refused_with_the_cure(tmp_path, capsys, name, word):
    (tmp_path / name).write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"0" * 600)
    assert main(["new", "--repair", str(tmp_path / name), "-o", str(tmp_path / "新.xlsx")]) == 2
    assert word in capsys.readouterr().err


def test_a_report_that_is_no_workbook_and_a_foreign_workbook_are_named(tmp_path, capsys):
    (tmp_path / "年报.docx").write_bytes(b"PK")
    assert main(["new", "--repair", str(tmp_path / "年报.docx"), "-o", str(tmp_path / "新.xlsx")]) == 2
    assert "不是填报表" in capsys.readouterr().err
    book = Workbook()
    book.worksheets[0].append(["通讯录", "电话"])
    book.save(tmp_path / "通讯录.xlsx")
    assert main(["new", "--repair", str(tmp_path / "通讯录.xlsx"), "-o", str(tmp_path / "新.xlsx")]) == 2
    assert "没有一处认得出" in capsys.readouterr().err


def test_a_written_reason_goes_with_its_finding(tmp_path):
    path, new = saved(tmp_path, filled(), last_year=filled("2019", year=2024)), tmp_path / "新.xlsx"
    checked = pipeline.check_file(path)
    asked = [f for f in checked.findings if f.severity.value == "explain"]
    assert asked
    marked = tmp_path / "标.xlsx"
    pipeline.annotate(checked, marked)

    def answer(book):
        sheet = book["校验结果"]
        head = next(c for row in sheet.iter_rows() for c in row if c.value == "说明（请填写）")
        for row in range(head.row + 1, head.row + 1 + len(checked.findings)):
            if sheet.cell(row, head.column + 1).value:
                sheet.cell(row, head.column).value = "本年确实没有发生，已逐项核对"
        book["表三"].title = "三"

    edited(marked, answer)
    mended = pipeline.repair_workbook(marked, new)
    assert mended.reasons == len(asked)
    again = pipeline.check_file(new)
    assert [f.explanation for f in again.findings if f.severity.value == "explain"] == [
        "本年确实没有发生，已逐项核对"
    ] * len(asked)


def test_the_icon_makes_the_same_workbook_beside_the_broken_one(broken, tmp_path, monkeypatch):
    shown = []
    monkeypatch.setattr(launch.desktop, "message", lambda text, wrong=False: shown.append(text))
    assert installing.LAUNCHERS["填报表修复.lnk"] == ("--repair",)
    assert launch.main([*installing.LAUNCHERS["填报表修复.lnk"], str(broken)]) == 0, shown
    copy = tmp_path / "坏表（修复）.xlsx"
    assert inputs(workbook.read(copy).report) == inputs(filled())
    assert "没有转入 1 处" in shown[0]


def test_a_finding_about_a_broken_form_names_the_repair(tmp_path, capsys):
    def change(book):
        book["表三"].insert_rows(6)

    path = edited(saved(tmp_path, filled()), change)
    assert main(["check", str(path)]) == 1
    assert "nianbao new --repair" in capsys.readouterr().out
    path = edited(saved(tmp_path, filled()), lambda book: book.remove(book["表三"]))
    assert main(["check", str(path)]) == 2
    assert "nianbao new --repair" in capsys.readouterr().err


def test_into_another_edition_that_is_said_and_that_it_is_not_the_years(tmp_path, capsys):
    path, new = saved(tmp_path, filled()), tmp_path / "新.xlsx"
    assert main(["new", "--repair", str(path), "--edition", "2019", "-o", str(new)]) == 1
    told = capsys.readouterr()
    assert "原表是“2021年版”的，两种格式里相同的格子才转入。" in told.out
    assert told.err.startswith("请注意：")
    assert workbook.read(new).report.edition == "2019"


def test_of_many_things_left_the_screen_tells_the_first_and_the_sheet_all(tmp_path, capsys):
    def change(book):
        for row in range(100, 165):
            book["表二"].cell(row, 8, 88)

    path, new = edited(saved(tmp_path, filled()), change), tmp_path / "新.xlsx"
    assert main(["new", "--repair", str(path), "-o", str(new)]) == 1
    said = capsys.readouterr().out
    assert said.count("“88”") == 60
    assert "其余 5 处见新表中的“没有转入的内容”。" in said
    assert load_workbook(new)[SHEET].max_row == 3 + 65


def test_a_reason_that_answers_nothing_any_more_is_left_and_told(tmp_path):
    path, new = saved(tmp_path, filled(), last_year=filled("2019", year=2024)), tmp_path / "新.xlsx"
    marked = tmp_path / "标.xlsx"
    pipeline.annotate(pipeline.check_file(path), marked)

    def answer(book):
        sheet = book["校验结果"]
        row, at = next((r[0].row, {c.value: c.column for c in r}) for r in sheet.iter_rows() if r[0].value == "序号")
        sheet.cell(row + 1, at["指纹"], "f" * 8)
        sheet.cell(row + 1, at["说明（请填写）"], "本年确实没有发生，已逐项核对")

    mended = pipeline.repair_workbook(edited(marked, answer), new)
    (left,) = [x for x in mended.left if x.value == "本年确实没有发生，已逐项核对"]
    assert "这条说明所答的问题，新表里没有了" in left.why
    assert "本年确实没有发生，已逐项核对" in [c.value for row in load_workbook(new)[SHEET].iter_rows() for c in row]


def test_blanks_that_count_as_zero_are_still_blank(tmp_path):
    report = filled()
    few = replace(report, values={k: v for k, v in report.values.items() if k != "proactive.regulations.issued"})
    path, new = tmp_path / "表.xlsx", tmp_path / "新.xlsx"
    path.write_bytes(workbook.build(load_edition("2021"), few, blank_means_zero=True))
    before = pipeline.read(path).report
    pipeline.repair_workbook(path, new)
    assert pipeline.read(new).report == before
    assert before.values["proactive.regulations.issued"] == 0


def test_what_does_not_read_back_from_the_new_workbook_makes_none(tmp_path, monkeypatch):
    path, new = saved(tmp_path, filled()), tmp_path / "新.xlsx"
    read = workbook.read

    def otherwise(*given):
        reading = read(*given)
        return replace(reading, report=replace(reading.report, values={}))

    monkeypatch.setattr(workbook, "read", otherwise)
    with pytest.raises(InputError, match="读不回来，没有生成新表"):
        pipeline.repair_workbook(path, new)
    assert not new.exists()


def test_the_new_workbook_is_an_xlsx(tmp_path):
    with pytest.raises(OutputError, match=r"文件名要以 \.xlsx 结尾"):
        pipeline.repair_workbook(saved(tmp_path, filled()), tmp_path / "新.xls")
    assert not (tmp_path / "新.xls").exists()
