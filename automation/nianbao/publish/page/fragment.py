"""From the page to what is pasted into a site's editor: looks written at each element, nothing an editor strips.

The only module that knows css-inline.
"""

from __future__ import annotations

import re
from functools import lru_cache

from css_inline import CSSInliner, InlineError

from nianbao.errors import TemplateError

_STYLE = re.compile(r"<style[^>]*>(.*?)</style>", re.S)
_ARTICLE = re.compile(r"<article[^>]*>(.*)</article>", re.S)
_CLASS = re.compile(r"(<[a-zA-Z][^<>]*?) class=\"[^\"<>]*\"")
_BASE = "article"


def fragment(page: str) -> str:
    """Return what the page's article holds, with the page's styles inline; classes, scripts and styles are gone.

    The page must be one that the template made: every typed `<` and `>` in it is escaped, or there are none.
    Raises TemplateError when the page's style can't be read.
    """
    style = "\n".join(_STYLE.findall(page))
    article = _ARTICLE.search(_STYLE.sub("", page))
    if article is None:
        raise TemplateError("网页模板里应当有一对 <article> 和 </article>，报告的正文在它们中间")
    try:
        inlined = _inliner().inline_fragment(f"<article>{article[1].strip()}</article>", style)
    except InlineError as e:
        raise TemplateError("网页模板的样式（style）有误，正文片段做不出来，请检查改过的样式") from e
    return _CLASS.sub(r"\1", inlined.replace("<article", "<div", 1).replace("</article>", "</div>")) + "\n"


@lru_cache(maxsize=1)
def _inliner() -> CSSInliner:
    """Return the one inliner; it never fetches anything."""
    return CSSInliner(load_remote_stylesheets=False, inline_style_tags=False)
