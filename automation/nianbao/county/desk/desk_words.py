"""Words and addresses of the desk: what links are called, how a date is written, where a file lies."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote

FILE_WORDS = {
    "docx": "Word 报告",
    "html": "网页",
    "pdf": "PDF",
    "（存档）.pdf": "PDF/A",
    "（图解）.svg": "图解",
    "（图解小图）.svg": "图解小图",
    "（图解）.png": "图解（PNG）",
    "（图解小图）.png": "图解小图（PNG）",
    "check_sheet": "校核单",
    "annotated": "标注表",
    "slip": "退回单",
    "json": "数据",
    "（正文片段）.html": "正文片段",
    "csv": "数据表",
    "overview": "情况一览（Excel）",
    "column": "专栏（可放到网站）",
    "rollup": "汇总填报表",
    "detail": "汇总明细表",
}
"""What links are called; a file of another kind is called by its extension."""

_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})")


@dataclass(frozen=True)
class FileLink:
    """A produced file: what it is and where, relative to the page."""

    word: str
    href: str


def links(files: Mapping[str, str]) -> tuple[FileLink, ...]:
    """Return links to produced files, in the order people want them, that work beside the page on any system."""
    order = list(FILE_WORDS)
    kinds = sorted(files, key=lambda k: (order.index(k) if k in order else len(order), k))
    return tuple(FileLink(_word(k, files[k]), readable(files[k])) for k in kinds)


def own_links(results: Mapping[str, str]) -> tuple[FileLink, ...]:
    """Return links to what a body has summed itself, where these results are at hand: its page, its detail."""
    words = (("page", "下级总览"), ("detail", "下级明细"))
    return tuple(FileLink(word, _away(results[k])) for k, word in words if k in results)


def _away(path: str) -> str:
    """Return a path from the page's folder to another folder as an address; a whole address stays as it is."""
    return path if path.startswith("file:") else quote(path, safe="/", errors="replace")


def _word(kind: str, path: str) -> str:
    """Return what a link is called; slips are called as the folder they lie in: 退回单, 催报单."""
    return path.partition("/")[0] if kind == "slip" else FILE_WORDS.get(kind, kind)


def href(path: str) -> str:
    """Return a path below the page's folder as a relative address, whatever characters are in it."""
    return "./" + quote(path, safe="/", errors="replace")


def readable(path: str) -> str:
    """Return the same with letters as they are: a third as long, for files that lie beside the page."""
    return "./" + "".join(
        c if ord(c) > 0x7F and c.isprintable() else quote(c, safe="/", errors="replace") for c in path
    )


def in_words(date: str) -> str:
    """Return an ISO date as people write it; anything else as it is."""
    found = _DATE.fullmatch(date)
    return f"{int(found[1])}年{int(found[2])}月{int(found[3])}日" if found else date
