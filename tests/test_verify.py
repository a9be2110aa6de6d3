"""A finished document against the workbook it was made from: every change made in Word is named."""

import json
import re
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

import office
import reports
from nianbao import pipeline, workbook
from nianbao.cli import main
from nianbao.demo import sample
from nianbao.form import load_edition

BODY = "word/document.xml"


@pytest.fixture
def made(tmp_path):
    """The sample's workbook and the report made from it."""
    reading = sample()
    book = tmp_path / "填报表.xlsx"
    book.write_bytes(workbook.build(reading.edition, reading.report))
    pipeline.make(pipeline.check_file(book), tmp_path)
    return book, next(tmp_path.glob("*.docx"))


def differences(document, book):
    return pipeline.verify(document, book).findings


def edited(document, change):
    """A copy of the document with its text changed, as by hand in Word."""
    copy = document.with_name("改过.docx")
    with zipfile.ZipFile(document) as source, zipfile.ZipFile(copy, "w") as target:
        for name in source.namelist():
            part = source.read(name)
            if name == BODY:
                before = part.decode("utf-8")
                after = change(before)
                assert after != before
                part = after.encode("utf-8")
            target.writestr(name, part)
    return copy


def figure_after(label, new):
    """Change the first figure that follows a label."""

    def change(xml):
        at = xml.index(label)
        found = re.compile(r"(<w:t[^>]*>)0(</w:t>)").search(xml, at)
        return f"{xml[: found.start()]}{found[1]}{new}{found[2]}{xml[found.end() :]}"

    return change


def test_an_untouched_document_says_what_the_workbook_says(made, capsys):
    book, document = made
    assert main(["verify", str(document), str(book)]) == 0
    assert "完全一致" in capsys.readouterr().out


def test_one_digit_changed_by_hand_is_named_with_its_cell(made, capsys):
    book, document = made
    copy = edited(document, figure_after("二、上年结转政府信息公开申请数量", "5"))
    (found,) = differences(copy, book)
    assert found.rule == "V1"
    assert found.cells == ("requests.pending_start.natural_person",)
    assert "文档中是 5，填报表（表三!D8）是 0" in found.message
    assert main(["verify", str(copy), str(book)]) == 1
    assert "自然人·上年结转" in capsys.readouterr().out


def test_a_figure_deleted_by_hand_is_named(made):
    book, document = made
    (found,) = differences(edited(document, figure_after("二、上年结转政府信息公开申请数量", "")), book)
    assert "文档中是空的" in found.message


def test_a_changed_word_is_shown_with_both_readings(made):
    book, document = made
    (found,) = differences(edited(document, lambda xml: xml.replace("94篇", "95篇")), book)
    assert found.rule == "V2"
    assert "95篇" in found.message
    assert "94篇" in found.message


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("永平镇人民政府</w:t>", "永安镇人民政府</w:t>", "永安镇人民政府"),
        ("0597-4632003", "0597-4632004", "0597-4632004"),
        ("若有疑问或意见建议", "若有疑问或者意见建议", "或者意见"),
    ],
)
def test_title_contact_and_introduction_are_compared_too(made, before, after, said):
    book, document = made
    found = differences(edited(document, lambda xml: xml.replace(before, after, 1)), book)
    assert [f.rule for f in found] == ["V2"]
    assert said in found[0].message


def test_a_label_changed_in_the_table_is_a_difference(made):
    book, document = made
    copy = edited(document, lambda xml: xml.replace("结转下年度继续办理", "结转下年度继续处理"))
    assert any("结转下年度继续" in f.message and f.blocks for f in differences(copy, book))


def test_a_workbook_changed_after_the_report_was_made_is_noticed_in_the_carried_data_too(made, tmp_path):
    _, document = made
    reading = sample()
    figures = {**reading.report.values, "proactive.penalties.decisions": 7}
    report = replace(reading.report, values=figures)
    newer = tmp_path / "新.xlsx"
    newer.write_bytes(workbook.build(reading.edition, report))
    assert [f.rule for f in differences(document, newer)] == ["V1", "V3"]


def test_data_of_another_year_in_the_document_are_told_as_such_and_not_cell_by_cell(made, tmp_path):
    _, document = made
    reading = sample()
    figures = {**reading.report.values, "proactive.penalties.decisions": 7}
    later = tmp_path / "下一年.xlsx"
    later.write_bytes(workbook.build(reading.edition, replace(reading.report, year=2023, values=figures)))
    (found,) = [f for f in differences(document, later) if f.rule == "V3"]
    assert "所附数据是2022年度的，填报表是2023年度的" in found.message
    assert (found.cells, found.place, found.blocks) == ((), "文档所附数据", True)


def test_differences_come_as_json_too(made, capsys):
    book, document = made
    copy = edited(document, figure_after("二、上年结转政府信息公开申请数量", "5"))
    assert main(["verify", str(copy), str(book), "--format", "json"]) == 1
    told = json.loads(capsys.readouterr().out)
    assert told["file"] == str(copy)
    assert told["summary"] == {"error": 1, "explain": 0, "hint": 0}
    assert [(f["rule"], f["cells"]) for f in told["findings"]] == [("V1", ["requests.pending_start.natural_person"])]


def test_a_document_re_saved_elsewhere_without_its_data_is_still_compared(made):
    book, document = made
    bare = document.with_name("无附件.docx")
    with zipfile.ZipFile(document) as source, zipfile.ZipFile(bare, "w") as target:
        for name in source.namelist():
            part = source.read(name)
            if name.startswith("customXml"):
                continue
            if name.endswith((".rels", "[Content_Types].xml")):
                part = re.sub(rb"<(Relationship|Override) [^>]*customXml[^>]*/>", b"", part)
            target.writestr(name, part)
    assert differences(bare, book) == ()


def test_a_report_in_a_county_s_own_edition_is_verified_too(tmp_path):
    own = str(Path(__file__).parent / "cases" / "own-variant.toml")
    edition = load_edition(own)
    inputs = {k: reports.number_for(edition, k, 0) for k in reports.printed_inputs(edition)}
    report = replace(reports.zero(), edition=own, values=reports.with_totals(edition, inputs))
    book = tmp_path / "填报表.xlsx"
    book.write_bytes(workbook.build(edition, report))
    made = pipeline.make(pipeline.check_file(book, own), tmp_path)
    assert pipeline.verify(made.files[0], book, own).findings == ()


def test_the_check_sheet_is_made_beside_the_report(made, tmp_path):
    book, _ = made
    out = tmp_path / "out"
    assert main(["make", str(book), "-o", str(out), "--check-sheet"]) == 0
    assert sorted(p.name.removeprefix("永平镇人民政府2022年") for p in out.iterdir()) == [
        "政府信息公开工作年度报告.docx",
        "政府信息公开工作年度报告校核单.docx",
    ]


# The page and the PDF


@pytest.fixture
def page(made):
    book, _ = made
    pipeline.make(pipeline.check_file(book), book.parent, formats=("html",))
    return book, min(book.parent.glob("*.html"), key=lambda p: len(p.name))


def test_a_page_is_compared_like_the_document(page):
    book, path = page
    assert differences(path, book) == ()
    text = path.read_text(encoding="utf-8")
    words = max(sample().report.texts.values(), key=len).splitlines()[0][5:15]
    assert words in text
    path.write_text(text.replace(words, words[::-1]), "utf-8")
    assert {f.rule for f in differences(path, book)} == {"V2"}
    path.write_text(re.sub(r">0</td>", ">8</td>", text, count=1), "utf-8")
    (told,) = [f for f in differences(path, book) if f.rule == "V1"]
    assert "文档中是 8" in told.what


def test_a_pdf_is_compared_sentence_by_sentence(made, tmp_path):
    book, report = made
    (tmp_path / "pdf").mkdir()
    assert differences(office.convert(report, "pdf", tmp_path / "pdf"), book) == ()
    reading = pipeline.read(book)
    texts = dict(reading.report.texts)
    key = max(texts, key=lambda k: len(texts[k]))
    changed = replace(reading.report, texts={**texts, key: texts[key].replace("。", "，确有其事。", 1)})
    book.write_bytes(workbook.build(reading.edition, changed))
    (told,) = differences(tmp_path / "pdf" / f"{report.stem}.pdf", book)
    assert told.rule == "V2"
    assert told.where.endswith("句")
    assert "确有其事" in told.what


@pytest.mark.parametrize(
    "caption", ["表二 主动公开政府信息情况", "表2：主动公开政府信息情况", "附表一主动公开政府信息情况"]
)
def test_a_line_that_only_names_its_table_is_no_lost_text(caption, page):
    book, path = page
    text = path.read_text(encoding="utf-8")
    head, at, rest = text.partition("二、主动公开政府信息情况</h2>")
    assert at
    path.write_text(f"{head}{at}<p>{caption}</p>{rest}", "utf-8")
    assert differences(path, book) == ()
    path.write_text(f"{head}{at}<p>{caption}，另有三件没有列入上表</p>{rest}", "utf-8")
    assert [f.rule for f in differences(path, book)] == ["R4"]
