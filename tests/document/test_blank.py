"""The template's tables are those of the issued blank, as drawn by its facts and, where it is at hand, itself."""

import pytest
from docx.oxml.ns import qn

from nianbao.document import build_template
from nianbao.form import CellKind, load_edition, plain
from office import SHARED
from real import drawn
from word import opened, rows, widths

EDITIONS = ("2021", "2019", "wuping-2022")


def heights(table):
    """The least height of each row in twips, 0 where it is as high as its text."""
    said = [row.find(f"{qn('w:trPr')}/{qn('w:trHeight')}") for row in table._tbl.findall(qn("w:tr"))]
    return [0 if x is None else int(x.get(qn("w:val"))) for x in said]


@pytest.fixture(scope="module")
def template():
    return opened(build_template(load_edition("2021")))


ISSUED = SHARED / "official" / "blank-2021.docx"


@pytest.fixture(scope="module", params=[drawn, lambda: ISSUED] if ISSUED.exists() else [drawn])
def blank(request):
    return opened(request.param())


@pytest.mark.parametrize("index", [0, 1, 2], ids=["表二", "表三", "表四"])
def test_a_table_has_the_spans_merges_and_labels_of_the_issued_blank_cell_by_cell(template, blank, index):
    expected = [[c[:4] for c in row] for row in rows(blank.tables[index])]
    found = [[(*c[:3], "" if c.text.startswith("{{") else c.text) for c in row] for row in rows(template.tables[index])]
    assert expected == found


@pytest.mark.parametrize("index", [0, 1, 2], ids=["表二", "表三", "表四"])
def test_labels_are_aligned_as_in_the_issued_blank(template, blank, index):
    pairs = [
        (was, now)
        for ours, theirs in zip(rows(template.tables[index]), rows(blank.tables[index]), strict=True)
        for now, was in zip(ours, theirs, strict=True)
        if was.text
    ]
    assert [(was.text, was.align) for was, _ in pairs] == [(now.text, now.align) for _, now in pairs]


@pytest.mark.parametrize("index", [0, 1, 2], ids=["表二", "表三", "表四"])
def test_no_row_is_made_higher_than_in_the_issued_blank(template, blank, index):
    ours, theirs = heights(template.tables[index]), heights(blank.tables[index])
    assert [a for a, b in zip(ours, theirs, strict=True) if a > b] == []


@pytest.mark.parametrize("index", [0, 1, 2], ids=["表二", "表三", "表四"])
def test_column_widths_keep_the_blanks_proportion_within_two_percent(template, blank, index):
    theirs, ours = widths(blank.tables[index]), widths(template.tables[index])
    assert sum(ours) == 8844
    expected = [x / sum(theirs) for x in theirs]
    assert expected == pytest.approx([x / sum(ours) for x in ours], rel=0.02)


def test_table_three_has_its_figures_spans_and_repeating_header_without_the_blank_at_hand(template):
    table = template.tables[1]
    read = rows(table)
    assert len(read) == 28
    assert [c[:4] for c in read[0]] == [
        (0, 3, "restart", "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"),
        (3, 7, "", "申请人情况"),
    ]
    assert [c.text for c in read[2] if c.text] == ["商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他"]
    assert [c[:3] for c in read[5][:2]] == [(0, 1, "restart"), (1, 2, "")]
    headers = [r for r in table._tbl.findall(qn("w:tr")) if r.find(f".//{qn('w:tblHeader')}") is not None]
    assert len(headers) == 3


@pytest.mark.parametrize("name", EDITIONS)
def test_every_table_prints_each_cell_of_its_edition_once(name):
    edition = load_edition(name)
    tables = opened(build_template(edition)).tables
    printed = [edition.table[s.table] for s in edition.sections if s.table]
    assert [len(t.heights) for t in printed] == [len(t.rows) for t in tables]
    for table, shown in zip(printed, tables, strict=True):
        labels = [plain(c.text) for c in table.cells if c.kind is not CellKind.VALUE]
        tags = ["{{ " + ".".join((table.word, *v.words)) + " }}" for v in table.values]
        found = [c.text for row in rows(shown) for c in row if c.down != "continue"]
        assert sorted(labels + tags) == sorted(found)


@pytest.mark.parametrize("name", EDITIONS)
def test_no_row_splits_and_no_table_lets_go_of_its_rows(name):
    for table in opened(build_template(load_edition(name))).tables:
        for i, row in enumerate(table._tbl.findall(qn("w:tr"))):
            assert row.find(f".//{qn('w:cantSplit')}") is not None
            last = i == len(table.rows) - 1
            kept = [p.find(f".//{qn('w:keepNext')}") is not None for p in row.iter(qn("w:p"))]
            assert kept == [not last] * len(kept)


def test_bands_are_filled_and_the_notes_are_in_kaiti(template):
    bands = template.tables[0]._tbl.iter(qn("w:shd"))
    assert [b.get(qn("w:fill")) for b in bands] == ["C6D9F1"] * 4
    notes = [
        r.find(qn("w:t")).text
        for r in template.tables[1]._tbl.iter(qn("w:r"))
        if r.find(f".//{qn('w:rStyle')}") is not None
    ]
    assert notes == [
        "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）",
        "（区分处理的，只计这一情形，不计其他情形）",
    ]
    assert template.styles["表格说明文字"].element.rPr.rFonts.get(qn("w:eastAsia")) == "楷体"


def test_every_style_names_its_font_for_chinese_and_latin_text(template):
    fonts = {}
    for style in template.styles:
        element = style.element.find(f"{qn('w:rPr')}/{qn('w:rFonts')}")
        if element is not None:
            slots = {element.get(qn(f"w:{slot}")) for slot in ("ascii", "hAnsi", "eastAsia", "cs")}
            fonts[style.name] = slots.pop() if len(slots) == 1 else slots
    assert fonts == {
        "报告标题": "方正小标宋简体",
        "正文段落": "仿宋_GB2312",
        "一级标题": "黑体",
        "二级标题": "楷体_GB2312",
        "三级标题": "仿宋_GB2312",
        "四级标题": "仿宋_GB2312",
        "落款": "仿宋_GB2312",
        "表格文字": "宋体",
        "表格数字": "宋体",
        "页码（单页）": "宋体",
        "页码（双页）": "宋体",
        "草稿标记": "黑体",
        "模板标签": "宋体",
        "二级标题文字": "楷体_GB2312",
        "表格说明文字": "楷体",
    }


def test_every_style_keeps_marks_off_the_ends_of_lines_and_sets_quotation_marks_as_chinese(template):
    for style in (s.element for s in template.styles if s.element.get(qn("w:customStyle"))):
        properties = style.find(qn("w:pPr"))
        if properties is not None:
            assert [properties.find(qn(f"w:{x}")).get(qn("w:val")) for x in ("kinsoku", "overflowPunct")] == ["1", "1"]
        assert style.find(f"{qn('w:rPr')}/{qn('w:rFonts')}").get(qn("w:hint")) == "eastAsia"


def test_fonts_that_are_missing_have_a_named_substitute_and_none_is_embedded(template):
    table = next(p for p in template.part.package.parts if p.partname == "/word/fontTable.xml").blob.decode()
    assert '<w:font w:name="仿宋_GB2312"><w:altName w:val="仿宋,FangSong"/>' in table
    assert '<w:font w:name="楷体_GB2312"><w:altName w:val="楷体,KaiTi"/>' in table
    assert '<w:font w:name="方正小标宋简体"><w:altName w:val="小标宋,宋体"/>' in table
    assert "embed" not in table


def test_the_page_is_the_official_one(template):
    section = template.sections[0]
    millimetres = [
        round(x.mm, 1)
        for x in (section.page_width, section.page_height, section.top_margin, section.right_margin,
                  section.bottom_margin, section.left_margin)
    ]  # fmt: skip
    assert millimetres == [210.0, 297.0, 37.0, 26.0, 35.0, 28.0]
    assert template.settings.odd_and_even_pages_header_footer
    assert [p.text for p in section.footer.paragraphs] == ["—  —"]
