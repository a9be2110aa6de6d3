"""Rules about the facts of 基本信息 that are printed (F5-F9): date, name, county, contact."""

from nianbao.checks.facts.body_names import county_is_a_county, name_is_in_full
from nianbao.checks.facts.contact import contact_is_well_formed, some_contact_is_given
from nianbao.checks.facts.report_date import signed_after_the_year

CHECKS = (
    signed_after_the_year,
    name_is_in_full,
    county_is_a_county,
    contact_is_well_formed,
    some_contact_is_given,
)
"""The functions that rules may name."""

__all__ = ["CHECKS"]
