"""The files of the page: made from one template, read back, and handed over only when they say what the report says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import quote

from nianbao.document import tags
from nianbao.errors import TemplateError
from nianbao.form import Edition
from nianbao.publish.page import proof
from nianbao.publish.page.fill import page_template_for
from nianbao.publish.page.fragment import fragment
from nianbao.publish.page.template import ADDRESS, CONTENT, FILES, META, NAME, PICTURE, WORD
from nianbao.publish.site import meta_tags
from nianbao.report import Report

PAGE, FRAGMENT = ".html", "（正文片段）.html"
"""The endings of the two files' names."""

_ANGLES = str.maketrans("<>", "〈〉")


@dataclass(frozen=True)
class Links:
    """The files beside the page: what they are called and their names, and the picture's name or ''."""

    files: Sequence[tuple[str, str]] = ()
    picture: str = ""


@dataclass(frozen=True)
class Asked:
    """How a page is asked for.

    `site` are the meta tags that the site's settings give; `template` is the text of the office's own page template.
    """

    draft: bool = False
    links: Links = field(default_factory=Links)
    site: Mapping[str, str] = field(default_factory=dict)
    template: str = ""


def page_files(edition: Edition, report: Report, asked: Asked) -> dict[str, bytes]:
    """Return the page and the fragment by the ending of their names, both read back.

    Raises InputError for a text that no document can hold, TemplateError for a template that gives another page than
    the report.
    """
    report = tags.clean(edition, report)
    page = _page(edition, report, asked)
    harmless = without_angles(report)
    inner = fragment(page if harmless == report else _page(edition, harmless, asked))
    made = {PAGE: page.encode("utf-8"), FRAGMENT: inner.encode("utf-8")}
    for ending, shown in ((PAGE, report), (FRAGMENT, harmless)):
        differs = proof.differences(made[ending], edition, shown)
        if differs:
            listed = "；".join(differs[:3])
            raise TemplateError(f"生成的网页与数据有 {len(differs)} 处不一致（{listed}），没有交出。请检查网页模板")
    return made


def without_angles(report: Report) -> Report:
    """Return the report with 〈 〉 for < >, which the editors of some sites take for markup even where escaped."""
    return replace(
        report,
        body={k: v.translate(_ANGLES) for k, v in report.body.items()},
        texts={k: v.translate(_ANGLES) for k, v in report.texts.items()},
    )


def _page(edition: Edition, report: Report, asked: Asked) -> str:
    words: dict[str, Any] = tags.of_clean(edition, report, asked.draft)
    told = meta_tags(words[tags.FULL_TITLE], edition.report_name, report, asked.site)
    words[META] = [{NAME: k, CONTENT: v} for k, v in told.items()]
    words[FILES] = [{WORD: word, ADDRESS: address(name)} for word, name in asked.links.files]
    words[PICTURE] = address(asked.links.picture) if asked.links.picture else ""
    return page_template_for(edition, asked.template).fill(words)


def address(name: str) -> str:
    """Return a file beside the page as an address, whatever characters its name has."""
    return "./" + quote(name, errors="replace")
