"""表四 laid out in other ways is read from every kind of file that can carry it, or told; never a wrong figure."""

import pytest

from nianbao.published import read
from published import layouts
from published.layouts import EVERYWHERE, MAKERS, NOT_SURE, VALUES, WITH_PLACES


def reading_of(layout, made, folder):
    return read(MAKERS[made](layouts.report(layout, requests=made != "docx"), folder))


def review(reading):
    return {k: v for k, v in reading.report.values.items() if k in VALUES}


@pytest.mark.parametrize("made", MAKERS)
@pytest.mark.parametrize("name", EVERYWHERE)
def test_a_layout_is_read_from_every_kind_of_file(name, made, tmp_path):
    reading = reading_of(EVERYWHERE[name], made, tmp_path)
    assert review(reading) == VALUES
    assert any("排法与格式不同" in f.message for f in reading.findings)
    assert not any(set(f.cells) & set(VALUES) for f in reading.findings)
    assert not any("之外还有文字" in f.message for f in reading.findings)


@pytest.mark.parametrize("made", ["html", "docx"])
@pytest.mark.parametrize("name", WITH_PLACES)
def test_a_layout_that_needs_its_columns_is_read_where_they_are_known(name, made, tmp_path):
    assert review(reading_of(WITH_PLACES[name], made, tmp_path)) == VALUES


@pytest.mark.parametrize("made", ["bars", "tabs", "markdown"])
@pytest.mark.parametrize("name", WITH_PLACES)
def test_where_they_are_not_known_it_is_read_right_or_not_at_all_and_told(name, made, tmp_path):
    reading = reading_of(WITH_PLACES[name], made, tmp_path)
    assert review(reading) in (VALUES, {})
    assert review(reading) or set(VALUES) <= {k for f in reading.findings for k in f.cells}


@pytest.mark.parametrize(
    ("name", "made"),
    [
        (name, made)
        for name in NOT_SURE
        for made in MAKERS
        if (name, made) != ("turned, a cell less", "docx")  # python-docx makes every row as long as the others
    ],
)
def test_what_is_not_sure_is_absent_and_told(name, made, tmp_path):
    reading = reading_of(NOT_SURE[name], made, tmp_path)
    assert review(reading) == {}
    assert set(VALUES) <= {k for f in reading.findings for k in f.cells}


@pytest.mark.parametrize("name", ["turned, two rows of headings", "an empty column more"])
def test_libreoffice_makes_a_pdf_of_it_that_is_read(name, tmp_path):
    path = layouts.as_pdf(layouts.report(WITH_PLACES.get(name) or EVERYWHERE[name], requests=False), tmp_path)
    assert review(read(path)) == VALUES


def test_three_tables_in_a_pdf_are_told_as_they_are_not_read(tmp_path):
    path = layouts.as_pdf(layouts.report(EVERYWHERE["three tables"], requests=False), tmp_path)
    reading = read(path)
    assert review(reading) == {}
    assert set(VALUES) <= {k for f in reading.findings for k in f.cells}


def test_blank_figures_are_blank_and_no_zero(tmp_path):
    layout = [x.copy() if isinstance(x, list) else x for x in EVERYWHERE["three tables"]]
    layout[1][1] = "3|1||2|6"
    for made in ("html", "docx", "bars"):
        expected = {k: v for k, v in VALUES.items() if k != "review.reconsideration.other"}
        assert review(reading_of(layout, made, tmp_path)) == expected


def test_a_misspelt_name_and_one_in_other_words_are_told(tmp_path):
    found = reading_of(EVERYWHERE["three tables, a name misspelt"], "html", tmp_path)
    assert any("“结果纠正”写作“结果纠止”" in f.message for f in found.findings)
    found = reading_of(EVERYWHERE["three tables in other words"], "html", tmp_path)
    assert any("“未经复议直接起诉”写作“直接起诉”" in f.message for f in found.findings)


def test_the_form_in_its_own_layout_is_not_said_to_be_in_another(tmp_path):
    reading = reading_of([layouts.printed("review")], "html", tmp_path)
    assert review(reading) == dict.fromkeys(VALUES, 0)
    assert not any("排法" in f.message for f in reading.findings)
