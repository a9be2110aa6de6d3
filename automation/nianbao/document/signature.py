"""Where the body's name and the date stand under the report (落款), by GB/T 9704-2012, 7.3.5.

Both begin at the left margin and are moved by full-width blanks, as clerks do: a template's tag can say no indent.
"""

from __future__ import annotations

from nianbao.document.title_lines import whole_words

LINE = 28
"""Characters of body text on a line."""

_APART, _SEALED_APART = 2, 4
"""Characters left free on the right: without a seal beside the longer of the two, with a seal beside the date."""
_STEP = 2
"""Without a seal the date begins so many characters behind the name's beginning."""
_LONGEST, _SEALED_LONGEST = 22, 20
"""A longer name is divided into lines."""
_BLANK = "\u3000"


def placed(name: str, date: str, *, stamped: bool) -> tuple[str, str]:
    """Return name and date with the blanks before them; a long name's lines are divided by line feeds.

    `stamped` puts the name's middle above that of the date, which has room for the seal on its right.
    """
    lines = list(whole_words(name, _SEALED_LONGEST if stamped else _LONGEST))
    longest, long = max(map(_width, lines), default=0.0), _width(date)
    if stamped:
        middle = LINE - max(_SEALED_APART + long / 2, longest / 2)
        return "\n".join(_moved(x, middle - _width(x) / 2) for x in lines), _moved(date, middle - long / 2)
    begin = LINE - _APART - (longest if long <= longest else long + _STEP)
    return "\n".join(_moved(x, begin) for x in lines), _moved(date, int(begin) + _STEP)


def _moved(text: str, by: float) -> str:
    return _BLANK * max(0, int(by)) + text


def _width(text: str) -> float:
    """Return how many characters wide a text is; letters and digits of the official fonts are half a character."""
    return sum(0.5 if c.isascii() else 1.0 for c in text)
