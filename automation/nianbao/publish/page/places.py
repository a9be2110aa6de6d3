"""Where in a page template a tag may stand: there a typed word stays a word, whatever it says.

Escaping keeps words apart from markup between elements and inside double quotes, but not in a script, a style, an
address or an attribute without quotes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

# What is never closed reaches to the end, as in a browser; and so nothing is looked through more than once.
_RAW = re.compile(r"<(script|style|title|textarea)\b[^>]*+>?(.*?)(?:</\1\s*+>|\Z)", re.S | re.I)
_ELEMENT = re.compile(r"<[a-zA-Z/!](?:[^<>{]|\{(?![{%])|\{\{.*?\}\}|\{%.*?%\})*>", re.S)
_ATTRIBUTE = re.compile(r'([\w:-]+)="([^"]*)"')
_WORD = re.compile(r"\{\{\s*(.*?)\s*\}\}", re.S)
_ANY = re.compile(r"\{\{|\{%")
_ARTICLE = re.compile(r"<article\b.*?(?:</article>|\Z)", re.S | re.I)
_ACTIVE = re.compile(r"<(script|iframe|object|embed|form|link|base)\b|\son[a-z]+\s*=|=\s*[\"']?\s*javascript:", re.I)

_OF_WORDS = ("content", "alt", "title", "aria-label", "name")
_OF_ADDRESSES = ("href", "src")


def misplaced(text: str, addresses: frozenset[str], safe: frozenset[str]) -> Iterator[tuple[int, str]]:
    """Yield the place and, in Chinese, the fault of every tag that stands where a word could become more than a word.

    `addresses` are the tags that print an address we made, `safe` those whose words are our own.
    """
    for raw in _RAW.finditer(text):
        inside = [w for w in _WORD.findall(raw[2]) if w not in safe]
        if inside and raw[1].lower() in ("script", "style"):
            yield raw.start(), f"{raw[1].lower()} 里不能写标签“{inside[0]}”"
    for element in _ELEMENT.finditer(text):
        if _ANY.search(element[0]):
            yield from ((element.start(), fault) for fault in _in_element(element[0], addresses))
    for article in _ARTICLE.finditer(text):
        for active in _ACTIVE.finditer(article[0]):
            yield article.start() + active.start(), f"正文里不能有“{active[0].strip()}”，网站的编辑器不收，也不安全"


def _in_element(element: str, addresses: frozenset[str]) -> Iterator[str]:
    rest = element
    for name, value in _ATTRIBUTE.findall(element):
        asked = _WORD.findall(value)
        if name.lower() in _OF_WORDS or (name.lower() in _OF_ADDRESSES and value.strip() and _only(value, addresses)):
            rest = rest.replace(f'{name}="{value}"', "", 1)
        elif asked:
            yield f"{name} 里不能写标签“{asked[0]}”"
            rest = rest.replace(f'{name}="{value}"', "", 1)
    if _ANY.search(rest):
        yield f"标签只能写在文字里，或写在 {'、'.join(_OF_WORDS)} 的双引号里"


def _only(value: str, addresses: frozenset[str]) -> bool:
    """Tell whether an attribute is one whole address of ours."""
    whole = _WORD.fullmatch(value.strip())
    return bool(whole and whole[1] in addresses)
