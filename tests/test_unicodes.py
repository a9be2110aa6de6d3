"""Normal forms: Python's own, in linear time, and nowhere else in the program."""

import re
import unicodedata
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

import nianbao
from nianbao import unicodes
from nianbao.unicodes import PIECE, plain_form

MOTIFS = st.sampled_from(
    ["永平镇", "Ａ１，", "é", "e\u0301", "ﾊﾟ", "①", "\u1112\u1161\u11ab", "\u0315\u0300", "ﬁ", "\n", "x", "\u09c7\u09be"]
)


@given(st.lists(MOTIFS, max_size=40), st.integers(1, 12))
def test_a_long_text_has_the_form_python_gives_it(pieces, times):
    text = ("".join(pieces) + "。") * times * 5
    for form in ("NFC", "NFKC"):
        assert plain_form(text, form) == unicodedata.normalize(form, text)


@pytest.mark.parametrize("run", [PIECE - 1, PIECE, PIECE + 1, 5 * PIECE])
def test_marks_are_never_lost(run):
    text = "中" + "\u0315\u0300" * run + "文"
    assert sorted(plain_form(text)) == sorted(text)


@pytest.mark.parametrize("text", ["\u0315\u0300" * 4_000, "中" * 4_000, "Ａ" * 4_000, "\u1112\u1161\u11ab" * 4_000])
def test_python_never_gets_more_than_a_piece_at_once(text, monkeypatch):
    given_to = []

    def normalize(form, piece):
        given_to.append(len(piece))
        return unicodedata.normalize(form, piece)

    monkeypatch.setattr(unicodes, "unicodedata", SimpleNamespace(normalize=normalize))
    plain_form(text)
    assert sum(given_to) == len(text)
    assert max(given_to) <= PIECE


def test_nobody_else_normalises():
    callers = {
        path.name
        for path in Path(nianbao.__file__).parent.rglob("*.py")
        if re.search(r"unicodedata\.normalize|import normalize", path.read_text(encoding="utf-8"))
    }
    assert callers == {"unicodes.py"}
