"""Web pages in the manner of many sites and faults: no wrong figure, and no absent one without a word."""

import random
from pathlib import Path

import pytest

import reports
from nianbao.checks import check
from nianbao.form import edition_names
from nianbao.published import read as read_file
from published import measure, pages
from rows import some

NOT_EVERYTHING = {
    "slashes_and_dashes": "a slash or a dash is no figure",
    "blanks_for_zero": "a blank is no zero",
    "regulations_row_removed": "the row is not there",
}
"""Manners in which figures are rightly absent; in all others every figure is read."""


@pytest.mark.parametrize(("edition", "name"), some([(e, n) for n in pages.MANNERS for e in edition_names()], 6))
def test_a_page_in_this_manner_gives_its_figures(name, edition, tmp_path):
    page = measure.made(name, edition, 1)
    outcome = measure.judge(page.rendered(), page, tmp_path)
    assert outcome.wrong == []
    assert outcome.unreported == []
    assert bool(outcome.absent) <= (name in NOT_EVERYTHING)


def test_there_are_more_than_forty_manners():
    assert len(pages.MANNERS) >= 40


def damaged(seed: int, folder: Path) -> tuple[measure.Outcome, str]:
    rng = random.Random(seed)
    name, edition = rng.choice(list(pages.MANNERS)), rng.choice(edition_names())
    page = measure.made(name, edition, seed)
    kind = pages.corrupted(page, rng)
    return measure.judge(page.rendered(), page, folder), f"{seed} {name} {edition} {kind}"


@pytest.mark.parametrize("first", some(range(0, 1000, 125), 8))
def test_of_damaged_pages_no_figure_is_wrong_and_none_absent_without_a_word(first, tmp_path):
    outcomes = [damaged(seed, tmp_path) for seed in range(first, first + 125)]
    assert [(name, o.wrong) for o, name in outcomes if o.wrong] == []
    assert [(name, o.unreported) for o, name in outcomes if o.unreported] == []
    assert sum(o.right for o, _ in outcomes) > 125 * 150


@pytest.mark.parametrize("seed", [1001664, 2001871])
def test_damage_that_once_misled_the_reader_does_so_no_more(seed, tmp_path):
    """A doubled cell in a table with a column of remarks; a heading whose rowspan reaches into the first row."""
    outcome, _ = damaged(seed, tmp_path)
    assert outcome.wrong == outcome.unreported == []


def read(page: pages.Page, tmp_path: Path):
    path = tmp_path / "page.html"
    path.write_bytes(page.rendered())
    return read_file(path)


def plain_page(edition: str = "2021") -> pages.Page:
    return pages.page(reports.random_report(random.Random(7), edition))


def test_texts_title_and_contact_come_without_menus_and_footers(tmp_path):
    page = plain_page()
    pages.MANNERS["menus_and_footer"](page, random.Random(1))
    pages.MANNERS["contact_in_the_introduction"](page, random.Random(1))
    report = read(page, tmp_path).report
    assert report.texts["overview"] == reports.TEXTS["overview"]
    assert report.texts["problems"] == reports.TEXTS["problems"]
    assert report.texts["other_matters"] == reports.TEXTS["other_matters"]
    assert report.texts["introduction"].startswith("根据《中华人民共和国政府信息公开条例》")
    assert report.texts["introduction"].endswith("12月31日。")
    assert (report.name, report.year) == ("示例镇人民政府", 2025)
    assert report.body["address"] == "示例县人民路1号"
    assert report.body["postcode"] == "364300"


@pytest.mark.parametrize(
    "name", ["headings_of_article_50", "half_width_punctuation", "other_numbering", "menu_with_the_same_headings"]
)
def test_texts_are_found_under_headings_written_in_other_ways(name, tmp_path):
    page = plain_page()
    pages.MANNERS[name](page, random.Random(1))
    texts = read(page, tmp_path).report.texts
    assert {k: texts[k] for k in reports.TEXTS} == reports.TEXTS


def test_headings_worded_differently_are_told(tmp_path):
    page = plain_page()
    pages.MANNERS["headings_of_article_50"](page, random.Random(1))
    said = [f.message for f in read(page, tmp_path).findings if f.rule == "R4"]
    assert len(said) == 5
    assert any("因政府信息公开工作被申请行政复议和提起行政诉讼情况" in m for m in said)


def test_remarks_are_read_and_told_with_their_place(tmp_path):
    page = plain_page()
    cell = next(c for c in page.values() if c.key == "proactive.normative_documents.in_force")
    cell.text = "22（其中修订16件）"
    reading = read(page, tmp_path)
    assert reading.report.values[cell.key] == 22
    (finding,) = reading.findings
    assert (finding.rule, finding.place, finding.cells) == ("R2", "表二 第4行第4列", (cell.key,))
    assert "“22（其中修订16件）”按22" in finding.message


def test_a_slash_is_not_read_and_told_once_with_its_place(tmp_path):
    page = plain_page()
    cell = next(c for c in page.values() if c.key == "requests.full_grant.business")
    cell.text = "/"
    reading = read(page, tmp_path)
    assert cell.key not in reading.report.values
    assert reading.unread == {cell.key}
    about = [f for f in check(reading) if cell.key in f.cells]
    assert [f.rule for f in about] == ["R1"]
    assert about[0].place == "表三 第6行第5列"


def test_a_row_that_lost_a_cell_is_not_read_by_its_place(tmp_path):
    page = plain_page()
    row = next(r for r in page.tables["requests"] if any("重复申请" in c.text for c in r))
    row.pop(2)
    reading = read(page, tmp_path)
    lost = {k for k in page.report.values if k.startswith("requests.not_processed.repeated.")}
    assert reading.unread == lost
    assert lost.isdisjoint(reading.report.values)
    (finding,) = reading.findings
    assert finding.rule == "R1"
    assert "应有7个数字格，读到6格" in finding.message


def test_a_blank_row_over_the_figures_is_passed_over(tmp_path):
    page = plain_page()
    rows = page.tables["review"]
    rows.insert(-1, [pages.Cell("") for _ in rows[-1]])
    reading = read(page, tmp_path)
    assert reading.report.values == {k: page.report.values[k] for k in reading.report.values}
    assert len(reading.report.values) == 200
    assert reading.findings == ()


def test_a_heading_that_states_another_unit_is_not_taken_for_the_forms(tmp_path):
    page = plain_page()
    cell = next(c for c in page.labels() if "单位：万元" in c.text)
    cell.text = "本年收费金额（单位：元）"
    reading = read(page, tmp_path)
    assert "proactive.charges.amount" not in reading.report.values
    assert "proactive.charges.amount" in reading.unread


def test_two_rows_of_one_name_with_different_figures_are_both_refused(tmp_path):
    page = plain_page()
    rows = page.tables["proactive"]
    at = next(i for i, r in enumerate(rows) if r[0].text == "行政处罚")
    rows.insert(at, [pages.Cell("行政处罚"), pages.Cell("12345", 1, 3)])
    reading = read(page, tmp_path)
    assert "proactive.penalties.decisions" not in reading.report.values
    assert "不止一次" in reading.findings[0].message


def test_a_wrong_declaration_of_the_encoding_is_told(tmp_path):
    page = plain_page()
    pages.MANNERS["gbk_declared_utf8"](page, random.Random(1))
    (finding,) = read(page, tmp_path).findings
    assert finding.rule == "R6"
    assert "声明的编码是 utf-8，实际是 GB18030" in finding.message


def test_the_edition_asked_for_is_used(tmp_path):
    page = plain_page("2019")
    path = tmp_path / "page.html"
    path.write_bytes(page.rendered())
    assert read_file(path).edition.id == "2019"
    reading = read_file(path, "2021")
    assert reading.edition.id == "2021"
    assert "proactive.licences.decisions" not in reading.report.values


def test_a_report_of_2021_with_a_single_row_of_other_handling_is_named(tmp_path):
    reading = read(plain_page("2021+single-other"), tmp_path)
    assert reading.edition.id == "2021+single-other"
    assert [f.rule for f in reading.findings] == ["R5"]
