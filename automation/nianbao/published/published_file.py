"""Opening a file somebody published: what kind it is by its content, whether it is of a bearable size.

Only bytes are looked at here; each kind has its own reader.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from nianbao import given
from nianbao.errors import InputError

MAX_FILE = 40 * 2**20
"""Bytes; a published report has 0.02 to 5 MB, the longest with pictures."""

_LARGE = f"超过 {MAX_FILE // 2**20} MB 的上限，不像一份年报，没有读取；请只保存年报正文（不带图片和附件）后再试"

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_PICTURES = {
    b"\x89PNG": "PNG",
    b"\xff\xd8\xff": "JPEG",
    b"GIF8": "GIF",
    b"BM": "BMP",
    b"II*\0": "TIFF",
    b"MM\0*": "TIFF",
}
_SAVE_AS_DOCX = "请用 Word 或 WPS 打开，另存为“Word 文档（*.docx）”后再试"


@dataclass(frozen=True)
class PublishedFile:
    """A file's name, its bytes and its kind: docx, pdf, html or txt."""

    name: str
    data: bytes
    kind: str


def open_source(path: Path) -> PublishedFile:
    """Return the file with its kind, judged by its content. Raises InputError, which names the file and the cure."""
    name = path.name
    if name.startswith("~$"):
        raise InputError(f"“{name}”是文档打开时的临时文件，请选不带“~$”的那一份")
    data = given.sent(path, MAX_FILE, "年报文件", "打开它的程序", _LARGE)
    return PublishedFile(name, data, _kind(name, data))


def _kind(name: str, data: bytes) -> str:
    _refuse_unreadable(name, data)
    if data.startswith(b"PK"):
        return "docx"
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if _looks_like_html(name, data):
        return "html"
    return "txt"


def _refuse_unreadable(name: str, data: bytes) -> None:
    """Refuse the kinds of file that hold no text we can read, each with its cure."""
    if not data.strip():
        raise InputError(f"“{name}”是空文件，请重新保存或重新下载一份")
    if data.startswith(_OLE) and _ENCRYPTED in data:
        raise InputError(f"“{name}”设了打开密码，程序无法读取，请在 Word 中去掉密码并保存后再试")
    if data.startswith(_OLE):
        raise InputError(f"“{name}”是旧格式的文件（.doc 或 .wps），{_SAVE_AS_DOCX}")
    if data.startswith(b"{\\rtf"):
        raise InputError(f"“{name}”是 RTF 文件，{_SAVE_AS_DOCX}")
    kind = next((k for magic, k in _PICTURES.items() if data.startswith(magic)), None)
    if kind:
        raise InputError(f"“{name}”是图片（{kind}），里面没有文字可读，请找文字版的年报，或把数字填到标准填报表中")
    if data.startswith((b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b")):
        raise InputError(f"“{name}”是压缩包，请解压后提供里面的年报文件")


def _looks_like_html(name: str, data: bytes) -> bool:
    head = data[:65536].replace(b"\0", b"").lower()
    tags = (b"<html", b"<!doctype html", b"<body", b"<table", b"<td", b"<p>", b"<p ", b"<div")
    return any(t in head for t in tags) or name.lower().endswith((".html", ".htm", ".shtml", ".mht"))
