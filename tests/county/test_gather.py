"""What is found in a folder of deliveries, and what is left alone."""

import io
import os
import zipfile
from email.message import EmailMessage

import pytest

from county import towns
from nianbao import files
from nianbao.county.demo.planted_faults import zipped
from nianbao.county.intake import candidate, containers, gather
from nianbao.county.model import Status
from nianbao.errors import InputError


def found(folder, *leave_out):
    return gather.gather([folder], leave_out)


def archive(**entries):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name, data in entries.items():
            target.writestr(name, data)
    return out.getvalue()


def test_workbooks_are_found_in_sub_folders_and_archives_in_a_fixed_order(tmp_path):
    (tmp_path / "乙").mkdir()
    (tmp_path / "乙" / "2.xlsx").write_bytes(b"2")
    (tmp_path / "1.XLSX").write_bytes(b"1")
    (tmp_path / "丙.zip").write_bytes(archive(**{"里面/3.xlsx": b"3", "说明.txt": b""}))
    listed = found(tmp_path).candidates
    assert [(c.shown, c.member) for c in listed] == [("1.XLSX", ""), ("丙.zip", "里面/3.xlsx"), ("乙/2.xlsx", "")]
    assert [candidate.load(c) for c in listed] == [b"1", b"3", b"2"]


def test_temporary_files_are_left_out(tmp_path):
    names = ("~$甲.xlsx", ".~甲.xlsx", "~nianbao-x.tmp", "._甲.xlsx", "甲.xlsx.tmp", "Thumbs.db", "desktop.ini")
    for name in names:
        (tmp_path / name).write_bytes(b"x")
    for folder in (".git", "__MACOSX"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "乙.xlsx").write_bytes(b"x")
    (tmp_path / "名册.xlsx").write_bytes(b"x")
    got = found(tmp_path, tmp_path / "名册.xlsx")
    assert (got.candidates, got.strays, got.others) == ((), (), 0)


def test_a_folder_of_earlier_results_is_not_read_but_named(tmp_path):
    for folder in ("甲/结果", "甲/深"):
        (tmp_path / folder).mkdir(parents=True)
        (tmp_path / folder / "乙.xlsx").write_bytes(b"x")
    (tmp_path / "甲" / "结果" / gather.STATE).mkdir()
    got = found(tmp_path)
    assert [c.shown for c in got.candidates] == ["甲/深/乙.xlsx"]
    (stray,) = got.strays
    assert (stray.source.path, stray.status) == ("甲/结果", Status.RECEIVED)
    assert "没有读取" in stray.note
    assert found(tmp_path, tmp_path / "甲" / "结果").strays == ()


def test_results_are_not_written_where_the_deliveries_are(tmp_path):
    with pytest.raises(InputError, match="请换一个结果文件夹"):
        found(tmp_path, tmp_path / ".." / tmp_path.name)


@pytest.mark.skipif(os.name == "nt", reason="links need rights on Windows")
def test_links_that_lead_to_themselves_are_named(tmp_path):
    (tmp_path / "自己.xlsx").symlink_to("自己.xlsx")
    (tmp_path / "甲.xlsx").symlink_to("乙.xlsx")
    (tmp_path / "乙.xlsx").symlink_to("甲.xlsx")
    (tmp_path / "圈").symlink_to("圈")
    got = found(tmp_path)
    assert not got.candidates
    assert [s.source.path for s in got.strays] == ["乙.xlsx", "圈", "甲.xlsx", "自己.xlsx"]
    assert all("链接" in s.note for s in got.strays)


def test_names_in_gbk_archives_are_read(tmp_path):
    (tmp_path / "a.zip").write_bytes(zipped({"永平镇填报表.xlsx": b"data"}))
    (one,) = found(tmp_path).candidates
    assert one.member == "永平镇填报表.xlsx"
    assert one.source().place == "a.zip 中的“永平镇填报表.xlsx”"
    assert candidate.load(one) == b"data"


def test_path_tricks_in_archives_are_only_names(tmp_path):
    (tmp_path / "a.zip").write_bytes(archive(**{"../../逃.xlsx": b"x", "C:\\b\\c.xlsx": b"y", "/etc/d.xlsx": b"z"}))
    assert [c.name for c in found(tmp_path).candidates] == ["逃.xlsx", "c.xlsx", "d.xlsx"]


def test_archives_and_mails_within_one_another_are_looked_into(tmp_path):
    inner = zipped({"永平镇.xlsx": b"in"})
    (tmp_path / "a.zip").write_bytes(archive(**{"第一批/b.zip": archive(**{"c.zip": inner}), "d.eml": mailed(e=inner)}))
    (tmp_path / "f.eml").write_bytes(mailed(g=archive(**{"h/i.xlsx": b"mail"})))
    listed = found(tmp_path).candidates
    assert [c.source().place for c in listed] == [
        "a.zip 中的“第一批/b.zip/c.zip/永平镇.xlsx”",
        "a.zip 中的“d.eml/e.zip/永平镇.xlsx”",
        "f.eml 中的“g.zip/h/i.xlsx”",
    ]
    assert [candidate.load(c) for c in listed] == [b"in", b"in", b"mail"]


def mailed(**attached):
    message = EmailMessage()
    message.set_content("请查收")
    for name, data in attached.items():
        message.add_attachment(data, "application", "zip", filename=f"{name}.zip")
    return message.as_bytes()


def nested(depth, data):
    for n in range(depth):
        data = archive(**{("甲.xlsx" if n == 0 else f"{n}.zip"): data})
    return data


@pytest.mark.parametrize(("depth", "read"), [(4, True), (5, False)])
def test_how_deep_archives_lie_in_one_another_is_bounded(tmp_path, depth, read):
    (tmp_path / "a.zip").write_bytes(nested(depth, b"x"))
    got = found(tmp_path)
    assert [candidate.load(c) for c in got.candidates] == ([b"x"] if read else [])
    assert ["套了" in s.note for s in got.strays] == ([] if read else [True])


@pytest.mark.parametrize(("limit", "most"), [("MAX_MEMBERS", 5), ("MAX_UNPACKED", 25_000)])
def test_what_archives_within_an_archive_hold_counts_together(tmp_path, monkeypatch, limit, most):
    inner = archive(**{f"{n}.xlsx": b"0" * 10_000 for n in range(2)})
    (tmp_path / "a.zip").write_bytes(archive(**{"b.zip": inner, "c.zip": inner}))
    assert len(found(tmp_path).candidates) == 4
    monkeypatch.setattr(containers, limit, most)
    got = found(tmp_path)
    assert len(got.candidates) == 2
    assert [(s.source.member, s.note) for s in got.strays] == [("c.zip", "压缩包解开后大得不正常，没有读取")]


def test_an_archive_within_one_that_is_too_large_to_hold_is_named(tmp_path, monkeypatch):
    (tmp_path / "a.zip").write_bytes(archive(**{"b.zip": archive(**{"c.xlsx": b"x"}), "d.zip": b"broken"}))
    monkeypatch.setattr(containers, "MAX_HELD", 10)
    assert [s.note[:10] for s in found(tmp_path).strays] == ["压缩包解开后大得不正", "压缩包已经损坏或没有"]


def test_a_mail_that_is_too_large_alone_or_in_an_archive_is_named(tmp_path, monkeypatch):
    (tmp_path / "a.zip").write_bytes(archive(**{"b.eml": mailed(c=zipped({"1.xlsx": b"1"}))}))
    (tmp_path / "d.eml").write_bytes(mailed(e=zipped({"2.xlsx": b"2"})))
    for limit in ("MAX_HELD", "MAX_FILE"):
        monkeypatch.setattr(containers, limit, 300)
    notes = {s.source.member or s.source.path: s.note for s in found(tmp_path).strays}
    assert notes == dict.fromkeys(("b.eml", "d.eml"), "邮件太大，没有读取，请把附件另存后放进文件夹")


def test_an_attachment_larger_than_a_form_is_not_read(tmp_path, monkeypatch):
    message = EmailMessage()
    message.set_content("请查收")
    message.add_attachment(b"x" * 3_000, "application", "octet-stream", filename="甲.xlsx")
    (tmp_path / "a.eml").write_bytes(message.as_bytes())
    (listed,) = found(tmp_path).candidates
    assert candidate.load(listed) == b"x" * 3_000
    assert containers.content(tmp_path / "a.eml", listed.chain, 3_000) == b"x" * 3_000
    with pytest.raises(files.TooLargeError):
        containers.content(tmp_path / "a.eml", listed.chain, 2_999)


def test_a_file_that_cannot_be_opened_is_not_taken_for_results(tmp_path):
    path = str(tmp_path / "desk.json")
    assert not candidate.begins(candidate.Candidate(path, path))


def test_a_mail_is_parsed_once_however_many_attachments_are_asked_for(tmp_path, monkeypatch):
    parsed = []
    read = containers.mail.attachments
    monkeypatch.setattr(containers.mail, "attachments", lambda data: parsed.append(1) or read(data))
    (tmp_path / "a.eml").write_bytes(mailed(b=zipped({"1.xlsx": b"1", "2.xlsx": b"2"}), c=zipped({"3.xlsx": b"3"})))
    assert [candidate.load(c) for c in found(tmp_path).candidates] == [b"1", b"2", b"3"]
    assert parsed == [1]


def test_a_bomb_a_damaged_and_a_locked_archive_are_named(tmp_path, monkeypatch):
    monkeypatch.setattr(containers, "MAX_UNPACKED", 1000)
    (tmp_path / "1.zip").write_bytes(archive(**{"a.xlsx": b"0" * 5000}))
    (tmp_path / "2.zip").write_bytes(b"PK\x03\x04 not an archive")
    locked = bytearray(archive(**{"c.xlsx": b"x"}))
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        locked[locked.index(mark) + place] |= 1
    (tmp_path / "3.zip").write_bytes(bytes(locked))
    notes = [s.note for s in found(tmp_path).strays]
    assert ["大得不正常" in notes[0], "损坏" in notes[1], "设了密码" in notes[2]] == [True] * 3


def test_files_of_other_kinds_are_named_with_their_cure(tmp_path):
    for name in ("甲.xls", "乙.rar", "丙.et", "丁.txt", "戊.msg"):
        (tmp_path / name).write_bytes(b"x")
    got = found(tmp_path)
    assert {s.source.path for s in got.strays} == {"甲.xls", "乙.rar", "丙.et", "戊.msg"}
    assert {s.status for s in got.strays} == {Status.UNREADABLE}
    assert got.others == 1


def test_files_of_other_kinds_in_an_archive_are_named_with_their_cure_too(tmp_path):
    (tmp_path / "a.zip").write_bytes(archive(**{"甲.xls": b"x", "乙/丙.rar": b"x", "说明.txt": b"x"}))
    got = found(tmp_path)
    assert got.candidates == ()
    assert [(s.source.member, s.status) for s in got.strays] == [
        ("甲.xls", Status.UNREADABLE), ("乙/丙.rar", Status.UNREADABLE)
    ]  # fmt: skip
    assert got.strays[0].note == "无法读取 .xls 文件，请打开后另存为 Excel 工作簿（.xlsx），再用另存的那一份"
    assert "RAR" in got.strays[1].note


def test_a_folder_of_too_many_files_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(gather, "MAX_FILES", 3)
    for name in ("甲.xlsx", "乙.xlsx", "丙.txt"):
        (tmp_path / name).write_bytes(b"x")
    assert len(found(tmp_path).candidates) == 2
    (tmp_path / "丁.txt").write_bytes(b"x")
    with pytest.raises(InputError, match="里有超过 3 个文件，请只放填报表"):
        found(tmp_path)


def test_a_file_too_large_for_a_form_is_not_read(tmp_path, monkeypatch):
    (tmp_path / "甲.xlsx").write_bytes(b"x" * 11)
    (tmp_path / "乙.zip").write_bytes(archive(**{"丙.xlsx": b"x" * 11}))
    listed = found(tmp_path).candidates
    monkeypatch.setattr(containers, "MAX_FILE", 11)
    assert [candidate.load(c) for c in listed] == [b"x" * 11] * 2
    monkeypatch.setattr(containers, "MAX_FILE", 10)
    for one, name in zip(listed, ("丙", "甲"), strict=True):
        with pytest.raises(InputError, match=f"“{name}.xlsx”太大，不是标准填报表"):
            candidate.load(one)


def test_a_name_that_an_archive_gives_in_unicode_beside_another_is_taken_as_it_is(tmp_path):
    entry = zipfile.ZipInfo("填报表.xlsx")
    entry.flag_bits = 0  # so Python 3.12 gives what the field of Info-ZIP says: a name that never was in cp437
    assert containers.member_name(entry) == "填报表.xlsx"


@pytest.mark.skipif(os.name == "nt", reason="links need rights on Windows")
def test_links_are_not_followed(tmp_path):
    outside = tmp_path / "外"
    inside = tmp_path / "内"
    outside.mkdir()
    inside.mkdir()
    (outside / "a.xlsx").write_bytes(b"x")
    (inside / "b.xlsx").symlink_to(outside / "a.xlsx")
    (inside / "c").symlink_to(outside)
    got = found(inside)
    assert got.candidates == ()
    assert "链接" in got.strays[0].note


def test_a_folder_that_is_not_there_or_is_a_result_is_refused(tmp_path):
    with pytest.raises(InputError, match="找不到文件夹"):
        found(tmp_path / "没有")
    (tmp_path / gather.STATE).mkdir()
    with pytest.raises(InputError, match="程序写结果的文件夹"):
        found(tmp_path)


def test_a_town_in_an_archive_is_made_like_any_other(tmp_path):
    roster, delivered = towns.write_whole(tmp_path)
    town = next(delivered.glob("示例东镇.xlsx"))
    (delivered / "东镇.zip").write_bytes(zipped({"示例东镇.xlsx": town.read_bytes()}))
    town.unlink()
    assert towns.run("batch", delivered, "--roster", roster, "-o", tmp_path / "out", "--workers", 1) == 0
    assert len(list((tmp_path / "out" / "报告").glob("*.docx"))) == len(towns.whole()[0])
