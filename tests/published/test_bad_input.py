"""Whatever file comes: one Chinese sentence that names it and the cure, in bounded time, without the network."""

import io
import re
import socket
import time
import zipfile

import pypdfium2
import pytest

import office
import reports
from nianbao import files, published
from nianbao.document import template_for
from nianbao.errors import InputError
from nianbao.form import load_edition
from nianbao.published import docx, html, pdf
from office import parts

SECONDS = 8


@pytest.fixture(autouse=True)
def no_network(monkeypatch):
    def refuse(*a, **k):
        raise AssertionError("the network was touched")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


def word() -> bytes:
    return template_for(load_edition("2021")).render(reports.zero())


def zipped(found: dict[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in found.items():
            package.writestr(name, content)
    return file.getvalue()


def document_xml(change) -> bytes:
    found = parts(template_for(load_edition("2021")).render(reports.zero()))
    found["word/document.xml"] = change(found["word/document.xml"].decode()).encode()
    return zipped(found)


def blank_pdf(pages: int = 1) -> bytes:
    document = pypdfium2.PdfDocument.new()
    for _ in range(pages):
        document.new_page(595, 842)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


ZERO = r"<w:t[^>]*>0</w:t></w:r>"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
LAUGHS = '<!DOCTYPE w [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'
DEEP = "<div>" * 60_000
CASES = {
    "空文件.docx": (b"", "空文件"),
    "加密.docx": (OLE + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"), "密码"),
    "旧版.doc": (OLE + b"\0" * 2000, r"旧格式.*另存为"),
    "说是新的.docx": (OLE + b"\0" * 2000, r"旧格式.*另存为"),
    "文稿.rtf": (b"{\\rtf1\\ansi}", "RTF"),
    "截图.png": (b"\x89PNG\r\n\x1a\n" + b"\0" * 99, "图片"),
    "照片.pdf": (b"\xff\xd8\xff\xe0" + b"\0" * 99, "图片"),
    "打包.rar": (b"Rar!\x1a\x07" + b"\0" * 99, "压缩包"),
    "打包.zip": (zipped({"年报.docx": b"x"}), "压缩包.*解压"),
    "表格.docx": (zipped({"xl/workbook.xml": b"<x/>"}), "Excel"),
    "开放文档.docx": (zipped({"content.xml": b"<x/>"}), "另存为"),
    "半截.docx": (word()[:3000], "损坏"),
    "正文坏了.docx": (zipped({"word/document.xml": b"<w:document"}), "损坏"),
    "标签过多.docx": (zipped({"word/document.xml": b"<w>" + b"<a/>" * docx.MAX_TAGS + b"</w>"}), "大得不正常"),
    "没有正文.docx": (zipped({"word/document.xml": b"<a/>"}), "没有 Word 正文"),
    "实体.docx": (document_xml(lambda x: x.replace("<w:document", LAUGHS + "<w:document", 1)), "不安全"),
    "炸弹.docx": (zipped({"word/document.xml": b" " * (30 * 2**20)}), "大得不正常"),
    "极深.docx": (
        document_xml(lambda x: x.replace("<w:body>", "<w:body>" + "<w:tbl><w:tr><w:tc>" * 3000)), "损坏",
    ),
    "损坏.pdf": (b"%PDF-1.7\n" + b"\0" * 500, "损坏"),
    "扫描件.pdf": (blank_pdf(), "没有文字.*扫描"),
    "页数太多.pdf": (blank_pdf(pdf.MAX_PAGES + 1), "101 页.*100 页的上限"),
    "实体.html": (b'<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd">]><p>&x;</p>', "不安全"),
    "没有年报.html": ("<p>天气好。</p><table><tr><td>1</td><td>2</td></tr></table>".encode(), "没有找到年报的表格"),
    "没有年报.txt": ("今天天气很好。\n".encode() * 50, "没有找到年报的表格"),
    "没有年报.docx": (document_xml(lambda x: x.split("<w:body>")[0] + "<w:body/></w:document>"), "没有找到年报的表格"),
    "极深.html": (f"<html>{DEEP}年报".encode(), "没有找到年报的表格|大得不正常"),
    "表套表.html": (b"<table><tr><td>" * 5_000 + b"x", "没有找到年报的表格|大得不正常"),
    "跨行跨列.html": (
        b"<table>" + b"<tr>" + b'<td rowspan="65000" colspan="1000">1</td>' * 300 + b"</tr></table>" * 20,
        "没有找到年报的表格",
    ),
    "只有注释.html": (b"<!-- 2025 -->", "没有网页内容"),
    "文字极长.html": (b"<p>" + b"a" * html.MAX_TEXT, "大得不正常"),
    "标签极多.html": (b"<html>" + b"<b>" * 900_000, "大得不正常|没有找到年报的表格"),
    "格子极多.html": (
        b"<html><table>" + b"".join(b"<tr><td>%d</td><td>abcdefgh%d</td></tr>" % (i, i) for i in range(60_000)),
        "大得不正常|没有找到年报的表格",
    ),
    "一行极长.txt": (("打印 " * 300_000).encode(), "没有找到"),
    "行极多.txt": (b"0\n" * 1_500_000, "没有找到|大"),
    "文字太大.txt": (b"abc " * 2_000_000, "MB"),
    "乱码.txt": (bytes(range(128, 256)) * 200, "编码"),
    "不是文字.txt": (b"\0\1\2\3\xff\xfe\xfd" * 300, "编码|没有找到"),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_a_file_that_is_no_report_is_refused_by_name_with_the_cure(name, tmp_path):
    data, said = CASES[name]
    path = tmp_path / name
    path.write_bytes(data)
    started = time.process_time()
    with pytest.raises(InputError, match=said) as told:
        published.read(path)
    assert time.process_time() - started < SECONDS
    assert name in str(told.value)
    assert "请" in str(told.value)


def test_a_page_of_300_mb_is_refused_unread(tmp_path):
    path = tmp_path / "年报.html"
    with path.open("wb") as file:
        file.truncate(300 * 2**20)
    with pytest.raises(InputError, match=r"300 MB.*上限"):
        published.read(path)


def test_files_that_cannot_be_opened_are_told(tmp_path):
    with pytest.raises(InputError, match=r"找不到.*没有\.docx"):
        published.read(tmp_path / "没有.docx")
    with pytest.raises(InputError, match="文件夹"):
        published.read(tmp_path)
    lock = tmp_path / "~$年报.docx"
    lock.write_bytes(b"x")
    with pytest.raises(InputError, match="临时文件"):
        published.read(lock)


def test_a_file_another_program_keeps_open_is_told(tmp_path, monkeypatch):
    def kept(path, most):
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(files, "read", kept)
    with pytest.raises(InputError, match=r"年报\.docx”打不开（没有权限，或正被别的程序占用），请关闭"):
        published.read(tmp_path / "年报.docx")


def test_a_document_whose_zip_has_a_password_is_told(tmp_path):
    data = bytearray(zipped({"word/document.xml": b"<w/>"}))
    data[data.index(b"PK\1\2") + 8] |= 1  # the flag of the directory's first entry
    path = tmp_path / "年报.docx"
    path.write_bytes(data)
    with pytest.raises(InputError, match=r"年报\.docx”设了密码，程序无法读取，请去掉密码"):
        published.read(path)


@pytest.mark.office
def test_a_pdf_with_a_password_is_told(tmp_path, monkeypatch):
    monkeypatch.undo()
    source = tmp_path / "年报.docx"
    source.write_bytes(word())
    options = '{"EncryptFile":{"type":"boolean","value":"true"},"DocumentOpenPassword":{"type":"string","value":"x"}}'
    path = office.convert(source, f"pdf:writer_pdf_Export:{options}", tmp_path)
    with pytest.raises(InputError, match=r"年报\.pdf.*密码"):
        published.read(path)


def test_a_document_with_tracked_changes_is_read_as_accepted(tmp_path):
    """One figure deleted and another inserted in its place."""

    def change(xml: str) -> str:
        tables = xml.split("<w:tbl>")
        tables[1] = re.sub(
            ZERO,
            '<w:t></w:t></w:r><w:del w:id="1"><w:r><w:delText>0</w:delText></w:r></w:del>'
            '<w:ins w:id="2"><w:r><w:t>5</w:t></w:r></w:ins>',
            tables[1],
            count=1,
        )
        return "<w:tbl>".join(tables)

    path = tmp_path / "修订.docx"
    path.write_bytes(document_xml(change))
    reading = published.read(path)
    assert reading.report.values["proactive.regulations.issued"] == 5
    assert len(reading.report.values) == 201
    assert [f.rule for f in reading.findings] == ["R6"]
    assert "修订痕迹" in reading.findings[0].message


def test_a_deleted_row_and_a_deleted_paragraph_mark_are_gone(tmp_path):
    def change(xml: str) -> str:
        head, tail = xml.split("行政强制", 1)
        at = head.rindex("<w:trPr>") + len("<w:trPr>")
        return head[:at] + '<w:del w:id="9" w:author="x"/>' + head[at:] + "行政强制" + tail

    path = tmp_path / "删行.docx"
    path.write_bytes(document_xml(change))
    reading = published.read(path)
    assert "proactive.coercions.decisions" not in reading.report.values
    assert "proactive.coercions.decisions" in reading.unread
    assert len(reading.report.values) == 200


def test_hidden_text_is_not_read_and_told(tmp_path):
    secret = "<w:r><w:rPr><w:vanish/></w:rPr><w:t>7</w:t></w:r>"
    path = tmp_path / "隐藏.docx"
    path.write_bytes(document_xml(lambda x: re.sub(ZERO, lambda m: m[0] + secret, x, count=1)))
    reading = published.read(path)
    assert set(reading.report.values.values()) == {0}
    assert any("隐藏" in f.message for f in reading.findings)


def test_the_kind_is_judged_by_content_not_by_name(tmp_path):
    path = tmp_path / "其实是Word.html"
    path.write_bytes(word())
    assert len(published.read(path).report.values) == 201
