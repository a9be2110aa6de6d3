"""The parts of a county and its whole, as the tests name them."""

from nianbao.county.roster.scopes import whole

TOWNS, DEPARTMENTS, OFFICE, COUNTY = whole("county", "示例县").scopes
SCOPES = (TOWNS, DEPARTMENTS, OFFICE, COUNTY)
