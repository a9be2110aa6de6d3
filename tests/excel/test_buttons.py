"""The ribbon's functions, unchanged, on a workbook open in the test engine (openpyxl).

They are pressed through Excel's door, and in the add-in inside WPS: in a browser, over a running desk.
"""

import re
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest
from openpyxl import Workbook, load_workbook

import office
import reports
from county import towns
from excel import com, engine
from excel.sheets_openpyxl import OpenpyxlBackend
from nianbao import pipeline, workbook
from nianbao.cli import main
from nianbao.dates import reported_next, today
from nianbao.demo import sample
from nianbao.excel import door
from nianbao.excel.__main__ import main as pressed
from nianbao.excel.excel_book import OpenBook, block
from nianbao.findings import Finding, Severity
from nianbao.form import load_edition
from nianbao.pipeline import Late
from nianbao.publish import libreoffice, word
from nianbao.ribbon import findings_table, new_workbook, open_workbook, output, walk, zeros
from nianbao.ribbon.book import Block
from nianbao.workbook import layout
from nianbao.workbook.figures import may_be_zero

EAST = "示例东镇人民政府"
WHY = "省政府2021年赋予本镇城市管理处罚权。"


def written(path, report, last_year=None):
    path.write_bytes(workbook.build(load_edition(report.edition), report, last_year))
    return path


@pytest.fixture
def sample_path(tmp_path):
    return written(tmp_path / "永平镇 & 2022.xlsx", sample().report)


@pytest.fixture
def book(sample_path):
    return opened(sample_path)


def opened(path):
    return engine.open_book(OpenpyxlBackend(path))


class Excel:
    """The buttons as Excel's add-in starts them."""

    @staticmethod
    def press(name, book, *more):
        return pressed([name, f"--wb={book.name}", "--from_xl=1", "--hwnd=0", *more])

    @staticmethod
    def read(book):
        return OpenBook(book)


NOW = {"program": Excel}
WPS = pytest.param("wps", marks=[pytest.mark.browser, pytest.mark.xdist_group("browser")])
excel_only = pytest.mark.parametrize("program", ["excel"], indirect=True)


@pytest.fixture(params=["excel", WPS], autouse=True)
def program(request, monkeypatch):
    """Which program has the workbook open."""
    monkeypatch.setitem(NOW, "program", Excel if request.param == "excel" else request.getfixturevalue("window"))
    return request.param


def press(name, book, *more):
    return NOW["program"].press(name, book, *more)


def read(book):
    return NOW["program"].read(book)


def said(book):
    return book.app.impl.alerts[-1] if book.app.impl.alerts else ""


def type_in(book, key, value):
    sheet, ref = layout(load_edition("2021")).places[key].split("!")
    book.sheets[sheet].range(ref).value = value


def table(book):
    """The rows of the table of findings, by rule."""
    sheet = book.sheets["校验结果"]
    values = sheet.range((1, 1), (sheet.used_range.last_cell.row, 8)).value
    head = next(i for i, row in enumerate(values) if row[0] == "序号")
    return {row[2]: (head + 2 + i, row) for i, row in enumerate(values[head + 1 :]) if row[2]}


def rows(book):
    """All rows of the sheet 校验结果."""
    sheet = book.sheets["校验结果"]
    return sheet.range((1, 1), (sheet.used_range.last_cell.row, 8)).value


def contents(book, leave_out=("校验结果",)):
    """Every cell of the workbook but those of some sheets."""
    backend = book.impl.backend
    _ = [sheet["A1"] for sheet in backend.book]  # openpyxl makes a cell that is looked at
    return {
        s: [
            [(c.value, c.number_format, c.fill.fgColor.rgb, c.protection.locked) for c in row]
            for row in backend.book[s]
        ]
        for s in backend.sheet_names()
        if s not in leave_out
    }


def test_the_report_made_in_excel_equals_the_command_lines_to_the_byte(book, sample_path, tmp_path):
    assert press("make", book) == 0, said(book)
    assert main(["make", str(sample_path), "-o", str(tmp_path / "cli")]) in (0, 1)
    (ours,) = tmp_path.glob("*.docx")
    (theirs,) = (tmp_path / "cli").glob("*.docx")
    assert ours.name == theirs.name
    assert ours.read_bytes() == theirs.read_bytes()
    assert "年报已生成" in said(book)


def test_the_open_workbook_reads_exactly_as_the_saved_one_does(tmp_path):
    report = reports.changed(reports.zero(), requests__received__business=3, fee__processing_fee__notices=0)
    path = written(tmp_path / "甲.xlsx", report, sample().report)
    ours, theirs = open_workbook.check(read(opened(path))), pipeline.check_file(path, today=today())
    assert ours.reading == theirs.reading
    assert ours.findings == theirs.findings


def test_a_broken_figure_is_listed_linked_and_selected(book):
    type_in(book, "requests.received.natural_person", 5)  # typed, never saved
    assert press("check", book) == 0
    number, row = table(book)["A1"]
    assert row[3] == "表三!D30"  # the difference: which of its cells is wrong can't be told
    assert book.sheets["校验结果"].range((number, 4)).hyperlink == "#'表三'!D30"
    assert book.impl.backend.selection() == ("表三", "D30")
    assert "表三!D30" in said(book)
    assert "强制" in said(book)


def test_a_broken_figure_forbids_the_report(book, tmp_path):
    type_in(book, "requests.received.natural_person", 5)
    press("make", book)
    assert "没有生成年报" in said(book)
    assert not list(tmp_path.glob("*.docx"))


def test_unsaved_changes_count(book, sample_path):
    type_in(book, "requests.received.natural_person", 5)
    press("check", book)
    assert "A1" in table(book)
    assert not [f for f in pipeline.check_file(sample_path).findings if f.rule == "A1"]


def test_only_the_sheet_of_results_is_touched_and_nothing_is_saved(book, sample_path):
    before, file = contents(book), sample_path.read_bytes()
    for name in ("check", "make", "next", "help", "about"):
        assert press(name, book) == 0
    assert contents(book) == before
    assert sample_path.read_bytes() == file


def test_the_sheet_of_results_is_protected_again_as_it_was(book):
    sheet = book.sheets["校验结果"]
    before = book.impl.backend.protection("校验结果")
    press("check", book)
    assert book.impl.backend.protection("校验结果") == before
    number, _ = next(iter(table(book).values()))
    with pytest.raises(com.ComError):
        sheet.range((number, 1)).value = "x"


def test_a_password_on_the_sheet_is_told_in_one_message(book):
    book.impl.backend.book["校验结果"].protection.set_password("秘密")
    assert press("check", book) == 10
    assert "密码" in said(book)
    assert "Traceback" not in said(book)


def test_a_reason_typed_in_the_table_settles_its_finding_and_stays(tmp_path):
    path = written(tmp_path / "甲.xlsx", reports.changed(reports.zero(), proactive__penalties__decisions=35))
    book = opened(path)
    press("check", book)
    number, row = table(book)["C6"]
    assert row[6] is None
    book.sheets["校验结果"].range((number, 7)).value = WHY  # the cell is open, the sheet protected
    press("check", book)
    assert table(book)["C6"][1][6] == WHY
    assert not any(f.blocks for f in _check(book).findings if f.rule == "C6")


def test_a_refused_reason_is_not_lost(tmp_path):
    book = opened(written(tmp_path / "甲.xlsx", reports.changed(reports.zero(), proactive__penalties__decisions=35)))
    press("check", book)
    book.sheets["校验结果"].range((table(book)["C6"][0], 7)).value = "核实无误"
    press("check", book)
    _, row = table(book)["C6"]
    assert row[6] == "核实无误"
    assert "没有说出原因" in row[4] + row[5] or "不足6个字" in row[4] + row[5]


@pytest.mark.parametrize("reason", [WHY, "核实无误"])
def test_a_reason_written_under_a_fingerprint_of_before_stays_with_its_finding(reason, tmp_path):
    book = opened(written(tmp_path / "甲.xlsx", reports.changed(reports.zero(), proactive__penalties__decisions=35)))
    press("check", book)
    number, row = table(book)["C6"]
    sheet = book.impl.backend.book["校验结果"]
    sheet.cell(number, 8).value, sheet.cell(number, 7).value = "C6:1a9aef25174e:c45f457ae45a", reason
    press("check", book)
    assert table(book)["C6"][1][6:] == [reason, row[7]]
    assert not [r for _, r in table(book).values() if r[1] == "已填说明"]


def test_a_reason_waits_while_its_finding_is_away(tmp_path):
    book = opened(written(tmp_path / "甲.xlsx", reports.changed(reports.zero(), proactive__penalties__decisions=35)))
    press("check", book)
    book.sheets["校验结果"].range((table(book)["C6"][0], 7)).value = WHY
    type_in(book, "proactive.penalties.decisions", 0)
    press("check", book)
    assert table(book)["C6"][1][1] == "已填说明"
    type_in(book, "proactive.penalties.decisions", 35)
    press("check", book)
    assert table(book)["C6"][1][6] == WHY
    assert table(book)["C6"][1][1] == "核实"


def test_next_walks_from_cell_to_cell_and_around(tmp_path):
    report = reports.changed(reports.zero(), proactive__penalties__decisions=35, requests__received__business=2)
    book = opened(written(tmp_path / "甲.xlsx", report))
    seen = []
    for _ in range(9):
        press("next", book)
        seen.append(book.impl.backend.selection())
    count = seen.index(seen[0], 1)
    assert count >= 2
    assert seen[:count] == seen[count : 2 * count]
    assert len(set(seen[:count])) == count
    assert f"/{count} 处" in said(book)


def test_blank_cells_are_filled_with_zeros_after_asking_and_no_other_cell(tmp_path):
    report = reports.zero()
    blank = ["requests.received.business", "proactive.regulations.issued", "review.litigation.upheld"]
    blank = [k for k in blank if k in report.values] + ["proactive.charges.amount"]
    kept = replace(report, values={k: v for k, v in report.values.items() if k not in blank})
    book = opened(written(tmp_path / "甲.xlsx", kept))
    before = contents(book)
    book.app.impl.answers[:] = ["no"]
    press("zeros", book)
    assert contents(book) == before
    book.app.impl.answers[:] = ["yes"]
    press("zeros", book)
    assert f"{len(blank)} 个空白格" in said(book)
    after = contents(book)
    changed = [
        (s, i, j) for s in before for i, row in enumerate(before[s]) for j, c in enumerate(row) if c != after[s][i][j]
    ]
    spots = [layout(load_edition("2021")).values[k] for k in blank]
    assert sorted(changed) == sorted((s.sheet, s.row - 1, s.column - 1) for s in spots)
    assert all(after[s][i][j][0] == 0 for s, i, j in changed)


def test_last_years_file_fills_its_sheet_and_reads_back(tmp_path):
    book = opened(written(tmp_path / "今年.xlsx", replace(reports.zero(), year=2023)))
    last = written(tmp_path / "上年.xlsx", sample().report)
    before = contents(book, ("上年数据",))
    assert press("last_year", book, f"--path={last}") == 0, said(book)
    found = _check(book).reading.last_year
    expected = pipeline.read(last).report
    assert (found.year, found.body, found.values) == (2022, expected.body, expected.values)
    assert found.texts == expected.texts
    assert contents(book, ("上年数据",)) == before
    assert book.impl.backend.protection("上年数据") is not None
    assert press("last_year", book, f"--path={last}") == 0  # a second time, over merged cells
    assert _check(book).reading.last_year == found


def test_a_document_open_in_word_gives_way_to_a_free_name(book, sample_path, tmp_path):
    press("make", book)
    (document,) = tmp_path.glob("*.docx")
    document.with_name("~$" + document.name[2:]).write_bytes(b"Word")
    press("make", book)
    assert "内容没有变化" in said(book)
    before = document.read_bytes()
    type_in(book, "postcode", "364399")
    press("make", book)
    assert document.read_bytes() == before
    assert (tmp_path / f"{document.stem}（2）.docx").exists()
    assert "正在 Word 中打开" in said(book)


def made(tmp_path, *before):
    """The files that were made beside the workbook."""
    return sorted(p for p in tmp_path.iterdir() if p.is_file() and p not in before)


def test_the_check_sheet_equals_the_command_lines_and_only_it_is_written(book, sample_path, tmp_path):
    assert press("sheet", book) == 0, said(book)
    (sheet,) = made(tmp_path, sample_path)
    assert said(book).startswith(f"校核单已生成：{sheet.name}")
    assert main(["make", "--check-sheet", str(sample_path), "-o", str(tmp_path / "cli")]) in (0, 1)
    assert sheet.read_bytes() == (tmp_path / "cli" / sheet.name).read_bytes()
    assert press("sheet", book) == 0
    assert made(tmp_path, sample_path) == [sheet]


@pytest.mark.office
def test_the_pdf_is_made_beside_the_workbook_and_again_it_is_the_same(book, sample_path, tmp_path):
    office.need(shutil.which("soffice"), "LibreOffice")
    assert press("pdf", book) == 0, said(book)
    (pdf,) = made(tmp_path, sample_path)
    assert said(book).startswith(f"PDF 已生成：{pdf.name}")
    found = pipeline.read(pdf).report.values
    assert found
    assert found.items() <= sample().report.values.items()  # what only serves checking is not printed
    assert press("pdf", book) == 0
    assert made(tmp_path, sample_path) == [pdf]


@excel_only
def test_where_nothing_makes_a_pdf_the_word_report_is_there_and_it_is_told(book, sample_path, tmp_path, monkeypatch):
    for program in (word, libreoffice):
        monkeypatch.setattr(program, "find", lambda *_: None)
    assert press("pdf", book) == 0
    assert "没有 Word，也没有 LibreOffice，不能转成 PDF" in said(book)
    (document,) = made(tmp_path, sample_path)
    assert document.suffix == ".docx"
    assert f"Word 年报：{document.name}" in said(book)


@excel_only
def test_a_pdf_that_fails_altogether_is_told_with_its_reason(book, sample_path, tmp_path, monkeypatch):
    failing = replace(output.OUTPUTS["pdf"], make_all=lambda jobs: [Late({}, problem="转换没有完成") for _ in jobs])
    monkeypatch.setattr(output, "OUTPUTS", {**output.OUTPUTS, "pdf": failing})
    press("pdf", book)
    assert "转换没有完成" in said(book)
    assert made(tmp_path, sample_path) == []


@excel_only
def test_what_was_made_and_nothing_opens_is_told(book, tmp_path):
    OpenBook(book, lambda path: f"没有能打开“{path.name}”的程序。").open(tmp_path / "年报.docx")
    assert "没有能打开“年报.docx”的程序" in said(book)


@pytest.mark.parametrize(("button", "word"), [("sheet", "校核单"), ("pdf", "PDF")])
def test_with_errors_neither_check_sheet_nor_pdf_is_made(button, word, book, sample_path, tmp_path):
    type_in(book, "requests.received.natural_person", 5)
    assert press(button, book) == 0
    assert said(book).startswith(f"没有生成{word}：")
    assert made(tmp_path, sample_path) == []


def this_year():
    day = today()
    return reported_next(day.year, day.month)


def test_a_new_workbook_has_the_open_ones_facts_and_takes_it_as_last_years(tmp_path):
    body = {**reports.BODY, "level": "town", "signed_on": "2026年1月12日"}
    old = replace(reports.zero(year=this_year() - 1), body=body)
    path = written(tmp_path / "去年.xlsx", old)
    book = opened(path)
    type_in(book, "requests.received.natural_person", 7)  # not saved: counts
    before, saved = contents(book, ()), path.read_bytes()
    assert press("new", book) == 0, said(book)
    (new,) = made(tmp_path, path)
    assert new.name == f"示例镇人民政府{this_year()}年填报表.xlsx"
    assert new.name in said(book)
    found = pipeline.read(new)
    assert (found.report.year, found.report.values, found.report.texts) == (this_year(), {}, {})
    assert found.report.body == {k: v for k, v in old.body.items() if k != "signed_on"}
    assert found.last_year.year == this_year() - 1
    assert found.last_year.values == {**open_workbook.read(read(book)).report.values}
    assert (contents(book, ()), path.read_bytes()) == (before, saved)
    press("new", book)
    assert [p.name for p in made(tmp_path, path, new)] == [f"示例镇人民政府{this_year()}年填报表（2）.xlsx"]


def test_a_new_workbook_beside_this_years_carries_the_same_last_year(tmp_path):
    last = reports.zero(year=this_year() - 1)
    path = written(tmp_path / "今年.xlsx", reports.zero(year=this_year()), last)
    assert press("new", opened(path)) == 0
    (new,) = made(tmp_path, path)
    found = pipeline.read(new)
    assert (found.report.name, found.report.values) == ("示例镇人民政府", {})
    assert found.last_year.values == pipeline.read(path).last_year.values


def test_a_new_workbook_beside_one_of_somebody_else_is_blank(tmp_path):
    Workbook().save(tmp_path / "别的.xlsx")
    book = opened(tmp_path / "别的.xlsx")
    assert press("new", book) == 0
    assert "单位名称请自己填" in said(book)
    (new,) = made(tmp_path, tmp_path / "别的.xlsx")
    assert new.name == f"填报表（{this_year()}年度）.xlsx"
    assert (pipeline.read(new).report.year, pipeline.read(new).report.body.get("name", "")) == (this_year(), "")


@excel_only
def test_a_computer_with_a_wrong_clock_is_asked_to_set_it(book, monkeypatch):
    monkeypatch.setattr(new_workbook, "today", lambda: None)
    assert press("new", book) == 10
    assert "请先改正日期" in said(book)


def test_last_years_published_report_fills_its_sheet_and_what_was_not_read_is_told(book, tmp_path):
    year = sample().report.year
    old = replace(sample().report, year=year - 1)
    checked = pipeline.check_file(written(tmp_path / "上年.xlsx", old))
    (page, *_) = pipeline.make(checked, tmp_path / "公开", ("html",), draft=True).files
    text = page.read_text(encoding="utf-8")
    row = text.index("自然人") if "自然人" in text else 0
    cell = re.compile(r">(\d+)</td>").search(text, row)
    page.write_text(text[: cell.start()] + ">二三</td>" + text[cell.end() :], encoding="utf-8")
    count = len(pipeline.read(page).unread)
    assert count
    assert press("last_year", book, f"--path={page}") == 0, said(book)
    assert f"其中 {count} 个数字读不准，没有带入" in book.app.impl.alerts[-2]
    assert open_workbook.read(read(book)).last_year.year == year - 1


@excel_only
def test_a_second_click_during_a_run_is_refused_politely(book, home, capfd):
    hold = (
        "import sys, pathlib; from nianbao.excel.button_lock import alone\n"
        "with alone(pathlib.Path(sys.argv[1])): print('held', flush=True); sys.stdin.read()"
    )
    other = subprocess.Popen(
        [sys.executable, "-c", hold, str(home)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert other.stdout.readline() == "held\n"
    before = contents(book, ())
    assert press("check", book) == 10
    assert "上一次点的按钮还在运行" in capfd.readouterr().err
    assert contents(book, ()) == before
    other.communicate("")
    assert press("check", book) == 0


@excel_only
def test_a_folder_of_seventeen_shows_progress_and_survives_a_bad_file(book, tmp_path):
    folder = tmp_path / "各单位"
    folder.mkdir()
    for i in range(16):
        body = {**reports.BODY, "name": f"第{i}镇人民政府"}
        written(folder / f"{i:02}.xlsx", replace(reports.zero(), body=body))
    (folder / "07坏.xlsx").write_bytes(b"PK no workbook")
    (folder / "~$03.xlsx").write_bytes(b"")
    press("batch", book, f"--path={folder}")
    steps = [s for s in book.app.impl.status_log if s]
    assert [s.split("：")[0] for s in steps] == [f"批量生成 {i}/17" for i in range(1, 18)]
    assert book.app.impl.status_log[-1] is False
    assert len(list((folder / "年报").glob("*.docx"))) == 16
    assert "共 17 份填报表，生成年报 16 份，1 份没有生成" in said(book)
    assert "07坏.xlsx" in said(book)
    assert "07坏.xlsx" in (folder / "年报" / "批量结果.txt").read_text(encoding="utf-8-sig")


@excel_only
def test_a_folder_is_added_up_with_progress(book, tmp_path):
    folder = tmp_path / "各单位"
    folder.mkdir()
    for i in range(2):
        written(folder / f"{i}.xlsx", replace(reports.zero(), body={**reports.BODY, "name": f"第{i}镇人民政府"}))
    assert press("rollup", book, f"--path={folder}") == 0, said(book)
    assert "2 个单位" in said(book)
    assert any(s and "2/2" in s for s in book.app.impl.status_log)
    assert book.app.impl.status_log[-1] is False


def test_a_workbook_never_saved_is_told_to_be_saved_first(book):
    book.impl.backend.fullname = "工作簿1"
    assert press("make", book) == 10
    assert "另存为" in said(book)


def test_a_workbook_of_somebody_else_is_told_apart(tmp_path):
    Workbook().save(tmp_path / "别的.xlsx")
    book = opened(tmp_path / "别的.xlsx")
    assert press("check", book) == 10
    assert "不是本程序的标准填报表" in said(book)


@excel_only
def test_a_missing_choice_or_an_equals_sign_in_the_name_is_told(book, capfd):
    assert press("batch", book) == 10
    assert "没有选择" in said(book)
    assert pressed(["check", "--wb=a=b.xlsx", "--from_xl=1", "--hwnd=0"]) == 10
    assert "等号" in capfd.readouterr().err


def test_a_hidden_sheet_is_told_and_shown_ones_are_not(book):
    assert not [f for f in _check(book).findings if "隐藏" in f.message]
    book.impl.backend.book["上年数据"].sheet_state = "hidden"
    assert [f.place for f in _check(book).findings if "这张工作表被隐藏" in f.message] == ["上年数据"]


def test_a_hidden_row_is_told_as_in_the_saved_file(book, sample_path):
    book.impl.backend.book["表三"].row_dimensions[9].hidden = True
    found = [f for f in _check(book).findings if f.rule == "W4"]
    other = load_workbook(sample_path)
    other["表三"].row_dimensions[9].hidden = True
    other.save(sample_path)
    assert found == [f for f in pipeline.check_file(sample_path).findings if f.rule == "W4"]
    assert found


# Without a fault, and with Excel or the workbook in an unusual state


@pytest.fixture
def clean(tmp_path):
    """A report in which nothing is found, open."""
    path = tmp_path / "东镇.xlsx"
    path.write_bytes(towns.built(EAST))
    return opened(path)


def test_a_workbook_without_a_fault_is_told_so_by_every_button(clean):
    assert press("check", clean) == 0
    assert said(clean) == "校验通过，没有发现问题。有规则没有核对（缺上年数据）。可以点“生成年报”。"
    assert not table(clean)
    assert [r[4][:12] for r in rows(clean) if r[1] == "未核对"] == ["缺上年数据，没有核对：H"]
    press("next", clean)
    assert said(clean) == "没有问题了，可以点“生成年报”。"
    press("zeros", clean)
    assert said(clean) == "没有空白的数字格。"


def test_a_finding_without_a_cell_is_no_stop_on_the_way(clean):
    clean.impl.backend.book["上年数据"].sheet_state = "hidden"
    before = clean.impl.backend.selection()
    press("next", clean)
    assert said(clean) == "没有能定位到单元格的问题了。"
    assert clean.impl.backend.selection() == before


@excel_only
def test_a_finding_on_a_sheet_that_is_gone_leaves_the_selection(book):
    before = book.impl.backend.selection()
    walk.show(OpenBook(book), Finding("A1", Severity.ERROR, (), "已删的表!D7", "", "x"))
    assert book.impl.backend.selection() == before
    walk.show(OpenBook(book), Finding("A1", Severity.ERROR, (), "表三!D7", "", "x"))
    assert book.impl.backend.selection() == ("表三", "D7")


def test_next_begins_at_the_first_stop_when_no_cell_is_selected(book, monkeypatch):
    monkeypatch.setattr(engine.App, "selection", None)  # a drawing is
    type_in(book, "requests.received.natural_person", 5)
    press("next", book)
    assert said(book).startswith("第 1/")
    assert book.impl.backend.selection() == ("表三", "D30")


def test_a_figure_that_cannot_be_read_is_no_blank(tmp_path):
    report = reports.zero()
    kept = {k: v for k, v in report.values.items() if k != "review.litigation.upheld"}
    kept.pop("requests.received.business")
    book = opened(written(tmp_path / "甲.xlsx", replace(report, values=kept)))
    type_in(book, "requests.received.business", "十几")
    press("zeros", book)
    spot = layout(load_edition("2021")).values["requests.received.business"]
    assert book.sheets[spot.sheet].range(spot.ref).value == "十几"
    assert "表三" not in said(book)


def test_a_file_that_is_not_of_last_year_or_of_another_body_is_doubted_and_a_no_changes_nothing(book, tmp_path):
    year = sample().report.year
    last = written(tmp_path / "上年.xlsx", replace(reports.zero(), year=year - 2))
    before = contents(book, ())
    book.app.impl.answers[:] = ["no"]
    assert press("last_year", book, f"--path={last}") == 0
    assert "注意：本表的单位是“永平镇人民政府”" in said(book)
    assert f"注意：本表是{year}年度，上年应是{year - 1}年" in said(book)
    assert len(book.app.impl.alerts) == 1
    assert contents(book, ()) == before


@pytest.mark.parametrize(
    ("button", "sheet", "words"),
    [("check", "校验结果", "没有地方写校验结果"), ("last_year", "上年数据", "没有地方放上年数据")],
)
def test_a_sheet_that_is_gone_is_told(button, sheet, words, book, sample_path):
    for held in {id(b): b for b in vars(book.impl.backend).values() if isinstance(b, Workbook)}.values():
        held[sheet].title = "改了名"
    assert press(button, book, f"--path={sample_path}") == 10
    assert f"里没有工作表“{sheet}”，{words}" in said(book)


def test_a_sheet_of_results_without_its_heading_is_told_and_left_alone(book):
    sheet = book.impl.backend.book["校验结果"]
    (head,) = (c for c in sheet["A"] if c.value == "序号")
    head.value = "编号"
    before = [(c.coordinate, c.value) for row in sheet for c in row if c.value is not None]
    assert press("check", book) == 10
    assert "工作表“校验结果”里找不到“序号”一行" in said(book)
    assert [(c.coordinate, c.value) for row in sheet for c in row if c.value is not None] == before


def test_a_sheet_without_protection_is_written_and_stays_without(book):
    book.impl.backend.book["校验结果"].protection.sheet = False
    assert press("check", book) == 0
    assert table(book)
    assert book.impl.backend.protection("校验结果") is None


@excel_only
def test_a_sheet_of_one_cell_is_read(book):
    sheet = book.impl.backend.book["上年数据"]
    for merged in list(sheet.merged_cells.ranges):
        sheet.unmerge_cells(str(merged))
    sheet.delete_rows(1, sheet.max_row)
    assert (sheet.max_row, sheet.max_column) == (1, 1)
    assert _check(book).reading.last_year is None
    sheet["A1"].value = 3
    assert block(book.sheets["上年数据"].range("A1")) == ([[3.0]], [["3"]])


@excel_only
def test_more_findings_than_the_sheet_was_issued_for_are_all_written(book):
    checked = _check(book)
    many = replace(checked, findings=checked.findings * 60)
    findings_table.write(OpenBook(book), many)
    sheet = book.sheets["校验结果"]
    numbers = [row[0] for row in sheet.range((1, 1), (sheet.used_range.last_cell.row, 1)).options(ndim=2).value]
    assert [n for n in numbers if n and n.isdecimal()] == [str(i) for i in range(1, len(many.findings) + 1)]


@excel_only
def test_an_excel_that_answers_nobody_is_told_on_the_desktop(book, monkeypatch, capfd):
    def busy(*_, **__):
        raise com.ComError(-2147418111, "被呼叫方拒绝接收呼叫。", None, None)

    monkeypatch.setattr(engine.App, "alert", busy)
    monkeypatch.setattr(engine.Range, "used_range", busy, raising=False)
    assert press("help", book) == 10
    told = capfd.readouterr().err
    assert told.startswith("Excel 正忙：可能正在编辑单元格")
    assert "nianbao.log" in told


@excel_only
def test_a_workbook_closed_before_its_button_is_answered_is_told(book, monkeypatch, capfd):
    def closed():
        raise KeyError(book.name)

    monkeypatch.setattr(door.Book, "caller", closed)
    assert press("check", book) == 10
    assert f"Excel 里找不到工作簿“{book.name}”，它可能已经关闭" in capfd.readouterr().err


@excel_only
def test_a_folder_for_the_lock_that_cannot_be_made_is_told(book, home, capfd):
    home.parent.write_bytes(b"")
    assert press("check", book) == 10
    assert f"“{home}”不能写入" in capfd.readouterr().err


@pytest.mark.parametrize(("name", "words"), [("没有", "打不开（找不到"), ("空的", "里没有填报表（.xlsx）")])
def test_a_folder_that_holds_nothing_to_do_is_told(book, tmp_path, name, words):
    (tmp_path / "空的").mkdir()
    assert press("batch", book, f"--path={tmp_path / name}") == 10
    assert words in said(book)


def test_a_workbook_of_the_folder_with_an_error_is_told_with_the_first_of_them(book, tmp_path):
    folder = tmp_path / "各单位"
    folder.mkdir()
    written(folder / "甲.xlsx", reports.changed(reports.zero(), requests__received__business=3))
    press("batch", book, f"--path={folder}")
    assert "甲.xlsx：有强制性问题 1 处，没有生成。第一处：表三!E7" in said(book)
    assert not list((folder / "年报").glob("*.docx"))


def test_sums_that_cannot_be_sure_say_so_and_a_roster_in_the_folder_is_used(book, tmp_path):
    _, folder = towns.write_whole(tmp_path, leave_out=(EAST,))
    (tmp_path / "名册.xlsx").rename(folder / "名册.xlsx")
    assert press("rollup", book, f"--path={folder}") == 0
    assert "全县：6 个单位，还不能确定" in said(book)
    assert "全县数还不能确定，原因写在明细表中。" in said(book)
    assert "没有“名册.xlsx”" not in said(book)
    assert (folder / "汇总" / "不完整的汇总（不能公布）.xlsx").exists()


def refused_by_windows(monkeypatch, document):
    """Word holds the document: Windows lets nobody write it."""
    usual = Path.open

    def opened_(self, mode="r", *more, **options):
        if self == document and mode == "r+b":
            raise PermissionError(13, "Permission denied")
        return usual(self, mode, *more, **options)

    monkeypatch.setattr(Path, "open", opened_)


@excel_only
def test_a_document_that_windows_refuses_to_write_gives_way_too(book, tmp_path, monkeypatch):
    press("make", book)
    (document,) = tmp_path.glob("*.docx")
    before = document.read_bytes()
    press("make", book)
    assert "Word 中打开" not in said(book)
    refused_by_windows(monkeypatch, document)
    type_in(book, "postcode", "364399")
    press("make", book)
    assert document.read_bytes() == before
    assert f"新的另存为“{document.stem}（2）.docx”" in said(book)
    assert (tmp_path / f"{document.stem}（2）.docx").exists()


@excel_only
def test_a_document_nobody_may_even_read_gives_way_and_too_many_are_told(book, tmp_path, monkeypatch):
    press("make", book)
    (document,) = tmp_path.glob("*.docx")
    refused_by_windows(monkeypatch, document)
    usual = Path.read_bytes

    def unread(self):
        if self == document:
            raise PermissionError(13, "Permission denied")
        return usual(self)

    monkeypatch.setattr(Path, "read_bytes", unread)
    press("make", book)
    assert f"新的另存为“{document.stem}（2）.docx”" in said(book)
    exists = Path.exists
    monkeypatch.setattr(Path, "exists", lambda self: self.parent == document.parent or exists(self))
    assert press("make", book) == 10
    assert "的文件太多，请先清理" in said(book)


def _check(book):
    return open_workbook.check(read(book))


@excel_only
def test_a_busy_excel_is_asked_again_with_rests_and_given_up_in_time(monkeypatch):
    """As xlwings asks: `not N or tried < N`, counted anew in each call, all calls together within BUSY seconds."""
    rests = []
    monkeypatch.setattr(door.time, "sleep", rests.append)
    monkeypatch.setattr(door.Attempts, "waited", 0.0)
    most = door.Attempts(1000)

    def call(answers_at):
        tried = 1
        while tried != answers_at:
            if not (not most or tried < most):
                return False
            tried += 1
        return True

    assert call(5)
    assert sum(rests) < 1
    assert not call(0)
    assert door.BUSY - 0.5 < sum(rests) <= door.BUSY
    assert not call(0)
    assert sum(rests) <= door.BUSY


def test_cells_behind_all_that_a_sheet_says_are_blank():
    """As where a program counts no formatted cell to what is used."""
    book = SimpleNamespace(
        titles={},
        block=lambda title: Block([["表"]], [["表"]], frozenset(), frozenset()),
        unlocked=lambda title, refs: frozenset(refs),
    )
    places = layout(load_edition("2021"))
    found = zeros.blanks(book, reports.reading(reports.zero()))
    assert sorted(s.ref for spots in found.values() for s in spots) == sorted(
        places.values[k].ref for k in may_be_zero(places)
    )
