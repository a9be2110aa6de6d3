"""核对与生成 without a browser: the same as the command line, and what is wrong marked where it stands."""

import html
import json
import re
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest

from nianbao import pipeline
from nianbao.reasons import refusal
from nianbao.report import dumps
from serve import samples

CELL = (
    r'<td class="figure (wrong|linked) (\w+)"[^>]*>(?:<span class="found">([^<]*)</span>)?'
    r"(?:<ins>.*?</span>([^<]*)</ins>)?"
)


def cells(page):
    """Return the drawn cells that are marked: how, by what class, what stands in them, and the right figure."""
    return re.findall(CELL, page)


def test_the_report_is_the_command_lines_byte_for_byte(desk, books, tmp_path):
    work = desk.begin("check", main=books.sound)
    desk.go(work)
    assert "go" in desk.more(work, formats="docx,html,csv,json,sheet")
    made = desk.downloads(work)
    options = [str(books.sound), "-o", str(tmp_path), "--to", "docx,html,csv,json", "--check-sheet"]
    command = [sys.executable, "-X", "utf8", "-m", "nianbao", "make", *options]
    assert subprocess.run(command, capture_output=True, check=False).returncode == 0
    theirs = {p.name: p.read_bytes() for p in tmp_path.iterdir()}
    assert made == theirs


def test_a_wrong_figure_is_marked_in_the_drawn_table_with_the_right_one_beside(desk, books):
    work = desk.begin("check", main=books.wrong)
    desk.go(work)
    page = desk.page(work)
    right = books.report.values[samples.WRONG]
    assert ("wrong", "error", str(right + 3), str(right)) in cells(page)
    assert [c for c in cells(page) if c[0] == "wrong" and c[1] == "error"] == [
        ("wrong", "error", str(right + 3), str(right))
    ]


def test_every_mark_leads_to_a_finding(desk, books):
    for book in (books.wrong, books.odd):
        work = desk.begin("check", main=book)
        desk.go(work)
        page = desk.page(work)
        asked = set(re.findall(r'href="#(f\d+)"', page))
        assert asked
        assert asked <= set(re.findall(r'id="(f\d+)"', page))


def test_a_sound_workbook_has_no_mark_and_every_figure(desk, books):
    work = desk.begin("check", main=books.sound)
    desk.go(work)
    page = desk.page(work)
    assert [c for c in cells(page) if c[1] != "hint"] == []
    drawn = re.findall(r'<td class="figure[^"]*"[^>]*>([^<]*)', page)
    assert len(drawn) == sum(len(t.values) for t in pipeline.current_edition().tables if t.printed)


def test_errors_forbid_the_report_but_not_a_draft(desk, books):
    work = desk.begin("check", main=books.wrong)
    desk.go(work)
    assert "强制性问题" in desk.more(work, formats="docx", draft="")["told"]
    assert desk.downloads(work) == {}
    desk.more(work, formats="docx", draft="1")
    assert all("草稿" in name for name in desk.downloads(work))


def waiting(page):
    return re.findall(r'<textarea id="r\d+"[^>]* data-print="([^"]+)">\s*</textarea>', page)


def test_reasons_typed_on_the_page_count_and_go_into_the_marked_copy(desk, books, tmp_path):
    work = desk.begin("check", main=books.odd)
    desk.go(work)
    open_ = waiting(desk.page(work))
    assert open_
    told = [{"fingerprint": p, "reason": "本年集中清理了历史积压的申请"} for p in open_]
    desk.go(work, reasons=json.dumps(told))
    assert waiting(desk.page(work)) == []
    desk.more(work, formats="marked")
    ((name, data),) = desk.downloads(work).items()
    copy = tmp_path / name
    copy.write_bytes(data)
    assert [f for f in pipeline.check_file(copy).findings if f.rule not in ("W2", "W3") and f.blocks] == []
    assert "本年集中清理了历史积压的申请" in {
        c.value for s in openpyxl.load_workbook(copy) for r in s.iter_rows() for c in r
    }


@pytest.mark.parametrize("reason", ["已核实", "无误", "情况属实，核实无误", "<b>短"])
def test_a_refused_reason_stays_in_its_field_with_why_beside_it(desk, books, reason):
    work = desk.begin("check", main=books.odd)
    desk.go(work)
    first, *rest = waiting(desk.page(work))
    said = [{"fingerprint": first, "reason": reason}]
    said += [{"fingerprint": p, "reason": "本年集中清理了历史积压的申请"} for p in rest]
    desk.go(work, reasons=json.dumps(said))
    page = desk.page(work)
    field = rf'data-print="{re.escape(first)}" aria-invalid="true" aria-describedby="(r\d+-wrong)">([^<]*)</textarea>'
    at, kept = re.search(field, page).groups()
    assert html.unescape(kept) == reason
    why = re.search(rf'id="{at}">([^<]+)<', page)[1]
    assert refusal(reason) in why
    assert page.count(refusal(reason)) == 1
    assert "有 1 条说明没有采用" in page.partition("told-title")[0]
    desk.go(work, reasons=json.dumps([{**s, "reason": "本年集中清理了历史积压的申请"} for s in said]))
    assert "aria-invalid" not in desk.page(work)


@pytest.mark.parametrize("reasons", ["{", "[1]", '[{"fingerprint": "x"}]', "\ud800{", "[" * 50_000])
def test_reasons_that_are_none_are_told_in_a_sentence(desk, books, reasons):
    work = desk.begin("check", main=books.sound)
    answer = desk.go(work, reasons=reasons)
    assert "说明文件" in answer["told"] or "不是 UTF-8" in answer["told"]


def test_last_years_file_is_compared_when_it_is_dropped(desk, books):
    work = desk.begin("check", main=books.sound)
    desk.go(work)
    before = desk.page(work)
    assert "缺上年数据" in before
    assert desk.put(f"{work}file/last", books.sound.read_bytes(), "上年.xlsx").status == 200
    desk.go(work)
    assert "缺上年数据" not in desk.page(work)


def test_a_mended_file_takes_the_place_of_the_wrong_one(desk, books):
    work = desk.begin("check", main=books.wrong)
    desk.go(work)
    desk.put(f"{work}file/main", books.sound.read_bytes(), "改好.xlsx")
    desk.go(work)
    page = desk.page(work)
    assert "改好.xlsx" in page
    assert "必须改正" not in page


def test_what_is_made_is_of_the_file_that_was_checked_until_another_one_is_accepted(desk, books):
    work = desk.begin("check", main=("好.xlsx", books.sound.read_bytes()))
    desk.go(work)
    desk.more(work, formats="csv")
    before = desk.downloads(work)
    other = samples.replace(books.report, body={**books.report.body, "name": "示例富镇人民政府"})
    assert desk.put(f"{work}file/main", dumps(other).encode(), "富.json").status == 200
    desk.more(work, formats="csv")
    assert desk.downloads(work) == before
    assert "好.xlsx" in desk.page(work)
    desk.go(work)
    desk.more(work, formats="csv")
    assert desk.downloads(work).keys() != before.keys()
    assert "好.xlsx" not in desk.page(work)


def test_a_file_that_is_refused_leaves_the_one_before_it_and_is_told_on_the_page(desk, books):
    work = desk.begin("check", main=("好.xlsx", books.sound.read_bytes()))
    desk.go(work)
    before = desk.page(work)
    desk.put(f"{work}file/main", b"no workbook", "改表名.xlsx")
    assert "改表名.xlsx" in desk.go(work)["told"]
    for _ in range(2):
        assert re.search(r'id="refused"[^>]*>[^<]*改表名.xlsx[^<]*没有采用', desk.page(work))
    assert "go" in desk.go(work)
    assert desk.page(work) == before
    assert "go" in desk.more(work, formats="docx")


def test_a_page_that_shows_an_earlier_file_is_told_and_changes_nothing(desk, books):
    work = desk.begin("check", main=("好.xlsx", books.sound.read_bytes()))
    desk.go(work)
    turn = re.search(r'data-turn="(\d+)"', desk.page(work))[1]
    assert desk.post(f"{work}go", {"turn": turn, "fields": {}}).status in (200, 202)
    desk.put(f"{work}file/main?page=two&turn={turn}", books.odd.read_bytes(), "二.xlsx")
    desk.finished(work, desk.post(f"{work}go", {"turn": turn, "page": "one", "fields": {}}))
    assert "好.xlsx" in desk.page(work)
    desk.finished(work, desk.post(f"{work}go", {"turn": turn, "page": "two", "fields": {}}))
    now = desk.page(work)
    assert "二.xlsx" in now
    for how in ("go", "more"):
        answer = desk.post(f"{work}{how}", {"turn": turn, "page": "one", "fields": {"formats": "docx"}})
        assert answer.status == 409
        assert "换了文件" in answer.told["told"]
    assert desk.put(f"{work}file/main?page=one&turn={turn}", books.sound.read_bytes()).status == 409
    assert desk.page(work) == now


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"no workbook", bytes(1000)])
def test_what_is_no_workbook_is_told_in_one_sentence(desk, data):
    answer = desk.go(desk.begin("check", main=("坏.xlsx", data)))
    assert re.fullmatch(r"[^\n]+。", answer["told"])
    assert "/" not in answer["told"]


def test_without_a_file_nothing_is_done(desk):
    assert "填报表" in desk.go(desk.begin("check"))["told"]


def test_the_dropped_file_is_never_written(desk, books):
    before = {p: (p.read_bytes(), p.stat().st_mtime_ns) for p in (books.sound, books.wrong, books.odd)}
    for path in before:
        work = desk.begin("check", main=path)
        desk.go(work)
        desk.more(work, formats="marked,docx", draft="1")
    assert {p: (p.read_bytes(), p.stat().st_mtime_ns) for p in before} == before


def test_markup_typed_by_people_stays_words(desk, books):
    evil = "<img src=x onerror=alert(1)>\"'{{ 7*7 }}{% raw %}"
    report = samples.replace(books.report, texts={**books.report.texts, "overview": evil})
    work = desk.begin("check", main=(f"{evil}.json", dumps(report).encode()))
    desk.go(work)
    page = desk.page(work)
    assert "<img" not in page
    assert "49" not in re.sub(r"\d+px|/work/[^/]+/", "", page.partition("总体情况</h3>")[2].partition("</section>")[0])


def test_a_new_workbook_knows_what_last_years_said(desk, books, tmp_path):
    work = desk.begin("new", last=books.sound)
    year = books.report.year + 1
    assert "go" in desk.go(work, body="示例梅镇人民政府", year=str(year), level="town")
    ((name, data),) = desk.downloads(work).items()
    path = tmp_path / name
    path.write_bytes(data)
    reading = pipeline.read(path)
    assert (reading.report.name, reading.report.year) == ("示例梅镇人民政府", year)
    assert reading.last_year.values == books.report.values
    assert reading.report.body["address"] == books.report.body["address"]


@pytest.mark.parametrize(
    ("year", "body"),
    [("", "甲镇"), ("25", "甲镇"), ("２０25年", "甲镇"), ("1999", "甲镇"), ("2025", ""), ("2025", " ")],
)
def test_a_new_workbook_without_a_right_year_and_name_is_refused(desk, year, body):
    assert "told" in desk.go(desk.begin("new"), year=year, body=body)


@pytest.mark.parametrize("year", ["２０２５", " 2025 ", "2０2５", "2025　"])
def test_a_year_typed_in_wide_digits_is_that_year(desk, year):
    work = desk.begin("new")
    assert "go" in desk.go(work, year=year, body="甲镇人民政府")
    assert "2025年" in next(iter(desk.downloads(work)))


@pytest.mark.parametrize("name", ["好.xlsx ", "好.xlsx　", " 好.XLSX"])
def test_blanks_around_a_name_are_none_of_it(desk, books, name):
    assert "go" in desk.go(desk.begin("check", main=(name, books.sound.read_bytes())))


@pytest.mark.parametrize("odd", ["\0", "\x0b", "\ud800", "\u202e", "\uffff"])
def test_what_no_file_can_hold_is_left_out_of_a_reason(desk, books, odd):
    work = desk.begin("check", main=books.odd)
    desk.go(work)
    said = [{"fingerprint": p, "reason": f"本年集中清理了{odd}历史积压的申请"} for p in waiting(desk.page(work))]
    desk.go(work, reasons=json.dumps(said))
    assert "本年集中清理了历史积压的申请" in desk.page(work)
    assert "go" in desk.more(work, formats="marked")
    assert len(desk.downloads(work)) == 1


def test_last_years_file_must_be_of_an_earlier_year(desk, books):
    work = desk.begin("new", last=books.sound)
    assert "不早于" in desk.go(work, body="示例梅镇人民政府", year=str(books.report.year))["told"]


@pytest.mark.parametrize("years", [1, 2, 5])
def test_what_is_not_of_the_year_before_is_doubted_when_it_is_carried_over(desk, books, years):
    year = books.report.year + years
    work = desk.begin("new", last=books.sound)
    desk.go(work, body="示例梅镇人民政府", year=str(year))
    told = f"是{books.report.year}年度的，不是{year - 1}年度的"
    assert (told in desk.page(work)) == (years != 1)


def test_what_names_no_year_is_doubted_when_it_is_carried_over(desk, books):
    report = samples.replace(books.report, year=None)
    work = desk.begin("new", last=("上年.json", dumps(report).encode()))
    desk.go(work, body="示例梅镇人民政府", year="2025")
    assert "不知道是不是2024年度的" in desk.page(work)


def test_a_name_with_tricks_makes_no_path(desk):
    work = desk.begin("new")
    desk.go(work, body="../../../tmp/甲<b>镇", year="2025")
    ((name, _),) = desk.downloads(work).items()
    assert "/" not in name


def test_a_published_report_becomes_a_workbook_that_says_the_same(desk, books, tmp_path):
    work = desk.begin("check", main=books.sound)
    desk.go(work)
    desk.more(work, formats="docx")
    ((name, data),) = desk.downloads(work).items()
    read = desk.begin("read", main=(name, data))
    assert "go" in desk.go(read)
    ((made, book),) = desk.downloads(read).items()
    path = tmp_path / Path(made).name
    path.write_bytes(book)
    report = pipeline.read(path).report
    printed = {v.key for t in pipeline.current_edition().tables if t.printed for v in t.values}
    assert {k: v for k, v in report.values.items() if k in printed} == {
        k: v for k, v in books.report.values.items() if k in printed
    }
    assert books.report.texts.items() <= report.texts.items()


def test_many_browsers_at_once_each_get_their_own(desk, books):
    from concurrent.futures import ThreadPoolExecutor  # noqa: PLC0415

    def one(n):
        book = (books.sound, books.wrong)[n % 2]
        work = desk.begin("check", main=(f"第{n}份.xlsx", book.read_bytes()))
        desk.go(work)
        page = desk.page(work)
        return f"第{n}份.xlsx" in page and ("必须改正，改好" in page) == bool(n % 2)

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(one, range(40)))


@pytest.mark.parametrize(
    ("form", "slot"), [("check", "main"), ("read", "main"), ("repair", "main"), ("verify", "file")]
)
@pytest.mark.parametrize("name", ["我的<表>&1", "填报表（改）"])
def test_a_file_is_told_by_the_name_its_sender_gives_it(desk, books, form, slot, name):
    ending = ".html" if form == "read" else ".xlsx"
    more = {"report": ("报告.html", b"<p>x</p>")} if form == "verify" else {}
    told = desk.go(desk.begin(form, **{slot: (f"{name}{ending}", b"no such file")}, **more))["told"]
    assert f"“{name}{ending}”" in told


def test_of_several_generations_each_says_when_and_the_last_is_first(desk, books):
    work = desk.begin("check", main=books.sound)
    desk.go(work)
    for _ in range(3):
        desk.more(work, formats="csv")
    page = desk.page(work)
    assert len(re.findall(r"\d\d:\d\d:\d\d 做的", page)) == 3
    assert "先前做的（2 次）" in page
    assert page.index("做的：") < page.index("先前做的")


def test_what_was_not_judged_is_told_in_words(desk, books):
    work = desk.begin("check", main=("年报.json", dumps(books.report).encode()))
    desk.go(work)
    told = desk.page(work).partition('class="verdict')[2].partition("</div>")[0]
    names = [r.name for r in pipeline.current_edition().rules if r.id.startswith("H")]
    assert names
    assert [n for n in names if n in html.unescape(told)]
    assert not re.search(r"\bH\d", told)
