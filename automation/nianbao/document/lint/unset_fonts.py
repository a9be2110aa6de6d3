"""Chinese text whose Chinese font is left to the machine (T8): resolved through run, styles and defaults."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from nianbao.document.lint.template_faults import TemplateFault, at
from nianbao.document.lint.template_tags import Tag
from nianbao.document.opened_docx import OpenedDocument, OpenedParagraph, parse
from nianbao.document.wml import Element, qn

_STYLES = "/styles"
_CHINESE = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")
_CHINESE_FONT = re.compile(
    r"[\u3400-\u9fff]|sim(sun|hei|kai|fang)|fangsong|kaiti|heiti|dengxian|yahei|jhenghei|mingliu|"
    r"^st(song|kaiti|fangsong|heiti|zhongsong|xihei|xinwei|liti)|"
    r"songti|pingfang|hiragino sans gb|noto (sans|serif).*(cjk|sc|tc)|source han|wenquanyi|unicode|^fz|^hyzhong",
    re.IGNORECASE,
)
_FONTS, _PROPERTIES = qn("rFonts"), qn("rPr")
_EAST, _EAST_THEME = qn("eastAsia"), qn("eastAsiaTheme")
_WEST = (qn("ascii"), qn("hAnsi"))


class _Levels:
    """The `rFonts` in force for a run, the nearest first."""

    def __init__(self, source: OpenedDocument) -> None:
        self.styles: dict[str, Element] = {}
        self.default: Element | None = None
        self.defaults: Element | None = None
        name = next((n for n in source.parts if n.startswith("word/") and n.endswith("styles.xml")), "")
        if not name:
            return
        root = parse(source.parts[name])
        self.defaults = root.find(f"{qn('docDefaults')}/{qn('rPrDefault')}/{_PROPERTIES}/{_FONTS}")
        for style in root.iterfind(qn("style")):
            self.styles[style.get(qn("styleId"), "")] = style
            if style.get(qn("type")) == "paragraph" and style.get(qn("default")) in ("1", "true", "on"):
                self.default = style

    def of(self, paragraph: OpenedParagraph, run: Element) -> Iterator[Element]:
        own = run.find(f"{_PROPERTIES}/{_FONTS}")
        if own is not None:
            yield own
        yield from self._chain(run.find(f"{_PROPERTIES}/{qn('rStyle')}"), None)
        yield from self._chain(paragraph.element.find(f"{qn('pPr')}/{qn('pStyle')}"), self.default)
        if self.defaults is not None:
            yield self.defaults

    def _chain(self, named: Element | None, otherwise: Element | None) -> Iterator[Element]:
        style = otherwise if named is None else self.styles.get(named.get(qn("val"), ""), otherwise)
        seen: list[Element] = []
        while style is not None and style not in seen:
            seen.append(style)
            fonts = style.find(f"{_PROPERTIES}/{_FONTS}")
            if fonts is not None:
                yield fonts
            based = style.find(qn("basedOn"))
            style = None if based is None else self.styles.get(based.get(qn("val"), ""))


def check(source: OpenedDocument, found: list[Tag]) -> Iterator[TemplateFault]:
    """Yield each paragraph with such text once for each way it is wrong."""
    levels = _Levels(source)
    gone = {t.paragraph.element for t in found if t.steers}
    for paragraph in source.paragraphs:
        if paragraph.element in gone:
            continue
        said: dict[str, str] = {}
        for piece in paragraph.pieces:
            if _CHINESE.search(piece.text):
                what = _wrong([{str(k): str(v) for k, v in f.items()} for f in levels.of(paragraph, piece.run)])
                if what:
                    said.setdefault(what, piece.text.strip())
        for what, words in said.items():
            yield at(paragraph, "T8", f"“{words[:20]}”{what}")


def _wrong(levels: list[Mapping[str, str]]) -> str:
    """Say what is wrong with the fonts in force, or ''."""
    for level in levels:
        if level.get(_EAST):
            name = level[_EAST]
            return "" if _CHINESE_FONT.search(name) else f"的中文字体是西文字体“{name}”"
        if level.get(_EAST_THEME):
            return ""
        western = next((level[a] for a in _WEST if level.get(a)), "")
        if _CHINESE_FONT.search(western):
            return f"只把西文字体设成了“{western}”，没有指定中文字体"
    return "没有指定中文字体"
