"""Documents of our own are read back as they were written: Word, and what LibreOffice makes of it."""

import random
import re
import zipfile
from dataclasses import replace
from decimal import Decimal
from functools import cache

import pytest
from hypothesis import given, settings

import office
import real
import reports
from nianbao import published
from nianbao.document import template_for
from nianbao.findings import Severity
from nianbao.form import edition_names, load_edition
from nianbao.report import Report
from rows import some

pytestmark = pytest.mark.xdist_group("round trip")

FACTS = {
    "name": "示例镇人民政府", "office": "示例镇党政办公室", "address": "示例省示例县人民路1号", "phone": "0597-1234567",
    "postcode": "364300", "email": "office@example.gov.cn", "signed_on": "2026-1-12",
    "website": "示例县人民政府网站（www.example.gov.cn）",
}  # fmt: skip
AWKWARD = {
    "overview": "（一）主动公开。全年发布94条，其中文件20条。\n1.二、主动公开政府信息情况见下表\n"
    "a < b & c > d “引号” 'x' {{ 7*7 }}\n总计 3 件，其他 0 件\n甲　乙\n共收到申请3件、办结2件；结转1件",
    "problems": "一是公开不够及时。\n（1）下一步改进：定期检查。\n2025年1月1日起执行新办法。",
    "other_matters": "2025年度本机关未收取信息处理费。\n第3项 1,234.5元 ３件",
}


def full(rng: random.Random, name: str) -> Report:
    report = reports.random_report(rng, name)
    return replace(report, body=FACTS, texts=AWKWARD)


def write(report: Report, folder):
    path = folder / "年报.docx"
    path.write_bytes(template_for(load_edition(report.edition)).render(report))
    return path


def squeezed(texts):
    return {k: "".join(v.split()) for k, v in texts.items() if k != "introduction"}


@pytest.mark.parametrize("name", edition_names())
def test_a_word_report_is_read_back_equal(name, tmp_path):
    for seed in range(12):
        report = full(random.Random(seed), name)
        reading = published.read(write(report, tmp_path))
        assert reading.edition.id == name
        assert reading.report.values == reports.stated(reading.edition, report.values)
        assert reading.report.body == FACTS
        assert reading.report.year == report.year
        texts = dict(reading.report.texts)
        assert "示例镇党政办公室" in texts.pop("introduction")
        assert texts == AWKWARD
        assert [f for f in reading.findings if f.severity is not Severity.HINT] == []
        assert reading.unread == frozenset()


@settings(max_examples=25, deadline=None)
@given(report=reports.consistent("2021"))
def test_any_consistent_report_is_read_back_equal(report, tmp_path_factory):
    reading = published.read(write(report, tmp_path_factory.mktemp("any")))
    assert reading.report.values == reports.stated(reading.edition, report.values)
    assert reading.findings == ()


@pytest.mark.parametrize("name", edition_names())
def test_a_different_number_in_every_cell_is_read_from_its_cell_and_no_other(name, tmp_path):
    edition = load_edition(name)
    values = {k: reports.number_for(edition, k, 1001 + i) for i, k in enumerate(edition.values)}
    reading = published.read(write(replace(reports.zero(name), values=values), tmp_path))
    assert reading.report.values == reports.stated(edition, values, says_none=False)
    assert reading.places.of("requests.received.natural_person") == "表三 第4行第4列"
    assert reading.places.named("review.reconsideration.upheld") == "表四 第4行第1列（结果维持·行政复议）"


def test_signed_figures_and_decimals_are_read_as_printed(tmp_path):
    values = {
        "proactive.licences.change": -3,
        "proactive.penalties.change": 14,
        "proactive.procurement.amount": Decimal("12.3456"),
    }
    report = reports.zero("2019", 2020)
    reading = published.read(write(replace(report, values={**report.values, **values}), tmp_path))
    assert {k: reading.report.values[k] for k in values} == values
    assert reading.findings == ()


def test_blank_cells_are_absent_and_have_their_places(tmp_path):
    reading = published.read(write(replace(reports.zero(), values={}), tmp_path))
    assert reading.edition.id == "2021"
    assert reading.report.values == {}
    assert reading.findings == ()
    assert len(reading.places.cells) >= 200


def test_the_blank_as_circulated_is_read_as_a_2021_report_without_figures(tmp_path):
    blank = tmp_path / "空白.docx"
    blank.write_bytes(real.drawn())
    reading = published.read(blank)
    assert reading.edition.id == "2021"
    assert reading.report.values == {}
    assert {f.rule for f in reading.findings} <= {"R4", "R6"}


@pytest.fixture(scope="module")
def converted(tmp_path_factory):
    """What gives a report of an edition with awkward texts, and as what LibreOffice saves its Word file; each once."""
    folder = tmp_path_factory.mktemp("converted")

    @cache
    def made(name, to):
        report = full(random.Random(name), name)
        path = write(report, folder).replace(folder / f"{name}.docx")
        return report, office.convert(path, "txt:Text (encoded):UTF8" if to == "txt" else to, folder)

    return made


@pytest.mark.office
@pytest.mark.parametrize(("name", "kind"), some([(n, k) for n in edition_names() for k in ("html", "pdf", "txt")], 2))
def test_what_libreoffice_makes_of_it_is_read_back_equal(converted, name, kind):
    report, path = converted(name, kind)
    reading = published.read(path)
    assert reading.edition.id == name
    assert reading.report.values == reports.stated(reading.edition, report.values)
    assert reading.report.body == FACTS
    assert squeezed(reading.report.texts) == squeezed(AWKWARD)
    assert reading.unread == frozenset()


@pytest.mark.office
def test_places_in_a_pdf_name_the_page(converted):
    reading = published.read(converted("2021", "pdf")[1])
    assert reading.places.of("requests.total.total").startswith("第")
    assert "页 表三 第27行第10列" in reading.places.of("requests.total.total")


@pytest.mark.office
@pytest.mark.parametrize("paragraphs", [2, 20])
def test_a_table_broken_over_pages_is_read_whole(paragraphs, tmp_path):
    """Without what keeps our tables together, rows and labels break in two at the end of a page."""
    report = full(random.Random(paragraphs), "2021")
    report = replace(report, texts={**AWKWARD, "overview": "\n".join(["全年公开信息若干条，情况良好。"] * paragraphs)})
    found = office.parts(template_for(load_edition("2021")).render(report))
    for part in ("word/document.xml", "word/styles.xml"):
        found[part] = re.sub(rb"<w:(keepNext|keepLines|cantSplit|tblHeader)[^>]*/>", b"", found[part])
    path = tmp_path / "年报.docx"
    with zipfile.ZipFile(path, "w") as package:
        for name, content in found.items():
            package.writestr(name, content)
    reading = published.read(office.convert(path, "pdf", tmp_path))
    assert reading.report.values == reports.stated(reading.edition, report.values)
    assert len({reading.places.of(k).split(" ")[0] for k in reading.report.values if k.startswith("requests")}) == 2
    assert reading.unread == frozenset()
