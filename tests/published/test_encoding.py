"""The bytes decide how a text is read, whatever it declares; what can't be read is refused or told."""

import codecs

import pytest

from nianbao.errors import InputError
from nianbao.published.encoding import decode

TEXT = "永平镇人民政府2025年政府信息公开工作年度报告，全年收到申请3件。"


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "gbk", "utf-16-le", "utf-16-be"])
def test_an_undeclared_text_is_read_by_its_bytes(encoding):
    text = TEXT if not encoding.startswith("utf-16") else f"<html><body><p>{TEXT}</p></body></html>"
    assert decode("a.txt", text.encode(encoding)).text == text
    assert decode("a.txt", text.encode(encoding)).remarks == ()


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [(codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")],
)
def test_a_byte_order_mark_is_believed_and_is_no_part_of_the_text(mark, encoding):
    assert decode("a.txt", mark + TEXT.encode(encoding)).text == TEXT


def test_damage_behind_a_byte_order_mark_is_marked():
    assert decode("a.txt", codecs.BOM_UTF8 + TEXT.encode() + b"\xff").text == TEXT + "\ufffd"


@pytest.mark.parametrize(
    ("declared", "encoding", "told"),
    [("utf-8", "utf-8", ""), ("UTF8", "utf-8", ""), ("gb2312", "gb18030", ""), ("GBK", "gb18030", ""),
     ("gb_2312-80", "gbk", ""), ("gb2312", "utf-8", "gb2312，实际是 UTF-8"), ("utf-8", "gbk", "utf-8，实际是 GB18030"),
     ("big5", "gbk", "big5，实际是 GB18030"), ("x-gbk", "gbk", ""), ("utf-16", "utf-8", ""), ("unicode", "gbk", "")],
)  # fmt: skip
def test_a_declaration_is_believed_only_when_the_bytes_agree(declared, encoding, told):
    page = f'<html><meta charset="{declared}"><p>{TEXT}</p>'
    read = decode("a.html", page.encode(encoding))
    assert read.text == page
    assert [r.what for r in read.remarks] == ([f"网页声明的编码是 {told}，已按实际的编码读"] if told else [])


def test_traditional_characters_in_big5_are_read_where_they_are_declared():
    page = '<meta charset="big5"><p>二零二五年度政府資訊公開工作年報，全年收到申請三件。</p>'
    assert decode("a.html", page.encode("big5")).text == page
    assert decode("a.html", page.encode("big5")).remarks == ()


@pytest.mark.parametrize("lost", [1, 2])
def test_a_few_damaged_bytes_are_told_and_the_rest_is_read(lost):
    data = (TEXT.encode() + b"\xff" * lost) + TEXT.encode()
    read = decode("a.txt", data)
    assert read.text.count("\ufffd") == lost
    assert [r.what for r in read.remarks] == [f"有{lost}处文字的编码已损坏，读成了“\ufffd”"]


@pytest.mark.parametrize(
    "data", [TEXT.encode() + b"\xff" * 3, TEXT.encode() + b"\xff\xfe" * 3 + TEXT.encode(), TEXT.encode() + b"\0"]
)
def test_more_damage_or_a_zero_is_no_text_and_is_refused_by_name(data):
    with pytest.raises(InputError, match=r"“a\.txt”的文字编码认不出来"):
        decode("a.txt", data)


def test_in_a_long_text_the_share_of_damage_counts():
    decode("a.txt", (TEXT * 100).encode() + b"\xff" * 6)
    with pytest.raises(InputError):
        decode("a.txt", (TEXT * 100).encode() + b"\xff" * 8)
