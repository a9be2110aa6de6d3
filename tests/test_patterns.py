"""The rules' regular expressions: every one can be compiled; compiled late they find what `re` finds."""

import gc
import importlib
import pkgutil
import re

import pytest

from nianbao import checks
from nianbao.patterns import Pattern


def loaded():
    """Every expression of the rules."""
    gc.unfreeze()  # a test before may have ended a program in this process: what is frozen is not found
    for module in pkgutil.walk_packages(checks.__path__, "nianbao.checks."):
        importlib.import_module(module.name)
    return [p for p in gc.get_objects() if isinstance(p, Pattern)]


def test_every_expression_of_the_rules_can_be_compiled():
    found = loaded()
    assert len(found) > 200
    for one in found:
        assert isinstance(one.compiled(), re.Pattern)


def test_a_faulty_expression_is_told_when_it_is_first_used():
    faulty = Pattern("(")
    with pytest.raises(re.error):
        faulty.search("")


@pytest.mark.parametrize("name", ["search", "match", "fullmatch"])
@pytest.mark.parametrize("text", ["收到3件", "3件", "", "收到十件，办结2件"])
def test_the_first_and_every_later_match_are_those_of_re(name, text):
    late, early = Pattern(r"(\d)件"), re.compile(r"(\d)件")
    expected = getattr(early, name)(text)
    for _ in range(2):
        found = getattr(late, name)(text)
        assert (found and found.span()) == (expected and expected.span())


def test_everything_else_is_that_of_re_too_the_first_time_and_later():
    text, expression = "甲1，乙2，丙3", r"\D(?P<n>\d)"
    early = re.compile(expression)
    todo = {
        "finditer": lambda p: [m["n"] for m in p.finditer(text, 3)],
        "findall": lambda p: p.findall(text, 3),
        "split": lambda p: p.split(text, 1),
        "sub": lambda p: p.sub(r"\g<n>", text, 2),
    }
    for use in todo.values():
        late = Pattern(expression)
        assert [use(late), use(late)] == [use(early)] * 2


def test_flags_count():
    assert Pattern("a", re.IGNORECASE).search("A")
    assert not Pattern("a").search("A")
