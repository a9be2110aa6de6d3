"""No parser of ours resolves an entity or fetches anything; what a reader does not want is left out."""

import pytest

from nianbao.ooxml import trees

WITH_ALL = b"<?xml-stylesheet href='x'?><a><!-- c --><?p i?><b>1</b></a>"


def entity(path):
    return f'<!DOCTYPE a [<!ENTITY e SYSTEM "{path.as_uri()}"><!ENTITY i "told">]><a>&e;&i;</a>'.encode()


@pytest.mark.parametrize("parse", [trees.parsed, trees.bare, lambda part: list(trees.streamed(part))[-1][1]])
def test_an_entity_is_left_as_it_is(parse, tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("secret", encoding="utf-8")
    root = parse(entity(secret))
    assert "".join(t for t in root.itertext(tag=None) if not t.startswith("&")) == ""
    assert b"secret" not in trees.written(root).replace(b"secret.txt", b"")


@pytest.mark.parametrize(
    ("comments", "instructions", "left"), [(True, True, 3), (False, True, 2), (True, False, 2), (False, False, 1)]
)
def test_comments_and_instructions_are_kept_or_left_out(comments, instructions, left):
    assert len(trees.parsed(WITH_ALL, comments=comments, instructions=instructions)) == left


def test_a_reader_gets_elements_alone():
    assert [child.tag for child in trees.bare(WITH_ALL)] == ["b"]


def test_a_text_with_a_declaration_is_parsed_as_its_bytes_are():
    text = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?><a>表</a>'
    assert trees.written(trees.parsed(text)) == trees.written(trees.parsed(text.encode()))


def test_what_is_no_sound_part_is_told():
    with pytest.raises(trees.BrokenError):
        trees.parsed(b"<a>")
    with pytest.raises(trees.BrokenError):
        list(trees.streamed(b"<a><b>"))
