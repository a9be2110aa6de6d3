"""The sample's published report, as its page gives it."""

import real
from nianbao import published

TEXTS = {"introduction", "overview", "problems", "other_matters"}


def test_the_seeds_text_gives_all_values_and_texts_and_exactly_three_deviations():
    reading = published.read(real.SEED)
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
    seed = "".join(real.SEED.read_text(encoding="utf-8").split())
    for text in published.read(real.SEED).report.texts.values():
        assert all("".join(p.split()) in seed for p in text.split("\n"))
