"""Filling a page template: words are looked up and nothing else can be done, as in a Word template."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import jinja2
from jinja2 import nodes
from markupsafe import Markup, escape

from nianbao import given, resources
from nianbao.document import sandbox, tags
from nianbao.errors import TemplateError
from nianbao.form import Edition, edition_names, load_edition
from nianbao.publish.page import places
from nianbao.publish.page.template import ADDRESS, CONTENT, FILES, ITEM, META, NAME, PICTURE, build_page_template
from nianbao.report import Report

MAX_BYTES, MAX_BRACES = 5_000_000, 3_000
"""Bytes and opening braces of a page template; the shipped one has 40,000 and 600."""

_END = "\n"
_ADDRESSES = frozenset({f"{ITEM}.{ADDRESS}", PICTURE})
_MARKUP = re.compile(r"<[^>]*>")
_SEE = "可用的标签见 templates/README.md"


class _Words(sandbox.WordEnvironment):
    """The sandbox of the Word templates, printing for HTML: between quotes, too, a word stays a word."""

    def __init__(self) -> None:
        super().__init__()
        self.finalize = _printed
        self.trim_blocks = self.lstrip_blocks = True


def _printed(value: object) -> object:
    return value if isinstance(value, Markup) else escape(str(value))


@dataclass(frozen=True)
class PageTemplate:
    """A compiled page template of an edition."""

    edition: Edition
    template: jinja2.Template

    def fill(self, words: dict[str, Any]) -> str:
        """Return the page for these words (`tags.of_clean` and the page's own). Raises TemplateError."""
        try:
            return self.template.render(words)
        except jinja2.UndefinedError as e:
            raise TemplateError(f"网页模板里的标签“{sandbox.quoted(e)}”没有对应的内容。{_SEE}") from e
        except (jinja2.TemplateError, TypeError) as e:
            raise TemplateError(f"网页模板无法填写，请检查标签的写法。{_SEE}") from e


@lru_cache(maxsize=8)
def page_template_for(edition: Edition, own: str = "") -> PageTemplate:
    """Return the page template of an edition, ready to fill: `own`, else the shipped one.

    For an edition of the user's own it is made afresh. Raises TemplateError.
    """
    if own:
        return compile_page(own, edition)
    if edition.id in edition_names() and edition == load_edition(edition.id):
        shipped = resources.template_path(edition.id, "page.html")
        if shipped is not None:
            return compile_page(read_page_template(shipped), edition)
    return compile_page(build_page_template(edition).decode("utf-8"), edition)


def read_page_template(path: Path) -> str:
    """Return the text of a page template. Raises TemplateError."""
    large = f"网页模板“{path.name}”太大，不是正常的模板"
    try:
        text = given.named(path, MAX_BYTES, "网页模板", large, TemplateError).decode("utf-8-sig")
    except UnicodeDecodeError as e:
        raise TemplateError(f"网页模板“{path.name}”不是 UTF-8 编码，请用 UTF-8 另存一次") from e
    return text.replace("\r\n", "\n").replace("\r", "\n")


def compile_page(text: str, edition: Edition) -> PageTemplate:
    """Return a page template ready to fill.

    Raises TemplateError naming the fault: a tag that is not closed, a tag the edition does not know, a page that is
    not one article.
    """
    if text.count("{") > MAX_BRACES:
        raise TemplateError("网页模板里的标签太多，没有读取，请用“nianbao template new”新建一份再改")
    if "｛｛" in text or "｛%" in text:
        raise TemplateError("网页模板里的标签用了全角大括号“｛”，请改成半角的“{”")
    if len(re.findall(r"<article[\s>]", text)) != 1 or text.count("</article>") != 1:
        raise TemplateError("网页模板里应当有一对 <article> 和 </article>，报告的正文在它们中间")
    for at, fault in places.misplaced(text, _ADDRESSES, frozenset({tags.DRAFT})):
        raise TemplateError(f"网页模板{_near(text, text.count(_END, 0, at) + 1)}有误：{fault}")
    environment = _Words()
    try:
        tree = environment.parse(text)
        for node in (*sandbox.misused(environment, tree), *_odd(tree)):
            raise TemplateError(f"网页模板{_near(text, node.lineno)}的标签不能使用，标签只能写官方名称")
        known = _known(edition)
        unknown = [(path, line) for path, line in sandbox.asked(tree) if not sandbox.knows(known, path)]
        if unknown:
            listed = "、".join(dict.fromkeys(f"第{line}行 {tags.braced('.'.join(path))}" for path, line in unknown))
            raise TemplateError(f"网页模板里有不认识的标签：{listed}。{_SEE}")
        return PageTemplate(edition, environment.from_string(text))
    except RecursionError as e:
        raise TemplateError("网页模板里的 for 和 if 一层套一层，套得太深，请减少层数") from e
    except jinja2.TemplateSyntaxError as e:
        why = "有 for 或 if 没有配上 endfor 或 endif" if "nexpected end" in str(e) else "标签没有写完整或写法不对"
        raise TemplateError(f"网页模板{_near(text, e.lineno)}有误：{why}") from e


def _known(edition: Edition) -> dict[str, Any]:
    words = tags.context(edition, Report(edition.id, None, {}, {}, {}))
    return words | {META: [{NAME: "", CONTENT: ""}], FILES: [], PICTURE: ""}


def _near(text: str, line: int) -> str:
    words = _MARKUP.sub("", text.split("\n")[line - 1]).strip()[:40]
    return f"第{line}行“{words}”处" if words else f"第{line}行"


def _odd(tree: nodes.Template) -> Iterator[nodes.Node]:
    """Yield what is looked up otherwise than word by word."""
    yield from tree.find_all(nodes.Getitem)
    yield from (n for n in tree.find_all(nodes.Getattr) if not sandbox.path_of(n))
