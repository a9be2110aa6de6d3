"""A finished document against the workbook it was made from: every change made in Word is named."""

import json
import re
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

import office
import reports
import word_edits
from nianbao import pipeline, workbook
from nianbao.cli import main
from nianbao.demo import sample
from nianbao.document import build_template, template_for
from nianbao.form import edition_names, load_edition
from nianbao.verdicts import State
from rows import some

BODY = "word/document.xml"
LOOKS = ("V4", "V5", "V6", "V7", "V8", "V9")
LONG = (
    "（一）主动公开\n本年公开信息12条，更新栏目3个。\n1.网站\n（1）栏目。都更新了。\n"
    "（二）依申请公开。收到申请3件。\n其他。"
)


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
    assert told["summary"] == {"error": 1, "explain": 0, "hint": 0, "unjudged": 0, "explained": 0, "waiting": 0}
    assert [v["verdict"] for v in told["verdicts"]] == ["broken", *["held"] * 7]
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


def test_data_of_another_edition_in_the_document_are_told_as_such(made, tmp_path):
    _, document = made
    reading = sample()
    own = tmp_path / "own.toml"
    own.write_text(f'id = "own"\nextends = "{reading.edition.id}"\nname = "本县格式"\n', encoding="utf-8")
    book = tmp_path / "另一格式.xlsx"
    book.write_bytes(workbook.build(load_edition(str(own)), replace(reading.report, edition=str(own))))
    (found,) = [f for f in pipeline.verify(document, book, str(own)).findings if f.rule == "V3"]
    assert "所附数据与填报表所用的格式不同" in found.message


def test_the_looks_of_a_document_written_oddly_are_not_judged_and_that_is_said(made):
    book, document = made
    with zipfile.ZipFile(document) as source, zipfile.ZipFile(document.with_name("少了.docx"), "w") as target:
        for name in source.namelist():
            if name != "[Content_Types].xml":
                target.writestr(name, source.read(name))
    document = document.with_name("少了.docx")
    verdicts = pipeline.verify(document, book).verdicts
    unjudged = {v.rule: v.why for v in verdicts if v.state is State.UNJUDGED and v.rule in LOOKS}
    assert unjudged == dict.fromkeys(LOOKS[:-1], "文档的写法不常见")


def test_the_check_sheet_is_no_report_to_compare(made, tmp_path, capsys):
    book, _ = made
    assert main(["make", str(book), "-o", str(tmp_path / "out"), "--check-sheet"]) == 0
    (sheet,) = (tmp_path / "out").glob("*校核单.docx")
    assert main(["verify", str(sheet), str(book)]) == 2
    assert "是校核单，不是年报" in capsys.readouterr().err


def test_the_check_sheet_is_made_beside_the_report(made, tmp_path):
    book, _ = made
    out = tmp_path / "out"
    assert main(["make", str(book), "-o", str(out), "--check-sheet"]) == 0
    assert sorted(p.name.removeprefix("永平镇人民政府2022年") for p in out.iterdir()) == [
        "政府信息公开工作年度报告.docx",
        "政府信息公开工作年度报告校核单.docx",
    ]


# How it looks


def bold(data):
    return word_edits.of("一级标题", word_edits.runs(lambda run: setattr(run.font, "bold", True)), 1)(data)


def test_what_looks_otherwise_is_a_hint_after_what_is_otherwise_and_leaves_the_exit_status(made, capsys):
    book, document = made
    document.write_bytes(bold(document.read_bytes()))
    assert main(["verify", str(document), str(book)]) == 0
    said = capsys.readouterr().out
    assert "数字和文字完全一致；版式有 1 处提示：" in said
    assert "标题“二、主动公开政府信息情况”：是粗体，标准不是。" in said
    assert "GB/T 9704-2012" in said
    copy = edited(document, figure_after("二、上年结转政府信息公开申请数量", "5"))
    assert main(["verify", str(copy), str(book)]) == 1
    assert "有 1 处不同；版式有 1 处提示：" in capsys.readouterr().out


def test_words_changed_in_the_document_are_told_as_words_and_their_look_with_their_own_place(made):
    """A paragraph put in by hand counts, as the clerk counts it in the document."""
    book, document = made
    added = "全年没有发生泄密事件。"

    def change(opened):
        second = word_edits.paragraphs(opened, "正文段落")[7]
        own = second.insert_paragraph_before(added, second.style)
        word_edits.font("宋体")(own.runs[0])
        word_edits.size(14)(second.runs[-1])

    document.write_bytes(word_edits.opened(change)(document.read_bytes()))
    told = [(f.rule, f.where, f.what) for f in differences(document, book)]
    assert told[0][0] == "V2"
    assert added in told[0][2]
    assert told[1:] == [
        ("V6", "总体情况 第3段", "字体是宋体，标准是仿宋_GB2312"),
        ("V6", "总体情况 第4段", "字号是四号，标准是三号"),
    ]


def test_where_tables_were_put_in_it_is_said_that_theirs_could_not_be_judged(made):
    book, document = made
    document.write_bytes(word_edits.opened(lambda d: d.add_table(2, 2))(document.read_bytes()))
    unjudged = {v.rule: v.why for v in pipeline.verify(document, book).verdicts if v.state is State.UNJUDGED}
    assert unjudged == {"V8": "文档中的表格与格式的不一样多"}


def test_a_draft_is_compared_with_a_draft(made, tmp_path):
    book, _ = made
    pipeline.make(pipeline.check_file(book), tmp_path / "draft", draft=True)
    (draft,) = (tmp_path / "draft").glob("*.docx")
    assert [f for f in differences(draft, book) if f.rule in LOOKS] == []


def test_a_report_of_an_own_template_is_compared_with_it(made, tmp_path, capsys):
    book, document = made
    own = tmp_path / "模板.docx"
    larger = word_edits.part(word_edits.STYLES, lambda x: x.replace('<w:sz w:val="32"/>', '<w:sz w:val="30"/>'))
    own.write_bytes(larger(build_template(sample().edition)))
    out = tmp_path / "own"
    assert main(["make", str(book), "-o", str(out), "--template", str(own)]) == 0
    (report,) = out.glob("*.docx")
    capsys.readouterr()
    assert main(["verify", str(report), str(book), "--template", str(own)]) == 0
    assert "版式有" not in capsys.readouterr().out
    assert main(["verify", str(report), str(book)]) == 0
    assert "标准是三号" in capsys.readouterr().out
    assert main(["verify", str(document), str(book), "--template", str(own)]) == 0
    assert "字号是三号，模板是小三" in capsys.readouterr().out


def test_the_looks_of_a_page_are_not_judged_and_that_is_said(page, capsys):
    book, path = page
    assert main(["verify", str(path), str(book)]) == 0
    assert "只核对 Word 文档的版式，没有核对：V4、V5、V6、V7、V8。" in capsys.readouterr().out


@pytest.mark.office
@pytest.mark.parametrize("edition", some(edition_names(), 4))
def test_a_report_of_any_edition_saved_as_doc_and_as_docx_again_says_and_looks_the_same(edition, tmp_path):
    chosen = load_edition(edition)
    inputs = {k: reports.number_for(chosen, k, 3) for k in reports.printed_inputs(chosen)}
    texts = {t: LONG for t in ("overview", "problems", "other_matters") if t in {x.id for x in chosen.texts}}
    zero = reports.zero()
    report = replace(zero, edition=edition, values=reports.with_totals(chosen, inputs), texts=texts,
                     body={**zero.body, "signed_on": "2023-01-12"})  # fmt: skip
    book = tmp_path / "填报表.xlsx"
    book.write_bytes(workbook.build(chosen, report))
    made = tmp_path / "年报.docx"
    made.write_bytes(template_for(chosen).render(pipeline.read(book).report))
    old = office.convert(made, "doc", tmp_path / "doc")
    again = office.convert(old, "docx", tmp_path / "docx")
    for document in (made, again):
        checked = pipeline.verify(document, book)
        assert checked.findings == ()
        assert [v.rule for v in checked.verdicts if v.state is not State.HELD] == (["V3"] if document is again else [])


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
