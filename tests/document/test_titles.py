"""A long name is divided where its words end, and reads back as it was."""

from dataclasses import replace

import pytest

from nianbao import document, published
from nianbao.document.titles import WIDTH, whole_words
from nianbao.form import load_edition
from reports import zero

LONG = "龙岩市武平县自然资源局（武平县林业局、武平县不动产登记管理委员会办公室）"


@pytest.mark.parametrize(
    ("line", "lines"),
    [
        ("", []),
        ("武平县农业农村局", ["武平县农业农村局"]),
        ("2025年政府信息公开工作年度报告", ["2025年政府信息公开工作年度报告"]),
        (LONG, ["龙岩市武平县自然资源局（武平县林业局、", "武平县不动产登记管理委员会办公室）"]),
        ("武平县市场监督管理局（知识产权局）（县食安办）", ["武平县市场监督管理局（知识产权局）", "（县食安办）"]),
        ("福建省龙岩市武平县人民政府办公室政务公开管理科", ["福建省龙岩市武平县人民政府办公室政务公开管理科"]),
    ],
)
def test_words_stay_whole(line, lines):
    assert list(whole_words(line)) == lines
    assert "".join(lines) == line
    assert all(len(x) <= WIDTH for x in lines) or len(lines) == 1


def test_a_long_name_reads_back_as_it_was(tmp_path):
    edition, report = load_edition("2021"), zero()
    report = replace(report, body={**report.body, "name": LONG})
    made = document.template_for(edition).render(report)
    assert document.differences(made, edition, report) == []
    (tmp_path / "年报.docx").write_bytes(made)
    assert published.read(tmp_path / "年报.docx").report.body["name"] == LONG
