"""The other pages without a browser: each does what its command does."""

import csv
import io
import re
import time
import zipfile
from dataclasses import replace

import docx
import openpyxl
import pytest

from nianbao import pipeline
from nianbao.county import demo
from nianbao.county.roster import roster_book
from nianbao.form import load_edition
from nianbao.serve.workers import MOST_ALONE


@pytest.fixture(scope="module")
def county():
    return demo.invent()


@pytest.fixture(scope="module")
def files(county):
    """What was delivered, without archives: none is opened within another."""
    return {name: data for name, data in county.files.items() if not name.endswith(".zip")}


@pytest.fixture(scope="module")
def few(files):
    """Eight of them, two of which are of the same town."""
    return dict(list(files.items())[:8])


@pytest.fixture(scope="module")
def roster(county):
    return "名册.xlsx", roster_book.write_roster(load_edition("2021"), county.members)


@pytest.fixture(scope="module")
def report(desk, books):
    """The Word report of the sound workbook: its name and bytes."""
    work = desk.begin("check", main=books.sound)
    desk.go(work)
    desk.more(work, formats="docx")
    ((name, data),) = desk.downloads(work).items()
    return name, data


def zipped(files):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def standing(page):
    return page.partition('<p class="big">')[2].partition("</p>")[0]


def test_a_whole_county_is_done_from_one_archive(desk, county, files, roster):
    work = desk.begin("county", received=("来件.zip", zipped(files)), roster=roster)
    assert "go" in desk.go(work, docx="1")
    page = desk.page(work)
    assert f"共 {len(county.members)} 个单位" in page
    (results,) = [data for name, data in desk.downloads(work).items() if name.endswith(".zip")]
    names = zipfile.ZipFile(io.BytesIO(results)).namelist()
    assert "总览.html" in names
    done = sum(int(n) for n in re.findall(r"(?:完成|待说明) (\d+)", standing(page)))
    assert sum(n.startswith("报告/") and n.endswith(".docx") for n in names) == done > 10
    assert not [n for n in names if n.startswith(".nianbao")]


def test_loose_files_and_an_archive_give_the_same_county(desk, few, roster):
    loose = desk.begin("county", roster=roster)
    for name, data in few.items():
        desk.put(f"{loose}file/received", data, name)
    packed = desk.begin("county", received=("来件.zip", zipped(few)), roster=roster)
    assert "go" in desk.go(loose)
    assert "go" in desk.go(packed)
    assert re.search("重复 1", standing(desk.page(loose)))
    assert standing(desk.page(loose)) == standing(desk.page(packed))


def test_the_overview_opens_with_its_own_policy_and_its_links_lead_to_files(desk, files, roster):
    departments = dict(list(files.items())[-9:])
    work = desk.begin("county", received=("来件.zip", zipped(departments)), roster=roster)
    desk.go(work, docx="1", html="1")
    overview = desk.get(f"{work}desk/%E6%80%BB%E8%A7%88.html")
    policy = overview.headers["content-security-policy"]
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert "script-src 'sha256-" in policy
    page = desk.runs[0].glob("*/out-*/结果/报告/*.html")
    made = next(p.name for p in page if p.name != "index.html")
    from urllib.parse import quote  # noqa: PLC0415

    answer = desk.get(f"{work}desk/{quote(f'报告/{made}')}")
    assert answer.status == 200
    assert answer.headers["content-disposition"].startswith("attachment")


@pytest.fixture(scope="module")
def done(desk, files, roster):
    """The work of a county that was gone through."""
    work = desk.begin("county", received=("来件.zip", zipped(dict(list(files.items())[:2]))), roster=roster)
    desk.go(work)
    assert desk.get(f"{work}desk/%E6%80%BB%E8%A7%88.html").status == 200
    return work


@pytest.mark.parametrize(
    "path", ["../out", "%2e%2e/%2e%2e/serve.json", ".nianbao/journal.jsonl", "/etc/passwd", "nowhere", ""]
)
def test_beside_the_overview_only_what_was_made_is_given(desk, done, path):
    assert desk.get(f"{done}desk/{path}").status in (403, 404)


def test_a_long_work_tells_how_far_it_is_and_can_be_stopped(desk, files, roster):
    work = desk.begin("county", roster=roster)
    for n in range(4):
        many = {f"{n}/{k}/{name}": data for k in range(10) for name, data in files.items()}
        assert desk.put(f"{work}file/received", zipped(many), f"{n}.zip").status == 200
    assert desk.post(f"{work}go", {"fields": {"docx": "1"}}).status == 202
    assert "还没有做完" in desk.post(f"{work}go").told["told"]
    seen = desk.get(f"{work}state")
    assert seen.status == 202
    assert seen.told["total"] > 0
    assert seen.told["what"]
    desk.post(f"{work}stop")
    begun = time.monotonic()
    while desk.get(f"{work}state").status == 202:
        assert time.monotonic() - begun < 10
        time.sleep(0.1)
    assert "已停止" in desk.get(f"{work}state").told["told"]


def test_many_long_works_take_their_turn_and_what_waits_can_be_stopped_and_a_check_goes_on(desk, files, roster, books):
    many = zipped({f"{k}/{name}": data for k in range(6) for name, data in files.items()})
    works = [desk.begin("county", received=("来件.zip", many), roster=roster) for _ in range(6)]
    for work in works:
        begun = time.monotonic()
        assert desk.post(f"{work}go", {"fields": {}}).status == 202
        assert time.monotonic() - begun < 4
    states = [desk.get(f"{work}state") for work in works]  # of which a first one may have come to its end
    waits = ["排队" in s.told.get("what", "") for s in states if s.status == 202]
    assert any(waits)
    assert waits.count(False) <= MOST_ALONE
    assert "go" in desk.go(desk.begin("check", main=books.sound))
    for work in reversed(works):
        begun = time.monotonic()
        desk.post(f"{work}stop")
        while desk.get(f"{work}state").status == 202:
            assert time.monotonic() - begun < 5
            time.sleep(0.1)


def test_who_is_to_be_rung_and_what_is_to_be_done_stands_on_the_county_page(desk, county, files):
    members = [replace(m, contact=f"经办{n}", phone=f"0597-{1000000 + n}") for n, m in enumerate(county.members)]
    listed = "名册.xlsx", roster_book.write_roster(load_edition("2021"), members)
    work = desk.begin("county", received=("来件.zip", zipped(dict(list(files.items())[:-6]))), roster=listed)
    desk.go(work)
    shown = desk.page(work)
    rows = re.findall(r'<tr><th scope="row" class="label">([^<]+)</th>(.*?)</tr>', shown)
    assert len(rows) > 5
    by_name = {n: m for m in members for n in (m.name, m.shown)}
    for name, rest in rows:
        assert by_name[name].phone in rest
        assert by_name[name].contact in rest
    assert all("归属" in rest for _, rest in rows if ">重复<" in rest)
    assert any(">重复<" in rest for _, rest in rows)


def test_each_body_of_a_roster_gets_a_workbook(desk, county, roster):
    work = desk.begin("forms", roster=roster)
    desk.go(work, year="2026")
    (data,) = desk.downloads(work).values()
    assert len(zipfile.ZipFile(io.BytesIO(data)).namelist()) == len(county.members)


def test_a_new_roster_can_be_read_again(desk, tmp_path):
    work = desk.begin("roster")
    desk.go(work, year="2025")
    ((name, data),) = desk.downloads(work).items()
    path = tmp_path / name
    path.write_bytes(data)
    assert roster_book.read_roster(path, load_edition("2021"), 2025).members


def test_an_unchanged_report_is_found_the_same(desk, books, report):
    work = desk.begin("verify", report=report, file=books.sound)
    desk.go(work)
    page = desk.page(work)
    assert "完全一致" in page
    assert "td" in page
    assert "figure wrong" not in page


def test_a_changed_report_is_told_where_it_differs_and_marked(desk, books, report, tmp_path):
    path = tmp_path / report[0]
    path.write_bytes(report[1])
    document = docx.Document(path)
    cells = [c for t in document.tables for row in t.rows for c in row.cells if c.text.strip() == "5"]
    cells[0].paragraphs[0].runs[0].text = "7"
    document.save(path)
    work = desk.begin("verify", report=path, file=books.sound)
    desk.go(work)
    page = desk.page(work)
    assert "与填报表不同" in page
    assert "figure wrong error" in page


def test_a_check_sheet_is_not_compared_as_a_report(desk, books, report):
    work = desk.begin("check", main=books.sound)
    desk.go(work)
    desk.more(work, formats="sheet")
    ((name, data),) = desk.downloads(work).items()
    told = desk.go(desk.begin("verify", report=(name, data), file=books.sound))["told"]
    assert "是校核单，不是年报" in told
    assert name in told


def test_a_register_dropped_as_a_workbook_is_told_what_it_is_and_where_it_goes(desk):
    rows = openpyxl.Workbook()
    rows.active.append(["收到日期", "申请人类型", "答复日期", "处理结果"])
    rows.active.append(["2025-03-01", "自然人", "2025-03-10", "予以公开"])
    out = io.BytesIO()
    rows.save(out)
    told = desk.go(desk.begin("check", main=("我的台账.xlsx", out.getvalue())))["told"]
    assert "“我的台账.xlsx”是申请台账，不是填报表" in told
    assert "“申请台账”页" in told


def test_a_broken_workbook_is_mended(desk, books, tmp_path):
    broken = tmp_path / "坏了.xlsx"
    book = openpyxl.load_workbook(books.sound)
    book["表三"].title = "我的表三"
    book.save(broken)
    work = desk.begin("repair", main=broken)
    assert "go" in desk.go(work)
    ((name, data),) = desk.downloads(work).items()
    path = tmp_path / name
    path.write_bytes(data)
    assert pipeline.read(path).report.values == pipeline.read(books.sound).report.values


def test_a_register_is_counted_into_the_drawn_table(desk, tmp_path):
    work = desk.begin("ledger")
    desk.go(work, year="2025")
    ((name, data),) = desk.downloads(work).items()
    count = desk.begin("register", main=(name, data))
    assert "go" in desk.go(count, year="2025") or "told" in desk.go(count, year="2025")
    text = io.StringIO()
    rows = csv.writer(text)
    rows.writerow(["收到日期", "申请人", "申请人类型", "答复日期", "处理结果"])
    rows.writerow(["2025-03-01", "张三丰", "自然人", "2025-03-10", "予以公开"])
    work = desk.begin("register", main=("台账.csv", text.getvalue().encode()))
    assert "go" in desk.go(work, year="2025")
    page = desk.page(work)
    assert "计入表三 1 件" in page
    assert "张三丰" not in page


def test_a_template_is_examined_and_its_faults_are_marked(desk, tmp_path):
    fresh = desk.begin("fresh")
    desk.go(fresh)
    ((name, data),) = desk.downloads(fresh).items()
    sound = desk.begin("template", main=(name, data))
    desk.go(sound)
    assert "可以使用" in desk.page(sound)
    path = tmp_path / name
    path.write_bytes(data)
    document = docx.Document(path)
    document.paragraphs[0].add_run("{{ 没有.这个 }}")
    document.save(path)
    wrong = desk.begin("template", main=path)
    desk.go(wrong)
    assert "还不能使用" in desk.page(wrong)
    assert len(desk.downloads(wrong)) == 1


@pytest.mark.parametrize("form", ["roster", "ledger", "forms"])
def test_a_year_that_is_none_is_refused(desk, roster, form):
    work = desk.begin(form, **({"roster": roster} if form == "forms" else {}))
    assert "年度" in desk.go(work, year="99")["told"]
