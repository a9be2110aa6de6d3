"""Tags that would be filled in but not seen as filled in (T9): struck, hidden by a style, white, bound, numbered."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from nianbao.document.lint.template_faults import TemplateFault, at
from nianbao.document.lint.template_tags import Tag
from nianbao.document.opened_docx import OpenedDocument, OpenedParagraph
from nianbao.document.wml import Element
from nianbao.visible import signs
from nianbao.visible.word import Seen, WordEye, parts_of

_HOW = "选中它，按 Ctrl+空格键 清除格式，去掉内容控件、域、编号和图片，只留标签的文字"


def check(source: OpenedDocument, found: Sequence[Tag], keys: Mapping[Element, str]) -> Iterator[TemplateFault]:
    """Yield every paragraph whose tag, or whose word in a table, Word would show otherwise than it is written.

    `keys` maps the paragraphs of value cells to the figure that belongs there.
    """
    steering = {t.paragraph.element for t in found if t.steers}
    tagged = {t.paragraph.element for t in found} - steering
    eye = WordEye(parts_of(source.parts.get, source.main))
    for paragraph in source.paragraphs:
        seen = eye.paragraph(paragraph.element)
        of_figure = paragraph.element in keys
        if paragraph.element in steering or not (of_figure or paragraph.element in tagged or paragraph.cell):
            continue
        for what in _reasons_unseen(seen, of_figure):
            yield _fault(paragraph, what, keys.get(paragraph.element, ""))


def _reasons_unseen(seen: Seen, of_figure: bool) -> Iterator[str]:
    if seen.hidden.strip():
        yield f"有隐藏的文字“{seen.hidden.strip()[:20]}”"
    for why in seen.doubts:
        if of_figure or why in signs.PROSE:
            yield f"这里{why}"


def _fault(paragraph: OpenedParagraph, what: str, key: str) -> TemplateFault:
    return at(paragraph, "T9", what, _HOW, (key,) if key else ())
