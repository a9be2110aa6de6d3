"""The web page's template of an edition: headings, tables, and the same tags in official words as in the Word template.

How the page looks is in page.css, which becomes part of the template, so that an office edits one file.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from html import escape
from pathlib import Path

from nianbao.document import tags
from nianbao.form import Edition, OutlinePart, PartKind, outline
from nianbao.publish.page import tables

META, NAME, CONTENT = "网页标签", "标签名", "内容"
FILES, WORD, ADDRESS = "下载", "文件", "网址"
PICTURE = "图解"
ITEM = "项"


def build_page_template(edition: Edition) -> bytes:
    """Return the edition's page.html, always the same bytes for the same edition."""
    return "\n".join([*_head(), *_article(edition), *_files(), "</main>", "</body>", "</html>", ""]).encode("utf-8")


def _head() -> Iterator[str]:
    yield "<!DOCTYPE html>"
    yield '<html lang="zh-CN">'
    yield "<head>"
    yield '<meta charset="utf-8">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield f"<title>{tags.braced(tags.FULL_TITLE)}</title>"
    item = f'<meta name="{tags.braced(f"{ITEM}.{NAME}")}" content="{tags.braced(f"{ITEM}.{CONTENT}")}">'
    yield from _for(ITEM, META, [item])
    yield "<style>"
    yield _style()
    yield "</style>"
    yield "</head>"
    yield "<body>"
    yield "<main>"


@lru_cache(maxsize=1)
def _style() -> str:
    return Path(__file__).with_name("page.css").read_text(encoding="utf-8").strip()


def _article(edition: Edition) -> Iterator[str]:
    yield "<article>"
    yield from _if(tags.DRAFT, [f'<p class="draft">{tags.braced(tags.DRAFT)}</p>'])
    for part in outline(edition):
        yield from _part(edition, part)
    yield "</article>"


def _part(edition: Edition, part: OutlinePart) -> Iterable[str]:
    """Return what the template has for one part of the report."""
    if part.kind is PartKind.TITLE:
        lines = f"{_mark(f'for {tags.LINE} in {tags.TITLE}')}<span>{tags.braced(tags.LINE)}</span>{_mark('endfor')}"
        return [f"<h1>{lines}</h1>"]
    if part.kind is PartKind.INTRODUCTION:
        return _text(tags.INTRODUCTION, opening=True)
    if part.kind is PartKind.CONTACT:
        return _for(tags.LINE, tags.CONTACT, [f"<p>{tags.braced(tags.LINE)}</p>"])
    if part.kind is PartKind.HEADING and part.section:
        return [f"<h2>{escape(part.section.title)}</h2>"]
    if part.table and part.section:
        return tables.build(edition, part.table, part.section.heading)
    return _text(tags.word(part.text.label)) if part.text else _signature()


def _signature() -> list[str]:
    lines = [f'<p class="signature">{tags.braced(name)}</p>' for name in (tags.NAME, tags.DATE)]
    return _if(tags.DATE, lines)


def _text(path: str, *, opening: bool = False) -> Iterator[str]:
    """A text's paragraphs, each as its number asks for.

    Only （一） under a section's heading is a heading to machines: a deeper one may stand alone, and a level must not
    be skipped.
    """
    lead, rest = (tags.braced(f"{tags.PARAGRAPH}.{x}") for x in (tags.LEAD, tags.REST))
    choice: list[str] = []
    for level, name in tags.LEVELS.items():
        element = "h3" if level == min(tags.LEVELS) and not opening else "p"
        choice.append(_mark(f"{'elif' if choice else 'if'} {tags.PARAGRAPH}.{name}"))
        choice.append(f'<{element} class="level{level}">{lead}</{element}>')
    bold = f'{_mark(f"if {tags.PARAGRAPH}.{tags.LEAD}")}<span class="lead">{lead}</span>{_mark("endif")}'
    choice += [_mark("else"), f"<p>{bold}{rest}</p>", _mark("endif")]
    yield from _for(tags.PARAGRAPH, path, choice)


def _files() -> Iterator[str]:
    """What stands beside the page: the picture and the files made together with it; no part of the report."""
    picture = f'<img src="{tags.braced(PICTURE)}" alt="{tags.braced(tags.FULL_TITLE)}图解，数字见正文各表">'
    yield from _if(PICTURE, [f"<aside>{picture}</aside>"])
    link = f'<li><a href="{tags.braced(f"{ITEM}.{ADDRESS}")}" download>{tags.braced(f"{ITEM}.{WORD}")}</a></li>'
    listed = ['<nav aria-label="下载">', "<span>下载：</span>", "<ul>", *_for(ITEM, FILES, [link]), "</ul>", "</nav>"]
    yield from _if(FILES, listed)


def _for(name: str, path: str, inside: Iterable[str]) -> list[str]:
    return [_mark(f"for {name} in {path}"), *inside, _mark("endfor")]


def _if(path: str, inside: Iterable[str]) -> list[str]:
    return [_mark(f"if {path}"), *inside, _mark("endif")]


def _mark(statement: str) -> str:
    return f"{{% {statement} %}}"
