"""What a template fetches, runs or carries besides text (T12), and its hyperlinks (T13)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from urllib.parse import unquote

from nianbao.document.lint import fields
from nianbao.document.lint.faults import Fault, at
from nianbao.document.lint.source import WHOLE, Paragraph, Source, parse
from nianbao.document.wml import R, qn

_VML = ("{urn:schemas-microsoft-com:vml}", "{urn:schemas-microsoft-com:office:office}")
_WEB = ("http://", "https://", "mailto:")
_FIELDS = {"PAGE", "NUMPAGES", "SECTION", "SECTIONPAGES", "HYPERLINK", "REF", "PAGEREF", "NOTEREF", "STYLEREF", "TOC",
           "TC", "SEQ", "DATE", "TIME", "CREATEDATE", "SAVEDATE", "PRINTDATE", "TITLE", "SUBJECT", "AUTHOR", "KEYWORDS",
           "DOCPROPERTY", "FORMTEXT", "FORMCHECKBOX", "FORMDROPDOWN", "EQ", "ADVANCE", "SYMBOL", "LISTNUM", "AUTONUM",
           "BARCODE", "DISPLAYBARCODE", "INDEX", "XE"}  # fmt: skip
"""Fields that a form may have: none of them fetches or runs anything. `=` is one too."""

_PARTS: Mapping[str, str] = {
    "vbaproject.bin": "含有宏",
    "vbadata.xml": "含有宏",
    "/activex/": "含有 ActiveX 控件",
    "/embeddings/": "嵌入了别的文件（OLE 对象）",
}
_EXTERNAL: Mapping[str, tuple[str, str]] = {
    "attachedTemplate": (
        "附加了别处的模板“{target}”",
        "在“文件—选项—加载项—管理：模板—转到”里，把文档模板改回 Normal",
    ),
    "image": ("图片连接到别处的文件“{target}”", "把图片改为直接插入"),
    "oleObject": ("对象连接到别处的文件“{target}”", "断开链接，改成普通的文字或表格"),
    "subDocument": ("引用了别处的子文档“{target}”", "把内容粘贴进来"),
}


def check(source: Source) -> Iterator[Fault]:
    """Yield everything that does not stand in the template itself."""
    for mark, what in _PARTS.items():
        if any(mark in f"/{n.lower()}" for n in source.parts):
            yield Fault("T12", WHOLE, what)
    for part in ["", *(n for n in source.parts if not n.endswith(".rels"))]:
        for relation in source.relations(part):
            kind = relation.get("Type", "").rpartition("/")[2]
            external = relation.get("TargetMode") == "External"
            if external or kind == "aFChunk":
                yield _fault(source, _user(source, part, relation.get("Id", "")), kind, relation.get("Target") or "")
    yield from _fields(source)
    yield from _merging(source)
    yield from _drawn(source)


def _fault(source: Source, paragraph: Paragraph | None, kind: str, target: str) -> Fault:
    shown = unquote(target)[:60]
    if kind == "hyperlink" and target.lower().startswith(_WEB):
        rule, what, how = "T13", f"有网址链接“{shown}”", ""
    elif kind == "hyperlink":
        rule, what, how = "T12", f"超链接指向本机或内网的“{shown}”", "右键“取消超链接”"
    elif kind == "aFChunk":
        rule, what, how = "T12", "插入了另一个文件的内容", "用 Word 打开并重新保存，内容就并入本文件"
    else:
        said, how = _EXTERNAL.get(kind, ("连接到别处的内容“{target}”", "断开链接，或删去它"))
        rule, what = "T12", said.format(target=shown)
    return at(paragraph, rule, what, how) if paragraph else Fault(rule, WHOLE, what, how)


def _user(source: Source, part: str, relation: str) -> Paragraph | None:
    """Return the paragraph that uses a relation."""
    root = source.roots.get(part)
    for element in root.iter() if root is not None else ():
        if any(str(k).startswith(f"{{{R}}}") and v == relation for k, v in element.items()):
            return source.around(element)
    return None


def _fields(source: Source) -> Iterator[Fault]:
    """Yield the fields that are none of those a form needs, by their whole code over all runs, and nested ones."""
    how = "选中它按 Ctrl+Shift+F9 变成普通文字"
    for root in source.roots.values():
        for field in fields.of(root):
            paragraph = source.around(field.at)
            said = field.code.split()
            name = said[0].upper() if said else ""
            if field.nested:
                what = f"域的代码里又套着域（“{field.code.strip()[:20]}”）"
            elif name and name not in _FIELDS and not name.startswith("="):
                what = f"有会去取别处内容或运行程序的域“{name[:20]}”"
            else:
                continue
            yield at(paragraph, "T12", what, how) if paragraph else Fault("T12", WHOLE, what, how)


def _merging(source: Source) -> Iterator[Fault]:
    """Yield a source of data for mail merge, which Word opens with the document."""
    for name, part in source.parts.items():
        if name.endswith(".xml") and b"mailMerge" in part and "settings" in name:
            root = parse(part)
            if any(True for _ in root.iter(qn("mailMerge"))):
                how = "在“邮件—开始邮件合并”里选“普通 Word 文档”后保存"
                yield Fault("T12", WHOLE, "带着邮件合并的数据源，打开时会去读取它", how)


def _drawn(source: Source) -> Iterator[Fault]:
    """Yield what old drawings (VML) fetch by an address of their own, beside the relations."""
    for part, root in source.roots.items():
        for element in root.iter():
            if not isinstance(element.tag, str) or not element.tag.startswith(_VML):
                continue
            for name, value in element.items():
                local = str(name).rpartition("}")[2]
                if local in ("src", "althref") or (local == "href" and ":" in str(value)):
                    how = "把图片改为直接插入"
                    paragraph = source.around(element)
                    what = f"图形连接到别处的内容“{unquote(str(value))[:60]}”"
                    yield at(paragraph, "T12", what, how) if paragraph else Fault("T12", WHOLE, f"{part}：{what}", how)
