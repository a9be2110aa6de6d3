"""The rules that hold for any form can be included by another; no file of rules gives anything twice or in disorder."""

from dataclasses import replace

import pytest

from nianbao import pipeline, workbook
from nianbao.form import catalogue, edition_names, load_edition
from nianbao.report import Report
from published.test_other_form import FACTS, TEXTS, WEBSITE, filled

GENERAL = 'include = ["rules-general.toml"]\n'


def with_rules(folder, include):
    text = WEBSITE.read_text(encoding="utf-8").replace("[[fields]]", f"{include}\n[[fields]]", 1)
    path = folder / "网站.toml"
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_another_form_includes_them_and_passes_every_verb(tmp_path):
    name = with_rules(tmp_path, GENERAL)
    edition = load_edition(name)
    assert pipeline.examine_edition(tmp_path / "网站.toml")[1] == ()
    values = filled(edition)
    report = Report(edition.id, 2025, FACTS, values, TEXTS)
    book = tmp_path / "网站.xlsx"
    before = {k: v + 1 for k, v in values.items()}
    book.write_bytes(workbook.build(edition, report, replace(report, year=2024, values=before, texts={})))
    checked = pipeline.check_file(book, name)
    assert checked.findings == ()
    made = pipeline.make(checked, tmp_path / "报表", ("docx", "html", "csv", "json"), check_sheet=True)
    assert pipeline.verify(made.files[0], book, name).findings == ()


def test_they_find_what_is_wrong_with_another_form(tmp_path):
    name = with_rules(tmp_path, GENERAL)
    edition = load_edition(name)
    values = {k: v for k, v in filled(edition).items() if k != "site.visits.total.number"}
    texts = {"overview": "今年　　XX网站，，运行平稳。电话13800000000。身份证号110101199003070039。"}
    report = Report(edition.id, 2015, {**FACTS, "name": "甲镇"}, {**values, "site.visits.unique.number": -3}, texts)
    book = tmp_path / "网站.xlsx"
    book.write_bytes(workbook.build(edition, report))
    found = {f.rule for f in pipeline.check_file(book, name).findings}
    assert {"A6", "F2", "F6", "S5", "P1"} <= found


def test_a_form_that_included_the_old_files_has_the_same_rules(tmp_path):
    listed = ("rules", "rules-body", "rules-history", "rules-tables", "rules-text", "rules-wording")
    folder = catalogue._FOLDER
    text = (folder / "2021.toml").read_text(encoding="utf-8")
    assert all(f'"{n}.toml"' in text for n in listed)
    path = tmp_path / "own.toml"
    path.write_text(
        text.replace('id = "2021"', 'id = "own"', 1).replace('"prescribed"', '"variant"', 1), encoding="utf-8"
    )
    assert load_edition(str(path)).rules == load_edition("2021").rules


def test_a_file_included_twice_counts_once(tmp_path):
    twice = 'include = ["rules-general.toml", "rules-body.toml", "rules-general-form.toml"]\n'
    once = [r.id for r in load_edition(with_rules(tmp_path, GENERAL)).rules]
    (tmp_path / "b").mkdir()
    assert [r.id for r in load_edition(with_rules(tmp_path / "b", twice)).rules] == once


@pytest.mark.parametrize("name", edition_names())
def test_each_family_of_rules_is_in_order(name):
    ids = [r.id for r in load_edition(name).rules]
    for family in "ACNS":
        numbers = [int(i[1:]) for i in ids if i[0] == family and i[1:].isdigit()]
        assert numbers == sorted(numbers)
