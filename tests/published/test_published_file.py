"""What kind a published file is by its first bytes or its name, and how each that is none is refused."""

from pathlib import Path

import pytest

from nianbao import files
from nianbao.errors import InputError
from nianbao.published import published_file
from nianbao.published.published_file import open_source

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@pytest.fixture
def kind(monkeypatch):
    """A file's name and its bytes → what kind it is taken for."""

    def judged(name, data):
        monkeypatch.setattr(files, "read", lambda path, most: data if path.name == name else b"")
        opened = open_source(Path("some") / name)
        assert (opened.name, opened.data) == (name, data)
        return opened.kind

    return judged


@pytest.mark.parametrize(
    ("data", "found"),
    [(b"PK\3\4", "docx"), (b"xPK\3\4", "txt"), (b"%PDF-1.5", "pdf"), (b" " * 1019 + b"%PDF-", "pdf"),
     (b" " * 1020 + b"%PDF-", "txt"), (b"%pdf-1.5", "txt"), ("年报".encode(), "txt"),
     *((tag, "html") for tag in (b"<html", b"<!doctype html", b"<body", b"<table", b"<td", b"<p>", b"<p ", b"<div")),
     (b"x\r\n<TABLE BORDER=1>", "html"), ("<p>年报".encode("utf-16-le"), "html"), (b"<pre>", "txt"), (b"1 < 2", "txt"),
     (b" " * 65534 + b"<p>", "txt"), (b" " * 65533 + b"<p>", "html")],
)  # fmt: skip
def test_the_kind_is_told_by_the_first_bytes(data, found, kind):
    assert kind("年报", data) == found


@pytest.mark.parametrize(
    ("name", "found"),
    [("年报.html", "html"), ("年报.HTM", "html"), ("年报.shtml", "html"), ("年报.mht", "html"), ("年报.Html", "html"),
     ("年报.txt", "txt"), ("html.txt", "txt"), ("年报.pdf", "txt"), ("~年报.txt", "txt")],
)  # fmt: skip
def test_text_without_tags_is_a_page_when_its_name_says_so(name, found, kind):
    assert kind(name, "政府信息公开".encode()) == found


SAVE = "请用 Word 或 WPS 打开，另存为“Word 文档（*.docx）”后再试"


@pytest.mark.parametrize(
    ("data", "said"),
    [(b" \r\n", "是空文件，请重新保存"), (OLE + "EncryptedPackage".encode("utf-16-le"), "设了打开密码"),
     (OLE + b"EncryptedPackage", f"是旧格式的文件（.doc 或 .wps），{SAVE}"), (b"{\\rtf1", f"是 RTF 文件，{SAVE}"),
     (b"\x89PNG", "是图片（PNG），里面没有文字可读"), (b"\xff\xd8\xff", "是图片（JPEG）"), (b"GIF89a", "是图片（GIF）"),
     (b"BM", "是图片（BMP）"), (b"II*\0", "是图片（TIFF）"), (b"MM\0*", "是图片（TIFF）"),
     (b"Rar!", "是压缩包，请解压"), (b"7z\xbc\xaf", "是压缩包，请解压"), (b"\x1f\x8b", "是压缩包，请解压")],
    ids=["nothing", "a password", "old Word", "RTF", "PNG", "JPEG", "GIF", "BMP", "TIFF", "another TIFF", "Rar", "7z",
         "gzip"],
)  # fmt: skip
def test_a_file_without_text_is_refused_by_name_with_the_cure(data, said, kind):
    with pytest.raises(InputError) as told:
        kind("年报.docx", data)
    assert str(told.value).startswith(f"“年报.docx”{said}")


@pytest.mark.parametrize(
    ("data", "found"),
    [(b"{\\RTF", "txt"), (b"rAR!", "txt"), (b"7Z\xbc\xaf", "txt"), (b"x\x1f\x8b", "txt"),
     ("EncryptedPackage".encode("utf-16-le"), "txt")],
)  # fmt: skip
def test_what_only_resembles_such_a_file_is_text(data, found, kind):
    assert kind("年报", data) == found


WHERE = Path("some") / "年报.docx"


def refused(monkeypatch, error, path=WHERE):
    def read(path, most):
        assert most == published_file.MAX_FILE
        raise error

    monkeypatch.setattr(files, "read", read)
    with pytest.raises(InputError) as told:
        open_source(path)
    return str(told.value)


@pytest.mark.parametrize(
    ("error", "said"),
    [(files.TooLargeError(50 * 2**20 + 1), "“年报.docx”有 50 MB，超过 40 MB 的上限，不像一份年报，没有读取"),
     (FileNotFoundError(2, "x"), f"找不到文件“{WHERE}”，请核对文件名"),
     (IsADirectoryError(21, "x"), f"“{WHERE}”是文件夹，请提供年报文件"),
     (PermissionError(13, "x"), f"“{WHERE}”打不开（没有权限，或正被别的程序占用）"),
     (OSError(5, "设备坏了"), f"“{WHERE}”读不出来（设备坏了），请复制到本机"),
     (OSError(), f"“{WHERE}”读不出来（"),
     (ValueError("null byte"), f"“{WHERE}”读不出来（")],
    ids=["too large", "not there", "a folder", "locked", "a broken disk", "no reason given", "no path"],
)  # fmt: skip
def test_a_file_that_cannot_be_read_is_refused_with_what_to_do(error, said, monkeypatch):
    assert refused(monkeypatch, error).startswith(said)


def test_a_lock_file_of_word_is_refused_unread(monkeypatch):
    said = refused(monkeypatch, AssertionError("it was read"), Path("~$年报.docx"))
    assert said == "“~$年报.docx”是文档打开时的临时文件，请选不带“~$”的那一份"
