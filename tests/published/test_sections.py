"""Where a report's parts begin: headings as sites write them, menus and page furniture left aside."""

from dataclasses import replace

import pytest

from nianbao.form import Section, load_edition
from nianbao.published import sections
from nianbao.published.model import Document, Grid, GridCell, Paragraph

EDITION = load_edition("2021")


def divided(*texts, kind="html"):
    blocks = tuple(Paragraph(t, f"第{i}段") for i, t in enumerate(texts, 1))
    return sections.parts_of(EDITION, Document(kind, blocks), ())


def under(parts, section):
    return [p.text for p in parts.under.get(section, ())]


@pytest.mark.parametrize(
    ("heading", "exact"),
    [("一、总体情况", True), ("一．总体情况", True), ("总体情况", True), ("一、概述", False),
     ("1、总体情况", True)],
)  # fmt: skip
def test_a_heading_is_known_however_it_is_numbered_or_worded(heading, exact):
    parts = divided("引言。", heading, "全年公开94条。")
    assert [(h.section.id, h.at, h.written, h.exact) for h in parts.headed] == [("overview", 1, heading, exact)]
    assert under(parts, "overview") == ["全年公开94条。"]
    assert [p.text for p in parts.lead] == ["引言。"]


@pytest.mark.parametrize(
    "text", ["（一）总体情况", "(一)总体情况", "总体情况见下表", "一、总体情况介绍如下", "总体情况良好。" * 6]
)
def test_a_point_in_brackets_or_a_sentence_is_no_heading(text):
    assert divided(text, "全年公开94条。").headed == ()


@pytest.mark.parametrize(
    ("text", "rest"),
    [("六、其他需要报告的事项。无。", "无。"), ("六、其他需要报告的事项：没有收费。", "没有收费。"),
     ("六、其他需要报告的事项 无", "无"),
     ("六、其他事项：无", "无"), ("六、 其他需要报告的事项。无。", "无。")],
)  # fmt: skip
def test_a_heading_may_go_on_in_the_same_paragraph(text, rest):
    parts = divided(text, "又一段。")
    assert under(parts, "other_matters") == [rest, "又一段。"]
    assert parts.under["other_matters"][0].place == "第1段"
    assert parts.headed[0].exact is ("其他需要" in text)


@pytest.mark.parametrize(
    ("heading", "known"),
    [("总体情况" + " " * 36, True), ("总体情况" + " " * 37, False), ("二、主动公开政俯信息倩况", True),
     ("二、主动公开政俯信息倩兄", False), ("五、存在的主要问题及改进倩况" + " " * 26, True),
     ("五、存在的主要问题及改进倩况" + " " * 27, False), ("六、其它需要报告的是项", False), ("一、总体请况", False)],
)  # fmt: skip
def test_how_far_a_heading_may_be_from_the_forms(heading, known):
    assert bool(divided(heading, "x").headed) is known


def test_a_numbered_heading_counts_before_a_bare_one_that_follows():
    parts = divided("一、总体情况", "全年公开94条。", "总体情况", "又一段。")
    assert [h.at for h in parts.headed] == [0]
    assert under(parts, "overview") == ["全年公开94条。", "总体情况", "又一段。"]


def test_a_section_that_only_ones_own_edition_has_is_known_by_its_heading():
    own = replace(EDITION, sections=(*EDITION.sections, Section("own", "七", "本县另有情况", "own")))
    blocks = tuple(Paragraph(t) for t in ("六、其他需要报告的事项", "无。", "七、本县另有情况。有。"))
    parts = sections.parts_of(own, Document("html", blocks), ())
    assert (under(parts, "other_matters"), under(parts, "own")) == (["无。"], ["有。"])


def test_a_misspelt_heading_is_known_only_with_its_number():
    assert [h.exact for h in divided("五、存在的主要问题及改进倩况", "x").headed] == [False]
    assert divided("存在的主要问题及改进倩况", "x").headed == ()


def test_of_a_menu_and_a_heading_the_heading_counts():
    parts = divided(
        "总体情况", "其他需要报告的事项", "首页", "一、总体情况", "全年公开94条。", "六、其他需要报告的事项", "无。"
    )
    assert [h.at for h in parts.headed] == [3, 5]
    assert under(parts, "overview") == ["全年公开94条。"]


@pytest.mark.parametrize(
    "text",
    ["【打印本页】【关闭窗口】", "打印", "上一篇：甲镇年报", "来源：县政府办", "Copyright 2026", "闽ICP备12345号",
     "扫一扫在手机打开当前页",
     "主办单位：某县人民政府", "责任编辑：张三", "当前位置：首页"],
)  # fmt: skip
def test_what_a_site_puts_under_a_report_is_no_part_of_it(text):
    site = divided("六、其他需要报告的事项", "无。", text, "友情链接")
    assert under(site, "other_matters") == ["无。"]
    word = divided("六、其他需要报告的事项", "无。", text, kind="docx")
    assert under(word, "other_matters") == ["无。", text]


def test_what_a_site_puts_over_a_report_is_left_out_line_by_line():
    parts = divided("当前位置：首页", "永平镇年报", "字号：大 中 小", "引言。", "一、总体情况", "x")
    assert [p.text for p in parts.lead] == ["永平镇年报", "引言。"]


def test_a_text_file_of_a_page_is_freed_of_what_stands_around_the_report_too():
    parts = divided("当前位置：首页", "引言。", "六、其他需要报告的事项", "无。", "打 印 本 页", "x", kind="txt")
    assert ([p.text for p in parts.lead], under(parts, "other_matters")) == (["引言。"], ["无。"])


@pytest.mark.parametrize(("length", "kept"), [(600, 1), (601, 3)])
def test_a_paragraph_longer_than_six_hundred_characters_is_no_furniture(length, kept):
    parts = divided("六、其他需要报告的事项", "无。", "来源：" + "长" * (length - 3), "后文。")
    assert len(under(parts, "other_matters")) == kept


@pytest.mark.parametrize("text", ["- 3 -", "3", "第3页", "第 3 页 共 12 页", "—12—"])
def test_page_numbers_are_no_text(text):
    assert under(divided("一、总体情况", "a。", text, "b。", kind="pdf"), "overview") == ["a。", "b。"]


def test_only_what_stands_in_the_same_container_as_the_report_is_its_text():
    inside, outside = (0, 1), (0, 2)
    blocks = [("侧栏", outside), ("一、总体情况", inside), ("a。", inside),
              ("六、其他需要报告的事项", inside), ("无。", inside),
              ("页脚", outside)]  # fmt: skip
    document = Document("docx", tuple(Paragraph(t, "", (*p, i)) for i, (t, p) in enumerate(blocks)))
    parts = sections.parts_of(EDITION, document, ())
    assert (parts.lead, under(parts, "other_matters")) == ((), ["无。"])


@pytest.mark.parametrize(
    ("first", "last", "kept"),
    [((0, 1, 2), (0, 1, 5), {(0, 1, 3), (0, 1, 2)}), ((0, 1, 2), (0, 3, 2), {(0, 1, 3), (0, 1, 2), (0, 4)}),
     ((0, 1, 2), (1, 1, 2), {(0, 1, 3), (0, 1, 2), (0, 4), (2,)}), ((0, 1, 2), (0, 1, 2), {(0, 1, 3), (0, 1, 2)}),
     ((0,), (0,), {(0, 1, 3), (0, 1, 2), (0, 4), (2,)})],
)  # fmt: skip
def test_the_innermost_container_of_all_headings_bounds_the_text(first, last, kept):
    heads = [Paragraph("一、总体情况", "", first), Paragraph("六、其他需要报告的事项", "", last)]
    texts = [Paragraph(str(p), "", p) for p in [(0, 1, 3), (0, 1, 2), (0, 4), (2,)]]
    parts = sections.parts_of(EDITION, Document("docx", (*heads, *texts)), ())
    assert under(parts, "other_matters") == [str(t.path) for t in texts if t.path in kept]


def test_the_tables_of_the_report_bound_its_text_too():
    grid = Grid((GridCell(0, 0, 1, 1, "1"),), path=(0, 2))
    blocks = (Paragraph("一、总体情况", "", (0, 1)), grid, Paragraph("a。", "", (0, 3)), Paragraph("b。", "", (1, 1)))
    assert under(sections.parts_of(EDITION, Document("html", blocks), (grid,)), "overview") == ["a。"]
