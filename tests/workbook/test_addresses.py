"""Addresses, references and what stands in cells, as plain values."""

import datetime

import pytest

from nianbao.workbook import address, contents
from nianbao.workbook.address import Spot, ranges
from nianbao.workbook.contents import EMPTY, Content, Sheet


@pytest.mark.parametrize(
    ("column", "written"), [(1, "A"), (26, "Z"), (27, "AA"), (52, "AZ"), (53, "BA"), (702, "ZZ"), (703, "AAA")]
)
def test_columns_are_counted_in_letters_both_ways(column, written):
    assert address.letters(column) == written
    assert address.column_number(written) == column


def test_a_cell_is_written_in_every_way_formulas_and_people_need():
    spot = Spot("表 '三'", 5, 28)
    assert (spot.ref, spot.fixed) == ("AB5", "$AB$5")
    assert spot.absolute == "'表 ''三'''!$AB$5"
    assert spot.place == "表 '三'!AB5"
    assert spot.by(2, -1) == Spot("表 '三'", 7, 27)


@pytest.mark.parametrize(("place", "spot"), [("表三!D5", Spot("表三", 5, 4)), ("a!b!AB12", Spot("a!b", 12, 28))])
def test_a_place_in_a_message_leads_back_to_its_cell(place, spot):
    assert address.parsed(place) == spot


@pytest.mark.parametrize(
    "place", ["表三", "表三!", "表三!5D", "表三!ABCD5", "表三!D", "!D5", "表三 第4行第4列", "表三!D12345678"]
)
def test_other_places_name_no_cell(place):
    assert address.parsed(place) is None


@pytest.mark.parametrize(
    ("cells", "fewest"),
    [("D7", ("D7",)), ("D7 D8 D9", ("D7:D9",)), ("D7 E7 F7", ("D7:F7",)), ("D7 D8 E7 E8 F7 F8", ("D7:F8",)),
     ("D7 E7 D8 E9", ("D7:D8", "E7", "E9")), ("D9 D7 D7", ("D7", "D9")), ("D7 F7", ("D7", "F7")), ("", ()),
     ("D7 D8 E8 E9", ("D7:D8", "E8:E9"))],
)  # fmt: skip
def test_cells_are_held_by_the_fewest_simple_ranges(cells, fewest):
    assert ranges(address.parsed(f"表!{c}") for c in cells.split()) == fewest


def test_an_inputs_name_says_what_it_is():
    assert address.name_of("requests.received.other") == "nb_requests_received_other"
    assert address.name_of("year", "info") == "nb_info_year"


@pytest.mark.parametrize(
    ("reference", "target"),
    [("'表三'!$D$5", ("表三", 5, 4)), ("表三!D5", ("表三", 5, 4)), ("'a ''b'''!$AB$12", ("a 'b'", 12, 28)),
     ("表三!$D5", ("表三", 5, 4))],
)  # fmt: skip
def test_a_defined_name_points_at_one_cell(reference, target):
    assert contents.pointed(reference) == target


@pytest.mark.parametrize("reference", ["表三!$D$5:$E$6", "#REF!", "$D$5", "", "表三!$D", "表三!D12345678"])
def test_what_names_no_one_cell_points_nowhere(reference):
    assert contents.pointed(reference) is None


def test_a_sheet_is_found_by_its_name_whatever_its_spaces_and_widths():
    assert contents.titled(("说明", "表三"), "表三") == "表三"
    assert contents.titled(("说明", " 表　三（１）"), "表三(1)") == " 表　三（１）"
    assert contents.titled(("说明",), "表三") is None


@pytest.mark.parametrize(
    ("serial", "day"),
    [(46034, (2026, 1, 12)), (61, (1900, 3, 1)), (60, None), (2_899_999, (9839, 12, 4)), (2_900_000, None)],
)  # fmt: skip
def test_a_day_is_counted_as_excel_does_where_that_is_sure(serial, day):
    found = contents.day(serial)
    assert (found and (found.year, found.month, found.day)) == day
    assert found is None or found.time() == datetime.time(0)


@pytest.mark.parametrize(
    ("stored", "value"),
    [("a_x000D_\nb", "a\nb"), ("a_x005F_x000D_b", "a_x000D_b"), ("_x4E2D_", "中"), ("a\rb", "ab"),
     ("_x12_", "_x12_"), (3, 3), (None, None)],
)  # fmt: skip
def test_escapes_of_the_file_are_undone(stored, value):
    assert contents.decoded(stored) == value


def test_an_empty_cell_is_empty():
    sheet = Sheet("表三", {(1, 2): Content("x")}, frozenset(), frozenset())
    assert sheet.at(1, 2) == Content("x")
    assert sheet.at(2, 1) is EMPTY
    assert Content(None, "", False) == EMPTY
