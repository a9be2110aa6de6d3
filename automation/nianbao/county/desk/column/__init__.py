"""The county's column (专栏): one page to put on the site, years and bodies, with links to what each body publishes."""

from nianbao.county.desk.column.page import render
from nianbao.county.desk.column.years import Entry, Year, earlier, this_year

__all__ = ["Entry", "Year", "earlier", "render", "this_year"]
