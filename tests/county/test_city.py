"""A city of counties that have summed themselves: every figure right, and followed to its towns by its links."""

import json
import os
import re
import zipfile
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from urllib.parse import unquote

import pytest
from openpyxl import load_workbook
from openpyxl.utils import range_boundaries

from county import cities, towns
from county.cities import EDITION, KEYS
from county.forms import values_of, written
from nianbao.county import desk_json
from nianbao.county.intake import sums_from_below
from nianbao.county.model import Member, Status
from nianbao.county.roster.roster_book import write_roster
from nianbao.errors import InputError
from nianbao.form import edition_ref
from nianbao.workbook import layout


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    return cities.city(tmp_path_factory.mktemp("city"), counties=3, bodies=6)


@pytest.fixture
def city(small, tmp_path):
    return cities.copied(small, tmp_path / "市")


def desk_of(results):
    return desk_json.loads((results / "desk.json").read_text(encoding="utf-8"))


def stands(desk):
    return {b.member.shown: b.status for b in desk.bodies}


def forms(results):
    return sorted((results / "汇总").glob("*填报表.xlsx"))


def detail(results):
    (found,) = (results / "汇总").glob("*明细.xlsx")
    return found


@lru_cache(maxsize=40)
def book(path):
    return load_workbook(path)


def at(location):
    """The sheet, row and column that a link leads to."""
    sheet, cell = re.fullmatch(r"'?(.+?)'?!\$?([A-Z]+\$?\d+)", location).groups()
    column, row, _, _ = range_boundaries(cell.replace("$", ""))
    return sheet, row, column


def followed(path, whole="全市"):
    """By cell key what stands in the printed tables, and by county its figure and its bodies' two clicks away."""
    ours = book(path)
    found = {}
    for cell in (c for s in ours.sheetnames if s.startswith(whole) for r in ours[s].iter_rows() for c in r):
        if cell.hyperlink is None:
            continue
        first, row, _ = at(cell.hyperlink.location)
        heads = [c.value for c in ours[first][3]]
        figures = {}
        for head, there in zip(heads, ours[first][row], strict=True):
            if there.hyperlink is None or not there.hyperlink.target:
                continue
            place = Path(os.path.normpath(path.parent / unquote(there.hyperlink.target)))
            second, top, column = at(there.hyperlink.location)
            theirs = book(place)[second]
            bodies = {theirs.cell(r, 1).value: theirs.cell(r, column).value for r in range(top, theirs.max_row + 1)}
            figures[head] = (there.value, bodies)
        found[KEYS[row - 4]] = (cell.value, figures)  # the rows are told as they are numbered: see test_totals
    return found


def proven(made, results):
    """Every cell of the city's form, of its totals and of its links against plain addition."""
    truth, desk = made.truth(), desk_of(results)
    whole = desk.totals[-1]
    assert whole.determined
    assert {k: Decimal(v) for k, v in whole.values.items()} == truth
    (form,) = forms(results)
    sheets = load_workbook(form, data_only=True)
    places = layout(EDITION).values
    assert all(Decimal(str(sheets[places[k].sheet][places[k].ref].value)) == truth[k] for k in KEYS)
    links = followed(detail(results))
    assert set(links) == set(KEYS)
    truths = {f"{c.name}人民政府": (c, c.truth()) for c in made.counties}
    for key, (figure, figures) in links.items():
        assert Decimal(str(figure)) == truth[key]
        assert set(figures) == set(truths)
        for name, (given, bodies) in figures.items():
            own, sums = truths[name]
            assert Decimal(str(given)) == sums[key]
            assert {n: Decimal(str(x)) for n, x in bodies.items()} == {
                n: Decimal(values_of(f)[key]) for n, f in own.forms.items()
            }


def test_the_citys_total_is_the_sum_of_every_town_and_two_clicks_lead_from_a_figure_to_them(city):
    code, results = cities.run_city(city)
    desk = desk_of(results)
    assert (code, set(stands(desk).values()), desk.strays) == (0, {Status.DONE}, ())
    assert [t.scope.label for t in desk.totals] == ["县区合计", "市直部门合计", "市政府办", "全市"]
    proven(city, results)
    key = "requests.received.total"
    for one in city.counties:
        body = next(b for b in desk.bodies if b.member.short == one.name)
        assert body.report.values[key] == one.truth()[key]
        assert (results / body.results["page"]).samefile(one.results / "总览.html")


def changed(path, change):
    """Change desk.json as somebody may who opens it."""
    raw = json.loads(path.read_text(encoding="utf-8"))
    change(raw)
    path.write_text(json.dumps(raw, ensure_ascii=False), encoding="utf-8")


def test_the_verb_rollup_sums_the_same_and_its_links_lead_to_the_towns_too(city):
    out = city.folder / "汇总表" / "全市.xlsx"
    out.parent.mkdir()
    beside = ("--roster", city.folder / "名册.xlsx", "-o", out, "--workers", 1)
    assert towns.run("rollup", city.received, *beside) == 0
    _, results = cities.run_city(city)
    mine, theirs = (load_workbook(p, data_only=True) for p in (out, forms(results)[0]))
    for spot in layout(EDITION).values.values():
        assert mine[spot.sheet][spot.ref].value == theirs[spot.sheet][spot.ref].value
    links = followed(out.with_name("全市明细.xlsx"))
    assert {k: v[1] for k, v in links.items()} == {k: v[1] for k, v in followed(detail(results)).items()}


def test_a_county_that_is_not_whole_is_told_with_why_and_the_citys_sum_stays_open(city, tmp_path):
    one = city.counties[0]
    towns_ = [m for m in one.members if m.level == "town"]
    for path in sorted(one.results.rglob("*"), reverse=True):
        path.unlink() if path.is_file() else path.rmdir()
    one.results.rmdir()
    assert cities.run_county(one, tmp_path / "再来", one.results, leave_out=[towns_[0].name]) == 1
    code, results = cities.run_city(city)
    desk = desk_of(results)
    body = next(b for b in desk.bodies if b.member.short == one.name)
    assert (code, body.status, forms(results)) == (1, Status.WRONG, [])
    (found,) = [f for f in body.findings if f.forbids]
    assert (found.rule, "永平镇没有报送" in found.what) == ("G3", True)
    assert [(g.name, g.reason) for g in desk.totals[-1].gaps] == [(one.name, "报来的合计数还没有确定")]
    assert desk.totals[1].determined
    assert body.files["slip"].startswith("退回单/")
    assert "annotated" not in body.files


def test_a_sum_made_without_a_roster_is_asked_about_until_the_officer_says_whose_it_is(city):
    one = city.counties[0]
    desk = json.loads((one.results / "desk.json").read_text(encoding="utf-8"))
    (one.results / "desk.json").write_text(json.dumps(desk | {"has_roster": False}), encoding="utf-8")
    code, results = cities.run_city(city)
    body = next(b for b in desk_of(results).bodies if b.member.short == one.name)
    assert (code, body.status, forms(results)) == (1, Status.ASKED, [])
    assert len(body.sources) == 2  # its form of the same figures too
    assert "汇总时没有用名册，不知道那里的单位是否报齐" in body.note
    code, results = cities.run_city(city, "--assign", f"{one.name}报来/desk.json={one.name}人民政府")
    assert code == 0
    proven(city, results)


def test_a_form_that_was_changed_after_the_sum_is_asked_about_and_the_officer_settles_which_counts(city):
    one = city.counties[1]
    (form,) = forms(one.results)
    spot = layout(EDITION).values["proactive.licences.decisions"]
    edited = load_workbook(form)
    edited[spot.sheet][spot.ref].value += 5
    edited.save(form)
    code, results = cities.run_city(city)
    body = next(b for b in desk_of(results).bodies if b.member.short == one.name)
    assert (code, body.status, forms(results)) == (1, Status.DOUBLED, [])
    assert "是汇总以后改过的" in body.note
    assert [d.where for d in body.versions.differences] == ["表二“处理决定·行政许可”"]
    code, results = cities.run_city(city, "--assign", f"{one.name}报来/desk.json={one.name}人民政府")
    assert code == 0
    proven(city, results)


def test_a_form_with_texts_of_the_same_figures_counts_as_one_with_the_results_and_is_made(city):
    one = city.counties[0]
    (form,) = forms(one.results)
    filled = load_workbook(form)
    spot = layout(EDITION).texts["overview"][0]
    filled[spot.sheet][spot.ref] = "本年度全县主动公开各类信息。"
    filled.save(city.received / f"{one.name}定稿.xlsx")
    _, results = cities.run_city(city)
    body = next(b for b in desk_of(results).bodies if b.member.short == one.name)
    assert body.report.texts["overview"] == "本年度全县主动公开各类信息。"
    assert (body.results["state"], body.results["counts"]) == ("determined", "form")
    assert {s.path for s in body.sources} == {f"{one.name}定稿.xlsx", f"{one.name}报来/desk.json"}
    assert set(followed(detail(results))[KEYS[0]][1]) == {f"{c.name}人民政府" for c in city.counties}


@pytest.mark.soak
def test_twelve_counties_of_twenty_six_bodies_with_namesakes_are_summed_and_followed_cell_by_cell(tmp_path):
    made = cities.city(tmp_path / "市", counties=12, bodies=26, seed=12)
    assert sum(len(c.members) for c in made.counties) == 312
    assert sum(m.short == "永平镇" for c in made.counties for m in c.members) == 12
    code, results = cities.run_city(made)
    assert code == 0
    proven(made, results)


def test_results_in_an_archive_are_a_delivery_too_and_nothing_else_of_them_is(city):
    one = city.counties[2]
    packed = city.received / f"{one.name}.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        for path in sorted(one.results.rglob("*")):
            archive.write(path, path.relative_to(city.received).as_posix())
            path.is_file() and path.unlink()
    for path in sorted((p for p in one.results.rglob("*")), reverse=True):
        path.rmdir()
    one.results.rmdir()
    code, results = cities.run_city(city)
    desk = desk_of(results)
    body = next(b for b in desk.bodies if b.member.short == one.name)
    assert (code, desk.strays, desk.totals[-1].values) == (0, (), city.truth())
    assert "解开后放进文件夹" in body.note
    assert body.results == {"state": "determined", "counts": "results"}


def test_a_bare_form_of_the_whole_counts_like_any_form_and_one_marked_unfinished_does_not(city):
    one = city.counties[0]
    (form,) = forms(one.results)
    form.rename(city.received / f"{one.name}.xlsx")
    for path in sorted(one.results.rglob("*"), reverse=True):
        path.unlink() if path.is_file() else path.rmdir()
    one.results.rmdir()
    code, results = cities.run_city(city)
    desk = desk_of(results)
    assert desk.totals[-1].determined
    assert {k: Decimal(v) for k, v in desk.totals[-1].values.items()} == city.truth()
    marked = load_workbook(city.received / f"{one.name}.xlsx")
    spot = layout(EDITION).fields["name"]
    marked[spot.sheet][spot.ref] = f"{one.name}人民政府（不完整汇总，不得公布）"
    marked.save(city.received / f"{one.name}.xlsx")
    code, results = cities.run_city(city)
    desk = desk_of(results)
    assert (code, forms(results)) == (1, [])
    assert [g.reason for g in desk.totals[-1].gaps] == ["报来的合计数还没有确定"]


def test_in_a_countys_own_run_results_of_others_are_only_named(city, tmp_path):
    one = city.counties[0]
    received = tmp_path / "县" / "收到"
    assert cities.run_county(one, tmp_path / "县", tmp_path / "县结果") == 0
    (received / "别县").mkdir()
    for path in city.counties[1].results.rglob("*"):
        to = received / "别县" / path.relative_to(city.counties[1].results)
        to.mkdir(parents=True, exist_ok=True) if path.is_dir() else to.parent.mkdir(parents=True, exist_ok=True)
        path.is_file() and to.write_bytes(path.read_bytes())
    towns.run("batch", received, "--roster", tmp_path / "县" / "名册.xlsx", "-o", tmp_path / "县结果", "--workers", 1)
    desk = desk_of(tmp_path / "县结果")
    assert [(s.source.path, s.status) for s in desk.strays] == [("别县", Status.RECEIVED)]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda raw: raw.update(totals=[]), "不是汇总结果的数据"),
        (lambda raw: raw["totals"][-1]["values"].update({KEYS[0]: "x"}), "不是汇总结果的数据"),
        (lambda raw: raw.update(format=99), "另一个版本"),
        (lambda raw: raw.update(edition="../own.toml"), "--edition"),
        (lambda raw: raw["totals"][-1].update(determined=False), "没有写明原因"),
        (lambda raw: raw["totals"][-1].update(bodies=[]), "没有一个单位的数计入"),
    ],
)
def test_results_that_somebody_changed_are_told_and_the_sum_stays_open(city, change, said):
    one = city.counties[0]
    (form,) = forms(one.results)
    form.unlink()
    changed(one.results / "desk.json", change)
    code, results = cities.run_city(city)
    desk = desk_of(results)
    body = next(b for b in desk.bodies if b.member.short == one.name)
    assert (code, desk.totals[-1].determined, forms(results)) == (1, False, [])
    assert said in body.note + "".join(f.what for f in body.findings)


@pytest.mark.parametrize(
    "change",
    [
        lambda raw: raw.update(county=1),
        lambda raw: raw["totals"][-1].update(scope=7),
        lambda raw: raw["totals"][-1].update(whole=False),
        lambda raw: raw.update(categories=[{"label": "甲", "count": -1, "lacking": []}]),
        lambda raw: raw.update(categories=[{"label": 1, "count": 1, "lacking": []}]),
        lambda raw: raw.update(county=float("nan")),
    ],
)
def test_what_is_no_sum_of_a_whole_is_refused(city, change):
    raw = json.loads((city.counties[0].results / "desk.json").read_bytes())
    assert sums_from_below.read(json.dumps(raw).encode()).report.values
    change(raw)
    with pytest.raises(InputError, match="不是汇总结果的数据"):
        sums_from_below.read(json.dumps(raw).encode())


@pytest.mark.parametrize("data", [b"", b"{", b"[1]", b"\xff", b"[" * 100_000])
def test_what_is_no_data_of_results_is_refused(data):
    with pytest.raises(InputError, match="不是汇总结果的数据"):
        sums_from_below.read(data)


@pytest.mark.parametrize(
    ("said", "detail"),
    [("明细/甲.xlsx", "明细/甲.xlsx"), ("C:/甲.xlsx", ""), ("/甲", ""), ("a/../甲", ""), ("", ""), (3, "")],
)
def test_only_a_path_within_the_results_leads_to_the_detail(city, said, detail):
    raw = json.loads((city.counties[0].results / "desk.json").read_bytes())
    raw["files"]["detail"] = said
    assert sums_from_below.read(json.dumps(raw).encode()).detail == detail


def test_sums_of_an_own_edition_are_read_with_the_very_same_file_only(city, tmp_path):
    own = tmp_path / "own.toml"
    own.write_text(f'id = "own"\nextends = "{EDITION.id}"\nname = "本县格式"\n', encoding="utf-8")
    raw = json.loads((city.counties[0].results / "desk.json").read_bytes())
    raw["form"] = {"digest": edition_ref(str(own)).digest}
    assert sums_from_below.read(json.dumps(raw).encode(), str(own)).report.edition == str(own)
    raw["form"]["digest"] = "0" * 64
    with pytest.raises(InputError, match="--edition"):
        sums_from_below.read(json.dumps(raw).encode(), str(own))


def test_paths_that_lead_out_of_the_results_are_never_linked(city):
    one = city.counties[0]
    changed(one.results / "desk.json", lambda raw: raw["files"].update(detail="../../名册.xlsx"))
    _, results = cities.run_city(city)
    body = next(b for b in desk_of(results).bodies if b.member.short == one.name)
    assert set(body.results) == {"state", "counts", "page"}
    assert f"{one.name}人民政府" not in followed(detail(results))[KEYS[0]][1]


def test_a_province_of_cities_sums_their_results_by_the_same_way(city, tmp_path):
    assert cities.run_city(city, out="市结果")[0] == 0
    received = tmp_path / "省" / "收到"
    (received / "龙岩市报来").mkdir(parents=True)
    for path in (city.folder / "市结果").rglob("*"):
        to = received / "龙岩市报来" / path.relative_to(city.folder / "市结果")
        to.mkdir(exist_ok=True) if path.is_dir() else to.write_bytes(path.read_bytes())
    listed = [Member("龙岩市人民政府", "龙岩市", "higher"), Member("三明市人民政府", "三明市", "higher"),
              Member("福建省教育厅", "省教育厅", "department", county="福建省"),
              Member("福建省人民政府办公厅", "省政府办公厅", "county_office", county="福建省")]  # fmt: skip
    own = [cities.form(replace(m, county="", phone=f"0591-230000{i}"), 30 + i) for i, m in enumerate(listed[1:])]
    for member, one in zip(listed[1:], own, strict=True):
        (received / f"{member.short}.xlsx").write_bytes(written(one))
    (tmp_path / "省" / "名册.xlsx").write_bytes(write_roster(EDITION, listed))
    out = tmp_path / "省" / "结果"
    towns.run("batch", received, "--roster", tmp_path / "省" / "名册.xlsx", "-o", out, "--workers", 1, "--to", "json")
    desk = desk_of(out)
    truth = city.truth()
    assert [t.scope.label for t in desk.totals] == ["地市合计", "省直部门合计", "省政府办", "全省"]
    assert desk.county == "福建省"
    assert {k: Decimal(v) for k, v in desk.totals[-1].values.items()} == {
        k: truth[k] + sum((Decimal(values_of(f)[k]) for f in own), Decimal()) for k in KEYS
    }
    assert load_workbook(forms(out)[0])["基本信息"]
    links = followed(detail(out), "全省")
    assert all(set(v[1]) == {"龙岩市人民政府"} for v in links.values())
    key = "requests.received.total"
    given, bodies = links[key][1]["龙岩市人民政府"]
    assert given == truth[key] == sum(bodies.values())
    assert {f"{c.name}人民政府" for c in city.counties} <= set(bodies)
