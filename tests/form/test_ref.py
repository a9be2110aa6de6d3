"""One value says which edition is meant; one of somebody's own is written out so that it needs no other file."""

from dataclasses import replace

import pytest

from nianbao.errors import EditionError
from nianbao.form import edition_names, edition_ref, load_edition, whole_text

BASE = 'id = "district"\nextends = "2021"\nname = "本市格式"\nfrom_year = 2021\n'
OWN = 'id = "county-own"\nextends = "base.toml"\nname = "本县“甲”格式"\nfrom_year = 2022\n'
CHANGE = '[[changes]]\ndo = "set_section"\nsection = "problems"\nvalues = { heading = "%s" }\n'


def written(folder, heading="存在的问题", name="own.toml"):
    folder.mkdir(exist_ok=True)
    (folder / "base.toml").write_text(BASE + CHANGE % heading, encoding="utf-8")
    path = folder / name
    path.write_text(OWN, encoding="utf-8")
    return str(path)


def test_a_file_with_another_name_and_place_is_the_same_edition(tmp_path):
    one = edition_ref(written(tmp_path / "a"))
    two = edition_ref(written(tmp_path / "b", name="2026年.toml"))
    assert (one.id, one.digest, one.file_name) == (two.id, two.digest, two.file_name)
    assert one.is_own
    assert one.source != two.source


def test_what_it_extends_counts_too(tmp_path):
    one = edition_ref(written(tmp_path / "a"))
    two = edition_ref(written(tmp_path / "b", "存在的主要问题"))
    assert one.id == two.id
    assert one.digest != two.digest


@pytest.mark.parametrize("name", edition_names())
def test_an_edition_of_the_program_has_no_source(name):
    ref = edition_ref(name)
    assert (ref.id, ref.source, ref.is_own) == (name, "", False)


def test_the_whole_of_an_edition_is_the_edition_without_the_files_it_was_made_of(tmp_path):
    name = written(tmp_path / "a")
    whole = tmp_path / "x.whole.toml"
    whole.write_text(whole_text(name), encoding="utf-8")
    made, read = load_edition(name), load_edition(str(whole))
    assert made.deviations == read.deviations != ()
    assert replace(read, extends=made.extends) == made


def test_a_faulty_file_has_no_reference(tmp_path):
    path = tmp_path / "a.toml"
    path.write_text('id = "x"\nextends = "2021"\n', encoding="utf-8")
    with pytest.raises(EditionError, match="缺少 name"):
        edition_ref(str(path))
    with pytest.raises(EditionError, match="缺少 name"):
        whole_text(str(path))
