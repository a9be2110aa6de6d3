"""`make --to html,csv,json`: what is written beside the Word report, and what is refused."""

import json
from dataclasses import replace

import pytest

from nianbao import pipeline, published
from nianbao import report as reports_
from nianbao.cli import main
from nianbao.errors import TemplateError
from nianbao.form import load_edition
from nianbao.publish.page import proof
from publish import samples


@pytest.fixture
def data(tmp_path):
    path = tmp_path / "年报.json"
    path.write_text(reports_.dumps(samples.full()), encoding="utf-8")
    return path


def test_the_page_the_fragment_and_the_figures_stand_beside_the_report_and_are_linked(data, tmp_path, capsys):
    out = tmp_path / "报告"
    assert main(["make", str(data), "-o", str(out), "--to", "docx,html,csv,json"]) in (0, 1)
    stem = "示例镇人民政府2025年政府信息公开工作年度报告"
    assert {p.name for p in out.iterdir()} == {
        f"{stem}{x}" for x in (".docx", ".html", "（正文片段）.html", ".csv", ".json")
    }
    page = (out / f"{stem}.html").read_text(encoding="utf-8")
    for ending in ("docx", "csv", "json"):
        assert f'%E6%8A%A5%E5%91%8A.{ending}"' in page
    assert published.read(out / f"{stem}.html").report.values == published.read(out / f"{stem}.docx").report.values
    assert json.loads((out / f"{stem}.json").read_text(encoding="utf-8"))["year"] == 2025
    assert "已生成" in capsys.readouterr().out


def test_a_report_with_personal_data_gets_no_page_and_its_draft_is_marked(tmp_path, capsys):
    report = samples.full()
    texts = {**report.texts, "overview": "（一）主动公开\n申请人身份证号码11010519491231002X，已答复。"}
    path = tmp_path / "年报.json"
    path.write_text(reports_.dumps(replace(report, texts=texts)), encoding="utf-8")
    out = tmp_path / "报告"
    main(["make", str(path), "-o", str(out), "--to", "html,csv"])
    assert "P1" in capsys.readouterr().out
    assert not out.exists()
    main(["make", str(path), "-o", str(out), "--to", "html", "--draft"])
    drafts = sorted(out.iterdir())
    assert [("草稿" in p.name, "【草稿" in p.read_text(encoding="utf-8")) for p in drafts] == [(True, True)] * 2


def test_the_site_settings_reach_the_page_and_a_fault_in_them_stops_before_anything_is_made(data, tmp_path, capsys):
    site = tmp_path / "站点.toml"
    site.write_text('PubDate = "2026-01-20 09:00"', encoding="utf-8")
    out = tmp_path / "报告"
    main(["make", str(data), "-o", str(out), "--to", "html", "--site", str(site)])
    page = next(p for p in out.iterdir() if "片段" not in p.name).read_text(encoding="utf-8")
    assert '<meta name="PubDate" content="2026-01-20 09:00">' in page
    site.write_text('PubDat = "2026-01-20 09:00"', encoding="utf-8")
    assert main(["make", str(data), "-o", str(tmp_path / "x"), "--to", "html", "--site", str(site)]) == 2
    assert "是不是 PubDate" in capsys.readouterr().err
    assert not (tmp_path / "x").exists()


def test_a_page_that_differs_from_its_data_is_not_handed_over(data, tmp_path, monkeypatch):
    checked = pipeline.check_file(data)
    key = "requests.received.total"
    other = replace(checked.reading.report, values={**checked.reading.report.values, key: 987654})
    right = proof.differences
    monkeypatch.setattr(proof, "differences", lambda page, edition, report: right(page, edition, other))
    with pytest.raises(TemplateError, match="没有交出"):
        pipeline.make(checked, tmp_path / "报告", ("html",))
    assert not (tmp_path / "报告").exists()


def test_the_office_edits_its_template_and_the_page_follows(monkeypatch, tmp_path):
    from nianbao.publish.page import build_page_template, fill  # noqa: PLC0415

    edition = load_edition("2021")
    edited = build_page_template(edition).replace(b"<h1>", "<p>示例县政府信息公开</p>\n<h1>".encode(), 1)
    template = fill.compile_page(edited, edition)
    monkeypatch.setattr("nianbao.publish.page.make.page_template_for", lambda _: template)
    made = samples.made(samples.full())
    assert all("示例县政府信息公开" in text for text in made.values())
