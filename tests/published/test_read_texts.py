"""Title, texts and signature of one small page, Word file or text file."""

import zipfile

import pytest

from nianbao.errors import InputError
from nianbao.form import load_edition
from nianbao.published import read
from published.small import AFTER, BEFORE, PAGE, TABLE, TABLES, TITLE


def test_a_page_without_a_title_has_no_name_and_no_year(reading):
    report = reading([*BEFORE[1:], *TABLES, *AFTER]).report
    assert (report.year, report.name, report.body) == (None, "", {"phone": "0597-1234567", "signed_on": "2026-1-12"})
    assert report.texts["introduction"] == "根据条例编制。"


def test_a_title_the_page_gives_itself_counts_where_none_is_printed(reading):
    report = reading([*BEFORE[1:], *TABLES, *AFTER], head=f"<title>{TITLE}</title>").report
    assert (report.year, report.name, report.texts["introduction"]) == (2025, "永平镇人民政府", "根据条例编制。")


def test_a_title_without_a_name_names_nobody(reading):
    report = reading(["（2025）", "2025年政府信息公开工作年度报告", *BEFORE[1:], *TABLES, *AFTER]).report
    assert (report.year, "name" in report.body, report.texts["introduction"]) == (2025, False, "根据条例编制。")


@pytest.mark.parametrize(
    ("after", "matters", "date"),
    [(AFTER, "无。", "2026-1-12"), (AFTER[:-1], "无。\n永平镇人民政府", ""),
        ([*AFTER[:4], AFTER[5]], "无。", "2026-1-12"),
     ([*AFTER[:3], "2026年1月12日"], None, "2026-1-12"), (AFTER[:4], "无。", "")],
)  # fmt: skip
def test_the_signature_is_no_part_of_the_last_text(after, matters, date, reading):
    report = reading([*BEFORE, *TABLES, *after]).report
    assert (report.texts.get("other_matters"), report.body.get("signed_on", "")) == (matters, date)


def test_a_signature_of_a_body_of_any_name_is_known_by_the_title(reading):
    lines = ["永平供水公司2025年政府信息公开工作年度报告", *BEFORE[1:], *TABLES, *AFTER[:4]]
    signed = reading([*lines, "永平供水公司", "2026年1月12日"]).report
    assert (signed.texts["other_matters"], signed.body["signed_on"]) == ("无。", "2026-1-12")
    other = reading([*lines, "甲供水公司", "2026年1月12日"]).report
    assert other.texts["other_matters"] == "无。\n甲供水公司"


def test_a_signature_under_a_table_is_read_too(reading):
    report = reading([*BEFORE, *TABLES, "2026年1月12日"]).report
    assert report.body["signed_on"] == "2026-1-12"
    assert "other_matters" not in report.texts


def test_a_text_longer_than_any_is_refused_by_its_section(reading):
    with pytest.raises(InputError, match=r"^总体情况：文字有 50001 个字"):
        reading([*BEFORE[:4], "长" * 50_001, *TABLES, *AFTER])


@pytest.mark.parametrize("apart", [False, True])
def test_text_belongs_to_the_report_that_stands_in_the_container_of_all_its_tables(apart, reading):
    rest = "".join(x if x.startswith("<") else f"<p>{x}</p>" for x in [*BEFORE, *TABLES, *AFTER[:4]])
    table = PAGE.table_html(PAGE.tables["proactive"]) if apart else ""
    report = reading([f"<div>{table}</div>", f"<div>{rest}</div>", "<div>外面的话。</div>"]).report
    assert report.texts["other_matters"] == ("无。\n外面的话。" if apart else "无。")


def test_a_word_file_is_read_and_its_changes_are_told_with_what_to_do(tmp_path):
    def told(text):
        return f"<w:p><w:ins><w:r><w:t>{''.join(text.split())}</w:t></w:r></w:ins></w:p>"

    def cell(c):
        down = '<w:vMerge w:val="restart"/>' if c.rows > 1 else ""
        return f'<w:tc><w:tcPr><w:gridSpan w:val="{c.columns}"/>{down}</w:tcPr>{told(c.text)}</w:tc>'

    rows = ["".join(map(cell, row)) for row in PAGE.tables["review"]]
    rows[2] = "<w:tc><w:tcPr><w:vMerge/></w:tcPr></w:tc>" * 5 + rows[2]
    table = f"<w:tbl>{''.join(f'<w:tr>{r}</w:tr>' for r in rows)}</w:tbl>"
    body = "".join(table if x == TABLE else told(x) for x in [*BEFORE, *TABLES, *AFTER])
    main = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    with zipfile.ZipFile(tmp_path / "年报.docx", "w") as package:
        package.writestr("word/document.xml", f'<w:document xmlns:w="{main}"><w:body>{body}</w:body></w:document>')
    found = read(tmp_path / "年报.docx")
    assert found.report.texts["overview"] == "甲。\n乙。"
    (finding,) = (f for f in found.findings if f.rule == "R6")
    assert finding.message.startswith("整份文件：文件带有修订痕迹，已按全部接受修订来读。")
    assert finding.message.endswith("。在 Word 中核对并接受全部修订后重新保存。")
    assert found.unread == {k for k, v in found.edition.values.items() if v.table in ("proactive", "requests")}


def test_text_of_a_plain_file_is_read_by_its_lines(tmp_path):
    cells = ["".join(c.text.split()) for row in PAGE.tables["review"] for c in row]
    path = tmp_path / "年报.txt"
    path.write_text("\n".join([*BEFORE, *TABLES[:3], "|" + "|".join(cells) + "|", *AFTER]), encoding="utf-8")
    found = read(path)
    assert found.report.texts["overview"] == "甲。\n乙。"
    assert found.places.cells["overview:1"] == "第6行"
    assert list(found.report.values) == [k for k in load_edition("2021").values if k.startswith("review.")]
