"""A template is examined: each planted fault is found at its place, and the templates as shipped have none."""

import copy
import random
from collections.abc import Callable
from dataclasses import replace
from typing import NamedTuple

import pytest

import office
import real
import reports
from nianbao import resources
from nianbao.document import build_template, compile_template, differences, package
from nianbao.document.lint import annotate_template, check_template, nearest_edition
from nianbao.document.tags import tag
from nianbao.document.wml import R, paragraph, qn, run, serialise, w
from nianbao.errors import TemplateError
from nianbao.findings import Severity
from nianbao.form import edition_names, load_edition
from planting import Template, set_text, split, wrap
from rows import some

ERROR, EXPLAIN, HINT = Severity.ERROR, Severity.EXPLAIN, Severity.HINT
W_COMMENTS = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"


def shipped(edition: str) -> bytes:
    path = resources.template_path(edition, "report.docx")
    assert path
    return path.read_bytes()


class Planted(NamedTuple):
    """One fault: how it gets into a template, which rule finds it, and what place and message must say."""

    plant: Callable[[Template], None]
    rule: str
    place: str
    says: str
    edition: str = "2021"
    also: frozenset[str] = frozenset()
    """Rules that the same fault rightly breaks too."""


def renamed(was: str, now: str) -> Callable[[Template], None]:
    return lambda t: set_text(t.find(was), now)


def in_cell(table: int, row: int, column: int, text: str) -> Callable[[Template], None]:
    return lambda t: t.write(table, row, column, text)


def drop_row(table: int, row: int) -> Callable[[Template], None]:
    return lambda t: t.tables()[table - 1].remove(t.row(table, row))


def double_row(t: Template) -> None:
    t.row(1, 10).addnext(copy.deepcopy(t.row(1, 10)))
    for cell in t.row(1, 11):
        for p in cell.iter(qn("p")):
            set_text(p, "行政检查" if "行政" in "".join(p.itertext()) and "{{" not in "".join(p.itertext()) else "")


def drop_column(t: Template) -> None:
    for row in range(3, 29):
        place = (2, row, 5) if row >= 4 else (2, 3, 5)
        t.cell(*place).getparent().remove(t.cell(*place))


def swap(t: Template) -> None:
    t.write(2, 4, 4, "{{ 表三.上年结转.自然人 }}")
    t.write(2, 5, 4, "{{ 表三.本年新收.自然人 }}")


def bold_half(t: Template) -> None:
    split(t.find("{{ 落款.单位名称 }}"), 8, w("b"))


def half_in_link(t: Template) -> None:
    second = split(t.find("{{ 落款.单位名称 }}"), 8)
    wrap(second, w("hyperlink", anchor="x"))


def commented(t: Template) -> None:
    p = t.find("二、主动公开政府信息情况")
    p.insert(1, w("commentRangeStart", id=0))
    p.append(w("commentRangeEnd", id=0))
    p.append(w("r", w("commentReference", id=0)))
    one = w("comments", w("comment", w("p", run("请李主任看")), id=0, author="张三"))
    t.add("word/comments.xml", serialise(one), W_COMMENTS)
    t.relate("comments", "comments.xml", external=False)


def looks(text: str, *properties, part: str = "word/document.xml") -> Callable[[Template], None]:
    def plant(t: Template) -> None:
        for r in t.find(text, part).findall(qn("r")):
            if r.find(qn("rPr")) is None:
                r.insert(0, w("rPr"))
            r.find(qn("rPr")).extend(copy.deepcopy(list(properties)))

    return plant


def tracked(t: Template) -> None:
    (r,) = t.find("六、其他需要报告的事项").findall(qn("r"))
    wrap(r, w("ins", id=7, author="张三", date="2026-01-05T00:00:00Z"))


def deleted_row(t: Template) -> None:
    t.row(1, 4).find(qn("trPr")).append(w("del", id=8, author="张三", date="2026-01-05T00:00:00Z"))


def linked_picture(t: Template) -> None:
    own = t.relate("image", "file:///D:/公章.png")
    picture = w("r", w("pict"))
    picture[0].set(f"{{{R}}}link", own)
    t.find("一、总体情况").append(picture)


def web_link(t: Template) -> None:
    p = t.find("一、总体情况")
    link = wrap(p.find(qn("r")), w("hyperlink"))
    link.set(f"{{{R}}}id", t.relate("hyperlink", "https://www.example.gov.cn/"))


def attached(t: Template) -> None:
    own = t.relate("attachedTemplate", "file:///C:/Users/zhangsan/Normal.dotm", "word/settings.xml")
    element = w("attachedTemplate")
    element.set(f"{{{R}}}id", own)
    t.root("word/settings.xml").insert(0, element)


def quoting_field(t: Template) -> None:
    field = w("fldSimple", run("甲"), instr=' INCLUDETEXT "D:\\\\表.docx" ')
    t.find("一、总体情况").addnext(w("p", field))


def after(text: str, new: str) -> Callable[[Template], None]:
    return lambda t: t.find(text).addnext(paragraph("BodyParagraph", run(new)))


def text_elsewhere(t: Template) -> None:
    start = t.find("{%p for 段 in 存在的主要问题及改进情况 %}")
    everything = [p for p in t.body if p.tag == qn("p")]
    at = everything.index(start)
    for p in reversed(everything[at : at + 13]):
        t.find("六、其他需要报告的事项").addnext(p)


def loop_twice(t: Template) -> None:
    start = t.find("{%p for 行 in 联系方式 %}")
    for p in (start.getnext().getnext(), start.getnext(), start):
        start.getnext().getnext().addnext(copy.deepcopy(p))


def no_loop(t: Template) -> None:
    start = t.find("{%p for 行 in 联系方式 %}")
    for p in (start.getnext().getnext(), start.getnext(), start):
        t.body.remove(p)


def no_draft(t: Template) -> None:
    for part in ("word/header1.xml", "word/header2.xml"):
        set_text(t.find("{{ 草稿 }}", part), "")
    start = t.paragraphs()[0]
    for p in (start.getnext().getnext(), start.getnext(), start):
        t.body.remove(p)


def extra_table(t: Template) -> None:
    new = copy.deepcopy(t.tables()[3])
    for p in new.iter(qn("p")):
        set_text(p, "统计口径")
    t.find("七、其他需要报告的事项").addnext(new)


def merged_cells(t: Template) -> None:
    t.cell(1, 3, 3).getparent().remove(t.cell(1, 3, 4))
    t.cell(1, 3, 3).find(qn("tcPr")).insert(1, w("gridSpan", val=2))


def moved_section(t: Template) -> None:
    """The last section, heading and text, before the one before it."""
    everything = [p for p in t.body if p.tag == qn("p")]
    at = everything.index(t.find("六、其他需要报告的事项"))
    for p in everything[at : at + 14]:
        t.find("五、存在的主要问题及改进情况").addprevious(p)


def column_added(t: Template) -> None:
    for row in (3, 4):
        last = t.row(3, row).findall(qn("tc"))[-1]
        last.addnext(copy.deepcopy(last))
        for p in last.getnext().iter(qn("p")):
            set_text(p, "撤诉")


def shifted(t: Template) -> None:
    """A label over one column more, and what follows one farther on."""
    t.cell(1, 3, 1).find(qn("tcPr")).insert(1, w("gridSpan", val=2))


def two_changes(t: Template) -> None:
    tracked(t)
    t.find("六、其他需要报告的事项").append(w("del", id=9, author="张三"))


def moved_away(t: Template) -> None:
    gone = w("moveFrom", paragraph("BodyParagraph", run("{{ 落款.单位名称")), id=7, author="张三")
    t.find("一、总体情况").addprevious(gone)


def changed_header(t: Template) -> None:
    root = t.root("word/header1.xml")
    root[:] = [w("ins", id=7, author="张三")]


def commented_between(t: Template) -> None:
    t.find("二、主动公开政府信息情况").addprevious(w("commentRangeStart", id=0))


def controlled(t: Template) -> None:
    wrap(wrap(t.find("一、总体情况"), w("sdtContent")), w("sdt"))


def boxed(t: Template) -> None:
    box = w("txbxContent", paragraph("BodyParagraph", run("2023年大事")))
    t.find("一、总体情况").addnext(w("p", w("r", w("pict", box))))


def linked_file(t: Template) -> None:
    link = wrap(t.find("一、总体情况").find(qn("r")), w("hyperlink"))
    link.set(f"{{{R}}}id", t.relate("hyperlink", "file:///D:/%E5%8F%B0%E8%B4%A6.xlsx"))


def no_heading_and_a_long_paragraph(t: Template) -> None:
    t.body.remove(t.find("五、存在的主要问题及改进情况"))
    after("一、总体情况", "存在的主要问题及改进情况" * 5)(t)


def picture_in_tag(t: Template) -> None:
    split(t.find("{{ 落款.单位名称 }}"), 8).append(w("drawing"))


def west(**fonts: str):
    return w("rFonts", **fonts)


FAULTS = {
    "a figure's tag misspelt": Planted(
        in_cell(2, 4, 4, "{{ 表三.本年新收.自然仁 }}"),
        "T2", "表格2 第4行第4列（自然人·本年新收）", "改成 {{ 表三.本年新收.自然人 }}"),
    "a word no edition has": Planted(
        renamed("{{ 落款.单位名称 }}", "{{ 落款.单位名 }}"), "T2", "“{{ 落款.单位名 }}”", "改成 {{ 落款.单位名称 }}"),
    "an unknown text in a loop": Planted(
        renamed("{%p for 段 in 总体情况 %}", "{%p for 段 in 总体概况 %}"),
        "T2", "第24段“{%p for 段 in 总体概况 %}”", "改成 总体情况"),
    "an unknown part of a paragraph": Planted(
        renamed("{{ 行 }}", "{{ 列 }}"), "T2", "第5段“{{ 列 }}”", "改成 {{ 行 }}"),
    "a tag without its last brace": Planted(
        renamed("{{ 落款.单位名称 }}", "{{ 落款.单位名称 }"), "T1", "“{{ 落款.单位名称 }”", "缺少“}}”"),
    "a tag without its first braces": Planted(
        renamed("{{ 落款.单位名称 }}", "单位名称 }}"), "T1", "“单位名称 }}”", "没有配上开头"),
    "a tag in single braces": Planted(
        renamed("{{ 落款.单位名称 }}", "{单位名称}"), "T1", "“{单位名称}”", "只有一层大括号"),
    "full-width braces": Planted(
        in_cell(3, 4, 1, "｛｛ 表四.行政复议.结果维持 ｝｝"), "T1", "表格3 第4行第1列", "全角"),
    "full-width braces in the header": Planted(
        lambda t: set_text(t.find("{{ 草稿 }}", "word/header2.xml"), "｛｛ 草稿 ｝｝"), "T1", "偶数页页眉", "全角"),
    "a loop without end": Planted(
        lambda t: t.body.remove(t.find("{%p for 行 in 标题 %}").getnext().getnext()),
        "T1", "第4段“{%p for 行 in 标题 %}”", "没有结束"),
    "an end without loop": Planted(
        lambda t: t.body.remove(t.find("{%p for 行 in 联系方式 %}")), "T1", "第21段", "没有与它配对的 for 或 if",
        also=frozenset({"T2", "T7"})),
    "text beside a steering tag": Planted(
        renamed("{%p for 段 in 总体情况 %}", "{%p for 段 in 总体情况 %}本机关"), "T1", "第24段", "会一起丢掉"),
    "a calculation in a tag": Planted(
        in_cell(2, 4, 10, "{{ 表三.本年新收.自然人 + 1 }}"), "T1", "表格2 第4行第10列", "只能写官方名称"),
    "half a tag in a link": Planted(half_in_link, "T1", "“{{ 落款.单位名称 }}”", "接不起来"),
    "half a tag in bold": Planted(bold_half, "T3", "“{{ 落款.单位名称 }}”", "2 种格式"),
    "two figures swapped": Planted(
        swap, "T4", "表格2 第5行第4列（自然人·上年结转）",
        "放的是 {{ 表三.本年新收.自然人 }}，这一格应是 {{ 表三.上年结转.自然人 }}"),
    "a figure of another table": Planted(
        in_cell(3, 4, 5, "{{ 表三.本年新收.总计 }}"), "T7", "表格3 第4行第5列（总计·行政复议）", "出现了两次"),
    "a text under another heading": Planted(text_elsewhere,
        "T4", "“{%p for 段 in 存在的主要问题", "应在“五、存在的主要问题及改进情况”下面"),
    "a label changed": Planted(
        in_cell(2, 6, 2, "（一）给予公开"), "T5", "表格2 第6行第2列", "“（一）给予公开”应是“（一）予以公开”"),
    "a heading over a column changed": Planted(
        in_cell(1, 2, 2, "本年制定件数"), "T5", "表格1 第2行第2列", "应是“本年制发件数”", "wuping-2022"),
    "the corner emptied": Planted(in_cell(2, 1, 1, ""), "T5", "表格2 第1行第1列", "现在是空的"),
    "a row missing": Planted(
        drop_row(1, 4), "T5", "表格1 第3行之后", "缺少“行政规范性文件”一行"),
    "the last row missing": Planted(
        drop_row(2, 26), "T5", "表格2 第25行之后", "缺少“四、结转下年度继续办理”一行", "2019"),
    "a row added": Planted(double_row, "T5", "表格1 第11行", "格式里没有“行政检查”这一行"),
    "a column missing": Planted(drop_column, "T5", "表格2 第5列", "缺少“商业企业”一栏"),
    "cells merged": Planted(merged_cells, "T5", "表格1 第3行第4列", "缺少“现行有效·规章”的格子"),
    "a table missing": Planted(
        lambda t: t.body.remove(t.tables()[3]), "T5", "“五、信息处理费收取情况”下面", "缺少信息处理费", "wuping-2022"),
    "a table added": Planted(extra_table, "T5", "表格5", "格式里没有这张表", "wuping-2022"),
    "a heading changed": Planted(
        renamed("四、政府信息公开行政复议、行政诉讼情况", "四、政府信息公开复议诉讼情况"),
        "T6", "段“四、政府信息公开复议诉讼情况”", "应是“四、政府信息公开行政复议、行政诉讼情况”"),
    "a heading missing": Planted(
        lambda t: t.body.remove(t.find("五、存在的主要问题及改进情况")),
        "T6", "“六、其他需要报告的事项”之前", "缺少标题“五、存在的主要问题及改进情况”"),
    "a figure's tag deleted": Planted(
        in_cell(2, 7, 4, ""), "T7", "表格2 第7行第4列（自然人·部分公开）", "这一格应是 {{ 表三.部分公开.自然人 }}"),
    "a figure's tag twice": Planted(
        in_cell(2, 7, 5, "{{ 表三.部分公开.自然人 }}"), "T7", "表格2 第7行第5列", "出现了两次"),
    "a table without any tag": Planted(
        lambda t: [set_text(p, "") for p in t.tables()[1].iter(qn("p")) if "{{" in "".join(p.itertext())],
        "T7", "表格2", "这张表里一个标签也没有"),
    "a text printed twice": Planted(loop_twice, "T7", "第23段“{%p for 行 in 联系方式 %}”", "“联系方式”印了两次"),
    "a text never printed": Planted(no_loop, "T7", "正文", "没有印“联系方式”"),
    "no mark for drafts": Planted(no_draft, "T7", "页眉", "没有草稿标记"),
    "a Chinese font set for Latin letters only": Planted(
        looks("一、总体情况", west(ascii="楷体_GB2312", hAnsi="楷体_GB2312")),
        "T8", "“一、总体情况”", "没有指定中文字体"),
    "a Western font for Chinese": Planted(
        looks("一、总体情况", west(eastAsia="Times New Roman")),
        "T8", "第23段“一、总体情况”", "西文字体“Times New Roman”"),
    "last year's figure": Planted(in_cell(2, 4, 4, "12"), "T9", "表格2 第4行第4列", "写着“12”"),
    "a word beside a figure": Planted(
        in_cell(1, 3, 2, "{{ 表二.规章.制发 }}件"), "T9", "表格1 第3行第2列", "旁边还写着“件”"),
    "a comment": Planted(commented, "T9", "“二、主动公开政府信息情况”", "批注"),
    "hidden text": Planted(looks("一、总体情况", w("vanish")), "T9", "“一、总体情况”", "隐藏的文字"),
    "sample text": Planted(after("一、总体情况", "××镇人民政府高度重视。"),
        "T9", "第24段“××镇人民政府", "样例文字“××”"),
    "the form's own instruction": Planted(
        after("六、其他需要报告的事项", "（文字描述，收取信息处理费情况在此处报告。）"),
        "T9", "“（文字描述", "样例文字"),
    "last year's year": Planted(
        after("一、总体情况", "2023年，本机关认真贯彻《条例》。"), "T10", "第24段“2023年", "写死了年度“2023年”"),
    "last year's number in words": Planted(
        after("一、总体情况", "全年受理申请12件。"), "T10", "第24段", "写死了数字“12件”"),
    "highlighted text": Planted(
        looks("一、总体情况", w("highlight", val="yellow")), "T10", "“一、总体情况”", "底色"),
    "an insertion not accepted": Planted(tracked, "T11", "“六、其他需要报告的事项”", "修订"),
    "a deleted row not accepted": Planted(deleted_row, "T11", "表格1 第4行第1列", "修订"),
    "a picture elsewhere": Planted(linked_picture, "T12", "“一、总体情况”", "公章.png"),
    "a template elsewhere": Planted(attached, "T12", "整个文件", "Normal.dotm"),
    "a field that fetches": Planted(quoting_field, "T12", "第24段", "INCLUDETEXT"),
    "macros": Planted(
        lambda t: t.add("word/vbaProject.bin", b"x", "application/vnd.ms-office.vbaProject"), "T12", "整个文件", "宏"),
    "an embedded object": Planted(
        lambda t: t.add("word/embeddings/oleObject1.bin", b"x", "application/vnd.ms-office.oleObject"),
        "T12", "整个文件", "OLE"),
    "a tag nested without end": Planted(
        in_cell(2, 4, 10, "{{ " + "(" * 3000 + "1" + ")" * 3000 + " }}"),
        "T1", "表格2 第4行第10列", "只能写官方名称"),
    "full-width braces beside a tag not closed": Planted(
        renamed("{{ 落款.单位名称 }}", "｛｛ 单位名称 ｝｝{{ 年度"), "T1", "“｛｛ 单位名称", "全角"),
    "a picture in a tag": Planted(picture_in_tag, "T1", "“{{ 落款.单位名称 }}”", "中间夹着图片"),
    "a comment between two paragraphs": Planted(commented_between, "T9", "整个文件", "有批注"),
    "two changes in one paragraph": Planted(two_changes, "T11", "“六、其他需要报告的事项”", "修订"),
    "a paragraph moved away": Planted(moved_away, "T11", "", "修订"),
    "a change where nothing stands": Planted(changed_header, "T11", "整个文件", "修订"),
    "a link to this machine": Planted(linked_file, "T12", "“一、总体情况”", "本机或内网的“file:///D:/台账.xlsx”"),
    "a heading missing beside a long paragraph like it": Planted(
        no_heading_and_a_long_paragraph, "T6", "“六、其他需要报告的事项”之前", "缺少标题“五、"),
    "two sections in another order": Planted(
        moved_section, "T6", "六、其他需要报告的事项”", "标题排在“五、存在的主要问题及改进情况”前面"),
    "a table under another heading": Planted(
        lambda t: t.find("三、收到和处理政府信息公开申请情况").addnext(t.tables()[0]),
        "T4", "表格1", "应在“二、主动公开政府信息情况”下面"),
    "a column added": Planted(column_added, "T5", "表格3 第16列", "格式里没有这一栏"),
    "cells over other columns": Planted(shifted, "T5", "表格1 第3行第1列", "应从第1列起占1列"),
    "a heading in a content control": Planted(controlled, "T7", "整个文件", "缺少“一、总体情况”一段"),
    "last year's year in a text box": Planted(boxed, "T10", "的文本框", "写死了年度“2023年”"),
    "a figure's tag twice in its cell": Planted(
        in_cell(2, 7, 4, "{{ 表三.部分公开.自然人 }}{{ 表三.部分公开.自然人 }}"),
        "T7", "表格2 第7行第4列（自然人·部分公开）", "在这一格里有 2 个"),
    "a list whose lines are not printed": Planted(
        renamed("{{ 行 }}", ""), "T7", "第4段“{%p for 行 in 标题 %}”", "“标题”里没有标签 {{ 行 }}"),
    "a link to the web": Planted(web_link, "T13", "“一、总体情况”", "www.example.gov.cn"),
}  # fmt: skip


def test_at_least_thirty_faults_are_planted():
    assert len(FAULTS) >= 30


@pytest.mark.parametrize("fault", some(FAULTS, 2))
def test_a_planted_fault_is_found_at_its_place_and_nothing_else_is(fault):
    planted = FAULTS[fault]
    template = Template(shipped(planted.edition))
    planted.plant(template)
    found = check_template(template.save(), load_edition(planted.edition))
    here = [f for f in found if f.rule == planted.rule and planted.place in f.place and planted.says in f.message]
    assert here, "\n".join(f"{f.rule} {f.place}: {f.message}" for f in found)
    assert {f.rule for f in found} == {planted.rule, *planted.also}, "\n".join(f.message for f in found)
    assert len(found) <= 2 + len(planted.also), "\n".join(f.message for f in found)


@pytest.mark.parametrize("name", edition_names())
def test_the_templates_as_shipped_have_no_fault(name):
    edition = load_edition(name)
    for data in (shipped(name), build_template(edition)):
        assert check_template(data, edition) == ()
        assert nearest_edition(data) == edition


TOGETHER = [
    ("half a tag in a link", "a row added", "cells merged", "a column added", "hidden text",
     "last year's number in words", "a comment between two paragraphs", "a figure's tag twice in its cell",
     "two sections in another order"),
    ("an unknown part of a paragraph", "a text printed twice"), ("a text under another heading",),
    ("a list whose lines are not printed",), ("a heading in a content control",),
    ("a paragraph moved away",),
]  # fmt: skip


@pytest.mark.parametrize("together", TOGETHER)
def test_faults_planted_together_are_each_found(together):
    template = Template(shipped("2021"))
    for fault in together:
        FAULTS[fault].plant(template)
    found = check_template(template.save(), load_edition("2021"))
    for fault in together:
        _, rule, place, says, *_ = FAULTS[fault]
        assert [f for f in found if f.rule == rule and place in f.place and says in f.message], fault


def test_several_faults_are_told_at_once_errors_first():
    template = Template(shipped("2021"))
    for fault in ("a figure's tag misspelt", "a label changed", "last year's year", "a comment", "half a tag in bold"):
        FAULTS[fault].plant(template)
    found = check_template(template.save(), load_edition("2021"))
    assert [f.rule for f in found] == ["T9", "T2", "T5", "T10", "T3"]
    assert [f.severity for f in found] == [ERROR, ERROR, ERROR, EXPLAIN, HINT]


@pytest.mark.parametrize("fault", FAULTS)
def test_a_template_with_an_error_makes_no_wrong_document_unnoticed(fault):
    """What is only a matter of looks or to be confirmed still gives a right document."""
    planted = FAULTS[fault]
    edition = load_edition(planted.edition)
    if edition.rule[planted.rule].severity == "error":
        return
    template = Template(shipped(planted.edition))
    planted.plant(template)
    report = reports.random_report(random.Random(fault), planted.edition)
    assert differences(compile_template(template.save(), edition).render(report), edition, report) == []


def test_a_tag_in_a_hidden_steering_line_is_no_fault():
    """Grey lines that only steer may be hidden: they are gone in the report."""
    template = Template(shipped("2021"))
    for p in template.paragraphs():
        if "{%p" in "".join(p.itertext()):
            looks("".join(p.itertext()), w("vanish"))(template)
    assert check_template(template.save(), load_edition("2021")) == ()


def test_without_styles_every_paragraph_lacks_a_chinese_font():
    template = Template(shipped("2021"))
    template.parts.pop("word/styles.xml")
    found = check_template(template.save(), load_edition("2021"))
    assert {f.rule for f in found} == {"T8"}
    assert "第23段“一、总体情况”：“一、总体情况”没有指定中文字体" in "".join(f.message for f in found)


def test_what_an_office_may_change_is_no_fault():
    """Fixed sentences, figures in sentences, other fonts, spaces in labels, a letterhead: all this is allowed."""
    template = Template(shipped("2021"))
    after("一、总体情况", "全年新收申请{{ 表三.本年新收.总计 }}件。")(template)
    after("一、总体情况", "本机关依据国办公开办函〔2021〕30号和条例（国令第711号）编制。")(template)
    template.paragraphs()[0].addprevious(paragraph("ReportTitle", run("武平县人民政府文件")))
    template.write(2, 3, 5, "商业 企业")
    set_text(template.find("{{ 落款.单位名称 }}"), "{# 落款 #}{{ 落款.单位名称 }}")
    looks("二、主动公开政府信息情况", west(ascii="Times New Roman", hAnsi="Times New Roman", eastAsia="宋体"))(template)
    data, edition = template.save(), load_edition("2021")
    assert check_template(data, edition) == ()
    report = reports.random_report(random.Random(1))
    assert differences(compile_template(data, edition).render(report), edition, report) == []


def test_a_tag_that_word_itself_has_cut_is_no_fault():
    """Word parts Chinese from Latin letters and marks spelling; all that is joined again and looks the same."""
    template = Template(shipped("2021"))
    p = template.find("{{ 落款.单位名称 }}")
    second = split(p, 3, w("rFonts", hint="eastAsia"), w("lang", eastAsia="zh-CN"))
    second.addprevious(w("proofErr", type="spellStart"))
    second.set(qn("rsidR"), "00A1B2C3")
    data, edition = template.save(), load_edition("2021")
    assert check_template(data, edition) == ()
    report = reports.zero()
    signed = replace(report, body={**report.body, "signed_on": "2026-1-12"})
    assert differences(compile_template(data, edition).render(signed), edition, signed) == []


def test_the_blank_form_as_an_office_circulates_it_is_told_in_few_words():
    """It has no tags at all; its labels are all there and 2021's."""
    data = real.drawn()
    edition = nearest_edition(data)
    assert edition.id == "2021"
    found = check_template(data, edition)
    assert [f.place for f in found if "一个标签也没有" in f.message] == ["表格1", "表格2", "表格3"]
    assert len(found) < 20
    assert not [f for f in found if f.rule in ("T5", "T6")]


def test_a_hairline_between_two_columns_is_no_column():
    """LibreOffice and dragged borders leave grid columns of a twentieth of a millimetre."""
    template = Template(shipped("2021"))
    table = template.tables()[2]
    table.find(qn("tblGrid"))[4].addprevious(w("gridCol", w=1))
    for row in table.findall(qn("tr")):
        at = 0
        for cell in row.findall(qn("tc")):
            span = cell.find(f"{qn('tcPr')}/{qn('gridSpan')}")
            columns = 1 if span is None else int(span.get(qn("val")))
            if at <= 4 < at + columns:
                if span is None:
                    cell.find(qn("tcPr")).insert(1, w("gridSpan", val=2))
                else:
                    span.set(qn("val"), str(columns + 1))
            at += columns
    data, edition = template.save(), load_edition("2021")
    assert check_template(data, edition) == ()
    report = reports.random_report(random.Random(2))
    assert differences(compile_template(data, edition).render(report), edition, report) == []


def without_types() -> bytes:
    found = package.read(shipped("2021"))
    return package.write({n: part for n, part in found.items() if n != package.TYPES})


NO_BODY = "模板里没有 Word 正文，请用 Word 重新另存为 .docx"
WITHOUT = {
    "a part that is the document": (package.TYPES, b"document.main+xml", b"other+xml", NO_BODY),
    "a body": ("word/document.xml", b"w:body", b"w:other", NO_BODY),
    "an end": ("word/document.xml", b"</w:body>", b"", "模板的正文已损坏，请用 Word 打开后重新另存为 .docx"),
}


@pytest.mark.parametrize(("part", "old", "new", "said"), WITHOUT.values(), ids=WITHOUT)
def test_a_template_without_what_every_document_has_cannot_be_examined(part, old, new, said):
    found = package.read(shipped("2021"))
    assert old in found[part]
    with pytest.raises(TemplateError) as caught:
        check_template(package.write({**found, part: found[part].replace(old, new)}), load_edition("2021"))
    assert str(caught.value) == said


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 broken", b"<html>", shipped("2021")[:3000], without_types()])
def test_a_file_that_is_no_word_file_cannot_be_examined(data):
    with pytest.raises(TemplateError, match="Word"):
        check_template(data, load_edition("2021"))


def test_a_part_with_a_document_type_is_refused_before_anything_reads_it():
    template = Template(shipped("2021"))
    bomb = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    template.roots.clear()
    main = template.parts["word/document.xml"]
    template.parts["word/document.xml"] = main.replace(b"?>", b"?>" + bomb, 1)
    with pytest.raises(TemplateError, match="不安全"):
        check_template(template.save(), load_edition("2021"))


@pytest.mark.office
@pytest.mark.parametrize("name", some(edition_names(), 4))
def test_a_template_saved_again_by_libreoffice_passes_and_still_makes_right_documents(name, tmp_path):
    source = tmp_path / "模板.docx"
    source.write_bytes(shipped(name))
    data = office.convert(source, "docx", tmp_path / "另存").read_bytes()
    edition = load_edition(name)
    assert check_template(data, edition) == ()
    assert nearest_edition(data) == edition
    report = reports.random_report(random.Random(name), name)
    assert differences(compile_template(data, edition).render(report), edition, report) == []


def all_at_once(edition: str = "2021") -> bytes:
    template = Template(shipped(edition))
    for fault in ("a figure's tag misspelt", "a label changed", "last year's year", "a comment", "half a tag in bold",
                  "full-width braces in the header", "a template elsewhere", "a heading changed"):  # fmt: skip
        FAULTS[fault].plant(template)
    return template.save()


def test_the_annotated_copy_has_every_fault_as_a_comment_at_its_place():
    edition = load_edition("2021")
    data = all_at_once()
    made = Template(annotate_template(data, edition))
    comments = made.root("word/comments.xml")
    own = {c.get(qn("id")): "".join(c.itertext()) for c in comments if c.get(qn("author")) == "模板检查"}
    assert "".join(sorted(f.message for f in check_template(data, edition))) == "".join(
        sorted(line.partition("】")[2] for c in comments if c.get(qn("author")) == "模板检查"
               for line in ("".join(p.itertext()) for p in c))
    )  # fmt: skip
    cell = made.cell(2, 4, 4)
    (mark,) = cell.iter(qn("commentRangeStart"))
    assert "自然仁" in own[mark.get(qn("id"))]
    assert all(c.get(qn("date")) is None for c in comments if c.get(qn("author")) == "模板检查")
    assert any("偶数页页眉" in text for text in own.values())


def test_nothing_to_say_leaves_the_copy_as_it_was():
    assert annotate_template(shipped("2021"), load_edition("2021")) == shipped("2021")


@pytest.mark.validator
@pytest.mark.parametrize("name", edition_names())
def test_the_annotated_copy_is_a_valid_word_file(name, tmp_path):
    template = Template(shipped(name))
    for fault in ("last year's year", "half a tag in bold"):
        FAULTS[fault].plant(template)
    template.write(1, 2, 1, "内容")
    path = tmp_path / "标注.docx"
    path.write_bytes(annotate_template(template.save(), load_edition(name)))
    assert office.validate(path) == ""


@pytest.mark.office
def test_the_annotated_copy_opens_and_keeps_its_comments(tmp_path):
    path = tmp_path / "标注.docx"
    path.write_bytes(annotate_template(all_at_once(), load_edition("2021")))
    again = Template(office.convert(path, "docx", tmp_path / "另存"))
    said = "".join(again.root("word/comments.xml").itertext())
    assert all(words in said for words in ("自然仁", "给予公开", "2023年", "Normal.dotm"))


_BITS = (
    "{{", "}}", "{%", "%}", "{%p for 段 in 引言 %}", "{%p endfor %}", "{%tr if x %}", "{{ 表三.本年新收.总计 }}",
    "｛｛", "{#", "{{ " + "(" * 300 + "1" + ")" * 300 + " }}", "{% raw %}", "{% set a = 1 %}", "{{r x }}", "{{ 'a }}",
    "{{ 表三 }}", "{% vm %}", "{% colspan 2 %}", "{{ 单位名称|trim }}", "{{ loop.index }}",
)  # fmt: skip


@pytest.mark.parametrize("seed", some(range(30), 3))
def test_no_damage_of_a_template_ever_ends_in_anything_but_findings(seed):
    """Elements dropped, doubled, moved, attributes and tags broken: findings or one sentence, never a traceback."""
    rng, template = random.Random(seed), Template(shipped("2021"))
    for _ in range(rng.randint(1, 6)):
        elements = [e for e in template.body.iter() if e is not template.body]
        one, way = rng.choice(elements), rng.randrange(6)
        if way == 0:
            one.getparent().remove(one)
        elif way == 1:
            one.addnext(copy.deepcopy(one))
        elif way == 2:
            rng.choice(elements).append(copy.deepcopy(one))
        elif way == 3:
            for name in list(one.attrib):
                one.set(name, rng.choice(("", "-1", "x", "99999999", "0")))
        else:
            p = rng.choice(list(template.body.iter(qn("p"))))
            text = "".join(p.itertext())
            at = rng.randint(0, len(text))
            set_text(p, text[:at] + rng.choice(_BITS) + text[at:])
    edition = load_edition("2021")
    data = template.save()
    try:
        found = check_template(data, edition)
        annotate_template(data, edition)
    except TemplateError as e:
        assert "Word" in str(e)  # noqa: PT017 - either outcome is right
        return
    if not any(f.forbids for f in found):
        report = reports.random_report(random.Random(seed))
        assert differences(compile_template(data, edition).render(report), edition, report) == []


def tagged_blank() -> bytes:
    """The blank form with our tags typed into it, as an office would that wants to keep its own look."""
    edition, template = load_edition("2021"), Template(real.drawn())
    fresh = Template(shipped("2021"))
    tables = [edition.table[s.table] for s in edition.sections if s.table]
    for number, table in enumerate(tables, 1):
        for key, cell in table.value_cells.items():
            template.write(number, cell.row + 1, cell.column + 1, tag(edition, edition.values[key]))
    blocks = [p for p in template.body if p.tag == qn("p")]
    heads = {s.title: p for p in blocks for s in edition.sections if "".join(p.itertext()).strip() == s.title}
    assert len(heads) == 6
    ours = [p for p in fresh.body if p.tag == qn("p")]
    said = ["".join(p.itertext()) for p in ours]
    for section in edition.sections:
        if section.text:
            at = said.index(section.title)
            end = next(i for i, text in enumerate(said) if i > at and "endfor" in text)
            for p in reversed(ours[at + 1 : end + 1]):
                heads[section.title].addnext(p)
    for p in blocks:
        words = "".join(p.itertext()).strip()
        if words.startswith("（文字描述") or (p in blocks[: blocks.index(heads["一、总体情况"])] and words):
            p.getparent().remove(p)
    for p in ours[: said.index("一、总体情况")]:
        heads["一、总体情况"].addprevious(p)
    return template.save()


def test_an_offices_own_form_with_tags_typed_into_it_passes_and_makes_right_documents():
    data, edition = tagged_blank(), load_edition("2021")
    assert [f.message for f in check_template(data, edition) if f.severity is not HINT] == []
    report = reports.random_report(random.Random(3))
    assert differences(compile_template(data, edition).render(report), edition, report) == []
