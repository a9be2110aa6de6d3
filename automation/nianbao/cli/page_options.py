"""The options of make and batch that are about web pages."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from nianbao.errors import OutputError


def pages(options: argparse.Namespace, formats: tuple[str, ...], *, many: bool) -> tuple[dict[str, str], str]:
    """Return the site's meta tags and the text of the office's own page template; `many` for several bodies' pages.

    Raises InputError, TemplateError, and OutputError when they are given and no page is asked for.
    """
    given = [o for o, value in (("--site", options.site), ("--page-template", options.page_template)) if value]
    if given and "html" not in formats:
        raise OutputError(f"{'、'.join(given)} 用于网页，请在 --to 里加上 html")
    if not given:
        return {}, ""
    from nianbao import pipeline  # noqa: PLC0415 - only where a page is made

    site = pipeline.read_site(Path(options.site), many=many) if options.site else {}
    lacking = pipeline.missing_tags(site) if options.site else ()
    if lacking:
        print(f"站点设置里没有写{'、'.join(lacking)}，网页里没有这些规定的标签。", file=sys.stderr)
    return site, pipeline.read_page_template(Path(options.page_template)) if options.page_template else ""
