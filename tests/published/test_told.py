"""What the reader of published reports says exactly: where, what was found there, which cells it is about."""

import random
from dataclasses import replace

import pytest

import reports
from nianbao.findings import Severity
from nianbao.published import read
from published import pages
from published.pages import Cell


@pytest.fixture
def told(tmp_path):
    """Change a page and return what its reader says: rule, class, place, number of cells, words up to the rule."""

    def reading(change, edition="2021"):
        page = pages.page(reports.random_report(random.Random(7), edition))
        change(page)
        path = tmp_path / "page.html"
        path.write_bytes(page.rendered())
        found = read(path)
        said = [
            (f.rule, f.severity, f.place, len(f.cells), f.message.partition(f"规则 {f.rule}")[0].rstrip("。"))
            for f in found.findings
        ]
        return said, found

    return reading


def cells(page, start):
    return [c for c in page.values() if c.key.startswith(start)]


def test_a_table_that_is_not_there_is_one_error(told):
    said, found = told(lambda p: p.tables.update(review=[[Cell("甲"), Cell("乙")]]))
    assert said == [("R1", Severity.ERROR, "表四", 15, "表四：文件中没有找到表四，这张表的数字都没有")]
    assert found.unread == {k for k in found.edition.values if k.startswith("review.")}


@pytest.mark.parametrize(
    ("gone", "words"), [(["重复申请"], "“2.重复申请”这一行"), (["重复申请", "公开出版物"], "这2行")]
)
def test_rows_that_are_not_there_are_named(gone, words, told):
    def change(page):
        rows = page.tables["requests"]
        rows[:] = [r for r in rows if not any(g in c.text for g in gone for c in r)]

    said, found = told(change)
    assert said[0][:4] == ("R3", Severity.EXPLAIN, "表三", 7 * len(gone))
    assert said[0][4].startswith("表三：没有找到“2.重复申请”")
    assert said[0][4].endswith(words)
    assert said[1][:4] == ("R5", Severity.HINT, "", 0)
    assert "；".join(["表三没有“2.重复申请”一行", "表三没有“3.要求提供公开出版物”一行"][: len(gone)]) in said[1][4]
    assert len(found.unread) == 7 * len(gone)


def test_a_row_the_form_has_not_is_told_with_its_place(told):
    said, _ = told(lambda p: p.tables["proactive"].append([Cell("备案数"), Cell("5", 1, 3)]))
    where = "第1张表 第15行第1列"
    what = f"{where}：这里有一行（“备案数”）不在格式“2021年版”的行中，它的数字没有采用"
    assert said[0] == ("R3", Severity.EXPLAIN, where, 0, what)
    assert said[1][4].endswith("不同：多出“备案数”一行")


def test_a_label_worded_differently_is_told_with_both_words(told):
    def change(page):
        next(c for c in page.labels() if c.text == "行政处罚").text = "行政处罚（含简易）"

    said, found = told(change)
    what = "第1张表：“行政处罚”写作“行政处罚（含简易）”；已按格式的名称采用"
    assert said == [("R4", Severity.HINT, "第1张表", 0, what)]
    assert "proactive.penalties.decisions" in found.report.values


SIX = "、".join(["“12件”按12"] * 6)


@pytest.mark.parametrize(("many", "more"), [(6, ""), (7, "等7格")])
@pytest.mark.parametrize(
    ("typed", "rule", "severity", "what"),
    [("12件", "R2", Severity.HINT, f"这里的数字带有说明、单位或不是通常的写法，含义确定，已采用（{SIX}）"),
     ("约12", "R1", Severity.ERROR, "这里写的是“约12”，读不出确定的数字，没有采用")],
)  # fmt: skip
def test_cells_of_one_kind_are_told_together_and_six_are_named(typed, rule, severity, what, many, more, told):
    def change(page):
        for cell in cells(page, "requests.received")[:many]:
            cell.text = typed

    said, found = told(change)
    names = "、".join(
        found.places.named(f"requests.received.{c}")
        for c in ("natural_person", "business", "research", "public_welfare", "legal_service", "other")
    )
    assert said == [(rule, severity, "表三 第4行第4列", many, f"{names}{more}：{what}")]
    assert len(found.unread) == (many if rule == "R1" else 0)


def test_a_part_whose_heading_is_gone_is_told_with_its_text(told):
    said, found = told(lambda p: p.headings.update(overview="二、别的"))
    assert said == [("R4", Severity.HINT, "", 0, "整份文件：没有找到标题“一、总体情况”；它的文字没有读到")]
    assert "overview" not in found.report.texts


def test_a_name_shortened_in_the_title_is_told_with_the_full_one(told):
    def change(page):
        page.report = replace(page.report, body={**page.report.body, "name": "示例镇"})
        page.introduction = ("示例镇人民政府根据条例编制。",)

    said, found = told(change)
    what = "第1段：标题中的单位写作“示例镇”，引言中写的是全称，已采用全称“示例镇人民政府”"
    assert said == [("R4", Severity.HINT, "第1段", 0, what)]
    assert found.report.name == "示例镇人民政府"


def test_a_table_without_its_headings_is_refused_with_its_rows(told):
    def change(page):
        rows = page.tables["proactive"]
        rows[:] = [r for r in rows if not any(c.kind.value == "head" for c in r)]

    said, found = told(change)
    rows = "、".join(f"“{r}”" for r in ("规章", "行政规范性文件", "行政许可", "行政处罚", "行政强制", "行政事业性收费"))
    what = f"表二 第2行第1列（{rows}）：它上面的列标题不齐或与格式不同，认不出各列；没有采用"
    assert said == [("R1", Severity.ERROR, "表二 第2行第1列", 10, what)]
    assert found.unread == {k for k in found.edition.values if k.startswith("proactive.")}


def test_text_beside_a_table_is_told_and_not_taken(told):
    text = "本镇另有若干情况需要在这里说明一下。"
    said, _ = told(lambda p: setattr(p, "table", '<table border="1">{}</table><p>' + text + "</p><p>单位：件</p>"))
    assert [s[4].partition("：")[2] for s in said] == [
        f"“{title}”的表格之外还有文字“{text}”，没有采用"
        for title in ("二、主动公开政府信息情况", "三、收到和处理政府信息公开申请情况",
                      "四、政府信息公开行政复议、行政诉讼情况")
    ]  # fmt: skip


def test_a_variant_is_named_with_all_that_differs(told):
    said, _ = told(lambda page: None, "wuping-2022")
    assert [s[:4] for s in said] == [("R5", Severity.HINT, "", 0)]
    assert "按“武平县2022年用表”解读；与规定格式（国办公开办函〔2021〕30号）不同：表二没有“规章”一行；" in said[0][4]


def test_rows_without_any_headings_are_read_in_the_forms_order_and_told(told):
    def change(page):
        rows = page.tables["requests"]
        rows[:] = [[c for c in r if c.kind.value != "head"] for r in rows]
        rows[:] = [r for r in rows if any(c.kind.value == "value" for c in r)]

    said, found = told(change)
    what = "表三：没有找到列标题；各行的格数与格式的列数相同，已按格式的列序采用"
    assert ("R3", Severity.EXPLAIN, "表三", 0, what) in said
    assert next(f for f in found.findings if what in f.message).message.endswith("）。对照原文核对各列。")
    assert not any(k.startswith("requests.") for k in found.unread)


def test_a_finding_ends_with_its_rules_cure(told):
    def change(page):
        cells(page, "requests.received")[0].text = "12件"

    _, found = told(change)
    (finding,) = found.findings
    assert finding.message.endswith(f"）。{found.edition.rule['R2'].mend.rstrip('。')}。")
