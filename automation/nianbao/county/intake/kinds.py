"""What files are by their ends: forms to read, published reports, containers, and the rest in words. Pure."""

from __future__ import annotations

from nianbao.pipeline import OLD_WORKBOOKS, WORKBOOKS, to_resave

PUBLISHED = (".docx", ".pdf", ".html", ".htm", ".shtml")
"""Documents that may be the report as published: read where a body has sent no workbook, the first kinds first."""

MAX_DEPTH = 4
"""Archives and mails one within the other, the file itself among them; mails attached to one another in one file."""

DEEP = f"套了 {MAX_DEPTH} 层以上，里层的没有再打开，请解开后放进文件夹"

READ = (*WORKBOOKS, *PUBLISHED)

CONTAINERS = {".zip": "压缩包", ".eml": "邮件", ".msg": "邮件"}
"""Files that are looked into, and what they are called."""

CURES = {
    **{suffix: to_resave(suffix) for suffix in OLD_WORKBOOKS},
    ".rar": "是 RAR 压缩包，程序不能解压，请解压后放进文件夹，或改用 .zip",
    ".7z": "是 7z 压缩包，程序不能解压，请解压后放进文件夹，或改用 .zip",
}
"""Files that may hold a form but can't be read, and what to do about it."""

_KINDS = {
    **dict.fromkeys((".docx", ".doc", ".wps", ".wpt", ".odt", ".rtf", ".pages"), "Word 文档"),
    **dict.fromkeys((".pdf", ".ofd"), "版式文件（PDF、OFD）"),
    **dict.fromkeys((".html", ".htm", ".shtml", ".mht", ".mhtml"), "网页"),
    **dict.fromkeys((".eml", ".msg"), "邮件，里面没有附件"),
    **dict.fromkeys((".jpg", ".jpeg", ".png", ".bmp", ".gif", ".tif", ".tiff", ".heic", ".webp"), "图片"),
    **dict.fromkeys((".txt", ".md"), "文本文件"),
    **dict.fromkeys((".csv", ".json"), "数据文件"),
    **dict.fromkeys((".ppt", ".pptx", ".dps"), "演示文稿"),
}


def end_of(name: str) -> str:
    """Return a name's end, with the dot, in small letters; '' where it has none."""
    stem, dot, end = name.rpartition("/")[2].rpartition(".")
    return dot + end.lower() if dot and stem else ""


def kind_of(end: str) -> str:
    """Return what a file with this end is, in words; any that is not known is named by its end."""
    return _KINDS.get(end, f"{end} 文件" if end else "没有扩展名的文件")
