"""Changes of single letters and marks in the text of a part, most of which leave it no sound XML."""

from __future__ import annotations

import random

_SPACE = ' xml:space="preserve"'
_PIECES = (
    *("<", ">", "&", "&amp;", "&lt;", "&#56;", "&#x38;", "&nbsp;", "]]>", "<!-- ", " -->", "<![CDATA[", "<?a ?>"),
    *("\0", "\r", "\t", "\n", "\x0b", "\ufffe", "\u2028", "\u202e", "8", "年", "\ud800"),
    *("</w:t>", "<w:t>", "<w:t/>", f"<w:t{_SPACE}/>", "<w:t xml:space='preserve'>8</w:t>", "<w:r><w:t>8</w:t></w:r>"),
    *("</w:p>", "<w:p>", "<w:p/>", "</w:tbl>", "<w:tbl>", "<w:tab/>", "<w:br/>", "<w:r><w:tab/></w:r>"),
    *("</w:body>", "<w:body>", ' a="1"', " xmlns:w='urn:x'", ' xmlns:x="urn:x"', " w:val='8'"),
)
_SWAPPED = (
    (f"<w:t{_SPACE}>", "<w:t>"),
    (f"<w:t{_SPACE}>", f"<w:t{_SPACE}><!-- -->"),
    ("<w:t>", "<w:t a='1'>"),
    ("<w:t", "<w:x"),
    ("</w:t>", "</w:t ><w:t>8</w:t>"),
    ("</w:t>", "<!-- 8 --></w:t>"),
    ("</w:t></w:r>", "</w:t><w:t>8</w:t></w:r>"),
    ("<w:p>", "<w:p a='>'>"),
    ("<w:p>", "<w:p><w:p>8</w:p>"),
    ("</w:p>", "</w:p></w:p>"),
    ("<w:r>", "<!--<w:r>"),
    ("</w:r>", "</w:r>-->"),
    ("<w:vMerge/>", ""),
    ("<w:gridSpan", "<w:gridBefore"),
    ("UTF-8", "GBK"),
)


def spoilt(rng: random.Random, part: bytes) -> bytes:
    """The part with one to three places of it changed."""
    text = part.decode()
    for _ in range(rng.choice((1, 1, 2, 3))):
        text = rng.choice((_put_in, _left_out, _swapped, _swapped, _in_a_text))(rng, text)
    return text.encode("utf-8", "surrogatepass")


def _put_in(rng: random.Random, text: str) -> str:
    at = rng.randrange(len(text))
    return text[:at] + rng.choice(_PIECES) + text[at:]


def _left_out(rng: random.Random, text: str) -> str:
    at = rng.randrange(len(text))
    return text[:at] + text[at + rng.choice((1, 1, 2, 5, 50, 500)) :]


def _swapped(rng: random.Random, text: str) -> str:
    old, new = rng.choice(_SWAPPED)
    places = text.count(old)
    if not places:
        return text
    at = -1
    for _ in range(rng.randint(1, places)):
        at = text.index(old, at + 1)
    return text[:at] + new + text[at + len(old) :]


def _in_a_text(rng: random.Random, text: str) -> str:
    """Something put into what a reader of the document sees."""
    ends = text.count("</w:t>")
    if not ends:
        return text
    at = -1
    for _ in range(rng.randint(1, ends)):
        at = text.index("</w:t>", at + 1)
    return text[:at] + rng.choice(_PIECES) + text[at:]
