"""What a Word file brings besides text: only what a form needs passes, in a template and in what is made of it."""

import codecs
import copy
import time
from dataclasses import replace

import pytest
from lxml import etree

import reports
from nianbao import caches, resources
from nianbao.document import build_template, differences, foreign, package, render
from nianbao.document.foreign import allowed_fields, relations
from nianbao.document.lint import check_template, links, template_faults
from nianbao.document.opened_docx import open_template
from nianbao.document.wml import R, W, qn, run, serialise, text, w
from nianbao.form import edition_names, load_edition
from office import parts
from planting import Template

SHIPPED = resources.template_path("2021", "report.docx").read_bytes()
EDITION = load_edition("2021")
WML = "application/vnd.openxmlformats-officedocument.wordprocessingml."
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
VML, OFFICE = "urn:schemas-microsoft-com:vml", "urn:schemas-microsoft-com:office:office"


def char(step):
    return w("r", w("fldChar", fldCharType=step))


def code(words):
    own = w("instrText")
    own.text = words
    return w("r", own)


def field(*words, shown="1"):
    """A field of several runs; what is no string stands in its code as it is."""
    inside = [code(x) if isinstance(x, str) else x for x in words]
    return [char("begin"), *inside, char("separate"), run(shown), char("end")]


def simple(words):
    return [w("fldSimple", run("1"), instr=words)]


def of_xml(xml):
    known = f'xmlns:w="{W}" xmlns:mc="{MC}" xmlns:v="{VML}" xmlns:o="{OFFICE}" xmlns:s="{STRICT}"'
    return list(etree.fromstring(f"<w:p {known}>{xml}</w:p>"))


def begun(inside):
    """A field whose code is this XML."""
    return of_xml(f'<w:r><w:fldChar w:fldCharType="begin"/></w:r>{inside}<w:r><w:fldChar w:fldCharType="end"/></w:r>')


def cut(name):
    return field(" ", *name, ' c:\\\\windows\\\\system32\\\\cmd.exe "/c calc" ')


FETCHING = ("DDE", "DDEAUTO", "INCLUDETEXT", "INCLUDEPICTURE", "INCLUDE", "IMPORT", "LINK", "EMBED", "DATABASE", "RD",
            "MACROBUTTON", "GOTOBUTTON", "QUOTE", "SYMBOL", "MERGEFIELD", "NEXT", "ASK", "FILLIN", "SET", "IF",
            "COMPARE", "AUTOTEXT", "AUTOTEXTLIST", "GLOSSARY", "PRINT", "ADDIN", "CONTROL", "HTMLCONTROL",
            "DOCVARIABLE", "DOCPROPERTY", "INFO", "FILENAME", "TEMPLATE", "USERNAME", "USERADDRESS", "LASTSAVEDBY",
            "PRIVATE", "ADDRESSBLOCK", "bookmark_of_mine")  # fmt: skip

VARIANTS = {
    "cut after one letter": lambda: cut(("D", "DEAUTO")),
    "cut at every letter": lambda: cut("DDEAUTO"),
    "cut with empty runs": lambda: cut(("", "INC", "", "LUDETEXT", "")),
    "small letters": lambda: field(" ddeauto cmd x "),
    "mixed letters": lambda: field("dDeAuTo cmd x"),
    "no blank before": lambda: field("DDEAUTO cmd x"),
    "tab before": lambda: field("\tDDEAUTO\tcmd"),
    "line feeds": lambda: field("\r\n\nDDEAUTO\ncmd"),
    "no-break space": lambda: field("PAGE\u00a0DDEAUTO"),
    "ideographic space": lambda: field("\u3000DDEAUTO cmd"),
    "zero-width space in the name": lambda: field("PAGE\u200bDDE"),
    "full-width letters": lambda: field("ＰＡＧＥ"),
    "letters that fold": lambda: field("\u017fECTION"),
    "combining mark": lambda: field("PAGE\u0301"),
    "quoted name": lambda: field('"PAGE"'),
    "name and digit": lambda: field("PAGE1"),
    "switch at once": lambda: field("DDE\\a cmd"),
    "nested name": lambda: field(*field("QUOTE 68 68 69", shown="DDE"), "AUTO cmd x"),
    "nested argument": lambda: field(" REF ", *field("PAGE"), " "),
    "nested simple": lambda: field(" PAGE ", *simple(" PAGE ")),
    "nested two deep": lambda: field(*field(*field("PAGE"), "X"), "Y"),
    "formula": lambda: field(" =1+2 "),
    "formula simple": lambda: simple("=SUM(ABOVE)"),
    "simple": lambda: simple(" DDEAUTO cmd x "),
    "simple with entities": lambda: of_xml('<w:fldSimple w:instr="&#68;&#x44;EAUTO&#x20;cmd"/>'),
    "simple in single quotes and lines": lambda: of_xml("<w:fldSimple\n w:instr\n=\n'\nDDE cmd'\n/>"),
    "simple of Strict": lambda: of_xml('<s:fldSimple s:instr="DDEAUTO cmd"/>'),
    "code of Strict": lambda: of_xml(
        '<s:r><s:fldChar s:fldCharType="begin"/><s:instrText>DDE x</s:instrText><s:fldChar s:fldCharType="end"/></s:r>'
    ),
    "in CDATA": lambda: begun("<w:r><w:instrText><![CDATA[DDEAUTO cmd]]></w:instrText></w:r>"),
    "comment in the code": lambda: begun("<w:r><w:instrText><!-- PAGE -->DDEAUTO cmd</w:instrText></w:r>"),
    "instruction in the code": lambda: begun("<w:r><w:instrText><?PAGE x?>DDEAUTO cmd</w:instrText></w:r>"),
    "one of two choices": lambda: begun(
        '<mc:AlternateContent><mc:Choice Requires="w"><w:r><w:instrText>PAGE </w:instrText></w:r></mc:Choice>'
        "<mc:Fallback><w:r><w:instrText>DDEAUTO cmd</w:instrText></w:r></mc:Fallback></mc:AlternateContent>"
    ),
    "behind deleted words": lambda: begun(
        "<w:r><w:delInstrText>PAGE </w:delInstrText></w:r><w:r><w:instrText>DDE x</w:instrText></w:r>"
    ),
    "symbol in the code": lambda: begun(
        '<w:r><w:instrText>PAGE </w:instrText></w:r><w:r><w:sym w:font="Symbol" w:char="F044"/></w:r>'
    ),
    "text in the code": lambda: begun("<w:r><w:instrText>PAGE</w:instrText></w:r><w:r><w:t>BREAK</w:t></w:r>"),
    "bound control in the code": lambda: begun(
        "<w:r><w:instrText>PAGE </w:instrText></w:r><w:sdt><w:sdtContent><w:r><w:instrText>X</w:instrText></w:r>"
        "</w:sdtContent></w:sdt>"
    ),
    "tag for a name": lambda: field(" {{ 单位名称 }} "),
    "tag in an argument": lambda: field(' HYPERLINK "http://{{ 网址 }}" '),
    "tag cut in two": lambda: field(" PAGE {", "{ 单位名称 }", "} "),
    "statement in the code": lambda: simple(" PAGE {% if 草稿 %}X{% endif %}"),
    "never ended": lambda: [char("begin"), code(" PAGE ")],
    "without a code": lambda: [char("begin"), char("end")],
    "unknown step": lambda: [char("Begin"), code(" PAGE "), char("end")],
    "code without a field": lambda: [code(" DDEAUTO cmd ")],
    "in the result of another": lambda: [char("begin"), code("TOC"), char("separate"), *field("DDE x"), char("end")],
    "link to a file": lambda: field(' HYPERLINK "file:///D:/台账.xlsx" '),
    "link to a share": lambda: field(' HYPERLINK \\l "x" \\o "y" "\\\\\\\\server\\\\x" '),
    "link to a file after a tip": lambda: simple(' HYPERLINK \\o "https://a" file:///x '),
    "link to a script": lambda: simple("HYPERLINK javascript:x"),
    "box with a macro": lambda: of_xml(
        '<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:entryMacro w:val="X"/></w:ffData></w:fldChar>'
        '<w:instrText> FORMTEXT </w:instrText><w:fldChar w:fldCharType="end"/></w:r>'
    ),
    "box with a sum": lambda: of_xml(
        '<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:textInput><w:type w:val="calculated"/></w:textInput>'
        '</w:ffData></w:fldChar><w:instrText> FORMTEXT </w:instrText><w:fldChar w:fldCharType="end"/></w:r>'
    ),
    "fill of a drawing": lambda: of_xml('<w:r><w:pict><v:rect><v:fill src="http://x/y.png"/></v:rect></w:pict></w:r>'),
    "fill by the office's own address": lambda: of_xml(
        '<w:r><w:pict><v:rect><v:fill o:href="x.png"/></v:rect></w:pict></w:r>'
    ),
    "fill by the other address": lambda: of_xml(
        '<w:r><w:pict><v:rect><v:fill o:althref="\\\\s\\x"/></v:rect></w:pict></w:r>'
    ),
    "shape that leads to a share": lambda: of_xml('<w:r><w:pict><v:rect href="\\\\server\\x"/></w:pict></w:r>'),
    "object": lambda: of_xml('<w:r><w:object><o:OLEObject Type="Link" ProgID="Excel.Sheet"/></w:object></w:r>'),
    **{f"the field {name}": lambda name=name: field(f" {name} x ") for name in FETCHING},
}
GOOD = (
    " PAGE ", "PAGE", " page \\* MERGEFORMAT ", "PAGE\\* Arabic", " NUMPAGES ", " SECTIONPAGES ", ' TOC \\o "1-3" \\h ',
    " PAGEREF _Toc1 \\h ", " REF a \\h ", " STYLEREF 报告标题 ", " SEQ 表 \\* ARABIC ", ' DATE \\@ "yyyy年M月d日" ',
    ' HYPERLINK \\l "_Toc1" ', " FORMCHECKBOX ", " eq \\o\\ac(○,1) ", " TITLE ", "\n PAGE\t",
)  # fmt: skip
PLACES = {"body": "第24段", "cell": "表格2 第4行第1列", "box": "文本框", "header": "页眉", "footer": "页脚",
          "footnote": "脚注", "comment": "批注", "endnote": "尾注"}  # fmt: skip


def planted(inside, place="body"):
    """The shipped template with this in a paragraph of its own at a place."""
    template = Template(SHIPPED)
    own = w("p", *copy.deepcopy(inside))
    if place == "body":
        template.find("一、总体情况").addnext(own)
    elif place == "cell":
        template.cell(2, 4, 1).append(own)
    elif place == "box":
        box = w("txbxContent", own)
        template.find("一、总体情况").append(w("r", w("pict", box)))
    elif place in ("header", "footer"):
        template.root(f"word/{place}1.xml").append(own)
    else:
        one = w(f"{place}s", w(place, own, id=2))
        template.add(f"word/{place}s.xml", serialise(one), f"{WML}{place}s+xml")
        template.relate(f"{place}s", f"{place}s.xml", external=False)
    return template.save()


def refused(data):
    """What rule T12 tells of a template; the other rules take most of the time."""
    return [f for f in map(template_faults.finding, links.check(open_template(data))) if f.rule == "T12"]


@pytest.mark.parametrize("variant", VARIANTS)
def test_every_variant_is_refused_in_a_template(variant):
    assert refused(planted(VARIANTS[variant]()))


@pytest.mark.parametrize(
    "variant", ["cut after one letter", "nested name", "simple with entities", "formula", "object"]
)
@pytest.mark.parametrize("place", PLACES)
def test_it_is_refused_wherever_it_stands_and_its_place_is_told(variant, place):
    assert any(PLACES[place] in f.place for f in refused(planted(VARIANTS[variant](), place)))


@pytest.mark.parametrize("words", GOOD)
def test_what_a_form_needs_passes(words):
    for inside in (field(words), field(*words), simple(words)):
        own = w("p", *inside)
        assert [allowed_fields.wrong(f) for f in allowed_fields.of(own)] == [None]


@pytest.mark.parametrize(("name", "value", "outside"), [
    (f"{{{R}}}href", "file:///D:/a.png", True), (f"{{{R}}}href", "\\\\x\\a.png", True), (f"{{{R}}}href", "rId7", False),
    ("src", "a.png", True), ("src", "#a", False), ("src", " ", False), ("id", "file:///D:/a.png", False),
])  # fmt: skip
def test_an_address_in_an_old_drawing_is_seen_and_a_relations_name_is_none(name, value, outside):
    image = etree.Element("{urn:schemas-microsoft-com:vml}imagedata", {name: value})
    found = [f for f in refused(planted([w("r", w("pict", image))])) if "图形连接到别处" in f.message]
    assert bool(found) == outside


def test_page_numbers_a_table_of_contents_and_a_box_pass_in_a_whole_template():
    contents = [char("begin"), code(' TOC \\o "1-3" '), char("separate"), *field(" PAGEREF _Toc1 \\h "), char("end")]
    for place in ("body", "header", "footnote"):
        assert check_template(planted([*contents, *field(" NUMPAGES ")], place), EDITION) == ()


def test_an_address_on_the_web_in_a_field_is_only_to_be_confirmed():
    found = check_template(planted(field(' HYPERLINK "https://www.example.gov.cn/" \\o "公开网" ')), EDITION)
    assert [f.rule for f in found] == ["T13"]


def test_the_whole_check_forbids_a_report_with_it():
    found = check_template(planted(VARIANTS["cut at every letter"](), "footnote"), EDITION)
    assert [(f.rule, f.forbids) for f in found] == [("T12", True)]
    assert "DDEAUTO" in found[0].message


def related(kind, target, part="word/document.xml", external=True, base=None):
    template = Template(SHIPPED)
    template.relate(kind, target, part, external)
    if base:
        folder, name = part.rsplit("/", 1)
        template.root(f"{folder}/_rels/{name}.rels")[-1].set("Type", f"{base}/{kind}")
    return template.save()


@pytest.mark.parametrize("part", ["word/document.xml", "word/header1.xml", "word/settings.xml", "word/styles.xml"])
@pytest.mark.parametrize("kind", ["image", "attachedTemplate", "oleObject", "frame", "mailMergeSource", "subDocument",
                                  "header", "customXml", "video"])  # fmt: skip
def test_no_part_leads_outside(kind, part):
    assert refused(related(kind, "http://127.0.0.1:9/x", part))


@pytest.mark.parametrize(
    "kind",
    [
        "aFChunk",
        "vbaProject",
        "control",
        "oleObject",
        "package",
        "webextensiontaskpanes",
        "keyMapCustomizations",
        "extensibility",
        "recipientData",
        "subDocument",
        "x",
        "",
    ],
)
def test_a_kind_of_part_that_no_form_needs_is_refused_under_any_name(kind):
    for base in (
        None,
        "http://purl.oclc.org/ooxml/officeDocument/relationships",
        "http://schemas.microsoft.com/office/2006/relationships",
    ):
        assert refused(related(kind, "harmless.xml", external=False, base=base))


@pytest.mark.parametrize("target", ["http://x/y", "FILE:///x", "\\\\server\\x", "//server/x", " c:\\x"])
def test_an_address_is_outside_whatever_its_relation_says(target):
    assert refused(related("image", target, external=False))


def test_a_relation_of_strange_mode_or_upper_case_is_seen():
    template = Template(SHIPPED)
    template.parts["WORD/_RELS/header1.xml.RELS"] = (
        b'<a:Relationships xmlns:a="http://schemas.openxmlformats.org/package/2006/relationships"><a:Relationship '
        b"Id='a' Type='x/image' Target='y' TargetMode=' External'/></a:Relationships>"
    )
    assert refused(template.save())


def test_what_office_programs_write_is_allowed():
    """The kinds of relations in the documents that Word, WPS and LibreOffice saved for us."""
    kinds = ("theme", "webSettings", "numbering", "endnotes", "glossaryDocument", "stylesWithEffects", "font",
             "printerSettings", "commentsIds", "diagramData")  # fmt: skip
    assert set(kinds) <= relations.ALLOWED
    for kind in kinds:
        assert refused(related(kind, f"{kind}.xml", external=False)) == []
    assert refused(related("hyperlink", "#_Toc1")) == []


@pytest.mark.parametrize("name", ["word/settings.xml", "word/more.xml", "word/picture.png", "word/x"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be", "utf-7"])
def test_a_data_source_for_mail_merge_is_seen_in_any_part_and_encoding(name, encoding):
    template = Template(SHIPPED)
    mark = codecs.BOM_UTF16_BE if encoding == "utf-16-be" else b""
    xml = f'<a:settings xmlns:a="{W}">\n<a:mailMerge\n><a:query a:val="SELECT"/></a:mailMerge></a:settings>'
    said = b"<?xml version='1.0' encoding='utf-7'?>" if encoding == "utf-7" else mark
    template.parts[name] = said + xml.encode(encoding)
    assert any("邮件合并" in f.message for f in refused(template.save()))


@pytest.mark.parametrize(
    "content", [b"<a><mailMerge></a>", b"<!DOCTYPE a [<!ENTITY x 'y'>]><a>&x;</a>", b"<a>&#0;</a>", b""]
)
def test_a_part_that_cannot_be_looked_into_is_refused(content):
    template = Template(SHIPPED)
    template.parts["word/more.xml"] = content
    assert refused(template.save())


@pytest.mark.parametrize("name", edition_names())
def test_the_templates_as_shipped_bring_nothing(name):
    shipped = resources.template_path(name, "report.docx").read_bytes()
    for data in (shipped, build_template(load_edition(name))):
        assert list(foreign.look(package.read(data), {})) == []


@pytest.mark.parametrize(
    "variant", [pytest.param(v, marks=[] if n % 6 == 0 else [pytest.mark.soak]) for n, v in enumerate(VARIANTS)]
)
def test_no_finished_document_brings_it_either(variant):
    """Made of a template that nobody examined: exchanged after it was, or kept by somebody else."""
    if "{{" in "".join(map(etree.tounicode, VARIANTS[variant]())):
        return
    found = parts(render.template_for(EDITION).render(reports.zero()))
    root = etree.fromstring(found["word/document.xml"])
    root.find(f".//{qn('p')}").addnext(w("p", *VARIANTS[variant]()))
    found["word/document.xml"] = etree.tostring(root, xml_declaration=True, encoding="UTF-8")
    assert differences(package.write(found), EDITION, reports.zero())


def test_a_typed_word_that_becomes_a_field_is_not_handed_over():
    template = render.compile_template(planted(field(" {{ 单位名称 }} ")), EDITION)
    zero = reports.zero()
    report = replace(zero, body={**zero.body, "name": 'DDEAUTO cmd "/c calc"'})
    assert any("DDEAUTO" in told for told in differences(template.render(report), EDITION, report))


def test_a_kept_template_that_was_exchanged_makes_no_report(tmp_path, monkeypatch):
    """Whoever can read the user's secret seals what he likes; the finished document is looked at all the same."""
    monkeypatch.setenv(caches.SWITCH, str(tmp_path / "cache"))
    render.prepared(SHIPPED, EDITION)
    (kept,) = (tmp_path / "cache").glob("template-*")
    kind, _, key = kept.name.partition("-")
    content = caches.load(kind, key)
    evil = etree.tostring(w("fldSimple", w("r", text("1")), instr=" DDEAUTO cmd x "), encoding="unicode")
    head, _, blob = content.partition(b"\n")
    at = head.index(b"<w:sectPr")
    quoted = f"<w:p>{evil}</w:p>".replace('"', '\\"').encode()
    caches.save(kind, key, head[:at] + quoted + head[at:] + b"\n" + blob)
    made = render.prepared(SHIPPED, EDITION).render(reports.zero())
    assert b"DDEAUTO" in parts(made)["word/document.xml"]
    assert any("DDEAUTO" in told for told in differences(made, EDITION, reports.zero()))


def test_a_code_of_thousands_of_runs_and_relations_by_the_thousand_take_no_long_time():
    runs = [code("X" * 900) for _ in range(20_000)]
    own = w("p", char("begin"), *runs, char("end"))
    (found,) = allowed_fields.of(own)
    assert allowed_fields.wrong(found)
    assert len(found.code) < 20_000
    template = Template(SHIPPED)
    for _ in range(8_000):
        template.relate("image", "http://x/y")
    start = time.process_time()
    assert refused(template.save())
    assert time.process_time() - start < 5
