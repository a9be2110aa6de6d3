"""表三 from a register: the same as counted another way, whatever the applications are."""

import datetime
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import reports
from nianbao.checks import check
from nianbao.form import edition_names, load_edition
from nianbao.register import read
from nianbao.register.count import count, usual_year, weekdays
from register import registers

YEARS = (2023, 2024, 2025, 2026)


def counted(path, year, edition="2021"):
    return count(read.read(path, load_edition(edition)), year)


@pytest.mark.parametrize("year", YEARS)
def test_five_hundred_random_applications_give_the_table_of_an_independent_count(tmp_path, year):
    rng = registers.seeded(500)
    drawn = registers.applications(rng, 500)
    path = registers.write_csv(tmp_path / "台账.csv", registers.table(drawn, rng))
    found = counted(path, year)
    assert found.values == registers.counted_otherwise(drawn, year)
    assert found.uncounted == ()
    assert sum(found.values.values()) > 300


@pytest.mark.parametrize("edition", edition_names())
def test_every_edition_gets_all_its_cells(tmp_path, edition):
    rng = registers.seeded(7)
    drawn = registers.applications(rng, 120, edition)
    path = registers.write_xlsx(tmp_path / "台账.xlsx", registers.table(drawn))
    found = counted(path, 2025, edition)
    assert found.values == registers.counted_otherwise(drawn, 2025, edition)
    assert set(found.values) == {v.key for v in load_edition(edition).table["requests"].values}


@given(seed=st.integers(0, 2**32), size=st.integers(0, 40), year=st.sampled_from(YEARS))
@settings(max_examples=60, deadline=None)
def test_any_applications_give_the_table_of_an_independent_count_and_every_identity_holds(
    tmp_path_factory, seed, size, year
):
    rng = random.Random(seed)
    drawn = registers.applications(rng, size)
    path = registers.write_csv(tmp_path_factory.mktemp("r") / "台账.csv", registers.table(drawn, rng))
    found = counted(path, year)
    assert found.values == registers.counted_otherwise(drawn, year)
    report = reports.changed(reports.zero(), **{k.replace(".", "__"): v for k, v in found.values.items()})
    assert not {f.rule for f in check(reports.reading(report))} & {"A1", "A2", "A3"}


def test_each_figure_knows_its_rows(tmp_path):
    rng = registers.seeded(3)
    drawn = registers.applications(rng, 200)
    found = counted(registers.write_xlsx(tmp_path / "台账.xlsx", registers.table(drawn)), 2025)
    assert {k: len(r) for k, r in found.rows.items()} == dict(found.values)
    for row in found.rows["requests.received.natural_person"]:
        received, spoken, _, _ = drawn[row - 2]
        assert received.year == 2025
        assert registers.SPOKEN_TYPES[spoken] == "natural_person"


def test_results_of_the_current_form_count_in_the_single_row_of_an_older_one(tmp_path):
    rows = registers.one(label="申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请")
    path = registers.write_xlsx(tmp_path / "台账.xlsx", rows)
    assert counted(path, 2025, "2019").values["requests.other.natural_person"] == 1
    assert counted(path, 2025).values["requests.other.overdue_fee.natural_person"] == 1


def test_a_register_without_any_application_is_a_table_of_zeros(tmp_path):
    path = registers.write_xlsx(tmp_path / "台账.xlsx", [registers.HEADS])
    assert set(counted(path, 2025).values.values()) == {0}


def test_the_usual_year_is_the_one_with_most_received_and_the_later_of_equals(tmp_path):
    def year(*days):
        rows = [registers.one()[0], *(registers.one(received=d, answered="", label="")[1] for d in days)]
        return usual_year(read.read(registers.write_csv(tmp_path / "台账.csv", rows), load_edition("2021")))

    assert year("2024-3-1", "2024-4-1", "2025-1-1") == 2024
    assert year("2024-3-1", "2025-1-1") == 2025
    assert year() is None


@given(start=st.dates(datetime.date(2020, 1, 1), datetime.date(2026, 1, 1)), days=st.integers(0, 400))
def test_weekdays_are_those_counted_one_by_one(start, days):
    end = start + datetime.timedelta(days)
    one_by_one = sum((start + datetime.timedelta(i)).weekday() < 5 for i in range(1, days + 1))
    assert weekdays(start, end) == one_by_one


FEES = ("收费通知日期", "通知收取金额", "缴费日期", "实际收取金额")


def with_fees(path, *rows):
    told = [registers.one(**dict(zip(FEES, ("",) * 4, strict=True)))[0]]
    told += [registers.one(**{**dict(zip(FEES, fees, strict=True)), **more})[1] for fees, more in rows]
    return registers.write_csv(path, told)


def fee(found):
    return [found.values.get(f"fee.processing_fee.{k}") for k in ("notices", "amount_notified", "amount_received")]


def test_the_fee_is_added_up_by_the_days_of_notice_and_payment(tmp_path):
    path = with_fees(
        tmp_path / "台账.csv",
        (("2025-4-1", "200", "2025-4-9", "200元"), {}),
        (("2025-12-20", "100", "2026-1-5", "100"), {"answered": "", "label": ""}),
        (("", "30", "", ""), {}),
        (("", "", "", ""), {}),
    )
    assert fee(counted(path, 2025)) == [3, 330, 200]
    assert fee(counted(path, 2026)) == [0, 0, 100]


def test_a_fee_that_may_be_of_either_year_leaves_the_fee_uncounted_and_the_table_as_it_is(tmp_path):
    path = with_fees(tmp_path / "台账.csv", (("", "200", "", ""), {"received": "2024-12-20", "answered": "2025-1-9"}))
    found = counted(path, 2025)
    assert fee(found) == [None, None, None]
    assert [t.value for t in found.troubles] == ["fee_year"]
    assert found.values["requests.pending_start.natural_person"] == 1
    assert found.uncounted == ()


def test_fee_columns_that_nobody_filled_in_tell_nothing_of_the_fee(tmp_path):
    assert fee(counted(with_fees(tmp_path / "台账.csv", (("", "", "", ""), {})), 2025)) == [None, None, None]


def test_a_fee_that_is_no_amount_or_day_leaves_the_fee_uncounted_and_is_named_by_its_row(tmp_path):
    good, bad = (("2025-4-1", "200", "", ""), {}), (("2025-4-1", "若干", "", ""), {})
    found = counted(with_fees(tmp_path / "台账.csv", good, bad), 2025)
    assert fee(found) == [None, None, None]
    assert [(t.value, tuple(rows)) for t, rows in found.troubles.items()] == [("bad_fee", (3,))]
    assert found.values["requests.received.natural_person"] == 2
