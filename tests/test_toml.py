"""Every TOML file of the program says the same whether it is parsed or comes from the cache, and is parsed once."""

import tomllib
from pathlib import Path

import pytest

import nianbao
from nianbao import caches, toml

FILES = sorted(Path(nianbao.__file__).parent.rglob("*.toml"))


def name(path):
    return path.relative_to(Path(nianbao.__file__).parent).as_posix()


def test_there_are_files():
    assert len(FILES) > 20


@pytest.mark.parametrize("path", FILES, ids=name)
def test_what_is_kept_is_what_the_file_says(path, tmp_path, monkeypatch):
    monkeypatch.setenv(caches.SWITCH, str(tmp_path))
    text = path.read_text(encoding="utf-8")
    said = tomllib.loads(text)
    assert toml.shipped(text) == said
    monkeypatch.setattr(tomllib, "loads", None)
    assert toml.shipped(text) == said


def test_another_text_is_another_entry_and_a_damaged_one_is_parsed_again(tmp_path, monkeypatch):
    monkeypatch.setenv(caches.SWITCH, str(tmp_path))
    assert toml.shipped("a = 1") == {"a": 1}
    assert toml.shipped("a = 2") == {"a": 2}
    for path in tmp_path.glob("toml-*"):
        path.write_bytes(path.read_bytes().replace(b": 1", b": 9"))
    assert toml.shipped("a = 1") == {"a": 1}


def test_without_a_cache_it_is_parsed(monkeypatch):
    monkeypatch.setenv(caches.SWITCH, "")
    assert toml.shipped("a = 1") == {"a": 1}
