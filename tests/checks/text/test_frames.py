"""Frames: the phrases that are certain. A word that is in no group, and there is no frame."""

import re
import time

import pytest

from nianbao.checks.text.frames import _step, frame_of, frames, words


@pytest.mark.parametrize(
    ("stretch", "role", "frame"),
    [("@全年新收政府信息公开申请#", "received_new", "received-new"),
     ("我局共收到公民、法人和其他组织提出的政府信息公开申请#", "received", "received"),
     ("全年共收到并按时办结#政府信息公开申请", "received", "received"),
     ("剩余#结转下年度继续办理", "pending_end", "carried-out-behind"),
     ("«年度结转的政府信息公开申请#", "pending_start", "carried-in"),
     ("结转上年度办理#", "pending_start", "carried-in-turned"),
     ("依法办结#", "done", "done"),
     ("#予以公开", "result", "result-behind"),
     ("因政府信息公开被申请行政复议#", "review", "reviews"),
     ("结果维持#", "review", "outcome"),
     ("制发行政规范性文件#", "issued", "issued"),
     ("现行有效#", "in_force", "in-force"),
     ("实际收取信息处理费#", "fee", "fee")],
)  # fmt: skip
def test_a_phrase_of_the_list_is_certain(stretch, role, frame):
    found = frame_of(stretch, role)
    assert found is not None
    assert found.id == frame


@pytest.mark.parametrize(
    ("stretch", "role"),
    [("收到惠企资金申请#", "received"), ("县财政局收到政府信息公开申请#", "received"),
     ("收到政府信息公开申请#", "done"), ("网上收到政府信息公开申请#", "received"),
     ("收到政府信息公开申请#件建议", "received"), ("", "received"), ("#", "done"), ("拟废止#", "repealed"),
     ("代县政府办理行政复议#", "review"), ("审理行政复议案件#", "review")],
)  # fmt: skip
def test_any_other_word_or_role_and_it_is_not(stretch, role):
    assert frame_of(stretch, role) is None


def test_the_longest_word_is_read_first():
    assert words("结转至#") == words("结转#")
    assert words("结转县#") != words("结转#")


def test_every_frame_says_of_what_it_is_and_has_one_figure():
    for frame in frames():
        assert frame.means, frame.id
        assert [s for s in frame.steps if "#" in s.groups], frame.id
    assert len({f.id for f in frames()}) == len(frames())


def test_long_stretches_are_read_in_no_time():
    begun = time.perf_counter()
    assert frame_of("的，中" * 20_000 + "收到#", "received") is not None
    assert frame_of("共的" * 20_000, "result") is None
    assert time.perf_counter() - begun < 5


@pytest.mark.parametrize("part", ["unknown", "(lead|unknown)", "(("])
def test_a_frame_of_a_word_that_is_not_listed_is_a_fault_of_the_file(part):
    with pytest.raises(ValueError, match=re.escape(part)):
        _step(part, {"lead"})
