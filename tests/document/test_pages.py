"""What Microsoft's validator and LibreOffice make of template and report."""

import re
from dataclasses import replace

import pytest

from nianbao.document import build_template, template_for
from nianbao.form import load_edition
from nianbao.report import Report, loads
from office import convert, convert_all, pdf_pages, pdf_text, validate, words
from real import CITY
from reports import zero

pytestmark = pytest.mark.xdist_group("pages")

EDITIONS = ("2021", "2019", "wuping-2022")
SIGNED = {"signed_on": "2026-1-12", "phone": "0597-4632003"}
TYPE_AREA = (28 / 25.4 * 72, 37 / 25.4 * 72, (210 - 26) / 25.4 * 72, (297 - 35) / 25.4 * 72)
"""Left, top, right, bottom of the official type area in points."""


def squeezed(text):
    return re.sub(r"\s", "", text)


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """Reports of every edition and of a real city, a long one and a draft, as .docx, by name."""
    folder = tmp_path_factory.mktemp("word")
    documents = {}
    for name in EDITIONS:
        report = zero(name)
        signed = replace(report, body={**report.body, **SIGNED})
        documents[name] = template_for(load_edition(name)).render(signed)
        documents[f"{name}-template"] = build_template(load_edition(name))
    long = replace(zero(), texts={"overview": "国" * 3000, "problems": "（一）甲\n1.乙\n（1）丙\n（二）丁。戊\t己。"})
    documents["long"] = template_for(load_edition("2021")).render(long)
    documents["draft"] = template_for(load_edition("2021")).render(Report("2021", None, {}, {}, {}), draft=True)
    paths = {name: folder / f"{name}.docx" for name in documents}
    for name, path in paths.items():
        path.write_bytes(documents[name])
    return paths


@pytest.fixture(scope="module")
def pdfs(made, tmp_path_factory):
    """The same as PDF, each converted once when first asked for."""
    folder = tmp_path_factory.mktemp("pdf")
    done = {}

    def pdf(name, path=None):
        if name not in done:
            done[name] = convert(path or made[name], "pdf", folder)
        return done[name]

    return pdf


@pytest.fixture(scope="module")
def city(pdfs, tmp_path_factory):
    reading = loads(CITY.read_text(encoding="utf-8"))
    path = tmp_path_factory.mktemp("city") / "city.docx"
    path.write_bytes(template_for(reading.edition).render(reading.report))
    return reading, path, pdfs("city", path)


@pytest.mark.validator
def test_microsofts_validator_accepts_every_template_and_report(made):
    assert {name: said for name, path in made.items() if (said := validate(path))} == {}


@pytest.mark.validator
def test_microsofts_validator_accepts_a_real_citys_report(city):
    assert validate(city[1]) == ""


@pytest.mark.office
def test_a_full_text_page_has_22_lines_of_28_characters(pdfs):
    pdf = pdfs("long")
    full = [line.strip() for line in pdf_text(pdf, 2).splitlines()]
    assert [line for line in full if line and "—" not in line] == ["国" * 28] * 22


@pytest.mark.office
def test_page_numbers_stand_between_dashes_right_on_odd_and_left_on_even_pages(pdfs):
    pdf = pdfs("long")
    left, _, right, bottom = TYPE_AREA
    for page in (1, 2, 3):
        below = [w for w in words(pdf, page) if w[1] > bottom]
        assert "".join(w[4] for w in below) == f"—{page}—"
        middle = (below[0][1] + below[0][3]) / 2
        assert middle - bottom == pytest.approx(7 / 25.4 * 72, abs=1.5)
        if page % 2:
            assert right - below[-1][2] == pytest.approx(14, abs=1)
        else:
            assert below[0][0] - left == pytest.approx(14, abs=1)


def page_of_table_three(pdf):
    pages = [squeezed(pdf_text(pdf, n)) for n in range(1, pdf_pages(pdf) + 1)]
    (text,) = [p for p in pages if "四、结转下年度继续办理" in p]
    return text


@pytest.mark.office
@pytest.mark.parametrize("name", EDITIONS)
def test_table_three_stands_on_one_page_with_its_heading(pdfs, name):
    text = page_of_table_three(pdfs(name))
    assert "一、本年新收政府信息公开申请数量" in text
    assert "三、收到和处理政府信息公开申请情况" in text


@pytest.mark.office
@pytest.mark.parametrize("name", EDITIONS)
def test_table_four_follows_table_three_on_its_page(pdfs, name):
    text = page_of_table_three(pdfs(name))
    assert "四、政府信息公开行政复议、行政诉讼情况" in text
    assert "复议后起诉" in text


@pytest.mark.office
def test_a_report_with_hardly_a_text_takes_three_pages(pdfs, tmp_path):
    report = zero()
    path = tmp_path / "short.docx"
    body = {k: v for k, v in {**report.body, "signed_on": "2026-1-12"}.items() if k != "office"}
    path.write_bytes(template_for(load_edition("2021")).render(replace(report, body=body, texts={})))
    pdf = pdfs("short", path)
    first = squeezed(pdf_text(pdf, 1))
    assert "二、主动公开政府信息情况" in first, "表二 follows the text where there is room"
    assert "行政事业性收费" in first
    assert pdf_pages(pdf) == 3


@pytest.mark.office
def test_the_signature_is_never_alone_on_a_page(tmp_path):
    """Texts that end on each of the lines around the foot of a page."""
    report = replace(zero(), body={**zero().body, **SIGNED})
    name, paths = report.body["name"], []
    for lines in range(12, 22):
        texts = {**report.texts, "problems": "\n".join(f"{n}.及时公开。" for n in range(1, lines))}
        path = tmp_path / f"{lines}.docx"
        path.write_bytes(template_for(load_edition("2021")).render(replace(report, texts=texts)))
        paths.append(path)
    found = [squeezed(pdf_text(pdf, pdf_pages(pdf))) for pdf in convert_all(paths, "pdf", tmp_path)]
    assert not [text for text in found if text.startswith(name)]
    assert len({pdf_pages(p.with_suffix(".pdf")) for p in paths}) > 1


@pytest.mark.office
def test_long_figures_stand_whole_in_narrow_cells(pdfs, tmp_path):
    edition = load_edition("2021")
    first = {"proactive": 11398000, "requests": 13000, "review": 1300}
    keys = [v.key for t in edition.tables if t.printed for v in t.values]
    figures = {k: first[edition.values[k].table] + i for i, k in enumerate(keys)}
    path = tmp_path / "figures.docx"
    path.write_bytes(template_for(edition).render(replace(zero(), values=figures)))
    pdf = pdfs("figures", path)
    # Neighbours in narrow cells come out of the PDF as one word; a figure broken over lines would be in none.
    printed = " ".join(w[4] for n in range(1, pdf_pages(pdf) + 1) for w in words(pdf, n))
    assert [v for v in figures.values() if str(v) not in printed] == []


@pytest.mark.office
def test_no_figure_of_a_real_city_is_clipped_or_broken(city):
    reading, _, pdf = city
    printed = [w[4] for n in range(1, pdf_pages(pdf) + 1) for w in words(pdf, n)]
    numbers = sorted(w for w in printed if re.fullmatch(r"\d+(\.\d+)?", w))
    for figure in (str(v) for v in reading.report.values.values()):
        assert figure in numbers, f"{figure} is not whole on the page"
    assert sum(1 for w in numbers if w == "14069") == 1
    left, _, right, _ = TYPE_AREA
    for page in range(1, pdf_pages(pdf) + 1):
        # Punctuation may hang out by one character, as the standard's own pages have it.
        assert [w for w in words(pdf, page) if w[0] < left - 1 or w[2] > right + 16] == []


@pytest.mark.office
def test_a_draft_is_marked_on_every_page(pdfs):
    pdf = pdfs("draft")
    for page in range(1, pdf_pages(pdf) + 1):
        assert "【草稿未通过校验，不得作为正式报告】" in squeezed(pdf_text(pdf, page))


@pytest.mark.office
def test_a_template_opens_in_libreoffice_with_its_tags(pdfs):
    assert "{{表二.行政许可.处理决定}}" in squeezed(pdf_text(pdfs("2021-template")))
