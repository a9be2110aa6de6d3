"""What a hand edit moved away from the official page is told with its place; the same look written anew is not."""

import copy
import re
from dataclasses import replace
from functools import cache

import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Mm, Pt

import office
import word_edits as edits
from nianbao import document
from nianbao.demo import sample
from nianbao.document import looks
from nianbao.document.looks import faces
from nianbao.verdicts import Unjudged
from rows import some
from word_edits import of, opened, paragraphs, part, runs, section, set_

TEXT, HEADING, TITLE, SIGNATURE = "正文段落", "一级标题", "报告标题", "落款"
LEFT, CENTER = WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.CENTER
FIRST, SECOND = "总体情况 第1段", "总体情况 第3段"
"""The seventh and eighth paragraphs of the style; the second of the section is a heading."""

WHOLE = "整个文档"
ALL = 99


@cache
def made():
    """The sample's report, dated, as made by the program."""
    reading = sample()
    report = replace(reading.report, body={**reading.report.body, "signed_on": "2023-01-12"})
    return reading.edition, report, document.template_for(reading.edition).render(report)


def found(data, standard=None, name="标准"):
    """What is told of a document made from the sample: rule, place, what."""
    edition, report, own = made()
    seen = looks.opened(data)
    assert seen is not None
    told = looks.compare(seen, looks.LookStandard(standard or own, edition, report, name))
    assert all(isinstance(x, Unjudged) or not x.blocks for x in told)
    return [x if isinstance(x, Unjudged) else (x.rule, x.where, x.what) for x in told]


def page(tag):
    """Put this before the grid of the last section's page."""
    return part(edits.BODY, lambda x: x.replace("<w:docGrid", f"{tag}<w:docGrid"))


def has(**values):
    return lambda run: [setattr(run.font, k, v) for k, v in values.items()]


def body_style(before, after):
    """Change the style of the body's paragraphs."""

    def change(xml):
        at = xml.index('<w:name w:val="正文段落"/>')
        end = xml.index("</w:style>", at)
        return xml[:at] + xml[at:end].replace(before, after) + xml[end:]

    return part(edits.STYLES, change)


WORDS = "透明度"
EDITS = {
    "font": (of(TEXT, runs(edits.font("宋体")), 6), [("V6", FIRST, "字体是宋体，标准是仿宋_GB2312")]),
    "font of the Chinese alone": (
        of(TEXT, runs(edits.font("宋体", slots=("eastAsia",))), 6),
        [("V6", FIRST, "字体是宋体，标准是仿宋_GB2312")],
    ),
    "font of two": (
        of(TEXT, runs(edits.font("微软雅黑")), 6, 8),
        [("V6", f"{FIRST}、第3段", "字体是微软雅黑，标准是仿宋_GB2312")],
    ),
    "font of neighbours": (
        of(TEXT, runs(edits.font("宋体")), 2, 5),
        [("V6", "联系方式 第1段到第3段", "字体是宋体，标准是仿宋_GB2312")],
    ),
    "font of digits": (
        of(TEXT, runs(edits.font("Arial", slots=("ascii", "hAnsi"))), 6),
        [("V6", FIRST, "数字和字母的字体是Arial，标准是仿宋_GB2312")],
    ),
    "size": (of(TEXT, runs(edits.size(14)), 7), [("V6", SECOND, "字号是四号，标准是三号")]),
    "odd size": (of(TEXT, runs(edits.size(17)), 7), [("V6", SECOND, "字号是17磅，标准是三号")]),
    "size of all text": (
        of(TEXT, runs(edits.size(15)), 0, ALL),
        [("V6", "正文全部16段", "字号是小三，标准是三号")],
    ),
    "size in the style": (
        body_style('<w:sz w:val="32"/>', '<w:sz w:val="28"/>'),
        [("V6", "正文全部16段", "字号是四号，标准是三号")],
    ),
    "colour of words": (of(TEXT, runs(edits.red, WORDS), 6), [("V6", FIRST, "“透明度”的颜色是红色，标准是黑色")]),
    "bold words": (of(TEXT, runs(has(bold=True), WORDS), 6), [("V6", FIRST, "“透明度”是粗体，标准不是")]),
    "italics": (of(TEXT, runs(has(italic=True)), 6), [("V6", FIRST, "是斜体，标准不是")]),
    "underline": (of(TEXT, runs(has(underline=True)), 6), [("V6", FIRST, "有下划线，标准没有")]),
    "marker": (
        of(TEXT, runs(edits.run_property('<w:highlight w:val="yellow"/>'), WORDS), 6),
        [("V6", FIRST, "“透明度”的底色是黄色，标准没有")],
    ),
    "shading of a page": (
        of(TEXT, runs(edits.run_property('<w:shd w:val="clear" w:fill="F5F5F5"/>')), 6),
        [("V6", FIRST, "底色是浅灰色，标准没有")],
    ),
    "letters apart": (
        of(TEXT, runs(edits.run_property('<w:spacing w:val="20"/>')), 6),
        [("V6", FIRST, "字间距是加宽1磅，标准是标准间距")],
    ),
    "narrow letters": (
        of(TEXT, runs(edits.run_property('<w:w w:val="80"/>')), 6),
        [("V6", FIRST, "字符缩放是80%，标准是100%")],
    ),
    "ragged": (of(TEXT, set_("alignment", LEFT), 6), [("V7", FIRST, "对齐方式是左对齐，标准是两端对齐")]),
    "centred heading": (
        of(HEADING, set_("alignment", CENTER)),
        [("V7", "标题“一、总体情况”", "对齐方式是居中，标准是两端对齐")],
    ),
    "no indent": (
        of(TEXT, edits.no_indent, 6, 8),
        [("V7", f"{FIRST}、第3段", "没有首行缩进，标准是2字")],
    ),
    "indent and blanks": (
        of(TEXT, lambda p: setattr(p.runs[1], "text", f"　　{p.runs[1].text}"), 6),
        [("V7", FIRST, "首行缩进是4字（其中空格2字），标准是2字")],
    ),
    "lines further apart": (
        of(TEXT, set_("line_spacing", 1.5), 6),
        [("V7", FIRST, "行距是1.5倍行距，标准是固定值28.9磅")],
    ),
    "29 points": (
        body_style('w:line="578"', 'w:line="580"'),
        [],
    ),
    "28 points": (
        body_style('w:line="578"', 'w:line="560"'),
        [("V7", "正文全部16段", "行距是固定值28磅，标准是固定值28.9磅")],
    ),
    "space before": (of(TEXT, set_("space_before", Pt(12)), 6), [("V7", FIRST, "段前间距是12磅，标准是0磅")]),
    "left indent": (of(TEXT, set_("left_indent", Pt(32)), 6), [("V7", FIRST, "左缩进是2字，标准没有")]),
    "empty line": (of(TEXT, edits.blank_before, 7), [("V7", SECOND, "上面的空行是1行，标准没有")]),
    "pasted without style": (
        of(TEXT, edits.to_normal, 6),
        [
            (
                "V7",
                FIRST,
                "对齐方式是左对齐，标准是两端对齐；没有首行缩进，标准是2字；行距是单倍行距，标准是固定值28.9磅",
            )
        ],
    ),
    "pasted from a page": (
        of(TEXT, edits.pasted, 6),
        [
            ("V6", FIRST, "字体是宋体，标准是仿宋_GB2312；字号是小四，标准是三号；颜色是灰色，标准是黑色"),
            (
                "V7",
                FIRST,
                "对齐方式是左对齐，标准是两端对齐；没有首行缩进，标准是2字；行距是1.5倍行距，标准是固定值28.9磅",
            ),
        ],
    ),
    "title's font": (
        of(TITLE, runs(edits.font("黑体")), 0, ALL),
        [("V6", "标题", "字体是黑体，标准是方正小标宋简体")],
    ),
    "title's size": (of(TITLE, runs(edits.size(18)), 1), [("V6", "标题 第2行", "字号是小二，标准是二号")]),
    "title flush left": (
        of(TITLE, set_("alignment", LEFT), 0, ALL),
        [("V7", "标题", "对齐方式是左对齐，标准是居中")],
    ),
    "headings' font": (
        of(HEADING, runs(edits.font("楷体")), 0, ALL),
        [("V6", "各部分的标题（7个）", "字体是楷体，标准是黑体")],
    ),
    "bold heading": (
        of(HEADING, runs(has(bold=True)), 1),
        [("V6", "标题“二、主动公开政府信息情况”", "是粗体，标准不是")],
    ),
    "numbers of Word's own": (edits.numbered, [("V7", "标题“一、总体情况”", "编号是自动编号，标准是打出来的")]),
    "signature": (
        of(SIGNATURE, set_("alignment", CENTER), 0, ALL),
        [("V7", "落款单位、成文日期", "对齐方式是居中，标准是左对齐")],
    ),
    "signature flush right": (
        of(SIGNATURE, edits.from_the_right(0)),
        [("V7", "落款单位", "对齐方式是右对齐，标准是左对齐；没有首行缩进，标准是19字（其中空格19字）")],
    ),
    "date without blanks": (
        of(SIGNATURE, edits.no_blanks, 1),
        [("V7", "成文日期", "没有首行缩进，标准是21字（其中空格21字）")],
    ),
    "text kept off the right": (
        of(TEXT, set_("right_indent", Pt(32)), 6),
        [("V7", FIRST, "右缩进是2字，标准没有")],
    ),
    "top margin": (section(top_margin=Cm(2.54)), [("V4", WHOLE, "页边距是上25.4毫米，标准是上37毫米")]),
    "margins": (
        section(top_margin=Cm(2.54), bottom_margin=Cm(2.54), left_margin=Cm(3.18), right_margin=Cm(3.18)),
        [
            (
                "V4",
                WHOLE,
                "页边距是上25.4毫米、下25.4毫米、左31.8毫米、右31.8毫米，标准是上37毫米、下35毫米、左28毫米、右26毫米",
            )
        ],
    ),
    "paper": (
        section(page_width=Mm(215.9), page_height=Mm(279.4)),
        [("V4", WHOLE, "纸张是Letter（215.9毫米×279.4毫米），标准是A4（210毫米×297毫米）")],
    ),
    "lying section": (
        opened(edits.landscape_from),
        [
            ("V4", "第1节（从“永平镇人民政府”起）", "纸张是A4横向（297毫米×210毫米），标准是A4（210毫米×297毫米）"),
            ("V5", "第1节（从“永平镇人民政府”起）", "没有页码，标准有"),
        ],
    ),
    "columns": (page('<w:cols w:num="2"/>'), [("V4", WHOLE, "分栏是2栏，标准是1栏")]),
    "page border": (
        page('<w:pgBorders><w:top w:val="single" w:sz="4"/></w:pgBorders>'),
        [("V4", WHOLE, "有页面边框，标准没有")],
    ),
    "header": (opened(edits.header_text), [("V4", WHOLE, "页眉有“武平县政府信息公开”，标准没有")]),
    "header's line": (opened(edits.header_line), [("V4", WHOLE, "页眉有一条横线，标准没有")]),
    "no number": (edits.footers(edits.emptied), [("V5", WHOLE, "没有页码，标准有")]),
    "typed number": (edits.footers(edits.typed_number), [("V5", WHOLE, "页码是打上去的字，不随页变，标准有")]),
    "words about the number": (
        edits.footers(edits.with_words),
        [("V5", WHOLE, "页码的样子是“第1页”，标准是“—1—”")],
    ),
    "number in the middle": (
        edits.footers(set_("alignment", CENTER)),
        [("V5", WHOLE, "单页页码的位置是居中，标准是右边；双页页码的位置是居中，标准是左边")],
    ),
    "number in a box in the middle": (
        edits.number_boxed("center"),
        [("V5", WHOLE, "单页页码的位置是居中，标准是右边；双页页码的位置是居中，标准是左边")],
    ),
    "number framed in the middle": (
        edits.footers(edits.in_a_frame("center")),
        [("V5", WHOLE, "单页页码的位置是居中，标准是右边；双页页码的位置是居中，标准是左边")],
    ),
    "even pages like odd ones": (
        part(edits.SETTINGS, lambda x: x.replace("<w:evenAndOddHeaders/>", "")),
        [("V5", WHOLE, "双页页码的位置是右边，标准是左边")],
    ),
    "first page without": (page("<w:titlePg/>"), [("V5", WHOLE, "没有首页页码，标准有")]),
    "number's font": (
        edits.number_runs(edits.font("Arial")),
        [("V5", WHOLE, "页码的字体是Arial，标准是宋体")],
    ),
    "number's size": (edits.number_runs(edits.size(10.5)), [("V5", WHOLE, "页码的字号是五号，标准是四号")]),
    "first number": (page('<w:pgNumType w:start="5"/>'), [("V5", WHOLE, "起始页码是5，标准是1")]),
    "Roman numbers": (
        page('<w:pgNumType w:fmt="upperRoman"/>'),
        [("V5", WHOLE, "页码的写法是I、II、III，标准是1、2、3")],
    ),
    "number lower": (
        part(edits.BODY, lambda x: x.replace('w:footer="1446"', 'w:footer="850"')),
        [("V5", WHOLE, "页码离纸边的距离是15毫米，标准是25.5毫米")],
    ),
    "table too wide": (
        edits.table(1, edits.wider(1.2)),
        [("V8", "表三", "宽度是187.2毫米，超出版心，标准是156毫米")],
    ),
    "table too narrow": (
        edits.table(1, edits.wider(0.8)),
        [("V8", "表三", "宽度是124.8毫米，标准是156毫米")],
    ),
    "border dragged": (
        edits.table(0, edits.dragged),
        [("V8", "表二", "第1栏的宽度是49毫米，标准是39毫米")],
    ),
    "table moved": (edits.table(1, edits.moved), [("V8", "表三", "位置是向右偏10毫米，标准是居中")]),
    "table without lines": (
        edits.table(1, edits.without_lines),
        [("V8", "表三", "框线有缺（各行），标准是齐全")],
    ),
    "font of a table": (
        edits.table(0, edits.cells(edits.font("微软雅黑"))),
        [("V6", "表二各格", "字体是微软雅黑，标准是宋体")],
    ),
    "figure": (
        edits.table(1, edits.cell(4, 3, edits.red)),
        [("V6", "表三（自然人·上年结转）", "颜色是红色，标准是黑色")],
    ),
    "row of a table": (
        edits.table(0, lambda t: [edits.red(r) for c in t.rows[2].cells for p in c.paragraphs for r in p.runs]),
        [("V6", "表二第3行（4格）", "颜色是红色，标准是黑色")],
    ),
}


@pytest.mark.parametrize("name", some(EDITS, 3))
def test_a_hand_edit_is_told_once_with_its_place(name):
    edit, told = EDITS[name]
    assert found(edit(made()[2])) == told


def test_space_that_is_left_to_the_program_is_told_by_its_size():
    def automatic(paragraph):
        set_("space_before", Pt(0))(paragraph)
        paragraph._p.pPr.find(qn("w:spacing")).set(qn("w:beforeAutospacing"), "1")

    assert found(of(TEXT, automatic, 6)(made()[2])) == [("V7", FIRST, "段前间距是14磅，标准是0磅")]


def joined(style, first):
    """Two paragraphs of a style made one, with a line break, as Shift+Enter does."""

    def change(opened_):
        one, other = paragraphs(opened_, style)[first : first + 2]
        one.add_run().add_break()
        for run in list(other.runs):
            one._p.append(run._r)
        other._p.getparent().remove(other._p)

    return opened(change)


def broken(paragraph):
    """Enter in the middle of a paragraph."""
    last = paragraph.runs[-1]
    words = last.text
    other = copy.deepcopy(paragraph._p)
    paragraph._p.addnext(other)
    last.text = words[:20]
    *gone, kept = other.findall(qn("w:r"))
    for run in gone:
        other.remove(run)
    kept.find(qn("w:t")).text = words[20:]


def numbered_by(sign):
    """The page's number by this instead of a simple field."""

    def change(xml):
        return re.sub("<w:fldSimple.*</w:fldSimple>", f"<w:r>{sign}</w:r>", xml)

    return lambda data: part("word/footer2.xml", change)(part("word/footer1.xml", change)(data))


FIELD = '<w:fldChar w:fldCharType="begin"/><w:instrText> PAGE </w:instrText><w:fldChar w:fldCharType="end"/>'


def grid_in_two(one):
    first = one._tbl.tblGrid.findall(qn("w:gridCol"))[0]
    half = int(first.get(qn("w:w"))) // 2
    first.set(qn("w:w"), str(int(first.get(qn("w:w"))) - half))
    first.addnext(parse_xml(f'<w:gridCol {nsdecls("w")} w:w="{half}"/>'))


TOGETHER = (
    "left indent", "numbers of Word's own", "columns", "page border", "header's line", "words about the number",
    "number's font", "number's size", "Roman numbers", "number lower", "border dragged", "table without lines",
    "font of a table",
)  # fmt: skip


def test_hand_edits_made_together_are_each_told():
    data = made()[2]
    for name in TOGETHER:
        data = EDITS[name][0](data)
    data = of(TEXT, set_("right_indent", Pt(32)), 7)(data)
    data = edits.number_runs(edits.red)(data)
    data = edits.number_runs(has(bold=True))(data)
    data = opened(edits.header_picture)(data)
    told = found(data)
    expected = [one for name in TOGETHER for one in EDITS[name][1] if name not in ("header's line", "font of a table")]
    expected += [
        ("V7", SECOND, "右缩进是2字，标准没有"), ("V5", WHOLE, "页码的颜色是红色，标准是黑色"),
        ("V5", WHOLE, "有粗体的页码，标准没有"), ("V4", WHOLE, "图片或水印、一条横线"),
        ("V6", "表二各格", "字体是微软雅黑"),
    ]  # fmt: skip
    for rule, where, what in expected:
        assert [w for r, p, w in told if (r, p) == (rule, where) and what in w], (what, told)


def moved_in(paragraph):
    paragraph.paragraph_format.right_indent = Pt(56)


def test_a_number_further_in_one_nobody_can_place_and_one_for_all_pages():
    told = found(edits.footers(moved_in)(made()[2]))
    assert told == [("V5", WHOLE, "单页页码离版心边的距离是空4字，标准是空1字")]
    assert found(edits.number_boxed("")(made()[2])) == []
    edit, expected = EDITS["even pages like odd ones"]
    assert found(edit(made()[2])) == expected


def test_many_places_are_counted_and_whole_rows_named():
    def change(one):
        for row in (4, 6, 8, 10, 12, 14, 16, 18):
            edits.cell(row, 3, edits.red)(one)

    (told,) = found(edits.table(1, change)(made()[2]))
    assert told[1].endswith("等8处")
    assert told[1].count("、") == 5
    name = "row of a table"
    assert found(EDITS[name][0](made()[2])) == EDITS[name][1]


SAME = {
    "a paragraph broken in two": of(TEXT, broken, 6),
    "a sign in place of a figure": edits.table(1, lambda t: setattr(t.cell(4, 3).paragraphs[0].runs[0], "text", "／")),
    "the number's field without a result": numbered_by(FIELD),
    "the number by Word's oldest sign": numbered_by("<w:pgNum/>"),
    "a column of the grid in two": edits.table(1, grid_in_two),
    "title in one paragraph": joined(TITLE, 0),
    "paragraphs joined": joined(TEXT, 2),
    "number in a box outside": edits.number_boxed("outside"),
    "number in an old box outside": edits.number_boxed("outside", old=True),
    "nothing": lambda data: data,
    "as WPS writes it": lambda data: body_style('w:firstLine="630"', 'w:firstLine="640"')(
        part(
            edits.BODY,
            lambda x: x.replace(
                '<w:docGrid w:linePitch="312"/>',
                '<w:cols w:space="425" w:num="1"/><w:docGrid w:type="lines" w:linePitch="312" w:charSpace="0"/>',
            ),
        )(data)
    ),
    "as Word writes it": edits.word_like,
    "another name of the font": of(TEXT, runs(edits.font("FangSong")), 0, ALL),
    "digits in Times": of(TEXT, runs(edits.font("Times New Roman", slots=("ascii", "hAnsi"))), 0, ALL),
    "black spelled out": of(TEXT, runs(lambda r: setattr(r.font.color, "rgb", edits.BLACK)), 0, ALL),
    "no bold spelled out": of(TEXT, runs(has(bold=False, italic=False, underline=False)), 0, ALL),
    "blanks for the indent": of(TEXT, edits.typed_indent, 6),
    "indent in twips": body_style('w:firstLineChars="200" ', ""),
    "date moved by an indent": of(SIGNATURE, edits.indented, 1),
    "name from the right": of(SIGNATURE, edits.from_the_right(2)),
    "short heading kept off the right": of(HEADING, set_("right_indent", Pt(32))),
    "short heading flush left": of(HEADING, set_("alignment", LEFT), 0, ALL),
    "margin within the millimetre": section(top_margin=Mm(36.2)),
    "number framed outside": edits.footers(edits.in_a_frame("outside")),
    "dashes of another kind": edits.footers(lambda p: setattr(p.runs[0], "text", "－ ")),
}


@pytest.mark.parametrize("way", SAME)
def test_the_same_look_written_another_way_is_not_told(way):
    assert found(SAME[way](made()[2])) == []


@pytest.mark.office
@pytest.mark.parametrize("way", some(["doc docx", "docx", "odt docx"], 3))
def test_what_libreoffice_saves_anew_has_nothing_to_tell_but_what_was_edited(way, tmp_path):
    plain, edited = tmp_path / "原样.docx", tmp_path / "改过.docx"
    plain.write_bytes(made()[2])
    changes = ("font", "lines further apart", "top margin", "title's size", "figure", "no number", "bold words")
    data = made()[2]
    for name in changes:
        data = EDITS[name][0](data)
    edited.write_bytes(data)
    told = found(data)
    paths = [plain, edited]
    for i, kind in enumerate(way.split()):
        paths = office.convert_all(paths, kind, tmp_path / str(i))
    assert found(paths[0].read_bytes()) == []
    assert found(paths[1].read_bytes()) == told
    assert len(told) >= len(changes) - 1


def test_what_follows_from_a_change_is_not_told_beside_it():
    """A smaller size moves an indent in twips, other margins leave a table too wide."""
    smaller = body_style('w:firstLineChars="200" ', "")(made()[2])
    assert found(of(TEXT, runs(edits.size(12)), 6)(smaller)) == [("V6", FIRST, "字号是小四，标准是三号")]
    wide = section(left_margin=Mm(40), right_margin=Mm(40))(made()[2])
    assert [(rule, where) for rule, where, _ in found(wide)] == [("V4", WHOLE)]


def test_a_document_of_another_template_is_said_to_be_one_and_not_taken_apart():
    other = opened(lambda d: [edits.pasted(p) for p in d.paragraphs])(made()[2])
    (rule, where, what), unjudged = found(other)
    assert (rule, where) == ("V9", WHOLE)
    assert "像是用别的模板做的" in what
    assert isinstance(unjudged, Unjudged)


def test_a_document_of_other_words_is_not_judged():
    other = opened(lambda d: [setattr(p.runs[0], "text", f"另一件事{i}") or [setattr(r, "text", "") for r in p.runs[1:]]
                              for i, p in enumerate(d.paragraphs) if p.runs])  # fmt: skip
    assert found(other(made()[2])) == [Unjudged("文档的文字与填报表大多对不上")]
    assert looks.opened(b"PK") is None


def test_an_own_template_is_what_its_documents_are_compared_with():
    own = body_style('<w:sz w:val="32"/>', '<w:sz w:val="30"/>')(made()[2])
    assert found(own, own, "模板") == []
    assert found(made()[2], own, "模板") == [("V6", "正文全部16段", "字号是三号，模板是小三")]


def test_how_wide_a_line_is_its_own_section_says():
    """Text of one line looks the same flush left and justified; whether it is one depends on the page."""
    narrow = section(left_margin=Mm(60), right_margin=Mm(50))(made()[2])
    wide = section(page_width=Mm(420))(made()[2])
    contact, address = (of(TEXT, lambda p: setattr(p, "alignment", LEFT), n) for n in (1, 3))
    differs = "对齐方式是左对齐，模板是两端对齐"
    assert found(address(made()[2]), name="模板") == []
    assert found(address(narrow), narrow, "模板") == [("V7", "联系方式 第2段", differs)]
    assert [what for _, _, what in found(contact(made()[2]), name="模板")] == [differs]
    assert found(contact(wide), wide, "模板") == []
    assert [rule for rule, _, _ in found(address(narrow))] == ["V4"], "the margins, not what follows from them"


def test_the_key_of_a_figure_is_told_with_it():
    edition, report, own = made()
    seen = looks.opened(edits.table(1, edits.cell(4, 3, edits.red))(own))
    (one,) = looks.compare(seen, looks.LookStandard(own, edition, report))
    assert one.cells == ("requests.pending_start.natural_person",)


def test_a_changed_word_keeps_the_look_it_should_have():
    """The words themselves are V2's business; a red word put in is told as red."""

    def put_in(paragraph):
        runs(lambda run: setattr(run, "text", "透明程度"), WORDS)(paragraph)
        edits.red(next(r for r in paragraph.runs if r.text == "透明程度"))

    assert found(of(TEXT, put_in, 6)(made()[2])) == [("V6", FIRST, "“透明程度”的颜色是红色，标准是黑色")]


@pytest.mark.parametrize(
    ("font", "face"),
    [("仿宋", "仿宋"), ("FangSong_GB2312", "仿宋"), ("STFangsong", "仿宋"), ("SimSun", "宋体"), ("NSimSun", "宋体"),
     ("@宋体", "宋体"), ("方正小标宋_GBK", "小标宋"), ("华文中宋", "华文中宋"), ("KaiTi", "楷体"), ("SimHei", "黑体"),
     ("微软雅黑", "微软雅黑"), ("等线", "等线")],
)  # fmt: skip
def test_a_face_has_many_names(font, face):
    assert faces.face(font) == face


def test_what_no_program_writes_is_judged_all_the_same():
    """No section at the end of the body, letters of no size, a page of no width."""
    odd = part(edits.BODY, lambda x: re.sub(r"<w:sectPr>.*</w:sectPr>", "", x))(made()[2])
    assert ("V5", WHOLE, "没有页码，标准有") in found(odd)
    odd = part(edits.BODY, lambda x: x.replace('<w:pgSz w:w="11906" w:h="16838"/>', '<w:pgSz w:w="0" w:h="x"/>'))
    assert {rule for rule, _, _ in found(odd(made()[2]))} == {"V4"}
    odd = of(TEXT, runs(edits.run_property('<w:sz w:val="0"/>')), 6)
    assert {where for _, where, _ in found(odd(made()[2]))} == {FIRST}


def test_a_document_of_thousands_of_paragraphs_is_not_compared():
    many = part(
        edits.BODY, lambda x: x.replace("<w:sectPr>", "<w:p><w:r><w:t>a</w:t></w:r></w:p>" * 2100 + "<w:sectPr>")
    )
    assert found(many(made()[2])) == [Unjudged("文档的段落太多")]
