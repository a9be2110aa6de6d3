"""The journal and the files it speaks of."""

import json
import os
from pathlib import Path

import pytest

from nianbao.county.intake.examined import Examination, Examined
from nianbao.county.intake.folders import STATE
from nianbao.county.keeping import earlier_results, own_files
from nianbao.county.keeping import store as stores
from nianbao.errors import InputError, OutputError


def examination(key="k" * 64, **more):
    return Examination(Examined(key, "s", "甲镇", **more), {"report": {"values": {}}})


def journal(folder):
    return folder / STATE / "journal.jsonl"


def test_what_was_kept_is_known_to_the_next_run(tmp_path):
    with stores.opened(tmp_path) as store:
        store.keep_examined(examination())
        written = {"docx": ("报告/a.docx", own_files.deliver(tmp_path, "报告/a.docx", b"x", ""))}
        store.keep_made("m", written)
    with stores.opened(tmp_path) as store:
        assert store.examined("k" * 64).name == "甲镇"
        assert store.record("k" * 64) == {"report": {"values": {}}}
        assert store.made("m") == written
        (tmp_path / "报告" / "a.docx").write_bytes(b"changed")
        assert store.made("m") is None
        assert store.examined("other") is None


@pytest.mark.parametrize("cut", range(1, 30, 4))
def test_a_torn_last_line_is_skipped_and_the_next_line_is_whole(tmp_path, cut):
    with stores.opened(tmp_path) as store:
        store.keep_examined(examination("a" * 64))
        store.keep_examined(examination("b" * 64))
    path = journal(tmp_path)
    path.write_bytes(path.read_bytes()[:-cut])
    with stores.opened(tmp_path) as store:
        assert store.examined("a" * 64)
        assert bool(store.examined("b" * 64)) == (cut == 1)
        store.keep_examined(examination("c" * 64))
    with stores.opened(tmp_path) as store:
        assert store.examined("c" * 64)


def test_a_lost_record_is_read_again(tmp_path):
    with stores.opened(tmp_path) as store:
        store.keep_examined(examination())
    for record in (tmp_path / STATE / "records").iterdir():
        record.unlink()
    with stores.opened(tmp_path) as store:
        assert store.examined("k" * 64) is None


def test_a_record_somebody_damaged_is_named_with_what_to_do(tmp_path):
    with stores.opened(tmp_path) as store:
        store.keep_examined(examination())
        (record,) = (tmp_path / STATE / "records").iterdir()
        record.write_bytes(b'{"report": ')
        with pytest.raises(InputError, match=r"读不出来，请删去“.*”后重新运行"):
            store.record("k" * 64)


def test_a_file_that_could_not_be_opened_is_not_remembered(tmp_path):
    with stores.opened(tmp_path) as store:
        store.keep_examined(Examination(Examined("", "", error="打不开"), {}))
    assert not journal(tmp_path).exists()


def test_two_runs_never_share_a_folder(tmp_path):
    with stores.opened(tmp_path), pytest.raises(OutputError, match="另一次运行"), stores.opened(tmp_path):
        pass


def test_leftovers_of_a_killed_run_are_swept(tmp_path):
    left = tmp_path / "报告" / "~nianbao-abc.tmp"
    left.parent.mkdir()
    left.write_bytes(b"half")
    with stores.opened(tmp_path):
        assert not left.exists()


def test_a_file_somebody_changed_is_put_aside_and_ours_is_replaced(tmp_path):
    mine = own_files.deliver(tmp_path, "a.docx", b"first", "")
    own_files.deliver(tmp_path, "a.docx", b"second", mine)
    assert [p.name for p in tmp_path.iterdir()] == ["a.docx"]
    (tmp_path / "a.docx").write_bytes(b"edited in Word")
    own_files.deliver(tmp_path, "a.docx", b"third", mine)
    assert (tmp_path / "a.docx").read_bytes() == b"third"
    assert (tmp_path / "a（原文件1）.docx").read_bytes() == b"edited in Word"


def test_a_large_file_is_delivered_in_pieces_by_the_same_rules(tmp_path):
    mine = own_files.deliver_pieces(tmp_path, "a.json", (b"fir", b"st"), "")
    assert mine == own_files.sha256_of(tmp_path / "a.json")
    own_files.deliver_pieces(tmp_path, "a.json", (b"second",), mine)
    own_files.deliver_pieces(tmp_path, "a.json", (b"second",), "journal lost by a kill")
    assert [p.name for p in tmp_path.iterdir()] == ["a.json"]
    (tmp_path / "a.json").write_bytes(b"edited")
    own_files.deliver_pieces(tmp_path, "a.json", (b"third",), mine)
    assert (tmp_path / "a.json").read_bytes() == b"third"
    assert (tmp_path / "a（原文件1）.json").read_bytes() == b"edited"


def test_what_no_longer_counts_is_moved_unless_somebody_changed_it(tmp_path):
    with stores.opened(tmp_path) as store:
        for name in ("a", "b"):
            store.keep_made(name, {"docx": (f"{name}.docx", own_files.deliver(tmp_path, f"{name}.docx", b"x", ""))})
        (tmp_path / "b.docx").write_bytes(b"mine now")
        assert store.finish(set(), {}) == ("a.docx",)
    assert (tmp_path / stores.EARLIER / "a.docx").read_bytes() == b"x"
    assert (tmp_path / "b.docx").read_bytes() == b"mine now"


def test_the_journal_of_a_finished_run_holds_only_what_counts(tmp_path):
    with stores.opened(tmp_path) as store:
        for n in range(5):
            store.keep_examined(examination(f"{n}" * 64))
        store.finish({"0" * 64}, {})
    lines = [json.loads(x) for x in journal(tmp_path).read_text(encoding="utf-8").splitlines()]
    assert [x["key"] for x in lines] == ["0" * 64]
    assert len(list((tmp_path / STATE / "records").iterdir())) == 1


@pytest.mark.parametrize("path", ["../../别人的.docx", "/etc/别人的.docx", "C:\\别人的.docx", "a/../../别人的.docx"])
def test_a_journal_never_leads_outside_its_folder(path, tmp_path):
    """Ours no longer counts and is put aside; a path from a journal that somebody wrote must not move other files."""
    folder = tmp_path / "县" / "结果"
    (folder / STATE / "records").mkdir(parents=True)
    other = tmp_path / "别人的.docx"
    other.write_bytes(b"theirs")
    line = {"did": "made", "key": "a", "files": {"docx": [path, own_files.sha256_of(other)]}}
    journal(folder).write_text(json.dumps(line) + "\n", encoding="utf-8")
    with stores.opened(folder) as store:
        assert store.made("a") is None
        assert store.finish(set(), {}) == ()
    assert other.read_bytes() == b"theirs"


def test_a_run_that_ends_before_it_kept_anything_leaves_the_folder_as_it_was(tmp_path):
    (tmp_path / "镇.xlsx").write_bytes(b"x")
    for folder in (tmp_path, tmp_path / "新的"):
        with pytest.raises(InputError), stores.opened(folder):
            raise InputError("说不行")
    assert [p.name for p in tmp_path.rglob("*")] == ["镇.xlsx"]
    with stores.opened(tmp_path / "新的") as store:
        assert store.carry(str(Path(__file__).parents[1] / "cases" / "own-variant.toml"))
    assert [p.name for p in tmp_path.rglob("*")] == ["镇.xlsx"]


def test_results_are_found_beside_what_they_were_made_of_and_only_there(tmp_path, monkeypatch):
    sent, results = tmp_path / "收到", tmp_path / "结果"
    for folder in (sent, results):
        folder.mkdir()
    earlier_results.note(results, [sent])
    place = results / earlier_results.FOLDERS
    assert earlier_results.made_of([sent], []) == (results,)
    for data in (b"{", b"{}", b"\xff", b"[1]", b"[" * 100_000):
        place.write_bytes(data)
        assert earlier_results.made_of([sent], []) == ()

    def elsewhere(*_):
        raise ValueError("path is on mount 'D:', start on mount 'C:'")

    monkeypatch.setattr(os.path, "relpath", elsewhere)
    earlier_results.note(results, [sent])
    assert json.loads(place.read_bytes()) == [str(sent.resolve())]
