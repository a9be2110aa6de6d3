"""The county's column: `batch --to html` lists what is done, year by year, with links that lead to files."""

import json
import re
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote

import pytest
from lxml import html

import office
from county import towns
from county_desk import browser
from nianbao import published
from nianbao.county.desk.column import BodyFiles, Year, public_files, render, this_year
from nianbao.county.model import BodyState, Member, Status
from nianbao.county.run.county_outputs import COLUMN
from nianbao.county.run.produce import kind_of
from nianbao.errors import InputError
from nianbao.form import load_edition
from nianbao.pipeline import OUTPUTS
from publish import nu

WRONG = "示例东镇人民政府"
AXE = """
const told = (v) => [v.impact, v.id, v.nodes.slice(0, 3).map(n => n.html + ' ' + n.failureSummary)];
return axe.run(document, {preload: false}).then(r => r.violations.map(told))"""

KIND = "政府信息公开工作年度报告"


@pytest.fixture(scope="module")
def county(tmp_path_factory):
    """A county run with one body wrong; returns its folder."""
    folder = tmp_path_factory.mktemp("column")
    towns.write_whole(folder, leave_out=(WRONG,))
    assert batch(folder, "--to", "docx,html,csv,json") == 1
    return folder


def batch(folder, *more, out="结果"):
    beside = ("--roster", folder / "名册.xlsx", "--workers", 1)
    return towns.run("batch", folder / "收到", "-o", folder / out, *beside, *more)


def index(folder, out="结果"):
    return html.fromstring((folder / out / "报告" / "index.html").read_text(encoding="utf-8"))


def addresses(page):
    return [a.get("href") for a in page.iter("a") if not a.get("href").startswith("#")]


def as_year(folder, source, year):
    """An output folder as that of another year."""
    target = folder / f"结果{year}"
    for path in source.rglob("*"):
        if path.is_file() and ".nianbao" not in path.parts:
            copy = target / path.relative_to(source)
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes(path.read_bytes())
    desk = json.loads((target / "desk.json").read_text(encoding="utf-8"))
    (target / "desk.json").write_text(json.dumps({**desk, "year": year}, ensure_ascii=False), encoding="utf-8")
    return target


def test_the_column_lists_every_body_that_is_done_and_links_only_files_for_the_public(county):
    page, reports = index(county), county / "结果" / "报告"
    names = [a.text_content() for a in page.find_class("name")]
    assert sorted(names) == sorted(m.name for m in towns.whole()[0] if m.name != WRONG)
    targets = [reports / unquote(x) for x in addresses(page)]
    assert all(t.is_file() and t.parent.resolve() == reports for t in targets)
    assert {t.suffix for t in targets} == {".html", ".docx", ".csv", ".json"}
    assert len(targets) == 4 * len(names)
    assert not [t for t in targets if "片段" in t.name]
    assert not list(page.iter("script", "link", "img"))


def test_each_bodys_page_says_what_its_word_report_says_and_links_it(county):
    reports = county / "结果" / "报告"
    for word in reports.glob("*.docx"):
        shown = word.with_suffix(".html")
        assert published.read(shown).report.values == published.read(word).report.values
        linked = [unquote(x) for x in addresses(html.fromstring(shown.read_text(encoding="utf-8")))]
        assert f"./{word.name}" in linked
        assert all((reports / x).is_file() for x in linked)


def test_the_overview_leads_to_the_column(county):
    overview = (county / "结果" / "总览.html").read_text(encoding="utf-8")
    assert re.search(r'href="\./报告/index\.html">专栏', overview)
    desk = json.loads((county / "结果" / "desk.json").read_text(encoding="utf-8"))
    assert desk["files"]["column"] == "报告/index.html"


def test_a_second_run_changes_nothing(county):
    before = towns.produced(county / "结果")
    batch(county, "--to", "docx,html,csv,json")
    assert towns.produced(county / "结果") == before


def test_earlier_years_are_listed_below_with_links_that_lead_into_their_folders(county, tmp_path):
    last = as_year(tmp_path, county / "结果", 2024)
    older = as_year(tmp_path, county / "结果", 2023)
    gone = next((older / "报告").glob("*教育局*年度报告.html"))
    gone.unlink()
    towns.write_whole(tmp_path)
    assert batch(tmp_path, "--to", "html,docx", "--earlier", older, "--earlier", last) == 0
    page = index(tmp_path)
    assert [h.text for h in page.iter("h2")] == ["2025年度", "2024年度", "2023年度"]
    assert [d.get("open") is not None for d in page.iter("details")] == [True, False, False]
    targets = [(tmp_path / "结果" / "报告" / unquote(x)).resolve() for x in addresses(page)]
    assert all(t.is_file() for t in targets)
    assert sum(t.is_relative_to(last) for t in targets) == 4 * (len(towns.whole()[0]) - 1)
    assert gone not in targets
    assert gone.with_suffix(".docx") in targets


def test_an_earlier_folder_that_is_none_is_named_before_anything_is_made(tmp_path, capsys):
    towns.write_whole(tmp_path)
    (tmp_path / "空").mkdir()
    assert batch(tmp_path, "--to", "html", "--earlier", tmp_path / "空") == 2
    assert "不是 batch 的结果文件夹" in capsys.readouterr().err
    assert not (tmp_path / "结果" / "报告").exists()


def test_an_earlier_folder_of_the_same_year_is_left_out_and_told(county, tmp_path, capsys):
    same = as_year(tmp_path, county / "结果", 2025)
    towns.write_whole(tmp_path)
    batch(tmp_path, "--to", "html", "--earlier", same)
    assert [h.text for h in index(tmp_path).iter("h2")] == ["2025年度"]
    assert "没有列入专栏" in capsys.readouterr().err


def test_two_earlier_folders_of_one_year_are_refused(county, tmp_path, capsys):
    last = as_year(tmp_path, county / "结果", 2024)
    towns.write_whole(tmp_path)
    assert batch(tmp_path, "--to", "html", "--earlier", last, "--earlier", last) == 2
    assert "以前的结果文件夹里有两个都是2024年度的，请只写一个" in capsys.readouterr().err


def test_an_earlier_folder_whose_data_are_too_large_or_of_another_program_is_refused(county, tmp_path, monkeypatch):
    last = as_year(tmp_path, county / "结果", 2024)
    desk = json.loads((last / "desk.json").read_text(encoding="utf-8"))
    (last / "desk.json").write_text(json.dumps({**desk, "format": "nianbao-desk-0"}), encoding="utf-8")
    with pytest.raises(InputError, match="另一个版本的程序写的"):
        public_files.earlier([last], tmp_path, COLUMN)
    monkeypatch.setattr(public_files, "MAX_DESK", 100)
    with pytest.raises(InputError, match="太大，不像县级汇总的数据"):
        public_files.earlier([last], tmp_path, COLUMN)


def test_an_earlier_folder_on_another_drive_is_refused(county, tmp_path, monkeypatch):
    def none(path, start):
        raise ValueError(f"path is on mount 'D:', start on mount 'C:' ({path}, {start})")  # what Windows says

    last = as_year(tmp_path, county / "结果", 2024)
    monkeypatch.setattr(public_files.os.path, "relpath", none)
    with pytest.raises(InputError, match="不在同一个盘上"):
        public_files.earlier([last], tmp_path, COLUMN)


def test_a_path_in_an_earlier_desk_that_leads_out_of_its_folder_is_not_linked(county, tmp_path):
    last = as_year(tmp_path, county / "结果", 2024)
    (tmp_path / "内部.html").write_text("x", encoding="utf-8")
    desk = json.loads((last / "desk.json").read_text(encoding="utf-8"))
    for body in desk["bodies"]:
        body["files"]["html"] = "../内部.html"
    (last / "desk.json").write_text(json.dumps(desk), encoding="utf-8")
    towns.write_whole(tmp_path)
    batch(tmp_path, "--to", "html", "--earlier", last)
    assert "内部" not in "".join(map(unquote, addresses(index(tmp_path))))


def test_without_pages_there_is_no_column_and_one_made_before_is_put_aside(tmp_path):
    towns.write_whole(tmp_path)
    batch(tmp_path, "--to", "html")
    assert (tmp_path / "结果" / "报告" / "index.html").exists()
    batch(tmp_path, "--to", "docx")
    assert not (tmp_path / "结果" / "报告" / "index.html").exists()
    assert (tmp_path / "结果" / "以前的结果" / "报告" / "index.html").exists()


def test_the_site_settings_reach_every_page_and_the_column(tmp_path, capsys):
    site = tmp_path / "站点.toml"
    site.write_text('SiteName = "示例县"\nColumnDescription = "年报"\nPubDate = "2026-01-20 09:00"', encoding="utf-8")
    towns.write_whole(tmp_path)
    assert batch(tmp_path, "--to", "html", "--site", site) == 0
    pages = list((tmp_path / "结果" / "报告").glob("*年度报告.html"))
    assert len(pages) == len(towns.whole()[0])
    for page in pages:
        text = page.read_text(encoding="utf-8")
        assert '<meta name="SiteName" content="示例县">' in text
        assert '<meta name="PubDate" content="2026-01-20 09:00">' in text
        assert "ColumnDescription" not in text
    column = (tmp_path / "结果" / "报告" / "index.html").read_text(encoding="utf-8")
    assert '<meta name="ColumnDescription" content="年报">' in column
    assert "PubDate" not in column
    site.write_text('Url = "https://www.example.gov.cn/1.html"', encoding="utf-8")
    assert batch(tmp_path, "--to", "html", "--site", site) == 2
    assert "几个单位的网页不能都用它" in capsys.readouterr().err
    assert batch(tmp_path, "--to", "docx", "--site", site) == 2


def test_the_offices_own_page_template_is_used_for_every_body(tmp_path):
    own = tmp_path / "我们的网页.html"
    towns.run("template", "new", "--edition", "2021", "-o", own)
    text = own.read_text(encoding="utf-8")
    own.write_text(text.replace("<h1>", "<p>示例县政府信息公开</p>\n<h1>", 1), encoding="utf-8")
    towns.write_whole(tmp_path)
    assert batch(tmp_path, "--to", "html", "--page-template", own) == 0
    pages = list((tmp_path / "结果" / "报告").glob("*年度报告.html"))
    assert len(pages) == len(towns.whole()[0])
    assert all("示例县政府信息公开" in p.read_text(encoding="utf-8") for p in pages)


HOSTILE = BodyFiles(
    "<script>alert(1)</script>\"'{{ 7*7 }}",
    "<b>乡镇</b>",
    (("网页", "./javascript%3Aalert.html"), ("Word", "./a%22%3E.docx")),
)


def sample():
    bodies = tuple(
        BodyFiles(f"示例{i}镇人民政府", "乡镇", (("网页", f"./{i}.html"), ("PDF", f"./{i}.pdf"))) for i in range(30)
    )
    office_ = BodyFiles("示例县人民政府办公室", "县政府办", (("网页", "./b.html"),))
    return [Year(2025, (*bodies, office_, HOSTILE)), Year(2024, bodies)]


def test_every_format_for_the_public_has_its_link_and_no_other_file_has_one():
    kinds = [kind_of(e) for f in OUTPUTS.values() for e in f.endings]
    files = {k: f"报告/a{k}" for k in [*kinds, "annotated", "slip"]}
    body = BodyState("a", Member("示例镇人民政府", level="town"), Status.DONE, files=files)
    year = this_year(2025, [body], load_edition("2021"), "报告/index.html")
    words = [word for word, _ in year.entries[0].links]
    assert words == ["网页", "Word", "PDF", "图解", "数据（CSV）", "数据（JSON）"]
    assert year.entries[0].links[3][1] == "./a%EF%BC%88%E5%9B%BE%E8%A7%A3%EF%BC%89.png"
    assert this_year(2025, [replace(body, status=Status.UNEXPLAINED)], load_edition("2021"), "x/index.html") is None


def test_markup_in_names_stays_words():
    page = html.fromstring(render("<i>县</i>", KIND, sample(), {"SiteName": '"><script>'}))
    assert not list(page.iter("script", "i", "b"))
    assert HOSTILE.name in page.text_content()
    assert all(x.startswith("./") for x in addresses(page))


@pytest.mark.nu
def test_the_nu_checker_has_no_errors_for_the_column(tmp_path):
    pages = {
        "index": render("示例县", KIND, sample(), {"SiteName": "示例县"}),
        "bare": render("", KIND, sample()[1:], {}),
    }
    assert nu.errors(tmp_path, pages) == []


@pytest.mark.browser
@pytest.mark.xdist_group("browser")
def test_the_column_is_accessible_fits_a_phone_and_its_years_open_without_scripts(tmp_path):
    office.need(browser.AXE.exists(), "axe-core")
    path = Path(tmp_path / "index.html")
    path.write_text(render("示例县", KIND, sample(), {}), encoding="utf-8")
    with browser.chromium() as driver:
        for width in (320, 360, 1280):
            browser.show(driver, path, width, 740)
            overflow = "return document.documentElement.scrollWidth - document.documentElement.clientWidth"
            assert driver.execute_script(overflow) == 0
            driver.execute_script(browser.AXE.read_text(encoding="utf-8"))
            assert [v for v in driver.execute_script(AXE) if v[0] in ("serious", "critical", "moderate")] == []
        driver.get(f"{path.as_uri()}#y2024")
        assert driver.execute_script("return [...document.querySelectorAll('details')].map(d => d.open)") == [
            True,
            True,
        ]
