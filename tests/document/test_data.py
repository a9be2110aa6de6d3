"""The data inside the Word file: nothing lost, nothing added, kept by other programs, read safely."""

import getpass
import hashlib
import io
import random
import re
import socket
import zipfile
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nianbao.document import build_template, compile_template, data, digest, read_data, template_for
from nianbao.document.custom_xml import MAX_ENTRIES, MAX_FILE, MAX_PART, NAMESPACE
from nianbao.errors import InputError, TemplateError
from nianbao.form import load_edition
from nianbao.report import Report, dumps, loads
from office import convert, parts, validate
from real import CITY
from reports import changed, consistent, zero

EDITIONS = ("2021", "2019", "wuping-2022")
PART = "customXml/item1.xml"
AWKWARD = {
    "overview": "  两格\t制表\n\n<镇> & \"引\" '号' ]]> <!DOCTYPE x> {{ 7*7 }}\n　　全角空格 𠮷 é &amp; &#65;",
    "problems": "甲\r\n乙\r丙\v丁\u2028戊",
    "other_matters": "\n\n前后空行\n\n",
}


def render(report):
    return template_for(load_edition(report.edition)).render(report)


def zipped(found):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in found.items():
            package.writestr(name, content)
    return file.getvalue()


def with_part(content, name=PART):
    found = parts(render(zero()))
    if isinstance(content, str):
        content = content.encode()
    return zipped({**found, name: content})


def with_foreign_parts(document, *numbers):
    """A template in which Word keeps parts of its own, such as the list of sources."""
    found = parts(document)
    types, relations = found["[Content_Types].xml"].decode(), found["word/_rels/document.xml.rels"].decode()
    office = "http://schemas.openxmlformats.org/officeDocument/2006"
    for n in numbers:
        found[f"customXml/item{n}.xml"] = b'<b:Sources xmlns:b="http://schemas.example/bibliography"/>'
        found[f"customXml/itemProps{n}.xml"] = (
            f'<ds:datastoreItem xmlns:ds="{office}/customXml"'
            f' ds:itemID="{{0A2A4C1E-9B7D-4E38-A0C4-3D1B7E5F20{n:02}}}"/>'
        ).encode()
        found[f"customXml/_rels/item{n}.xml.rels"] = (
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            f'<Relationship Id="rId1" Type="{office}/relationships/customXmlProps" Target="itemProps{n}.xml"/>'
            "</Relationships>"
        ).encode()
        relation = (
            f'<Relationship Id="rId{n}" Type="{office}/relationships/customXml" Target="../customXml/item{n}.xml"/>'
        )
        relations = relations.replace("</Relationships>", f"{relation}</Relationships>")
        kind = "application/vnd.openxmlformats-officedocument.customXmlProperties+xml"
        override = f'<Override PartName="/customXml/itemProps{n}.xml" ContentType="{kind}"/>'
        types = types.replace("</Types>", f"{override}</Types>")
    return zipped({**found, "[Content_Types].xml": types.encode(), "word/_rels/document.xml.rels": relations.encode()})


@pytest.mark.parametrize("name", EDITIONS)
@given(data=st.data())
@settings(max_examples=20, deadline=None)
def test_every_report_is_read_back_equal_from_its_document(name, data):
    report = data.draw(consistent(name))
    assert report == read_data(render(report))


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]) | st.sampled_from("{}%_#&<>\"'\t\n ]")))
@settings(max_examples=150, deadline=None)
def test_any_text_that_can_be_printed_is_read_back_as_it_was_taken(text):
    typed = text.replace("\ufffe", "").replace("\uffff", "")
    report = loads(dumps(replace(zero(), texts={"overview": typed}))).report
    assert report == read_data(render(report))


def test_line_ends_are_unified_and_all_else_in_awkward_texts_stays():
    found = read_data(render(replace(zero(), texts=AWKWARD))).texts
    assert found == {
        "overview": AWKWARD["overview"],
        "problems": "甲\n乙\n丙\n丁\n戊",
        "other_matters": "前后空行",
    }


def test_a_real_citys_report_is_read_back_equal():
    report = loads(CITY.read_text(encoding="utf-8")).report
    assert report == read_data(render(report))


def test_blank_stays_blank_zero_stays_zero_and_amounts_stay_exact():
    values = {
        "requests.received.natural_person": 0,
        "proactive.charges.amount": Decimal("1.250"),
        "fee.processing_fee.notices": 3,
        "fee.processing_fee.amount_notified": Decimal(120),
    }
    found = read_data(render(Report("2021", None, {}, values, {})))
    assert found == Report("2021", None, {}, values, {})
    assert {k: type(v) for k, v in found.values.items()} == {k: type(v) for k, v in values.items()}


def test_the_part_says_no_more_than_the_report_does():
    values = {"published.total.items": 941, "control.received.total": 942, "requests.received.total": 3}
    body = {"name": "甲镇人民政府", "blank_means_zero": "是", "note": "内部"}
    texts = {"overview": "甲", "category_1": "政务动态", "draft": "未公开的话"}
    found = read_data(render(Report("2021", 2025, body, values, texts)))
    expected = Report("2021", 2025, {"name": "甲镇人民政府"}, {"requests.received.total": 3}, {"overview": "甲"})
    assert found == expected


def test_nothing_of_a_person_machine_or_path_is_in_the_part(tmp_path):
    own = tmp_path / "某县用表.toml"
    own.write_text('id = "mou-2025"\nname = "某县用表"\nextends = "2021"\n', encoding="utf-8")
    edition = load_edition(str(own))
    found = parts(template_for(edition).render(replace(zero(), edition=str(own))))
    ours = {name: content.decode() for name, content in found.items() if "customXml" in name}
    secrets = {str(tmp_path), tmp_path.name, str(Path.home()), socket.gethostname()} - {"/"}
    assert [(n, s) for n, text in ours.items() for s in secrets if s in text] == []
    words = set(re.findall(r"\w+", " ".join(ours.values())))
    assert not {getpass.getuser(), "root", "home", "Users", "tmp"} & words
    assert 'edition="mou-2025"' in ours[PART]


def test_the_part_is_the_documented_xml():
    report = Report(
        "2021", 2025, {"name": "甲&乙"}, {"proactive.charges.amount": Decimal("1.5")}, {"overview": "一\n二"}
    )
    assert parts(render(report))[PART].decode() == (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        '<report xmlns="urn:nianbao:report:1" edition="2021" year="2025">'
        '<body><fact id="name">甲&amp;乙</fact></body>'
        '<values><amount cell="proactive.charges.amount">1.5</amount></values>'
        '<texts><text id="overview"><p>一</p><p>二</p></text></texts></report>'
    )


def test_a_template_that_holds_parts_of_others_keeps_them_and_ours_takes_a_free_number():
    edition = load_edition("2021")
    template = with_foreign_parts(build_template(edition), 1, 3)
    document = compile_template(template, edition).render(zero())
    found = parts(document)
    assert b"bibliography" in found["customXml/item1.xml"]
    assert b"bibliography" in found["customXml/item3.xml"]
    assert NAMESPACE.encode() in found["customXml/item2.xml"]
    assert read_data(document) == zero()


def test_a_template_made_from_a_report_loses_the_old_reports_data():
    edition = load_edition("2021")
    old = parts(render(replace(zero(), texts={"overview": "去年的话"})))
    template = zipped({**parts(build_template(edition)), **{n: c for n, c in old.items() if n != "word/document.xml"}})
    document = compile_template(template, edition).render(zero())
    assert parts(document) == parts(render(zero()))
    assert read_data(document) == zero()


def test_old_data_whose_own_relations_are_lost_is_taken_out_too():
    edition = load_edition("2021")
    old = parts(render(replace(zero(), texts={"overview": "去年的话"})))
    del old["customXml/_rels/item1.xml.rels"]
    template = zipped({**parts(build_template(edition)), **{n: c for n, c in old.items() if n != "word/document.xml"}})
    document = compile_template(template, edition).render(zero())
    assert not any("去年的话".encode() in part for part in parts(document).values())
    assert read_data(document) == zero()


def test_a_template_without_relations_of_its_own_is_given_some():
    edition = load_edition("2021")
    found = parts(build_template(edition))
    del found["word/_rels/document.xml.rels"]
    assert read_data(compile_template(zipped(found), edition).render(zero())) == zero()


@pytest.mark.parametrize("name", ["[Content_Types].xml", "word/_rels/document.xml.rels"])
def test_a_template_whose_directory_is_damaged_is_refused(name):
    found = parts(build_template(load_edition("2021")))
    found[name] = found[name][:-9]
    with pytest.raises(TemplateError, match="目录已损坏"):
        compile_template(zipped(found), load_edition("2021"))


@pytest.mark.validator
def test_microsofts_validator_accepts_our_part_beside_those_of_others(tmp_path):
    edition = load_edition("2021")
    for name, template in (("own", build_template(edition)), ("word", with_foreign_parts(build_template(edition), 1))):
        path = tmp_path / f"{name}.docx"
        path.write_bytes(compile_template(template, edition).render(replace(zero(), texts=AWKWARD)))
        assert validate(path) == ""


@pytest.mark.office
def test_libreoffice_keeps_the_data_and_its_templates_take_them(tmp_path):
    edition = load_edition("2021")
    report = random_like_a_clerks()
    path = tmp_path / "report.docx"
    path.write_bytes(render(report))
    saved = convert(path, "docx", tmp_path / "again")
    assert read_data(saved) == report
    template = tmp_path / "template.docx"
    template.write_bytes(build_template(edition))
    resaved = convert(template, "docx", tmp_path / "again")
    assert read_data(compile_template(resaved, edition).render(report)) == report
    assert read_data(compile_template(with_foreign_parts(resaved.read_bytes(), 1, 2), edition).render(report)) == report


def random_like_a_clerks():
    rng = random.Random(7)
    texts = {"overview": "甲 <乙> & 丙\n\t丁", "problems": "一是慢。"}
    return changed(replace(zero(), texts=texts), proactive__charges__amount=Decimal(rng.randint(1, 999)) / 100)


def test_a_document_without_data_or_with_only_others_gives_none():
    edition = load_edition("2021")
    assert read_data(build_template(edition)) is None
    assert read_data(with_foreign_parts(build_template(edition), 1, 2)) is None
    assert read_data(with_part('<report xmlns="urn:nianbao:report:2"/>')) is None
    assert read_data(with_part("not XML at all, and of no concern to us")) is None


START = f'<report xmlns="{NAMESPACE}" edition="2021" year="2025">'
BOMB = "<!DOCTYPE report [<!ENTITY a 'ha'>" + "".join(
    f"<!ENTITY {chr(98 + i)} '{f'&{chr(97 + i)};' * 10}'>" for i in range(9)
)


@pytest.mark.parametrize(
    "content",
    [
        f"{START}<body/><values/>",
        f"{START}<body/><values/></report>",
        f"{START}<body/><values/><texts/><more/></report>",
        f'<report xmlns="{NAMESPACE}" year="2025"><body/><values/><texts/></report>',
        f'<report xmlns="{NAMESPACE}" edition="2021" year="二"><body/><values/><texts/></report>',
        f'{START}<body/><values><count cell="a">十</count></values><texts/></report>',
        f'{START}<body/><values><count cell="a"></count></values><texts/></report>',
        f'{START}<body/><values><count cell="a">1</count><count cell="a">1</count></values><texts/></report>',
        f"{START}<body/><values><count>1</count></values><texts/></report>",
        f'{START}<body/><values><sum cell="a">1</sum></values><texts/></report>',
        f'{START}<body><fact id="name">甲<b/></fact></body><values/><texts/></report>',
        f'{START}<body/><values/><texts><text id="a">甲<q/></text></texts></report>',
        f"{BOMB}]>{START}<body/><values/><texts><text id='a'><p>&j;</p></text></texts></report>",
        f"<!DOCTYPE report [<!ENTITY a SYSTEM 'file:///etc/passwd'>]>{START}<body/><values/><texts>"
        "<text id='a'><p>&a;</p></text></texts></report>",
    ],
)
def test_damaged_or_malicious_data_are_refused_in_one_chinese_sentence(content):
    with pytest.raises(InputError, match="附带的年报数据已损坏"):
        read_data(with_part(content))


def test_two_parts_of_ours_are_refused():
    with pytest.raises(InputError, match="几份年报数据"):
        read_data(with_part(parts(render(zero()))[PART], "customXml/item2.xml"))


def test_a_part_beyond_all_measure_is_not_even_unpacked():
    assert read_data(with_part(START + " " * MAX_PART)) is None


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 broken", b"<html>", render(zero())[:3000]])
def test_a_file_that_is_no_word_file_is_refused(content, tmp_path):
    path = tmp_path / "report.docx"
    path.write_bytes(content)
    for source in (content, path):
        with pytest.raises(InputError, match="Word"):
            read_data(source)
    with pytest.raises(InputError, match=r"没有\.docx"):
        read_data(tmp_path / "没有.docx")


def test_a_file_of_too_many_parts_is_refused():
    with pytest.raises(InputError, match="文件里的部件太多，不是正常的 Word 文件"):
        read_data(zipped({f"{i}.txt": b"" for i in range(MAX_ENTRIES + 1)}))


def test_a_file_larger_than_any_is_refused_unread(tmp_path):
    path = tmp_path / "年报.docx"
    with path.open("wb") as file:
        file.truncate(MAX_FILE + 1)
    with pytest.raises(InputError, match="文件太大，不是正常的 Word 文件"):
        read_data(path)


def test_comments_other_encodings_and_layout_change_nothing():
    text = parts(render(zero()))[PART].decode()
    moved = text.replace('encoding="UTF-8"', 'encoding="UTF-16"').replace("<values>", "\n <!-- x -->\n <values>\n  ")
    assert read_data(with_part(moved.encode("utf-16"))) == zero()


def test_the_digest_is_the_same_for_the_same_data_and_for_the_document_read_back():
    edition, report = load_edition("2021"), zero()
    expected = digest(edition, report)
    assert re.fullmatch("[0-9a-f]{64}", expected)
    mappings = (report.body, report.values, report.texts)
    backwards = Report("2021", 2025, *({k: m[k] for k in reversed(m)} for m in mappings))
    assert [expected] * 4 == [
        digest(edition, backwards),
        digest(edition, read_data(render(report))),
        digest(edition, changed(report, control__received__total=5)),
        digest(edition, changed(report, proactive__charges__amount=0)),
    ]


def test_the_digest_is_that_of_the_documented_canonical_text():
    report = Report(
        "2021", 2025, {"name": "甲镇"}, {"proactive.charges.amount": Decimal("1.50")}, {"overview": "一\n二"}
    )
    text = r'{"body":{"name":"甲镇"},"edition":"2021","texts":{"overview":"一\n二"},"values":'
    text += '{"proactive.charges.amount":"1.5"},"year":2025}'
    assert hashlib.sha256(text.encode()).hexdigest() == digest(load_edition("2021"), report)
    assert digest(load_edition("2021"), report).startswith("bd270485c4ac0d41")


@pytest.mark.parametrize("name", EDITIONS)
def test_any_changed_figure_text_fact_or_year_changes_the_digest(name):
    edition, report = load_edition(name), zero(name)
    keys = [v.key for t in edition.tables if not t.help for v in t.values]
    others = [replace(report, values={**report.values, k: 1}) for k in keys]
    others += [replace(report, values={j: v for j, v in report.values.items() if j != k}) for k in keys[:5]]
    others += [replace(report, year=2024), replace(report, texts={**report.texts, "overview": "甲"})]
    others += [replace(report, body={**report.body, "name": "乙镇"})]
    found = [digest(edition, r) for r in (report, *others)]
    assert len(set(found)) == len(found)
    assert data.told(edition, data.told(edition, report)) == data.told(edition, report)
