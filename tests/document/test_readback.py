"""The proof after rendering: the document is read back and every figure, label and text compared."""

import random
from dataclasses import replace

import pytest

import reports
from nianbao import document, pipeline
from nianbao.document import package
from nianbao.document.lint import check_template
from nianbao.document.wml import qn, serialise, w
from nianbao.errors import TemplateError
from nianbao.form import Section, edition_names, load_edition
from planting import Template, wrap


def rendered(report):
    return document.template_for(load_edition(report.edition)).render(report)


@pytest.mark.parametrize("name", edition_names())
def test_what_was_rendered_says_what_the_report_says(name):
    edition = load_edition(name)
    for seed in range(5):
        report = reports.random_report(random.Random(seed), name)
        assert document.differences(rendered(report), edition, report) == []


def test_awkward_texts_are_found_again_as_typed():
    text = "（一）{{ 7*7 }} <&> {_{ %_}\n\t制表符 𠮷　全角空格\n" + "长" * 10_000
    report = replace(reports.zero(), texts={**reports.TEXTS, "overview": text})
    assert document.differences(rendered(report), load_edition("2021"), report) == []


def test_every_single_wrong_figure_is_noticed():
    edition, report = load_edition("2021"), reports.random_report(random.Random(9))
    made = rendered(report)
    for key in (v.key for t in edition.tables if t.printed for v in t.values):
        other = replace(report, values={**report.values, key: report.values[key] + 1})
        (told,) = document.differences(made, edition, other)
        assert edition.values[key].place in told


def test_a_missing_paragraph_and_a_missing_table_are_noticed():
    edition, report = load_edition("2021"), reports.zero()
    made = rendered(report)
    other = replace(report, texts={**report.texts, "problems": "另一段话。"})
    assert document.differences(made, edition, other) == ["缺少“另一段话。”一段"]
    variant = load_edition("wuping-2022")
    assert document.differences(made, variant, reports.zero("wuping-2022")) == ["应有 4 张表，文档里有 3 张"]


def in_control(element):
    inside = wrap(element, w("sdtContent"))
    return wrap(inside, w("sdt"))


def test_rows_and_cells_in_content_controls_are_read_in_their_places():
    edition, report = load_edition("2021"), reports.random_report(random.Random(4))
    made = Template(rendered(report))
    in_control(made.row(1, 4))
    in_control(made.row(2, 5)[3])
    assert document.differences(made.save(), edition, report) == []
    made.write(1, 4, 2, "123456")
    (told,) = document.differences(made.save(), edition, report)
    assert "制发·行政规范性文件" in told


def test_a_tab_in_a_label_is_layout_and_beside_a_figure_is_not():
    edition, report = load_edition("2021"), reports.zero()
    made = Template(rendered(report))
    made.find("行政许可")[-1].insert(0, w("tab"))
    assert document.differences(made.save(), edition, report) == []
    made.cell(2, 4, 4).find(qn("p"))[-1].insert(0, w("tab"))
    (told,) = document.differences(made.save(), edition, report)
    assert told == "表三（自然人·本年新收）应是“0”，文档里是“\t0”"


def printing_typed_labels():
    """An edition of one's own that prints the table whose labels the clerk types."""
    edition = load_edition("2021")
    tables = tuple(replace(t, printed=True, help=False) if t.id == "published" else t for t in edition.tables)
    section = Section("published", "七", "主动公开信息分类情况", table="published")
    return replace(edition, id="own", tables=tables, sections=(*edition.sections, section))


def test_a_label_the_clerk_types_is_printed_and_read_back():
    edition = printing_typed_labels()
    values = {**reports.zero().values, "published.category_1.items": 5}
    report = replace(reports.zero(), values=values, texts={**reports.TEXTS, "category_1": "政务 动态"})
    template = document.build_template(edition)
    made = document.compile_template(template, edition).render(report)
    assert document.differences(made, edition, report) == []
    other = replace(report, texts={**report.texts, "category_1": "政策文件"})
    (told,) = document.differences(made, edition, other)
    assert told == "公开信息第2行第1列应是“政策文件”，文档里是“政务动态”"
    assert check_template(template, edition) == ()


def test_a_document_without_a_body_is_told():
    made = package.write({"word/document.xml": serialise(w("document"))})
    assert document.differences(made, load_edition("2021"), reports.zero()) == ["文档没有正文"]


def test_a_document_that_differs_is_not_handed_over(tmp_path, monkeypatch):
    forged = rendered(reports.changed(reports.zero(), requests__received__natural_person=9))

    class Forger:
        def render(self, report, draft=False):
            return forged

    monkeypatch.setattr(document, "template_for", lambda *_: Forger())
    checked = pipeline.Checked(tmp_path / "x.json", reports.reading(reports.zero()), ())
    with pytest.raises(TemplateError, match="自然人·本年新收"):
        pipeline.make(checked, tmp_path)
    assert list(tmp_path.iterdir()) == []
