"""A web page as a file: how much it may hold, in which encoding, and what is refused as no page or an unsafe one."""

import pytest

from nianbao.errors import InputError
from nianbao.published import html
from nianbao.published.published_file import PublishedFile


def read(source, encoding="utf-8"):
    return html.read(PublishedFile("年报.html", source.encode(encoding), "html"))


def told(source, encoding="utf-8"):
    return [b.text for b in read(source, encoding).blocks]


def test_pictures_written_into_the_page_are_no_text_and_not_counted(monkeypatch):
    picture = "data:image/png;base64," + "QUJD" * 60
    assert told(f"<p>甲{picture}</p>") == ["甲"]
    monkeypatch.setattr(html, "MAX_TEXT", 100)
    assert told(f"<img src='{picture}'><p>甲</p>") == ["甲"]


@pytest.mark.parametrize("limit", ["MAX_TEXT", "MAX_STEPS"])
def test_a_page_larger_than_any_report_is_refused_by_name(limit, monkeypatch):
    source = "<html><body><p>甲</p></body></html>"
    monkeypatch.setattr(html, limit, len(source) if limit == "MAX_TEXT" else 3)
    assert told(source) == ["甲"]
    with pytest.raises(InputError, match=r"“年报\.html”大得不正常，不像一份年报的网页"):
        read(source.replace("甲", "甲<b>"))


@pytest.mark.parametrize(
    ("data", "said"),
    [("<!doctype html [<!entity x '1'>]><p>甲", "含有不安全的内容"), ("<!ENTITY x [", "含有不安全的内容"),
     ("<!-- 2025 -->", "里没有网页内容"), ("\x01\x02", "里没有网页内容")],
    ids=["doctype", "entity", "a comment", "control characters"],
)  # fmt: skip
def test_what_is_no_page_is_refused_by_name(data, said):
    with pytest.raises(InputError, match=rf"“年报\.html”{said}"):
        read(data)
    with pytest.raises(InputError, match=r"“年报\.html”的文字编码"):
        html.read(PublishedFile("年报.html", b"<p>" + b"\xff" * 50, "html"))


def test_a_page_is_read_in_the_encoding_it_has_whatever_it_declares():
    source = (
        "<html><head><meta http-equiv=Content-Type content='text/html; charset=gb2312'></head><p>永平镇年报\x07</p>"
    )
    for encoding in ("utf-8", "gbk"):
        assert told(source, encoding) == ["永平镇年报"]
    assert [r.what for r in read(source).remarks] == ["网页声明的编码是 gb2312，实际是 UTF-8，已按实际的编码读"]
