"""`make --to html,csv,json`: what is written beside the Word report, and what is refused."""

import json
from dataclasses import replace

import pytest

import reports
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
    told = capsys.readouterr().err
    assert "网站标识码（SiteIDCode）" in told
    assert "PubDate" not in told
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


def edited(folder, capsys):
    """The office's own page template, new and edited by hand."""
    path = folder / "我们的网页.html"
    assert main(["template", "new", "--edition", "2021", "-o", str(path)]) == 0
    assert "--page-template" in capsys.readouterr().out
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("<h1>", "<p>示例县政府信息公开</p>\n<h1>", 1), encoding="utf-8-sig")
    return path


def test_the_office_edits_its_template_and_page_and_fragment_follow(data, tmp_path, capsys):
    out = tmp_path / "报告"
    own = edited(tmp_path, capsys)
    main(["make", str(data), "-o", str(out), "--to", "html", "--page-template", str(own)])
    made = [p.read_text(encoding="utf-8") for p in out.iterdir()]
    assert len(made) == 2
    assert all("示例县政府信息公开" in text for text in made)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("{{ 表三.本年新收.自然人 }}", "{{ 表三.本年新收.自燃人 }}", "{{ 表三.本年新收.自燃人 }}"),
        ("{{ 表三.本年新收.自然人 }}", "{{ 表三.上年结转.自然人 }}", "没有交出"),
        ("（一）予以公开", "（一）同意公开", "没有交出"),
    ],
)
def test_a_template_edited_wrongly_gives_no_page(data, tmp_path, capsys, old, new, said):
    own = edited(tmp_path, capsys)
    text = own.read_text(encoding="utf-8-sig")
    assert old in text
    own.write_text(text.replace(old, new), encoding="utf-8")
    out = tmp_path / "报告"
    assert main(["make", str(data), "-o", str(out), "--to", "html", "--page-template", str(own)]) == 2
    assert said in capsys.readouterr().err
    assert not out.exists()


def test_options_for_pages_without_a_page_are_refused(data, tmp_path, capsys):
    own = edited(tmp_path, capsys)
    assert main(["make", str(data), "-o", str(tmp_path / "x"), "--page-template", str(own)]) == 2
    assert "请在 --to 里加上 html" in capsys.readouterr().err
    own.write_bytes("网页".encode("gbk"))
    assert main(["make", str(data), "-o", str(tmp_path / "x"), "--to", "html", "--page-template", str(own)]) == 2
    assert "UTF-8" in capsys.readouterr().err


def test_a_countys_own_edition_has_its_page_without_any_file(tmp_path):
    own = tmp_path / "本县.toml"
    own.write_text(
        'id = "own"\nextends = "2021"\nname = "本县用表"\nstatus = "variant"\nfrom_year = 2021\n'
        '[[changes]]\ndo = "drop_row"\ntable = "proactive"\nrow = "regulations"\n'
        '[[changes]]\ndo = "drop_rule"\nrule = "A8"\nnote = "表中没有规章一行"\n',
        encoding="utf-8",
    )
    report = samples.full()
    values = {k: v for k, v in report.values.items() if ".regulations." not in k}
    made = samples.made(replace(report, edition=str(own), values=values))
    assert "规章</th>" not in made[".html"]
    path = tmp_path / "年报.html"
    path.write_text(made[".html"], encoding="utf-8")
    assert published.read(path, str(own)).report.values == reports.stated(load_edition(str(own)), values)
