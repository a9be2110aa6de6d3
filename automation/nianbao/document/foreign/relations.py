"""What the parts of a Word file lead to: the kinds of parts a form needs, and addresses on the web in hyperlinks."""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import unquote

from nianbao.document.foreign.allowed_fields import Wrong, linked
from nianbao.document.wml import Element

ALLOWED = frozenset(
    (
        "officeDocument", "core-properties", "extended-properties", "custom-properties", "thumbnail",
        "styles", "stylesWithEffects", "settings", "webSettings", "fontTable", "font", "theme", "themeOverride",
        "numbering", "printerSettings",
        "header", "footer", "footnotes", "endnotes", "glossaryDocument",
        "comments", "commentsExtended", "commentsIds", "commentsExtensible", "people",
        "image", "hyperlink", "customXml", "customXmlProps",
        "diagramData", "diagramLayout", "diagramQuickStyle", "diagramColors", "diagramDrawing",
    )
)  # fmt: skip
"""The last parts of the types of relations that Word, WPS and LibreOffice write for what is seen on paper.

Comments are told by T9. Charts are not among them: they bring a workbook along.
"""

OBJECT, MACROS, CONTROL = "嵌入了别的文件（OLE 对象）", "含有宏", "含有 ActiveX 控件"
_NO_OBJECT = "删去嵌入的对象，改成普通的文字、表格或图片"
_PLAIN = "删去它，另存为普通的 .docx"

_OTHER: Mapping[str, tuple[str, str]] = {
    "aFChunk": ("插入了另一个文件的内容", "用 Word 打开并重新保存，内容就并入本文件"),
    "subDocument": ("引用了子文档", "把内容粘贴进来"),
    "vbaProject": (MACROS, ""),
    "wordVbaData": (MACROS, ""),
    "control": (CONTROL, ""),
    "activeXControlBinary": (CONTROL, ""),
    "oleObject": (OBJECT, _NO_OBJECT),
    "package": (OBJECT, _NO_OBJECT),
    "chart": ("有图表，图表带着一份工作簿", "把图表复制后“选择性粘贴”为图片"),
    "webextension": ("带着加载项", _PLAIN),
    "webextensiontaskpanes": ("带着加载项", _PLAIN),
    "attachedTemplate": (
        "附加了别处的模板“{target}”",
        "在“文件—选项—加载项—管理：模板—转到”里，把文档模板改回 Normal",
    ),
}
_EXTERNAL: Mapping[str, tuple[str, str]] = {
    "attachedTemplate": _OTHER["attachedTemplate"],
    "image": ("图片连接到别处的文件“{target}”", "把图片改为直接插入"),
    "oleObject": ("对象连接到别处的文件“{target}”", "断开链接，改成普通的文字或表格"),
    "subDocument": ("引用了别处的子文档“{target}”", "把内容粘贴进来"),
}
_ADDRESS = re.compile(r"\s*(?:[A-Za-z][A-Za-z0-9+.-]*:|//|\\)")


def wrong(relation: Element) -> Wrong | None:
    """Return what is to be told of a relation, None for one that a form may have."""
    kind, target = relation.get("Type", "").rpartition("/")[2], relation.get("Target", "")
    outside = relation.get("TargetMode", "Internal") != "Internal" or _ADDRESS.match(target) is not None
    shown = unquote(target)[:60]
    if kind == "hyperlink":
        return None if target.startswith("#") else linked(target)
    if outside and kind != "aFChunk":
        said, how = _EXTERNAL.get(kind, ("连接到别处的内容“{target}”", "断开链接，或删去它"))
    elif kind in ALLOWED:
        return None
    else:
        said, how = _OTHER.get(kind, ("带着年报用不着的部分“{kind}”", _PLAIN))
    return Wrong(said.format(target=shown, kind=kind[:30]), how)
