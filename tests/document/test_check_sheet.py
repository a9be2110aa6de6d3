"""The 校核单: what it says, and that it is one page whatever is written."""

import io
import re
import zipfile
from dataclasses import replace

import pytest

from nianbao import workbook
from nianbao.checks import judge
from nianbao.document import check_sheet, digest
from nianbao.document.checksheet import TITLE, is_check_sheet
from nianbao.findings import Finding, Severity
from nianbao.form import load_edition
from office import convert, convert_all, pdf_pages, pdf_text, validate
from reports import changed, reading, zero
from word import opened, paragraphs

EDITIONS = ("2021", "2019", "wuping-2022")
FILE = "示例镇人民政府2025年政府信息公开工作年度报告.docx"
REASON = "因上级2024年统一调整行政处罚事项清单（见《目录》第17项），原由本镇行使的处罚权限收回县级主管部门；"


def explained(n, text="本镇新设便民服务中心，办件增加。", rule="H6"):
    where = f"表三!D{n}（自然人·本年新收）"
    return Finding(rule, Severity.EXPLAIN, ("x",), f"表三!D{n}", where, "今年多", explanation=text)


def sheet(report=None, extra=(), file_name=FILE):
    read = reading(report or zero())
    judged = judge(read)
    return check_sheet(read, [*judged.findings, *extra], judged.verdicts, file_name)


def cells(document, table):
    """The table's texts row by row, merged cells once."""
    found = []
    for row in opened(document).tables[table].rows:
        texts = []
        for cell in row.cells:
            if not texts or cell._tc is not texts[-1][0]:
                texts.append((cell._tc, "\n".join(p.text for p in cell.paragraphs)))
        found.append([text for _, text in texts])
    return found


def squeezed(text):
    return re.sub(r"\s", "", text)


HARSH = {
    "20 reasons of 200 characters": [explained(n, (REASON * 5)[:200]) for n in range(20)],
    "3 reasons of 200 characters": [explained(n, (REASON * 5)[:200]) for n in range(3)],
    "Latin words": [explained(n, "CO2-emission WWW.EXAMPLE.GOV.CN 12345678 " * 8) for n in range(20)],
    "wide marks and lines": [explained(n, "①②③——……“”‘’\n\t□■" * 20) for n in range(20)],
    "one word": [explained(n, "W" * 5000, rule="GOVERNMENTAL1234567") for n in range(20)],
    "unprintable": [explained(0, "甲\x00乙\x07\ud800\u202e丙𠮷\ufffe🙂")],
    "other families": [explained(1, rule="X1"), explained(2, rule="R2"), explained(3, rule="V1")],
    "a thousand": [explained(n) for n in range(1000)],
}


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("sheets")
    documents = {name: sheet(extra=extra) for name, extra in HARSH.items()}
    documents |= {name: sheet(zero(name)) for name in EDITIONS}
    long = replace(
        zero(), body={**zero().body, "name": "某某自治区某某自治州某某自治县人民政府" * 9, "level": "级别" * 99}
    )
    documents["long names"] = sheet(long, HARSH["20 reasons of 200 characters"], "很长的名字" * 60 + ".docx")
    documents["nothing"] = sheet(replace(zero(), year=None, body={}, values={}, texts={}))
    paths = {name: folder / f"{i}.docx" for i, name in enumerate(documents)}
    for name, path in paths.items():
        path.write_bytes(documents[name])
    return paths


@pytest.mark.validator
def test_microsofts_validator_accepts_every_sheet(made):
    assert {name: said for name, path in made.items() if (said := validate(path))} == {}


@pytest.mark.office
def test_it_is_one_page_whatever_is_written_and_nothing_on_it_is_clipped(made, tmp_path):
    pdfs = convert_all(list(made.values()), "pdf", tmp_path)
    for (name, path), pdf in zip(made.items(), pdfs, strict=True):
        assert (name, 1) == (name, pdf_pages(pdf))
        shown = squeezed(pdf_text(pdf))
        lines = [p.text for t in opened(path).tables for c in t._cells for p in c.paragraphs]
        missing = [x for x in lines if squeezed(x) not in shown]
        assert (name, []) == (name, missing)
        assert shown.count("（签名）") == 3
        assert "签名前请用最终的填报表" in shown


@pytest.mark.office
def test_every_line_of_a_long_reason_stands_whole_on_the_page(made, tmp_path):
    for name in ("3 reasons of 200 characters", "20 reasons of 200 characters", "Latin words", "one word"):
        shown = squeezed(pdf_text(convert(made[name], "pdf", tmp_path)))
        for row in cells(made[name], 2)[1:-1]:
            for line in row[-1].split("\n"):
                assert squeezed(line) in shown


def test_it_names_the_report_and_prints_the_digest_in_groups_of_eight():
    facts = cells(sheet(), 0)
    code = facts[4][1].split()
    assert facts[:4] == [
        ["单位名称", "示例镇人民政府"],
        ["年　　度", "2025", "级　　别", "乡镇"],
        ["报告格式", "2021年版（国办公开办函〔2021〕30号）"],
        ["报告文件", FILE],
    ]
    assert [len(group) for group in code] == [8] * 8
    assert digest(load_edition("2021"), zero()) == "".join(code)
    assert cells(sheet(changed(zero(), requests__received__total=1)), 0)[4] != facts[4]


def test_everything_on_it_is_chinese_and_in_the_reports_fonts():
    document = opened(sheet())
    assert document.paragraphs[0].text == f"政府信息公开工作年度报告{TITLE}"
    words = " ".join(
        [p.text for p in document.paragraphs] + [x for t in (1, 2, 3) for r in cells(sheet(), t) for x in r]
    )
    assert set(re.findall("[A-Za-z]+", words)) == set("ACHNSPF")
    fonts = {
        f.get(f"{{{f.nsmap['w']}}}eastAsia")
        for f in document.styles.element.iter(f"{{{document.element.nsmap['w']}}}rFonts")
    }
    assert fonts == {"方正小标宋简体", "黑体", "宋体", "仿宋_GB2312"}


def test_families_are_listed_with_what_was_checked_and_found():
    rows = cells(sheet(), 1)
    assert rows[1][1:8] == ["核对", "通过", "未核对", "强制", "待说明", "已说明", "提示"]
    assert [r[0] for r in rows[2:]] == [
        "表内勾稽（A）", "表与表之间（C）", "与上年比较（H）", "正文与表格（N）", "结构与文字（S）", "个人信息（P）",
        "格式与单位信息（F）", "合计",
    ]  # fmt: skip
    assert rows[2] == ["表内勾稽（A）", "9", "9", "0", "0", "0", "0", "0", "通过"]


def test_reasons_are_given_with_rule_and_place_and_the_rest_is_counted():
    rows = cells(sheet(extra=[explained(5)]), 2)
    assert rows[0] == ["规则", "位置", "原因"]
    assert [squeezed(x) for x in rows[1]] == ["H6", "表三!D5（自然人·本年新收）", "本镇新设便民服务中心，办件增加。"]
    many = cells(sheet(extra=HARSH["20 reasons of 200 characters"]), 2)
    assert many[-1] == [f"其余{20 - (len(many) - 2)}条见校验结果。"]
    assert len(many) >= 7
    assert all(row[-1].endswith("……") for row in many[1:-1])


def test_a_reason_stands_whole_where_there_is_room():
    text = (REASON * 5)[:200]
    assert squeezed(cells(sheet(extra=[explained(1, text)]), 2)[1][-1]) == squeezed(text)


def test_without_reasons_it_says_whether_any_are_wanted():
    assert cells(sheet(), 2) == [["没有写明原因的问题。"]]
    assert cells(sheet(extra=[explained(1, None)]), 2) == [["有1处待说明，还没有写明原因。"]]


def test_it_is_known_among_other_files():
    own, other = sheet(), (io.BytesIO(), io.BytesIO())
    with zipfile.ZipFile(other[0], "w") as package:
        package.writestr("xl/workbook.xml", TITLE)
    with zipfile.ZipFile(other[1], "w") as package:
        package.writestr("word/document.xml", f"<w:p>别的</w:p><w:tbl>{TITLE}")
    assert is_check_sheet(own)
    assert not any(map(is_check_sheet, (b"", own[:900], *(x.getvalue() for x in other))))


def test_three_people_sign_with_a_date():
    rows = cells(sheet(), 3)
    assert [[squeezed(x) for x in r] for r in rows] == [
        [f"{who}（签名）", "", "日期", "年月日"] for who in ("填报人", "审核人", "分管领导")
    ]


def test_it_says_that_any_change_changes_the_digest():
    assert "校验码由报告的单位信息、数字和文字算出，改动其中任何一个数字，校验码都会改变。" in [
        t for _, t in paragraphs(sheet())
    ]


def test_the_same_reading_gives_the_same_bytes_and_no_clock_or_user_is_in_it():
    first = sheet()
    properties = opened(first).core_properties
    assert first == sheet()
    assert (properties.author, properties.last_modified_by) == ("示例镇人民政府", "")
    assert properties.title == f"示例镇人民政府2025政府信息公开工作年度报告{TITLE}"


def test_a_filled_workbooks_own_rules_are_counted(tmp_path):
    path = tmp_path / "book.xlsx"
    path.write_bytes(workbook.build(load_edition("2021"), zero()))
    read = workbook.read(path)
    rows = cells(check_sheet(read, (judged := judge(read)).findings, judged.verdicts, FILE), 1)
    assert next(r for r in rows if r[0] == "填报表本身（W）")[1:4:2] == ["4", "0"]
