"""Attachments of saved mails: found by name however it is written, bounded, read like the files of an archive."""

import base64
from email.message import EmailMessage

import pytest

from county import towns
from nianbao.county.intake import candidate, gather, mail
from nianbao.errors import InputError

NAME = "永平镇填报表.xlsx"


def raw(disposition: bytes, content: bytes = b"data") -> bytes:
    """A mail with a text and one attachment, whose header says this."""
    return b"\r\n".join(
        [
            b"From: a@example.com", b"MIME-Version: 1.0", b'Content-Type: multipart/mixed; boundary="=x="', b"",
            b"--=x=", b"Content-Type: text/plain; charset=gbk", b"", "请查收。".encode("gbk"),
            b"--=x=", b"Content-Type: application/octet-stream", b"Content-Transfer-Encoding: base64",
            b"Content-Disposition: attachment; " + disposition, b"", base64.b64encode(content), b"--=x=--", b"",
        ]
    )  # fmt: skip


def encoded(charset: str) -> bytes:
    return f"=?{charset}?B?{base64.b64encode(NAME.encode(charset)).decode()}?=".encode()


@pytest.mark.parametrize(
    "disposition",
    [
        b"filename*=UTF-8''" + b"".join(b"%%%02X" % c for c in NAME.encode()),
        b'filename="' + encoded("utf-8") + b'"',
        b'filename="' + encoded("gb2312") + b'"',
        b'filename="' + NAME.encode("gbk") + b'"',
        b'filename="' + NAME.encode() + b'"',
        b'filename="=?unknown?B?' + base64.b64encode(NAME.encode("gbk")) + b'?="',
    ],
)
def test_the_name_of_an_attachment_is_read_however_a_mail_program_writes_it(disposition):
    assert mail.attachments(raw(disposition)) == [(NAME, b"data")]


def test_a_path_in_a_name_is_only_a_name():
    assert mail.attachments(raw(rb'filename="..\\..\\a.xlsx"'))[0][0] == "a.xlsx"


@pytest.mark.parametrize(
    ("limit", "said"), [("MAX_LINES", "大得不正常"), ("MAX_COMPARED", "大得不正常"), ("MAX_HEADER", "可能已经损坏")]
)
def test_a_mail_with_more_parts_or_lines_than_mails_have_is_not_parsed(limit, said, monkeypatch):
    data = raw(b'filename="a.xlsx"')
    assert mail.attachments(data)
    monkeypatch.setattr(mail, limit, 3)
    with pytest.raises(InputError, match=said):
        mail.attachments(data)


def test_attachments_are_laid_to_their_kinds_like_the_files_of_an_archive(tmp_path):
    message = EmailMessage()
    message.set_content("请查收")
    for name in (NAME, "盖章页.jpg", "旧.xls", "包.zip"):
        message.add_attachment(name.encode(), "application", "octet-stream", filename=name)
    (tmp_path / "来信.eml").write_bytes(message.as_bytes())
    (tmp_path / "空.eml").write_bytes(b"From: a\r\n\r\n")
    got = gather.gather([tmp_path])
    (one,) = got.candidates
    assert (one.source().place, candidate.load(one)) == (f"来信.eml 中的“{NAME}”", NAME.encode())
    assert [(s.source.member, s.note[:5]) for s in got.strays] == [("旧.xls", "无法读取 "), ("包.zip", "压缩包已经")]
    assert [(c.name, kind) for c, kind in got.other_files] == [("盖章页.jpg", "图片"), ("空.eml", "邮件，里面没有附件")]


def test_a_form_attached_to_a_mail_is_made_like_any_other(tmp_path):
    roster, delivered = towns.write_whole(tmp_path)
    town = delivered / "示例东镇.xlsx"
    (delivered / "转发.eml").write_bytes(raw(b'filename="' + encoded("gbk") + b'"', town.read_bytes()))
    town.unlink()
    # the file's name speaks of nobody on the roster, the form of 示例东镇
    assert towns.run("batch", delivered, "--roster", roster, "-o", tmp_path / "out", "--workers", 1) == 0


def test_a_name_in_no_known_encoding_keeps_what_can_be_read_of_it():
    ((name, data),) = mail.attachments(raw(b'filename="a\xff\xff.xlsx"'))
    assert (name[0], name[-5:], data) == ("a", ".xlsx", b"data")


def test_a_mail_within_more_mails_than_anybody_sends_is_told_to_be_damaged():
    with pytest.raises(InputError, match="可能已经损坏"):
        mail.attachments(b"Content-Type: message/rfc822\n\n" * 1_500)
