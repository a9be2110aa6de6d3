"""Texts are compared again only where one of them is another than before; what is kept is what comparing gave."""

import pytest

from nianbao.county.run import comparing
from nianbao.county.run.runners import here
from nianbao.county.totals import alike

SENTENCE = "围绕群众关心的{}，及时公布办理进展和结果，{}月底前全部公布完毕。"


def texts(changed=""):
    """Two counties of three towns, of which two have most sentences in common."""
    same = "".join(SENTENCE.format(what, n) for n, what in enumerate(("饮水", "道路", "学校", "医疗", "住房"), 1))
    other = "本镇逐村走访，公开栏由村民自己管理，每季度换一次内容。" * 3
    first = {"1": same, "2": same + changed, "3": other}
    return {"甲县": first, "乙县": {f"9{k}": t for k, t in first.items()}}


def refused(group):
    raise AssertionError(f"compared again: {group}")


def test_what_was_compared_is_kept(tmp_path, monkeypatch):
    (tmp_path / ".nianbao").mkdir()
    crowd, pairs = comparing.compared([tmp_path], texts(), here)
    assert {(p.ours, p.theirs) for p in pairs} == {("1", "2"), ("91", "92")}
    assert pairs[0].passages
    monkeypatch.setattr(alike, "comparisons", refused)
    assert comparing.compared([tmp_path], texts(), here) == (crowd, pairs)


@pytest.mark.parametrize("change", ["a text", "a name", "the order", "one fewer"])
def test_another_text_is_compared(tmp_path, change):
    (tmp_path / ".nianbao").mkdir()
    comparing.compared([tmp_path], texts(), here)
    now = texts("本年还公布了防汛物资的储备和发放。" * 9 if change == "a text" else "")
    if change == "a name":
        now["甲县"]["4"] = now["甲县"].pop("2")
    elif change == "the order":
        now["甲县"] = dict(reversed(now["甲县"].items()))
    elif change == "one fewer":
        del now["乙县"]["92"]
    kept = comparing.compared([tmp_path], now, here)
    (tmp_path / comparing.KEPT).unlink()
    assert kept == comparing.compared([tmp_path], now, here)


@pytest.mark.parametrize(
    "damage", [lambda d: d[:-1], lambda d: b"", lambda d: d.replace(b'"1"', b'"3"'), lambda d: d[:70]]
)
def test_what_is_damaged_is_compared_again(tmp_path, damage):
    (tmp_path / ".nianbao").mkdir()
    known = comparing.compared([tmp_path], texts(), here)
    path = tmp_path / comparing.KEPT
    whole = path.read_bytes()
    path.write_bytes(damage(whole))
    assert comparing.compared([tmp_path], texts(), here) == known
    assert path.read_bytes() == whole
