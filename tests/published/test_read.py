"""One small page → the whole reading: what it gives, and every word said of it."""

import pytest

from nianbao.errors import InputError
from nianbao.form import load_edition
from nianbao.published import page_blocks
from published import pages
from published.small import AFTER, BEFORE, PAGE, TABLE, TABLES, TITLE

MISSING = ["表二：文件中没有找到表二，这张表的数字都没有", "表三：文件中没有找到表三，这张表的数字都没有"]


def said(found):
    """What is told beside the tables that this small page has not."""
    words = [(f.rule, f.place, f.message.partition(f"规则 {f.rule}")[0].rstrip("。")) for f in found.findings]
    return [w for w in words if w[2] not in MISSING and w[0] != "R5"]


def editions(found):
    return [f.message.partition("规则 R5")[0] for f in found.findings if (f.rule, f.place) == ("R5", "")]


def test_a_page_gives_body_year_texts_and_where_each_paragraph_stands(reading):
    found = reading([*BEFORE, *TABLES, *AFTER])
    report = found.report
    assert report.body == {"name": "永平镇人民政府", "phone": "0597-1234567", "signed_on": "2026-1-12"}
    assert (report.edition, report.year, found.edition.id) == ("2021", 2025, "2021")
    assert report.texts == {
        "introduction": "根据条例编制。", "overview": "甲。\n乙。", "problems": "丙。", "other_matters": "无。",
    }  # fmt: skip
    figures = [k for k in found.edition.values if k.startswith("review.")]
    assert report.values == dict.fromkeys(figures, 0)
    texts = {k: v for k, v in found.places.cells.items() if k not in figures}
    assert texts == {
        "introduction:0": "第2段", "overview:0": "第5段", "overview:1": "第6段", "problems:0": "第11段",
        "other_matters:0": "第13段",
    }  # fmt: skip
    assert found.places.cells[figures[0]] == "表四 第4行第1列"
    assert said(found) == []
    assert [f.message.partition("。规则")[0] for f in found.findings if f.rule == "R1"] == MISSING
    printed = {k for k, v in found.edition.values.items() if v.table in ("proactive", "requests")}
    assert found.unread == printed


@pytest.mark.parametrize(
    ("lines", "place", "what"),
    [
        pytest.param(*case[1:], id=case[0])
        for case in [
            ("a heading worded differently", [*BEFORE[:3], "一、概述", *BEFORE[4:], *TABLES, *AFTER], "",
             "整份文件：“一、总体情况”写作“一、概述”，已按这一部分采用"),
            ("a heading missing", [*BEFORE, *TABLES, *AFTER[2:]], "",
             "整份文件：没有找到标题“五、存在的主要问题及改进情况”；它的文字没有读到"),
            ("headings of tables missing", [*BEFORE, *TABLES[2:], *AFTER], "",
             "整份文件：没有找到标题“二、主动公开政府信息情况”、“三、收到和处理政府信息公开申请情况”"),
            ("headings of a table and of a text missing", [*BEFORE[:3], *TABLES[1:], *AFTER], "",
             "整份文件：没有找到标题“一、总体情况”、“二、主动公开政府信息情况”；它的文字没有读到"),
            ("text under a table's heading",
                [*BEFORE, TABLES[0], "单位：件", "本镇今年没有制发规范性文件。", "另有说明若干写在这一段里。",
                                              *TABLES[1:], *AFTER], "第9段",
             "第9段：“二、主动公开政府信息情况”的表格之外还有文字“本镇今年没有制发规范性文件。”，没有采用"),
            ("text of thirteen characters", [*BEFORE, *TABLES, "长" * 13, *AFTER], "第10段",
             f"第10段：“四、政府信息公开行政复议、行政诉讼情况”的表格之外还有文字“{'长' * 13}”，没有采用"),
            ("a name shortened in the title",
                ["永平镇2025年政府信息公开工作年度报告", "永平镇人民政府根据条例编制。", *BEFORE[2:],
                                               *TABLES, *AFTER], "第1段",
             "第1段：标题中的单位写作“永平镇”，引言中写的是全称，已采用全称“永平镇人民政府”"),
            ("a hidden table", [*BEFORE, *TABLES, "<div hidden><table><tr><td>1<td>2</tr></table></div>", *AFTER], "",
             "整份文件：网页中有不显示的或大得不正常的表格，没有采用"),
        ]
    ],
)  # fmt: skip
def test_what_is_not_as_it_should_be_is_told_with_its_place(lines, place, what, reading):
    rule = "R6" if "网页中" in what else "R4"
    assert said(reading(lines)) == [(rule, place, what)]


def test_a_short_text_under_a_tables_heading_is_no_matter(reading):
    assert said(reading([*BEFORE, *TABLES, "长" * 12, *AFTER])) == []


def test_the_year_of_the_title_chooses_among_editions_with_this_table(reading):
    lines = ["永平镇人民政府2020年政府信息公开工作年度报告", *BEFORE[1:], *TABLES, *AFTER]
    assert reading(lines).report.edition == "2019"
    named = reading(lines, "2021")
    assert (named.report.edition, named.edition.id) == ("2021", "2021")
    head = "<title>永平镇人民政府2020年政府信息公开工作年度报告</title>"
    assert reading([*BEFORE[1:], *TABLES, *AFTER], head=head).report.edition == "2019"


def test_an_edition_of_ones_own_is_named_by_its_file(reading, tmp_path):
    own = tmp_path / "own.toml"
    own.write_text('id = "own"\nname = "本县用表"\nextends = "2021"\nstatus = "variant"\n', encoding="utf-8")
    found = reading([*BEFORE, *TABLES, *AFTER], str(own))
    assert (found.report.edition, found.edition.id) == (str(own), "own")


def test_what_differs_from_the_prescribed_form_is_told_in_one_finding(reading):
    rows = [[pages.Cell("备案"), pages.Cell("5")], [pages.Cell(""), pages.Cell("6")]]
    changed = [PAGE.tables["proactive"][0], *PAGE.tables["proactive"][1:2], *PAGE.tables["proactive"][3:], *rows]
    found = reading([*BEFORE, TABLES[0], PAGE.table_html(changed), *TABLES[1:], *AFTER])
    (word,) = editions(found)
    basis = "国办公开办函〔2021〕30号"
    assert word.startswith(f"整份文件：按“2021年版”解读；与规定格式（{basis}）不同：表二没有“规章”一行；")
    assert word.endswith("；多出“备案”一行。")
    assert "表四" not in word
    (other,) = editions(reading([TITLE, *TABLES[3:]], "2021+single-other"))
    assert other.startswith("整份文件：按“2021年版（其他处理一行）”解读；")
    assert f"不同：{load_edition('2021+single-other').deviations[0]}；" in other
    assert "；表二没有“规章”一行；" in other


def test_a_cell_that_is_no_figure_is_told_with_its_place_and_words(reading):
    before, between, after = TABLE.split(">0<", 2)
    found = reading([*BEFORE, *TABLES[:3], f"{before}>0<{between}>约3<{after}", *AFTER])
    key = [k for k in found.edition.values if k.startswith("review.")][1]
    (finding,) = (f for f in found.findings if f.cells == (key,))
    assert (finding.rule, finding.place) == ("R1", "表四 第4行第2列")
    named = found.edition.values[key].place
    assert finding.message.startswith(f"表四 第4行第2列（{named}）：这里写的是“约3”，读不出确定的数字，没有采用。")


def test_a_page_without_the_forms_tables_is_refused_with_its_name(reading):
    with pytest.raises(
        InputError, match=r"“年报\.html”里没有找到年报的表格，读不出数字；.*请找文字版，或把数字填到标准填报表中"
    ):
        reading([*BEFORE, *AFTER])


def test_a_page_just_made_is_read_as_blocks_and_refused_by_its_name():
    first, grid = page_blocks("网页", f"<p>甲</p>{TABLE}".encode())
    assert (first.text, first.place, grid.place) == ("甲", "第1段", "第1张表")
    with pytest.raises(InputError, match=r"“网页”含有不安全的内容"):
        page_blocks("网页", b"<!DOCTYPE a [<!ENTITY x 'y'>]><p>x</p>")
