"""Messy folders as they come in, each with what is right: whose a file is, what is asked, what is never made."""

import io
import json
import zipfile
from dataclasses import replace

import pytest
from openpyxl import load_workbook

from county import scopes, towns
from county.forms import Form, values_of, written
from nianbao import workbook
from nianbao.county import desk_json
from nianbao.county.model import Member, Status
from nianbao.county.roster.roster_book import write_roster
from nianbao.county.slips import slip
from nianbao.form import load_edition

TOWNS = tuple(
    Member(f"{n}镇人民政府", f"{n}镇", "town", f"联系人{i}", f"0597-480000{i}", deadline="2026-01-20")
    for i, n in enumerate(("城关", "永平", "十方"), 1)
)
BUREAU = Member("云岭县教育局", "教育局", "department", "联系人4", "0597-4800004", deadline="2026-01-31")
OFFICE = Member("云岭县人民政府办公室", "县政府办", "county_office", "联系人5", "0597-4800005", deadline="2026-01-31")
LISTED = (*TOWNS, BUREAU, OFFICE)


def form(member, **more):
    told = {
        "level": member.level,
        "seat": member.short,
        "phone": member.phone,
        "figures": int(member.phone[-1:] or 0) + 20,
    }
    return Form(**({"name": member.name} | told | more))


def deliver(folder, files, members=LISTED):
    """Write a roster and these files: forms, or bytes."""
    received = folder / "收到"
    received.mkdir(exist_ok=True)
    for name, content in files.items():
        (received / name).write_bytes(written(content) if isinstance(content, Form) else content)
    (folder / "名册.xlsx").write_bytes(write_roster(load_edition("2021"), members))


def all_of(*left_out):
    return {f"{m.short}.xlsx": form(m) for m in LISTED if m not in left_out}


def run(folder, *more, roster=True):
    beside = ("--roster", folder / "名册.xlsx") if roster else ()
    code = towns.run("batch", folder / "收到", *beside, "-o", folder / "结果", "--workers", 1, "--to", "json", *more)
    path = folder / "结果" / "desk.json"
    return code, desk_json.loads(path.read_text(encoding="utf-8")) if path.exists() else None


def statuses(desk):
    return {b.member.shown: b.status for b in desk.bodies}


def rollups(folder):
    return list((folder / "结果" / "汇总").glob("*填报表.xlsx"))


def test_a_namesake_of_another_county_is_not_taken_as_ours(tmp_path):
    deliver(tmp_path, {**all_of(TOWNS[1]), "永平镇.xlsx": form(TOWNS[1], county="武平县")})
    code, desk = run(tmp_path)
    assert code == 1
    asked = next(b for b in desk.bodies if b.member == desk.bodies[1].member)
    assert asked.status is Status.ASKED
    assert "武平县" in asked.note
    assert asked.report is None
    assert rollups(tmp_path) == []
    assert not (tmp_path / "结果" / "催报单").exists()


def test_beside_our_own_form_the_namesake_of_another_county_is_only_named(tmp_path):
    deliver(tmp_path, {**all_of(), "永平镇（2）.xlsx": form(TOWNS[1], county="武平县")})
    _, desk = run(tmp_path)
    assert set(statuses(desk).values()) == {Status.DONE}
    (stray,) = desk.strays
    assert (stray.status, stray.source.path) == (Status.UNKNOWN, "永平镇（2）.xlsx")


def test_of_two_forms_alike_the_one_with_the_reasons_counts(tmp_path):
    deliver(tmp_path, all_of())
    book = load_workbook(tmp_path / "收到" / "永平镇.xlsx")
    sheet = book["校验结果"]
    row, columns = next((r[0].row, {c.value: c.column for c in r}) for r in sheet.iter_rows() if r[0].value == "序号")
    sheet.cell(row + 1, columns["指纹"], "abc")
    sheet.cell(row + 1, columns["说明（请填写）"], "情况属实")
    book.save(tmp_path / "收到" / "永平镇（已说明）.xlsx")
    assert workbook.read(tmp_path / "收到" / "永平镇（已说明）.xlsx").reasons
    code, desk = run(tmp_path)
    assert code == 0
    assert desk.bodies[1].sources[0].path == "永平镇（已说明）.xlsx"
    (stray,) = desk.strays
    assert (stray.source.path, stray.body) == ("永平镇.xlsx", "b002")
    assert "没有那一份写的说明" in stray.note


def test_what_is_no_workbook_is_a_delivery_in_the_wrong_form_and_every_file_is_on_the_page(tmp_path):
    others = {"城关镇.et": b"\xd0\xcf\x11\xe0", "十方镇.wps": b"\xd0\xcf\x11\xe0", "教育局.eml": b"From: a\r\n\r\n",
              "永平镇年报.docx": b"PK\x03\x04", "IMG_1.jpg": b"x"}  # fmt: skip
    deliver(tmp_path, {**others, "县政府办.xlsx": form(OFFICE)})
    code, desk = run(tmp_path)
    assert code == 1
    assert statuses(desk) == {**dict.fromkeys(("城关镇", "永平镇", "十方镇", "教育局"), Status.UNREADABLE),
                              "县政府办": Status.DONE}  # fmt: skip
    page = (tmp_path / "结果" / "总览.html").read_text(encoding="utf-8")
    assert all(name in page for name in others)
    assert not (tmp_path / "结果" / "催报单").exists()
    assert len(list((tmp_path / "结果" / "退回单").iterdir())) == 4
    assert [s.status for s in desk.strays] == [Status.OTHER]


def test_names_as_clerks_type_them_are_known(tmp_path):
    typed = {
             "a.xlsx": form(TOWNS[0], name="城关镇政府"),
             "b.xlsx": form(TOWNS[1], name="云岭县永平镇人民政府", county=""),
             "c.xlsx": form(TOWNS[2], name="福建省云岭县十方镇人民政府"),
             "d.xlsx": form(BUREAU, name="云岭县教育局（本级）"), "县政府办.xlsx": form(OFFICE)}  # fmt: skip
    deliver(tmp_path, typed)
    _, desk = run(tmp_path)
    found = [f for b in desk.bodies for f in b.findings if f.blocks]
    assert [f.what for f in found] == ["单位名称写的是“城关镇政府”，是简称"]
    assert [b.sources[0].path for b in desk.bodies] == list(typed)
    county = next(t for t in desk.totals if t.scope == scopes.COUNTY)
    key = "requests.received.total"
    assert county.values[key] == sum(values_of(f)[key] for f in typed.values())


def test_a_name_with_a_slip_is_asked_about_at_the_likely_body_and_settled_once_for_all(tmp_path):
    deliver(
        tmp_path,
        {**all_of(TOWNS[1]), "填报表.xlsx": form(TOWNS[1], name="永坪镇人民政府", seat="本单位", phone="0597-1234567")},
    )
    code, desk = run(tmp_path)
    assert (code, statuses(desk)["永平镇"]) == (1, Status.ASKED)
    assert "“永坪镇人民政府”不在名册上，与“永平镇人民政府”名称相近" in desk.bodies[1].note
    run(tmp_path, "--assign", "填报表.xlsx=永平镇")
    _, desk = run(tmp_path)  # without being told again
    (found,) = [f for f in desk.bodies[1].findings if f.blocks]
    assert (found.rule, found.cells, statuses(desk)["永平镇"]) == ("G7", ("name",), Status.WRONG)
    assert desk.totals[-1].determined  # the figures are known whatever the name is
    code, desk = run(tmp_path, "--assign", "填报表.xlsx=不采用")
    assert (code, statuses(desk)["永平镇"]) == (1, Status.MISSING)
    assert [s.note for s in desk.strays] == ["已定为不采用"]
    assert run(tmp_path, "--assign", "填报表.xlsx=")[1].bodies[1].status is Status.ASKED


def test_a_form_whose_name_and_file_name_speak_of_two_towns_is_asked_about(tmp_path):
    deliver(tmp_path, {**all_of(TOWNS[2]), "十方镇.xlsx": form(TOWNS[0], figures=3)})
    code, desk = run(tmp_path)
    assert code == 1
    assert statuses(desk)["城关镇"] is Status.DONE
    assert statuses(desk)["十方镇"] is Status.ASKED
    assert "表里的单位名称是“城关镇人民政府”，而文件名说的是“十方镇”" in desk.bodies[2].note


def test_of_two_different_forms_the_officer_says_which_counts(tmp_path, capsys):
    deliver(tmp_path, {**all_of(), "永平镇改.xlsx": form(TOWNS[1], figures=1)})
    _, desk = run(tmp_path)
    assert statuses(desk)["永平镇"] is Status.DOUBLED
    assert "slip" not in desk.bodies[1].files
    code, desk = run(tmp_path, "--assign", "永平镇改.xlsx=永平镇人民政府")
    assert (code, desk.bodies[1].sources[0].path) == (0, "永平镇改.xlsx")
    assert [s.note for s in desk.strays] == ["已定为采用“永平镇改.xlsx”，这一份没有采用"]
    capsys.readouterr()
    for wrong, said in (("没有.xlsx=永平镇", "没有“没有.xlsx”"), ("永平镇.xlsx=无名镇", "名册上没有“无名镇”"),
                        ("永平镇.xlsx", "要写成“文件=单位”")):  # fmt: skip
        assert run(tmp_path, "--assign", wrong)[0] == 2
        assert said in capsys.readouterr().err


def test_last_years_form_as_the_first_of_the_season_makes_no_year(tmp_path):
    deliver(tmp_path, {"城关镇.xlsx": form(TOWNS[0], year=2024)})
    code, desk = run(tmp_path)
    assert (code, desk.year) == (1, 2025)
    assert statuses(desk)["城关镇"] is Status.WRONG_YEAR
    assert len(list((tmp_path / "结果" / "催报单").glob("*2025年*催报单.docx"))) == 4


def test_files_of_several_years_without_a_year_given_are_refused(tmp_path, capsys):
    deliver(tmp_path, {"城关镇.xlsx": form(TOWNS[0], year=2024), "永平镇.xlsx": form(TOWNS[1])})
    assert run(tmp_path, roster=False)[0] == 2
    assert "也可以写 --year 2025" in capsys.readouterr().err
    assert run(tmp_path, "--year", 2025, roster=False)[1].year == 2025


def test_reports_of_counties_under_a_roster_of_counties_are_summed_for_the_city_that_is_named(tmp_path):
    listed = [Member(f"{c}人民政府", c, "county") for c in ("云岭县", "青溪县", "长汀区")]
    deliver(tmp_path, {f"{m.short}.xlsx": form(m, county=m.short, figures=2) for m in listed}, listed)
    code, desk = run(tmp_path)
    assert (code, rollups(tmp_path)) == (1, [])
    assert "几个县的县政府（云岭县、长汀区、青溪县）" in next(f.what for f in desk.findings if f.rule == "G3")
    code, desk = run(tmp_path, "--county", "龙岩市")
    assert (code, desk.totals[-1].scope.label, len(rollups(tmp_path))) == (0, "全市", 1)
    key = "requests.received.total"
    assert desk.totals[-1].values[key] == 3 * values_of(form(listed[0], county="", figures=2))[key]


def test_the_countys_own_report_alone_makes_no_empty_form(tmp_path, capsys):
    only = Member("云岭县人民政府", "云岭县", "county")
    deliver(tmp_path, {"云岭县.xlsx": form(only, figures=2)}, [only])
    code, desk = run(tmp_path)
    assert (code, rollups(tmp_path)) == (1, [])
    assert "不能相加成一份填报表" in next(f.what for f in desk.findings if f.rule == "G3")
    target = tmp_path / "汇总.xlsx"
    towns.run(
        "rollup", tmp_path / "收到", "--roster", tmp_path / "名册.xlsx", "-o", target, "--workers", 1, "--partial"
    )
    assert not target.exists()
    assert "没有一个单位的数计入全县" in capsys.readouterr().out


NAMESAKES = {f"{c}{m.short}.xlsx": form(m, county=c, figures=n) for n, (c, m) in
             enumerate((c, m) for c in ("云岭县", "青溪县") for m in TOWNS[:2])}  # fmt: skip


def test_namesakes_of_two_counties_are_told_apart_by_a_roster_that_says_the_county(tmp_path):
    listed = [replace(m, county=c, contact="", phone="") for c in ("云岭县", "青溪县") for m in TOWNS[:2]]
    deliver(tmp_path, NAMESAKES, listed)
    _, desk = run(tmp_path)
    assert {b.status for b in desk.bodies} == {Status.DONE}
    assert [b.sources[0].path for b in desk.bodies] == [f"{m.county}{m.short}.xlsx" for m in listed]
    assert len({b.files["json"] for b in desk.bodies}) == 4
    assert all(m.county in b.files["json"] for m, b in zip(listed, desk.bodies, strict=True))
    assert rollups(tmp_path) == []


def test_namesakes_that_the_roster_does_not_tell_apart_are_asked_and_never_missing(tmp_path):
    deliver(tmp_path, NAMESAKES, [*TOWNS[:2], *TOWNS[:2]])
    code, desk = run(tmp_path)
    assert code == 1
    assert {b.status for b in desk.bodies} == {Status.ASKED}
    assert len([f for f in desk.findings if f.rule == "G7"]) == 2


def test_without_a_roster_two_counties_are_not_added_into_one(tmp_path):
    deliver(tmp_path, NAMESAKES)
    code, desk = run(tmp_path, roster=False)
    assert (code, desk.county) == (1, "")
    assert rollups(tmp_path) == []
    assert "几个县（云岭县、青溪县）" in next(f.what for f in desk.findings if f.rule == "G3")


def test_the_contact_of_the_roster_is_never_put_into_the_form(tmp_path):
    listed = replace(TOWNS[1], contact="李四", phone="13800138000、13900139000（李四）", county="云岭县")
    deliver(tmp_path, {}, [listed])
    towns.run("new", "--roster", tmp_path / "名册.xlsx", "--year", 2025, "-o", tmp_path / "发")
    (made,) = (tmp_path / "发").iterdir()
    with zipfile.ZipFile(made) as package:
        everything = b"".join(package.read(n) for n in package.namelist()).decode("utf-8", "ignore")
    assert "13800138000" not in everything
    assert "李四" not in everything
    assert workbook.read(made).report.body["county"] == "云岭县"


def test_the_countys_name_comes_from_the_roster_where_the_forms_say_none(tmp_path):
    deliver(tmp_path, {n: form(m, county="") for m in LISTED for n in (f"{m.short}.xlsx",)})
    code, desk = run(tmp_path)
    assert (code, desk.county) == (0, "云岭县")
    (whole,) = rollups(tmp_path)
    assert workbook.read(whole).report.name == "云岭县人民政府"


@pytest.mark.parametrize("given", ["", "云岭县"])
def test_a_county_that_nobody_names_is_asked_for(tmp_path, given):
    deliver(tmp_path, {f"{m.short}.xlsx": form(m, county="") for m in TOWNS}, TOWNS)
    code, desk = run(tmp_path, *(("--county", given) if given else ()))
    assert (code, desk.county, len(rollups(tmp_path))) == ((0, given, 1) if given else (1, "", 0))
    assert "全县人民政府" not in json.dumps(desk.files, ensure_ascii=False)


def test_a_deadline_that_is_past_is_told_and_ordered_no_more(tmp_path):
    for overdue, said in ((False, "请于 2026年1月20日前报送"), (True, "报送期限（2026年1月20日）已过，请尽快报送")):
        data = slip(load_edition("2021"), TOWNS[0], 2025, Status.MISSING, (), overdue=overdue)
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            document = package.read("word/document.xml").decode()
        assert said in document
        assert "年度报告催报单" in document


@pytest.mark.parametrize(("seat", "asked"), [("十方", False), ("永平", True)])
def test_one_fact_left_of_a_neighbour_in_a_form_named_as_its_file_is_asks_nothing_and_two_do(tmp_path, seat, asked):
    left = form(TOWNS[2], phone=TOWNS[1].phone, seat=f"{seat}镇", figures=2)
    deliver(tmp_path, {**all_of(TOWNS[1], TOWNS[2]), "十方镇年报.xlsx": left})
    _, desk = run(tmp_path)
    assert (statuses(desk)["十方镇"] is Status.ASKED) == asked


def test_an_office_of_another_department_in_a_form_is_asked_about(tmp_path):
    other = Member("云岭县民政局", "民政局", "department", phone="0597-4800009")
    deliver(
        tmp_path, {"填报表.xlsx": form(BUREAU, name=other.name, seat="教育局", phone="0597-4800099")}, (*LISTED, other)
    )
    _, desk = run(tmp_path)
    assert statuses(desk)["民政局"] is Status.ASKED
