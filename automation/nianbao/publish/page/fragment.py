"""From the page to what is pasted into a site's editor: looks written at each element, nothing an editor strips.

The only module that knows css-inline.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache

from css_inline import CSSInliner, InlineError

from nianbao.errors import TemplateError

# What is never closed reaches to the end, as in a browser; and so nothing is looked through more than once.
_STYLE = re.compile(r"<style[^>]*+>?(.*?)(?:</style>|\Z)", re.S)
_ARTICLE = re.compile(r"<article[^<>]*>")
_END = "</article>"
_CLASS = re.compile(r"(<[a-zA-Z][^<>]*?) class=\"[^\"<>]*\"")
_TAG = re.compile(
    r"<!--.*?(?:-->|\Z)|<(title|textarea)\b[^>]*+.*?(?:</\1\s*+>|\Z)"
    r"|<(?P<end>/?)(?P<name>[a-z][^\s/<>]*+)(?:[^<>\"]|\"[^\"]*+(?:\"|\Z))*+",
    re.S | re.I,
)
_NEVER_NESTED = frozenset(
    ("area", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr",
     "dd", "dt", "li", "option", "p", "tbody", "td", "tfoot", "th", "thead", "tr")
)  # fmt: skip
"""Elements without content, and those whose end tag may be left out because the next one ends them."""
MAX_OPEN = 100
"""Elements open at once: a report's page has a dozen. Of ten thousand css-inline's own stack runs over."""


def fragment(page: str) -> str:
    """Return what the page's article holds, with the page's styles inline; classes, scripts and styles are gone.

    The page must be one that the template made: every typed `<` and `>` in it is escaped, or there are none.
    Raises TemplateError when the page's style can't be read.
    """
    style = "\n".join(_STYLE.findall(page))
    bare = _STYLE.sub("", page)
    start, end = _ARTICLE.search(bare), bare.rfind(_END)
    if start is None or end < start.end():
        raise TemplateError("网页模板里应当有一对 <article> 和 </article>，报告的正文在它们中间")
    article = bare[start.end() : end]
    if _is_too_deep(article):
        raise TemplateError(f"网页模板里一层套一层的元素多于 {MAX_OPEN} 层（多半是少了结束标签），请检查改过的地方")
    try:
        inlined = _inliner().inline_fragment(f"<article>{article.strip()}{_END}", style)
    except InlineError as e:
        raise TemplateError("网页模板的样式（style）有误，正文片段做不出来，请检查改过的样式") from e
    return _CLASS.sub(r"\1", inlined.replace("<article", "<div", 1).replace(_END, "</div>")) + "\n"


def _is_too_deep(article: str) -> bool:
    """Tell whether more elements than a page can need are open at once; an end tag ends only one of its own name."""
    open_ = Counter[str]()
    for found in _TAG.finditer(article):
        tag = (found["name"] or "").lower()
        if not tag or tag in _NEVER_NESTED:
            continue
        if not found["end"]:
            open_[tag] += 1
            if open_.total() > MAX_OPEN:
                return True
        elif open_[tag]:
            open_[tag] -= 1
    return False


@lru_cache(maxsize=1)
def _inliner() -> CSSInliner:
    """Return the one inliner; it never fetches anything."""
    return CSSInliner(load_remote_stylesheets=False, inline_style_tags=False)
