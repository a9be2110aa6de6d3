"""A long name is divided where its words end, and reads back as it was."""

import random
from dataclasses import replace
from pathlib import Path

import pytest

from nianbao import document, published
from nianbao.document.title_lines import WIDTH, whole_words
from nianbao.form import load_edition
from reports import zero

NAMES = (Path(__file__).parents[1] / "cases" / "long-names.txt").read_text(encoding="utf-8").split()
LONG = "龙岩市武平县自然资源局（武平县林业局、武平县不动产登记管理委员会办公室）"


@pytest.mark.parametrize(
    ("line", "lines"),
    [
        ("", []),
        ("武平县农业农村局", ["武平县农业农村局"]),
        ("2025年政府信息公开工作年度报告", ["2025年政府信息公开工作年度报告"]),
        (LONG, ["龙岩市武平县自然资源局（武平县林业局、", "武平县不动产登记管理委员会办公室）"]),
        ("武平县市场监督管理局（知识产权局）（县食安办）", ["武平县市场监督管理局", "（知识产权局）（县食安办）"]),
        ("甲" * 25, ["甲" * 25]),
    ],
)
def test_words_stay_whole(line, lines):
    assert list(whole_words(line)) == lines
    assert "".join(lines) == line
    assert all(len(x) <= WIDTH for x in lines) or len(lines) == 1


@pytest.mark.parametrize("divided", NAMES)
def test_a_name_as_offices_have_them_is_divided_as_a_person_would(divided):
    """tests/cases/long-names.txt: names of every kind of body, divided by eye."""
    lines = divided.split("｜")
    assert list(whole_words("".join(lines))) == lines
    assert all(len(x) <= WIDTH for x in lines)


def test_any_line_is_divided_into_itself_and_in_no_time():
    words = ["县", "市", "（", "）", "、", "局", "乡", "城乡", "人民政府", "办公室", "甲", "自治县", "委员会"]
    rng = random.Random(2026)
    for _ in range(300):
        line = "".join(rng.choices(words, k=rng.randint(0, 40)))
        assert "".join(whole_words(line)) == line


def test_a_long_name_reads_back_as_it_was(tmp_path):
    edition, report = load_edition("2021"), zero()
    report = replace(report, body={**report.body, "name": LONG})
    made = document.template_for(edition).render(report)
    assert document.differences(made, edition, report) == []
    (tmp_path / "年报.docx").write_bytes(made)
    assert published.read(tmp_path / "年报.docx").report.body["name"] == LONG
