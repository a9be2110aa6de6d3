"""Reading a workbook back: what was filled in comes back equal, spelled as it may be."""

import datetime
import re
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from books import EDITIONS, TEXTS, edited, filled, patched, saved, set_cell
from nianbao.findings import Severity
from nianbao.form import load_edition
from nianbao.report import Reason
from nianbao.workbook import layout, read
from nianbao.workbook.contents import Content
from nianbao.workbook.figures import _spelled


@pytest.mark.parametrize("name", EDITIONS)
def test_a_workbook_with_a_different_number_in_every_cell_reads_back_equal(name, tmp_path):
    report = filled(name)
    found = read(saved(tmp_path, report, name))
    assert report == found.report
    assert found.findings == ()
    assert frozenset(load_edition(name).sums) == found.computed
    assert None is found.last_year


@pytest.mark.parametrize("name", EDITIONS)
def test_totals_overwritten_by_different_numbers_are_read_as_typed(name, tmp_path):
    edition = load_edition(name)
    typed = {key: 900_000 + i for i, key in enumerate(edition.sums)}
    places = layout(edition)

    def overwrite(book):
        for key, number in typed.items():
            spot = places.values[key]
            book[spot.sheet][spot.ref].value = number

    found = read(edited(saved(tmp_path, filled(name), name), overwrite))
    assert {**filled(name).values, **typed} == found.report.values
    assert {("W2", Severity.HINT)} == {(f.rule, f.severity) for f in found.findings}
    assert set(typed) == {k for f in found.findings for k in f.cells}
    assert frozenset() == found.computed


@pytest.mark.parametrize("name", EDITIONS)
def test_an_empty_workbook_has_no_values_no_texts_and_no_findings(name, tmp_path):
    found = read(saved(tmp_path, edition_name=name))
    assert (
        found.report.values,
        found.report.texts,
        found.report.body,
        found.report.year,
        found.findings,
    ) == ({}, {}, {}, None, ())


def test_blanks_are_zero_only_where_the_clerk_says_so_and_never_in_help_tables(tmp_path):
    edition = load_edition("2021")
    report = filled(values={"requests.received.natural_person": 3})
    assert read(saved(tmp_path, report)).report.values == {"requests.received.natural_person": 3}
    values = read(saved(tmp_path, report, blank_means_zero=True)).report.values
    assert {k for k in edition.values if not edition.table[k.split(".")[0]].help} == set(values)
    assert 3 == values["requests.received.natural_person"] == values["requests.received.total"]
    assert {0, 3} == set(values.values())
    assert isinstance(values["proactive.charges.amount"], Decimal)


def test_a_total_with_a_blank_part_is_absent(tmp_path):
    edition = load_edition("2021")
    values = {k: v for k, v in filled().values.items() if k not in edition.sums and k != "requests.full_grant.business"}
    found = read(saved(tmp_path, filled(values=values))).report.values
    for key in ("requests.full_grant.total", "requests.total.business", "requests.total.total"):
        assert key not in found


def test_last_years_report_comes_back_in_its_own_edition(tmp_path):
    last = filled("2019", year=2020, body={"name": "永平镇人民政府", "level": "town"})
    found = read(saved(tmp_path, filled(), last_year=last)).last_year
    assert last == found


def test_a_table_of_last_year_that_its_form_does_not_have_is_left_out_and_the_others_are_read(tmp_path):
    path = saved(tmp_path, filled(), last_year=filled("2019"))
    whole = read(path).last_year.values

    def of_nowhere(book):
        (mark,) = [c for row in book["上年数据"].iter_rows(max_col=1) for c in row if c.value == "table:review"]
        mark.value = "table:nowhere"

    found = read(edited(path, of_nowhere)).last_year
    assert found.values == {k: v for k, v in whole.items() if not k.startswith("review.")} != whole


def test_a_form_whose_defined_names_were_lost_is_known_by_its_printed_label(tmp_path):
    path = saved(tmp_path, filled())
    patched(path, lambda parts: parts.update({
        "xl/workbook.xml": re.sub(rb"<definedNames>.*?</definedNames>", b"", parts["xl/workbook.xml"])
    }))  # fmt: skip
    assert read(path).report == filled()


def test_a_changed_label_of_the_facts_keeps_its_fact_from_being_read(tmp_path):
    def relabelled(book):
        (label,) = [c for row in book["基本信息"].iter_rows() for c in row if str(c.value).startswith("地址")]
        label.value = "住处"

    found = read(edited(saved(tmp_path, filled()), relabelled))
    assert "address" not in found.report.body
    assert found.report.body["phone"] == filled().body["phone"]
    (finding,) = [f for f in found.findings if f.rule == "W1"]
    assert "这里应印着“地址" in finding.message
    assert "现在是“住处”；它所管的格子没有读" in finding.message


def test_places_name_the_cells_of_figures_fields_texts_and_paragraphs(tmp_path):
    places = read(saved(tmp_path, filled())).places
    assert places.named("requests.received.natural_person") == "表三!D7（自然人·本年新收）"
    assert places.named("name") == "基本信息!B5（单位名称）"
    assert places.of_paragraph("overview", 2) == "总体情况!B19"
    assert places.of("overview") == "总体情况!B17"


def test_blank_lines_between_paragraphs_are_left_out(tmp_path):
    found = read(saved(tmp_path, filled(texts={"overview": "甲\n\n  \n乙"}))).report.texts
    assert found == {"overview": "甲\n乙"}


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "-减",
        "@甲",
        "{{ 7*7 }}",
        "a < b & c",
        "𠮷野家",
        "_x000D_",
        "_x0041_x",
        "_x005F_",
        "长" * 10_000,
        "＝全角",
    ],
)
def test_texts_come_back_as_typed(text, tmp_path):
    report = filled(texts={"overview": text}, body={"name": text[:200]})
    assert report == read(saved(tmp_path, report)).report


def test_more_paragraphs_than_cells_come_back_all(tmp_path):
    text = "\n".join(f"第{i}段" for i in range(70))
    assert text == read(saved(tmp_path, filled(texts={"overview": text}))).report.texts["overview"]


def test_an_escaped_carriage_return_of_another_program_goes(tmp_path):
    path = set_cell(saved(tmp_path, filled()), "overview", "甲_x000D_\n乙_x0041_")
    assert "甲\n乙A\n" + "\n".join(TEXTS["overview"].split("\n")[1:]) == read(path).report.texts["overview"]


@pytest.mark.parametrize(
    ("typed", "text"), [(2022, "2022"), (94.0, "94"), (1.5, "1.5"), (datetime.date(2025, 3, 1), "2025年3月1日")]
)
def test_numbers_and_dates_in_text_cells_are_text(typed, text, tmp_path):
    path = set_cell(saved(tmp_path, filled(texts={})), "overview", typed)
    assert {"overview": text} == read(path).report.texts


@pytest.mark.parametrize(
    ("key", "typed", "expected"),
    [
        ("year", "2025年", 2025),
        ("year", " ２０２５ ", 2025),
        ("year", 2025.0, 2025),
        ("signed_on", datetime.date(2026, 1, 12), "2026年1月12日"),
        ("signed_on", "2026.1.12", "2026年1月12日"),
        ("signed_on", "2026年01月12日", "2026年1月12日"),
        ("signed_on", "20260112", "2026年1月12日"),
        ("level", "县直部门", "department"),
        ("level", "town", "town"),
        ("postcode", 364306, "364306"),
        ("phone", 4632003.0, "4632003"),
        ("name", " 永平镇人民政府\n", "永平镇人民政府"),
    ],
)
def test_facts_are_taken_as_clerks_spell_them(key, typed, expected, tmp_path):
    found = read(set_cell(saved(tmp_path, filled(values={})), key, typed))
    assert expected == (found.report.year if key == "year" else found.report.body[key])
    assert found.findings == ()


@pytest.mark.parametrize(
    ("key", "typed"),
    [
        ("year", "去年"),
        ("year", 25),
        ("signed_on", "2026-2-30"),
        ("signed_on", "月底"),
        ("level", "省级"),
        ("blank_means_zero", "也许"),
    ],
)
def test_facts_that_cannot_be_understood_are_errors_by_place(key, typed, tmp_path):
    found = read(set_cell(saved(tmp_path, filled(values={})), key, typed))
    assert [("W2", Severity.ERROR, (key,))] == [(f.rule, f.severity, f.cells) for f in found.findings]
    assert found.findings[0].place.startswith("基本信息!B")
    assert str(typed) in found.findings[0].message
    assert key in found.unread
    assert key not in found.report.body


def test_reasons_written_into_the_results_are_read_with_their_fingerprints(tmp_path):
    def write(book):
        sheet = book["校验结果"]
        head = next(c.row for c in sheet["G"] if c.value == "说明（请填写）")
        sheet.cell(head + 1, 7).value = "上年结转的一件已撤回"
        sheet.cell(head + 1, 8).value = "H1:abc:def"
        sheet.cell(head + 2, 8).value = "H2:abc:def"

    found = read(edited(saved(tmp_path, filled()), write))
    assert (Reason("H1:abc:def", "上年结转的一件已撤回"),) == found.reasons


def test_another_edition_can_be_asked_for_and_a_file_of_one_s_own(tmp_path):
    own = tmp_path / "own.toml"
    own.write_text('id = "own"\nextends = "2021"\nname = "本县用表"\nstatus = "variant"\n', encoding="utf-8")
    edition = load_edition(str(own))
    path = saved(tmp_path, replace(filled(), edition=str(own)), str(own), last_year=replace(filled(), edition=str(own)))
    found = read(path, str(own))
    assert (edition, str(own)) == (found.edition, found.report.edition)
    assert filled().values == found.report.values == found.last_year.values


@st.composite
def spellings(draw):
    """A number, and one way a clerk writes it."""
    number = draw(st.integers(0, 9_999_999))
    text = draw(st.sampled_from([str(number), f"{number:,}", f"{number}件", f"{number} 件", f"{number}.0"]))
    if draw(st.booleans()):
        text = text.translate({ord(c): 0xFF10 + i for i, c in enumerate("0123456789")} | {ord(","): "，"})
    return number, draw(st.sampled_from(["", " ", "\u3000", "\n"])) + text + draw(st.sampled_from(["", " ", "\u3000"]))


@given(spellings())
def test_a_clerks_spelling_of_a_number_is_taken_as_that_number(spelling):
    places = layout(load_edition("2021"))
    number, text = spelling
    assert number == _spelled(places, "requests.received.natural_person", Content(text))[0].value


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(spelling=spellings())
def test_a_spelled_number_in_the_file_is_taken_and_reported_with_its_place(spelling, tmp_path):
    number, text = spelling
    key = "requests.received.natural_person"
    found = read(set_cell(saved(tmp_path, filled(values={})), key, text))
    assert number == found.report.values[key]
    assert [("W2", Severity.HINT, (key,), "表三!D7")] == [
        (f.rule, f.severity, f.cells, f.place) for f in found.findings
    ]


def test_a_given_total_that_is_not_the_sum_of_its_parts_is_kept_for_the_checks_to_judge(tmp_path):
    values = {**filled().values, "requests.received.total": 7}
    found = read(saved(tmp_path, filled(values=values)))
    assert found.report.values["requests.received.total"] == 7
    assert "requests.received.total" not in found.computed
    assert {"W2"} == {f.rule for f in found.findings}


@pytest.mark.parametrize(("typed", "stamped"), [("是", "是"), ("否", None), (None, None)])
def test_a_seal_is_put_only_where_the_clerk_says_so(typed, stamped, tmp_path):
    found = read(set_cell(saved(tmp_path, filled()), "stamped", typed))
    assert (found.report.body.get("stamped"), {f.rule for f in found.findings}) == (stamped, {"W3"})
    assert read(saved(tmp_path, found.report)).report == found.report, "and a new form says the same"


def test_a_form_made_before_a_later_line_is_read_without_it(tmp_path):
    """Forms issued earlier in 2026 end at 空格是否按0计; what stands below it is no answer to a line they have not."""
    spot = layout(load_edition("2021")).fields["stamped"]

    def before(book):
        for column in "ABC":
            book[spot.sheet][f"{column}{spot.row}"].value = None

    old = edited(saved(tmp_path, filled()), before)
    found = read(old)
    assert (found.report, {f.rule for f in found.findings}) == (filled(), {"W3"})
    noted = read(set_cell(old, "stamped", "见附件"))
    assert noted.report == filled()
    told = [(f.rule, f.severity, f.place) for f in noted.findings if f.rule != "W3"]
    assert told == [("W4", Severity.HINT, spot.place)]
