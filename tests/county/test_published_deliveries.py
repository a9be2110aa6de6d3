"""Reports as published (Word, web page) that bodies send in place of a form: read, judged, marked, counted if sure."""

import io
import zipfile

import pytest

from county.forms import published, values_of
from county.test_cases import BUREAU, LISTED, TOWNS, all_of, deliver, form, rollups, run, statuses
from county.towns import renamed
from nianbao.county.model import Member, Status
from nianbao.form import load_edition

KEY = "requests.received.total"
PRINTED = {v.key for t in load_edition("2021").tables if t.printed for v in t.values}


def broken(data):
    """The report with 本年新收 of all applicants taken away, as bad conversions do."""
    return renamed(data, {"一、本年新收政府信息公开申请数量": "（此行看不清）"})


@pytest.mark.parametrize("end", [".docx", ".html"])
def test_a_published_report_counts_where_no_form_came_and_is_marked(tmp_path, end):
    told = form(TOWNS[1], figures=2)
    deliver(tmp_path, {**all_of(TOWNS[1]), f"永平镇年报{end}": published(told, end)})
    _, desk = run(tmp_path)
    body = desk.bodies[1]
    assert {k: v for k, v in body.report.values.items() if k in PRINTED} == {
        k: v for k, v in values_of(told).items() if k in PRINTED
    }
    assert "由成稿读出：" in body.note
    assert desk.totals[-1].determined
    assert desk.totals[-1].values[KEY] == sum(b.report.values[KEY] for b in desk.bodies)
    assert "由成稿读出" in (tmp_path / "结果" / "总览.html").read_text(encoding="utf-8")
    assert "annotated" not in body.files


def test_a_form_goes_before_the_report_beside_it(tmp_path):
    deliver(tmp_path, {**all_of(), "永平镇年报.docx": published(form(TOWNS[1], figures=2), ".docx")})
    code, desk = run(tmp_path)
    assert (code, desk.bodies[1].sources[0].path) == (0, "永平镇.xlsx")
    (stray,) = desk.strays
    assert (stray.source.path, stray.status, stray.body) == ("永平镇年报.docx", Status.RECEIVED, "b002")
    assert "已有填报表" in stray.note


def test_the_officer_may_take_the_report_all_the_same(tmp_path):
    deliver(tmp_path, {**all_of(), "永平镇年报.docx": published(form(TOWNS[1], figures=2), ".docx")})
    _, desk = run(tmp_path, "--assign", "永平镇年报.docx=永平镇")
    assert desk.bodies[1].sources[0].path == "永平镇年报.docx"


def test_one_report_as_word_and_as_page_counts_once_and_two_that_differ_are_asked_about(tmp_path):
    one = form(TOWNS[1], figures=2)
    deliver(tmp_path, {**all_of(TOWNS[1]), "a.html": published(one, ".html"), "b.docx": published(one, ".docx")})
    _, desk = run(tmp_path)
    assert desk.bodies[1].sources[0].path == "b.docx"
    assert [s.source.path for s in desk.strays] == ["a.html"]
    deliver(tmp_path, {"a.html": published(form(TOWNS[1], figures=3), ".html")})
    assert statuses(run(tmp_path)[1])["永平镇"] is Status.DOUBLED


def test_a_report_that_is_not_surely_read_throughout_is_told_and_counts_for_nothing(tmp_path):
    deliver(tmp_path, {**all_of(TOWNS[1]), "永平镇.docx": broken(published(form(TOWNS[1]), ".docx"))})
    code, desk = run(tmp_path)
    body = desk.bodies[1]
    assert (code, body.status, body.report) == (1, Status.UNREADABLE, None)
    assert "没有读准" in body.note
    assert "请报送填报表" in body.findings[0].how
    assert not desk.totals[-1].determined
    assert rollups(tmp_path) == []


def test_another_years_report_is_no_delivery_of_this_year(tmp_path):
    deliver(tmp_path, {**all_of(TOWNS[1]), "永平镇.docx": published(form(TOWNS[1], year=2024), ".docx"),
                       "城关镇2024.docx": published(form(TOWNS[0], year=2024), ".docx")})  # fmt: skip
    _, desk = run(tmp_path)
    assert (statuses(desk)["永平镇"], statuses(desk)["城关镇"]) == (Status.WRONG_YEAR, Status.DONE)


def test_reports_within_archives_are_read_too_and_other_documents_stay_what_they_are(tmp_path):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as target:
        target.writestr("永平镇/年报.docx", published(form(TOWNS[1]), ".docx"))
        target.writestr("通知.html", "<p>请于1月20日前报送。</p>")
    deliver(tmp_path, {**all_of(TOWNS[1]), "邮件附件.zip": out.getvalue()})
    _, desk = run(tmp_path)
    assert desk.bodies[1].sources[0].member == "永平镇/年报.docx"
    assert [(s.source.member, s.status) for s in desk.strays] == [("通知.html", Status.OTHER)]


def test_the_countys_own_report_as_published_is_compared_and_last_years_is_not(tmp_path):
    whole = Member("云岭县人民政府", "云岭县", "county", phone="1")
    deliver(tmp_path, {**all_of(), "全县.docx": published(form(whole), ".docx"),
                       "上年全县.docx": published(form(whole, year=2024), ".docx")})  # fmt: skip
    _, desk = run(tmp_path)
    assert [f.place for f in desk.findings if f.rule == "G3"] == ["全县.docx"]
    assert {s.source.path: s.status for s in desk.strays} == {
        "全县.docx": Status.RECEIVED,
        "上年全县.docx": Status.OTHER,
    }


def test_a_report_of_a_body_on_no_roster_is_named_and_asked_of_nobody(tmp_path):
    stranger = Member("青溪县大禾镇人民政府", "大禾镇", "town", phone="1")
    deliver(tmp_path, {**all_of(), "范例.docx": published(form(stranger, county="青溪县"), ".docx")})
    code, desk = run(tmp_path)
    assert (code, [s.status for s in desk.strays]) == (0, [Status.OTHER])


def test_without_a_roster_last_years_reports_beside_the_forms_change_nothing(tmp_path):
    deliver(tmp_path, {"教育局.xlsx": form(BUREAU), "城关镇.xlsx": form(TOWNS[0]),
                       "永平镇.docx": published(form(TOWNS[1], year=2024), ".docx")})  # fmt: skip
    _, desk = run(tmp_path, roster=False)
    assert (desk.year, len(desk.bodies)) == (2025, 2)
    assert [s.status for s in desk.strays] == [Status.OTHER]
    assert len(LISTED) == 5
