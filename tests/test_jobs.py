"""The same done to several files: what came of each, told as it is done; a file that can't be done stops no other."""

from pathlib import Path

import pytest

from nianbao import jobs
from nianbao.errors import InputError

PATHS = [Path("a"), Path("b"), Path("c")]


def tried(path):
    if path.name == "b":
        raise InputError("打不开")
    return path.name.upper()


def test_each_file_has_its_result_or_its_error_as_it_is_done():
    told = []
    for done in jobs.each(PATHS, tried, lambda n, path: told.append((n, path.name))):
        told.append((done.path.name, done.result, done.error and done.error.sentence))
    assert told == [(1, "a"), ("a", "A", None), (2, "b"), ("b", None, "打不开。"), (3, "c"), ("c", "C", None)]


def test_a_mistake_of_the_program_is_no_files_error():
    with pytest.raises(ZeroDivisionError):
        list(jobs.each(PATHS, lambda _: 1 / 0))


def test_a_sentence_ends_with_one_full_stop():
    assert [InputError(t).sentence for t in ("打不开", "打不开。")] == ["打不开。"] * 2
