"""A report through the template: each figure in its cell, each text as typed, and what is refused."""

import io
import re
import zipfile
from dataclasses import replace
from decimal import Decimal

import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st

from nianbao import numbers, resources
from nianbao.document import build_template, compile_template, differences, package, render, template_for
from nianbao.errors import InputError, TemplateError
from nianbao.form import Kind, load_edition
from nianbao.report import Report, loads
from office import parts
from real import CITY
from reports import zero
from word import opened, paragraphs, values

EDITIONS = ("2021", "2019", "wuping-2022")
HEADINGS = ("一级标题", "二级标题", "三级标题", "四级标题")


def printed_keys(edition):
    return [v.key for t in edition.tables if t.printed for v in t.values]


def rendered(texts, edition="2021", draft=False, **body):
    report = replace(zero(edition), texts=texts)
    return template_for(load_edition(edition)).render(replace(report, body={**report.body, **body}), draft)


def squeezed(text):
    return re.sub("[\\s\u00ad\u200b\u2060\ufeff]+", "", text)


def edited(change):
    """The template of 2021 with its document part changed, as a clerk's Word would."""
    found = parts(build_template(load_edition("2021")))
    found["word/document.xml"] = change(found["word/document.xml"].decode()).encode()
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as package:
        for name, content in found.items():
            package.writestr(name, content)
    return file.getvalue()


@pytest.mark.parametrize("name", EDITIONS)
def test_every_figure_stands_once_and_in_its_own_cell(name):
    edition = load_edition(name)
    sentinels = {k: 100001 + i for i, k in enumerate(printed_keys(edition))}
    typed = {k: Decimal(v) if edition.values[k].kind is Kind.AMOUNT else v for k, v in sentinels.items()}
    document = template_for(edition).render(Report(name, 2025, {}, typed, {}))
    expected = {k: numbers.spell(v, edition.values[k].kind) for k, v in typed.items()}
    assert expected == values(document, edition)
    xml = parts(document)["word/document.xml"].decode()
    assert [1] * len(sentinels) == [xml.count(str(v)) for v in sentinels.values()]


def test_a_real_citys_two_hundred_figures_read_back_equal():
    reading = loads(CITY.read_text(encoding="utf-8"))
    document = template_for(reading.edition).render(reading.report)
    expected = {k: numbers.spell(v, reading.edition.values[k].kind) for k, v in reading.report.values.items()}
    assert len(expected) == 200
    assert expected == values(document, reading.edition)


@pytest.mark.parametrize(
    "text",
    [
        "{{ 7*7 }}",
        "{% raw %}{% for x in y %}",
        "{_{ 7 }_} {_% x %_}",
        "{# 注 #}",
        "a < b & c > d",
        "\"双\" '单' “弯” ‘弯’ &amp; &#65;",
        "𠮷野家 𝄞 é é",
        "</w:t></w:r></w:p>",
        "单位名称 {单位名称}",
        "中　间 空格",
        "长" * 10_000,
    ],
)
@pytest.mark.parametrize("place", ["overview", "introduction", "other_matters"])
def test_a_typed_text_comes_out_exactly_as_typed(text, place):
    assert text in [t for _, t in paragraphs(rendered({place: text}))]


@given(st.lists(st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]) | st.sampled_from("{}%_#&<\t"))))
@settings(max_examples=150, deadline=None)
def test_any_text_that_can_be_printed_is_printed(lines):
    """Paragraphs come out as typed but for blanks; that typed indents and blank lines are left to the style, too."""
    typed = [x.replace("\ufffe", "").replace("\uffff", "").replace("\u2028", "") for x in lines]
    found = paragraphs(rendered({"overview": "\n".join(typed)}))
    start = found.index(("一级标题", "一、总体情况")) + 1
    end = found.index(("一级标题", "二、主动公开政府信息情况"))
    meant = [squeezed(x) for x in typed]
    assert [x for x in meant if x] == [squeezed(t) for _, t in found[start:end]]


def test_a_fact_about_the_body_is_data_too():
    document = rendered({}, name="甲{{ 7*7 }}<镇>", signed_on="2026-1-5")
    assert paragraphs(document)[0] == ("报告标题", "甲{{ 7*7 }}<镇>")
    assert opened(document).core_properties.author == "甲{{ 7*7 }}<镇>"


@pytest.mark.parametrize("broken", ["甲\x00乙", "甲\x07乙", "甲\x1b", "甲\ud800", "甲\ufffe"])
def test_a_text_no_document_can_hold_is_refused_by_its_name(broken):
    with pytest.raises(InputError, match="总体情况"):
        rendered({"overview": broken})
    with pytest.raises(InputError, match="单位名称"):
        rendered({}, name=broken)


@pytest.mark.parametrize("name", EDITIONS)
def test_sections_stand_in_the_forms_order(name):
    edition = load_edition(name)
    found = [t for style, t in paragraphs(rendered({}, name)) if style == "一级标题"]
    assert [s.title for s in edition.sections] == found


def test_paragraphs_take_the_heading_style_their_number_asks_for():
    text = "开头。\n（一）机制\n1.制度\n（1）细目\n（二）公开。全年公开若干条。"
    found = paragraphs(rendered({"overview": text}))
    start = found.index(("一级标题", "一、总体情况")) + 1
    assert found[start : start + 5] == [
        ("正文段落", "开头。"),
        ("二级标题", "（一）机制"),
        ("三级标题", "1.制度"),
        ("四级标题", "（1）细目"),
        ("正文段落", "（二）公开。全年公开若干条。"),
    ]
    last = next(p for p in opened(rendered({"overview": text})).paragraphs if p.text.startswith("（二）公开"))
    assert [(r.style.name, r.text) for r in last.runs if r.text] == [
        ("二级标题文字", "（二）公开。"),
        ("Default Paragraph Font", "全年公开若干条。"),
    ]


def test_only_a_paragraph_with_an_address_is_set_left():
    address = "（一）公开。详见https://www.example.gov.cn/zwgk/index.html一栏。"
    found = {p.text: p for p in opened(rendered({"overview": f"全年公开若干条。\n{address}"})).paragraphs}
    assert found[address].alignment == WD_ALIGN_PARAGRAPH.LEFT
    assert [r.style.name for r in found[address].runs][:1] == ["二级标题文字"]
    assert found["全年公开若干条。"].alignment is None


def test_title_introduction_and_contact_open_the_report():
    found = paragraphs(rendered({}, phone="0597-1"))
    assert found[:2] == [("报告标题", "示例镇人民政府"), ("报告标题", "2025年政府信息公开工作年度报告")]
    assert found[2][1].startswith("本报告根据《中华人民共和国政府信息公开条例》")
    assert found[5:8] == [("正文段落", "联系方式："), ("正文段落", "电话：0597-1"), ("一级标题", "一、总体情况")]


def test_an_edition_may_place_the_introduction_inside_a_section():
    edition = replace(load_edition("2021"), introduction_place="overview")
    document = compile_template(build_template(edition), edition).render(zero())
    found = [t for _, t in paragraphs(document)]
    assert found[2] == "一、总体情况"
    assert found[3].startswith("本报告根据")
    assert differences(document, edition, zero()) == []


def test_name_and_date_sign_the_report_only_when_a_date_is_given():
    signed = paragraphs(rendered({"other_matters": "无。"}, signed_on="2026-1-12"))
    assert [(style, text.strip("\u3000")) for style, text in signed[-3:]] == [
        ("落款", ""), ("落款", "示例镇人民政府"), ("落款", "2026年1月12日"),
    ]  # fmt: skip
    assert "落款" not in [style for style, _ in paragraphs(rendered({}))]


def test_a_draft_says_so_above_the_title_and_on_every_page():
    mark = "【草稿　未通过校验，不得作为正式报告】"
    draft, final = opened(rendered({}, draft=True)), opened(rendered({}))
    for document, expected in ((draft, mark), (final, "")):
        section = document.sections[0]
        assert section.header.paragraphs[0].text == expected
        assert section.even_page_header.paragraphs[0].text == expected
    assert draft.paragraphs[0].text == mark
    assert final.paragraphs[0].text == "示例镇人民政府"


def test_a_blank_figure_stays_blank_in_a_draft_and_is_never_zero():
    edition = load_edition("2021")
    document = template_for(edition).render(Report("2021", None, {}, {}, {}), draft=True)
    assert set(values(document, edition).values()) == {""}


def test_no_tag_and_no_steering_paragraph_is_left_in_a_report():
    document = rendered({"overview": "甲"}, signed_on="2026-1-12")
    assert "模板标签" not in [style for style, _ in paragraphs(document)]
    assert not any(mark in parts(document)["word/document.xml"] for mark in (b"{{", b"{%"))


def test_the_properties_name_report_and_body_and_nobody_else():
    properties = opened(rendered({}, signed_on="2026-1-12")).core_properties
    assert properties.title == "示例镇人民政府2025年政府信息公开工作年度报告"
    assert (properties.subject, properties.author) == ("政府信息公开工作年度报告", "示例镇人民政府")
    assert (properties.language, properties.last_modified_by) == ("zh-CN", "")
    assert properties.created.date().isoformat() == "2026-01-12"


def test_the_same_report_gives_the_same_bytes_and_other_parts_are_copied():
    first, second = rendered({"overview": "甲"}), rendered({"overview": "甲"})
    assert first == second
    before = parts(build_template(load_edition("2021")))
    changed = {name for name, content in parts(first).items() if content != before.get(name)}
    filled = {"word/document.xml", "word/header1.xml", "word/header2.xml", "docProps/core.xml"}
    data = {"customXml/item1.xml", "customXml/itemProps1.xml", "customXml/_rels/item1.xml.rels"}
    assert changed == filled | data | {"[Content_Types].xml", "word/_rels/document.xml.rels"}


def test_one_compiled_template_fills_many_reports_without_mixing_them():
    template = template_for(load_edition("2021"))
    one, two = (replace(zero(), body={"name": n}) for n in ("甲镇", "乙镇"))
    alone = template.render(one)
    template.render(two)
    assert template.render(one) == alone


def test_a_figure_called_like_a_method_of_a_dictionary_prints_its_value():
    renamed = edited(lambda xml: xml.replace("{{ 表三.本年新收.自然人 }}", "{{ 表三.items.自然人 }}"))
    with pytest.raises(TemplateError, match=r"表三\.items\.自然人"):
        compile_template(renamed, load_edition("2021"))


@pytest.mark.parametrize(
    ("was", "now", "named"),
    [
        ("{{ 表三.本年新收.自然人 }}", "{{ 表三.本年新收.自然仁 }}", r"\{\{ 表三\.本年新收\.自然仁 \}\}"),
        ("{{ 落款.单位名称 }}", "{{ 机关名称 }}", r"\{\{ 机关名称 \}\}"),
        ("{{ 落款.单位名称 }}", "{{ 单位名称 }", "没有写完整"),
        ("{{ 落款.单位名称 }}", "｛｛ 单位名称 ｝｝", "全角大括号"),
        ("{%p for 行 in 联系方式 %}", "甲", "没有写完整|endfor"),
        ("{{ 落款.单位名称 }}", "{{ ''.join(单位名称) }}", "不能使用"),
        ("{{ 落款.单位名称 }}", "{{ 'x' * 1000000000 }}", "不能使用"),
        ("{{ 落款.单位名称 }}", "{{ 单位名称.__class__ }}", "__class__"),
        ("{{ 落款.单位名称 }}", "{% include 'x' %}", "不能使用"),
        ("{{ 落款.单位名称 }}", "{{ 单位名称 | pprint }}", "不能使用"),
    ],
)
def test_a_faulty_tag_is_named_in_a_chinese_sentence(was, now, named):
    with pytest.raises(TemplateError, match=named):
        compile_template(edited(lambda xml: xml.replace(was, now, 1)), load_edition("2021"))


def test_a_tag_unknown_inside_a_loop_is_told_when_it_is_reached():
    wrong = compile_template(edited(lambda xml: xml.replace("{{ 段.文字 }}", "{{ 段.内容 }}")), load_edition("2021"))
    with pytest.raises(TemplateError, match="标签“内容”没有对应"):
        wrong.render(zero())


def test_a_tag_that_word_has_cut_into_runs_is_still_one_tag():
    split = '{{ 落款.单位</w:t></w:r><w:proofErr w:type="spellStart"/><w:r><w:t>名称 }}'
    template = compile_template(edited(lambda xml: xml.replace("{{ 落款.单位名称 }}", split)), load_edition("2021"))
    report = zero()
    signed = replace(report, body={**report.body, "signed_on": "2026-1-12"})
    assert ("落款", "\u3000" * 19 + "示例镇人民政府") in paragraphs(template.render(signed))


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 broken", b"<html>", build_template(load_edition("2021"))[:3000]])
def test_a_file_that_is_no_word_file_is_refused(data):
    with pytest.raises(TemplateError, match="Word"):
        compile_template(data, load_edition("2021"))


def zipped(found):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as package:
        for name, content in found.items():
            package.writestr(name, content)
    return file.getvalue()


@pytest.mark.parametrize("kinds", [(b"document.main",), (b"document.main", b"header", b"footer")])
def test_a_template_that_declares_no_body_is_refused(kinds):
    found = parts(build_template(load_edition("2021")))
    for kind in kinds:
        found["[Content_Types].xml"] = found["[Content_Types].xml"].replace(kind + b"+xml", b"unknown+xml")
    with pytest.raises(TemplateError, match="没有 Word 正文，请用 Word 重新另存"):
        compile_template(zipped(found), load_edition("2021"))


def test_a_template_whose_body_is_damaged_is_refused():
    with pytest.raises(TemplateError, match="模板的正文已损坏，请用 Word 打开后重新另存"):
        compile_template(edited(lambda xml: xml.replace("</w:body>", "")), load_edition("2021"))


@pytest.mark.parametrize("mark", ["<w:p/>", "{"])
def test_a_template_with_more_tags_than_any_is_refused_before_it_is_parsed(mark):
    body = "".join(f"{mark}<!-- {i} -->" for i in range(package.MAX_TAGS // 2 + 1))
    with pytest.raises(TemplateError, match="模板文件太大，不是正常的 Word 模板"):
        compile_template(edited(lambda xml: xml.replace("<w:sectPr", f"{body}<w:sectPr", 1)), load_edition("2021"))


def test_without_the_shipped_file_the_template_is_made_anew(monkeypatch):
    monkeypatch.setattr(resources, "template_path", lambda *_: None)
    assert render._source(load_edition("2021")) == build_template(load_edition("2021"))


def test_a_missing_template_is_named(tmp_path):
    with pytest.raises(TemplateError, match=r"没有\.docx"):
        compile_template(tmp_path / "没有.docx", load_edition("2021"))


def test_an_edition_of_the_users_own_needs_no_shipped_template():
    own = replace(load_edition("2021"), name="某县用表")
    assert template_for(own).render(zero()) == template_for(load_edition("2021")).render(zero())


def test_a_clerks_name_in_an_edited_template_does_not_go_out():
    found = parts(build_template(load_edition("2021")))
    found["docProps/core.xml"] = found["docProps/core.xml"].replace(b"</dc:title>", "张三</dc:title>".encode())
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as package:
        for name, content in found.items():
            package.writestr(name, content)
    document = compile_template(file.getvalue(), load_edition("2021")).render(zero())
    assert not any("张三".encode() in content for content in parts(document).values())


def test_the_header_row_repeats_in_the_report_as_in_the_template():
    table = opened(rendered({})).tables[1]._tbl
    assert len(list(table.iter(qn("w:tblHeader")))) == 3
