"""A form of another name is made, named and read back by what its own edition says."""

from decimal import Decimal
from pathlib import Path

import pytest

from nianbao import pipeline, workbook
from nianbao.cli import main
from nianbao.form import Edition, edition_names, load_edition
from nianbao.report import Report

WEBSITE = Path(__file__).parents[1] / "cases" / "website.toml"
FACTS = {"name": "甲镇人民政府", "site_name": "甲镇门户网站", "head": "张三", "phone": "0597-1234567"}
TEXTS = {"overview": "全年网站运行平稳。\n更新及时。"}


def filled(edition: Edition) -> dict[str, int | Decimal]:
    """A figure of its own for every cell, and the sums of them."""
    values: dict[str, int | Decimal] = {k: i for i, k in enumerate(edition.values, 1)}
    return {**values, **{k: sum(values[x] for x in i.right) for k, i in edition.sums.items()}}


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("网站")
    edition = load_edition(str(WEBSITE))
    book = folder / "网站.xlsx"
    book.write_bytes(workbook.build(edition, Report(edition.id, 2025, FACTS, filled(edition), TEXTS)))
    checked = pipeline.check_file(book, str(WEBSITE))
    return book, checked, pipeline.make(checked, folder / "报表", ("docx", "html"), check_sheet=True)


def test_its_files_are_called_what_its_title_says(made):
    _, _, files = made
    stem = "甲镇人民政府2025年政府网站工作年度报表"
    assert [p.name.removeprefix(stem) for p in files.files] == [".docx", ".html", "（正文片段）.html", "校核单.docx"]


def test_nothing_differs_when_its_document_is_verified(made):
    book, _, files = made
    assert pipeline.verify(files.files[0], book, str(WEBSITE)).findings == ()
    assert main(["verify", str(files.files[0]), str(book), "--edition", str(WEBSITE)]) == 0


@pytest.mark.parametrize("index", [0, 1])
def test_its_document_and_page_are_read_back(made, index):
    _, checked, files = made
    read = pipeline.read(files.files[index], str(WEBSITE))
    assert read.report.values == checked.reading.report.values
    assert read.report.year == 2025
    assert read.report.texts["overview"] == TEXTS["overview"]
    assert read.report.texts["introduction"] == "填报单位：甲镇人民政府。"


def test_a_changed_figure_of_two_rows_with_one_name_is_found(made, tmp_path):
    book, checked, _ = made
    edition = checked.reading.edition
    values = {**checked.reading.report.values, "site.reading.texts.number": 100, "site.reading.total.number": 123}
    other = tmp_path / "另.xlsx"
    other.write_bytes(workbook.build(edition, Report(edition.id, 2025, FACTS, values, TEXTS)))
    document = pipeline.make(pipeline.check_file(other, str(WEBSITE)), tmp_path / "另", ("docx",)).files[0]
    cells = {c for f in pipeline.verify(document, book, str(WEBSITE)).findings for c in f.cells if f.rule == "V1"}
    assert cells == {"site.reading.texts.number", "site.reading.total.number"}


@pytest.mark.parametrize("name", edition_names())
def test_the_prescribed_report_is_called_as_before(name):
    edition = load_edition(name)
    assert edition.report_name == "政府信息公开工作年度报告"
    assert edition.titled("甲镇", 2025) == "甲镇2025年政府信息公开工作年度报告"
    assert edition.titled("甲镇", None) == "甲镇政府信息公开工作年度报告"


def test_a_form_without_levels_goes_through_every_verb(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    text = WEBSITE.read_text(encoding="utf-8")
    start, end = text.index("[[levels]]"), text.index("[[sections]]")
    Path("无级别.toml").write_text(text[:start] + text[end:], encoding="utf-8")
    edition = load_edition("无级别.toml")
    assert edition.levels == ()
    assert main(["editions", "check", "无级别.toml"]) == 0
    Path("收到").mkdir()
    book = Path("收到/甲.xlsx")
    book.write_bytes(workbook.build(edition, Report(edition.id, 2025, FACTS, filled(edition), TEXTS)))
    own = ["--edition", "无级别.toml"]
    assert main(["check", str(book), *own]) == 0
    assert main(["make", str(book), *own, "-o", "报表", "--check-sheet"]) == 0
    assert main(["batch", "收到", *own, "-o", "结果", "--workers", "1"]) == 1  # no level: in no total
    told = capsys.readouterr().out
    assert "级别不明" in told
    assert "改法：提供名册（--roster），在名册里写明这些单位的级别。" in told
