"""Attachments of mails saved by Outlook: found like those of other mails; what a hostile one claims is bounded."""

import struct
import time

import pytest

from county import towns
from county.compound import attachment, compound, mail
from nianbao.county.intake import candidate, gather, outlook
from nianbao.errors import InputError

NAME = "永平镇填报表.xlsx"


def test_attachments_come_by_name_in_their_order_small_and_large():
    large = bytes(range(256)) * 1_000
    saved = compound(mail(attachment(NAME, large), attachment("说明.docx", b"small"), attachment("空.txt", b"")))
    assert outlook.attachments(saved) == [(NAME, large), ("说明.docx", b"small"), ("空.txt", b"")]


@pytest.mark.parametrize(
    ("names", "read"),
    [
        ({"3707001F": "a/b\\" + NAME + "\0"}, NAME),
        ({"3704001F": "年报~1.XLS", "3707001F": NAME}, NAME),
        ({"3704001F": "年报~1.XLS"}, "年报~1.XLS"),
        ({"3707001E": NAME.encode("gbk")}, NAME),
        ({"3707001E": NAME.encode()}, NAME),
        ({"3707001F": "", "3001001F": NAME}, NAME),
    ],
)
def test_the_name_is_the_long_one_else_the_next_in_whatever_code_it_is_written(names, read):
    written = {f"__substg1.0_{t}": n if isinstance(n, bytes) else n.encode("utf-16-le") for t, n in names.items()}
    saved = compound(mail({**written, "__substg1.0_37010102": b"data"}))
    assert outlook.attachments(saved) == [(read, b"data")]


def test_what_is_attached_to_an_attached_mail_counts_and_what_has_no_content_or_name_does_not():
    inner = mail(attachment(NAME, b"inner"))
    linked = {"__substg1.0_3707001F": "链接.xlsx".encode("utf-16-le")}
    nameless = {"__substg1.0_37010102": b"data"}
    saved = compound(mail(attachment("转发", inner), linked, nameless, attachment("外.xlsx", b"outer")))
    assert outlook.attachments(saved) == [(NAME, b"inner"), ("外.xlsx", b"outer")]


def test_mails_attached_to_one_another_are_opened_to_a_depth():
    held = mail(attachment(NAME, b"data"))
    for _ in range(outlook.MAX_DEPTH - 1):
        held = mail(attachment("转发", held))
    assert outlook.attachments(compound(held)) == [(NAME, b"data")]
    with pytest.raises(InputError, match="套了 4 层以上"):
        outlook.attachments(compound(mail(attachment("转发", held))))


def test_a_mail_of_outlook_is_looked_into_like_any_other(tmp_path):
    said = mail(*(attachment(n, n.encode()) for n in (NAME, "盖章页.jpg", "旧.xls", "包.zip")))
    (tmp_path / "来信.MSG").write_bytes(compound(said))
    (tmp_path / "空.msg").write_bytes(compound(mail()))
    (tmp_path / "坏.msg").write_bytes(b"no mail")
    got = gather.gather([tmp_path])
    (one,) = got.candidates
    assert (one.source().place, candidate.load(one)) == (f"来信.MSG 中的“{NAME}”", NAME.encode())
    assert [(s.source.place, s.note[:5]) for s in got.strays] == [
        ("坏.msg", "邮件读不出"), ("来信.MSG 中的“旧.xls”", "无法读取 "), ("来信.MSG 中的“包.zip”", "压缩包已经"),
    ]  # fmt: skip
    assert [(c.name, kind) for c, kind in got.other_files] == [("盖章页.jpg", "图片"), ("空.msg", "邮件，里面没有附件")]


def test_a_form_attached_to_a_mail_of_outlook_is_made_like_any_other(tmp_path):
    roster, delivered = towns.write_whole(tmp_path)
    town = delivered / "示例东镇.xlsx"
    (delivered / "转发.msg").write_bytes(compound(mail(attachment(NAME, town.read_bytes()))))
    town.unlink()
    assert towns.run("batch", delivered, "--roster", roster, "-o", tmp_path / "out", "--workers", 1) == 0


SOUND = compound(mail(attachment(NAME, bytes(5_000)), attachment("b.xlsx", b"small")))
DIRECTORY = struct.unpack_from("<I", SOUND, 48)[0] * 512 + 512
"""Where the directory begins: entries of 128 bytes, the root first, then what it holds."""

LISTS = struct.unpack_from("<I", SOUND, 76)[0] * 512 + 512


def changed(at, form, *values):
    data = bytearray(SOUND)
    struct.pack_into(form, data, at, *values)
    return bytes(data)


def entry_of(name):
    """Where the entry of that name stands."""
    return SOUND.index(name.encode("utf-16-le") + b"\0\0", DIRECTORY)


DATA = "__substg1.0_37010102"


@pytest.mark.parametrize(
    "hostile",
    [
        b"",
        SOUND[:600],
        SOUND[: len(SOUND) // 2],
        SOUND[:-512],
        changed(44, "<I", 0xFFFFFFFF),  # sectors of the lists
        changed(44, "<I", 40_000),
        changed(30, "<H", 0xFFFF),  # the size of a sector
        changed(30, "<H", 0),
        changed(DIRECTORY + 76, "<I", 0),  # the root holds itself
        changed(entry_of("__attach_version1.0_#00000000") + 72, "<I", 1),  # what is to the right lies to the left
        changed(entry_of("__attach_version1.0_#00000000") + 76, "<I", 0),  # an attachment holds the root
        changed(entry_of(DATA) + 120, "<I", 0x7FFFFFFF),  # 2 GB of content
        changed(60, "<I", 0x00FFFFFF),  # the small streams are nowhere
    ],
)
def test_a_damaged_or_hostile_mail_is_told_in_a_sentence_at_once(hostile):
    begun = time.process_time()
    with pytest.raises(InputError, match="请把附件另存后放进文件夹"):
        outlook.attachments(hostile)
    assert time.process_time() - begun < 1


def test_content_that_goes_on_in_itself_is_as_long_as_it_says():
    assert [len(data) for _, data in outlook.attachments(changed(LISTS, "<I", 0))] == [5_000, 5]


def test_attachments_that_all_claim_the_same_content_are_not_read():
    sizes = (5_000, 5_001, 5_002)
    sound = compound(mail(*(attachment(f"{n}.xlsx", bytes(n)) for n in sizes)))
    assert [len(data) for _, data in outlook.attachments(sound)] == [*sizes]
    greedy, at = bytearray(sound), -1
    for number in range(len(sizes)):
        at = greedy.index(DATA.encode("utf-16-le"), at + 1)
        struct.pack_into("<II", greedy, at + 116, number, 20 * 512)  # each begins where the one before goes on
    struct.pack_into("<30I", greedy, struct.unpack_from("<I", sound, 76)[0] * 512 + 512, *range(1, 31))
    with pytest.raises(InputError, match="大得不正常"):
        outlook.attachments(bytes(greedy))


def test_a_mail_with_more_streams_than_mails_have_is_not_opened(monkeypatch):
    assert outlook.attachments(SOUND)
    monkeypatch.setattr(outlook, "MAX_STREAMS", 5)
    with pytest.raises(InputError, match="大得不正常"):
        outlook.attachments(SOUND)
