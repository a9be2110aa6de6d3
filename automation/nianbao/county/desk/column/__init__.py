"""The county's column (专栏): one page to put on the site, years and bodies, with links to what each body publishes."""

from nianbao.county.desk.column.column_page import render
from nianbao.county.desk.column.public_files import BodyFiles, Year, earlier, this_year

__all__ = ["BodyFiles", "Year", "earlier", "render", "this_year"]
