"""However a template is filled, the document is the one docxtpl makes: part by part, byte by byte."""

import io
import logging
import re
import zipfile
from dataclasses import replace

import pytest
from docxtpl import DocxTemplate
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from nianbao import resources
from nianbao.demo import sample
from nianbao.document import build_template, compile_template, compiling, cutting, render, sandbox, tags
from nianbao.errors import TemplateError
from nianbao.form import edition_names, load_edition
from nianbao.report import Report
from office import parts
from reports import zero
from rows import some

BODY = "word/document.xml"

AWKWARD = {
    "plain": "全年公开若干条。",
    "markup": "a < b & c > d \"双\" '单' </w:t>",
    "jinja": "{{ 7*7 }} {% raw %} {# x #} {_{ 7 }_} {_% x %_} {_ _}",
    "tabs": "\t甲\t\t乙\t",
    "only a tab": "\t",
    "wide": "𠮷野家 é 中　间  空格\u00a0\u2003",
    "headings": "（一）机制\n1.制度\n（1）细目\n（二）公开。全年公开若干条。\n\n　　缩进",
}


def shipped(name):
    return resources.template_path(name, "report.docx").read_bytes()


def edited(change, name="2021"):
    """A shipped template with its document part changed, as a clerk's Word would."""
    found = parts(shipped(name))
    found[BODY] = change(found[BODY].decode()).encode()
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as package:
        for part, content in found.items():
            package.writestr(part, content)
    return file.getvalue()


def by_docxtpl(template, edition, report, draft):
    """The parts docxtpl itself makes, with nothing of ours but the words."""
    context = tags.context(edition, report, draft)
    filled = DocxTemplate(io.BytesIO(template))
    filled.render(context, sandbox.WordEnvironment(guarded=True))
    out = io.BytesIO()
    filled.save(out)
    return parts(out.getvalue())


def whole(compiled, template, edition):
    """The same template with every part handled whole."""
    known = tags.context(edition, Report(edition.id, None, {}, {}, {}))
    filled = {}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(compiling, "cut", lambda *_, **__: None)
        for name in compiled.filled:
            filled[name] = compiling.compile_part(parts(template)[name], known, body=name == BODY)
    return replace(compiled, filled=filled)


def expressive(compiled, template, edition):
    """The same template with every part filled by Jinja between ready pieces."""
    known = tags.context(edition, Report(edition.id, None, {}, {}, {}))
    filled = {}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cutting, "_program", lambda *_: None)
        for name in compiled.filled:
            filled[name] = compiling.compile_part(parts(template)[name], known, body=name == BODY)
    return replace(compiled, filled=filled)


def same_everywhere(template, edition, report, draft=False):
    compiled = compile_template(template, edition)
    ours = compiled.render(report, draft)
    for way in (whole, expressive):
        assert way(compiled, template, edition).render(report, draft) == ours
    assert parts(render.PlainTemplate(edition, template).render(report, draft))[BODY] == parts(ours)[BODY]
    reference, made = by_docxtpl(template, edition, report, draft), parts(ours)
    own = {n for n in made if n.startswith(("docProps/", "customXml/"))}
    for name in set(made) - own - {"[Content_Types].xml", "word/_rels/document.xml.rels"}:
        if name in compiled.filled:
            assert made[name] == reference[name], name
        else:
            assert canonical(made[name]) == canonical(reference[name]), name
    return compiled


def canonical(xml):
    root = etree.fromstring(xml)
    if root.tag.endswith("Relationships"):
        root[:] = sorted(root, key=lambda r: r.get("Id"))
    return etree.tostring(root, method="c14n2")


@pytest.mark.parametrize("name", edition_names())
@pytest.mark.parametrize("draft", [False, True])
def test_a_shipped_template_is_filled_as_docxtpl_fills_it(name, draft):
    edition = load_edition(name)
    report = zero(name)
    report = replace(report, body={**report.body, "signed_on": "2026-1-12", "phone": "0597-1<2"})
    compiled = same_everywhere(shipped(name), edition, report, draft)
    assert {type(p).__name__ for p in compiled.filled.values()} == {"ReadyPart"}


def test_the_sample_is_filled_as_docxtpl_fills_it():
    reading = sample()
    same_everywhere(shipped(reading.edition.id), reading.edition, reading.report)


@pytest.mark.parametrize("text", AWKWARD.values(), ids=AWKWARD)
def test_awkward_texts_come_out_the_same_every_way(text):
    report = zero()
    facts = {**report.body, "name": text.replace("\n", " "), "signed_on": "2026-1-12"}
    same_everywhere(shipped("2021"), load_edition("2021"), replace(report, body=facts, texts={"overview": text}))


def test_blank_figures_and_texts_come_out_the_same_every_way():
    same_everywhere(shipped("2021"), load_edition("2021"), Report("2021", None, {}, {}, {}), draft=True)


@given(st.lists(st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]) | st.sampled_from("{}%_#&<\t"))))
@settings(max_examples=25, deadline=None)
def test_any_text_comes_out_the_same_every_way(lines):
    typed = "\n".join(x.replace("\ufffe", "").replace("\uffff", "") for x in lines)
    report = replace(zero(), texts={"overview": typed, "introduction": typed})
    edition, template = load_edition("2021"), shipped("2021")
    ours = compile_template(template, edition).render(report)
    assert parts(ours)[BODY] == by_docxtpl(template, edition, report, False)[BODY]


NAME_TAG = "{{ 落款.单位名称 }}"
EDITS = {
    "a name inside a sentence": (NAME_TAG, "本机关（{{ 单位名称 }}，{{ 年度 }}年）", "ReadyPart"),
    "two tags without anything between": (NAME_TAG, "{{ 单位名称 }}{{ 年度 }}", "ReadyPart"),
    "a comment": (NAME_TAG, "{# 落款 #}{{ 单位名称 }}", "ReadyPart"),
    "a condition inside a run": (NAME_TAG, "{% if 草稿 %}草稿{% else %}{{ 单位名称 }}{% endif %}", "ReadyPart"),
    "nothing but a condition": (NAME_TAG, "{% if 草稿 %}{{ 草稿 }}{% endif %}", "ReadyPart"),
    "white space taken away": (NAME_TAG, "甲 {%- if 年度 -%} 乙 {%- endif -%} 丙", "ReadyPart"),
    "braces that are no tag": (NAME_TAG, "{_{ 单位名称 }_}", "ReadyPart"),
    "a list as it is": (NAME_TAG, "{{ 标题 }}", "ReadyPart"),
    "a filter in the other case": (NAME_TAG, "{% if 草稿 %}甲{% else %}{{ 标题 | join }}{% endif %}", "Expressions"),
    "the characters that mark tags while cutting": (NAME_TAG, "\ue000 0\ue001{{ 单位名称 }}", "WholePart"),
    "a statement of another kind": (NAME_TAG, "{% with %}{{ 单位名称 }}{% endwith %}", "WholePart"),
    "a filter": (NAME_TAG, "{{ 标题 | join('、') }}", "Expressions"),
    "a filter with quotes": (NAME_TAG, "{{ 标题 | join('&amp;\"') }}", "Expressions"),
    "a test": (NAME_TAG, "{% if 草稿 is none %}无{% endif %}{{ 单位名称 }}", "Expressions"),
    "the loop's own counter": ("{{ 行 }}", "{{ loop.index }}{{ 行 }}", "Expressions"),
    "a loop with something else": (
        NAME_TAG, "{% for 行 in 联系方式 %}{{ 行 }}{% else %}无{% endfor %}", "Expressions",
    ),
    "a block across two runs": (
        NAME_TAG,
        "{% if 年度 %}甲</w:t></w:r><w:r><w:t>乙{% endif %}{{ 单位名称 }}",
        "WholePart",
    ),
    "a tag in an attribute": (
        f'<w:t xml:space="preserve">{NAME_TAG}</w:t>',
        f'<w:t xml:space="preserve" w:rsidR="{{{{ 年度 }}}}">{NAME_TAG}</w:t>',
        "WholePart",
    ),
    "rows in a loop": (
        "<w:tr>",
        "<w:tr><w:tc><w:p><w:r><w:t>{%tr for 行 in 标题 %}</w:t></w:r></w:p></w:tc></w:tr><w:tr>",
        None,
    ),
}  # fmt: skip


@pytest.mark.parametrize(("was", "now", "way"), some(EDITS.values(), 4), ids=EDITS)
def test_an_edited_template_is_filled_as_docxtpl_fills_it(was, now, way):
    def change(xml):
        xml = xml.replace(was, now, 1)
        end = "<w:tr><w:tc><w:p><w:r><w:t>{%tr endfor %}</w:t></w:r></w:p></w:tc></w:tr>"
        return xml.replace("</w:tr>", f"</w:tr>{end}", 1) if way is None else xml

    template = edited(change)
    report = zero()
    report = replace(report, body={**report.body, "signed_on": "2026-1-12"}, texts={"overview": "甲\t乙"})
    for draft in (False, True):
        compiled = same_everywhere(template, load_edition("2021"), report, draft)
    if way is not None:
        assert type(compiled.filled[BODY]).__name__ == way


@pytest.mark.parametrize(
    "edit",
    ["a list as it is", "the characters that mark tags while cutting", "a statement of another kind",
     "a loop with something else", "a tag in an attribute"],
)  # fmt: skip
def test_an_edited_template_is_filled_the_quickest_way_that_gives_what_docxtpl_does(edit):
    was, now, way = EDITS[edit]
    template, edition = edited(lambda xml: xml.replace(was, now, 1)), load_edition("2021")
    compiled = compile_template(template, edition)
    assert type(compiled.filled[BODY]).__name__ == way
    report = replace(zero(), body={**zero().body, "signed_on": "2026-1-12"})
    assert parts(compiled.render(report))[BODY] == by_docxtpl(template, edition, report, False)[BODY]


PICTURE = (
    '<w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing">'
    '<wp:docPr id="{}" name="图"/></wp:inline></w:drawing></w:r>'
)


def test_drawings_are_numbered_as_docxtpl_numbers_them():
    template = edited(lambda xml: xml.replace("<w:sectPr", f"<w:p>{PICTURE.format(7) * 2}</w:p><w:sectPr", 1))
    compiled = same_everywhere(template, load_edition("2021"), zero())
    assert type(compiled.filled[BODY]).__name__ == "ReadyPart"
    assert b'id="1001"' in parts(compiled.render(zero()))[BODY]


def test_a_drawing_inside_a_block_is_left_to_docxtpl():
    mark = "<w:p><w:r><w:t>{{%p {} %}}</w:t></w:r></w:p>"
    inside = f"{mark.format('for 行 in 标题')}<w:p>{PICTURE.format(7)}</w:p>{mark.format('endfor')}<w:sectPr"
    template = edited(lambda xml: xml.replace("<w:sectPr", inside, 1))
    compiled = same_everywhere(template, load_edition("2021"), zero())
    assert type(compiled.filled[BODY]).__name__ == "WholePart"


def test_a_tag_in_a_header_and_a_footer_is_filled():
    found = parts(shipped("2021"))
    found["word/footer1.xml"] = found["word/footer1.xml"].replace("— ".encode(), "{{ 年度 }}年 — ".encode(), 1)
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as package:
        for part, content in found.items():
            package.writestr(part, content)
    compiled = same_everywhere(file.getvalue(), load_edition("2021"), zero())
    assert "2025年 — ".encode() in parts(compiled.render(zero()))["word/footer1.xml"]


def test_a_word_unknown_inside_a_loop_is_named_whichever_way():
    template = edited(lambda xml: xml.replace("{{ 段.文字 }}", "{{ 段.内容 }}"))
    edition = load_edition("2021")
    compiled = compile_template(template, edition)
    ways = (compiled, whole(compiled, template, edition), expressive(compiled, template, edition))
    for way in (*ways, render.PlainTemplate(edition, template)):
        with pytest.raises(TemplateError, match="标签“内容”没有对应"):
            way.render(zero())


@pytest.mark.parametrize("tag", ["{{ 行.__class__ }}", "{{ 行.__class__.x }}"])
def test_what_no_tag_may_reach_is_named_whichever_way(tag):
    """Told only when the loop is reached: what its variable stands for is not known before."""
    template = edited(lambda xml: xml.replace("{{ 行 }}", tag))
    edition = load_edition("2021")
    compiled = compile_template(template, edition)
    ways = (compiled, whole(compiled, template, edition), expressive(compiled, template, edition))
    for way in (*ways, render.PlainTemplate(edition, template)):
        with pytest.raises(TemplateError, match=r"标签“__class__”(没有对应|不能使用)"):
            way.render(zero())


def test_a_tag_of_which_half_stands_in_a_link_makes_no_document():
    half = "{{ 单位</w:t></w:r><w:hyperlink><w:r><w:t>名称 }}</w:t></w:r></w:hyperlink><w:r><w:t>"
    compiled = compile_template(edited(lambda xml: xml.replace(NAME_TAG, half)), load_edition("2021"))
    with pytest.raises(TemplateError, match="模板填写后不成文档，请检查标签放的位置"):
        compiled.render(replace(zero(), body={"name": "甲镇", "signed_on": "2026-1-12"}))


def test_a_table_whose_columns_docxtpl_mends_is_left_to_it():
    """A cell more than the table has columns."""
    template = edited(lambda xml: re.sub(r'<w:gridCol w:w="\d+"/>', "", xml, count=1))
    compiled = same_everywhere(template, load_edition("2021"), zero())
    assert type(compiled.filled[BODY]).__name__ == "WholePart"


def test_columns_in_a_loop_are_left_to_docxtpl():
    cell = "<w:tc><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc>"
    row = "".join(map(cell.format, ("{%tc for 行 in 标题 %}", "{{ 行 }}", "{%tc endfor %}")))
    table = f'<w:tbl><w:tblGrid><w:gridCol w:w="900"/></w:tblGrid><w:tr>{row}</w:tr></w:tbl><w:sectPr'
    template = edited(lambda xml: xml.replace("<w:sectPr", table, 1))
    compiled = same_everywhere(template, load_edition("2021"), zero())
    assert type(compiled.filled[BODY]).__name__ == "WholePart"


def test_a_template_without_properties_gives_documents_without_them():
    found = parts(shipped("2021"))
    for name in ("docProps/core.xml", "docProps/app.xml"):
        del found[name]
    for name in ("[Content_Types].xml", "_rels/.rels"):
        found[name] = re.sub(rb"<(Override|Relationship)\b[^>]*docProps/[^>]*/>", b"", found[name])
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as package:
        for name, content in found.items():
            package.writestr(name, content)
    edition = load_edition("2021")
    ours = parts(compile_template(file.getvalue(), edition).render(zero()))
    plain = parts(render.PlainTemplate(edition, file.getvalue()).render(zero()))
    assert ours[BODY] == plain[BODY]
    assert not [n for n in ours if n.startswith("docProps/")]
    assert "docProps/app.xml" not in plain


def test_the_chosen_way_is_said_in_the_log(caplog):
    caplog.set_level(logging.DEBUG)
    compile_template(build_template(load_edition("2021")), load_edition("2021"))
    assert f"{BODY}: words" in caplog.text
