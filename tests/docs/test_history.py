"""What changed in editions and rules is told rule by rule, and a released version is never changed."""

import copy

import pytest

import history

NOW = history.catalogue()


def before(change):
    """Yesterday's catalogue: today's with a change."""
    old = copy.deepcopy(NOW)
    change(old)
    return old


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda c: c["rules"].pop("A1"), "规则 A1：新增，表三各列收支相等（强制）"),
        (lambda c: c["rules"].update(Z9={**c["rules"]["A1"], "name": "旧规则"}), "规则 Z9：去掉，原为旧规则"),
        (lambda c: c["rules"]["A1"].update({"class": "核实"}), "规则 A1：类别由核实改为强制"),
        (lambda c: c["rules"]["A1"].update(basis="别的"), "规则 A1：依据有变化"),
        (lambda c: c["rules"]["A1"]["editions"].update({"2021": "0"}), "规则 A1：核对的格子或办法有变化（格式 2021）"),
        (lambda c: c["rules"]["A1"]["editions"].pop("2019"), "规则 A1：也用于格式 2019"),
        (lambda c: c["editions"].pop("2021"), "格式 2021：新增，2021年版"),
        (lambda c: c["editions"]["2021"].update(form="0"), "格式 2021：表、行、栏、各部分或固定文字有变化"),
    ],
)
def test_one_change_is_one_sentence(change, said):
    assert history.changes(before(change), NOW) == [said]


def test_nothing_changed_is_nothing_said():
    assert history.changes(NOW, NOW) == []


def test_a_snapshot_reads_back_as_it_was_and_is_written_once(tmp_path, monkeypatch):
    path = history.snapshot(tmp_path)
    assert history.released(tmp_path) == [(history.__version__, NOW)]
    assert history.snapshot(tmp_path) == path
    monkeypatch.setattr(history, "catalogue", lambda: before(lambda c: c["rules"].pop("A1")))
    with pytest.raises(FileExistsError):
        history.snapshot(tmp_path)


def test_versions_are_in_the_order_of_their_numbers(tmp_path):
    for version in ("2026.11.0", "2026.2.10", "2026.2.9"):
        (tmp_path / f"{version}.json").write_text("{}")
    assert [v for v, _ in history.released(tmp_path)] == ["2026.2.9", "2026.2.10", "2026.11.0"]
