"""The page numbers of a document: whether there are any, how they look, where they stand (GB/T 9704-2012, 7.5)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from nianbao.document.looks import faces, look_words
from nianbao.document.looks.page_setup import PageSection, mirrors
from nianbao.document.looks.paragraph_looks import Looked
from nianbao.document.wml import Element, qn
from nianbao.visible.word.formats import Letters
from nianbao.visible.word.xml import MC, number

_NUMBER = "#"
_DASHES = str.maketrans("–─―－ー━", "——————")
"""Signs that look like the long dash beside a page number."""

_KINDS = (("default", "单页"), ("even", "双页"), ("first", "首页"))
_DISTANCE, _CHARACTERS = 113, 0.4
"""Twips by which a page number may stand higher or lower; characters by which it may stand further in."""

_FORMS = {"": "1、2、3", "decimal": "1、2、3", "decimalFullWidth": "１、２、３", "upperRoman": "I、II、III",
          "lowerRoman": "i、ii、iii", "chineseCounting": "一、二、三", "upperLetter": "A、B、C"}  # fmt: skip
_IN_STYLE = re.compile(r"mso-position-horizontal:\s*(\w+)")
_ALIGNED = {"start": "left", "end": "right"}


@dataclass(frozen=True)
class Footer:
    """A footer's text without blanks, `#` for the page number; '' for none.

    `look` is how the number looks; `align` where it stands ('' where that can't be told, such as in a picture),
    `inside` how many characters further in (None where that can't be told).
    """

    text: str
    look: Letters | None = None
    align: str = ""
    inside: float | None = None


def differences(
    document: Looked, section: PageSection, standard: Looked, meant: PageSection
) -> Iterator[tuple[str, str, str]]:
    """Yield what of a section's page numbers is otherwise: what, how it is, how it should be."""
    mine, theirs = _footers(document, section), _footers(standard, meant)
    lost = [word for kind, word in _KINDS if _has(theirs[kind]) and not _has(mine[kind])]
    if lost:
        typed = any(any(c.isdigit() for c in mine[k].text) for k, _ in _KINDS)
        where = "" if len(lost) == len(_KINDS) else "、".join(lost)
        yield f"{where}页码", "打上去的字，不随页变" if typed else "没有", "有"
    told: dict[tuple[str, str, str], list[str]] = {}
    for kind, word in _KINDS[: 3 if section.first else 2]:
        if _has(theirs[kind]) and _has(mine[kind]):
            for one in _unlike(mine[kind], theirs[kind]):
                told.setdefault(one, []).append(word)
    for (what, found, should), pages in told.items():
        yield f"{'、'.join(pages) if len(pages) == 1 else ''}{what}", found, should
    yield from _counted(section, meant)


def _counted(section: PageSection, meant: PageSection) -> Iterator[tuple[str, str, str]]:
    form, should = (_FORMS.get(x.number.get("fmt", ""), "另一种") for x in (section, meant))
    if form != should:
        yield "页码的写法", form, should
    start, first = (x.number.get("start", "1") for x in (section, meant))
    if start != first:
        yield "起始页码", start, first
    low, right = (number(x.number.get("footer")) for x in (section, meant))
    bottoms = section.margins["bottom"] - meant.margins["bottom"]
    if abs(low - right) > _DISTANCE and abs(bottoms) <= _DISTANCE:
        yield "页码离纸边的距离", look_words.millimetres(low), look_words.millimetres(right)


def _unlike(mine: Footer, theirs: Footer) -> Iterator[tuple[str, str, str]]:
    if mine.text != theirs.text:
        yield "页码的样子", *_both(lambda x: f"“{x.text.replace(_NUMBER, '1')}”", mine, theirs)
    look, should = mine.look, theirs.look
    if look and should:
        if not faces.is_alike(look.latin, should.latin, digits=False):
            yield "页码的字体", look.latin, should.latin
        if look.size != should.size:
            yield "页码的字号", look_words.size(look.size), look_words.size(should.size)
        if look.colour != should.colour:
            yield "页码的颜色", look_words.colour(look.colour), look_words.colour(should.colour)
        if look.bold != should.bold:
            yield "粗体的页码", *(("有", "没有") if look.bold else ("没有", "有"))
    if not mine.align or not theirs.align:
        return
    if mine.align != theirs.align:
        yield "页码的位置", *_both(lambda x: look_words.aligned(x.align).replace("对齐", "边"), mine, theirs)
    elif mine.inside is not None and theirs.inside is not None and abs(mine.inside - theirs.inside) > _CHARACTERS:
        yield "页码离版心边的距离", *_both(lambda x: f"空{look_words.plain(round(x.inside or 0, 1))}字", mine, theirs)


def _both(say: Callable[[Footer], str], mine: Footer, theirs: Footer) -> tuple[str, str]:
    return say(mine), say(theirs)


def _has(footer: Footer) -> bool:
    return _NUMBER in footer.text


def _footers(document: Looked, section: PageSection) -> dict[str, Footer]:
    """Return what is printed below on odd pages, on even ones, and on the first page."""
    made = {kind: _footer(document, section.parts.get(("footer", kind), ""), kind) for kind, _ in _KINDS}
    if not mirrors(document.source):
        made["even"] = made["default"]
    if not section.first:
        made["first"] = made["default"]
    return made


def _footer(document: Looked, part: str, kind: str) -> Footer:
    root = document.source.roots.get(part)
    if root is None:
        return Footer("")
    text, place = "", None
    for sign, run in _signs(root):
        text += sign
        place = run if sign == _NUMBER and place is None else place
    text = "".join(text.split()).translate(_DASHES)
    if place is None:
        return Footer(text)
    paragraph = next(place.iterancestors(qn("p")))
    look = document.formats.letters(place, paragraph)
    setting = document.formats.setting(paragraph, look.size)
    floating = _floating(paragraph, kind)
    if floating is not None:
        return Footer(text, look, floating)
    align = "left" if setting.align == "both" else setting.align
    side = {"right": setting.right, "left": setting.left + setting.first}.get(align, 0)
    return Footer(text, look, align, side / (10 * look.size) + _blanks(paragraph, align))


def _signs(root: Element) -> Iterator[tuple[str, Element]]:
    """Yield the text of a footer with its runs, one `#` for each field that gives the page's number."""
    codes: list[str] = []
    for element in _walked(root):
        if element.tag == qn("fldSimple") and _is_page(element.get(qn("instr"), "")):
            yield _NUMBER, next(element.iter(qn("r")), element)
        elif element.tag == qn("fldChar"):
            step = element.get(qn("fldCharType"))
            if step == "begin":
                codes.append("")
            elif codes and step == "separate" and _is_page(codes[-1]):
                codes[-1] = _NUMBER
                yield _NUMBER, _run(element)
            elif codes and step == "end" and _is_page(codes.pop()):  # a field without any result
                yield _NUMBER, _run(element)
        elif element.tag == qn("instrText") and codes and codes[-1] != _NUMBER:
            codes[-1] += element.text or ""
        elif element.tag == qn("pgNum"):
            yield _NUMBER, _run(element)
        elif element.tag == qn("t") and _NUMBER not in codes and not _in_page(element):
            yield element.text or "", _run(element)


def _walked(parent: Element) -> Iterator[Element]:
    """Yield everything in an element but what stands there for older programs only."""
    for child in parent:
        if child.tag != f"{MC}Fallback":
            yield child
            yield from _walked(child)


def _in_page(text: Element) -> bool:
    """Tell whether a text is the result of a simple field."""
    return any(_is_page(f.get(qn("instr"), "")) for f in text.iterancestors(qn("fldSimple")))


def _is_page(code: str) -> bool:
    return (code.split() or [""])[0].upper() == "PAGE"


def _run(element: Element) -> Element:
    return next(element.iterancestors(qn("r")), element)


def _floating(paragraph: Element, kind: str) -> str | None:
    """Return where the frame or the box stands that holds a paragraph, '' where it can't be told; None for neither."""
    frame = paragraph.find(f"{qn('pPr')}/{qn('framePr')}")
    if frame is not None:
        return _sided(frame.get(qn("xAlign"), ""), kind)
    if next(paragraph.iterancestors(qn("txbxContent")), None) is None:
        return None
    for holder in paragraph.iterancestors():
        align = next((a.text or "" for a in holder.iter("{*}align")), "")
        style = _IN_STYLE.search(holder.get("style", ""))
        if align or style:
            return _sided(style[1] if style else align, kind)
    return ""


def _sided(align: str, kind: str) -> str:
    """Return left, center or right; what is outside depends on the page."""
    if align in ("outside", "inside"):
        return "left" if (align == "outside") == (kind == "even") else "right"
    return align if align in ("left", "center", "right") else _ALIGNED.get(align, "")


def _blanks(paragraph: Element, align: str) -> float:
    """Return how many characters blanks move a footer in from its side."""
    text = "".join(t.text or "" for t in paragraph.iter(qn("t")))
    edge = text[len(text.rstrip()) :] if align == "right" else text[: len(text) - len(text.lstrip())]
    return sum(1 if c == "\u3000" else 0.5 for c in edge) if align != "center" else 0.0
