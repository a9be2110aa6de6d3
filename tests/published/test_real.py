"""Real published reports."""

import json

import office
from nianbao import published
from nianbao.checks import check
from nianbao.report import loads

TEXTS = {"introduction", "overview", "problems", "other_matters"}


def test_a_real_districts_pdf_gives_all_its_figures_and_names_the_deviation():
    expected = loads(office.shared("real/hongze_2024.json").read_text(encoding="utf-8"), "2021+single-other").report
    reading = published.read(office.shared("real/hongze_2024.pdf"))
    assert reading.report.values == expected.values
    assert len(reading.report.values) == 186
    assert (reading.report.name, reading.report.year) == (expected.name, 2024)
    assert reading.edition.deviations == ("表三“（六）其他处理”的3行并为1行",)
    assert any("“（六）其他处理”的3行并为1行" in f.message for f in reading.findings)
    assert any("2.其他法律行政止公开" in f.message for f in reading.findings)
    assert {f.rule for f in reading.findings} == {"R4", "R5"}
    assert not [f for f in check(reading) if f.rule[0] == "A"]


def test_a_real_districts_texts_are_found_by_section():
    report = published.read(office.shared("real/hongze_2024.pdf")).report
    assert set(report.texts) == TEXTS
    overview = report.texts["overview"].split("\n")
    assert [p[:3] for p in overview] == ["202", "（一）", "（二）", "（三）", "（四）", "（五）"]
    assert "2024年，区政府办代表区政府受理政府信息公开申请17件，均已在法定期限内予以答复。" in overview[2]
    assert report.texts["problems"].count("\n") == 1
    assert report.texts["other_matters"].endswith("全年收取政府信息公开信息处理费0元。")
    assert report.body["phone"] == "0517-87290606"
    assert report.body["address"] == "淮安市洪泽区洪泽湖大道90号"


def test_the_seeds_text_gives_all_values_and_texts_and_exactly_three_deviations():
    reading = published.read(office.shared("seed/yongping-2022.txt"))
    assert reading.edition.id == "wuping-2022"
    assert reading.edition.deviations == (
        "表二没有“规章”一行",
        "表三“（六）其他处理”的3行并为1行",
        "增加了“信息处理费收取情况”部分",
    )
    assert len(reading.report.values) == 7 + 161 + 15 + 4
    assert set(reading.report.values.values()) == {0}
    assert reading.unread == frozenset()
    assert set(reading.report.texts) == TEXTS
    assert reading.report.texts["other_matters"] == "2022年度本机关未收取信息处理费。"
    assert reading.report.body == {
        "name": "永平镇人民政府",
        "office": "永平镇人民政府政务公开办公室",
        "address": "福建省龙岩市武平县帽村路32号",
        "phone": "0597-4632003",
        "postcode": "364306",
    }
    assert reading.report.texts["overview"].count("\n") == 8
    assert {f.rule for f in reading.findings} == {"R4", "R5"}


def test_the_seeds_text_has_every_character_of_its_sections():
    seed = "".join(office.shared("seed/yongping-2022.txt").read_text(encoding="utf-8").split())
    for text in published.read(office.shared("seed/yongping-2022.txt")).report.texts.values():
        assert all("".join(p.split()) in seed for p in text.split("\n"))


def test_the_districts_json_and_pdf_agree_as_report_json():
    data = json.loads(office.shared("real/hongze_2024.json").read_text(encoding="utf-8"))
    assert published.read(office.shared("real/hongze_2024.pdf")).report.edition == data["edition"]
