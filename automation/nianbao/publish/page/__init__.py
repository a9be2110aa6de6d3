"""The report as a web page and as a fragment for a site's editor: template, filling, reading back."""

from nianbao.publish.page.fill import read_page_template
from nianbao.publish.page.make import FRAGMENT, PAGE, Asked, Links, address, page_files
from nianbao.publish.page.template import build_page_template

__all__ = ["FRAGMENT", "PAGE", "Asked", "Links", "address", "build_page_template", "page_files", "read_page_template"]
