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


BIG5 = "二零二五年度政府資訊公開工作年報，全年收到申請三件。"


@pytest.mark.parametrize("name", ["big5", "Big5", "big5-hkscs", "big5hkscs"])
def test_big5_is_believed_by_any_of_its_names(name):
    page = f'<meta charset="{name}"><p>{BIG5}</p>'
    read = decode("a.html", page.encode("big5"))
    assert (read.text, read.remarks) == (page, ())


@pytest.mark.parametrize(
    "declaration",
    ["<meta charset=gbk>", "<META http-equiv=x content='text/html; CHARSET = \"gbk\"'>", "<?xml encoding='gbk'?>"],
)
@pytest.mark.parametrize(("before", "seen"), [(0, True), (8192 - 70, True), (8192, False)])
def test_a_declaration_is_looked_for_at_the_head_of_a_page(declaration, before, seen):
    read = decode("a.html", (" " * before + declaration + TEXT).encode())
    assert [r.what for r in read.remarks] == (["网页声明的编码是 gbk，实际是 UTF-8，已按实际的编码读"] if seen else [])


def test_a_declaration_ends_with_the_first_eight_thousand_bytes():
    declaration = "<meta charset=gbk"
    for more, told in ((0, "gbk"), (1, "gb")):
        start = " " * (8192 - len(declaration) + more)
        (remark,) = decode("a.html", (start + declaration + ">" + TEXT).encode()).remarks
        assert remark.what == f"网页声明的编码是 {told}，实际是 UTF-8，已按实际的编码读"


@pytest.mark.parametrize(("plain", "read"), [(10, False), (11, True), (30, True)])
@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_more_zeros_than_one_byte_in_eight_mean_utf_16(plain, read, encoding):
    """Of 80 bytes; each Latin character has one zero, a Chinese one none."""
    text = "a" * plain + "年" * (40 - plain)
    if read:
        assert decode("a.txt", text.encode(encoding)).text == text
    else:
        with pytest.raises(InputError):
            decode("a.txt", text.encode(encoding))


def test_only_the_first_four_thousand_bytes_are_asked_for_zeros():
    enough = ("a" * 512 + "年" * 1536 + "a" * 99).encode("utf-16-be")
    with pytest.raises(InputError):
        decode("a.txt", enough)
    more = ("a" * 513 + "年" * 1535).encode("utf-16-be")
    assert decode("a.txt", more).text == more.decode("utf-16-be")


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
@pytest.mark.parametrize("place", [0, 6, 12])
def test_a_damaged_byte_does_not_change_the_encoding(encoding, place):
    data = (TEXT * 3).encode(encoding)
    read = decode("a.txt", data[:place] + b"\xff" + data[place:])
    assert (read.text.count("\ufffd"), read.text.replace("\ufffd", "")) == (1, TEXT * 3)


def test_a_text_with_a_few_words_in_another_encoding_is_read_in_its_own():
    words = "镇人民政府制" * 9
    read = decode("a.txt", words.encode("gbk") + "年".encode())
    assert read.text.startswith(words)


def test_it_is_the_share_of_common_words_that_tells_an_encoding_and_not_their_count():
    """Read as GBK these bytes are 骞村府 twice: as many common words among more characters."""
    assert decode("a.txt", "2025年帮2024年帮".encode()).text == "2025年帮2024年帮"


def test_a_character_cut_in_half_does_not_change_the_encoding():
    """Characters of three bytes, an even number of them, would also be Chinese of two bytes each, and none lost."""
    text = "政府信息公开工作报告" * 3
    data = text.encode() + b"\xe5\xb9\n" + text.encode()
    assert decode("a.txt", data).text == f"{text}\ufffd\n{text}"


@pytest.mark.parametrize("data", [b"", b"x", b"123 456"])
def test_a_text_without_chinese_is_read_as_it_is(data):
    assert decode("a.txt", data).text == data.decode()
