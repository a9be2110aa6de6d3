"""A real district's published PDF, where the developers' shared folder has it."""

import json

from nianbao import published
from nianbao.checks import check
from nianbao.report import loads
from office import SHARED
from real import DISTRICT

PUBLISHED = SHARED / "real" / "hongze_2024.pdf"
TEXTS = {"introduction", "overview", "problems", "other_matters"}


def test_a_real_districts_pdf_gives_all_its_figures_and_names_the_deviation():
    expected = loads(DISTRICT.read_text(encoding="utf-8"), "2021+single-other").report
    reading = published.read(PUBLISHED)
    assert reading.report.values == expected.values
    assert len(reading.report.values) == 186
    assert (reading.report.name, reading.report.year) == (expected.name, 2024)
    assert reading.edition.deviations == ("表三“（六）其他处理”的3行并为1行",)
    assert any("“（六）其他处理”的3行并为1行" in f.message for f in reading.findings)
    assert any("2.其他法律行政止公开" in f.message for f in reading.findings)
    assert {f.rule for f in reading.findings} == {"R4", "R5"}
    assert not [f for f in check(reading) if f.rule[0] == "A"]


def test_a_real_districts_texts_are_found_by_section():
    report = published.read(PUBLISHED).report
    assert set(report.texts) == TEXTS
    overview = report.texts["overview"].split("\n")
    assert [p[:3] for p in overview] == ["202", "（一）", "（二）", "（三）", "（四）", "（五）"]
    assert "2024年，区政府办代表区政府受理政府信息公开申请17件，均已在法定期限内予以答复。" in overview[2]
    assert report.texts["problems"].count("\n") == 1
    assert report.texts["other_matters"].endswith("全年收取政府信息公开信息处理费0元。")
    assert report.body["phone"] == "0517-87290606"
    assert report.body["address"] == "淮安市洪泽区洪泽湖大道90号"


def test_the_districts_json_and_pdf_agree_as_report_json():
    data = json.loads(DISTRICT.read_text(encoding="utf-8"))
    assert published.read(PUBLISHED).report.edition == data["edition"]
