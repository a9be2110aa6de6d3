"""The page on a county's notice does what it says: its blocks are run in order."""

import re

import pytest

from docs.printed import ROOT, blocks, run_lines, shown_behind
from nianbao import pipeline
from nianbao.cli import main
from nianbao.form import load_edition

pytestmark = pytest.mark.xdist_group("notice")

PAGE = (ROOT / "docs" / "notice.md").read_text(encoding="utf-8")
BLOCKS = blocks(PAGE)
FILE = "通知.toml"


@pytest.fixture(scope="module")
def followed(tmp_path_factory):
    """Follow the page in an empty folder; return the folder and what the commands before each text block printed."""
    folder = tmp_path_factory.mktemp("通知")
    patch = pytest.MonkeyPatch()
    patch.chdir(folder)
    said = []
    try:
        written = "\n".join(text for kind, text in BLOCKS if kind == "toml")
        (folder / FILE).write_text(written, encoding="utf-8")
        for i, (kind, text) in enumerate(BLOCKS):
            if kind == "sh":
                shown = shown_behind(BLOCKS, i)
                said.append((shown, run_lines(text)))
    finally:
        patch.undo()
    return folder, said


def test_the_page_shows_what_is_printed(followed):
    _, said = followed
    assert len([text for text, _ in said if text]) == 1
    for expected, printed in said:
        for line in expected.splitlines():
            assert line.strip() in printed


def test_what_the_page_makes_is_there(followed):
    folder, _ = followed
    assert (folder / "永平镇2022.xlsx").exists()
    assert list((folder / "发下的填报表").glob("*.xlsx"))
    assert "D1" in (folder / "结果" / "desk.json").read_text(encoding="utf-8")


def test_the_page_names_every_text_and_every_item_of_a_notice(followed):
    folder, _ = followed
    notice = pipeline.read_notice(folder / FILE)
    assert notice.numbers
    assert notice.phrases
    assert notice.lengths
    assert notice.deadline
    assert {t.label for t in load_edition("2021").texts} <= set(re.findall(r"`([^`\n]+)`", PAGE))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('class = "核实"', 'class = "强制"'),
        ('text = "总体情况"', 'text = "总体"'),
        ("date = 2023-01-20", 'date = "2023-01-20"'),
        ('words = ["解读", "图解"]', 'words = "解读"'),
        ("year = 2022", "year = “2022”"),
    ],
)
def test_each_mistake_of_the_page_is_told_in_its_words(followed, tmp_path, capsys, before, after):
    folder, _ = followed
    path = tmp_path / FILE
    path.write_text((folder / FILE).read_text(encoding="utf-8").replace(before, after), encoding="utf-8")
    rows = re.findall(r"^\| ([^`|]+?) \| .+ \|$", PAGE[PAGE.index("写错了会怎样") :], re.MULTILINE)
    target = tmp_path / "甲.xlsx"
    assert main(["new", "--body", "甲镇人民政府", "--year", "2022", "--notice", str(path), "-o", str(target)]) == 2
    told = capsys.readouterr().err
    assert any(row in told for row in rows), told
    assert re.search(r"第\d+行", told)
    assert not target.exists()
