"""The figures for machines: every printed cell once, in official words, and nothing a spreadsheet would run."""

import csv
import io
from dataclasses import replace
from decimal import Decimal

import pytest

from nianbao.form import edition_names, load_edition
from nianbao.publish.figures_csv import HEADER, figures_csv
from publish import samples


def lines(report):
    data = figures_csv(load_edition(report.edition), report)
    assert data.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize("name", edition_names())
def test_every_printed_figure_is_there_once_with_its_key_and_its_value(name):
    edition, report = load_edition(name), samples.full(name)
    found = lines(report)
    printed = [v.key for s in edition.sections if s.table for v in edition.table[s.table].values]
    assert [x["代码"] for x in found] == printed
    assert {x["代码"]: Decimal(x["数值"]) for x in found if x["数值"]} == {
        k: v for k, v in report.values.items() if k in printed
    }
    assert {(x["单位名称"], x["年度"]) for x in found} == {("示例镇人民政府", "2025")}


def test_the_labels_are_the_official_ones_and_a_blank_stays_blank():
    report = replace(samples.full(), values={"requests.denied.state_secret.natural_person": 0})
    by_key = {x["代码"]: x for x in lines(report)}
    assert list(by_key["requests.denied.state_secret.natural_person"].values()) == [
        "示例镇人民政府", "2025", "表三", "三、本年度办理结果 （三）不予公开 1.属于国家秘密", "自然人", "件", "0",
        "requests.denied.state_secret.natural_person",
    ]  # fmt: skip
    assert by_key["review.reconsideration.upheld"]["项目"] == "行政复议"
    assert by_key["requests.received.total"]["数值"] == ""
    assert len(HEADER) == 8


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "　=", "＝", "\t="])
def test_a_name_that_a_spreadsheet_would_take_for_a_formula_is_only_shown(start):
    name = f"{start}HYPERLINK(1)"
    report = replace(samples.full(), body={"name": name})
    assert {x["单位名称"] for x in lines(report)} == {f"'{name}"}


def test_a_name_with_commas_quotes_and_line_ends_stays_one_cell():
    report = replace(samples.full(), body={"name": '甲,"乙"\n丙'})
    assert {x["单位名称"] for x in lines(report)} == {'甲,"乙"\n丙'}
